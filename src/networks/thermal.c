/* T_out = T_a + (T_in - T_a) exp(-U L / (m c)), c at the mean of both in the sweep before; nodes mix
   enthalpy. Nodes are taken in the order of the flow. Where water runs in a circle (a pump in a closed loop) that order
   does not exist; the nodes of the circle are then swept until they stand still. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/thermal.h"

#include <math.h>

#include "networks/fluid.h"

enum { CIRCLE_SWEEPS = 200 };
/* Shares of the largest flow: less is still; the change of a node through which less passes counts by
   its share (which way a trickle runs may change with the last digits). */
static const double least_kg_s = 1e-9, still_ratio = 1e-8, trickle_ratio = 1e-2;

struct thermal_work {
    const struct network *network;
    bool in_return;
    int *from, *to;                  /* of links, side by side in memory */
    int *arrives;                    /* by link: the node its water comes to; -1: it is still */
    double *length_m;                /* that loses heat */
    double *size_kg_s, *kept_frac;   /* by link: of this sweep */
    double still_kg_s, trickle_kg_s; /* of this sweep */
    /* what follows from the directions of the flow, kept until one of them turns */
    bool in_order;
    int *order, ordered; /* nodes after all that flows to them; circles are left out */
    int *start, *near; /* links at a node: those that bring water from start[n], those that take */
    int *goes, *rests; /* it away from goes[n], those at rest from rests[n] to start[n + 1] */
    int *turned;       /* links that did since the last sweep */
    int *waiting;      /* by node: links that bring water and are not reached yet */
};

/* All links at rest. */
static void neighbours(struct thermal_work *w) {
    int n = w->network->nodes_count, m = w->network->links_count;
    for (int k = 0; k < m; k++) {
        w->arrives[k] = -1;
        if (w->from[k] != w->to[k]) {
            w->start[w->from[k] + 1]++;
            w->start[w->to[k] + 1]++;
        }
    }
    for (int k = 0; k < n; k++) {
        w->start[k + 1] += w->start[k];
        w->goes[k] = w->rests[k] = w->waiting[k] = w->start[k];
    }
    for (int k = 0; k < m; k++) {
        if (w->from[k] != w->to[k]) {
            w->near[w->waiting[w->from[k]]++] = k;
            w->near[w->waiting[w->to[k]]++] = k;
        }
    }
}

enum status thermal_new(struct arena *arena, const struct network *network, bool in_return,
                        struct thermal **ret) {
    int n = network->nodes_count, m = network->links_count;
    struct thermal *t = ARENA_TAKE(arena, struct thermal, 1);
    struct thermal_work *w = ARENA_TAKE(arena, struct thermal_work, 1);
    if (!t || !w) {
        return STATUS_NO_MEMORY;
    }
    t->work = w;
    w->network = network;
    w->in_return = in_return;
    double **by_node[] = {&t->put_kg_s, &t->put_c, &t->node_c};
    double **by_link[] = {&t->around_c, &t->loss_kw_mk, &t->in_c, &t->out_c, &t->loss_kw};
    for (int k = 0; k < COUNT(by_node); k++) {
        *by_node[k] = ARENA_TAKE(arena, double, n);
    }
    for (int k = 0; k < COUNT(by_link); k++) {
        *by_link[k] = ARENA_TAKE(arena, double, m);
    }
    w->start = ARENA_TAKE(arena, int, n + 1);
    w->near = ARENA_TAKE(arena, int, 2 * m);
    w->goes = ARENA_TAKE(arena, int, n);
    w->rests = ARENA_TAKE(arena, int, n);
    w->turned = ARENA_TAKE(arena, int, m);
    w->waiting = ARENA_TAKE(arena, int, n);
    w->order = ARENA_TAKE(arena, int, n);
    w->from = ARENA_TAKE(arena, int, m);
    w->to = ARENA_TAKE(arena, int, m);
    w->arrives = ARENA_TAKE(arena, int, m);
    w->length_m = ARENA_TAKE(arena, double, m);
    w->size_kg_s = ARENA_TAKE(arena, double, m);
    w->kept_frac = ARENA_TAKE(arena, double, m);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < m; k++) {
        t->out_c[k] = t->in_c[k] = NAN;
        w->from[k] = network->links[k].from;
        w->to[k] = network->links[k].to;
        w->length_m[k] = network->links[k].kind == LINK_PIPE ? network->links[k].length_m : 0.0;
    }
    for (int k = 0; k < n; k++) {
        t->node_c[k] = NAN;
    }
    neighbours(w);
    *ret = t;
    return STATUS_OK;
}

