/* Power that is needed by the hour, from a file or a constant: a town's homes, a hospital, a pumping station.

   On the design days, of which no file knows, the load is the greatest of the series. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/component.h"

struct power_load {
    double scale_ratio;
    struct input power_kw;
};
enum { POWER_IN, PORTS };

static const struct param params[] = {
    PARAM(power_load, scale_ratio, REQUIRED, 0.0, 1000.0, "user; 1 takes the series as it is",
          "How many times the series."),
    PARAM_IN(power_load, power_kw, REQUIRED, 0.0, 1e7, "user", "Power by the step, or a constant."),
};
static const struct port ports[PORTS] = {
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .meaning = "power needed"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct power_load *load = self;
    double most_kw = 0.0;
    for (int t = 0; t < hours->count; t++) {
        bool known = t < hours->horizon_count;
        double power_kw = known ? input_at(&load->power_kw, t) : most_kw;
        most_kw = fmax(most_kw, power_kw);
        ret->mode[0].port[POWER_IN][t] = power_kw;
    }
}

const struct component component_power_load = {
    .name = "power_load",
    .title = "Power load",
    .summary = "Power that is needed, by the hour.",
    .shape = SHAPE_LOAD,
    .reference_port = POWER_IN,
    .size = sizeof(struct power_load),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "scale_ratio",
    .maturity = 9,
    .validity = "Any load by the step; it does not follow the plan's weather by itself.",
    .references = "the user's own measurement",
    .coefficients = coefficients,
};
