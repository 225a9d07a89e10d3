/* What a plan does when its prices, its size or the order of its file change. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/small.h"

#define LAW_HEAD                                                                                   \
    "hearth: 1\nname: laws\nplace: {climate: seattle, ground_c: 11}\n"                             \
    "horizon: {from: 2024-01-08, days: 3}\n"                                                       \
    "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25, carbon_price: "        \
    "{paid_money_kg: 0.03, shadow_money_kg: 0.05}}\nfuel: {gas_money_kwh: 0.04}\n"
#define LAW_POWER                                                                                  \
    "electricity:\n  data_centre: {energy_money_kwh: 0.08, demand_money_kw_month: 9}\n"            \
    "  campus: {energy_money_kwh: 0.10, demand_money_kw_month: 9, export_money_kwh: 0.02, "        \
    "fixed_money_month: 100}\n"
#define LAW_PLANT                                                                                  \
    "plant:\n  heat_pump: {capacity_kw: choose, meter: campus, model: quality}\n"                  \
    "  tank: {capacity_kwh: {choose: {max: 5000}}}\n"                                              \
    "  pv: {capacity_kw: {choose: {max: 500}}, meter: campus}\n"                                   \
    "  gas_boiler: {capacity_kw: choose}\n"
#define LAWS LAW_HEAD LAW_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK LAW_PLANT

static double *number_of(const struct instance *instance, const struct param *param) {
    return (double *)(void *)((char *)instance->self + param->offset);
}

/* Every price of the scenario times a factor; catalogue investments become one constant per unit. */
static void set_prices(struct scenario *s, double factor) {
    for (int i = 0; i < s->instances_count; i++) {
        const struct instance *instance = &s->instances[i];
        for (int k = 0; k < instance->kind->params_count; k++) {
            const struct param *param = &instance->kind->params[k];
            if (!strstr(param->key, "_money")) {
                continue;
            }
            double *value = param->kind == PARAM_INPUT
                                ? &((struct input *)(void *)number_of(instance, param))->value
                                : number_of(instance, param);
            bool capex = strncmp(param->key, "capex_money_", 12) == 0;
            *value = (capex && isnan(*value) ? 150.0 : *value) * factor;
        }
    }
    s->carbon_paid_money_kg *= factor;
    s->carbon_shadow_money_kg *= factor;
}

static void same_design(const struct small *one, const struct small *two, double factor) {
    for (int k = 0; k < CASES; k++) {
        for (int i = 0; i < one->scenario->instances_count; i++) {
            int j = small_instance(two, one->scenario->instances[i].name);
            const struct flow *a = &one->plan->cases[k].flow[i], *b = &two->plan->cases[k].flow[j];
            assert_true(a->included == b->included);
            if (a->included && isfinite(a->capacity)) {
                double scale = fmax(1.0, fabs(a->capacity));
                if (!(fabs(b->capacity - factor * a->capacity) <= 1e-4 * factor * scale)) {
                    fail_msg("%s: %.9g and %.9g", one->scenario->instances[i].name, a->capacity,
                             b->capacity);
                }
            }
        }
    }
}

static void twice_all_prices_is_twice_the_cost(void **state) {
    (void)state;
    struct small one = small_read(LAWS), two = small_read(LAWS);
    set_prices(one.scenario, 1.0);
    set_prices(two.scenario, 2.0);
    small_plan(&one);
    small_plan(&two);
    for (int k = 0; k < CASES; k++) {
        assert_near(two.plan->cases[k].objective_money, 2.0 * one.plan->cases[k].objective_money,
                    1e-8);
    }
    assert_true(small_flow(&one, CASE_TOGETHER, "heat_pump")->capacity > 1.0);
    same_design(&one, &two, 1.0);
    small_free(&one);
    small_free(&two);
}

/* Floor area, IT and every given capacity three times: three times the cost and the plant, where every law is linear
   (a pipe's and a tank's loss are not: neither stands here, and the COP does not read the size). */
