/* Adsorption chiller: cold out of heat of 55 to 85 degC, silica gel and water.

   COP .4 at 55 to .6 at 85 degC of driving water, half the power at 60 of that at 85 degC (physics/sorption.h); else like
   the absorption chiller: it is the machine for heat that is too cool for the other. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "components/sorption_plant.h"
#include "physics/sorption.h"

struct adsorption_chiller {
    double capacity_kw, approach_dk, rise_dk, recooling_kw_kw, drift_frac, cycles_ratio,
        capex_money_kw, fom_frac_year, vom_money_kwh, life_year;
    int recooling;
};

static const struct param params[] = {
    PARAM(adsorption_chiller, capacity_kw, REQUIRED, 0.0, 1e5, "user",
          "Cold at driving water of 85 degC."),
    PARAM_OF(adsorption_chiller, recooling, RECOOLING_TOWER, "assumed",
             "Where its heat goes: a wet tower or a dry cooler.", "tower", "dry"),
    PARAM(adsorption_chiller, approach_dk, 5.0, 1.0, 15.0,
          "catalogue median of towers 5 K [read IER]",
          "Re-cooling water above the wet bulb or the air."),
    PARAM(adsorption_chiller, rise_dk, 5.0, 1.0, 15.0, "4-6 K [read LEI22]",
          "Rise of the re-cooling water."),
    PARAM(adsorption_chiller, recooling_kw_kw, 0.02, 0.0, 0.1,
          "fan and pump .0126 + .0129 of chillers, mid, assumed",
          "Electricity per kW of heat taken away."),
    PARAM(adsorption_chiller, drift_frac, 2e-5, 0.0, 0.005, "modern eliminators, recalled",
          "Drift of the tower, of its flow."),
    PARAM(adsorption_chiller, cycles_ratio, 5.0, 1.5, 15.0, "2-5, recalled, unverified",
          "Cycles of concentration of the tower's water."),
    PARAM(adsorption_chiller, capex_money_kw, NOT_GIVEN, 0.0, 10000.0, "catalogue",
          "Investment per kW of cold."),
    PARAM(adsorption_chiller, fom_frac_year, 0.02, 0.0, 0.3, "recalled, unverified",
          "Fixed upkeep per year, of the investment."),
    PARAM(adsorption_chiller, vom_money_kwh, 0.001, 0.0, 0.05, "assumed",
          "Running upkeep per kWh of cold."),
    PARAM(adsorption_chiller, life_year, 20.0, 5.0, 40.0, "recalled, unverified",
          "Technical life."),
};
static const struct port ports[SORPTION_PORTS] = {SORPTION_PORT_ROWS};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct adsorption_chiller *chiller = self;
    const struct port_temperatures *drive = &hours->port[SORPTION_HEAT_IN];
    struct mode *mode = &ret->mode[0];
    plant_cost(ret, 0, chiller->vom_money_kwh);
    for (int t = 0; t < hours->count; t++) {
        double power_frac = 1.0, cop = 1.0;
        double recooling_c = sorption_recooling_c(hours, t, chiller->recooling,
                                                  chiller->approach_dk, chiller->rise_dk);
        mode->may_run[t] = drive->supply_c &&
                           sorption_adsorption(drive->supply_c[t], recooling_c, &power_frac, &cop);
        if (mode->may_run[t]) {
            mode->port[SORPTION_COLD_OUT][t] = 1.0;
            mode->port[SORPTION_HEAT_IN][t] = 1.0 / cop;
            mode->port[SORPTION_POWER_IN][t] = chiller->recooling_kw_kw * (1.0 + 1.0 / cop);
            mode->port[SORPTION_WATER_IN][t] =
                sorption_water_m3_h(chiller->recooling, recooling_c, chiller->rise_dk,
                                    chiller->drift_frac, chiller->cycles_ratio, 1.0 + 1.0 / cop);
            mode->use[t] = 1.0 / power_frac;
        }
    }
}

const struct component component_adsorption_chiller = {
    .name = "adsorption_chiller",
    .title = "Adsorption chiller",
    .summary = "Cold out of heat of 55 to 85 degC.",
    .shape = SHAPE_CONVERTER,
    .reference_port = SORPTION_COLD_OUT,
    .size = sizeof(struct adsorption_chiller),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = SORPTION_PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"cold"},
    .cost_payee = "suppliers",
    .maturity = 8,
    .cost = {"EUR", 2020, {{1.0, 1000.0}}, 1, "recalled, unverified: twice an absorption chiller"},
    .validity = "Driving water 55 to 95 degC, 20 K and more above the re-cooling; engineering "
                "figures, no maker's map.",
    .references = "heat notes section 9",
    .coefficients = coefficients,
};