/* The node at which the water of link k arrives; it leaves from the other. */
static int arrives(const struct thermal_work *w, int k, double flow_kg_s) {
    return (flow_kg_s > 0.0) != w->in_return ? w->to[k] : w->from[k];
}

/* What a link keeps of the difference to its surroundings: by itself, so that links do not wait for each other. */
static void set_kept(struct thermal *t) {
    struct thermal_work *w = t->work;
    const struct network_settings *s = &w->network->settings;
    double nominal_c = w->in_return ? s->return_c : s->supply_c;
    for (int k = 0; k < w->network->links_count; k++) {
        double mean_c = 0.5 * (t->in_c[k] + t->out_c[k]);
        double heat_kj_kgk = fluid_heat_kj_kgk(s, isnan(mean_c) ? nominal_c : mean_c);
        double carried_kw_k = w->size_kg_s[k] * heat_kj_kgk;
        w->kept_frac[k] =
            carried_kw_k > 0.0 ? exp(-t->loss_kw_mk[k] * w->length_m[k] / carried_kw_k) : 0.0;
    }
}

static void cool(struct thermal *t, int k, double in_c, double flow_kg_s) {
    t->in_c[k] = in_c;
    t->out_c[k] = t->carry_c ? t->carry_c(t->carry_data, k, in_c, flow_kg_s, &t->loss_kw[k])
                             : t->around_c[k] + (in_c - t->around_c[k]) * t->work->kept_frac[k];
}

/* The mean by enthalpy of all that comes to a node. */
static double mean_by_heat_c(const struct thermal *t, int node, double mass_kg_s) {
    const struct thermal_work *w = t->work;
    const struct network_settings *s = &w->network->settings;
    bool put = t->put_kg_s[node] > w->still_kg_s;
    double heat = put ? t->put_kg_s[node] * fluid_enthalpy_kj_kg(s, t->put_c[node]) : 0.0;
    double near_c = put ? t->put_kg_s[node] * t->put_c[node] : 0.0; /* times the mass */
    for (int e = w->start[node]; e < w->goes[node]; e++) {
        int k = w->near[e];
        if (!isnan(t->out_c[k])) {
            heat += w->size_kg_s[k] * fluid_enthalpy_kj_kg(s, t->out_c[k]);
            near_c += w->size_kg_s[k] * t->out_c[k];
        }
    }
    return fluid_c(s, heat / mass_kg_s, near_c / mass_kg_s);
}

/* How much the change of a node's temperature counts. */
static double counted_dk(const struct thermal_work *w, double mixed_c, double before_c,
                         double mass_kg_s) {
    if (isnan(mixed_c) || isnan(before_c)) {
        return isnan(mixed_c) == isnan(before_c) || mass_kg_s < 1e-6 * w->trickle_kg_s ? 0.0
                                                                                       : HUGE_VAL;
    }
    double change_dk = fabs(mixed_c - before_c);
    return mass_kg_s < w->trickle_kg_s ? change_dk * (mass_kg_s / w->trickle_kg_s) : change_dk;
}

/* The temperature of what mixes at a node; NaN: nothing comes. */
static double mixed_c(const struct thermal *t, int node, double *ret_mass_kg_s) {
    const struct thermal_work *w = t->work;
    double mass_kg_s = 0.0, at_c = NAN;
    bool several = false;
    if (t->put_kg_s[node] > w->still_kg_s) {
        mass_kg_s = t->put_kg_s[node];
        at_c = t->put_c[node];
    }
    for (int e = w->start[node]; e < w->goes[node]; e++) {
        double out_c = t->out_c[w->near[e]];
        if (!isnan(out_c)) {
            several = several || (!isnan(at_c) && at_c != out_c);
            at_c = out_c;
            mass_kg_s += w->size_kg_s[w->near[e]];
        }
    }
    *ret_mass_kg_s = mass_kg_s;
    return several ? mean_by_heat_c(t, node, mass_kg_s) : at_c;
}

/* What mixes at a node, and then goes into its links; the change of its temperature. */
static double mix_dk(struct thermal *t, int node, const double *flow_kg_s) {
    const struct thermal_work *w = t->work;
    double mass_kg_s = 0.0, at_c = mixed_c(t, node, &mass_kg_s);
    double change_dk = counted_dk(w, at_c, t->node_c[node], mass_kg_s);
    t->node_c[node] = at_c;
    for (int e = w->goes[node]; e < w->rests[node] && !isnan(at_c); e++) {
        cool(t, w->near[e], at_c, flow_kg_s[w->near[e]]);
    }
    return change_dk;
}

