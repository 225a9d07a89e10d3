/* The rows of `require:`: sums over the horizon (a part of a year counts its part of a yearly
   limit) and grid peaks. Every one of them may be missed by the elastic re-solve, which says by how
   much. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/internal.h"

enum origin plan_origin(const struct scenario *scenario, int instance) {
    const struct instance *it = &scenario->instances[instance];
    bool burns_biomass = it->kind->origin == ORIGIN_BY_FUEL && strcmp(it->fuel, "biomass") == 0;
    return burns_biomass ? ORIGIN_RENEWABLE : it->kind->origin;
}

bool plan_in_data_centre(const struct scenario *scenario, int instance) {
    const struct instance *it = &scenario->instances[instance];
    return it->hall >= 0 && it->owner == PARTY_OPERATOR;
}

bool plan_uses_recovery(const struct scenario *scenario, int instance) {
    const struct instance *it = &scenario->instances[instance];
    if (it->kind->shape != SHAPE_CONVERTER) {
        return false;
    }
    for (int h = 0; h < scenario->halls_count; h++) {
        int hand_off = scenario->halls[h].recovery;
        if (hand_off < 0 || hand_off == instance) {
            continue;
        }
        int out = component_port(scenario->instances[hand_off].kind, "heat_out");
        int in = component_port(it->kind, "heat_in");
        if (in >= 0 && out >= 0 && it->port_bus[in] >= 0 &&
            it->port_bus[in] == scenario->instances[hand_off].port_bus[out]) {
            return true;
        }
    }
    return false;
}

int plan_waste_port(const struct scenario *scenario, int instance) {
    const struct component *kind = scenario->instances[instance].kind;
    if (plan_in_data_centre(scenario, instance)) {
        return -1;
    }
    if (kind->shape == SHAPE_STORE) {
        const void *self = scenario->instances[instance].self;
        bool cyclic = isnan(component_number(kind, self, "start_frac", (double)NAN));
        return kind->ports[0].carrier == CARRIER_HEAT && cyclic ? 0 : -1;
    }
    for (int p = 0; p < kind->ports_count; p++) {
        if (kind->ports[p].direction == FLOWS_OUT) {
            return -1;
        }
    }
    return kind->shape == SHAPE_CONVERTER ? component_port(kind, "heat_in") : -1;
}

bool plan_requirement_is_limit(const char *key) { return strstr(key, "_max_") != NULL; }

/* ---- rows ---- */

struct rows {
    struct case_work *work;
    struct programme_builder *builder;
    struct arena *arena;
    int map; /* the whole horizon as one period; -1 before the first use */
};

/* factor * step_h * (flow at a port) of all modes into a sum row; loads go to *fixed. */
static void add_port(struct rows *rows, int row, int i, int port, double factor_ratio,
                     double *fixed) {
    struct case_work *work = rows->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    int count = work->hours->count;
    double step_h = work->hours->step_h;
    if (!work->result->flow[i].included) {
        return;
    }
    if (instance->kind->shape == SHAPE_LOAD) {
        double sum_h = 0.0; /* of a kW */
        for (int t = 0; t < work->design_days_from; t++) {
            sum_h += factor_ratio * step_h * c->mode[0].port[port][t];
        }
        if (instance->capacity.chosen) {
            programme_add_sum_entry(rows->builder, rows->work->block, row, IN_DESIGN,
                                    work->layout[i].design,
                                    programme_constant(rows->builder, sum_h));
        } else {
            *fixed += instance->capacity.fixed * sum_h;
        }
        return;
    }
    if (instance->kind->shape == SHAPE_LINE) {
        for (int w = 0; w < (c->modes > 1 ? 2 : 1); w++) {
            struct numbers pump = plan_scaled(rows->builder, rows->arena, c->pump_kw_kw, count,
                                              factor_ratio * step_h);
            if (pump.value && port >= 2) {
                programme_add_sum_entry(rows->builder, rows->work->block, row, IN_STEP,
                                        work->layout[i].column[w], pump);
            }
        }
        return;
    }
    if (instance->kind->shape == SHAPE_STORE) {
        programme_add_sum_entry(rows->builder, rows->work->block, row, IN_STEP,
                                work->layout[i].column[0],
                                programme_constant(rows->builder, factor_ratio * step_h));
        programme_add_sum_entry(rows->builder, rows->work->block, row, IN_STEP,
                                work->layout[i].column[1],
                                programme_constant(rows->builder, -factor_ratio * step_h));
        return;
    }
    for (int m = 0; m < c->modes; m++) {
        struct numbers value = plan_scaled(rows->builder, rows->arena, c->mode[m].port[port], count,
                                           factor_ratio * step_h);
        if (value.value) {
            programme_add_sum_entry(rows->builder, rows->work->block, row, IN_STEP,
                                    work->layout[i].column[m], value);
        }
    }
}

