/* Direct-to-chip cooling: cold plates, a coolant distribution unit, facility water W17 to W45 and warmer. The hall's coolant is
   the racks' loop; what the plates miss (capture_frac of the hall) is room air's. The chip is as warm as the coolant that
   leaves its plate and the plate's resistance times the chip's power: where that is above its limit, the coolant is too
   warm, whatever the weather. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_liquid.h"

struct direct_to_chip {
    struct cooling_cost cost;
    struct cooling_liquid liquid;
    struct cooling_loop loop;
    double chip_kw, plate_kw_k, chip_max_c;
};

static const struct param params[] = {
    COOLING_CAPACITY_PARAM(direct_to_chip, cost),
    COOLING_LIQUID_PARAMS(direct_to_chip, liquid, 4.0, "3-5 K, mid, recalled, unverified", 0.008,
                          ".004-.012, mid [computed]", 0.0, "plates need none"),
    PARAM(direct_to_chip, chip_kw, 0.7, 0.05, 5.0,
          "500-700 W chips want 30-27 degC [quoted], 1 kW and more are sold, recalled",
          "Power of the hottest chip."),
    PARAM(direct_to_chip, plate_kw_k, 0.035, 0.005, 0.2, ".02-.04 K/W, recalled, unverified",
          "Conductance of a cold plate, chip to coolant."),
    PARAM(direct_to_chip, chip_max_c, 85.0, 50.0, 110.0, "80-90 degC cases, recalled, unverified",
          "Warmest the chip's case may be."),
    COOLING_LOOP_PARAMS(direct_to_chip, loop, LOOP_DRY, DRY_TRIM_CHILLER),
    COOLING_LIQUID_COST_PARAMS(direct_to_chip, cost),
};
static const struct port ports[] = {
    COOLING_LIQUID_PORT_ROWS,
};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret);

static const struct cooling cooling = {.coolant_c = 50.0,
                                       .coolant_dt_dk = 10.0,
                                       .capture_frac = 0.70,
                                       .room = "dry_cooler",
                                       .at_chip = true,
                                       .hour = hour};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret) {
    const struct direct_to_chip *unit = self;
    (void)mode;
    double warm_max_c = unit->chip_max_c - unit->chip_kw / unit->plate_kw_k;
    cooling_liquid_hour(&cooling, &unit->liquid, &unit->loop, hours, t, warm_max_c, ret);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cooling_coefficients(&cooling, self, hours, ret);
}

const struct component component_direct_to_chip = {
    .name = "direct_to_chip",
    .title = "Direct-to-chip liquid cooling",
    .summary =
        "Cold plates on the chips, a distribution unit, facility water, dry cooler or tower.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COOLING_HEAT_IN,
    .size = sizeof(struct direct_to_chip),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = COUNT(ports),
    .capacity = "capacity_kw",
    .mode_names = {"reject"},
    .cost_payee = "suppliers",
    .maturity = 8,
    .cost = {"USD",
             2022,
             {{1.0, 600.0}},
             1,
             "assumed, unverified: plates, distribution units, pumps, dry coolers and trim"},
    .validity = "Coolant 20 to 55 degC at the racks.",
    .references = "data-centre notes section 8; ASHRAE TC 9.9 2021; CASES 3.3",
    .cooling = &cooling,
    .coefficients = coefficients,
};
