/* COP_heating = T_H / (T_H - T_C), COP_cooling = T_C / (T_H - T_C), eta = 1 - T_C / T_H; log mean
   Tm = (T_a - T_b) / ln(T_a / T_b); Lorenz COP = Tm_H / (Tm_H - Tm_C); T in K. Infinite where there
   is no lift. Carnot 1824; Lorenz 1894, Z. VDI 38. */
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

double carnot_engine_eff(double t_hot_c, double t_cold_c) {
    return (t_hot_c - t_cold_c) / units_k_from_c(t_hot_c);
}

double carnot_mean_k(double t_a_c, double t_b_c) {
    double t_a_k = units_k_from_c(t_a_c), t_b_k = units_k_from_c(t_b_c);
    if (fabs(t_a_k - t_b_k) < 1e-9) {
        return t_a_k;
    }
    return (t_a_k - t_b_k) /
           log1p((t_a_k - t_b_k) / t_b_k); /* keeps its digits when they are near */
}

double carnot_lorenz_ratio(double sink_out_c, double sink_in_c, double source_in_c,
                           double source_out_c) {
    double sink_k = carnot_mean_k(sink_out_c, sink_in_c),
           source_k = carnot_mean_k(source_in_c, source_out_c);
    return sink_k > source_k ? sink_k / (sink_k - source_k) : HUGE_VAL;
}
