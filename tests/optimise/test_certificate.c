/* The judge: accepts what is right to the last digits, rejects what is wrong by a ten-thousandth.
   No solver here but for the answers that are spoilt. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "programmes.h"

#define INF HUGE_VAL

static struct certificate judged(const struct programme *programme, const struct outcome *outcome,
                                 double tolerance, struct arena *arena) {
    struct certificate certificate = {0};
    assert_int_equal(certificate_check(programme, outcome, tolerance, arena, &certificate),
                     STATUS_OK);
    assert_non_null(certificate.worst);
    return certificate;
}

/* min 2 a + 5 b + 1: a + b >= 10, a <= 6 as a row; b in 0..100 */
static struct programme *small(struct arena *arena) {
    static const double cost[] = {2, 5}, lower[] = {0, 0}, upper[] = {INF, 100},
                        matrix[] = {1, 1, 1, 0};
    static const double row_lower[] = {10, -INF}, row_upper[] = {INF, 6};
    const struct plain plain = {2, 2, cost, lower, upper, matrix, row_lower, row_upper};
    struct programme *programme = programmes_plain(arena, &plain);
    programme->objective_constant = 1.0;
    return programme;
}

static void right_answers_pass(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    double x[] = {6, 4}, y[] = {5, -3};
    const struct outcome right = {.kind = OUTCOME_OPTIMAL, .objective_ratio = 33.0, .x = x, .y = y};
    struct certificate c = judged(small(arena), &right, 1e-12, arena);
    assert_true(c.passed);
    assert_true(c.primal_residual_ratio == 0.0 && c.dual_residual_ratio == 0.0 &&
                c.gap_ratio == 0.0);
    assert_true(c.bound_ratio == 33.0);
    assert_string_equal(c.worst, "");
    arena_free(arena);
}

static void wrong_answers_are_named(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    const struct programme *programme = small(arena);
    struct {
        double x[2], y[2], objective;
        const char *worst;
    } wrong[] = {
        {{6, 3.999}, {5, -3}, 32.995, "r0"}, /* misses the demand */
        {{6.001, 4}, {5, -3}, 33.002, "r1"}, /* above the limit */
        {{7, -1}, {5, -3}, 10, "x1"},        /* by 1 in 1 + 1, and r1 by 1 in 1 + 7 */
        {{6, 4}, {4.99, -3}, 33, ""},        /* a bound that is below */
        {{6, 4}, {5, 3}, 33, "r1"},          /* a price on a side that does not exist */
        {{6, 4}, {5, -2}, 33, "x0"},  /* the reduced cost of a without an upper bound is negative */
        {{5, 5}, {5, -3}, 36, ""},    /* feasible, and not the best */
        {{6, 4}, {5, -3}, 33.01, ""}, /* the objective is not what x costs */
        {{6, 4}, {NAN, -3}, 33, ""},         {{HUGE_VAL, 4}, {5, -3}, 33, ""},
    };
    for (int i = 0; i < COUNT(wrong); i++) {
        struct outcome outcome = {.kind = OUTCOME_OPTIMAL,
                                  .objective_ratio = wrong[i].objective,
                                  .x = wrong[i].x,
                                  .y = wrong[i].y};
        struct certificate c = judged(programme, &outcome, 1e-6, arena);
        if (c.passed || strcmp(c.worst, wrong[i].worst) != 0) {
            fail_msg("case %d: passed %d, worst '%s', expected '%s'", i, c.passed, c.worst,
                     wrong[i].worst);
        }
    }
    struct outcome missing = {.kind = OUTCOME_OPTIMAL, .objective_ratio = 33.0, .x = wrong[0].x};
    assert_false(judged(programme, &missing, 1e-6, arena).passed);
    arena_free(arena);
}

/* Residuals are relative to 1 + the largest term; the bound holds whatever y is. */
static void residuals_have_a_scale(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    double x[] = {6, 3.989}, y[] = {4, -3};
    const struct outcome outcome = {
        .kind = OUTCOME_OPTIMAL, .objective_ratio = 32.945, .x = x, .y = y};
    struct certificate c = judged(small(arena), &outcome, 1e-6, arena);
    assert_true(fabs(c.primal_residual_ratio - 0.011 / 7.0) < 1e-12);
    assert_true(fabs(c.bound_ratio - (1.0 + 40.0 - 18.0 + 1.0 * 0.0)) < 1e-12);
    assert_true(c.bound_ratio <= 33.0);
    arena_free(arena);
}

