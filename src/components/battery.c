/* Battery: energy and power are separate capacities.

   end = kept * begin + charge_eff * in - out / discharge_eff
   charge_eff = discharge_eff = sqrt(round trip)
   Power is a quarter of the energy per hour unless it is given or chosen, with a price of its own. What is built is
   counted as new; it holds end_of_life_frac of that when it is replaced, and the mean of both in the plan. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"

struct battery {
    double capacity_kwh, power_kw, round_trip_eff, standing_frac_h, level_min_frac,
        end_of_life_frac, capex_money_kwh, capex_power_money_kw, fom_frac_year, vom_money_kwh,
        life_year;
};
enum { STORE, PORTS };
extern const struct component component_battery;

static const struct param params[] = {
    PARAM(battery, capacity_kwh, REQUIRED, 0.0, 1e8, "user", "Energy between full and empty."),
    PARAM(battery, power_kw, NOT_GIVEN, 0.0, 1e8, "a quarter of the energy per hour",
          "Power in and out."),
    PARAM(battery, round_trip_eff, 0.90, 0.5, 0.99, ".85-.96 DC [read REOPT]",
          "Energy out over energy in."),
    PARAM(battery, standing_frac_h, 0.00004, 0.0, 0.01, "3 % a month, recalled, unverified",
          "Self-discharge per hour."),
    PARAM(battery, level_min_frac, 0.20, 0.0, 0.5, "minimum state of charge [read REOPT]",
          "Lowest level."),
    PARAM(battery, end_of_life_frac, 1.0, 0.5, 1.0,
          "1: upkeep keeps the capacity up, as ATB and REOPT price it; 0.8 without",
          "Share of the energy that is left when it is replaced."),
    PARAM(battery, capex_money_kwh, NOT_GIVEN, 0.0, 5000.0, "catalogue",
          "Investment per kWh; its power included unless that has a price of its own."),
    PARAM(battery, capex_power_money_kw, NOT_GIVEN, 0.0, 5000.0,
          "catalogue; none beside a given capex_money_kwh",
          "Investment per kW where power_kw is chosen or given, in the scenario's money."),
    PARAM(battery, fom_frac_year, 0.025, 0.0, 0.2, "[read REOPT]",
          "Fixed upkeep per year, of the investment."),
    PARAM(battery, vom_money_kwh, 0.0005, 0.0, 0.1, "wear beside the calendar life, assumed",
          "Running cost per kWh in and out."),
    PARAM(battery, life_year, 15.0, 3.0, 30.0, "[read TECHDATA]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [STORE] = {.name = "store",
               .carrier = CARRIER_ELECTRICITY,
               .direction = FLOWS_IN,
               .side = SIDE_METER,
               .meaning = "power in, less power out"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct battery *battery = self;
    double one_way_eff = sqrt(battery->round_trip_eff);
    plant_cost(ret, 0, battery->vom_money_kwh);
    ret->charge_per_h_ratio = ret->discharge_per_h_ratio = component_battery.capacity2_per_h_ratio;
    ret->level_max_frac = 0.5 * (1.0 + battery->end_of_life_frac);
    ret->level_min_frac = battery->level_min_frac;
    for (int t = 0; t < hours->count; t++) {
        ret->charge_eff[t] = ret->discharge_eff[t] = one_way_eff;
        ret->kept_frac[t] = 1.0 - battery->standing_frac_h * hours->step_h;
    }
}

const struct component component_battery = {
    .name = "battery",
    .title = "Battery",
    .summary = "Keeps electricity for hours.",
    .shape = SHAPE_STORE,
    .reference_port = STORE,
    .size = sizeof(struct battery),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kwh",
    .capacity2 = "power_kw",
    .mode_names = {"charge"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .capacity2_per_h_ratio = 0.25, /* four hours */
    .cost =
        {"USD", 2022, {{1.0, 376.0}}, 1, "ATB 2024, energy [read TECHDATA]; dollar year recalled"},
    .cost2 =
        {"USD", 2022, {{1.0, 498.0}}, 1, "ATB 2024, power [read TECHDATA]; dollar year recalled"},
    .later = {2025, 2030, {274.0}},
    .later2 = {2025, 2030, {466.0}},
    .validity = "Lithium-ion, 15 minutes to days.",
    .references = "TECHDATA, REOPT",
    .coefficients = coefficients,
};
