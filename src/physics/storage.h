/* Hot-water tanks: losses of a two-zone store of fixed diameter. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_STORAGE_H
#define PHYSICS_STORAGE_H

/* Content between hot and cold water. */
double storage_tank_kwh(double volume_m3, double hot_c, double cold_c);
/* Per hour: beta of the content above the cold level, gamma of the capacity, delta in kW for both ends. */
void storage_tank_losses(double diameter_m, double loss_kw_m2k, double hot_c, double cold_c, double around_c,
                         double *ret_content_per_h, double *ret_capacity_per_h, double *ret_ends_kw);

#endif
