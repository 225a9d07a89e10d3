/* Stores of water with a hot and a cold zone: tank, pit, chilled water. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_WATER_STORE_H
#define COMPONENTS_WATER_STORE_H

#include "components/component.h"

/* What a store starts the horizon with and has to end it with; members start_frac and end_frac. */
#define STORE_LEVEL_PARAMS(type)                                                                   \
    PARAM(type, start_frac, NOT_GIVEN, 0.0, 1.0, "cyclic: it ends as it began",                    \
          "Level at the begin of the horizon, of the capacity."),                                  \
        PARAM(type, end_frac, 0.0, 0.0, 1.0, "user",                                               \
              "Least level at the end of the horizon, of the capacity.")
void store_levels(double start_frac, double end_frac, struct coefficients *ret);
/* That the horizon may end as full as end_frac says, and neither lies below level_min_frac. */
void store_check_levels(double start_frac, double end_frac, double level_min_frac,
                        struct diag *diag, struct place place);

/* A round store of water. The capacity is what its water holds between design_cold_c and design_dt_dk above it. */
struct water_store {
    double loss_kw_m2k, around_c, full_h, level_min_frac, design_cold_c, design_dt_dk, height_ratio;
    bool chilled; /* the cold zone is what it keeps: it gains heat from warmer surroundings */
};
double water_store_volume_m3(const struct water_store *store, double size_kwh);
/* Losses of the previous round's volume between the temperatures of its port (else those of the design), hour by hour;
   levels and power end at the share of design_dt_dk that the port's mean spread uses. */
void water_store_coefficients(const struct water_store *store, const struct hours *hours, int port,
                              struct coefficients *ret);

#endif
