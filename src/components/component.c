/* The registry and what every kind needs: curves, defaults, costs over size, arrays for
   coefficients. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/component.h"

#include <string.h>

#include "component_registry.h"

int component_count(void) { return COUNT(registry); }
const struct component *component_at(int index) { return registry[index]; }

const struct component *component_find(const char *name) {
    for (int k = 0; k < COUNT(registry); k++) {
        if (strcmp(registry[k]->name, name) == 0) {
            return registry[k];
        }
    }
    return NULL;
}

const struct param *component_param(const struct component *component, const char *key) {
    for (int k = 0; k < component->params_count; k++) {
        if (strcmp(component->params[k].key, key) == 0) {
            return &component->params[k];
        }
    }
    return NULL;
}

int component_port(const struct component *component, const char *name) {
    for (int p = 0; p < component->ports_count; p++) {
        if (strcmp(component->ports[p].name, name) == 0) {
            return p;
        }
    }
    return -1;
}

void component_defaults(const struct component *component, void *self) {
    memset(self, 0, component->size);
    for (int k = 0; k < component->params_count; k++) {
        const struct param *param = &component->params[k];
        char *at = (char *)self + param->offset;
        switch (param->kind) {
        case PARAM_NUMBER:
            *(double *)(void *)at = param->fallback;
            break;
        case PARAM_WORD:
            *(int *)(void *)at = (int)param->fallback;
            break;
        case PARAM_FLAG:
            *(bool *)(void *)at = param->fallback > 0.5;
            break;
        case PARAM_INPUT:
            ((struct input *)(void *)at)->value = param->fallback;
            break;
        case PARAM_CURVE:
            if (!isnan(param->fallback)) {
                struct curve *curve = (struct curve *)(void *)at;
                curve->points = 1;
                curve->value[0] = param->fallback;
            }
            break;
        }
    }
}

double component_number(const struct component *component, const void *self, const char *key,
                        double fallback) {
    const struct param *param = component_param(component, key);
    if (!param || param->kind != PARAM_NUMBER) {
        return fallback;
    }
    double value = *(const double *)(const void *)((const char *)self + param->offset);
    return isnan(value) ? fallback : value;
}

double curve_at(const struct curve *curve, double outdoor_c) {
    if (curve->points <= 0) {
        return (double)NAN;
    }
    if (curve->points == 1 || outdoor_c <= curve->outdoor_c[0]) {
        return curve->value[0];
    }
    for (int k = 1; k < curve->points; k++) {
        if (outdoor_c <= curve->outdoor_c[k]) {
            double share = (outdoor_c - curve->outdoor_c[k - 1]) /
                           (curve->outdoor_c[k] - curve->outdoor_c[k - 1]);
            return curve->value[k - 1] + share * (curve->value[k] - curve->value[k - 1]);
        }
    }
    return curve->value[curve->points - 1];
}

double cost_curve_at(const struct cost_curve *curve, double size) {
    const struct cost_point *point = curve->point;
    if (curve->points <= 0) {
        return 0.0;
    }
    if (curve->points == 1 || size <= point[0].size) {
        return point[0].capex_money_unit_ratio;
    }
    for (int k = 1; k < curve->points; k++) {
        if (size <= point[k].size) {
            double share = log(size / point[k - 1].size) / log(point[k].size / point[k - 1].size);
            double low = log(point[k - 1].capex_money_unit_ratio),
                   high = log(point[k].capex_money_unit_ratio);
            return exp(low + share * (high - low));
        }
    }
    return point[curve->points - 1].capex_money_unit_ratio;
}

static double curve_money(const struct cost_curve *curve, const struct cost_later *later,
                          double size, int year) {
    double first = cost_curve_at(curve, size);
    if (year <= later->first_year || !later->year) {
        return first;
    }
    struct cost_curve then = *curve;
    for (int k = 0; k < curve->points; k++) {
        then.point[k].capex_money_unit_ratio = later->capex_money_unit_ratio[k];
    }
    double share = (double)(year - later->first_year) / (double)(later->year - later->first_year);
    return first + fmin(1.0, share) * (cost_curve_at(&then, size) - first);
}

double component_unit_capex_money(const struct component *component, double size, int year) {
    return curve_money(&component->cost, &component->later, size, year);
}

double component_unit2_capex_money(const struct component *component, int year) {
    return curve_money(&component->cost2, &component->later2, 1.0, year);
}

double component_capex_money(const struct component *component, const void *self, double size,
                             int year) {
    if (component->capex_money) {
        return component->capex_money(self, size);
    }
    double money = size * component_unit_capex_money(component, size, year);
    if (component->capacity2 && component->cost2.currency) {
        double second = component_number(component, self, component->capacity2, (double)NAN);
        second = isfinite(second) ? second : component->capacity2_per_h_ratio * size;
        money += second * component_unit2_capex_money(component, year);
    }
    return money;
}

const char *carrier_name(enum carrier carrier) {
    static const char *const names[] = {"electricity", "heat", "cold", "water", "fuel", "compute"};
    return carrier < CARRIERS ? names[carrier] : "?";
}

const char *shape_name(enum shape shape) {
    static const char *const names[] = {"source", "load", "converter",
                                        "store",  "line", "shiftable"};
    return shape < SHAPES ? names[shape] : "?";
}

static int modes_of(const struct component *component) {
    int modes = 0;
    while (modes < MODES_MAX && component->mode_names[modes]) {
        modes++;
    }
    return modes ? modes : 1;
}

struct coefficients *coefficients_new(struct arena *arena, const struct component *component,
                                      int count) {
    struct coefficients *c = ARENA_TAKE(arena, struct coefficients, 1);
    if (!c) {
        return NULL;
    }
    c->count = count;
    c->modes = modes_of(component);
    for (int m = 0; m < c->modes; m++) {
        struct mode *mode = &c->mode[m];
        for (int p = 0; p < component->ports_count; p++) {
            mode->port[p] = ARENA_TAKE(arena, double, count);
        }
        mode->use = ARENA_TAKE(arena, double, count);
        mode->may_run = ARENA_TAKE(arena, bool, count);
        mode->cost_money_kwh = ARENA_TAKE(arena, double, count);
        mode->carbon_kgco2_kwh = ARENA_TAKE(arena, double, count);
        mode->carbon_marginal_kgco2_kwh = ARENA_TAKE(arena, double, count);
        mode->lifts_kw_kw = ARENA_TAKE(arena, double, count);
    }
    c->availability_frac = ARENA_TAKE(arena, double, count);
    c->kept_frac = ARENA_TAKE(arena, double, count);
    c->charge_eff = ARENA_TAKE(arena, double, count);
    c->discharge_eff = ARENA_TAKE(arena, double, count);
    c->standing_kw_kwh = ARENA_TAKE(arena, double, count);
    c->loss_frac = ARENA_TAKE(arena, double, count);
    c->standing_kw_kw = ARENA_TAKE(arena, double, count);
    c->pump_kw_kw = ARENA_TAKE(arena, double, count);
    if (component->shape == SHAPE_SHIFTABLE) {
        c->arrives_kw = ARENA_TAKE(arena, double, count);
        c->late_max_kw = ARENA_TAKE(arena, double, count);
    }
    if (arena_failed(arena)) {
        return NULL;
    }
    coefficients_reset(c, component);
    return c;
}

static void fill(double *value, int count, double number) {
    for (int t = 0; t < count; t++) {
        value[t] = number;
    }
}

void coefficients_reset(struct coefficients *c, const struct component *component) {
    c->modes = modes_of(component);
    for (int m = 0; m < c->modes; m++) {
        struct mode *mode = &c->mode[m];
        for (int p = 0; p < component->ports_count; p++) {
            fill(mode->port[p], c->count, 0.0);
        }
        fill(mode->use, c->count, 1.0);
        fill(mode->cost_money_kwh, c->count, 0.0);
        fill(mode->carbon_kgco2_kwh, c->count, 0.0);
        fill(mode->carbon_marginal_kgco2_kwh, c->count, 0.0);
        fill(mode->lifts_kw_kw, c->count, 0.0);
        for (int t = 0; t < c->count; t++) {
            mode->may_run[t] = true;
        }
    }
    fill(c->availability_frac, c->count, 1.0);
    fill(c->kept_frac, c->count, 1.0);
    fill(c->charge_eff, c->count, 1.0);
    fill(c->discharge_eff, c->count, 1.0);
    fill(c->standing_kw_kwh, c->count, 0.0);
    fill(c->loss_frac, c->count, 0.0);
    fill(c->standing_kw_kw, c->count, 0.0);
    fill(c->pump_kw_kw, c->count, 0.0);
    c->charge_per_h_ratio = c->discharge_per_h_ratio = HUGE_VAL;
    c->each_way = false;
    c->level_min_frac = 0.0;
    c->level_max_frac = 1.0;
    c->start_frac = (double)NAN;
    c->end_frac = 0.0;
    for (int month = 0; month < 12; month++) {
        c->demand_money_kw_month[month] = 0.0;
    }
}
