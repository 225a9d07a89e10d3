/* Gas engine with cogeneration: fuel, power and heat by size (components/cogeneration.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cogeneration.h"

static const struct param params[] = {
    PARAM(cogeneration, capacity_kw, REQUIRED, 0.0, 1e6, "user",
          "Power at full load, all units together."),
    PARAM(cogeneration, electric_eff, NOT_GIVEN, 0.1, 0.65,
          "by size, REOPT chp_defaults, HHV to LHV by 1.108 [read REOPT]",
          "Power per fuel of lower heating value at full load."),
    PARAM(cogeneration, heat_eff, NOT_GIVEN, 0.0, 0.7,
          "by size, hot water, REOPT chp_defaults [read REOPT]",
          "Heat per fuel of lower heating value."),
    PARAM(cogeneration, half_ratio, 0.92, 0.6, 1.0,
          "EPA's CHP catalogue .90-.94, recalled, unverified",
          "Electric efficiency at half load over that at full load."),
    PARAM(cogeneration, load_frac, 1.0, 0.25, 1.0,
          "assumed: units start one after the other and run full",
          "Mean load of the units that run, at which the efficiency is taken."),
    PARAM(cogeneration, available_frac, 0.95, 0.5, 1.0,
          "48 to 72 h of upkeep nine or four times a year [read REOPT]; failures assumed",
          "Share of the capacity that is ready."),
    PARAM(cogeneration, heat_max_c, 95.0, 40.0, 200.0,
          "jacket and exhaust water, recalled, unverified", "Hottest supply it can heat."),
    PARAM_YES(cogeneration, radiator, 1, "assumed: it may run without heat users",
              "Whether its heat may go to the air."),
    PARAM(cogeneration, capex_money_kw, NOT_GIVEN, 0.0, 20000.0, "catalogue",
          "Investment per kW of power."),
    PARAM(cogeneration, fom_frac_year, 0.0, 0.0, 0.3, "REOPT: all upkeep by the kWh [read REOPT]",
          "Fixed upkeep per year, of the investment."),
    PARAM(cogeneration, vom_money_kwh, 0.016, 0.0, 0.2,
          "2 MW; .0275 at 100 kW, .0135 at 4.5 MW [read REOPT]",
          "Running upkeep per kWh of power."),
    PARAM(cogeneration, life_year, 20.0, 5.0, 40.0, "[read TECHDATA]", "Technical life."),
};
static const struct cogeneration_size sizes[] = {
    {100.0, 0.2905, 0.52},    {250.0, 0.3178, 0.485},   {500.0, 0.3504, 0.4445},
    {1000.0, 0.3664, 0.4190}, {2000.0, 0.3901, 0.4015}, {3000.0, 0.4031, 0.384},
    {4500.0, 0.4054, 0.3845},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cogeneration_coefficients(self, sizes, COUNT(sizes), false, hours, ret);
}

const struct component component_gas_engine = {
    .name = "gas_engine",
    .title = "Gas engine",
    .summary = "Power from gas in a piston engine, with the heat of its water and exhaust.",
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
             {{35.0, 4250.0},
              {100.0, 3700.0},
              {500.0, 3150.0},
              {1000.0, 2800.0},
              {2000.0, 2550.0},
              {4500.0, 2000.0}},
             6,
             "REOPT recip_engine [read REOPT]; dollar year recalled"},
    .validity = "35 kW to some 10 MW per unit; hot water to 95 degC; no start-up fuel, no ramps.",
    .references = "REOPT chp_defaults.json; TECHDATA",
    .coefficients = coefficients,
    .check = cogeneration_check,
};
