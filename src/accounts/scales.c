/* Figures at the scale of building, cluster and community. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/scales.h"

#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "accounts/inventory.h"
#include "physics/heat_pump.h"

const char *scale_name(enum scale scale) {
    static const char *const names[SCALES] = {"building", "cluster", "community"};
    return names[scale];
}

static double port_kw(const struct accounts *accounts, enum plan_case kind, int i, int port,
                      int t) {
    const struct flow *flow = &accounts->plan->cases[kind].flow[i];
    return port >= 0 && flow->included && flow->port_kw[port] ? flow->port_kw[port][t] : 0.0;
}

/* ---- three scales ---- */

static double centre_peak_kw(const struct accounts *accounts, enum plan_case kind) {
    const struct scenario *s = accounts->scenario;
    double peak_kw = 0.0;
    for (int t = 0; t < accounts->plan->hours->horizon_count; t++) {
        double kw = 0.0;
        for (int i = 0; i < s->instances_count; i++) {
            const struct component *of = s->instances[i].kind;
            for (int p = 0; plan_in_data_centre(s, i) && p < of->ports_count; p++) {
                bool power = of->ports[p].carrier == CARRIER_ELECTRICITY;
                kw += power && of->ports[p].direction == FLOWS_IN ? port_kw(accounts, kind, i, p, t)
                                                                  : 0.0;
            }
        }
        peak_kw = fmax(peak_kw, kw);
    }
    return peak_kw;
}

static void set_case(const struct accounts *accounts, enum plan_case kind, struct scales *ret) {
    const struct scenario *s = accounts->scenario;
    const struct metrics *m = &accounts->metrics[kind];
    double power_ratio = inventory_value(s, "power_primary_ratio");
    double fuel_ratio = inventory_value(s, "fuel_primary_ratio");
    struct scale_figures *building = &ret->of[kind][SCALE_BUILDING];
    struct scale_figures *cluster = &ret->of[kind][SCALE_CLUSTER];
    struct scale_figures *community = &ret->of[kind][SCALE_COMMUNITY];
    const struct scopes *operator= & accounts->inventory->scopes[kind][PARTY_OPERATOR];
    building->power_kwh = m->data_centre_kwh_year;
    building->primary_kwh = power_ratio * m->data_centre_kwh_year;
    building->carbon_kg = operator->scope1_kg + operator->scope2_location_kg;
    building->water_m3 = m->data_centre_water_m3_year;
    building->peak_kw = centre_peak_kw(accounts, kind);
    cluster->power_kwh = m->import_kwh_year - m->export_kwh_year;
    cluster->primary_kwh = power_ratio * cluster->power_kwh + fuel_ratio * m->fuel_kwh_year;
    cluster->carbon_kg = accounts->inventory->path_kg[kind];
    cluster->water_m3 = m->water_m3_year;
    cluster->peak_kw = m->grid_peak_kw;
    double other_kwh = community_value(s, "other_kwh_year");
    community->power_kwh = cluster->power_kwh + other_kwh;
    community->primary_kwh = cluster->primary_kwh + power_ratio * other_kwh;
    community->carbon_kg =
        inventory_value(s, "base_kg_year") + cluster->carbon_kg -
        accounts->inventory->path_kg[CASE_TODAY]; /* the base holds today's town */
    community->water_m3 = cluster->water_m3 + community_value(s, "other_water_m3_year");
    community->peak_kw = (double)NAN; /* others' peaks are at hours of their own */
}

/* ---- against heat pumps in every house ---- */

/* Where the scenario gives what heats the town no temperature [assumed]: between floors (35) and radiators (55 and more). */
static const double assumed_supply_c = 50.0;

static bool is_other_plant(const struct scenario *s, int i) {
    const struct component *kind = s->instances[i].kind;
    return account_is_heat_plant(s, i) && component_port(kind, "heat_in") < 0 &&
           kind->shape != SHAPE_STORE && kind->shape != SHAPE_LINE;
}

