/* SPDX-License-Identifier: Apache-2.0 */
#include "programmes.h"

#include <math.h>
#include <stddef.h>

#include "base/random.h"

static double *doubles(struct arena *arena, int count, double value) {
    double *all = ARENA_TAKE(arena, double, count);
    for (int i = 0; all && i < count; i++) {
        all[i] = value;
    }
    return all;
}

static int *integers(struct arena *arena, int count, int value) {
    int *all = ARENA_TAKE(arena, int, count);
    for (int i = 0; all && i < count; i++) {
        all[i] = value;
    }
    return all;
}

struct programme *programmes_plain(struct arena *arena, const struct plain *plain) {
    struct programme_builder *builder = programme_builder_new(arena, "plain");
    for (int j = 0; j < plain->columns; j++) {
        struct programme_design design = {arena_format(arena, "x%d", j), plain->cost[j],
                                          plain->lower[j], plain->upper[j]};
        (void)programme_add_design(builder, design);
    }
    for (int i = 0; i < plain->rows; i++) {
        struct programme_border_row row = {arena_format(arena, "r%d", i), plain->row_lower[i],
                                           plain->row_upper[i], false};
        (void)programme_add_border_row(builder, row);
        for (int j = 0; j < plain->columns; j++) {
            struct programme_border_entry entry = {
                i, IN_DESIGN, j, 0, 0, plain->matrix[i * plain->columns + j]};
            if (entry.value != 0.0) {
                programme_add_border_entry(builder, entry);
            }
        }
    }
    return programme_finish(builder);
}

struct programme *programmes_two_blocks(struct arena *arena) {
    static const int first_follows[] = {1, 0, 2}, second_follows[] = {PROGRAMME_FIXED};
    static const double weights[] = {1.0, 2.0, 0.0};
    static const int halves[] = {0, 0, 1, 1, PROGRAMME_NO_PERIOD, PROGRAMME_NO_PERIOD},
                     one[] = {0, 0, 0};
    static const double demand[] = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0}, price[] = {10.0, 20.0};
    static const double kept[] = {0.5, 0.25, 0.125};
    struct programme_builder *b = programme_builder_new(arena, "two blocks");
    struct numbers zero = programme_constant(b, 0.0), unit = programme_constant(b, 1.0);
    struct numbers minus = programme_constant(b, -1.0), open = programme_constant(b, HUGE_VAL);
    int size = programme_add_design(b, (struct programme_design){"size", 7.0, 0.0, 100.0});
    int spare = programme_add_design(b, (struct programme_design){"spare", 0.5, -1.0, HUGE_VAL});
    int limit =
        programme_add_border_row(b, (struct programme_border_row){"limit", -HUGE_VAL, 50.0, true});
    /* block 0: three segments of two steps; the first two follow each other, the third itself */
    int k = programme_add_block(b, 3, 2, 1.0, weights, first_follows);
    int half = programme_add_map(b, k, (struct programme_map){2, halves});
    int make =
        programme_add_column(b, k, (struct programme_column){"make", unit, zero, open, 0, 0.0});
    int drop = programme_add_column(
        b, k, (struct programme_column){"drop", zero, zero, programme_constant(b, 9.0), 0, 0.0});
    int tank = programme_add_state(
        b, k, (struct programme_column){"tank", zero, zero, programme_constant(b, 8.0), 0, 0.0});
    int peak = programme_add_period(
        b, k, (struct programme_column){"peak", numbers_by_step(price), zero, open, half, 0.0});
    int balance = programme_add_row(b, k,
                                    (struct programme_row){"balance", numbers_by_step(demand),
                                                           numbers_by_step(demand), 0, false});
    int cap = programme_add_row(
        b, k, (struct programme_row){"cap", programme_constant(b, -HUGE_VAL), zero, 0, false});
    int top = programme_add_row(b, k, (struct programme_row){"top", zero, open, 0, false});
    int budget =
        programme_add_sum(b, k,
                          (struct programme_row){"budget", programme_constant(b, -HUGE_VAL),
                                                 programme_constant(b, 30.0), half, true});
    programme_add_entry(b, k, balance, IN_STEP, make, unit);
    programme_add_entry(b, k, balance, IN_STEP, drop, minus);
    programme_add_entry(b, k, balance, IN_BEGIN, tank, programme_constant(b, 0.9));
    programme_add_entry(b, k, balance, IN_END, tank, minus);
    programme_add_entry(b, k, cap, IN_STEP, make, unit);
    programme_add_entry(b, k, cap, IN_DESIGN, size, minus);
    programme_add_entry(b, k, top, IN_PERIOD, peak, unit);
    programme_add_entry(b, k, top, IN_STEP, make, minus);
    programme_add_sum_entry(b, k, budget, IN_STEP, make, programme_constant(b, 2.0));
    programme_add_sum_entry(b, k, budget, IN_PERIOD, peak, programme_constant(b, 3.0));
    programme_add_sum_entry(b, k, budget, IN_DESIGN, spare, programme_constant(b, 4.0));
    /* block 1: three steps from a fixed level */
    int l = programme_add_block(b, 1, 3, 0.5, NULL, second_follows);
    int all = programme_add_map(b, l, (struct programme_map){1, one});
    int buy = programme_add_column(
        b, l, (struct programme_column){"buy", programme_constant(b, 2.0), zero, open, 0, 0.0});
    int store =
        programme_add_state(b, l, (struct programme_column){"store", zero, zero, open, 0, 4.0});
    int most =
        programme_add_period(b, l, (struct programme_column){"most", zero, zero, open, all, 0.0});
    int level = programme_add_row(b, l, (struct programme_row){"level", unit, unit, 0, false});
    programme_add_entry(b, l, level, IN_STEP, buy, unit);
    programme_add_entry(b, l, level, IN_BEGIN, store, numbers_by_step(kept));
    programme_add_entry(b, l, level, IN_END, store, minus);
    programme_add_border_entry(b,
                               (struct programme_border_entry){limit, IN_DESIGN, size, 0, 0, 1.5});
    programme_add_border_entry(b,
                               (struct programme_border_entry){limit, IN_PERIOD, peak, k, 1, 2.5});
    programme_add_border_entry(b,
                               (struct programme_border_entry){limit, IN_PERIOD, most, l, 0, -3.5});
    struct programme *programme = programme_finish(b);
    if (programme) {
        programme->objective_constant = 100.0;
    }
    return programme;
}

