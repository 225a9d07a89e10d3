/* The laws of the power chain by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/power.h"

static const char *const ups_words[] = {"dc_pro_225", "dc_pro_50", "dc_pro_1000", "delta",
                                        "modern",     "eco",       "none",        NULL};
static const char *const redundancy_words[] = {"n", "n_plus_1", "2n", NULL};

#define SHARE                                                                                      \
    { "load_frac", LAW_REQUIRED, 0.0, 1.0, NULL }
#define UPS                                                                                        \
    { "ups", 0.0, 0.0, POWER_UPS_COUNT - 1.0, ups_words }
#define REDUNDANCY                                                                                 \
    {"redundancy", 0.0, 0.0, POWER_REDUNDANCIES - 1.0, redundancy_words}, {                        \
        "needed_count", 4.0, 1.0, 1000.0, NULL                                                     \
    }

static bool ups_loss(const double *a, double *ret) {
    ret[0] = power_ups_loss_frac((enum power_ups)(int)a[1], a[0]);
    return true;
}

static bool ups_efficiency(const double *a, double *ret) {
    if (a[0] <= 0.0) {
        return false;
    }
    ret[0] = power_ups_eff((enum power_ups)(int)a[1], a[0]);
    return true;
}

static bool transformer(const double *a, double *ret) {
    ret[0] = power_transformer_loss_frac(a[0], a[1], a[2]);
    return true;
}

static bool module_load(const double *a, double *ret) {
    ret[0] = power_module_load_frac(a[0], (enum power_redundancy)(int)a[1], a[2]);
    return true;
}

static bool installed(const double *a, double *ret) {
    ret[0] = power_installed_ratio((enum power_redundancy)(int)a[0], a[1]);
    return true;
}

static const char curves[] = "LBNL DC Pro v3, appendix C (2013); modern and eco [recalled, "
                             "unverified]";

static const struct law laws[] = {
    {"power_ups_loss_frac", "Loss of a UPS over its rating", curves, LAW_GIVEN(SHARE, UPS),
     LAW_GIVES("loss_frac"), ups_loss},
    {"power_ups_eff", "Efficiency of a UPS at a load", curves, LAW_GIVEN(SHARE, UPS),
     LAW_GIVES("ups_eff"), ups_efficiency},
    {"power_transformer_loss_frac", "Loss of a transformer over its rating",
     "EN 50588-1: no-load loss and load loss by the square of the load",
     LAW_GIVEN(SHARE, {"noload_frac", 0.0015, 0.0, 0.02, NULL},
               {"full_load_frac", 0.0075, 0.0, 0.05, NULL}),
     LAW_GIVES("loss_frac"), transformer},
    {"power_module_load_frac", "Load of each module of a redundant chain",
     "data-centre notes section 2", LAW_GIVEN(SHARE, REDUNDANCY), LAW_GIVES("module_frac"),
     module_load},
    {"power_installed_ratio", "Installed rating over what is needed", "data-centre notes section 2",
     LAW_GIVEN(REDUNDANCY), LAW_GIVES("installed_ratio"), installed},
};
LAW_TABLE(power);
