/* q = (U r (1 - s) + 0.33 Wh/(m3 K) n h)(T_in - T_out) - g G,  r cover over floor, n air changes, h mean height
   (the steady balance of ASABE EP406; heat notes section 9). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/greenhouse.h"

#include <math.h>

double greenhouse_heat_kw_m2(double cover_ratio, double cover_kw_m2k, double saved_frac,
                             double air_changes_per_h, double height_m, double inside_c,
                             double outdoor_c, double sun_kw_m2, double gain_frac) {
    const double air_kwh_m3k_ratio = 0.33e-3; /* 1.2 kg/m3 of 1.006 kJ/(kg K) */
    double loss_kw_m2k = cover_ratio * cover_kw_m2k * (1.0 - saved_frac) +
                         air_kwh_m3k_ratio * air_changes_per_h * height_m;
    return fmax(0.0, loss_kw_m2k * (inside_c - outdoor_c) - gain_frac * sun_kw_m2);
}
