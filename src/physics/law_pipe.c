/* The laws of buried pipes by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/pipe.h"

#define FLOW                                                                                       \
    { "flow_kg_s", LAW_REQUIRED, 0.0, 1e5, NULL }
#define WALL                                                                                       \
    { "roughness_m", 1e-4, 0.0, 0.005, NULL }
#define WATER                                                                                      \
    {"density_kg_m3", LAW_REQUIRED, 900.0, 1100.0, NULL}, {                                        \
        "viscosity_kpas", LAW_REQUIRED, 1e-7, 1e-5, NULL                                           \
    }
#define BURIED                                                                                     \
    {"pipe_outer_m", LAW_REQUIRED, 0.01, 2.0, NULL}, {"casing_m", LAW_REQUIRED, 0.02, 2.5, NULL},  \
    {                                                                                              \
        "cover_m", LAW_REQUIRED, 0.1, 10.0, NULL                                                   \
    }
#define CONDUCTIVITIES                                                                             \
    {"insulation_kw_mk", LAW_REQUIRED, 1e-5, 1e-2, NULL}, {                                        \
        "ground_kw_mk", LAW_REQUIRED, 1e-4, 1e-2, NULL                                             \
    }

static const char en13941[] = "EN 13941 (Boehm 2000)";

static bool friction(const double *a, double *ret) {
    if (a[1] > 0.1 * a[2]) { /* rougher than Colebrook's tubes */
        return false;
    }
    ret[0] = pipe_friction_ratio(a[0], a[1], a[2]);
    return true;
}

static bool gradient(const double *a, double *ret) {
    if (a[2] > 0.1 * a[1]) {
        return false;
    }
    ret[0] = pipe_gradient_kpa_m(a[0], a[1], a[2], a[3], a[4]);
    return true;
}

static bool loss_single(const double *a, double *ret) {
    if (a[0] >= a[1]) {
        return false;
    }
    ret[0] = pipe_loss_single_kw_mk(a[0], a[1], a[2], a[3], a[4]);
    return true;
}

static bool loss_pair(const double *a, double *ret) {
    if (a[0] >= a[1] || a[3] < a[1]) { /* the casings touch at the nearest */
        return false;
    }
    ret[0] = pipe_loss_pair_kw_mk(a[0], a[1], a[2], a[3], a[4], a[5]);
    return true;
}

static bool loss_pair_across(const double *a, double *ret) {
    if (a[0] >= a[1] || a[3] < a[1]) {
        return false;
    }
    ret[0] = pipe_loss_pair_across_kw_mk(a[0], a[1], a[2], a[3], a[4], a[5]);
    return true;
}

static bool loss_twin(const double *a, double *ret) {
    if (2.0 * a[0] + a[1] >= 0.98 * a[2]) { /* both pipes and the gap lie inside the casing */
        return false;
    }
    pipe_loss_twin_kw_mk(a[0], a[1], a[2], a[3], a[4], a[5], &ret[0], &ret[1]);
    return true;
}

static bool film(const double *a, double *ret) {
    ret[0] = pipe_film_kw_m2k(a[0], a[1], a[2], a[3], a[4]);
    return true;
}

static bool hagen(const double *a, double *ret) {
    ret[0] = pipe_hagen_ratio(a[0], a[1], &ret[1]);
    return true;
}

static bool hagen_explicit(const double *a, double *ret) {
    ret[0] = pipe_hagen_explicit_ratio(a[0], a[1], &ret[1]);
    return true;
}

static bool outlet(const double *a, double *ret) {
    ret[0] = pipe_outlet_c(a[0], a[1], a[2], a[3], a[4], a[5]);
    return true;
}

static bool size_for(const double *a, double *ret) {
    const struct pipe_size *size = pipe_size_at(pipe_size_for(a[0], a[1], a[2], a[3], a[4]));
    if (!pipe_carries(size, a[0], a[1], a[2], a[3], a[4])) {
        return false; /* more than the largest carries */
    }
    ret[0] = size->nominal_mm;
    ret[1] = size->outer_m;
    ret[2] = size->inner_m;
    for (int series = 0; series < 3; series++) {
        ret[3 + series] = size->casing_m[series];
    }
    return true;
}

static bool speed(const double *a, double *ret) {
    ret[0] = pipe_speed_m_s(a[0], a[1], a[2]);
    return true;
}

static bool speed_limit(const double *a, double *ret) {
    ret[0] = pipe_speed_limit_m_s((int)a[0]);
    return true;
}

