/* Ground: the temperatures that weather files carry, at three depths, and limits. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include <stdlib.h>
#include <string.h>

#include "physics/ground.h"
#include "shared_data.h"

enum { MONTHS = 12, DEPTHS = 3 };
static const double pi = 3.14159265358979323846;

struct file {
    double depth_m[DEPTHS], month_c[DEPTHS][MONTHS];
};

static void read_file(const char *name, struct file *ret) {
    char path[512], line[4096];
    shared_data_need(path, sizeof path, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (int k = 0; k < 4; k++) {
        assert_non_null(fgets(line, sizeof line, file));
    }
    (void)fclose(file);
    assert_memory_equal(line, "GROUND TEMPERATURES,3,", 22);
    char *at = line + 22;
    for (int d = 0; d < DEPTHS; d++) {
        ret->depth_m[d] = strtod(at, &at);
        at += strspn(at, ","); /* conductivity, density and heat capacity are left blank */
        for (int m = 0; m < MONTHS; m++) {
            ret->month_c[d][m] = strtod(at, &at);
            at += strspn(at, ",");
        }
    }
}

/* These files hold the mean of the ground from the surface down to a depth (Kusuda and Achenbach as
   in DOE-2), in soil of .0557 m2 a day. */
static double mean_to_depth_c(double mean_c, double amplitude_dk, double depth_m, double day,
                              double coldest_day) {
    enum { PARTS = 50 };
    double sum_c = 0.0;
    for (int k = 0; k < PARTS; k++) {
        sum_c += ground_of_soil_c(mean_c, amplitude_dk, depth_m * (k + 0.5) / PARTS, day,
                                  coldest_day, 0.0557);
    }
    return sum_c / PARTS;
}

/* Mean, amplitude and coldest day of twelve months. */
static void harmonic(const double *month_c, double *ret_mean_c, double *ret_amplitude_dk,
                     double *ret_coldest_day) {
    double mean_c = 0.0, a = 0.0, b = 0.0;
    for (int m = 0; m < MONTHS; m++) {
        double angle = 2.0 * pi * (m + 0.5) / MONTHS;
        mean_c += month_c[m] / MONTHS;
        a += month_c[m] * cos(angle) / 6.0;
        b += month_c[m] * sin(angle) / 6.0;
    }
    *ret_mean_c = mean_c;
    *ret_amplitude_dk = hypot(a, b);
    *ret_coldest_day = fmod(atan2(-b, -a) / (2.0 * pi) * 365.0 + 365.0, 365.0);
}

/* The wave that each of three depths says the surface has is the same: amplitude within 2 %, coldest
   day within a day and a half. */
static void weather_files_ground(void **state) {
    static const char *const names[] = {"weather/epw/USA_VA_Leesburg.Exec.epw",
                                        "weather/epw/USA_IL_Chicago.OHare.epw",
                                        "weather/epw/USA_WA_Seattle-Tacoma.epw",
                                        "weather/epw/USA_AZ_Phoenix-Sky.Harbor.epw",
                                        "weather/epw/USA_TX_Dallas-Fort.Worth.epw",
                                        "weather/epw/USA_CO_Denver.Intl.AP.725650_TMY3.epw",
                                        "weather/epw/USA_MN_Duluth.Intl.AP.727450_TMY3.epw"};
    double worst_ratio = 0.0, worst_day = 0.0;
    (void)state;
    for (int n = 0; n < COUNT(names); n++) {
        struct file file;
        double surface_dk[DEPTHS], surface_day[DEPTHS];
        read_file(names[n], &file);
        for (int d = 0; d < DEPTHS; d++) {
            double unit_c[MONTHS], mean_c = 0.0, share = 0.0, lag_day = 0.0;
            for (int m = 0; m < MONTHS; m++) {
                double day = 365.0 * (m + 0.5) / MONTHS;
                unit_c[m] = mean_to_depth_c(0.0, 1.0, file.depth_m[d], day, 0.0);
            }
            harmonic(unit_c, &mean_c, &share, &lag_day);
            harmonic(file.month_c[d], &mean_c, &surface_dk[d], &surface_day[d]);
            surface_dk[d] /= share;
            surface_day[d] -= lag_day;
            worst_ratio = fmax(worst_ratio, fabs(surface_dk[d] / surface_dk[0] - 1.0));
            worst_day = fmax(worst_day, fabs(surface_day[d] - surface_day[0]));
        }
    }
    print_message("7 places, 3 depths: surface the same within %.2f %% and %.2f days\n",
                  100.0 * worst_ratio, worst_day);
    assert_true(worst_ratio < 0.02 && worst_day < 1.5);
}

static void the_deep_ground_rests(void **state) {
    (void)state;
    for (int day = 0; day < 365; day += 5) {
        double before_dk = 10.0;
        for (double depth_m = 0.0; depth_m < 20.0; depth_m += 0.5) {
            double wave_dk = 0.0;
            for (int phase = 0; phase < 365; phase += 5) {
                wave_dk = fmax(wave_dk, fabs(ground_c(10.0, 9.0, depth_m, phase, day) - 10.0));
            }
            assert_true(wave_dk < before_dk);
            before_dk = wave_dk;
        }
        assert_close(ground_c(10.0, 9.0, 0.0, day, day), 1.0, 1e-12);
        assert_close(ground_c(10.0, 0.0, 1.0, day, 35.0), 10.0, 0.0);
        assert_close(ground_c(10.0, 9.0, 1.0, day, 35.0),
                     ground_of_soil_c(10.0, 9.0, 1.0, day, 35.0, 0.05), 0.0);
    }
}

/* German Weather Service, Duesseldorf 2017, hourly at 1 m: 2.7 to 20.8 degC about 12.18 degC. A
   surface that swings by 10 K, as lawn does there, gives the swing of the year within 1 K. */
static void measured_soil(void **state) {
    char path[512], line[256];
    double sum_k = 0.0, low_k = 400.0, high_k = 0.0;
    int rows = 0;
    (void)state;
    shared_data_need(path, sizeof path,
                     "weather/other/UndergroundTemperature_Duesseldorf_1m_2017.txt");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        const char *second = strchr(line, ';');
        if (line[0] >= '0' && line[0] <= '9' && second) {
            double t_k = strtod(second + 1, NULL);
            sum_k += t_k;
            low_k = fmin(low_k, t_k);
            high_k = fmax(high_k, t_k);
            rows++;
        }
    }
    (void)fclose(file);
    assert_int_equal(rows, 8761);
    assert_close(sum_k / rows - 273.15, 12.18, 0.01);
    double swing_dk = 0.0;
    for (int day = 0; day < 365; day++) {
        swing_dk = fmax(swing_dk, ground_of_soil_c(0.0, 12.0, 1.0, day, 20.0, 0.08));
    }
    assert_close(swing_dk, 0.5 * (high_k - low_k), 1.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weather_files_ground),
        cmocka_unit_test(the_deep_ground_rests),
        cmocka_unit_test(measured_soil),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
