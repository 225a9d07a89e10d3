/* Rows that only say what a column is: taken out, solved without, and back; the whole is judged. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "optimise/ipm.h"
#include "optimise/reduce.h"

enum { DAYS = 5, HOURS = 24, STEPS = DAYS * HOURS };

/* A town's heat from a boiler, or from a source through a pump and a pipe; fuel is what is burnt. The store, the
   source's limit, a yearly share from the source. `bound_kw` holds the source's flow from above. */
struct town {
    double fuel_money, bound_kw, gap, share;
    bool sells; /* heat may be sold at a price above that of fuel */
};

static double *series(struct arena *arena, struct random *random, double from, double to) {
    double *value = ARENA_TAKE(arena, double, STEPS);
    for (int t = 0; t < STEPS; t++) {
        value[t] = from + (to - from) * random_uniform(random);
    }
    return value;
}

enum { SOURCE, EVAPORATED, PUMPED, BURNT, FUEL, SOLD, CHARGE, DISCHARGE };
enum { OF_SOURCE, OF_PUMP, OF_FUEL, OF_HEAT, OF_STORE, SOURCE_LIMIT, PUMP_LIMIT, FULL };

static struct programme *town_of(struct arena *arena, const struct town *town, uint64_t seed) {
    struct programme_builder *p = programme_builder_new(arena, "town");
    struct random random;
    random_seed(&random, seed);
    int *follows = ARENA_TAKE(arena, int, DAYS), *year = ARENA_TAKE(arena, int, STEPS);
    double *weight = ARENA_TAKE(arena, double, DAYS), *kept = series(arena, &random, 0.6, 0.9);
    for (int d = 0; d < DAYS; d++) {
        follows[d] = (d + DAYS - 1) % DAYS;
        weight[d] = 1.0;
    }
    int b = programme_add_block(p, DAYS, HOURS, 1.0, weight, follows);
#define N(value) programme_constant(p, value)
    struct numbers demand = numbers_by_step(series(arena, &random, 5.0, 30.0));
    struct numbers power = numbers_by_step(series(arena, &random, 0.01, 0.2));
    struct numbers evaporated = numbers_by_step(kept);
    kept[7] = town->gap; /* an hour in which the pump takes nothing from its source */
    static const char *const names[] = {"source", "evaporated", "pumped", "burnt",
                                        "fuel",   "sold",       "charge", "discharge"};
    for (int c = SOURCE; c <= DISCHARGE; c++) {
        struct numbers cost = c == PUMPED ? power
                                          : N(c == FUEL   ? town->fuel_money
                                              : c == SOLD ? -0.2
                                                          : 0.0);
        double upper = c == SOURCE ? town->bound_kw : c == SOLD && !town->sells ? 0.0 : HUGE_VAL;
        programme_add_column(p, b,
                             (struct programme_column){names[c], cost, N(0.0), N(upper), 0, 0.0});
    }
    programme_add_state(p, b,
                        (struct programme_column){"level", N(0.0), N(0.0), N(HUGE_VAL), 0, 0.0});
    int pump = programme_add_design(p, (struct programme_design){"pump", 2.0, 0.0, HUGE_VAL});
    int store = programme_add_design(p, (struct programme_design){"store", 0.1, 0.0, 40.0});
    static const char *const rows[] = {"of_source", "of_pump",      "of_fuel",    "of_heat",
                                       "of_store",  "source_limit", "pump_limit", "full"};
    for (int r = OF_SOURCE; r <= FULL; r++) {
        double lower = r >= SOURCE_LIMIT ? -HUGE_VAL : 0.0, upper = r == SOURCE_LIMIT ? 12.0 : 0.0;
        struct programme_row row = {rows[r], N(lower), N(upper), 0, false};
        if (r == OF_HEAT) {
            row.lower = row.upper = demand;
        }
        programme_add_row(p, b, row);
    }
#define IN(row, where, index, value) programme_add_entry(p, b, row, where, index, value)
    IN(OF_SOURCE, IN_STEP, SOURCE, N(0.95)), IN(OF_SOURCE, IN_STEP, EVAPORATED, N(-1.0));
    IN(OF_PUMP, IN_STEP, EVAPORATED, N(-1.0)), IN(OF_PUMP, IN_STEP, PUMPED, evaporated);
    IN(OF_FUEL, IN_STEP, FUEL, N(0.5)), IN(OF_FUEL, IN_STEP, BURNT, N(-1.1));
    IN(OF_FUEL, IN_STEP, FUEL, N(0.5)), IN(OF_FUEL, IN_STEP, PUMPED, N(-0.01));
    IN(OF_HEAT, IN_STEP, PUMPED, N(1.0)), IN(OF_HEAT, IN_STEP, BURNT, N(1.0));
    IN(OF_HEAT, IN_STEP, SOLD, N(-1.0)), IN(OF_HEAT, IN_STEP, CHARGE, N(-1.0));
    IN(OF_HEAT, IN_STEP, DISCHARGE, N(1.0)), IN(OF_STORE, IN_END, 0, N(1.0));
    IN(OF_STORE, IN_BEGIN, 0, N(-0.99)), IN(OF_STORE, IN_STEP, CHARGE, N(-0.97));
    IN(OF_STORE, IN_STEP, DISCHARGE, N(1.03)), IN(SOURCE_LIMIT, IN_STEP, SOURCE, N(1.0));
    IN(PUMP_LIMIT, IN_STEP, PUMPED, N(1.0)), IN(PUMP_LIMIT, IN_DESIGN, pump, N(-1.0));
    IN(FULL, IN_END, 0, N(1.0)), IN(FULL, IN_DESIGN, store, N(-1.0));
    int map = programme_add_map(p, b, (struct programme_map){1, year});
    programme_add_sum(p, b,
                      (struct programme_row){"share", N(town->share), N(HUGE_VAL), map, false});
    programme_add_sum_entry(p, b, 0, IN_STEP, SOURCE, N(1.0));
#undef IN
#undef N
    return programme_finish(p);
}

