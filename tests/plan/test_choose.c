/* What to build: with or without, against plans whose networks are given. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "plan/small.h"

/* %s: gas price, further keys of the network, further plant */
static const char pattern[] =
    "hearth: 1\nname: small\nplace: {climate: seattle, ground_c: 11}\n"
    "horizon: {from: 2024-01-08, days: 2}\n"
    "money: {currency: USD, year: 2024, discount_frac: 0.05, "
    "life_year: 25}\nfuel: {gas_money_kwh: %g}\n" SMALL_POWER SMALL_HALL SMALL_TOWN
    "heat_network: {supply_c: {at -4: 55, at 15: 45}, return_c: 38%s}\n" SMALL_PLANT "%s";

struct wish {
    double gas_money_kwh;
    const char *network, *more; /* ", length_m: 200" */
};

static struct small solve(const struct wish *wish) {
    static char text[4000];
    (void)snprintf(text, sizeof text, pattern, wish->gas_money_kwh, wish->network,
                   wish->more ? wish->more : "");
    return small_solve(text);
}

static const struct case_plan *together(const struct small *small) {
    return &small->plan->cases[CASE_TOGETHER];
}

static double simulated_money(const struct small *small) {
    return together(small)->objective_money + together(small)->gap_money;
}

static const struct flow *flow_of(const struct small *small, const char *name) {
    int i = scenario_instance(small->scenario, name);
    assert_true(i >= 0);
    return &together(small)->flow[i];
}

static bool is_told(const struct small *small, const char *words) {
    for (int k = 0; k < diag_count(small->diag); k++) {
        if (strstr(diag_at(small->diag, k)->text, words)) {
            return true;
        }
    }
    return false;
}

/* Two kilometres of trench for 430 kW: a network whose price is spread over the capacity of the round before shrinks and
   dies here, though it pays. Each width that is made, written down as the most that it carries, is a whole plan: none is
   cheaper, beyond what rounds gain at rest. */
static void a_network_that_pays_is_built(void **state) {
    (void)state;
    struct wish wish = {0.12, ", length_m: 2000", NULL};
    struct small chosen = solve(&wish);
    const struct case_plan *plan = together(&chosen);
    assert_true(plan->settled && plan->solved);
    assert_true(flow_of(&chosen, "heat_network")->capacity > 100.0);
    assert_true(is_told(&chosen, "with heat_network"));
    /* the bound is that of the programme which is kept, proven */
    assert_true(plan->choice_bound_money <= plan->objective_money + 1e-6);
    double least_money = fmin(plan->objective_money, simulated_money(&chosen));
    assert_true(plan->choice_bound_money >= least_money * (1.0 - 1e-6));
    assert_true(plan->width_held);
    const struct instance *trunk = &chosen.scenario->instances[chosen.scenario->network];
    double capacity_kw = 0.0;
    for (int k = 0; k < 7; k++) { /* none; 60 kW; and on to 700 kW */
        char network[100];
        (void)snprintf(network, sizeof network, ", length_m: 2000, capacity_kw: %.17g",
                       capacity_kw);
        struct small given = solve(&(struct wish){0.12, network, NULL});
        assert_true(simulated_money(&chosen) <= simulated_money(&given) * (1.0 + 1e-4));
        assert_true(isnan(together(&given)->choice_bound_money));
        small_free(&given);
        capacity_kw = trunk->kind->make_capacity(trunk->self, fmax(capacity_kw, 50.0), k > 0);
    }
    small_free(&chosen);
}

/* What does not pay is not there at all: exact zeros, and the cost of the plan without it. Up to 2,700 m this one pays. */
static void a_network_that_does_not_pay_is_not_built(void **state) {
    (void)state;
    struct small chosen = solve(&(struct wish){0.12, ", length_m: 3000", NULL});
    struct small none = solve(&(struct wish){0.12, ", length_m: 3000, capacity_kw: 0", NULL});
    const struct flow *network = flow_of(&chosen, "heat_network");
    assert_true(network->capacity == 0.0 && network->investment_money == 0.0);
    assert_true(network->capital_money == 0.0 && network->fixed_money == 0.0);
    assert_true(flow_of(&chosen, "heat_pump")->capacity == 0.0);
    for (int t = 0; t < chosen.plan->hours->count; t++) {
        assert_true(network->port_kw[0][t] == 0.0 && network->port_kw[1][t] == 0.0);
        assert_false(signbit(network->port_kw[1][t]));
    }
    assert_true(fabs(simulated_money(&chosen) - simulated_money(&none)) <=
                1e-6 * simulated_money(&none));
    assert_true(simulated_money(&chosen) <=
                chosen.plan->cases[CASE_APART].objective_money * (1.0 + 1e-6));
    small_free(&chosen);
    small_free(&none);
}

