/* Two programmes of the same pattern say why another has no optimum.

     misses      costs are zero, every finite side of a row may be missed at the cost of its scale.
                 Its optimum is zero where a point exists; else its prices prove that none does (Farkas).
     directions  finite bounds and sides are zero, infinite ones one scale away. Where its optimum is
                 below zero, its x is a direction without end.

   The scales are those of the original (ipm_scale.c): whatever the units of a row or a column, a miss
   and a direction are about one. Both are feasible and bounded, so that the iteration itself needs no
   embedding. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_rays.h"

#include "base/series.h"
#include "optimise/ipm_outcome.h"
#include "optimise/ipm_start.h"
#include "optimise/walk.h"

/* What a certificate asks of a ray is relative to its largest terms; rays are cleaned of what is
   smaller, in growing steps, until they prove. */
static const double cleanings[] = {0.0, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7};
static const double ray_tolerance = 5e-8;
static const double proof_margin = 1e-7;
static const double feasible = 5e-7; /* a row's miss, over one and its largest term */

struct copying {
    struct arena *arena;
    struct programme_builder *builder;
    const struct ipm *scales; /* of the original */
    bool directions;          /* or misses */
    struct numbers zero, one, minus;
};

static struct numbers changed(struct arena *arena, struct numbers from, int count,
                              double (*change)(double value, double scale), double scale) {
    int numbers = from.stride ? count : 1;
    double *to = ARENA_TAKE(arena, double, numbers);
    for (int i = 0; to && i < numbers; i++) {
        to[i] = change(numbers_at(from, i), scale);
    }
    return (struct numbers){to, from.stride};
}

static double lower_direction(double bound, double scale) { return isfinite(bound) ? 0.0 : -scale; }
static double upper_direction(double bound, double scale) { return isfinite(bound) ? 0.0 : scale; }
static double zero_if_finite(double side, double scale) {
    (void)scale;
    return isfinite(side) ? 0.0 : side;
}
static double room_if_finite(double side, double scale) {
    (void)scale;
    return isfinite(side) ? HUGE_VAL : 0.0;
}

static void copy_columns(struct copying *copying, const struct programme *from, int k) {
    const struct programme_block *b = &from->blocks[k];
    const struct programme_column *lists[] = {b->columns, b->states, b->periods};
    const int counts[] = {b->columns_count, b->states_count, b->periods_count};
    const struct ipm_block *block = &copying->scales->blocks[k];
    const double *scales[] = {block->column_scale, block->state_scale, block->family_scale};
    int steps = programme_steps(b);
    for (int list = 0; list < COUNT(lists); list++) {
        for (int i = 0; i < counts[list]; i++) {
            struct programme_column column = lists[list][i];
            int members = list == 2 ? b->maps[column.map].periods : steps;
            if (copying->directions) {
                double scale = scales[list][i];
                column.lower =
                    changed(copying->arena, column.lower, members, lower_direction, scale);
                column.upper =
                    changed(copying->arena, column.upper, members, upper_direction, scale);
                column.start_level_ratio = 0.0;
            } else {
                column.cost = copying->zero;
            }
            (void)(list == 0   ? programme_add_column(copying->builder, k, column)
                   : list == 1 ? programme_add_state(copying->builder, k, column)
                               : programme_add_period(copying->builder, k, column));
        }
    }
}

/* A row family of step rows or sums, and in the programme of misses the columns that fill it. */
static void copy_rows(struct copying *copying, const struct programme *from, int k, bool sums) {
    const struct programme_block *b = &from->blocks[k];
    const struct ipm_block *block = &copying->scales->blocks[k];
    struct programme_builder *builder = copying->builder;
    for (int r = 0; r < (sums ? b->sums_count : b->rows_count); r++) {
        struct programme_row row = sums ? b->sums[r] : b->rows[r];
        int members = sums ? b->maps[row.map].periods : programme_steps(b);
        struct numbers lower = row.lower, upper = row.upper;
        if (copying->directions) {
            row.lower = changed(copying->arena, lower, members, zero_if_finite, 0.0);
            row.upper = changed(copying->arena, upper, members, zero_if_finite, 0.0);
        }
        int index = sums ? programme_add_sum(builder, k, row) : programme_add_row(builder, k, row);
        struct numbers cost =
            programme_constant(builder, sums ? block->sum_scale[r] : block->row_scale[r]);
        for (int above = 0; !copying->directions && above < 2; above++) {
            struct programme_column miss = {
                row.name,
                cost,
                copying->zero,
                changed(copying->arena, above ? upper : lower, members, room_if_finite, 0.0),
                row.map,
                0.0};
            struct numbers sign = above ? copying->minus : copying->one;
            if (sums) {
                programme_add_sum_entry(builder, k, index, IN_PERIOD,
                                        programme_add_period(builder, k, miss), sign);
            } else {
                programme_add_entry(builder, k, index, IN_STEP,
                                    programme_add_column(builder, k, miss), sign);
            }
        }
    }
}

