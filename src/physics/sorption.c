/* Kuehn and Ziegler 2005, as in oemof-thermal: dd = T_G - a T_AC + e T_E, cold = s_E dd + r_E, heat = s_G dd + r_G;
   mean temperatures of driving, re-cooling and chilled water. The machine of the TU Berlin: a 2.5, e 1.8, s_E 0.42,
   r_E 0.9, s_G 0.51, r_G 2. (The prose of oemof-thermal's example has a 10, a misprint.)
   Adsorption: COP .4 at 55 to .6 at 85 degC, half the power at 60 of that at 85 degC [heat notes section 9, recalled,
   unverified], linear between. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/sorption.h"

#include <math.h>

bool sorption_absorption_kw(double driving_c, double recooling_c, double cold_c,
                            double *ret_cold_kw, double *ret_heat_kw) {
    double drive_dk = driving_c - 2.5 * recooling_c + 1.8 * cold_c;
    double cold_kw = 0.42 * drive_dk + 0.9, heat_kw = 0.51 * drive_dk + 2.0;
    if (cold_kw <= 0.0 || heat_kw <= cold_kw) {
        return false;
    }
    *ret_cold_kw = cold_kw;
    *ret_heat_kw = heat_kw;
    return true;
}

bool sorption_adsorption(double driving_c, double recooling_c, double *ret_power_frac,
                         double *ret_cop) {
    if (driving_c < 55.0 || driving_c - recooling_c < 20.0) {
        return false;
    }
    *ret_power_frac = fmin(1.0, 0.5 + 0.5 * (driving_c - 60.0) / 25.0);
    *ret_cop = fmin(0.6, 0.4 + 0.2 * (driving_c - 55.0) / 30.0);
    return true;
}
