/* Clp behind its adapter: known answers, prices by sign, awkward programmes, 200 random ones,
   silence. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dense_simplex.h"
#include "programmes.h"

#define INF HUGE_VAL

static struct arena *arena_for_test(void) {
    struct arena *arena = arena_new(0);
    assert_non_null(arena);
    return arena;
}

/* Solves and demands that the judge agrees with whatever the solver says. */
static struct outcome solved(const struct programme *programme, struct arena *arena) {
    struct outcome outcome = {0};
    struct certificate certificate = {0};
    assert_non_null(programme);
    assert_int_equal(reference_clp_solve(programme, NULL, arena, &outcome), STATUS_OK);
    assert_int_equal(certificate_check(programme, &outcome, 1e-6, arena, &certificate), STATUS_OK);
    if (!certificate.passed) {
        fail_msg("%s: %s is not certified: primal %g dual %g gap %g at %s", programme->name,
                 outcome_name(outcome.kind), certificate.primal_residual_ratio,
                 certificate.dual_residual_ratio, certificate.gap_ratio, certificate.worst);
    }
    if (outcome.kind == OUTCOME_OPTIMAL) {
        assert_true(outcome.bound_ratio <=
                    outcome.objective_ratio + 1e-6 * (1.0 + fabs(outcome.objective_ratio)));
        assert_true(outcome.bound_ratio >=
                    outcome.objective_ratio - 1e-6 * (1.0 + fabs(outcome.objective_ratio)));
    }
    return outcome;
}

static void near(double found, double expected) {
    if (!(fabs(found - expected) <= 1e-9 * (1.0 + fabs(expected)))) {
        fail_msg("found %.17g, expected %.17g", found, expected);
    }
}

/* min 2 a + 5 b: a + b >= 10, a <= 6: a = 6, b = 4, 32. One more unit of demand costs 5; one more
   unit of a saves 3. */
static void prices_have_signs(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    const struct plain demand = {2,
                                 2,
                                 (const double[]){2, 5},
                                 (const double[]){0, 0},
                                 (const double[]){INF, INF},
                                 (const double[]){1, 1, 1, 0},
                                 (const double[]){10, -INF},
                                 (const double[]){INF, 6}};
    struct outcome outcome = solved(programmes_plain(arena, &demand), arena);
    assert_int_equal(outcome.kind, OUTCOME_OPTIMAL);
    near(outcome.objective_ratio, 32.0);
    near(outcome.x[0], 6.0);
    near(outcome.x[1], 4.0);
    near(outcome.y[0], 5.0);
    near(outcome.y[1], -3.0);
    assert_non_null(strstr(outcome.solver, "clp 1."));
    arena_free(arena);
}

/* The price of a row is the slope of the optimum: demand moved by a little, the objective moves by
   price * little. */
static void prices_are_slopes(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    for (int row = 0; row < 3; row++) {
        double lower[] = {10, -INF, 3}, upper[] = {INF, 6, 3};
        const struct plain plain = {3,
                                    3,
                                    (const double[]){2, 5, 1},
                                    (const double[]){0, 0, -INF},
                                    (const double[]){INF, INF, INF},
                                    (const double[]){1, 1, 0, 1, 0, 0, 0, 1, -1},
                                    lower,
                                    upper};
        struct outcome at = solved(programmes_plain(arena, &plain), arena);
        lower[row] += 0.5;
        upper[row] += 0.5;
        struct outcome moved = solved(programmes_plain(arena, &plain), arena);
        near(moved.objective_ratio - at.objective_ratio, 0.5 * at.y[row]);
    }
    arena_free(arena);
}

struct known {
    const char *what;
    struct plain plain;
    enum outcome_kind kind;
    double objective;
};

static const double zeros[4] = {0, 0, 0, 0}, ones[4] = {1, 1, 1, 1},
                    endless[4] = {INF, INF, INF, INF};
