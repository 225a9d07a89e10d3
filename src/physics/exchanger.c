/* NTU = UA/C_min, C = C_min/C_max, eps = (1 - e^(-NTU(1-C)))/(1 - C e^(-NTU(1-C))), C = 1:
   NTU/(1+NTU); Q = eps C_min (T_h,i - T_c,i). LMTD = (d1 - d2)/ln(d1/d2), Q = UA LMTD.
   Off design: UA/UA0 = 1/(w m_h^-0.8 + (1-w) m_c^-0.8), turbulent on both sides [recalled,
   unverified]. Kays and London 1984; VDI Heat Atlas 2010 ch. C1, doi 10.1007/978-3-540-77877-6. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/exchanger.h"

#include <math.h>

double exchanger_effectiveness_frac(double ntu_ratio, double flow_ratio) {
    double rest = 1.0 - flow_ratio;
    if (rest < 1e-7) { /* the limit; beyond it the quotient loses its digits */
        return ntu_ratio / (1.0 + ntu_ratio);
    }
    double lost = -expm1(-ntu_ratio * rest); /* 1 - e */
    return lost / (rest + flow_ratio * lost);
}

double exchanger_mean_dk(double end_a_dk, double end_b_dk) {
    if (!(end_a_dk > 0.0 && end_b_dk > 0.0)) {
        return 0.0;
    }
    double ratio = end_a_dk / end_b_dk;
    if (fabs(ratio - 1.0) < 1e-6) {
        return 0.5 * (end_a_dk + end_b_dk);
    }
    return (end_a_dk - end_b_dk) / log(ratio);
}

bool exchanger_counterflow(double hot_in_c, double hot_kw_k, double cold_in_c, double cold_kw_k,
                           double area_kw_k, double *ret_heat_kw, double *ret_hot_out_c,
                           double *ret_cold_out_c) {
    if (!(hot_in_c > cold_in_c && hot_kw_k > 0.0 && cold_kw_k > 0.0 && area_kw_k >= 0.0)) {
        return false;
    }
    double low_kw_k = fmin(hot_kw_k, cold_kw_k), high_kw_k = fmax(hot_kw_k, cold_kw_k);
    double share_frac = exchanger_effectiveness_frac(area_kw_k / low_kw_k, low_kw_k / high_kw_k);
    double heat_kw = share_frac * low_kw_k * (hot_in_c - cold_in_c);
    *ret_heat_kw = heat_kw;
    *ret_hot_out_c = hot_in_c - heat_kw / hot_kw_k;
    *ret_cold_out_c = cold_in_c + heat_kw / cold_kw_k;
    return true;
}

/* The outlet is bracketed by the cold inlet (least flow) and the hot inlet (endless flow); UA LMTD
   rises with it. */
bool exchanger_hot_flow(double heat_kw, double hot_in_c, double cold_in_c, double cold_out_c,
                        double area_kw_k, double *ret_hot_kw_k, double *ret_hot_out_c) {
    double hot_end_dk = hot_in_c - cold_out_c;
    if (!(heat_kw > 0.0 && cold_out_c > cold_in_c && hot_end_dk > 0.0)) {
        return false;
    }
    if (area_kw_k * exchanger_mean_dk(hot_end_dk, hot_in_c - cold_in_c) <= heat_kw) {
        return false;
    }
    double low_c = cold_in_c, high_c = hot_in_c;
    for (int n = 0; n < 200 && high_c - low_c > 1e-12 * (1.0 + fabs(high_c)); n++) {
        double middle_c = 0.5 * (low_c + high_c);
        if (area_kw_k * exchanger_mean_dk(hot_end_dk, middle_c - cold_in_c) > heat_kw) {
            high_c = middle_c;
        } else {
            low_c = middle_c;
        }
    }
    double out_c = 0.5 * (low_c + high_c);
    if (!(hot_in_c - out_c > 0.0)) {
        return false;
    }
    *ret_hot_out_c = out_c;
    *ret_hot_kw_k = heat_kw / (hot_in_c - out_c);
    return true;
}

double exchanger_preheat_frac(double hot_c, double outlet_c, double inlet_c, double approach_dk) {
    double reached_c = hot_c - approach_dk;
    if (reached_c >= outlet_c) {
        return 1.0;
    }
    /* reached is below the outlet: where that is no warmer than the inlet, below both */
    return reached_c > inlet_c ? (reached_c - inlet_c) / (outlet_c - inlet_c) : 0.0;
}

double exchanger_area_ratio(double hot_flow_frac, double cold_flow_frac, double hot_weight_frac) {
    if (!(hot_flow_frac > 0.0 && cold_flow_frac > 0.0)) {
        return 0.0;
    }
    return 1.0 / (hot_weight_frac * pow(hot_flow_frac, -0.8) +
                  (1.0 - hot_weight_frac) * pow(cold_flow_frac, -0.8));
}
