/* Outdoor air through wet pads into the hall (components/cooling_air.c): T = T_db - eff (T_db - T_wb) at constant enthalpy,
   as far as the cold aisle asks and its humidity class allows; never below the wet bulb. In the cold it is an air-side
   economiser whose pads humidify. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_air.h"

struct direct_evaporative {
    struct cooling_cost cost;
    struct cooling_stream stream;
};

static const struct param params[] = {
    COOLING_CAPACITY_PARAM(direct_evaporative, cost),

    COOLING_STREAM_PARAMS(direct_evaporative, stream),
    COOLING_RACK_PARAM(direct_evaporative, cost, 60.0),
    COOLING_COST_PARAMS(direct_evaporative, cost, 0.04, "assumed", 20.0, "recalled, unverified",
                        92.0, "85-95 dB(A) a MW, recalled, unverified"),
};
static const struct port ports[] = {
    COOLING_PORT_ROWS("fans, pumps, the backup's compressors", "pads, the backup's tower, m3/h"),
};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret);

static const struct cooling cooling = {
    .coolant_c = 36.0, .coolant_dt_dk = 12.0, .capture_frac = 1.0, .air = true, .hour = hour};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret) {
    const struct direct_evaporative *unit = self;
    (void)mode;
    struct cooling_stream stream = unit->stream;
    stream.pads = PADS_COOL;
    cooling_stream_reject(&stream, hours, t, cooling_warm_c(&cooling, hours, t),
                          cooling_cold_c(&cooling, hours, t), ret);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cooling_coefficients(&cooling, self, hours, ret);
}

const struct component component_direct_evaporative = {
    .name = "direct_evaporative",
    .title = "Direct evaporative cooling",
    .summary =
        "Outdoor air through wet pads into the hall; a chiller helps when that is not enough.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COOLING_HEAT_IN,
    .size = sizeof(struct direct_evaporative),
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
             {{1.0, 320.0}},
             1,
             "assumed, unverified: air handlers with pads and a chiller"},
    .validity = "Supply air 15 to 35 degC, outdoor -30 to 50 degC; filters and their pressure are "
                "in fan_dp_kpa.",
    .references = "Lei and Masanet 2022, doi 10.1016/j.resconrec.2022.106323; ASHRAE TC 9.9",
    .cooling = &cooling,
    .coefficients = coefficients,
};
