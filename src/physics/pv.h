/* Photovoltaic array: from irradiance on the plane to alternating current. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_PV_H
#define PHYSICS_PV_H

/* Cell temperature from ambient, irradiance and nominal operating cell temperature. */
double pv_cell_c(double outdoor_c, double plane_kw_m2, double nominal_cell_c);
/* Power over rating (kW ac per kW dc): PVWatts v5. */
double pv_output_frac(double plane_kw_m2, double cell_c, double loss_frac, double coefficient_frac_k,
                      double inverter_eff, double dc_ac_ratio);

#endif
