/* How far measures reach within a budget: by hand, and beside the budget as a row of its own, which Clp solves. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/reach.h"

#include "optimise/solver.h"
#include "plan/held_internal.h"
#include "plan/sun.h"

static const double cut_less_ratio =
    1e4; /* the slow way's price: cost then cuts off 1e-8 of a scale */

static const double stalled_close_ratio =
    1e-4; /* where a price had no answer: told, but no nearer */

struct asked {
    struct small small;
    struct held *held, *slow; /* slow: by Clp */
    struct plan_options options;
    struct held_answer least;
    struct held_point cheapest;
    double budget_money;
};

static const struct plan_options by_clp = {.solver = &solver_clp};

/* Of a plan, with so much of its cost to spend; the interior point has nobody to fall back to. */
static void begin(struct asked *asked, double within_frac) {
    struct arena *arena = asked->small.arena;
    struct held_question cheapest = held_cheapest();
    asked->options = (struct plan_options){.may_stall = true};
    assert_int_equal(held_new(asked->small.plan, &asked->options, arena, &asked->held), STATUS_OK);
    assert_int_equal(held_new(asked->small.plan, &by_clp, arena, &asked->slow), STATUS_OK);
    assert_int_equal(held_ask(asked->held, &cheapest, arena, &asked->least), STATUS_OK);
    assert_int_equal(held_point(asked->held, &cheapest, NULL, arena, &asked->cheapest), STATUS_OK);
    assert_true(asked->least.proven && asked->cheapest.proven);
    asked->budget_money =
        asked->least.value[HELD_COST] + within_frac * fabs(asked->least.value[HELD_COST]);
}

static struct reach reach_of(struct asked *asked, int m, bool most) {
    struct held_question question = held_cheapest();
    struct reach reach;
    question.aim = m;
    question.most = most;
    question.budget_money = asked->budget_money;
    assert_int_equal(reach_ask(asked->held, &question, &asked->cheapest, &asked->least,
                               asked->small.arena, &reach),
                     STATUS_OK);
    return reach;
}

/* Bound and plan enclose the row's answer, are as near as they were to come, and the plan keeps the budget. */
static void beside_row(struct asked *asked, int m, bool most) {
    struct arena *arena = asked->small.arena;
    struct reach reach = reach_of(asked, m, most);
    struct held_answer row;
    struct held_question question =
        held_extreme(asked->slow, m, most, asked->least.value, asked->budget_money,
                     asked->budget_money - asked->least.value[HELD_COST]);
    question.aim_price_money *= cut_less_ratio;
    assert_int_equal(held_ask(asked->slow, &question, arena, &row), STATUS_OK);
    double sign = most ? 1.0 : -1.0, scale = held_scale_value(asked->held, m, asked->least.value);
    assert_int_equal(reach.outcome, row.outcome);
    if (reach.outcome != OUTCOME_OPTIMAL) {
        return;
    }
    assert_true(row.proven && reach.answer.proven);
    assert_true(fabs(reach.value - row.value[m]) <= 1e-6 * scale + 1e-9);
    assert_true(sign * reach.bound_value >= sign * row.value[m] - 1e-7 * scale);
    double close_value = reach.stalls_count > 0 ? stalled_close_ratio * scale : reach.close_value;
    assert_true(sign * (reach.bound_value - reach.value) <= close_value * 1.0001);
    assert_true(reach.answer.value[HELD_COST] <= asked->budget_money * (1.0 + 1e-9));
    assert_true(fabs(reach.answer.value[m] - reach.value) <= 1e-6 * scale);
}

static void all_beside_rows(const char *text, double within_frac) {
    struct asked asked = {.small = small_solve(text)};
    begin(&asked, within_frac);
    for (int m = 1; m < asked.held->measures_count; m++) {
        bool peak = asked.held->measures[m].kind == MEASURE_FIGURE &&
                    asked.held->measures[m].index == FIGURE_PEAK;
        beside_row(&asked, m, false);
        if (!peak) {
            beside_row(&asked, m, true);
        }
    }
    small_free(&asked.small);
}