#define LINEAR                                                                                     \
    LAW_HEAD LAW_POWER                                                                             \
        "data_centre:\n  - {name: hall, it_kw: 1000, load: cloud, coolant_c: 60, cooling: "        \
        "{kind: declared_cooling, cooling_overhead_kw_kw: 0.1, water_m3_kwh: 0.001},\n"            \
        "     heat_recovery: {from: coolant_return, temperature_c: 20, max_kw: 900}}\n" SMALL_TOWN \
        "plant:\n  heat_pump: {capacity_kw: choose, meter: campus, model: quality}\n"              \
        "  pv: {capacity_kw: 300, meter: campus}\n"                                                \
        "  battery: {capacity_kwh: 400, power_kw: 100, meter: campus}\n"

static void three_times_the_size_is_three_times_the_cost(void **state) {
    (void)state;
    struct small one = small_read(LINEAR), three = small_read(LINEAR);
    set_prices(one.scenario, 1.0);
    set_prices(three.scenario, 1.0);
    for (int i = 0; i < three.scenario->instances_count; i++) {
        three.scenario->instances[i].capacity.fixed *= 3.0;
        three.scenario->instances[i].capacity.max *= 3.0;
        three.scenario->instances[i].capacity2.fixed *= 3.0;
    }
    small_set(&three, "grid_campus", "fixed_money_month", 300.0);
    small_plan(&one);
    small_plan(&three);
    for (int k = 0; k < CASES; k++) {
        assert_near(three.plan->cases[k].objective_money, 3.0 * one.plan->cases[k].objective_money,
                    1e-8);
    }
    assert_true(small_flow(&one, CASE_TOGETHER, "heat_pump")->capacity > 1.0);
    same_design(&one, &three, 3.0);
    small_free(&one);
    small_free(&three);
}

static void another_order_of_the_file_is_the_same_plan(void **state) {
    (void)state;
    struct small one = small_solve(LAWS);
    struct small two = small_solve(
        LAW_HEAD "plant:\n  gas_boiler: {capacity_kw: choose}\n"
                 "  pv: {meter: campus, capacity_kw: {choose: {max: 500}}}\n"
                 "  tank: {capacity_kwh: {choose: {max: 5000}}}\n"
                 "  heat_pump: {model: quality, meter: campus, capacity_kw: choose}\n" SMALL_NETWORK
                     SMALL_TOWN SMALL_HALL
                 "electricity:\n  campus: {fixed_money_month: 100, export_money_kwh: 0.02, "
                 "demand_money_kw_month: 9, energy_money_kwh: 0.10}\n"
                 "  data_centre: {demand_money_kw_month: 9, energy_money_kwh: 0.08}\n");
    for (int k = 0; k < CASES; k++) {
        assert_near(two.plan->cases[k].objective_money, one.plan->cases[k].objective_money, 1e-8);
    }
    same_design(&one, &two, 1.0);
    small_free(&one);
    small_free(&two);
}

/* Dearer gas is never burnt more; the cost rises by no more than the price times what was burnt. */
static void prices_move_quantities_the_right_way(void **state) {
    (void)state;
    double money_before = 0.0, gas_before_kwh = 0.0;
    for (int k = 0; k < 5; k++) {
        struct small small = small_read(LINEAR);
        set_prices(small.scenario, 1.0);
        small_set(&small, "supply_gas", "price_money_kwh", 0.02 + 0.02 * k);
        small_plan(&small);
        double gas_kwh =
            small_sum(&small, small_flow(&small, CASE_TOGETHER, "supply_gas")->rate_kw[0]);
        double money = small.plan->cases[CASE_TOGETHER].objective_money;
        if (k > 0) {
            assert_true(gas_kwh <= gas_before_kwh * (1.0 + 1e-6) + 1e-3);
            assert_true(money >= money_before * (1.0 - 1e-9));
            assert_true(money <= (money_before + 0.02 * gas_before_kwh) * (1.0 + 1e-9));
        }
        money_before = money;
        gas_before_kwh = gas_kwh;
        small_free(&small);
    }
}

