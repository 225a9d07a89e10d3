/* Compression chiller: the town's chilled water from electricity, air-cooled.

   cold_out = rate, power_in = rate / COP;  COP by outdoor temperature at a part load (physics/cooling.h), times cop_ratio.
   It is what cools a building that is wired to the town's chilled water today. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "physics/cooling.h"

struct compression_chiller {
    double capacity_kw, chilled_c, part_load_frac, cop_ratio, capex_money_kw, fom_frac_year,
        vom_money_kwh, life_year;
};
enum { POWER_IN, COLD_OUT, PORTS };

static const struct param params[] = {
    PARAM(compression_chiller, capacity_kw, REQUIRED, 0.0, 1e6, "user",
          "Cold delivered at full load."),
    PARAM(compression_chiller, chilled_c, 6.0, 3.0, 20.0, "chilled water 6/12, recalled",
          "Chilled water that leaves it."),
    PARAM(compression_chiller, part_load_frac, 0.67, 0.255, 1.0,
          "as the chillers of a hall [computed]", "Part load of the running chillers."),
    PARAM(compression_chiller, cop_ratio, 0.85, 0.3, 1.3,
          "between large 1 and mid-size .675 [read LEI22], assumed", "COP over the table."),
    PARAM(compression_chiller, capex_money_kw, NOT_GIVEN, 0.0, 10000.0, "catalogue",
          "Investment per kW of cold."),
    PARAM(compression_chiller, fom_frac_year, 0.05, 0.0, 0.3, "chillers 5 % [read CEA]",
          "Fixed upkeep per year, of the investment."),
    PARAM(compression_chiller, vom_money_kwh, 0.0, 0.0, 0.05, "in the fixed upkeep",
          "Running upkeep per kWh of cold."),
    PARAM(compression_chiller, life_year, 20.0, 5.0, 40.0, "recalled, unverified",
          "Technical life."),
};
static const struct port ports[PORTS] = {
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .meaning = "compressors and fans"},
    [COLD_OUT] = {.name = "cold_out",
                  .carrier = CARRIER_COLD,
                  .direction = FLOWS_OUT,
                  .side = SIDE_COLD,
                  .meaning = "cold delivered"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct compression_chiller *chiller = self;
    plant_cost(ret, 0, chiller->vom_money_kwh);
    for (int t = 0; t < hours->count; t++) {
        double cop = chiller->cop_ratio * cooling_air_chiller_cop(hours->outdoor_c[t],
                                                                  chiller->part_load_frac,
                                                                  chiller->chilled_c);
        ret->mode[0].port[COLD_OUT][t] = 1.0;
        ret->mode[0].port[POWER_IN][t] = 1.0 / cop;
    }
}

const struct component component_compression_chiller = {
    .name = "compression_chiller",
    .title = "Compression chiller",
    .summary = "The town's chilled water from electricity.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COLD_OUT,
    .size = sizeof(struct compression_chiller),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"cold"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD", 2022, {{1.0, 400.0}}, 1, "assumed, unverified: chillers and pumps"},
    .validity = "Outdoor -30 to 45 degC, chilled water 3 to 20 degC.",
    .references = "LEI22; LBNL DC Pro v3",
    .coefficients = coefficients,
};
