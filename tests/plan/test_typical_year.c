/* A year of typical weeks, and quick answers like a parent's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdatomic.h>
#include <string.h>

#include "plan/rounds.h"
#include "small.h"

#define HEAD(days)                                                                                 \
    "hearth: 1\nname: weeks\nplace: {climate: seattle, ground_c: 11}\n"                            \
    "horizon: {from: 2024-01-08, days: " #days "}\n"                                               \
    "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25}\n"
#define GAS(price) "fuel: {gas_money_kwh: " #price "}\n"
#define REST                                                                                       \
    "electricity:\n  data_centre: {energy_money_kwh: 0.08, demand_money_kw_month: 9}\n"            \
    "  campus: {energy_money_kwh: 0.10, demand_money_kw_month: 9}\n" SMALL_HALL SMALL_TOWN         \
        SMALL_NETWORK "plant:\n  heat_pump: {capacity_kw: choose, meter: campus}\n"                \
    "  tank: {capacity_kwh: 2000}\n  pit: {capacity_kwh: 20000}\n"

static void near(double found, double expected, double tolerance_ratio) {
    if (!(fabs(found - expected) <= tolerance_ratio * fabs(expected))) {
        fail_msg("found %.12g, expected %.12g", found, expected);
    }
}

static void weeks_sum_to_the_horizon(void **state) {
    (void)state;
    struct small small = small_read(HEAD(45) GAS(0.04) REST);
    struct typical_year *year = NULL, *again = NULL, *none = NULL;
    assert_int_equal(typical_year_make(small.scenario, 3, small.arena, &year), STATUS_OK);
    assert_int_equal(typical_year_make(small.scenario, 3, small.arena, &again), STATUS_OK);
    assert_int_equal(typical_year_make(small.scenario, 6, small.arena, &none), STATUS_OK);
    assert_null(none); /* six whole weeks are no more than asked for */
    assert_int_equal(year->typical_count, 3);
    assert_int_equal(year->weeks_count, 7);
    int days = 0;
    for (int k = 0; k < year->typical_count; k++) {
        days += year->days[k];
        assert_int_equal(year->week_like[year->typical[k]], year->typical[k]);
        assert_true(year->typical[k] < 6); /* the last three days stand for nobody */
        assert_int_equal(year->typical[k], again->typical[k]);
    }
    assert_int_equal(days, 45);
    for (int t = 0; t < year->hours->count; t++) {
        int like = typical_like(year, t);
        assert_true(year->hours->outdoor_c[t] == year->hours->outdoor_c[like]);
        assert_true(like == t || like / 168 == year->week_like[t / 168]);
    }
    arena_free(small.arena);
}

/* The case of a year of weeks, every hour of it or its typical weeks alone. */
static struct case_plan *planned(const struct small *small, const struct typical_year *year,
                                 bool reduced) {
    struct case_plan *result = ARENA_TAKE(small->arena, struct case_plan, 1);
    struct case_work *work = NULL;
    assert_int_equal(
        case_begin(year->scenario, NULL, year->hours, CASE_TOGETHER, small->arena, result, &work),
        STATUS_OK);
    work->typical = reduced ? year : NULL;
    struct round round = {.diag = small->diag, .work = work};
    assert_int_equal(round_solve(&round), STATUS_OK);
    assert_int_equal(case_audit(work, true), STATUS_OK);
    assert_true(result->audit.passed);
    return result;
}

/* One typical week, in one month: all weeks are equal, and nothing is lost, whatever peaks and stores are in the way. */
static void equal_weeks_cost_what_the_year_costs(void **state) {
    (void)state;
    struct small small = small_read(HEAD(14) GAS(0.06) REST);
    struct typical_year *year = NULL;
    assert_int_equal(typical_year_make(small.scenario, 1, small.arena, &year), STATUS_OK);
    struct case_plan *whole = planned(&small, year, false), *reduced = planned(&small, year, true);
    near(reduced->objective_money, whole->objective_money, 1e-6);
    arena_free(small.arena);
}

static enum status like(struct small *parent, const char *text, int weeks, struct plan **ret) {
    struct small other = small_read(text);
    struct plan_options options = {.typical_weeks = weeks};
    enum status status =
        plan_solve_like(other.scenario, parent->plan, &options, parent->arena, other.diag, ret);
    arena_join(parent->arena, other.arena);
    return status;
}

