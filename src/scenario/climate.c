/* A deterministic year from monthly normals. The seed is the place's name: the same place is the
   same year everywhere.

   day       base(d) through the monthly means (mean-preserving) + deviation * spell(d); spells are
   an AR(1) of daily anomalies (0.60 a day), normalised in each month, bent to the month's skewness
   hour      day (passing linearly from noon to noon) + span / 2 * cos(2 pi (h - 15)/24), wider on
   bright days dew point follows the day's anomaly, never above the air; monthly mean as given sun
   daily clearness with persistence and a bond to the spells, scaled to the month's irradiation;
   Erbs split wind      lognormal hours with persistence, monthly mean as given Compared with real
   years in docs/validation/climate.md. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/climate.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "physics/air.h"
#include "physics/sun.h"
#include "scenario/climate_build.h"
#include "scenario/climates.h"

enum { DAYS_MAX = 366 };

struct weather_maker {
    const struct normals *normals;
    struct random random;
    bool leap;
    int days;
    int month[DAYS_MAX], first[13]; /* month of a day; first day of a month, and the end */
    double base_c[DAYS_MAX], spell_ratio[DAYS_MAX], bright_ratio[DAYS_MAX], day_c[DAYS_MAX];
};

int climate_count(void) { return climates_count(); }
const char *climate_name_at(int index) { return climates_at(index)->name; }

static void set_days(struct weather_maker *m, int year) {
    m->leap = calendar_is_leap(year);
    m->days = 0;
    for (int month = 0; month < 12; month++) {
        m->first[month] = m->days;
        for (int d = 0; d < calendar_days_in_month(month, m->leap); d++) {
            m->month[m->days++] = month;
        }
    }
    m->first[12] = m->days;
}

/* Linear between the middles of the months, whose values move until each month's mean is right. */
static void set_base(struct weather_maker *m) {
    double knot[12];
    memcpy(knot, m->normals->dry_c, sizeof knot);
    for (int round = 0; round < 30; round++) {
        for (int d = 0; d < m->days; d++) {
            int month = m->month[d];
            double middle = 0.5 * (m->first[month] + m->first[month + 1]);
            int other = d + 0.5 < middle ? (month + 11) % 12 : (month + 1) % 12;
            double length = 0.5 * ((m->first[month + 1] - m->first[month]) +
                                   (m->first[other + 1] - m->first[other]));
            double share = fabs(d + 0.5 - middle) / length;
            m->base_c[d] = knot[month] + share * (knot[other] - knot[month]);
        }
        for (int month = 0; month < 12; month++) {
            double sum = 0.0;
            for (int d = m->first[month]; d < m->first[month + 1]; d++) {
                sum += m->base_c[d];
            }
            knot[month] += m->normals->dry_c[month] - sum / (m->first[month + 1] - m->first[month]);
        }
    }
}

/* Mean 0 and deviation 1 within a month. */
static void normalise(double *value, int from, int to) {
    double mean = 0.0, square = 0.0;
    for (int d = from; d < to; d++) {
        mean += value[d] / (to - from);
    }
    for (int d = from; d < to; d++) {
        value[d] -= mean;
        square += value[d] * value[d] / (to - from);
    }
    for (int d = from; d < to; d++) {
        value[d] /= sqrt(fmax(square, 1e-12));
    }
}

static void set_spells(struct weather_maker *m) {
    double z = random_normal(&m->random), u = random_normal(&m->random);
    for (int d = -30; d < m->days; d++) {
        z = 0.60 * z + sqrt(1.0 - 0.60 * 0.60) * random_normal(&m->random);
        u = 0.35 * u + sqrt(1.0 - 0.35 * 0.35) * random_normal(&m->random);
        if (d >= 0) {
            /* bright days are warm in summer and cold in winter */
            double season = -cos(2.0 * 3.14159265358979 * (d - 15) / m->days) *
                            (m->normals->latitude_deg < 0 ? -1 : 1);
            double bond = 0.1 + 0.35 * season;
            m->spell_ratio[d] = z;
            m->bright_ratio[d] = bond * z + sqrt(1.0 - bond * bond) * u;
        }
    }
    for (int month = 0; month < 12; month++) {
        int from = m->first[month], to = m->first[month + 1];
        normalise(m->spell_ratio, from, to);
        double bend = fmin(0.8, fmax(-0.8, m->normals->skew_ratio[month])) / 6.0;
        for (int d = from; d < to; d++) {
            m->spell_ratio[d] += bend * (m->spell_ratio[d] * m->spell_ratio[d] - 1.0);
        }
        normalise(m->spell_ratio, from, to);
        normalise(m->bright_ratio, from, to);
    }
}

