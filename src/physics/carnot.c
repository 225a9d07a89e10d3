/* COP_heating = T_H / (T_H - T_C), COP_cooling = T_C / (T_H - T_C); log mean T = (T_a - T_b) / ln(T_a / T_b); T in K.
   Needs t_sink > t_source; equal temperatures give infinity. Carnot 1824; Lorenz 1894. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/carnot.h"

#include <math.h>

#include "base/units.h"

double carnot_heating_ratio(double t_sink_c, double t_source_c) {
    double lift_dk = t_sink_c - t_source_c;
    return lift_dk > 0.0 ? units_k_from_c(t_sink_c) / lift_dk : HUGE_VAL;
}

double carnot_cooling_ratio(double t_sink_c, double t_source_c) {
    double lift_dk = t_sink_c - t_source_c;
    return lift_dk > 0.0 ? units_k_from_c(t_source_c) / lift_dk : HUGE_VAL;
}

double carnot_mean_k(double t_a_c, double t_b_c) {
    double t_a_k = units_k_from_c(t_a_c), t_b_k = units_k_from_c(t_b_c);
    if (fabs(t_a_k - t_b_k) < 1e-9) {
        return t_a_k;
    }
    return (t_a_k - t_b_k) / log(t_a_k / t_b_k);
}
