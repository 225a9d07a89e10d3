/* Temperatures of the buses and coefficients of the instances, for the sizes of the previous round.
   Design days: the take-off from a data centre rests (heat rejection is sized for all of the IT, and
   the town's plant does without the data centre), stores and what sun and wind give do not count, and a
   pipe loses in proportion to its flow. `firm: waived` lets the take-off run: the town then relies
   on the data centre, and heat rejection keeps its size by a row of its own (shapes.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "components/data_hall.h"
#include "plan/internal.h"

static void view_ports(struct case_work *work, int i) {
    const struct scenario *scenario = work->scenario;
    const struct instance *instance = &scenario->instances[i];
    int count = work->hours->count;
    for (int p = 0; p < PORTS_MAX; p++) {
        struct port_temperatures none = {NULL, NULL, NULL};
        work->hours->port[p] = none;
        int bus = p < instance->kind->ports_count ? instance->port_bus[p] : -1;
        work->hours->wired[p] = bus >= 0 && work->bus_alive[bus];
        if (bus >= 0 && scenario->buses[bus].temperature_instance >= 0) {
            work->hours->port[p].supply_c =
                work->result->temperature_c[0] + (size_t)bus * (size_t)count;
            work->hours->port[p].return_c =
                work->result->temperature_c[1] + (size_t)bus * (size_t)count;
            work->hours->port[p].preheat_c = work->preheat_c[bus];
        }
    }
    int tap = work->feedback[i].pipes.arrives_c ? component_port(instance->kind, "heat_in") : -1;
    if (tap >= 0 && work->hours->port[tap].supply_c && work->arrives_c[i]) {
        work->hours->port[tap].supply_c = work->arrives_c[i];
    }
    work->hours->size = work->size[i];
    work->hours->size2 = work->size2[i];
}

/* Who says what a bus's temperatures are: its setter, unless one that overrides it is in the case. */
static int setter_of(const struct case_work *work, int bus, int *ret_port) {
    const struct scenario *scenario = work->scenario;
    int setter = scenario->buses[bus].temperature_instance;
    *ret_port = scenario->buses[bus].temperature_port;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        for (int p = 0; p < instance->kind->ports_count; p++) {
            if (instance->kind->ports[p].overrides_temperature && instance->port_bus[p] == bus &&
                work->result->flow[i].included) {
                setter = i;
                *ret_port = p;
            }
        }
    }
    return setter;
}

static void set_temperatures(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    int count = work->hours->count;
    for (int b = 0; b < scenario->buses_count; b++) {
        int port = -1, setter = setter_of(work, b, &port);
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
        instance->kind->temperatures(instance->self, work->hours, port, supply_c, return_c);
        const double *found_c = work->feedback[setter].pipes.return_c;
        for (int t = 0; found_c && port == 0 && t < work->design_days_from; t++) {
            return_c[t] = found_c[t];
        }
    }
}

