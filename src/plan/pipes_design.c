/* The design hour of the pipes: all who are connected take what their highest hour of horizon and design days asks, no
   more than their substation is built for, at the temperatures of the highest hour of all; and all of it comes from the
   producer that holds the pressure. It is the hour that pipes are sized for; no plant elsewhere may be counted on to
   lower the head. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "plan/internal.h"

/* The most that a user can take at its node. */
static double most_kw(const struct plan *plan, const struct case_plan *result, int node) {
    const struct pipes *pipes = plan->pipes;
    const struct flow *flow = &result->flow[pipes->tap[node]];
    const struct component *kind = plan->scenario->instances[pipes->tap[node]].kind;
    double asked_kw = pipes->network->nodes[node].heat_kw;
    if (!flow->included || !(flow->capacity > 0.0)) {
        return 0.0;
    }
    return kind->shape == SHAPE_CONVERTER ? fmin(asked_kw, pipes->share_frac[node] * flow->capacity)
                                          : asked_kw;
}

enum status plan_pipes_design(const struct plan *plan, enum plan_case kind, struct arena *arena,
                              struct network_state **ret) {
    const struct pipes *pipes = plan->pipes;
    const struct case_plan *result = &plan->cases[kind];
    struct network_state *state = NULL;
    TRY(network_state_new(arena, pipes->network, &state));
    for (int n = 0; n < pipes->network->nodes_count; n++) {
        if (pipes->tap[n] >= 0) {
            state->heat_kw[n] = most_kw(plan, result, n);
        }
    }
    pipes_close_unused(result->pipes->link_used, state);
    *ret = state;
    return network_state_solve(state);
}
