/* eta = phi (1 - T_0/T_in); measured at a data centre 1.9 % from 43 degC and 4.6 % from 81 degC (Araya et al. 2020), which
   is .26 to .27 of the ideal to 20 degC. Behind a heat pump: W_out/W_in = phi_HP phi_ORC (T_h - T_0)/(T_h - T_c) (heat
   notes section 9). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/orc.h"

#include <math.h>

#include "physics/carnot.h"

double orc_gross_eff(double hot_c, double coolant_c, double quality_frac) {
    return hot_c > coolant_c ? quality_frac * carnot_engine_eff(hot_c, coolant_c) : 0.0;
}

double orc_behind_heat_pump_ratio(double source_c, double hot_c, double coolant_c,
                                  double heat_pump_frac, double engine_frac) {
    return heat_pump_frac * carnot_heating_ratio(hot_c, source_c) *
           orc_gross_eff(hot_c, coolant_c, engine_frac);
}
