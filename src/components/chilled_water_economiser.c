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
#include "components/plant.h"
#include "physics/cooling.h"

struct chilled_water_economiser {
    double capacity_kw, tower_approach_dk, exchanger_approach_dk, range_dk, part_load_frac,
        cop_ratio, fan_kw_kw, chilled_pump_kw_kw, condenser_pump_kw_kw, tower_fan_kw_kw, drift_frac,
        cycles_ratio, take_off_c, take_off_dt_dk, capex_money_kw, fom_frac_year, life_year,
        rack_max_kw, sound_db;
};
enum { HEAT_IN, POWER_IN, WATER_IN, HEAT_OUT, PORTS };
enum { REJECT, RECOVER };

static const struct param params[] = {
    PARAM(chilled_water_economiser, capacity_kw, REQUIRED, 0.0, 1e7, "user",
          "Heat removed at full load."),
    PARAM(chilled_water_economiser, tower_approach_dk, 4.75, 2.0, 10.0,
          "2.8-6.7 K, mid [read LEI22]; catalogue median 5 K [read IER]",
          "Tower water above the wet bulb."),
    PARAM(chilled_water_economiser, exchanger_approach_dk, 2.25, 0.5, 6.0,
          "1.7-2.8 K, mid [read LEI22]", "Economiser exchanger."),
    PARAM(chilled_water_economiser, range_dk, 5.0, 2.0, 10.0, "4-6 K [read LEI22]",
          "Cooling range of the tower."),
    PARAM(chilled_water_economiser, part_load_frac, 0.63, 0.25, 1.0,
          "N+1 chillers at 80 % load [computed]", "Part load of the running chillers."),
    PARAM(chilled_water_economiser, cop_ratio, 0.80, 0.3, 1.3, "mid-size -.20 [read LEI22]",
          "COP over the table."),
    PARAM(chilled_water_economiser, fan_kw_kw, 0.080, 0.01, 0.2,
          "legacy CRAH .107 at 11 K [quoted DCPRO], newer .05 [recalled]; between",
          "Room-unit fans per kW of heat."),
    PARAM(chilled_water_economiser, chilled_pump_kw_kw, 0.015, 0.0, 0.1, "DC Pro [quoted]",
          "Chilled-water pumps per kW of heat."),
    PARAM(chilled_water_economiser, condenser_pump_kw_kw, 0.0129, 0.0, 0.1, "DC Pro [quoted]",
          "Condenser pumps per kW of heat rejected."),
    PARAM(chilled_water_economiser, tower_fan_kw_kw, 0.0126, 0.0, 0.1,
          "40.2 gpm/hp, ASHRAE 90.1-2019 [read CEA]; catalogues .012-.021 [read IER]",
          "Tower fan per kW of heat rejected."),
    PARAM(chilled_water_economiser, drift_frac, 0.00002, 0.0, 0.005,
          "modern eliminators [read LEI22 .00005-.005], recalled",
          "Drift of the tower, of its flow."),
    PARAM(chilled_water_economiser, cycles_ratio, 5.0, 2.0, 15.0, "3-12 mid-size [read LEI22]",
          "Cycles of concentration."),
    PARAM(chilled_water_economiser, take_off_c, NOT_GIVEN, 5.0, 80.0, "user",
          "Warm side of the heat take-off."),
    PARAM(chilled_water_economiser, take_off_dt_dk, 6.0, 1.0, 30.0,
          "source cooled by 6 K [read PYPSA]", "Warm less cold side of the take-off."),
    PARAM(chilled_water_economiser, rack_max_kw, 60.0, 1.0, 300.0,
          "air moves 40-60 kW a rack at most, recalled, unverified",
          "Densest rack that its air cools."),
    PARAM(chilled_water_economiser, sound_db, 95.0, 60.0, 120.0,
          "open towers 90-100 dB(A) a MW, recalled, unverified",
          "Sound power outdoors per MW of heat, dB(A)."),
    PARAM(chilled_water_economiser, capex_money_kw, NOT_GIVEN, 0.0, 20000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(chilled_water_economiser, fom_frac_year, 0.05, 0.0, 0.2,
          "chillers 5 %, towers 10 % [read CEA]", "Fixed upkeep per year, of the investment."),
    PARAM(chilled_water_economiser, life_year, 20.0, 5.0, 40.0, "towers 20, chillers 25 [read CEA]",
          "Technical life."),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = {.name = "heat_in",
                 .carrier = CARRIER_HEAT,
                 .direction = FLOWS_IN,
                 .side = SIDE_HALL,
                 .meaning = "heat removed from the hall"},
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .meaning = "compressors, fans, pumps"},
    [WATER_IN] = {.name = "water_in",
                  .carrier = CARRIER_WATER,
                  .direction = FLOWS_IN,
                  .side = SIDE_WATER,
                  .meaning = "tower make-up, m3/h"},
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_RECOVERY,
                  .optional = true,
                  .sets_temperature = true,
                  .meaning = "heat taken off the condenser loop"},
};

