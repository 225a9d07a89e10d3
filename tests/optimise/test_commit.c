/* Minimum loads: by hand, and against every combination of rest and run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "dense_simplex.h"
#include "optimise/commit.h"
#include "programmes.h"

#define INF HUGE_VAL
enum { STEPS_MAX = 8, UNITS_MAX = 2 };

static const struct commit_options usual = {.solver = &solver_clp, .tolerance_ratio = 1e-7};

/* Machines with a least rate, a boiler without, a tank between the hours. least < 0: no machine. */
struct plant {
    int steps, units;
    double demand[STEPS_MAX], price[UNITS_MAX], most[UNITS_MAX], least[UNITS_MAX];
    double boiler_price, boiler_most, tank;
    bool by_row; /* the least rate is a share of a capacity to choose: rate - share * size >= 0 */
    double size_cost;
};

static struct programme *build(struct arena *arena, const struct plant *plant,
                               struct commit_unit *units) {
    static const int follows[] = {0};
    struct programme_builder *b = programme_builder_new(arena, "plant");
    struct numbers zero = programme_constant(b, 0.0), one = programme_constant(b, 1.0),
                   minus = programme_constant(b, -1.0), none = programme_constant(b, -INF),
                   open = programme_constant(b, INF);
    int size = programme_add_design(
        b, (struct programme_design){"size", plant->size_cost, 0.0, plant->most[0]});
    int k = programme_add_block(b, 1, plant->steps, 1.0, NULL, follows);
    double *demand = ARENA_TAKE(arena, double, plant->steps);
    memcpy(demand, plant->demand, (size_t)plant->steps * sizeof *demand);
    int bus = programme_add_row(
        b, k,
        (struct programme_row){"bus", numbers_by_step(demand), numbers_by_step(demand), 0, false});
    int carry = programme_add_row(b, k, (struct programme_row){"carry", zero, zero, 0, false});
    int boiler = programme_add_column(
        b, k,
        (struct programme_column){"boiler", programme_constant(b, plant->boiler_price), zero,
                                  programme_constant(b, plant->boiler_most), 0, 0.0});
    int in = programme_add_column(
        b, k, (struct programme_column){"in", programme_constant(b, 1e-3), zero, open, 0, 0.0});
    int out = programme_add_column(
        b, k, (struct programme_column){"out", programme_constant(b, 1e-3), zero, open, 0, 0.0});
    int level = programme_add_state(
        b, k,
        (struct programme_column){"level", zero, zero, programme_constant(b, plant->tank), 0, 0.0});
    programme_add_entry(b, k, bus, IN_STEP, boiler, one);
    programme_add_entry(b, k, bus, IN_STEP, in, minus);
    programme_add_entry(b, k, bus, IN_STEP, out, one);
    programme_add_entry(b, k, carry, IN_END, level, one);
    programme_add_entry(b, k, carry, IN_BEGIN, level, programme_constant(b, -0.99));
    programme_add_entry(b, k, carry, IN_STEP, in, minus);
    programme_add_entry(b, k, carry, IN_STEP, out, one);
    for (int u = 0; u < plant->units; u++) {
        int rate = programme_add_column(
            b, k,
            (struct programme_column){"rate", programme_constant(b, plant->price[u]), zero,
                                      programme_constant(b, plant->most[u]), 0, 0.0});
        programme_add_entry(b, k, bus, IN_STEP, rate, one);
        units[u] = (struct commit_unit){k, rate, -1, programme_constant(b, plant->least[u])};
        if (plant->by_row && u == 0) {
            int limit =
                programme_add_row(b, k, (struct programme_row){"limit", none, zero, 0, false});
            programme_add_entry(b, k, limit, IN_STEP, rate, one);
            programme_add_entry(b, k, limit, IN_DESIGN, size, minus);
            units[u].row =
                programme_add_row(b, k, (struct programme_row){"least", none, open, 0, false});
            programme_add_entry(b, k, units[u].row, IN_STEP, rate, one);
            programme_add_entry(b, k, units[u].row, IN_DESIGN, size,
                                programme_constant(b, -plant->least[u] / plant->most[u]));
            units[u].least = zero;
        }
    }
    return programme_finish(b);
}

