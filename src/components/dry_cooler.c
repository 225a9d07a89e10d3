/* Dry cooler: fans blow outdoor air over the coolant; what the air cannot do, a trim does.

   design    outdoor temperature design_c, approach approach_dk to the coolant's cold side
   fans      speed = (design difference / difference)^1.4 between floor and 1, power ~ speed^3
   trim      where outdoor + approach > cold side: none (does not run), adiabatic (outdoor falls by
   eff (T - T_wb), water evaporates and is bled), or chiller (air-cooled, for the share the air
   cannot cool; fans rest where that is all of it), or both */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_plant.h"

struct dry_cooler {
    struct cooling_cost cost;
    struct cooling_dry dry;
    double pump_kw_kw, room_fan_kw_kw;
};

static const struct param params[] = {
    COOLING_CAPACITY_PARAM(dry_cooler, cost),
    COOLING_DRY_PARAMS(dry_cooler, dry, 0.9, DRY_TRIM_CHILLER),
    PARAM(dry_cooler, pump_kw_kw, 0.015, 0.0, 0.1, "DC Pro chilled-water pump [quoted]",
          "Pumping per kW of heat."),
    PARAM(dry_cooler, room_fan_kw_kw, 0.02, 0.0, 0.2,
          "liquid-cooled halls move little air, assumed", "Fans in the hall per kW of heat."),
    COOLING_COST_PARAMS(dry_cooler, cost, 0.02, "assumed", 20.0, "recalled, unverified", 90.0,
                        "85-95 dB(A) a MW, recalled, unverified"),
};
static const struct port ports[] = {
    COOLING_PORT_ROWS("fans, pumps, trim chiller", "evaporated on the pads, m3/h"),
};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret);

static const struct cooling cooling = {
    .coolant_c = 40.0, .coolant_dt_dk = 10.0, .capture_frac = 1.0, .hour = hour};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret) {
    const struct dry_cooler *cooler = self;
    double heat_kw_kw = 1.0 + cooler->room_fan_kw_kw; /* the hall's fans warm the coolant */
    (void)mode;
    ret->fan_kw_kw = cooler->room_fan_kw_kw;
    ret->pump_kw_kw = heat_kw_kw * cooler->pump_kw_kw;
    cooling_dry_reject(&cooler->dry, hours, t, heat_kw_kw, cooling_cold_c(&cooling, hours, t),
                       cooling_warm_c(&cooling, hours, t), ret);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cooling_coefficients(&cooling, self, hours, ret);
}

const struct component component_dry_cooler = {
    .name = "dry_cooler",
    .title = "Dry cooler",
    .summary = "Outdoor air cools a warm coolant; a trim helps in heat.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COOLING_HEAT_IN,
    .size = sizeof(struct dry_cooler),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = COUNT(ports),
    .capacity = "capacity_kw",
    .mode_names = {"reject"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD",
             2022,
             {{1.0, 250.0}},
             1,
             "assumed, unverified: coolers, pumps and trim; no open catalogue found"},
    .validity = "Coolant 25 to 60 degC, outdoor -30 to 45 degC.",
    .references = "Lei and Masanet 2022 (chiller); IER: Energies 2023 16:3661; TAMOS DryCooler",
    .cooling = &cooling,
    .coefficients = coefficients,
};
