/* q = eta0 G - a1 (T_m - T_a) - a2 (T_m - T_a)^2: ISO 9806, steady state, T_m mean of the fluid. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/collector.h"

#include <math.h>

double collector_heat_kw_m2(double irradiance_kw_m2, double fluid_c, double air_c, double zero_eff,
                            double loss_kw_m2k, double loss2_kw_m2k2_ratio) {
    double excess_dk = fluid_c - air_c;
    return fmax(0.0, zero_eff * irradiance_kw_m2 - loss_kw_m2k * excess_dk -
                         loss2_kw_m2k2_ratio * excess_dk * fabs(excess_dk));
}
