/* The laws of humid air by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/air.h"
#include "physics/law_table.h"

#define DRY_BULB                                                                                   \
    { "t_c", LAW_REQUIRED, -60.0, 90.0, NULL }
#define HUMIDITY                                                                                   \
    { "w_kg_kg", LAW_REQUIRED, 0.0, 0.5, NULL }
#define RELATIVE                                                                                   \
    { "rh_frac", LAW_REQUIRED, 0.0, 1.0, NULL }
#define PRESSURE                                                                                   \
    { "p_kpa", 101.325, 50.0, 120.0, NULL }

static const char ashrae[] = "ASHRAE Handbook Fundamentals 2017, ch. 1";

static bool is_below_boiling(double t_c, double p_kpa) {
    return air_saturation_kpa(t_c) < 0.98 * p_kpa;
}

static bool saturation(const double *a, double *ret) {
    ret[0] = air_saturation_kpa(a[0]);
    return true;
}

static bool buck(const double *a, double *ret) {
    ret[0] = air_saturation_buck_kpa(a[0]);
    return true;
}

static bool saturated_humidity(const double *a, double *ret) {
    if (!is_below_boiling(a[0], a[1])) {
        return false;
    }
    ret[0] = air_saturated_humidity_kg_kg(a[0], a[1]);
    return true;
}

static bool humidity(const double *a, double *ret) {
    if (!is_below_boiling(a[0], a[2])) {
        return false;
    }
    ret[0] = air_humidity_kg_kg(a[0], a[1], a[2]);
    return true;
}

static bool humidity_from_wet_bulb(const double *a, double *ret) {
    if (a[1] > a[0] || !is_below_boiling(a[1], a[2])) {
        return false;
    }
    double w_kg_kg = air_humidity_from_wet_bulb_kg_kg(a[0], a[1], a[2]);
    if (w_kg_kg < 0.0) {
        return false;
    }
    ret[0] = w_kg_kg;
    return true;
}

static bool relative_humidity(const double *a, double *ret) {
    ret[0] = air_relative_humidity_frac(a[0], a[1], a[2]);
    return true;
}

static bool dew_point(const double *a, double *ret) {
    ret[0] = air_dew_point_c(a[0], a[1]);
    return true;
}

static bool wet_bulb(const double *a, double *ret) {
    ret[0] = air_wet_bulb_c(a[0], a[1], a[2]);
    return true;
}

static bool wet_bulb_bisection(const double *a, double *ret) {
    ret[0] = air_wet_bulb_bisection_c(a[0], a[1], a[2]);
    return true;
}

static bool wet_bulb_stull(const double *a, double *ret) {
    ret[0] = air_wet_bulb_stull_c(a[0], a[1]);
    return true;
}

static bool enthalpy(const double *a, double *ret) {
    ret[0] = air_enthalpy_kj_kg(a[0], a[1]);
    return true;
}

static bool heat(const double *a, double *ret) {
    ret[0] = air_heat_kj_kgk(a[0]);
    return true;
}

static bool volume(const double *a, double *ret) {
    ret[0] = air_volume_m3_kg(a[0], a[1], a[2]);
    return true;
}

static bool density(const double *a, double *ret) {
    ret[0] = air_density_kg_m3(a[0], a[1], a[2]);
    return true;
}

static bool pressure(const double *a, double *ret) {
    ret[0] = air_pressure_kpa(a[0]);
    return true;
}

static bool dry_bulb_from_enthalpy(const double *a, double *ret) {
    ret[0] = air_dry_bulb_from_enthalpy_c(a[0], a[1]);
    return true;
}

static bool humidity_from_enthalpy(const double *a, double *ret) {
    double w_kg_kg = air_humidity_from_enthalpy_kg_kg(a[0], a[1]);
    if (w_kg_kg < 0.0) {
        return false;
    }
    ret[0] = w_kg_kg;
    return true;
}

static bool dry_bulb_from_volume(const double *a, double *ret) {
    ret[0] = air_dry_bulb_from_volume_c(a[0], a[1], a[2]);
    return true;
}

static bool specific_humidity(const double *a, double *ret) {
    ret[0] = air_specific_humidity_kg_kg(a[0]);
    return true;
}

static bool humidity_from_specific(const double *a, double *ret) {
    ret[0] = air_humidity_from_specific_kg_kg(a[0]);
    return true;
}

static bool standard(const double *a, double *ret) {
    ret[0] = air_standard_c(a[0]);
    return true;
}

static const struct law laws[] = {
    {"air_saturation_kpa", "Saturation pressure of water vapour over ice or water", ashrae,
     LAW_GIVEN({"t_c", LAW_REQUIRED, -100.0, 200.0, NULL}), LAW_GIVES("saturation_kpa"),
     saturation},
    {"air_saturation_buck_kpa", "Saturation pressure over water by Buck's formula",
     "Buck 1981, doi 10.1175/1520-0450(1981)020<1527:NEFCVP>2.0.CO;2, coefficients of 1996",
     LAW_GIVEN({"t_c", LAW_REQUIRED, -40.0, 100.0, NULL}), LAW_GIVES("saturation_kpa"), buck},
    {"air_saturated_humidity_kg_kg", "Humidity ratio of saturated air", ashrae,
     LAW_GIVEN(DRY_BULB, PRESSURE), LAW_GIVES("w_kg_kg"), saturated_humidity},
    {"air_humidity_kg_kg", "Humidity ratio from relative humidity", ashrae,
     LAW_GIVEN(DRY_BULB, RELATIVE, PRESSURE), LAW_GIVES("w_kg_kg"), humidity},
    {"air_humidity_from_wet_bulb_kg_kg", "Humidity ratio from dry and wet bulb", ashrae,
     LAW_GIVEN(DRY_BULB, {"wet_bulb_c", LAW_REQUIRED, -60.0, 90.0, NULL}, PRESSURE),
     LAW_GIVES("w_kg_kg"), humidity_from_wet_bulb},
    {"air_relative_humidity_frac", "Relative humidity from humidity ratio; above 1 in fog", ashrae,
     LAW_GIVEN(DRY_BULB, HUMIDITY, PRESSURE), LAW_GIVES("rh_frac"), relative_humidity},
    {"air_dew_point_c", "Dew point, or frost point", ashrae, LAW_GIVEN(HUMIDITY, PRESSURE),
     LAW_GIVES("dew_point_c"), dew_point},
    {"air_wet_bulb_c", "Thermodynamic wet bulb", ashrae, LAW_GIVEN(DRY_BULB, HUMIDITY, PRESSURE),
     LAW_GIVES("wet_bulb_c"), wet_bulb},
    {"air_wet_bulb_bisection_c", "Thermodynamic wet bulb by plain bisection", ashrae,
     LAW_GIVEN(DRY_BULB, HUMIDITY, PRESSURE), LAW_GIVES("wet_bulb_c"), wet_bulb_bisection},
    {"air_wet_bulb_stull_c", "Wet bulb, first guess at sea level",
     "Stull 2011, doi 10.1175/JAMC-D-11-0143.1",
     LAW_GIVEN({"t_c", LAW_REQUIRED, -20.0, 50.0, NULL},
               {"rh_frac", LAW_REQUIRED, 0.05, 0.99, NULL}),
     LAW_GIVES("wet_bulb_c"), wet_bulb_stull},
    {"air_enthalpy_kj_kg", "Enthalpy per kg of dry air", ashrae, LAW_GIVEN(DRY_BULB, HUMIDITY),
     LAW_GIVES("enthalpy_kj_kg"), enthalpy},
    {"air_heat_kj_kgk", "Heat capacity per kg of dry air", ashrae, LAW_GIVEN(HUMIDITY),
     LAW_GIVES("heat_kj_kgk"), heat},
    {"air_volume_m3_kg", "Volume per kg of dry air", ashrae,
     LAW_GIVEN(DRY_BULB, HUMIDITY, PRESSURE), LAW_GIVES("volume_m3_kg"), volume},
    {"air_density_kg_m3", "Density of the mixture", ashrae, LAW_GIVEN(DRY_BULB, HUMIDITY, PRESSURE),
     LAW_GIVES("density_kg_m3"), density},
    {"air_pressure_kpa", "Pressure of the standard atmosphere", ashrae,
     LAW_GIVEN({"altitude_m", LAW_REQUIRED, -500.0, 11000.0, NULL}), LAW_GIVES("pressure_kpa"),
     pressure},
    {"air_dry_bulb_from_enthalpy_c", "Dry bulb from enthalpy and humidity", ashrae,
     LAW_GIVEN({"h_kj_kg", LAW_REQUIRED, -100.0, 1500.0, NULL}, HUMIDITY), LAW_GIVES("t_c"),
     dry_bulb_from_enthalpy},
    {"air_humidity_from_enthalpy_kg_kg", "Humidity ratio from enthalpy and dry bulb", ashrae,
     LAW_GIVEN({"h_kj_kg", LAW_REQUIRED, -100.0, 1500.0, NULL}, DRY_BULB), LAW_GIVES("w_kg_kg"),
     humidity_from_enthalpy},
    {"air_dry_bulb_from_volume_c", "Dry bulb from volume and humidity", ashrae,
     LAW_GIVEN({"v_m3_kg", LAW_REQUIRED, 0.4, 3.0, NULL}, HUMIDITY, PRESSURE), LAW_GIVES("t_c"),
     dry_bulb_from_volume},
    {"air_specific_humidity_kg_kg", "Water per kg of moist air", ashrae, LAW_GIVEN(HUMIDITY),
     LAW_GIVES("q_kg_kg"), specific_humidity},
    {"air_humidity_from_specific_kg_kg", "Humidity ratio from water per kg of moist air", ashrae,
     LAW_GIVEN({"q_kg_kg", LAW_REQUIRED, 0.0, 0.35, NULL}), LAW_GIVES("w_kg_kg"),
     humidity_from_specific},
    {"air_standard_c", "Temperature of the standard atmosphere", ashrae,
     LAW_GIVEN({"altitude_m", LAW_REQUIRED, -500.0, 11000.0, NULL}), LAW_GIVES("t_c"), standard},
};
LAW_TABLE(air);
