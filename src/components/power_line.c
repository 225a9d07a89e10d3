/* Power line between two places: two flows, one each way, that share its capacity (each_way: do not).

   arriving = flow (1 - loss_frac);  `links:` of the scenario says from where to where */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/component.h"

struct power_line {
    bool one_way, each_way;
    double capacity_kw, length_m, loss_frac, capex_money_kw, fom_frac_year, life_year;
};
enum { HERE, THERE, PORTS };

static const struct param params[] = {
    PARAM(power_line, capacity_kw, REQUIRED, 0.0, 1e7, "user",
          "Largest flow, at the end that sends."),
    PARAM(power_line, length_m, 1000.0, 1.0, 1e6, "assumed", "Length."),
    PARAM(power_line, loss_frac, 0.02, 0.0, 0.9,
          "assumed: medium voltage at mean load; hearth feeder computes it",
          "Lost on the way, of what is sent."),
    PARAM_YES(power_line, one_way, 0, "assumed",
              "Whether it carries from the first place to the second alone."),
    PARAM_YES(power_line, each_way, 0, "assumed: one line",
              "Whether the capacity holds for each way by itself, as of two one-way lines."),
    PARAM(power_line, capex_money_kw, NOT_GIVEN, 0.0, 10000.0, "catalogue, by length",
          "Investment per kW."),
    PARAM(power_line, fom_frac_year, 0.02, 0.0, 0.2, "DEA [read TECHDATA]",
          "Fixed upkeep per year, of the investment."),
    PARAM(power_line, life_year, 40.0, 10.0, 80.0, "DEA [read TECHDATA]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [HERE] = {.name = "here",
              .carrier = CARRIER_ELECTRICITY,
              .direction = FLOWS_IN,
              .side = SIDE_PLACE,
              .meaning = "the first place"},
    [THERE] = {.name = "there",
               .carrier = CARRIER_ELECTRICITY,
               .direction = FLOWS_OUT,
               .side = SIDE_PLACE,
               .meaning = "the second place"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct power_line *line = self;
    ret->each_way = line->each_way;
    for (int t = 0; t < hours->count; t++) {
        ret->loss_frac[t] = line->loss_frac;
        ret->mode[1].may_run[t] = !line->one_way;
    }
}

static double capex_money(const void *self, double size) {
    const struct power_line *line = self;
    return 0.00451 * line->length_m * size;
}

const struct component component_power_line = {
    .name = "power_line",
    .title = "Power line",
    .summary = "Carries power between two places.",
    .shape = SHAPE_LINE,
    .reference_port = HERE,
    .size = sizeof(struct power_line),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"there", "back"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"EUR",
             2025,
             {{1.0, 4.51}},
             1,
             "DEA Energy Transport 2025, underground 4510 EUR/MW km [read TECHDATA]"},
    .validity =
        "Proportional losses; voltage and the sharing of flows in meshes belong to hearth feeder.",
    .references = "TECHDATA",
    .coefficients = coefficients,
    .capex_money = capex_money,
};
