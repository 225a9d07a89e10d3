/* The rows of `require:`: sums over the horizon (a part of a year counts its part of a yearly
   limit) and grid peaks. Every one of them may be missed by the elastic re-solve, which says by how
   much. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/year_rows.h"

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

/* What the network loses, all of it booked on the recovered heat. */
static void add_network_loss(struct year_rows *rows, int row, double *fixed) {
    struct case_work *work = rows->work;
    int i = work->scenario->network;
    if (i < 0 || !work->result->flow[i].included) {
        return;
    }
    const struct coefficients *c = work->result->flow[i].coefficients;
    double step_h = work->hours->step_h, standing_kwh_kw = 0.0;
    for (int t = 0; t < work->design_days_from; t++) {
        standing_kwh_kw += case_weight_ratio(work, t) * (c->standing_kw_kw[t] * step_h);
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

static void add_heat_share(struct year_rows *rows, int row, double share_frac, double *fixed) {
    const struct scenario *scenario = rows->work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        if (plan_uses_recovery(scenario, i)) {
            year_port(rows, row, i, component_port(scenario->instances[i].kind, "heat_out"), 1.0,
                      fixed);
        }
    }
    year_waste(rows, row, -1.0, fixed);
    add_network_loss(rows, row, fixed);
    for (int k = 0; k < scenario->towns_count; k++) {
        int i = scenario->towns[k].instance;
        year_port(rows, row, i, component_port(scenario->instances[i].kind, "heat_in"), -share_frac,
                  fixed);
    }
}

/* Local generation that stays here and the renewable part of imports against all consumption. */
static void add_power_share(struct year_rows *rows, int row, bool renewable, double share_frac,
                            double grid_frac, double *fixed) {
    const double factor_ratio[2] = {grid_frac, -1.0};
    year_generation(rows, row, renewable, fixed);
    year_grid(rows, row, factor_ratio);
    year_consumption(rows, row, false, -share_frac, fixed);
}

static enum status add_requirement(struct year_rows *rows, const struct requirement *requirement) {
    struct case_work *work = rows->work;
    const struct scenario *scenario = work->scenario;
    if (strcmp(requirement->key, "grid_peak_max_kw") == 0) {
        int peak = year_peak_rows(rows, requirement->key, requirement->value, -1, true);
        return peak < 0 ? STATUS_NO_MEMORY : STATUS_OK;
    }
    double *lower = ARENA_TAKE(rows->arena, double, 1), *upper = ARENA_TAKE(rows->arena, double, 1);
    if (!lower || !upper) {
        return STATUS_NO_MEMORY;
    }
    double fixed = 0.0, value = requirement->value;
    bool at_most = plan_requirement_is_limit(requirement->key);
    int row = year_row(rows, requirement->key, lower, upper, true);
    if (strcmp(requirement->key, "energy_reuse_factor") == 0) {
        year_reuse(rows, row, &fixed);
        year_consumption(rows, row, true, -value, &fixed);
    } else if (strcmp(requirement->key, "heat_share_frac") == 0) {
        add_heat_share(rows, row, value, &fixed);
    } else if (strcmp(requirement->key, "carbon_max_kgco2_year") == 0) {
        year_carbon(rows, row);
    } else if (strcmp(requirement->key, "water_max_m3_year") == 0) {
        year_kind(rows, row, "water_supply", "water_out", 1.0, &fixed);
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
    struct year_rows rows = {work, builder, arena, -1};
    if (work->kind != CASE_TOGETHER) {
        return STATUS_OK; /* what is required is required of the plan, not of what it is compared
                             with */
    }
    for (int r = 0; r < work->scenario->requirements_count; r++) {
        TRY(add_requirement(&rows, &work->scenario->requirements[r]));
    }
    return STATUS_OK;
}
