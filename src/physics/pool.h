/* Heat of a swimming pool, indoors and out. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_POOL_H
#define PHYSICS_POOL_H

/* Evaporation from a water surface, kg/s, never below 0: activity 1.0 public pool, 0.8 hotel, 0.5
   residential, 0.75 (of 1.0) quiet water. */
double pool_evaporation_kg_s(double water_m2, double activity_ratio, double water_c, double air_c,
                             double rh_frac, double air_speed_m_s);
/* Heat the surface gives to the air by convection, by Bowen's ratio; below 0 when the air is
   warmer. */
double pool_convection_kw(double water_m2, double water_c, double air_c, double air_speed_m_s,
                          double p_kpa);
/* Heat that warms fresh water. */
double pool_refill_kw(double refill_kg_s, double water_c, double mains_c);
/* An open surface outdoors: evaporation, convection and radiation to a clear sky, less the sun's heat; below 0 where
   the sun gives more. Water 15..40 degC, air -30..40 degC; wind over the water. */
struct pool_weather {
    double air_c, humidity_kg_kg, p_kpa, wind_m_s, global_kw_m2;
};
double pool_outdoor_kw_m2(const struct pool_weather *weather, double water_c,
                          double activity_ratio);

#endif