static const double below[4] = {-INF, -INF, -INF, -INF};

static const struct known awkward[] = {
    {"no rows, no columns",
     {0, 0, zeros, zeros, endless, zeros, zeros, zeros},
     OUTCOME_OPTIMAL,
     0.0},
    {"no rows",
     {2, 0, (const double[]){1, -1}, (const double[]){2, 0}, (const double[]){9, 3}, zeros, zeros,
      zeros},
     OUTCOME_OPTIMAL,
     -1.0},
    {"no rows, unbounded",
     {1, 0, (const double[]){-1}, zeros, endless, zeros, zeros, zeros},
     OUTCOME_UNBOUNDED,
     0.0},
    {"no columns",
     {0, 2, zeros, zeros, endless, zeros, (const double[]){-1, 0}, (const double[]){1, 0}},
     OUTCOME_OPTIMAL,
     0.0},
    {"no columns, infeasible",
     {0, 1, zeros, zeros, endless, zeros, ones, ones},
     OUTCOME_INFEASIBLE,
     0.0},
    {"an empty row",
     {1, 2, ones, zeros, endless, (const double[]){1, 0}, (const double[]){2, -1},
      (const double[]){INF, 4}},
     OUTCOME_OPTIMAL,
     2.0},
    {"an empty row that asks for something",
     {1, 2, ones, zeros, endless, (const double[]){1, 0}, (const double[]){2, 1},
      (const double[]){INF, 4}},
     OUTCOME_INFEASIBLE,
     0.0},
    {"an empty column",
     {2, 1, (const double[]){1, 3}, (const double[]){0, 2}, endless, (const double[]){1, 0},
      (const double[]){2}, endless},
     OUTCOME_OPTIMAL,
     8.0},
    {"a free column",
     {2, 2, (const double[]){1, 1}, below, endless, (const double[]){1, 1, 1, -1},
      (const double[]){4, 2}, (const double[]){4, 2}},
     OUTCOME_OPTIMAL,
     4.0},
    {"a fixed column",
     {2, 1, (const double[]){1, 2}, (const double[]){3, 0}, (const double[]){3, INF},
      (const double[]){1, 1}, (const double[]){5}, endless},
     OUTCOME_OPTIMAL,
     7.0},
    {"a free row",
     {1, 2, ones, zeros, endless, (const double[]){1, 1}, (const double[]){-INF, 1}, endless},
     OUTCOME_OPTIMAL,
     1.0},
    {"only free rows",
     {1, 1, ones, (const double[]){-3}, endless, ones, below, endless},
     OUTCOME_OPTIMAL,
     -3.0},
    {"a range below",
     {1, 1, ones, below, endless, ones, (const double[]){-2}, (const double[]){7}},
     OUTCOME_OPTIMAL,
     -2.0},
    {"a range above",
     {1, 1, (const double[]){-1}, below, endless, ones, (const double[]){-2}, (const double[]){7}},
     OUTCOME_OPTIMAL,
     -7.0},
    {"a column without a lower bound",
     {1, 1, (const double[]){-1}, below, (const double[]){5}, ones, below, (const double[]){100}},
     OUTCOME_OPTIMAL,
     -5.0},
    {"degenerate",
     {2, 4, (const double[]){-1, -1}, zeros, endless, (const double[]){1, 0, 0, 1, 1, 1, 1, 2},
      below, (const double[]){1, 1, 2, 3}},
     OUTCOME_OPTIMAL,
     -2.0},
    {"equal rows",
     {2, 3, (const double[]){1, 2}, zeros, endless, (const double[]){1, 1, 1, 1, 2, 2},
      (const double[]){3, 3, 6}, (const double[]){3, 3, 6}},
     OUTCOME_OPTIMAL,
     3.0},
    {"equal rows that differ",
     {2, 2, (const double[]){1, 2}, zeros, endless, (const double[]){1, 1, 1, 1},
      (const double[]){3, 4}, (const double[]){3, 4}},
     OUTCOME_INFEASIBLE,
     0.0},
    {"infeasible by bounds",
     {2, 1, ones, zeros, (const double[]){1, 2}, ones, (const double[]){3.001}, endless},
     OUTCOME_INFEASIBLE,
     0.0},
    {"infeasible and without a bound",
     {2, 2, (const double[]){-1, 0}, zeros, endless, (const double[]){0, 1, 0, 1},
      (const double[]){2, -INF}, (const double[]){INF, 1}},
     OUTCOME_INFEASIBLE,
     0.0},
    {"no entries, a row that asks and a cost that falls",
     {1, 1, (const double[]){-1}, zeros, (const double[]){7}, zeros, (const double[]){10}, endless},
     OUTCOME_INFEASIBLE,
     0.0},
    {"no entries, a row that asks and a cost that falls without end",
     {1, 1, (const double[]){-1}, zeros, endless, zeros, (const double[]){10}, endless},
     OUTCOME_INFEASIBLE,
     0.0},
    {"unbounded",
     {2, 1, (const double[]){-1, 0}, zeros, endless, (const double[]){1, -1}, below,
      (const double[]){1}},
     OUTCOME_UNBOUNDED,
     0.0},
    {"unbounded below",
     {1, 1, ones, below, endless, ones, below, (const double[]){1}},
     OUTCOME_UNBOUNDED,
     0.0},
    {"no cost along a free direction",
     {2, 1, (const double[]){1, -1}, below, endless, (const double[]){1, -1}, (const double[]){2},
      endless},
     OUTCOME_OPTIMAL,
     2.0},
    {"badly scaled",
     {3, 3, (const double[]){1e-4, 2e3, 1}, zeros, (const double[]){1e9, INF, INF},
      (const double[]){1e-5, 1e4, 0, 1, 0, -1e6, 0, 1e-3, 1}, (const double[]){1e3, -INF, 5},
      (const double[]){INF, 1e8, INF}},
     OUTCOME_OPTIMAL,
     204.9999}, /* b = 0.1, c = 5 - 1e-4 */
    {"large numbers",
     {2, 1, (const double[]){1e6, 2e6}, zeros, (const double[]){1e7, INF}, ones,
      (const double[]){3e7}, (const double[]){3e7}},
     OUTCOME_OPTIMAL,
     5e13},
};

