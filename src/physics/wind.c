/* v = v0 (z/z0)^a; v = v0 ln(z/r)/ln(z0/r) (neutral air, lowest 150 m); P/A = rho v^3 / 2.
   Justus and Mikhail 1976, doi 10.1029/GL003i005p00261; IEC 61400-1. Turbine: P/P_r = c_p rho v^3 / (2 p), p = P_r/A,
   the form of NREL's reference turbines in SAM and REopt, whose curves are cubes up to the rating. The exponent 1/7 is
   convention. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/wind.h"

#include <math.h>

double wind_speed_m_s(double speed_m_s, double height_m, double wanted_height_m,
                      double exponent_ratio) {
    return speed_m_s * pow(wanted_height_m / height_m, exponent_ratio);
}

double wind_speed_log_m_s(double speed_m_s, double height_m, double wanted_height_m,
                          double roughness_m) {
    return speed_m_s * log(wanted_height_m / roughness_m) / log(height_m / roughness_m);
}

double wind_exponent_ratio(double low_m_s, double low_height_m, double high_m_s,
                           double high_height_m) {
    return log(high_m_s / low_m_s) / log(high_height_m / low_height_m);
}

double wind_power_kw_m2(double speed_m_s, double density_kg_m3) {
    return 0.5 * density_kg_m3 * speed_m_s * speed_m_s * speed_m_s / 1000.0;
}

double wind_turbine_frac(double speed_m_s, double density_kg_m3, double specific_kw_m2,
                         double power_ratio, double cut_in_m_s, double cut_out_m_s) {
    if (speed_m_s < cut_in_m_s || speed_m_s >= cut_out_m_s) {
        return 0.0;
    }
    return fmin(1.0, power_ratio * wind_power_kw_m2(speed_m_s, density_kg_m3) / specific_kw_m2);
}