/* Without the network there is no plan that meets the requirement; with it there is. */
static void a_requirement_decides(void **state) {
    (void)state;
    struct wish wish = {0.12, ", length_m: 2600", "require: {heat_share_frac: 0.5}\n"};
    struct small chosen = solve(&wish);
    assert_true(flow_of(&chosen, "heat_network")->capacity > 100.0);
    assert_true(is_told(&chosen, "without heat_network there is no plan"));
    assert_int_equal(diag_errors(chosen.diag), 0);
    small_free(&chosen);
}

/* The price per metre that the scenario gives is money of the scenario, and paid once. */
static void a_trench_costs_what_the_scenario_says(void **state) {
    (void)state;
    struct small chosen = solve(&(struct wish){0.08, ", length_m: 200, capex_money_m: 1000", NULL});
    struct small given =
        solve(&(struct wish){0.08, ", length_m: 200, capex_money_m: 1000, capacity_kw: 300", NULL});
    const struct flow *network = flow_of(&chosen, "heat_network");
    assert_true(network->capacity > 100.0);
    assert_true(fabs(network->investment_money - 200e3) <= 1e-5 * 200e3);
    assert_true(fabs(flow_of(&given, "heat_network")->investment_money - 200e3) <= 1e-9 * 200e3);
    small_free(&chosen);
    small_free(&given);
}

/* Two networks: a short one that pays, and behind it a long one to few houses that does not. All,
   nothing, and the choice of the branch and bound, which is the short one alone. */
static void of_two_networks_one_is_built(void **state) {
    (void)state;
    static const char text[] =
        "hearth: 1\nname: two\nplace: {climate: seattle, ground_c: 11}\n"
        "horizon: {from: 2024-01-08, days: 2}\n"
        "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25}\n"
        "fuel: {gas_money_kwh: 0.12}\n" SMALL_POWER SMALL_HALL
        "town:\n  - {name: campus, building: office, floor_m2: 20000, emitter: low_temperature, "
        "hot_water: local_electric, heated_by: gas_boiler}\n"
        "  - {name: houses, building: dwelling, floor_m2: 3000, emitter: low_temperature, "
        "hot_water: local_electric, heated_by: gas_boiler}\n"
        "heat_network: {supply_c: {at -4: 55, at 15: 45}, return_c: 38, length_m: 200%s}\n"
        "plant:\n  heat_pump: {capacity_kw: choose, meter: campus}\n"
        "  second: {kind: heat_network, capacity_kw: %s, supply_c: {at -4: 55, at 15: 45}, "
        "return_c: 38, length_m: 4000, ports: {plant: network, town: houses}, meter: campus}\n";
    static const char *const first[] = {"", ", capacity_kw: 0"}, *const second[] = {"choose", "0"};
    char scenario[4000];
    (void)snprintf(scenario, sizeof scenario, text, first[0], second[0]);
    struct small chosen = small_solve(scenario);
    assert_true(flow_of(&chosen, "heat_network")->capacity > 100.0);
    assert_true(flow_of(&chosen, "second")->capacity == 0.0);
    assert_true(is_told(&chosen, "with heat_network, second"));
    assert_true(is_told(&chosen, "is kept, at "));
    assert_true(together(&chosen)->choice_bound_money <= simulated_money(&chosen) * (1.0 + 1e-3));
    for (int k = 1; k < 4; k++) {
        (void)snprintf(scenario, sizeof scenario, text, first[k & 1], second[k >> 1]);
        struct small other = small_solve(scenario);
        assert_true(simulated_money(&chosen) <= simulated_money(&other) * (1.0 + 1e-5));
        small_free(&other);
    }
    small_free(&chosen);
}

/* A day in which the least reuse of heat is required. What carries it costs power at %g a kWh: the dearer the power, the
   smaller the network and the larger what it loses of the little it carries. */
