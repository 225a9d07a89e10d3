/* Small programmes decoded from bytes, by every solver of the table: what a solver claims, the judge
   must not deny; two solvers whose claims are both certified must say the same. The elastic re-solve
   finds nothing to miss where there is an optimum. Each choice takes one byte; behind the end every
   choice is the first. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "optimise/elastic.h"
#include "optimise/solver_table.h"

static const double judge_tolerance = 1e-6, agreement = 1e-5;

struct bytes {
    const uint8_t *at;
    size_t left;
    struct arena *arena;
    struct programme_builder *builder;
    int block, steps,
        counts[5]; /* by enum programme_where: columns, states, states, designs, families */
    int periods;
};

static int choose(struct bytes *bytes, int count) {
    if (bytes->left == 0) {
        return 0;
    }
    bytes->left--;
    return *bytes->at++ % count;
}

/* Numbers as components have them, and awkward ones. */
static double draw_number(struct bytes *bytes) {
    static const double numbers[] = {1.0,  -1.0, 0.0,  0.5,  -0.5, 2.0,  -3.0,
                                     0.97, -0.9, 10.0, 1e-3, 1e3,  -1e2, 1.0 / 3.0};
    return numbers[choose(bytes, COUNT(numbers))];
}

static double draw_lower(struct bytes *bytes) {
    static const double lowers[] = {0.0, -HUGE_VAL, 0.0, 1.0, -2.0, 5.0, -0.5, 100.0};
    return lowers[choose(bytes, COUNT(lowers))];
}

static double draw_upper(struct bytes *bytes, double lower) {
    static const double uppers[] = {HUGE_VAL, 3.0, 10.0, 0.0, -1.0, 1e3, HUGE_VAL};
    return fmax(lower, uppers[choose(bytes, COUNT(uppers))]);
}

/* One number for all, or one per step. */
static struct numbers draw_numbers(struct bytes *bytes, int count) {
    bool each = choose(bytes, 3) == 1;
    double *value = ARENA_TAKE(bytes->arena, double, count);
    for (int i = 0; value && i < (each ? count : 1); i++) {
        value[i] = draw_number(bytes);
    }
    return (struct numbers){value, each};
}

static void draw_sides(struct bytes *bytes, int count, bool row, struct numbers *ret_lower,
                       struct numbers *ret_upper) {
    int kind = choose(bytes, 4);
    double *lower = ARENA_TAKE(bytes->arena, double, count);
    double *upper = ARENA_TAKE(bytes->arena, double, count);
    for (int i = 0; lower && upper && i < count; i++) {
        bool again = i > 0 && kind < 2;
        lower[i] = again ? lower[0] : row ? draw_number(bytes) : draw_lower(bytes);
        upper[i] = again ? upper[0] : row && kind % 2 == 0 ? lower[i] : draw_upper(bytes, lower[i]);
        if (row && kind % 2 == 1 && !again && choose(bytes, 2) == 1) {
            lower[i] = -HUGE_VAL;
        }
    }
    *ret_lower = numbers_by_step(lower);
    *ret_upper = numbers_by_step(upper);
}

static struct programme_column draw_column(struct bytes *bytes, const char *name, int count) {
    struct programme_column column = {.name = name, .cost = draw_numbers(bytes, count)};
    draw_sides(bytes, count, false, &column.lower, &column.upper);
    return column;
}

static void draw_entries(struct bytes *bytes, int row, bool sum) {
    static const enum programme_where sums[] = {IN_STEP, IN_DESIGN, IN_PERIOD};
    int entries = 1 + choose(bytes, 4);
    for (int e = 0; e < entries; e++) {
        enum programme_where where =
            sum ? sums[choose(bytes, 3)] : (enum programme_where)choose(bytes, 5);
        int count = bytes->counts[where];
        if (count == 0) {
            continue;
        }
        int index = choose(bytes, count);
        int numbers = sum && where != IN_STEP ? bytes->periods : bytes->steps;
        if (sum) {
            programme_add_sum_entry(bytes->builder, bytes->block, row, where, index,
                                    draw_numbers(bytes, numbers));
        } else {
            programme_add_entry(bytes->builder, bytes->block, row, where, index,
                                draw_numbers(bytes, numbers));
        }
    }
}

static int draw_map(struct bytes *bytes) {
    int *period = ARENA_TAKE(bytes->arena, int, bytes->steps);
    bytes->periods = 1 + choose(bytes, 2);
    for (int t = 0; period && t < bytes->steps; t++) {
        period[t] = choose(bytes, bytes->periods + 1) - (bytes->periods > 1 ? 1 : 0);
        period[t] = period[t] >= bytes->periods ? 0 : period[t];
    }
    struct programme_map map = {bytes->periods, period};
    return programme_add_map(bytes->builder, bytes->block, map);
}

