/* w = A F (p_w - p_a) (0.089 + 0.0782 V) / Y, p in kPa, Y latent heat in kJ/kg (Carrier 1918, ASHRAE HVAC
   Applications ch. Natatoriums; activity factors Smith et al. 1998). Water 20..35 degC, air 20..35 degC. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/pool.h"

#include <math.h>

#include "physics/air.h"
#include "physics/water.h"

double pool_evaporation_kg_s(double water_m2, double activity_ratio, double water_c, double air_c, double rh_frac,
                             double air_speed_m_s) {
    double drive_kpa = fmax(0.0, air_saturation_kpa(water_c) - rh_frac * air_saturation_kpa(air_c));
    return water_m2 * activity_ratio * drive_kpa * (0.089 + 0.0782 * air_speed_m_s) / water_latent_kj_kg(water_c);
}
