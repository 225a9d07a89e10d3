/* The six shapes write their columns and rows.

   source     output <= availability * capacity (must_take: equal)
   load       demand on its buses, less what is not served where that has a price
   converter  each port: sum over modes of coefficient * rate;  sum of use * rate <= availability * capacity
   store      end = kept * begin + (charge_eff * in - out / discharge_eff - standing * capacity) * step_h
   line       arriving = flow * (1 - loss) - standing * capacity, for each way; both share the capacity
   shiftable  what comes is served at once or late; what waits stays below what came within its window (shape_shiftable.c)

   Only numbers differ from step to step. Design-day steps have weight 0 in every cost and lie in no
   period. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "plan/assembly.h"
#include "plan/tariff.h"

static const double arrives_least_frac = 0.1; /* of what a line is given on its worst day */

/* sum of use * rate over modes first to last <= availability * capacity (a design column or a number). */
static void capacity_row(struct assembly *a, int i, int first, int last,
                         const struct coefficients *c, int design, bool equal, double fixed) {
    struct case_work *work = a->work;
    struct layout *layout = &work->layout[i];
    int count = work->hours->count;
    struct programme_row row = {assembly_name(a, i, first ? "limit_back" : "limit"),
                                equal ? a->zero : a->minus_infinity, a->zero, 0, false};
    if (design < 0) {
        row.upper = plan_scaled(a->builder, a->arena, c->availability_frac, count, fixed);
        row.upper = row.upper.value ? row.upper : a->zero;
        row.lower = equal ? row.upper : a->minus_infinity;
    }
    int index = programme_add_row(a->builder, a->work->block, row);
    for (int m = first; m <= last; m++) {
        struct numbers use = plan_scaled(a->builder, a->arena, c->mode[m].use, count, 1.0);
        if (use.value) {
            programme_add_entry(a->builder, a->work->block, index, IN_STEP, layout->column[m], use);
        }
    }
    if (design >= 0) {
        struct numbers minus = plan_scaled(a->builder, a->arena, c->availability_frac, count, -1.0);
        if (minus.value) {
            programme_add_entry(a->builder, a->work->block, index, IN_DESIGN, design, minus);
        }
    }
}

/* Sources and converters: a rate per mode. */
static void add_rates(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct component *kind = instance->kind;
    const struct coefficients *c = work->result->flow[i].coefficients;
    struct layout *layout = &work->layout[i];
    int count = work->hours->count;
    bool limited =
        kind->capacity && (instance->capacity.chosen || isfinite(instance->capacity.fixed));
    layout->design = limited ? assembly_capacity(a, i, HUGE_VAL) : -1;
    bool plain = limited && layout->design < 0 && c->modes == 1 && !kind->must_take &&
                 assembly_all_equal(c->mode[0].use, count, 1.0);
    for (int m = 0; m < c->modes; m++) {
        const char *name = kind->mode_names[m] ? kind->mode_names[m] : "rate";
        struct programme_column column = {
            assembly_name(a, i, name), assembly_mode_cost(a, i, m), a->zero, a->zero, 0, 0.0};
        column.upper = assembly_mode_upper(a, c, m, plain ? instance->capacity.fixed : HUGE_VAL);
        layout->column[m] = programme_add_column(a->builder, a->work->block, column);
        for (int p = 0; p < kind->ports_count; p++) {
            assembly_on_bus(a, i, p, IN_STEP, layout->column[m], c->mode[m].port[p],
                            kind->ports[p].direction == FLOWS_OUT ? 1.0 : -1.0);
        }
    }
    if (limited && !plain) {
        capacity_row(a, i, 0, c->modes - 1, c, layout->design, kind->must_take,
                     instance->capacity.fixed);
    }
}

/* IT that a roadmap chooses: all of it is a load like any other, and a column takes away what newer servers spare. So the
   rows have sides of the size that flows have, by which the solver scales. */
static void add_chosen_load(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    struct capacity spared = instance->capacity; /* at most zero */
    spared.min -= spared.fixed;
    spared.max -= spared.fixed;
    int design = work->layout[i].design = assembly_design(a, i, &spared, 0.0, "capacity", HUGE_VAL);
    for (int p = 0; p < instance->kind->ports_count; p++) {
        assembly_on_bus(a, i, p, IN_DESIGN, design, c->mode[0].port[p],
                        instance->kind->ports[p].direction == FLOWS_OUT ? 1.0 : -1.0);
    }
}

