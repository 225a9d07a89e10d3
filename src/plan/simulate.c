/* The physics on the dispatch. The heat network runs with the pipe that its capacity asks for: losses by temperature
   and flow, pumping by friction. Machines and stores run with the laws of the capacity they were given, instead of
   that of the round before, and cost what that capacity costs. What a network's physics gives goes back into the next
   round's coefficients, and sizes go back by plan.c; what is left of all this in the last round, priced at the plan's
   prices, is the gap. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "components/heat_network.h"
#include "plan/internal.h"

static const double built_ratio = 1e-6; /* less of a capacity is not built */

static enum status take_simulated(struct case_work *work, int i) {
    struct flow *flow = &work->result->flow[i];
    for (int p = 0; p < work->scenario->instances[i].kind->ports_count; p++) {
        if (flow->port_kw[p]) {
            flow->simulated_kw[p] = ARENA_TAKE(work->arena, double, work->hours->count);
            if (!flow->simulated_kw[p]) {
                return STATUS_NO_MEMORY;
            }
        }
    }
    return STATUS_OK;
}

/* Value of a missing or extra kW at a bus over the horizon. */
static double price_at(const struct case_work *work, int bus, int t) {
    const double *price =
        bus >= 0 && work->result->price_money_kwh ? work->result->price_money_kwh[bus] : NULL;
    return price ? price[t] : 0.0;
}

/* What the simulated flows cost more than the planned ones, at the buses' prices. */
static double gap_at_buses_money(const struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    const struct flow *flow = &work->result->flow[i];
    struct sum gap = {0, 0};
    for (int p = 0; p < instance->kind->ports_count; p++) {
        double sign = instance->kind->ports[p].direction == FLOWS_IN ? 1.0 : -1.0;
        for (int t = 0; flow->simulated_kw[p] && t < work->design_days_from; t++) {
            sum_add(&gap, sign * price_at(work, instance->port_bus[p], t) *
                              (flow->simulated_kw[p][t] - flow->port_kw[p][t]));
        }
    }
    return sum_value(&gap) * work->hours->step_h;
}

/* Coefficients of the capacity that was chosen, instead of those of the round before. */
static enum status own_coefficients(struct case_work *work, int i, struct arena *scratch,
                                    struct coefficients **ret) {
    double planned_size = work->size[i];
    struct coefficients *own =
        coefficients_new(scratch, work->scenario->instances[i].kind, work->hours->count);
    if (!own) {
        return STATUS_NO_MEMORY;
    }
    work->size[i] = work->result->flow[i].capacity;
    enum status status = case_fill(work, i, own);
    work->size[i] = planned_size;
    *ret = own;
    return status;
}

/* What goes back is what the real pipe loses and pumps over what its own coefficients say of these flows: of the pipe of
   the round before it would say that of two different pipes, and apply it to a third. */
static enum status simulate_network(struct case_work *work, int i, struct arena *scratch) {
    const struct instance *instance = &work->scenario->instances[i];
    struct flow *flow = &work->result->flow[i];
    struct coefficients *own = NULL;
    int power = component_port(instance->kind, "power_in");
    size_t at = (size_t)instance->port_bus[0] * (size_t)work->hours->count;
    const double *supply_c = work->result->temperature_c[0] + at,
                 *return_c = work->result->temperature_c[1] + at;
    struct feedback *feedback = &work->feedback[i], used = *feedback;
    *feedback = feedback_of_nothing();
    TRY(own_coefficients(work, i, scratch, &own));
    *feedback = used;
    TRY(take_simulated(work, i));
    struct sum planned_loss = {0, 0}, loss = {0, 0}, planned_pump = {0, 0}, pump = {0, 0};
    for (int t = 0; t < work->design_days_from; t++) {
        double there_kw = flow->port_kw[0][t], arriving_kw = 0.0, pump_kw = 0.0;
        heat_network_state(instance->self, flow->capacity, there_kw, supply_c[t], return_c[t],
                           work->hours->ground_c[t], &arriving_kw, &pump_kw);
        flow->simulated_kw[0][t] = there_kw;
        flow->simulated_kw[1][t] = arriving_kw;
        sum_add(&planned_loss, own->standing_kw_kw[t] * flow->capacity);
        sum_add(&loss, there_kw - arriving_kw);
        if (power >= 0 && flow->port_kw[power]) {
            flow->simulated_kw[power][t] = pump_kw;
            sum_add(&planned_pump, own->pump_kw_kw[t] * there_kw);
            sum_add(&pump, pump_kw);
        }
    }
    if (sum_value(&planned_loss) > 0.0 && sum_value(&loss) > 0.0) {
        feedback->standing_ratio = sum_value(&loss) / sum_value(&planned_loss);
    }
    if (sum_value(&planned_pump) > 0.0) {
        feedback->pump_ratio = sum_value(&pump) / sum_value(&planned_pump);
    }
    return STATUS_OK;
}

static bool same_ports(const struct component *kind, const struct coefficients *a,
                       const struct coefficients *b) {
    for (int m = 0; m < a->modes; m++) {
        for (int p = 0; p < kind->ports_count; p++) {
            size_t size = (size_t)a->count * sizeof(double);
            if (memcmp(a->mode[m].port[p], b->mode[m].port[p], size) != 0) {
                return false;
            }
        }
    }
    return true;
}

