/* What most kinds of plant do alike: the four cost parameters and a converter of one mode with
   fixed efficiency. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_PLANT_H
#define COMPONENTS_PLANT_H

#include "components/component.h"

/* One input, one output, output = efficiency * input; rate is the output. Running cost per kWh of
   output. */
void plant_boiler(int port_in, int port_out, double efficiency_eff, double running_money_kwh,
                  struct coefficients *ret);
/* All that its modes give at a port may finish preheated water (mode.lifts_kw_kw); the port says so in the table. */
void plant_lifts(int port, struct coefficients *ret);
void plant_cost(struct coefficients *ret, int mode, double money_kwh);
void plant_supply(const struct hours *hours, const struct curve *supply_c,
                  const struct curve *return_c, double *ret_supply_c, double *ret_return_c);

#endif