static void add_load(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    double capacity = instance->kind->capacity ? instance->capacity.fixed : 1.0;
    if (instance->capacity.chosen) {
        add_chosen_load(a, i);
    }
    for (int p = 0; p < instance->kind->ports_count; p++) {
        int bus = instance->port_bus[p];
        if (bus < 0 || !work->bus_alive[bus]) {
            continue;
        }
        double sign = instance->kind->ports[p].direction == FLOWS_IN ? 1.0 : -1.0;
        for (int t = 0; t < work->hours->count; t++) {
            a->demand_kw[bus][t] += sign * capacity * c->mode[0].port[p][t];
        }
    }
}

/* Heat that may stay away at its price; never on a design day. */
static void add_unserved(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    int port = component_port(instance->kind, "heat_in");
    double *most_kw = ARENA_TAKE(a->arena, double, work->hours->count);
    if (!most_kw || isnan(plan_unserved_money_kwh(work->scenario, i))) {
        return;
    }
    for (int t = 0; t < work->design_days_from; t++) {
        most_kw[t] = instance->capacity.fixed * c->mode[0].port[port][t];
    }
    struct programme_column unserved = {assembly_name(a, i, "unserved"),
                                        assembly_mode_cost(a, i, 0),
                                        a->zero,
                                        numbers_by_step(most_kw),
                                        0,
                                        0.0};
    work->layout[i].column[0] = programme_add_column(a->builder, a->work->block, unserved);
    assembly_on_bus_constant(a, i, port, work->layout[i].column[0], 1.0);
}

/* The most that a line can be asked to carry: all heat loads at once, and what is lost on the way. A larger pipe would
   be nothing but a way to lose heat. */
static double line_limit_kw(const struct assembly *a, int i, const struct coefficients *line) {
    const struct case_work *work = a->work;
    const struct scenario *scenario = work->scenario;
    bool at_once = case_at_once(work, i);
    double limit_kw = 0.0;
    for (int t = 0; t < work->hours->count; t++) {
        double load_kw = 0.0;
        for (int l = 0; l < scenario->instances_count; l++) {
            const struct instance *load = &scenario->instances[l];
            const struct flow *flow = &work->result->flow[l];
            for (int p = 0;
                 flow->included && load->kind->shape == SHAPE_LOAD && p < load->kind->ports_count;
                 p++) {
                const struct port *port = &load->kind->ports[p];
                bool heat = port->carrier == CARRIER_HEAT && port->direction == FLOWS_IN;
                load_kw += heat ? load->capacity.fixed * flow->coefficients->mode[0].port[p][t] : 0;
            }
        }
        double size_kw = at_once ? work->size[i] : 0.0;
        double arrives_frac = 1.0 - line->loss_frac[t] - (at_once ? 0.0 : line->standing_kw_kw[t]);
        limit_kw = fmax(limit_kw, (load_kw + line->standing_kw_kw[t] * size_kw) /
                                      fmax(arrives_least_frac, arrives_frac));
    }
    return limit_kw;
}

static void add_line(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    struct layout *layout = &work->layout[i];
    int count = work->hours->count, ways = c->modes > 1 ? 2 : 1;
    double useful_kw = i == work->scenario->network ? line_limit_kw(a, i, c) : HUGE_VAL;
    layout->design = assembly_capacity(a, i, fmax(instance->capacity.min, useful_kw));
    double fixed = instance->capacity.fixed;
    double *arriving = ARENA_TAKE(a->arena, double, count);
    if (!arriving) {
        return;
    }
    for (int t = 0; t < count; t++) {
        arriving[t] = 1.0 - c->loss_frac[t];
    }
    for (int w = 0; w < ways; w++) {
        struct programme_column flow = {assembly_name(a, i, w ? "back" : "there"),
                                        assembly_mode_cost(a, i, w),
                                        a->zero,
                                        assembly_mode_upper(a, c, w, HUGE_VAL),
                                        0,
                                        0.0};
        layout->column[w] = programme_add_column(a->builder, a->work->block, flow);
        assembly_on_bus_constant(a, i, w, layout->column[w], -1.0);
        assembly_on_bus(a, i, 1 - w, IN_STEP, layout->column[w], arriving, 1.0);
        for (int p = 2; p < instance->kind->ports_count; p++) {
            assembly_on_bus(a, i, p, IN_STEP, layout->column[w], c->pump_kw_kw, -1.0);
        }
    }
    if (layout->standing >= 0) {
        assembly_on_bus(a, i, 1, IN_DESIGN, layout->standing, c->standing_kw_kw,
                        -layout->standing_capacity);
    } else {
        int bus = instance->port_bus[1];
        for (int t = 0; t < count; t++) {
            a->demand_kw[bus][t] += c->standing_kw_kw[t] * fixed;
        }
    }
    capacity_row(a, i, 0, c->each_way ? 0 : ways - 1, c, layout->design, false, fixed);
    if (c->each_way && ways > 1) {
        capacity_row(a, i, 1, 1, c, layout->design, false, fixed);
    }
}

