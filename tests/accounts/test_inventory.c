/* Carbon and water by the books of others: nothing counted twice, nothing left out, columns kept apart. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/inventory.h"
#include "accounts/neighbours.h"
#include "accounts/scales.h"
#include "physics/heat_pump.h"
#include "plan/small.h"

static const char text[] =
    SMALL_HEAD "site: {floor_m2: 1500, reused_floor_frac: 0.4}\ncommunity: {other_kwh_year: 1e7, "
               "water_spare_m3_day: 40, "
               "sewer_spare_m3_day: 1}\ninventory: {market_kgco2_kwh: 0.05, "
               "base_kg_year: 1e6, "
               "base_year: 2022, target_kg_year: 5e5, water_stress_score: 4, server_kw: 0.4, "
               "refrigerant_gwp_ratio: 1000, networks_kg_year: 7000, "
               "boundary: networks}\n"
               "neighbours: {distance_m: 100, unit_kw: 10, barrier_db: 5, air_db_m: 0, height_m: "
               "20, building_month: 6, fence_money_m: 100}\n"
               "electricity:\n  data_centre: {energy_money_kwh: 0.08}\n  campus: "
               "{energy_money_kwh: 0.10}\n  carbon: {average_kgco2_kwh: 0.2, marginal_kgco2_kwh: "
               "0.4}\n" SMALL_HALL SMALL_TOWN SMALL_NETWORK
               "plant:\n  heat_pump: {capacity_kw: choose, meter: campus, refrigerant: r134a}\n"
               "  pv: {capacity_kw: 5, meter: data_centre, owner: municipality}\n"
               "require: {heat_share_frac: 0.4}\n";

static struct small small;
static struct accounts *accounts;

static int open_plan(void **state) {
    (void)state;
    small = small_solve(text);
    return accounts_make(small.plan, small.arena, &accounts) == STATUS_OK ? 0 : -1;
}

static int close_plan(void **state) {
    (void)state;
    small_free(&small);
    return 0;
}

/* All parties' scopes 1 and 2 are the carbon of the case and what leaks: each kWh stands with one party. */
static void nothing_twice_nothing_left_out(void **state) {
    (void)state;
    for (int k = 0; k < CASES; k++) {
        double books_kg = 0.0, leaks_kg = 0.0, market_kg = 0.0;
        for (int party = 0; party < PARTY_COUNT; party++) {
            const struct scopes *scopes = &accounts->inventory->scopes[k][party];
            books_kg += scopes->scope1_kg + scopes->scope2_location_kg;
            leaks_kg += scopes->refrigerant_kg;
            market_kg += scopes->scope2_market_kg;
        }
        const struct metrics *m = &accounts->metrics[k];
        assert_near(books_kg - leaks_kg, m->carbon_average_kg_year, 1e-9);
        assert_near(market_kg, 0.05 * m->import_kwh_year, 1e-9);
        assert_near(accounts->inventory->path_kg[k], books_kg, 1e-12);
    }
}

/* By hand: the boiler's fuel saved less the power of heat pump and pumps; nothing of the hall's cooling. */
static void heat_avoids_what_its_supply_avoids(void **state) {
    (void)state;
    const struct inventory *v = accounts->inventory;
    double fuel_kwh = accounts->metrics[CASE_APART].fuel_kwh_year -
                      accounts->metrics[CASE_TOGETHER].fuel_kwh_year;
    double power_kwh =
        (small_sum(&small, small_port(&small, CASE_TOGETHER, "heat_pump", "power_in")) +
         small_sum(&small, small_port(&small, CASE_TOGETHER, "heat_network", "power_in"))) *
        small.plan->hours->step_h / small.scenario->year_frac;
    assert_near(v->avoided_average_kg, 0.198 * fuel_kwh - 0.2 * power_kwh, 1e-6);
    assert_near(v->avoided_marginal_kg, 0.198 * fuel_kwh - 0.4 * power_kwh, 1e-6);
    assert_near(v->break_even_kgco2_kwh, 0.198 * fuel_kwh / power_kwh, 1e-6);
    /* the rule of thumb: COP times the fuel's factor over the boiler's efficiency */
    assert_true(v->break_even_kgco2_kwh > 0.5 && v->break_even_kgco2_kwh < 1.6);
}

static double sun_kwh_year(void) {
    return small_sum(&small, small_port(&small, CASE_TOGETHER, "pv", "power_out")) *
           small.plan->hours->step_h / small.scenario->year_frac;
}

