/* Heat-recovery chiller: cold for the town and heat for its network out of one compressor.

   heat_out = rate, power_in = rate / COP, cold_out = rate (1 - 1/COP);  COP of Jensen's law between chilled water and the
   network (physics/heat_pump.h), pinch and efficiency by size; off where the lift is below 10 K or above lift_max_dk. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "components/refrigerant.h"
#include "physics/heat_pump.h"

struct heat_recovery_chiller {
    double capacity_kw, chilled_c, chilled_return_c, lift_max_dk, supply_max_c, capex_money_kw,
        fom_frac_year, vom_money_kwh, life_year;
    int refrigerant;
};
enum { POWER_IN, COLD_OUT, HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(heat_recovery_chiller, capacity_kw, REQUIRED, 0.0, 5e5, "user",
          "Heat delivered at full load."),
    PARAM(heat_recovery_chiller, chilled_c, 6.0, 3.0, 20.0, "chilled water 6/12, recalled",
          "Chilled water that leaves it."),
    PARAM(heat_recovery_chiller, chilled_return_c, 12.0, 5.0, 30.0, "chilled water 6/12, recalled",
          "Chilled water that comes back."),
    PARAM(heat_recovery_chiller, lift_max_dk, 75.0, 20.0, 120.0, "DHSIM lift cap 75 K [read DHSIM]",
          "Largest lift."),
    PARAM_OF(heat_recovery_chiller, refrigerant, REFRIGERANT_BY_TEMPERATURE,
             "R717 to 90 degC, R600a to 119, R1233zd above, assumed", "How hot a water it makes.",
             REFRIGERANT_WORDS),
    PARAM(heat_recovery_chiller, supply_max_c, 80.0, 40.0, 95.0, "recalled, unverified",
          "Hottest water it makes, if its refrigerant goes as far."),
    PARAM(heat_recovery_chiller, capex_money_kw, NOT_GIVEN, 0.0, 10000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(heat_recovery_chiller, fom_frac_year, 0.01, 0.0, 0.3, "assumed",
          "Fixed upkeep per year, of the investment."),
    PARAM(heat_recovery_chiller, vom_money_kwh, 0.0024, 0.0, 0.05,
          "as a heat pump: DEA 2.2-2.5 EUR/MWh [read TECHDATA]", "Running upkeep per kWh of heat."),
    PARAM(heat_recovery_chiller, life_year, 25.0, 5.0, 60.0, "DEA heat pump [read TECHDATA]",
          "Technical life."),
};
static const struct port ports[PORTS] = {
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .meaning = "electricity of the compressor"},
    [COLD_OUT] = {.name = "cold_out",
                  .carrier = CARRIER_COLD,
                  .direction = FLOWS_OUT,
                  .side = SIDE_COLD,
                  .meaning = "cold delivered"},
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_PLANT,
                  .meaning = "heat delivered"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct heat_recovery_chiller *chiller = self;
    const struct port_temperatures *sink = &hours->port[HEAT_OUT];
    struct mode *mode = &ret->mode[0];
    double pinch_dk = 0.0, eta_is_frac = 0.0, hottest_c = refrigerant_hottest_c(hours, HEAT_OUT);
    const struct refrigerant *of = refrigerant_of_word(chiller->refrigerant, hottest_c);
    bool ammonia = of == refrigerant_of_word(REFRIGERANT_R717, hottest_c);
    double most_c = fmin(chiller->supply_max_c, of->supply_max_c);
    heat_pump_size(hours->size, &pinch_dk, &eta_is_frac);
    plant_cost(ret, 0, chiller->vom_money_kwh);
    for (int t = 0; t < hours->count; t++) {
        double cop = 1.0;
        mode->may_run[t] =
            sink->supply_c && sink->supply_c[t] <= most_c &&
            sink->supply_c[t] - chiller->chilled_return_c <= chiller->lift_max_dk &&
            heat_pump_cop_jensen(sink->supply_c[t], sink->return_c[t], chiller->chilled_return_c,
                                 chiller->chilled_c, pinch_dk, eta_is_frac,
                                 ammonia ? &heat_pump_ammonia : &heat_pump_isobutane, &cop);
        if (mode->may_run[t]) {
            mode->port[HEAT_OUT][t] = 1.0;
            mode->port[POWER_IN][t] = 1.0 / cop;
            mode->port[COLD_OUT][t] = 1.0 - 1.0 / cop;
        } else {
            mode->port[HEAT_OUT][t] = 0.0;
        }
    }
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct heat_recovery_chiller *chiller = self;
    refrigerant_check(chiller->refrigerant, false, diag, place);
    if (chiller->chilled_return_c < chiller->chilled_c + 1.0) {
        diag_error(diag, place, "chilled_return_c stands less than 1 K above chilled_c");
        diag_remedy(diag, "chilled water leaves at chilled_c and comes back warmer");
    }
}

const struct component component_heat_recovery_chiller = {
    .name = "heat_recovery_chiller",
    .title = "Heat-recovery chiller",
    .summary = "Cold for the town and heat for its network out of one compressor.",
    .shape = SHAPE_CONVERTER,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct heat_recovery_chiller),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"both"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"EUR",
             2020,
             {{1000.0, 1300.0}, {3000.0, 900.0}, {10000.0, 700.0}},
             3,
             "as a heat pump, DEA 1/3/10 MW [read TECHDATA]"},
    .validity =
        "Both are needed at the same time, or one of them goes into a store; sink to 80 degC.",
    .references = "JENSEN, DEA",
    .coefficients = coefficients,
    .check = check,
};
