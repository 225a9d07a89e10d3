/* Which edges of a graph carry pipes: the cheapest tree that joins all users and producers, by
   heuristics that say how far they looked. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_ROUTE_H
#define NETWORKS_ROUTE_H

#include "networks/network.h"

struct route {
    bool *chosen;                  /* by link */
    double length_m, weight_money; /* of what is chosen */
    double first_money;            /* of the first tree, before exchanges */
    int exchanges_count;
};

/* weight_money: by link, what it costs to lay it. Forbidden links are never chosen, required ones
   always. A user that no way reaches is an error that names it. */
enum status route_find(struct arena *arena, const struct network *network,
                       const double *weight_money, struct diag *diag, struct route *ret) MUST_CHECK;

#endif