static int add_row(struct rows *rows, const char *name, double *lower, double *upper) {
    if (rows->map < 0) {
        int *period = ARENA_TAKE(rows->arena, int, rows->work->hours->count);
        if (!period) {
            return -1;
        }
        for (int t = rows->work->design_days_from; t < rows->work->hours->count; t++) {
            period[t] = PROGRAMME_NO_PERIOD;
        }
        struct programme_map map = {1, period};
        rows->map = programme_add_map(rows->builder, rows->work->block, map);
    }
    struct programme_row row = {name, {lower, 0}, {upper, 0}, rows->map, true};
    return programme_add_sum(rows->builder, rows->work->block, row);
}

/* All electricity that ports of the data centre (or of everybody) take. */
static void add_consumption(struct rows *rows, int row, bool data_centre_only, double factor_ratio,
                            double *fixed) {
    const struct scenario *scenario = rows->work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct component *kind = scenario->instances[i].kind;
        for (int p = 0; p < kind->ports_count; p++) {
            if (kind->ports[p].carrier == CARRIER_ELECTRICITY &&
                kind->ports[p].direction == FLOWS_IN &&
                (!data_centre_only || plan_in_data_centre(scenario, i))) {
                add_port(rows, row, i, p, factor_ratio, fixed);
            }
        }
    }
}

static void add_kind(struct rows *rows, int row, const char *kind_name, const char *port_name,
                     double factor_ratio, double *fixed) {
    const struct scenario *scenario = rows->work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        if (strcmp(scenario->instances[i].kind->name, kind_name) == 0) {
            add_port(rows, row, i, component_port(scenario->instances[i].kind, port_name),
                     factor_ratio, fixed);
        }
    }
}

/* What is generated here: all of it, or only what is renewable. */
static void add_generation(struct rows *rows, int row, bool renewable, double *fixed) {
    const struct scenario *scenario = rows->work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        enum origin origin = plan_origin(scenario, i);
        if (renewable ? origin == ORIGIN_RENEWABLE : origin != ORIGIN_NONE) {
            add_port(rows, row, i, component_port(scenario->instances[i].kind, "power_out"), 1.0,
                     fixed);
        }
    }
}

/* What is dumped behind the hand-off, and what stores lose there. */
static void add_waste(struct rows *rows, int row, double factor_ratio, double *fixed) {
    for (int i = 0; i < rows->work->scenario->instances_count; i++) {
        int port = plan_waste_port(rows->work->scenario, i);
        if (port >= 0) {
            add_port(rows, row, i, port, factor_ratio, fixed);
        }
    }
}

static void add_reuse(struct rows *rows, int row, double share_frac, double *fixed) {
    const struct scenario *scenario = rows->work->scenario;
    for (int h = 0; h < scenario->halls_count; h++) {
        int i = scenario->halls[h].recovery;
        if (i >= 0) {
            add_port(rows, row, i, component_port(scenario->instances[i].kind, "heat_out"), 1.0,
                     fixed);
        }
    }
    add_waste(rows, row, -1.0, fixed);
    add_consumption(rows, row, true, -share_frac, fixed);
}

/* What the network loses, all of it booked on the recovered heat. */
static void add_network_loss(struct rows *rows, int row, double *fixed) {
    struct case_work *work = rows->work;
    int i = work->scenario->network;
    if (i < 0 || !work->result->flow[i].included) {
        return;
    }
    const struct coefficients *c = work->result->flow[i].coefficients;
    double step_h = work->hours->step_h, standing_kwh_kw = 0.0;
    for (int t = 0; t < work->design_days_from; t++) {
        standing_kwh_kw += c->standing_kw_kw[t] * step_h;
    }
    for (int w = 0; w < (c->modes > 1 ? 2 : 1); w++) {
        struct numbers loss =
            plan_scaled(rows->builder, rows->arena, c->loss_frac, work->hours->count, -step_h);
        if (loss.value) {
            programme_add_sum_entry(rows->builder, rows->work->block, row, IN_STEP,
                                    work->layout[i].column[w], loss);
        }
    }
    const struct layout *layout = &work->layout[i];
    if (layout->standing >= 0) {
        programme_add_sum_entry(
            rows->builder, rows->work->block, row, IN_DESIGN, layout->standing,
            programme_constant(rows->builder, -standing_kwh_kw * layout->standing_capacity));
    } else {
        *fixed -= standing_kwh_kw * work->scenario->instances[i].capacity.fixed;
    }
}

static void add_heat_share(struct rows *rows, int row, double share_frac, double *fixed) {
    const struct scenario *scenario = rows->work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        if (plan_uses_recovery(scenario, i)) {
            add_port(rows, row, i, component_port(scenario->instances[i].kind, "heat_out"), 1.0,
                     fixed);
        }
    }
    add_waste(rows, row, -1.0, fixed);
    add_network_loss(rows, row, fixed);
    for (int k = 0; k < scenario->towns_count; k++) {
        int i = scenario->towns[k].instance;
        add_port(rows, row, i, component_port(scenario->instances[i].kind, "heat_in"), -share_frac,
                 fixed);
    }
}

