/* The registry's helpers: curves, defaults, costs over size, neutral coefficients. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "components/component.h"
#include "components/plant.h"
#include "kinds.h"

static void a_curve_is_linear_between_and_flat_outside(void **state) {
    const struct curve curve = {3, {-10.0, 0.0, 10.0}, {75.0, 65.0, 60.0}};
    (void)state;
    assert_close(curve_at(&curve, -30.0), 75.0, 0.0);
    assert_close(curve_at(&curve, -10.0), 75.0, 0.0);
    assert_close(curve_at(&curve, -5.0), 70.0, 1e-12);
    assert_close(curve_at(&curve, 0.0), 65.0, 1e-12);
    assert_close(curve_at(&curve, 6.0), 62.0, 1e-12);
    assert_close(curve_at(&curve, 40.0), 60.0, 0.0);
    const struct curve one = {1, {0.0}, {42.0}}, none = {0, {0.0}, {0.0}};
    assert_close(curve_at(&one, -20.0), 42.0, 0.0);
    assert_close(curve_at(&one, 20.0), 42.0, 0.0);
    assert_true(isnan(curve_at(&none, 0.0)));
}

static void costs_are_log_log_between_and_flat_outside(void **state) {
    const struct cost_curve curve = {"EUR", 2020, {{1000.0, 1300.0}, {10000.0, 700.0}}, 2, "test"};
    const struct cost_curve none = {0};
    (void)state;
    assert_close(cost_curve_at(&curve, 1.0), 1300.0, 0.0);
    assert_close(cost_curve_at(&curve, 1000.0), 1300.0, 1e-9);
    assert_close(cost_curve_at(&curve, sqrt(1000.0 * 10000.0)), sqrt(1300.0 * 700.0), 1e-9);
    assert_close(cost_curve_at(&curve, 1e6), 700.0, 0.0);
    assert_close(cost_curve_at(&none, 10.0), 0.0, 0.0);
}

/* NREL ATB 2024 in 2025 and 2030, straight between, flat outside; a battery's power has its own fall. */
static void costs_of_the_plans_year(void **state) {
    (void)state;
    const struct component *pv = component_find("pv"), *battery = component_find("battery");
    assert_close(component_unit_capex_money(pv, 50.0, 2024), 1877.0, 0.0);
    assert_close(component_unit_capex_money(pv, 50.0, 2025), 1877.0, 0.0);
    assert_close(component_unit_capex_money(pv, 1e6, 2028), 1606.0 - 0.6 * (1606.0 - 1285.0), 1e-9);
    assert_close(component_unit_capex_money(pv, 1e6, 2040), 1285.0, 1e-9);
    assert_close(component_unit_capex_money(component_find("wind"), 1e5, 2030), 1515.0, 1e-9);
    assert_close(component_unit_capex_money(component_find("gas_boiler"), 5000.0, 2035), 60.0,
                 1e-9);
    struct arena *arena = arena_new(0);
    void *self = arena_take(arena, 1, battery->size);
    component_defaults(battery, self);
    assert_close(component_capex_money(battery, self, 1e3, 0), 376e3 + 498.0 * 250.0, 1e-9);
    assert_close(component_capex_money(battery, self, 1e3, 2030), 274e3 + 466.0 * 250.0, 1e-9);
    arena_free(arena);
}

static void costs_of_the_catalogue(void **state) {
    const struct cost_curve *heat_pump = &component_find("heat_pump")->cost;
    (void)state;
    assert_close(cost_curve_at(heat_pump, 1000.0), 1300.0, 1e-9); /* DEA, EUR 2020 */
    assert_close(cost_curve_at(heat_pump, 3000.0), 900.0, 1e-9);
    assert_close(cost_curve_at(heat_pump, 10000.0), 700.0, 1e-9);
    assert_close(cost_curve_at(&component_find("gas_boiler")->cost, 5000.0), 60.0, 1e-9);
    assert_close(cost_curve_at(&component_find("heat_exchanger")->cost, 5000.0), 100.0, 1e-9);
}

static void numbers_are_found_by_key(void **state) {
    const struct component *pump = component_find("heat_pump");
    struct arena *arena = arena_new(0);
    void *self = arena_take(arena, 1, pump->size);
    (void)state;
    component_defaults(pump, self);
    assert_close(component_number(pump, self, "life_year", 7.0), 25.0, 0.0);
    assert_close(component_number(pump, self, "capex_money_kw", 7.0), 7.0, 0.0); /* not given */
    assert_close(component_number(pump, self, "length_m", 7.0), 7.0, 0.0);       /* no such key */
    assert_close(component_number(pump, self, "model", 7.0), 7.0, 0.0);          /* no number */
    assert_true(isinf(component_number(pump, self, "capacity_kw", 0.0)));        /* required */
    assert_int_equal(component_port(pump, "heat_out"), 2);
    assert_int_equal(component_port(pump, "heat"), -1);
    assert_null(component_param(pump, "heat"));
    arena_free(arena);
}

