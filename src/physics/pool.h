/* Heat of an indoor swimming pool. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_POOL_H
#define PHYSICS_POOL_H

/* Evaporation from a water surface, kg/s: activity 1.0 public pool, 0.5 residential, 0.75 (of 1.0) quiet water. */
double pool_evaporation_kg_s(double water_m2, double activity_ratio, double water_c, double air_c, double rh_frac,
                             double air_speed_m_s);

#endif
