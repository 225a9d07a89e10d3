/* What both ways to a climate share: arrays for a year, humidity from dew points, weighted days,
   design days. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_CLIMATE_BUILD_H
#define SCENARIO_CLIMATE_BUILD_H

#include "scenario/climate.h"

struct climate_arrays {
    int count;
    double *outdoor_c, *dew_point_c, *humidity_kg_kg, *wet_bulb_c, *pressure_kpa, *wind_m_s;
    double *global_kw_m2, *direct_normal_kw_m2, *diffuse_kw_m2, *outdoor_weighted_c;
};

enum status climate_arrays_take(struct arena *arena, int count,
                                struct climate_arrays *ret) MUST_CHECK;
/* From outdoor, dew point, pressure, wind and sun: adds the warming at equal relative humidity,
   then humidity ratio, wet bulb and weighted days, and sets year and design days of the climate. */
void climate_finish(struct climate_arrays *arrays, int year, double warming_dk,
                    struct climate *climate);

#endif
