/* Clean dispatch: noise goes, rows close, and what must stay stays bit for bit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "optimise/clean.h"
#include "programmes.h"

#define INF HUGE_VAL

static double *copy_of(struct arena *arena, const double *x, long count) {
    double *copy = ARENA_TAKE(arena, double, count);
    memcpy(copy, x, (size_t)count * sizeof *copy);
    return copy;
}

static struct clean_report clean(const struct programme *programme, double tolerance,
                                 struct outcome *outcome) {
    struct clean_report report = {.reach_ratio = -1.0};
    assert_int_equal(clean_dispatch(programme, tolerance, outcome, &report), STATUS_OK);
    return report;
}

static void passes(const struct programme *programme, const struct outcome *outcome,
                   double tolerance, struct arena *arena) {
    struct certificate certificate;
    assert_int_equal(certificate_check(programme, outcome, tolerance, arena, &certificate),
                     STATUS_OK);
    if (!certificate.passed) {
        fail_msg("primal %g dual %g gap %g at %s", certificate.primal_residual_ratio,
                 certificate.dual_residual_ratio, certificate.gap_ratio, certificate.worst);
    }
}

/* The worst miss of an equality over the largest term of the programme's rows of its kind. */
static double worst_equality(const struct programme *programme, const double *x,
                             struct arena *arena) {
    struct programme_flat flat;
    assert_int_equal(programme_flatten(programme, arena, &flat), STATUS_OK);
    long double *value = ARENA_TAKE(arena, long double, flat.rows);
    double largest = 0.0, worst = 0.0;
    for (long j = 0; j < flat.columns; j++) {
        for (long k = flat.start[j]; k < flat.start[j + 1]; k++) {
            value[flat.row[k]] += (long double)flat.value[k] * x[j];
        }
        largest = fmax(largest, fabs(x[j]));
    }
    for (long i = 0; i < flat.rows; i++) {
        if (flat.row_lower[i] == flat.row_upper[i]) {
            worst = fmax(worst, (double)fabsl(value[i] - flat.row_lower[i]));
        }
    }
    return worst / largest;
}

/* An exact vertex with noise as an interior point leaves it: columns off their bounds, rows open. */
static void noise_is_removed(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct arena *arena = arena_new(0);
        struct random random;
        random_seed(&random, seed);
        struct programme *programme = programmes_plant(arena, 7, 24, seed);
        struct outcome outcome = {0};
        assert_int_equal(reference_clp_solve(programme, NULL, arena, &outcome), STATUS_OK);
        assert_int_equal(outcome.kind, OUTCOME_OPTIMAL);
        struct clean_report report = clean(programme, 1e-7, &outcome); /* Clp's own dust */
        assert_true(report.reach_ratio > 0.0);
        long columns = programme_columns(programme), at_zero = 0, restored = 0;
        double *exact = copy_of(arena, outcome.x, columns), objective = outcome.objective_ratio;
        for (long j = programme->designs_count; j < columns; j++) {
            double noise = 1e-7 * (random_uniform(&random) - (exact[j] == 0.0 ? 0.1 : 0.5));
            outcome.x[j] += noise;
        }
        assert_true(worst_equality(programme, outcome.x, arena) > 1e-10);
        report = clean(programme, 1e-6, &outcome);
        assert_true(report.reach_ratio == 1e-6);
        assert_true(report.closed_count > 0 && report.snapped_count > 0);
        for (long j = 0; j < columns; j++) {
            at_zero += exact[j] == 0.0;
            restored += exact[j] == 0.0 && outcome.x[j] == 0.0 && !signbit(outcome.x[j]);
            assert_true(outcome.x[j] >= 0.0);
            assert_true(fabs(outcome.x[j] - exact[j]) <= 1e-5);
        }
        assert_true(at_zero > 100);
        assert_int_equal(restored, at_zero);
        assert_true(worst_equality(programme, outcome.x, arena) <= 1e-10);
        assert_true(fabs(outcome.objective_ratio - objective) <= 2e-8 * (1.0 + fabs(objective)));
        passes(programme, &outcome, 1e-7, arena);
        arena_free(arena);
    }
}

/* Two hours, a source with a limit to choose and a store that stays empty; nothing to clean. */
static const int follows_itself[] = {0};

struct two_hours {
    struct programme *programme;
    long make, spare, in, out, level, size;
};

