/* Electric boiler.   heat_out = efficiency * power_in

   Cost: Danish Energy Agency, electric boiler district heating, 2015 EUR. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"

struct electric_boiler {
    double capacity_kw, efficiency_eff, capex_money_kw, fom_frac_year, vom_money_kwh, life_year;
};
enum { POWER_IN, HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(electric_boiler, capacity_kw, REQUIRED, 0.0, 1e6, "user", "Heat delivered at full load."),
    PARAM(electric_boiler, efficiency_eff, 0.99, 0.9, 1.0, "DEA 2020 [read TECHDATA]",
          "Heat per electricity."),
    PARAM(electric_boiler, capex_money_kw, NOT_GIVEN, 0.0, 5000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(electric_boiler, fom_frac_year, 0.0138, 0.0, 0.3,
          "DEA 2020: 1.1 k/MW of 80 k/MW [read TECHDATA]",
          "Fixed upkeep per year, of the investment."),
    PARAM(electric_boiler, vom_money_kwh, 0.0009, 0.0, 0.05,
          "DEA 2020, 0.9 EUR/MWh [read TECHDATA]", "Running upkeep per kWh of heat."),
    PARAM(electric_boiler, life_year, 20.0, 5.0, 60.0, "DEA 2020 [read TECHDATA]",
          "Technical life."),
};
static const struct port ports[PORTS] = {
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .meaning = "electricity"},
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_PLANT,
                  .lifts_preheated = true,
                  .meaning = "heat delivered"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct electric_boiler *boiler = self;
    (void)hours;
    plant_boiler(POWER_IN, HEAT_OUT, boiler->efficiency_eff, boiler->vom_money_kwh, ret);
}

const struct component component_electric_boiler = {
    .name = "electric_boiler",
    .title = "Electric boiler",
    .summary = "Heat from electricity, one for one.",
    .shape = SHAPE_CONVERTER,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct electric_boiler),
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
             {{3000.0, 150.0}, {10000.0, 70.0}},
             2,
             "DEA, electric boiler 2020 [read TECHDATA]"},
    .validity = "0.1 to 50 MW.",
    .references = "DEA, TECHDATA",
    .coefficients = coefficients,
};
