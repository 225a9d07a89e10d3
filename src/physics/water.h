/* Liquid water at about 1 bar, 0..100 degC. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_WATER_H
#define PHYSICS_WATER_H

double water_density_kg_m3(double t_c);
double water_heat_kj_kgk(double t_c);
double water_enthalpy_kj_kg(double t_c); /* above 0 degC: the integral of the heat capacity */
double water_conductivity_kw_mk(double t_c);
double water_viscosity_kpas(double t_c);
double water_latent_kj_kg(double t_c); /* of evaporation */

#endif
