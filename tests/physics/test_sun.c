/* The sun: a weather file's own extraterrestrial radiation, days and years as symmetries, and that
   irradiance is split and tilted without making any. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include <stdlib.h>
#include <string.h>

#include "physics/sun.h"
#include "shared_data.h"

static const double pi = 3.14159265358979323846;

/* Columns 11 and 12 of a TMY3 file: extraterrestrial on the horizontal and normal to the rays, Wh/m2
   of the hour, with a solar constant of 1367. Denver, 39.83 N 104.65 W, UTC-7. */
static void a_weather_files_extraterrestrial_radiation(void **state) {
    char path[512], line[2048];
    double horizontal_kwh = 0.0, normal_kwh = 0.0, file_horizontal_kwh = 0.0, file_normal_kwh = 0.0;
    double worst_kwh = 0.0;
    int hours = 0;
    (void)state;
    shared_data_need(path, sizeof path, "weather/epw/USA_CO_Denver.Intl.AP.725650_TMY3.epw");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (int k = 0; k < 8; k++) {
        assert_non_null(fgets(line, sizeof line, file));
    }
    while (fgets(line, sizeof line, file)) {
        char *at = line;
        for (int k = 0; k < 10; k++) {
            at = strchr(at, ',') + 1;
        }
        double file_h = strtod(at, &at) / 1000.0, file_n = strtod(at + 1, NULL) / 1000.0;
        double here = 0.0;
        for (int part = 0; part < 12; part++) { /* the mean of the hour */
            struct sun_position sun =
                sun_at(hours / 24, hours % 24 + (part + 0.5) / 12.0, 39.83, -104.65, -7.0);
            here += fmax(0.0, sun.extraterrestrial_kw_m2 * sin(sun.elevation_deg * pi / 180.0)) /
                    12.0 * 1.367 / 1.361;
            normal_kwh += sun.elevation_deg > 0.0 ? sun.extraterrestrial_kw_m2 / 12.0 : 0.0;
        }
        horizontal_kwh += here;
        file_horizontal_kwh += file_h;
        file_normal_kwh += file_n;
        worst_kwh = fmax(worst_kwh, fabs(here - file_h));
        hours++;
    }
    (void)fclose(file);
    print_message("year %.1f kWh/m2, the file %.1f; worst hour %.4f\n", horizontal_kwh,
                  file_horizontal_kwh, worst_kwh);
    assert_int_equal(hours, 8760);
    assert_close(horizontal_kwh / file_horizontal_kwh, 1.0, 0.003);
    assert_true(worst_kwh < 0.012);
    assert_true(normal_kwh > 0.0 &&
                file_normal_kwh > normal_kwh); /* whole hours are counted there */
}

/* At solar noon the sun stands over the meridian, at 90 - |latitude - declination|. */
static void noon_is_highest(void **state) {
    (void)state;
    for (int day = 0; day < 366; day += 13) {
        double highest_deg = -90.0, at_h = 0.0;
        for (double hour_h = 10.0; hour_h <= 14.0; hour_h += 0.01) {
            struct sun_position sun = sun_at(day, hour_h, 52.0, 0.0, 0.0);
            if (sun.elevation_deg > highest_deg) {
                highest_deg = sun.elevation_deg;
                at_h = hour_h;
            }
        }
        assert_true(fabs(at_h - 12.0) < 0.3); /* the equation of time is within 17 minutes */
        assert_close(sun_at(day, at_h, 52.0, 0.0, 0.0).azimuth_deg, 180.0, 0.3);
        double declination_deg = highest_deg - 38.0;
        assert_true(fabs(declination_deg) < 23.45);
        /* the same moment on the other half of the globe */
        double south_deg = sun_at(day, at_h, -52.0, 0.0, 0.0).elevation_deg;
        assert_close(south_deg, 38.0 - declination_deg, 0.02);
    }
}

static void the_year_turns_round(void **state) {
    (void)state;
    assert_close(sun_at(365, 12.0, 45.0, 0.0, 0.0).elevation_deg,
                 sun_at(0, 12.0, 45.0, 0.0, 0.0).elevation_deg, 0.15);
    /* clock and longitude are one: 15 degrees an hour */
    for (double hour_h = 0.0; hour_h < 24.0; hour_h += 1.7) {
        assert_close(sun_at(80, hour_h, 30.0, 45.0, 3.0).elevation_deg,
                     sun_at(80, hour_h, 30.0, 0.0, 0.0).elevation_deg, 0.06);
    }
    assert_true(sun_at(171, 0.0, 80.0, 0.0, 0.0).elevation_deg > 0.0);  /* the midnight sun */
    assert_true(sun_at(354, 12.0, 80.0, 0.0, 0.0).elevation_deg < 0.0); /* the polar night */
    assert_true(sun_at(80, 12.0, 90.0, 0.0, 0.0).azimuth_deg >= 0.0);
}

