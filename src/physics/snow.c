/* ASHRAE HVAC Applications, Snow Melting and Freeze Protection (after Chapman 1952):
   q = q_s + q_m + A_r (q_h + q_e)
   q_s + q_m = s (c_ice (0 - T_a) + h_if + c_water (T_f - 0)), c_ice 2.1, c_water 4.2 kJ/(kg K), h_if 334 kJ/kg
   q_h = h_c (T_f - T_a) + sigma eps (T_f^4 - T_sky^4), eps 0.9,  h_c = 0.037 (k/L) Re^0.8 Pr^(1/3), turbulent
   q_e = rho h_m (W_f - W_a) h_fg,  h_m = (Pr/Sc)^(2/3) h_c/(rho c_p), Pr 0.7, Sc 0.6
   A_r is the share of the surface that is free of snow. Air at 0 degC: k 2.43e-5 kW/(m K), nu 1.33e-5 m2/s. In still
   air at least 2.5 W/(m2 K) of free convection [assumed]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/snow.h"

#include <math.h>

#include "base/units.h"
#include "physics/air.h"
#include "physics/sky.h"
#include "physics/water.h"

static const double prandtl_ratio = 0.7, schmidt_ratio = 0.6;

double snow_melt_kw_m2(double snow_kg_m2h, double outdoor_c, double surface_c) {
    const double ice_kj_kgk = 2.1, water_kj_kgk = 4.2, melting_kj_kg = 334.0;
    return snow_kg_m2h / UNITS_S_PER_H *
           (ice_kj_kgk * fmax(0.0, -outdoor_c) + melting_kj_kg +
            water_kj_kgk * fmax(0.0, surface_c));
}

static double convection_kw_m2k(double wind_m_s, double length_m) {
    const double air_kw_mk = 2.43e-5, viscosity_m2_s_ratio = 1.33e-5, still_kw_m2k = 0.0025;
    double reynolds_ratio = wind_m_s * length_m / viscosity_m2_s_ratio;
    return fmax(still_kw_m2k,
                0.037 * air_kw_mk / length_m * pow(reynolds_ratio, 0.8) * cbrt(prandtl_ratio));
}

double snow_surface_kw_m2(double surface_c, double outdoor_c, double w_kg_kg, double p_kpa,
                          double wind_m_s, double sky_c, double length_m) {
    const double emissivity_frac = 0.9;
    double transfer_kw_m2k = convection_kw_m2k(wind_m_s, length_m);
    double sensible_kw_m2 = transfer_kw_m2k * (surface_c - outdoor_c) +
                            sky_radiation_kw_m2(surface_c, sky_c, emissivity_frac);
    double lewis_ratio = pow(prandtl_ratio / schmidt_ratio, 2.0 / 3.0);
    double mass_kg_m2s_ratio = lewis_ratio * transfer_kw_m2k / air_heat_kj_kgk(w_kg_kg);
    double wet_kg_kg = air_saturated_humidity_kg_kg(surface_c, p_kpa);
    double latent_kw_m2 = mass_kg_m2s_ratio * fmax(0.0, wet_kg_kg - w_kg_kg) *
                          water_latent_kj_kg(fmax(0.0, surface_c));
    return fmax(0.0, sensible_kw_m2 + latent_kw_m2);
}
