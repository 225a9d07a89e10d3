/* Heat-pump laws.
   Jensen/Pieper: COP = COP_L (1 + (D_rs + D_pp)/Tm_H) / (1 + (D_rs + D_rc + 2 D_pp)/(Tm_H - Tm_C)) eta (1 - w) + 1 - eta
     COP_L = Tm_H/(Tm_H - Tm_C); D_rc = (T_C,i - T_C,o)/2; X = T_H,o - T_C,o + 2 D_pp;
     D_rs = a1 X + b1 (T_H,o - T_H,i) + c1; w = a2 X + b2 (T_H,o - T_H,i) + c2
     (Jensen et al. 2018; Pieper et al. 2020; as used by PyPSA-Eur [read])
   Jesper 2021: COP = 1.4480e12 (dT + 2*88.730)^-4.9460, sink <= 100 degC, lift 10..78 K (as in pyheatpump [read])
   Staffell 2012: COP = 6.81 - 0.121 dT + 0.000630 dT^2, lift 15..60 K [read PyPSA] */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/heat_pump.h"

#include <math.h>

#include "physics/carnot.h"

static const double lift_min_dk = 10.0, cop_max = 10.0;

const struct heat_pump_fluid heat_pump_ammonia = {0.2, 0.2, 0.016, 0.0014, -0.0015, 0.039};
const struct heat_pump_fluid heat_pump_isobutane = {-0.0011, 0.3, 2.4, 0.0035, -0.0033, 0.053};

static bool accept(double cop, double *ret_cop) {
    if (!(cop >= 1.0)) {
        return false;
    }
    *ret_cop = fmin(cop, cop_max);
    return true;
}

bool heat_pump_cop_jensen(double sink_out_c, double sink_in_c, double source_in_c, double source_out_c,
                          double pinch_dk, double eta_is_frac, const struct heat_pump_fluid *fluid, double *ret_cop) {
    if (sink_out_c - source_in_c < lift_min_dk) {
        return false;
    }
    double sink_k = carnot_mean_k(sink_out_c, sink_in_c), source_k = carnot_mean_k(source_in_c, source_out_c);
    double between_dk = sink_k - source_k;
    if (between_dk < 1.0) {
        return false;
    }
    double x_dk = sink_out_c - source_out_c + 2.0 * pinch_dk, glide_dk = sink_out_c - sink_in_c;
    double sink_rise_dk = fluid->a1_ratio * x_dk + fluid->b1_ratio * glide_dk + fluid->c1_dk;
    double source_rise_dk = 0.5 * (source_in_c - source_out_c);
    double work_frac = fluid->a2_ratio * x_dk + fluid->b2_ratio * glide_dk + fluid->c2_ratio;
    double cop = sink_k / between_dk * (1.0 + (sink_rise_dk + pinch_dk) / sink_k) /
                     (1.0 + (sink_rise_dk + source_rise_dk + 2.0 * pinch_dk) / between_dk) * eta_is_frac *
                     (1.0 - work_frac) +
                 1.0 - eta_is_frac;
    return accept(cop, ret_cop);
}

bool heat_pump_cop_jesper(double sink_out_c, double source_in_c, double *ret_cop) {
    double lift_dk = sink_out_c - source_in_c;
    if (lift_dk < lift_min_dk || lift_dk > 78.0 || sink_out_c > 100.0) {
        return false;
    }
    return accept(1.4480e12 * pow(lift_dk + 2.0 * 88.730, -4.9460), ret_cop);
}

bool heat_pump_cop_quality(double sink_out_c, double source_in_c, double quality_frac, double *ret_cop) {
    if (sink_out_c - source_in_c < lift_min_dk) {
        return false;
    }
    return accept(quality_frac * carnot_heating_ratio(sink_out_c, source_in_c), ret_cop);
}

double heat_pump_cop_air_domestic(double sink_out_c, double outdoor_c) {
    double lift_dk = fmin(60.0, fmax(15.0, sink_out_c - outdoor_c));
    return 6.81 - 0.121 * lift_dk + 0.000630 * lift_dk * lift_dk;
}

void heat_pump_size(double heat_kw, double *ret_pinch_dk, double *ret_eta_is_frac) {
    double share = (log(fmax(heat_kw, 1.0)) - log(1000.0)) / (log(3000.0) - log(1000.0));
    share = fmin(1.0, fmax(0.0, share));
    *ret_pinch_dk = 5.0 - 2.0 * share;
    *ret_eta_is_frac = 0.80 + 0.05 * share;
}
