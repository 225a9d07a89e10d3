/* Wind: the four heights of a real file, and both laws there and back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include <stdlib.h>

#include "physics/wind.h"
#include "shared_data.h"

/* Speeds at 50, 80, 110 and 140 m over a year: the exponent of the outer means gives the inner ones
   within 1 %, and hour by hour the outer pair gives the inner within .25 m/s on average. */
static void the_power_law_joins_four_heights(void **state) {
    char path[512], line[1024];
    double sum_m_s[4] = {0, 0, 0, 0}, error_m_s = 0.0;
    int rows = 0, sheared = 0;
    (void)state;
    shared_data_need(path, sizeof path, "pv_wind_ref/AR_Northwestern-Flat_Lands.srw");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (int k = 0; k < 5; k++) {
        assert_non_null(fgets(line, sizeof line, file));
    }
    while (fgets(line, sizeof line, file)) {
        double v[16];
        char *at = line;
        for (int k = 0; k < 16; k++) {
            v[k] = strtod(at, &at);
            at += *at == ',' ? 1 : 0;
        }
        for (int k = 0; k < 4; k++) {
            sum_m_s[k] += v[4 * k + 3];
        }
        rows++;
        if (v[3] > 1.0 && v[15] > 1.0) {
            double exponent = wind_exponent_ratio(v[3], 50.0, v[15], 140.0);
            error_m_s += fabs(wind_speed_m_s(v[3], 50.0, 80.0, exponent) - v[7]);
            sheared++;
        }
    }
    (void)fclose(file);
    assert_int_equal(rows, 8760);
    double exponent = wind_exponent_ratio(sum_m_s[0], 50.0, sum_m_s[3], 140.0);
    assert_close(exponent, 0.241, 0.001);
    assert_close(wind_speed_m_s(sum_m_s[0], 50.0, 80.0, exponent) / sum_m_s[1], 1.0, 0.01);
    assert_close(wind_speed_m_s(sum_m_s[0], 50.0, 110.0, exponent) / sum_m_s[2], 1.0, 0.01);
    assert_true(sheared > 7000 && error_m_s / sheared < 0.25);
}

static void both_laws_go_there_and_back(void **state) {
    (void)state;
    for (double height_m = 5.0; height_m < 200.0; height_m *= 1.5) {
        double up_m_s = wind_speed_m_s(7.0, 10.0, height_m, 0.2),
               log_m_s = wind_speed_log_m_s(7.0, 10.0, height_m, 0.1);
        assert_close(wind_speed_m_s(up_m_s, height_m, 10.0, 0.2), 7.0, 1e-12);
        assert_close(wind_speed_log_m_s(log_m_s, height_m, 10.0, 0.1), 7.0, 1e-12);
        assert_true((height_m > 10.0) == (up_m_s > 7.0) && (height_m > 10.0) == (log_m_s > 7.0));
        if (height_m > 10.0) {
            assert_close(wind_exponent_ratio(7.0, 10.0, up_m_s, height_m), 0.2, 1e-12);
        }
    }
    assert_close(wind_speed_m_s(0.0, 10.0, 80.0, 0.2), 0.0, 0.0);
    assert_close(wind_power_kw_m2(6.0, 1.2), 8.0 * wind_power_kw_m2(3.0, 1.2), 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_power_law_joins_four_heights),
        cmocka_unit_test(both_laws_go_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
