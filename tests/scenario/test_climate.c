/* Built-in climates: deterministic, closed in their physics and sane everywhere. Held against real
   years in test_climate_files.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/calendar.h"
#include "base/series.h"
#include "physics/air.h"
#include "physics/sun.h"
#include "scenario/climate.h"
#include "scenario/climates.h"
#include "shared_data.h"

static const double pi = 3.14159265358979323846;
static const struct place nowhere = {NULL, 0, 0};

static struct climate built(struct arena *arena, const char *name, int year, double warming_dk) {
    struct climate climate;
    assert_int_equal(
        climate_builtin(arena, diag_new(arena), nowhere, name, year, warming_dk, &climate),
        STATUS_OK);
    return climate;
}

/* Every place in the years the tests look at, made once. */
enum { COMMON, WARMER, LEAP, LEAP_AGAIN, YEARS, PLACES_MAX = 64 };
static const double warming_dk = 2.0;
static struct arena *kept;
static struct climate years[PLACES_MAX][YEARS];

static int make_years(void **state) {
    (void)state;
    kept = arena_new(0);
    if (climate_count() > PLACES_MAX) {
        return -1;
    }
    for (int k = 0; k < climate_count(); k++) {
        const char *name = climate_name_at(k);
        years[k][COMMON] = built(kept, name, 2023, 0.0);
        years[k][WARMER] = built(kept, name, 2023, warming_dk);
        years[k][LEAP] = built(kept, name, 2024, 0.0);
        years[k][LEAP_AGAIN] = built(kept, name, 2024, 0.0);
    }
    return 0;
}

static int free_years(void **state) {
    (void)state;
    arena_free(kept);
    return 0;
}

static void the_demanded_places_are_there(void **state) {
    static const char *const wanted[] = {
        "n_virginia", "seattle",   "phoenix",   "dallas",     "chicago",   "columbus",
        "atlanta",    "portland",  "dublin",    "london",     "amsterdam", "paris",
        "zurich",     "frankfurt", "stockholm", "copenhagen", "odense",    "helsinki",
        "oslo",       "singapore", "tokyo",     "exmouth",    "hamburg",   "berlin"};
    (void)state;
    assert_true(climate_count() >= 24);
    for (size_t k = 0; k < sizeof wanted / sizeof wanted[0]; k++) {
        int index = climate_find(wanted[k]);
        assert_true(index >= 0);
        assert_string_equal(climate_name_at(index), wanted[k]);
    }
    for (int k = 0; k < climates_count(); k++) {
        const struct normals *n = climates_at(k);
        assert_true(strlen(n->source) > 20 && strlen(n->title) > 3 && n->shape != NULL);
        assert_true(k == 0 || strcmp(climate_name_at(k - 1), n->name) < 0);
        bool says_so = strstr(n->source, "not checked") != NULL;
        assert_true(says_so == n->approximate);
    }
}

/* A name is understood with its signs, in capitals and with blanks. */
static void a_place_is_found_however_it_is_written(void **state) {
    static const char *const pair[][2] = {
        {"Zürich", "zurich"},          {"ZURICH", "zurich"},
        {"zuerich", "zurich"},         {"Northern Virginia", "n_virginia"},
        {"N. Virginia", "n_virginia"}, {"n-virginia", "n_virginia"},
        {"København", "copenhagen"},   {"München", "munich"},
        {"New York", "new_york"},      {"San Francisco", "san_francisco"},
        {"Milano", "milan"},           {"Bruxelles", "brussels"}};
    (void)state;
    struct arena *arena = arena_new(0);
    for (size_t k = 0; k < sizeof pair / sizeof pair[0]; k++) {
        int index = climate_find(pair[k][0]);
        assert_true(index >= 0);
        assert_string_equal(climate_name_at(index), pair[k][1]);
    }
    assert_string_equal(built(arena, "N. Virginia", 2023, 0.0).name, "n_virginia");
    assert_int_equal(climate_find(""), -1);
    assert_int_equal(climate_find("\xc3"), -1);
    assert_int_equal(climate_find("a name that is longer than any place has ever been called on "
                                  "earth or elsewhere"),
                     -1);
    struct diag *diag = diag_new(arena);
    struct climate climate;
    assert_int_equal(climate_builtin(arena, diag, nowhere, "seatle", 2023, 0.0, &climate),
                     STATUS_BAD_SCENARIO);
    assert_non_null(strstr(diag_at(diag, 0)->remedy, "seattle"));
    arena_free(arena);
}

