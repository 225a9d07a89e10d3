/* Gas boiler in a building.   heat_out = efficiency * fuel_in   (lower heating value; may exceed 1)

   Efficiency over the season. The capacity is that of all boilers of a class of buildings, each of
   machine_kw: that is the size that prices one. Cost: Danish Energy Agency, one family's boiler and, for large ones,
   that of a heat plant, as PyPSA's technology-data gives them for 2030 in EUR of 2025. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"

struct individual_gas_boiler {
    double capacity_kw, machine_kw, efficiency_eff, capex_money_kw, fom_frac_year, vom_money_kwh,
        life_year;
};
enum { FUEL_IN, HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(individual_gas_boiler, capacity_kw, REQUIRED, 0.0, 2e6, "user",
          "Heat delivered at full load by all of them."),
    PARAM(individual_gas_boiler, machine_kw, 100.0, 5.0, 50000.0,
          "assumed: a block of flats or a school; one family's has 10",
          "Size of one boiler, which prices it."),
    PARAM(individual_gas_boiler, efficiency_eff, 0.92, 0.6, 1.05,
          "existing boilers over the season, assumed; new .98 [read TECHDATA]",
          "Heat per fuel of lower heating value."),
    PARAM(individual_gas_boiler, capex_money_kw, NOT_GIVEN, 0.0, 5000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(individual_gas_boiler, fom_frac_year, 0.038, 0.0, 0.3,
          "gas boiler of a heat plant 3.8 %, one family's 6.7 % [read TECHDATA]",
          "Fixed upkeep per year, of the investment."),
    PARAM(individual_gas_boiler, vom_money_kwh, 0.0, 0.0, 0.05, "in the fixed upkeep",
          "Running upkeep per kWh of heat."),
    PARAM(individual_gas_boiler, life_year, 20.0, 5.0, 60.0, "DEA [read TECHDATA]",
          "Technical life."),
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
                  .side = SIDE_USER,
                  .lifts_preheated = true,
                  .meaning = "heat delivered"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct individual_gas_boiler *boiler = self;
    (void)hours;
    plant_boiler(FUEL_IN, HEAT_OUT, boiler->efficiency_eff, boiler->vom_money_kwh, ret);
}

extern const struct component component_individual_gas_boiler;

static double capex_money(const void *self, double size) {
    const struct individual_gas_boiler *boiler = self;
    return size *
           cost_curve_at(&component_individual_gas_boiler.cost, fmin(size, boiler->machine_kw));
}

const struct component component_individual_gas_boiler = {
    .name = "individual_gas_boiler",
    .title = "Building gas boiler",
    .summary = "Heat from gas in the building that needs it.",
    .shape = SHAPE_CONVERTER,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct individual_gas_boiler),
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
             2025,
             {{10.0, 396.5}, {500.0, 66.8}},
             2,
             "DEA: one family's boiler, and a heat plant's from .5 MW [read TECHDATA]"},
    .validity = "10 kW to 10 MW.",
    .references = "DEA, TECHDATA",
    .coefficients = coefficients,
    .capex_money = capex_money,
};