static const char required_day[] =
    "hearth: 1\nname: day\nplace: {climate: seattle, ground_c: 11}\n"
    "horizon: {from: 2024-01-08, days: 1}\n"
    "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25}\n"
    "fuel: {gas_money_kwh: 0.04}\n"
    "electricity:\n  data_centre: {energy_money_kwh: %g}\n  campus: {energy_money_kwh: 0.08}\n"
    "data_centre:\n  - {name: h, it_kw: 5000, cooling: {kind: chilled_water_economiser}, "
    "heat_recovery: {from: condenser_water, temperature_c: 20, max_kw: 4000}}\n"
    "town:\n  - {name: t, floor_m2: 90000, emitter: low_temperature, hot_water: local_electric, "
    "heated_by: gas_boiler}\n"
    "heat_network: {supply_c: {at -4: 56, at 15: 45}, return_c: 40, length_m: %d%s}\n"
    "plant: {heat_pump: {capacity_kw: {choose: {max: 3000}}, meter: campus}, "
    "tank: {capacity_kwh: choose}}\n"
    "require: {energy_reuse_factor: 0.01}\n";

/* What can be met at one price can be met at any: no round may freeze losses that leave nothing. */
static void feasibility_does_not_depend_on_a_price(void **state) {
    (void)state;
    static const double price_money_kwh[] = {0.07, 0.7, 7.0, 10.0};
    static const char *const networks[] = {"", ", capex_money_m: 0",
                                           ", capacity_kw: {choose: {min: 1}}"};
    for (int n = 0; n < COUNT(networks); n++) {
        for (int k = 0; k < COUNT(price_money_kwh); k++) {
            char text[4000];
            (void)snprintf(text, sizeof text, required_day, price_money_kwh[k], 400, networks[n]);
            struct small day = small_solve(text);
            double reused_frac = plan_requirement_value(day.scenario, day.plan->hours,
                                                        together(&day), "energy_reuse_factor");
            assert_true(together(&day)->solved && reused_frac >= 0.01 * (1.0 - 1e-6));
            assert_int_equal(diag_errors(day.diag), 0);
            small_free(&day);
        }
    }
}

/* A given network at its limit: the simulation loses a little more than the first round thought, so that by the losses of
   the second nothing meets what the first met. The plan of the first stands, and is told not to have come to rest. */
static void an_earlier_round_stands(void **state) {
    (void)state;
    char text[4000];
    static const char given[] = ", capacity_kw: 500";
    (void)snprintf(text, sizeof text, required_day, 7.0, 400, given);
    char *least = strstr(text, "0.01}");
    (void)memcpy(least, "0.90", 4);
    struct small most = small_read(text);
    assert_int_equal(plan_solve(most.scenario, NULL, most.arena, most.diag, &most.plan),
                     STATUS_INFEASIBLE);
    double most_frac = plan_requirement_value(most.scenario, most.plan->hours, together(&most),
                                              "energy_reuse_factor");
    small_free(&most);
    (void)snprintf(least, 40, "%.6f}\n", 0.9999 * most_frac);
    struct small near = small_solve(text);
    const struct case_plan *plan = together(&near);
    assert_true(plan->solved && !plan->settled && plan->rounds_count < ROUNDS_MAX);
    assert_true(is_told(&near, "did not come to rest in"));
    assert_int_equal(diag_errors(near.diag), 0);
    small_free(&near);
}

static bool stop_later(void *data, const char *words) {
    (void)words;
    return --*(int *)data < 0;
}

/* Whenever it is stopped, it says so. */
static void a_choice_can_be_cancelled(void **state) {
    (void)state;
    char text[4000];
    (void)snprintf(text, sizeof text, pattern, 0.08, ", length_m: 200", "");
    for (int calls = 0; calls < 40; calls += 3) {
        struct small small = small_read(text);
        int left = calls;
        struct plan_options options = {.progress = stop_later, .data = &left};
        enum status status =
            plan_solve(small.scenario, &options, small.arena, small.diag, &small.plan);
        assert_true(status == STATUS_OK || status == STATUS_CANCELLED || status == STATUS_STALLED);
        small_free(&small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_network_that_pays_is_built),
        cmocka_unit_test(a_network_that_does_not_pay_is_not_built),
        cmocka_unit_test(a_requirement_decides),
        cmocka_unit_test(a_trench_costs_what_the_scenario_says),
        cmocka_unit_test(of_two_networks_one_is_built),
        cmocka_unit_test(feasibility_does_not_depend_on_a_price),
        cmocka_unit_test(an_earlier_round_stands),
        cmocka_unit_test(a_choice_can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
