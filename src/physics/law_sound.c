/* The laws of sound by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/sound.h"

static const char iso[] = "ISO 9613-2, hemispherical divergence";

static bool level(const double *a, double *ret) {
    ret[0] = sound_level_db(sound_sources_db(a[0], a[1]), a[2], a[3], a[4]);
    return true;
}

static bool reach(const double *a, double *ret) {
    ret[0] = sound_reach_m(sound_sources_db(a[0], a[1]), a[2], a[3]);
    return ret[0] >= 1.0; /* nearer than a metre nothing is a point */
}

static const struct law laws[] = {
    {"sound_level_db", "A-weighted level of equal sources at a distance", iso,
     LAW_GIVEN({"power_db", LAW_REQUIRED, 0.0, 200.0, NULL}, {"sources_count", 1.0, 1.0, 1e5, NULL},
               {"distance_m", LAW_REQUIRED, 1.0, 1e4, NULL}, {"air_db_m", 0.0, 0.0, 0.1, NULL},
               {"barrier_db", 0.0, 0.0, 30.0, NULL}),
     LAW_GIVES("level_db"), level},
    {"sound_reach_m", "How far a level of equal sources reaches, without air", iso,
     LAW_GIVEN({"power_db", LAW_REQUIRED, 0.0, 200.0, NULL}, {"sources_count", 1.0, 1.0, 1e5, NULL},
               {"level_db", LAW_REQUIRED, 0.0, 140.0, NULL}, {"barrier_db", 0.0, 0.0, 30.0, NULL}),
     LAW_GIVES("reach_m"), reach},
};
LAW_TABLE(sound);