/* demand(t) = make + spare - in + out; level = begin + eff in - out / eff; make <= size. */
static struct two_hours two_hours(struct arena *arena, const double demand[2], double spare_cost,
                                  double eff) {
    struct two_hours h = {0};
    struct programme_builder *b = programme_builder_new(arena, "two hours");
    struct numbers zero = programme_constant(b, 0.0), open = programme_constant(b, INF),
                   one = programme_constant(b, 1.0), minus = programme_constant(b, -1.0);
    int size = programme_add_design(b, (struct programme_design){"size", 1.0, 0.0, INF});
    int k = programme_add_block(b, 1, 2, 1.0, NULL, follows_itself);
    int make = programme_add_column(b, k, (struct programme_column){"make", one, zero, open, 0, 0});
    int spare = programme_add_column(
        b, k,
        (struct programme_column){"spare", programme_constant(b, spare_cost), zero, open, 0, 0});
    int in = programme_add_column(b, k, (struct programme_column){"in", zero, zero, open, 0, 0});
    int out = programme_add_column(b, k, (struct programme_column){"out", zero, zero, open, 0, 0});
    int level =
        programme_add_state(b, k, (struct programme_column){"level", zero, zero, open, 0, 0});
    int bus = programme_add_row(
        b, k,
        (struct programme_row){"bus", numbers_by_step(demand), numbers_by_step(demand), 0, false});
    int carry = programme_add_row(b, k, (struct programme_row){"carry", zero, zero, 0, false});
    int limit = programme_add_row(
        b, k, (struct programme_row){"limit", programme_constant(b, -INF), zero, 0, false});
    programme_add_entry(b, k, bus, IN_STEP, make, one);
    programme_add_entry(b, k, bus, IN_STEP, spare, one);
    programme_add_entry(b, k, bus, IN_STEP, in, minus);
    programme_add_entry(b, k, bus, IN_STEP, out, one);
    programme_add_entry(b, k, carry, IN_END, level, one);
    programme_add_entry(b, k, carry, IN_BEGIN, level, minus);
    programme_add_entry(b, k, carry, IN_STEP, in, programme_constant(b, -eff));
    programme_add_entry(b, k, carry, IN_STEP, out, programme_constant(b, 1.0 / eff));
    programme_add_entry(b, k, limit, IN_STEP, make, one);
    programme_add_entry(b, k, limit, IN_DESIGN, size, minus);
    h.programme = programme_finish(b);
    h.size = programme_at_design(h.programme, size);
    h.make = programme_at_column(h.programme, k, make, 0);
    h.spare = programme_at_column(h.programme, k, spare, 0);
    h.in = programme_at_column(h.programme, k, in, 0);
    h.out = programme_at_column(h.programme, k, out, 0);
    h.level = programme_at_state(h.programme, k, level, 0);
    return h;
}

/* x with make = demand and size as needed, prices that prove it. */
static struct outcome by_hand(const struct two_hours *h, const double demand[2],
                              struct arena *arena) {
    struct outcome outcome = {.kind = OUTCOME_OPTIMAL, .solver = "hand"};
    int high = demand[1] > demand[0];
    outcome.x = ARENA_TAKE(arena, double, programme_columns(h->programme));
    outcome.y = ARENA_TAKE(arena, double, programme_rows(h->programme));
    outcome.x[h->size] = demand[high];
    outcome.x[h->make] = demand[0];
    outcome.x[h->make + 1] = demand[1];
    /* rows: bus, carry, limit. Without a store the high hour would cost 2, the other 1. */
    outcome.y[0] = high ? 1.0 : 2.0;
    outcome.y[1] = high ? 2.0 : 1.0;
    outcome.y[2] = outcome.y[3] = -2.0; /* what the level is worth: never more than a kWh saved */
    outcome.y[4 + high] = -1.0;
    outcome.objective_ratio = demand[0] + demand[1] + demand[high];
    return outcome;
}

/* Without losses every value between the two hours' prices would do for the store; so that the
   prices above hold, its way in costs. */
static void store_costs(const struct two_hours *h, double in_cost, struct arena *arena) {
    double *cost = ARENA_TAKE(arena, double, 1);
    *cost = in_cost;
    h->programme->blocks[0].columns[2].cost = (struct numbers){cost, 0};
}

static void what_is_clean_stays(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double demand[2] = {7.3, 4.1};
    struct two_hours h = two_hours(arena, demand, 9.0, 1.0);
    store_costs(&h, 2.0, arena);
    struct outcome outcome = by_hand(&h, demand, arena);
    passes(h.programme, &outcome, 1e-12, arena);
    double *before = copy_of(arena, outcome.x, programme_columns(h.programme));
    outcome.objective_ratio = 123.0; /* not even this is touched */
    struct clean_report report = clean(h.programme, 1e-9, &outcome);
    assert_memory_equal(before, outcome.x, (size_t)programme_columns(h.programme) * sizeof *before);
    assert_true(outcome.objective_ratio == 123.0);
    assert_int_equal(report.snapped_count + report.circulations_count + report.closed_count, 0);
    arena_free(arena);
}

