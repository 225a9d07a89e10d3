/* The instances of the solver bench: a data centre and its town, hour by hour, with capacities to
   choose, monthly peaks and three year-long rows. Sizes S, M and L have one place; c3 and c10 are
   three and ten places of M joined by links for power and heat.

   Per hour: import, export, sun, battery, heat pumps, direct heat exchange, rejection, tanks,
   boiler, chiller, free cooling; M adds wind, a high temperature bus, a pit store and compute that
   waits; L adds combined heat and power, an absorption chiller, cold store, hydrogen and demand
   response. Power in MW, energy in MWh, money per MWh. Same options, same numbers, bit for bit on one
   machine. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_SOLVER_INSTANCE_H
#define BENCH_SOLVER_INSTANCE_H

#include <stdint.h>

#include "optimise/programme.h"

enum instance_size { INSTANCE_S, INSTANCE_M, INSTANCE_L };

struct instance_options {
    enum instance_size size;
    int places;
    int hours, first_hour; /* of the year; the year has 8,760 and begins again */
    uint64_t seed;
    bool two_prices;    /* power costs one price by day and one by night: degenerate */
    bool no_renewables; /* sun and wind may not be built */
    bool infeasible;    /* supply limited to a twentieth of the demand */
    double gas_money_mwh;
    double carbon_ratio;          /* the cap, over what the plain supply emits */
    double price_shift_money_mwh; /* added to every price: below -40 most hours are negative */
};

/* "S", "M", "L", "c3", "c10" and their like: a whole year, seed 1, gas at 45, a carbon cap of 0.95. False for other
   names. */
bool instance_named(const char *name, struct instance_options *ret);

/* NULL when memory is out. */
struct programme *instance_build(struct arena *arena, const struct instance_options *options);

#endif
