/* Heat link between two places: two flows, one each way, that share its capacity (each_way: do not).

   arriving = flow (1 - loss_frac);  `links:` of the scenario says from where to where */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/component.h"

struct heat_link {
    bool one_way, each_way;
    double capacity_kw, length_m, loss_frac, capex_money_kw, fom_frac_year, life_year;
};
enum { HERE, THERE, PORTS };

static const struct param params[] = {
    PARAM(heat_link, capacity_kw, REQUIRED, 0.0, 1e7, "user",
          "Largest flow, at the end that sends."),
    PARAM(heat_link, length_m, 1000.0, 1.0, 1e6, "assumed", "Length."),
    PARAM(heat_link, loss_frac, 0.05, 0.0, 0.9,
          "assumed: insulated pipes of some km at half load; heat_network has the physics",
          "Lost on the way, of what is sent."),
    PARAM_YES(heat_link, one_way, 0, "assumed",
              "Whether it carries from the first place to the second alone."),
    PARAM_YES(heat_link, each_way, 0, "assumed: one line",
              "Whether the capacity holds for each way by itself, as of two one-way lines."),
    PARAM(heat_link, capex_money_kw, NOT_GIVEN, 0.0, 10000.0, "catalogue, by length",
          "Investment per kW."),
    PARAM(heat_link, fom_frac_year, 0.01, 0.0, 0.2, "economy notes 1.2 [computed]",
          "Fixed upkeep per year, of the investment."),
    PARAM(heat_link, life_year, 40.0, 10.0, 80.0, "DEA [read TECHDATA]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [HERE] = {.name = "here",
              .carrier = CARRIER_HEAT,
              .direction = FLOWS_IN,
              .side = SIDE_PLACE,
              .meaning = "the first place"},
    [THERE] = {.name = "there",
               .carrier = CARRIER_HEAT,
               .direction = FLOWS_OUT,
               .side = SIDE_PLACE,
               .meaning = "the second place"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct heat_link *line = self;
    ret->each_way = line->each_way;
    for (int t = 0; t < hours->count; t++) {
        ret->loss_frac[t] = line->loss_frac;
        ret->mode[1].may_run[t] = !line->one_way;
    }
}

static double capex_money(const void *self, double size) {
    const struct heat_link *line = self;
    return 0.15 * line->length_m * size;
}

const struct component component_heat_link = {
    .name = "heat_link",
    .title = "Heat link",
    .summary = "Carries heat between two places.",
    .shape = SHAPE_LINE,
    .reference_port = HERE,
    .size = sizeof(struct heat_link),
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
             {{1.0, 150.0}},
             1,
             "1500 EUR/m for 10 MW [read TECHDATA]; small pipes cost more per kW"},
    .validity = "A transmission pipe as planners give it: a share is lost; temperatures, standing "
                "loss and pumping belong to heat_network.",
    .references = "TECHDATA",
    .coefficients = coefficients,
    .capex_money = capex_money,
};
