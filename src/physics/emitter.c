/* Q/Q0 = (dT_mean/dT_mean0)^n; constant flow: T_s - T_r = (T_s0 - T_r0) q.
   Arithmetic: T_s,r = T_i + ((T_s0 + T_r0)/2 - T_i) q^(1/n) +- (T_s0 - T_r0) q / 2.
   Logarithmic: l = l0 q^(1/n), x = exp((T_s - T_r)/l), T_r = T_i + (T_s - T_r)/(x - 1).
   n: radiator 1.3 (EN 442), floor 1.1 (EN 1264), convector 1.4 [recalled, unverified].
   Check: 70/55, T_i 20, design -12 degC: at 0 degC 54.3/44.9, logarithmic 54.23/44.86. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/emitter.h"

#include <math.h>

#include "physics/exchanger.h"

void emitter_temperatures(double load_frac, double design_supply_c, double design_return_c,
                          double indoor_c, double exponent_ratio, double *ret_supply_c,
                          double *ret_return_c) {
    double q = fmin(1.5, fmax(0.0, load_frac));
    double excess_dk =
        (0.5 * (design_supply_c + design_return_c) - indoor_c) * pow(q, 1.0 / exponent_ratio);
    double spread_dk = (design_supply_c - design_return_c) * q;
    *ret_supply_c = indoor_c + excess_dk + 0.5 * spread_dk;
    *ret_return_c = indoor_c + excess_dk - 0.5 * spread_dk;
}

void emitter_temperatures_log(double load_frac, double design_supply_c, double design_return_c,
                              double indoor_c, double exponent_ratio, double *ret_supply_c,
                              double *ret_return_c) {
    double q = fmin(1.5, fmax(0.0, load_frac));
    double spread_dk = (design_supply_c - design_return_c) * q;
    double design_dk = exchanger_mean_dk(design_supply_c - indoor_c, design_return_c - indoor_c);
    double mean_dk = design_dk * pow(q, 1.0 / exponent_ratio);
    double above_dk = mean_dk; /* of the return, without spread */
    if (spread_dk > 1e-9 && mean_dk > 0.0) {
        above_dk = spread_dk / expm1(spread_dk / mean_dk);
    }
    *ret_return_c = indoor_c + above_dk;
    *ret_supply_c = indoor_c + above_dk + spread_dk;
}

double emitter_load_frac(double supply_c, double return_c, double design_supply_c,
                         double design_return_c, double indoor_c, double exponent_ratio) {
    double mean_dk = exchanger_mean_dk(supply_c - indoor_c, return_c - indoor_c);
    double design_dk = exchanger_mean_dk(design_supply_c - indoor_c, design_return_c - indoor_c);
    return design_dk > 0.0 ? pow(mean_dk / design_dk, exponent_ratio) : 0.0;
}

double emitter_weather_frac(double outdoor_c, double design_outdoor_c, double balance_c) {
    return fmax(0.0, (balance_c - outdoor_c) / (balance_c - design_outdoor_c));
}
