/* Which way pipes take and how wide they are. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_SIZING_H
#define NETWORKS_SIZING_H

#include "networks/network.h"
#include "networks/route.h"

struct sizing {
    const struct network *streets; /* all that was considered, with its services */
    struct route route;            /* what of it was chosen */
    struct network *network;       /* the pipes that are laid, with their sizes */
    double cost_money, length_m;
    double *flow_kg_s, *money; /* by link of network: at design, and what its trench costs */
    bool *in_tree;             /* by link of network: it leads to a part without loops */
};

/* From streets and buildings, or from pipes without sizes: routes where there is a choice
   (with_route), sizes what has none. A network as it stands in the file, not completed. */
enum status sizing_find(struct arena *arena, const struct network *given, bool with_route,
                        struct diag *diag, struct sizing *ret) MUST_CHECK;

struct network_state;
/* Head of the pump at the design hour, so that every consumer has its dp_min_kpa: as the solved state of the sized
   network has it, but with the design flows in the parts without loops, where dwellings do not all draw at once.
   ret_worst: the consumer it is needed for. NaN and -1: there is none. */
enum status sizing_head_kpa(const struct sizing *sizing, const struct network_state *state,
                            struct arena *scratch, double *ret_kpa, int *ret_worst) MUST_CHECK;

/* Cost of a metre of trench of one size in EUR2023, times region_ratio. */
double sizing_trench_money_m(const struct network_settings *settings, double nominal_mm);

#endif