static void awkward_programmes(void **state) {
    (void)state;
    for (int i = 0; i < COUNT(awkward); i++) {
        struct arena *arena = arena_for_test();
        const struct known *known = &awkward[i];
        const struct programme *programme = programmes_plain(arena, &known->plain);
        struct outcome outcome = solved(programme, arena);
        if (outcome.kind != known->kind) {
            fail_msg("%s: %s, expected %s", known->what, outcome_name(outcome.kind),
                     outcome_name(known->kind));
        }
        struct programme_flat flat;
        double dense = 0.0;
        assert_int_equal(programme_flatten(programme, arena, &flat), STATUS_OK);
        bool rough =
            strcmp(known->what, "badly scaled") == 0; /* too much for a tableau without scaling */
        enum outcome_kind judged = rough ? known->kind : dense_simplex(&flat, arena, &dense);
        dense = rough ? known->objective : dense;
        if (judged != known->kind) {
            fail_msg("%s: the dense tableau says %s", known->what, outcome_name(judged));
        }
        if (known->kind == OUTCOME_OPTIMAL) {
            double expected = known->objective != 0.0 ? known->objective : dense;
            near(outcome.objective_ratio, expected);
            near(dense, expected);
        } else {
            assert_non_null(outcome.ray);
        }
        arena_free(arena);
    }
}

/* Three hours of work that nobody serves and too little room for it, in millions on the columns: Clp
   takes what misses a row by a part in a hundred for a point within its absolute tolerance. */
