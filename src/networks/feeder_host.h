/* How much more load a feeder carries: at each bus, in which hours, with a branch out, and what
   would have to be built for more. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_FEEDER_HOST_H
#define NETWORKS_FEEDER_HOST_H

#include "networks/feeder.h"

struct feeder_room {
    double extra_kw;                 /* the most that can be added, to 1 kW or 1e-4 of itself */
    struct feeder_binding binding;   /* what stops the next kilowatt; with 0 kW: what is violated
                                      already */
    double lowest_pu, loading_ratio; /* at that load */
};
/* At a bus, on top of the feeder's loads times load_ratio; kvar_ratio: reactive per active power
   of the added load. */
struct feeder_room feeder_host(const struct feeder *feeder, struct feeder_work *work, int bus,
                               double load_ratio, double kvar_ratio, struct feeder_state *state);

/* The room of each hour of a series of load_ratio (exact, each hour its own search); what a flexible load makes of it:
   physics/headroom.h. */
void feeder_host_hours(const struct feeder *feeder, struct feeder_work *work, int bus,
                       const double *load_ratio, int count, double kvar_ratio,
                       struct feeder_state *state, double *ret_room_kw);
struct feeder_contingency { /* one branch out, as well restored as by closing one open branch */
    int branch, tie;        /* tie: -1 when none is needed or none helps */
    double unserved_kw;     /* of loads without a way to the source */
    struct feeder_binding binding;
    double lowest_pu, loading_ratio;
};
/* For each closed branch, in their order; ret has branches_count entries. Loads times load_ratio,
   and extra_kw at bus (-1: none). */
enum status feeder_n1(const struct feeder *feeder, const struct feeder_ask *ask,
                      struct feeder_contingency *ret, int *ret_count) MUST_CHECK;

/* What would let extra_kw stand at a bus. Costs in euro of 2025: an underground line 4,510 per MW
   and km, an overhead one 750, reinforcement without lengths 189 per kW [read TechData]. */
enum feeder_option_kind { FEEDER_STRENGTHEN, FEEDER_OWN_LINE, FEEDER_CURTAIL, FEEDER_OPTIONS };
struct feeder_option {
    enum feeder_option_kind kind;
    bool possible;
    int branches_count;   /* strengthened by a second circuit */
    double length_m;      /* of new line; NaN where branches have no lengths */
    double cost_money;    /* the rest of it falls on all customers */
    double deep_money;    /* of it by the applicant where the applicant pays all that is needed */
    double shallow_money; /* of it by the applicant where he pays his own connection only */
};
extern const char *const feeder_option_words[FEEDER_OPTIONS];
/* branch_doubled: branches_count flags, which ones FEEDER_STRENGTHEN doubles. */
enum status feeder_options(struct arena *arena, const struct feeder *feeder, int bus,
                           double load_ratio, double extra_kw, double kvar_ratio,
                           struct feeder_option ret[FEEDER_OPTIONS],
                           bool *branch_doubled) MUST_CHECK;

#endif
