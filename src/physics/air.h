/* Humid air after ASHRAE Fundamentals 2017 (Hyland-Wexler). Temperatures in degC, pressures in kPa, humidity ratio in
   kg of water per kg of dry air. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_AIR_H
#define PHYSICS_AIR_H

/* Saturation pressure over ice (below 0.01 degC) or water, -100..200 degC. */
double air_saturation_kpa(double t_c);
double air_saturated_humidity_kg_kg(double t_c, double p_kpa);
double air_humidity_kg_kg(double t_c, double rh_frac, double p_kpa);
/* Humidity ratio from dry and wet bulb. */
double air_humidity_from_wet_bulb_kg_kg(double t_c, double wet_bulb_c, double p_kpa);
double air_relative_humidity_frac(double t_c, double w_kg_kg, double p_kpa);
double air_dew_point_c(double w_kg_kg, double p_kpa);
/* Thermodynamic wet bulb: secant steps inside a bracket; equal to the plain bisection to 1e-6 K. */
double air_wet_bulb_c(double t_c, double w_kg_kg, double p_kpa);
double air_wet_bulb_bisection_c(double t_c, double w_kg_kg, double p_kpa);
double air_enthalpy_kj_kg(double t_c, double w_kg_kg);
double air_volume_m3_kg(double t_c, double w_kg_kg, double p_kpa); /* per kg of dry air */
double air_density_kg_m3(double t_c, double w_kg_kg, double p_kpa); /* of the mixture */
double air_pressure_kpa(double altitude_m); /* standard atmosphere, -500..11000 m */

#endif
