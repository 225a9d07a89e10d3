/* Cooling machines: two catalogue chillers, directions, ends. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include <stdlib.h>
#include <string.h>

#include "physics/air.h"
#include "physics/cooling.h"
#include "physics/water.h"
#include "shared_data.h"

/* ---- the published tables -------------------------------------------------------------------- */
/* Lei and Masanet 2022, training points as data-centre notes section 6 lists them. */
static const double water_load_frac[] = {0.25, 0.38, 0.50, 0.63, 0.75, 0.88, 1.0};
static const struct {
    double t_c, cop[7];
} water_points[] = {
    {15.56, {6.280, 6.896, 7.816, 8.179, 8.374, 8.374, 8.374}},
    {18.33, {5.961, 6.636, 7.483, 7.816, 7.993, 7.993, 7.993}},
    {21.11, {5.766, 6.395, 7.178, 7.327, 7.646, 7.646, 7.483}},
    {23.89, {5.495, 6.064, 6.763, 7.034, 7.327, 7.178, 7.034}},
    {26.67, {5.249, 5.766, 6.513, 6.636, 6.896, 6.636, 6.513}},
    {29.44, {4.954, 5.495, 6.170, 6.280, 6.395, 6.280, 6.170}},
};
static const double air_load_frac[] = {0.255, 0.337, 0.42,  0.501, 0.588,
                                       0.67,  0.755, 0.834, 0.919, 1.0};
static const struct {
    double t_c, cop[10];
} air_points[] = {
    {15, {5.234, 6.000, 6.383, 6.691, 6.915, 7.000, 6.904, 6.798, 6.606, 6.351}},
    {20, {3.702, 4.362, 4.819, 5.160, 5.340, 5.426, 5.447, 5.426, 5.298, 5.032}},
    {25, {2.840, 3.372, 3.851, 4.085, 4.266, 4.383, 4.468, 4.426, 4.351, 4.117}},
    {30, {2.298, 2.745, 3.064, 3.383, 3.553, 3.660, 3.702, 3.723, 3.596, 3.436}},
    {35, {1.904, 2.266, 2.543, 2.777, 2.979, 3.117, 3.191, 3.128, 3.053, 2.926}},
};

static void every_training_point(void **state) {
    (void)state;
    for (int row = 0; row < COUNT(water_points); row++) {
        for (int k = 0; k < COUNT(water_load_frac); k++) {
            double t_c = water_points[row].t_c, p = water_load_frac[k];
            double cop = cooling_water_chiller_cop(t_c, p, 7.0);
            assert_close(cop, water_points[row].cop[k], 1e-9);
            /* the reference's own fit of these points, made apart: .17 at most */
            double fit = 4.9298 - 0.050958 * t_c - 0.00041096 * t_c * t_c + 11.6794 * p -
                         5.84946 * p * p - 0.0961176 * t_c * p;
            assert_close(cop, fit, 0.175);
        }
    }
    for (int row = 0; row < COUNT(air_points); row++) {
        for (int k = 0; k < COUNT(air_load_frac); k++) {
            assert_close(cooling_air_chiller_cop(air_points[row].t_c, air_load_frac[k], 7.0),
                         air_points[row].cop[k], 1e-9);
        }
    }
}

/* ---- maps of Modelica Buildings -------------------------------------------------------------- */
enum { SIDE = 4 };
struct map {
    double condenser_c[SIDE], chilled_c[SIDE], cold_kw[SIDE][SIDE], power_kw[SIDE][SIDE];
};

/* A block "double q@0.75(5, 5)": a row of condenser temperatures, then one row for each chilled one. */
static void read_block(FILE *file, const char *name, struct map *map, double (*ret)[SIDE]) {
    char line[512];
    rewind(file);
    while (fgets(line, sizeof line, file)) {
        if (!strstr(line, name)) {
            continue;
        }
        assert_non_null(fgets(line, sizeof line, file));
        char *at = line;
        (void)strtod(at, &at);
        for (int k = 0; k < SIDE; k++) {
            map->condenser_c[k] = strtod(at, &at) - 273.15;
        }
        for (int row = 0; row < SIDE; row++) {
            assert_non_null(fgets(line, sizeof line, file));
            at = line;
            map->chilled_c[row] = strtod(at, &at) - 273.15;
            for (int k = 0; k < SIDE; k++) {
                ret[row][k] = fabs(strtod(at, &at)) / 1000.0;
            }
        }
        return;
    }
    fail_msg("no block %s", name);
}

