/* Fuel cell on natural gas with cogeneration (components/cogeneration.c); its stacks wear within the running upkeep. */
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
    PARAM(cogeneration, half_ratio, 1.0, 0.6, 1.0,
          "efficiency hardly falls at half load, recalled, unverified",
          "Electric efficiency at half load over that at full load."),
    PARAM(cogeneration, load_frac, 1.0, 0.25, 1.0,
          "assumed: units start one after the other and run full",
          "Mean load of the units that run, at which the efficiency is taken."),
    PARAM(cogeneration, available_frac, 0.97, 0.5, 1.0,
          "48 to 72 h of upkeep nine or four times a year [read REOPT]; failures assumed",
          "Share of the capacity that is ready."),
    PARAM(cogeneration, heat_max_c, 90.0, 40.0, 200.0,
          "hot water of phosphoric acid cells, recalled, unverified",
          "Hottest supply it can heat."),
    PARAM_YES(cogeneration, radiator, 1, "assumed: it may run without heat users",
              "Whether its heat may go to the air."),
    PARAM(cogeneration, capex_money_kw, NOT_GIVEN, 0.0, 20000.0, "catalogue",
          "Investment per kW of power."),
    PARAM(cogeneration, fom_frac_year, 0.0, 0.0, 0.3, "REOPT: all upkeep by the kWh [read REOPT]",
          "Fixed upkeep per year, of the investment."),
    PARAM(cogeneration, vom_money_kwh, 0.039, 0.0, 0.2,
          "stacks included [read REOPT .038-.040; that they are is recalled]",
          "Running upkeep per kWh of power."),
    PARAM(cogeneration, life_year, 20.0, 5.0, 40.0, "balance of plant, recalled, unverified",
          "Technical life."),
};
static const struct cogeneration_size sizes[] = {
    {440.0, 0.386, 0.206},
    {1400.0, 0.386, 0.206},
    {9300.0, 0.413, 0.265},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cogeneration_coefficients(self, sizes, COUNT(sizes), false, hours, ret);
}

const struct component component_fuel_cell = {
    .name = "fuel_cell",
    .title = "Fuel cell",
    .summary = "Power from gas without a flame, with a little heat.",
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
    .maturity = 8,
    .cost = {"USD",
             2023,
             {{440.0, 5000.0}, {1400.0, 4600.0}, {9300.0, 3680.0}},
             3,
             "REOPT fuel_cell [read REOPT]; dollar year recalled"},
    .validity = "Phosphoric acid and molten carbonate on natural gas, 0.4 to 10 MW; new stacks "
                "every 5 to 10 years are in the running upkeep.",
    .references = "REOPT chp_defaults.json; TECHDATA",
    .coefficients = coefficients,
    .check = cogeneration_check,
};
