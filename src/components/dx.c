/* Room units with direct expansion.

   fan      m v dp/eff for the flow that the aisles' difference asks for; its work is heat, too
   coil     cold enough to dry the air: latent 1/sensible_frac - 1 beside it, given back by a humidifier
   1/COP    .0416 + .018507 T outdoors, 2.8 below 15 degC, times cop_ratio; condenser fans are in it */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_air.h"
#include "physics/air.h"
#include "physics/cooling.h"

struct dx {
    struct cooling_cost cost;
    struct {
        double fan_dp_kpa, fan_eff;
        int air_class;
    } air;
    double sensible_frac, cop_ratio;
    int humidifier;
};

static const struct param params[] = {
    COOLING_CAPACITY_PARAM(dx, cost),
    COOLING_FAN_PARAMS(dx, air),
    COOLING_CLASS_PARAM(dx, air),
    PARAM(dx, sensible_frac, 0.97, 0.5, 1.0, ".95-.99, mid [read LEI22]",
          "Sensible share of what the coil takes out."),
    PARAM_OF(dx, humidifier, 1, "electric steam, as Lei and Masanet charge it",
             "How the water that the coil takes out is given back.", "high_pressure", "steam"),
    PARAM(dx, cop_ratio, 0.9, 0.3, 1.8,
          ".6-1.2 [read LEI22]; the curve lies below the ratings of ASHRAE 90.1-2007 (2.84)",
          "COP over the curve."),
    COOLING_RACK_PARAM(dx, cost, 40.0),
    COOLING_COST_PARAMS(dx, cost, 0.04, "assumed", 15.0, "recalled, unverified", 95.0,
                        "90-100 dB(A) a MW, recalled, unverified"),
};
static const struct port ports[] = {
    COOLING_PORT_ROWS("compressors, fans, humidifier", "humidification, m3/h"),
};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret);

static const struct cooling cooling = {
    .coolant_c = 34.0, .coolant_dt_dk = 10.0, .capture_frac = 1.0, .air = true, .hour = hour};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret) {
    const struct dx *unit = self;
    double warm_c = cooling_warm_c(&cooling, hours, t), cold_c = cooling_cold_c(&cooling, hours, t);
    (void)mode;
    if (!cooling_class_allows(unit->air.air_class, hours, cold_c, ret)) {
        return;
    }
    const double w_kg_kg = 0.008; /* the hall's own air, kept by the humidifier */
    double fan = cooling_air_fan_kw_kw(warm_c - cold_c, w_kg_kg,
                                       air_volume_m3_kg(cold_c, w_kg_kg, hours->pressure_kpa[t]),
                                       unit->air.fan_dp_kpa, unit->air.fan_eff);
    double latent = cooling_latent_kw_kw(unit->sensible_frac);
    double cop = fmax(0.5, unit->cop_ratio * cooling_dx_cop(hours->outdoor_c[t]));
    ret->fan_kw_kw = fan;
    if (latent > 0.0) {
        cooling_humidify(unit->humidifier, latent, ret);
    }
    /* sprayed water takes from the room what the coil gives up when it condenses; steam brings it */
    double heat = 1.0 + fan + ret->humidifier_kw_kw;
    ret->compressor_kw_kw = heat / cop;
    ret->condenser_kw_kw = heat * (1.0 + 1.0 / cop);
    ret->condenser_c = hours->outdoor_c[t] + 10.0;
    ret->supplied_c = cold_c;
    ret->return_c = cooling_air_take_off_c(warm_c);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cooling_coefficients(&cooling, self, hours, ret);
}

const struct component component_dx = {
    .name = "dx",
    .title = "Direct expansion",
    .summary = "Room units with their own compressors; condensers outdoors.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COOLING_HEAT_IN,
    .size = sizeof(struct dx),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = COUNT(ports),
    .capacity = "capacity_kw",
    .mode_names = {"reject"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD", 2022, {{1.0, 400.0}}, 1, "assumed, unverified: room units and condensers"},
    .validity = "Small and legacy rooms, outdoor -30 to 50 degC.",
    .references = "Lei and Masanet 2022, doi 10.1016/j.resconrec.2022.106323; LBNL DC Pro v3",
    .cooling = &cooling,
    .coefficients = coefficients,
};
