/* Flows and pressures of one line (supply or return) by the global gradient method. Parts without
   loops are solved directly; Newton works on what remains. No flow, flow the other way and parts
   that nothing holds (islands) are ordinary. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_HYDRAULIC_H
#define NETWORKS_HYDRAULIC_H

#include "networks/link_law.h"
#include "networks/network.h"

struct hydraulic_work;

struct hydraulic {
    /* in: by node */
    double *demand_kg_s; /* taken out; negative: put in. Left aside where the pressure is held */
    double *held_kpa;    /* NaN: not held. Only nodes named to hydraulic_new may be held */
    /* in: by link */
    struct link_law *law;
    int *state; /* enum link_state, of this moment; what is no check valve at first never is */
    double
        settled_ratio; /* flows are settled when they move by less of the largest; 1e-10 at first */
    bool roughly;      /* a pass that moves them by a hundredth is enough this time */
    /* out */
    double *flow_kg_s;    /* by link, in the direction of this line */
    double *pressure_kpa; /* by node; NaN where nothing holds it */
    bool *reached;        /* by node: something holds its pressure */
    bool *shut;           /* by link: a check valve or pump that lets nothing pass */
    /* links whose flow depends on their law, and those that lead to parts without loops */
    int *deciding, decidings_count, *following, followings_count;
    int passes_count; /* of Newton, in the last solve */
    int worst;        /* link that moved most in the last pass; -1 */
    bool settled;     /* by settled_ratio */
    struct hydraulic_work *work;
};

/* may_hold: by node. */
enum status hydraulic_new(struct arena *arena, const struct network *network, bool in_return,
                          const bool *may_hold, struct hydraulic **ret) MUST_CHECK;
/* STALLED when the flows do not settle. The flows of the last solve are where the next starts.
   Pressures of the parts without loops are worked out only where with_pressures. After a change of
   state or held_kpa: hydraulic_changed. */
enum status hydraulic_solve(struct hydraulic *hydraulic, bool with_pressures) MUST_CHECK;
void hydraulic_changed(struct hydraulic *hydraulic);
bool hydraulic_is_changed(const struct hydraulic *hydraulic); /* and not solved since */
/* Pressures of the flows that were solved last, after laws without say in them were set. */
void hydraulic_pressures(struct hydraulic *hydraulic);
/* What enters the line at a node from outside: what leaves by its links less what comes by them. */
double hydraulic_entering_kg_s(const struct hydraulic *hydraulic, int node);

#endif
