/* Water at a price. The rate is in m3/h. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/component.h"

struct water_supply {
    double limit_m3_h, price_money_m3;
};
enum { WATER_OUT, PORTS };

static const struct param params[] = {
    PARAM(water_supply, limit_m3_h, NOT_GIVEN, 0.0, 1e6, "user; not given: no limit",
          "Largest flow."),
    PARAM(water_supply, price_money_m3, 2.0, 0.0, 100.0,
          "assumed; give the utility's price with sewer charge",
          "Price of fresh water with its sewer charge."),
};
static const struct port ports[PORTS] = {
    [WATER_OUT] = {.name = "water_out",
                   .carrier = CARRIER_WATER,
                   .direction = FLOWS_OUT,
                   .side = SIDE_WATER,
                   .meaning = "fresh water, m3/h"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct water_supply *water = self;
    for (int t = 0; t < hours->count; t++) {
        ret->mode[0].port[WATER_OUT][t] = 1.0;
        ret->mode[0].cost_money_kwh[t] = water->price_money_m3;
    }
}

const struct component component_water_supply = {
    .name = "water_supply",
    .title = "Water supply",
    .summary = "Fresh water bought by the cubic metre.",
    .shape = SHAPE_SOURCE,
    .reference_port = WATER_OUT,
    .size = sizeof(struct water_supply),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "limit_m3_h",
    .mode_names = {"supply"},
    .cost_payee = "water_utility",
    .maturity = 9,
    .validity = "One price per cubic metre.",
    .references = "tariff of the scenario",
    .coefficients = coefficients,
};
