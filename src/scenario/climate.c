/* A deterministic year from monthly normals. The seed is the place's name: the same place is the
   same year everywhere. The days come from climate_days.c; here they become hours.

   dry bulb    passes linearly from noon to noon, + span * the sun's course (Parton and Logan 1981,
               doi:10.1016/0002-1571(81)90105-9): a sine from sunrise that is highest 1.86 h after
               solar noon, and an exponential fall by exp(-2.2) through the night, bent so that the
               day has its mean, its highest and its lowest hour
   dew point   passes from noon to noon, never above the air; what the night cannot hold the day has
   sun         the days' irradiation over the hours by Collares-Pereira and Rabl 1979
               (doi:10.1016/0038-092X(79)90100-2), the month's as given; Erbs split
   wind        Weibull hours (shape 1.8: deviation 0.58 of the mean; eleven files have 0.48..0.86)
               with persistence, monthly mean as given
   Compared with real years in docs/validation/climate.md. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/climate.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "physics/air.h"
#include "physics/sun.h"
#include "scenario/climate_build.h"
#include "scenario/climate_days.h"
#include "scenario/climates.h"

static const double pi = 3.14159265358979323846;
static const double clearest_day_ratio = 0.80, clearest_hour_ratio = 0.82, dullest_day_ratio = 0.06;

/* Linear from noon to noon through the knots of the days; the year closes on itself. */
static double passing_c(const double *knot_c, int days, int hour) {
    int day = hour / 24;
    double past_h = hour % 24 + 0.5 - 12.0;
    int other = past_h < 0.0 ? (day + days - 1) % days : (day + 1) % days;
    return knot_c[day] + fabs(past_h) / 24.0 * (knot_c[other] - knot_c[day]);
}

static double sine_of(const struct sun_position *sun) {
    return sin(sun->elevation_deg * pi / 180.0);
}

static double noon_h(const struct normals *n) {
    return 12.0 + n->utc_offset_h - n->longitude_deg / 15.0;
}

/* Hours from sunrise to noon, 3 to 21, from the sun's height at noon and at midnight. */
static double half_day_h(const struct normals *n, int day) {
    struct sun_position noon =
        sun_at(day, noon_h(n), n->latitude_deg, n->longitude_deg, n->utc_offset_h);
    struct sun_position night =
        sun_at(day, noon_h(n) - 12.0, n->latitude_deg, n->longitude_deg, n->utc_offset_h);
    double high = sine_of(&noon), low = sine_of(&night);
    return acos(fmin(0.7, fmax(-0.7, (high + low) / (low - high)))) * 12.0 / pi;
}

/* The sun's course of the temperature, lowest 0, highest 1. */
static void set_course(const struct normals *n, int day, double course_ratio[24]) {
    static const double lag_h = 1.86, fall_ratio = 2.20;
    double half_h = half_day_h(n, day), light_h = 2.0 * half_h, dark_h = 24.0 - light_h;
    double at_sunset = sin(pi * light_h / (light_h + 2.0 * lag_h)), end = exp(-fall_ratio);
    for (int h = 0; h < 24; h++) {
        double since_h = fmod(h + 0.5 - (noon_h(n) - half_h) + 48.0, 24.0); /* since sunrise */
        double night_ratio = (since_h - light_h) / dark_h;
        course_ratio[h] = since_h < light_h
                              ? sin(pi * since_h / (light_h + 2.0 * lag_h))
                              : at_sunset * (exp(-fall_ratio * night_ratio) - end * night_ratio);
    }
}

/* The course c bent to c + more * c * (1 - c), so that it has this mean; the mean is taken away. */
static void bend(const double course_ratio[24], double mean_ratio, double ret_ratio[24]) {
    double mean = 0.0, between = 0.0;
    for (int h = 0; h < 24; h++) {
        mean += course_ratio[h] / 24.0;
        between += course_ratio[h] * (1.0 - course_ratio[h]) / 24.0;
    }
    double more = fmin(1.0, fmax(-1.0, (mean_ratio - mean) / between));
    for (int h = 0; h < 24; h++) {
        double c = course_ratio[h];
        ret_ratio[h] = c + more * c * (1.0 - c) - (mean + more * between);
    }
}

