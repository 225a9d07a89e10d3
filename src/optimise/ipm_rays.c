/* Two programmes of the same pattern say why another has no optimum.

     misses      costs are zero, every finite side of a row may be missed at a cost of one over its size.
                 Its optimum is zero where a point exists; else its prices prove that none does (Farkas).
     directions  finite bounds and sides are zero, infinite ones a unit away. Where its optimum is below
                 zero, its x is a direction without end.

   Both are feasible and bounded, so that the iteration itself needs no embedding. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_rays.h"

#include "base/series.h"
#include "optimise/ipm_outcome.h"
#include "optimise/walk.h"

/* What a certificate asks of a ray is relative to its largest terms; rays are cleaned of what is
   smaller, in growing steps, until they prove. */
static const double cleanings[] = {0.0, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7};
static const double ray_tolerance = 5e-8;
static const double proof_margin = 1e-7;
static const double direction_margin = 1e-7;

struct copying {
    struct arena *arena;
    struct programme_builder *builder;
    struct numbers zero, one, minus, open;
};

static struct numbers changed(struct arena *arena, struct numbers from, int count,
                              double (*change)(double value)) {
    int numbers = from.stride ? count : 1;
    double *to = ARENA_TAKE(arena, double, numbers);
    for (int i = 0; to && i < numbers; i++) {
        to[i] = change(numbers_at(from, i));
    }
    return (struct numbers){to, from.stride};
}

static double lower_direction(double bound) { return isfinite(bound) ? 0.0 : -1.0; }
static double upper_direction(double bound) { return isfinite(bound) ? 0.0 : 1.0; }
static double zero_if_finite(double side) { return isfinite(side) ? 0.0 : side; }
static double room_if_finite(double side) { return isfinite(side) ? HUGE_VAL : 0.0; }

/* The mean size of a row's sides, at least one. */
static double weight_of(struct numbers lower, struct numbers upper, int count) {
    double sum = 0.0;
    for (int i = 0; i < count; i++) {
        double low = fabs(numbers_at(lower, i)), high = fabs(numbers_at(upper, i));
        sum += fmax(isfinite(low) ? low : 0.0, isfinite(high) ? high : 0.0);
    }
    return 1.0 / (1.0 + sum / fmax(1, count));
}