/* Weak duality: whatever prices are drawn, the bound never exceeds the known optimum. */
static void bound_is_a_bound(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 7);
    for (int seed = 1; seed <= 40; seed++) {
        struct arena *arena = arena_new(0);
        struct random_programme made = programmes_random(arena, (uint64_t)seed, 3, RANDOM_SOLVABLE);
        long rows = programme_rows(made.programme);
        double *y = ARENA_TAKE(arena, double, rows);
        struct outcome outcome = {0};
        assert_int_equal(reference_clp_solve(made.programme, NULL, arena, &outcome), STATUS_OK);
        for (int draw = 0; draw < 10; draw++) {
            for (long i = 0; i < rows; i++) {
                y[i] = outcome.y[i] + (draw ? 0.1 * draw * (random_uniform(&random) - 0.5) : 0.0);
            }
            struct outcome drawn = {.kind = OUTCOME_STALLED, .y = y};
            struct certificate c = judged(made.programme, &drawn, 1e-9, arena);
            assert_true(c.bound_ratio <= made.objective + 1e-9 * (1.0 + fabs(made.objective)));
            assert_false(c.passed);
        }
        arena_free(arena);
    }
}

static double *spoilt(const double *value, long count, struct random *random, struct arena *arena) {
    double *copy = ARENA_TAKE(arena, double, count);
    for (long i = 0; i < count; i++) {
        copy[i] = value[i] * (1.0 + 1e-4 * (random_uniform(random) < 0.5 ? -1.0 : 1.0));
    }
    return copy;
}

static double objective_at(const struct programme *programme, const double *x,
                           struct arena *arena) {
    struct programme_flat flat;
    assert_int_equal(programme_flatten(programme, arena, &flat), STATUS_OK);
    double objective = flat.objective_constant;
    for (long j = 0; j < flat.columns; j++) {
        objective += flat.cost[j] * x[j];
    }
    return objective;
}

static void perturbations_are_noticed(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 2024);
    for (int seed = 1; seed <= 100; seed++) {
        struct arena *arena = arena_new(0);
        struct programme *programme =
            seed % 4 == 0
                ? programmes_plant(arena, 3, 24, (uint64_t)seed)
                : programmes_random(arena, (uint64_t)seed, 4 + seed % 5, RANDOM_SOLVABLE).programme;
        struct outcome outcome = {0};
        assert_int_equal(reference_clp_solve(programme, NULL, arena, &outcome), STATUS_OK);
        assert_int_equal(outcome.kind, OUTCOME_OPTIMAL);
        assert_true(judged(programme, &outcome, 1e-8, arena).passed);
        if (seed % 2) {
            outcome.x = spoilt(outcome.x, programme_columns(programme), &random, arena);
            outcome.objective_ratio = objective_at(programme, outcome.x, arena);
        } else {
            outcome.y = spoilt(outcome.y, programme_rows(programme), &random, arena);
        }
        struct certificate c = judged(programme, &outcome, 1e-6, arena);
        if (c.passed) {
            fail_msg("seed %d: primal %g dual %g gap %g", seed, c.primal_residual_ratio,
                     c.dual_residual_ratio, c.gap_ratio);
        }
        arena_free(arena);
    }
}

/* One number at a time: a column that a price holds, or a row's price that is not zero. */
static void single_perturbations_are_noticed(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 99);
    int tried = 0;
    for (int seed = 1; tried < 100; seed++) {
        struct arena *arena = arena_new(0);
        struct programme *programme =
            programmes_random(arena, (uint64_t)seed, 3, RANDOM_SOLVABLE).programme;
        struct outcome outcome = {0};
        assert_int_equal(reference_clp_solve(programme, NULL, arena, &outcome), STATUS_OK);
        long rows = programme_rows(programme), row = (long)(random_uniform(&random) * (double)rows);
        struct programme_flat flat;
        assert_int_equal(programme_flatten(programme, arena, &flat), STATUS_OK);
        /* only where moving the price cannot be another optimum: the row's side is not zero after
           what is fixed */
        double y = outcome.y[row], side = y > 0.0 ? flat.row_lower[row] : flat.row_upper[row];
        bool alone = fabs(y) > 0.1;
        for (long k = 0; k < flat.nonzeros; k++) {
            alone = alone && flat.row[k] != row;
        }
        if (fabs(y) > 0.1 && !alone && fabs(side) < 1e6) {
            outcome.y[row] = y * 1.0001;
            struct certificate c = judged(programme, &outcome, 1e-9, arena);
            outcome.y[row] = y / 1.0001;
            struct certificate other = judged(programme, &outcome, 1e-9, arena);
            /* a degenerate optimum lets a price move one way, never both */
            assert_false(c.passed && other.passed);
            tried++;
        }
        arena_free(arena);
    }
}

/* a + b >= 5 with a, b <= 2: the ray (1) proves it. */
static void farkas_rays(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double cost[] = {1, 1}, lower[] = {0, 0}, upper[] = {2, 2},
                        matrix[] = {1, 1, 1, -1};
    static const double row_lower[] = {5, -INF}, row_upper[] = {INF, 3};
    const struct plain plain = {2, 2, cost, lower, upper, matrix, row_lower, row_upper};
    const struct programme *programme = programmes_plain(arena, &plain);
    double right[] = {3, 0}, negative[] = {-3, 0}, none[] = {0, 0}, weak[] = {1, -1},
           other[] = {0, -1}, bad[] = {NAN, 0};
    struct outcome outcome = {.kind = OUTCOME_INFEASIBLE, .ray = right};
    assert_true(judged(programme, &outcome, 1e-6, arena).passed);
    assert_string_equal(judged(programme, &outcome, 1e-6, arena).worst, "r0");
    double *wrong[] = {negative, none, weak, other, bad, NULL};
    for (int i = 0; i < COUNT(wrong); i++) {
        outcome.ray = wrong[i];
        assert_false(judged(programme, &outcome, 1e-6, arena).passed);
    }
    /* a feasible programme has no ray that passes */
    double any[] = {1, 0};
    outcome.ray = any;
    assert_false(judged(small(arena), &outcome, 1e-6, arena).passed);
    arena_free(arena);
}

