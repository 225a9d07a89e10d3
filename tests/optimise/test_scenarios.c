/* Several blocks that share capacities, solved as one programme: they meet in the border alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "optimise/ipm.h"
#include "optimise/ipm_loop.h"
#include "programmes.h"

enum { SIZES = 3, BLOCKS_MOST = 8 };

static struct outcome solved(const struct programme *programme, struct arena *arena) {
    struct outcome outcome = {0};
    struct certificate certificate;
    assert_non_null(programme);
    assert_int_equal(ipm_solve(programme, NULL, arena, &outcome), STATUS_OK);
    assert_int_equal(outcome.kind, OUTCOME_OPTIMAL);
    assert_int_equal(certificate_check(programme, &outcome, 1e-7, arena, &certificate), STATUS_OK);
    assert_true(certificate.passed);
    return outcome;
}

static void assert_near(double found, double expected, double tolerance) {
    if (!(fabs(found - expected) <= tolerance * (1.0 + fabs(expected)))) {
        fail_msg("found %.14g, expected %.14g", found, expected);
    }
}

/* N times the same year, each a Nth of the cost, is that year: the same cost, the same sizes, and the same
   hours in every block. */
static void equal_scenarios_are_the_one_plan(void **state) {
    (void)state;
    static const int counts[] = {2, 3, 8};
    static const uint64_t seeds[BLOCKS_MOST] = {4, 4, 4, 4, 4, 4, 4, 4};
    struct arena *arena = arena_new(0);
    const struct programme *plain = programmes_scenarios(arena, 1, 7, 24, seeds);
    struct outcome one = solved(plain, arena);
    for (int c = 0; c < COUNT(counts); c++) {
        const struct programme *programme = programmes_scenarios(arena, counts[c], 7, 24, seeds);
        struct outcome many = solved(programme, arena);
        assert_near(many.objective_ratio, one.objective_ratio, 1e-9);
        assert_near(many.bound_ratio, one.objective_ratio, 1e-9);
        for (int d = 0; d < SIZES; d++) {
            assert_near(many.x[programme_at_design(programme, d)],
                        one.x[programme_at_design(plain, d)], 1e-9);
        }
        for (int t = 0; t < 7 * 24; t++) {
            double bought = one.x[programme_at_column(plain, 0, 0, t)];
            for (int k = 0; k < counts[c]; k++) {
                assert_near(many.x[programme_at_column(programme, k, 0, t)], bought, 1e-7);
            }
        }
    }
    arena_free(arena);
}

static void years_of_weather_agree_with_clp(void **state) {
    (void)state;
    static const uint64_t seeds[BLOCKS_MOST] = {1, 2, 3, 4, 5, 6, 7, 8};
    for (int blocks = 2; blocks <= BLOCKS_MOST; blocks += 2) {
        struct arena *arena = arena_new(0);
        const struct programme *programme = programmes_scenarios(arena, blocks, 3, 24, seeds);
        struct outcome outcome = solved(programme, arena), clp = {0};
        assert_int_equal(reference_clp_solve(programme, NULL, arena, &clp), STATUS_OK);
        assert_int_equal(clp.kind, OUTCOME_OPTIMAL);
        assert_near(outcome.objective_ratio, clp.objective_ratio, 1e-9);
        arena_free(arena);
    }
}

/* What is planned for all years costs no less than what each year alone would have built. */
static void one_plan_for_all_costs_no_less_than_a_plan_for_each(void **state) {
    (void)state;
    static const uint64_t seeds[] = {11, 12, 13, 14};
    struct arena *arena = arena_new(0);
    double together =
        solved(programmes_scenarios(arena, COUNT(seeds), 5, 24, seeds), arena).objective_ratio;
    double apart = 0.0;
    for (int k = 0; k < COUNT(seeds); k++) {
        apart += solved(programmes_scenarios(arena, 1, 5, 24, &seeds[k]), arena).objective_ratio /
                 COUNT(seeds);
    }
    assert_true(together >= apart * (1.0 - 1e-9));
    assert_true(together > apart * (1.0 + 1e-6)); /* the years differ */
    arena_free(arena);
}

/* Threads share the blocks; blocks of unlike length, tape and panels: the same bits. */
static void threads_over_blocks_do_not_change_a_bit(void **state) {
    (void)state;
    static const uint64_t seeds[] = {1, 2, 3, 4, 5};
    static const enum ipm_way ways[] = {IPM_WAY_TAPE, IPM_WAY_PANELS};
    struct arena *arena = arena_new(0);
    const struct programme *programme = programmes_scenarios(arena, COUNT(seeds), 4, 24, seeds);
    struct outcome first = {0};
    size_t size = (size_t)programme_columns(programme) * sizeof(double);
    for (int w = 0; w < COUNT(ways); w++) {
        for (int threads = 1; threads <= 4; threads++) {
            struct ipm_manner manner = {.threads = threads, .way = ways[w]};
            struct outcome outcome;
            assert_int_equal(ipm_solve_in(programme, NULL, &manner, arena, &outcome), STATUS_OK);
            first = w == 0 && threads == 1 ? outcome : first;
            assert_int_equal(outcome.kind, OUTCOME_OPTIMAL);
            assert_int_equal(outcome.iterations_count, first.iterations_count);
            assert_memory_equal(outcome.x, first.x, size);
        }
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_scenarios_are_the_one_plan),
        cmocka_unit_test(years_of_weather_agree_with_clp),
        cmocka_unit_test(one_plan_for_all_costs_no_less_than_a_plan_for_each),
        cmocka_unit_test(threads_over_blocks_do_not_change_a_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