static void copy_columns(struct copying *copying, const struct programme *from, int k,
                         bool directions) {
    const struct programme_block *b = &from->blocks[k];
    const struct programme_column *lists[] = {b->columns, b->states, b->periods};
    const int counts[] = {b->columns_count, b->states_count, b->periods_count};
    int steps = programme_steps(b);
    for (int list = 0; list < COUNT(lists); list++) {
        for (int i = 0; i < counts[list]; i++) {
            struct programme_column column = lists[list][i];
            int members = list == 2 ? b->maps[column.map].periods : steps;
            if (directions) {
                column.lower = changed(copying->arena, column.lower, members, lower_direction);
                column.upper = changed(copying->arena, column.upper, members, upper_direction);
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
static void copy_rows(struct copying *copying, const struct programme *from, int k, bool sums,
                      bool directions) {
    const struct programme_block *b = &from->blocks[k];
    struct programme_builder *builder = copying->builder;
    for (int r = 0; r < (sums ? b->sums_count : b->rows_count); r++) {
        struct programme_row row = sums ? b->sums[r] : b->rows[r];
        int members = sums ? b->maps[row.map].periods : programme_steps(b);
        struct numbers lower = row.lower, upper = row.upper;
        if (directions) {
            row.lower = changed(copying->arena, lower, members, zero_if_finite);
            row.upper = changed(copying->arena, upper, members, zero_if_finite);
        }
        int index = sums ? programme_add_sum(builder, k, row) : programme_add_row(builder, k, row);
        struct numbers cost = programme_constant(builder, weight_of(lower, upper, members));
        for (int above = 0; !directions && above < 2; above++) {
            struct programme_column miss = {
                row.name,
                cost,
                copying->zero,
                changed(copying->arena, above ? upper : lower, members, room_if_finite),
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

static void copy_border(struct copying *copying, const struct programme *from, bool directions) {
    struct programme_builder *builder = copying->builder;
    for (int d = 0; d < from->designs_count; d++) {
        struct programme_design design = from->designs[d];
        if (directions) {
            design.lower = lower_direction(design.lower);
            design.upper = upper_direction(design.upper);
        } else {
            design.cost = 0.0;
        }
        (void)programme_add_design(builder, design);
    }
    for (int r = 0; r < from->border_rows_count; r++) {
        struct programme_border_row row = from->border_rows[r];
        double lower = row.lower, upper = row.upper;
        if (directions) {
            row.lower = zero_if_finite(lower);
            row.upper = zero_if_finite(upper);
        }
        int index = programme_add_border_row(builder, row);
        double cost = weight_of((struct numbers){&lower, 0}, (struct numbers){&upper, 0}, 1);
        for (int above = 0; !directions && above < 2; above++) {
            struct programme_design miss = {row.name, cost, 0.0,
                                            room_if_finite(above ? upper : lower)};
            struct programme_border_entry entry = {
                index, IN_DESIGN, programme_add_design(builder, miss), 0, 0, above ? -1.0 : 1.0};
            programme_add_border_entry(builder, entry);
        }
    }
}

/* The programme of misses or of directions: the same rows in the same order; columns of the original
   come first in their families. */
static struct programme *derived(const struct programme *from, struct arena *arena,
                                 bool directions) {
    struct copying copying = {arena, programme_builder_new(arena, from->name), {0}, {0}, {0}, {0}};
    struct programme_builder *builder = copying.builder;
    copying.zero = programme_constant(builder, 0.0);
    copying.one = programme_constant(builder, 1.0);
    copying.minus = programme_constant(builder, -1.0);
    copy_border(&copying, from, directions);
    for (int k = 0; k < from->blocks_count; k++) {
        const struct programme_block *b = &from->blocks[k];
        (void)programme_add_block(builder, b->segments, b->segment_steps, b->step_h,
                                  b->segment_weight, b->follows);
        for (int m = 0; m < b->maps_count; m++) {
            (void)programme_add_map(builder, k, b->maps[m]);
        }
        copy_columns(&copying, from, k, directions);
        copy_rows(&copying, from, k, false, directions);
        copy_rows(&copying, from, k, true, directions);
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
    return arena_failed(arena) ? NULL : programme_finish(builder);
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

struct proof {
    const double *ray;
    double *reduced, *largest,
        *fixed; /* -A' y and its largest term; rows: what begin levels fill */
};

static void proof_term(void *data, long row, long column, double value) {
    struct proof *proof = data;
    if (column < 0) {
        proof->fixed[row] += value;
        return;
    }
    double term = value * proof->ray[row];
    proof->reduced[column] -= term;
    proof->largest[column] = fmax(proof->largest[column], fabs(term));
}

/* Whether the sides promise more than any x within its bounds can give. */
static bool proves(const struct programme *programme, const struct ipm_bounds *bounds,
                   struct proof *proof) {
    long columns = programme_columns(programme), rows = programme_rows(programme);
    struct sum bound = {0.0, 0.0};
    double largest = 0.0;
    memset(proof->reduced, 0, (size_t)columns * sizeof(double));
    memset(proof->largest, 0, (size_t)columns * sizeof(double));
    memset(proof->fixed, 0, (size_t)rows * sizeof(double));
    walk_terms(programme, proof_term, proof);
    for (long i = 0; i < rows; i++) {
        double y = proof->ray[i], side = y > 0.0 ? bounds->row_lower[i] : bounds->row_upper[i];
        if (y != 0.0) {
            sum_add(&bound, y * side);
            sum_add(&bound, -y * proof->fixed[i]);
            largest = fmax(largest, fmax(fabs(y * side), fabs(y * proof->fixed[i])));
        }
    }
    for (long j = 0; j < columns; j++) {
        double d = proof->reduced[j], side = d > 0.0 ? bounds->lower[j] : bounds->upper[j];
        if (d == 0.0) {
            continue;
        }
        if (isfinite(side)) {
            sum_add(&bound, d * side);
            largest = fmax(largest, fabs(d * side));
        } else if (fabs(d) > ray_tolerance * proof->largest[j]) {
            return false;
        }
    }
    return sum_value(&bound) > proof_margin * largest && isfinite(sum_value(&bound));
}

static enum status farkas(const struct programme *programme, const double *y, struct arena *arena,
                          struct arena *scratch, struct outcome *outcome) {
    long columns = programme_columns(programme), rows = programme_rows(programme);
    struct ipm_bounds bounds;
    double *ray = ARENA_TAKE(arena, double, rows), most = 0.0;
    struct proof proof = {ray, ARENA_TAKE(scratch, double, columns),
                          ARENA_TAKE(scratch, double, columns), ARENA_TAKE(scratch, double, rows)};
    TRY(ipm_list_bounds(programme, scratch, &bounds));
    if (arena_failed(arena) || arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    for (long i = 0; i < rows; i++) {
        most = fmax(most, fabs(y[i]));
    }
    for (int c = 0; c < COUNT(cleanings); c++) {
        for (long i = 0; i < rows; i++) {
            bool stands = isfinite(y[i] > 0.0 ? bounds.row_lower[i] : bounds.row_upper[i]);
            ray[i] = stands && fabs(y[i]) > cleanings[c] * most ? y[i] / most : 0.0;
        }
        if (most > 0.0 && proves(programme, &bounds, &proof)) {
            outcome->kind = OUTCOME_INFEASIBLE;
            outcome->ray = ray;
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

static enum status direction(const struct programme *programme, const struct solve_options *options,
                             const struct ipm_manner *manner, const double *x, struct arena *arena,
                             struct arena *scratch, struct outcome *outcome) {
    struct programme *way = derived(programme, scratch, true);
    struct outcome along;
    long columns = programme_columns(programme);
    double *ray = ARENA_TAKE(arena, double, columns), *point = ARENA_TAKE(arena, double, columns);
    if (!way || !ray || !point) {
        return STATUS_NO_MEMORY;
    }
    TRY(ipm_attempt(way, options, manner, scratch, &along));
    outcome->iterations_count += along.iterations_count;
    double most = 0.0;
    for (long j = 0; j < columns; j++) {
        most = fmax(most, fabs(along.x[j]));
    }
    if (along.kind != OUTCOME_OPTIMAL || !(along.objective_ratio < -direction_margin * most)) {
        return STATUS_OK;
    }
    for (long j = 0; j < columns; j++) {
        ray[j] = along.x[j] / most;
    }
    memcpy(point, x, (size_t)columns * sizeof *point);
    outcome->kind = OUTCOME_UNBOUNDED;
    outcome->x = point;
    outcome->ray = ray;
    return STATUS_OK;
}

static enum status find(const struct programme *programme, const struct solve_options *options,
                        const struct ipm_manner *manner, struct arena *arena, struct arena *scratch,
                        struct outcome *outcome) {
    struct programme *misses = derived(programme, scratch, false);
    struct outcome nearest;
    double *x = ARENA_TAKE(scratch, double, programme_columns(programme));
    if (!misses || !x) {
        return STATUS_NO_MEMORY;
    }
    TRY(ipm_attempt(misses, options, manner, scratch, &nearest));
    outcome->iterations_count += nearest.iterations_count;
    if (nearest.kind == OUTCOME_LIMIT) {
        outcome->kind = OUTCOME_LIMIT;
        return STATUS_OK;
    }
    TRY(farkas(programme, nearest.y, arena, scratch, outcome));
    if (outcome->kind == OUTCOME_INFEASIBLE || nearest.kind != OUTCOME_OPTIMAL) {
        return STATUS_OK;
    }
    take_columns(programme, misses, nearest.x, x);
    return direction(programme, options, manner, x, arena, scratch, outcome);
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
