/* Pasteurising: q = c (T_to - T_from)(1 - eta), eta of the regenerator.
   Drying: water out of 1 kg of wet goods (x1 - x2)/(1 - x2), by the balance of dry matter; heat 1.0 to 1.4 kWh per kg
   of water, of which 0.68 are its latent heat [heat notes section 9, recalled]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/process.h"

double process_pasteurise_kj_kg(double heat_kj_kgk, double from_c, double to_c,
                                double regenerated_frac) {
    return heat_kj_kgk * (to_c - from_c) * (1.0 - regenerated_frac);
}

double process_dried_kg_kg(double moist_frac, double dry_frac) {
    return (moist_frac - dry_frac) / (1.0 - dry_frac);
}
