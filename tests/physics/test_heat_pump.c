/* Heat pumps: the grid of both models, directions, ranges, and other people's machines. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include <stdlib.h>
#include <string.h>

#include "physics/heat_pump.h"
#include "shared_data.h"

/* heat notes section 1: COP of Jensen (ammonia, 5 K, .80, glides of 10 and 30 K) and Jesper. Zero: an
   exchanger's work. */
static void the_grid_of_both_models(void **state) {
    static const double source_c[] = {25.0, 30.0, 35.0, 40.0, 45.0, 50.0, 60.0};
    static const struct {
        double sink_c, jensen_cop[7], jesper_cop[7];
    } grid[] = {
        {55.0, {5.12, 5.81, 6.70, 7.92, 9.69, 0, 0}, {5.03, 5.67, 6.42, 7.28, 8.30, 0, 0}},
        {60.0, {4.65, 5.20, 5.89, 6.80, 8.04, 9.84, 0}, {4.47, 5.03, 5.67, 6.42, 7.28, 8.30, 0}},
        {70.0,
         {3.94, 4.32, 4.78, 5.34, 6.06, 6.99, 10.0},
         {3.56, 3.98, 4.47, 5.03, 5.67, 6.42, 8.30}},
        {80.0,
         {3.45, 3.72, 4.05, 4.44, 4.91, 5.49, 7.19},
         {2.86, 3.19, 3.56, 3.98, 4.47, 5.03, 6.42}},
        {90.0,
         {3.07, 3.29, 3.53, 3.82, 4.16, 4.56, 5.64},
         {2.32, 2.58, 2.86, 3.19, 3.56, 3.98, 5.03}},
        {100.0,
         {2.78, 2.96, 3.15, 3.37, 3.62, 3.92, 4.67},
         {1.90, 2.10, 2.32, 2.58, 2.86, 3.19, 3.98}}};
    (void)state;
    for (int row = 0; row < COUNT(grid); row++) {
        for (int k = 0; k < COUNT(source_c); k++) {
            double sink_c = grid[row].sink_c, cop = 0.0;
            bool jensen =
                heat_pump_cop_jensen(sink_c, sink_c - 30.0, source_c[k], source_c[k] - 10.0, 5.0,
                                     0.8, &heat_pump_ammonia, &cop);
            assert_int_equal(jensen, grid[row].jensen_cop[k] > 0.0);
            assert_true(!jensen || is_close(cop, grid[row].jensen_cop[k], 0.0051));
            bool jesper = heat_pump_cop_jesper(sink_c, source_c[k], &cop);
            assert_int_equal(jesper, grid[row].jesper_cop[k] > 0.0);
            assert_true(!jesper || is_close(cop, grid[row].jesper_cop[k], 0.0051));
        }
    }
}

static bool jensen(double sink_c, double source_c, double *ret_cop) {
    return heat_pump_cop_jensen(sink_c, sink_c - 30.0, source_c, source_c - 6.0, 5.0, 0.8,
                                &heat_pump_ammonia, ret_cop);
}

/* A hotter sink and a colder source cost more; where there is a number it is 1 to 10. */
static void the_cop_falls_with_the_lift(void **state) {
    (void)state;
    for (double source_c = 0.0; source_c <= 50.0; source_c += 5.0) {
        double before[4] = {10.0, 10.0, 10.0, 10.0};
        for (double sink_c = source_c + 11.0; sink_c <= 95.0; sink_c += 1.0) {
            double cop[4] = {0.0, 0.0, 0.0, 0.0};
            bool runs[4] = {
                jensen(sink_c, source_c, &cop[0]), heat_pump_cop_jesper(sink_c, source_c, &cop[1]),
                heat_pump_cop_quality(sink_c, source_c, 0.5, &cop[2]),
                heat_pump_cop_lorenz(sink_c, sink_c - 5.0, source_c, source_c - 5.0, 0.4, &cop[3])};
            for (int k = 0; k < 4; k++) {
                assert_true(!runs[k] || (cop[k] >= 1.0 && cop[k] <= before[k]));
                before[k] = runs[k] ? cop[k] : before[k];
            }
        }
    }
}