/* A machine at its own size: the same rates, with the coefficients of the capacity chosen. */
static enum status simulate_machine(struct case_work *work, int i, const struct coefficients *own) {
    struct flow *flow = &work->result->flow[i];
    if (same_ports(work->scenario->instances[i].kind, own, flow->coefficients)) {
        return STATUS_OK;
    }
    TRY(take_simulated(work, i));
    case_port_flows(work, i, own, flow->simulated_kw);
    return STATUS_OK;
}

/* A machine that loses at part load: hour by hour the power that its own coefficients ask, over what part load leaves of
   the COP; the rest of its heat comes from the source. */
static enum status simulate_part_load(struct case_work *work, int i, struct arena *scratch) {
    const struct instance *instance = &work->scenario->instances[i];
    const struct component *kind = instance->kind;
    struct flow *flow = &work->result->flow[i];
    struct feedback *feedback = &work->feedback[i], used = *feedback;
    struct coefficients *own = NULL;
    int power = component_port(kind, "power_in"), source = component_port(kind, "heat_in"),
        out = component_port(kind, "heat_out");
    feedback->power_ratio = 1.0;
    TRY(own_coefficients(work, i, scratch, &own));
    *feedback = used;
    TRY(take_simulated(work, i));
    case_port_flows(work, i, own, flow->simulated_kw);
    struct sum full = {0, 0}, part = {0, 0};
    for (int t = 0; t < work->design_days_from; t++) {
        double heat_kw = flow->simulated_kw[out][t], full_kw = flow->simulated_kw[power][t];
        double load_frac = fmin(1.0, heat_kw / flow->capacity);
        double part_kw =
            heat_kw > 0.0
                ? fmin(heat_kw, full_kw / kind->part_load_ratio(instance->self, load_frac))
                : 0.0;
        sum_add(&full, full_kw);
        sum_add(&part, part_kw);
        flow->simulated_kw[power][t] = part_kw;
        flow->simulated_kw[source][t] = heat_kw - part_kw;
    }
    feedback->power_ratio = sum_value(&full) > 0.0 ? sum_value(&part) / sum_value(&full) : 1.0;
    return STATUS_OK;
}

static bool loses_at_part_load(const struct instance *instance) {
    return instance->kind->part_load_ratio &&
           instance->kind->part_load_ratio(instance->self, 0.5) < 1.0;
}

/* A store at its own size keeps more or less than was planned; the difference is priced at its bus. */
static double store_gap_money(const struct case_work *work, int i, const struct coefficients *own) {
    const struct flow *flow = &work->result->flow[i];
    const struct coefficients *planned = flow->coefficients;
    int bus = work->scenario->instances[i].port_bus[0];
    struct sum gap = {0, 0};
    for (int t = 0; t < work->design_days_from; t++) {
        double begin_kwh = plan_store_begin_kwh(work, i, t);
        double lost_kwh = (planned->kept_frac[t] - own->kept_frac[t]) * begin_kwh +
                          (own->standing_kw_kwh[t] - planned->standing_kw_kwh[t]) * flow->capacity *
                              work->hours->step_h;
        sum_add(&gap, price_at(work, bus, t) * lost_kwh);
    }
    return sum_value(&gap);
}

static enum status simulate_sized(struct case_work *work, int i, struct arena *scratch) {
    const struct component *kind = work->scenario->instances[i].kind;
    struct flow *flow = &work->result->flow[i];
    double planned_money = work->costs[i].unit_money * flow->capacity + work->costs[i].step_money;
    work->result->gap_money +=
        (case_yearly_money(work, i, flow->capacity) - planned_money) * work->scenario->year_frac;
    if (kind->shape == SHAPE_LINE) {
        return STATUS_OK; /* the network has a simulation of its own */
    }
    if (loses_at_part_load(&work->scenario->instances[i])) {
        return STATUS_OK; /* so has it */
    }
    struct coefficients *own = NULL;
    TRY(own_coefficients(work, i, scratch, &own));
    if (kind->shape == SHAPE_STORE) {
        work->result->gap_money += store_gap_money(work, i, own);
        return STATUS_OK;
    }
    return simulate_machine(work, i, own);
}

static enum status simulate_all(struct case_work *work, struct arena *scratch) {
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct instance *instance = &work->scenario->instances[i];
        struct flow *flow = &work->result->flow[i];
        memset(flow->simulated_kw, 0, sizeof flow->simulated_kw); /* of the round before */
        if (!flow->included || !instance->kind->capacity ||
            !(flow->capacity > built_ratio * fmax(1.0, work->size[i]))) {
            continue;
        }
        if (instance->capacity.chosen) {
            TRY(simulate_sized(work, i, scratch));
        }
        if (loses_at_part_load(instance)) {
            TRY(simulate_part_load(work, i, scratch));
        }
        if (work->laid.pipes && i == work->scenario->network) {
            TRY(take_simulated(work, i));
            TRY(pipes_simulate(work, i, scratch));
        } else if (strcmp(instance->kind->name, "heat_network") == 0) {
            TRY(simulate_network(work, i, scratch));
        }
        work->result->gap_money += gap_at_buses_money(work, i);
    }
    return STATUS_OK;
}

enum status case_simulate(struct case_work *work) {
    struct arena *scratch = arena_new(0);
    work->result->gap_money = 0.0;
    work->result->pipes = NULL;
    enum status status = scratch ? simulate_all(work, scratch) : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}
