/* Seeded draws. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "draw.h"

#include <string.h>

enum { YEAR_H = 8760 };

double draw_between(struct random *random, double min, double max) {
    return min + (max - min) * random_uniform(random);
}

/* By the logarithm where the range spans more than two decades, with the ends themselves now and
   then. */
static double draw_in_range(struct random *random, double min, double max) {
    double dice = random_uniform(random);
    if (dice < 0.05) {
        return min;
    }
    if (dice < 0.1) {
        return max;
    }
    if (min > 0.0 && max > 100.0 * min) {
        return exp(draw_between(random, log(min), log(max)));
    }
    return draw_between(random, min, max);
}

static void draw_curve(struct random *random, const struct param *param, struct curve *curve) {
    memset(curve, 0, sizeof *curve);
    if (isnan(param->fallback) && random_uniform(random) < 0.5) {
        return;
    }
    curve->points = 1 + (int)draw_between(random, 0.0, 3.999);
    double outdoor_c = draw_between(random, -20.0, 0.0);
    double highest = draw_in_range(random, param->min, param->max);
    for (int k = 0; k < curve->points; k++) {
        curve->outdoor_c[k] = outdoor_c;
        curve->value[k] = highest;
        outdoor_c += draw_between(random, 1.0, 15.0);
        highest = draw_between(random, param->min + 0.8 * (highest - param->min), highest);
    }
}

void draw_parameters(struct random *random, const struct component *component, void *self) {
    memset(self, 0, component->size);
    component_defaults(component, self);
    for (int k = 0; k < component->params_count; k++) {
        const struct param *param = &component->params[k];
        void *at = (char *)self + param->offset;
        bool open = isnan(param->fallback) && random_uniform(random) < 0.5;
        double number = draw_in_range(random, param->min, param->max);
        int words = 0;
        switch (param->kind) {
        case PARAM_NUMBER:
            *(double *)at = open ? (double)NAN : number;
            break;
        case PARAM_INPUT:
            ((struct input *)at)->value = open ? (double)NAN : number;
            break;
        case PARAM_FLAG:
            *(bool *)at = random_uniform(random) < 0.5;
            break;
        case PARAM_WORD:
            while (words < WORDS_MAX && param->words[words]) {
                words++;
            }
            *(int *)at = (int)draw_between(random, 0.0, words - 1e-6);
            break;
        case PARAM_CURVE:
            draw_curve(random, param, at);
            break;
        }
    }
}

static double *numbers(struct random *random, struct arena *arena, int count, double min,
                       double max) {
    double *value = ARENA_TAKE(arena, double, count);
    for (int t = 0; t < count; t++) {
        value[t] = draw_between(random, min, max);
    }
    return value;
}

static int *integers(struct random *random, struct arena *arena, int count, int limit) {
    int *value = ARENA_TAKE(arena, int, count);
    for (int t = 0; t < count; t++) {
        value[t] = (int)draw_between(random, 0.0, limit - 1e-6);
    }
    return value;
}

static const struct climate_year *draw_year(struct random *random, struct arena *arena) {
    struct climate_year *year = ARENA_TAKE(arena, struct climate_year, 1);
    double mean_c = draw_between(random, -15.0, 28.0), swing_dk = draw_between(random, 0.0, 20.0);
    double *outdoor_c = ARENA_TAKE(arena, double, YEAR_H);
    for (int h = 0; h < YEAR_H; h++) {
        outdoor_c[h] = h % 24 ? outdoor_c[h - 1]
                              : mean_c - swing_dk * cos(2.0 * 3.14159265358979 * h / YEAR_H);
    }
    year->count = YEAR_H;
    year->first_weekday = (int)draw_between(random, 0.0, 6.999);
    year->outdoor_c = year->outdoor_weighted_c = year->dew_point_c = year->wet_bulb_c = outdoor_c;
    double *zero = ARENA_TAKE(arena, double, YEAR_H);
    year->humidity_kg_kg = year->pressure_kpa = year->wind_m_s = zero;
    year->global_kw_m2 = year->direct_normal_kw_m2 = year->diffuse_kw_m2 = zero;
    return year;
}

