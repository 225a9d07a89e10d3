/* The town's heat traced to its machines, and the sums of the Sankey: both must close. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "accounts/accounts.h"
#include "base/series.h"
#include "plan/small.h"
#include "tell/flows.h"

/* A heat pump too small for the morning, a tank that helps, a boiler that must give its part. */
static const char with_tank[] =
    "hearth: 1\nname: small\nplace: {climate: seattle, ground_c: 11}\n"
    "horizon: {from: 2024-01-22, days: 2}\n"
    "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25}\n"
    "fuel: {gas_money_kwh: 0.15}\n" SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK
    "plant:\n  heat_pump: {capacity_kw: 330, meter: campus}\n"
    "  gas_boiler: {capacity_kw: 60, efficiency_eff: 1.09}\n  tank: {capacity_kwh: 400}\n"
    "require: {heat_share_frac: 0.85}\n";
/* A heat pump far below the need: the gas boiler behind it runs, since the buildings heat by power. */
static const char with_boiler[] = SMALL_HEAD SMALL_POWER SMALL_HALL
    "town:\n  - {name: campus, building: office, floor_m2: 20000, emitter: low_temperature, "
    "hot_water: local_electric,\n     heated_by: electric}\n" SMALL_NETWORK
    "plant:\n  heat_pump: {capacity_kw: 60, meter: campus}\n  gas_boiler: {capacity_kw: 40}\n";
static const char without_plant[] = SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN;

static struct accounts *make(struct small *small, const char *text) {
    *small = small_solve(text);
    struct accounts *accounts = NULL;
    assert_int_equal(accounts_make(small->plan, small->arena, &accounts), STATUS_OK);
    return accounts;
}

static const double *port(const struct small *small, const char *name, const char *port_name) {
    int i = scenario_instance(small->scenario, name);
    assert_true(i >= 0);
    int p = component_port(small->scenario->instances[i].kind, port_name);
    return small->plan->cases[CASE_TOGETHER].flow[i].port_kw[p];
}

static void shared_layers_are_what_arrives(void **state) {
    (void)state;
    struct small small;
    struct layers layers;
    const struct accounts *a = make(&small, with_tank);
    assert_int_equal(layers_make(a, CASE_TOGETHER, small.arena, &layers), STATUS_OK);
    const double *arriving_kw = port(&small, "campus_substation", "heat_out");
    const double *own_kw = port(&small, "campus_heater", "heat_out");
    double moved = 0.0, tank_kwh = 0.0;
    for (int t = 0; t < small.plan->hours->horizon_count; t++) {
        double shared = 0.0, own = 0.0;
        for (int k = 0; k < layers.count; k++) {
            assert_true(layers.layer[k].kw[t] >= 0.0);
            shared += layers.layer[k].shared ? layers.layer[k].kw[t] : 0.0;
            own += layers.layer[k].shared ? 0.0 : layers.layer[k].kw[t];
            tank_kwh += layers.layer[k].store ? layers.layer[k].kw[t] : 0.0;
        }
        assert_true(fabs(shared - arriving_kw[t]) <= 1e-9 * layers.largest_kw);
        assert_true(fabs(own - own_kw[t]) <= 1e-9 * layers.largest_kw);
        assert_true(fabs(shared + own - layers.need_kw[t]) <= 1e-7 * layers.largest_kw);
        moved += shared;
    }
    assert_true(moved > 0.0);
    assert_true(tank_kwh > 0.0); /* the case is worth its name */
    assert_true(tank_kwh < moved);
    small_free(&small);
}

/* Without a store the layers are the machines' own shares of the way in. */
static void machines_keep_their_proportion(void **state) {
    (void)state;
    struct small small;
    struct layers layers;
    const struct accounts *a = make(&small, with_boiler);
    assert_int_equal(layers_make(a, CASE_TOGETHER, small.arena, &layers), STATUS_OK);
    const double *pump_kw = port(&small, "heat_pump", "heat_out");
    const double *boiler_kw = port(&small, "gas_boiler", "heat_out");
    int pump = scenario_instance(small.scenario, "heat_pump");
    int boiler = scenario_instance(small.scenario, "gas_boiler");
    const double *pump_layer = NULL, *boiler_layer = NULL;
    for (int k = 0; k < layers.count; k++) {
        pump_layer = layers.layer[k].instance == pump ? layers.layer[k].kw : pump_layer;
        boiler_layer = layers.layer[k].instance == boiler ? layers.layer[k].kw : boiler_layer;
    }
    assert_non_null(pump_layer);
    assert_non_null(boiler_layer);
    assert_true(series_sum(boiler_kw, small.plan->hours->horizon_count) > 0.0);
    for (int t = 0; t < small.plan->hours->horizon_count; t++) {
        double cross = pump_layer[t] * boiler_kw[t] - boiler_layer[t] * pump_kw[t];
        assert_true(fabs(cross) <= 1e-9 * layers.largest_kw * layers.largest_kw);
    }
    small_free(&small);
}

static void apart_is_the_towns_own(void **state) {
    (void)state;
    struct small small;
    struct layers layers;
    const struct accounts *a = make(&small, with_tank);
    assert_int_equal(layers_make(a, CASE_APART, small.arena, &layers), STATUS_OK);
    assert_int_equal(layers.count, 1);
    assert_false(layers.layer[0].shared);
    assert_true(fabs(layers.layer[0].kwh - layers.need_kwh) <= 1e-7 * layers.need_kwh);
    small_free(&small);
}

static void the_sankey_closes(void **state) {
    (void)state;
    const char *const texts[2] = {with_tank, without_plant};
    for (int k = 0; k < 2; k++) {
        struct small small;
        const struct accounts *a = make(&small, texts[k]);
        struct flows *f = ARENA_TAKE(small.arena, struct flows, 1);
        assert_non_null(f);
        assert_int_equal(flows_make(a, small.arena, f), STATUS_OK);
        double bar_kwh = 1e-9 * f->power_kwh;
        assert_true(fabs(f->power_kwh - f->it_kwh - f->gear_kwh) <= bar_kwh);
        assert_true(fabs(f->power_kwh - f->recovered_kwh - f->sky_kwh) <= bar_kwh);
        assert_true(f->sky_kwh >= 0.0);
        double made_kwh = f->recovered_kwh + f->plant_power_kwh + f->other_heat_kwh;
        assert_true(fabs(made_kwh - f->arriving_kwh - f->lost_kwh) <= bar_kwh);
        assert_true(fabs(f->need_kwh - f->arriving_kwh - f->own_kwh) <= bar_kwh);
        assert_true(f->delivered_kwh <= made_kwh + bar_kwh);
        if (k == 0) { /* what is lost between plant and town is little: pipe and tank */
            assert_true(f->recovered_kwh > 0.0 && f->lost_kwh < 0.1 * made_kwh);
            assert_true(f->recovered_c > 10.0 && f->recovered_c < f->plant_c);
            assert_string_equal(f->plant_name, "Heat pump");
        } else {
            assert_true(f->arriving_kwh == 0.0 && f->recovered_kwh == 0.0);
        }
        small_free(&small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_layers_are_what_arrives),
        cmocka_unit_test(machines_keep_their_proportion),
        cmocka_unit_test(apart_is_the_towns_own),
        cmocka_unit_test(the_sankey_closes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
