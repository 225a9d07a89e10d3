/* The same figures at three scales: the building (the data centre within its boundary), the cluster (all that the plan covers:
   data centre, plant, users of heat and cold) and the community (the cluster and what the scenario says of the rest). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_SCALES_H
#define ACCOUNTS_SCALES_H

#include "accounts/accounts.h"

enum scale { SCALE_BUILDING, SCALE_CLUSTER, SCALE_COMMUNITY, SCALES };
const char *scale_name(enum scale scale);

struct scale_figures { /* of a year; NaN: the scenario does not say */
    double power_kwh, primary_kwh, carbon_kg, water_m3, peak_kw;
};
struct scales {
    struct scale_figures of[CASES][SCALES];
    /* Recovered heat against heat pumps on air in every house: power that these would take less what lifting and pumping
       takes; and by how much the highest step of all the town's heating falls. */
    double green_kwh_year, green_peak_kw;
    double water_day_m3, sewer_day_m3;             /* the cluster's thirstiest day, together */
    double water_spare_m3_day, sewer_spare_m3_day; /* of the works, less that; NaN: not given */
};

enum status account_scales(const struct accounts *accounts, struct arena *arena,
                           struct scales *ret) MUST_CHECK;

#endif