struct plant_sizes {
    int boiler, tank, solar;
};

static struct plant_sizes plant_sizes(struct programme_builder *b) {
    int boiler = programme_add_design(b, (struct programme_design){"boiler", 12.0, 0.0, 1e4});
    int tank = programme_add_design(b, (struct programme_design){"tank", 0.4, 0.0, 1e4});
    int solar = programme_add_design(b, (struct programme_design){"solar", 20.0, 0.0, 80.0});
    return (struct plant_sizes){boiler, tank, solar};
}

/* One block: a year of weather and prices from the seed; costs times weight. */
static bool plant_block(struct arena *arena, struct programme_builder *b, struct plant_sizes sizes,
                        int segments, int segment_steps, uint64_t seed, double weight) {
    int steps = segments * segment_steps;
    struct random random;
    random_seed(&random, seed);
    double *demand = doubles(arena, steps, 0.0), *price = doubles(arena, steps, 0.0),
           *sun = doubles(arena, steps, 0.0);
    int *follows = integers(arena, segments, 0), *month = integers(arena, steps, 0);
    int *year = integers(arena, steps, 0);
    if (!demand || !price || !sun || !follows || !month || !year) {
        return false;
    }
    for (int t = 0; t < steps; t++) {
        double day = 6.283185307179586 * (t % 24) / 24.0;
        demand[t] = 100.0 + 40.0 * sin(day) + 20.0 * random_uniform(&random);
        price[t] = weight * (0.08 + 0.03 * cos(day) + 0.02 * random_uniform(&random));
        sun[t] = -fmax(0.0, sin(day - 1.5)) * (0.5 + 0.5 * random_uniform(&random));
        month[t] = (int)(12L * t / steps);
    }
    for (int s = 0; s < segments; s++) {
        follows[s] = s ? s - 1 : segments - 1;
    }
    struct numbers zero = programme_constant(b, 0.0), unit = programme_constant(b, 1.0);
    struct numbers minus = programme_constant(b, -1.0), open = programme_constant(b, HUGE_VAL);
    int k = programme_add_block(b, segments, segment_steps, 1.0, NULL, follows);
    int map = programme_add_map(b, k, (struct programme_map){12, month});
    int whole = programme_add_map(b, k, (struct programme_map){1, year});
    int buy = programme_add_column(
        b, k, (struct programme_column){"grid.import", numbers_by_step(price), zero, open, 0, 0.0});
    int heat = programme_add_column(b, k,
                                    (struct programme_column){"boiler.heat",
                                                              programme_constant(b, weight * 0.11),
                                                              zero, open, 0, 0.0});
    int in = programme_add_column(b, k,
                                  (struct programme_column){"tank.in",
                                                            programme_constant(b, weight * 1e-4),
                                                            zero, open, 0, 0.0});
    int out = programme_add_column(b, k,
                                   (struct programme_column){"tank.out",
                                                             programme_constant(b, weight * 1e-4),
                                                             zero, open, 0, 0.0});
    int pv = programme_add_column(
        b, k, (struct programme_column){"solar.power", zero, zero, open, 0, 0.0});
    int level = programme_add_state(
        b, k, (struct programme_column){"tank.level", zero, zero, open, 0, 0.0});
    int peak = programme_add_period(b, k,
                                    (struct programme_column){"grid.peak",
                                                              programme_constant(b, weight * 2.0),
                                                              zero, open, map, 0.0});
    struct numbers need = numbers_by_step(demand), below = programme_constant(b, -HUGE_VAL);
    int bus = programme_add_row(b, k, (struct programme_row){"bus.heat", need, need, 0, false});
    int state =
        programme_add_row(b, k, (struct programme_row){"tank.balance", zero, zero, 0, false});
    int cap =
        programme_add_row(b, k, (struct programme_row){"boiler.limit", below, zero, 0, false});
    int full = programme_add_row(b, k, (struct programme_row){"tank.limit", below, zero, 0, false});
    int shine =
        programme_add_row(b, k, (struct programme_row){"solar.limit", below, zero, 0, false});
    int top =
        programme_add_row(b, k, (struct programme_row){"grid.peak_row", zero, open, 0, false});
    int share = programme_add_sum(
        b, k,
        (struct programme_row){"renewable", programme_constant(b, 8.0 * steps), open, whole, true});
    programme_add_entry(b, k, bus, IN_STEP, buy, unit);
    programme_add_entry(b, k, bus, IN_STEP, heat, unit);
    programme_add_entry(b, k, bus, IN_STEP, pv, unit);
    programme_add_entry(b, k, bus, IN_STEP, out, unit);
    programme_add_entry(b, k, bus, IN_STEP, in, minus);
    programme_add_entry(b, k, state, IN_END, level, unit);
    programme_add_entry(b, k, state, IN_BEGIN, level, programme_constant(b, -0.995));
    programme_add_entry(b, k, state, IN_STEP, in, programme_constant(b, -0.97));
    programme_add_entry(b, k, state, IN_STEP, out, programme_constant(b, 1.0 / 0.97));
    programme_add_entry(b, k, cap, IN_STEP, heat, unit);
    programme_add_entry(b, k, cap, IN_DESIGN, sizes.boiler, minus);
    programme_add_entry(b, k, full, IN_END, level, unit);
    programme_add_entry(b, k, full, IN_DESIGN, sizes.tank, minus);
    programme_add_entry(b, k, shine, IN_STEP, pv, unit);
    programme_add_entry(b, k, shine, IN_DESIGN, sizes.solar, numbers_by_step(sun));
    programme_add_entry(b, k, top, IN_PERIOD, peak, unit);
    programme_add_entry(b, k, top, IN_STEP, buy, minus);
    programme_add_sum_entry(b, k, share, IN_STEP, pv, unit);
    return true;
}

