/* Organic Rankine cycle: a little electricity out of warm water. From the heat of a data centre 2 to 5 %, before its own
   pumps and fans; a heat pump before it never pays back its power.

   power_out = rate, heat_in = rate / eta,  eta = phi (1 - T_0/T_in)(1 - own_frac), T_0 the outdoor air and approach_dk, T_in the
   supply less pinch_dk; the rest of the heat goes into the air. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/orc.h"

#include "components/plant.h"

struct orc {
    double capacity_kw, quality_frac, own_frac, approach_dk, hot_min_c, capex_money_kw,
        fom_frac_year, vom_money_kwh, life_year;
};
enum { HEAT_IN, POWER_OUT, PORTS };

static const struct param params[] = {
    PARAM(orc, capacity_kw, REQUIRED, 0.0, 1e5, "user", "Electricity at full load."),
    PARAM(orc, quality_frac, 0.27, 0.05, 0.6,
          "measured .26-.27 at a data centre [quoted Araya]; range .20-.35",
          "Share of the ideal engine's efficiency."),
    PARAM(orc, own_frac, 0.2, 0.0, 0.6, "condenser's pump and fan 10-30 %, mid [quoted heat notes]",
          "What its own pumps and fans take of the gross."),
    PARAM(orc, approach_dk, 8.0, 1.0, 30.0, "dry cooler 6-10 K, mid, recalled",
          "Condenser water above the air."),
    PARAM(orc, hot_min_c, 40.0, 30.0, 120.0, "coolest measured 43 degC [quoted Araya]",
          "Coolest water it runs on."),
    PARAM(orc, capex_money_kw, NOT_GIVEN, 0.0, 50000.0, "catalogue",
          "Investment per kW of electricity."),
    PARAM(orc, fom_frac_year, 0.02, 0.0, 0.3, "2 % [read TECHDATA]",
          "Fixed upkeep per year, of the investment."),
    PARAM(orc, vom_money_kwh, 0.005, 0.0, 0.2, "assumed", "Running upkeep per kWh of electricity."),
    PARAM(orc, life_year, 30.0, 5.0, 40.0, "[read TECHDATA]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = {.name = "heat_in",
                 .carrier = CARRIER_HEAT,
                 .direction = FLOWS_IN,
                 .side = SIDE_RECOVERY,
                 .meaning = "heat taken"},
    [POWER_OUT] = {.name = "power_out",
                   .carrier = CARRIER_ELECTRICITY,
                   .direction = FLOWS_OUT,
                   .side = SIDE_METER,
                   .meaning = "net electricity"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct orc *orc = self;
    const double *hot_c = hours->port[HEAT_IN].supply_c;
    const double least_eff = 0.002; /* less is lost in the noise */
    struct mode *mode = &ret->mode[0];
    plant_cost(ret, 0, orc->vom_money_kwh);
    for (int t = 0; t < hours->count; t++) {
        double eff = hot_c ? orc_gross_eff(hot_c[t], hours->outdoor_c[t] + orc->approach_dk,
                                           orc->quality_frac) *
                                 (1.0 - orc->own_frac)
                           : 0.0;
        mode->may_run[t] = hot_c && hot_c[t] >= orc->hot_min_c && eff >= least_eff;
        if (mode->may_run[t]) {
            mode->port[POWER_OUT][t] = 1.0;
            mode->port[HEAT_IN][t] = 1.0 / eff;
        }
    }
}

const struct component component_orc = {
    .name = "orc",
    .title = "Organic Rankine cycle",
    .summary = "A little electricity out of warm water: 2 to 5 %.",
    .shape = SHAPE_CONVERTER,
    .reference_port = POWER_OUT,
    .size = sizeof(struct orc),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"power"},
    .cost_payee = "suppliers",
    .maturity = 7,
    .cost =
        {"EUR",
         2025,
         {{100.0, 4000.0}, {1000.0, 1730.0}},
         2,
         "1730 EUR/kW of large units on hotter heat [read TECHDATA]; small and cool 4000 assumed"},
    .validity = "Water of 40 to 120 degC; the efficiency is a share of the ideal, no maker's map.",
    .references = "Araya et al. 2020; Ancona et al. 2022; TECHDATA",
    .coefficients = coefficients,
};
