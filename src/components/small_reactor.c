/* Small modular reactor: power, or power and heat taken from its turbine. An outlook: none is for sale before 2032.

   mode power           1 kW of power uses 1 kW of the capacity
   mode heat_and_power  heat = heat_kw_kw per kW of power; use = 1 + z heat_kw_kw, z = eta (1 - T_condenser/T_heat):
                        the steam that leaves as heat is lost to the turbine (physics/cogeneration.c)
   T_heat is the supply of the heat bus and approach_dk. Nuclear fuel has no bus: its price is paid per kWh of power;
   heat costs the power that it displaces, so its fuel is paid with the share of the capacity it uses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "physics/cogeneration.h"

struct small_reactor {
    double capacity_kw, heat_kw_kw, approach_dk, condenser_c, turbine_eff, heat_max_c,
        available_frac, fuel_money_kwh, capex_money_kw, fom_frac_year, vom_money_kwh, life_year,
        life_cycle_kgco2_kwh;
};
enum { POWER_OUT, HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(small_reactor, capacity_kw, REQUIRED, 0.0, 2e6, "user", "Power without any heat taken."),
    PARAM(small_reactor, heat_kw_kw, 1.0, 0.05, 2.0,
          "0.326 efficient: 2.07 kW of heat per kW of power are rejected [read TECHDATA]",
          "Heat per power in the mode with heat."),
    PARAM(small_reactor, approach_dk, 10.0, 2.0, 40.0, "assumed",
          "Steam above the supply it heats."),
    PARAM(small_reactor, condenser_c, 35.0, 10.0, 60.0, "assumed", "Steam in the condenser."),
    PARAM(small_reactor, turbine_eff, 0.85, 0.5, 1.0, "recalled, unverified",
          "Turbine over the ideal one in the last stages."),
    PARAM(small_reactor, heat_max_c, 150.0, 40.0, 250.0, "assumed", "Hottest supply it can heat."),
    PARAM(small_reactor, available_frac, 0.92, 0.5, 1.0,
          "fleet of large reactors, recalled, unverified",
          "Share of the capacity that is ready; refuelling stops are spread."),
    PARAM(small_reactor, fuel_money_kwh, 0.0119, 0.0, 0.1,
          "ATB 2024, nuclear small [read TECHDATA]", "Nuclear fuel per kWh of power."),
    PARAM(small_reactor, capex_money_kw, NOT_GIVEN, 0.0, 40000.0, "catalogue",
          "Investment per kW of power."),
    PARAM(small_reactor, fom_frac_year, 0.0141, 0.0, 0.2, "ATB 2024, nuclear small [read TECHDATA]",
          "Fixed upkeep per year, of the investment."),
    PARAM(small_reactor, vom_money_kwh, 0.0028, 0.0, 0.1, "ATB 2024, nuclear small [read TECHDATA]",
          "Running upkeep per kWh of power."),
    PARAM(small_reactor, life_cycle_kgco2_kwh, 0.029, 0.0, 1.0,
          "life cycle by source [read CodeCarbon]",
          "Carbon of making, running and taking it away, per kWh generated."),
    PARAM(small_reactor, life_year, 40.0, 20.0, 80.0, "40-60 [read TECHDATA]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [POWER_OUT] = {.name = "power_out",
                   .carrier = CARRIER_ELECTRICITY,
                   .direction = FLOWS_OUT,
                   .side = SIDE_METER,
                   .meaning = "power generated"},
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_PLANT,
                  .optional = true,
                  .lifts_preheated = true,
                  .meaning = "heat taken from the turbine"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct small_reactor *reactor = self;
    const double *supply_c = hours->port[HEAT_OUT].supply_c, assumed_c = 90.0;
    struct mode *power = &ret->mode[0], *both = &ret->mode[1];
    double paid_money_kwh = reactor->vom_money_kwh + reactor->fuel_money_kwh;
    plant_cost(ret, 0, paid_money_kwh);
    for (int t = 0; t < hours->count; t++) {
        double heat_c = supply_c ? supply_c[t] : assumed_c;
        double lost_kw_kw = cogeneration_extraction_kw_kw(
            heat_c + reactor->approach_dk, reactor->condenser_c, reactor->turbine_eff);
        power->port[POWER_OUT][t] = both->port[POWER_OUT][t] = 1.0;
        both->port[HEAT_OUT][t] = reactor->heat_kw_kw;
        both->use[t] = 1.0 + lost_kw_kw * reactor->heat_kw_kw;
        both->cost_money_kwh[t] = paid_money_kwh * both->use[t];
        both->may_run[t] = heat_c <= reactor->heat_max_c;
        ret->availability_frac[t] = reactor->available_frac;
    }
    plant_lifts(HEAT_OUT, ret);
}

const struct component component_small_reactor = {
    .name = "small_reactor",
    .title = "Small modular reactor (outlook)",
    .summary = "Power and heat from a small reactor, not before 2032.",
    .shape = SHAPE_CONVERTER,
    .reference_port = POWER_OUT,
    .size = sizeof(struct small_reactor),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"power", "heat_and_power"},
    .origin = ORIGIN_CARBON_FREE,
    .outlook_year = 2032,
    .firm = true,
    .cost_payee = "suppliers",
    .maturity = 5,
    .cost = {"USD",
             2022,
             {{5000.0, 20000.0}, {300000.0, 10387.0}},
             2,
             "ATB 2024 nuclear small 2030 at 300 MW [read TECHDATA]; micro 15-25 k [recalled]"},
    .validity =
        "An outlook from studies: first units in the 2030s, costs of a series; no ramps, no "
        "minimum load.",
    .references = "TECHDATA (NREL ATB 2024)",
    .coefficients = coefficients,
};
