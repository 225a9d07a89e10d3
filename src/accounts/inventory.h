/* Carbon by the books that others keep, in columns that are never added up across: the inventory after the GHG Protocol,
   and what heating avoids. Water, direct and of generation. Per year. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_INVENTORY_H
#define ACCOUNTS_INVENTORY_H

#include "accounts/accounts.h"

struct scopes {                                   /* of one party in one case */
    double scope1_kg;                             /* fuel burnt, refrigerant leaked */
    double refrigerant_kg;                        /* of it */
    double scope2_location_kg;                    /* power by the grid's average */
    double scope2_market_kg;                      /* power by contract and residual mix */
    double scope3_plant_kg;                       /* made with plant, over 20 years */
    double scope3_servers_kg, scope3_building_kg; /* operator alone */
};

struct boundary_line { /* of the data centre's own carbon; inventory.def */
    const char *key, *what;
    enum carbon_boundary boundary;
    int scope;
    bool counted;     /* within the boundary that is asked for */
    double kg[CASES]; /* NaN: not given; 0 without a data centre */
};
enum { BOUNDARY_LINES = 8 };

struct inventory {
    struct boundary_line line[BOUNDARY_LINES]; /* from the inside out */
    double boundary_kg[CASES];                 /* those that are counted */
    struct scopes scopes[CASES][PARTY_COUNT];
    /* Heat supply together against apart: fuel and power of heat plant. What cooling saves stands in the inventory. */
    double avoided_average_kg, avoided_marginal_kg;
    double
        break_even_kgco2_kwh; /* grid factor at which lifting the heat avoids nothing; NaN: nothing is lifted */
    double path_kg[CASES],
        path_year_kg; /* all parties by location; the line to half in 2030 in the plan's year; NaN */
    double target_gap_kg; /* together over the community's target; NaN */
    double water_direct_m3[CASES], water_power_m3[CASES]; /* of the data centre */
    double water_stressed_m3; /* direct together, by the place's score over 5; NaN */
};

/* Fills accounts->inventory. */
enum status account_inventory(struct accounts *accounts, struct arena *arena) MUST_CHECK;

#endif