static struct commit solve(const struct programme *programme, int count,
                           const struct commit_unit *units, struct arena *arena) {
    struct commit commit = {0};
    assert_int_equal(commit_solve(programme, count, units, &usual, arena, &commit), STATUS_OK);
    return commit;
}

/* The best of all combinations, each a programme of its own with the masks as bounds, by the slow
   second opinion. */
static double best_of_all(const struct plant *plant) {
    double best = INF;
    for (int all = 0; all < 1 << plant->steps * plant->units; all++) {
        struct arena *arena = arena_new(0);
        struct commit_unit units[UNITS_MAX];
        struct programme *programme = build(arena, plant, units);
        struct programme_block *block = &programme->blocks[0];
        for (int u = 0; u < plant->units; u++) {
            double *lower = ARENA_TAKE(arena, double, plant->steps),
                   *upper = ARENA_TAKE(arena, double, plant->steps),
                   *hold = ARENA_TAKE(arena, double, plant->steps);
            for (int t = 0; t < plant->steps; t++) {
                bool runs = all >> (u * plant->steps + t) & 1;
                lower[t] = runs && units[u].row < 0 ? plant->least[u] : 0.0;
                upper[t] = runs ? plant->most[u] : 0.0;
                hold[t] = runs ? 0.0 : -INF;
            }
            block->columns[units[u].column].lower = numbers_by_step(lower);
            block->columns[units[u].column].upper = numbers_by_step(upper);
            if (units[u].row >= 0) {
                block->rows[units[u].row].lower = numbers_by_step(hold);
            }
        }
        struct programme_flat flat;
        double objective = INF;
        assert_int_equal(programme_flatten(programme, arena, &flat), STATUS_OK);
        enum outcome_kind kind = dense_simplex(&flat, arena, &objective);
        assert_true(kind == OUTCOME_OPTIMAL || kind == OUTCOME_INFEASIBLE);
        best = kind == OUTCOME_OPTIMAL ? fmin(best, objective) : best;
        arena_free(arena);
    }
    return best;
}

/* The plan keeps its least rates, and the bracket holds the best of all. */
static void brackets(const struct plant *plant, const struct programme *programme,
                     const struct commit_unit *units, const struct commit *commit, double best) {
    double near = 1e-8 * (1.0 + fabs(best));
    assert_true(commit->outcome.bound_ratio <= best + near);
    assert_true(commit->outcome.objective_ratio >= best - near);
    assert_true(commit->gap_ratio >= 0.0);
    for (int u = 0; u < plant->units; u++) {
        for (int t = 0; t < plant->steps; t++) {
            double rate = commit->outcome.x[programme_at_column(programme, 0, units[u].column, t)];
            double least = plant->least[u];
            if (units[u].row >= 0) {
                least *= commit->outcome.x[0] / plant->most[u];
            }
            bool runs = commit->running[u * plant->steps + t];
            assert_true(runs ? rate >= least - 1e-7 && rate <= plant->most[u] + 1e-7 : rate == 0.0);
        }
    }
}

/* A machine at 1 between 6 and 10, a boiler at 3, no tank: demand 8, 4, 5, 0. It carries the first
   hour; in the others it cannot run, for nothing takes 6. Cost 8 + 12 + 15 = 35; relaxed 17. */
static void a_machine_by_hand(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct plant plant = {4, 1, {8, 4, 5, 0}, {1}, {10}, {6}, 3.0, 100.0, 0.0, false, 0.0};
    struct commit_unit units[UNITS_MAX];
    struct programme *programme = build(arena, &plant, units);
    struct commit commit = solve(programme, 1, units, arena);
    static const unsigned char running[] = {1, 0, 0, 0};
    assert_int_equal(commit.outcome.kind, OUTCOME_OPTIMAL);
    assert_true(fabs(commit.outcome.objective_ratio - 35.0) <= 1e-9);
    assert_true(fabs(commit.outcome.bound_ratio - 17.0) <= 1e-7);
    assert_memory_equal(commit.running, running, sizeof running);
    /* the programme is as before */
    assert_true(numbers_at(programme->blocks[0].columns[units[0].column].upper, 1) == 10.0);
    arena_free(arena);
}

