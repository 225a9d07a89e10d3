/* Humidity, weighted days and design days of a year of weather.

   Weighted day temperature: (T0 + .5 T-1 + .25 T-2 + .125 T-3)/1.875 of daily means (BDEW); the
   year closes on itself. Coldest design day: the day with the lowest mean temperature of the year,
   hour by hour as it was. Hottest: the day with the highest mean temperature, with its wet bulb. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/climate_build.h"

#include <math.h>
#include <string.h>

#include "physics/air.h"
#include "physics/air_year.h"

enum status climate_arrays_take(struct arena *arena, int count, struct climate_arrays *ret) {
    double **const all[] = {&ret->outdoor_c,      &ret->dew_point_c,
                            &ret->humidity_kg_kg, &ret->wet_bulb_c,
                            &ret->pressure_kpa,   &ret->wind_m_s,
                            &ret->global_kw_m2,   &ret->direct_normal_kw_m2,
                            &ret->diffuse_kw_m2,  &ret->outdoor_weighted_c};
    ret->count = count;
    for (int k = 0; k < COUNT(all); k++) {
        *all[k] = ARENA_TAKE(arena, double, count);
        if (!*all[k]) {
            return STATUS_NO_MEMORY;
        }
    }
    return STATUS_OK;
}

enum status climate_copy(struct arena *arena, const struct climate *from, struct climate *ret) {
    struct climate copy = *from;
    const double **const all[] = {&copy.year.outdoor_c,      &copy.year.dew_point_c,
                                  &copy.year.humidity_kg_kg, &copy.year.wet_bulb_c,
                                  &copy.year.pressure_kpa,   &copy.year.wind_m_s,
                                  &copy.year.global_kw_m2,   &copy.year.direct_normal_kw_m2,
                                  &copy.year.diffuse_kw_m2,  &copy.year.outdoor_weighted_c};
    const char **const texts[] = {&copy.name, &copy.title, &copy.source, &copy.warning};
    for (int k = 0; k < COUNT(all); k++) {
        double *own = ARENA_TAKE(arena, double, copy.year.count);
        TRY(own ? STATUS_OK : STATUS_NO_MEMORY);
        *all[k] = memcpy(own, *all[k], (size_t)copy.year.count * sizeof *own);
    }
    for (int k = 0; k < COUNT(texts); k++) {
        *texts[k] = *texts[k] ? arena_text(arena, *texts[k]) : NULL;
    }
    TRY(arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK);
    *ret = copy;
    return STATUS_OK;
}

static void add_warming(struct climate_arrays *a, double warming_dk) {
    for (int h = 0; h < a->count && warming_dk != 0.0; h++) {
        double w_kg_kg = air_saturated_humidity_kg_kg(a->dew_point_c[h], a->pressure_kpa[h]);
        double rh_frac =
            fmin(1.0, air_relative_humidity_frac(a->outdoor_c[h], w_kg_kg, a->pressure_kpa[h]));
        a->outdoor_c[h] += warming_dk;
        w_kg_kg = air_humidity_kg_kg(a->outdoor_c[h], rh_frac, a->pressure_kpa[h]);
        a->dew_point_c[h] = air_dew_point_c(w_kg_kg, a->pressure_kpa[h]);
    }
}

static double day_mean_c(const struct climate_arrays *a, int day) {
    double sum = 0.0;
    for (int h = 0; h < 24; h++) {
        sum += a->outdoor_c[24 * day + h];
    }
    return sum / 24.0;
}

static void add_weighted(struct climate_arrays *a) {
    static const double weight[4] = {1.0, 0.5, 0.25, 0.125};
    int days = a->count / 24;
    for (int d = 0; d < days; d++) {
        double sum = 0.0;
        for (int back = 0; back < 4; back++) {
            sum += weight[back] * day_mean_c(a, (d - back + days) % days);
        }
        for (int h = 0; h < 24; h++) {
            a->outdoor_weighted_c[24 * d + h] = sum / 1.875;
        }
    }
}

static void add_design_days(const struct climate_arrays *a, struct climate *climate) {
    double coldest_c = 1e9, hottest_c = -1e9;
    for (int d = 0; d < a->count / 24; d++) {
        double mean_c = day_mean_c(a, d);
        if (mean_c < coldest_c) {
            coldest_c = mean_c;
            climate->coldest_day = d;
        }
        if (mean_c > hottest_c) {
            hottest_c = mean_c;
            climate->hottest_day = d;
        }
    }
    for (int h = 0; h < 24; h++) {
        climate->coldest_day_c[h] = a->outdoor_c[24 * climate->coldest_day + h];
        climate->hottest_day_c[h] = a->outdoor_c[24 * climate->hottest_day + h];
        climate->hottest_day_wet_bulb_c[h] = a->wet_bulb_c[24 * climate->hottest_day + h];
    }
}

void climate_finish(struct climate_arrays *a, int year, double warming_dk,
                    struct climate *climate) {
    add_warming(a, warming_dk);
    for (int h = 0; h < a->count; h++) {
        a->dew_point_c[h] = fmin(a->dew_point_c[h], a->outdoor_c[h]);
        a->humidity_kg_kg[h] = air_saturated_humidity_kg_kg(a->dew_point_c[h], a->pressure_kpa[h]);
    }
    air_year_wet_bulb_c(a->count, a->outdoor_c, a->humidity_kg_kg, a->pressure_kpa, a->wet_bulb_c);
    add_weighted(a);
    add_design_days(a, climate);
    struct climate_year whole = {a->count,          calendar_weekday(year, 0, 1),
                                 a->outdoor_c,      a->dew_point_c,
                                 a->humidity_kg_kg, a->wet_bulb_c,
                                 a->pressure_kpa,   a->wind_m_s,
                                 a->global_kw_m2,   a->direct_normal_kw_m2,
                                 a->diffuse_kw_m2,  a->outdoor_weighted_c};
    climate->year = whole;
}
