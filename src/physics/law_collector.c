/* The law of solar-thermal collectors by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/collector.h"
#include "physics/law_table.h"

static bool heat(const double *a, double *ret) {
    ret[0] = collector_heat_kw_m2(a[0], a[1], a[2], a[3], a[4], a[5]);
    return true;
}

static const struct law laws[] = {
    {"collector_heat_kw_m2", "Useful heat of a collector", "ISO 9806",
     LAW_GIVEN({"irradiance_kw_m2", LAW_REQUIRED, 0.0, 1.4, NULL},
               {"fluid_c", LAW_REQUIRED, 0.0, 150.0, NULL},
               {"air_c", LAW_REQUIRED, -40.0, 50.0, NULL}, {"zero_eff", 0.817, 0.3, 0.95, NULL},
               {"loss_kw_m2k", 0.002205, 0.0, 0.01, NULL},
               {"loss2_kw_m2k2_ratio", 0.0000135, 0.0, 0.0001, NULL}),
     LAW_GIVES("heat_kw_m2"), heat},
};
LAW_TABLE(collector);
