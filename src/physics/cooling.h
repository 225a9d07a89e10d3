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
/* The same by parts, per kWh of heat rejected. */
struct cooling_makeup {
    double evaporation_kg_kwh, drift_kg_kwh, blow_down_kg_kwh;
};
struct cooling_makeup cooling_tower_makeup(double tower_water_c, double range_dk, double drift_frac,
                                           double cycles_ratio);
/* COP of a room unit with direct expansion, by outdoor temperature. At most 8, at least 1. */
double cooling_dx_cop(double outdoor_c);
/* Power of a fan or pump over the flow it moves: mass flow, its density, pressure, efficiency. */
double cooling_mover_kw(double flow_kg_s, double density_kg_m3, double dp_kpa, double mover_eff);
/* Flow that carries heat with a rise of temperature. */
double cooling_flow_kg_s(double heat_kw, double heat_kj_kgk, double rise_dk);
/* Fan of an air stream that carries one kW with a rise, by its volume per kg of dry air. */
double cooling_air_fan_kw_kw(double rise_dk, double w_kg_kg, double volume_m3_kg, double dp_kpa,
                             double mover_eff);
/* Latent heat that a cold coil takes out beside one kW of sensible heat. */
double cooling_latent_kw_kw(double sensible_frac);
/* Air behind wet pads: t_c - eff (t_c - wet bulb), which never falls below the wet bulb; water taken up per kg of dry
   air (constant enthalpy). */
double cooling_pad_c(double t_c, double wet_bulb_c, double pad_eff);
double cooling_pad_water_kg_kg(double t_c, double w_kg_kg, double pad_c);
/* Share of the load that cold water at cold_c carries through an exchanger: 1 when cold_c +
   approach <= supply, 0 when >= return, linear between. */
double cooling_free_frac(double cold_c, double approach_dk, double supply_c, double return_c);
/* Fan power of a dry cooler over its design power: speed = (design difference / difference)^1.4
   within [floor, 1]. */
double cooling_dry_fan_ratio(double difference_dk, double design_difference_dk,
                             double speed_floor_frac);

#endif
