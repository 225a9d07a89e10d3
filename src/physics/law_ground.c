/* The laws of the undisturbed ground by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/ground.h"
#include "physics/law_table.h"

#define SURFACE                                                                                    \
    {"mean_c", LAW_REQUIRED, -20.0, 35.0, NULL}, {"amplitude_dk", LAW_REQUIRED, 0.0, 40.0, NULL},  \
        {"depth_m", LAW_REQUIRED, 0.0, 30.0, NULL}, {"day", LAW_REQUIRED, 0.0, 366.0, NULL}, {     \
        "coldest_day", 35.0, 0.0, 366.0, NULL                                                      \
    }

static const char kusuda[] = "Kusuda and Achenbach 1965, ASHRAE Trans. 71(1)";

static bool typical(const double *a, double *ret) {
    ret[0] = ground_c(a[0], a[1], a[2], a[3], a[4]);
    return true;
}

static bool of_soil(const double *a, double *ret) {
    ret[0] = ground_of_soil_c(a[0], a[1], a[2], a[3], a[4], a[5]);
    return true;
}

static const struct law laws[] = {
    {"ground_c", "Ground temperature at a depth, soil of 0.05 m2 per day", kusuda,
     LAW_GIVEN(SURFACE), LAW_GIVES("ground_c"), typical},
    {"ground_of_soil_c", "Ground temperature at a depth, by the soil's diffusivity", kusuda,
     LAW_GIVEN(SURFACE, {"diffusivity_m2_day", LAW_REQUIRED, 0.01, 0.2, NULL}),
     LAW_GIVES("ground_c"), of_soil},
};
LAW_TABLE(ground);
