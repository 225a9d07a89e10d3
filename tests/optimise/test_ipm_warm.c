/* Warm starts of the interior point: the same optimum, sooner from a parent that is near, hardly later from one that is
   not, and the same bytes every time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "optimise/ipm.h"
#include "optimise/ipm_loop.h"
#include "optimise/programmes.h"

static struct outcome solve(const struct programme *programme, const struct outcome *warm,
                            struct arena *arena) {
    struct outcome outcome;
    struct solve_options options = {.warm = warm};
    assert_int_equal(ipm_solve(programme, &options, arena, &outcome), STATUS_OK);
    return outcome;
}

static void same_optimum(const struct programme *programme, const struct outcome *a,
                         const struct outcome *b, struct arena *arena) {
    struct certificate certificate;
    assert_int_equal(a->kind, OUTCOME_OPTIMAL);
    assert_int_equal(b->kind, OUTCOME_OPTIMAL);
    assert_true(fabs(a->objective_ratio - b->objective_ratio) <=
                2e-7 * (1.0 + fabs(b->objective_ratio)));
    assert_int_equal(certificate_check(programme, a, 1e-6, arena, &certificate), STATUS_OK);
    assert_true(certificate.passed);
}

/* What every design costs, a little changed: a round of the planning loop. */
static void change_costs(struct programme *programme, double ratio) {
    for (int d = 0; d < programme->designs_count; d++) {
        programme->designs[d].cost *= ratio;
    }
}

static void a_near_parent_saves_iterations(void **state) {
    (void)state;
    long cold_iterations = 0, warm_iterations = 0;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct arena *arena = arena_new(0);
        struct programme *programme = programmes_plant(arena, 30, 24, seed);
        struct outcome parent = solve(programme, NULL, arena);
        change_costs(programme, 1.03);
        struct outcome cold = solve(programme, NULL, arena),
                       warm = solve(programme, &parent, arena);
        same_optimum(programme, &warm, &cold, arena);
        cold_iterations += cold.iterations_count;
        warm_iterations += warm.iterations_count;
        arena_free(arena);
    }
    assert_true(warm_iterations * 10 <= cold_iterations * 9);
}

/* x and y of nobody, and of another plant: given up at once or after a tenth of the parent's iterations, and then as good
   as cold. */
static void a_parent_of_nonsense_costs_a_tenth(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        struct arena *arena = arena_new(0);
        struct programme *programme = programmes_plant(arena, 20, 24, seed);
        struct outcome cold = solve(programme, NULL, arena), parent = cold;
        struct random random;
        random_seed(&random, seed);
        for (int k = 0; k < 3; k++) {
            double size = k == 0 ? 1e7 : 10.0;
            parent.x = ARENA_TAKE(arena, double, programme_columns(programme));
            parent.y = ARENA_TAKE(arena, double, programme_rows(programme));
            for (long j = 0; j < programme_columns(programme); j++) {
                parent.x[j] = size * random_normal(&random);
            }
            for (long i = 0; i < programme_rows(programme); i++) {
                parent.y[i] = size * random_normal(&random);
            }
            if (k == 2) {
                parent = solve(programmes_plant(arena, 20, 24, seed + 50), NULL, arena);
            }
            struct outcome warm = solve(programme, &parent, arena);
            same_optimum(programme, &warm, &cold, arena);
            assert_true(warm.iterations_count <=
                        cold.iterations_count + cold.iterations_count / 10 + 2);
        }
        arena_free(arena);
    }
}

/* Random programmes of all shapes, from their own optimum with other costs. */
static void any_programme_reaches_its_optimum(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct arena *arena = arena_new(0);
        struct random_programme made =
            programmes_random(arena, seed, 1 + (int)(seed % 3), RANDOM_SOLVABLE);
        struct outcome cold = solve(made.programme, NULL, arena),
                       warm = solve(made.programme, &cold, arena);
        same_optimum(made.programme, &warm, &cold, arena);
        arena_free(arena);
    }
}

static void bytes_do_not_depend_on_threads(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct programme *programme = programmes_plant(arena, 40, 24, 3);
    struct outcome parent = solve(programme, NULL, arena), first;
    change_costs(programme, 0.9);
    for (int threads = 1; threads <= 3; threads++) {
        struct ipm_manner manner = {.threads = threads};
        struct solve_options options = {.warm = &parent};
        struct outcome outcome;
        assert_int_equal(ipm_solve_in(programme, &options, &manner, arena, &outcome), STATUS_OK);
        first = threads == 1 ? outcome : first;
        assert_int_equal(outcome.iterations_count, first.iterations_count);
        assert_memory_equal(outcome.x, first.x,
                            (size_t)programme_columns(programme) * sizeof *first.x);
        assert_memory_equal(outcome.y, first.y,
                            (size_t)programme_rows(programme) * sizeof *first.y);
    }
    arena_free(arena);
}

/* No point exists: the ray is looked for without the parent, whose shape it does not have. */
static void a_warm_start_ends_with_a_proof(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct arena *arena = arena_new(0);
        struct programme *solvable = programmes_random(arena, seed, 2, RANDOM_SOLVABLE).programme;
        struct programme *none = programmes_random(arena, seed, 2, RANDOM_INFEASIBLE).programme;
        if (programme_columns(solvable) == programme_columns(none) &&
            programme_rows(solvable) == programme_rows(none)) {
            struct outcome parent = solve(solvable, NULL, arena),
                           warm = solve(none, &parent, arena);
            struct certificate certificate;
            assert_int_equal(warm.kind, OUTCOME_INFEASIBLE);
            assert_int_equal(certificate_check(none, &warm, 1e-6, arena, &certificate), STATUS_OK);
            assert_true(certificate.passed);
        }
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_near_parent_saves_iterations),
        cmocka_unit_test(a_parent_of_nonsense_costs_a_tenth),
        cmocka_unit_test(any_programme_reaches_its_optimum),
        cmocka_unit_test(bytes_do_not_depend_on_threads),
        cmocka_unit_test(a_warm_start_ends_with_a_proof),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
