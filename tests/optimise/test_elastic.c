/* What the nearest feasible point misses, by family, largest first. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "optimise/elastic.h"
#include "programmes.h"

#define INF HUGE_VAL

static void near(double found, double expected) {
    if (!(fabs(found - expected) <= 1e-7 * (1.0 + fabs(expected)))) {
        fail_msg("found %.17g, expected %.17g", found, expected);
    }
}

/* Four hours, output at most 10 (hard). Demand asks for 12, 8, 15, 9 by an elastic step row; the
   two halves may cost at most 12 each by an elastic sum row (met by the misses' smaller scale or
   not, see the test); and the size at least 3 by an elastic border row while it is at most 2. */
static struct programme *asks_too_much(struct arena *arena, double budget, double hard_output) {
    static const int follows[] = {0}, half[] = {0, 0, 1, 1};
    static const double demand[] = {12.0, 8.0, 15.0, 9.0};
    struct programme_builder *b = programme_builder_new(arena, "too much");
    struct numbers zero = programme_constant(b, 0.0), one = programme_constant(b, 1.0),
                   inf = programme_constant(b, INF);
    int size = programme_add_design(b, (struct programme_design){"size", 1.0, 0.0, 2.0});
    int least =
        programme_add_border_row(b, (struct programme_border_row){"least size", 3.0, INF, true});
    programme_add_border_entry(b,
                               (struct programme_border_entry){least, IN_DESIGN, size, 0, 0, 1.0});
    int k = programme_add_block(b, 1, 4, 1.0, NULL, follows);
    int map = programme_add_map(b, k, (struct programme_map){2, half});
    (void)programme_add_column(b, k, (struct programme_column){"output", one, zero, inf, 0, 0.0});
    (void)programme_add_row(b, k,
                            (struct programme_row){"limit", programme_constant(b, -INF),
                                                   programme_constant(b, hard_output), 0, false});
    (void)programme_add_row(
        b, k, (struct programme_row){"demand", numbers_by_step(demand), inf, 0, true});
    (void)programme_add_sum(b, k,
                            (struct programme_row){"budget", programme_constant(b, -INF),
                                                   programme_constant(b, budget), map, true});
    programme_add_entry(b, k, 0, IN_STEP, 0, one);
    programme_add_entry(b, k, 1, IN_STEP, 0, one);
    programme_add_sum_entry(b, k, 0, IN_STEP, 0, one);
    return programme_finish(b);
}

static void misses_are_named(void **state) {
    const struct solver *solver = *state;
    struct arena *arena = arena_new(0);
    const struct programme *programme = asks_too_much(arena, INF, 10.0);
    struct elastic elastic = {0};
    assert_int_equal(elastic_solve(programme, solver, NULL, arena, &elastic), STATUS_OK);
    assert_true(elastic.solvable);
    assert_int_equal(elastic.misses_count, 2);
    /* demand: 5 of 16 in hour 2 weighs more than 1 of 4 */
    assert_string_equal(elastic.misses[0].name, "demand");
    near(elastic.misses[0].amount_ratio, 5.0);
    near(elastic.misses[0].total_ratio, 7.0);
    assert_int_equal(elastic.misses[0].rows_count, 2);
    assert_int_equal(elastic.misses[0].first, 0);
    assert_string_equal(elastic.misses[1].name, "least size");
    near(elastic.misses[1].amount_ratio, 1.0);
    assert_int_equal(elastic.misses[1].rows_count, 1);
    near(elastic.outcome.objective_ratio, 2.0 / 13.0 + 5.0 / 16.0 + 1.0 / 4.0);
    near(elastic.outcome.x[0], 2.0);
    arena_free(arena);
}

/* A budget of 18 in each half: the second half needs 15 + 9, may have 19 by the limit, and 18 by
   the budget. Missing a unit of budget costs 1/19, a unit of demand 1/16 in hour 2 and 1/10 in hour
   3: the budget gives way, by 1. */
