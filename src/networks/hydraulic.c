/* Todini and Pilati 1988; as EPANET 2.2 states it. With p_a - p_b = h(q) along each link, one pass of
   Newton gives q + (p_a - p_b - h)/h', and continuity at every node then asks for
       sum (p_a - p_b)/h' = -demand - sum_out (q - h/h') + sum_in (q - h/h'),
   a symmetric positive definite system in p. Leaves are taken off beforehand again and again: the
   flow to them is the sum of demands behind, whatever the friction. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/hydraulic.h"

#include <math.h>
#include <string.h>

#include "networks/sparse.h"

enum { PASSES_MAX = 200, ROUNDS_MAX = 40 };
static const double settled_ratio = 1e-10, rough_ratio = 1e-2, start_m_s = 0.4;

struct hydraulic_work {
    const struct network *network;
    bool in_return, known, started; /* known: reached and open are those of the states */
    bool *open;                     /* by link: water may pass */
    int *entry, *leaving;           /* of links, side by side in memory */
    int checks_count;               /* pumps, and valves that may be check valves */
    int *start, *near;              /* links at a node: start[n + 1], near[2 m] */
    int stripped;                   /* leaves in the order they are taken off */
    int *leaf, *stem;               /* node, and its only link */
    int cores;                      /* links that remain */
    int *core, *slot;               /* link; its place among the off-diagonals, */
    int *unknown, unknowns;         /* nodes that remain: index or -1 */
    struct sparse *sparse;
    double *diagonal_value, *off_value, *x, *need_kg_s, *loss_kpa, *slope;
    int *queue;
};

static int entry(const struct hydraulic_work *w, int k) { return w->entry[k]; }
static int leaving(const struct hydraulic_work *w, int k) { return w->leaving[k]; }
static int other_end(const struct hydraulic_work *w, int k, int node) {
    return w->entry[k] == node ? w->leaving[k] : w->entry[k];
}

static bool is_check(const struct hydraulic *h, int k) {
    return h->state[k] == LINK_CHECK || (h->work->network->links[k].kind == LINK_PUMP);
}
static bool passes(const struct hydraulic *h, int k) { return h->work->open[k]; }

/* ---- once per network ---- */
static void neighbours(struct hydraulic_work *w) {
    const struct network *network = w->network;
    for (int k = 0; k < network->links_count; k++) {
        w->start[network->links[k].from + 1]++;
        w->start[network->links[k].to + 1]++;
    }
    for (int n = 0; n < network->nodes_count; n++) {
        w->start[n + 1] += w->start[n];
        w->queue[n] = w->start[n];
    }
    for (int k = 0; k < network->links_count; k++) {
        w->near[w->queue[network->links[k].from]++] = k;
        w->near[w->queue[network->links[k].to]++] = k;
    }
}

/* Takes leaves off; what may hold its pressure stays. */
static void strip(struct hydraulic_work *w, const bool *may_hold, int *degree, bool *gone) {
    const struct network *network = w->network;
    int head = 0, tail = 0;
    for (int n = 0; n < network->nodes_count; n++) {
        degree[n] = w->start[n + 1] - w->start[n];
        if (degree[n] == 1 && !may_hold[n]) {
            w->queue[tail++] = n;
        }
    }
    while (head < tail) {
        int leaf = w->queue[head++];
        for (int e = w->start[leaf]; e < w->start[leaf + 1]; e++) {
            int k = w->near[e];
            if (gone[k]) {
                continue;
            }
            int stem = other_end(w, k, leaf);
            gone[k] = true;
            w->leaf[w->stripped] = leaf;
            w->stem[w->stripped++] = k;
            degree[leaf]--;
            if (--degree[stem] == 1 && !may_hold[stem]) {
                w->queue[tail++] = stem;
            }
        }
    }
}