static void what_was_made_is_spread_over_its_years(void **state) {
    (void)state;
    const struct scopes *scopes = &accounts->inventory->scopes[CASE_TOGETHER][PARTY_OPERATOR];
    assert_near(scopes->scope3_servers_kg, 1000.0 / 0.4 * 3660.0 / 4.0, 1e-12);
    /* of 1,500 m2 600 stood empty, and are fitted out for three tenths */
    assert_near(scopes->scope3_building_kg, (900.0 + 0.3 * 600.0) * 600.0 / 60.0, 1e-12);
    double pump_kw = small_flow(&small, CASE_TOGETHER, "heat_pump")->capacity;
    const struct scopes *utility = &accounts->inventory->scopes[CASE_TOGETHER][PARTY_HEAT_UTILITY];
    assert_near(utility->refrigerant_kg, pump_kw * 0.3 * 0.03 * 1430.0, 1e-12);
    assert_near(utility->scope3_plant_kg, pump_kw * 40.0 / 20.0, 1e-12);
    assert_true(accounts->inventory->scopes[CASE_TODAY][PARTY_OPERATOR].scope3_servers_kg == 0.0);
    /* of solar power by what it generates: 48 g/kWh */
    double sun_kwh = sun_kwh_year();
    assert_true(sun_kwh > 100.0);
    assert_near(accounts->inventory->scopes[CASE_TOGETHER][PARTY_MUNICIPALITY].scope3_plant_kg,
                0.048 * sun_kwh, 1e-12);
}

/* The switch takes in what lies within it, and nothing else; what lies beyond stands beside the total. */
static void boundary_takes_in_what_lies_within(void **state) {
    (void)state;
    static const char *const words[] = {"boundary: networks", "boundary: devices",
                                        "boundary: network"};
    const struct inventory *v = accounts->inventory;
    const struct scopes *scopes = &v->scopes[CASE_TOGETHER][PARTY_OPERATOR];
    double own_kg = scopes->scope1_kg + scopes->scope2_location_kg + scopes->scope3_plant_kg +
                    scopes->scope3_servers_kg + scopes->scope3_building_kg;
    assert_int_equal(small.scenario->carbon_boundary, BOUNDARY_NETWORKS);
    assert_near(v->boundary_kg[CASE_TOGETHER], own_kg + 7000.0, 1e-12);
    assert_true(v->boundary_kg[CASE_TODAY] == 0.0);
    int inside = 0;
    for (int n = 0; n < BOUNDARY_LINES; n++) {
        inside += v->line[n].counted;
        assert_true(n == 0 || v->line[n].boundary >= v->line[n - 1].boundary);
    }
    assert_int_equal(inside, BOUNDARY_LINES - 1);
    assert_true(isnan(v->line[BOUNDARY_LINES - 1].kg[CASE_TOGETHER]));

    for (int k = 1; k < COUNT(words); k++) { /* what it takes in is not given; no such word */
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        struct scenario *scenario = NULL;
        char *other = arena_text(arena, text);
        char *at = strstr(other, words[0]);
        assert_non_null(at);
        char *changed = arena_format(arena, "%.*s%s%s", (int)(at - other), other, words[k],
                                     at + strlen(words[0]));
        assert_int_equal(scenario_parse(arena, diag, "x.yaml", changed, strlen(changed), &scenario),
                         STATUS_BAD_SCENARIO);
        arena_free(arena);
    }
}

static void paths_and_water(void **state) {
    (void)state;
    const struct inventory *v = accounts->inventory;
    assert_near(v->path_year_kg, 1e6 * pow(0.5, 0.25), 1e-12); /* 2024: two of eight years */
    assert_near(v->target_gap_kg, v->path_kg[CASE_TOGETHER] - 5e5, 1e-12);
    const struct metrics *m = &accounts->metrics[CASE_TOGETHER];
    /* of what is bought: the hall's own sun takes none */
    assert_near(v->water_power_m3[CASE_TOGETHER],
                0.00082 * (m->data_centre_kwh_year - sun_kwh_year()), 1e-9);

    assert_near(v->water_stressed_m3, 0.8 * m->data_centre_water_m3_year, 1e-12);
}

