/* The structured interior point: known optima, Clp, the judge, shapes that do not fit the lanes, and equal
   bits for any number of threads. */
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

static const double tolerance = 1e-7;

static struct outcome solved(const struct programme *programme, struct arena *arena) {
    struct outcome outcome = {0};
    struct certificate certificate;
    assert_non_null(programme);
    assert_int_equal(ipm_solve(programme, NULL, arena, &outcome), STATUS_OK);
    assert_int_equal(outcome.kind, OUTCOME_OPTIMAL);
    assert_int_equal(certificate_check(programme, &outcome, tolerance, arena, &certificate),
                     STATUS_OK);
    if (!certificate.passed) {
        print_error("primal %g dual %g gap %g at %s\n", certificate.primal_residual_ratio,
                    certificate.dual_residual_ratio, certificate.gap_ratio, certificate.worst);
    }
    assert_true(certificate.passed);
    assert_true(outcome.bound_ratio <=
                outcome.objective_ratio + tolerance * (1.0 + fabs(outcome.objective_ratio)));
    assert_true(outcome.bound_ratio >=
                outcome.objective_ratio - tolerance * (1.0 + fabs(outcome.objective_ratio)));
    return outcome;
}

static void assert_near(double value, double expected) {
    if (!(fabs(value - expected) <= tolerance * (1.0 + fabs(expected)))) {
        print_error("%.12g is not %.12g\n", value, expected);
    }
    assert_true(fabs(value - expected) <= tolerance * (1.0 + fabs(expected)));
}

static void random_programmes_reach_the_optimum_they_were_made_with(void **state) {
    (void)state;
    for (int size = 1; size <= 9; size += 4) {
        for (uint64_t seed = 0; seed < 120; seed++) {
            struct arena *arena = arena_new(0);
            struct random_programme made = programmes_random(arena, seed, size, RANDOM_SOLVABLE);
            assert_near(solved(made.programme, arena).objective_ratio, made.objective);
            arena_free(arena);
        }
    }
}

/* Step counts that lanes divide and do not: a day, a prime, a month. */
static void plants_of_any_length_agree_with_clp(void **state) {
    (void)state;
    static const int shapes[][2] = {{1, 24}, {3, 24}, {1, 97}, {7, 31}, {31, 24}};
    for (int i = 0; i < COUNT(shapes); i++) {
        struct arena *arena = arena_new(0);
        struct programme *programme = programmes_plant(arena, shapes[i][0], shapes[i][1], 3);
        struct outcome reference;
        assert_int_equal(reference_clp_solve(programme, NULL, arena, &reference), STATUS_OK);
        assert_near(solved(programme, arena).objective_ratio, reference.objective_ratio);
        arena_free(arena);
    }
}

static void a_year_passes_the_judge(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    (void)solved(programmes_plant(arena, 365, 24, 1), arena);
    arena_free(arena);
}

/* The plain kernels eliminate a dense matrix, number by number: they are what all others are held to, bit
   by bit, on one to three threads, whoever eliminates, whether steps go past the cache or not. */
static void kernels_and_threads_do_not_change_a_bit(struct programme *programme, int threads_most,
                                                    struct arena *arena) {
    static const struct {
        const char *name;
        enum ipm_way way;
    } runs[] = {{"plain", IPM_WAY_TAPE},    {"baseline", IPM_WAY_TAPE},   {"avx2", IPM_WAY_TAPE},
                {"avx512", IPM_WAY_TAPE},   {"baseline", IPM_WAY_PANELS}, {"avx2", IPM_WAY_PANELS},
                {"avx512", IPM_WAY_PANELS}, {"plain", IPM_WAY_PANELS}};
    long columns = programme_columns(programme), rows = programme_rows(programme);
    struct outcome first = {0};
    for (int k = 0; k < COUNT(runs); k++) {
        const struct ipm_kernels *kernels = ipm_kernels_named(runs[k].name);
        bool plain = strcmp(runs[k].name, "plain") == 0;
        for (int threads = 1; kernels && threads <= (plain ? 1 : threads_most); threads++) {
            struct ipm_manner manner = {.threads = threads,
                                        .kernels = kernels,
                                        .way = runs[k].way,
                                        .far = runs[k].way == IPM_WAY_PANELS};
            struct outcome outcome;
            assert_int_equal(ipm_solve_in(programme, NULL, &manner, arena, &outcome), STATUS_OK);
            if (k == 0) {
                first = outcome;
                continue;
            }
            assert_int_equal(outcome.iterations_count, first.iterations_count);
            assert_memory_equal(outcome.x, first.x, (size_t)columns * sizeof *first.x);
            assert_memory_equal(outcome.y, first.y, (size_t)rows * sizeof *first.y);
        }
    }
}