struct programme *programmes_plant(struct arena *arena, int segments, int segment_steps,
                                   uint64_t seed) {
    return programmes_scenarios(arena, 1, segments, segment_steps, &seed);
}

struct programme *programmes_scenarios(struct arena *arena, int blocks, int segments,
                                       int segment_steps, const uint64_t *seeds) {
    struct programme_builder *b = programme_builder_new(arena, "plant");
    if (!b) {
        return NULL;
    }
    struct plant_sizes sizes = plant_sizes(b);
    for (int k = 0; k < blocks; k++) {
        if (!plant_block(arena, b, sizes, segments, segment_steps, seeds[k], 1.0 / blocks)) {
            return NULL;
        }
    }
    return programme_finish(b);
}

/* A random programme is built with open numbers, then x and y are drawn so that they are optimal
   together: a column stands at a bound with a reduced cost of the right sign or between its bounds
   without one; a row is active with a price of the right sign or slack without one. Costs and row
   sides follow. */
struct draft {
    struct arena *arena;
    struct random random;
    struct programme_builder *builder;
    int size;
    double *x, *reduced; /* by global column, filled after flattening */
};

static int below(struct random *random, int count) { return (int)(random_uniform(random) * count); }

static double coefficient(struct random *random) {
    double value = 0.25 * (1 + below(random, 16));
    return below(random, 2) ? value : -value;
}