static void quick_answers_are_near(void **state) {
    (void)state;
    struct small parent = small_solve(HEAD(15) GAS(0.06) REST);
    struct plan *same = NULL, *dearer = NULL, *typical = NULL, *none = NULL;
    assert_int_equal(like(&parent, HEAD(15) GAS(0.06) REST, 0, &same), STATUS_OK);
    assert_int_equal(like(&parent, HEAD(15) GAS(0.07) REST, 0, &dearer), STATUS_OK);
    assert_int_equal(like(&parent, HEAD(15) GAS(0.06) REST, 1, &typical), STATUS_OK);
    assert_int_equal(same->depth, PLAN_EXACT);
    assert_int_equal(typical->depth, PLAN_TYPICAL);
    assert_int_equal(parent.plan->depth, PLAN_FULL);
    for (int k = 0; k < CASES; k++) {
        double full_money = parent.plan->cases[k].objective_money;
        assert_true(same->cases[k].solved && typical->cases[k].solved);
        assert_true(same->cases[k].certificate.passed && same->cases[k].audit.passed);
        near(same->cases[k].objective_money, full_money, 1e-6);
        near(typical->cases[k].objective_money, full_money, 0.15);
        assert_true(dearer->cases[k].objective_money > full_money);
    }
    /* a plan that is like another is no parent: then typical weeks are solved to rest, and the year is not */
    struct plan *refused = NULL;
    struct small like_it = parent;
    like_it.plan = same;
    assert_int_equal(like(&like_it, HEAD(15) GAS(0.06) REST, 1, &none), STATUS_OK);
    assert_true(none->cases[CASE_TOGETHER].audit.passed);
    assert_int_equal(like(&like_it, HEAD(15) GAS(0.06) REST, 0, &refused), STATUS_USAGE);
    assert_false(typical->cases[CASE_TOGETHER].audit.passed); /* certified, not audited */
    assert_int_equal(
        like(&parent, HEAD(15) GAS(0.06) REST "require: {energy_reuse_factor: 0.99}\n", 1, &none),
        STATUS_INFEASIBLE);
    arena_free(parent.arena);
}

#define PIT "  pit: {capacity_kwh: 20000}\n"
#define BOILER "  gas_boiler: {capacity_kw: choose, owner: heat_utility, name: second}\n"

static void what_nobody_chooses_may_come_and_go(void **state) {
    (void)state;
    struct small parent = small_solve(HEAD(15) GAS(0.06) REST);
    char without[4096];
    const char *text = HEAD(15) GAS(0.06) REST, *pit = strstr(text, PIT);
    assert_non_null(pit);
    (void)snprintf(without, sizeof without, "%.*s%s", (int)(pit - text), text, pit + strlen(PIT));
    struct plan *fewer = NULL, *more = NULL, *refused = NULL;
    assert_int_equal(like(&parent, without, 0, &fewer), STATUS_OK);
    struct small small = small_solve(without);
    near(fewer->cases[CASE_TOGETHER].objective_money,
         small.plan->cases[CASE_TOGETHER].objective_money, 0.01);
    assert_int_equal(like(&small, text, 0, &more), STATUS_OK);
    near(more->cases[CASE_TOGETHER].objective_money,
         parent.plan->cases[CASE_TOGETHER].objective_money, 0.01);
    assert_int_equal(like(&parent, HEAD(15) GAS(0.06) REST BOILER, 0, &refused), STATUS_USAGE);
    arena_free(small.arena);
    arena_free(parent.arena);
}

/* Says stop when it is asked for the n-th time. */
static bool runs_out(void *stop_data) {
    atomic_int *left = stop_data;
    return atomic_fetch_sub(left, 1) <= 0;
}

