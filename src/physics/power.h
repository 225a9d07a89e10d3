/* From the grid's transformer to the plug of a server: losses against load, redundancy. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_POWER_H
#define PHYSICS_POWER_H

enum power_ups {
    POWER_UPS_DC_PRO_225,  /* double conversion of 2013, 225 kVA: the fit of its table */
    POWER_UPS_DC_PRO_50,   /* the same, 50 kVA */
    POWER_UPS_DC_PRO_1000, /* the same, 1000 kVA */
    POWER_UPS_DELTA,       /* delta conversion, 1000 kVA */
    POWER_UPS_MODERN,      /* transformerless double conversion */
    POWER_UPS_ECO,         /* the same, on its bypass while the grid is good */
    POWER_UPS_NONE,
    POWER_UPS_COUNT
};
enum power_redundancy {
    POWER_N,
    POWER_N_PLUS_1,
    POWER_2N,
    POWER_REDUNDANCIES,
};

/* Loss of a UPS over its rating at a load share 0..1. */
double power_ups_loss_frac(enum power_ups ups, double load_frac);
double power_ups_eff(enum power_ups ups, double load_frac); /* load above 0 */
/* Loss of a transformer over its rating: iron, and copper by the square of the load. */
double power_transformer_loss_frac(double load_frac, double noload_frac, double full_load_frac);
/* Load of each module when needed_count of them could carry a load of 1. */
double power_module_load_frac(double load_frac, enum power_redundancy redundancy,
                              double needed_count);
/* Installed rating over the rating that is needed. */
double power_installed_ratio(enum power_redundancy redundancy, double needed_count);

#endif