static double shift_to_mean_dk(const double *value, int from_h, int to_h, double mean) {
    double sum = 0.0;
    for (int h = from_h; h < to_h; h++) {
        sum += value[h];
    }
    return mean - sum / (to_h - from_h);
}

static void build_temperature(struct weather_maker *m, const double spell_dk[12],
                              struct climate_arrays *a) {
    for (int d = 0; d < m->days; d++) {
        m->day_c[d] = m->base_c[d] + spell_dk[m->month[d]] * m->spell_ratio[d];
    }
    for (int h = 0; h < a->count; h++) {
        int day = h / 24, hour = h % 24;
        int other = hour < 12 ? (day + m->days - 1) % m->days : (day + 1) % m->days;
        double share = fabs(hour + 0.5 - 12.0) / 24.0;
        double day_c = m->day_c[day] + share * (m->day_c[other] - m->day_c[day]);
        double span_dk =
            m->normals->span_dk[m->month[day]] * fmax(0.3, 1.0 + 0.30 * m->bright_ratio[day]);
        a->outdoor_c[h] =
            day_c + 0.46 * span_dk * cos(2.0 * 3.14159265358979 * (hour + 0.5 - 15.0) / 24.0);
    }
    for (int month = 0; month < 12; month++) {
        int from = 24 * m->first[month], to = 24 * m->first[month + 1];
        double shift_dk = shift_to_mean_dk(a->outdoor_c, from, to, m->normals->dry_c[month]);
        for (int h = from; h < to; h++) {
            a->outdoor_c[h] += shift_dk;
        }
    }
}

/* Standard deviation of the daily means of a month. */
static double made_deviation_dk(const struct weather_maker *m, const struct climate_arrays *a,
                                int month) {
    int days = m->first[month + 1] - m->first[month];
    double square = 0.0;
    for (int d = m->first[month]; d < m->first[month + 1]; d++) {
        double mean_c = 0.0;
        for (int h = 24 * d; h < 24 * d + 24; h++) {
            mean_c += a->outdoor_c[h] / 24.0;
        }
        square += (mean_c - m->normals->dry_c[month]) * (mean_c - m->normals->dry_c[month]) / days;
    }
    return sqrt(square);
}

/* The passage from day to day smooths the spells, and the season itself varies within a month: the
   spells grow until each month's daily means deviate as they should. */
static void set_temperature(struct weather_maker *m, struct climate_arrays *a) {
    double spell_dk[12];
    memcpy(spell_dk, m->normals->deviation_dk, sizeof spell_dk);
    for (int round = 0; round < 6; round++) {
        build_temperature(m, spell_dk, a);
        for (int month = 0; month < 12; month++) {
            double ratio =
                m->normals->deviation_dk[month] / fmax(0.1, made_deviation_dk(m, a, month));
            spell_dk[month] *= fmin(1.5, fmax(0.5, ratio));
        }
    }
    build_temperature(m, spell_dk, a);
}

static void set_humidity(struct weather_maker *m, struct climate_arrays *a) {
    for (int h = 0; h < a->count; h++) {
        int day = h / 24, month = m->month[day];
        double anomaly_dk = m->day_c[day] - m->normals->dry_c[month];
        double bond = anomaly_dk < 0.0
                          ? 1.15
                          : 0.75; /* cold air masses are dry, warm ones need not be moist */
        a->dew_point_c[h] =
            m->normals->dew_c[month] + bond * anomaly_dk - 1.2 * m->bright_ratio[day];
    }
    for (int round = 0; round < 8; round++) { /* what the air cannot hold is missing in the mean */
        for (int month = 0; month < 12; month++) {
            int from = 24 * m->first[month], to = 24 * m->first[month + 1];
            double shift_dk = shift_to_mean_dk(a->dew_point_c, from, to, m->normals->dew_c[month]);
            for (int h = from; h < to; h++) {
                a->dew_point_c[h] = fmin(a->outdoor_c[h] - 0.05, a->dew_point_c[h] + shift_dk);
            }
        }
    }
}

static double extraterrestrial_kw_m2(const struct normals *n, int day, double hour_h) {
    struct sun_position sun =
        sun_at(day, hour_h, n->latitude_deg, n->longitude_deg, n->utc_offset_h);
    return sun.extraterrestrial_kw_m2 *
           fmax(0.0, sin(sun.elevation_deg * 3.14159265358979 / 180.0));
}

