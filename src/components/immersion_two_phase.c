/* Two-phase immersion: the fluid boils on the chips at boil_c and condenses on coils. The hall's coolant is the coils' water, which
   leaves no warmer than condenser_dk below boiling; nothing pumps the fluid. The fluids of most systems are of the PFAS
   family and hard to buy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_liquid.h"

struct immersion_two_phase {
    struct cooling_cost cost;
    struct cooling_liquid liquid;
    struct cooling_loop loop;
    double boil_c, condenser_dk;
};

static const struct param params[] = {
    COOLING_CAPACITY_PARAM(immersion_two_phase, cost),
    COOLING_LIQUID_PARAMS(immersion_two_phase, liquid, 0.0, "the coils hang on the facility water",
                          0.0, "boiling moves the fluid", 0.0, "none: no air"),
    PARAM(immersion_two_phase, boil_c, 55.0, 34.0, 80.0, "49-61 degC, mid, recalled, unverified",
          "Where the fluid boils."),
    PARAM(immersion_two_phase, condenser_dk, 5.0, 1.0, 15.0, "assumed",
          "Least difference from boiling fluid to leaving water."),
    COOLING_LOOP_PARAMS(immersion_two_phase, loop, LOOP_DRY, DRY_TRIM_CHILLER),
    COOLING_LIQUID_COST_PARAMS(immersion_two_phase, cost),
};
static const struct port ports[] = {
    COOLING_LIQUID_PORT_ROWS,
};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret);

static const struct cooling cooling = {.coolant_c = 50.0,
                                       .coolant_dt_dk = 8.0,
                                       .capture_frac = 0.975,
                                       .room = "dry_cooler",
                                       .at_chip = true,
                                       .hour = hour};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret) {
    const struct immersion_two_phase *unit = self;
    (void)mode;
    double leaves_max_c = unit->boil_c - unit->condenser_dk;
    cooling_liquid_hour(&cooling, &unit->liquid, &unit->loop, hours, t, leaves_max_c, ret);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cooling_coefficients(&cooling, self, hours, ret);
}

const struct component component_immersion_two_phase = {
    .name = "immersion_two_phase",
    .title = "Immersion, two phases",
    .summary = "Servers boil a fluid that condenses on coils of water; dry cooler or tower.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COOLING_HEAT_IN,
    .size = sizeof(struct immersion_two_phase),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = COUNT(ports),
    .capacity = "capacity_kw",
    .mode_names = {"reject"},
    .cost_payee = "suppliers",
    .maturity = 6,
    .cost = {"USD",
             2022,
             {{1.0, 800.0}},
             1,
             "assumed, unverified: tanks, fluid, coils, pumps, dry coolers and trim"},
    .validity = "Fluids that boil at 49 to 61 degC.",
    .references = "Energies 2021 14:1395 (measured pPUE 1.037-1.053); data-centre notes section 8",
    .cooling = &cooling,
    .coefficients = coefficients,
};
