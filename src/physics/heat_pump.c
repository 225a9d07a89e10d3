/* Heat-pump laws; T in K, differences in K.
   Jensen/Pieper: COP = COP_L (1 + (D_rs + D_pp)/Tm_H) / (1 + (D_rs + D_rc + 2 D_pp)/(Tm_H - Tm_C))
           eta (1 - w) + 1 - eta
     COP_L = Tm_H/(Tm_H - Tm_C); D_rc = (T_C,i - T_C,o)/2; X = T_H,o - T_C,o + 2 D_pp;
     D_rs = a1 X + b1 (T_H,o - T_H,i) + c1; w = a2 X + b2 (T_H,o - T_H,i) + c2; no casing loss. Written out, Tm_H - Tm_C cancels, so that nothing
     diverges where the mean temperatures meet.
     Jensen et al. 2018, doi 10.18462/iir.gl.2018.1386; Pieper et al. 2020,
     doi 10.1016/j.energy.2020.117994; coefficients as in PyPSA-Eur.
   Jesper: COP = 1.4480e12 (dT + 2*88.730)^-4.9460, and for sinks of 100..160 degC
     COP = 1.9118 (dT + 2*0.044189)^-0.89094 (T_H,o + 0.044189)^0.67895
     Jesper et al. 2021, doi 10.1016/j.rser.2020.110646; coefficients as in pyheatpump.
   Quality grade: COP = zeta T_H,o/(T_H,o - T_C,i). Lorenz: COP = share COP_L.
   Staffell et al. 2012, doi 10.1039/c2ee22653g: air 6.81 - 0.121 dT + 0.000630 dT^2, ground 8.77 -
     0.150 dT + 0.000734 dT^2, lift 15..60 K.
   When2Heat, Ruhnau et al. 2019, doi 10.1038/s41597-019-0199-y, with the digits of the authors'
     own table (the article rounds the curvature, which is 6 % of the COP at 60 K of air, 20 % of
     ground): air 6.08 - 0.0941 dT + 0.000464 dT^2, ground 10.29 - 0.2084 dT + 0.001322 dT^2, water
     9.99 - 0.2049 dT + 0.001249 dT^2, dT >= 15 K, all times 0.85.
   Icing: oemof-thermal.
   Part load: EN 14825, COP_pl = COP PLR/(Cc PLR + 1 - Cc) [recalled, unverified].
   Size classes: fitted to the excess-heat machines of the Danish catalogue of 2020 (4.0 at 1 MW, 4.5
     at 3 MW, 25-15 to 35-70 degC). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/heat_pump.h"

#include <math.h>

#include "base/units.h"
#include "physics/carnot.h"

const double heat_pump_lift_min_dk = 10.0;
static const double cop_max = 10.0;

const struct heat_pump_fluid heat_pump_ammonia = {0.2, 0.2, 0.016, 0.0014, -0.0015, 0.039};
const struct heat_pump_fluid heat_pump_isobutane = {-0.0011, 0.3, 2.4, 0.0035, -0.0033, 0.053};

static bool accept(double cop, double *ret_cop) {
    if (!(cop >= 1.0)) {
        return false;
    }
    *ret_cop = fmin(cop, cop_max);
    return true;
}

bool heat_pump_cop_jensen(double sink_out_c, double sink_in_c, double source_in_c,
                          double source_out_c, double pinch_dk, double eta_is_frac,
                          const struct heat_pump_fluid *fluid, double *ret_cop) {
    if (sink_out_c - source_in_c < heat_pump_lift_min_dk) {
        return false;
    }
    double sink_k = carnot_mean_k(sink_out_c, sink_in_c),
           source_k = carnot_mean_k(source_in_c, source_out_c);
    double x_dk = sink_out_c - source_out_c + 2.0 * pinch_dk, glide_dk = sink_out_c - sink_in_c;
    double sink_rise_dk = fluid->a1_ratio * x_dk + fluid->b1_ratio * glide_dk + fluid->c1_dk;
    double source_rise_dk = 0.5 * (source_in_c - source_out_c);
    double work_frac = fluid->a2_ratio * x_dk + fluid->b2_ratio * glide_dk + fluid->c2_ratio;
    double between_dk = sink_k - source_k + sink_rise_dk + source_rise_dk + 2.0 * pinch_dk;
    if (between_dk <= 0.0) { /* condenser below evaporator */
        return false;
    }
    double cop = (sink_k + sink_rise_dk + pinch_dk) / between_dk * eta_is_frac * (1.0 - work_frac) +
                 1.0 - eta_is_frac;
    return accept(cop, ret_cop);
}

