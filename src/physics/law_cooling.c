/* The laws of machines that cool by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/cooling.h"
#include "physics/law_table.h"

#define LOAD                                                                                       \
    { "part_load_frac", LAW_REQUIRED, 0.1, 1.0, NULL }
#define CHILLED                                                                                    \
    { "chilled_c", 7.0, 2.0, 40.0, NULL }

static const char lei[] = "Lei and Masanet 2022, doi 10.1016/j.resconrec.2022.106323";

static const char pads[] =
    "effectiveness, constant enthalpy; ASHRAE Handbook Systems 2020 ch. 41 [recalled]";

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

static bool dx(const double *a, double *ret) {
    ret[0] = cooling_dx_cop(a[0]);
    return true;
}

static bool mover(const double *a, double *ret) {
    ret[0] = cooling_mover_kw(a[0], a[1], a[2], a[3]);
    return true;
}

static bool flow(const double *a, double *ret) {
    ret[0] = cooling_flow_kg_s(a[0], a[1], a[2]);
    return true;
}

static bool air_fan(const double *a, double *ret) {
    ret[0] = cooling_air_fan_kw_kw(a[0], a[1], a[2], a[3], a[4]);
    return true;
}

static bool latent(const double *a, double *ret) {
    ret[0] = cooling_latent_kw_kw(a[0]);
    return true;
}

static bool pad(const double *a, double *ret) {
    if (a[1] > a[0]) {
        return false;
    }
    ret[0] = cooling_pad_c(a[0], a[1], a[2]);
    return true;
}

static bool pad_water(const double *a, double *ret) {
    if (a[2] > a[0]) {
        return false;
    }
    ret[0] = cooling_pad_water_kg_kg(a[0], a[1], a[2]);
    return true;
}

static bool makeup_parts(const double *a, double *ret) {
    struct cooling_makeup parts = cooling_tower_makeup(a[0], a[1], a[2], a[3]);
    ret[0] = parts.evaporation_kg_kwh;
    ret[1] = parts.drift_kg_kwh;
    ret[2] = parts.blow_down_kg_kwh;
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
    {"cooling_dx_cop", "COP of a room unit with direct expansion", lei,
     LAW_GIVEN({"outdoor_c", LAW_REQUIRED, -40.0, 55.0, NULL}), LAW_GIVES("cooling_cop"), dx},
    {"cooling_mover_kw", "Power of a fan or a pump", "hydraulic power over efficiency",
     LAW_GIVEN({"flow_kg_s", LAW_REQUIRED, 0.0, 1e6, NULL},
               {"density_kg_m3", LAW_REQUIRED, 0.5, 1500.0, NULL},
               {"dp_kpa", LAW_REQUIRED, 0.0, 1e4, NULL},
               {"mover_eff", LAW_REQUIRED, 0.1, 1.0, NULL}),
     LAW_GIVES("mover_kw"), mover},
    {"cooling_flow_kg_s", "Flow that carries heat with a rise of temperature", "energy balance",
     LAW_GIVEN({"heat_kw", LAW_REQUIRED, 0.0, 1e7, NULL},
               {"heat_kj_kgk", LAW_REQUIRED, 0.5, 5.0, NULL},
               {"rise_dk", LAW_REQUIRED, 0.5, 100.0, NULL}),
     LAW_GIVES("flow_kg_s"), flow},
    {"cooling_air_fan_kw_kw", "Fan of an air stream that carries one kW",
     "energy balance and hydraulic power",
     LAW_GIVEN({"rise_dk", LAW_REQUIRED, 1.0, 60.0, NULL}, {"w_kg_kg", 0.008, 0.0, 0.1, NULL},
               {"volume_m3_kg", 0.86, 0.5, 2.0, NULL}, {"dp_kpa", LAW_REQUIRED, 0.0, 5.0, NULL},
               {"mover_eff", LAW_REQUIRED, 0.1, 1.0, NULL}),
     LAW_GIVES("fan_kw_kw"), air_fan},
    {"cooling_latent_kw_kw", "Latent heat beside a kW of sensible heat", lei,
     LAW_GIVEN({"sensible_frac", LAW_REQUIRED, 0.3, 1.0, NULL}), LAW_GIVES("latent_kw_kw"), latent},
    {"cooling_pad_c", "Air behind wet pads", pads,
     LAW_GIVEN({"t_c", LAW_REQUIRED, -20.0, 60.0, NULL},
               {"wet_bulb_c", LAW_REQUIRED, -30.0, 50.0, NULL}, {"pad_eff", 0.9, 0.0, 1.0, NULL}),
     LAW_GIVES("pad_c"), pad},
    {"cooling_pad_water_kg_kg", "Water that air takes up in wet pads", pads,
     LAW_GIVEN({"t_c", LAW_REQUIRED, -20.0, 60.0, NULL}, {"w_kg_kg", LAW_REQUIRED, 0.0, 0.1, NULL},
               {"pad_c", LAW_REQUIRED, -30.0, 60.0, NULL}),
     LAW_GIVES("water_kg_kg"), pad_water},
    {"cooling_tower_makeup", "Make-up water of a cooling tower by parts", lei,
     LAW_GIVEN({"tower_water_c", LAW_REQUIRED, 0.0, 60.0, NULL},
               {"range_dk", LAW_REQUIRED, 1.0, 20.0, NULL},
               {"drift_frac", 0.00002, 0.0, 0.01, NULL}, {"cycles_ratio", 5.0, 1.1, 50.0, NULL}),
     LAW_GIVES("evaporation_kg_kwh", "drift_kg_kwh", "blow_down_kg_kwh"), makeup_parts},
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
