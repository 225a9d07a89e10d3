/* Room units on chilled water from air-cooled chillers.

   Heat of the hall, its fans, what the coils dry out and the pumps reach the chillers, whose COP follows the outdoor
   temperature, the part load and the chilled water (condenser fans are in it). No free cooling. With a heat-recovery
   condenser the same heat and the compressor's work leave at the take-off's temperatures, at a water-cooled chiller's COP
   times cop_ratio, since the condenser is then one of water. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_plant.h"
#include "physics/cooling.h"

struct air_cooled_chiller {
    struct cooling_cost cost;
    struct cooling_room room;
    double part_load_frac, cop_ratio, take_off_c, take_off_dt_dk;
};

static const struct param params[] = {
    COOLING_CAPACITY_PARAM(air_cooled_chiller, cost),
    COOLING_ROOM_PARAMS(air_cooled_chiller, room, 0.97),
    PARAM(air_cooled_chiller, part_load_frac, 0.67, 0.255, 1.0,
          "N+1 chillers at 80 % load [computed]", "Part load of the running chillers."),
    PARAM(air_cooled_chiller, cop_ratio, 0.85, 0.3, 1.3,
          "between large 1 and mid-size .675 [read LEI22], assumed", "COP over the table."),
    COOLING_TAKE_OFF_PARAMS(air_cooled_chiller),
    COOLING_RACK_PARAM(air_cooled_chiller, cost, 60.0),
    COOLING_COST_PARAMS(air_cooled_chiller, cost, 0.05, "chillers 5 % [read CEA]", 20.0,
                        "recalled, unverified", 97.0, "95-100 dB(A) a MW, recalled, unverified"),
};
static const struct port ports[] = {
    COOLING_PORT_ROWS("compressors, fans, pumps", "humidification, m3/h"),
    COOLING_TAKE_OFF_ROW("heat taken off the condenser"),
};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret);

static const struct cooling cooling = {
    .coolant_c = 18.0, .coolant_dt_dk = 8.0, .capture_frac = 1.0, .hour = hour};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret) {
    const struct air_cooled_chiller *plant = self;
    double warm_c = cooling_warm_c(&cooling, hours, t), cold_c = cooling_cold_c(&cooling, hours, t);
    double heat = cooling_room_heat_kw_kw(&plant->room, ret);
    if (mode == COOLING_RECOVER) {
        struct cooling_tower condenser = {.exchanger_approach_dk = 2.0,
                                          .range_dk = 5.0,
                                          .part_load_frac = plant->part_load_frac,
                                          .cop_ratio = plant->cop_ratio,
                                          .condenser_pump_kw_kw = plant->room.chilled_pump_kw_kw};
        cooling_tower_recover(&condenser, hours, t, heat, cold_c, warm_c, false, ret);
        return;
    }
    double cop = plant->cop_ratio *
                 cooling_air_chiller_cop(hours->outdoor_c[t], plant->part_load_frac, cold_c);
    ret->compressor_kw_kw = heat / cop;
    ret->condenser_kw_kw = heat * (1.0 + 1.0 / cop);
    ret->condenser_c = hours->outdoor_c[t] + 10.0;
    ret->supplied_c = cold_c;
    ret->return_c = warm_c;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cooling_coefficients(&cooling, self, hours, ret);
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct air_cooled_chiller *plant = self;
    (void)port;
    cooling_take_off(plant->take_off_c, plant->take_off_dt_dk, hours, ret_supply_c, ret_return_c);
}

const struct component component_air_cooled_chiller = {
    .name = "air_cooled_chiller",
    .title = "Chilled water, air-cooled chillers",
    .summary = "Room units on chilled water; chillers give the heat to the air outdoors.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COOLING_HEAT_IN,
    .size = sizeof(struct air_cooled_chiller),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = COUNT(ports),
    .capacity = "capacity_kw",
    .mode_names = {"reject", "recover"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD", 2022, {{1.0, 450.0}}, 1, "assumed, unverified: chillers, room units and pumps"},
    .validity = "Outdoor -30 to 45 degC, chilled water 5 to 25 degC.",
    .references = "Lei and Masanet 2022, doi 10.1016/j.resconrec.2022.106323; LBNL DC Pro v3",
    .cooling = &cooling,
    .coefficients = coefficients,
    .temperatures = temperatures,
};
