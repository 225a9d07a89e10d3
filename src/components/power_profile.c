/* Power by a profile of its own: a power purchase agreement for wind or sun as it is made, or a plant whose yield
   another model gave.

   output = output_frac(t) capacity, all of it: what is not used or stored has to be exported */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/component.h"

struct power_profile {
    double capacity_kw, capex_money_kw, fom_frac_year, life_year;
    struct input output_frac, price_money_kwh;
};
enum { POWER_OUT, PORTS };

static const struct param params[] = {
    PARAM(power_profile, capacity_kw, REQUIRED, 0.0, 1e7, "user", "Contracted or installed power."),
    PARAM_IN(power_profile, output_frac, REQUIRED, 0.0, 1.5, "user",
             "Output over that power, by the step."),
    PARAM_IN(power_profile, price_money_kwh, 0.0, -5.0, 5.0,
             "user: the price of the agreement; below zero where a premium is received",
             "Paid for every kWh that is made."),
    PARAM(power_profile, capex_money_kw, 0.0, 0.0, 20000.0, "none: an agreement is paid by the kWh",
          "Investment per kW."),
    PARAM(power_profile, fom_frac_year, 0.0, -0.5, 0.5, "user",
          "Fixed upkeep per year, of the investment; below zero where a premium is received."),
    PARAM(power_profile, life_year, 25.0, 1.0, 60.0, "assumed", "Life of the plant."),
};
static const struct port ports[PORTS] = {
    [POWER_OUT] = {.name = "power_out",
                   .carrier = CARRIER_ELECTRICITY,
                   .direction = FLOWS_OUT,
                   .side = SIDE_METER,
                   .meaning = "power made"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct power_profile *profile = self;
    for (int t = 0; t < hours->count; t++) {
        int at = t < hours->horizon_count ? t : 0;
        ret->mode[0].port[POWER_OUT][t] = 1.0;
        ret->mode[0].cost_money_kwh[t] = input_at(&profile->price_money_kwh, at);
        ret->availability_frac[t] = input_at(&profile->output_frac, at);
    }
}

const struct component component_power_profile = {
    .name = "power_profile",
    .title = "Power by a profile",
    .summary = "Renewable power as a contract or another model gives it.",
    .shape = SHAPE_SOURCE,
    .reference_port = POWER_OUT,
    .size = sizeof(struct power_profile),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"power"},
    .must_take = true,
    .origin = ORIGIN_RENEWABLE,
    .follows_weather = true,
    .cost_payee = "suppliers",
    .maturity = 9,
    .validity =
        "Pay as produced; what the profile does not know of the plan's weather it does not follow.",
    .references = "the user's own contract or model",
    .coefficients = coefficients,
};