static void copy_border(struct copying *copying, const struct programme *from) {
    struct programme_builder *builder = copying->builder;
    for (int d = 0; d < from->designs_count; d++) {
        struct programme_design design = from->designs[d];
        if (copying->directions) {
            double scale = copying->scales->design_scale[d];
            design.lower = lower_direction(design.lower, scale);
            design.upper = upper_direction(design.upper, scale);
        } else {
            design.cost = 0.0;
        }
        (void)programme_add_design(builder, design);
    }
    for (int r = 0; r < from->border_rows_count; r++) {
        struct programme_border_row row = from->border_rows[r];
        double lower = row.lower, upper = row.upper;
        if (copying->directions) {
            row.lower = zero_if_finite(lower, 0.0);
            row.upper = zero_if_finite(upper, 0.0);
        }
        int index = programme_add_border_row(builder, row);
        for (int above = 0; !copying->directions && above < 2; above++) {
            struct programme_design miss = {row.name, copying->scales->border_scale[r], 0.0,
                                            room_if_finite(above ? upper : lower, 0.0)};
            struct programme_border_entry entry = {
                index, IN_DESIGN, programme_add_design(builder, miss), 0, 0, above ? -1.0 : 1.0};
            programme_add_border_entry(builder, entry);
        }
    }
}

/* The programme of misses or of directions: the same rows in the same order; columns of the original
   come first in their families. */
static struct programme *derived(const struct programme *from, const struct ipm *scales,
                                 struct arena *arena, bool directions) {
    struct copying copying = {
        arena, programme_builder_new(arena, from->name), scales, directions, {0}, {0}, {0}};
    struct programme_builder *builder = copying.builder;
    copying.zero = programme_constant(builder, 0.0);
    copying.one = programme_constant(builder, 1.0);
    copying.minus = programme_constant(builder, -1.0);
    copy_border(&copying, from);
    for (int k = 0; k < from->blocks_count; k++) {
        const struct programme_block *b = &from->blocks[k];
        (void)programme_add_block(builder, b->segments, b->segment_steps, b->step_h,
                                  b->segment_weight, b->follows);
        for (int m = 0; m < b->maps_count; m++) {
            (void)programme_add_map(builder, k, b->maps[m]);
        }
        copy_columns(&copying, from, k);
        copy_rows(&copying, from, k, false);
        copy_rows(&copying, from, k, true);
        for (int e = 0; e < b->entries_count; e++) {
            const struct programme_entry *entry = &b->entries[e];
            programme_add_entry(builder, k, entry->row, entry->where, entry->index, entry->value);
        }
        for (int e = 0; e < b->sum_entries_count; e++) {
            const struct programme_entry *entry = &b->sum_entries[e];
            programme_add_sum_entry(builder, k, entry->row, entry->where, entry->index,
                                    entry->value);
        }
    }
    for (int e = 0; e < from->border_entries_count; e++) {
        programme_add_border_entry(builder, from->border_entries[e]);
    }
    struct programme *programme = arena_failed(arena) ? NULL : programme_finish(builder);
    if (programme) {
        programme->share = from->share;
    }
    return programme;
}