/* Power of heat pumps on air in this step for all the town's heat: of one kW of it, kW. */
static double electric_kw_kw(const struct accounts *accounts, int t, double *ret_need_kw) {
    const struct scenario *s = accounts->scenario;
    const struct plan *plan = accounts->plan;
    const struct case_plan *together = &plan->cases[CASE_TOGETHER];
    double need_kw = 0.0, power_kw = 0.0;
    for (int k = 0; k < s->towns_count; k++) {
        int i = s->towns[k].instance;
        double kw =
            port_kw(accounts, CASE_TOGETHER, i, component_port(s->instances[i].kind, "heat_in"), t);
        size_t cell = (size_t)s->towns[k].bus * (size_t)plan->hours->count + (size_t)t;
        double supply_c = together->temperature_c[0][cell];
        supply_c = isnan(supply_c) ? assumed_supply_c : supply_c;
        double cop = heat_pump_when2heat_cop(HEAT_PUMP_AIR, supply_c, plan->hours->outdoor_c[t]);
        need_kw += kw;
        power_kw += kw / fmax(1.0, cop);
    }
    *ret_need_kw = need_kw;
    return need_kw > 0.0 ? power_kw / need_kw : 0.0;
}

static void set_green(const struct accounts *accounts, struct scales *ret) {
    const struct scenario *s = accounts->scenario;
    double electric_peak_kw = 0.0, peak_kw = 0.0, saved_kwh = 0.0;
    double to_year = accounts->plan->hours->step_h / s->year_frac;
    for (int t = 0; t < accounts->plan->hours->horizon_count; t++) {
        double need_kw = 0.0, other_kw = 0.0, plant_kw = 0.0;
        double each_kw = electric_kw_kw(accounts, t, &need_kw);
        for (int i = 0; i < s->instances_count; i++) {
            const struct component *kind = s->instances[i].kind;
            if (is_other_plant(s, i)) {
                other_kw +=
                    port_kw(accounts, CASE_TOGETHER, i, component_port(kind, "heat_out"), t);
            } else if (account_is_heat_plant(s, i)) {
                plant_kw +=
                    port_kw(accounts, CASE_TOGETHER, i, component_port(kind, "power_in"), t);
            }
        }
        double recovered_kw = fmax(0.0, need_kw - other_kw);
        saved_kwh +=
            plan_weight_ratio(accounts->plan, t) * ((each_kw * recovered_kw - plant_kw) * to_year);
        electric_peak_kw = fmax(electric_peak_kw, each_kw * need_kw);
        peak_kw = fmax(peak_kw, each_kw * (need_kw - recovered_kw) + plant_kw);
    }
    bool delivers = accounts->metrics[CASE_TOGETHER].heat_delivered_kwh_year > 1.0;
    ret->green_kwh_year = delivers ? saved_kwh : 0.0;
    ret->green_peak_kw = delivers ? electric_peak_kw - peak_kw : 0.0;
}

/* ---- water and sewer ---- */

static enum status set_water(const struct accounts *accounts, struct arena *arena,
                             struct scales *ret) {
    const struct scenario *s = accounts->scenario;
    int steps_a_day = (int)(24.0 / accounts->plan->hours->step_h + 0.5);
    int days = accounts->plan->hours->horizon_count / steps_a_day;
    double *day_m3 = ARENA_TAKE(arena, double, days + 1);
    if (!day_m3) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < s->instances_count; i++) {
        const struct component *of = s->instances[i].kind;
        bool supply = strcmp(of->name, "water_supply") == 0;
        for (int t = 0; supply && t < days * steps_a_day; t++) {
            day_m3[t / steps_a_day] += port_kw(accounts, CASE_TOGETHER, i, of->reference_port, t) *
                                       accounts->plan->hours->step_h;
        }
    }
    for (int day = 0; day < days; day++) {
        ret->water_day_m3 = fmax(ret->water_day_m3, day_m3[day]);
    }
    ret->sewer_day_m3 = ret->water_day_m3 * inventory_value(s, "blow_down_frac");
    ret->water_spare_m3_day = community_value(s, "water_spare_m3_day") - ret->water_day_m3;
    ret->sewer_spare_m3_day = community_value(s, "sewer_spare_m3_day") - ret->sewer_day_m3;
    return STATUS_OK;
}

enum status account_scales(const struct accounts *accounts, struct arena *arena,
                           struct scales *ret) {
    memset(ret, 0, sizeof *ret);
    for (int k = 0; k < CASES; k++) {
        set_case(accounts, (enum plan_case)k, ret);
    }
    set_green(accounts, ret);
    return set_water(accounts, arena, ret);
}
