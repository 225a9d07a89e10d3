/* Before the plan: is there heat, does it fit in temperature, is the pipe short enough? From loads
   and weather alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/series.h"
#include "plan/internal.h"

/* Linear heat density above which networks have paid: 1.5 to 1.8 MWh per trench metre and year
   (Vicus, nPro, Beccali); below 0.5 it is critical. */
static const double viable_kwh_m_year = 1500.0;
static const double critical_kwh_m_year = 500.0;
static const double direct_approach_dk = 3.0;

/* Sum over a set of loads of the flow at a heat port, by step. */
static void add_heat(const struct plan *plan, int instance, const char *port_name, double *ret_kw) {
    const struct instance *it = &plan->scenario->instances[instance];
    const struct coefficients *c = plan->cases[CASE_TOGETHER].flow[instance].coefficients;
    int port = component_port(it->kind, port_name);
    double capacity = it->capacity.chosen ? plan->cases[CASE_TOGETHER].flow[instance].capacity
                                          : it->capacity.fixed;
    for (int t = 0; c && port >= 0 && t < plan->hours->horizon_count; t++) {
        ret_kw[t] += capacity * c->mode[0].port[port][t];
    }
}

/* Does anybody take cold from the town's chilled water? */
static bool cold_is_needed(const struct scenario *scenario) {
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *it = &scenario->instances[i];
        for (int p = 0; it->kind->shape == SHAPE_LOAD && p < it->kind->ports_count; p++) {
            if (it->kind->ports[p].carrier == CARRIER_COLD && it->port_bus[p] >= 0) {
                return true;
            }
        }
    }
    return false;
}

static const char *verdict(const struct scenario *scenario, const struct screening *s) {
    if (s->heat_available_kwh_year <= 0.0) {
        return "There is no heat to recover.";
    }
    if (s->heat_demand_kwh_year <= 0.0) {
        return cold_is_needed(scenario)
                   ? "Nobody within reach needs the heat as it is, but cold can be made of it."
                   : "There is nobody within reach who needs the heat.";
    }
    if (isfinite(s->heat_per_trench_kwh_m_year) &&
        s->heat_per_trench_kwh_m_year < critical_kwh_m_year) {
        return "The pipe is long for the heat it would carry: expect it not to pay.";
    }
    if (isfinite(s->heat_per_trench_kwh_m_year) &&
        s->heat_per_trench_kwh_m_year < viable_kwh_m_year) {
        return "The heat density is below the usual threshold: it pays only where heat is dear.";
    }
    return s->direct_frac > 0.5 ? "The heat is near, dense and warm enough to be used directly."
                                : "The heat is near and dense enough, but needs a heat pump.";
}

/* What the hand-offs could give in each step; returns the bus of the last, -1: none. one_kw is room to work in. */
static int add_sources(const struct plan *plan, double *one_kw, double *source_kw) {
    const struct scenario *scenario = plan->scenario;
    const struct case_plan *together = &plan->cases[CASE_TOGETHER];
    int count = plan->hours->horizon_count;
    int source_bus = -1;
    for (int h = 0; h < scenario->halls_count; h++) {
        int hand_off = scenario->halls[h].recovery;
        if (hand_off < 0 || !together->flow[hand_off].included) {
            continue;
        }
        for (int t = 0; t < count; t++) {
            one_kw[t] = 0.0;
        }
        add_heat(plan, scenario->halls[h].instance, "heat_out", one_kw);
        const struct capacity *most = &scenario->instances[hand_off].capacity;
        double limit_kw = most->chosen ? most->max : most->fixed;
        for (int t = 0; t < count; t++) {
            source_kw[t] += fmin(one_kw[t], limit_kw);
        }
        source_bus = scenario->instances[hand_off]
                         .port_bus[component_port(scenario->instances[hand_off].kind, "heat_out")];
    }
    return source_bus;
}

enum status plan_screen(struct plan *plan, struct arena *arena) {
    const struct scenario *scenario = plan->scenario;
    const struct case_plan *together = &plan->cases[CASE_TOGETHER];
    struct screening *s = &plan->screening;
    int count = plan->hours->horizon_count, all = plan->hours->count;
    double *source_kw = ARENA_TAKE(arena, double, count),
           *demand_kw = ARENA_TAKE(arena, double, count);
    double *one_kw = ARENA_TAKE(arena, double, count);
    if (!source_kw || !demand_kw || !one_kw) {
        return STATUS_NO_MEMORY;
    }
    struct sum reach = {0, 0}, needed = {0, 0}, direct = {0, 0}, total = {0, 0}, source = {0, 0};
    int source_bus = add_sources(plan, one_kw, source_kw);
    for (int k = 0; k < scenario->towns_count; k++) {
        for (int t = 0; t < count; t++) {
            one_kw[t] = 0.0;
        }
        add_heat(plan, scenario->towns[k].instance, "heat_in", one_kw);
        const double *supply_c =
            together->temperature_c[0] + (size_t)scenario->towns[k].bus * (size_t)all;
        const double *source_c =
            source_bus >= 0 ? together->temperature_c[0] + (size_t)source_bus * (size_t)all : NULL;
        for (int t = 0; t < count; t++) {
            demand_kw[t] += one_kw[t];
            sum_add(&total, plan_weight_ratio(plan, t) * one_kw[t]);
            double weighted_kw = plan_weight_ratio(plan, t) * one_kw[t];
            sum_add(&needed, isnan(supply_c[t]) ? 0.0 : weighted_kw * supply_c[t]);
            bool fits = source_c && source_c[t] - direct_approach_dk >= supply_c[t];
            sum_add(&direct, fits ? weighted_kw : 0.0);
        }
    }
    const double *hall_c =
        source_bus >= 0 ? together->temperature_c[0] + (size_t)source_bus * (size_t)all : NULL;
    for (int t = 0; t < count; t++) {
        sum_add(&reach, plan_weight_ratio(plan, t) * fmin(source_kw[t], demand_kw[t]));
        sum_add(&source, hall_c ? plan_weight_ratio(plan, t) * hall_c[t] : 0.0);
    }
    double to_year = plan->hours->step_h / scenario->year_frac;
    double total_kw = sum_value(&total);
    s->heat_available_kwh_year = plan_sum_kw(plan->hours, source_kw) * to_year;
    s->heat_demand_kwh_year = total_kw * to_year;
    s->heat_in_reach_kwh_year = sum_value(&reach) * to_year;
    s->source_c = source_bus >= 0 ? sum_value(&source) / plan_calendar(plan).steps : (double)NAN;
    s->needed_c = total_kw > 0.0 ? sum_value(&needed) / total_kw : (double)NAN;
    s->direct_frac = total_kw > 0.0 ? sum_value(&direct) / total_kw : 0.0;
    s->viable_kwh_m_year = viable_kwh_m_year;
    s->trench_m = s->heat_per_trench_kwh_m_year = (double)NAN;
    if (scenario->network >= 0) {
        const struct instance *network = &scenario->instances[scenario->network];
        s->trench_m = component_number(network->kind, network->self, "length_m", (double)NAN);
        s->heat_per_trench_kwh_m_year = s->heat_in_reach_kwh_year / s->trench_m;
    }
    s->verdict = verdict(scenario, s);
    return STATUS_OK;
}