static const struct town plain = {0.05, HUGE_VAL, 0.7, 100.0, false};

static int rows_left(const struct programme *programme, struct arena *arena) {
    struct reduction *reduction = NULL;
    assert_int_equal(reduce_programme(programme, arena, &reduction), STATUS_OK);
    return (reduction ? reduce_small(reduction) : programme)->blocks[0].rows_count;
}

/* Three chains go; what is bounded by itself, what has no number in some hour, and what is small stay. */
static void only_what_is_implied_goes(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct town bounded = plain, gapped = plain;
    bounded.bound_kw = 12.0;
    gapped.gap = 0.0;
    assert_int_equal(rows_left(town_of(arena, &plain, 1), arena), FULL + 1 - 3);
    /* the source stays where it is bounded: what is evaporated and pumped follow from it */
    struct reduction *reduction = NULL;
    const struct programme *whole = town_of(arena, &bounded, 1);
    assert_int_equal(reduce_programme(whole, arena, &reduction), STATUS_OK);
    const struct programme_block *small = &reduce_small(reduction)->blocks[0];
    assert_string_equal(small->columns[0].name, "source");
    assert_int_equal(small->rows_count, FULL + 1 - 3);
    /* pumped cannot be told from evaporated where their number is zero, evaporated from pumped can */
    assert_int_equal(rows_left(town_of(arena, &gapped, 1), arena), FULL + 1 - 3);
    arena_free(arena);
}

static struct outcome judged(const struct programme *programme, const struct outcome *warm,
                             struct arena *arena) {
    struct outcome outcome;
    struct certificate certificate;
    struct solve_options options = {.warm = warm};
    assert_int_equal(ipm_solve(programme, &options, arena, &outcome), STATUS_OK);
    assert_int_equal(certificate_check(programme, &outcome, 1e-7, arena, &certificate), STATUS_OK);
    if (!certificate.passed) {
        print_error("%s: primal %g dual %g gap %g at %s\n", outcome_name(outcome.kind),
                    certificate.primal_residual_ratio, certificate.dual_residual_ratio,
                    certificate.gap_ratio, certificate.worst);
    }
    assert_true(certificate.passed);
    return outcome;
}

static void the_whole_is_certified_and_agrees_with_clp(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct arena *arena = arena_new(0);
        struct town town = plain;
        struct outcome clp;
        struct solve_options none = {0};
        town.gap = seed % 3 == 0 ? 0.0 : 0.7;
        town.bound_kw = seed % 4 == 0 ? 9.0 : HUGE_VAL;
        town.share = 60.0 * (double)seed;
        const struct programme *programme = town_of(arena, &town, seed);
        struct outcome ours = judged(programme, NULL, arena);
        assert_int_equal(ours.kind, OUTCOME_OPTIMAL);
        assert_int_equal(reference_clp_solve(programme, &none, arena, &clp), STATUS_OK);
        assert_true(fabs(ours.objective_ratio - clp.objective_ratio) <=
                    1e-7 * (1.0 + fabs(clp.objective_ratio)));
        struct outcome again = judged(programme, &ours, arena); /* a parent of the whole's shape */
        assert_true(again.iterations_count < ours.iterations_count);
        arena_free(arena);
    }
}

static void what_has_no_optimum_is_proven_of_the_whole(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct town greedy = plain, endless = plain;
    greedy.share = 2000.0; /* above the source's limit, all hours */
    endless.sells = true;
    endless.share = 0.0;
    assert_int_equal(judged(town_of(arena, &greedy, 2), NULL, arena).kind, OUTCOME_INFEASIBLE);
    assert_int_equal(judged(town_of(arena, &endless, 2), NULL, arena).kind, OUTCOME_UNBOUNDED);
    arena_free(arena);
}

static void every_refused_block_is_told(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    const struct programme *programme = town_of(arena, &plain, 3);
    bool done = false;
    for (long block = 1; block < 200 && !done; block++) {
        struct arena *scratch = arena_new(0);
        struct reduction *reduction = NULL;
        struct outcome outcome = {0};
        arena_fail_after(block);
        enum status status = reduce_programme(programme, scratch, &reduction);
        if (status == STATUS_OK) {
            const struct programme *small = reduce_small(reduction);
            outcome.x = ARENA_TAKE(arena, double, programme_columns(small));
            outcome.y = ARENA_TAKE(arena, double, programme_rows(small));
            status = outcome.x && outcome.y ? reduce_restore(reduction, scratch, &outcome)
                                            : STATUS_NO_MEMORY;
        }
        arena_fail_after(0);
        done = status == STATUS_OK;
        assert_true(done || status == STATUS_NO_MEMORY);
        arena_free(scratch);
    }
    assert_true(done);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_implied_goes),
        cmocka_unit_test(the_whole_is_certified_and_agrees_with_clp),
        cmocka_unit_test(what_has_no_optimum_is_proven_of_the_whole),
        cmocka_unit_test(every_refused_block_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
