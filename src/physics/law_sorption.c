/* The laws of sorption chillers by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/sorption.h"

static bool absorption(const double *a, double *ret) {
    return sorption_absorption_kw(a[0], a[1], a[2], &ret[0], &ret[1]);
}

static bool adsorption(const double *a, double *ret) {
    return sorption_adsorption(a[0], a[1], &ret[0], &ret[1]);
}

static const struct law laws[] = {
    {"sorption_absorption_kw", "Absorption chiller of 10 kW: cold and driving heat",
     "Kuehn and Ziegler 2005, as in oemof-thermal",
     LAW_GIVEN({"driving_c", LAW_REQUIRED, 40.0, 120.0, NULL},
               {"recooling_c", LAW_REQUIRED, 10.0, 50.0, NULL},
               {"cold_c", LAW_REQUIRED, 3.0, 25.0, NULL}),
     LAW_GIVES("cold_kw", "heat_kw"), absorption},
    {"sorption_adsorption", "Adsorption chiller: share of its power, COP",
     "engineering figures, unverified",
     LAW_GIVEN({"driving_c", LAW_REQUIRED, 40.0, 100.0, NULL},
               {"recooling_c", LAW_REQUIRED, 10.0, 50.0, NULL}),
     LAW_GIVES("power_frac", "adsorption_cop"), adsorption},
};
LAW_TABLE(sorption);
