/* Fuel at a price, per kWh of lower heating value, with the carbon of burning it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/component.h"

struct fuel_supply {
    double limit_kw, capex_money_kw;
    struct input price_money_kwh;
    double carbon_kgco2_kwh;
};
enum { FUEL_OUT, PORTS };

static const struct param params[] = {
    PARAM(fuel_supply, limit_kw, NOT_GIVEN, 0.0, 1e7, "user; not given: no limit",
          "Largest flow of the connection."),
    PARAM(fuel_supply, capex_money_kw, 0.0, 0.0, 10000.0,
          "none: it stands already; a new one with limit_kw: choose",
          "Investment in the connection per kW."),
    PARAM_IN(fuel_supply, price_money_kwh, REQUIRED, 0.0, 5.0, "user",
             "Price per kWh of lower heating value."),
    PARAM(fuel_supply, carbon_kgco2_kwh, 0.198, 0.0, 0.6,
          "natural gas, stoichiometric, LHV [read TECHDATA]", "Carbon of burning it."),
};
static const struct port ports[PORTS] = {
    [FUEL_OUT] = {.name = "fuel_out",
                  .carrier = CARRIER_FUEL,
                  .direction = FLOWS_OUT,
                  .side = SIDE_FUEL,
                  .meaning = "fuel delivered"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct fuel_supply *fuel = self;
    for (int t = 0; t < hours->count; t++) {
        ret->mode[0].port[FUEL_OUT][t] = 1.0;
        ret->mode[0].cost_money_kwh[t] =
            input_at(&fuel->price_money_kwh, t < hours->horizon_count ? t : 0);
        ret->mode[0].carbon_kgco2_kwh[t] = fuel->carbon_kgco2_kwh;
        ret->mode[0].carbon_marginal_kgco2_kwh[t] = fuel->carbon_kgco2_kwh;
    }
}

const struct component component_fuel_supply = {
    .name = "fuel_supply",
    .title = "Fuel supply",
    .summary = "Fuel bought by the kWh.",
    .shape = SHAPE_SOURCE,
    .reference_port = FUEL_OUT,
    .size = sizeof(struct fuel_supply),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "limit_kw",
    .mode_names = {"supply"},
    .cost_payee = "fuel_supplier",
    .maturity = 9,
    .validity = "Lower heating value throughout.",
    .references = "TECHDATA",
    .coefficients = coefficients,
};
