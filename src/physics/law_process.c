/* The laws of industrial processes by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/process.h"

static bool pasteurise(const double *a, double *ret) {
    if (a[1] > a[2]) {
        return false;
    }
    ret[0] = process_pasteurise_kj_kg(a[0], a[1], a[2], a[3]);
    return true;
}

static bool dried(const double *a, double *ret) {
    if (a[0] < a[1]) {
        return false;
    }
    ret[0] = process_dried_kg_kg(a[0], a[1]);
    return true;
}

static const struct law laws[] = {
    {"process_pasteurise_kj_kg", "Heat to pasteurise a kg of liquid", "heat balance",
     LAW_GIVEN({"heat_kj_kgk", 3.93, 1.0, 5.0, NULL}, {"from_c", LAW_REQUIRED, 0.0, 100.0, NULL},
               {"to_c", LAW_REQUIRED, 0.0, 150.0, NULL},
               {"regenerated_frac", 0.9, 0.0, 0.99, NULL}),
     LAW_GIVES("pasteurise_kj_kg"), pasteurise},
    {"process_dried_kg_kg", "Water that leaves a kg of wet goods", "balance of dry matter",
     LAW_GIVEN({"moist_frac", LAW_REQUIRED, 0.0, 0.99, NULL},
               {"dry_frac", LAW_REQUIRED, 0.0, 0.95, NULL}),
     LAW_GIVES("dried_kg_kg"), dried},
};
LAW_TABLE(process);