/* x of the original out of x of the programme of misses. */
static void take_columns(const struct programme *from, const struct programme *wide,
                         const double *x, double *ret) {
    memcpy(ret, x, (size_t)from->designs_count * sizeof *ret);
    for (int k = 0; k < from->blocks_count; k++) {
        const struct programme_block *b = &from->blocks[k];
        size_t steps = (size_t)programme_steps(b);
        for (int c = 0; c < b->columns_count; c++) {
            memcpy(ret + programme_at_column(from, k, c, 0), x + programme_at_column(wide, k, c, 0),
                   steps * sizeof *ret);
        }
        for (int s = 0; s < b->states_count; s++) {
            memcpy(ret + programme_at_state(from, k, s, 0), x + programme_at_state(wide, k, s, 0),
                   steps * sizeof *ret);
        }
        for (int f = 0; f < b->periods_count; f++) {
            memcpy(ret + programme_at_period(from, k, f, 0), x + programme_at_period(wide, k, f, 0),
                   (size_t)b->maps[b->periods[f].map].periods * sizeof *ret);
        }
    }
}

/* What a ray is measured by, in the programme's global order. */
struct measure {
    const struct programme *programme;
    const double *x, *y; /* of a direction, of prices */
    struct ipm_bounds bounds;
    double *column_scale, *row_scale;
    double *activity, *row_largest, *fixed; /* A x; rows: what begin levels fill */
    double *reduced, *largest;              /* -A' y */
};

static void spread(double *to, double scale, int count) {
    for (int i = 0; i < count; i++) {
        to[i] = scale;
    }
}

static void list_scales(const struct ipm *scales, struct measure *measure) {
    const struct programme *programme = measure->programme;
    double *column = measure->column_scale, *row = measure->row_scale;
    memcpy(column, scales->design_scale, (size_t)programme->designs_count * sizeof *column);
    memcpy(row, scales->border_scale, (size_t)programme->border_rows_count * sizeof *row);
    for (int k = 0; k < programme->blocks_count; k++) {
        const struct programme_block *b = &programme->blocks[k];
        const struct ipm_block *block = &scales->blocks[k];
        int steps = programme_steps(b);
        for (int c = 0; c < b->columns_count; c++) {
            spread(column + programme_at_column(programme, k, c, 0), block->column_scale[c], steps);
        }
        for (int s = 0; s < b->states_count; s++) {
            spread(column + programme_at_state(programme, k, s, 0), block->state_scale[s], steps);
        }
        for (int f = 0; f < b->periods_count; f++) {
            spread(column + programme_at_period(programme, k, f, 0), block->family_scale[f],
                   b->maps[b->periods[f].map].periods);
        }
        for (int r = 0; r < b->rows_count; r++) {
            spread(row + programme_at_row(programme, k, r, 0), block->row_scale[r], steps);
        }
        for (int f = 0; f < b->sums_count; f++) {
            spread(row + programme_at_sum(programme, k, f, 0), block->sum_scale[f],
                   b->maps[b->sums[f].map].periods);
        }
    }
}

static enum status begin_measure(const struct programme *programme, const struct ipm *scales,
                                 struct arena *arena, struct measure *ret) {
    long columns = programme_columns(programme), rows = programme_rows(programme);
    struct measure measure = {.programme = programme,
                              .column_scale = ARENA_TAKE(arena, double, columns),
                              .row_scale = ARENA_TAKE(arena, double, rows),
                              .activity = ARENA_TAKE(arena, double, rows),
                              .row_largest = ARENA_TAKE(arena, double, rows),
                              .fixed = ARENA_TAKE(arena, double, rows),
                              .reduced = ARENA_TAKE(arena, double, columns),
                              .largest = ARENA_TAKE(arena, double, columns)};
    TRY(ipm_list_bounds(programme, arena, &measure.bounds));
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    list_scales(scales, &measure);
    *ret = measure;
    return STATUS_OK;
}

static void measure_term(void *data, long row, long column, double value) {
    struct measure *measure = data;
    if (column < 0) {
        measure->fixed[row] += value;
        return;
    }
    if (measure->x) {
        double term = value * measure->x[column];
        measure->activity[row] += term;
        measure->row_largest[row] = fmax(measure->row_largest[row], fabs(term));
    }
    if (measure->y) {
        double term = value * measure->y[row];
        measure->reduced[column] -= term;
        measure->largest[column] = fmax(measure->largest[column], fabs(term));
    }
}

