/* Warmer heat and a longer way: the heat pump goes where the heat is warm enough and stays where it never is, the pipe
   goes where the way is too long; and the report says why. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "accounts/accounts.h"
#include "plan/break_even.h"
#include "plan/small.h"

/* The heat's temperature and that of the hall's coolant, the network's supply, return and length. */
static struct small made_with(int source_c, int supply_c, int return_c, int length_m,
                              const char *preheat) {
    char text[3000];
    (void)snprintf(
        text, sizeof text,
        "hearth: 1\nname: warm\nplace: {climate: copenhagen, ground_c: 9}\nhorizon: {from: "
        "2024-01-15, days: 2}\nmoney: {currency: EUR, year: 2024}\nfuel: {gas_money_kwh: "
        "0.12}\nelectricity:\n  data_centre: {energy_money_kwh: 0.09}\n  town: "
        "{energy_money_kwh: 0.10}\ndata_centre:\n  - {name: hall, it_kw: 3000, load: flat, "
        "rack_kw: 60, coolant_c: %d, meter: data_centre,\n     cooling: {kind: declared_cooling, "
        "cooling_overhead_kw_kw: 0.07, water_m3_kwh: 0.0002},\n     heat_recovery: {from: "
        "coolant_return, temperature_c: %d, max_kw: 2500}}\ntown:\n  - {name: quarter, building: "
        "dwelling, age: new, floor_m2: 40000, emitter: floor, hot_water: local_electric,\n     "
        "heated_by: gas_boiler, meter: town}\nheat_network: {supply_c: %d, return_c: %d, "
        "length_m: %d}\nplant:\n  heat_pump: {capacity_kw: choose, meter: town}\n  direct: {kind: "
        "heat_exchanger, capacity_kw: choose, preheat: %s, ports: {heat_in: hall.recovery, "
        "heat_out: "
        "network}}\n",
        source_c + 3, source_c, supply_c, return_c, length_m, preheat);
    return small_solve(text);
}

static struct small made(int source_c, int supply_c, int return_c, int length_m) {
    return made_with(source_c, supply_c, return_c, length_m, "true");
}

static bool says(struct small *small, const char *words) {
    struct accounts *accounts = NULL;
    assert_int_equal(accounts_make(small->plan, small->arena, &accounts), STATUS_OK);
    for (int k = 0; k < accounts->reasons_count; k++) {
        if (strstr(accounts->reasons[k].claim, words)) {
            return true;
        }
    }
    return false;
}

static double built_kw(const struct small *small, const char *name) {
    return small_flow(small, CASE_TOGETHER, name)->capacity;
}

/* Does the exchanger pass heat on all of the way? */
static bool passes(const struct small *small) {
    const struct flow *direct = small_flow(small, CASE_TOGETHER, "direct");
    return direct->coefficients->mode[0].lifts_kw_kw[0] > 0.0;
}

static void a_heat_pump_goes_where_heat_is_warm(void **state) {
    static const int source_c[] = {30, 53, 60};
    (void)state;
    for (int k = 0; k < COUNT(source_c); k++) {
        bool warm = source_c[k] >= 53; /* 50 degC and an exchanger's 3 K */
        struct small low = made(source_c[k], 50, 25, 300), high = made(source_c[k], 75, 60, 300);
        assert_true((built_kw(&low, "heat_pump") > 100.0) == !warm);
        assert_true(built_kw(&low, "direct") > 10.0);
        assert_true(passes(&low) == warm); /* else it preheats, to 27 degC */
        assert_true(says(&low, "No heat pump is needed") == warm);
        assert_true(says(&low, "no way without a heat pump") == !warm);
        assert_true(built_kw(&high, "heat_pump") > 100.0);
        assert_true(built_kw(&high, "direct") < 1e-6);
        assert_true(says(&high, "no way without a heat pump"));
        assert_false(says(&high, "No heat pump is needed"));
        small_free(&low);
        small_free(&high);
    }
}

/* Racks of 60 degC under a network of 75/40: the exchanger brings 17 of 35 K, the heat pump lifts the rest, the audit
   holds, and the plan is cheaper than one whose heat pump does it all. */
static void an_exchanger_preheats(void **state) {
    (void)state;
    struct small both = made(60, 75, 40, 300);
    const struct case_plan *plan = &both.plan->cases[CASE_TOGETHER];
    const struct flow *direct = small_flow(&both, CASE_TOGETHER, "direct");
    const struct flow *pump = small_flow(&both, CASE_TOGETHER, "heat_pump");
    double warmed_kwh = small_sum(&both, direct->rate_kw[0]);
    double lifted_kwh = small_sum(&both, pump->rate_kw[1]), asked_kwh = 18.0 / 17.0 * warmed_kwh;
    assert_int_equal(pump->modes, 2);
    assert_true(warmed_kwh > 1000.0 && lifted_kwh >= asked_kwh * (1.0 - 1e-6));
    assert_true(plan->audit.passed && plan->audit.prices_hold);
    assert_true(says(&both, "only the rest of the way is lifted"));
    double both_money = plan->objective_money;
    small_free(&both);
    struct small alone = made_with(60, 75, 40, 300, "false");
    assert_true(built_kw(&alone, "direct") < 1e-6);
    assert_true(alone.plan->cases[CASE_TOGETHER].objective_money > both_money + 1.0);
    small_free(&alone);
}

/* From 0.2 to 20 km: built up to the break-even and never beyond; beyond it the report says that the pipe costs too
   much. */
static void a_pipe_goes_where_the_way_is_long(void **state) {
    static const int length_m[] = {200, 2000, 5000, 20000};
    (void)state;
    struct small near = made(30, 50, 25, 200);
    struct break_even found;
    assert_true(built_kw(&near, "heat_network") > 100.0);
    assert_int_equal(plan_break_even(near.plan, LEVER_DISTANCE, -1, NULL, &found), STATUS_OK);
    assert_true(found.pays_now && found.found);
    assert_true(found.at_value > 200.0 && found.beyond_value < 20000.0);
    assert_true(found.beyond_value - found.at_value <= 2e-3 * found.beyond_value);
    for (int k = 0; k < COUNT(length_m); k++) {
        struct small there = made(30, 50, 25, length_m[k]);
        bool pays = length_m[k] < found.at_value;
        assert_true((built_kw(&there, "heat_network") > 1.0) == pays);
        assert_true(says(&there, "the pipe costs more than it saves") == !pays);
        small_free(&there);
    }
    small_free(&near);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_heat_pump_goes_where_heat_is_warm),
                                       cmocka_unit_test(an_exchanger_preheats),
                                       cmocka_unit_test(a_pipe_goes_where_the_way_is_long)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