/* reference: best_alone may use heat pumps of the houses; together may too, so it stays no worse. */
static void the_best_alone_is_no_worse_than_as_today(void **state) {
    (void)state;
    const char *text = LAW_HEAD
        "electricity: {data_centre: {energy_money_kwh: 0.05}}\n" SMALL_HALL SMALL_TOWN SMALL_NETWORK
        "plant: {heat_pump: {capacity_kw: choose}}\n";
    char best[4000];
    (void)snprintf(best, sizeof best, "%sreference: best_alone\n", text);
    struct small today = small_read(text), alone = small_read(best);
    small_set(&today, "supply_gas", "price_money_kwh", 0.15);
    small_set(&alone, "supply_gas", "price_money_kwh", 0.15);
    small_plan(&today);
    small_plan(&alone);
    assert_true(alone.plan->cases[CASE_APART].objective_money <
                today.plan->cases[CASE_APART].objective_money);
    assert_true(small_flow(&alone, CASE_APART, "campus_air_heat_pump")->capacity > 1.0);
    assert_false(small_flow(&alone, CASE_TODAY, "campus_air_heat_pump")->included);
    assert_true(alone.plan->cases[CASE_TOGETHER].objective_money <=
                alone.plan->cases[CASE_APART].objective_money * (1.0 + 1e-4));
    small_free(&today);
    small_free(&alone);
}

/* Apart has the same loads, tariffs and cooling, and nothing that joins the two. */
static void apart_is_the_same_without_integration(void **state) {
    (void)state;
    struct small small = small_solve(LAWS);
    const struct scenario *s = small.scenario;
    for (int i = 0; i < s->instances_count; i++) {
        const struct flow *apart = &small.plan->cases[CASE_APART].flow[i],
                          *together = &small.plan->cases[CASE_TOGETHER].flow[i];
        const struct component *kind = s->instances[i].kind;
        bool joins = kind->integration || plan_uses_recovery(s, i) || s->network == i;
        assert_false(joins && apart->included);
        if (kind->shape == SHAPE_LOAD) {
            assert_true(apart->included && together->included);
            for (int p = 0; p < kind->ports_count; p++) {
                for (int t = 0; apart->port_kw[p] && t < small.plan->hours->count; t++) {
                    assert_true(apart->port_kw[p][t] == together->port_kw[p][t]);
                }
            }
        }
        if (plan_is_grid(kind)) {
            assert_true(apart->included);
            for (int t = 0; t < small.plan->hours->horizon_count; t++) {
                assert_true(apart->coefficients->mode[0].cost_money_kwh[t] ==
                            together->coefficients->mode[0].cost_money_kwh[t]);
            }
        }
    }
    assert_true(small_flow(&small, CASE_APART, "pv")->included);
    assert_false(small_flow(&small, CASE_TODAY, "hall")->included);
    assert_false(small_flow(&small, CASE_TODAY, "pv")->included);
    /* capacities are the optimum's own in each case */
    assert_true(small_flow(&small, CASE_APART, "hall_cooling")->capacity > 1.0);
    small_free(&small);
}

/* firm: waived lets the town rely on the data centre, but heat rejection still stands for all of the IT. */
static void a_waiver_spares_the_boiler_not_the_chiller(void **state) {
    (void)state;
    struct small firm =
        small_solve(SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
                    "require: {heat_share_frac: 0.95}\n");
    struct small waived =
        small_solve(SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
                    "require: {heat_share_frac: 0.95}\nfirm: waived\n");
    assert_true(small_flow(&waived, CASE_TOGETHER, "campus_heater")->capacity <
                small_flow(&firm, CASE_TOGETHER, "campus_heater")->capacity - 10.0);
    assert_true(small_flow(&waived, CASE_TOGETHER, "hall_cooling")->capacity >=
                small_flow(&firm, CASE_TOGETHER, "hall_cooling")->capacity * (1.0 - 1e-9));
    assert_true(waived.plan->cases[CASE_TOGETHER].objective_money <=
                firm.plan->cases[CASE_TOGETHER].objective_money * (1.0 + 1e-6));
    small_free(&firm);
    small_free(&waived);
}

