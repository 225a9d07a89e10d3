/* Temperatures of the buses, coefficients of the instances and costs per unit of capacity, for the
   sizes of the previous round. Design days: the take-off from a data centre rests (the firm plant
   must do without it), stores and what the sun gives do not count, and a pipe loses in proportion
   to its flow. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/internal.h"
#include "scenario/money.h"

double plan_annuity_frac_year(double discount_frac, double life_year) {
    if (fabs(discount_frac) < 1e-12) {
        return 1.0 / life_year;
    }
    double growth_ratio = pow(1.0 + discount_frac, life_year);
    return discount_frac * growth_ratio / (growth_ratio - 1.0);
}

static void view_ports(struct case_work *work, int i) {
    const struct scenario *scenario = work->scenario;
    const struct instance *instance = &scenario->instances[i];
    int count = work->hours->count;
    for (int p = 0; p < PORTS_MAX; p++) {
        struct port_temperatures none = {NULL, NULL};
        work->hours->port[p] = none;
        int bus = p < instance->kind->ports_count ? instance->port_bus[p] : -1;
        work->hours->wired[p] = bus >= 0 && work->bus_alive[bus];
        if (bus >= 0 && scenario->buses[bus].temperature_instance >= 0) {
            work->hours->port[p].supply_c =
                work->result->temperature_c[0] + (size_t)bus * (size_t)count;
            work->hours->port[p].return_c =
                work->result->temperature_c[1] + (size_t)bus * (size_t)count;
        }
    }
    work->hours->size = work->size[i];
    work->hours->size2 = work->size2[i];
}

static void set_temperatures(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    int count = work->hours->count;
    for (int b = 0; b < scenario->buses_count; b++) {
        int setter = scenario->buses[b].temperature_instance;
        double *supply_c = work->result->temperature_c[0] + (size_t)b * (size_t)count;
        double *return_c = work->result->temperature_c[1] + (size_t)b * (size_t)count;
        if (setter < 0 || !scenario->instances[setter].kind->temperatures) {
            for (int t = 0; t < count; t++) {
                supply_c[t] = return_c[t] = (double)NAN;
            }
            continue;
        }
        const struct instance *instance = &scenario->instances[setter];
        view_ports(work, setter);
        instance->kind->temperatures(instance->self, work->hours,
                                     scenario->buses[b].temperature_port, supply_c, return_c);
    }
}

/* A converter's mode that needs an unwired port cannot run. */
static void mask_unwired(const struct case_work *work, int i, struct coefficients *c) {
    const struct instance *instance = &work->scenario->instances[i];
    for (int m = 0; m < c->modes; m++) {
        for (int p = 0; p < instance->kind->ports_count; p++) {
            int bus = instance->port_bus[p];
            if (bus >= 0 && work->bus_alive[bus]) {
                continue;
            }
            for (int t = 0; t < c->count; t++) {
                if (c->mode[m].port[p][t] != 0.0) {
                    c->mode[m].may_run[t] = false;
                }
            }
        }
    }
}

static bool is_hand_off(const struct scenario *scenario, int i) {
    for (int h = 0; h < scenario->halls_count; h++) {
        if (scenario->halls[h].recovery == i) {
            return true;
        }
    }
    return false;
}

static void shape_design_days(const struct case_work *work, int i, struct coefficients *c) {
    const struct component *kind = work->scenario->instances[i].kind;
    bool hand_off = is_hand_off(work->scenario, i) && !work->scenario->waive_firm;
    bool sun = strcmp(kind->name, "pv") == 0;
    for (int t = work->design_days_from; t < c->count; t++) {
        for (int m = 0; m < c->modes && hand_off; m++) {
            c->mode[m].may_run[t] = false;
        }
        if (sun) {
            c->availability_frac[t] = 0.0;
        }
        if (kind->shape == SHAPE_LINE) {
            double loss_frac = c->loss_frac[t] + c->standing_kw_kw[t];
            c->loss_frac[t] = loss_frac < 0.9 ? loss_frac : 0.9;
            c->standing_kw_kw[t] = 0.0;
        }
    }
}

static void apply_feedback(const struct case_work *work, int i, struct coefficients *c) {
    if (work->scenario->instances[i].kind->shape != SHAPE_LINE) {
        return;
    }
    for (int t = 0; t < c->count; t++) {
        c->standing_kw_kw[t] *= work->feedback[i].standing_ratio;
        c->pump_kw_kw[t] *= work->feedback[i].pump_ratio;
    }
}

/* Investment per unit of capacity at a size: what the scenario gives, else the kind's own law, else
   its cost curve. */
static double capex_unit_money(const struct case_work *work, int i, double size) {
    static const char *const keys[] = {"capex_money_kw", "capex_money_kwh", "capex_money_m2"};
    const struct scenario *scenario = work->scenario;
    const struct instance *instance = &scenario->instances[i];
    for (int k = 0; k < COUNT(keys); k++) {
        double given = component_number(instance->kind, instance->self, keys[k], (double)NAN);
        if (!isnan(given)) {
            return given;
        }
    }
    const struct cost_curve *cost = &instance->kind->cost;
    double factor_ratio = 1.0;
    if (!cost->currency || !money_factor(cost->currency, cost->year, scenario->currency,
                                         scenario->money_year, &factor_ratio)) {
        return instance->kind->capex_money && !cost->currency
                   ? instance->kind->capex_money(instance->self, size) / size
                   : 0.0;
    }
    if (instance->kind->capex_money) {
        return factor_ratio * instance->kind->capex_money(instance->self, size) / size;
    }
    return factor_ratio * cost_curve_at(cost, size);
}

static void set_costs(struct case_work *work, int i) {
    const struct scenario *scenario = work->scenario;
    const struct instance *instance = &scenario->instances[i];
    double life_year =
        component_number(instance->kind, instance->self, "life_year", scenario->life_year);
    double fixed_frac_year = component_number(instance->kind, instance->self, "fom_frac_year", 0.0);
    double annuity = plan_annuity_frac_year(scenario->discount_frac, life_year);
    double capex = instance->kind->capacity ? capex_unit_money(work, i, work->size[i]) : 0.0;
    double built = instance->existing ? 0.0 : 1.0;
    work->unit_capex_money[i] = built * capex;
    work->unit_money[i] = capex * (built * annuity + fixed_frac_year);
    double capex2 = 0.0;
    if (instance->kind->capacity2) {
        capex2 = component_number(instance->kind, instance->self, "capex_power_money_kw", 0.0);
    }
    work->unit2_capex_money[i] = built * capex2;
    work->unit2_money[i] = capex2 * (built * annuity + fixed_frac_year);
}

enum status case_coefficients(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    set_temperatures(work);
    for (int i = 0; i < scenario->instances_count; i++) {
        struct flow *flow = &work->result->flow[i];
        if (!flow->included) {
            continue;
        }
        const struct instance *instance = &scenario->instances[i];
        if (!flow->coefficients) {
            flow->coefficients = coefficients_new(work->arena, instance->kind, work->hours->count);
            if (!flow->coefficients) {
                return STATUS_NO_MEMORY;
            }
        }
        coefficients_reset(flow->coefficients, instance->kind);
        view_ports(work, i);
        if (instance->kind->coefficients) {
            instance->kind->coefficients(instance->self, work->hours, flow->coefficients);
        }
        if (instance->kind->shape == SHAPE_CONVERTER) {
            mask_unwired(work, i, flow->coefficients);
        }
        apply_feedback(work, i, flow->coefficients);
        shape_design_days(work, i, flow->coefficients);
        set_costs(work, i);
    }
    return STATUS_OK;
}
