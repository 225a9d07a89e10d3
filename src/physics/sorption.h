/* Chillers that heat drives. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_SORPTION_H
#define PHYSICS_SORPTION_H

#include <stdbool.h>

/* Single-effect water and lithium bromide by the characteristic equation of a machine of 10 kW: its cold and its driving
   heat at the mean temperatures of the three circuits. False where it gives no cold. */
bool sorption_absorption_kw(double driving_c, double recooling_c, double cold_c,
                            double *ret_cold_kw, double *ret_heat_kw);
/* Adsorption: share of its cold at 85/30/9 degC that silica gel and water give, by the driving water, and the COP.
   False below 55 degC of driving water, or less than 20 K above the re-cooling. */
bool sorption_adsorption(double driving_c, double recooling_c, double *ret_power_frac,
                         double *ret_cop);

#endif
