/* Photovoltaics: the inverter's curve, directions, ends. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include <stdlib.h>
#include <string.h>

#include "physics/pv.h"
#include "physics/sun.h"
#include "shared_data.h"

/* PVWatts 5 itself on this weather: NREL's ssc, test/ssc_test/cmod_pvwattsv5_test.cpp, 4 kW, tilt 20,
   south, standard modules on open racks, losses 14.0757 %, 96 %, 1.2: 6909.79 kWh and its months. It
   has Perez' sky, Fuentes' cell temperature and its formula of low light. */
static const double pvwatts_kwh[12] = {435.384, 482.864, 593.982, 673.599, 715.839, 665.064,
                                       665.710, 647.677, 594.505, 568.489, 453.529, 413.149};

static double number_at(const char *line, int column) {
    for (int k = 0; k < column; k++) {
        line = strchr(line, ',') + 1;
    }
    return strtod(line, NULL);
}

/* One hour of the chain of components/pv.c, at ssc's settings. */
static double hour_kwh(const char *line, int hour) {
    double direct = number_at(line, 5) / 1000.0, outdoor_c = number_at(line, 7);
    struct sun_position sun = sun_at(hour / 24, hour % 24 + 0.5, 33.433333, -112.016667, -7.0);
    double plane = sun_on_plane_kw_m2(&sun, number_at(line, 4) / 1000.0, direct,
                                      number_at(line, 6) / 1000.0, 20.0, 180.0, 0.2);
    double incidence = sun_incidence_ratio(sun.elevation_deg, sun.azimuth_deg, 20.0, 180.0);
    double beam = sun.elevation_deg > 0.0 ? direct * fmax(0.0, incidence) : 0.0;
    double inside = plane - beam * (1.0 - pv_cover_ratio(incidence));
    return 4.0 * pv_output_frac(inside, pv_cell_c(outdoor_c, plane, 45.0, number_at(line, 11)),
                                0.140756607, -0.0047, 0.96, 1.2);
}

static void a_year_of_pvwatts(void **state) {
    char path[512], line[512];
    double month_kwh[12] = {0.0}, year_kwh = 0.0, pvwatts_year_kwh = 0.0, worst = 0.0;
    int hour = 0;
    (void)state;
    shared_data_need(path, sizeof path, "pv_wind_ref/USA_AZ_Phoenix_TMY2_SAM.csv");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (int k = 0; k < 3; k++) {
        assert_non_null(fgets(line, sizeof line, file));
    }
    while (fgets(line, sizeof line, file)) {
        month_kwh[(int)number_at(line, 1) - 1] += hour_kwh(line, hour);
        hour++;
    }
    (void)fclose(file);
    assert_int_equal(hour, 8760);
    for (int m = 0; m < 12; m++) {
        year_kwh += month_kwh[m];
        pvwatts_year_kwh += pvwatts_kwh[m];
        worst = fmax(worst, fabs(month_kwh[m] / pvwatts_kwh[m] - 1.0));
    }
    print_message("year %.0f kWh, PVWatts %.0f; worst month %.1f %%\n", year_kwh, pvwatts_year_kwh,
                  100.0 * worst);
    assert_close(pvwatts_year_kwh, 6909.79, 0.01);
    assert_close(year_kwh / pvwatts_year_kwh, 1.0, 0.01);
    assert_true(worst < 0.015);
}

static void the_inverter_loses_and_clips(void **state) {
    double before_frac = 0.0;
    (void)state;
    for (double dc_frac = 0.0; dc_frac <= 1.5; dc_frac += 0.005) {
        double ac_frac = pv_inverter_frac(dc_frac, 0.96, 1.2);
        assert_true(ac_frac >= before_frac && ac_frac <= 1.0 / 1.2 + 1e-12);
        assert_true(ac_frac <= dc_frac * 0.97);
        before_frac = ac_frac;
    }
    assert_close(before_frac, 1.0 / 1.2, 1e-12);
    assert_close(pv_inverter_frac(-0.1, 0.96, 1.2), 0.0, 0.0);
    assert_close(pv_inverter_frac(1e-4, 0.96, 1.2), 0.0, 0.0); /* less than it needs itself */
}

static void hot_cells_give_less(void **state) {
    (void)state;
    for (double outdoor_c = -20.0; outdoor_c < 40.0; outdoor_c += 5.0) {
        double cool = pv_dc_frac(0.8, pv_cell_c(outdoor_c, 0.8, 45.0, 1.0), -0.0037);
        double warm = pv_dc_frac(0.8, pv_cell_c(outdoor_c + 5.0, 0.8, 45.0, 1.0), -0.0037);
        assert_close(cool - warm, 0.8 * 5.0 * 0.0037, 1e-12);
        assert_true(pv_cell_wind_c(outdoor_c, 0.8, 5.0) < pv_cell_wind_c(outdoor_c, 0.8, 1.0));
    }
    assert_close(pv_dc_frac(1.0, 400.0, -0.0037), 0.0, 0.0); /* not below nothing */
}

/* Faiman's free rack has a NOCT of 45 to 46 degC. */
static void both_cell_temperatures_agree(void **state) {
    (void)state;
    for (double wind_m_s = 0.0; wind_m_s < 15.0; wind_m_s += 1.0) {
        assert_close(pv_cell_wind_c(20.0, 0.8, wind_m_s), pv_cell_c(20.0, 0.8, 45.0, wind_m_s),
                     0.3);
    }
}

static void a_grazing_beam_is_mirrored(void **state) {
    double before = -1.0;
    (void)state;
    for (double incidence = 0.0; incidence <= 1.0; incidence += 0.001) {
        double now = pv_cover_ratio(incidence);
        assert_true(now >= before - 1e-9 && now <= 1.0 + 1e-9);
        before = now;
    }
    assert_close(pv_cover_ratio(1.0), 1.0, 1e-9);
    assert_close(pv_cover_ratio(1.0 + 1e-12), 1.0, 1e-9);
    assert_close(pv_cover_ratio(-0.5), 0.0, 0.0);
}

static void the_whole_is_its_parts(void **state) {
    (void)state;
    for (double plane_kw_m2 = 0.0; plane_kw_m2 <= 1.2; plane_kw_m2 += 0.1) {
        double dc_frac = pv_dc_frac(plane_kw_m2, 40.0, -0.004) * (1.0 - 0.14);
        assert_close(pv_output_frac(plane_kw_m2, 40.0, 0.14, -0.004, 0.96, 1.1),
                     pv_inverter_frac(dc_frac, 0.96, 1.1), 0.0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_of_pvwatts),
        cmocka_unit_test(the_inverter_loses_and_clips),
        cmocka_unit_test(hot_cells_give_less),
        cmocka_unit_test(both_cell_temperatures_agree),
        cmocka_unit_test(a_grazing_beam_is_mirrored),
        cmocka_unit_test(the_whole_is_its_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
