/* One place of an instance: its machines, stores and buses, written as columns and rows. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_SOLVER_PLACE_H
#define BENCH_SOLVER_PLACE_H

#include "drives.h"

/* What the places share, and what they add up to. */
struct site {
    struct arena *arena;
    const struct instance_options *options;
    struct drives *drives;
    struct programme_builder *builder;
    int block, months, whole;             /* maps */
    int carbon, reuse, renewable, supply; /* sum rows; -1 where left out */
    int power_out, power_back, heat_out;  /* link columns of the place before */
    double it_mwh, load_mwh, renewable_mwh, plain_carbon;
};

/* Places are written in order, 0 first. Failures stay in the builder. */
void place_write(struct site *site, int place);

#endif