static enum status core(struct arena *arena, struct hydraulic_work *w, const bool *gone) {
    const struct network *network = w->network;
    int m = network->links_count, *a = ARENA_TAKE(arena, int, m), *b = ARENA_TAKE(arena, int, m);
    if (!a || !b) {
        return STATUS_NO_MEMORY;
    }
    for (int n = 0; n < network->nodes_count; n++) {
        w->unknown[n] = -1;
    }
    for (int k = 0; k < m; k++) {
        if (gone[k] || network->links[k].from == network->links[k].to) {
            continue;
        }
        int ends[2] = {entry(w, k), leaving(w, k)};
        for (int e = 0; e < 2; e++) {
            if (w->unknown[ends[e]] < 0) {
                w->unknown[ends[e]] = w->unknowns++;
            }
        }
        a[w->cores] = w->unknown[ends[0]];
        b[w->cores] = w->unknown[ends[1]];
        w->core[w->cores++] = k;
    }
    TRY(sparse_new(arena, w->unknowns, w->cores, a, b, w->slot, &w->sparse));
    w->diagonal_value = ARENA_TAKE(arena, double, w->unknowns);
    w->x = ARENA_TAKE(arena, double, w->unknowns);
    w->off_value = ARENA_TAKE(arena, double, sparse_slots(w->sparse));
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

static void take_arrays(struct arena *arena, struct hydraulic *h, struct hydraulic_work *w, int n,
                        int m) {
    h->demand_kg_s = ARENA_TAKE(arena, double, n);
    h->held_kpa = ARENA_TAKE(arena, double, n);
    h->law = ARENA_TAKE(arena, struct link_law, m);
    h->state = ARENA_TAKE(arena, int, m);
    h->flow_kg_s = ARENA_TAKE(arena, double, m);
    h->pressure_kpa = ARENA_TAKE(arena, double, n);
    h->reached = ARENA_TAKE(arena, bool, n);
    h->shut = ARENA_TAKE(arena, bool, m);
    h->deciding = ARENA_TAKE(arena, int, m);
    h->following = ARENA_TAKE(arena, int, m);
    w->open = ARENA_TAKE(arena, bool, m);
    w->entry = ARENA_TAKE(arena, int, m);
    w->leaving = ARENA_TAKE(arena, int, m);
    w->start = ARENA_TAKE(arena, int, n + 1);
    w->near = ARENA_TAKE(arena, int, 2 * m);
    w->leaf = ARENA_TAKE(arena, int, n);
    w->stem = ARENA_TAKE(arena, int, n);
    w->core = ARENA_TAKE(arena, int, m);
    w->slot = ARENA_TAKE(arena, int, m);
    w->unknown = ARENA_TAKE(arena, int, n);
    w->need_kg_s = ARENA_TAKE(arena, double, n);
    w->loss_kpa = ARENA_TAKE(arena, double, m);
    w->slope = ARENA_TAKE(arena, double, m);
    w->queue = ARENA_TAKE(arena, int, n);
}

enum status hydraulic_new(struct arena *arena, const struct network *network, bool in_return,
                          const bool *may_hold, struct hydraulic **ret) {
    int n = network->nodes_count, m = network->links_count;
    struct hydraulic *h = ARENA_TAKE(arena, struct hydraulic, 1);
    struct hydraulic_work *w = ARENA_TAKE(arena, struct hydraulic_work, 1);
    int *degree = ARENA_TAKE(arena, int, n);
    bool *gone = ARENA_TAKE(arena, bool, m);
    if (!h || !w || !degree || !gone) {
        return STATUS_NO_MEMORY;
    }
    h->work = w;
    h->settled_ratio = settled_ratio;
    w->network = network;
    w->in_return = in_return;
    take_arrays(arena, h, w, n, m);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < n; k++) {
        h->held_kpa[k] = NAN;
    }
    for (int k = 0; k < m; k++) {
        h->state[k] = network->links[k].state;
        w->entry[k] = in_return ? network->links[k].to : network->links[k].from;
        w->leaving[k] = in_return ? network->links[k].from : network->links[k].to;
        w->checks_count += network->links[k].kind == LINK_PUMP || h->state[k] == LINK_CHECK;
    }
    neighbours(w);
    strip(w, may_hold, degree, gone);
    TRY(core(arena, w, gone));
    for (int k = 0; k < m; k++) {
        if (w->checks_count > 0 || !gone[k]) {
            h->deciding[h->decidings_count++] = k;
        } else {
            h->following[h->followings_count++] = k;
        }
    }
    *ret = h;
    return STATUS_OK;
}

void hydraulic_changed(struct hydraulic *hydraulic) { hydraulic->work->known = false; }
bool hydraulic_is_changed(const struct hydraulic *hydraulic) { return !hydraulic->work->known; }

/* ---- each solve ---- */
static void reach(struct hydraulic *h) {
    struct hydraulic_work *w = h->work;
    int head = 0, tail = 0;
    for (int n = 0; n < w->network->nodes_count; n++) {
        h->reached[n] = !isnan(h->held_kpa[n]);
        if (h->reached[n]) {
            w->queue[tail++] = n;
        }
    }
    while (head < tail) {
        int node = w->queue[head++];
        for (int e = w->start[node]; e < w->start[node + 1]; e++) {
            int k = w->near[e], far = other_end(w, k, node);
            if (h->state[k] != LINK_CLOSED && !h->shut[k] && !h->reached[far]) {
                h->reached[far] = true;
                w->queue[tail++] = far;
            }
        }
    }
    for (int k = 0; k < w->network->links_count; k++) {
        w->open[k] = h->state[k] != LINK_CLOSED && !h->shut[k] && h->reached[entry(w, k)] &&
                     h->reached[leaving(w, k)];
    }
    w->known = true;
}