static void every_place_is_sane_and_repeats(void **state) {
    (void)state;
    for (int k = 0; k < climate_count(); k++) {
        const struct climate_year *y = &years[k][LEAP].year, *z = &years[k][LEAP_AGAIN].year;
        assert_int_equal(y->count, 8784);
        const double *const mine[] = {y->outdoor_c,    y->dew_point_c,   y->wet_bulb_c,
                                      y->global_kw_m2, y->diffuse_kw_m2, y->direct_normal_kw_m2,
                                      y->wind_m_s,     y->pressure_kpa,  y->humidity_kg_kg};
        const double *const other[] = {z->outdoor_c,    z->dew_point_c,   z->wet_bulb_c,
                                       z->global_kw_m2, z->diffuse_kw_m2, z->direct_normal_kw_m2,
                                       z->wind_m_s,     z->pressure_kpa,  z->humidity_kg_kg};
        for (size_t q = 0; q < sizeof mine / sizeof mine[0]; q++) {
            assert_memory_equal(mine[q], other[q], (size_t)y->count * sizeof(double));
        }
        for (int h = 0; h < y->count; h++) {
            assert_true(y->outdoor_c[h] > -45.0 && y->outdoor_c[h] < 52.0);
            assert_true(y->wind_m_s[h] >= 0.0 && y->wind_m_s[h] < 50.0);
            assert_true(fabs(y->outdoor_c[(h + 1) % y->count] - y->outdoor_c[h]) < 15.0);
        }
    }
}

static void the_air_is_never_wetter_than_saturated(void **state) {
    (void)state;
    for (int k = 0; k < climate_count(); k++) {
        for (int which = 0; which < LEAP_AGAIN; which++) {
            const struct climate_year *y = &years[k][which].year;
            for (int h = 0; h < y->count; h++) {
                double most_kg_kg =
                    air_saturated_humidity_kg_kg(y->outdoor_c[h], y->pressure_kpa[h]);
                assert_true(y->humidity_kg_kg[h] > 0.0);
                assert_true(y->humidity_kg_kg[h] <= most_kg_kg * (1.0 + 1e-12));
                assert_true(y->dew_point_c[h] <= y->wet_bulb_c[h] + 1e-6);
                assert_true(y->wet_bulb_c[h] <= y->outdoor_c[h] + 1e-6);
            }
        }
    }
}

static void the_sun_closes_and_sets(void **state) {
    (void)state;
    for (int k = 0; k < climate_count(); k++) {
        const struct climate *climate = &years[k][COMMON];
        const struct climate_year *y = &climate->year;
        for (int h = 0; h < y->count; h++) {
            struct sun_position sun = sun_at(h / 24, h % 24 + 0.5, climate->latitude_deg,
                                             climate->longitude_deg, climate->utc_offset_h);
            double sine = fmax(0.0, sin(sun.elevation_deg * pi / 180.0));
            double sum_kw_m2 = y->direct_normal_kw_m2[h] * sine + y->diffuse_kw_m2[h];
            assert_true(fabs(y->global_kw_m2[h] - sum_kw_m2) < 1e-12);
            assert_true(y->diffuse_kw_m2[h] >= 0.0 && y->direct_normal_kw_m2[h] >= 0.0);
            assert_true(y->direct_normal_kw_m2[h] <= 1.05);
            assert_true(y->global_kw_m2[h] < 1.25);
            if (sun.elevation_deg < -9.0) { /* below all through the hour: 15 degrees an hour */
                assert_true(y->global_kw_m2[h] == 0.0);
            }
        }
    }
}

/* Monthly means come out as the table has them, in a common and in a leap year; the days' highest
   and lowest hours only where the passage from day to day leaves room: up to 0.9 K wider in Nordic
   winters. */
static void months_mean_what_the_table_says(void **state) {
    (void)state;
    for (int k = 0; k < climate_count(); k++) {
        const struct normals *n = climates_at(k);
        for (int year = 2023; year <= 2024; year++) {
            const struct climate_year *y = &years[k][year == 2023 ? COMMON : LEAP].year;
            int from = 0;
            for (int month = 0; month < 12; month++) {
                int hours = 24 * calendar_days_in_month(month, calendar_is_leap(year));
                double dry_c = 0.0, dew_c = 0.0, global_kwh = 0.0, high_c = 0.0, low_c = 0.0;
                for (int h = from; h < from + hours; h++) {
                    dry_c += y->outdoor_c[h] / hours;
                    dew_c += y->dew_point_c[h] / hours;
                    global_kwh += y->global_kw_m2[h] * 24.0 / hours;
                }
                for (int day = from; day < from + hours; day += 24) {
                    high_c += series_max(y->outdoor_c + day, 24) * 24.0 / hours;
                    low_c += series_min(y->outdoor_c + day, 24) * 24.0 / hours;
                }
                assert_true(fabs(dry_c - n->dry_c[month]) < 0.05);
                assert_true(fabs(high_c - n->high_c[month]) < 1.0);
                assert_true(fabs(low_c - n->low_c[month]) < 1.0);
                assert_true(fabs(dew_c - n->dew_c[month]) < 0.1);
                assert_true(fabs(global_kwh / n->global_kwh_m2_day[month] - 1.0) < 0.02);
                from += hours;
            }
        }
    }
}

static double relative_humidity_frac(const struct climate_year *y, int hour) {
    return air_relative_humidity_frac(y->outdoor_c[hour], y->humidity_kg_kg[hour],
                                      y->pressure_kpa[hour]);
}