/* A peak per month above the import, at its price (a part of a month costs its share of days). */
static void add_demand_price(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct coefficients *c = work->result->flow[i].coefficients;
    const struct plan_calendar calendar = case_calendar(work);
    double cost_ratio = case_demand_cost_ratio(work, i);
    if (cost_ratio == 0.0 || assembly_all_equal(c->demand_money_kw_month, 12, 0.0)) {
        return;
    }
    double *cost = ARENA_TAKE(a->arena, double, 12),
           *lower = ARENA_TAKE(a->arena, double, work->hours->count);
    if (!cost || !lower) {
        return;
    }
    plan_month_price(work->scenario, &calendar, c->demand_money_kw_month, cost);
    for (int month = 0; month < 12; month++) {
        cost[month] *= cost_ratio;
    }
    for (int t = work->design_days_from; t < work->hours->count; t++) {
        lower[t] = -HUGE_VAL;
    }
    struct programme_column family = {assembly_name(a, i, "month_peak"),
                                      numbers_by_step(cost),
                                      a->zero,
                                      a->infinity,
                                      a->month_map,
                                      0.0};
    work->layout[i].peak = programme_add_period(a->builder, a->work->block, family);
    struct programme_row row = {assembly_name(a, i, "month_peak_row"), numbers_by_step(lower),
                                a->infinity, 0, false};
    int r = programme_add_row(a->builder, a->work->block, row);
    programme_add_entry(a->builder, a->work->block, r, IN_PERIOD, work->layout[i].peak,
                        programme_constant(a->builder, 1.0));
    programme_add_entry(a->builder, a->work->block, r, IN_STEP, work->layout[i].column[0],
                        programme_constant(a->builder, -1.0));
}

/* Where the take-off may run on the design days, heat rejection still stands for all of the IT: its capacity covers
   what the hall gives off in every step of them. */
static void add_firm_rejection(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct scenario *scenario = work->scenario;
    const struct instance *instance = &scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    int in = component_port(instance->kind, "heat_in");
    if (!scenario->waive_firm || instance->hall < 0 || in < 0 ||
        (scenario->halls[instance->hall].cooling != i &&
         scenario->halls[instance->hall].room_cooling != i)) {
        return;
    }
    int hall = scenario->halls[instance->hall].instance;
    int it = scenario->instances[hall].capacity.chosen ? work->layout[hall].design : -1;
    double need = 0.0, hall_kw = scenario->instances[hall].capacity.fixed;
    for (int p = 0; p < scenario->instances[hall].kind->ports_count; p++) {
        for (int t = work->design_days_from; t < work->hours->count; t++) {
            double heat_kw = hall_kw * work->result->flow[hall].coefficients->mode[0].port[p][t];
            bool given = scenario->instances[hall].port_bus[p] == instance->port_bus[in];
            need = fmax(need, given ? heat_kw * c->mode[0].use[t] / c->availability_frac[t] : 0.0);
        }
    }
    int design = work->layout[i].design;
    struct programme_border_row row = {assembly_name(a, i, "firm"),
                                       need - (design < 0 ? instance->capacity.fixed : 0.0),
                                       HUGE_VAL, true};
    int r = programme_add_border_row(a->builder, row);
    if (design >= 0) {
        struct programme_border_entry entry = {r, IN_DESIGN, design, 0, 0, 1.0};
        programme_add_border_entry(a->builder, entry);
    }
    if (it >= 0) {
        struct programme_border_entry entry = {r, IN_DESIGN, it, 0, 0, -need / hall_kw};
        programme_add_border_entry(a->builder, entry);
    }
}

void assembly_add(struct assembly *a, int i) {
    struct layout *layout = &a->work->layout[i];
    memset(layout, -1, sizeof *layout);
    if (!a->work->result->flow[i].included) {
        return;
    }
    switch (a->work->scenario->instances[i].kind->shape) {
    case SHAPE_SOURCE:
    case SHAPE_CONVERTER:
        add_rates(a, i);
        add_firm_rejection(a, i);
        break;
    case SHAPE_LOAD:
        add_load(a, i);
        add_unserved(a, i);
        break;
    case SHAPE_STORE:
        assembly_add_store(a, i);
        break;
    case SHAPE_LINE:
        add_line(a, i);
        break;
    case SHAPE_SHIFTABLE:
        assembly_add_shiftable(a, i);
        break;
    case SHAPES:
        break;
    }
    if (case_meter_tariff(a->work->scenario, i)) {
        tariff_rows(a, i);
    } else if (a->work->scenario->instances[i].kind->shape == SHAPE_CONVERTER) {
        add_demand_price(a, i);
    }
}