/* By hand: fan units by the largest rejection, 10 kW each; their sound over a half space behind a wall of 5 dB. */
static void next_door(void **state) {
    (void)state;
    struct neighbours n = account_neighbours(accounts);
    const double *hall_kw = small_port(&small, CASE_TOGETHER, "hall", "power_in");
    double least_kw = 0.0;
    for (int t = 0; t < small.plan->hours->horizon_count; t++) {
        least_kw = fmax(least_kw, hall_kw[t]);
    }
    assert_true(10.0 * n.units_ratio > 0.3 * least_kw && 10.0 * n.units_ratio < 2.0 * least_kw);
    double level_db =
        100.0 + 10.0 * log10(n.units_ratio) - 40.0 - 10.0 * log10(8.0 * atan(1.0)) - 5.0;
    assert_near(n.level_db, level_db, 1e-12);
    assert_near(n.spare_night_db, 55.0 - level_db, 1e-9);
    assert_near(n.reach_m, 100.0 * pow(10.0, (level_db - 55.0) / 20.0), 1e-9);
    assert_near(n.land_m2, 8100.0, 1e-12);
    assert_near(n.fence_money, 100.0 * 4.0 * 90.0, 1e-12);
    assert_near(n.workers_high_value, 20.0, 1e-12);
    assert_true(n.seen == SEEN_ABOVE_ALL && !n.land_given && n.controls_money > 0.0);
}

/* Three scales contain one another; against heat pumps on air, step by step by hand. */
static void the_same_at_three_scales(void **state) {
    (void)state;
    struct scales scales;
    assert_int_equal(account_scales(accounts, small.arena, &scales), STATUS_OK);
    const struct metrics *m = &accounts->metrics[CASE_TOGETHER];
    const struct scale_figures *of = scales.of[CASE_TOGETHER];
    assert_near(of[SCALE_BUILDING].primary_kwh, 1.9 * m->data_centre_kwh_year, 1e-12);
    assert_near(of[SCALE_CLUSTER].primary_kwh, 1.9 * m->import_kwh_year + 1.1 * m->fuel_kwh_year,
                1e-12);
    assert_near(of[SCALE_COMMUNITY].power_kwh, m->import_kwh_year + 1e7, 1e-12);
    assert_near(of[SCALE_COMMUNITY].carbon_kg,
                1e6 + accounts->inventory->path_kg[CASE_TOGETHER] -
                    accounts->inventory->path_kg[CASE_TODAY],
                1e-9);
    assert_true(of[SCALE_BUILDING].peak_kw <= of[SCALE_CLUSTER].peak_kw);
    const double *need_kw = small_port(&small, CASE_TOGETHER, "campus", "heat_in");
    const double *boiler_kw = small_port(&small, CASE_TOGETHER, "campus_heater", "heat_out");
    const double *pump_kw = small_port(&small, CASE_TOGETHER, "heat_pump", "power_in");
    const double *pipe_kw = small_port(&small, CASE_TOGETHER, "heat_network", "power_in");
    const double *station_kw = small_port(&small, CASE_TOGETHER, "campus_substation", "power_in");
    const double *water_m3_h = small_port(&small, CASE_TOGETHER, "supply_water", "water_out");
    double saved_kwh = 0.0, day_m3[2] = {0.0, 0.0};
    int bus = small.scenario->towns[0].bus;
    for (int t = 0; t < small.plan->hours->horizon_count; t++) {
        double supply_c =
            small.plan->cases[CASE_TOGETHER].temperature_c[0][bus * small.plan->hours->count + t];
        double cop =
            heat_pump_when2heat_cop(HEAT_PUMP_AIR, supply_c, small.plan->hours->outdoor_c[t]);
        saved_kwh += (need_kw[t] - boiler_kw[t]) / cop - pump_kw[t] - pipe_kw[t] -
                     (station_kw ? station_kw[t] : 0.0);
        day_m3[t / 24] += water_m3_h[t];
    }
    assert_near(scales.green_kwh_year, saved_kwh / small.scenario->year_frac, 1e-6);
    assert_near(scales.water_day_m3, fmax(day_m3[0], day_m3[1]), 1e-9);
    assert_near(scales.sewer_day_m3, 0.2 * scales.water_day_m3, 1e-12);
    assert_near(scales.water_spare_m3_day, 40.0 - scales.water_day_m3, 1e-9);
    assert_true(scales.sewer_spare_m3_day < 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_twice_nothing_left_out),
                                       cmocka_unit_test(heat_avoids_what_its_supply_avoids),
                                       cmocka_unit_test(what_was_made_is_spread_over_its_years),
                                       cmocka_unit_test(boundary_takes_in_what_lies_within),
                                       cmocka_unit_test(paths_and_water),
                                       cmocka_unit_test(the_same_at_three_scales),
                                       cmocka_unit_test(next_door)};
    return cmocka_run_group_tests(tests, open_plan, close_plan);
}