/* No machine reaches the ideal one between the same waters. */
static void no_model_beats_the_ideal(void **state) {
    (void)state;
    for (double source_c = -10.0; source_c <= 50.0; source_c += 5.0) {
        for (double sink_c = source_c + 12.0; sink_c <= 95.0; sink_c += 3.0) {
            double ideal = (sink_c + 273.15) / (sink_c - source_c), cop = 0.0;
            assert_true(!heat_pump_cop_jesper(sink_c, source_c, &cop) || cop < ideal);
            assert_true(!heat_pump_cop_jensen(sink_c, sink_c - 1.0, source_c, source_c - 1.0, 5.0,
                                              0.8, &heat_pump_ammonia, &cop) ||
                        cop < ideal);
        }
    }
}

static void outside_its_range_there_is_no_machine(void **state) {
    double cop = -1.0;
    (void)state;
    assert_false(jensen(40.0, 30.1, &cop));
    assert_false(heat_pump_cop_jensen(60.0, -60.0, 49.0, 48.0, 0.0, 0.8, &heat_pump_ammonia, &cop));
    assert_false(heat_pump_cop_jesper(60.0, 50.1, &cop));
    assert_false(heat_pump_cop_jesper(100.1, 60.0, &cop));
    assert_false(heat_pump_cop_jesper(90.0, 61.0, &cop));
    assert_false(heat_pump_cop_jesper(60.0, -10.5, &cop));
    assert_false(heat_pump_cop_jesper_hot(99.0, 60.0, &cop));
    assert_false(heat_pump_cop_jesper_hot(161.0, 100.0, &cop));
    assert_false(heat_pump_cop_jesper_hot(130.0, 24.0, &cop));
    assert_false(heat_pump_cop_jesper_hot(150.0, 111.0, &cop));
    assert_false(heat_pump_cop_jesper_hot(130.0, 34.0, &cop));
    assert_false(heat_pump_cop_quality(40.0, 30.5, 0.5, &cop));
    assert_false(heat_pump_cop_quality(120.0, -100.0, 0.5, &cop)); /* COP below 1 */
    assert_false(heat_pump_cop_lorenz(40.0, 35.0, 30.5, 25.0, 0.5, &cop));
    assert_false(heat_pump_cop_lorenz(55.0, 25.0, 40.0, 30.0, 0.5, &cop));
    assert_close(cop, -1.0, 0.0);
    assert_true(heat_pump_cop_jesper_hot(100.0, 25.0, &cop)); /* its corners */
    assert_true(heat_pump_cop_jesper_hot(160.0, 110.0, &cop));
    assert_true(heat_pump_cop_jesper_hot(135.0, 110.0, &cop));
    assert_true(heat_pump_cop_jesper(100.0, 60.0, &cop));
    assert_true(heat_pump_cop_jesper(68.0, -10.0, &cop));
    assert_true(heat_pump_cop_quality(40.0, 29.0, 0.6, &cop));
    assert_close(cop, 10.0, 0.0);
}

/* Domestic fits are held outside their lift; a source nearer to the sink never costs more. */
static void domestic_machines_are_held_at_their_ends(void **state) {
    (void)state;
    assert_close(heat_pump_air_domestic_cop(30.0, 25.0), heat_pump_air_domestic_cop(30.0, 15.0),
                 0.0);
    assert_close(heat_pump_ground_domestic_cop(60.0, -20.0),
                 heat_pump_ground_domestic_cop(60.0, 0.0), 0.0);
    for (int source = 0; source < HEAT_PUMP_SOURCES; source++) {
        double before = 10.0;
        for (double lift_dk = 5.0; lift_dk <= 75.0; lift_dk += 1.0) {
            double cop =
                heat_pump_when2heat_cop((enum heat_pump_source)source, 50.0, 50.0 - lift_dk);
            assert_true(cop <= before && cop > 1.0);
            before = cop;
        }
    }
}

/* The authors' own coefficients: decimal commas, semicolons, one row per power of the lift. */
static void when2heats_table(void **state) {
    char path[512], line[256];
    double fit[3][3];
    (void)state;
    shared_data_need(path, sizeof path, "heat_demand/when2heat/cop_parameters.csv");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    for (int row = 0; row < 3; row++) {
        assert_non_null(fgets(line, sizeof line, file));
        for (char *c = line; *c; c++) {
            *c = *c == ',' ? '.' : *c;
        }
        assert_int_equal(sscanf(line, "%*d;%lf;%lf;%lf", &fit[0][row], &fit[1][row], &fit[2][row]),
                         3);
    }
    (void)fclose(file);
    for (int source = 0; source < HEAT_PUMP_SOURCES; source++) {
        for (double lift_dk = 15.0; lift_dk <= 80.0; lift_dk += 5.0) {
            double cop = 0.85 * (fit[source][0] + lift_dk * fit[source][1] +
                                 lift_dk * lift_dk * fit[source][2]);
            assert_close(
                heat_pump_when2heat_cop((enum heat_pump_source)source, 60.0, 60.0 - lift_dk), cop,
                1e-9);
        }
    }
}