/* One more unit of what is built is worth what it costs: a heat pump a little smaller or larger, fixed at that size,
   makes the plan no cheaper (but for the jumps of a pipe's cost). */
static void sizes_are_the_best_of_their_neighbours(void **state) {
    (void)state;
    static const double factor[] = {0.7, 0.85, 1.15, 1.3};
    struct small small = small_solve(LAWS);
    const struct case_plan *c = &small.plan->cases[CASE_TOGETHER];
    double best = c->objective_money + c->gap_money;
    double capacity = small_flow(&small, CASE_TOGETHER, "heat_pump")->capacity;
    double gain = small.plan->cases[CASE_APART].objective_money - best;
    assert_true(capacity > 1.0 && gain > 0.0);
    for (int k = 0; k < COUNT(factor); k++) {
        struct small other = small_read(LAWS);
        struct capacity fixed = {false, factor[k] * capacity, 0.0, HUGE_VAL};
        other.scenario->instances[small_instance(&other, "heat_pump")].capacity = fixed;
        small_plan(&other);
        const struct case_plan *d = &other.plan->cases[CASE_TOGETHER];
        assert_true(d->objective_money + d->gap_money >= best - 0.05 * gain);
        small_free(&other);
    }
    small_free(&small);
}

/* The step in a tank's price weighs here. With the tank to choose, a plan is never dearer than without one. */
static void what_does_not_pay_as_a_whole_goes(void **state) {
    (void)state;
    static const char text[] = LAW_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK LAW_PLANT;
    for (int k = 0; k < 3; k++) {
        double cost_money[2] = {0.0, 0.0};
        for (int without = 0; without < 2; without++) {
            struct small small = small_read(text);
            struct capacity none = {false, 0.0, 0.0, HUGE_VAL};
            int tank = small_instance(&small, "tank");
            small_set(&small, "supply_gas", "price_money_kwh", 0.03 + 0.02 * k);
            if (without) {
                small.scenario->instances[tank].capacity = none;
            }
            small_plan(&small);
            const struct case_plan *c = &small.plan->cases[CASE_TOGETHER];
            cost_money[without] = c->objective_money + c->gap_money;
            small_free(&small);
        }
        assert_true(cost_money[0] <= cost_money[1] * (1.0 + 1e-4));
    }
}

/* Cheap gas, little to gain: the rounds alone would stop at nothing, the second look finds what gains. */
static void the_second_look_finds_a_gain(void **state) {
    (void)state;
    double before_money = 0.0;
    for (int k = 0; k < 4; k++) {
        struct small small = small_read(LAWS);
        small_set(&small, "supply_gas", "price_money_kwh", 0.03 + 0.005 * k);
        small_plan(&small);
        const struct case_plan *apart = &small.plan->cases[CASE_APART],
                               *together = &small.plan->cases[CASE_TOGETHER];
        double gain = apart->objective_money - together->objective_money - together->gap_money;
        assert_true(gain >= -1e-6 * apart->objective_money);
        assert_true(gain >= before_money - 1e-3 * apart->objective_money);
        before_money = gain;
        small_free(&small);
    }
    assert_true(before_money > 100.0);
}

