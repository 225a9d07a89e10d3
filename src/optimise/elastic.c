/* The nearest feasible point. Each finite side of an elastic row gets a column that fills what is missed, at the cost of
   1 / (1 + |side|) per unit; all other costs are zero, all other rows and all bounds stay. What the columns fill at the
   optimum, by family, is what the requirements ask too much.

   A step row's fillings are step columns, a sum row's period columns of its map, a border row's design columns: the
   elastic programme has hours like any other, and the structured solver explains a year as fast as it plans one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/elastic.h"

#include <math.h>
#include <string.h>

#include "optimise/clean.h"

static const double smallest_miss = 1e-7; /* of 1 + |side|; less is rounding */
static const double certificate_tolerance_ratio = 1e-6;

enum side { BELOW, ABOVE, SIDES };

/* An elastic family, and the columns that fill its sides. */
struct family {
    const char *name;
    int block, count; /* block -1: a border row */
    struct numbers side[SIDES];
    bool sum;
    int column[SIDES]; /* step column, period family or design of the elastic programme; -1: none */
};

struct stretch {
    const struct programme *programme;
    struct programme_builder *builder;
    struct arena *arena;
    struct numbers zero;
    int families_count;
    struct family *families;
};

static double scale_of(const struct family *family, enum side side, int at) {
    return 1.0 + fabs(numbers_at(family->side[side], at));
}

/* What a unit of each member costs, and how much of it there may be: none where there is no side. */
static struct programme_column filling_of(struct stretch *stretch, const struct family *family,
                                          enum side side, int map) {
    double *cost = ARENA_TAKE(stretch->arena, double, family->count);
    double *upper = ARENA_TAKE(stretch->arena, double, family->count);
    for (int k = 0; cost && upper && k < family->count; k++) {
        bool finite = isfinite(numbers_at(family->side[side], k));
        cost[k] = finite ? 1.0 / scale_of(family, side, k) : 0.0;
        upper[k] = finite ? HUGE_VAL : 0.0;
    }
    return (struct programme_column){
        family->name, numbers_by_step(cost), stretch->zero, numbers_by_step(upper), map, 0.0};
}

static bool has_side(const struct family *family, enum side side) {
    for (int k = 0; k < family->count; k++) {
        if (isfinite(numbers_at(family->side[side], k))) {
            return true;
        }
    }
    return false;
}

static void fill_border_row(struct stretch *stretch, struct family *family, int row,
                            enum side side) {
    struct programme_design filling = {family->name, 1.0 / scale_of(family, side, 0), 0.0,
                                       HUGE_VAL};
    family->column[side] = programme_add_design(stretch->builder, filling);
    struct programme_border_entry entry = {row, IN_DESIGN, family->column[side],
                                           0,   0,         side == BELOW ? 1.0 : -1.0};
    programme_add_border_entry(stretch->builder, entry);
}

static void fill_block_row(struct stretch *stretch, struct family *family, int row, int map,
                           enum side side) {
    struct programme_builder *builder = stretch->builder;
    struct programme_column filling = filling_of(stretch, family, side, map);
    struct numbers sign = programme_constant(builder, side == BELOW ? 1.0 : -1.0);
    if (arena_failed(stretch->arena)) {
        return;
    }
    if (family->sum) {
        family->column[side] = programme_add_period(builder, family->block, filling);
        programme_add_sum_entry(builder, family->block, row, IN_PERIOD, family->column[side], sign);
    } else {
        family->column[side] = programme_add_column(builder, family->block, filling);
        programme_add_entry(builder, family->block, row, IN_STEP, family->column[side], sign);
    }
}

static void add_family(struct stretch *stretch, struct family family, int row, int map) {
    struct family *added = &stretch->families[stretch->families_count++];
    *added = family;
    for (int side = BELOW; side < SIDES; side++) {
        added->column[side] = -1;
        if (!has_side(added, (enum side)side)) {
            continue;
        }
        if (family.block < 0) {
            fill_border_row(stretch, added, row, (enum side)side);
        } else {
            fill_block_row(stretch, added, row, map, (enum side)side);
        }
    }
}

/* The programme again, without its costs. */
static void copy_border(struct stretch *stretch) {
    const struct programme *p = stretch->programme;
    for (int d = 0; d < p->designs_count; d++) {
        struct programme_design design = p->designs[d];
        design.cost = 0.0;
        (void)programme_add_design(stretch->builder, design);
    }
    for (int r = 0; r < p->border_rows_count; r++) {
        (void)programme_add_border_row(stretch->builder, p->border_rows[r]);
    }
    for (int e = 0; e < p->border_entries_count; e++) {
        programme_add_border_entry(stretch->builder, p->border_entries[e]);
    }
}