/* A small value that a row needs is no dust: nothing else can carry it. */
static void what_is_needed_stays(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double demand[2] = {5000.0, 1e-4};
    struct two_hours h = two_hours(arena, demand, 9.0, 1.0);
    store_costs(&h, 2.0, arena);
    struct outcome outcome = by_hand(&h, demand, arena);
    double *before = copy_of(arena, outcome.x, programme_columns(h.programme));
    (void)clean(h.programme, 1e-9, &outcome);
    assert_memory_equal(before, outcome.x, (size_t)programme_columns(h.programme) * sizeof *before);
    arena_free(arena);
}

/* A small value at a price that the objective notices is no dust either. */
static void what_costs_stays(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double demand[2] = {100.0, 90.0};
    struct two_hours h = two_hours(arena, demand, 1000.0, 1.0);
    store_costs(&h, 2.0, arena);
    struct outcome outcome = by_hand(&h, demand, arena);
    outcome.x[h.spare + 1] = 2e-6;
    outcome.x[h.make + 1] = 90.0 - 2e-6;
    double *before = copy_of(arena, outcome.x, programme_columns(h.programme));
    struct clean_report report = clean(h.programme, 1e-3, &outcome);
    assert_true(report.undone_count == 2 && report.reach_ratio == 1e-8);
    assert_memory_equal(before, outcome.x, (size_t)programme_columns(h.programme) * sizeof *before);
    /* at a price it does not notice, it goes, and the row closes again */
    h = two_hours(arena, demand, 2.0, 1.0);
    store_costs(&h, 2.0, arena);
    report = clean(h.programme, 1e-3, &outcome);
    assert_true(report.undone_count == 0 && report.closed_count == 1);
    assert_true(outcome.x[h.spare + 1] == 0.0);
    assert_true(fabs(outcome.x[h.make + 1] - 90.0) <= 1e-12);
    assert_true(worst_equality(h.programme, outcome.x, arena) <= 1e-14);
    arena_free(arena);
}

/* A capacity at no cost that stands larger than needed comes down to what its largest hour asks for. */
static void a_free_capacity_is_the_least(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double demand[2] = {7.3, 4.1};
    struct two_hours h = two_hours(arena, demand, 9.0, 1.0);
    store_costs(&h, 2.0, arena);
    h.programme->designs[0].cost = 0.0;
    struct outcome outcome = by_hand(&h, demand, arena);
    outcome.y[0] = 1.0; /* no hour pays for the size */
    outcome.y[2] = outcome.y[3] = -1.0;
    outcome.y[4] = 0.0;
    outcome.objective_ratio -= demand[0];
    outcome.x[h.size] = 65.0;
    struct clean_report report = clean(h.programme, 1e-9, &outcome);
    assert_true(fabs(outcome.x[h.size] - demand[0]) <= 1e-13 && outcome.x[h.make] == demand[0]);
    assert_int_equal(report.trimmed_count, 1);
    passes(h.programme, &outcome, 1e-12, arena);
    arena_free(arena);
}

/* In and out at once: gone where the store loses nothing, also where the rates are limited; kept
   where it loses, for then they heat the town's air and the row needs it. */
static void circulation_goes_without_losses(void **state) {
    (void)state;
    static const double demand[2] = {7.0, 7.0};
    for (int lossy = 0; lossy < 2; lossy++) {
        struct arena *arena = arena_new(0);
        double eff = lossy ? 0.9 : 1.0, in = 0.5, out = in * eff * eff;
        struct two_hours h = two_hours(arena, demand, 9.0, eff);
        store_costs(&h, 0.0, arena);
        struct outcome outcome = by_hand(&h, demand, arena);
        outcome.y[0] = outcome.y[1] = 1.5; /* both hours share the size */
        outcome.y[2] = outcome.y[3] = -1.5 * eff;
        outcome.y[4] = outcome.y[5] = -0.5;
        outcome.x[h.in] = in;
        outcome.x[h.out] = out;
        outcome.x[h.make] += in - out;
        outcome.x[h.size] = outcome.x[h.make];
        double *before = copy_of(arena, outcome.x, programme_columns(h.programme));
        struct clean_report report = clean(h.programme, lossy ? 1.0 : 1e-9, &outcome);
        if (lossy) {
            assert_int_equal(report.circulations_count, 0);
            assert_memory_equal(before, outcome.x,
                                (size_t)programme_columns(h.programme) * sizeof *before);
        } else {
            assert_int_equal(report.circulations_count, 1);
            assert_true(outcome.x[h.in] == 0.0 && outcome.x[h.out] == 0.0);
            assert_true(outcome.x[h.make] == before[h.make]);
        }
        arena_free(arena);
    }
}

/* A plant that is not built, but for dust: its capacity and its flows become exact zeros, and what
   was -0.0 or below zero too. */
