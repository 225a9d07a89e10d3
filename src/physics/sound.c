/* Sound of plant at a distance, A-weighted and without a spectrum:

       L(d) = Lw - 20 log10(d / 1 m) - 8 - a d - barrier       hemisphere, d >= 1 m
       n equal sources: Lw + 10 log10 n

   Source: ISO 9613-2, divergence over a half space; the 8 dB are 10 log10(2 pi). What the ground, the wind and tones
   do is not in it: for screening, not for a permit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/sound.h"

#include <math.h>

static const double half_space_db = 7.9817986835811505; /* 10 log10(2 pi) */

double sound_sources_db(double one_db, double sources_count) {
    return one_db + 10.0 * log10(sources_count);
}

double sound_level_db(double power_db, double distance_m, double air_db_m, double barrier_db) {
    return power_db - 20.0 * log10(distance_m) - half_space_db - air_db_m * distance_m - barrier_db;
}

double sound_reach_m(double power_db, double level_db, double barrier_db) {
    return pow(10.0, (power_db - half_space_db - barrier_db - level_db) / 20.0);
}
