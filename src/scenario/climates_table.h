/* The two halves of the table of built-in places, and the shapes of days that have a file behind
   them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_CLIMATES_TABLE_H
#define SCENARIO_CLIMATES_TABLE_H

#include "scenario/climates.h"

int climates_measured_count(void), climates_approximate_count(void); /* each alphabetical */
const struct normals *climates_measured_at(int index);
const struct normals *climates_approximate_at(int index);

extern const struct climate_shape climate_shape_brussels, climate_shape_chicago,
    climate_shape_continental, climate_shape_dry_summer, climate_shape_oceanic,
    climate_shape_semi_arid, climate_shape_subtropical, climate_shape_tropical,
    climate_shape_dallas, climate_shape_denver, climate_shape_duluth, climate_shape_frankfurt,
    climate_shape_n_virginia, climate_shape_phoenix, climate_shape_seattle;

#endif