/* A tiny reduced cost towards an infinite bound passes and is reported; a larger one does not. */
static void ray_towards_infinity(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double cost[] = {0}, lower[] = {0}, upper[] = {INF}, row_lower[] = {1, -INF},
                        row_upper[] = {INF, 0.5};
    const double ratios[] = {1e-9, 1e-3};
    for (int i = 0; i < 2; i++) {
        const double matrix[] = {1.0, 1.0 - ratios[i]};
        const struct plain plain = {1, 2, cost, lower, upper, matrix, row_lower, row_upper};
        double ray[] = {1, -1};
        struct outcome outcome = {.kind = OUTCOME_INFEASIBLE, .ray = ray};
        struct certificate c = judged(programmes_plain(arena, &plain), &outcome, 1e-6, arena);
        assert_true(c.passed == (i == 0));
        assert_true(fabs(c.dual_residual_ratio - ratios[i]) < 1e-12);
    }
    arena_free(arena);
}

/* min -a: a - b <= 1, a, b >= 0: (1, 1) runs away. */
static void unbounded_rays(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double cost[] = {-1, 0}, lower[] = {0, 0}, upper[] = {INF, INF},
                        matrix[] = {1, -1};
    static const double row_lower[] = {-INF}, row_upper[] = {1};
    const struct plain plain = {2, 1, cost, lower, upper, matrix, row_lower, row_upper};
    const struct programme *programme = programmes_plain(arena, &plain);
    double x[] = {0, 0}, outside[] = {5, 0}, right[] = {2, 2}, steep[] = {2, 1}, down[] = {-1, -1},
           flat[] = {0, 1};
    struct outcome outcome = {.kind = OUTCOME_UNBOUNDED, .x = x, .ray = right};
    struct certificate c = judged(programme, &outcome, 1e-6, arena);
    assert_true(c.passed);
    assert_string_equal(c.worst, "x0"); /* what the cost falls along */
    double *wrong[] = {steep, down, flat, NULL};
    for (int i = 0; i < COUNT(wrong); i++) {
        outcome.ray = wrong[i];
        assert_false(judged(programme, &outcome, 1e-6, arena).passed);
    }
    outcome.ray = right;
    outcome.x = outside;
    assert_false(judged(programme, &outcome, 1e-6, arena).passed);
    outcome.x = NULL;
    assert_false(judged(programme, &outcome, 1e-6, arena).passed);
    arena_free(arena);
}

/* Long double and compensation: a row of 1e16 + 1 - 1e16 keeps its 1. */
static void sums_keep_small_terms(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double cost[] = {0, 0, 0}, lower[] = {0, 0, 0}, upper[] = {1e17, 1e17, 1e17};
    static const double matrix[] = {1e8, 1, -1e8}, side[] = {0};
    const struct plain plain = {3, 1, cost, lower, upper, matrix, side, side};
    double x[] = {1e16, 1, 1e16}, y[] = {0};
    const struct outcome outcome = {.kind = OUTCOME_OPTIMAL, .x = x, .y = y};
    struct certificate c = judged(programmes_plain(arena, &plain), &outcome, 1e-30, arena);
    assert_true(c.primal_residual_ratio > 0.0);
    assert_false(c.passed);
    arena_free(arena);
}

static void memory_runs_out(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    const struct programme *programme = programmes_plant(arena, 30, 24, 1);
    struct outcome outcome = {0};
    assert_int_equal(reference_clp_solve(programme, NULL, arena, &outcome), STATUS_OK);
    bool done = false;
    for (long n = 1; !done && n < 100; n++) {
        struct certificate certificate = {.gap_ratio = -1.0};
        arena_fail_after(n);
        enum status status = certificate_check(programme, &outcome, 1e-6, arena, &certificate);
        arena_fail_after(0);
        done = status == STATUS_OK;
        assert_true(done || (status == STATUS_NO_MEMORY && certificate.gap_ratio == -1.0));
    }
    assert_true(done);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_answers_pass),
        cmocka_unit_test(wrong_answers_are_named),
        cmocka_unit_test(residuals_have_a_scale),
        cmocka_unit_test(bound_is_a_bound),
        cmocka_unit_test(perturbations_are_noticed),
        cmocka_unit_test(single_perturbations_are_noticed),
        cmocka_unit_test(farkas_rays),
        cmocka_unit_test(ray_towards_infinity),
        cmocka_unit_test(unbounded_rays),
        cmocka_unit_test(sums_keep_small_terms),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
