/* What a heating surface gives and needs: output by temperatures, supply and return by load
   (weather compensation). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_EMITTER_H
#define PHYSICS_EMITTER_H

/* At share load_frac (held within 0..1.5) of the design load: constant flow, arithmetic mean excess
   temperature. */
void emitter_temperatures(double load_frac, double design_supply_c, double design_return_c,
                          double indoor_c, double exponent_ratio, double *ret_supply_c,
                          double *ret_return_c);
/* The same with the logarithmic mean, which is exact for one surface. */
void emitter_temperatures_log(double load_frac, double design_supply_c, double design_return_c,
                              double indoor_c, double exponent_ratio, double *ret_supply_c,
                              double *ret_return_c);
/* Share of the design output that a surface gives at other temperatures, by the logarithmic mean.
   */
double emitter_load_frac(double supply_c, double return_c, double design_supply_c,
                         double design_return_c, double indoor_c, double exponent_ratio);
/* Share of the design load at an outdoor temperature: straight from design_outdoor_c (1) to
   balance_c (0). */
double emitter_weather_frac(double outdoor_c, double design_outdoor_c, double balance_c);

#endif
