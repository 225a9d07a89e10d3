/* A year of one hall and its cooling, hour by hour, without a plan: what it draws, what it drinks, when it needs no
   compressor, and what heat is on offer at which temperature. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_COOLING_YEAR_H
#define COMPONENTS_COOLING_YEAR_H

#include "components/cooling.h"

/* One way of cooling and the coolant it serves. */
struct cooling_side {
    const struct component *kind; /* NULL: none */
    const void *self;
    double warm_c, cold_c;
};
struct cooling_system {
    struct cooling_side main, room; /* room: what is not captured */
    double capture_frac;
    double it_kw;
    double power_kw_kw,
        heat_kw_kw; /* of the power chain with the IT, per kW of IT: drawn; left in the hall */
    double take_off_c, take_off_dt_dk; /* NaN: nobody asks for the condenser's heat */
};

enum { COOLING_BINS = 6 }; /* below 20, 20-30, 30-40, 40-50, 50-60 degC, above */

struct cooling_year {
    int hours_count, free_count,
        partial_count; /* without, with some compressor work on the main side */
    int stopped_count;
    enum cooling_stop stop; /* of the first stopped hour */
    double it_kwh, chain_kwh, fan_kwh, pump_kwh, compressor_kwh, humidifier_kwh;
    double evaporation_kg, blow_down_kg, drift_kg;
    double pue_ratio, wue_kg_kwh;
    /* heat on offer without asking the compressor for more, hour by hour at its own temperature */
    double return_kwh, return_mean_c;       /* in the coolant that comes back */
    double condenser_kwh, condenser_mean_c; /* at condensers, while they run anyway */
    double bin_kwh[COOLING_BINS];           /* of the return, by temperature */
    /* heat handed over at take_off_c, by return and compressor, and what that draws more than rejecting would */
    double taken_kwh, taken_extra_kwh;
    int taken_count;
};

/* hours: the weather; its ports are not looked at. */
void cooling_year(const struct cooling_system *system, const struct hours *hours,
                  struct cooling_year *ret);

#endif
