/* The pump's head at the design hour. What supply and return of each pipe take at its design flow is added up along the
   ways from the producer that gives the highest head; the head is the most that any consumer needs: its way, its own
   dp_min_kpa and what the plant itself takes. In loops the flows of the state stand, which agree whatever the way. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "networks/sizing.h"
#include "networks/state.h"

struct ways {
    const struct network *network;
    int *first, *link; /* by node: where its links begin in link */
    int *queue;
    bool *reached;
    double
        *way_kpa; /* by node: taken of the difference between supply and return on the way to it */
};

static enum status take_ways(struct arena *scratch, const struct network *network,
                             struct ways *ret) {
    int n = network->nodes_count, m = network->links_count;
    *ret = (struct ways){.network = network,
                         .first = ARENA_TAKE(scratch, int, n + 2),
                         .link = ARENA_TAKE(scratch, int, 2 * m + 1),
                         .queue = ARENA_TAKE(scratch, int, n + 1),
                         .reached = ARENA_TAKE(scratch, bool, n + 1),
                         .way_kpa = ARENA_TAKE(scratch, double, n + 1)};
    TRY(arena_failed(scratch) ? STATUS_NO_MEMORY : STATUS_OK);
    for (int k = 0; k < m; k++) {
        ret->first[network->links[k].from + 2]++;
        ret->first[network->links[k].to + 2]++;
    }
    for (int k = 0; k < n; k++) {
        ret->first[k + 2] += ret->first[k + 1];
    }
    for (int k = 0; k < m; k++) {
        ret->link[ret->first[network->links[k].from + 1]++] = k;
        ret->link[ret->first[network->links[k].to + 1]++] = k;
    }
    return STATUS_OK;
}

/* From its `from` to its `to`; design flows have the state's directions. */
static double link_kpa(const struct sizing *sizing, const struct network_state *state, int k) {
    double flow_kg_s = state->out->flow_kg_s[k], slope = 0.0;
    struct link_law out = state->out->law[k], back = state->back->law[k];
    if (sizing->in_tree[k]) {
        flow_kg_s = copysign(sizing->flow_kg_s[k], flow_kg_s);
    }
    return link_law_kpa(&out, flow_kg_s, &slope) + link_law_kpa(&back, flow_kg_s, &slope);
}

static void follow(const struct sizing *sizing, const struct network_state *state, int producer,
                   struct ways *ways) {
    int head = 0, tail = 0;
    ways->queue[tail++] = producer;
    ways->reached[producer] = true;
    while (head < tail) {
        int n = ways->queue[head++];
        for (int e = ways->first[n]; e < ways->first[n + 1]; e++) {
            int k = ways->link[e];
            const struct network_link *link = &ways->network->links[k];
            int other = link->from == n ? link->to : link->from;
            if (!ways->reached[other] && state->out->state[k] != LINK_CLOSED) {
                double kpa = link_kpa(sizing, state, k);
                ways->way_kpa[other] = ways->way_kpa[n] + (link->from == n ? kpa : -kpa);
                ways->reached[other] = true;
                ways->queue[tail++] = other;
            }
        }
    }
}

enum status sizing_head_kpa(const struct sizing *sizing, const struct network_state *state,
                            struct arena *scratch, double *ret_kpa, int *ret_worst) {
    const struct network *network = sizing->network;
    double most_kpa = -HUGE_VAL;
    struct ways ways;
    *ret_kpa = NAN;
    *ret_worst = -1;
    if (state->sums.pump < 0 || !state->back) {
        return STATUS_OK;
    }
    TRY(take_ways(scratch, network, &ways));
    follow(sizing, state, state->sums.pump, &ways);
    for (int n = 0; n < network->nodes_count; n++) {
        const struct network_node *node = &network->nodes[n];
        double needed_kpa = ways.way_kpa[n] + node->dp_min_kpa;
        if (node->role == NODE_CONSUMER && ways.reached[n] && state->taken_kg_s[n] > 0.0 &&
            needed_kpa > most_kpa) {
            most_kpa = needed_kpa;
            *ret_worst = n;
        }
    }
    if (*ret_worst >= 0) {
        *ret_kpa = most_kpa + network->nodes[state->sums.pump].station_kpa;
    }
    return STATUS_OK;
}
