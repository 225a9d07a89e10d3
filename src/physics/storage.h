/* Hot-water tanks: losses of a two-zone store of fixed diameter; seasonal stores by a loss rate. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_STORAGE_H
#define PHYSICS_STORAGE_H

/* Heat per volume and kelvin of the water between two temperatures. */
double storage_water_kj_m3k(double hot_c, double cold_c);
/* Content between hot and cold water. */
double storage_tank_kwh(double volume_m3, double hot_c, double cold_c);
/* Per hour: beta of the content above the cold level, gamma of the capacity, delta in kW for both
   ends. */
void storage_tank_losses(double diameter_m, double loss_kw_m2k, double hot_c, double cold_c,
                         double around_c, double *ret_content_per_h, double *ret_capacity_per_h,
                         double *ret_ends_kw);
/* The same with the store's own heat per volume. */
void storage_losses(double diameter_m, double loss_kw_m2k, double hot_c, double cold_c,
                    double around_c, double water_kj_m3k, double *ret_content_per_h,
                    double *ret_capacity_per_h, double *ret_ends_kw);
/* One step of such a store without charge and discharge; not below 0. */
double storage_left_kwh(double content_kwh, double capacity_kwh, double content_per_h,
                        double capacity_per_h, double ends_kw, double step_h);
/* Wall of a store: surface coefficients inside and outside, one layer of insulation. */
double storage_wall_kw_m2k(double inside_kw_m2k, double insulation_m, double insulation_kw_mk,
                           double outside_kw_m2k);
/* Loss rate of a seasonal store that gives back eff of its heat after half a year. */
double storage_seasonal_loss_per_h(double half_year_eff);

#endif
