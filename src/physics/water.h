/* Liquid water at about 1 bar, 0..100 degC. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_WATER_H
#define PHYSICS_WATER_H

double water_density_kg_m3(double t_c);
double water_conductivity_kw_mk(double t_c);
double water_viscosity_kpas(double t_c);
double water_latent_kj_kg(double t_c); /* of evaporation */

/* Networks of pipes ask for these by the million. */
static inline double water_heat_kj_kgk(double t_c) {
    double x = t_c / 100.0;
    return (4215.086 + x * (-251.031 + x * (599.943 + x * (-582.067 + x * 235.612)))) / 1000.0;
}
/* Above 0 degC: the integral of the heat capacity. */
static inline double water_enthalpy_kj_kg(double t_c) {
    double x = t_c / 100.0;
    return x * (4215.086 / 10.0 +
                x * (-251.031 / 20.0 +
                     x * (599.943 / 30.0 + x * (-582.067 / 40.0 + x * 235.612 / 50.0))));
}

#endif
