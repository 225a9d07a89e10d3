/* The laws of the wind by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/wind.h"

#define SPEED(name)                                                                                \
    { name, LAW_REQUIRED, 0.0, 60.0, NULL }
#define HEIGHT(name)                                                                               \
    { name, LAW_REQUIRED, 1.0, 300.0, NULL }

static bool power_law(const double *a, double *ret) {
    ret[0] = wind_speed_m_s(a[0], a[1], a[2], a[3]);
    return true;
}

static bool log_law(const double *a, double *ret) {
    if (a[1] <= a[3] || a[2] <= a[3]) { /* within the roughness */
        return false;
    }
    ret[0] = wind_speed_log_m_s(a[0], a[1], a[2], a[3]);
    return true;
}

static bool exponent(const double *a, double *ret) {
    if (a[0] <= 0.0 || a[2] <= 0.0 || a[3] <= a[1]) {
        return false;
    }
    ret[0] = wind_exponent_ratio(a[0], a[1], a[2], a[3]);
    return true;
}

static bool power(const double *a, double *ret) {
    ret[0] = wind_power_kw_m2(a[0], a[1]);
    return true;
}

static bool turbine(const double *a, double *ret) {
    ret[0] = wind_turbine_frac(a[0], a[1], a[2], a[3], a[4], a[5]);
    return a[5] > a[4];
}

static const char justus[] = "Justus and Mikhail 1976, doi 10.1029/GL003i005p00261";

static const struct law laws[] = {
    {"wind_speed_m_s", "Wind speed at another height, power law", justus,
     LAW_GIVEN(SPEED("speed_m_s"), HEIGHT("height_m"), HEIGHT("wanted_height_m"),
               {"exponent_ratio", 0.14285714285714285, 0.0, 0.6, NULL}),
     LAW_GIVES("speed_m_s"), power_law},
    {"wind_speed_log_m_s", "Wind speed at another height, logarithmic law", "IEC 61400-1",
     LAW_GIVEN(SPEED("speed_m_s"), HEIGHT("height_m"), HEIGHT("wanted_height_m"),
               {"roughness_m", LAW_REQUIRED, 1e-5, 3.0, NULL}),
     LAW_GIVES("speed_m_s"), log_law},
    {"wind_exponent_ratio", "The power law's exponent from two heights", justus,
     LAW_GIVEN(SPEED("low_m_s"), HEIGHT("low_height_m"), SPEED("high_m_s"),
               HEIGHT("high_height_m")),
     LAW_GIVES("exponent_ratio"), exponent},
    {"wind_power_kw_m2", "Power of the wind through one square metre", "kinetic energy",
     LAW_GIVEN(SPEED("speed_m_s"), {"density_kg_m3", 1.225, 0.5, 1.6, NULL}),
     LAW_GIVES("power_kw_m2"), power},
    {"wind_turbine_frac", "Output of a wind turbine over its rating",
     "NREL reference turbines (SAM, REopt): a cube up to the rating",
     LAW_GIVEN(SPEED("speed_m_s"), {"density_kg_m3", 1.225, 0.5, 1.6, NULL},
               {"specific_kw_m2", 0.21045, 0.1, 0.8, NULL},
               {"power_ratio", 0.4461, 0.2, 0.593, NULL}, {"cut_in_m_s", 3.0, 0.0, 6.0, NULL},
               {"cut_out_m_s", 25.0, 10.0, 40.0, NULL}),
     LAW_GIVES("output_frac"), turbine},
};
LAW_TABLE(wind);
