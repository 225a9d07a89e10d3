/* Cold made of recovered heat: how much, what it costs, who pays whom. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/inventory.h"
#include "accounts/made.h"

#define QUARTER                                                                                    \
    "hearth: 1\nname: cold\nplace: {climate: singapore, ground_c: 28}\nhorizon: {from: "           \
    "2024-01-22, days: 1}\nmoney: {currency: USD, year: 2024, life_year: 20}\nwater: "             \
    "{price_money_m3: 2}\nelectricity:\n  data_centre: {energy_money_kwh: 0.17}\n  cold_plant: "   \
    "{energy_money_kwh: 0.25, party: heat_utility}\ndata_centre:\n  - {name: hall, it_kw: 1000, "  \
    "load: flat, coolant_c: 60, meter: data_centre, cooling: immersion_one_phase,\n     "          \
    "heat_recovery: {from: coolant_return, max_kw: 1200}}\ntown:\n  - {name: clinic, building: "   \
    "hospital, floor_m2: 10000, hot_water: local_electric, heated_by: electric, cooling: "         \
    "network, meter: cold_plant}\nplant:\n  wet: {kind: adsorption_chiller, capacity_kw: choose, " \
    "owner: heat_utility, meter: cold_plant, ports: {heat_in: hall.recovery}}\n"

static double kwh_year(const struct made *made, const char *instance, const char *port) {
    return small_sum(&made->small, small_port(&made->small, CASE_TOGETHER, instance, port)) *
           made->small.plan->hours->step_h / made->small.scenario->year_frac;
}

static double paid(const struct made *made, const char *kind) {
    const struct ledger *ledger = &made->accounts->ledger[CASE_TOGETHER];
    double total = 0.0;
    for (int k = 0; k < ledger->transfers_count; k++) {
        const struct transfer *t = &ledger->transfers[k];
        double sign = t->payer == PARTY_HEAT_CUSTOMERS ? 1.0 : -1.0;
        total += strcmp(t->kind, kind) == 0 ? sign * t->money_year : 0.0;
    }
    return total;
}

static void heat_that_becomes_cold_is_counted_and_shared(void **state) {
    (void)state;
    struct made made = make(QUARTER "heat_contract: {model: shared_savings, share_frac: 0.5}\n");
    const struct accounts *a = made.accounts;
    const struct metrics *m = &a->metrics[CASE_TOGETHER], *apart = &a->metrics[CASE_APART];
    double cold_kwh = kwh_year(&made, "wet", "cold_out"),
           need_kwh = kwh_year(&made, "clinic", "cold_in");
    assert_true(cold_kwh > 0.1 * need_kwh);
    assert_near(m->cold_recovered_kwh_year, cold_kwh, 1e-9);
    assert_near(m->cold_demand_kwh_year, need_kwh, 1e-9);
    assert_near(m->cold_share_frac, cold_kwh / need_kwh, 1e-9);
    assert_near(m->reused_kwh_year, kwh_year(&made, "hall_recovery", "heat_out"), 1e-9);
    assert_true(apart->cold_recovered_kwh_year == 0.0 && m->heat_delivered_kwh_year == 0.0);
    assert_true(m->recovered_cold_cost_money_kwh < apart->cold_cost_money_kwh);
    /* the tower's water, by the law at the chiller's own heat */
    double water_m3 = kwh_year(&made, "wet", "water_in"),
           heat_kwh = cold_kwh + kwh_year(&made, "wet", "heat_in");
    assert_true(water_m3 > 1.6e-3 * heat_kwh && water_m3 < 2.2e-3 * heat_kwh);
    /* the three of them share what they save together as the contract says */
    const double *net = a->change.net_money_year;
    double all_money = net[PARTY_HEAT_CUSTOMERS] + net[PARTY_HEAT_UTILITY] + net[PARTY_OPERATOR];
    assert_true(all_money > 0.0);
    assert_near(net[PARTY_HEAT_CUSTOMERS], 0.5 * all_money, 1e-6);
    assert_near(net[PARTY_HEAT_UTILITY], 0.25 * all_money, 1e-6);
    assert_near(net[PARTY_OPERATOR], 0.25 * all_money, 1e-6);
    assert_near(a->sold_kwh_year, cold_kwh, 1e-9);
    assert_near(paid(&made, "cold_sold"), a->heat_price_money_kwh * cold_kwh, 1e-9);
    assert_true(paid(&made, "heat_sold") == 0.0);
    assert_true(a->band.low_money_kwh < a->heat_price_money_kwh &&
                a->heat_price_money_kwh < a->band.high_money_kwh);
    assert_non_null(strstr(a->finding.headline, "cool"));
    assert_near(a->inventory->avoided_average_kg, 0.0, 1e-9);
    small_free(&made.small);
}

/* A tariff of heat says nothing of cold: that is paid by what it saves apart, step by step. */
static void under_a_tariff_of_heat_cold_costs_what_it_saves(void **state) {
    (void)state;
    struct made made = make(QUARTER "heat_contract: {model: by_temperature, cold_money_kwh: 0.2, "
                                    "warm_money_kwh: 0.1}\n");
    const struct case_plan *apart = &made.small.plan->cases[CASE_APART];
    const double *cold_kw = small_port(&made.small, CASE_TOGETHER, "wet", "cold_out");
    double money = 0.0;
    for (int b = 0; b < made.small.scenario->buses_count; b++) {
        bool cold = made.small.scenario->buses[b].carrier == CARRIER_COLD;
        for (int t = 0; cold && t < made.small.plan->hours->horizon_count; t++) {
            money += cold_kw[t] * apart->price_money_kwh[b][t] * made.small.plan->hours->step_h;
        }
    }
    assert_true(money > 0.0);
    assert_near(paid(&made, "cold_sold"), money / made.small.scenario->year_frac, 1e-9);
    small_free(&made.small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heat_that_becomes_cold_is_counted_and_shared),
        cmocka_unit_test(under_a_tariff_of_heat_cold_costs_what_it_saves)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