static void defaults_fill_every_kind_of_parameter(void **state) {
    const struct component *network = component_find("heat_network"),
                           *grid = component_find("grid");
    struct arena *arena = arena_new(0);
    char *self = arena_take(arena, 1, network->size);
    (void)state;
    memset(self, 0x5a, network->size);
    component_defaults(network, self);
    const struct curve *supply_c =
        (const void *)(self + component_param(network, "supply_c")->offset);
    const struct curve *return_c =
        (const void *)(self + component_param(network, "return_c")->offset);
    assert_int_equal(supply_c->points, 1);
    assert_true(isinf(supply_c->value[0])); /* required */
    assert_close(curve_at(return_c, 3.0), 40.0, 0.0);
    assert_int_equal(
        *(const int *)(const void *)(self + component_param(network, "insulation")->offset), 1);
    char *meter = arena_take(arena, 1, grid->size);
    component_defaults(grid, meter);
    const struct input *price =
        (const void *)(meter + component_param(grid, "energy_money_kwh")->offset);
    assert_true(isinf(price->value));
    assert_null(price->by_step);
    arena_free(arena);
}

static void an_input_is_a_number_or_a_series(void **state) {
    const double by_step[] = {1.0, 2.0};
    const struct input constant = {5.0, NULL}, series = {5.0, by_step};
    (void)state;
    assert_close(input_at(&constant, 1), 5.0, 0.0);
    assert_close(input_at(&series, 1), 2.0, 0.0);
}

static void coefficients_begin_neutral(void **state) {
    struct arena *arena = arena_new(0);
    const struct component *chiller = component_find("chilled_water_economiser");
    struct coefficients *c = coefficients_new(arena, chiller, 5);
    (void)state;
    assert_non_null(c);
    assert_int_equal(c->modes, 2);
    for (int t = 0; t < 5; t++) {
        for (int m = 0; m < 2; m++) {
            assert_true(c->mode[m].may_run[t]);
            assert_close(c->mode[m].use[t], 1.0, 0.0);
            assert_close(c->mode[m].port[3][t], 0.0, 0.0);
            c->mode[m].may_run[t] = false;
            c->mode[m].port[3][t] = 3.0;
        }
        assert_close(c->availability_frac[t], 1.0, 0.0);
        assert_close(c->kept_frac[t], 1.0, 0.0);
        assert_close(c->loss_frac[t], 0.0, 0.0);
        c->kept_frac[t] = c->standing_kw_kw[t] = 0.5;
    }
    assert_true(isinf(c->charge_per_h_ratio));
    c->level_max_frac = 0.5;
    c->demand_money_kw_month[11] = 3.0;
    coefficients_reset(c, chiller);
    assert_true(c->mode[1].may_run[4]);
    assert_close(c->mode[1].port[3][4], 0.0, 0.0);
    assert_close(c->kept_frac[4], 1.0, 0.0);
    assert_close(c->standing_kw_kw[4], 0.0, 0.0);
    assert_close(c->level_max_frac, 1.0, 0.0);
    assert_close(c->demand_money_kw_month[11], 0.0, 0.0);
    arena_free(arena);
}

static void without_memory_there_are_no_coefficients(void **state) {
    struct arena *arena = arena_new(4096);
    (void)state;
    assert_null(coefficients_new(arena, component_find("heat_pump"), 8760));
    arena_free(arena);
}

static void names_of_enumerators(void **state) {
    (void)state;
    assert_string_equal(carrier_name(CARRIER_ELECTRICITY), "electricity");
    assert_string_equal(carrier_name(CARRIER_COMPUTE), "compute");
    assert_string_equal(carrier_name(CARRIERS), "?");
    assert_string_equal(shape_name(SHAPE_SOURCE), "source");
    assert_string_equal(shape_name(SHAPE_SHIFTABLE), "shiftable");
    assert_string_equal(shape_name(SHAPES), "?");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_curve_is_linear_between_and_flat_outside),
        cmocka_unit_test(costs_are_log_log_between_and_flat_outside),
        cmocka_unit_test(costs_of_the_catalogue),
        cmocka_unit_test(costs_of_the_plans_year),
        cmocka_unit_test(numbers_are_found_by_key),
        cmocka_unit_test(defaults_fill_every_kind_of_parameter),
        cmocka_unit_test(an_input_is_a_number_or_a_series),
        cmocka_unit_test(coefficients_begin_neutral),
        cmocka_unit_test(without_memory_there_are_no_coefficients),
        cmocka_unit_test(names_of_enumerators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
