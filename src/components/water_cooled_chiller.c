/* Room units on chilled water from water-cooled chillers and a cooling tower.

   Heat of the hall, its fans, what the coils dry out and the pumps reach the chillers, whose condensers take tower water
   at T_wb + approach; the tower rejects heat and compressor, and evaporates, drifts and is bled for it. No free cooling.
   recover: the heat and the compressor's work leave at the take-off's temperatures instead of the tower. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_plant.h"

struct water_cooled_chiller {
    struct cooling_cost cost;
    struct cooling_room room;
    struct cooling_tower tower;
    double take_off_c, take_off_dt_dk;
};

static const struct param params[] = {
    COOLING_CAPACITY_PARAM(water_cooled_chiller, cost),
    COOLING_ROOM_PARAMS(water_cooled_chiller, room, 0.97),
    COOLING_TOWER_PARAMS(water_cooled_chiller, tower, 0.80),
    COOLING_TAKE_OFF_PARAMS(water_cooled_chiller),
    COOLING_RACK_PARAM(water_cooled_chiller, cost, 60.0),
    COOLING_COST_PARAMS(water_cooled_chiller, cost, 0.05, "chillers 5 %, towers 10 % [read CEA]",
                        20.0, "towers 20, chillers 25 [read CEA]", 95.0,
                        "open towers 90-100 dB(A) a MW, recalled, unverified"),
};
static const struct port ports[] = {
    COOLING_PORT_ROWS("compressors, fans, pumps", "tower make-up and humidification, m3/h"),
    COOLING_TAKE_OFF_ROW("heat taken off the condenser loop"),
};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret);

static const struct cooling cooling = {
    .coolant_c = 18.0, .coolant_dt_dk = 8.0, .capture_frac = 1.0, .hour = hour};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret) {
    const struct water_cooled_chiller *plant = self;
    double warm_c = cooling_warm_c(&cooling, hours, t), cold_c = cooling_cold_c(&cooling, hours, t);
    double heat = cooling_room_heat_kw_kw(&plant->room, ret);
    if (mode == COOLING_RECOVER) {
        cooling_tower_recover(&plant->tower, hours, t, heat, cold_c, warm_c, false, ret);
    } else {
        cooling_tower_reject(&plant->tower, hours, t, heat, cold_c, warm_c, false, ret);
    }
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cooling_coefficients(&cooling, self, hours, ret);
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct water_cooled_chiller *plant = self;
    (void)port;
    cooling_take_off(plant->take_off_c, plant->take_off_dt_dk, hours, ret_supply_c, ret_return_c);
}

const struct component component_water_cooled_chiller = {
    .name = "water_cooled_chiller",
    .title = "Chilled water, chillers with tower",
    .summary = "Room units on chilled water; chillers and a cooling tower, no free cooling.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COOLING_HEAT_IN,
    .size = sizeof(struct water_cooled_chiller),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = COUNT(ports),
    .capacity = "capacity_kw",
    .mode_names = {"reject", "recover"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD",
             2015,
             {{3000.0, 847.0}, {10000.0, 480.0}, {30000.0, 376.0}, {70000.0, 346.0}},
             4,
             "City Energy Analyst 4 [read]: centrifugal chiller 1 568 000 + 304.9/kW, open tower "
             "16.1/kW rejected; no room units"},
    .validity = "Centrifugal chillers, wet bulb -20 to 32 degC; the tower does not freeze.",
    .references =
        "Lei and Masanet 2022, doi 10.1016/j.resconrec.2022.106323; LBNL DC Pro v3; CEA 4",
    .cooling = &cooling,
    .coefficients = coefficients,
    .temperatures = temperatures,
};
