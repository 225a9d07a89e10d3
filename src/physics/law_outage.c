/* The laws of outages by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/outage.h"

static const char reopt[] = "REopt.jl, backup_reliability.jl; binomial tail";

static bool unit(const double *a, double *ret) {
    ret[0] = outage_unit_frac(a[0], a[1], a[2], a[3]);
    return true;
}

static bool units(const double *a, double *ret) {
    if (a[0] > a[1]) {
        return false; /* never so many */
    }
    ret[0] = outage_units_frac((int)a[0], (int)a[1],
                               a[2] >= 0.0 ? a[2] : outage_unit_frac(a[3], a[4], a[5], a[6]));
    return true;
}

static bool loss(const double *a, double *ret) {
    ret[0] = outage_loss_frac(a[0], a[1], (int)a[2], a[3]);
    return true;
}

#define RELIABILITY                                                                                \
    {"availability_frac", 0.995, 0.0, 1.0, NULL}, {"fail_to_start_frac", 0.0094, 0.0, 1.0, NULL},  \
    {                                                                                              \
        "mean_to_failure_h", 1100.0, 1.0, 1e6, NULL                                                \
    }

static const struct law laws[] = {
    {"outage_unit_frac", "A generator starts and still runs after so many hours, without repair",
     reopt, LAW_GIVEN({"hours_h", LAW_REQUIRED, 0.0, 8760.0, NULL}, RELIABILITY),
     LAW_GIVES("survive_frac"), unit},
    {"outage_units_frac", "At least so many of equal generators run", reopt,
     LAW_GIVEN({"needed_count", LAW_REQUIRED, 0.0, OUTAGE_UNITS_MAX, NULL},
               {"units_count", LAW_REQUIRED, 1.0, OUTAGE_UNITS_MAX, NULL},
               {"one_frac", -1.0, -1.0, 1.0, NULL}, {"hours_h", 24.0, 0.0, 8760.0, NULL},
               RELIABILITY),
     LAW_GIVES("survive_frac"), units},
    {"outage_loss_frac", "Loss of load: the units in service do not carry the load",
     "Billinton and Allan 1996, capacity outage table",
     LAW_GIVEN({"load_kw", LAW_REQUIRED, 0.0, 1e7, NULL}, {"unit_kw", LAW_REQUIRED, 1.0, 1e7, NULL},
               {"units_count", LAW_REQUIRED, 1.0, OUTAGE_UNITS_MAX, NULL},
               {"forced_out_frac", LAW_REQUIRED, 0.0, 1.0, NULL}),
     LAW_GIVES("loss_frac"), loss},
};
LAW_TABLE(outage);
