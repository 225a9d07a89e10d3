/* Diesel generator: power from oil when the grid is away, or when it is paid to help.

   fuel = power / eta(load); allowed hours are for permits to say, what it must carry in an outage for `hearth outage` */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "physics/cogeneration.h"

struct diesel_generator {
    double capacity_kw, electric_eff, half_ratio, load_frac, available_frac, capex_money_kw,
        fom_frac_year, vom_money_kwh, life_year;
};
enum { FUEL_IN, POWER_OUT, PORTS };

static const struct param params[] = {
    PARAM(diesel_generator, capacity_kw, REQUIRED, 0.0, 1e6, "user", "Power at full load."),
    PARAM(diesel_generator, electric_eff, 0.343, 0.2, 0.5,
          "0.322 of the higher heating value [read REOPT], by 45.6/42.8",
          "Power per fuel of lower heating value at full load."),
    PARAM(diesel_generator, half_ratio, 0.9, 0.6, 1.0, "recalled, unverified",
          "Efficiency at half load over that at full load."),
    PARAM(diesel_generator, load_frac, 0.8, 0.15, 1.0, "assumed: redundant sets share the load",
          "Mean load of the sets that run, at which the efficiency is taken."),
    PARAM(diesel_generator, available_frac, 0.995, 0.5, 1.0, "[read REOPT]",
          "Share of the capacity that is ready."),
    PARAM(diesel_generator, capex_money_kw, NOT_GIVEN, 0.0, 5000.0, "catalogue",
          "Investment per kW."),
    PARAM(diesel_generator, fom_frac_year, 0.03, 0.0, 0.3,
          "20 USD/kW a of 650, recalled, unverified", "Fixed upkeep per year, of the investment."),
    PARAM(diesel_generator, vom_money_kwh, 0.01, 0.0, 0.2, "assumed", "Running upkeep per kWh."),
    PARAM(diesel_generator, life_year, 25.0, 5.0, 40.0, "standby duty, recalled, unverified",
          "Technical life."),
};
static const struct port ports[PORTS] = {
    [FUEL_IN] = {.name = "fuel_in",
                 .carrier = CARRIER_FUEL,
                 .direction = FLOWS_IN,
                 .side = SIDE_FUEL,
                 .meaning = "oil burnt"},
    [POWER_OUT] = {.name = "power_out",
                   .carrier = CARRIER_ELECTRICITY,
                   .direction = FLOWS_OUT,
                   .side = SIDE_METER,
                   .meaning = "power generated"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct diesel_generator *set = self;
    double loaded_eff = cogeneration_part_eff(set->load_frac, set->electric_eff,
                                              set->half_ratio * set->electric_eff);
    plant_boiler(FUEL_IN, POWER_OUT, loaded_eff, set->vom_money_kwh, ret);
    for (int t = 0; t < hours->count; t++) {
        ret->availability_frac[t] = set->available_frac;
    }
}

const struct component component_diesel_generator = {
    .name = "diesel_generator",
    .title = "Diesel generator",
    .summary = "Power from oil when the grid does not give it.",
    .shape = SHAPE_CONVERTER,
    .reference_port = POWER_OUT,
    .size = sizeof(struct diesel_generator),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"power"},
    .origin = ORIGIN_BY_FUEL,
    .fuel = "oil",
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD", 2023, {{1000.0, 650.0}}, 1, "standby sets [read REOPT]; dollar year recalled"},
    .validity = "Standby sets of 0.1 to 3 MW; starts and test runs are left out.",
    .references = "REOPT generator.jl",
    .coefficients = coefficients,
};
