/* The laws of heat stores by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/storage.h"

#define HOT_AND_COLD                                                                               \
    {"hot_c", LAW_REQUIRED, 5.0, 100.0, NULL}, { "cold_c", LAW_REQUIRED, 0.0, 95.0, NULL }
#define TANK                                                                                       \
    {"diameter_m", LAW_REQUIRED, 0.1, 200.0, NULL},                                                \
        {"loss_kw_m2k", LAW_REQUIRED, 0.0, 0.02, NULL}, HOT_AND_COLD, {                            \
        "around_c", 10.0, -40.0, 40.0, NULL                                                        \
    }

static const char oemof[] = "oemof-thermal 0.0.5, stratified thermal storage";

static bool water(const double *a, double *ret) {
    if (a[0] < a[1]) {
        return false;
    }
    ret[0] = storage_water_kj_m3k(a[0], a[1]);
    return true;
}

static bool content(const double *a, double *ret) {
    if (a[1] < a[2]) {
        return false;
    }
    ret[0] = storage_tank_kwh(a[0], a[1], a[2]);
    return true;
}

static bool tank_losses(const double *a, double *ret) {
    if (a[2] <= a[3]) {
        return false;
    }
    storage_tank_losses(a[0], a[1], a[2], a[3], a[4], &ret[0], &ret[1], &ret[2]);
    return true;
}

static bool losses(const double *a, double *ret) {
    if (a[2] <= a[3]) {
        return false;
    }
    storage_losses(a[0], a[1], a[2], a[3], a[4], a[5], &ret[0], &ret[1], &ret[2]);
    return true;
}

static bool left(const double *a, double *ret) {
    if (a[0] > a[1]) {
        return false;
    }
    ret[0] = storage_left_kwh(a[0], a[1], a[2], a[3], a[4], a[5]);
    return true;
}

static bool wall(const double *a, double *ret) {
    ret[0] = storage_wall_kw_m2k(a[0], a[1], a[2], a[3]);
    return true;
}

static bool seasonal(const double *a, double *ret) {
    ret[0] = storage_seasonal_loss_per_h(a[0]);
    return true;
}

static const struct law laws[] = {
    {"storage_water_kj_m3k", "Heat per volume and kelvin of water between two temperatures",
     "Kell 1975, doi 10.1021/je60064a005; pandapipes table", LAW_GIVEN(HOT_AND_COLD),
     LAW_GIVES("water_kj_m3k"), water},
    {"storage_tank_kwh", "Content of a tank between hot and cold water", oemof,
     LAW_GIVEN({"volume_m3", LAW_REQUIRED, 0.001, 1e7, NULL}, HOT_AND_COLD),
     LAW_GIVES("content_kwh"), content},
    {"storage_tank_losses", "Losses of a two-zone tank of water", oemof, LAW_GIVEN(TANK),
     LAW_GIVES("content_per_h", "capacity_per_h", "ends_kw"), tank_losses},
    {"storage_losses", "Losses of a two-zone store", oemof,
     LAW_GIVEN(TANK, {"water_kj_m3k", LAW_REQUIRED, 500.0, 5000.0, NULL}),
     LAW_GIVES("content_per_h", "capacity_per_h", "ends_kw"), losses},
    {"storage_left_kwh", "What a store at rest keeps over a step", oemof,
     LAW_GIVEN({"content_kwh", LAW_REQUIRED, 0.0, 1e9, NULL},
               {"capacity_kwh", LAW_REQUIRED, 0.0, 1e9, NULL},
               {"content_per_h", LAW_REQUIRED, 0.0, 0.5, NULL},
               {"capacity_per_h", 0.0, -0.5, 0.5, NULL}, {"ends_kw", 0.0, -1e4, 1e4, NULL},
               {"step_h", 1.0, 0.01, 24.0, NULL}),
     LAW_GIVES("left_kwh"), left},
    {"storage_wall_kw_m2k", "Heat transfer through an insulated wall", oemof,
     LAW_GIVEN({"inside_kw_m2k", LAW_REQUIRED, 1e-4, 10.0, NULL},
               {"insulation_m", LAW_REQUIRED, 0.0, 5.0, NULL},
               {"insulation_kw_mk", LAW_REQUIRED, 1e-5, 1e-2, NULL},
               {"outside_kw_m2k", LAW_REQUIRED, 1e-4, 10.0, NULL}),
     LAW_GIVES("wall_kw_m2k"), wall},
    {"storage_seasonal_loss_per_h", "Loss rate of a seasonal store", "PyPSA-Eur",
     LAW_GIVEN({"half_year_eff", LAW_REQUIRED, 0.01, 1.0, NULL}), LAW_GIVES("loss_per_h"),
     seasonal},
};
LAW_TABLE(storage);
