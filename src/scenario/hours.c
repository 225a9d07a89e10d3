/* Weather and time by step: the horizon, then the coldest and the hottest design day. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "physics/ground.h"
#include "scenario/scenario.h"

static const double heating_base_c = 16.0, pipe_depth_m = 1.0;

/* The year's wave of the air, which is that of the ground's surface: in the weather files of seven
   places the ground's own temperatures ask for 0.94 to 1.08 of it. */
struct wave {
    double amplitude_dk, coldest_day;
};

static struct wave year_wave(const struct climate_year *year) {
    const double pi = 3.14159265358979323846;
    double a_dk = 0.0, b_dk = 0.0;
    for (int h = 0; h < year->count; h++) {
        double angle_rad = 2.0 * pi * (h + 0.5) / year->count;
        a_dk += 2.0 / year->count * year->outdoor_c[h] * cos(angle_rad);
        b_dk += 2.0 / year->count * year->outdoor_c[h] * sin(angle_rad);
    }
    double turn_frac = atan2(-b_dk, -a_dk) / (2.0 * pi);
    struct wave wave = {hypot(a_dk, b_dk), 365.0 * (turn_frac < 0.0 ? turn_frac + 1.0 : turn_frac)};
    return wave;
}

struct filling {
    double *hour_h, *outdoor_c, *wet_bulb_c, *humidity_kg_kg, *pressure_kpa, *wind_m_s,
        *global_kw_m2, *direct_normal_kw_m2, *diffuse_kw_m2, *outdoor_day_c, *outdoor_weighted_c,
        *ground_c;
    int *month, *weekday, *day_of_year;
    struct wave ground;
};

