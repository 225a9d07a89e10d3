/* One-phase immersion: servers in oil that is pumped through an exchanger. The hall's coolant is the oil, 35 to 45 degC in and 45
   to 55 out; server fans are gone, which is the hall's matter (data_hall.fan_removed_frac). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_liquid.h"

struct immersion_one_phase {
    struct cooling_cost cost;
    struct cooling_liquid liquid;
    struct cooling_loop loop;
    double bath_max_c;
};

static const struct param params[] = {
    COOLING_CAPACITY_PARAM(immersion_one_phase, cost),
    COOLING_LIQUID_PARAMS(immersion_one_phase, liquid, 5.0, "assumed", 0.008,
                          "pPUE 1.02-1.05 in all, recalled, unverified", 0.0, "none: no air"),
    PARAM(immersion_one_phase, bath_max_c, 60.0, 30.0, 90.0, "45-55 degC out, recalled, unverified",
          "Warmest the bath may leave."),
    COOLING_LOOP_PARAMS(immersion_one_phase, loop, LOOP_DRY, DRY_TRIM_CHILLER),
    COOLING_LIQUID_COST_PARAMS(immersion_one_phase, cost),
};
static const struct port ports[] = {
    COOLING_LIQUID_PORT_ROWS,
};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret);

static const struct cooling cooling = {.coolant_c = 50.0,
                                       .coolant_dt_dk = 10.0,
                                       .capture_frac = 0.975,
                                       .room = "dry_cooler",
                                       .at_chip = true,
                                       .hour = hour};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret) {
    const struct immersion_one_phase *unit = self;
    (void)mode;
    cooling_liquid_hour(&cooling, &unit->liquid, &unit->loop, hours, t, unit->bath_max_c, ret);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cooling_coefficients(&cooling, self, hours, ret);
}

const struct component component_immersion_one_phase = {
    .name = "immersion_one_phase",
    .title = "Immersion, one phase",
    .summary = "Servers in a bath of oil; an exchanger, facility water, dry cooler or tower.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COOLING_HEAT_IN,
    .size = sizeof(struct immersion_one_phase),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = COUNT(ports),
    .capacity = "capacity_kw",
    .mode_names = {"reject"},
    .cost_payee = "suppliers",
    .maturity = 7,
    .cost = {"USD",
             2022,
             {{1.0, 700.0}},
             1,
             "assumed, unverified: tanks, fluid, pumps, dry coolers and trim"},
    .validity = "Bath 30 to 60 degC.",
    .references = "data-centre notes section 8",
    .cooling = &cooling,
    .coefficients = coefficients,
};