static void cheapest_requirement_gives_way(void **state) {
    const struct solver *solver = *state;
    struct arena *arena = arena_new(0);
    struct elastic elastic = {0};
    assert_int_equal(elastic_solve(asks_too_much(arena, 18.0, 10.0), solver, NULL, arena, &elastic),
                     STATUS_OK);
    assert_true(elastic.solvable);
    assert_int_equal(elastic.misses_count, 3);
    assert_string_equal(elastic.misses[2].name, "budget");
    near(elastic.misses[2].amount_ratio, 1.0);
    assert_int_equal(elastic.misses[2].first, 1);
    arena_free(arena);
}

static void hard_rows_stay(void **state) {
    const struct solver *solver = *state;
    struct arena *arena = arena_new(0);
    struct elastic elastic = {0};
    assert_int_equal(elastic_solve(asks_too_much(arena, INF, -1.0), solver, NULL, arena, &elastic),
                     STATUS_OK);
    assert_false(elastic.solvable);
    assert_int_equal(elastic.misses_count, 0);
    arena_free(arena);
}

static void nothing_is_missed_where_all_fits(void **state) {
    const struct solver *solver = *state;
    struct arena *arena = arena_new(0);
    struct elastic elastic = {0};
    assert_int_equal(
        elastic_solve(programmes_plant(arena, 7, 24, 1), solver, NULL, arena, &elastic), STATUS_OK);
    assert_true(elastic.solvable);
    assert_int_equal(elastic.misses_count, 0);
    near(elastic.outcome.objective_ratio, 0.0);
    arena_free(arena);
}

/* Random programmes made infeasible by one elastic twin row: solvable, and something is missed. */
static void random_clashes(void **state) {
    const struct solver *solver = *state;
    for (int seed = 1; seed <= 40; seed++) {
        struct arena *arena = arena_new(0);
        struct random_programme made =
            programmes_random(arena, (uint64_t)seed, 4, RANDOM_INFEASIBLE);
        struct elastic elastic = {0};
        assert_int_equal(elastic_solve(made.programme, solver, NULL, arena, &elastic), STATUS_OK);
        assert_true(elastic.solvable);
        assert_true(elastic.misses_count > 0);
        for (int i = 0; i < elastic.misses_count; i++) {
            const struct elastic_miss *miss = &elastic.misses[i];
            assert_true(miss->amount_ratio > 0.0 && miss->total_ratio >= miss->amount_ratio &&
                        miss->rows_count > 0);
        }
        arena_free(arena);
    }
}

static void memory_runs_out(void **state) {
    const struct solver *solver = *state;
    bool done = false;
    for (long n = 1; !done && n < 2000; n++) {
        struct arena *arena = arena_new(0);
        const struct programme *programme = asks_too_much(arena, 18.0, 10.0);
        struct elastic elastic = {0};
        arena_fail_after(n);
        enum status status = elastic_solve(programme, solver, NULL, arena, &elastic);
        arena_fail_after(0);
        done = status == STATUS_OK;
        assert_true(done || (status == STATUS_NO_MEMORY && elastic.misses == NULL));
        arena_free(arena);
    }
    assert_true(done);
}

int main(void) {
    static const struct solver *const solvers[] = {&solver_clp, &solver_ipm};
    int failed = 0;
    for (int k = 0; k < COUNT(solvers); k++) {
        void *state = (void *)(uintptr_t)solvers[k];
        const struct CMUnitTest tests[] = {
            cmocka_unit_test_prestate(misses_are_named, state),
            cmocka_unit_test_prestate(cheapest_requirement_gives_way, state),
            cmocka_unit_test_prestate(hard_rows_stay, state),
            cmocka_unit_test_prestate(nothing_is_missed_where_all_fits, state),
            cmocka_unit_test_prestate(random_clashes, state),
            cmocka_unit_test_prestate(memory_runs_out, state),
        };
        failed += cmocka_run_group_tests_name(solvers[k]->name, tests, NULL, NULL);
    }
    return failed;
}
