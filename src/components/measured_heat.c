/* Measured heat: an hourly demand from a file in place of any model.   heat = scale_ratio * heat_kw, by the hour

   On the design days, of which no file knows, the demand is the greatest of the series. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "components/user.h"

struct measured_heat {
    double scale_ratio, unserved_money_kwh;
    struct input heat_kw;
    struct curve supply_c, return_c;
};
enum { HEAT_IN, PORTS };

static const struct param params[] = {
    PARAM(measured_heat, scale_ratio, 1.0, 0.0, 1000.0, "as measured",
          "How many times what was measured."),
    PARAM_IN(measured_heat, heat_kw, REQUIRED, 0.0, 5e5, "user",
             "Heat by the step, from a file, or a constant."),
    USER_PARAMS(measured_heat, 70.0, "assumed", 40.0, "assumed"),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = USER_HEAT_PORT("heat needed"),
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct measured_heat *user = self;
    double most_kw = 0.0;
    for (int t = 0; t < hours->count; t++) {
        bool measured = t < hours->horizon_count;
        double heat_kw = measured ? input_at(&user->heat_kw, t) : most_kw;
        most_kw = fmax(most_kw, heat_kw);
        ret->mode[0].port[HEAT_IN][t] = heat_kw;
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct measured_heat *user = self;
    (void)port;
    plant_supply(hours, &user->supply_c, &user->return_c, ret_supply_c, ret_return_c);
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct measured_heat *user = self;
    user_check(&user->supply_c, &user->return_c, 2.0, "freezing", diag, place);
}

const struct component component_measured_heat = {
    .name = "measured_heat",
    .title = "Measured heat demand",
    .summary = "A demand from a file in place of any model.",
    .shape = SHAPE_LOAD,
    .reference_port = HEAT_IN,
    .size = sizeof(struct measured_heat),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "scale_ratio",
    .maturity = 9,
    .validity = "Any demand of heat by the step; its weather is that of the file, so give the plan "
                "the same year.",
    .references = "the user's own measurement",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
};
