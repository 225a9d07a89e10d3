/* What the physics alone says of a hall's cooling at this place, all heat rejected: other methods side by side, and
   measures in the order in which they should be taken. `hearth compare` plans them whole. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_COOLING_H
#define ACCOUNTS_COOLING_H

#include "accounts/accounts.h"

enum { METHODS_MAX = 40, MEASURES_MAX = 16 };

struct cooling_method {
    const struct component *kind;
    bool in_plan; /* it is what the scenario says, with its parameters */
    double power_kwh_year, water_m3_year;
    double all_kwh_year;  /* with the hall, whose servers draw by their air and liquid */
    double heat_kwh_year; /* removed */
    double idle_h;        /* hours of the year in which it cannot carry the heat */
    double take_off_c;    /* the coolant's return, which every method offers */
    bool condenser;       /* hands over its condenser's heat, too, which is warmer */
    double invest_money,
        cost_money_year; /* capital, upkeep, all power, water; NaN: no catalogue cost */
    double sound_db;     /* NaN: not known */
};
/* Every method of the catalogue that needs no more than its name, and the hall's own; returns how many, or -1 when
   memory is out. */
int account_cooling_methods(const struct accounts *accounts, int hall, struct arena *arena,
                            struct cooling_method ret[METHODS_MAX]);

struct cooling_measure {
    const char *title, *source;
    double saved_kwh_year; /* of all power of the data centre, on top of the measures before */
    double invest_money, cost_money_kwh;
    double left_kwh_year; /* all its power with this and all before */
    bool pays;            /* cheaper than the power it saves */
};
/* Cheapest next saving first: what each saves, it saves beside those before it, so that the cost of a saved kWh rises.
   ret_before_kwh_year: all power of hall and cooling without measures; ret_price: what a kWh costs. */
int account_cooling_measures(const struct accounts *accounts, int hall, struct arena *arena,
                             struct cooling_measure ret[MEASURES_MAX], double *ret_before_kwh_year,
                             double *ret_price_money_kwh);

struct hall_cooling {
    bool known;
    int methods_count, measures_count;
    struct cooling_method methods[METHODS_MAX]; /* the cheapest first */
    struct cooling_measure measures[MEASURES_MAX];
    double before_kwh_year, price_money_kwh; /* without measures; of a kWh */
};
/* Both, found once and kept in the accounts: report and indicators tell the same. NULL when memory is out. */
const struct hall_cooling *account_cooling(const struct accounts *accounts, int hall,
                                           struct arena *arena);

#endif
