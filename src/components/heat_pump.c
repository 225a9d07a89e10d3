/* Heat pump: lifts heat from a source circuit to a hotter one, with the hourly COP of both
   circuits' temperatures.

   heat_out = rate,  power_in = rate / COP,  heat_in = rate (1 - 1/COP)
   COP: model jensen (Jensen/Pieper, ammonia or isobutane; pinch and efficiency by size), jesper
   (conservative market fit), or quality (share of the ideal). It does not run below 10 K of lift
   (an exchanger's work), above lift_max_dk, above supply_max_c, or where COP < 1. The COP is capped
   at 10. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/heat_pump.h"
#include "components/plant.h"

enum { MODEL_JENSEN, MODEL_JESPER, MODEL_QUALITY };
enum { FLUID_AMMONIA, FLUID_ISOBUTANE };

struct heat_pump {
    double capacity_kw, quality_frac, source_approach_dk, lift_max_dk, supply_max_c, capex_money_kw,
        fom_frac_year, vom_money_kwh, life_year;
    int model, fluid;
};
enum { HEAT_IN, POWER_IN, HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(heat_pump, capacity_kw, REQUIRED, 0.0, 5e5, "user", "Heat delivered at full load."),
    PARAM_OF(heat_pump, model, MODEL_JENSEN, "JENSEN [read PYPSA]", "Law of the COP.", "jensen",
             "jesper", "quality"),
    PARAM_OF(heat_pump, fluid, FLUID_AMMONIA, "assumed: large machines",
             "Refrigerant (model jensen).", "ammonia", "isobutane"),
    PARAM(heat_pump, quality_frac, 0.50, 0.3, 0.7,
          "observed .48-.59, machines of 1 to 3 MW [computed]",
          "Share of the ideal COP (model quality)."),
    PARAM(heat_pump, source_approach_dk, 0.0, 0.0, 10.0, "the hand-over exchanger has its own",
          "Lost between source bus and machine."),
    PARAM(heat_pump, lift_max_dk, 75.0, 20.0, 120.0, "DHSIM lift cap 75 K [read DHSIM]",
          "Largest lift."),
    PARAM(heat_pump, supply_max_c, 95.0, 40.0, 160.0, "recalled, unverified",
          "Hottest water it makes."),
    PARAM(heat_pump, capex_money_kw, NOT_GIVEN, 0.0, 10000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(heat_pump, fom_frac_year, 0.0022, 0.0, 0.3, "DEA 2 kEUR/MW of 900 [read TECHDATA]",
          "Fixed upkeep per year, of the investment."),
    PARAM(heat_pump, vom_money_kwh, 0.0024, 0.0, 0.05,
          "DEA 2.2-2.5 EUR/MWh at 3 MW [read TECHDATA]", "Running upkeep per kWh of heat."),
    PARAM(heat_pump, life_year, 25.0, 5.0, 60.0, "DEA [read TECHDATA]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = {.name = "heat_in",
                 .carrier = CARRIER_HEAT,
                 .direction = FLOWS_IN,
                 .side = SIDE_RECOVERY,
                 .meaning = "heat taken from the source"},
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .meaning = "electricity of compressor and auxiliaries"},
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_PLANT,
                  .meaning = "heat delivered"},
};

static bool cop_at(const struct heat_pump *pump, const struct hours *hours, double pinch_dk,
                   double eta_is_frac, int t, double *ret_cop) {
    double sink_c = hours->port[HEAT_OUT].supply_c[t],
           sink_in_c = hours->port[HEAT_OUT].return_c[t];
    double source_c = hours->port[HEAT_IN].supply_c[t] - pump->source_approach_dk;
    double source_out_c = hours->port[HEAT_IN].return_c[t] - pump->source_approach_dk;
    if (sink_c > pump->supply_max_c || sink_c - source_c > pump->lift_max_dk) {
        return false;
    }
    switch (pump->model) {
    case MODEL_JESPER:
        return heat_pump_cop_jesper(sink_c, source_c, ret_cop);
    case MODEL_QUALITY:
        return heat_pump_cop_quality(sink_c, source_c, pump->quality_frac, ret_cop);
    default:
        return heat_pump_cop_jensen(
            sink_c, sink_in_c, source_c, source_out_c, pinch_dk, eta_is_frac,
            pump->fluid == FLUID_AMMONIA ? &heat_pump_ammonia : &heat_pump_isobutane, ret_cop);
    }
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct heat_pump *pump = self;
    double pinch_dk = 0.0, eta_is_frac = 0.0;
    heat_pump_size(hours->size, &pinch_dk, &eta_is_frac);
    plant_cost(ret, 0, pump->vom_money_kwh);
    bool placed = hours->port[HEAT_IN].supply_c && hours->port[HEAT_OUT].supply_c;
    for (int t = 0; t < hours->count; t++) {
        double cop = 0.0;
        ret->mode[0].may_run[t] = placed && cop_at(pump, hours, pinch_dk, eta_is_frac, t, &cop);
        if (!ret->mode[0].may_run[t]) {
            continue;
        }
        ret->mode[0].port[HEAT_OUT][t] = 1.0;
        ret->mode[0].port[POWER_IN][t] = 1.0 / cop;
        ret->mode[0].port[HEAT_IN][t] = 1.0 - 1.0 / cop;
    }
}

const struct component component_heat_pump = {
    .name = "heat_pump",
    .title = "Heat pump",
    .summary = "Lifts recovered heat to the temperature the network needs.",
    .shape = SHAPE_CONVERTER,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct heat_pump),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"heat"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"EUR",
             2020,
             {{1000.0, 1300.0}, {3000.0, 900.0}, {10000.0, 700.0}},
             3,
             "DEA excess-heat heat pump 1/3/10 MW, 2020/25 [read TECHDATA]"},
    .validity = "Sink to 95 degC, lift 10 to 75 K, 50 kW to 50 MW.",
    .references = "JENSEN, JESPER, DEA",
    .coefficients = coefficients,
};