/* Work of the room units' fans and the chilled-water pumps per kW of heat; all of it warms the
 * loop. */
static double moving_kw_kw(const struct chilled_water_economiser *plant) {
    return plant->fan_kw_kw + plant->chilled_pump_kw_kw * (1.0 + plant->fan_kw_kw);
}

static void reject(const struct chilled_water_economiser *plant, double wet_bulb_c,
                   double chilled_c, double return_c, struct mode *mode, int t) {
    double tower_c = wet_bulb_c + plant->tower_approach_dk;
    double free_frac =
        cooling_free_frac(tower_c, plant->exchanger_approach_dk, chilled_c, return_c);
    double cop =
        plant->cop_ratio * cooling_water_chiller_cop(tower_c, plant->part_load_frac, chilled_c);
    double moving = moving_kw_kw(plant), heat = 1.0 + moving;
    double compressor = heat * (1.0 - free_frac) / cop, rejected = heat + compressor;
    mode->port[HEAT_IN][t] = 1.0;
    mode->port[POWER_IN][t] =
        moving + compressor + rejected * (plant->condenser_pump_kw_kw + plant->tower_fan_kw_kw);
    mode->port[WATER_IN][t] =
        rejected / 1000.0 *
        cooling_tower_makeup_kg_kwh(fmax(5.0, tower_c + 0.5 * plant->range_dk), plant->range_dk,
                                    plant->drift_frac, plant->cycles_ratio);
}

static void recover(const struct chilled_water_economiser *plant, double warm_c, double cold_c,
                    double chilled_c, double return_c, struct mode *mode, int t) {
    double free_frac =
        warm_c <= return_c - plant->exchanger_approach_dk
            ? cooling_free_frac(cold_c, plant->exchanger_approach_dk, chilled_c, return_c)
            : 0.0;
    double cop = plant->cop_ratio * cooling_water_chiller_cop(warm_c - plant->range_dk,
                                                              plant->part_load_frac, chilled_c);
    double moving = moving_kw_kw(plant), heat = 1.0 + moving;
    double compressor = heat * (1.0 - free_frac) / cop;
    mode->port[HEAT_IN][t] = 1.0;
    mode->port[HEAT_OUT][t] = heat + compressor;
    mode->port[POWER_IN][t] =
        moving + compressor + (heat + compressor) * plant->condenser_pump_kw_kw;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct chilled_water_economiser *plant = self;
    const double *return_c = hours->port[HEAT_IN].supply_c,
                 *chilled_c = hours->port[HEAT_IN].return_c;
    const double *warm_c = hours->port[HEAT_OUT].supply_c, *cold_c = hours->port[HEAT_OUT].return_c;
    for (int t = 0; t < hours->count; t++) {
        double high_c = return_c ? return_c[t] : 24.0, low_c = chilled_c ? chilled_c[t] : 16.0;
        reject(plant, hours->wet_bulb_c[t], low_c, high_c, &ret->mode[REJECT], t);
        ret->mode[RECOVER].may_run[t] =
            warm_c != NULL && hours->wired[HEAT_OUT] && !isnan(warm_c[t]) &&
            cooling_water_chiller_runs(warm_c[t] - plant->range_dk, low_c);
        if (ret->mode[RECOVER].may_run[t]) {
            recover(plant, warm_c[t], cold_c[t], low_c, high_c, &ret->mode[RECOVER], t);
        }
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct chilled_water_economiser *plant = self;
    (void)port;
    for (int t = 0; t < hours->count; t++) {
        ret_supply_c[t] = plant->take_off_c;
        ret_return_c[t] = plant->take_off_c - plant->take_off_dt_dk;
    }
}

const struct component component_chilled_water_economiser = {
    .name = "chilled_water_economiser",
    .title = "Chilled water with economiser",
    .summary = "Chillers, cooling tower and free cooling through a water-side economiser.",
    .shape = SHAPE_CONVERTER,
    .reference_port = HEAT_IN,
    .size = sizeof(struct chilled_water_economiser),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
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
    .coefficients = coefficients,
    .temperatures = temperatures,
};
