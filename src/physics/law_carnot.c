/* The ideal machines by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/carnot.h"
#include "physics/law_table.h"

#define TEMPERATURE(name)                                                                          \
    { name, LAW_REQUIRED, -100.0, 1500.0, NULL }

static bool heating(const double *a, double *ret) {
    if (a[0] <= a[1]) {
        return false;
    }
    ret[0] = carnot_heating_ratio(a[0], a[1]);
    return true;
}

static bool cooling(const double *a, double *ret) {
    if (a[0] <= a[1]) {
        return false;
    }
    ret[0] = carnot_cooling_ratio(a[0], a[1]);
    return true;
}

static bool engine(const double *a, double *ret) {
    if (a[0] < a[1]) {
        return false;
    }
    ret[0] = carnot_engine_eff(a[0], a[1]);
    return true;
}

static bool mean(const double *a, double *ret) {
    ret[0] = carnot_mean_k(a[0], a[1]);
    return true;
}

static bool lorenz(const double *a, double *ret) {
    double cop = carnot_lorenz_ratio(a[0], a[1], a[2], a[3]);
    if (!isfinite(cop)) {
        return false;
    }
    ret[0] = cop;
    return true;
}

static const struct law laws[] = {
    {"carnot_heating_ratio", "Best heat per work between two temperatures", "Carnot 1824",
     LAW_GIVEN(TEMPERATURE("t_sink_c"), TEMPERATURE("t_source_c")), LAW_GIVES("cop_ratio"),
     heating},
    {"carnot_cooling_ratio", "Best cold per work between two temperatures", "Carnot 1824",
     LAW_GIVEN(TEMPERATURE("t_sink_c"), TEMPERATURE("t_source_c")), LAW_GIVES("cop_ratio"),
     cooling},
    {"carnot_engine_eff", "Best work per heat between two temperatures", "Carnot 1824",
     LAW_GIVEN(TEMPERATURE("t_hot_c"), TEMPERATURE("t_cold_c")), LAW_GIVES("engine_eff"), engine},
    {"carnot_mean_k", "Thermodynamic mean of a gliding temperature", "Lorenz 1894",
     LAW_GIVEN(TEMPERATURE("t_a_c"), TEMPERATURE("t_b_c")), LAW_GIVES("mean_k"), mean},
    {"carnot_lorenz_ratio", "Best heat per work between two gliding temperatures", "Lorenz 1894",
     LAW_GIVEN(TEMPERATURE("sink_out_c"), TEMPERATURE("sink_in_c"), TEMPERATURE("source_in_c"),
               TEMPERATURE("source_out_c")),
     LAW_GIVES("cop_ratio"), lorenz},
};
LAW_TABLE(carnot);