void thermal_losses(struct thermal *thermal, const double *flow_kg_s) {
    struct thermal *t = thermal;
    const struct network_settings *s = &t->work->network->settings;
    for (int k = 0; k < t->work->network->links_count && !t->carry_c; k++) {
        t->loss_kw[k] = isnan(t->out_c[k])
                            ? 0.0
                            : fabs(flow_kg_s[k]) * (fluid_enthalpy_kj_kg(s, t->in_c[k]) -
                                                    fluid_enthalpy_kj_kg(s, t->out_c[k]));
    }
}

/* ---- the order of the flow ---- */
/* A node's links: first those that bring water, then those that take it away, last those at rest. */
static void sort_links(struct thermal_work *w, int node) {
    int first = w->start[node], last = w->start[node + 1], goes = first;
    for (int e = first; e < last; e++) {
        int k = w->near[e];
        if (w->arrives[k] == node) {
            w->near[e] = w->near[goes];
            w->near[goes++] = k;
        }
    }
    int rests = goes;
    for (int e = goes; e < last; e++) {
        int k = w->near[e];
        if (w->arrives[k] >= 0) {
            w->near[e] = w->near[rests];
            w->near[rests++] = k;
        }
    }
    w->goes[node] = goes;
    w->rests[node] = rests;
}

static void put_in_order(struct thermal_work *w) {
    int n = w->network->nodes_count, head = 0;
    w->ordered = 0;
    for (int k = 0; k < n; k++) {
        w->waiting[k] = w->goes[k] - w->start[k];
        if (w->waiting[k] == 0) {
            w->order[w->ordered++] = k;
        }
    }
    while (head < w->ordered) {
        int node = w->order[head++];
        for (int e = w->goes[node]; e < w->rests[node]; e++) {
            int far = w->arrives[w->near[e]];
            if (--w->waiting[far] == 0) {
                w->order[w->ordered++] = far;
            }
        }
    }
    w->in_order = true;
}

static void rest(struct thermal *t, int k) {
    t->in_c[k] = t->out_c[k] = NAN;
    t->loss_kw[k] = 0.0;
    if (t->carry_c) {
        (void)t->carry_c(t->carry_data, k, NAN, 0.0, &t->loss_kw[k]);
    }
}

/* Where each link's water comes to; where one turns or comes to rest, the order ends. */
static void set_arrivals(struct thermal *t, const double *flow_kg_s) {
    struct thermal_work *w = t->work;
    double largest_kg_s = least_kg_s;
    int turned_count = 0;
    for (int k = 0; k < w->network->links_count; k++) {
        w->size_kg_s[k] = fabs(flow_kg_s[k]);
        largest_kg_s = w->size_kg_s[k] > largest_kg_s ? w->size_kg_s[k] : largest_kg_s;
    }
    w->still_kg_s = fmax(least_kg_s, still_ratio * largest_kg_s);
    w->trickle_kg_s = trickle_ratio * largest_kg_s;
    for (int k = 0; k < w->network->links_count; k++) {
        int at = w->size_kg_s[k] > w->still_kg_s ? arrives(w, k, flow_kg_s[k]) : -1;
        if (at < 0) {
            rest(t, k);
        }
        if (at != w->arrives[k]) {
            w->arrives[k] = at;
            w->turned[turned_count++] = k;
        }
    }
    for (int i = 0; i < turned_count; i++) {
        sort_links(w, w->from[w->turned[i]]);
        sort_links(w, w->to[w->turned[i]]);
        w->in_order = false;
    }
}

double thermal_sweep_dk(struct thermal *thermal, const double *flow_kg_s) {
    struct thermal *t = thermal;
    struct thermal_work *w = t->work;
    int n = w->network->nodes_count;
    double change_dk = 0.0;
    set_arrivals(t, flow_kg_s);
    if (!w->in_order) {
        put_in_order(w);
    }
    if (!t->carry_c) {
        set_kept(t);
    }
    for (int i = 0; i < w->ordered; i++) {
        double moved_dk = mix_dk(t, w->order[i], flow_kg_s);
        change_dk = moved_dk > change_dk ? moved_dk : change_dk;
    }
    for (int sweep = 0; w->ordered < n && sweep < (t->carry_c ? 1 : CIRCLE_SWEEPS); sweep++) {
        double moved_dk = 0.0;
        for (int k = 0; k < n; k++) {
            moved_dk = w->waiting[k] > 0 ? fmax(moved_dk, mix_dk(t, k, flow_kg_s)) : moved_dk;
        }
        change_dk = sweep == 0 ? fmax(change_dk, moved_dk) : change_dk;
        if (moved_dk < 1e-10) {
            break;
        }
    }
    return change_dk;
}
