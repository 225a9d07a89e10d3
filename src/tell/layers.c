/* The town's heat by what brings it.

   On the town's own bus: what its machines give and its stores discharge. A substation there brings
   heat from the plant side; hour by hour it is shared among what fed that side in the same hour:
       arriving = sum of machines + discharge - charge, less the way's loss;
       a store's part is discharge / (machines + discharge - charge), the rest falls on the machines
       in proportion to what they give.
   So charging is taken from the machines, and the sum of the layers is what arrives. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/layers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/series.h"
#include "tell/chart.h"

static int heat_out_on(const struct scenario *s, int i, int bus) {
    const struct instance *it = &s->instances[i];
    int port = component_port(it->kind, "heat_out");
    bool gives = it->kind->shape == SHAPE_CONVERTER || it->kind->shape == SHAPE_SOURCE;
    return gives && port >= 0 && it->port_bus[port] == bus ? port : -1;
}

static bool stores_on(const struct scenario *s, int i, int bus) {
    const struct instance *it = &s->instances[i];
    return it->kind->shape == SHAPE_STORE &&
           it->kind->ports[it->kind->reference_port].carrier == CARRIER_HEAT &&
           it->port_bus[it->kind->reference_port] == bus;
}

static int line_end(const struct scenario *s, int line, int far_bus) {
    const struct instance *it = &s->instances[line];
    for (int p = 0; p < 2 && p < it->kind->ports_count; p++) {
        if (it->port_bus[p] == far_bus) {
            return it->port_bus[1 - p];
        }
    }
    return -1;
}

static struct layer *layer_of(const struct accounts *a, int instance, struct arena *arena,
                              struct layers *ret) {
    for (int k = 0; k < ret->count; k++) {
        if (ret->layer[k].instance == instance) {
            return &ret->layer[k];
        }
    }
    if (ret->count == LAYERS_MAX) {
        return &ret->layer[LAYERS_MAX - 1]; /* the last one takes what is left over */
    }
    struct layer *layer = &ret->layer[ret->count++];
    layer->instance = instance;
    layer->name = chart_name(a, instance, arena);
    layer->store = a->scenario->instances[instance].kind->shape == SHAPE_STORE;
    layer->kw = ARENA_TAKE(arena, double, a->plan->hours->horizon_count);
    return layer;
}

/* Fuel keeps its colour; all other heat is coloured by its temperature. */
static const char *colour_of(const struct accounts *a, int instance, const double *kw) {
    const struct instance *it = &a->scenario->instances[instance];
    int bus = -1;
    for (int p = 0; p < it->kind->ports_count; p++) {
        if (it->kind->ports[p].carrier == CARRIER_FUEL && it->port_bus[p] >= 0) {
            return "fuel";
        }
        bool gives = it->kind->ports[p].direction == FLOWS_OUT || it->kind->shape == SHAPE_STORE;
        bus = it->kind->ports[p].carrier == CARRIER_HEAT && gives ? it->port_bus[p] : bus;
    }
    double mean_c = chart_mean_c(a, bus, kw);
    return isnan(mean_c) ? "heat-3" : chart_heat_colour(mean_c);
}

/* What feeds the plant side: the buses behind a substation. */
struct feed {
    int bus[2], buses;
    int machine[LAYERS_MAX], port[LAYERS_MAX], machines;
    int store[LAYERS_MAX], stores;
};

static void find_feed(const struct accounts *a, const struct case_plan *c, int bus,
                      struct feed *ret) {
    const struct scenario *s = a->scenario;
    memset(ret, 0, sizeof *ret);
    ret->bus[ret->buses++] = bus;
    for (int i = 0; i < s->instances_count && ret->buses == 1; i++) {
        bool line = s->instances[i].kind->shape == SHAPE_LINE && c->flow[i].included;
        int far = line ? line_end(s, i, bus) : -1;
        if (far >= 0) {
            ret->bus[ret->buses++] = far;
        }
    }
    for (int i = 0; i < s->instances_count; i++) {
        for (int b = 0; b < ret->buses && c->flow[i].included; b++) {
            int port = heat_out_on(s, i, ret->bus[b]);
            if (port >= 0 && ret->machines < LAYERS_MAX) {
                ret->port[ret->machines] = port;
                ret->machine[ret->machines++] = i;
            }
            if (stores_on(s, i, ret->bus[b]) && ret->stores < LAYERS_MAX) {
                ret->store[ret->stores++] = i;
            }
        }
    }
}

static void share_step(const struct case_plan *c, const struct feed *feed, double arriving_kw,
                       int t, double *ret_machine_kw, double *ret_store_kw) {
    double made_kw = 0.0, charge_kw = 0.0, discharge_kw = 0.0;
    for (int k = 0; k < feed->machines; k++) {
        made_kw += fmax(0.0, c->flow[feed->machine[k]].port_kw[feed->port[k]][t]);
    }
    for (int k = 0; k < feed->stores; k++) {
        double net_kw = c->flow[feed->store[k]].rate_kw[0][t] -
                        c->flow[feed->store[k]].rate_kw[1][t]; /* charge less discharge */
        charge_kw += fmax(0.0, net_kw);
        discharge_kw += fmax(0.0, -net_kw);
    }
    double direct_kw = fmax(0.0, made_kw - charge_kw), all_kw = direct_kw + discharge_kw;
    for (int k = 0; k < feed->machines; k++) {
        double given_kw = fmax(0.0, c->flow[feed->machine[k]].port_kw[feed->port[k]][t]);
        ret_machine_kw[k] = all_kw > 0.0 && made_kw > 0.0
                                ? arriving_kw * direct_kw / all_kw * given_kw / made_kw
                                : 0.0;
    }
    for (int k = 0; k < feed->stores; k++) {
        double net_kw =
            c->flow[feed->store[k]].rate_kw[0][t] - c->flow[feed->store[k]].rate_kw[1][t];
        ret_store_kw[k] = all_kw > 0.0 ? arriving_kw * fmax(0.0, -net_kw) / all_kw : 0.0;
    }
}

