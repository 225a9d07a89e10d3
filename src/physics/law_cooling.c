/* The laws of machines that cool by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/cooling.h"
#include "physics/law_table.h"

#define LOAD                                                                                       \
    { "part_load_frac", LAW_REQUIRED, 0.1, 1.0, NULL }
#define CHILLED                                                                                    \
    { "chilled_c", 7.0, 2.0, 40.0, NULL }

static const char lei[] = "Lei and Masanet 2022, doi 10.1016/j.resconrec.2022.106323";

static bool water_chiller_runs(const double *a, double *ret) {
    ret[0] = cooling_water_chiller_runs(a[0], a[1]) ? 1.0 : 0.0;
    return true;
}

static bool water_chiller(const double *a, double *ret) {
    if (!cooling_water_chiller_runs(a[0], a[2])) {
        return false;
    }
    ret[0] = cooling_water_chiller_cop(a[0], a[1], a[2]);
    return true;
}

static bool air_chiller(const double *a, double *ret) {
    ret[0] = cooling_air_chiller_cop(a[0], a[1], a[2]);
    return true;
}

static bool makeup(const double *a, double *ret) {
    ret[0] = cooling_tower_makeup_kg_kwh(a[0], a[1], a[2], a[3]);
    return true;
}

static bool free_share(const double *a, double *ret) {
    if (a[3] <= a[2]) {
        return false;
    }
    ret[0] = cooling_free_frac(a[0], a[1], a[2], a[3]);
    return true;
}

static bool dry_fan(const double *a, double *ret) {
    ret[0] = cooling_dry_fan_ratio(a[0], a[1], a[2]);
    return true;
}

static const struct law laws[] = {
    {"cooling_water_chiller_cop", "COP of a water-cooled chiller", lei,
     LAW_GIVEN({"condenser_water_c", LAW_REQUIRED, 0.0, 60.0, NULL}, LOAD, CHILLED),
     LAW_GIVES("cooling_cop"), water_chiller},
    {"cooling_water_chiller_runs", "Whether a water-cooled chiller reaches its condenser, 1 or 0",
     lei, LAW_GIVEN({"condenser_water_c", LAW_REQUIRED, 0.0, 80.0, NULL}, CHILLED),
     LAW_GIVES("runs_ratio"), water_chiller_runs},
    {"cooling_air_chiller_cop", "COP of an air-cooled chiller", lei,
     LAW_GIVEN({"outdoor_c", LAW_REQUIRED, -40.0, 55.0, NULL}, LOAD, CHILLED),
     LAW_GIVES("cooling_cop"), air_chiller},
    {"cooling_tower_makeup_kg_kwh", "Make-up water of a cooling tower", lei,
     LAW_GIVEN({"tower_water_c", LAW_REQUIRED, 0.0, 60.0, NULL},
               {"range_dk", LAW_REQUIRED, 1.0, 20.0, NULL},
               {"drift_frac", 0.00002, 0.0, 0.01, NULL}, {"cycles_ratio", 5.0, 1.1, 50.0, NULL}),
     LAW_GIVES("makeup_kg_kwh"), makeup},
    {"cooling_free_frac", "Share of the load that cold water carries through an exchanger", lei,
     LAW_GIVEN({"cold_c", LAW_REQUIRED, -40.0, 60.0, NULL},
               {"approach_dk", LAW_REQUIRED, 0.0, 20.0, NULL},
               {"supply_c", LAW_REQUIRED, 0.0, 80.0, NULL},
               {"return_c", LAW_REQUIRED, 0.0, 90.0, NULL}),
     LAW_GIVES("free_frac"), free_share},
    {"cooling_dry_fan_ratio", "Fan power of a dry cooler over that at design",
     "speed cubed; exponent 1.4 [recalled, unverified]",
     LAW_GIVEN({"difference_dk", LAW_REQUIRED, 0.0, 100.0, NULL},
               {"design_difference_dk", LAW_REQUIRED, 1.0, 60.0, NULL},
               {"speed_floor_frac", 0.25, 0.0, 1.0, NULL}),
     LAW_GIVES("fan_ratio"), dry_fan},
};
LAW_TABLE(cooling);