static double day_mean_c(const double *hour_c, int day) {
    double sum = 0.0;
    for (int h = 0; h < 24; h++) {
        sum += hour_c[24 * day + h];
    }
    return sum / 24.0;
}

/* Knots, swings and bends move until each day has its mean and, where the passage from day to day
   leaves room, its highest and lowest hour. */
static void correct_day(const struct climate_days *days, const double *outdoor_c, int d,
                        double *knot_c, double *swing_dk, double *mean_ratio) {
    double made_high_c = outdoor_c[24 * d], made_low_c = made_high_c;
    for (int h = 24 * d; h < 24 * d + 24; h++) {
        made_high_c = fmax(made_high_c, outdoor_c[h]);
        made_low_c = fmin(made_low_c, outdoor_c[h]);
    }
    double span_dk = days->high_c[d] - days->low_c[d];
    double above_dk = 0.5 * (made_high_c - days->high_c[d] + made_low_c - days->low_c[d]);
    *knot_c += days->dry_c[d] - day_mean_c(outdoor_c, d);
    *swing_dk += 0.7 * (span_dk - (made_high_c - made_low_c));
    *swing_dk = fmax(0.1 * span_dk, *swing_dk);
    *mean_ratio = fmin(0.75, fmax(0.25, *mean_ratio + 0.5 * above_dk / span_dk));
}

static void set_temperature(const struct normals *n, const struct climate_days *days,
                            struct climate_arrays *a) {
    double knot_c[CLIMATE_DAYS_MAX], swing_dk[CLIMATE_DAYS_MAX], mean_ratio[CLIMATE_DAYS_MAX];
    double *course_ratio = a->wet_bulb_c; /* free until the year is finished */
    for (int d = 0; d < days->count; d++) {
        knot_c[d] = days->dry_c[d];
        swing_dk[d] = days->high_c[d] - days->low_c[d];
        mean_ratio[d] = (days->dry_c[d] - days->low_c[d]) / swing_dk[d];
        set_course(n, d, course_ratio + 24 * d);
    }
    for (int round = 0; round < 20; round++) {
        for (int d = 0; d < days->count; d++) {
            double bent_ratio[24];
            bend(course_ratio + 24 * d, mean_ratio[d], bent_ratio);
            for (int h = 0; h < 24; h++) {
                a->outdoor_c[24 * d + h] =
                    passing_c(knot_c, days->count, 24 * d + h) + swing_dk[d] * bent_ratio[h];
            }
        }
        for (int d = 0; d < days->count; d++) {
            correct_day(days, a->outdoor_c, d, &knot_c[d], &swing_dk[d], &mean_ratio[d]);
        }
    }
}

/* Knots move until each day has its dew point; what a saturated day cannot have, the other days of
   the month have. */
static void set_humidity(const struct normals *n, const struct climate_days *days,
                         struct climate_arrays *a) {
    double knot_c[CLIMATE_DAYS_MAX], more_dk[12] = {0.0};
    memcpy(knot_c, days->dew_c, sizeof knot_c);
    for (int round = 0; round < 20; round++) {
        for (int h = 0; h < a->count; h++) {
            a->dew_point_c[h] = fmin(a->outdoor_c[h] - 0.05, passing_c(knot_c, days->count, h));
        }
        for (int month = 0; month < 12; month++) {
            int from = days->first[month], to = days->first[month + 1];
            double missing_dk = n->dew_c[month];
            for (int d = from; d < to; d++) {
                double made_c = day_mean_c(a->dew_point_c, d);
                missing_dk -= made_c / (to - from);
                double wanted_c = days->dew_c[d] + more_dk[month];
                knot_c[d] = fmin(knot_c[d] + wanted_c - made_c, wanted_c + 4.0);
            }
            more_dk[month] += 0.5 * missing_dk;
        }
    }
}