static void dust_of_what_is_not_built_goes(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double demand[2] = {7.0, 4.0}, none[2] = {0.0, 0.0};
    struct two_hours h = two_hours(arena, demand, 0.5, 1.0);
    store_costs(&h, 2.0, arena);
    struct outcome outcome = by_hand(&h, none, arena);
    outcome.x[h.spare] = demand[0];
    outcome.x[h.spare + 1] = demand[1];
    outcome.y[0] = outcome.y[1] = 0.5;
    outcome.y[2] = outcome.y[3] = -0.5;
    outcome.y[4] = outcome.y[5] = 0.0;
    outcome.x[h.make] = -1.96e-19;
    outcome.x[h.make + 1] = 3e-15;
    outcome.x[h.size] = 3e-15;
    outcome.x[h.in] = -0.0;
    outcome.x[h.level] = -1e-17;
    outcome.objective_ratio = 5.5;
    passes(h.programme, &outcome, 1e-9, arena);
    struct clean_report report = clean(h.programme, 1e-9, &outcome);
    assert_true(report.reach_ratio == 1e-6);
    assert_int_equal(report.snapped_count, 4);
    for (long j = 0; j < programme_columns(h.programme); j++) {
        assert_false(signbit(outcome.x[j]));
        assert_true(outcome.x[j] == (j == h.spare ? 7.0 : j == h.spare + 1 ? 4.0 : 0.0));
    }
    arena_free(arena);
}

/* What Clp finds for random programmes: still certified, and the second time nothing is left. */
static void random_optima_stay_certified(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct arena *arena = arena_new(0);
        struct random_programme random =
            programmes_random(arena, seed, 1 + (int)(seed % 3), RANDOM_SOLVABLE);
        struct outcome outcome = {0};
        assert_int_equal(reference_clp_solve(random.programme, NULL, arena, &outcome), STATUS_OK);
        assert_int_equal(outcome.kind, OUTCOME_OPTIMAL);
        (void)clean(random.programme, 1e-7, &outcome);
        passes(random.programme, &outcome, 1e-7, arena);
        assert_true(fabs(outcome.objective_ratio - random.objective) <=
                    2e-8 * (1.0 + fabs(random.objective)));
        long columns = programme_columns(random.programme);
        double *before = copy_of(arena, outcome.x, columns);
        (void)clean(random.programme, 1e-7, &outcome);
        assert_memory_equal(before, outcome.x, (size_t)columns * sizeof *before);
        arena_free(arena);
    }
}

static void other_outcomes_are_left_alone(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double demand[2] = {7.0, 4.0};
    struct two_hours h = two_hours(arena, demand, 9.0, 1.0);
    struct outcome outcome = by_hand(&h, demand, arena);
    outcome.x[h.in] = -1e-19;
    outcome.kind = OUTCOME_LIMIT;
    struct clean_report report = clean(h.programme, 1e-9, &outcome);
    assert_true(outcome.x[h.in] == -1e-19 && report.reach_ratio == 0.0);
    outcome.kind = OUTCOME_OPTIMAL;
    outcome.x[h.make] = NAN; /* fails every certificate */
    report = clean(h.programme, 1e-9, &outcome);
    assert_true(outcome.x[h.in] == -1e-19 && report.undone_count == 5);
    arena_free(arena);
}

static void memory_that_runs_out_is_told(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double demand[2] = {7.0, 4.0};
    struct two_hours h = two_hours(arena, demand, 9.0, 1.0);
    store_costs(&h, 2.0, arena);
    for (long blocks = 1; blocks < 100; blocks++) {
        struct outcome outcome = by_hand(&h, demand, arena);
        outcome.x[h.in] = -1e-19;
        struct clean_report report;
        arena_fail_after(blocks);
        enum status status = clean_dispatch(h.programme, 1e-9, &outcome, &report);
        arena_fail_after(0);
        if (status == STATUS_OK) {
            assert_true(outcome.x[h.in] == 0.0);
            arena_free(arena);
            return;
        }
        assert_int_equal(status, STATUS_NO_MEMORY);
        assert_true(outcome.x[h.in] == -1e-19);
    }
    fail_msg("still out of memory");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(noise_is_removed),
        cmocka_unit_test(what_is_clean_stays),
        cmocka_unit_test(what_is_needed_stays),
        cmocka_unit_test(what_costs_stays),
        cmocka_unit_test(a_free_capacity_is_the_least),
        cmocka_unit_test(circulation_goes_without_losses),
        cmocka_unit_test(dust_of_what_is_not_built_goes),
        cmocka_unit_test(random_optima_stay_certified),
        cmocka_unit_test(other_outcomes_are_left_alone),
        cmocka_unit_test(memory_that_runs_out_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
