/* Central gas boiler of a heat plant.

   heat_out = efficiency * fuel_in   (lower heating value; may exceed 1)

   Cost and efficiency: Danish Energy Agency, natural gas boiler, district heating, 2015 EUR. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"

struct gas_boiler {
    double capacity_kw, efficiency_eff, capex_money_kw, fom_frac_year, vom_money_kwh, life_year;
};
enum { FUEL_IN, HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(gas_boiler, capacity_kw, REQUIRED, 0.0, 2e6, "user", "Heat delivered at full load."),
    PARAM(gas_boiler, efficiency_eff, 1.03, 0.7, 1.09, "DEA 2020, LHV, condensing [read TECHDATA]",
          "Heat per fuel of lower heating value."),
    PARAM(gas_boiler, capex_money_kw, NOT_GIVEN, 0.0, 5000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(gas_boiler, fom_frac_year, 0.0333, 0.0, 0.3,
          "DEA 2020: 2 k/MW of 60 k/MW [read TECHDATA]",
          "Fixed upkeep per year, of the investment."),
    PARAM(gas_boiler, vom_money_kwh, 0.0011, 0.0, 0.05, "DEA 2020, 1.1 EUR/MWh [read TECHDATA]",
          "Running upkeep per kWh of heat."),
    PARAM(gas_boiler, life_year, 25.0, 5.0, 60.0, "DEA 2020 [read TECHDATA]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [FUEL_IN] = {.name = "fuel_in",
                 .carrier = CARRIER_FUEL,
                 .direction = FLOWS_IN,
                 .side = SIDE_FUEL,
                 .meaning = "fuel burnt"},
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_PLANT,
                  .lifts_preheated = true,
                  .meaning = "heat delivered"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct gas_boiler *boiler = self;
    (void)hours;
    plant_boiler(FUEL_IN, HEAT_OUT, boiler->efficiency_eff, boiler->vom_money_kwh, ret);
}

const struct component component_gas_boiler = {
    .name = "gas_boiler",
    .title = "Gas boiler",
    .summary = "Heat from gas in a central plant.",
    .shape = SHAPE_CONVERTER,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct gas_boiler),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"heat"},
    .firm = true,
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"EUR",
             2015,
             {{500.0, 60.0}},
             1,
             "DEA, natural gas boiler district heating 2020 [read TECHDATA]"},
    .validity = "0.5 to 50 MW; hot water to 110 degC.",
    .references = "DEA, TECHDATA",
    .coefficients = coefficients,
};
