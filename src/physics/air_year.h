/* Humid air of many hours at once: the laws of air.h over arrays, a year in about a millisecond. Saturation comes from a
   table of cubic pieces that is made on the way; each value lies within 5e-8 of itself (pressure) or 1e-6 K of what
   air.h says, which is kept as the test of these and serves what lies beyond the table. Arrays have count entries; the
   result may be one of the arguments. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_AIR_YEAR_H
#define PHYSICS_AIR_YEAR_H

void air_year_saturation_kpa(int count, const double *t_c, double *ret_kpa);
void air_year_humidity_kg_kg(int count, const double *t_c, const double *rh_frac,
                             const double *p_kpa, double *ret_kg_kg);
void air_year_relative_humidity_frac(int count, const double *t_c, const double *w_kg_kg,
                                     const double *p_kpa, double *ret_frac);
void air_year_dew_point_c(int count, const double *w_kg_kg, const double *p_kpa, double *ret_c);
void air_year_wet_bulb_c(int count, const double *t_c, const double *w_kg_kg, const double *p_kpa,
                         double *ret_c);
void air_year_enthalpy_kj_kg(int count, const double *t_c, const double *w_kg_kg,
                             double *ret_kj_kg);

#endif
