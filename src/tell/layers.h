/* The town's heat by what brings it, hour by hour: own plant, and what comes through the network
   traced back to the machines and stores behind it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_LAYERS_H
#define TELL_LAYERS_H

#include "accounts/accounts.h"

enum { LAYERS_MAX = 16 };

struct layer {
    int instance;
    const char *name, *colour; /* for people; token of the colour */
    bool shared; /* comes from the data centre's side: recovery, network, its stores */
    bool store;
    double *kw;          /* arriving in the town, mean of each step */
    double kwh;          /* of the horizon */
    double steady_ratio; /* energy over highest power: orders the layers */
};

struct layers {
    int count;
    struct layer layer[LAYERS_MAX]; /* the steadiest first: it lies lowest */
    double *need_kw;                /* of the town */
    double need_kwh, largest_kw;
    bool stores_above; /* a store on the town's own bus: what stands above the need charges it */
};

/* One case's heat; STATUS_NO_MEMORY, or OK with count 0 where there is no town. */
enum status layers_make(const struct accounts *accounts, enum plan_case kind, struct arena *arena,
                        struct layers *ret) MUST_CHECK;

#endif