static void set_global(struct weather_maker *m, struct climate_arrays *a) {
    const struct normals *n = m->normals;
    for (int h = 0; h < a->count; h++) {
        double sum = 0.0;
        for (int k = 0; k < 4; k++) {
            sum += extraterrestrial_kw_m2(n, h / 24, h % 24 + 0.125 + 0.25 * k) / 4.0;
        }
        a->global_kw_m2[h] = sum; /* outside the atmosphere: the weight of the hour */
    }
    for (int month = 0; month < 12; month++) {
        int from = m->first[month], to = m->first[month + 1];
        double wanted_kwh = n->global_kwh_m2_day[month] * (to - from), clearness = 0.5;
        double day_clearness[31];
        for (int round = 0; round < 40; round++) {
            double made_kwh = 0.0;
            for (int d = from; d < to; d++) {
                double k = fmin(0.80, fmax(0.06, clearness * (1.0 + 0.42 * m->bright_ratio[d])));
                day_clearness[d - from] = k;
                for (int h = 24 * d; h < 24 * d + 24; h++) {
                    made_kwh += k * a->global_kw_m2[h];
                }
            }
            clearness *= made_kwh > 0.0 ? wanted_kwh / made_kwh : 1.0;
        }
        for (int h = 24 * from; h < 24 * to; h++) {
            a->diffuse_kw_m2[h] = day_clearness[h / 24 - from];
        }
    }
    for (int h = 0; h < a->count; h++) {
        double clearness = a->diffuse_kw_m2[h], outside_kw_m2 = a->global_kw_m2[h];
        a->global_kw_m2[h] = clearness * outside_kw_m2;
        a->diffuse_kw_m2[h] = sun_diffuse_frac(clearness) * a->global_kw_m2[h];
        struct sun_position sun =
            sun_at(h / 24, h % 24 + 0.5, n->latitude_deg, n->longitude_deg, n->utc_offset_h);
        double sine = sin(sun.elevation_deg * 3.14159265358979 / 180.0);
        double direct_kw_m2 = sine > 0.03 ? (a->global_kw_m2[h] - a->diffuse_kw_m2[h]) / sine : 0.0;
        a->direct_normal_kw_m2[h] = fmin(direct_kw_m2, 1.05);
    }
}

static void set_wind(struct weather_maker *m, struct climate_arrays *a) {
    double n = random_normal(&m->random);
    for (int h = 0; h < a->count; h++) {
        n = 0.92 * n + sqrt(1.0 - 0.92 * 0.92) * random_normal(&m->random);
        double day_ratio = 1.0 + 0.15 * cos(2.0 * 3.14159265358979 * (h % 24 + 0.5 - 15.0) / 24.0);
        a->wind_m_s[h] =
            m->normals->wind_m_s[m->month[h / 24]] * day_ratio * exp(0.55 * n - 0.5 * 0.55 * 0.55);
        a->pressure_kpa[h] = air_pressure_kpa(m->normals->altitude_m);
    }
}

static uint64_t seed_of(const char *name) {
    uint64_t seed = 1469598103934665603u;
    for (; *name; name++) {
        seed = (seed ^ (unsigned char)*name) * 1099511628211u;
    }
    return seed;
}

static const struct normals *find(const char *name) {
    for (int k = 0; k < climates_count(); k++) {
        if (strcmp(climates_at(k)->name, name) == 0) {
            return climates_at(k);
        }
    }
    return NULL;
}

static enum status unknown(struct arena *arena, struct diag *diag, struct place place,
                           const char *name) {
    const char **names = ARENA_TAKE(arena, const char *, climates_count());
    if (!names) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < climates_count(); k++) {
        names[k] = climates_at(k)->name;
    }
    const char *near = diag_nearest(name, names, climates_count());
    diag_error(diag, place, "climate: \"%.60s\" is not built in", name);
    if (near) {
        diag_remedy(
            diag,
            "did you mean %s? `hearth explain climates` lists all; weather: FILE.epw reads a file",
            near);
    } else {
        diag_remedy(diag, "`hearth explain climates` lists all; weather: FILE.epw reads a file");
    }
    return STATUS_BAD_SCENARIO;
}

enum status climate_builtin(struct arena *arena, struct diag *diag, struct place place,
                            const char *name, int year, double warming_dk, struct climate *ret) {
    const struct normals *normals = find(name);
    if (!normals) {
        return unknown(arena, diag, place, name);
    }
    struct weather_maker *maker = ARENA_TAKE(arena, struct weather_maker, 1);
    struct climate_arrays arrays;
    if (!maker) {
        return STATUS_NO_MEMORY;
    }
    maker->normals = normals;
    random_seed(&maker->random, seed_of(name));
    set_days(maker, year);
    TRY(climate_arrays_take(arena, 24 * maker->days, &arrays));
    set_base(maker);
    set_spells(maker);
    set_temperature(maker, &arrays);
    set_humidity(maker, &arrays);
    set_global(maker, &arrays);
    set_wind(maker, &arrays);
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