/* Nothing to commit: what the relaxed plan does is allowed already, and the bracket closes. */
static void a_plan_that_keeps_its_least_is_optimal(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct plant plant = {3, 1, {8, 0, 9}, {1}, {10}, {6}, 3.0, 100.0, 0.0, false, 0.0};
    struct commit_unit units[UNITS_MAX];
    struct programme *programme = build(arena, &plant, units);
    struct commit commit = solve(programme, 1, units, arena);
    assert_int_equal(commit.outcome.kind, OUTCOME_OPTIMAL);
    assert_true(commit.gap_ratio <= 1e-9);
    assert_int_equal(commit.solves_count, 2);
    arena_free(arena);
}

static struct plant random_plant(struct random *random, int steps, int units, bool by_row) {
    struct plant plant = {.steps = steps, .units = units, .boiler_price = 3.0, .by_row = by_row};
    double most = 0.0;
    for (int u = 0; u < units; u++) {
        plant.price[u] = 0.5 + random_uniform(random);
        plant.most[u] = 5.0 + 5.0 * random_uniform(random);
        plant.least[u] = (0.3 + 0.5 * random_uniform(random)) * plant.most[u];
        most += plant.most[u];
    }
    for (int t = 0; t < steps; t++) {
        plant.demand[t] = random_uniform(random) < 0.2 ? 0.0 : most * random_uniform(random);
    }
    plant.tank = random_uniform(random) < 0.5 ? 0.0 : 8.0 * random_uniform(random);
    plant.boiler_most = random_uniform(random) < 0.7 ? 100.0 : 3.0;
    plant.size_cost = by_row ? 0.5 : 0.0;
    return plant;
}

static void brackets_hold_the_best_of_all(void **state) {
    (void)state;
    int plans = 0, solvable = 0, exact = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct arena *arena = arena_new(0);
        struct random random;
        random_seed(&random, seed);
        int two = seed % 4 == 0;
        struct plant plant =
            random_plant(&random, two ? 3 : 4 + (int)(seed % 3), two ? 2 : 1, seed % 4 == 1);
        struct commit_unit units[UNITS_MAX];
        struct programme *programme = build(arena, &plant, units);
        struct commit commit = solve(programme, plant.units, units, arena);
        double best = best_of_all(&plant);
        if (commit.outcome.kind == OUTCOME_OPTIMAL) {
            brackets(&plant, programme, units, &commit, best);
            plans++;
            exact += commit.outcome.objective_ratio <= best + 1e-7 * (1.0 + fabs(best));
        } else if (commit.outcome.kind == OUTCOME_INFEASIBLE) {
            assert_true(best == INF);
        } else {
            assert_int_equal(commit.outcome.kind, OUTCOME_STALLED);
            assert_null(commit.outcome.x);
            assert_true(commit.outcome.bound_ratio <= best);
        }
        solvable += best < INF;
        arena_free(arena);
    }
    assert_true(solvable >= 30 && plans == solvable); /* each that has one is found */
    assert_true(exact >= 30);                         /* and most are the best there is */
}

/* 8 steps: all 256 combinations. */
static void eight_hours_with_a_tank(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct plant plant = {8,     1,  {3, 1, 2, 7, 6, 2, 1, 4}, {1}, {9}, {5}, 3.0, 100.0, 6.0,
                          false, 0.0};
    struct commit_unit units[UNITS_MAX];
    struct programme *programme = build(arena, &plant, units);
    struct commit commit = solve(programme, 1, units, arena);
    double best = best_of_all(&plant);
    assert_int_equal(commit.outcome.kind, OUTCOME_OPTIMAL);
    brackets(&plant, programme, units, &commit, best);
    assert_true(commit.outcome.objective_ratio <= best * 1.15);
    arena_free(arena);
}

