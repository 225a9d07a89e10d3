/* Machines that make power from fuel or steam, and heat beside it. Efficiencies are of the lower heating value. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_COGENERATION_H
#define PHYSICS_COGENERATION_H

/* Electric efficiency at a part of the rated load: fuel is a straight line over power through full and half load.
   load_frac above 0. */
double cogeneration_part_eff(double load_frac, double full_eff, double half_eff);
/* Mean efficiency of a bank of equal units that are loaded one after the other: all but the last run full. */
double cogeneration_bank_eff(double load_frac, int units_count, double full_eff, double half_eff);
/* Power of a gas turbine over that at 15 degC and 101.325 kPa: with the mass of air that enters. */
double cogeneration_turbine_frac(double inlet_c, double pressure_kpa, double power_frac_k);
/* Power that a steam turbine loses per kW of heat taken from it at heat_c: what the steam would have made down to
   condenser_c, at turbine_eff of the ideal. */
double cogeneration_extraction_kw_kw(double heat_c, double condenser_c, double turbine_eff);

#endif
