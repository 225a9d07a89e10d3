/* Trench: (499.5 + 6.279 DN) EUR2023 per metre, fit of a German survey (heat notes section 7), times
   the region. Design flow of a tree: the sum of what lies behind times .62 + .38/n of dwellings
   (THERMOS), never less than the largest single user behind. A net with loops takes the flows of its
   own hydraulics and is sized again until nothing changes. Size: the smallest of EN 253 within the
   gradient of mains or branches and its speed limit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/sizing.h"

#include <math.h>

#include "networks/fluid.h"
#include "networks/state.h"
#include "networks/streets.h"
#include "physics/pipe.h"

enum { LOOP_ROUNDS = 12 };

double sizing_trench_money_m(const struct network_settings *settings, double nominal_mm) {
    return settings->region_ratio * (499.5 + 6.279 * nominal_mm);
}

static double money_of(const struct network *network, const struct network_link *link) {
    double nominal_mm = isnan(link->nominal_mm) ? 80.0 : link->nominal_mm;
    return link->length_m * (isnan(link->cost_money_m)
                                 ? sizing_trench_money_m(&network->settings, nominal_mm)
                                 : link->cost_money_m);
}

/* The chosen links and the nodes at their ends, numbered anew. */
static enum status laid(struct arena *arena, const struct network *streets, const bool *chosen,
                        struct network **ret) {
    struct network *to = network_new(arena, streets->file);
    int *number = ARENA_TAKE(arena, int, streets->nodes_count);
    if (!to || !number) {
        return STATUS_NO_MEMORY;
    }
    to->settings = streets->settings;
    to->beside = streets->beside;
    to->beside_count = streets->beside_count;
    for (int k = 0; k < streets->links_count; k++) {
        const struct network_link *link = &streets->links[k];
        int ends[2] = {link->from, link->to};
        for (int e = 0; e < 2 && chosen[k]; e++) {
            if (number[ends[e]] == 0) {
                struct network_node *node = network_add_node(to, streets->nodes[ends[e]].name);
                if (!node) {
                    return STATUS_NO_MEMORY;
                }
                *node = streets->nodes[ends[e]];
                number[ends[e]] = to->nodes_count;
            }
        }
        struct network_link *copy =
            chosen[k]
                ? network_add_link(to, link->name, number[link->from] - 1, number[link->to] - 1)
                : NULL;
        if (chosen[k] && !copy) {
            return STATUS_NO_MEMORY;
        }
        if (copy) {
            *copy = *link;
            copy->from = number[link->from] - 1;
            copy->to = number[link->to] - 1;
        }
    }
    *ret = to;
    return STATUS_OK;
}

static double design_kg_s(const struct network *network, const struct network_node *node) {
    const struct network_settings *s = &network->settings;
    if (!isnan(node->flow_kg_s)) {
        return node->flow_kg_s;
    }
    if (isnan(node->heat_kw)) {
        return 0.0;
    }
    double up_c = s->supply_c;
    double down_c = !isnan(node->return_c)  ? node->return_c
                    : !isnan(node->drop_dk) ? up_c - node->drop_dk
                                            : s->return_c;
    double spread = fluid_enthalpy_kj_kg(s, up_c) - fluid_enthalpy_kj_kg(s, down_c);
    return fabs(spread) > 1e-6 ? node->heat_kw / spread : 0.0;
}

static int size_for(const struct network *network, double flow_kg_s, double roughness_m) {
    const struct network_settings *s = &network->settings;
    double at_c = fmin(FLUID_MAX_C, fmax(FLUID_MIN_C, 0.5 * (s->supply_c + s->return_c)));
    double gradient =
        flow_kg_s < s->branch_flow_kg_s ? s->branch_gradient_kpa_m : s->gradient_kpa_m;
    return pipe_size_for(flow_kg_s, gradient, roughness_m, fluid_density_kg_m3(s, at_c),
                         fluid_viscosity_kpas(s, at_c));
}

