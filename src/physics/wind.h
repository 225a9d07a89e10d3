/* Wind speed over height, and what a turbine makes of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_WIND_H
#define PHYSICS_WIND_H

/* Power law: exponent 1/7 over open land, 0.1 over water, 0.2 and more over towns. */
double wind_speed_m_s(double speed_m_s, double height_m, double wanted_height_m,
                      double exponent_ratio);
/* Logarithmic law: roughness 0.03 m over grass, 0.1 over crops, 1 in towns; heights above the
   roughness. */
double wind_speed_log_m_s(double speed_m_s, double height_m, double wanted_height_m,
                          double roughness_m);
/* The power law's exponent from two heights. */
double wind_exponent_ratio(double low_m_s, double low_height_m, double high_m_s,
                           double high_height_m);
/* Power of the wind through one square metre. */
double wind_power_kw_m2(double speed_m_s, double density_kg_m3);

/* Output over rating: the rotor takes power_ratio (0.46 of 0.59 that are possible, less what gears and generator lose)
   of the wind through its area until the rating is reached; specific_kw_m2 is the rating per rotor area. Nothing below
   cut_in, nothing from cut_out on. */
double wind_turbine_frac(double speed_m_s, double density_kg_m3, double specific_kw_m2,
                         double power_ratio, double cut_in_m_s, double cut_out_m_s);

#endif
