/* The laws of organic Rankine cycles by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/orc.h"

static bool gross(const double *a, double *ret) {
    if (a[0] < a[1]) {
        return false;
    }
    ret[0] = orc_gross_eff(a[0], a[1], a[2]);
    return true;
}

static bool behind(const double *a, double *ret) {
    if (a[1] <= a[0] || a[1] <= a[2]) {
        return false;
    }
    ret[0] = orc_behind_heat_pump_ratio(a[0], a[1], a[2], a[3], a[4]);
    return true;
}

static const struct law laws[] = {
    {"orc_gross_eff", "Gross electricity of an organic Rankine cycle per heat",
     "Araya et al. 2020; share of Carnot",
     LAW_GIVEN({"hot_c", LAW_REQUIRED, 0.0, 250.0, NULL},
               {"coolant_c", LAW_REQUIRED, -40.0, 60.0, NULL},
               {"quality_frac", 0.27, 0.05, 0.7, NULL}),
     LAW_GIVES("gross_eff"), gross},
    {"orc_behind_heat_pump_ratio", "Electricity out over in of a heat pump and an engine behind it",
     "Carnot; heat notes section 9",
     LAW_GIVEN({"source_c", LAW_REQUIRED, -20.0, 150.0, NULL},
               {"hot_c", LAW_REQUIRED, 0.0, 250.0, NULL},
               {"coolant_c", LAW_REQUIRED, -40.0, 60.0, NULL},
               {"heat_pump_frac", 0.55, 0.05, 1.0, NULL}, {"engine_frac", 0.45, 0.05, 1.0, NULL}),
     LAW_GIVES("power_ratio"), behind},
};
LAW_TABLE(orc);
