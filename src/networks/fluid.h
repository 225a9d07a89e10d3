/* What flows: water by its temperature, or constants where the settings give them. Heat is counted
   by enthalpy, so that mixing and cooling close exactly. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_FLUID_H
#define NETWORKS_FLUID_H

#include <math.h>

#include "networks/network.h"
#include "physics/water.h"

/* Where the laws of water are used; pressurised above 100 degC, where its heat capacity is .8 % high
   at 130 degC. */
#define FLUID_MIN_C 0.1
#define FLUID_MAX_C 140.0

static inline double fluid_density_kg_m3(const struct network_settings *s, double t_c) {
    return isnan(s->density_kg_m3) ? water_density_kg_m3(t_c) : s->density_kg_m3;
}
static inline double fluid_viscosity_kpas(const struct network_settings *s, double t_c) {
    return isnan(s->viscosity_kpas) ? water_viscosity_kpas(t_c) : s->viscosity_kpas;
}
static inline double fluid_heat_kj_kgk(const struct network_settings *s, double t_c) {
    return isnan(s->heat_kj_kgk) ? water_heat_kj_kgk(t_c) : s->heat_kj_kgk;
}
static inline double fluid_enthalpy_kj_kg(const struct network_settings *s, double t_c) {
    return isnan(s->heat_kj_kgk) ? water_enthalpy_kj_kg(t_c) : s->heat_kj_kgk * t_c;
}
/* The temperature of an enthalpy, by Newton from a near one. */
static inline double fluid_c(const struct network_settings *s, double enthalpy_kj_kg,
                             double near_c) {
    if (!isnan(s->heat_kj_kgk)) {
        return enthalpy_kj_kg / s->heat_kj_kgk;
    }
    double t_c = near_c;
    for (int k = 0; k < 8; k++) {
        double step_dk = (enthalpy_kj_kg - water_enthalpy_kj_kg(t_c)) / water_heat_kj_kgk(t_c);
        t_c += step_dk;
        if (fabs(step_dk) < 1e-4) { /* what is left: c changes by less than 1e-3 of itself per K */
            break;
        }
    }
    return t_c;
}

#endif
