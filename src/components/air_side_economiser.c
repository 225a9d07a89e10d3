/* Outdoor air through the hall (components/cooling_air.c): mixed with return air in the cold, helped by a chiller where it is
   warmer than the cold aisle, shut out where it is warmer than the hot one or unfit by the class of the equipment. Pads, if
   any, humidify air that is too dry and do not cool. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_air.h"

struct air_side_economiser {
    struct cooling_cost cost;
    struct cooling_stream stream;
};

static const struct param params[] = {
    COOLING_CAPACITY_PARAM(air_side_economiser, cost),
    COOLING_WORD(air_side_economiser, stream, pads, PADS_NONE, "assumed",
                 "Whether pads humidify air that is too dry.", "none", "humidify"),
    COOLING_STREAM_PARAMS(air_side_economiser, stream),
    COOLING_RACK_PARAM(air_side_economiser, cost, 60.0),
    COOLING_COST_PARAMS(air_side_economiser, cost, 0.04, "assumed", 20.0, "recalled, unverified",
                        90.0, "85-95 dB(A) a MW, recalled, unverified"),
};
static const struct port ports[] = {
    COOLING_PORT_ROWS("fans, pumps, the backup's compressors",
                      "humidification, the backup's tower, m3/h"),
};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret);

static const struct cooling cooling = {
    .coolant_c = 36.0, .coolant_dt_dk = 12.0, .capture_frac = 1.0, .air = true, .hour = hour};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret) {
    const struct air_side_economiser *unit = self;
    (void)mode;
    cooling_stream_reject(&unit->stream, hours, t, cooling_warm_c(&cooling, hours, t),
                          cooling_cold_c(&cooling, hours, t), ret);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cooling_coefficients(&cooling, self, hours, ret);
}

const struct component component_air_side_economiser = {
    .name = "air_side_economiser",
    .title = "Air-side economiser",
    .summary =
        "Outdoor air cools the hall directly; a chiller helps when it is too warm or not fit.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COOLING_HEAT_IN,
    .size = sizeof(struct air_side_economiser),
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
             {{1.0, 300.0}},
             1,
             "assumed, unverified: air handlers, dampers, filters and a chiller"},
    .validity = "Supply air 15 to 35 degC, outdoor -30 to 50 degC; filters and their pressure are "
                "in fan_dp_kpa.",
    .references = "Lei and Masanet 2022, doi 10.1016/j.resconrec.2022.106323; ASHRAE TC 9.9",
    .cooling = &cooling,
    .coefficients = coefficients,
};
