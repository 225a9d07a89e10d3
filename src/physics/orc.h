/* Electricity from low-grade heat: the organic Rankine cycle, and what a heat pump before it would leave. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_ORC_H
#define PHYSICS_ORC_H

/* Gross electricity per heat: quality_frac (0.20..0.35) of the ideal between the hot inlet and the coolant; 0 where the
   heat is no warmer. The condenser's pump and fan take 10 to 30 % of it. */
double orc_gross_eff(double hot_c, double coolant_c, double quality_frac);
/* Electricity out over electricity in of a heat pump that lifts from source_c to hot_c and an engine down to coolant_c:
   below 1 with any real machines. */
double orc_behind_heat_pump_ratio(double source_c, double hot_c, double coolant_c,
                                  double heat_pump_frac, double engine_frac);

#endif