/* Irradiance on the ground without an atmosphere, mean of the hour. */
static double outside_at_kw_m2(const struct normals *n, int hour) {
    double sum = 0.0;
    for (int k = 0; k < 4; k++) {
        struct sun_position sun = sun_at(hour / 24, hour % 24 + 0.125 + 0.25 * k, n->latitude_deg,
                                         n->longitude_deg, n->utc_offset_h);
        sum += sun.extraterrestrial_kw_m2 * fmax(0.0, sine_of(&sun)) / 4.0;
    }
    return sum;
}

/* Brightness of the days of a month within what a sky can be, such that the month has its
   irradiation: kWh/m2 of each day. */
static void set_irradiation(const struct normals *n, const struct climate_days *days, int month,
                            const double *outside_kwh, double *global_kwh) {
    double wanted_kwh = n->global_kwh_m2_day[month] * (days->first[month + 1] - days->first[month]),
           level_ratio = 0.5;
    for (int round = 0; round < 40; round++) {
        double made_kwh = 0.0;
        for (int d = days->first[month]; d < days->first[month + 1]; d++) {
            double clearness_ratio = fmin(
                clearest_day_ratio, fmax(dullest_day_ratio, level_ratio * days->bright_ratio[d]));
            global_kwh[d] = clearness_ratio * outside_kwh[d];
            made_kwh += global_kwh[d];
        }
        level_ratio *= made_kwh > 0.0 ? wanted_kwh / made_kwh : 1.0;
    }
}

/* How the day's irradiation lies over its hours: in proportion to (a + b cos(hour angle)) times what
   comes from outside, for the air is thinner at noon. sunset: hour angle of sunset. */
static double hour_weight_ratio(const struct normals *n, int hour, double sunset_rad) {
    double late_rad = sunset_rad - pi / 3.0;
    double a = 0.409 + 0.5016 * sin(late_rad), b = 0.6609 - 0.4767 * sin(late_rad);
    return fmax(0.0, a + b * cos((hour % 24 + 0.5 - noon_h(n)) * pi / 12.0));
}

/* Global = direct normal * sine of the sun in the middle of the hour + diffuse, in every hour. */
static void split(const struct normals *n, struct climate_arrays *a, int hour,
                  double outside_kw_m2) {
    struct sun_position sun =
        sun_at(hour / 24, hour % 24 + 0.5, n->latitude_deg, n->longitude_deg, n->utc_offset_h);
    double sine = fmax(0.0, sine_of(&sun)), global_kw_m2 = a->global_kw_m2[hour];
    double clearness_ratio = outside_kw_m2 > 0.0 ? global_kw_m2 / outside_kw_m2 : 0.0;
    double beam_kw_m2 = global_kw_m2 * (1.0 - sun_diffuse_frac(clearness_ratio));
    a->direct_normal_kw_m2[hour] = sine > 0.03 ? fmin(1.05, beam_kw_m2 / sine) : 0.0;
    a->diffuse_kw_m2[hour] = global_kw_m2 - a->direct_normal_kw_m2[hour] * sine;
}

/* Scales the hours to the irradiation of their day, but no hour above the clearest sky. */
static void spread_day(const double *outside_kw_m2, double day_kwh, double *hour_kw_m2) {
    for (int round = 0; round < 10; round++) {
        double sum_kwh = 0.0;
        for (int h = 0; h < 24; h++) {
            sum_kwh += hour_kw_m2[h];
        }
        for (int h = 0; h < 24 && sum_kwh > 0.0; h++) {
            hour_kw_m2[h] =
                fmin(clearest_hour_ratio * outside_kw_m2[h], hour_kw_m2[h] * day_kwh / sum_kwh);
        }
    }
}

/* Clouds come and go: the hours of a dull day differ by 0.4 of its mean, those of a bright one by
   0.1 (deviation of hourly clearness in eleven files), with half of it kept from hour to hour. */