/* The border's columns or rows (block -1), or a block's, where that is here. */
static struct programme_span span_of(const struct programme *programme, int block, bool rows) {
    struct programme_span none = {0, 0};
    if (block < 0) {
        return (struct programme_span){0, rows ? programme->border_rows_count
                                               : programme->designs_count};
    }
    return !share_has(programme->share, block) ? none
           : rows                              ? programme_rows_of(programme, block)
                                               : programme_columns_of(programme, block);
}

/* Products with designs go from block to block (optimise/share.h). */
static enum status measure_products(struct measure *measure, const double *x, const double *y) {
    const struct programme *programme = measure->programme;
    size_t columns = (size_t)programme_columns(programme) * sizeof(double);
    size_t rows = (size_t)programme_rows(programme) * sizeof(double);
    size_t designs = (size_t)programme->designs_count * sizeof(double);
    measure->x = x;
    measure->y = y;
    memset(measure->activity, 0, rows);
    memset(measure->row_largest, 0, rows);
    memset(measure->fixed, 0, rows);
    memset(measure->reduced, 0, columns);
    memset(measure->largest, 0, columns);
    walk_border(programme, measure_term, measure);
    for (int k = 0; k < programme->blocks_count; k++) {
        if (share_has(programme->share, k)) {
            walk_block(programme, k, measure_term, measure);
        }
        TRY(share_hand_on(programme->share, k, measure->reduced, designs));
        TRY(share_hand_on(programme->share, k, measure->largest, designs));
    }
    return STATUS_OK;
}

/* A copy of the ray (of rows or columns) over its largest member, without what is smaller than the share least of it,
   each member in its scale; false where nothing is left. */
static enum status clean(const struct measure *measure, const double *ray, bool rows, double least,
                         double *ret, bool *ret_any) {
    const struct programme *programme = measure->programme;
    const double *scale = rows ? measure->row_scale : measure->column_scale;
    double most[2] = {0.0, 0.0}; /* and in their scales */
    for (int k = -1; k < programme->blocks_count; k++) {
        struct programme_span span = span_of(programme, k, rows);
        for (long i = span.from; i < span.until; i++) {
            double inner = fabs(ray[i] / scale[i]);
            most[1] = fmax(most[1], isfinite(inner) ? inner : HUGE_VAL);
            most[0] = fmax(most[0], fabs(ray[i]));
        }
    }
    TRY(share_largest(programme->share, most, COUNT(most)));
    *ret_any = most[0] > 0.0 && most[1] < HUGE_VAL;
    long count = rows ? programme_rows(programme) : programme_columns(programme);
    for (long i = 0; *ret_any && i < count; i++) {
        double inner = fabs(ray[i] / scale[i]);
        ret[i] = inner > least * most[1] ? ray[i] / most[0] : 0.0;
    }
    return STATUS_OK;
}

/* What is added up of a ray, from the border to the first block and on from block to block. */
struct along {
    struct sum sum;
    double largest; /* of its terms */
    bool stopped;
};

static void add_along(struct along *along, double value) {
    sum_add(&along->sum, value);
    along->largest = fmax(along->largest, fabs(value));
}

static enum status over_all(struct measure *measure, const double *ray, bool rows,
                            void (*add)(const struct measure *measure, const double *ray,
                                        struct programme_span span, struct along *along),
                            struct along *along) {
    const struct programme *programme = measure->programme;
    for (int k = -1; k < programme->blocks_count; k++) {
        add(measure, ray, span_of(programme, k, rows), along);
        TRY(k < 0 ? STATUS_OK : share_hand_on(programme->share, k, along, sizeof *along));
    }
    return STATUS_OK;
}

static void add_sides(const struct measure *measure, const double *ray, struct programme_span rows,
                      struct along *along) {
    const struct ipm_bounds *bounds = &measure->bounds;
    for (long i = rows.from; i < rows.until; i++) {
        double y = ray[i], side = y > 0.0 ? bounds->row_lower[i] : bounds->row_upper[i];
        if (y != 0.0) {
            add_along(along, y * side);
            add_along(along, -y * measure->fixed[i]);
        }
    }
}