static void warming_adds_to_every_hour(void **state) {
    (void)state;
    for (int k = 0; k < climate_count(); k++) {
        const struct climate *now = &years[k][COMMON], *then = &years[k][WARMER];
        for (int h = 0; h < now->year.count; h++) {
            assert_true(then->year.outdoor_c[h] == now->year.outdoor_c[h] + warming_dk);
            assert_true(then->year.humidity_kg_kg[h] > now->year.humidity_kg_kg[h]);
            assert_true(fabs(relative_humidity_frac(&then->year, h) -
                             relative_humidity_frac(&now->year, h)) < 1e-6);
            assert_true(then->year.global_kw_m2[h] == now->year.global_kw_m2[h]);
        }
        assert_int_equal(then->coldest_day, now->coldest_day);
        for (int h = 0; h < 24; h++) {
            assert_true(then->coldest_day_c[h] == now->coldest_day_c[h] + warming_dk);
            assert_true(then->hottest_day_c[h] == now->hottest_day_c[h] + warming_dk);
        }
    }
}

static void design_days_are_the_coldest_and_the_hottest(void **state) {
    (void)state;
    for (int k = 0; k < climate_count(); k++) {
        const struct climate *climate = &years[k][LEAP];
        double coldest_c = 1e9, hottest_c = -1e9, cold_c = 0.0, hot_c = 0.0;
        for (int d = 0; d < 366; d++) {
            double mean_c = 0.0;
            for (int h = 0; h < 24; h++) {
                mean_c += climate->year.outdoor_c[24 * d + h] / 24.0;
            }
            coldest_c = fmin(coldest_c, mean_c);
            hottest_c = fmax(hottest_c, mean_c);
        }
        for (int h = 0; h < 24; h++) {
            cold_c += climate->coldest_day_c[h] / 24.0;
            hot_c += climate->hottest_day_c[h] / 24.0;
            assert_true(climate->hottest_day_wet_bulb_c[h] <= climate->hottest_day_c[h] + 1e-6);
        }
        assert_true(fabs(cold_c - coldest_c) < 1e-9 && fabs(hot_c - hottest_c) < 1e-9);
    }
}

static double span_of_months_dk(const struct climate *climate) {
    double least = 1e9, most = -1e9;
    for (int month = 0, from = 0; month < 12; month++) {
        int hours = 24 * calendar_days_in_month(month, false);
        double mean_c = 0.0;
        for (int h = from; h < from + hours; h++) {
            mean_c += climate->year.outdoor_c[h] / hours;
        }
        least = fmin(least, mean_c);
        most = fmax(most, mean_c);
        from += hours;
    }
    return most - least;
}

/* One degree north of the line there is no winter, and the air is moist all the year. */
static void the_tropics_are_tropical(void **state) {
    (void)state;
    const struct climate *climate = &years[climate_find("singapore")][COMMON];
    assert_true(span_of_months_dk(climate) < 3.0);
    for (int h = 0; h < climate->year.count; h++) {
        assert_true(climate->year.outdoor_c[h] > 18.0 && climate->year.outdoor_c[h] < 38.0);
        assert_true(climate->year.wet_bulb_c[h] > 16.0 && climate->year.wet_bulb_c[h] < 31.0);
    }
}

/* The same normals half a year later and south of the line: the sun stands in the north at noon,
   and January is the bright month. No built-in place lies there; the way to one must. */
static void the_south_has_its_summer_in_january(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    const struct normals *north = climates_at(climate_find("brussels"));
    struct normals south = *north;
    south.name = "south";
    south.latitude_deg = -north->latitude_deg;
    for (int month = 0; month < 12; month++) {
        south.dry_c[month] = north->dry_c[(month + 6) % 12];
        south.dew_c[month] = north->dew_c[(month + 6) % 12];
        south.global_kwh_m2_day[month] = north->global_kwh_m2_day[(month + 6) % 12];
    }
    struct climate climate;
    assert_int_equal(climate_from_normals(arena, &south, 2023, 0.0, &climate), STATUS_OK);
    double january_kwh = 0.0, july_kwh = 0.0;
    for (int h = 0; h < 24 * 31; h++) {
        january_kwh += climate.year.global_kw_m2[h];
        july_kwh += climate.year.global_kw_m2[24 * 181 + h];
    }
    assert_true(fabs(january_kwh / 31.0 / north->global_kwh_m2_day[6] - 1.0) < 0.02);
    assert_true(fabs(july_kwh / 31.0 / north->global_kwh_m2_day[0] - 1.0) < 0.02);
    assert_true(climate.hottest_day < 90 || climate.hottest_day > 330);
    assert_true(climate.coldest_day > 120 && climate.coldest_day < 270);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_demanded_places_are_there),
        cmocka_unit_test(a_place_is_found_however_it_is_written),
        cmocka_unit_test(every_place_is_sane_and_repeats),
        cmocka_unit_test(the_air_is_never_wetter_than_saturated),
        cmocka_unit_test(the_sun_closes_and_sets),
        cmocka_unit_test(months_mean_what_the_table_says),
        cmocka_unit_test(warming_adds_to_every_hour),
        cmocka_unit_test(design_days_are_the_coldest_and_the_hottest),
        cmocka_unit_test(the_tropics_are_tropical),
        cmocka_unit_test(the_south_has_its_summer_in_january)};
    return cmocka_run_group_tests(tests, make_years, free_years);
}
