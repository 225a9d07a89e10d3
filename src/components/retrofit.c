/* Retrofit: heat that renovated floor no longer needs, at the hours at which it would have been needed.

   heat_out = saved_frac * space heat of the building, per m2 renovated (building.h); it has to be taken
   supply    once all of the floor is renovated, the surfaces that are left need what they would need for
             (1 - saved_frac) of their load; before that the last old radiator asks for what it always did
   In the programme the renovated floor is a capacity like any other: the share is linear and exact. That the supply
   falls is seen in the round after the one that renovates all. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/building.h"
#include "components/plant.h"

struct retrofit {
    struct building building; /* first: the rows of its facts */
    double renovated_m2, saved_frac, capex_money_m2, fom_frac_year, life_year;
};
enum { HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(retrofit, renovated_m2, REQUIRED, 0.0, 1e8, "user", "Floor that is renovated."),
    PARAM(retrofit, saved_frac, 0.4, 0.05, 0.9,
          "from 1950-78 to a deep retrofit 150 to 45-90 kWh/m2 a year, recalled, unverified",
          "Space heat that a renovated m2 no longer needs."),
    PARAM(retrofit, capex_money_m2, NOT_GIVEN, 0.0, 5000.0, "catalogue",
          "Investment per m2 of floor, less what would be due anyway."),
    PARAM(retrofit, fom_frac_year, 0.0, 0.0, 0.1, "a wall needs no upkeep of its own, assumed",
          "Fixed upkeep per year, of the investment."),
    PARAM(retrofit, life_year, 40.0, 10.0, 80.0, "recalled, unverified", "Technical life."),
    BUILDING_FACTS,
};
static const struct port ports[PORTS] = {
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_USER,
                  .sets_temperature = true,
                  .overrides_temperature = true,
                  .meaning = "heat no longer needed"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct retrofit *retrofit = self;
    const double most_kw_m2 = 1.5; /* no building needs as much */
    building_space_kw_m2(&retrofit->building, hours, ret->availability_frac);
    for (int t = 0; t < hours->count; t++) {
        ret->mode[0].port[HEAT_OUT][t] = 1.0;
        ret->availability_frac[t] =
            fmin(most_kw_m2, retrofit->saved_frac * ret->availability_frac[t]);
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct retrofit *retrofit = self;
    const double all_frac = 0.999; /* of the floor */
    bool all = hours->size >= all_frac * retrofit->building.floor_m2;
    (void)port;
    building_temperatures(
        &retrofit->building, hours,
        retrofit->building.emitter_load_ratio * (all ? 1.0 - retrofit->saved_frac : 1.0),
        retrofit->building.hot_water == WATER_NETWORK, ret_supply_c, ret_return_c);
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct retrofit *retrofit = self;
    building_check(&retrofit->building, diag, place);
}

const struct component component_retrofit = {
    .name = "retrofit",
    .title = "Retrofit",
    .summary = "Heat that renovated buildings no longer need.",
    .shape = SHAPE_SOURCE,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct retrofit),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "renovated_m2",
    .mode_names = {"saved"},
    .must_take = true,
    .firm = true,
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"EUR",
             2020,
             {{1.0, 200.0}},
             1,
             "recalled, unverified: envelope and windows beyond what is due"},
    .validity = "Space heat alone; the same share in every hour; hot water stays.",
    .references = "heat notes section 8; EN 442",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
};