static const struct law laws[] = {
    {"pipe_friction_ratio", "Darcy friction factor",
     "Colebrook 1939; Dunlop's cubic as in EPANET 2.2; 64/Re",
     LAW_GIVEN({"reynolds_ratio", LAW_REQUIRED, 1.0, 1e8, NULL}, WALL,
               {"diameter_m", LAW_REQUIRED, 0.005, 5.0, NULL}),
     LAW_GIVES("friction_ratio"), friction},
    {"pipe_gradient_kpa_m", "Pressure loss per length of straight pipe", "Darcy and Weisbach",
     LAW_GIVEN(FLOW, {"diameter_m", LAW_REQUIRED, 0.005, 5.0, NULL}, WALL, WATER),
     LAW_GIVES("gradient_kpa_m"), gradient},
    {"pipe_film_kw_m2k", "Heat transfer from water to the wall of a pipe",
     "Dittus and Boelter 1930; Nu 3.66 in laminar flow",
     LAW_GIVEN(FLOW, {"diameter_m", LAW_REQUIRED, 0.005, 5.0, NULL},
               {"heat_kj_kgk", LAW_REQUIRED, 1.0, 10.0, NULL},
               {"viscosity_kpas", LAW_REQUIRED, 1e-7, 1e-5, NULL},
               {"conductivity_kw_mk", LAW_REQUIRED, 1e-5, 1e-2, NULL}),
     LAW_GIVES("film_kw_m2k"), film},
    {"pipe_hagen_ratio", "Pressure loss as Hagen number f Re^2 / 2, smooth over Re",
     "Colebrook 1939; 64/Re; the cubic between",
     LAW_GIVEN({"reynolds_ratio", LAW_REQUIRED, 0.0, 1e8, NULL},
               {"relative_ratio", LAW_REQUIRED, 0.0, 0.1, NULL}),
     LAW_GIVES("hagen_ratio", "slope_ratio"), hagen},
    {"pipe_hagen_explicit_ratio", "The same with Swamee and Jain's friction",
     "Swamee and Jain 1976; 64/Re; the cubic between",
     LAW_GIVEN({"reynolds_ratio", LAW_REQUIRED, 0.0, 1e8, NULL},
               {"relative_ratio", LAW_REQUIRED, 0.0, 0.1, NULL}),
     LAW_GIVES("hagen_ratio", "slope_ratio"), hagen_explicit},
    {"pipe_loss_single_kw_mk", "Heat loss of a buried pipe", en13941,
     LAW_GIVEN(BURIED, CONDUCTIVITIES), LAW_GIVES("loss_kw_mk"), loss_single},
    {"pipe_loss_pair_kw_mk", "Heat loss of a buried pair, per kelvin of T_s + T_r - 2 T_g", en13941,
     LAW_GIVEN(BURIED, {"spacing_m", LAW_REQUIRED, 0.02, 5.0, NULL}, CONDUCTIVITIES),
     LAW_GIVES("loss_kw_mk"), loss_pair},
    {"pipe_loss_pair_across_kw_mk",
     "Heat from one pipe of a buried pair to the other, per kelvin of (T_s - T_r) / 2", en13941,
     LAW_GIVEN(BURIED, {"spacing_m", LAW_REQUIRED, 0.02, 5.0, NULL}, CONDUCTIVITIES),
     LAW_GIVES("loss_kw_mk"), loss_pair_across},
    {"pipe_loss_twin_kw_mk",
     "Two pipes in one casing: each per kelvin of (T_s + T_r) / 2 - T_g and of (T_s - T_r) / 2",
     "Wallenten 1991, first-order multipole",
     LAW_GIVEN({"pipe_outer_m", LAW_REQUIRED, 0.01, 2.0, NULL},
               {"gap_m", LAW_REQUIRED, 0.0, 1.0, NULL}, {"casing_m", LAW_REQUIRED, 0.03, 4.0, NULL},
               {"cover_m", LAW_REQUIRED, 0.1, 10.0, NULL}, CONDUCTIVITIES),
     LAW_GIVES("symmetric_kw_mk", "across_kw_mk"), loss_twin},
    {"pipe_outlet_c", "Temperature at the end of a pipe", "exponential cooling, EN 13941",
     LAW_GIVEN({"inlet_c", LAW_REQUIRED, -20.0, 200.0, NULL},
               {"ground_c", LAW_REQUIRED, -30.0, 60.0, NULL},
               {"loss_kw_mk", LAW_REQUIRED, 0.0, 0.1, NULL},
               {"length_m", LAW_REQUIRED, 0.0, 1e6, NULL}, FLOW,
               {"heat_kj_kgk", LAW_REQUIRED, 1.0, 10.0, NULL}),
     LAW_GIVES("outlet_c"), outlet},
    {"pipe_size_for", "Smallest pipe of EN 253 within a gradient and its speed limit",
     "EN 253; sizes as isoplus, topotherm, City Energy Analyst",
     LAW_GIVEN(FLOW, {"gradient_kpa_m", 0.1, 0.01, 1.0, NULL}, WALL, WATER),
     LAW_GIVES("nominal_mm", "outer_m", "inner_m", "casing_1_m", "casing_2_m", "casing_3_m"),
     size_for},
    {"pipe_speed_m_s", "Mean speed in a pipe", "continuity",
     LAW_GIVEN(FLOW, {"diameter_m", LAW_REQUIRED, 0.005, 5.0, NULL},
               {"density_kg_m3", LAW_REQUIRED, 900.0, 1100.0, NULL}),
     LAW_GIVES("speed_m_s"), speed},
    {"pipe_speed_limit_m_s", "Largest design speed by size",
     "common design practice [recalled, unverified]",
     LAW_GIVEN({"nominal_mm", LAW_REQUIRED, 10.0, 1200.0, NULL}), LAW_GIVES("speed_m_s"),
     speed_limit},
};
LAW_TABLE(pipe);
