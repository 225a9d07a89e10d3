/* The laws of swimming pools by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/pool.h"

#define WATER                                                                                      \
    {"water_m2", LAW_REQUIRED, 0.01, 1e5, NULL}, { "water_c", LAW_REQUIRED, 15.0, 40.0, NULL }
#define AIR                                                                                        \
    { "air_c", LAW_REQUIRED, 15.0, 40.0, NULL }
#define SPEED                                                                                      \
    { "air_speed_m_s", 0.1, 0.0, 1.0, NULL }

static bool evaporation(const double *a, double *ret) {
    ret[0] = pool_evaporation_kg_s(a[0], a[2], a[1], a[3], a[4], a[5]);
    return true;
}

static bool convection(const double *a, double *ret) {
    ret[0] = pool_convection_kw(a[0], a[1], a[2], a[3], a[4]);
    return true;
}

static bool refill(const double *a, double *ret) {
    if (a[1] < a[2]) {
        return false;
    }
    ret[0] = pool_refill_kw(a[0], a[1], a[2]);
    return true;
}

static bool outdoor(const double *a, double *ret) {
    struct pool_weather weather = {a[1], a[2], a[3], a[4], a[5]};
    ret[0] = pool_outdoor_kw_m2(&weather, a[0], a[6]);
    return true;
}

static const struct law laws[] = {
    {"pool_evaporation_kg_s", "Evaporation from an indoor pool",
     "Carrier 1918; ASHRAE HVAC Applications; Smith et al. 1998",
     LAW_GIVEN(WATER, {"activity_ratio", 1.0, 0.1, 2.0, NULL}, AIR,
               {"rh_frac", LAW_REQUIRED, 0.0, 1.0, NULL}, SPEED),
     LAW_GIVES("evaporation_kg_s"), evaporation},
    {"pool_convection_kw", "Heat from an indoor pool to its air",
     "Bowen 1926, doi 10.1103/PhysRev.27.779",
     LAW_GIVEN(WATER, AIR, SPEED, {"p_kpa", 101.325, 50.0, 120.0, NULL}),
     LAW_GIVES("convection_kw"), convection},
    {"pool_refill_kw", "Heat that warms fresh water", "heat balance",
     LAW_GIVEN({"refill_kg_s", LAW_REQUIRED, 0.0, 1e4, NULL},
               {"water_c", LAW_REQUIRED, 15.0, 40.0, NULL},
               {"mains_c", LAW_REQUIRED, 0.0, 40.0, NULL}),
     LAW_GIVES("refill_kw"), refill},
    {"pool_outdoor_kw_m2", "Heat an open pool outdoors loses",
     "Carrier 1918; Bowen 1926; Swinbank 1963",
     LAW_GIVEN({"water_c", LAW_REQUIRED, 15.0, 40.0, NULL},
               {"air_c", LAW_REQUIRED, -30.0, 40.0, NULL},
               {"humidity_kg_kg", LAW_REQUIRED, 0.0, 0.03, NULL},
               {"p_kpa", 101.325, 50.0, 120.0, NULL}, {"wind_m_s", LAW_REQUIRED, 0.0, 10.0, NULL},
               {"global_kw_m2", 0.0, 0.0, 1.3, NULL}, {"activity_ratio", 1.0, 0.1, 2.0, NULL}),
     LAW_GIVES("outdoor_kw_m2"), outdoor},
};
LAW_TABLE(pool);