static void add_bounds(const struct measure *measure, const double *ray,
                       struct programme_span columns, struct along *along) {
    const struct ipm_bounds *bounds = &measure->bounds;
    (void)ray;
    for (long j = columns.from; j < columns.until; j++) {
        double d = measure->reduced[j], side = d > 0.0 ? bounds->lower[j] : bounds->upper[j];
        if (d != 0.0 && isfinite(side)) {
            add_along(along, d * side);
        } else if (d != 0.0 && fabs(d) > ray_tolerance * measure->largest[j]) {
            along->stopped = true;
        }
    }
}

/* Whether the sides promise more than any x within its bounds can give. */
static enum status proves(struct measure *measure, const double *ray, bool *ret) {
    struct along bound = {{0.0, 0.0}, 0.0, false};
    TRY(measure_products(measure, NULL, ray));
    TRY(over_all(measure, ray, true, add_sides, &bound));
    TRY(over_all(measure, ray, false, add_bounds, &bound));
    double value = sum_value(&bound.sum);
    *ret = !bound.stopped && value > proof_margin * bound.largest && isfinite(value);
    return STATUS_OK;
}

static enum status farkas(struct measure *measure, const double *y, struct arena *arena,
                          struct outcome *outcome) {
    long rows = programme_rows(measure->programme);
    double *ray = ARENA_TAKE(arena, double, rows);
    if (!ray) {
        return STATUS_NO_MEMORY;
    }
    for (int c = 0; c < COUNT(cleanings); c++) {
        bool any = false, proven = false;
        TRY(clean(measure, y, true, cleanings[c], ray, &any));
        if (!any) {
            return STATUS_OK;
        }
        for (long i = 0; i < rows; i++) { /* no price on a side that is not there */
            const struct ipm_bounds *bounds = &measure->bounds;
            bool stands = isfinite(ray[i] > 0.0 ? bounds->row_lower[i] : bounds->row_upper[i]);
            ray[i] = stands ? ray[i] : 0.0;
        }
        TRY(proves(measure, ray, &proven));
        if (proven) {
            outcome->kind = OUTCOME_INFEASIBLE;
            outcome->ray = ray;
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

/* The largest miss of a row at x, over one and its largest term. */
static enum status missed_at(struct measure *measure, const double *x, double *ret) {
    const struct programme *programme = measure->programme;
    TRY(measure_products(measure, x, NULL));
    *ret = 0.0;
    for (int k = -1; k < programme->blocks_count; k++) {
        struct programme_span rows = span_of(programme, k, true);
        for (long i = rows.from; i < rows.until; i++) {
            double activity = measure->activity[i] + measure->fixed[i];
            double largest = fmax(measure->row_largest[i], fabs(measure->fixed[i]));
            double over = fmax(measure->bounds.row_lower[i] - activity,
                               activity - measure->bounds.row_upper[i]);
            *ret = fmax(*ret, over / (1.0 + largest));
        }
    }
    return share_largest(programme->share, ret, 1);
}

static void add_costs(const struct measure *measure, const double *ray,
                      struct programme_span columns, struct along *along) {
    const struct ipm_bounds *bounds = &measure->bounds;
    for (long j = columns.from; j < columns.until; j++) {
        bool stops = isfinite(ray[j] > 0.0 ? bounds->upper[j] : bounds->lower[j]);
        along->stopped = along->stopped || (ray[j] != 0.0 && stops);
        add_along(along, bounds->cost[j] * ray[j]);
    }
}

static void look_at_rows(const struct measure *measure, const double *ray,
                         struct programme_span rows, struct along *along) {
    const struct ipm_bounds *bounds = &measure->bounds;
    (void)ray;
    for (long i = rows.from; i < rows.until; i++) {
        double step = measure->activity[i];
        bool stops = isfinite(step > 0.0 ? bounds->row_upper[i] : bounds->row_lower[i]);
        bool moves = step != 0.0 && fabs(step) > ray_tolerance * measure->row_largest[i];
        along->stopped = along->stopped || (moves && stops);
    }
}

/* Whether no finite side stops the ray and the cost falls along it. */
static enum status leads_on(struct measure *measure, const double *ray, bool *ret) {
    struct along cost = {{0.0, 0.0}, 0.0, false};
    TRY(measure_products(measure, ray, NULL));
    TRY(over_all(measure, ray, false, add_costs, &cost));
    TRY(over_all(measure, ray, true, look_at_rows, &cost));
    *ret = !cost.stopped && sum_value(&cost.sum) < -proof_margin * cost.largest;
    return STATUS_OK;
}

/* One more attempt with what the iterations' limit has left. */
static enum status attempt_with_rest(const struct programme *programme,
                                     const struct solve_options *options,
                                     const struct ipm_manner *manner, struct arena *scratch,
                                     struct outcome *outcome, struct outcome *ret) {
    struct solve_options rest = options ? *options : (struct solve_options){0};
    rest.iterations_limit -= rest.iterations_limit > 0 ? outcome->iterations_count : 0;
    if (options && options->iterations_limit > 0 && rest.iterations_limit <= 0) {
        ret->kind = outcome->kind = OUTCOME_LIMIT;
        return STATUS_OK;
    }
    TRY(ipm_attempt(programme, &rest, manner, scratch, ret));
    outcome->iterations_count += ret->iterations_count;
    outcome->kind = ret->kind == OUTCOME_LIMIT ? OUTCOME_LIMIT : outcome->kind;
    return STATUS_OK;
}

static enum status direction(struct measure *measure, const struct ipm *scales,
                             const struct solve_options *options, const struct ipm_manner *manner,
                             const double *x, struct arena *arena, struct arena *scratch,
                             struct outcome *outcome) {
    const struct programme *programme = measure->programme;
    struct programme *way = derived(programme, scales, scratch, true);
    struct outcome along;
    long columns = programme_columns(programme);
    double *ray = ARENA_TAKE(arena, double, columns), *point = ARENA_TAKE(arena, double, columns);
    if (!way || !ray || !point) {
        return STATUS_NO_MEMORY;
    }
    TRY(attempt_with_rest(way, options, manner, scratch, outcome, &along));
    if (along.kind == OUTCOME_LIMIT) {
        return STATUS_OK;
    }
    memcpy(point, x, (size_t)columns * sizeof *point);
    for (int c = 0; c < COUNT(cleanings); c++) {
        bool any = false, leads = false;
        TRY(clean(measure, along.x, false, cleanings[c], ray, &any));
        if (!any) {
            return STATUS_OK;
        }
        TRY(leads_on(measure, ray, &leads));
        if (leads) {
            outcome->kind = OUTCOME_UNBOUNDED;
            outcome->x = point;
            outcome->ray = ray;
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

static enum status find(const struct programme *programme, const struct solve_options *options,
                        const struct ipm_manner *manner, struct arena *arena, struct arena *scratch,
                        struct outcome *outcome) {
    struct ipm scales;
    struct measure measure;
    TRY(ipm_scales_of(programme, scratch, &scales));
    TRY(begin_measure(programme, &scales, scratch, &measure));
    struct programme *misses = derived(programme, &scales, scratch, false);
    struct outcome nearest;
    double *x = ARENA_TAKE(scratch, double, programme_columns(programme));
    if (!misses || !x) {
        return STATUS_NO_MEMORY;
    }
    TRY(attempt_with_rest(misses, options, manner, scratch, outcome, &nearest));
    if (nearest.kind == OUTCOME_LIMIT) {
        return STATUS_OK;
    }
    TRY(farkas(&measure, nearest.y, arena, outcome));
    if (outcome->kind == OUTCOME_INFEASIBLE) {
        return STATUS_OK;
    }
    take_columns(programme, misses, nearest.x, x);
    double missed = 0.0;
    TRY(missed_at(&measure, x, &missed));
    if (!(missed <= feasible)) {
        return STATUS_OK;
    }
    return direction(&measure, &scales, options, manner, x, arena, scratch, outcome);
}

enum status ipm_find_ray(const struct programme *programme, const struct solve_options *options,
                         const struct ipm_manner *manner, struct arena *arena,
                         struct outcome *outcome) {
    struct arena *scratch = arena_new(0);
    enum status status =
        scratch ? find(programme, options, manner, arena, scratch, outcome) : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}
