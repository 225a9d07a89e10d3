/* The laws of servers by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/server.h"

static const char spec[] = "SPECpower rows of 2021-23, Lei et al. 2025";

#define IDLE                                                                                       \
    { "idle_frac", 0.285, 0.0, 0.9, NULL }
#define YEAR_OF_HALL                                                                               \
    { "hall_year", LAW_REQUIRED, 0.0, 60.0, NULL }

static bool power(const double *a, double *ret) {
    ret[0] = server_power_frac(a[0], a[1]);
    return true;
}

static bool utilisation(const double *a, double *ret) {
    ret[0] = server_utilisation_frac(a[0], a[1]);
    return true;
}

static bool warm_air(const double *a, double *ret) {
    ret[0] = server_warm_air_ratio(a[0], a[1]);
    return true;
}

static bool warm_linear(const double *a, double *ret) {
    ret[0] = server_warm_linear_ratio(a[0], a[1], a[2]);
    return true;
}

static bool ramp(const double *a, double *ret) {
    ret[0] = server_ramp_frac(a[0], a[1], a[2]);
    return true;
}

static bool refresh(const double *a, double *ret) {
    ret[0] = server_refresh_ratio(a[0], a[1], a[2]);
    return true;
}

static const struct law laws[] = {
    {"server_power_frac", "Power of servers over full power at a utilisation", spec,
     LAW_GIVEN({"utilisation_frac", LAW_REQUIRED, 0.0, 1.0, NULL}, IDLE), LAW_GIVES("power_frac"),
     power},
    {"server_utilisation_frac", "Utilisation of servers that draw a share of full power", spec,
     LAW_GIVEN({"power_frac", LAW_REQUIRED, 0.0, 1.0, NULL}, IDLE), LAW_GIVES("utilisation_frac"),
     utilisation},
    {"server_warm_air_ratio", "Power of servers over that at 23 degC of supply air",
     "arXiv 2509.26163 to 30 degC, a vendor's 1U server beyond",
     LAW_GIVEN({"inlet_c", LAW_REQUIRED, 5.0, 45.0, NULL},
               {"rise_frac_k", 0.0042, 0.0, 0.02, NULL}),
     LAW_GIVES("power_ratio"), warm_air},
    {"server_warm_linear_ratio", "Power over that at a reference temperature, linear",
     "arXiv 2509.26163",
     LAW_GIVEN({"warm_c", LAW_REQUIRED, 0.0, 80.0, NULL}, {"reference_c", 23.0, 0.0, 80.0, NULL},
               {"rise_frac_k", 0.0042, 0.0, 0.02, NULL}),
     LAW_GIVES("power_ratio"), warm_linear},
    {"server_ramp_frac", "Share of the servers that stand in a year of a hall", "by definition",
     LAW_GIVEN(YEAR_OF_HALL, {"start_frac", 0.3, 0.0, 1.0, NULL},
               {"ramp_year", 4.0, 0.0, 30.0, NULL}),
     LAW_GIVES("ramp_frac"), ramp},
    {"server_refresh_ratio", "Work per kWh over that of the first year", "by definition",
     LAW_GIVEN(YEAR_OF_HALL, {"refresh_year", 5.0, 1.0, 15.0, NULL},
               {"growth_frac_year", 0.2, 0.0, 0.5, NULL}),
     LAW_GIVES("work_ratio"), refresh},
};
LAW_TABLE(server);