/* 10 kW of the near one must be, at 20 a year each; far ones cost 60. 40 a year more are 2 kW of the near, or two thirds of one
   of the far. What must be is the least without a solve. */
static void by_hand(void **state) {
    (void)state;
    struct sun sun = sun_of(20.0, 60.0);
    char text[2048];
    struct asked asked = {
        .small = small_solve(sun_text(text, &sun, "{choose: {min: 10, max: 100}}", ""))};
    double year_frac = asked.small.scenario->year_frac;
    begin(&asked, 40.0 / (0.1 * sun.hall_kwh + 10.0 * 20.0));
    double kg = (0.4 * sun.hall_kwh - 10.0 * sun.kg_kw) * year_frac;
    const struct {
        const char *key;
        bool most;
        double value, price_money_year;
    } expected[] = {{"capacity.near", true, 12.0, 20.0},
                    {"capacity.near", false, 10.0, 0.0},
                    {"capacity.far", true, 2.0 / 3.0, 60.0},
                    {"capacity.far", false, 0.0, 0.0},
                    {"carbon_kgco2_year", false, kg - 2.0 * sun.kg_kw * year_frac,
                     20.0 / (sun.kg_kw * year_frac)},
                    {"investment_money", true,
                     10.0 * sun.capex_money_kw[0] + 2.0 * sun.capex_money_kw[0],
                     20.0 / sun.capex_money_kw[0]}};
    for (int k = 0; k < COUNT(expected); k++) {
        int m = measure_of(asked.held, expected[k].key, asked.small.arena);
        struct reach reach = reach_of(&asked, m, expected[k].most);
        assert_int_equal(reach.outcome, OUTCOME_OPTIMAL);
        assert_true(fabs(reach.value - expected[k].value) <= 1e-6 * fmax(1.0, expected[k].value));
        assert_true(fabs(reach.bound_value - expected[k].value) <=
                    2e-6 * held_scale_value(asked.held, m, asked.least.value));
        assert_true(fabs(reach.price_money - expected[k].price_money_year * year_frac) <=
                    1e-3 * expected[k].price_money_year * year_frac);
        assert_int_equal(reach.solves_count == 0, expected[k].price_money_year == 0.0);
    }

    /* as a whole plan it costs the budget */
    int near = measure_of(asked.held, "capacity.near", asked.small.arena);
    struct held_question question = held_cheapest();
    question.aim = near;
    question.most = true;
    struct reach reach = reach_of(&asked, near, true);
    question = reach_whole(asked.held, &question, &reach);
    struct held_answer whole;
    assert_int_equal(held_plan(asked.held, &question, asked.small.arena, &whole), STATUS_OK);
    assert_true(whole.proven && whole.audit.passed);
    assert_near(whole.objective_money, asked.budget_money, 1e-6);
    assert_true(fabs(whole.value[near] - 12.0) < 1e-4);
    small_free(&asked.small);
}

/* A field that costs what it saves is of any size up to its largest, with nothing of the budget spent. */
static void at_no_cost(void **state) {
    (void)state;
    struct sun sun = sun_of(0.0, 60.0);
    char text[2048];
    struct asked asked = {.small = small_solve(sun_text(text, &sun, sun_choose, ""))};
    begin(&asked, 0.01);
    int near = measure_of(asked.held, "capacity.near", asked.small.arena);
    struct reach most = reach_of(&asked, near, true), least = reach_of(&asked, near, false);
    assert_near(most.value, 100.0, 1e-6);
    assert_near(most.bound_value, 100.0, 1e-6);
    assert_true(most.answer.value[HELD_COST] < asked.least.value[HELD_COST] * (1.0 + 1e-6));
    assert_true(fabs(least.value) <= least.close_value);
    small_free(&asked.small);
}

static void a_town(void **state) {
    (void)state;
    all_beside_rows(SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
                    "  tank: {capacity_kwh: choose}\n"
                    "  pv: {capacity_kw: {choose: {max: 500}}, meter: campus}\n"
                    "require: {energy_reuse_factor: 0.05}\n",
                    0.03);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(at_no_cost),
                                       cmocka_unit_test(a_town)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