static void add_carbon(struct rows *rows, int row) {
    struct case_work *work = rows->work;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct coefficients *c = work->result->flow[i].coefficients;
        for (int m = 0;
             work->result->flow[i].included && m < c->modes && work->layout[i].column[m] >= 0;
             m++) {
            struct numbers kg = plan_scaled(rows->builder, rows->arena, c->mode[m].carbon_kgco2_kwh,
                                            c->count, work->hours->step_h);
            if (kg.value) {
                programme_add_sum_entry(rows->builder, rows->work->block, row, IN_STEP,
                                        work->layout[i].column[m], kg);
            }
        }
    }
}

/* Local generation that stays here and the renewable part of imports against all consumption. */
static void add_power_share(struct rows *rows, int row, bool renewable, double share_frac,
                            double grid_frac, double *fixed) {
    struct case_work *work = rows->work;
    const struct scenario *scenario = work->scenario;
    const double factor_ratio[2] = {grid_frac * work->hours->step_h, -work->hours->step_h};
    add_generation(rows, row, renewable, fixed);
    for (int m = 0; m < scenario->meters_count; m++) {
        int grid = scenario->meters[m].grid;
        const struct flow *flow = &work->result->flow[grid];
        for (int k = 0; flow->included && k < flow->coefficients->modes; k++) {
            if (factor_ratio[k] != 0.0) {
                programme_add_sum_entry(rows->builder, rows->work->block, row, IN_STEP,
                                        work->layout[grid].column[k],
                                        programme_constant(rows->builder, factor_ratio[k]));
            }
        }
    }
    add_consumption(rows, row, false, -share_frac, fixed);
}

/* The imports of all meters together stay below a number, in every step of the horizon. */
static void add_grid_peak(struct rows *rows, const char *name, double limit_kw) {
    struct case_work *work = rows->work;
    const struct scenario *scenario = work->scenario;
    double *upper = ARENA_TAKE(rows->arena, double, work->hours->count);
    double *lower = ARENA_TAKE(rows->arena, double, 1);
    if (!upper || !lower) {
        return;
    }
    lower[0] = -HUGE_VAL;
    for (int t = 0; t < work->hours->count; t++) {
        upper[t] = plan_is_design_step(work, t) ? HUGE_VAL : limit_kw;
    }
    struct programme_row row = {name, {lower, 0}, numbers_by_step(upper), 0, true};
    int r = programme_add_row(rows->builder, rows->work->block, row);
    for (int m = 0; m < scenario->meters_count; m++) {
        int grid = scenario->meters[m].grid;
        if (work->result->flow[grid].included) {
            programme_add_entry(rows->builder, rows->work->block, r, IN_STEP,
                                work->layout[grid].column[0],
                                programme_constant(rows->builder, 1.0));
        }
    }
}

static enum status add_requirement(struct rows *rows, const struct requirement *requirement) {
    struct case_work *work = rows->work;
    const struct scenario *scenario = work->scenario;
    if (strcmp(requirement->key, "grid_peak_max_kw") == 0) {
        add_grid_peak(rows, requirement->key, requirement->value);
        return STATUS_OK;
    }
    double *lower = ARENA_TAKE(rows->arena, double, 1), *upper = ARENA_TAKE(rows->arena, double, 1);
    if (!lower || !upper) {
        return STATUS_NO_MEMORY;
    }
    double fixed = 0.0, value = requirement->value;
    bool at_most = plan_requirement_is_limit(requirement->key);
    int row = add_row(rows, requirement->key, lower, upper);
    if (strcmp(requirement->key, "energy_reuse_factor") == 0) {
        add_reuse(rows, row, value, &fixed);
    } else if (strcmp(requirement->key, "heat_share_frac") == 0) {
        add_heat_share(rows, row, value, &fixed);
    } else if (strcmp(requirement->key, "carbon_max_kgco2_year") == 0) {
        add_carbon(rows, row);
    } else if (strcmp(requirement->key, "water_max_m3_year") == 0) {
        add_kind(rows, row, "water_supply", "water_out", 1.0, &fixed);
    } else if (strcmp(requirement->key, "renewable_frac") == 0) {
        add_power_share(rows, row, true, value, scenario->renewable_grid_frac, &fixed);
    } else if (strcmp(requirement->key, "self_supply_frac") == 0) {
        add_power_share(rows, row, false, value, 0.0, &fixed);
    }
    *lower = at_most ? -HUGE_VAL : -fixed;
    *upper = at_most ? value * scenario->year_frac - fixed : HUGE_VAL;
    return STATUS_OK;
}

enum status require_rows(struct case_work *work, struct programme_builder *builder,
                         struct arena *arena) {
    struct rows rows = {work, builder, arena, -1};
    if (work->kind != CASE_TOGETHER) {
        return STATUS_OK; /* what is required is required of the plan, not of what it is compared
                             with */
    }
    for (int r = 0; r < work->scenario->requirements_count; r++) {
        TRY(add_requirement(&rows, &work->scenario->requirements[r]));
    }
    return STATUS_OK;
}