bool heat_pump_cop_jesper(double sink_out_c, double source_in_c, double *ret_cop) {
    double lift_dk = sink_out_c - source_in_c;
    if (lift_dk < heat_pump_lift_min_dk || lift_dk > 78.0 || sink_out_c > 100.0 ||
        source_in_c < -10.0 || source_in_c > 60.0) {
        return false;
    }
    return accept(1.4480e12 * pow(lift_dk + 2.0 * 88.730, -4.9460), ret_cop);
}

bool heat_pump_cop_jesper_hot(double sink_out_c, double source_in_c, double *ret_cop) {
    double lift_dk = sink_out_c - source_in_c, shift_dk = 0.044189;
    if (lift_dk < 25.0 || lift_dk > 95.0 || sink_out_c < 100.0 || sink_out_c > 160.0 ||
        source_in_c < 25.0 || source_in_c > 110.0) {
        return false;
    }
    double cop = 1.9118 * pow(lift_dk + 2.0 * shift_dk, -0.89094) *
                 pow(units_k_from_c(sink_out_c) + shift_dk, 0.67895);
    return accept(cop, ret_cop);
}

bool heat_pump_cop_quality(double sink_out_c, double source_in_c, double quality_frac,
                           double *ret_cop) {
    if (sink_out_c - source_in_c < heat_pump_lift_min_dk) {
        return false;
    }
    return accept(quality_frac * carnot_heating_ratio(sink_out_c, source_in_c), ret_cop);
}

bool heat_pump_cop_lorenz(double sink_out_c, double sink_in_c, double source_in_c,
                          double source_out_c, double lorenz_frac, double *ret_cop) {
    double between_dk =
        carnot_mean_k(sink_out_c, sink_in_c) - carnot_mean_k(source_in_c, source_out_c);
    if (sink_out_c - source_in_c < heat_pump_lift_min_dk || between_dk < heat_pump_lift_min_dk) {
        return false;
    }
    return accept(lorenz_frac *
                      carnot_lorenz_ratio(sink_out_c, sink_in_c, source_in_c, source_out_c),
                  ret_cop);
}

static double parabola_cop(double constant_cop, double slope, double curve_value, double lift_dk) {
    return constant_cop + lift_dk * (slope + curve_value * lift_dk);
}

double heat_pump_air_domestic_cop(double sink_out_c, double outdoor_c) {
    return parabola_cop(6.81, -0.121, 0.000630, fmin(60.0, fmax(15.0, sink_out_c - outdoor_c)));
}

double heat_pump_ground_domestic_cop(double sink_out_c, double source_c) {
    return parabola_cop(8.77, -0.150, 0.000734, fmin(60.0, fmax(15.0, sink_out_c - source_c)));
}

double heat_pump_when2heat_cop(enum heat_pump_source source, double sink_out_c, double source_c) {
    static const double fit[HEAT_PUMP_SOURCES][3] = {
        [HEAT_PUMP_AIR] = {6.08, -0.0941, 0.000464},
        [HEAT_PUMP_GROUND] = {10.29, -0.2084, 0.001322},
        [HEAT_PUMP_WATER] = {9.99, -0.2049, 0.001249},
    };
    const double field_ratio = 0.85;
    double lift_dk = fmin(80.0, fmax(15.0, sink_out_c - source_c));
    return field_ratio * parabola_cop(fit[source][0], fit[source][1], fit[source][2], lift_dk);
}

/* Q = P1 + P2 + Q0, Q = COP2 P2, Q - P2 = COP1 P1 */
double heat_pump_cascade_cop(double lower_cop, double upper_cop) {
    return lower_cop * upper_cop / (lower_cop + upper_cop - 1.0);
}

double heat_pump_series_cop(double one_cop, double other_cop) {
    return 2.0 * one_cop * other_cop / (one_cop + other_cop);
}

double heat_pump_icing_ratio(double source_c, double icing_c, double icing_ratio) {
    return source_c < icing_c ? icing_ratio : 1.0;
}

double heat_pump_part_load_ratio(double load_frac, double degradation_ratio) {
    return load_frac / (degradation_ratio * load_frac + 1.0 - degradation_ratio);
}

void heat_pump_size(double heat_kw, double *ret_pinch_dk, double *ret_eta_is_frac) {
    double share = (log(fmax(heat_kw, 1.0)) - log(1000.0)) / (log(3000.0) - log(1000.0));
    share = fmin(1.0, fmax(0.0, share));
    *ret_pinch_dk = 5.0 - 2.0 * share;
    *ret_eta_is_frac = 0.80 + 0.05 * share;
}
