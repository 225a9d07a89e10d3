/* The laws of cogeneration by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/cogeneration.h"
#include "physics/law_table.h"

#define EFFICIENCY(name)                                                                           \
    { name, LAW_REQUIRED, 0.05, 0.7, NULL }
#define LOAD                                                                                       \
    { "load_frac", LAW_REQUIRED, 0.01, 1.0, NULL }

static bool part(const double *a, double *ret) {
    ret[0] = cogeneration_part_eff(a[0], a[1], a[2]);
    return a[2] <= a[1] && a[2] > 0.5 * a[1]; /* else fuel would not rise with power */
}

static bool bank(const double *a, double *ret) {
    ret[0] = cogeneration_bank_eff(a[0], (int)a[1], a[2], a[3]);
    return a[3] <= a[2] && a[3] > 0.5 * a[2];
}

static bool turbine(const double *a, double *ret) {
    ret[0] = cogeneration_turbine_frac(a[0], a[1], a[2]);
    return true;
}

static bool extraction(const double *a, double *ret) {
    ret[0] = cogeneration_extraction_kw_kw(a[0], a[1], a[2]);
    return a[0] >= a[1];
}

static const char reopt[] = "REopt.jl, chp constraints: fuel by slope and intercept";

static const struct law laws[] = {
    {"cogeneration_part_eff", "Electric efficiency at part load", reopt,
     LAW_GIVEN(LOAD, EFFICIENCY("full_eff"), EFFICIENCY("half_eff")), LAW_GIVES("electric_eff"),
     part},
    {"cogeneration_bank_eff", "Electric efficiency of equal units loaded one after the other",
     reopt,
     LAW_GIVEN(LOAD, {"units_count", LAW_REQUIRED, 1.0, 100.0, NULL}, EFFICIENCY("full_eff"),
               EFFICIENCY("half_eff")),
     LAW_GIVES("electric_eff"), bank},
    {"cogeneration_turbine_frac", "Power of a gas turbine over that of the ISO day",
     "ISO 3977 reference conditions; -0.7 % per K, recalled, unverified",
     LAW_GIVEN({"inlet_c", LAW_REQUIRED, -50.0, 60.0, NULL},
               {"pressure_kpa", 101.325, 50.0, 110.0, NULL},
               {"power_frac_k", 0.007, 0.0, 0.02, NULL}),
     LAW_GIVES("power_frac"), turbine},
    {"cogeneration_extraction_kw_kw", "Power lost per heat taken from a steam turbine",
     "exergy of the heat; DEA's c_v is 0.15 at 50/100 degC",
     LAW_GIVEN({"heat_c", LAW_REQUIRED, 20.0, 300.0, NULL}, {"condenser_c", 35.0, 5.0, 100.0, NULL},
               {"turbine_eff", 0.85, 0.3, 1.0, NULL}),
     LAW_GIVES("loss_kw_kw"), extraction},
};
LAW_TABLE(cogeneration);
