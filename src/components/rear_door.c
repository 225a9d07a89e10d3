/* Rear-door heat exchangers: a water coil in each rack's door. The hall's coolant is that water, 14 to 23 degC in and 20 to 30
   out; what the doors miss (capture_frac of the hall) is room air's. Doors with fans draw hall_fan_kw_kw, passive ones let
   the servers' fans do it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_liquid.h"

struct rear_door {
    struct cooling_cost cost;
    struct cooling_liquid liquid;
    struct cooling_loop loop;
};

static const struct param params[] = {
    COOLING_CAPACITY_PARAM(rear_door, cost),
    COOLING_LIQUID_PARAMS(rear_door, liquid, 1.5,
                          "2-3 K less where doors hang on facility water, assumed", 0.0,
                          "doors hang on the facility water", 0.025,
                          "active doors .02-.03, passive 0, recalled, unverified"),
    COOLING_LOOP_PARAMS(rear_door, loop, LOOP_TOWER, DRY_TRIM_CHILLER),
    COOLING_RACK_PARAM(rear_door, cost, 80.0),
    COOLING_LIQUID_COST_PARAMS(rear_door, cost),
};
static const struct port ports[] = {
    COOLING_LIQUID_PORT_ROWS,
};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret);

static const struct cooling cooling = {.coolant_c = 25.0,
                                       .coolant_dt_dk = 6.5,
                                       .capture_frac = 0.80,
                                       .room = "dry_cooler",
                                       .hour = hour};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret) {
    const struct rear_door *unit = self;
    (void)mode;
    cooling_liquid_hour(&cooling, &unit->liquid, &unit->loop, hours, t, HUGE_VAL, ret);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cooling_coefficients(&cooling, self, hours, ret);
}

const struct component component_rear_door = {
    .name = "rear_door",
    .title = "Rear-door heat exchangers",
    .summary = "Water coils in the racks' doors take the heat from their exhaust air.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COOLING_HEAT_IN,
    .size = sizeof(struct rear_door),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = COUNT(ports),
    .capacity = "capacity_kw",
    .mode_names = {"reject"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD", 2022, {{1.0, 500.0}}, 1, "assumed, unverified: doors, pumps, tower and trim"},
    .validity = "Racks to about 50 kW, door water 14 to 30 degC; above the dew point of the room.",
    .references = "data-centre notes section 8; ASHRAE TC 9.9 2021",
    .cooling = &cooling,
    .coefficients = coefficients,
};
