/* Random programmes in the shapes of components, by every solver of the table: each outcome is what
   the programme was made for, has a certificate, and is Clp's optimum to 1e-7.

   usage: test_shapes          a fast choice
          test_shapes long     1,000 solvable ones of up to 744 hours, 100 infeasible, 30 unbounded, and
                               40 years for the solvers that can
          test_shapes survey   the fast choice five times over, but prints all that is wrong and goes on
          test_shapes KIND SEED HOURS    one of them (0 solvable, 1 infeasible, 2 unbounded) */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shapes.h"
#include "solver_table.h"

static const double judge_tolerance = 1e-6, agreement = 1e-7, point_tolerance = 1e-9;
/* a certificate so good overrules a reference that has none */
static const double strict_tolerance = 1e-9;

/* How many of each, and how long they are: every `longest`th has 744 hours. */
struct amount {
    int solvable, infeasible, unbounded, years, longest;
};
static const struct amount fast = {120, 40, 20, 1, 0}, whole = {1000, 100, 30, 40, 20};
static struct amount amount;
static bool surveying;
static int overruled; /* references whose optimum is wrong by a certificate */
static int mistakes;  /* of a survey */

static int hours_of(int number) {
    static const int hours[] = {24, 24, 48, 48, 72, 96, 168};
    if (amount.longest > 0 && number % amount.longest == 0) {
        return number % (2 * amount.longest) == 0 ? 744 : 336;
    }
    return hours[number % COUNT(hours)];
}

static const enum outcome_kind expected[] = {[SHAPES_SOLVABLE] = OUTCOME_OPTIMAL,
                                             [SHAPES_INFEASIBLE] = OUTCOME_INFEASIBLE,
                                             [SHAPES_UNBOUNDED] = OUTCOME_UNBOUNDED};

/* NULL, or what is wrong. The point made with the programme keeps rows and bounds: the generator is
   believed no more than a solver. */
static const char *point_mistake(const struct shaped *made, struct arena *arena) {
    struct programme_flat flat;
    assert_int_equal(programme_flatten(made->programme, arena, &flat), STATUS_OK);
    double *row = ARENA_TAKE(arena, double, flat.rows),
           *scale = ARENA_TAKE(arena, double, flat.rows);
    for (long j = 0; j < flat.columns; j++) {
        double x = made->point[j], slack = point_tolerance * (1.0 + fabs(x));
        if (!(x >= flat.lower[j] - slack && x <= flat.upper[j] + slack)) {
            return arena_format(arena, "the point is outside of column %s",
                                programme_column_name(made->programme, arena, j));
        }
        for (long k = flat.start[j]; k < flat.start[j + 1]; k++) {
            row[flat.row[k]] += flat.value[k] * x;
            scale[flat.row[k]] = fmax(scale[flat.row[k]], fabs(flat.value[k] * x));
        }
    }
    for (long i = 0; i < flat.rows; i++) {
        double slack = point_tolerance * (1.0 + scale[i]);
        if (!(row[i] >= flat.row_lower[i] - slack && row[i] <= flat.row_upper[i] + slack)) {
            return arena_format(arena, "the point misses row %s: %g, %g..%g",
                                programme_row_name(made->programme, arena, i), row[i],
                                flat.row_lower[i], flat.row_upper[i]);
        }
    }
    return NULL;
}

struct verdict_on_reference {
    double objective; /* NaN: there is none */
    bool strict;      /* it would stand the strict certificate too */
};

static bool stands_strictly(const struct programme *programme, const struct outcome *outcome,
                            struct arena *arena) {
    struct certificate certificate = {0};
    assert_int_equal(certificate_check(programme, outcome, strict_tolerance, arena, &certificate),
                     STATUS_OK);
    return certificate.passed;
}

/* NULL, or what is wrong with what the solver says: another kind than the programme was made for, no
   certificate, an optimum worse than the known point or not the reference's, unless a strict certificate
   says that it is the reference which is wrong. */
static const char *solver_mistake(const struct solver_under_test *solver, const struct shaped *made,
                                  enum shapes_kind kind,
                                  const struct verdict_on_reference *reference, struct arena *arena,
                                  struct verdict_on_reference *ret) {
    struct outcome outcome = {0};
    struct certificate certificate = {0};
    assert_int_equal(solver->solve(made->programme, NULL, arena, &outcome), STATUS_OK);
    assert_int_equal(
        certificate_check(made->programme, &outcome, judge_tolerance, arena, &certificate),
        STATUS_OK);
    double found = outcome.objective_ratio, scale = 1.0 + fabs(found);
    *ret = (struct verdict_on_reference){found, stands_strictly(made->programme, &outcome, arena)};
    if (outcome.kind != expected[kind] || !certificate.passed) {
        return arena_format(
            arena, "%s, %s: primal %g dual %g gap %g at %s", outcome_name(outcome.kind),
            certificate.passed ? "certified" : "not certified", certificate.primal_residual_ratio,
            certificate.dual_residual_ratio, certificate.gap_ratio, certificate.worst);
    }
    if (kind == SHAPES_SOLVABLE && !(found <= made->point_objective + judge_tolerance * scale)) {
        return arena_format(arena, "%.12g, and a point has %.12g", found, made->point_objective);
    }
    bool agrees = kind != SHAPES_SOLVABLE || isnan(reference->objective) ||
                  fabs(found - reference->objective) <= agreement * scale;
    if (!agrees && ret->strict && !reference->strict) {
        overruled++;
        return NULL;
    }
    return agrees ? NULL
                  : arena_format(arena, "%.12g, the reference %.12g", found, reference->objective);
}

