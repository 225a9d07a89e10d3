/* Shared by several kinds of plant. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"

void plant_cost(struct coefficients *ret, int mode, double money_kwh) {
    for (int t = 0; t < ret->count; t++) {
        ret->mode[mode].cost_money_kwh[t] = money_kwh;
    }
}

void plant_lifts(int port, struct coefficients *ret) {
    for (int m = 0; m < ret->modes; m++) {
        for (int t = 0; t < ret->count; t++) {
            ret->mode[m].lifts_kw_kw[t] = ret->mode[m].port[port][t];
        }
    }
}

void plant_boiler(int port_in, int port_out, double efficiency_eff, double running_money_kwh,
                  struct coefficients *ret) {
    for (int t = 0; t < ret->count; t++) {
        ret->mode[0].port[port_out][t] = 1.0;
        ret->mode[0].port[port_in][t] = 1.0 / efficiency_eff;
        ret->mode[0].cost_money_kwh[t] = running_money_kwh;
    }
    plant_lifts(port_out, ret);
}

void plant_supply(const struct hours *hours, const struct curve *supply_c,
                  const struct curve *return_c, double *ret_supply_c, double *ret_return_c) {
    for (int t = 0; t < hours->count; t++) {
        ret_supply_c[t] = curve_at(supply_c, hours->outdoor_day_c[t]);
        ret_return_c[t] = curve_at(return_c, hours->outdoor_day_c[t]);
    }
}