static void a_plant_has_equal_bits_everywhere(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    kernels_and_threads_do_not_change_a_bit(programmes_plant(arena, 61, 24, 5), 3, arena);
    arena_free(arena);
}

static void random_programmes_have_equal_bits_everywhere(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        struct arena *arena = arena_new(0);
        struct random_programme made = programmes_random(arena, seed, 3, RANDOM_SOLVABLE);
        kernels_and_threads_do_not_change_a_bit(made.programme, 1, arena);
        arena_free(arena);
    }
}

static void machines_have_kernels_of_some_name_only(void **state) {
    (void)state;
    assert_non_null(ipm_kernels_named(NULL));
    assert_non_null(ipm_kernels_named("baseline"));
    assert_null(ipm_kernels_named("abacus"));
}

static void judge_agrees(const struct programme *programme, enum outcome_kind kind,
                         struct arena *arena) {
    struct outcome outcome = {0};
    struct certificate certificate;
    assert_non_null(programme);
    assert_int_equal(ipm_solve(programme, NULL, arena, &outcome), STATUS_OK);
    if (outcome.kind != kind) {
        print_error("%s is %s\n", programme->name, outcome_name(outcome.kind));
    }
    assert_int_equal(outcome.kind, kind);
    assert_int_equal(certificate_check(programme, &outcome, 1e-6, arena, &certificate), STATUS_OK);
    if (!certificate.passed) {
        print_error("%s: %g at %s\n", programme->name, certificate.dual_residual_ratio,
                    certificate.worst);
    }
    assert_true(certificate.passed);
}

static void infeasible_programmes_end_with_a_proof(void **state) {
    (void)state;
    for (int size = 1; size <= 5; size += 2) {
        for (uint64_t seed = 0; seed < 50; seed++) {
            struct arena *arena = arena_new(0);
            judge_agrees(programmes_random(arena, seed, size, RANDOM_INFEASIBLE).programme,
                         OUTCOME_INFEASIBLE, arena);
            arena_free(arena);
        }
    }
    struct arena *arena = arena_new(0);
    judge_agrees(programmes_plant(arena, 1, 7, 3), OUTCOME_INFEASIBLE, arena); /* no sun in time */
    judge_agrees(programmes_two_blocks(arena), OUTCOME_INFEASIBLE, arena);
    arena_free(arena);
}

/* What is bought at `price` is sold at `sale`; a store loses what it keeps; sizes may be chosen. */
static struct programme *trade(struct arena *arena, int steps, double price, double sale) {
    static const int follows[] = {0};
    struct programme_builder *b = programme_builder_new(arena, "trade");
    struct numbers zero = programme_constant(b, 0.0), one = programme_constant(b, 1.0);
    struct numbers minus = programme_constant(b, -1.0), open = programme_constant(b, HUGE_VAL);
    int k = programme_add_block(b, 1, steps, 1.0, NULL, follows);
    int size = programme_add_design(b, (struct programme_design){"size", 0.5, 0.0, HUGE_VAL});
    int buy = programme_add_column(
        b, k, (struct programme_column){"buy", programme_constant(b, price), zero, open, 0, 0.0});
    int sell = programme_add_column(
        b, k, (struct programme_column){"sell", programme_constant(b, -sale), zero, open, 0, 0.0});
    int level =
        programme_add_state(b, k, (struct programme_column){"level", zero, zero, open, 0, 0.0});
    struct numbers need = programme_constant(b, 3.0);
    int bus = programme_add_row(b, k, (struct programme_row){"bus", need, need, 0, false});
    int limit = programme_add_row(
        b, k, (struct programme_row){"limit", programme_constant(b, -HUGE_VAL), zero, 0, false});
    programme_add_entry(b, k, bus, IN_STEP, buy, one);
    programme_add_entry(b, k, bus, IN_STEP, sell, minus);
    programme_add_entry(b, k, bus, IN_BEGIN, level, programme_constant(b, 0.9));
    programme_add_entry(b, k, bus, IN_END, level, minus);
    programme_add_entry(b, k, limit, IN_STEP, sell, one);
    programme_add_entry(b, k, limit, IN_DESIGN, size, minus);
    return programme_finish(b);
}