/* Tells what is wrong with one programme: fails, or in a survey prints and counts. */
static void complain(const char *who, enum shapes_kind kind, uint64_t seed, int hours,
                     const char *what, const char *mistake) {
    if (!surveying) {
        fail_msg("%s, kind %d, seed %d, %d hours (%s): %s", who, (int)kind, (int)seed, hours, what,
                 mistake);
    }
    print_message("%-5s %d %5d %4d  %s: %s\n", who, (int)kind, (int)seed, hours, what, mistake);
    mistakes++;
}

static void check_one(uint64_t seed, int hours, enum shapes_kind kind, bool years) {
    struct verdict_on_reference reference = {(double)NAN, false};
    for (int s = 0; s < COUNT(solver_table); s++) {
        if (years && !solver_table[s].years) {
            continue;
        }
        struct arena *arena = arena_new(0);
        struct shaped made = shapes_make(arena, seed, hours, kind);
        assert_non_null(made.programme);
        const char *mistake = kind == SHAPES_INFEASIBLE ? NULL : point_mistake(&made, arena);
        if (mistake) {
            complain("shape", kind, seed, hours, made.what, mistake);
        }
        struct verdict_on_reference found = {0.0, false};
        mistake = solver_mistake(&solver_table[s], &made, kind, &reference, arena, &found);
        if (mistake) {
            complain(solver_table[s].name, kind, seed, hours, made.what, mistake);
        } else if (isnan(reference.objective)) {
            reference = found;
        }
        arena_free(arena);
    }
}

static void solvable(void **state) {
    (void)state;
    for (int i = 1; i <= amount.solvable; i++) {
        check_one((uint64_t)i, hours_of(i), SHAPES_SOLVABLE, false);
    }
    print_message("%d references overruled by a certificate\n", overruled);
    assert_true(overruled <= amount.solvable / 100);
}

static void infeasible(void **state) {
    (void)state;
    for (int i = 1; i <= amount.infeasible; i++) {
        check_one(10000U + (uint64_t)i, hours_of(i), SHAPES_INFEASIBLE, false);
    }
}

static void unbounded(void **state) {
    (void)state;
    for (int i = 1; i <= amount.unbounded; i++) {
        check_one(20000U + (uint64_t)i, hours_of(i), SHAPES_UNBOUNDED, false);
    }
}

/* Whole years, judged by their certificate alone. */
static void years(void **state) {
    (void)state;
    int able = 0;
    for (int s = 0; s < COUNT(solver_table); s++) {
        able += solver_table[s].years;
    }
    if (able == 0) {
        print_message("SKIP: no solver of the table is made for years\n");
        skip();
    }
    for (int i = 1; i <= amount.years; i++) {
        check_one(30000U + (uint64_t)i, 8760, SHAPES_SOLVABLE, true);
    }
}

/* One seed, one programme: bit for bit. */
static void same_seed_same_programme(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct shaped first = shapes_make(arena, 7, 48, SHAPES_SOLVABLE),
                  second = shapes_make(arena, 7, 48, SHAPES_SOLVABLE);
    struct programme_flat a, b;
    assert_int_equal(programme_flatten(first.programme, arena, &a), STATUS_OK);
    assert_int_equal(programme_flatten(second.programme, arena, &b), STATUS_OK);
    assert_int_equal(a.nonzeros, b.nonzeros);
    assert_memory_equal(a.value, b.value, (size_t)a.nonzeros * sizeof(double));
    assert_memory_equal(a.cost, b.cost, (size_t)a.columns * sizeof(double));
    assert_memory_equal(first.point, second.point, (size_t)a.columns * sizeof(double));
    arena_free(arena);
}

int main(int count, char **arguments) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_seed_same_programme),
        cmocka_unit_test(solvable),
        cmocka_unit_test(infeasible),
        cmocka_unit_test(unbounded),
        cmocka_unit_test(years),
    };
    surveying = count == 4 || (count == 2 && strcmp(arguments[1], "survey") == 0);
    if (count == 4) {
        check_one((uint64_t)strtol(arguments[2], NULL, 10), (int)strtol(arguments[3], NULL, 10),
                  (enum shapes_kind)strtol(arguments[1], NULL, 10), false);
        return mistakes > 0;
    }
    if (surveying) {
        amount = (struct amount){600, 200, 100, 0, 0};
        solvable(NULL);
        infeasible(NULL);
        unbounded(NULL);
        print_message("%d of 900 are wrong\n", mistakes);
        return mistakes > 0;
    }
    amount = count == 2 && strcmp(arguments[1], "long") == 0 ? whole : fast;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
