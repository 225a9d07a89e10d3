/* T_sky = 0.0552 T_air^1.5, in K: Swinbank 1963, Q. J. R. Meteorol. Soc. 89:339, clear nights.
   q = emissivity sigma (T_surface^4 - T_sky^4), sigma 5.670374e-11 kW/(m2 K4) (CODATA 2018). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/sky.h"

#include <math.h>

#include "base/units.h"

double sky_clear_c(double air_c) {
    double air_k = air_c + UNITS_ZERO_C_IN_K;
    return 0.0552 * air_k * sqrt(air_k) - UNITS_ZERO_C_IN_K;
}

static double fourth_ratio(double t_k) { return t_k * t_k * t_k * t_k; }

double sky_radiation_kw_m2(double surface_c, double sky_c, double emissivity_frac) {
    const double sigma_kw_m2k4_ratio = 5.670374e-11;
    return emissivity_frac * sigma_kw_m2k4_ratio *
           (fourth_ratio(surface_c + UNITS_ZERO_C_IN_K) - fourth_ratio(sky_c + UNITS_ZERO_C_IN_K));
}