static void draw_ports(struct random *random, struct arena *arena,
                       const struct component *component, struct hours *hours) {
    for (int p = 0; p < component->ports_count; p++) {
        const struct port *port = &component->ports[p];
        hours->wired[p] = !port->optional || random_uniform(random) < 0.5;
        if ((port->carrier != CARRIER_HEAT && port->carrier != CARRIER_COLD) || !hours->wired[p] ||
            random_uniform(random) < 0.1) {
            continue;
        }
        double *supply_c = numbers(random, arena, DRAW_STEPS, 5.0, 130.0);
        double *return_c = ARENA_TAKE(arena, double, DRAW_STEPS);
        for (int t = 0; t < DRAW_STEPS; t++) {
            return_c[t] = fmax(0.0, supply_c[t] - draw_between(random, 1.0, 50.0));
        }
        hours->port[p] = (struct port_temperatures){supply_c, return_c, NULL};
    }
}

struct hours *draw_hours(struct random *random, struct arena *arena,
                         const struct component *component) {
    struct hours *hours = ARENA_TAKE(arena, struct hours, 1);
    hours->count = DRAW_STEPS;
    hours->horizon_count = DRAW_STEPS;
    hours->step_h = random_uniform(random) < 0.5 ? 1.0 : 0.25;
    hours->latitude_deg = draw_between(random, -60.0, 70.0);
    hours->longitude_deg = draw_between(random, -180.0, 180.0);
    hours->utc_offset_h = hours->longitude_deg / 15.0;
    hours->altitude_m = draw_between(random, 0.0, 3000.0);
    hours->month = integers(random, arena, DRAW_STEPS, 12);
    hours->weekday = integers(random, arena, DRAW_STEPS, 7);
    hours->day_of_year = integers(random, arena, DRAW_STEPS, 366);
    hours->hour_h = numbers(random, arena, DRAW_STEPS, 0.0, 23.99);
    double *outdoor_c = numbers(random, arena, DRAW_STEPS, -45.0, 50.0);
    double *wet_bulb_c = ARENA_TAKE(arena, double, DRAW_STEPS);
    for (int t = 0; t < DRAW_STEPS; t++) {
        wet_bulb_c[t] =
            outdoor_c[t] - draw_between(random, 0.0, fmax(0.0, 0.4 * (outdoor_c[t] + 5.0)));
    }
    hours->outdoor_c = hours->outdoor_day_c = hours->outdoor_weighted_c = outdoor_c;
    hours->wet_bulb_c = wet_bulb_c;
    hours->humidity_kg_kg = numbers(random, arena, DRAW_STEPS, 0.0, 0.025);
    hours->pressure_kpa = numbers(random, arena, DRAW_STEPS, 70.0, 104.0);
    hours->wind_m_s = numbers(random, arena, DRAW_STEPS, 0.0, 25.0);
    hours->global_kw_m2 = numbers(random, arena, DRAW_STEPS, 0.0, 1.1);
    hours->direct_normal_kw_m2 = numbers(random, arena, DRAW_STEPS, 0.0, 1.0);
    hours->diffuse_kw_m2 = numbers(random, arena, DRAW_STEPS, 0.0, 0.5);
    hours->ground_c = numbers(random, arena, DRAW_STEPS, -2.0, 25.0);
    hours->outdoor_min_c = draw_between(random, -40.0, 18.0);
    hours->outdoor_mean_c = draw_between(random, -10.0, 28.0);
    hours->heating_degree_dayk = draw_between(random, 0.0, 8000.0);
    hours->heat_weight_year_h = 24.0 * hours->heating_degree_dayk;
    hours->year = draw_year(random, arena);
    hours->size = exp(draw_between(random, log(0.5), log(1e6)));
    hours->size2 = hours->size * draw_between(random, 0.05, 1.0);
    draw_ports(random, arena, component, hours);
    return hours;
}
