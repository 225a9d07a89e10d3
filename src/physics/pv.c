/* PVWatts v5 (Dobos 2014, NREL/TP-6A20-62641, doi 10.2172/1158421): P_dc = G/1000 (1 + gamma
   (T_cell - 25)) (1 - losses); inverter: eta(z) = eta_nom/eta_ref (-0.0162 z - 0.0059/z + 0.9858),
   z = P_dc/P_dc0, P_dc0 = P_ac0/eta_nom, eta_ref 0.9637, clipped at P_ac0. The formula of low light
   (below 0.125 kW/m2) is left out: 0.1 % of a year. Cover: Snell, Fresnel and Bouguer, n 1.526, 2 mm
   of 4 per m, De Soto, Klein and Beckman 2006, doi 10.1016/j.solener.2005.06.010. Cell: T = T_a + (NOCT - 20) G / 0.8 (u0 + u1)/(u0 + u1 v) (NOCT: 0.8
   kW/m2, 20 degC, 1 m/s); T = T_a + G/(u0 + u1 v), Faiman 2008, doi 10.1002/pip.813. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/pv.h"

#include <math.h>

static double faiman_kw_m2k(double wind_m_s) { return 0.025 + 0.00684 * wind_m_s; }

double pv_cell_c(double outdoor_c, double plane_kw_m2, double nominal_cell_c, double wind_m_s) {
    return outdoor_c + (nominal_cell_c - 20.0) * plane_kw_m2 / 0.8 * faiman_kw_m2k(1.0) /
                           faiman_kw_m2k(wind_m_s);
}

double pv_cell_wind_c(double outdoor_c, double plane_kw_m2, double wind_m_s) {
    return outdoor_c + plane_kw_m2 / faiman_kw_m2k(wind_m_s);
}

static double cover_eff(double angle_rad) {
    const double glass_ratio = 1.526, absorbed_ratio = 4.0 * 0.002;
    double inside_rad = asin(sin(angle_rad) / glass_ratio);
    double across = sin(inside_rad - angle_rad) / sin(inside_rad + angle_rad),
           along = tan(inside_rad - angle_rad) / tan(inside_rad + angle_rad);
    return exp(-absorbed_ratio / cos(inside_rad)) * (1.0 - 0.5 * (across * across + along * along));
}

double pv_cover_ratio(double incidence_ratio) {
    const double nearly_normal_rad = 1e-4; /* where the quotients have lost their digits */
    if (!(incidence_ratio > 0.0)) {
        return 0.0;
    }
    double angle_rad = acos(fmin(1.0, incidence_ratio));
    return cover_eff(fmax(nearly_normal_rad, angle_rad)) / cover_eff(nearly_normal_rad);
}

double pv_dc_frac(double plane_kw_m2, double cell_c, double coefficient_frac_k) {
    return fmax(0.0, plane_kw_m2 * (1.0 + coefficient_frac_k * (cell_c - 25.0)));
}

double pv_inverter_frac(double dc_frac, double inverter_eff, double dc_ac_ratio) {
    if (!(dc_frac > 0.0)) {
        return 0.0;
    }
    double rated_ac_frac = 1.0 / dc_ac_ratio, rated_dc_frac = rated_ac_frac / inverter_eff;
    double z = dc_frac / rated_dc_frac;
    double eta = inverter_eff / 0.9637 * (-0.0162 * z - 0.0059 / z + 0.9858);
    double ac_frac = z < 1.0 ? eta * dc_frac : rated_ac_frac;
    return fmin(rated_ac_frac, fmax(0.0, ac_frac));
}

double pv_output_frac(double plane_kw_m2, double cell_c, double loss_frac,
                      double coefficient_frac_k, double inverter_eff, double dc_ac_ratio) {
    double dc_frac = pv_dc_frac(plane_kw_m2, cell_c, coefficient_frac_k) * (1.0 - loss_frac);
    return pv_inverter_frac(dc_frac, inverter_eff, dc_ac_ratio);
}