static void copy_block(struct stretch *stretch, int k) {
    const struct programme_block *b = &stretch->programme->blocks[k];
    struct programme_builder *builder = stretch->builder;
    const struct programme_column *lists[] = {b->columns, b->states, b->periods};
    const int counts[] = {b->columns_count, b->states_count, b->periods_count};
    (void)programme_add_block(builder, b->segments, b->segment_steps, b->step_h, b->segment_weight,
                              b->follows);
    for (int m = 0; m < b->maps_count; m++) {
        (void)programme_add_map(builder, k, b->maps[m]);
    }
    for (int list = 0; list < COUNT(lists); list++) {
        for (int i = 0; i < counts[list]; i++) {
            struct programme_column column = lists[list][i];
            column.cost = stretch->zero;
            (void)(list == 0   ? programme_add_column(builder, k, column)
                   : list == 1 ? programme_add_state(builder, k, column)
                               : programme_add_period(builder, k, column));
        }
    }
    for (int r = 0; r < b->rows_count; r++) {
        (void)programme_add_row(builder, k, b->rows[r]);
    }
    for (int f = 0; f < b->sums_count; f++) {
        (void)programme_add_sum(builder, k, b->sums[f]);
    }
    for (int e = 0; e < b->entries_count; e++) {
        const struct programme_entry *entry = &b->entries[e];
        programme_add_entry(builder, k, entry->row, entry->where, entry->index, entry->value);
    }
    for (int e = 0; e < b->sum_entries_count; e++) {
        const struct programme_entry *entry = &b->sum_entries[e];
        programme_add_sum_entry(builder, k, entry->row, entry->where, entry->index, entry->value);
    }
}

static void add_fillings(struct stretch *stretch) {
    const struct programme *p = stretch->programme;
    for (int r = 0; r < p->border_rows_count; r++) {
        const struct programme_border_row *row = &p->border_rows[r];
        if (row->elastic) {
            struct family family = {row->name, -1,      1, {{&row->lower, 0}, {&row->upper, 0}},
                                    false,     {-1, -1}};
            add_family(stretch, family, r, 0);
        }
    }
    for (int k = 0; k < p->blocks_count; k++) {
        const struct programme_block *b = &p->blocks[k];
        for (int r = 0; r < b->rows_count + b->sums_count; r++) {
            bool sum = r >= b->rows_count;
            const struct programme_row *row = sum ? &b->sums[r - b->rows_count] : &b->rows[r];
            if (row->elastic) {
                int count = sum ? b->maps[row->map].periods : programme_steps(b);
                struct family family = {row->name, k,       count, {row->lower, row->upper},
                                        sum,       {-1, -1}};
                add_family(stretch, family, sum ? r - b->rows_count : r, row->map);
            }
        }
    }
}

static enum status make_wide(const struct programme *programme, struct arena *scratch,
                             struct stretch *stretch, struct programme **ret) {
    long most = programme->border_rows_count;
    for (int k = 0; k < programme->blocks_count; k++) {
        most += (long)programme->blocks[k].rows_count + programme->blocks[k].sums_count;
    }
    *stretch = (struct stretch){.programme = programme, .arena = scratch};
    stretch->builder = programme_builder_new(scratch, programme->name);
    stretch->families = ARENA_TAKE(scratch, struct family, most);
    if (!stretch->builder || !stretch->families) {
        return STATUS_NO_MEMORY;
    }
    stretch->zero = programme_constant(stretch->builder, 0.0);
    copy_border(stretch);
    for (int k = 0; k < programme->blocks_count; k++) {
        copy_block(stretch, k);
    }
    add_fillings(stretch);
    *ret = arena_failed(scratch) ? NULL : programme_finish(stretch->builder);
    return *ret ? STATUS_OK : STATUS_NO_MEMORY;
}

/* ---- what is missed ---- */

/* A miss and what it is sorted by. */
struct ranked {
    struct elastic_miss miss;
    double scaled;
};

static double filled(const struct programme *wide, const struct family *family, enum side side,
                     int at, const double *x) {
    int column = family->column[side];
    if (column < 0) {
        return 0.0;
    }
    long place = family->block < 0 ? programme_at_design(wide, column)
                 : family->sum     ? programme_at_period(wide, family->block, column, at)
                                   : programme_at_column(wide, family->block, column, at);
    return x[place];
}