/* Without a boiler both hours run at 5 at least, and nothing takes more than 4: the ray says so. One
   hour must rest and live on the tank. */
static void masks_without_a_plan_are_repaired(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct plant plant = {2, 1, {4, 4}, {1}, {10}, {5}, 3.0, 0.0, 10.0, false, 0.0};
    struct commit_unit units[UNITS_MAX];
    struct programme *programme = build(arena, &plant, units);
    struct commit commit = solve(programme, 1, units, arena);
    double best = best_of_all(&plant);
    assert_int_equal(commit.outcome.kind, OUTCOME_OPTIMAL);
    brackets(&plant, programme, units, &commit, best);
    assert_true(commit.solves_count > 2);
    arena_free(arena);
}

static void what_has_no_plan_is_told(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct plant plant = {2, 1, {4, 40}, {1}, {10}, {5}, 3.0, 0.0, 10.0, false, 0.0};
    struct commit_unit units[UNITS_MAX];
    struct programme *programme = build(arena, &plant, units);
    struct commit commit = solve(programme, 1, units, arena);
    struct certificate certificate;
    assert_int_equal(commit.outcome.kind, OUTCOME_INFEASIBLE);
    assert_int_equal(certificate_check(programme, &commit.outcome, 1e-7, arena, &certificate),
                     STATUS_OK);
    assert_true(certificate.passed);
    /* relaxed it has a plan, with least rates none: 4 asked, 5 the least, nowhere to leave it */
    struct plant stiff = {2, 1, {4, 4}, {1}, {10}, {5}, 3.0, 0.0, 0.0, false, 0.0};
    programme = build(arena, &stiff, units);
    commit = solve(programme, 1, units, arena);
    assert_int_equal(commit.outcome.kind, OUTCOME_STALLED);
    assert_null(commit.outcome.x);
    assert_null(commit.running);
    assert_true(fabs(commit.outcome.bound_ratio - 8.0) <= 1e-7);
    assert_true(commit.gap_ratio == INF);
    arena_free(arena);
}

static void what_is_no_unit_is_refused(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct plant plant = {2, 1, {8, 8}, {1}, {10}, {5}, 3.0, 10.0, 1.0, false, 0.0};
    struct commit_unit units[UNITS_MAX];
    struct commit commit;
    struct programme *programme = build(arena, &plant, units);
    struct commit_unit wrong[] = {units[0], units[0], units[0]};
    wrong[0].block = 1;
    wrong[1].column = 99;
    wrong[2].row = 1; /* the tank's row: the machine is not in it */
    for (int k = 0; k < COUNT(wrong); k++) {
        assert_int_equal(commit_solve(programme, 1, &wrong[k], &usual, arena, &commit),
                         STATUS_INTERNAL);
    }
    arena_free(arena);
}

static void memory_that_runs_out_is_told(void **state) {
    (void)state;
    for (long blocks = 1; blocks < 400; blocks++) {
        struct arena *arena = arena_new(0);
        struct plant plant = {4, 1, {8, 4, 5, 0}, {1}, {10}, {6}, 3.0, 100.0, 0.0, false, 0.0};
        struct commit_unit units[UNITS_MAX];
        struct programme *programme = build(arena, &plant, units);
        struct commit commit = {0};
        arena_fail_after(blocks);
        enum status status = commit_solve(programme, 1, units, &usual, arena, &commit);
        arena_fail_after(0);
        arena_free(arena);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        if (status == STATUS_OK) {
            return;
        }
    }
    fail_msg("still out of memory");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_machine_by_hand),
        cmocka_unit_test(a_plan_that_keeps_its_least_is_optimal),
        cmocka_unit_test(brackets_hold_the_best_of_all),
        cmocka_unit_test(eight_hours_with_a_tank),
        cmocka_unit_test(masks_without_a_plan_are_repaired),
        cmocka_unit_test(what_has_no_plan_is_told),
        cmocka_unit_test(what_is_no_unit_is_refused),
        cmocka_unit_test(memory_that_runs_out_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
