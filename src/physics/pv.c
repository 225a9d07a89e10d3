/* PVWatts v5 (Dobos 2014, NREL/TP-6A20-62641): P_dc = G/1000 (1 + gamma (T_cell - 25)) (1 - losses);
   inverter: eta(z) = eta_nom/eta_ref (-0.0162 z - 0.0059/z + 0.9858), eta_ref 0.9637, clipped at P_dc0 / ratio.
   Cell: T = T_a + (NOCT - 20) G / 0.8. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/pv.h"

#include <math.h>

double pv_cell_c(double outdoor_c, double plane_kw_m2, double nominal_cell_c) {
    return outdoor_c + (nominal_cell_c - 20.0) * plane_kw_m2 / 0.8;
}

double pv_output_frac(double plane_kw_m2, double cell_c, double loss_frac, double coefficient_frac_k,
                      double inverter_eff, double dc_ac_ratio) {
    double dc_frac = plane_kw_m2 * (1.0 + coefficient_frac_k * (cell_c - 25.0)) * (1.0 - loss_frac);
    if (!(dc_frac > 0.0)) {
        return 0.0;
    }
    double rated_ac_frac = 1.0 / dc_ac_ratio, rated_dc_frac = rated_ac_frac / inverter_eff;
    double z = dc_frac / rated_dc_frac;
    double eta = inverter_eff / 0.9637 * (-0.0162 * z - 0.0059 / z + 0.9858);
    double ac_frac = z < 1.0 ? eta * dc_frac : rated_ac_frac;
    return fmin(rated_ac_frac, fmax(0.0, ac_frac));
}
