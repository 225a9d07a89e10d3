/* Solar-thermal collectors. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_COLLECTOR_H
#define PHYSICS_COLLECTOR_H

/* Useful heat of one m2 of collector, never below 0: zero-loss efficiency, linear and quadratic loss, by the mean fluid
   and the air. Fluid to 80 K above the air or so. */
double collector_heat_kw_m2(double irradiance_kw_m2, double fluid_c, double air_c, double zero_eff,
                            double loss_kw_m2k, double loss2_kw_m2k2_ratio);

#endif