static struct numbers open_numbers(struct draft *draft, int count, double value) {
    return numbers_by_step(doubles(draft->arena, count, value));
}

/* Entries of a quarter's multiple; now and then one number for all steps, now and then zeros. */
static struct numbers entry_numbers(struct draft *draft, int count) {
    if (below(&draft->random, 3) == 0) {
        return programme_constant(draft->builder, coefficient(&draft->random));
    }
    double *value = doubles(draft->arena, count, 0.0);
    for (int i = 0; value && i < count; i++) {
        value[i] = below(&draft->random, 6) ? coefficient(&draft->random) : 0.0;
    }
    return numbers_by_step(value);
}

static struct programme_column open_column(struct draft *draft, const char *name, int count,
                                           int map) {
    struct programme_column column = {.name = name,
                                      .cost = open_numbers(draft, count, 0.0),
                                      .lower = open_numbers(draft, count, 0.0),
                                      .upper = open_numbers(draft, count, 0.0),
                                      .map = map,
                                      .start_level_ratio = below(&draft->random, 5)};
    return column;
}

static struct programme_row open_row(struct draft *draft, const char *name, int count, int map) {
    struct programme_row row = {name, open_numbers(draft, count, 0.0),
                                open_numbers(draft, count, 0.0), map,
                                below(&draft->random, 2) == 0};
    return row;
}

static int add_random_map(struct draft *draft, int block, int steps) {
    int periods = 1 + below(&draft->random, 3);
    int *period = integers(draft->arena, steps, 0);
    for (int t = 0; period && t < steps; t++) {
        period[t] = below(&draft->random, 8) ? below(&draft->random, periods) : PROGRAMME_NO_PERIOD;
    }
    return programme_add_map(draft->builder, block, (struct programme_map){periods, period});
}

static int periods_of_map(struct draft *draft, int block, int map) {
    const struct programme *programme = programme_finish(draft->builder);
    return programme ? programme->blocks[block].maps[map].periods : 0;
}

static void add_random_entries(struct draft *draft, int block, int row, int steps,
                               const int counts[4]) {
    static const enum programme_where kinds[] = {IN_STEP, IN_BEGIN, IN_END, IN_PERIOD};
    int entries = 1 + below(&draft->random, 4);
    for (int e = 0; e < entries; e++) {
        int kind = below(&draft->random, 5);
        enum programme_where where = kind < 4 ? kinds[kind] : IN_DESIGN;
        int count = kind == 0   ? counts[0]
                    : kind < 3  ? counts[1]
                    : kind == 3 ? counts[2]
                                : counts[3];
        if (count > 0) {
            programme_add_entry(draft->builder, block, row, where, below(&draft->random, count),
                                entry_numbers(draft, steps));
        }
    }
}

