/* Flexible computing: the part of a hall's work that may wait, and how long (`flexible:` of a data_centre entry).

   Of the hall's IT power share_frac arrives as work that is done at once or late: late within window_h, all of it by
   deadline_h where that is given, and never above it_max_frac of the installed IT. What is done late draws power and gives
   off heat when it is done, through the hall's own chain; the hall's load counts what arrives (plan/shape_shiftable.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"

struct flexible_compute {
    double share_frac, window_h, deadline_h, it_max_frac, late_money_kwh;
};
enum { POWER_IN, HEAT_OUT, ROOM_HEAT_OUT, PORTS };
enum { AT_ONCE, LATE };

static const struct param params[] = {
    PARAM(flexible_compute, share_frac, REQUIRED, 0.0, 1.0, "user",
          "Share of the IT's power that may wait."),
    PARAM(flexible_compute, window_h, 4.0, 0.25, 168.0,
          "assumed: batch work and training with checkpoints", "Longest wait."),
    PARAM(flexible_compute, deadline_h, NOT_GIVEN, 0.0, 24.0, "user; not given: none",
          "Hour of the day by which nothing waits any more."),
    PARAM(flexible_compute, it_max_frac, 1.0, 0.1, 1.0, "assumed",
          "Highest IT power when it catches up, of the installed."),
    PARAM(flexible_compute, late_money_kwh, 0.001, 0.0, 100.0,
          "assumed: makes the use unique; what late results cost is for the operator to say",
          "What a kWh of IT that is done late costs."),
};
static const struct port ports[PORTS] = {
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .meaning = "what is drawn late, less what is not drawn when it came"},
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_HALL,
                  .meaning = "the same as heat in the coolant"},
    [ROOM_HEAT_OUT] = {.name = "room_heat_out",
                       .carrier = CARRIER_HEAT,
                       .direction = FLOWS_OUT,
                       .side = SIDE_HALL,
                       .optional = true,
                       .meaning = "the same as heat in the room's air"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct flexible_compute *flexible = self;
    (void)hours;
    plant_cost(ret, LATE, flexible->late_money_kwh);
}

const struct component component_flexible_compute = {
    .name = "flexible_compute",
    .title = "Flexible computing",
    .summary = "Work of a data hall that may wait.",
    .shape = SHAPE_SHIFTABLE,
    .reference_port = POWER_IN,
    .size = sizeof(struct flexible_compute),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .mode_names = {"at_once", "late"},
    .cost_payee = "suppliers",
    .maturity = 7,
    .validity = "Hourly means; losses and heat at the hall's planned load; idle servers that wait "
                "draw power, so give the share of power, not of jobs.",
    .references = "economy notes section 2.4",
    .coefficients = coefficients,
};
