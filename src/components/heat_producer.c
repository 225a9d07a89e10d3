/* An existing heat producer of a town: so many kW at a marginal cost and carbon by season. Must-run
   heat (waste, CHP that follows power) comes whether it is needed or not: its marginal cost is zero
   and what nobody takes is cooled away. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"

struct heat_producer {
    double capacity_kw, marginal_money_kwh, summer_marginal_money_kwh, carbon_kgco2_kwh,
        summer_carbon_kgco2_kwh, summer_available_frac, available_frac, fixed_money_month;
    bool must_run;
};
enum { HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(heat_producer, capacity_kw, REQUIRED, 0.0, 5e6, "user", "Heat it can give."),
    PARAM(heat_producer, marginal_money_kwh, REQUIRED, -1.0, 5.0, "user",
          "Cost of one more kWh, October to April."),
    PARAM(heat_producer, summer_marginal_money_kwh, NOT_GIVEN, -1.0, 5.0, "as in winter",
          "Cost of one more kWh, May to September."),
    PARAM(heat_producer, carbon_kgco2_kwh, 0.2, 0.0, 1.5, "assumed; give the plant's own figure",
          "Carbon per kWh of heat, October to April."),
    PARAM(heat_producer, summer_carbon_kgco2_kwh, NOT_GIVEN, 0.0, 1.5, "as in winter",
          "Carbon per kWh of heat, May to September."),
    PARAM(heat_producer, available_frac, 1.0, 0.0, 1.0, "assumed",
          "Share of the capacity available in winter."),
    PARAM(heat_producer, summer_available_frac, 1.0, 0.0, 1.0, "assumed",
          "The same, May to September."),
    PARAM(heat_producer, fixed_money_month, 0.0, 0.0, 1e9, "user", "Fixed cost of keeping it."),
    PARAM_YES(heat_producer, must_run, 0, "user",
              "Its heat comes whether needed or not: no marginal cost or carbon."),
};
static const struct port ports[PORTS] = {
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_USER,
                  .lifts_preheated = true,
                  .meaning = "heat delivered"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct heat_producer *producer = self;
    for (int t = 0; t < hours->count; t++) {
        bool summer = hours->month[t] >= 4 && hours->month[t] <= 8;
        bool own = summer && !isnan(producer->summer_marginal_money_kwh);
        double money_kwh = own ? producer->summer_marginal_money_kwh : producer->marginal_money_kwh;
        bool own_carbon = summer && !isnan(producer->summer_carbon_kgco2_kwh);
        double carbon_kgco2_kwh =
            own_carbon ? producer->summer_carbon_kgco2_kwh : producer->carbon_kgco2_kwh;
        carbon_kgco2_kwh = producer->must_run ? 0.0 : carbon_kgco2_kwh;
        ret->mode[0].port[HEAT_OUT][t] = 1.0;
        ret->mode[0].cost_money_kwh[t] = producer->must_run ? 0.0 : money_kwh;
        ret->mode[0].carbon_kgco2_kwh[t] = carbon_kgco2_kwh;
        ret->mode[0].carbon_marginal_kgco2_kwh[t] = carbon_kgco2_kwh;
        ret->availability_frac[t] =
            summer ? producer->summer_available_frac : producer->available_frac;
    }
    plant_lifts(HEAT_OUT, ret);
}

const struct component component_heat_producer = {
    .name = "heat_producer",
    .title = "Existing heat producer",
    .summary = "A plant that already heats the town.",
    .shape = SHAPE_SOURCE,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct heat_producer),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"heat"},
    .firm = true,
    .cost_payee = "suppliers",
    .maturity = 9,
    .validity = "One marginal cost per season.",
    .references = "DEA; merit order of the scenario",
    .coefficients = coefficients,
};