static void draw_block(struct bytes *bytes, int designs) {
    struct programme_builder *b = bytes->builder;
    int segments = 1 + choose(bytes, 3), length = 1 + choose(bytes, 4);
    int *follows = ARENA_TAKE(bytes->arena, int, segments);
    for (int s = 0; follows && s < segments; s++) {
        follows[s] = choose(bytes, segments + 1) - 1;
    }
    bytes->steps = segments * length;
    bytes->block = programme_add_block(b, segments, length, 1.0, NULL, follows);
    int map = draw_map(bytes), columns = 1 + choose(bytes, 4), states = choose(bytes, 3);
    int families = choose(bytes, 2), rows = 1 + choose(bytes, 4), sums = choose(bytes, 2);
    int counts[5] = {columns, states, states, designs, families};
    memcpy(bytes->counts, counts, sizeof counts);
    for (int c = 0; c < columns; c++) {
        (void)programme_add_column(b, bytes->block, draw_column(bytes, "flow", bytes->steps));
    }
    for (int s = 0; s < states; s++) {
        struct programme_column state = draw_column(bytes, "level", bytes->steps);
        state.start_level_ratio = draw_number(bytes);
        (void)programme_add_state(b, bytes->block, state);
    }
    for (int f = 0; f < families; f++) {
        struct programme_column family = draw_column(bytes, "peak", bytes->periods);
        family.map = map;
        (void)programme_add_period(b, bytes->block, family);
    }
    for (int r = 0; r < rows + sums; r++) {
        bool sum = r >= rows;
        struct programme_row row = {
            .name = sum ? "year" : "row", .map = map, .elastic = choose(bytes, 2) == 1};
        draw_sides(bytes, sum ? bytes->periods : bytes->steps, true, &row.lower, &row.upper);
        int index =
            sum ? programme_add_sum(b, bytes->block, row) : programme_add_row(b, bytes->block, row);
        draw_entries(bytes, index, sum);
    }
}

static struct programme *decode(struct bytes *bytes) {
    bytes->builder = programme_builder_new(bytes->arena, "bytes");
    int designs = choose(bytes, 3), borders = designs ? choose(bytes, 2) : 0;
    for (int d = 0; d < designs; d++) {
        struct programme_design design = {"size", draw_number(bytes), draw_lower(bytes), 0.0};
        design.upper = draw_upper(bytes, design.lower);
        (void)programme_add_design(bytes->builder, design);
    }
    for (int r = 0; r < borders; r++) {
        struct programme_border_row row = {"area", draw_number(bytes), 0.0, true};
        row.upper = draw_upper(bytes, row.lower);
        (void)programme_add_border_row(bytes->builder, row);
        for (int d = 0; d < designs; d++) {
            struct programme_border_entry entry = {r, IN_DESIGN, d, 0, 0, draw_number(bytes)};
            programme_add_border_entry(bytes->builder, entry);
        }
    }
    int blocks = 1 + choose(bytes, 2);
    for (int k = 0; k < blocks; k++) {
        draw_block(bytes, designs);
    }
    return programme_finish(bytes->builder);
}

static void demand(bool holds, const char *solver, const struct outcome *outcome,
                   const struct certificate *certificate, const char *what) {
    if (!holds) {
        (void)fprintf(stderr, "%s says %s, %.17g: %s (primal %g dual %g gap %g at %s)\n", solver,
                      outcome_name(outcome->kind), outcome->objective_ratio, what,
                      certificate->primal_residual_ratio, certificate->dual_residual_ratio,
                      certificate->gap_ratio, certificate->worst);
        abort();
    }
}

static bool claims(const struct outcome *outcome) {
    return outcome->kind == OUTCOME_OPTIMAL || outcome->kind == OUTCOME_INFEASIBLE ||
           outcome->kind == OUTCOME_UNBOUNDED;
}

/* An optimum misses no requirement; where there is none, either something is missed or nothing
   helps. */
static void check_elastic(const struct programme *programme, const struct outcome *outcome,
                          const struct certificate *certificate, struct arena *arena) {
    struct elastic elastic = {0};
    if (elastic_solve(programme, &solver_clp, NULL, arena, &elastic) != STATUS_OK) {
        abort();
    }
    bool missed = elastic.misses_count > 0;
    if (outcome->kind == OUTCOME_OPTIMAL) {
        demand(elastic.solvable && !missed, "elastic", outcome, certificate, "an optimum misses");
    } else if (outcome->kind == OUTCOME_INFEASIBLE) {
        demand(!elastic.solvable || missed, "elastic", outcome, certificate, "nothing is missed");
    }
}

static void check(const struct programme *programme, struct arena *arena) {
    struct outcome reference = {0};
    struct certificate reference_judged = {0};
    for (int s = 0; s < COUNT(solver_table); s++) {
        struct outcome outcome = {0};
        struct certificate judged = {0};
        if (solver_table[s].solve(programme, NULL, arena, &outcome) != STATUS_OK ||
            certificate_check(programme, &outcome, judge_tolerance, arena, &judged) != STATUS_OK) {
            abort();
        }
        const char *name = solver_table[s].name;
        demand(!claims(&outcome) || judged.passed, name, &outcome, &judged, "the judge denies it");
        if (s == 0) {
            reference = outcome;
            reference_judged = judged;
            bool beyond_digits = fabs(outcome.objective_ratio) > 1e15;
            demand(claims(&outcome) || beyond_digits, name, &outcome, &judged,
                   "the reference must know");
            check_elastic(programme, &outcome, &judged, arena);
        } else if (claims(&outcome) && claims(&reference)) {
            double apart = fabs(outcome.objective_ratio - reference.objective_ratio);
            bool same = outcome.kind == reference.kind &&
                        (outcome.kind != OUTCOME_OPTIMAL ||
                         apart <= agreement * (1.0 + fabs(reference.objective_ratio)));
            demand(same, solver_table[0].name, &reference, &reference_judged, "the reference");
            demand(same, name, &outcome, &judged, "differs from the reference");
        }
    }
}

/* CoinUtils 2.11 loses what implied_free_action::presolve has allocated when it finds a programme
   infeasible. Its memory comes from operator new, ours never does. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libstdc++"; }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct bytes bytes = {.at = data, .left = size, .arena = arena_new((size_t)1 << 30)};
    const struct programme *programme = decode(&bytes);
    const char *mistake = programme ? programme_mistake(programme, bytes.arena) : "none was made";
    if (mistake) {
        (void)fprintf(stderr, "%s\n", mistake);
        abort();
    }
    check(programme, bytes.arena);
    arena_free(bytes.arena);
    return 0;
}
