/* How long a site lives without the grid: an outage may begin in any hour. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_OUTAGE_H
#define PHYSICS_OUTAGE_H

#include <stdbool.h>

enum { OUTAGE_HOURS_MAX = 8760, OUTAGE_UNITS_MAX = 40 };

/* A unit is there when the grid fails, starts, and has not failed after so many hours. */
double outage_unit_frac(double hours_h, double availability_frac, double fail_to_start_frac,
                        double mean_to_failure_h);
/* At least `needed` of `units` equal independent ones: the binomial tail. */
double outage_units_frac(int needed_count, int units_count, double one_frac);
/* Loss of load by capacity: P(units in service * unit_kw < load_kw). */
double outage_loss_frac(double load_kw, double unit_kw, int units_count, double forced_out_frac);

struct outage_plant {
    int generators_count;
    double generator_kw, least_frac; /* a running unit gives at least this share */
    double availability_frac, fail_to_start_frac, mean_to_failure_h;
    double fuel_kwh, fuel_base_kw;          /* in the tank; per running unit and hour, idle */
    double generator_eff;                   /* kWh of power per kWh of fuel beyond the base */
    double firm_kw, firm_availability_frac; /* a reactor, a feeder of its own */
    double battery_kw, battery_kwh, battery_least_frac, battery_start_frac;
    double battery_in_eff, battery_out_eff, battery_availability_frac;
    const double *battery_start_kwh; /* by step in which an outage begins; NULL: the share */
    const double *sun_kw;            /* PV and wind by step, or NULL */
    double sun_availability_frac;
};
/* Defaults of REopt's energy resilience performance tool; nothing is installed. */
struct outage_plant outage_plant_none(void);

/* The year goes round: an outage that begins in its last hour runs into its first. */
struct outage_ask {
    const double *load_kw;
    int count; /* steps of the year */
    double step_h;
    int most_count; /* steps of the longest outage looked at */
};

/* Steps survived by the outage that begins at step `begin`, everything in order: firm power and sun
   first, then generators, then the battery; what is over charges it. running, of most_count (may be
   NULL): generators needed in each step survived. */
int outage_survived(const struct outage_plant *plant, const struct outage_ask *ask, int begin,
                    int *ret_running);

struct outage_curve {
    double *survive_frac; /* by duration 1..most_count: share of starts, failures counted */
    double *perfect_frac; /* the same, nothing ever failing */
    double mean_h;        /* survived, at most most_count steps, failures counted */
    double least_h;       /* the worst start, nothing failing */
    int worst_begin;
};
/* Over all starts of the year. Generators fail as a Markov chain without repair; battery, firm unit
   and sun are there or not for the whole outage. The battery keeps to the dispatch it has while all
   generators run, so that the curve is a lower bound where both are needed. The arrays have
   most_count entries; running holds most_count ints. */
void outage_curve(const struct outage_plant *plant, const struct outage_ask *ask, int *running,
                  struct outage_curve *ret);

/* Hours a year without supply: grid failures of exponential length. */
double outage_expected_h(const double *survive_frac, int most_count, double step_h,
                         double outages_year_count, double mean_outage_h);

#endif
