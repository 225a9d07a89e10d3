/* Gas turbine with cogeneration: as the engine, and its power follows the air that enters (components/cogeneration.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cogeneration.h"

static const struct param params[] = {
    PARAM(cogeneration, capacity_kw, REQUIRED, 0.0, 1e6, "user",
          "Power at 15 degC and 101.325 kPa, all units together."),
    PARAM(cogeneration, electric_eff, NOT_GIVEN, 0.1, 0.65,
          "by size, REOPT chp_defaults, HHV to LHV by 1.108 [read REOPT]",
          "Power per fuel of lower heating value at full load."),
    PARAM(cogeneration, heat_eff, NOT_GIVEN, 0.0, 0.7,
          "by size, hot water, REOPT chp_defaults [read REOPT]",
          "Heat per fuel of lower heating value."),
    PARAM(cogeneration, half_ratio, 0.78, 0.6, 1.0,
          "EPA's CHP catalogue .75-.82, recalled, unverified",
          "Electric efficiency at half load over that at full load."),
    PARAM(cogeneration, load_frac, 1.0, 0.25, 1.0,
          "assumed: units start one after the other and run full",
          "Mean load of the units that run, at which the efficiency is taken."),
    PARAM(cogeneration, available_frac, 0.95, 0.5, 1.0,
          "48 to 72 h of upkeep nine or four times a year [read REOPT]; failures assumed",
          "Share of the capacity that is ready."),
    PARAM(cogeneration, heat_max_c, 130.0, 40.0, 200.0,
          "exhaust above 400 degC, pressurised water, recalled, unverified",
          "Hottest supply it can heat."),
    PARAM_YES(cogeneration, radiator, 1, "assumed: it may run without heat users",
              "Whether its heat may go to the air."),
    PARAM(cogeneration, power_frac_k, 0.007, 0.0, 0.02, "recalled, unverified",
          "Power lost per kelvin above 15 degC at the inlet."),
    PARAM(cogeneration, capex_money_kw, NOT_GIVEN, 0.0, 20000.0, "catalogue",
          "Investment per kW of power."),
    PARAM(cogeneration, fom_frac_year, 0.0, 0.0, 0.3, "REOPT: all upkeep by the kWh [read REOPT]",
          "Fixed upkeep per year, of the investment."),
    PARAM(cogeneration, vom_money_kwh, 0.0125, 0.0, 0.2, "5 to 7.5 MW [read REOPT]",
          "Running upkeep per kWh of power."),
    PARAM(cogeneration, life_year, 25.0, 5.0, 40.0, "[read TECHDATA]", "Technical life."),
};
static const struct cogeneration_size sizes[] = {
    {1800.0, 0.218, 0.5065}, {3300.0, 0.2315, 0.498},  {5400.0, 0.2535, 0.4695},
    {7500.0, 0.281, 0.468},  {14000.0, 0.296, 0.4485}, {20000.0, 0.3155, 0.425},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cogeneration_coefficients(self, sizes, COUNT(sizes), true, hours, ret);
}

const struct component component_gas_turbine = {
    .name = "gas_turbine",
    .title = "Gas turbine",
    .summary = "Power from gas in a turbine, with the heat of its exhaust.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COGENERATION_POWER,
    .size = sizeof(struct cogeneration),
    .params = params,
    .params_count = COUNT(params),
    .ports = cogeneration_ports,
    .ports_count = COGENERATION_PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"heat_and_power", "power"},
    .origin = ORIGIN_BY_FUEL,
    .firm = true,
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD",
             2023,
             {{950.0, 4480.0},
              {1800.0, 3900.0},
              {3300.0, 3320.0},
              {5400.0, 2550.0},
              {7500.0, 2017.0},
              {20000.0, 1474.0}},
             6,
             "REOPT combustion_turbine [read REOPT]; dollar year recalled"},
    .validity = "1 to 20 MW per unit, simple cycle with a heat recovery boiler for hot water; in "
                "the cold no more than its rating.",
    .references = "REOPT chp_defaults.json; TECHDATA",
    .coefficients = coefficients,
    .check = cogeneration_check,
};