/* Two-stage ammonia machine of EBSILON, as TESPy keeps it (CASES 6.2): feed from 60 degC, evaporation
   at 5 degC. One share, set at 105 degC, follows the others within 10 %: that of Lorenz' ideal does.
   That of Carnot's, which counts the whole sink as hot as the feed, is 12 % too good at 80 degC. */
static void one_share_follows_a_cycle(void **state) {
    static const struct {
        double feed_c, cop;
    } points[] = {{105.0, 2.368}, {100.0, 2.448}, {90.0, 2.557}, {80.0, 2.629}};
    double cop = 0.0, before = 0.0;
    (void)state;
    assert_true(heat_pump_cop_lorenz(105.0, 60.0, 5.0, 5.0, 0.5, &cop));
    double share_frac = 0.5 * points[0].cop / cop;
    double quality_frac = points[0].cop * (105.0 - 5.0) / (105.0 + 273.15);
    for (int k = 0; k < COUNT(points); k++) {
        assert_true(heat_pump_cop_lorenz(points[k].feed_c, 60.0, 5.0, 5.0, share_frac, &cop));
        assert_close(cop / points[k].cop, 1.0, 0.10);
        assert_true(cop > before);
        before = cop;
    }
    assert_true(heat_pump_cop_quality(80.0, 5.0, quality_frac, &cop));
    assert_close(cop / 2.629, 1.12, 0.005);
}

/* Data-centre water of 45 degC (CASES 6.3, an Aspen HYSYS study): COP 5.5, 4.3, 3.5 at 60, 70, 80
   degC within 10 %. The study states no returns: 20 K of cooling and 10 K of glide are assumed. */
static void data_centre_water_at_45_degrees(void **state) {
    static const double sink_c[] = {60.0, 70.0, 80.0}, published_cop[] = {5.5, 4.3, 3.5};
    (void)state;
    for (int k = 0; k < COUNT(sink_c); k++) {
        double cop = 0.0;
        assert_true(heat_pump_cop_jensen(sink_c[k], sink_c[k] - 10.0, 45.0, 25.0, 5.0, 0.8,
                                         &heat_pump_ammonia, &cop));
        assert_close(cop / published_cop[k], 1.0, 0.10);
    }
}

static void size_part_load_and_ice(void **state) {
    double pinch_dk = 0.0, eta_is_frac = 0.0;
    (void)state;
    heat_pump_size(0.0, &pinch_dk, &eta_is_frac);
    assert_close(pinch_dk, 5.0, 0.0);
    assert_close(eta_is_frac, 0.80, 0.0);
    for (double load_frac = 0.05; load_frac < 1.0; load_frac += 0.05) {
        assert_true(heat_pump_part_load_ratio(load_frac, 0.9) <
                    heat_pump_part_load_ratio(load_frac + 0.05, 0.9));
        assert_close(heat_pump_part_load_ratio(load_frac, 1.0), 1.0, 1e-12);
    }
    assert_close(heat_pump_part_load_ratio(1.0, 0.9), 1.0, 1e-12);
    assert_close(heat_pump_icing_ratio(1.9, 2.0, 0.8), 0.8, 0.0);
    assert_close(heat_pump_icing_ratio(2.0, 2.0, 0.8), 1.0, 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_grid_of_both_models),
        cmocka_unit_test(the_cop_falls_with_the_lift),
        cmocka_unit_test(no_model_beats_the_ideal),
        cmocka_unit_test(outside_its_range_there_is_no_machine),
        cmocka_unit_test(domestic_machines_are_held_at_their_ends),
        cmocka_unit_test(when2heats_table),
        cmocka_unit_test(one_share_follows_a_cycle),
        cmocka_unit_test(data_centre_water_at_45_degrees),
        cmocka_unit_test(size_part_load_and_ice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
