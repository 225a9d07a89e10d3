/* Machines that cool a data centre: chillers, towers, economisers, dry coolers, fans and pumps. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_COOLING_H
#define PHYSICS_COOLING_H

#include <stdbool.h>

/* COP of a water-cooled centrifugal chiller by condenser water and part load, chilled water at
   chilled_c (the table belongs to 7 degC; a warmer supply shifts the condenser temperature down by
   as much [recalled, unverified]). Capped at 10 and held below 10 degC of shifted condenser water;
   held above 35 degC too, where cooling_water_chiller_runs says that there is no such machine. */
double cooling_water_chiller_cop(double condenser_water_c, double part_load_frac, double chilled_c);
bool cooling_water_chiller_runs(double condenser_water_c, double chilled_c);
/* The same air-cooled, by outdoor temperature. Capped at 8. */
double cooling_air_chiller_cop(double outdoor_c, double part_load_frac, double chilled_c);
/* Make-up water of a cooling tower per kWh of heat rejected: evaporation, drift, blow-down. */
double cooling_tower_makeup_kg_kwh(double tower_water_c, double range_dk, double drift_frac,
                                   double cycles_ratio);
/* Share of the load that cold water at cold_c carries through an exchanger: 1 when cold_c +
   approach <= supply, 0 when >= return, linear between. */
double cooling_free_frac(double cold_c, double approach_dk, double supply_c, double return_c);
/* Fan power of a dry cooler over its design power: speed = (design difference / difference)^1.4
   within [floor, 1]. */
double cooling_dry_fan_ratio(double difference_dk, double design_difference_dk,
                             double speed_floor_frac);

#endif
