/* Geothermal heat: warm water of a well pair on a circuit of its own, for an exchanger or as the source of a heat pump.

   heat = rate up to the wells' flow; the circuit's supply is the water that arrives, its return what the wells take back.
   The pumps' electricity is a running cost of the heat. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"

struct geothermal_heat {
    double capacity_kw, supply_c, return_c, pump_money_kwh, capex_money_kw, fom_frac_year,
        life_year;
};
enum { HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(geothermal_heat, capacity_kw, REQUIRED, 0.0, 5e5, "user",
          "Heat between supply and return at full flow."),
    PARAM(geothermal_heat, supply_c, 40.0, 8.0, 120.0, "preheat 20-60 degC, mid [read heat notes]",
          "Water that arrives."),
    PARAM(geothermal_heat, return_c, 20.0, 2.0, 100.0, "assumed", "Water that goes back."),
    PARAM(geothermal_heat, pump_money_kwh, 0.005, 0.0, 0.2,
          "5 % of the heat at .10 per kWh, assumed", "Running cost of the pumps per kWh of heat."),
    PARAM(geothermal_heat, capex_money_kw, NOT_GIVEN, 0.0, 20000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(geothermal_heat, fom_frac_year, 0.02, 0.0, 0.3, "assumed",
          "Fixed upkeep per year, of the investment."),
    PARAM(geothermal_heat, life_year, 30.0, 5.0, 60.0, "recalled, unverified", "Technical life."),
};
static const struct port ports[PORTS] = {
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_OWN,
                  .sets_temperature = true,
                  .meaning = "heat of the wells"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct geothermal_heat *wells = self;
    plant_cost(ret, 0, wells->pump_money_kwh);
    for (int t = 0; t < hours->count; t++) {
        ret->mode[0].port[HEAT_OUT][t] = 1.0;
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct geothermal_heat *wells = self;
    (void)port;
    for (int t = 0; t < hours->count; t++) {
        ret_supply_c[t] = wells->supply_c;
        ret_return_c[t] = wells->return_c;
    }
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct geothermal_heat *wells = self;
    if (wells->supply_c < wells->return_c + 1.0) {
        diag_error(diag, place, "supply_c stands less than 1 K above return_c");
        diag_remedy(diag, "raise supply_c or lower return_c");
    }
}

const struct component component_geothermal_heat = {
    .name = "geothermal_heat",
    .title = "Geothermal heat",
    .summary = "Warm water of wells, for an exchanger or a heat pump.",
    .shape = SHAPE_SOURCE,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct geothermal_heat),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"heat"},
    .firm = true,
    .cost_payee = "suppliers",
    .maturity = 8,
    .cost = {"EUR",
             2020,
             {{1000.0, 1500.0}, {10000.0, 960.0}},
             2,
             "recalled, unverified; an aquifer store is about .75 of it: 722 EUR/kW [read GEJ]"},
    .validity = "Constant temperatures; a field that cools over the decades is not in it.",
    .references = "GEJ; PYPSA",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
};