static void bad_units(void **state) {
    (void)state;
    for (int power = -3; power <= 6; power++) {
        struct arena *arena = arena_for_test();
        double row = pow(10.0, power), column = 1e6, room = 15.0 * (1.0 - 1e-2) / column;
        double side = 5.0 * row, entry = row * column;
        const struct plain waits = {
            3,
            3,
            (const double[]){column, column, column},
            zeros,
            (const double[]){room, room, room},
            (const double[]){entry, 0, 0, -entry, entry, 0, 0, -entry, entry},
            (const double[]){side, side, side},
            (const double[]){side, side, side}};
        struct outcome outcome = solved(programmes_plain(arena, &waits), arena);
        assert_int_equal(outcome.kind, OUTCOME_INFEASIBLE);
        arena_free(arena);
    }
}

static void random_programmes(void **state) {
    (void)state;
    for (int seed = 1; seed <= 200; seed++) {
        struct arena *arena = arena_for_test();
        enum programmes_kind kind = seed % 5 == 0 ? RANDOM_INFEASIBLE : RANDOM_SOLVABLE;
        struct random_programme made = programmes_random(arena, (uint64_t)seed, 1 + seed % 8, kind);
        struct outcome outcome = solved(made.programme, arena);
        assert_int_equal(outcome.kind,
                         kind == RANDOM_SOLVABLE ? OUTCOME_OPTIMAL : OUTCOME_INFEASIBLE);
        if (kind == RANDOM_SOLVABLE && !(fabs(outcome.objective_ratio - made.objective) <=
                                         1e-9 * (1.0 + fabs(made.objective)))) {
            fail_msg("seed %d: %.17g, made with %.17g", seed, outcome.objective_ratio,
                     made.objective);
        }
        arena_free(arena);
    }
}

/* Tiny ones also against the dense tableau, which knows nothing of how they were made. */
static void dense_agrees(void **state) {
    (void)state;
    int judged = 0;
    for (int seed = 1001; seed <= 1060; seed++) {
        struct arena *arena = arena_for_test();
        enum programmes_kind kind = seed % 4 == 0 ? RANDOM_INFEASIBLE : RANDOM_SOLVABLE;
        struct random_programme made = programmes_random(arena, (uint64_t)seed, 1, kind);
        struct programme_flat flat;
        double objective = 0.0;
        assert_int_equal(programme_flatten(made.programme, arena, &flat), STATUS_OK);
        enum outcome_kind dense = dense_simplex(&flat, arena, &objective);
        struct outcome outcome = solved(made.programme, arena);
        if (dense != OUTCOME_LIMIT) {
            judged++;
            assert_int_equal(outcome.kind, dense);
            if (dense == OUTCOME_OPTIMAL) {
                assert_true(fabs(outcome.objective_ratio - objective) <=
                            1e-8 * (1.0 + fabs(objective)));
            }
        }
        arena_free(arena);
    }
    assert_true(judged >= 50);
}

static bool count_calls(void *data, long iterations, double objective) {
    (void)objective;
    assert_true(iterations >= 0);
    ++*(int *)data;
    return false;
}

static bool stop_at_once(void *data, long iterations, double objective) {
    (void)data, (void)iterations, (void)objective;
    return true;
}

static void limits_and_progress(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    const struct programme *plant = programmes_plant(arena, 7, 24, 3);
    int calls = 0;
    struct solve_options told = {.progress = count_calls, .data = &calls};
    struct solve_options stopped = {.progress = stop_at_once}, limited = {.iterations_limit = 5};
    struct outcome outcome = {0};
    struct certificate certificate = {0};
    assert_int_equal(reference_clp_solve(plant, &told, arena, &outcome), STATUS_OK);
    assert_int_equal(outcome.kind, OUTCOME_OPTIMAL);
    assert_true(calls >= 2);
    assert_int_equal(reference_clp_solve(plant, &stopped, arena, &outcome), STATUS_OK);
    assert_int_equal(outcome.kind, OUTCOME_LIMIT);
    assert_int_equal(reference_clp_solve(plant, &limited, arena, &outcome), STATUS_OK);
    assert_int_equal(outcome.kind, OUTCOME_LIMIT);
    assert_true(outcome.iterations_count <= 5);
    assert_int_equal(certificate_check(plant, &outcome, 1e-6, arena, &certificate), STATUS_OK);
    assert_false(certificate.passed);
    arena_free(arena);
}