static struct ranked rank_family(const struct programme *wide, const struct family *family,
                                 const double *x) {
    struct ranked ranked = {{.name = family->name}, 0.0};
    for (int k = 0; k < family->count; k++) {
        double missed_here = 0.0;
        for (int side = BELOW; side < SIDES; side++) {
            double missed = filled(wide, family, (enum side)side, k, x);
            double scale =
                family->column[side] >= 0 ? scale_of(family, (enum side)side, k) : HUGE_VAL;
            if (missed > smallest_miss * scale) {
                missed_here += missed;
                ranked.scaled = fmax(ranked.scaled, missed / scale);
            }
        }
        if (missed_here > 0.0) {
            ranked.miss.first = ranked.miss.rows_count == 0 ? k : ranked.miss.first;
            ranked.miss.rows_count++;
            ranked.miss.amount_ratio = fmax(ranked.miss.amount_ratio, missed_here);
            ranked.miss.total_ratio += missed_here;
        }
    }
    return ranked;
}

/* Largest first; equals stay in the programme's order. */
static void insert(struct ranked *list, int count, struct ranked item) {
    int at = count;
    for (; at > 0 && list[at - 1].scaled < item.scaled; at--) {
        list[at] = list[at - 1];
    }
    list[at] = item;
}

static enum status name_misses(const struct stretch *stretch, const struct programme *wide,
                               const double *x, struct arena *arena, struct elastic *elastic) {
    struct ranked *ranked = ARENA_TAKE(stretch->arena, struct ranked, stretch->families_count);
    TRY(ranked ? STATUS_OK : STATUS_NO_MEMORY);
    int count = 0;
    for (int f = 0; f < stretch->families_count; f++) {
        struct ranked item = rank_family(wide, &stretch->families[f], x);
        if (item.miss.rows_count > 0) {
            insert(ranked, count++, item);
        }
    }
    struct elastic_miss *misses = ARENA_TAKE(arena, struct elastic_miss, count);
    TRY(misses ? STATUS_OK : STATUS_NO_MEMORY);
    for (int i = 0; i < count; i++) {
        misses[i] = ranked[i].miss;
    }
    elastic->misses = misses;
    elastic->misses_count = count;
    return STATUS_OK;
}

/* x of the original out of x of the elastic programme, which has more of everything in the same order. */
static void take_columns(const struct programme *p, const struct programme *wide, const double *x,
                         double *ret) {
    memcpy(ret, x, (size_t)p->designs_count * sizeof *ret);
    for (int k = 0; k < p->blocks_count; k++) {
        const struct programme_block *b = &p->blocks[k];
        size_t bytes = (size_t)programme_steps(b) * sizeof *ret;
        for (int c = 0; c < b->columns_count; c++) {
            memcpy(ret + programme_at_column(p, k, c, 0), x + programme_at_column(wide, k, c, 0),
                   bytes);
        }
        for (int s = 0; s < b->states_count; s++) {
            memcpy(ret + programme_at_state(p, k, s, 0), x + programme_at_state(wide, k, s, 0),
                   bytes);
        }
        for (int f = 0; f < b->periods_count; f++) {
            memcpy(ret + programme_at_period(p, k, f, 0), x + programme_at_period(wide, k, f, 0),
                   (size_t)b->maps[b->periods[f].map].periods * sizeof *ret);
        }
    }
}

static enum status solve(const struct programme *programme, const struct solver *solver,
                         const struct solve_options *options, struct arena *scratch,
                         struct arena *arena, struct elastic *ret) {
    struct programme *wide = NULL;
    struct stretch stretch;
    struct elastic elastic = {0};
    struct solve_options cold = options ? *options : (struct solve_options){0};
    cold.warm = NULL;
    TRY(make_wide(programme, scratch, &stretch, &wide));
    TRY(solver->solve(wide, &cold, arena, &elastic.outcome));
    elastic.solvable = elastic.outcome.kind == OUTCOME_OPTIMAL;
    elastic.outcome.basis = NULL;
    if (elastic.solvable) {
        struct clean_report cleaned;
        TRY(clean_dispatch(wide, certificate_tolerance_ratio, &elastic.outcome, &cleaned));
        TRY(name_misses(&stretch, wide, elastic.outcome.x, arena, &elastic));
        double *x = ARENA_TAKE(arena, double, programme_columns(programme));
        if (!x) {
            return STATUS_NO_MEMORY;
        }
        take_columns(programme, wide, elastic.outcome.x, x);
        elastic.outcome.x = x;
    }
    *ret = elastic;
    return STATUS_OK;
}

enum status elastic_solve(const struct programme *programme, const struct solver *solver,
                          const struct solve_options *options, struct arena *arena,
                          struct elastic *ret) {
    struct arena *scratch = arena_new(0);
    enum status status =
        scratch ? solve(programme, solver, options, scratch, arena, ret) : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}