static void start_flows(struct hydraulic *h) {
    struct hydraulic_work *w = h->work;
    for (int c = 0; c < w->cores; c++) {
        const struct link_law *law = &h->law[w->core[c]];
        double area_m2 = law->inner_m > 0.0 ? 0.785 * law->inner_m * law->inner_m : 0.01;
        h->flow_kg_s[w->core[c]] = start_m_s * area_m2 * 1000.0;
    }
    w->started = true;
}

/* Demands of the leaves flow to their stems; what is left stands at the nodes that remain. */
static void leaf_flows(struct hydraulic *h) {
    struct hydraulic_work *w = h->work;
    for (int n = 0; n < w->network->nodes_count; n++) {
        w->need_kg_s[n] = h->reached[n] ? h->demand_kg_s[n] : 0.0;
    }
    for (int s = 0; s < w->stripped; s++) {
        int leaf = w->leaf[s], k = w->stem[s];
        bool open = passes(h, k);
        double need_kg_s = open ? w->need_kg_s[leaf] : 0.0;
        h->flow_kg_s[k] = leaving(w, k) == leaf ? need_kg_s : -need_kg_s;
        w->need_kg_s[other_end(w, k, leaf)] += need_kg_s;
    }
}

static void add_link(struct hydraulic *h, int c) {
    struct hydraulic_work *w = h->work;
    int k = w->core[c], a = entry(w, k), b = leaving(w, k);
    int ia = w->unknown[a], ib = w->unknown[b];
    double slope = 0.0, kpa = link_law_kpa(&h->law[k], h->flow_kg_s[k], &slope);
    kpa += h->law[k].rise_kpa;
    double per = 1.0 / slope, constant_kg_s = h->flow_kg_s[k] - kpa * per;
    w->loss_kpa[k] = kpa;
    w->slope[k] = slope;
    bool held_a = !isnan(h->held_kpa[a]), held_b = !isnan(h->held_kpa[b]);
    if (!held_a) {
        w->diagonal_value[ia] += per;
        w->x[ia] += (held_b ? h->held_kpa[b] * per : 0.0) - constant_kg_s;
    }
    if (!held_b) {
        w->diagonal_value[ib] += per;
        w->x[ib] += (held_a ? h->held_kpa[a] * per : 0.0) + constant_kg_s;
    }
    if (!held_a && !held_b) {
        w->off_value[w->slot[c]] -= per;
    }
}

/* Rows of nodes that are held or not reached say "as it is". */
static void set_system(struct hydraulic *h) {
    struct hydraulic_work *w = h->work;
    (void)memset(w->off_value, 0, (size_t)sparse_slots(w->sparse) * sizeof *w->off_value);
    for (int n = 0; n < w->network->nodes_count; n++) {
        int i = w->unknown[n];
        if (i < 0) {
            continue;
        }
        bool as_is = !h->reached[n] || !isnan(h->held_kpa[n]);
        w->diagonal_value[i] = as_is ? 1.0 : 0.0;
        w->x[i] = !as_is ? -w->need_kg_s[n] : h->reached[n] ? h->held_kpa[n] : 0.0;
    }
    for (int c = 0; c < w->cores; c++) {
        if (passes(h, w->core[c])) {
            add_link(h, c);
        } else {
            h->flow_kg_s[w->core[c]] = 0.0;
        }
    }
}

/* The new flows; the largest change against the largest flow. */
static double move_ratio(struct hydraulic *h, double damping_frac) {
    struct hydraulic_work *w = h->work;
    double most_kg_s = 0.0, largest_kg_s = 1e-9;
    h->worst = -1;
    for (int c = 0; c < w->cores; c++) {
        int k = w->core[c];
        if (!passes(h, k)) {
            continue;
        }
        double drop_kpa = w->x[w->unknown[entry(w, k)]] - w->x[w->unknown[leaving(w, k)]];
        double change_kg_s = (drop_kpa - w->loss_kpa[k]) / w->slope[k];
        h->flow_kg_s[k] += damping_frac * change_kg_s;
        if (fabs(change_kg_s) > most_kg_s) {
            most_kg_s = fabs(change_kg_s);
            h->worst = k;
        }
        double flow_kg_s = fabs(h->flow_kg_s[k]);
        largest_kg_s = flow_kg_s > largest_kg_s ? flow_kg_s : largest_kg_s;
    }
    return most_kg_s / largest_kg_s;
}

