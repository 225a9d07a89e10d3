/* Units inside Hearth: kg, m, s, K, kJ, kW, kPa are coherent. Temperatures in degC, in K inside
   laws. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_UNITS_H
#define BASE_UNITS_H

#include <stddef.h>

#define UNITS_S_PER_H 3600.0
#define UNITS_KJ_PER_KWH 3600.0
#define UNITS_ZERO_C_IN_K 273.15

struct unit {
    const char *suffix;  /* "kw_m2" */
    const char *symbol;  /* "kW/m2" */
    const char *meaning; /* "irradiance or flux" */
};

/* The unit of a name: its longest known suffix after "_", or the whole name; NULL when it has
   none. */
const struct unit *units_of_name(const char *name);
const struct unit *units_by_suffix(const char *suffix); /* NULL when unknown */
int units_count(void);
const struct unit *units_at(int index);

static inline double units_k_from_c(double t_c) { return t_c + UNITS_ZERO_C_IN_K; }
static inline double units_c_from_k(double t_k) { return t_k - UNITS_ZERO_C_IN_K; }
/* Energy of a mean power over a step: the one helper (weight 0 for design days). */
static inline double units_energy_kwh(double power_kw, double step_h, double weight_ratio) {
    return power_kw * step_h * weight_ratio;
}

#endif