static void read_map(const char *name, const char *load, struct map *ret) {
    char path[512], block[32];
    shared_data_need(path, sizeof path, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    (void)snprintf(block, sizeof block, "q@%s(", load);
    read_block(file, block, ret, ret->cold_kw);
    (void)snprintf(block, sizeof block, "p@%s(", load);
    read_block(file, block, ret, ret->power_kw);
    (void)fclose(file);
}

/* McQuay WSC, 471 kW, by the water that leaves the condenser; the table here counts what enters it,
   5 K less. In the middle of its map the machine is within 15 % of the table, which is of large
   machines, at full load. */
static void a_centrifugal_chiller(void **state) {
    struct map map;
    (void)state;
    read_map("cooling_ref/modelica_buildings/McQuay_WSC_471kW_5_89COP_Vanes.txt", "1.00", &map);
    for (int k = 1; k < 3; k++) {
        double machine_cop = map.cold_kw[0][k] / map.power_kw[0][k];
        double table_cop =
            cooling_water_chiller_cop(map.condenser_c[k] - 5.0, 1.0, map.chilled_c[0]);
        print_message("condenser %.1f degC, chilled %.1f degC: machine %.2f, table %.2f\n",
                      map.condenser_c[k], map.chilled_c[0], machine_cop, table_cop);
        assert_close(table_cop / machine_cop, 1.0, 0.15);
    }
}

/* York YCAL, 101 kW, scroll, by the outdoor air. */
static void an_air_cooled_chiller(void **state) {
    struct map map;
    (void)state;
    read_map("cooling_ref/modelica_buildings/York_YCAL0033EE_101kW_3_1COP_AirCooled.txt", "1.00",
             &map);
    for (int k = 0; k < 3; k++) {
        double machine_cop = map.cold_kw[1][k] / map.power_kw[1][k];
        double table_cop = cooling_air_chiller_cop(map.condenser_c[k], 1.0, map.chilled_c[1]);
        print_message("outdoor %.1f degC, chilled %.1f degC: machine %.2f, table %.2f\n",
                      map.condenser_c[k], map.chilled_c[1], machine_cop, table_cop);
        assert_close(table_cop / machine_cop, 1.0, 0.15);
    }
}

/* ---- hours without a chiller ----------------------------------------------------------------- */
enum { CLASSES = 7 };
static const struct {
    double supply_c, approach_dk;
    bool wet;
} water_classes[CLASSES] = {{27.0, 8.0, false}, {32.0, 8.0, false}, {40.0, 8.0, false},
                            {45.0, 8.0, false}, {17.0, 6.0, true},  {27.0, 6.0, true},
                            {32.0, 6.0, true}};

/* data-centre notes section 9: shares of the hours in which outdoor air (8 K) or a tower (6 K) cools
   water of a class alone; these two places have the same typical year here. */
static void hours_without_a_chiller(void **state) {
    static const struct {
        const char *name;
        double share_frac[CLASSES];
    } places[] = {{"weather/epw/USA_CO_Denver.Intl.AP.725650_TMY3.epw",
                   {0.753, 0.870, 0.979, 0.999, 0.705, 1.000, 1.000}},
                  {"weather/epw/USA_MN_Duluth.Intl.AP.727450_TMY3.epw",
                   {0.891, 0.974, 1.000, 1.000, 0.718, 0.992, 1.000}}};
    (void)state;
    for (int place = 0; place < COUNT(places); place++) {
        char path[512], line[2048];
        int hours = 0, free_hours[CLASSES] = {0};
        shared_data_need(path, sizeof path, places[place].name);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        for (int k = 0; k < 8; k++) {
            assert_non_null(fgets(line, sizeof line, file));
        }
        while (fgets(line, sizeof line, file)) {
            char *at = line;
            for (int k = 0; k < 6; k++) {
                at = strchr(at, ',') + 1;
            }
            double dry_c = strtod(at, &at), dew_c = strtod(at + 1, &at);
            double p_kpa = strtod(strchr(at + 1, ',') + 1, NULL) / 1000.0;
            double wet_c = air_wet_bulb_c(dry_c, air_saturated_humidity_kg_kg(dew_c, p_kpa), p_kpa);
            for (int k = 0; k < CLASSES; k++) {
                double supply_c = water_classes[k].supply_c;
                free_hours[k] += cooling_free_frac(water_classes[k].wet ? wet_c : dry_c,
                                                   water_classes[k].approach_dk, supply_c,
                                                   supply_c + 10.0) >= 1.0;
            }
            hours++;
        }
        (void)fclose(file);
        assert_int_equal(hours, 8760);
        for (int k = 0; k < CLASSES; k++) {
            assert_close((double)free_hours[k] / hours, places[place].share_frac[k], 0.0016);
        }
    }
}

/* ---- directions ------------------------------------------------------------------------------ */
static void hotter_days_cost_more(void **state) {
    (void)state;
    for (double load_frac = 0.25; load_frac <= 1.0; load_frac += 0.05) {
        double water_before = 11.0, air_before = 9.0;
        for (double t_c = -30.0; t_c <= 50.0; t_c += 1.0) {
            double water = cooling_water_chiller_cop(t_c, load_frac, 7.0),
                   air = cooling_air_chiller_cop(t_c, load_frac, 7.0);
            assert_true(water <= water_before && water > 3.0 && water <= 10.0);
            assert_true(air <= air_before && air >= 1.0 && air <= 8.0);
            assert_true(cooling_water_chiller_cop(t_c, load_frac, 12.0) >= water);
            water_before = water;
            air_before = air;
        }
    }
    /* held at the ends of the table */
    assert_close(cooling_water_chiller_cop(40.0, 0.5, 7.0),
                 cooling_water_chiller_cop(35.0, 0.5, 7.0), 0.0);
    assert_close(cooling_water_chiller_cop(20.0, 0.1, 7.0),
                 cooling_water_chiller_cop(20.0, 0.25, 7.0), 0.0);
    assert_close(cooling_air_chiller_cop(50.0, 0.5, 7.0), cooling_air_chiller_cop(45.0, 0.5, 7.0),
                 0.0);
}

/* The tables' own chillers never beat the ideal one between chilled and condenser water. */
static void no_chiller_beats_the_ideal(void **state) {
    (void)state;
    for (double t_c = 15.0; t_c <= 35.0; t_c += 1.0) {
        assert_true(cooling_water_chiller_cop(t_c, 0.75, 7.0) <
                        (7.0 + 273.15) / (t_c + 5.0 - 7.0) ||
                    t_c < 25.0);
        assert_true(cooling_air_chiller_cop(t_c, 0.67, 7.0) < (7.0 + 273.15) / (t_c - 7.0));
    }
}

/* Evaporation alone is the least, and the more often the water goes round the nearer one comes. */
static void make_up_falls_with_the_cycles(void **state) {
    double before = 100.0, evaporation = 3600.0 / water_latent_kj_kg(25.0);
    (void)state;
    for (double cycles = 1.5; cycles < 50.0; cycles += 0.5) {
        double makeup = cooling_tower_makeup_kg_kwh(25.0, 5.0, 0.00002, cycles);
        assert_true(makeup < before && makeup > evaporation);
        assert_close(makeup / (evaporation * cycles / (cycles - 1.0)), 1.0, 0.005);
        before = makeup;
    }
    /* so much drift that no blow-down is needed */
    double wet = cooling_tower_makeup_kg_kwh(25.0, 5.0, 0.005, 10.0);
    assert_close(wet, evaporation + 0.005 * 3600.0 / (4.186 * 5.0), 1e-9);
}

static void free_cooling_is_a_share(void **state) {
    double before = 2.0;
    (void)state;
    for (double cold_c = -20.0; cold_c <= 60.0; cold_c += 0.5) {
        double share = cooling_free_frac(cold_c, 3.0, 16.0, 24.0);
        assert_true(share >= 0.0 && share <= 1.0 && share <= before);
        before = share;
    }
    assert_close(cooling_free_frac(17.0, 3.0, 16.0, 24.0), 0.5, 1e-12);
}

static void fans_slow_down_in_the_cold(void **state) {
    double before = 2.0;
    (void)state;
    for (double difference_dk = 0.0; difference_dk < 100.0; difference_dk += 0.5) {
        double ratio = cooling_dry_fan_ratio(difference_dk, 18.0, 0.25);
        assert_true(ratio <= before && ratio <= 1.0 && ratio >= 0.25 * 0.25 * 0.25);
        before = ratio;
    }
    assert_close(cooling_dry_fan_ratio(18.0, 18.0, 0.25), 1.0, 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_training_point),
        cmocka_unit_test(a_centrifugal_chiller),
        cmocka_unit_test(an_air_cooled_chiller),
        cmocka_unit_test(hours_without_a_chiller),
        cmocka_unit_test(hotter_days_cost_more),
        cmocka_unit_test(no_chiller_beats_the_ideal),
        cmocka_unit_test(make_up_falls_with_the_cycles),
        cmocka_unit_test(free_cooling_is_a_share),
        cmocka_unit_test(fans_slow_down_in_the_cold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
