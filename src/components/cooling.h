/* What every way of cooling a hall gives for a step, per kW of heat that it takes from the hall at heat_in: the parts
   of its electricity and of its water, what is on offer as heat, and whether it can run at all. The ports' coefficients
   are made from these parts by one function, so parts and totals cannot differ.

   Ports stand in one order for every kind: heat_in, power_in, water_in, and heat_out where there is a condenser to take
   heat from. heat_in's bus is the hall's coolant: its supply is what comes back warm from the hall, its return what the
   hall is given. For kinds that cool with air these are the hot and the cold aisle.

   Mode reject gives the heat to the outdoors in the cheapest way the weather allows: nothing of the compressor while
   free cooling carries all. Mode recover hands it over at heat_out's temperatures: by the return alone where that is
   warm enough, else by a compressor that runs for it. Which of them runs is the programme's choice, and what recover
   draws more than reject is the price of the heat. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_COOLING_H
#define COMPONENTS_COOLING_H

#include "components/component.h"

enum { COOLING_HEAT_IN, COOLING_POWER_IN, COOLING_WATER_IN, COOLING_HEAT_OUT, COOLING_PORTS };
enum { COOLING_REJECT, COOLING_RECOVER };

/* Why a step has no cooling. */
enum cooling_stop {
    COOLING_RUNS,
    COOLING_TOO_WARM, /* the weather is too warm for the temperature asked, and no compressor helps */
    COOLING_TOO_HUMID, /* the air that would be supplied is too humid for the class of equipment */
    COOLING_TOO_DRY,   /* ... or too dry */
    COOLING_LIFT,      /* the compressor does not reach the temperature asked */
    COOLING_CLASS, /* the coolant is warmer than the class of equipment allows, whatever the weather */
};
const char *cooling_stop_words(enum cooling_stop stop);

struct cooling_hour {
    /* electricity */
    double fan_kw_kw, pump_kw_kw, compressor_kw_kw, humidifier_kw_kw;
    /* water */
    double evaporation_kg_kwh, blow_down_kg_kwh, drift_kg_kwh;
    double free_frac;  /* of the heat, carried without a compressor: 1 in a free-cooling hour */
    double supplied_c; /* what the hall is given */
    double
        return_c; /* warmest at which the heat is on offer without a compressor; NaN: nothing to take it from */
    double condenser_kw_kw; /* heat on offer at the condenser: 0 while the compressor rests */
    double condenser_c;     /* at this temperature; NaN while it rests */
    double taken_kw_kw;     /* mode recover: what leaves at heat_out */
    enum cooling_stop stop;
};

/* Fills one step in one mode; hours->port as in coefficients. ret holds zeros, NaN temperatures and COOLING_RUNS. */
typedef void cooling_hour_of(const void *self, const struct hours *hours, int t, int mode,
                             struct cooling_hour *ret);

/* What a kind's descriptor points to. */
struct cooling {
    double coolant_c,
        coolant_dt_dk; /* the hall's coolant where the scenario does not say: warm side, its range */
    double
        capture_frac; /* share of the hall's heat that it takes where the scenario does not say; the rest is room air */
    const char *room; /* kind that cools the rest; NULL where it takes all */
    bool air;         /* the coolant is the hall's air: its cold side is what the servers breathe */
    bool at_chip;     /* a liquid takes the heat from the chips themselves */
    bool dew_point;   /* can supply below the wet bulb: only a named dew-point cycle */
    cooling_hour_of *hour;
};

/* The hall's coolant in a step: warm and cold side; what the kind is made for where heat_in is not wired. */
double cooling_warm_c(const struct cooling *cooling, const struct hours *hours, int t);
double cooling_cold_c(const struct cooling *cooling, const struct hours *hours, int t);

/* One step from outside: sets the neutral values, then asks the kind. */
void cooling_hour(const struct component *kind, const void *self, const struct hours *hours, int t,
                  int mode, struct cooling_hour *ret);

/* Sound power in words: below 90 dB(A) quiet, from 100 on loud. */
const char *cooling_sound_class(double sound_db);

/* Sums. */
double cooling_power_kw_kw(const struct cooling_hour *hour);
double cooling_water_kg_kwh(const struct cooling_hour *hour);

/* All steps and modes of a kind into its coefficients: every kind's function coefficients is one call of this. */
void cooling_coefficients(const struct cooling *cooling, const void *self,
                          const struct hours *hours, struct coefficients *ret);

/* supply and return of heat_out: take_off_c and take_off_c - take_off_dt_dk, constant. */
void cooling_take_off(double take_off_c, double take_off_dt_dk, const struct hours *hours,
                      double *ret_supply_c, double *ret_return_c);

/* The first step that mode reject cannot serve, and the coldest coolant that would be served in every step (NaN where
   warmer coolant does not help). False when all run. */
struct cooling_refusal {
    int step, count; /* the first that stops; how many do */
    enum cooling_stop stop;
    double asked_c, nearest_c;
};
bool cooling_refused(const struct component *kind, const void *self, const struct hours *hours,
                     struct cooling_refusal *ret);

#endif
