/* Where the energy of the plan goes, in sums that close; for the Sankey and its table. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_FLOWS_H
#define TELL_FLOWS_H

#include "tell/layers.h"

/* kWh of the plan's period:
       power = it + gear = recovered + sky    (all power ends as heat)
       recovered + plant_power + other_heat = arriving + driving + lost   (driving: into cold, of recovered heat)
       arriving + own = need                  (a store in the town lies in own)
*/
struct flows {
    double power_kwh, it_kwh, gear_kwh;
    double recovered_kwh, sky_kwh;
    double delivered_kwh; /* of the arriving: recovered heat with the power of its plant */
    double plant_power_kwh, other_heat_kwh, arriving_kwh, lost_kwh;
    double driving_kwh,
        cold_kwh; /* heat and power into sorption chillers, and what they make of it */
    double own_kwh, need_kwh, own_apart_kwh;
    double pumping_kwh;                         /* power that moves the network's water */
    double recovered_c, plant_c;                /* weighted means; NaN where nothing flows */
    const char *plant_name, *other_name, *town; /* for people; the largest plant; the only other */
    struct layers layers; /* of the plan; those not shared are the town's own */
};

enum status flows_make(const struct accounts *accounts, struct arena *arena,
                       struct flows *ret) MUST_CHECK;

#endif