static void add_random_block(struct draft *draft, int designs) {
    struct programme_builder *b = draft->builder;
    struct random *random = &draft->random;
    int segments = 1 + below(random, 3), length = 1 + below(random, 3 * draft->size),
        steps = segments * length;
    int *follows = integers(draft->arena, segments, 0);
    for (int s = 0; follows && s < segments; s++) {
        follows[s] = below(random, segments + 1) - 1;
    }
    int k = programme_add_block(b, segments, length, 0.25 * (1 + below(random, 4)), NULL, follows);
    int map = add_random_map(draft, k, steps), other = add_random_map(draft, k, steps);
    int counts[4] = {1 + below(random, 2 + draft->size), below(random, 2 + draft->size / 2),
                     1 + below(random, 2), designs};
    for (int c = 0; c < counts[0]; c++) {
        (void)programme_add_column(
            b, k, open_column(draft, arena_format(draft->arena, "flow%d", c), steps, 0));
    }
    for (int s = 0; s < counts[1]; s++) {
        (void)programme_add_state(
            b, k, open_column(draft, arena_format(draft->arena, "level%d", s), steps, 0));
    }
    int family_map[2] = {map, other};
    for (int f = 0; f < counts[2]; f++) {
        (void)programme_add_period(b, k,
                                   open_column(draft, arena_format(draft->arena, "peak%d", f),
                                               periods_of_map(draft, k, family_map[f]),
                                               family_map[f]));
    }
    int rows = 1 + below(random, 2 + draft->size);
    for (int r = 0; r < rows; r++) {
        int row = programme_add_row(
            b, k, open_row(draft, arena_format(draft->arena, "row%d", r), steps, 0));
        add_random_entries(draft, k, row, steps, counts);
    }
    int periods = periods_of_map(draft, k, map);
    int sum = programme_add_sum(b, k, open_row(draft, "sum", periods, map));
    programme_add_sum_entry(b, k, sum, IN_STEP, 0, entry_numbers(draft, steps));
    programme_add_sum_entry(b, k, sum, IN_PERIOD, 0, entry_numbers(draft, periods));
    if (designs > 0) {
        programme_add_sum_entry(b, k, sum, IN_DESIGN, 0, entry_numbers(draft, periods));
    }
}

static struct programme *build_draft(struct draft *draft) {
    struct random *random = &draft->random;
    int designs = below(random, 4), blocks = 1 + below(random, 2), borders = below(random, 3);
    for (int d = 0; d < designs; d++) {
        (void)programme_add_design(
            draft->builder,
            (struct programme_design){arena_format(draft->arena, "size%d", d), 0.0, 0.0, 0.0});
    }
    for (int k = 0; k < blocks; k++) {
        add_random_block(draft, designs);
    }
    for (int r = 0; r < borders; r++) {
        struct programme_border_row row = {arena_format(draft->arena, "border%d", r), 0.0, 0.0,
                                           true};
        int index = programme_add_border_row(draft->builder, row);
        for (int d = 0; d < designs; d++) {
            programme_add_border_entry(
                draft->builder,
                (struct programme_border_entry){index, IN_DESIGN, d, 0, 0, coefficient(random)});
        }
        programme_add_border_entry(draft->builder,
                                   (struct programme_border_entry){index, IN_PERIOD, 0, blocks - 1,
                                                                   0, coefficient(random)});
    }
    struct programme *programme = programme_finish(draft->builder);
    if (programme) {
        programme->objective_constant = coefficient(random);
    }
    return programme;
}

/* The number the programme was built with, to write to. */
static double *slot(struct numbers numbers, long i) {
    return (double *)(uintptr_t)&numbers.value[i];
}

struct slots {
    double *cost, *lower, *upper;
};

