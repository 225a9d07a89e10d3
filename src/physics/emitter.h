/* What a heating surface needs: supply and return temperature by load (weather compensation). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_EMITTER_H
#define PHYSICS_EMITTER_H

/* At share load_frac of the design load: constant flow, arithmetic mean excess temperature, exponent n. */
void emitter_temperatures(double load_frac, double design_supply_c, double design_return_c, double indoor_c,
                          double exponent_ratio, double *ret_supply_c, double *ret_return_c);

#endif
