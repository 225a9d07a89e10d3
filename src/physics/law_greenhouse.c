/* The law of greenhouses by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/greenhouse.h"
#include "physics/law_table.h"

static bool heat(const double *a, double *ret) {
    ret[0] = greenhouse_heat_kw_m2(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8]);
    return true;
}

static const struct law laws[] = {
    {"greenhouse_heat_kw_m2", "Heat of a greenhouse per m2 of floor",
     "ASABE EP406; heat notes section 9",
     LAW_GIVEN({"cover_ratio", 1.3, 1.0, 3.0, NULL}, {"cover_kw_m2k", 0.0064, 0.001, 0.01, NULL},
               {"saved_frac", 0.0, 0.0, 0.8, NULL}, {"air_changes_per_h", 0.75, 0.0, 60.0, NULL},
               {"height_m", 4.0, 1.0, 12.0, NULL}, {"inside_c", LAW_REQUIRED, 0.0, 40.0, NULL},
               {"outdoor_c", LAW_REQUIRED, -50.0, 50.0, NULL}, {"sun_kw_m2", 0.0, 0.0, 1.3, NULL},
               {"gain_frac", 0.5, 0.0, 1.0, NULL}),
     LAW_GIVES("heat_kw_m2"), heat},
};
LAW_TABLE(greenhouse);
