/* Renovating as a choice: all, none or a share, by what it costs; the supply falls with the last square metre. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/small.h"

#include <string.h>

enum { DAYS_H = 48 };

static struct small renovated(const char *retrofit) {
    char text[2000];
    (void)snprintf(
        text, sizeof text,
        "hearth: 1\nplace: {climate: chicago, ground_c: 11}\nhorizon: {from: 2024-01-15, days: 2}\n"
        "money: {currency: USD, year: 2024, discount_frac: 0.03, life_year: 40}\n"
        "fuel: {gas_money_kwh: 0.12}\n"
        "electricity: {town: {energy_money_kwh: 0.12, party: heat_customers}, data_centre: "
        "{energy_money_kwh: 0.08}}\n"
        "data_centre:\n  - {name: hall, it_kw: 500, load: flat, coolant_c: 45, meter: "
        "data_centre,\n"
        "     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.07},\n"
        "     heat_recovery: {from: coolant_return, temperature_c: 30, max_kw: 450}}\n"
        "town:\n  - {name: flats, building: dwelling, age: old, floor_m2: 10000, hot_water: "
        "local_electric, heated_by: gas_boiler,\n     meter: town, retrofit: {saved_frac: 0.4, "
        "%s}}\n"
        "plant:\n  heat_pump: {capacity_kw: choose, meter: town}\n",
        retrofit);
    struct small small = small_solve(text);
    assert_true(small.plan->cases[CASE_TOGETHER].audit.passed);
    return small;
}

/* Supply of the flats' circuit at noon in a case. */
static double supply_c(const struct small *small, enum plan_case kind) {
    int bus = scenario_bus(small->scenario, "flats");
    size_t count = (size_t)small->plan->hours->count;
    return small->plan->cases[kind].temperature_c[0][(size_t)bus * count + 12];
}

static void cheap_walls_are_all_renovated_and_dear_ones_none(void **state) {
    static const char *const prices[] = {"capex_money_m2: 20", "capex_money_m2: 600"};
    static const double floor_m2[] = {10000.0, 0.0};
    (void)state;
    for (int k = 0; k < COUNT(prices); k++) {
        struct small small = renovated(prices[k]);
        const struct flow *retrofit = small_flow(&small, CASE_TOGETHER, "flats_retrofit");
        assert_near(retrofit->included ? retrofit->capacity : 0.0, floor_m2[k], 1e-3);
        assert_false(small_flow(&small, CASE_TODAY, "flats_retrofit")->included);
        assert_false(small_flow(&small, CASE_APART, "flats_retrofit")->included);
        double fallen_dk = supply_c(&small, CASE_APART) - supply_c(&small, CASE_TOGETHER);
        assert_true(k == 0 ? fallen_dk > 8.0 : fabs(fallen_dk) < 1e-9);
        arena_free(small.arena);
    }
}

/* Half of the floor saves half of .4 of the need in every hour, and no kelvin. */
static void a_share_saves_its_share_in_every_hour(void **state) {
    struct small small = renovated("renovated_m2: 5000");
    const double *saved_kw = small_port(&small, CASE_TOGETHER, "flats_retrofit", "heat_out");
    const double *need_kw = small_port(&small, CASE_TOGETHER, "flats", "heat_in");
    (void)state;
    for (int t = 0; t < DAYS_H; t++) {
        assert_near(saved_kw[t], 0.2 * need_kw[t], 1e-9);
    }
    assert_near(supply_c(&small, CASE_APART), supply_c(&small, CASE_TOGETHER), 1e-9);
    arena_free(small.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cheap_walls_are_all_renovated_and_dear_ones_none),
        cmocka_unit_test(a_share_saves_its_share_in_every_hour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
