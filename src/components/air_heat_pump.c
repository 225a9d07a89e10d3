/* Air-source heat pump of a building.

   cop = field * (6.81 - 0.121 dT + 0.000630 dT^2), dT = needed supply - outdoor (Staffell 2012)
   The law holds from 15 to 60 K.
   Below 15 K as at 15 K. Above 60 K with the share of the ideal COP it has at 60 K: cop(60) 60/dT.
   Below outdoor_min_c, and wherever it is better, the electric heater built into such machines
   works: COP 1. Heat that is not from electricity comes from the outdoor air, which has no port.
   The capacity is what it gives in the coldest design hour; more in milder weather is not
   counted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "components/refrigerant.h"
#include "physics/heat_pump.h"

struct air_heat_pump {
    double capacity_kw, field_ratio, supply_max_c, outdoor_min_c, capex_money_kw, fom_frac_year,
        vom_money_kwh, life_year;
    int refrigerant;
};
enum { POWER_IN, HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(air_heat_pump, capacity_kw, REQUIRED, 0.0, 1e6, "user",
          "Heat delivered on the coldest design hour."),
    PARAM(air_heat_pump, field_ratio, 0.85, 0.5, 1.1, "When2Heat field correction [read W2H]",
          "Measured over laboratory performance."),
    PARAM(air_heat_pump, supply_max_c, 65.0, 40.0, 80.0, "recalled, unverified",
          "Hottest water it makes, if its refrigerant goes as far."),
    PARAM_OF(air_heat_pump, refrigerant, 0, "bought as it is",
             "How hot a water it makes, and what a leak does.", REFRIGERANT_NOT_NAMED,
             REFRIGERANT_NAMES),
    PARAM(air_heat_pump, outdoor_min_c, -20.0, -35.0, 10.0, "recalled, unverified",
          "Coldest air the compressor works with; below it the built-in electric heater."),
    PARAM(air_heat_pump, capex_money_kw, NOT_GIVEN, 0.0, 10000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(air_heat_pump, fom_frac_year, 0.03, 0.0, 0.3, "DEA, one family's machine [read TECHDATA]",
          "Fixed upkeep per year, of the investment."),
    PARAM(air_heat_pump, vom_money_kwh, 0.0, 0.0, 0.05, "in the fixed upkeep",
          "Running upkeep per kWh of heat."),
    PARAM(air_heat_pump, life_year, 18.0, 5.0, 40.0, "DEA [read TECHDATA]", "Technical life."),
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
                  .side = SIDE_USER,
                  .lifts_preheated = true,
                  .meaning = "heat delivered"},
};

static double cop_at(const struct air_heat_pump *pump, double needed_c, double outdoor_c) {
    double lift_dk = needed_c - outdoor_c, heater_cop = 1.0;
    if (outdoor_c < pump->outdoor_min_c) {
        return heater_cop;
    }
    double cop = pump->field_ratio * heat_pump_air_domestic_cop(needed_c, outdoor_c) * 60.0 /
                 fmax(60.0, lift_dk);
    return fmax(heater_cop, cop);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct air_heat_pump *pump = self;
    const double *supply_c = hours->port[HEAT_OUT].supply_c;
    const struct refrigerant *of = refrigerant_named(pump->refrigerant);
    double most_c = of ? fmin(pump->supply_max_c, of->supply_max_c) : pump->supply_max_c;
    plant_cost(ret, 0, pump->vom_money_kwh);
    for (int t = 0; t < hours->count; t++) {
        double needed_c = supply_c ? supply_c[t] : 50.0;
        ret->mode[0].may_run[t] = needed_c <= most_c;
        ret->mode[0].port[HEAT_OUT][t] = 1.0;
        ret->mode[0].port[POWER_IN][t] = 1.0 / cop_at(pump, needed_c, hours->outdoor_c[t]);
    }
    plant_lifts(HEAT_OUT, ret);
}

static void check(const void *self, struct diag *diag, struct place place) {
    refrigerant_check(((const struct air_heat_pump *)self)->refrigerant, false, diag, place);
}

const struct component component_air_heat_pump = {
    .name = "air_heat_pump",
    .title = "Air-source heat pump",
    .summary = "Heat from outdoor air in a building.",
    .shape = SHAPE_CONVERTER,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct air_heat_pump),
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
             {{10.0, 1135.4}, {3000.0, 1144.0}},
             2,
             "DEA 2030: one family's air-water machine, and 3 MW [read TECHDATA]"},
    .validity =
        "Domestic machines, lift 15 to 60 K (beyond it at constant quality), water to 65 degC.",
    .references = "STAFFELL, W2H",
    .coefficients = coefficients,
    .check = check,
};