/* The substation i brings heat from behind; its layers are the machines and stores there. */
static void add_substation(const struct accounts *a, const struct case_plan *c, int i, int port,
                           struct arena *arena, struct layers *ret) {
    const struct instance *it = &a->scenario->instances[i];
    int in = component_port(it->kind, "heat_in");
    struct feed feed;
    double machine_kw[LAYERS_MAX], store_kw[LAYERS_MAX];
    find_feed(a, c, in >= 0 ? it->port_bus[in] : -1, &feed);
    struct layer *machine[LAYERS_MAX], *store[LAYERS_MAX];
    for (int k = 0; k < feed.machines; k++) {
        machine[k] = layer_of(a, feed.machine[k], arena, ret);
        machine[k]->shared = true;
    }
    for (int k = 0; k < feed.stores; k++) {
        store[k] = layer_of(a, feed.store[k], arena, ret);
        store[k]->shared = true;
    }
    for (int t = 0; t < a->plan->hours->horizon_count && !arena_failed(arena); t++) {
        share_step(c, &feed, c->flow[i].port_kw[port][t], t, machine_kw, store_kw);
        for (int k = 0; k < feed.machines; k++) {
            machine[k]->kw[t] += machine_kw[k];
        }
        for (int k = 0; k < feed.stores; k++) {
            store[k]->kw[t] += store_kw[k];
        }
    }
}

/* Does the exchanger stand between two heat buses of which the far one is not a data centre's own? */
static bool is_substation(const struct accounts *a, const struct case_plan *c, int i) {
    const struct scenario *s = a->scenario;
    const struct instance *it = &s->instances[i];
    int in = component_port(it->kind, "heat_in");
    if (in < 0 || it->port_bus[in] < 0 || plan_uses_recovery(s, i)) {
        return false;
    }
    struct feed feed;
    find_feed(a, c, it->port_bus[in], &feed);
    return feed.machines > 0;
}

static void add_town(const struct accounts *a, const struct case_plan *c,
                     const struct town_entry *town, struct arena *arena, struct layers *ret) {
    const struct scenario *s = a->scenario;
    int count = a->plan->hours->horizon_count;
    const struct flow *load = &c->flow[town->instance];
    int in = component_port(s->instances[town->instance].kind, "heat_in");
    for (int t = 0; load->included && in >= 0 && load->port_kw[in] && t < count; t++) {
        ret->need_kw[t] += load->port_kw[in][t];
    }
    for (int i = 0; i < s->instances_count && !arena_failed(arena); i++) {
        int port = c->flow[i].included ? heat_out_on(s, i, town->bus) : -1;
        if (port >= 0 && is_substation(a, c, i)) {
            add_substation(a, c, i, port, arena, ret);
        } else if (port >= 0) {
            struct layer *layer = layer_of(a, i, arena, ret);
            layer->shared = plan_uses_recovery(s, i);
            for (int t = 0; layer->kw && t < count; t++) {
                layer->kw[t] += fmax(0.0, c->flow[i].port_kw[port][t]);
            }
        } else if (c->flow[i].included && stores_on(s, i, town->bus)) {
            struct layer *layer = layer_of(a, i, arena, ret);
            ret->stores_above = true;
            for (int t = 0; layer->kw && t < count; t++) {
                layer->kw[t] += fmax(0.0, c->flow[i].rate_kw[1][t] - c->flow[i].rate_kw[0][t]);
            }
        }
    }
}

/* The steadiest first. */
static int by_steadiness(const void *one, const void *two) {
    const struct layer *a = one, *b = two;
    return a->steady_ratio < b->steady_ratio   ? 1
           : a->steady_ratio > b->steady_ratio ? -1
                                               : a->instance - b->instance;
}

enum status layers_make(const struct accounts *accounts, enum plan_case kind, struct arena *arena,
                        struct layers *ret) {
    const struct scenario *s = accounts->scenario;
    int count = accounts->plan->hours->horizon_count;
    double step_h = accounts->plan->hours->step_h;
    memset(ret, 0, sizeof *ret);
    ret->need_kw = ARENA_TAKE(arena, double, count);
    for (int k = 0; k < s->towns_count && ret->need_kw; k++) {
        add_town(accounts, &accounts->plan->cases[kind], &s->towns[k], arena, ret);
    }
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < ret->count; k++) {
        struct layer *layer = &ret->layer[k];
        layer->colour = colour_of(accounts, layer->instance, layer->kw);
        layer->kwh = series_sum(layer->kw, count) * step_h;
        layer->steady_ratio = layer->kwh / fmax(series_max(layer->kw, count), 1e-12);
    }
    qsort(ret->layer, (size_t)ret->count, sizeof ret->layer[0], by_steadiness);
    ret->need_kwh = series_sum(ret->need_kw, count) * step_h;
    ret->largest_kw = count > 0 ? series_max(ret->need_kw, count) : 0.0;
    return STATUS_OK;
}