static void set_sun(const struct normals *n, const struct climate_days *days,
                    struct climate_arrays *a) {
    double outside_kwh[CLIMATE_DAYS_MAX], global_kwh[CLIMATE_DAYS_MAX], cloud = 0.0;
    double *outside_kw_m2 = a->diffuse_kw_m2; /* free until the hour is split */
    struct random random;
    random_seed(&random, climate_seed(n, "clouds"));
    for (int d = 0; d < days->count; d++) {
        outside_kwh[d] = 0.0;
        for (int h = 24 * d; h < 24 * d + 24; h++) {
            outside_kw_m2[h] = outside_at_kw_m2(n, h);
            outside_kwh[d] += outside_kw_m2[h];
        }
    }
    for (int month = 0; month < 12; month++) {
        set_irradiation(n, days, month, outside_kwh, global_kwh);
    }
    for (int d = 0; d < days->count; d++) {
        double sunset_rad = half_day_h(n, d) * pi / 12.0;
        double deviation = fmin(0.42, fmax(0.1, 0.55 - 0.6 * global_kwh[d] / outside_kwh[d]));
        for (int h = 24 * d; h < 24 * d + 24; h++) {
            cloud = 0.5 * cloud + sqrt(1.0 - 0.5 * 0.5) * random_normal(&random);
            a->global_kw_m2[h] =
                outside_kw_m2[h] * hour_weight_ratio(n, h, sunset_rad) * exp(deviation * cloud);
        }
        spread_day(outside_kw_m2 + 24 * d, global_kwh[d], a->global_kw_m2 + 24 * d);
    }
    for (int h = 0; h < a->count; h++) {
        split(n, a, h, outside_kw_m2[h]);
    }
}

/* Weibull hours of a Gaussian series, each month scaled to its mean. */
static void set_wind(const struct normals *n, const struct climate_days *days,
                     struct climate_arrays *a) {
    static const double shape = 1.8, kept = 0.92;
    struct random random;
    random_seed(&random, climate_seed(n, "wind"));
    double z = random_normal(&random);
    for (int h = 0; h < a->count; h++) {
        z = kept * z + sqrt(1.0 - kept * kept) * random_normal(&random);
        double day_ratio = 1.0 + 0.15 * cos(2.0 * pi * (h % 24 + 0.5 - 15.0) / 24.0);
        double beyond_frac = fmax(1e-9, 0.5 * erfc(z / sqrt(2.0))); /* share of hours above */
        a->wind_m_s[h] = day_ratio * pow(-log(beyond_frac), 1.0 / shape);
        a->pressure_kpa[h] = air_pressure_kpa(n->altitude_m);
    }
    for (int month = 0; month < 12; month++) {
        int from = 24 * days->first[month], to = 24 * days->first[month + 1];
        double mean = 0.0;
        for (int h = from; h < to; h++) {
            mean += a->wind_m_s[h] / (to - from);
        }
        for (int h = from; h < to; h++) {
            a->wind_m_s[h] *= n->wind_m_s[month] / mean;
        }
    }
}

enum status climate_from_normals(struct arena *arena, const struct normals *normals, int year,
                                 double warming_dk, struct climate *ret) {
    struct climate_days *days = ARENA_TAKE(arena, struct climate_days, 1);
    struct climate_arrays arrays;
    if (!days) {
        return STATUS_NO_MEMORY;
    }
    TRY(climate_days_make(arena, normals, calendar_is_leap(year), days));
    TRY(climate_arrays_take(arena, 24 * days->count, &arrays));
    set_temperature(normals, days, &arrays);
    set_humidity(normals, days, &arrays);
    set_sun(normals, days, &arrays);
    set_wind(normals, days, &arrays);
    struct climate climate = {.name = normals->name,
                              .title = normals->title,
                              .source = normals->source,
                              .approximate = normals->approximate,
                              .synthetic = true,
                              .latitude_deg = normals->latitude_deg,
                              .longitude_deg = normals->longitude_deg,
                              .utc_offset_h = normals->utc_offset_h,
                              .altitude_m = normals->altitude_m};
    climate_finish(&arrays, year, warming_dk, &climate);
    *ret = climate;
    return STATUS_OK;
}
