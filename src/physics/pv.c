/* PVWatts v5 (Dobos 2014, NREL/TP-6A20-62641, doi 10.2172/1158421): P_dc = G/1000 (1 + gamma
   (T_cell - 25)) (1 - losses); inverter: eta(z) = eta_nom/eta_ref (-0.0162 z - 0.0059/z + 0.9858),
   z = P_dc/P_dc0, P_dc0 = P_ac0/eta_nom, eta_ref 0.9637, clipped at P_ac0. The formula of low light
   (below 0.125 kW/m2) is left out: 0.1 % of a year. Cell: T = T_a + (NOCT - 20) G / 0.8 (NOCT: 0.8
   kW/m2, 20 degC, 1 m/s); T = T_a + G/(u0 + u1 v), Faiman 2008, doi 10.1002/pip.813. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/pv.h"

#include <math.h>

double pv_cell_c(double outdoor_c, double plane_kw_m2, double nominal_cell_c) {
    return outdoor_c + (nominal_cell_c - 20.0) * plane_kw_m2 / 0.8;
}

double pv_cell_wind_c(double outdoor_c, double plane_kw_m2, double wind_m_s) {
    return outdoor_c + plane_kw_m2 / (0.025 + 0.00684 * wind_m_s);
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
