/* w = A F (p_w - p_a) (0.089 + 0.0782 V) / Y, p in kPa, Y latent heat in kJ/kg (Carrier 1918,
   ASHRAE HVAC Applications ch. Natatoriums; activity factors Smith, Löf and Jones 1998, ASHRAE
   Trans. 104(1)). Water and air 15..40 degC, air at rest to 1 m/s.
   Convection: Q_c / Q_evaporation = 0.0613 kPa/K (T_w - T_a)/(p_w - p_a) p/101.325 (Bowen 1926,
   doi 10.1103/PhysRev.27.779), on the still surface, F = 1; which is 5.5 W/(m2 K) in still air.
   Outdoors: the same, by wind and the air's own humidity; radiation eps sigma (T_w^4 - T_sky^4), eps 0.95, Swinbank's
   clear sky (physics/sky.h), which is the upper end; the water takes up 0.85 of the sun [assumed]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/pool.h"

#include <math.h>

#include "physics/air.h"
#include "physics/sky.h"
#include "physics/water.h"

static double transfer_kw_m2kpa(double air_speed_m_s) { return 0.089 + 0.0782 * air_speed_m_s; }

double pool_evaporation_kg_s(double water_m2, double activity_ratio, double water_c, double air_c,
                             double rh_frac, double air_speed_m_s) {
    double drive_kpa = fmax(0.0, air_saturation_kpa(water_c) - rh_frac * air_saturation_kpa(air_c));
    return water_m2 * activity_ratio * drive_kpa * transfer_kw_m2kpa(air_speed_m_s) /
           water_latent_kj_kg(water_c);
}

double pool_convection_kw(double water_m2, double water_c, double air_c, double air_speed_m_s,
                          double p_kpa) {
    return water_m2 * transfer_kw_m2kpa(air_speed_m_s) * 0.0613 * (p_kpa / 101.325) *
           (water_c - air_c);
}

double pool_refill_kw(double refill_kg_s, double water_c, double mains_c) {
    return refill_kg_s * water_heat_kj_kgk(0.5 * (water_c + mains_c)) * (water_c - mains_c);
}

double pool_outdoor_kw_m2(const struct pool_weather *weather, double water_c,
                          double activity_ratio) {
    const double emissivity_frac = 0.95, absorbed_frac = 0.85;
    double rh_frac = fmin(
        1.0, air_relative_humidity_frac(weather->air_c, weather->humidity_kg_kg, weather->p_kpa));
    double evaporation_kw_m2 = pool_evaporation_kg_s(1.0, activity_ratio, water_c, weather->air_c,
                                                     rh_frac, weather->wind_m_s) *
                               water_latent_kj_kg(water_c);
    return evaporation_kw_m2 +
           pool_convection_kw(1.0, water_c, weather->air_c, weather->wind_m_s, weather->p_kpa) +
           sky_radiation_kw_m2(water_c, sky_clear_c(weather->air_c), emissivity_frac) -
           absorbed_frac * weather->global_kw_m2;
}