static void give_size(const struct network *network, struct network_link *link, double flow_kg_s,
                      struct diag *diag) {
    int k = size_for(network, fabs(flow_kg_s), link->roughness_m);
    const struct pipe_size *size = pipe_size_at(k);
    (void)network_link_size(link, size->nominal_mm);
    if (diag && k == pipe_sizes() - 1 &&
        !pipe_carries(size, fabs(flow_kg_s), network->settings.gradient_kpa_m, link->roughness_m,
                      983.2, 4.66e-7)) {
        diag_warning(diag, link->place,
                     "pipe \"%s\": more flows than DN %d carries within the limits", link->name,
                     size->nominal_mm);
        diag_remedy(diag, "lay a second line, raise the spread, or raise gradient_kpa_m");
    }
}

struct behind { /* what lies behind a node */
    double flow_kg_s, largest_kg_s, dwellings_count;
};

static double coincident_kg_s(const struct behind *b) {
    double n = fmax(1.0, b->dwellings_count);
    return fmax(b->largest_kg_s, b->flow_kg_s * (0.62 + 0.38 / n));
}

/* Sizes of the parts without loops: leaves are taken off again and again. True when all is done. */
static bool size_tree(const struct network *network, struct arena *arena, double *flow_kg_s,
                      int *ret_failed) {
    int n = network->nodes_count, m = network->links_count, head = 0, tail = 0, done = 0;
    struct behind *b = ARENA_TAKE(arena, struct behind, n);
    int *degree = ARENA_TAKE(arena, int, n), *sum = ARENA_TAKE(arena, int, n);
    int *queue = ARENA_TAKE(arena, int, n);
    bool *gone = ARENA_TAKE(arena, bool, m);
    *ret_failed = !b || !degree || !sum || !queue || !gone;
    if (*ret_failed) {
        return false;
    }
    for (int k = 0; k < m; k++) { /* the sum of a leaf's links is its only link */
        const struct network_link *link = &network->links[k];
        degree[link->from]++;
        degree[link->to]++;
        sum[link->from] ^= k + 1;
        sum[link->to] ^= k + 1;
        flow_kg_s[k] = NAN;
    }
    for (int k = 0; k < n; k++) {
        const struct network_node *node = &network->nodes[k];
        if (node->role == NODE_CONSUMER) {
            b[k].flow_kg_s = b[k].largest_kg_s = fabs(design_kg_s(network, node));
            b[k].dwellings_count = node->dwellings_count;
        }
        if (degree[k] == 1 && !(node->role == NODE_PRODUCER)) {
            queue[tail++] = k;
        }
    }
    while (head < tail) {
        int leaf = queue[head++];
        if (degree[leaf] != 1) {
            continue;
        }
        int k = sum[leaf] - 1;
        const struct network_link *link = &network->links[k];
        int stem = link->from == leaf ? link->to : link->from;
        flow_kg_s[k] = coincident_kg_s(&b[leaf]) * (link->to == leaf ? 1.0 : -1.0);
        gone[k] = true;
        done++;
        b[stem].flow_kg_s += b[leaf].flow_kg_s;
        b[stem].largest_kg_s = fmax(b[stem].largest_kg_s, b[leaf].largest_kg_s);
        b[stem].dwellings_count += b[leaf].dwellings_count;
        sum[stem] ^= k + 1;
        degree[leaf] = 0;
        if (--degree[stem] == 1 && network->nodes[stem].role != NODE_PRODUCER) {
            queue[tail++] = stem;
        }
    }
    return done == m;
}

/* One round: the flows of the sizes so far, then sizes for them; later rounds only widen, so that
   they end. */
static enum status loop_round(struct network *network, const bool *in_loop, bool only_wider,
                              double *flow_kg_s, bool *ret_changed) {
    struct arena *scratch = arena_new(0);
    struct network_state *state = NULL;
    enum status status = scratch ? network_state_new(scratch, network, &state) : STATUS_NO_MEMORY;
    status = status == STATUS_OK ? network_state_solve(state) : status;
    for (int k = 0; status == STATUS_OK && k < network->links_count; k++) {
        struct network_link *link = &network->links[k];
        double flow = state->out->flow_kg_s[k], before_mm = link->nominal_mm;
        if (!in_loop[k] || (only_wider && fabs(flow) <= fabs(flow_kg_s[k]))) {
            continue;
        }
        flow_kg_s[k] = flow;
        give_size(network, link, flow, NULL);
        network_link_losses(link);
        *ret_changed = *ret_changed || link->nominal_mm != before_mm;
    }
    arena_free(scratch);
    return status;
}