static enum status take(struct arena *arena, int count, struct filling *f) {
    double **const all[] = {&f->hour_h,         &f->outdoor_c,           &f->wet_bulb_c,
                            &f->humidity_kg_kg, &f->pressure_kpa,        &f->wind_m_s,
                            &f->global_kw_m2,   &f->direct_normal_kw_m2, &f->diffuse_kw_m2,
                            &f->outdoor_day_c,  &f->outdoor_weighted_c,  &f->ground_c};
    for (int k = 0; k < COUNT(all); k++) {
        *all[k] = ARENA_TAKE(arena, double, count);
    }
    f->month = ARENA_TAKE(arena, int, count);
    f->weekday = ARENA_TAKE(arena, int, count);
    f->day_of_year = ARENA_TAKE(arena, int, count);
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Weather of an hour of the year into a step. */
static void fill_weather(const struct scenario *s, struct filling *f, int t, int hour) {
    const struct climate_year *year = &s->climate.year;
    int day = hour / 24;
    double mean_c = 0.0;
    for (int h = 0; h < 24; h++) {
        mean_c += year->outdoor_c[24 * day + h] / 24.0;
    }
    f->outdoor_c[t] = year->outdoor_c[hour];
    f->wet_bulb_c[t] = year->wet_bulb_c[hour];
    f->humidity_kg_kg[t] = year->humidity_kg_kg[hour];
    f->pressure_kpa[t] = year->pressure_kpa[hour];
    f->wind_m_s[t] = year->wind_m_s[hour];
    f->global_kw_m2[t] = year->global_kw_m2[hour];
    f->direct_normal_kw_m2[t] = year->direct_normal_kw_m2[hour];
    f->diffuse_kw_m2[t] = year->diffuse_kw_m2[hour];
    f->outdoor_weighted_c[t] = year->outdoor_weighted_c[hour];
    f->outdoor_day_c[t] = mean_c;
    f->ground_c[t] = ground_c(s->ground_mean_c, f->ground.amplitude_dk, pipe_depth_m, day,
                              f->ground.coldest_day);
    f->day_of_year[t] = day;
}

static void fill_horizon(const struct scenario *s, struct filling *f, int steps) {
    for (int t = 0; t < steps; t++) {
        struct calendar_moment moment = calendar_at(&s->calendar, t);
        f->month[t] = moment.month;
        f->weekday[t] = moment.weekday;
        f->hour_h[t] = moment.hour_h;
        fill_weather(s, f, t, 24 * moment.day_of_year + (int)floor(moment.hour_h));
        f->day_of_year[t] = moment.day_of_year;
    }
}

static void fill_design_day(const struct scenario *s, struct filling *f, int from, int day) {
    struct calendar whole;
    int per_day = s->calendar.steps_per_day;
    if (calendar_whole_year(&whole, s->calendar.year, s->calendar.step_h) != STATUS_OK) {
        return;
    }
    for (int k = 0; k < per_day; k++) {
        struct calendar_moment moment = calendar_at(&whole, day * per_day + k);
        f->month[from + k] = moment.month;
        f->weekday[from + k] = 1; /* a working day, whatever the calendar says */
        f->hour_h[from + k] = moment.hour_h;
        fill_weather(s, f, from + k, 24 * day + (int)floor(moment.hour_h));
    }
}

enum status scenario_hours(const struct scenario *s, struct arena *arena, struct hours **ret) {
    int horizon = calendar_steps(&s->calendar), per_day = s->calendar.steps_per_day;
    int count = horizon + (s->no_design_days ? 0 : DESIGN_DAYS * per_day);
    struct filling f;
    struct hours *hours = ARENA_TAKE(arena, struct hours, 1);
    struct climate_year *year = ARENA_TAKE(arena, struct climate_year, 1);
    if (!hours || !year) {
        return STATUS_NO_MEMORY;
    }
    TRY(take(arena, count, &f));
    *year = s->climate.year;
    f.ground = year_wave(year);
    fill_horizon(s, &f, horizon);
    if (!s->no_design_days) {
        fill_design_day(s, &f, horizon, s->climate.coldest_day);
        fill_design_day(s, &f, horizon + per_day, s->climate.hottest_day);
    }
    struct hours filled = {.count = count,
                           .horizon_count = horizon,
                           .step_h = s->calendar.step_h,
                           .latitude_deg = s->climate.latitude_deg,
                           .longitude_deg = s->climate.longitude_deg,
                           .utc_offset_h = s->climate.utc_offset_h,
                           .altitude_m = s->climate.altitude_m,
                           .month = f.month,
                           .weekday = f.weekday,
                           .day_of_year = f.day_of_year,
                           .hour_h = f.hour_h,
                           .outdoor_c = f.outdoor_c,
                           .wet_bulb_c = f.wet_bulb_c,
                           .humidity_kg_kg = f.humidity_kg_kg,
                           .pressure_kpa = f.pressure_kpa,
                           .wind_m_s = f.wind_m_s,
                           .global_kw_m2 = f.global_kw_m2,
                           .direct_normal_kw_m2 = f.direct_normal_kw_m2,
                           .diffuse_kw_m2 = f.diffuse_kw_m2,
                           .outdoor_day_c = f.outdoor_day_c,
                           .outdoor_weighted_c = f.outdoor_weighted_c,
                           .ground_c = f.ground_c,
                           .outdoor_min_c = 100.0,
                           .year = year};
    for (int h = 0; h < 24; h++) {
        filled.outdoor_min_c = fmin(filled.outdoor_min_c, s->climate.coldest_day_c[h]);
    }
    for (int h = 0; h < year->count; h++) {
        filled.outdoor_mean_c += year->outdoor_c[h] / year->count;
        filled.heat_weight_year_h += fmax(0.0, heating_base_c - year->outdoor_weighted_c[h]);
    }
    for (int d = 0; d < year->count / 24; d++) {
        double mean_c = 0.0;
        for (int h = 0; h < 24; h++) {
            mean_c += year->outdoor_c[24 * d + h] / 24.0;
        }
        filled.heating_degree_dayk += fmax(0.0, heating_base_c - mean_c);
    }
    *hours = filled;
    *ret = hours;
    return STATUS_OK;
}
