/* Whole small plans: balance, invariants, requirements, clashes, quarter-hours. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "plan/small.h"

static const char small_text[] =
    SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT;

static void every_case_is_certified_and_balances(void **state) {
    (void)state;
    struct small small = small_solve(small_text);
    for (int k = 0; k < CASES; k++) {
        const struct case_plan *c = &small.plan->cases[k];
        assert_true(c->solved);
        assert_true(c->certificate.passed);
        assert_true(c->audit.balance_residual_ratio <= 1e-9);
        assert_true(c->audit.objective_residual_ratio <= 1e-8);
        assert_true(c->objective_money > 0.0);
    }
    small_free(&small);
}

static void together_costs_no_more_than_apart(void **state) {
    (void)state;
    struct small small = small_solve(small_text);
    double apart = small.plan->cases[CASE_APART].objective_money;
    assert_true(small.plan->cases[CASE_TOGETHER].objective_money <= apart * (1.0 + 1e-6));
    assert_true(small.plan->cases[CASE_TODAY].objective_money < apart);
    small_free(&small);
}

static void a_reordered_file_gives_the_same_plan(void **state) {
    (void)state;
    struct small one = small_solve(small_text);
    struct small two =
        small_solve(SMALL_HEAD SMALL_PLANT SMALL_NETWORK SMALL_TOWN SMALL_HALL SMALL_POWER);
    double a = one.plan->cases[CASE_TOGETHER].objective_money,
           b = two.plan->cases[CASE_TOGETHER].objective_money;
    assert_true(fabs(a - b) <= 1e-7 * fabs(a));
    small_free(&one);
    small_free(&two);
}

/* Bought energy twice as dear, nothing else in the case: twice the running money. */
static void twice_the_price_is_twice_the_cost(void **state) {
    (void)state;
    const char *town =
        "town:\n  - {name: campus, building: office, floor_m2: 20000, heated_by: gas_boiler}\n"
        "electricity:\n  campus: {energy_money_kwh: 0.10}\n";
    char one[2000], two[2000];
    const char *head =
        "hearth: 1\nname: small\nplace: {climate: seattle}\nhorizon: {from: 2024-01-08, days: 2}\n"
        "money: {currency: USD, year: 2024}\n";
    (void)snprintf(one, sizeof one, "%sfuel: {gas_money_kwh: 0.04}\n%s", head, town);
    (void)snprintf(two, sizeof two, "%sfuel: {gas_money_kwh: 0.08}\n%s", head, town);
    struct small a = small_solve(one), b = small_solve(two);
    int gas = scenario_instance(a.scenario, "supply_gas");
    assert_true(gas >= 0);
    double once = a.plan->cases[CASE_TODAY].flow[gas].running_money;
    double twice = b.plan->cases[CASE_TODAY].flow[gas].running_money;
    assert_true(once > 0.0);
    assert_true(fabs(twice - 2.0 * once) <= 1e-9 * twice);
    small_free(&a);
    small_free(&b);
}

static void quarter_hours_cost_the_same(void **state) {
    (void)state;
    struct small hour = small_solve(small_text);
    struct small quarter = small_solve(
        "step_h: 0.25\n" SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT);
    for (int k = 0; k < CASES; k++) {
        double a = hour.plan->cases[k].objective_money, b = quarter.plan->cases[k].objective_money;
        assert_true(fabs(a - b) <= 1e-7 * fabs(a));
    }
    small_free(&hour);
    small_free(&quarter);
}

static void a_requirement_binds(void **state) {
    (void)state;
    struct small free_plan = small_solve(small_text);
    struct small bound =
        small_solve(SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
                    "require: {heat_share_frac: 0.9}\n");
    const struct case_plan *c = &bound.plan->cases[CASE_TOGETHER];
    assert_true(c->objective_money >=
                free_plan.plan->cases[CASE_TOGETHER].objective_money * (1.0 - 1e-7));
    int pump = scenario_instance(bound.scenario, "heat_pump");
    int out = component_port(bound.scenario->instances[pump].kind, "heat_out");
    int campus = scenario_instance(bound.scenario, "campus");
    int in = component_port(bound.scenario->instances[campus].kind, "heat_in");
    double made = 0.0, needed = 0.0;
    for (int t = 0; t < bound.plan->hours->horizon_count; t++) {
        made += c->flow[pump].port_kw[out][t];
        needed += c->flow[campus].port_kw[in][t];
    }
    assert_true(made >= 0.9 * needed * (1.0 - 1e-6));
    small_free(&free_plan);
    small_free(&bound);
}

static void a_clash_is_named_with_its_amount(void **state) {
    (void)state;
    struct small small =
        small_read(SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
                   "require: {energy_reuse_factor: 0.99}\n");
    enum status status = plan_solve(small.scenario, NULL, small.arena, small.diag, &small.plan);
    assert_int_equal(status, STATUS_INFEASIBLE);
    const struct case_plan *c = &small.plan->cases[CASE_TOGETHER];
    assert_int_equal(c->outcome.kind, OUTCOME_INFEASIBLE);
    assert_true(c->misses_count >= 1);
    bool named = false;
    for (int k = 0; k < c->misses_count; k++) {
        named = named || strstr(c->misses[k].text, "energy_reuse_factor") != NULL;
    }
    assert_true(named);
    assert_true(diag_errors(small.diag) >= 1);
    small_free(&small);
}

static void the_firm_plant_covers_the_coldest_day(void **state) {
    (void)state;
    struct small small = small_solve(small_text);
    const struct case_plan *c = &small.plan->cases[CASE_TOGETHER];
    int heater = scenario_instance(small.scenario, "campus_heater");
    int campus = scenario_instance(small.scenario, "campus");
    assert_true(heater >= 0 && campus >= 0);
    int in = component_port(small.scenario->instances[campus].kind, "heat_in");
    double peak = 0.0;
    for (int t = small.plan->hours->horizon_count; t < small.plan->hours->count; t++) {
        peak = fmax(peak, c->flow[campus].port_kw[in][t]);
    }
    assert_true(peak > 0.0);
    assert_true(c->flow[heater].capacity >= peak * (1.0 - 1e-6));
    small_free(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_is_certified_and_balances),
        cmocka_unit_test(together_costs_no_more_than_apart),
        cmocka_unit_test(a_reordered_file_gives_the_same_plan),
        cmocka_unit_test(twice_the_price_is_twice_the_cost),
        cmocka_unit_test(quarter_hours_cost_the_same),
        cmocka_unit_test(a_requirement_binds),
        cmocka_unit_test(a_clash_is_named_with_its_amount),
        cmocka_unit_test(the_firm_plant_covers_the_coldest_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