/* A net with loops, or with several producers: sizes and flows in turn. */
static enum status size_loops(struct arena *arena, struct network *network, const bool *fixed,
                              double *flow_kg_s) {
    bool *in_loop = ARENA_TAKE(arena, bool, network->links_count), changed = true;
    if (!in_loop) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < network->links_count; k++) {
        in_loop[k] = !fixed[k] && isnan(flow_kg_s[k]);
        if (in_loop[k]) {
            (void)network_link_size(&network->links[k], 100);
            network_link_losses(&network->links[k]);
        }
    }
    for (int round = 0; changed && round < LOOP_ROUNDS; round++) {
        changed = false;
        TRY(loop_round(network, in_loop, round >= LOOP_ROUNDS / 2, flow_kg_s, &changed));
    }
    return STATUS_OK;
}

static enum status give_sizes(struct arena *arena, struct sizing *s, struct diag *diag) {
    struct network *network = s->network;
    int m = network->links_count, failed = 0;
    bool *fixed = ARENA_TAKE(arena, bool, m);
    s->flow_kg_s = ARENA_TAKE(arena, double, m);
    s->money = ARENA_TAKE(arena, double, m);
    s->in_tree = ARENA_TAKE(arena, bool, m);
    if (!fixed || !s->flow_kg_s || !s->money || !s->in_tree) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < m; k++) {
        fixed[k] = !isnan(network->links[k].inner_m) || network->links[k].kind != LINK_PIPE;
    }
    bool is_tree = size_tree(network, arena, s->flow_kg_s, &failed);
    if (failed) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < m; k++) {
        s->in_tree[k] = !isnan(s->flow_kg_s[k]);
        if (!fixed[k] && s->in_tree[k]) {
            give_size(network, &network->links[k], s->flow_kg_s[k], diag);
            network_link_losses(&network->links[k]);
        }
    }
    if (!is_tree) {
        TRY(size_loops(arena, network, fixed, s->flow_kg_s));
    }
    for (int k = 0; k < m; k++) {
        const struct network_link *link = &network->links[k];
        s->money[k] = link->kind == LINK_PIPE ? money_of(network, link) : 0.0;
        s->cost_money += s->money[k];
        s->length_m += link->length_m;
    }
    return STATUS_OK;
}

/* The first producer holds the pressure where nobody does: enough for 6 bar. */
static void hold_somewhere(struct network *network) {
    int first = -1;
    for (int n = 0; n < network->nodes_count; n++) {
        const struct network_node *node = &network->nodes[n];
        if (node->role == NODE_PRODUCER && !isnan(node->pressure_kpa)) {
            return;
        }
        first = node->role == NODE_PRODUCER && first < 0 ? n : first;
    }
    if (first >= 0) {
        network->nodes[first].pressure_kpa = 600.0;
    }
}

enum status sizing_find(struct arena *arena, const struct network *given, bool with_route,
                        struct diag *diag, struct sizing *ret) {
    struct network *streets = NULL;
    *ret = (struct sizing){0};
    if (with_route) {
        TRY(streets_join(given, diag, &streets));
    } else {
        streets = network_new(arena, given->file);
        if (!streets) {
            return STATUS_NO_MEMORY;
        }
        *streets = *given;
    }
    hold_somewhere(streets);
    TRY(network_complete(streets, NEED_NO_SIZES, diag));
    bool *chosen = ARENA_TAKE(arena, bool, streets->links_count);
    double *weight = ARENA_TAKE(arena, double, streets->links_count);
    if (!chosen || !weight) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < streets->links_count; k++) {
        chosen[k] = streets->links[k].choice != CHOICE_FORBIDDEN;
        weight[k] = money_of(streets, &streets->links[k]);
    }
    ret->streets = streets;
    ret->route.chosen = chosen;
    if (with_route) {
        TRY(route_find(arena, streets, weight, diag, &ret->route));
    }
    TRY(laid(arena, streets, ret->route.chosen, &ret->network));
    TRY(give_sizes(arena, ret, diag));
    return network_complete(ret->network, NEED_SIZES, diag);
}