/* At rest the coefficients are those of the capacities chosen, and the simulation says the same. */
static void the_loop_comes_to_rest(void **state) {
    (void)state;
    struct small small =
        small_solve(SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
                    "require: {heat_share_frac: 0.6}\n");
    const struct case_plan *c = &small.plan->cases[CASE_TOGETHER];
    const struct flow *pump = small_flow(&small, CASE_TOGETHER, "heat_pump"),
                      *network = small_flow(&small, CASE_TOGETHER, "heat_network");
    assert_true(c->settled && c->rounds_count > 1 && c->rounds_count <= ROUNDS_MAX);
    assert_true(pump->capacity > 1.0);
    assert_true(fabs(pump->size / pump->capacity - 1.0) < 0.05);
    assert_true(fabs(c->gap_money) <= 1e-3 * c->objective_money);
    double planned_kwh = 0.0, simulated_kwh = 0.0;
    for (int t = 0; t < small.plan->hours->horizon_count; t++) {
        planned_kwh += network->port_kw[0][t] - network->port_kw[1][t];
        simulated_kwh += network->simulated_kw[0][t] - network->simulated_kw[1][t];
    }
    assert_true(planned_kwh > 0.0);
    assert_near(simulated_kwh, planned_kwh, 1e-2);
    small_free(&small);
}

/* A machine that switches on and off (Cc 0.8): its simulated power is that of each hour's load, and the next programme has
   the year's share of it. */
static void part_load_costs_power(void **state) {
    (void)state;
    struct small small = small_read(
        "hearth: 1\nname: small\nplace: {climate: seattle, ground_c: 11}\nhorizon: {from: "
        "2024-01-22, days: 2}\nmoney: {currency: USD, year: 2024}\nfuel: {gas_money_kwh: "
        "0.2}\n" SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK
        "plant:\n  heat_pump: {capacity_kw: 900, meter: campus, cycling_ratio: 0.8}\n");
    small_plan(&small);
    const struct case_plan *c = &small.plan->cases[CASE_TOGETHER];
    const struct flow *pump = small_flow(&small, CASE_TOGETHER, "heat_pump");
    double planned_kwh = 0.0, simulated_kwh = 0.0, cap = pump->capacity;
    assert_true(c->settled && c->audit.passed);
    assert_true(pump->power_ratio > 1.01);
    assert_true(fabs(c->gap_money) < 0.005 * fabs(c->objective_money));
    assert_non_null(pump->simulated_kw[1]);
    for (int t = 0; t < small.plan->hours->horizon_count; t++) {
        double heat_kw = pump->port_kw[2][t], load = heat_kw / cap;
        double full_kw = heat_kw * pump->coefficients->mode[0].port[1][t] / pump->power_ratio;
        double wanted_kw = heat_kw > 0.0 ? full_kw * (0.8 * load + 0.2) / load : 0.0;
        assert_true(fabs(pump->simulated_kw[1][t] - wanted_kw) <= 1e-3 * fmax(1.0, wanted_kw));
        assert_true(fabs(pump->simulated_kw[0][t] + pump->simulated_kw[1][t] - heat_kw) <
                    1e-9 * cap);
        assert_true(fabs(pump->port_kw[0][t] + pump->port_kw[1][t] - heat_kw) < 1e-9 * cap);
        planned_kwh += pump->port_kw[1][t];
        simulated_kwh += pump->simulated_kw[1][t];
    }
    assert_true(fabs(simulated_kwh - planned_kwh) < 0.01 * planned_kwh);
    small_free(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twice_all_prices_is_twice_the_cost),
        cmocka_unit_test(three_times_the_size_is_three_times_the_cost),
        cmocka_unit_test(another_order_of_the_file_is_the_same_plan),
        cmocka_unit_test(prices_move_quantities_the_right_way),
        cmocka_unit_test(the_best_alone_is_no_worse_than_as_today),
        cmocka_unit_test(apart_is_the_same_without_integration),
        cmocka_unit_test(a_waiver_spares_the_boiler_not_the_chiller),
        cmocka_unit_test(sizes_are_the_best_of_their_neighbours),
        cmocka_unit_test(what_does_not_pay_as_a_whole_goes),
        cmocka_unit_test(the_second_look_finds_a_gain),
        cmocka_unit_test(part_load_costs_power),
        cmocka_unit_test(the_loop_comes_to_rest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
