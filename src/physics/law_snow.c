/* The laws of snow melting by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/snow.h"

static const char ashrae[] = "ASHRAE HVAC Applications, Snow Melting; Chapman 1952";

static bool melt(const double *a, double *ret) {
    ret[0] = snow_melt_kw_m2(a[0], a[1], a[2]);
    return true;
}

static bool surface(const double *a, double *ret) {
    ret[0] = snow_surface_kw_m2(a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
    return true;
}

static const struct law laws[] = {
    {"snow_melt_kw_m2", "Heat that melts falling snow", ashrae,
     LAW_GIVEN({"snow_kg_m2h", LAW_REQUIRED, 0.0, 50.0, NULL},
               {"outdoor_c", LAW_REQUIRED, -40.0, 10.0, NULL}, {"surface_c", 0.5, 0.0, 10.0, NULL}),
     LAW_GIVES("melt_kw_m2"), melt},
    {"snow_surface_kw_m2", "Heat that a bare wet surface gives to air and sky", ashrae,
     LAW_GIVEN({"surface_c", LAW_REQUIRED, 0.0, 20.0, NULL},
               {"outdoor_c", LAW_REQUIRED, -40.0, 20.0, NULL},
               {"w_kg_kg", LAW_REQUIRED, 0.0, 0.02, NULL}, {"p_kpa", 101.325, 50.0, 110.0, NULL},
               {"wind_m_s", LAW_REQUIRED, 0.0, 30.0, NULL},
               {"sky_c", LAW_REQUIRED, -80.0, 20.0, NULL}, {"length_m", 6.1, 1.0, 100.0, NULL}),
     LAW_GIVES("surface_kw_m2"), surface},
};
LAW_TABLE(snow);
