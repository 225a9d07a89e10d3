/* What stands next to a data centre: its sound at the nearest home, the land it takes, how it is built and fenced. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_NEIGHBOURS_H
#define ACCOUNTS_NEIGHBOURS_H

#include "accounts/accounts.h"

enum seen { SEEN_UNKNOWN, SEEN_LITTLE, SEEN_CLEARLY, SEEN_ABOVE_ALL };

struct neighbours {     /* NaN where the scenario does not say what it takes */
    double units_ratio; /* fans running in the step that rejects most: at least one */
    double level_db;    /* of all of them at the nearest home */
    double spare_day_db, spare_night_db; /* limit less level: negative breaks it */
    double reach_m;                      /* as far the night's limit is reached, without air */
    double land_m2;
    bool land_given; /* else by land per kW */
    double fence_m, fence_money, controls_money;
    double workers_low_value, workers_high_value; /* at once, on average, while it is built */
    double angle_deg; /* under which the building stands at the nearest home */
    enum seen seen;
};

struct neighbours account_neighbours(const struct accounts *accounts);

#endif
