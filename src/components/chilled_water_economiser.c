/* Chilled water with water-side economiser and cooling tower.

   reject   free share x by the economiser law at T_wb + tower approach + exchanger approach against
   chilled supply and return; the compressor carries 1 - x at COP(T_wb + approach, part load),
   shifted for warm chilled water; fans of the room units, chilled-water and condenser pumps, tower
   fan; tower make-up water

   recover  the same heat leaves through a take-off at the recovery bus's
   temperatures instead of the tower: no tower fan, no water. The free share now counts the
   take-off's return as the cold side; the compressor carries the rest with water leaving its
   condenser at the take-off's supply, which the table counts as entering range_dk colder, and its
   power leaves as heat too. So condenser heat exists only while the compressor runs, and running it
   to warm the heat is charged to the heat. A take-off hotter than the chillers' condensers reach (35
   degC entering at 7 degC of chilled water, as much more as it is warmer) is off: that is a heat
   pump's work. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_plant.h"

struct chilled_water_economiser {
    struct cooling_cost cost;
    struct cooling_room room;
    struct cooling_tower tower;
    double take_off_c, take_off_dt_dk;
};

static const struct param params[] = {
    COOLING_CAPACITY_PARAM(chilled_water_economiser, cost),
    COOLING_ROOM_PARAMS(chilled_water_economiser, room, 1.0),
    COOLING_ECONOMISER_PARAM(chilled_water_economiser, tower),
    COOLING_TOWER_PARAMS(chilled_water_economiser, tower, 0.80),
    COOLING_TAKE_OFF_PARAMS(chilled_water_economiser),
    COOLING_RACK_PARAM(chilled_water_economiser, cost, 60.0),
    COOLING_COST_PARAMS(chilled_water_economiser, cost, 0.05,
                        "chillers 5 %, towers 10 % [read CEA]", 20.0,
                        "towers 20, chillers 25 [read CEA]", 95.0,
                        "open towers 90-100 dB(A) a MW, recalled, unverified"),
};
static const struct port ports[] = {
    COOLING_PORT_ROWS("compressors, fans, pumps", "tower make-up, m3/h"),
    COOLING_TAKE_OFF_ROW("heat taken off the condenser loop"),
};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret);

static const struct cooling cooling = {
    .coolant_c = 24.0, .coolant_dt_dk = 8.0, .capture_frac = 1.0, .hour = hour};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret) {
    const struct chilled_water_economiser *plant = self;
    double warm_c = cooling_warm_c(&cooling, hours, t), cold_c = cooling_cold_c(&cooling, hours, t);
    double heat = cooling_room_heat_kw_kw(&plant->room, ret);
    if (mode == COOLING_RECOVER) {
        cooling_tower_recover(&plant->tower, hours, t, heat, cold_c, warm_c, true, ret);
    } else {
        cooling_tower_reject(&plant->tower, hours, t, heat, cold_c, warm_c, true, ret);
    }
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cooling_coefficients(&cooling, self, hours, ret);
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct chilled_water_economiser *plant = self;
    (void)port;
    cooling_take_off(plant->take_off_c, plant->take_off_dt_dk, hours, ret_supply_c, ret_return_c);
}

const struct component component_chilled_water_economiser = {
    .name = "chilled_water_economiser",
    .title = "Chilled water with economiser",
    .summary = "Chillers, cooling tower and free cooling through a water-side economiser.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COOLING_HEAT_IN,
    .size = sizeof(struct chilled_water_economiser),
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
    .references = "Lei and Masanet 2022, doi 10.1016/j.resconrec.2022.106323; LBNL DC Pro v3; IER: "
                  "Energies 2023 16:3661; CEA 4",
    .cooling = &cooling,
    .coefficients = coefficients,
    .temperatures = temperatures,
};