static void column_slots(struct programme *programme, struct slots *ret) {
    for (int d = 0; d < programme->designs_count; d++) {
        struct programme_design *design = &programme->designs[d];
        ret[programme_at_design(programme, d)] =
            (struct slots){&design->cost, &design->lower, &design->upper};
    }
    for (int k = 0; k < programme->blocks_count; k++) {
        struct programme_block *b = &programme->blocks[k];
        const struct programme_column *lists[] = {b->columns, b->states, b->periods};
        const int counts[] = {b->columns_count, b->states_count, b->periods_count};
        for (int l = 0; l < 3; l++) {
            for (int c = 0; c < counts[l]; c++) {
                const struct programme_column *column = &lists[l][c];
                int members = l == 2 ? b->maps[column->map].periods : programme_steps(b);
                long at = l == 0   ? programme_at_column(programme, k, c, 0)
                          : l == 1 ? programme_at_state(programme, k, c, 0)
                                   : programme_at_period(programme, k, c, 0);
                for (int i = 0; i < members; i++) {
                    ret[at + i] = (struct slots){slot(column->cost, i), slot(column->lower, i),
                                                 slot(column->upper, i)};
                }
            }
        }
    }
}

static void row_slots(struct programme *programme, struct slots *ret) {
    for (int r = 0; r < programme->border_rows_count; r++) {
        ret[r] = (struct slots){NULL, &programme->border_rows[r].lower,
                                &programme->border_rows[r].upper};
    }
    for (int k = 0; k < programme->blocks_count; k++) {
        struct programme_block *b = &programme->blocks[k];
        for (int l = 0; l < 2; l++) {
            int count = l ? b->sums_count : b->rows_count;
            for (int r = 0; r < count; r++) {
                const struct programme_row *row = l ? &b->sums[r] : &b->rows[r];
                int members = l ? b->maps[row->map].periods : programme_steps(b);
                long at =
                    l ? programme_at_sum(programme, k, r, 0) : programme_at_row(programme, k, r, 0);
                for (int i = 0; i < members; i++) {
                    ret[at + i] = (struct slots){NULL, slot(row->lower, i), slot(row->upper, i)};
                }
            }
        }
    }
}

static void draw_column(struct random *random, const struct slots *column, double *x,
                        double *reduced) {
    *x = 0.5 * below(random, 20) - 3.0;
    *reduced = 0.0;
    *column->lower = -HUGE_VAL;
    *column->upper = HUGE_VAL;
    switch (below(random, 8)) {
    case 0: /* free */
        break;
    case 1: /* fixed */
        *column->lower = *column->upper = *x;
        *reduced = coefficient(random);
        break;
    case 2: /* at its upper bound */
        *column->upper = *x;
        *column->lower = below(random, 2) ? -HUGE_VAL : *x - 4.0;
        *reduced = -fabs(coefficient(random));
        break;
    case 3: /* between two bounds */
        *column->lower = *x - 1.0;
        *column->upper = *x + 2.5;
        break;
    case 4: /* at a bound without a price: degenerate */
        *column->lower = *x;
        break;
    default: /* at its lower bound */
        *column->lower = *x;
        *column->upper = below(random, 2) ? HUGE_VAL : *x + 3.0;
        *reduced = fabs(coefficient(random));
        break;
    }
}

static void draw_row(struct random *random, const struct slots *row, double activity, double *y) {
    *y = 0.0;
    *row->lower = -HUGE_VAL;
    *row->upper = HUGE_VAL;
    switch (below(random, 7)) {
    case 0: /* free */
        break;
    case 1: /* a range, slack */
        *row->lower = activity - 1.5;
        *row->upper = activity + 0.5;
        break;
    case 2:
        *row->upper = activity;
        *y = -fabs(coefficient(random));
        break;
    case 3:
        *row->lower = activity;
        *row->upper = below(random, 2) ? HUGE_VAL : activity + 2.0;
        *y = fabs(coefficient(random));
        break;
    default:
        *row->lower = *row->upper = activity;
        *y = coefficient(random);
        break;
    }
}

