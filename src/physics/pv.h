/* Photovoltaic array: from irradiance on the plane to alternating current. Powers as shares of the
   dc rating. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_PV_H
#define PHYSICS_PV_H

/* Cell temperature from ambient, irradiance and nominal operating cell temperature, which is that of
   1 m/s; in other wind by the ratio of Faiman's heat transfer. */
double pv_cell_c(double outdoor_c, double plane_kw_m2, double nominal_cell_c, double wind_m_s);
/* Cell temperature with wind (Faiman 2008): u0 0.025 kW/(m2 K), u1 0.00684 kW/(m2 K) per m/s for a
   free rack. */
double pv_cell_wind_c(double outdoor_c, double plane_kw_m2, double wind_m_s);
/* What a cover of plain glass lets through of the beam, over what it does when the rays stand normal
   to it: incidence_ratio is the cosine of the angle between them. 0 behind the plane. */
double pv_cover_ratio(double incidence_ratio);
/* Direct current over rating, before losses in cables, soiling and mismatch. */
double pv_dc_frac(double plane_kw_m2, double cell_c, double coefficient_frac_k);
/* Alternating over direct rating: an inverter of rating 1 / dc_ac_ratio that clips. */
double pv_inverter_frac(double dc_frac, double inverter_eff, double dc_ac_ratio);
/* The two together after loss_frac: PVWatts v5. */
double pv_output_frac(double plane_kw_m2, double cell_c, double loss_frac,
                      double coefficient_frac_k, double inverter_eff, double dc_ac_ratio);

#endif
