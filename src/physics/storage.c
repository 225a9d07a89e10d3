/* Two-zone tank (oemof-thermal 0.0.5, stratified thermal storage): Q_t = Q_(t-1) (1 - beta dt) -
   gamma Q_N dt - delta dt, beta = 4 U / (d rho c), gamma = beta (T_C - T_0)/(T_H - T_C), delta = U
   pi d^2/4 (T_H + T_C - 2 T_0); wall U = 1/(1/a_i + s/l + 1/a_o). Seasonal: 1 - eta^(1/4380)
   (PyPSA-Eur). Water properties at the mean temperature (oemof-thermal uses 4077.22 kJ/(m3 K)). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/storage.h"

#include <math.h>

#include "base/units.h"
#include "physics/water.h"

static const double half_year_h = 4380.0;

double storage_water_kj_m3k(double hot_c, double cold_c) {
    double mean_c = 0.5 * (hot_c + cold_c);
    return water_density_kg_m3(mean_c) * water_heat_kj_kgk(mean_c);
}

double storage_tank_kwh(double volume_m3, double hot_c, double cold_c) {
    return volume_m3 * storage_water_kj_m3k(hot_c, cold_c) * (hot_c - cold_c) / UNITS_KJ_PER_KWH;
}

void storage_losses(double diameter_m, double loss_kw_m2k, double hot_c, double cold_c,
                    double around_c, double water_kj_m3k, double *ret_content_per_h,
                    double *ret_capacity_per_h, double *ret_ends_kw) {
    const double pi = 3.14159265358979323846;
    double beta_per_h = 4.0 * loss_kw_m2k * UNITS_S_PER_H / (diameter_m * water_kj_m3k);
    *ret_content_per_h = beta_per_h;
    *ret_capacity_per_h = beta_per_h * (cold_c - around_c) / (hot_c - cold_c);
    *ret_ends_kw =
        loss_kw_m2k * pi * diameter_m * diameter_m / 4.0 * (hot_c + cold_c - 2.0 * around_c);
}

void storage_tank_losses(double diameter_m, double loss_kw_m2k, double hot_c, double cold_c,
                         double around_c, double *ret_content_per_h, double *ret_capacity_per_h,
                         double *ret_ends_kw) {
    storage_losses(diameter_m, loss_kw_m2k, hot_c, cold_c, around_c,
                   storage_water_kj_m3k(hot_c, cold_c), ret_content_per_h, ret_capacity_per_h,
                   ret_ends_kw);
}

double storage_left_kwh(double content_kwh, double capacity_kwh, double content_per_h,
                        double capacity_per_h, double ends_kw, double step_h) {
    double lost_kw = content_per_h * content_kwh + capacity_per_h * capacity_kwh + ends_kw;
    return fmax(0.0, content_kwh - lost_kw * step_h);
}

double storage_wall_kw_m2k(double inside_kw_m2k, double insulation_m, double insulation_kw_mk,
                           double outside_kw_m2k) {
    return 1.0 / (1.0 / inside_kw_m2k + insulation_m / insulation_kw_mk + 1.0 / outside_kw_m2k);
}

double storage_seasonal_loss_per_h(double half_year_eff) {
    return -expm1(log(half_year_eff) / half_year_h);
}
