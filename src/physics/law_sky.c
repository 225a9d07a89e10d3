/* The laws of the sky by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/sky.h"

static bool clear(const double *a, double *ret) {
    ret[0] = sky_clear_c(a[0]);
    return true;
}

static bool radiation(const double *a, double *ret) {
    ret[0] = sky_radiation_kw_m2(a[0], a[1], a[2]);
    return true;
}

static const struct law laws[] = {
    {"sky_clear_c", "Temperature of a clear sky", "Swinbank 1963, QJRMS 89:339",
     LAW_GIVEN({"air_c", LAW_REQUIRED, -40.0, 45.0, NULL}), LAW_GIVES("sky_c"), clear},
    {"sky_radiation_kw_m2", "Heat that a surface radiates to the sky", "Stefan and Boltzmann",
     LAW_GIVEN({"surface_c", LAW_REQUIRED, -40.0, 100.0, NULL},
               {"sky_c", LAW_REQUIRED, -80.0, 45.0, NULL},
               {"emissivity_frac", 0.95, 0.0, 1.0, NULL}),
     LAW_GIVES("radiation_kw_m2"), radiation},
};
LAW_TABLE(sky);
