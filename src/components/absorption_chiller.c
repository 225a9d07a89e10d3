/* Absorption chiller: cold out of heat of 65 to 95 degC, single effect, water and lithium bromide.

   Kuehn and Ziegler's characteristic equation (physics/sorption.h) of a machine of 10 kW gives cold and driving heat at
   the mean temperatures of the three circuits: heat_in = heat/cold per unit of cold, and how much cold there is against
   the machine's own at 85/30 degC (use of the capacity). Re-cooling takes away cold and heat: electricity
   recooling_kw_kw of both. The driving water is the heat bus's, at its mean. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "components/sorption_plant.h"
#include "physics/sorption.h"

struct absorption_chiller {
    double capacity_kw, chilled_c, chilled_return_c, approach_dk, rise_dk, recooling_kw_kw,
        drift_frac, cycles_ratio, capex_money_kw, fom_frac_year, vom_money_kwh, life_year;
    int recooling;
};

static const struct param params[] = {
    PARAM(absorption_chiller, capacity_kw, REQUIRED, 0.0, 1e5, "user",
          "Cold at driving water of 85 degC and re-cooling water of 30 degC, means."),
    PARAM(absorption_chiller, chilled_c, 6.0, 4.5, 18.0, "chilled water 6/12, recalled",
          "Chilled water that leaves it."),
    PARAM(absorption_chiller, chilled_return_c, 12.0, 6.0, 25.0, "chilled water 6/12, recalled",
          "Chilled water that comes back."),
    PARAM_OF(absorption_chiller, recooling, RECOOLING_TOWER, "assumed",
             "Where its heat goes: a wet tower or a dry cooler.", "tower", "dry"),
    PARAM(absorption_chiller, approach_dk, 5.0, 1.0, 15.0,
          "catalogue median of towers 5 K [read IER]",
          "Re-cooling water above the wet bulb or the air."),
    PARAM(absorption_chiller, rise_dk, 5.0, 1.0, 15.0, "4-6 K [read LEI22]",
          "Rise of the re-cooling water."),
    PARAM(absorption_chiller, recooling_kw_kw, 0.02, 0.0, 0.1,
          "fan and pump .0126 + .0129 of chillers, mid, assumed",
          "Electricity per kW of heat taken away."),
    PARAM(absorption_chiller, drift_frac, 2e-5, 0.0, 0.005, "modern eliminators, recalled",
          "Drift of the tower, of its flow."),
    PARAM(absorption_chiller, cycles_ratio, 5.0, 1.5, 15.0, "2-5, recalled, unverified",
          "Cycles of concentration of the tower's water."),
    PARAM(absorption_chiller, capex_money_kw, NOT_GIVEN, 0.0, 10000.0, "catalogue",
          "Investment per kW of cold."),
    PARAM(absorption_chiller, fom_frac_year, 0.02, 0.0, 0.3, "recalled, unverified",
          "Fixed upkeep per year, of the investment."),
    PARAM(absorption_chiller, vom_money_kwh, 0.001, 0.0, 0.05, "assumed",
          "Running upkeep per kWh of cold."),
    PARAM(absorption_chiller, life_year, 25.0, 5.0, 40.0, "recalled, unverified",
          "Technical life."),
};
static const struct port ports[SORPTION_PORTS] = {SORPTION_PORT_ROWS};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct absorption_chiller *chiller = self;
    const struct port_temperatures *drive = &hours->port[SORPTION_HEAT_IN];
    const double rated_driving_c = 85.0, rated_recooling_c = 30.0;
    double cold_c = 0.5 * (chiller->chilled_c + chiller->chilled_return_c), rated_kw = 1.0;
    double rated_heat_kw = 1.0;
    struct mode *mode = &ret->mode[0];
    bool rated = sorption_absorption_kw(rated_driving_c, rated_recooling_c, cold_c, &rated_kw,
                                        &rated_heat_kw);
    plant_cost(ret, 0, chiller->vom_money_kwh);
    for (int t = 0; t < hours->count; t++) {
        double cold_kw = 1.0, heat_kw = 1.0;
        double recooling_c = sorption_recooling_c(hours, t, chiller->recooling,
                                                  chiller->approach_dk, chiller->rise_dk);
        mode->may_run[t] = rated && drive->supply_c &&
                           sorption_absorption_kw(0.5 * (drive->supply_c[t] + drive->return_c[t]),
                                                  recooling_c, cold_c, &cold_kw, &heat_kw) &&
                           cold_kw > 0.1 * rated_kw;
        if (mode->may_run[t]) {
            double heat = heat_kw / cold_kw;
            mode->port[SORPTION_COLD_OUT][t] = 1.0;
            mode->port[SORPTION_HEAT_IN][t] = heat;
            mode->port[SORPTION_POWER_IN][t] = chiller->recooling_kw_kw * (1.0 + heat);
            mode->port[SORPTION_WATER_IN][t] =
                sorption_water_m3_h(chiller->recooling, recooling_c, chiller->rise_dk,
                                    chiller->drift_frac, chiller->cycles_ratio, 1.0 + heat);
            mode->use[t] = rated_kw / cold_kw;
        }
    }
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct absorption_chiller *chiller = self;
    if (chiller->chilled_return_c < chiller->chilled_c + 1.0) {
        diag_error(diag, place, "chilled_return_c stands less than 1 K above chilled_c");
        diag_remedy(diag, "chilled water leaves at chilled_c and comes back warmer");
    }
}

const struct component component_absorption_chiller = {
    .name = "absorption_chiller",
    .title = "Absorption chiller",
    .summary = "Cold out of heat of 65 to 95 degC.",
    .shape = SHAPE_CONVERTER,
    .reference_port = SORPTION_COLD_OUT,
    .size = sizeof(struct absorption_chiller),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = SORPTION_PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"cold"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD",
             2015,
             {{1.0, 440.0}},
             1,
             "CEA .44 USD/W, single effect [read CEA]; price year assumed"},
    .validity =
        "Driving water 65 to 95 degC, re-cooling 18 to 45 degC, chilled water from 4.5 degC.",
    .references = "Kuehn and Ziegler 2005; OEMOF; CEA",
    .coefficients = coefficients,
    .check = check,
};
