/* Two-zone tank (oemof-thermal 0.0.5): beta = 4 U / (d rho c), gamma = beta (T_C - T_0)/(T_H - T_C),
   delta = U pi d^2/4 (T_H + T_C - 2 T_0); rho c = 4.07722 MJ/(m3 K) at 75 degC. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/storage.h"

#include "base/units.h"
#include "physics/water.h"

static double content_kj_m3k(double hot_c, double cold_c) {
    double mean_c = 0.5 * (hot_c + cold_c);
    return water_density_kg_m3(mean_c) * water_heat_kj_kgk(mean_c);
}

double storage_tank_kwh(double volume_m3, double hot_c, double cold_c) {
    return volume_m3 * content_kj_m3k(hot_c, cold_c) * (hot_c - cold_c) / UNITS_KJ_PER_KWH;
}

void storage_tank_losses(double diameter_m, double loss_kw_m2k, double hot_c, double cold_c, double around_c,
                         double *ret_content_per_h, double *ret_capacity_per_h, double *ret_ends_kw) {
    double beta_per_h = 4.0 * loss_kw_m2k * UNITS_S_PER_H / (diameter_m * content_kj_m3k(hot_c, cold_c));
    *ret_content_per_h = beta_per_h;
    *ret_capacity_per_h = beta_per_h * (cold_c - around_c) / (hot_c - cold_c);
    *ret_ends_kw = loss_kw_m2k * 3.14159265358979323846 * diameter_m * diameter_m / 4.0 *
                   (hot_c + cold_c - 2.0 * around_c);
}
