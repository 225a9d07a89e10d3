/* Wind speed over height. */
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

#endif
