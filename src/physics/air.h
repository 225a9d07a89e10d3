/* Humid air after ASHRAE Fundamentals 2017 (Hyland-Wexler). Temperatures in degC, pressures in kPa,
   humidity ratio in kg of water per kg of dry air, enthalpy, heat capacity and volume per kg of dry
   air. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_AIR_H
#define PHYSICS_AIR_H

/* Saturation pressure over ice (to 0.01 degC) or water, -100..200 degC. */
double air_saturation_kpa(double t_c);
/* Buck 1981 over water, -40..100 degC: within 0.11 % of air_saturation_kpa above 0 degC, kept for
   models fitted with it. */
double air_saturation_buck_kpa(double t_c);
/* Both need a temperature at which water does not boil: saturation pressure (times rh) below p. */
double air_saturated_humidity_kg_kg(double t_c, double p_kpa);
double air_humidity_kg_kg(double t_c, double rh_frac, double p_kpa);
/* Humidity ratio from dry and wet bulb; below 0 when no air is that dry. The wet bulb's wick is
   iced below 0 degC. */
double air_humidity_from_wet_bulb_kg_kg(double t_c, double wet_bulb_c, double p_kpa);
double air_relative_humidity_frac(double t_c, double w_kg_kg, double p_kpa);
double air_dew_point_c(double w_kg_kg,
                       double p_kpa); /* frost point below 0.01 degC; at least -100 */
/* Thermodynamic wet bulb by safeguarded Newton steps; t_c where the air is saturated. In a narrow
   band around 0 degC an iced and a wet wick both have a solution; the wet one is meant. The plain
   bisection is kept beside it: they agree to 1e-7 K. */
double air_wet_bulb_c(double t_c, double w_kg_kg, double p_kpa);
double air_wet_bulb_bisection_c(double t_c, double w_kg_kg, double p_kpa);
/* Stull 2011: a first guess at sea level, up to 1 K wrong; 5..99 % humidity, -20..50 degC. */
double air_wet_bulb_stull_c(double t_c, double rh_frac);
double air_enthalpy_kj_kg(double t_c, double w_kg_kg);
double air_heat_kj_kgk(double w_kg_kg);
double air_volume_m3_kg(double t_c, double w_kg_kg, double p_kpa);
double air_density_kg_m3(double t_c, double w_kg_kg, double p_kpa); /* of the mixture */
/* The enthalpy and the volume turned round. */
double air_dry_bulb_from_enthalpy_c(double h_kj_kg, double w_kg_kg);
double air_humidity_from_enthalpy_kg_kg(double h_kj_kg, double t_c);
double air_dry_bulb_from_volume_c(double v_m3_kg, double w_kg_kg, double p_kpa);
/* Kilograms of water per kilogram of moist air, and back; q below 1. */
double air_specific_humidity_kg_kg(double w_kg_kg);
double air_humidity_from_specific_kg_kg(double q_kg_kg);
double air_standard_c(double altitude_m);   /* standard atmosphere, -500..11000 m */
double air_pressure_kpa(double altitude_m); /* standard atmosphere, -500..11000 m */

#endif