/* Sets costs, bounds and sides; returns the optimum's objective. */
static double draw_numbers(struct draft *draft, struct programme *programme) {
    struct programme_flat flat;
    if (programme_flatten(programme, draft->arena, &flat) != STATUS_OK) {
        return 0.0;
    }
    struct slots *columns = ARENA_TAKE(draft->arena, struct slots, flat.columns);
    struct slots *rows = ARENA_TAKE(draft->arena, struct slots, flat.rows);
    double *x = doubles(draft->arena, (int)flat.columns, 0.0),
           *cost = doubles(draft->arena, (int)flat.columns, 0.0);
    double *activity = doubles(draft->arena, (int)flat.rows, 0.0),
           *y = doubles(draft->arena, (int)flat.rows, 0.0);
    double objective = programme->objective_constant;
    column_slots(programme, columns);
    row_slots(programme, rows);
    for (long j = 0; j < flat.columns; j++) {
        draw_column(&draft->random, &columns[j], &x[j], &cost[j]);
        for (long k = flat.start[j]; k < flat.start[j + 1]; k++) {
            activity[flat.row[k]] += flat.value[k] * x[j];
        }
    }
    for (long i = 0; i < flat.rows; i++) {
        /* sides were zero: what flattening left is the negative of what begin levels fill */
        draw_row(&draft->random, &rows[i], activity[i] - flat.row_lower[i], &y[i]);
    }
    for (long j = 0; j < flat.columns; j++) {
        for (long k = flat.start[j]; k < flat.start[j + 1]; k++) {
            cost[j] += flat.value[k] * y[flat.row[k]];
        }
        *columns[j].cost = cost[j];
        objective += cost[j] * x[j];
    }
    return objective;
}

/* A step of row family 0 with a finite side, or -1. */
static int bounded_step(const struct programme_block *b, bool upper) {
    for (int t = 0; t < programme_steps(b); t++) {
        if (isfinite(numbers_at(upper ? b->rows[0].upper : b->rows[0].lower, t))) {
            return t;
        }
    }
    return -1;
}

/* Asks for the opposite of what row family 0 asks at one step, with all entries doubled. */
static void make_infeasible(struct draft *draft, struct programme *programme) {
    const struct programme_block *b = &programme->blocks[0];
    int steps = programme_steps(b), below_it = bounded_step(b, false),
        above_it = bounded_step(b, true);
    double *lower = doubles(draft->arena, steps, -HUGE_VAL),
           *upper = doubles(draft->arena, steps, HUGE_VAL);
    struct programme_row twin = {"twin", numbers_by_step(lower), numbers_by_step(upper), 0, true};
    int row = programme_add_row(draft->builder, 0, twin), entries = b->entries_count;
    if (below_it >= 0) {
        upper[below_it] = 2.0 * numbers_at(b->rows[0].lower, below_it) - 1.0;
    } else if (above_it >= 0) {
        lower[above_it] = 2.0 * numbers_at(b->rows[0].upper, above_it) + 1.0;
    } else {
        lower[0] = 5.0; /* of nothing */
        return;
    }
    for (int e = 0; e < entries; e++) {
        struct programme_entry entry = b->entries[e];
        double *twice = doubles(draft->arena, steps, 0.0);
        for (int t = 0; entry.row == 0 && t < steps; t++) {
            twice[t] = 2.0 * numbers_at(entry.value, t);
        }
        if (entry.row == 0) {
            programme_add_entry(draft->builder, 0, row, entry.where, entry.index,
                                numbers_by_step(twice));
        }
    }
}

struct random_programme programmes_random(struct arena *arena, uint64_t seed, int size,
                                          enum programmes_kind kind) {
    struct draft draft = {.arena = arena, .size = size};
    random_seed(&draft.random, seed);
    draft.builder = programme_builder_new(arena, arena_format(arena, "random %d", (int)seed));
    struct random_programme made = {build_draft(&draft), 0.0};
    if (made.programme) {
        made.objective = draw_numbers(&draft, made.programme);
    }
    if (made.programme && kind == RANDOM_INFEASIBLE) {
        make_infeasible(&draft, made.programme);
    }
    return made;
}