/* What arrives by pipes on the map; on design days, which are not simulated, what their bus has. */
static enum status set_arrivals(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    size_t count = (size_t)work->hours->count, horizon = (size_t)work->design_days_from;
    for (int i = 0; i < scenario->instances_count; i++) {
        const double *found_c = work->feedback[i].pipes.arrives_c;
        int port = component_port(scenario->instances[i].kind, "heat_in");
        int bus = port >= 0 ? scenario->instances[i].port_bus[port] : -1;
        if (!found_c || bus < 0) {
            continue;
        }
        if (!work->arrives_c[i]) {
            work->arrives_c[i] = ARENA_TAKE(work->arena, double, work->hours->count);
            TRY(work->arrives_c[i] ? STATUS_OK : STATUS_NO_MEMORY);
        }
        memcpy(work->arrives_c[i], work->result->temperature_c[0] + (size_t)bus * count,
               count * sizeof(double));
        memcpy(work->arrives_c[i], found_c, horizon * sizeof(double));
    }
    return STATUS_OK;
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

/* Of a hall's work: its share of the IT, and what a kW of IT draws and gives off at each port in that step. */
static enum status fill_from_hall(struct case_work *work, int i, struct coefficients *c) {
    const struct scenario *scenario = work->scenario;
    const struct instance *instance = &scenario->instances[i];
    int h = scenario->halls[instance->hall].instance;
    const struct instance *hall = &scenario->instances[h];
    struct hall_power *power = ARENA_TAKE(work->arena, struct hall_power, c->count);
    if (!power) {
        return STATUS_NO_MEMORY;
    }
    double share_frac = component_number(instance->kind, instance->self, "share_frac", 0.0);
    double most_frac = component_number(instance->kind, instance->self, "it_max_frac", 1.0);
    double capture_frac = component_number(hall->kind, hall->self, "capture_frac", 1.0);
    double stands_kw = hall->capacity.chosen ? work->size[h] : hall->capacity.fixed;
    double installed_kw =
        stands_kw * component_number(hall->kind, hall->self, "it_load_ratio", 1.0);
    int in = component_port(instance->kind, "power_in"),
        out = component_port(instance->kind, "heat_out"),
        room = component_port(instance->kind, "room_heat_out");
    view_ports(work, h);
    data_hall_power(hall->self, work->hours, power);
    for (int t = 0; t < c->count; t++) {
        double it_kw = stands_kw * power[t].it_kw_kw;
        double inside_ratio = it_kw > 0.0 ? power[t].inside_kw_kw / power[t].it_kw_kw : 1.0;
        c->arrives_kw[t] = share_frac * it_kw;
        c->late_max_kw[t] = fmax(0.0, most_frac * installed_kw - it_kw);
        c->mode[0].port[in][t] = it_kw > 0.0 ? power[t].input_kw_kw / power[t].it_kw_kw : 1.0;
        c->mode[0].port[out][t] = capture_frac * inside_ratio;
        c->mode[0].port[room][t] = (1.0 - capture_frac) * inside_ratio;
    }
    return STATUS_OK;
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
    for (int t = work->design_days_from; t < c->count; t++) {
        for (int m = 0; m < c->modes && hand_off; m++) {
            c->mode[m].may_run[t] = false;
        }
        if (kind->follows_weather) {
            c->availability_frac[t] = 0.0;
        }
        if (kind->shape == SHAPE_LINE) {
            double loss_frac = c->loss_frac[t] + c->standing_kw_kw[t];
            c->loss_frac[t] = loss_frac < 0.9 ? loss_frac : 0.9;
            c->standing_kw_kw[t] = 0.0;
        }
    }
}

/* Pipes on the map lose and pump what their simulation said, or first what their nominal temperatures say. */
static void apply_pipes(const struct case_work *work, int i, struct coefficients *c) {
    const struct pipes_series *found = &work->feedback[i].pipes;
    size_t at = (size_t)work->scenario->instances[i].port_bus[0] * (size_t)c->count;
    const double *supply_c = work->result->temperature_c[0] + at,
                 *return_c = work->result->temperature_c[1] + at;
    bool simulated = found->loss_kw && !connect_is_free(work); /* else whose pipes were they? */
    double ratio = found->loss_kw ? work->feedback[i].standing_ratio : 1.0;
    for (int t = 0; t < c->count; t++) {
        bool known = simulated && t < work->design_days_from;
        double loss_kw = known
                             ? found->loss_kw[t]
                             : ratio * pipes_nominal_loss_kw(&work->laid, supply_c[t], return_c[t],
                                                             work->hours->ground_c[t]);
        c->standing_kw_kw[t] = loss_kw / fmax(1.0, work->size[i]);
        c->pump_kw_kw[t] = known && work->hours->wired[2] ? found->pump_kw_kw[t] : c->pump_kw_kw[t];
    }
}

/* A machine that has run at part load needs more power for its heat, and so much less from its source: no more than all
   of it. */
static void apply_part_load(const struct case_work *work, int i, struct coefficients *c) {
    const struct component *kind = work->scenario->instances[i].kind;
    int power = component_port(kind, "power_in"), source = component_port(kind, "heat_in"),
        out = component_port(kind, "heat_out");
    double ratio = work->feedback[i].power_ratio;
    for (int m = 0; ratio != 1.0 && m < c->modes; m++) {
        double *const *port = c->mode[m].port;
        for (int t = 0; t < c->count; t++) {
            port[power][t] = fmin(port[out][t], ratio * port[power][t]);
            port[source][t] = port[out][t] - port[power][t];
        }
    }
}

static void apply_feedback(const struct case_work *work, int i, struct coefficients *c) {
    if (work->scenario->instances[i].kind->part_load_ratio) {
        apply_part_load(work, i, c);
    }
    if (work->scenario->instances[i].kind->shape != SHAPE_LINE) {
        return;
    }
    if (work->laid.pipes && i == work->scenario->network) {
        apply_pipes(work, i, c);
        return;
    }
    for (int t = 0; t < c->count; t++) {
        c->standing_kw_kw[t] *= work->feedback[i].standing_ratio;
        c->pump_kw_kw[t] *= work->feedback[i].pump_ratio;
    }
}

enum status case_fill(struct case_work *work, int i, struct coefficients *c) {
    const struct component *kind = work->scenario->instances[i].kind;
    coefficients_reset(c, kind);
    view_ports(work, i);
    const int *calendar_month = work->hours->month;
    work->hours->month = work->typical ? work->typical->month_like : calendar_month;
    if (kind->coefficients) {
        kind->coefficients(work->scenario->instances[i].self, work->hours, c);
    }
    work->hours->month = calendar_month;
    if (work->typical) { /* a store's year closes on itself */
        c->start_frac = (double)NAN;
        c->end_frac = 0.0;
    }
    if (kind->shape == SHAPE_CONVERTER) {
        mask_unwired(work, i, c);
        preheat_mask(work, i, c);
    }
    apply_feedback(work, i, c);
    shape_design_days(work, i, c);
    return kind->shape == SHAPE_SHIFTABLE ? fill_from_hall(work, i, c) : STATUS_OK;
}

static enum status fill_flow(struct case_work *work, int i) {
    struct flow *flow = &work->result->flow[i];
    if (!flow->coefficients) {
        flow->coefficients =
            coefficients_new(work->arena, work->scenario->instances[i].kind, work->hours->count);
    }
    return flow->coefficients ? case_fill(work, i, flow->coefficients) : STATUS_NO_MEMORY;
}

static enum status fill_temperatures(struct case_work *work) {
    TRY(pipes_lay(work));
    set_temperatures(work);
    TRY(preheat_temperatures(work));
    return set_arrivals(work);
}

enum status case_load_coefficients(struct case_work *work) {
    TRY(fill_temperatures(work));
    for (int i = 0; i < work->scenario->instances_count; i++) {
        if (work->result->flow[i].included &&
            work->scenario->instances[i].kind->shape == SHAPE_LOAD) {
            TRY(fill_flow(work, i));
        }
    }
    return STATUS_OK;
}

enum status case_coefficients(struct case_work *work) {
    TRY(fill_temperatures(work));
    for (int i = 0; i < work->scenario->instances_count; i++) {
        if (work->result->flow[i].included) {
            TRY(fill_flow(work, i));
            case_set_costs(work, i);
        }
    }
    TRY(case_tariffs(work));
    case_contract_prices(work);
    return STATUS_OK;
}
