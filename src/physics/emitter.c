/* Q/Q0 = (dT_mean/dT_mean0)^n; constant flow: T_s - T_r = (T_s0 - T_r0) q.
   T_s,r = T_i + ((T_s0 + T_r0)/2 - T_i) q^(1/n) +- (T_s0 - T_r0) q / 2.  n: radiator 1.3, floor 1.1 (EN 442, EN 1264).
   load_frac 0..1.5. Check: 70/55, T_i 20, design -12 degC: 0 degC -> 54.3/44.9. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/emitter.h"

#include <math.h>

void emitter_temperatures(double load_frac, double design_supply_c, double design_return_c, double indoor_c,
                          double exponent_ratio, double *ret_supply_c, double *ret_return_c) {
    double q = fmin(1.5, fmax(0.0, load_frac));
    double excess_dk = (0.5 * (design_supply_c + design_return_c) - indoor_c) * pow(q, 1.0 / exponent_ratio);
    double spread_dk = (design_supply_c - design_return_c) * q;
    *ret_supply_c = indoor_c + excess_dk + 0.5 * spread_dk;
    *ret_return_c = indoor_c + excess_dk - 0.5 * spread_dk;
}
