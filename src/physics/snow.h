/* Heat that keeps a paved surface free of snow. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_SNOW_H
#define PHYSICS_SNOW_H

/* Warming and melting snow that falls at the temperature of the air (held at most at 0 degC), and warming the water to
   surface_c, above 0. snow_kg_m2h is its water. */
double snow_melt_kw_m2(double snow_kg_m2h, double outdoor_c, double surface_c);
/* What a bare wet surface gives to the air and the sky: convection, radiation, evaporation; -40..20 degC. length_m in
   the direction of the wind, 6.1 in the handbook. */
double snow_surface_kw_m2(double surface_c, double outdoor_c, double w_kg_kg, double p_kpa,
                          double wind_m_s, double sky_c, double length_m);

#endif