static void stops_wherever_it_is(void **state) {
    (void)state;
    struct small parent = small_solve(HEAD(15) GAS(0.06) REST);
    struct small other = small_read(HEAD(15) GAS(0.07) REST);
    enum { MOST = 100000 };
    for (int how = 0; how < 3; how++) { /* in full, of every hour, of typical weeks */
        enum status status = STATUS_CANCELLED;
        int asked = 0;
        for (int most = 0; status != STATUS_OK && most < MOST; most += 1 + most / 8) {
            struct arena *arena = arena_new(0);
            struct diag *diag = diag_new(arena);
            struct plan *plan = NULL;
            atomic_int left;
            atomic_init(&left, most);
            struct plan_options options = {
                .is_stopped = runs_out, .stop_data = &left, .typical_weeks = how == 2};
            status = how == 0 ? plan_solve(other.scenario, &options, arena, diag, &plan)
                              : plan_solve_like(other.scenario, parent.plan, &options, arena, diag,
                                                &plan);
            assert_true(status == STATUS_OK || status == STATUS_CANCELLED ||
                        status == STATUS_STALLED);
            assert_true(atomic_load(&left) <= 0 || status == STATUS_OK);
            asked = most;
            arena_free(arena);
        }
        assert_int_equal(status, STATUS_OK);
        assert_true(asked > 10);
    }
    arena_free(other.arena);
    arena_free(parent.arena);
}

/* ---- rounds that begin on typical weeks ---- */

static struct case_work *begun(const struct small *small, const struct typical_year *drafts) {
    struct case_plan *result = ARENA_TAKE(small->arena, struct case_plan, 1);
    struct case_work *work = NULL;
    struct hours *hours = NULL;
    assert_int_equal(scenario_hours(small->scenario, small->arena, &hours), STATUS_OK);
    assert_int_equal(
        case_begin(small->scenario, NULL, hours, CASE_TOGETHER, small->arena, result, &work),
        STATUS_OK);
    work->drafts = drafts;
    return work;
}

static const struct case_plan *rested(const struct small *small, struct case_work *work) {
    assert_int_equal(case_solve_rounds(work, NULL, small->diag), STATUS_OK);
    assert_int_equal(case_audit(work, true), STATUS_OK);
    assert_true(work->result->audit.passed && work->result->settled);
    return work->result;
}

/* Rest is rest, wherever the rounds began; fewer of them are needed where they begin near it. */
static void rounds_begin_where_typical_weeks_rest(void **state) {
    (void)state;
    struct small small = small_read(HEAD(15) GAS(0.06) REST);
    struct typical_year *year = NULL;
    assert_int_equal(typical_year_make(small.scenario, 1, small.arena, &year), STATUS_OK);
    const struct case_plan *plain = rested(&small, begun(&small, NULL)),
                           *near_it = rested(&small, begun(&small, year));
    near(rounds_simulated_money(near_it), rounds_simulated_money(plain), 2e-4);
    assert_true(near_it->rounds_count < plain->rounds_count);
    arena_free(small.arena);
}

/* A first round that fails lets go of the width first, then of all that the typical weeks said. */
static void a_beginning_that_fails_is_left(void **state) {
    (void)state;
    struct small small = small_read(HEAD(15) GAS(0.06) REST);
    struct typical_year *year = NULL;
    assert_int_equal(typical_year_make(small.scenario, 1, small.arena, &year), STATUS_OK);
    struct case_work *work = begun(&small, year);
    struct run run = {.round = {.diag = small.diag, .work = work}, .work = work};
    int network = small.scenario->network;
    double guess = work->size[network];
    assert_int_equal(rounds_take_inputs(&run), STATUS_OK);
    assert_int_equal(drafts_begin(&run), STATUS_OK);
    assert_true(run.round.may_fail && work->at_slope && work->width_held);
    assert_true(work->size[network] < guess);
    drafts_leave(&run, STATUS_STALLED);
    assert_true(run.round.may_fail && work->at_slope && !work->width_held);
    drafts_leave(&run, STATUS_STALLED);
    assert_false(run.round.may_fail || work->at_slope || run.width_tried || run.width_known);
    assert_true(work->size[network] == guess);
    /* what is known to cost less another way begins at the first guesses, too */
    work->known_money = 0.0;
    assert_int_equal(drafts_begin(&run), STATUS_OK);
    assert_false(run.round.may_fail || work->at_slope);
    assert_true(work->size[network] == guess);
    arena_free(small.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weeks_sum_to_the_horizon),
        cmocka_unit_test(equal_weeks_cost_what_the_year_costs),
        cmocka_unit_test(quick_answers_are_near),
        cmocka_unit_test(what_nobody_chooses_may_come_and_go),
        cmocka_unit_test(stops_wherever_it_is),
        cmocka_unit_test(rounds_begin_where_typical_weeks_rest),
        cmocka_unit_test(a_beginning_that_fails_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