static void unbounded_programmes_end_with_a_direction(void **state) {
    (void)state;
    for (int steps = 1; steps <= 30; steps++) {
        struct arena *arena = arena_new(0);
        /* a kW of size costs 0.5 and earns the difference in every step */
        judge_agrees(trade(arena, steps, 1.0, 1.0 + 0.6 / steps), OUTCOME_UNBOUNDED, arena);
        judge_agrees(trade(arena, steps, 1.0, 1.0 + 0.4 / steps), OUTCOME_OPTIMAL, arena);
        arena_free(arena);
    }
}

static void limits_are_told(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct programme *programme = programmes_plant(arena, 3, 24, 5);
    struct solve_options options = {.iterations_limit = 3};
    struct outcome outcome;
    assert_int_equal(ipm_solve(programme, &options, arena, &outcome), STATUS_OK);
    assert_int_equal(outcome.kind, OUTCOME_LIMIT);
    assert_int_equal(outcome.iterations_count, 3);
    arena_free(arena);
}

/* The search for a proof counts too: an infeasible programme ends at the limit, or with its ray before. */
static void limits_hold_for_proofs(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct programme *programme = programmes_plant(arena, 1, 7, 3);
    struct outcome whole = {0};
    assert_int_equal(ipm_solve(programme, NULL, arena, &whole), STATUS_OK);
    assert_int_equal(whole.kind, OUTCOME_INFEASIBLE);
    enum outcome_kind before = OUTCOME_LIMIT;
    for (long most = 1; most <= whole.iterations_count + 1; most++) {
        struct solve_options options = {.iterations_limit = most};
        struct outcome outcome = {0};
        assert_int_equal(ipm_solve(programme, &options, arena, &outcome), STATUS_OK);
        assert_true(outcome.iterations_count <= most);
        assert_true(outcome.kind == OUTCOME_INFEASIBLE ||
                    (outcome.kind == OUTCOME_LIMIT && before == OUTCOME_LIMIT));
        assert_true(most > 1 || outcome.kind == OUTCOME_LIMIT);
        before = outcome.kind;
    }
    assert_int_equal(before, OUTCOME_INFEASIBLE);
    arena_free(arena);
}

static bool stop_at_once(void *data, long iterations, double objective) {
    (void)iterations;
    (void)objective;
    ++*(int *)data;
    return true;
}

static void progress_can_stop_it(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    int calls = 0;
    struct solve_options options = {.progress = stop_at_once, .data = &calls};
    struct outcome outcome;
    assert_int_equal(ipm_solve(programmes_plant(arena, 3, 24, 5), &options, arena, &outcome),
                     STATUS_OK);
    assert_int_equal(outcome.kind, OUTCOME_LIMIT);
    assert_int_equal(calls, 1);
    arena_free(arena);
}

/* Every block of memory refused once: no crash, no leak, always said. */
static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    for (long blocks = 1;; blocks++) {
        struct arena *arena = arena_new(0);
        struct programme *programme = programmes_plant(arena, 2, 24, 5);
        struct outcome outcome;
        arena_fail_after(blocks);
        enum status status = ipm_solve(programme, NULL, arena, &outcome);
        arena_fail_after(0);
        arena_free(arena);
        if (status == STATUS_OK) {
            assert_true(blocks > 1);
            return;
        }
        assert_int_equal(status, STATUS_NO_MEMORY);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_programmes_reach_the_optimum_they_were_made_with),
        cmocka_unit_test(plants_of_any_length_agree_with_clp),
        cmocka_unit_test(a_year_passes_the_judge),
        cmocka_unit_test(a_plant_has_equal_bits_everywhere),
        cmocka_unit_test(random_programmes_have_equal_bits_everywhere),
        cmocka_unit_test(machines_have_kernels_of_some_name_only),
        cmocka_unit_test(infeasible_programmes_end_with_a_proof),
        cmocka_unit_test(unbounded_programmes_end_with_a_direction),
        cmocka_unit_test(limits_are_told),
        cmocka_unit_test(limits_hold_for_proofs),
        cmocka_unit_test(progress_can_stop_it),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
