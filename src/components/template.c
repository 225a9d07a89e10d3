/* Template: copy this file, rename it, and change what it says. It is a working component, built
   and tested like the others (tests/components), but it stands in no list and nobody can plan with
   it.

   On top stands what the thing is, its equations and where they hold:

   Solar-thermal field of flat collectors that preheats water for a heat bus.
   heat = eta0 G - a1 (T_m - T_a) per m2 of collector, none below zero
   T_m mean of the bus's supply and return, T_a outdoor air, G irradiance (global horizontal);
   eta0 0.80 and a1 4 W/m2K are typical of a flat collector [recalled, unverified]; the form is that
   of ISO 9806.

   Then the parameters, ports and functions; then one line in CMakeLists.txt, name.md and name.cases
   beside it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/component.h"

/* 1. The parameters: one member each, its suffix is its unit, its name the key in the scenario. */
struct template {
    double collector_m2, eta0_frac, loss_kw_m2k, capex_money_m2, fom_frac_year, life_year;
};
/* 2. The ports, in the order of the table below. */
enum { HEAT_OUT, PORTS };

/* 3. member, default, min, max, source, meaning. REQUIRED where the scenario must say it, NOT_GIVEN
   for "ask the catalogue". Every default has its source; what was not read says so. */
static const struct param params[] = {
    PARAM(template, collector_m2, REQUIRED, 0.0, 1e6, "user", "Area of the collectors."),
    PARAM(template, eta0_frac, 0.80, 0.5, 0.9, "flat collector, recalled, unverified",
          "Efficiency without loss."),
    PARAM(template, loss_kw_m2k, 0.004, 0.0005, 0.01, "flat collector, recalled, unverified",
          "Loss per kelvin above the air."),
    PARAM(template, capex_money_m2, NOT_GIVEN, 0.0, 5000.0, "catalogue", "Investment per area."),
    PARAM(template, fom_frac_year, 0.01, 0.0, 0.3, "assumed",
          "Fixed upkeep per year, of the investment."),
    PARAM(template, life_year, 30.0, 5.0, 60.0, "DEA [read TECHDATA]", "Technical life."),
};
/* 4. What flows, which way, and on which side an unwired port looks for its bus. */
static const struct port ports[PORTS] = {
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_PLANT,
                  .meaning = "heat delivered"},
};

/* 5. The physics of all steps. Pure: reads self and hours, fills ret, never the capacity. */
static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct template *field = self;
    const double *supply_c = hours->port[HEAT_OUT].supply_c,
                 *return_c = hours->port[HEAT_OUT].return_c;
    for (int t = 0; t < hours->count; t++) {
        double excess_dk =
            (supply_c ? 0.5 * (supply_c[t] + return_c[t]) : 50.0) - hours->outdoor_c[t];
        double heat_kw_m2 =
            field->eta0_frac * hours->global_kw_m2[t] - field->loss_kw_m2k * excess_dk;
        ret->mode[0].port[HEAT_OUT][t] = 1.0; /* the rate is the heat ... */
        ret->availability_frac[t] =
            fmax(0.0, heat_kw_m2); /* ... and the sun says how much of it there is per m2 */
    }
}

/* 6. The descriptor. Its name is the key in the scenario and the end of its symbol. */
const struct component component_template = {
    .name = "template",
    .title = "Template",
    .summary = "A solar-thermal field, to be copied.",
    .shape = SHAPE_SOURCE,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct template),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "collector_m2",
    .mode_names = {"heat"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost =
        {"EUR", 2015, {{10000.0, 190.0}}, 1, "395 EUR/(MWh/a) at 480 kWh/m2 [read DEA, computed]"},
    .validity = "Flat collectors on the ground; no shading, no stagnation.",
    .references = "ISO 9806",
    .coefficients = coefficients,
};
