/* Cooling as declared: so much electricity and water per kWh of heat removed, whatever the weather.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"

struct declared_cooling {
    double capacity_kw, cooling_overhead_kw_kw, water_m3_kwh, capex_money_kw, fom_frac_year,
        life_year;
};
enum { HEAT_IN, POWER_IN, WATER_IN, PORTS };

static const struct param params[] = {
    PARAM(declared_cooling, capacity_kw, REQUIRED, 0.0, 1e7, "user", "Heat removed at full load."),
    PARAM(declared_cooling, cooling_overhead_kw_kw, REQUIRED, 0.0, 2.0, "user",
          "Electricity per kW of heat."),
    PARAM(declared_cooling, water_m3_kwh, 0.0, 0.0, 0.02, "user", "Water per kWh of heat."),
    PARAM(declared_cooling, capex_money_kw, NOT_GIVEN, 0.0, 20000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(declared_cooling, fom_frac_year, 0.02, 0.0, 0.2, "assumed",
          "Fixed upkeep per year, of the investment."),
    PARAM(declared_cooling, life_year, 15.0, 5.0, 40.0, "recalled, unverified", "Technical life."),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = {.name = "heat_in",
                 .carrier = CARRIER_HEAT,
                 .direction = FLOWS_IN,
                 .side = SIDE_HALL,
                 .meaning = "heat removed"},
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .meaning = "fans, pumps, compressors"},
    [WATER_IN] = {.name = "water_in",
                  .carrier = CARRIER_WATER,
                  .direction = FLOWS_IN,
                  .side = SIDE_WATER,
                  .meaning = "make-up water, m3/h"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct declared_cooling *cooling = self;
    for (int t = 0; t < hours->count; t++) {
        ret->mode[0].port[HEAT_IN][t] = 1.0;
        ret->mode[0].port[POWER_IN][t] = cooling->cooling_overhead_kw_kw;
        ret->mode[0].port[WATER_IN][t] = cooling->water_m3_kwh;
    }
}

const struct component component_declared_cooling = {
    .name = "declared_cooling",
    .title = "Declared cooling",
    .summary = "Cooling by its stated overhead.",
    .shape = SHAPE_CONVERTER,
    .reference_port = HEAT_IN,
    .size = sizeof(struct declared_cooling),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"reject"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD",
             2022,
             {{1.0, 400.0}},
             1,
             "assumed, unverified: the method is not known, only its overhead"},
    .validity = "Where only an annual figure of the site is known.",
    .references = "operators' declared figures",
    .coefficients = coefficients,
};
