/* The extended period of EPANET: quasi-steady. Between two states tanks fill with what flows into
   them; a step ends early where a tank reaches the level of a control, its top or its bottom, or
   where the demands change. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "networks/epanet.h"
#include "networks/state.h"

static const double gravity_m_s2 = 9.80665, pi = 3.14159265358979323846;
enum { STEPS_MAX = 200000 };

struct run {
    const struct epanet *e;
    struct network_state *state;
    double *level_m, *flow_in_kg_s, *demand_kg_s;
    bool *open;
    long at_s;
};

static double area_m2(const struct network_node *node) {
    return pi / 4.0 * node->diameter_m * node->diameter_m;
}

static double factor_ratio(const struct run *r, int pattern) {
    const struct epanet_pattern *p = pattern >= 0 ? &r->e->patterns[pattern] : NULL;
    long period = (r->at_s + r->e->pattern_start_s) / r->e->pattern_step_s;
    return p && p->count > 0 ? p->factor_ratio[period % p->count] : 1.0;
}

static void set_demands(struct run *r) {
    struct network_state *s = r->state;
    for (int n = 0; n < s->network->nodes_count; n++) {
        s->fixed_kg_s[n] = s->network->nodes[n].role == NODE_CONSUMER ? 0.0 : (double)NAN;
    }
    for (int k = 0; k < r->e->demands_count; k++) {
        const struct epanet_demand *d = &r->e->demands[k];
        s->fixed_kg_s[d->node] += d->base_kg_s * factor_ratio(r, d->pattern);
    }
}

static void set_tanks(struct run *r) {
    struct network_state *s = r->state;
    for (int n = 0; n < s->network->nodes_count; n++) {
        if (s->network->nodes[n].role == NODE_TANK) {
            s->pressure_kpa[n] =
                s->network->settings.density_kg_m3 * gravity_m_s2 / 1000.0 * r->level_m[n];
        }
    }
}

static void switch_links(struct run *r) {
    struct network_state *s = r->state;
    for (int k = 0; k < r->e->controls_count; k++) {
        const struct epanet_control *c = &r->e->controls[k];
        const double near_m = 1e-4;
        bool now = c->at_s >= 0 ? c->at_s == r->at_s
                   : c->above   ? r->level_m[c->node] >= c->level_m - near_m
                                : r->level_m[c->node] <= c->level_m + near_m;
        if (now) {
            s->out->state[c->link] = c->opens ? LINK_OPEN : LINK_CLOSED;
            s->out->shut[c->link] = false;
            hydraulic_changed(s->out);
        }
    }
}

static void look_at_tanks(struct run *r) {
    struct network_state *s = r->state;
    for (int n = 0; n < s->network->nodes_count; n++) {
        bool is_tank = s->network->nodes[n].role == NODE_TANK;
        r->flow_in_kg_s[n] = is_tank ? -hydraulic_entering_kg_s(s->out, n) : (double)NAN;
        r->demand_kg_s[n] = !isnan(s->out->held_kpa[n]) ? -hydraulic_entering_kg_s(s->out, n)
                                                        : s->out->demand_kg_s[n];
    }
}

/* Seconds until a tank's level is there; a large number when it moves away. */
static double until_s(const struct run *r, int n, double level_m) {
    const struct network_node *node = &r->state->network->nodes[n];
    double rise_m_s =
        r->flow_in_kg_s[n] / r->state->network->settings.density_kg_m3 / area_m2(node);
    double way_m = level_m - r->level_m[n];
    return way_m * rise_m_s > 0.0 ? round(way_m / rise_m_s) : HUGE_VAL;
}

static long step_s(const struct run *r) {
    double least_s = (double)(r->e->step_s - r->at_s % r->e->step_s);
    least_s = fmin(least_s, (double)(r->e->pattern_step_s -
                                     (r->at_s + r->e->pattern_start_s) % r->e->pattern_step_s));
    for (int k = 0; k < r->e->controls_count; k++) {
        const struct epanet_control *c = &r->e->controls[k];
        bool changes = (r->state->out->state[c->link] == LINK_CLOSED) == c->opens;
        double wait_s = c->at_s > r->at_s ? (double)(c->at_s - r->at_s)
                        : c->node >= 0    ? until_s(r, c->node, c->level_m)
                                          : HUGE_VAL;
        least_s = changes && wait_s > 0.0 ? fmin(least_s, wait_s) : least_s;
    }
    for (int n = 0; n < r->state->network->nodes_count; n++) {
        const struct network_node *node = &r->state->network->nodes[n];
        if (node->role == NODE_TANK) {
            double full_s =
                until_s(r, n, r->flow_in_kg_s[n] > 0.0 ? node->level_max_m : node->level_min_m);
            least_s = full_s > 0.0 ? fmin(least_s, full_s) : least_s;
        }
    }
    return least_s >= 1.0 ? (long)least_s : 1;
}

static void fill(struct run *r, long dt_s) {
    for (int n = 0; n < r->state->network->nodes_count; n++) {
        const struct network_node *node = &r->state->network->nodes[n];
        if (node->role != NODE_TANK) {
            continue;
        }
        r->level_m[n] += r->flow_in_kg_s[n] * (double)dt_s /
                         r->state->network->settings.density_kg_m3 / area_m2(node);
        r->level_m[n] = fmin(node->level_max_m, fmax(node->level_min_m, r->level_m[n]));
    }
}

enum status epanet_run(struct arena *arena, const struct epanet *epanet,
                       void (*each)(void *data, const struct epanet_moment *moment), void *data) {
    int n = epanet->network->nodes_count, m = epanet->network->links_count;
    struct run r = {.e = epanet};
    r.level_m = ARENA_TAKE(arena, double, n);
    r.flow_in_kg_s = ARENA_TAKE(arena, double, n);
    r.demand_kg_s = ARENA_TAKE(arena, double, n);
    r.open = ARENA_TAKE(arena, bool, m);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    TRY(network_state_new(arena, epanet->network, &r.state));
    for (int k = 0; k < n; k++) {
        r.level_m[k] = epanet->network->nodes[k].level_m;
    }
    for (int step = 0; step < STEPS_MAX; step++) {
        set_demands(&r);
        set_tanks(&r);
        switch_links(&r);
        TRY(network_state_solve(r.state));
        look_at_tanks(&r);
        for (int k = 0; k < m; k++) {
            r.open[k] = r.state->out->state[k] != LINK_CLOSED && !r.state->out->shut[k];
        }
        if (r.at_s % epanet->step_s == 0) {
            struct epanet_moment moment = {
                r.at_s,    r.state->out->flow_kg_s, r.state->out->pressure_kpa,
                r.level_m, r.demand_kg_s,           r.open};
            each(data, &moment);
        }
        if (r.at_s >= epanet->duration_s) {
            return STATUS_OK;
        }
        long dt_s = step_s(&r);
        fill(&r, dt_s);
        r.at_s += dt_s;
    }
    return STATUS_STALLED;
}