/* Newton squares: what moved by 1e-6 in a whole step is at 1e-10 or less now. */
static bool is_settled(const struct hydraulic *h, double moved_ratio, double before_ratio,
                       bool whole) {
    double near_ratio = 0.1 * sqrt(h->settled_ratio);
    return moved_ratio < h->settled_ratio ||
           (moved_ratio < near_ratio && before_ratio < 1e3 * near_ratio && whole);
}

static enum status newton(struct hydraulic *h) {
    struct hydraulic_work *w = h->work;
    double before = 0.0, damping_frac = 1.0;
    h->settled = w->cores == 0;
    for (int pass = 0; pass < PASSES_MAX && w->cores > 0; pass++) {
        h->passes_count++;
        set_system(h);
        if (!sparse_factor(w->sparse, w->diagonal_value, w->off_value)) {
            return STATUS_STALLED;
        }
        sparse_solve(w->sparse, w->x);
        double moved = move_ratio(h, damping_frac);
        h->settled = is_settled(h, moved, before, damping_frac >= 1.0);
        if (h->settled || (h->roughly && moved < rough_ratio)) {
            return STATUS_OK;
        }
        damping_frac = pass > 25 && moved > 0.5 * before ? 0.5 : 1.0;
        before = moved;
    }
    return w->cores > 0 ? STATUS_STALLED : STATUS_OK;
}

void hydraulic_pressures(struct hydraulic *hydraulic) {
    struct hydraulic *h = hydraulic;
    struct hydraulic_work *w = h->work;
    for (int n = 0; n < w->network->nodes_count; n++) {
        h->pressure_kpa[n] = !h->reached[n]           ? (double)NAN
                             : w->unknown[n] >= 0     ? w->x[w->unknown[n]]
                             : !isnan(h->held_kpa[n]) ? h->held_kpa[n]
                                                      : (double)NAN;
    }
    for (int s = w->stripped - 1; s >= 0; s--) {
        int leaf = w->leaf[s], k = w->stem[s], stem = other_end(w, k, leaf);
        if (!passes(h, k)) {
            continue;
        }
        double slope = 0.0,
               kpa = link_law_kpa(&h->law[k], h->flow_kg_s[k], &slope) + h->law[k].rise_kpa;
        h->pressure_kpa[leaf] = h->pressure_kpa[stem] + (leaving(w, k) == leaf ? -kpa : kpa);
    }
}

/* Check valves and pumps shut where the flow would come back, and open where it wants to pass. */
static bool switch_checks(struct hydraulic *h) {
    struct hydraulic_work *w = h->work;
    bool changed = false;
    for (int k = 0; k < w->network->links_count; k++) {
        if (!is_check(h, k) || h->state[k] == LINK_CLOSED) {
            continue;
        }
        double slope = 0.0;
        double wants_kpa = h->pressure_kpa[entry(w, k)] - h->pressure_kpa[leaving(w, k)] -
                           h->law[k].rise_kpa - link_law_kpa(&h->law[k], 0.0, &slope);
        if (!h->shut[k] && h->flow_kg_s[k] < -1e-9) {
            h->shut[k] = changed = true;
        } else if (h->shut[k] && wants_kpa > 1e-6) {
            h->shut[k] = false;
            changed = true;
        }
    }
    return changed;
}

enum status hydraulic_solve(struct hydraulic *hydraulic, bool with_pressures) {
    struct hydraulic *h = hydraulic;
    struct hydraulic_work *w = h->work;
    bool has_checks = w->checks_count > 0;
    h->passes_count = 0;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        if (!w->known) {
            reach(h);
        }
        if (!w->started) {
            start_flows(h);
        }
        leaf_flows(h);
        TRY(newton(h));
        if (with_pressures || has_checks) {
            hydraulic_pressures(h);
        }
        if (!has_checks || !switch_checks(h)) {
            return STATUS_OK;
        }
        w->known = false;
        w->started = false;
    }
    return STATUS_STALLED;
}

double hydraulic_entering_kg_s(const struct hydraulic *hydraulic, int node) {
    const struct hydraulic_work *w = hydraulic->work;
    double sum_kg_s = 0.0;
    for (int e = w->start[node]; e < w->start[node + 1]; e++) {
        int k = w->near[e];
        sum_kg_s += entry(w, k) == node ? hydraulic->flow_kg_s[k] : -hydraulic->flow_kg_s[k];
    }
    return sum_kg_s;
}