/* Direct and diffuse add up to what was split. */
static void a_split_adds_up(void **state) {
    (void)state;
    for (double elevation_deg = 3.5; elevation_deg < 90.0; elevation_deg += 4.0) {
        struct sun_position sun = {elevation_deg, 180.0, 1.361};
        double sine = sin(elevation_deg * pi / 180.0), before_frac = 2.0;
        for (double clearness = 0.05; clearness < 0.85; clearness += 0.05) {
            double global_kw_m2 = clearness * 1.361 * sine, direct = 0.0, diffuse = 0.0;
            sun_split(&sun, global_kw_m2, &direct, &diffuse);
            assert_close(direct * sine + diffuse, global_kw_m2, 1e-12);
            assert_true(direct >= 0.0 && diffuse >= 0.0 && direct <= 1.361);
            assert_true(sun_diffuse_frac(clearness) <= before_frac + 0.003);
            before_frac = sun_diffuse_frac(clearness);
        }
    }
    double direct = -1.0, diffuse = -1.0;
    struct sun_position night = {-5.0, 0.0, 1.361};
    sun_split(&night, 0.0, &direct, &diffuse);
    assert_close(direct + diffuse, 0.0, 0.0);
    assert_close(sun_diffuse_frac(-1.0), 1.0, 0.0);
    assert_close(sun_diffuse_frac(0.22), sun_diffuse_frac(0.220001), 0.002); /* Erbs' own joints */
    assert_close(sun_diffuse_frac(0.80), sun_diffuse_frac(0.800001), 0.002);
}

/* Lying flat a plane receives the global irradiance, whatever the sky model; a vertical one facing
   away from the sun only sky and ground. */
static void planes_receive_what_there_is(void **state) {
    (void)state;
    for (double elevation_deg = 4.0; elevation_deg < 90.0; elevation_deg += 3.0) {
        struct sun_position sun = {elevation_deg, 150.0, 1.361};
        double sine = sin(elevation_deg * pi / 180.0), global_kw_m2 = 0.6 * sine + 0.12;
        assert_close(sun_on_plane_kw_m2(&sun, global_kw_m2, 0.6, 0.12, 0.0, 77.0, 0.2),
                     global_kw_m2, 1e-12);
        double away = sun_on_plane_kw_m2(&sun, global_kw_m2, 0.6, 0.12, 90.0, 330.0, 0.2);
        assert_close(away, 0.5 * 0.12 * (1.0 - 0.6 / 1.361) + 0.1 * global_kw_m2, 1e-12);
        double towards =
            sun_on_plane_kw_m2(&sun, global_kw_m2, 0.6, 0.12, 90.0 - elevation_deg, 150.0, 0.2);
        assert_true(towards >= global_kw_m2 - 1e-9 && towards > away);
        assert_close(sun_incidence_ratio(elevation_deg, 150.0, 90.0 - elevation_deg, 150.0), 1.0,
                     1e-12);
    }
    struct sun_position night = {-10.0, 0.0, 1.361}, dawn = {0.5, 90.0, 1.361};
    assert_close(sun_on_plane_kw_m2(&night, 0.0, 0.5, 0.0, 30.0, 180.0, 0.2), 0.0, 1e-12);
    assert_true(sun_sky_kw_m2(&dawn, 0.1, 0.05, 90.0, 90.0) < 0.15); /* sunrise stays finite */
    assert_close(sun_sky_isotropic_kw_m2(0.3, 180.0), 0.0, 1e-12);
}

static void a_clear_sky_grows_with_the_sun(void **state) {
    double before_kw_m2 = -1.0;
    (void)state;
    for (double elevation_deg = 0.5; elevation_deg <= 90.0; elevation_deg += 0.5) {
        double now_kw_m2 = sun_clear_kw_m2(elevation_deg);
        assert_true(now_kw_m2 > before_kw_m2);
        before_kw_m2 = now_kw_m2;
    }
    assert_close(sun_clear_kw_m2(0.0), 0.0, 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_weather_files_extraterrestrial_radiation),
        cmocka_unit_test(noon_is_highest),
        cmocka_unit_test(the_year_turns_round),
        cmocka_unit_test(a_split_adds_up),
        cmocka_unit_test(planes_receive_what_there_is),
        cmocka_unit_test(a_clear_sky_grows_with_the_sun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
