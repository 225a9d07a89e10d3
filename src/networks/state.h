/* The steady state of a network at one moment: flows, pressures, temperatures and losses of supply
   and return, together. The plan drives it hour by hour: set what has changed, solve, read. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_STATE_H
#define NETWORKS_STATE_H

#include "networks/hydraulic.h"
#include "networks/network.h"
#include "networks/thermal.h"

struct network_sums {
    double produced_kw, consumed_kw, loss_supply_kw, loss_return_kw, unmet_kw;
    double pump_kw;         /* electricity of all producers' and lines' pumps */
    double dp_worst_kpa;    /* at the consumer that has least to spare */
    double dp_needed_kpa;   /* what that one needs */
    double head_kpa;        /* highest of what producers' pumps give, their own plant included */
    double head_needed_kpa; /* the same, were the worst consumer given just what it needs */
    int worst, pump;        /* that consumer's node, and that producer's; -1 */
    double balance_kw;      /* produced - consumed - losses: what does not close */
};

struct network_state {
    const struct network *network;
    /* in, by node; as in the network at first */
    double *heat_kw, *fixed_kg_s, *supply_c, *return_c, *pressure_kpa;
    double ground_change_dk; /* on the ground_c of every link */
    double tolerance_dk;     /* of temperatures, 2e-6 K; 1e-3 K is plenty for hours of a plan */
    /* out: the two lines; back is NULL for single lines */
    struct hydraulic *out, *back;
    struct thermal *hot, *cold;
    double *taken_kg_s; /* by node, from the supply into the return; negative: the other way */
    double *given_kw;   /* by node: heat that it really takes (consumer) or brings (producer) */
    double *unmet_kw;   /* by node */
    bool *islanded;     /* consumers and producers that nothing reaches */
    struct network_sums sums;
    int rounds_count;
    struct state_work *work;
};

/* A completed network. */
enum status network_state_new(struct arena *arena, const struct network *network,
                              struct network_state **ret) MUST_CHECK;
/* STALLED when flows and temperatures do not settle. */
enum status network_state_solve(struct network_state *state) MUST_CHECK;
/* One round only, whatever it moves: a step in time, when thermal's carry is set. */
enum status network_state_step(struct network_state *state) MUST_CHECK;
/* What a planner must know about the state: temperatures outside physics (errors), unmet heat,
   islands, too little pressure, producers that are pushed back (warnings); each names its feature. */
void network_state_judge(const struct network_state *state, struct diag *diag);

/* Temperature of a line's water for its friction: mean of its ends, else the ground. */
double network_state_link_c(const struct network_state *state, bool in_return, int link);
double network_state_speed_m_s(const struct network_state *state, bool in_return, int link);

#endif
