/* T_out = T_a + (T_in - T_a) exp(-U L / (m c)), c at the mean of both; nodes mix enthalpy. Nodes are
   taken in the order of the flow. Where water runs in a circle (a pump in a closed loop) that order
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
    int *start, *near, *waiting, *order;
    int *from, *to;   /* of links, side by side in memory */
    int *arrives;     /* by link, of this sweep: the node its water comes to; -1: it is still */
    double *length_m; /* that loses heat */
    double still_kg_s, trickle_kg_s; /* of this sweep */
};

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
    w->waiting = ARENA_TAKE(arena, int, n);
    w->order = ARENA_TAKE(arena, int, n);
    w->from = ARENA_TAKE(arena, int, m);
    w->to = ARENA_TAKE(arena, int, m);
    w->arrives = ARENA_TAKE(arena, int, m);
    w->length_m = ARENA_TAKE(arena, double, m);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < m; k++) {
        w->start[network->links[k].from + 1]++;
        w->start[network->links[k].to + 1]++;
        t->out_c[k] = t->in_c[k] = NAN;
        w->from[k] = network->links[k].from;
        w->to[k] = network->links[k].to;
        w->length_m[k] = network->links[k].kind == LINK_PIPE ? network->links[k].length_m : 0.0;
    }
    for (int k = 0; k < n; k++) {
        w->start[k + 1] += w->start[k];
        w->order[k] = w->start[k];
        t->node_c[k] = NAN;
    }
    for (int k = 0; k < m; k++) {
        w->near[w->order[network->links[k].from]++] = k;
        w->near[w->order[network->links[k].to]++] = k;
    }
    *ret = t;
    return STATUS_OK;
}

/* The node at which the water of link k arrives; it leaves from the other. */
static int arrives(const struct thermal_work *w, int k, double flow_kg_s) {
    return (flow_kg_s > 0.0) != w->in_return ? w->to[k] : w->from[k];
}

static void cool(struct thermal *t, int k, double in_c, double flow_kg_s) {
    const struct network_settings *s = &t->work->network->settings;
    double size_kg_s = fabs(flow_kg_s), around_c = t->around_c[k];
    if (t->carry_c) {
        t->in_c[k] = in_c;
        t->out_c[k] = t->carry_c(t->carry_data, k, in_c, flow_kg_s, &t->loss_kw[k]);
        return;
    }
    double mean_c = isnan(t->out_c[k]) ? in_c : 0.5 * (in_c + t->out_c[k]);
    double spent =
        t->loss_kw_mk[k] * t->work->length_m[k] / (size_kg_s * fluid_heat_kj_kgk(s, mean_c));
    t->in_c[k] = in_c;
    t->out_c[k] = around_c + (in_c - around_c) * exp(-spent);
}

/* Whether link k brings water to a node. */
static bool brings(const struct thermal *t, int k, int node) {
    return t->work->arrives[k] == node && !isnan(t->out_c[k]);
}

/* The mean by enthalpy of all that comes to a node. */
static double mean_by_heat_c(const struct thermal *t, int node, const double *flow_kg_s,
                             double mass_kg_s) {
    const struct thermal_work *w = t->work;
    const struct network_settings *s = &w->network->settings;
    bool put = t->put_kg_s[node] > w->still_kg_s;
    double heat = put ? t->put_kg_s[node] * fluid_enthalpy_kj_kg(s, t->put_c[node]) : 0.0;
    double near_c = put ? t->put_kg_s[node] * t->put_c[node] : 0.0; /* times the mass */
    for (int e = w->start[node]; e < w->start[node + 1]; e++) {
        int k = w->near[e];
        if (brings(t, k, node)) {
            heat += fabs(flow_kg_s[k]) * fluid_enthalpy_kj_kg(s, t->out_c[k]);
            near_c += fabs(flow_kg_s[k]) * t->out_c[k];
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
    return fabs(mixed_c - before_c) * fmin(1.0, mass_kg_s / w->trickle_kg_s);
}

/* What mixes at a node, and then goes into its links; the change of its temperature. */
static double mix_dk(struct thermal *t, int node, const double *flow_kg_s) {
    const struct thermal_work *w = t->work;
    double mass_kg_s = 0.0, mixed_c = NAN;
    bool several = false;
    if (t->put_kg_s[node] > w->still_kg_s) {
        mass_kg_s = t->put_kg_s[node];
        mixed_c = t->put_c[node];
    }
    for (int e = w->start[node]; e < w->start[node + 1]; e++) {
        int k = w->near[e];
        if (brings(t, k, node)) {
            several = several || (!isnan(mixed_c) && mixed_c != t->out_c[k]);
            mixed_c = t->out_c[k];
            mass_kg_s += fabs(flow_kg_s[k]);
        }
    }
    mixed_c = several ? mean_by_heat_c(t, node, flow_kg_s, mass_kg_s) : mixed_c;
    double change_dk = counted_dk(w, mixed_c, t->node_c[node], mass_kg_s);
    t->node_c[node] = mixed_c;
    for (int e = w->start[node]; e < w->start[node + 1] && !isnan(mixed_c); e++) {
        int k = w->near[e];
        if (w->arrives[k] >= 0 && w->arrives[k] != node) {
            cool(t, k, mixed_c, flow_kg_s[k]);
        }
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

double thermal_sweep_dk(struct thermal *thermal, const double *flow_kg_s) {
    struct thermal *t = thermal;
    struct thermal_work *w = t->work;
    int n = w->network->nodes_count, head = 0, tail = 0;
    double change_dk = 0.0, largest_kg_s = least_kg_s;
    for (int k = 0; k < n; k++) {
        w->waiting[k] = 0;
    }
    for (int k = 0; k < w->network->links_count; k++) {
        largest_kg_s = fabs(flow_kg_s[k]) > largest_kg_s ? fabs(flow_kg_s[k]) : largest_kg_s;
    }
    w->still_kg_s = fmax(least_kg_s, still_ratio * largest_kg_s);
    w->trickle_kg_s = trickle_ratio * largest_kg_s;
    for (int k = 0; k < w->network->links_count; k++) {
        bool runs = fabs(flow_kg_s[k]) > w->still_kg_s;
        w->arrives[k] = runs ? arrives(w, k, flow_kg_s[k]) : -1;
        if (runs) {
            w->waiting[w->arrives[k]]++;
        } else {
            t->in_c[k] = t->out_c[k] = NAN;
            t->loss_kw[k] = 0.0;
            if (t->carry_c) {
                (void)t->carry_c(t->carry_data, k, NAN, 0.0, &t->loss_kw[k]);
            }
        }
    }
    for (int k = 0; k < n; k++) {
        if (w->waiting[k] == 0) {
            w->order[tail++] = k;
        }
    }
    while (head < tail) {
        int node = w->order[head++];
        double moved_dk = mix_dk(t, node, flow_kg_s);
        change_dk = moved_dk > change_dk ? moved_dk : change_dk;
        for (int e = w->start[node]; e < w->start[node + 1]; e++) {
            int k = w->near[e];
            if (w->arrives[k] >= 0) {
                int far = w->arrives[k];
                if (far != node && --w->waiting[far] == 0) {
                    w->order[tail++] = far;
                }
            }
        }
    }
    for (int sweep = 0; tail < n && sweep < (t->carry_c ? 1 : CIRCLE_SWEEPS); sweep++) {
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