static void same_bits_twice(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    const struct programme *plant = programmes_plant(arena, 7, 24, 4);
    struct outcome first = solved(plant, arena), second = solved(plant, arena);
    assert_int_equal(first.kind, OUTCOME_OPTIMAL);
    size_t columns = (size_t)programme_columns(plant), rows = (size_t)programme_rows(plant);
    assert_memory_equal(first.x, second.x, columns * sizeof(double));
    assert_memory_equal(first.y, second.y, rows * sizeof(double));
    assert_memory_equal(first.basis, second.basis, columns + rows);
    assert_int_equal(first.iterations_count, second.iterations_count);
    arena_free(arena);
}

/* From the basis of the same programme no iteration is needed; from that of a neighbour few are. */
static void warm_start(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    struct programme *plant = programmes_plant(arena, 14, 24, 5);
    struct outcome cold = solved(plant, arena), again = {0}, neighbour = {0};
    struct solve_options warm = {.warm = &cold};
    assert_int_equal(reference_clp_solve(plant, &warm, arena, &again), STATUS_OK);
    assert_int_equal(again.kind, OUTCOME_OPTIMAL);
    assert_int_equal(again.iterations_count, 0);
    near(again.objective_ratio, cold.objective_ratio);
    plant->designs[0].cost *= 1.01;
    assert_int_equal(reference_clp_solve(plant, &warm, arena, &neighbour), STATUS_OK);
    struct outcome truth = solved(plant, arena);
    assert_int_equal(neighbour.kind, OUTCOME_OPTIMAL);
    near(neighbour.objective_ratio, truth.objective_ratio);
    assert_true(neighbour.iterations_count < cold.iterations_count / 2);
    arena_free(arena);
}

/* Nothing may reach the standard streams, whatever the outcome. */
static void prints_nothing(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    char path[] = "/tmp/hearth_silence_XXXXXX";
    int file = mkstemp(path), streams[2] = {dup(1), dup(2)};
    assert_true(file >= 0 && streams[0] >= 0 && streams[1] >= 0);
    (void)fflush(NULL);
    (void)dup2(file, 1);
    (void)dup2(file, 2);
    struct outcome outcome;
    enum status worst = STATUS_OK;
    for (int i = 0; i < COUNT(awkward); i++) {
        enum status status =
            reference_clp_solve(programmes_plain(arena, &awkward[i].plain), NULL, arena, &outcome);
        worst = status == STATUS_OK ? worst : status;
    }
    enum status plant =
        reference_clp_solve(programmes_plant(arena, 31, 24, 6), NULL, arena, &outcome);
    (void)fflush(NULL);
    (void)dup2(streams[0], 1);
    (void)dup2(streams[1], 2);
    off_t printed = lseek(file, 0, SEEK_END);
    (void)close(streams[0]), (void)close(streams[1]), (void)close(file), (void)unlink(path);
    assert_int_equal(worst, STATUS_OK);
    assert_int_equal(plant, STATUS_OK);
    assert_int_equal(printed, 0);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_have_signs),   cmocka_unit_test(prices_are_slopes),
        cmocka_unit_test(awkward_programmes),  cmocka_unit_test(bad_units),
        cmocka_unit_test(random_programmes),   cmocka_unit_test(dense_agrees),
        cmocka_unit_test(limits_and_progress), cmocka_unit_test(same_bits_twice),
        cmocka_unit_test(warm_start),          cmocka_unit_test(prints_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
