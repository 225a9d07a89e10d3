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
};

/* From streets and buildings, or from pipes without sizes: routes where there is a choice
   (with_route), sizes what has none. A network as it stands in the file, not completed. */
enum status sizing_find(struct arena *arena, const struct network *given, bool with_route,
                        struct diag *diag, struct sizing *ret) MUST_CHECK;

/* Cost of a metre of trench of one size in EUR2023, times region_ratio. */
double sizing_trench_money_m(const struct network_settings *settings, double nominal_mm);

#endif
