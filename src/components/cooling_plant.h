/* Plants that cool a water loop: what most ways of cooling stand on. A plant is given the heat of the loop, the
   temperature that it has to supply and the temperature that comes back, and adds its parts to the hour. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_COOLING_PLANT_H
#define COMPONENTS_COOLING_PLANT_H

#include "components/cooling.h"

/* PARAM of a member of a part of a component's struct: the key is the member's own name. */
#define COOLING_PARAM(type, part, member, fallback_, min_, max_, source_, meaning_)                \
    {                                                                                              \
        .key = #member, .kind = PARAM_NUMBER, .offset = offsetof(struct type, part.member),        \
        .fallback = (fallback_), .min = (min_), .max = (max_), .source = (source_),                \
        .meaning = (meaning_)                                                                      \
    }
#define COOLING_WORD(type, part, member, fallback_, source_, meaning_, ...)                        \
    {                                                                                              \
        .key = #member, .kind = PARAM_WORD, .offset = offsetof(struct type, part.member),          \
        .fallback = (fallback_), .min = 0, .max = WORDS_MAX - 1, .source = (source_),              \
        .meaning = (meaning_), .words = {                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

/* ---- tower, with or without an economiser ---------------------------------------------------- */
struct cooling_tower {
    double tower_approach_dk, exchanger_approach_dk, range_dk, part_load_frac, cop_ratio,
        condenser_pump_kw_kw, tower_fan_kw_kw, drift_frac, cycles_ratio;
};
#define COOLING_TOWER_PARAMS(type, part, cop)                                                      \
    COOLING_PARAM(type, part, tower_approach_dk, 4.75, 2.0, 10.0,                                  \
                  "2.8-6.7 K, mid [read LEI22]; catalogue median 5 K [read IER]",                  \
                  "Tower water above the wet bulb."),                                              \
        COOLING_PARAM(type, part, range_dk, 5.0, 2.0, 10.0, "4-6 K [read LEI22]",                  \
                      "Cooling range of the tower."),                                              \
        COOLING_PARAM(type, part, part_load_frac, 0.63, 0.25, 1.0,                                 \
                      "N+1 chillers at 80 % load [computed]",                                      \
                      "Part load of the running chillers."),                                       \
        COOLING_PARAM(type, part, cop_ratio, cop, 0.3, 1.3,                                        \
                      "large 1 +-.11, mid-size .60-1, small .40-.80 [read LEI22]",                 \
                      "COP of the chillers over the table."),                                      \
        COOLING_PARAM(type, part, condenser_pump_kw_kw, 0.0129, 0.0, 0.1, "DC Pro [quoted]",       \
                      "Condenser pumps per kW of heat rejected."),                                 \
        COOLING_PARAM(type, part, tower_fan_kw_kw, 0.0126, 0.0, 0.1,                               \
                      "40.2 gpm/hp, ASHRAE 90.1-2019 [read CEA]; catalogues .012-.021 [read IER]", \
                      "Tower fan per kW of heat rejected."),                                       \
        COOLING_PARAM(type, part, drift_frac, 0.00002, 0.0, 0.005,                                 \
                      "modern eliminators [read LEI22 .00005-.005], recalled",                     \
                      "Drift of the tower, of its flow."),                                         \
        COOLING_PARAM(type, part, cycles_ratio, 5.0, 2.0, 15.0, "3-12 mid-size [read LEI22]",      \
                      "Cycles of concentration.")
#define COOLING_ECONOMISER_PARAM(type, part)                                                       \
    COOLING_PARAM(type, part, exchanger_approach_dk, 2.25, 0.5, 6.0,                               \
                  "1.7-2.8 K, mid [read LEI22]", "Economiser exchanger.")

/* Heat heat_kw_kw from return_c to supply_c; free cooling through an exchanger where economiser. */
void cooling_tower_reject(const struct cooling_tower *tower, const struct hours *hours, int t,
                          double heat_kw_kw, double supply_c, double return_c, bool economiser,
                          struct cooling_hour *ret);
/* The same heat into heat_out's loop at its temperatures: by the return where it is warm enough (with an economiser
   alone), else through a compressor. */
void cooling_tower_recover(const struct cooling_tower *tower, const struct hours *hours, int t,
                           double heat_kw_kw, double supply_c, double return_c, bool economiser,
                           struct cooling_hour *ret);

/* ---- outdoor air on a coil, pads before it, an air-cooled chiller behind --------------------- */
enum { DRY_TRIM_NONE, DRY_TRIM_ADIABATIC, DRY_TRIM_CHILLER, DRY_TRIM_ADIABATIC_CHILLER };

struct cooling_dry {
    double approach_dk, fan_kw_kw, speed_floor_frac, pad_eff, cycles_ratio, cop_ratio;
    int trim;
};
#define COOLING_DRY_PARAMS(type, part, cop, trim_)                                                 \
    COOLING_PARAM(type, part, approach_dk, 8.0, 3.0, 20.0,                                         \
                  "6-10 K, recalled; catalogue median 10 K [read IER]",                            \
                  "Coolant's cold side above the air."),                                           \
        COOLING_PARAM(type, part, fan_kw_kw, 0.0225, 0.005, 0.1,                                   \
                      ".015-.03, recalled; .0275 in another planning tool [read TAMOS]",           \
                      "Fans at design, per kW of heat."),                                          \
        COOLING_PARAM(type, part, speed_floor_frac, 0.25, 0.1, 0.8,                                \
                      ".20-.30, recalled, unverified", "Slowest fan speed."),                      \
        COOLING_PARAM(type, part, pad_eff, 0.8, 0.5, 0.95, ".7-.9, recalled, unverified",          \
                      "Effectiveness of adiabatic pads."),                                         \
        COOLING_PARAM(type, part, cycles_ratio, 5.0, 1.5, 15.0,                                    \
                      "2-5, recalled, unverified; as a tower's",                                   \
                      "Cycles of concentration of the pads' water."),                              \
        COOLING_PARAM(type, part, cop_ratio, cop, 0.3, 1.3, "large +-.11 [read LEI22]",            \
                      "COP of the trim chiller over the table."),                                  \
        COOLING_WORD(type, part, trim, trim_, "assumed", "What helps when the air is too warm.",   \
                     "none", "adiabatic", "chiller", "adiabatic_chiller")

void cooling_dry_reject(const struct cooling_dry *dry, const struct hours *hours, int t,
                        double heat_kw_kw, double supply_c, double return_c,
                        struct cooling_hour *ret);

/* ---- the loop of a liquid-cooled hall: either of them ---------------------------------------- */
enum { LOOP_DRY, LOOP_TOWER };

struct cooling_loop {
    int rejection;
    double loop_pump_kw_kw, tower_approach_dk, tower_fan_kw_kw, drift_frac;
    struct cooling_dry dry;
};
/* trim none, adiabatic, chiller ... also says whether a chiller helps the tower. */
#define COOLING_LOOP_PARAMS(type, part, rejection_, trim_)                                         \
    COOLING_WORD(type, part, rejection, rejection_, "assumed", "What takes the heat outdoors.",    \
                 "dry_cooler", "tower"),                                                           \
        COOLING_PARAM(type, part, loop_pump_kw_kw, 0.006, 0.0, 0.1,                                \
                      "150 kPa, 10 K, eff .6 [computed]",                                          \
                      "Pumps of the facility water per kW of heat."),                              \
        COOLING_PARAM(type, part, tower_approach_dk, 4.75, 2.0, 10.0,                              \
                      "2.8-6.7 K, mid [read LEI22]",                                               \
                      "Tower water above the wet bulb, with its exchanger."),                      \
        COOLING_PARAM(type, part, tower_fan_kw_kw, 0.0126, 0.0, 0.1,                               \
                      "40.2 gpm/hp, ASHRAE 90.1-2019 [read CEA]",                                  \
                      "Tower fan at full speed per kW of heat rejected."),                         \
        COOLING_PARAM(type, part, drift_frac, 0.00002, 0.0, 0.005, "modern eliminators, recalled", \
                      "Drift of the tower, of its flow."),                                         \
        COOLING_DRY_PARAMS(type, part.dry, 0.9, trim_)

void cooling_loop_reject(const struct cooling_loop *loop, const struct hours *hours, int t,
                         double heat_kw_kw, double supply_c, double return_c,
                         struct cooling_hour *ret);

/* ---- room units on chilled water ------------------------------------------------------------- */
struct cooling_room {
    double fan_kw_kw, chilled_pump_kw_kw, sensible_frac;
    int humidifier;
};
#define COOLING_ROOM_PARAMS(type, part, sensible)                                                  \
    COOLING_PARAM(type, part, fan_kw_kw, 0.080, 0.01, 0.25,                                        \
                  "legacy CRAH .107 at 11 K [quoted DCPRO], newer .05 [recalled]; between",        \
                  "Room-unit fans per kW of heat."),                                               \
        COOLING_PARAM(type, part, chilled_pump_kw_kw, 0.015, 0.0, 0.1, "DC Pro [quoted]",          \
                      "Chilled-water pumps per kW of heat."),                                      \
        COOLING_PARAM(type, part, sensible_frac, sensible, 0.5, 1.0, ".95-.99, mid [read LEI22]",  \
                      "Sensible share of what the cold coils take out."),                          \
        COOLING_WORD(type, part, humidifier, 0, "assumed",                                         \
                     "How the water that coils take out is given back.", "high_pressure", "steam")

/* Fans, pumps and humidifier; returns the heat that reaches the plant per kW of the hall's. */
double cooling_room_heat_kw_kw(const struct cooling_room *room, struct cooling_hour *ret);
/* The humidifier alone: latent heat per kW of sensible, as water and power. */
void cooling_humidify(int humidifier, double latent_kw_kw, struct cooling_hour *ret);

/* ---- what every kind of cooling says of money and sound -------------------------------------- */
struct cooling_cost {
    double capacity_kw, capex_money_kw, fom_frac_year, life_year, sound_db, rack_max_kw;
};
/* of the kinds that cool racks by air */
#define COOLING_RACK_PARAM(type, part, most)                                                       \
    COOLING_PARAM(type, part, rack_max_kw, most, 1.0, 300.0,                                       \
                  "air moves 40-60 kW a rack at most, recalled, unverified",                       \
                  "Densest rack that its air cools.")
#define COOLING_COST_PARAMS(type, part, fom, fom_source, life, life_source, sound, sound_source)   \
    COOLING_PARAM(type, part, sound_db, sound, 60.0, 120.0, sound_source,                          \
                  "Sound power outdoors per MW of heat, dB(A)."),                                  \
        COOLING_PARAM(type, part, capex_money_kw, NOT_GIVEN, 0.0, 20000.0, "catalogue",            \
                      "Investment per kW of heat."),                                               \
        COOLING_PARAM(type, part, fom_frac_year, fom, 0.0, 0.2, fom_source,                        \
                      "Fixed upkeep per year, of the investment."),                                \
        COOLING_PARAM(type, part, life_year, life, 5.0, 40.0, life_source, "Technical life.")
#define COOLING_CAPACITY_PARAM(type, part)                                                         \
    COOLING_PARAM(type, part, capacity_kw, REQUIRED, 0.0, 1e7, "user", "Heat removed at full load.")

/* ---- ports ----------------------------------------------------------------------------------- */
#define COOLING_PORT_ROWS(power, water)                                                            \
    [COOLING_HEAT_IN] = {.name = "heat_in",                                                        \
                         .carrier = CARRIER_HEAT,                                                  \
                         .direction = FLOWS_IN,                                                    \
                         .side = SIDE_HALL,                                                        \
                         .meaning = "heat removed from the hall"},                                 \
    [COOLING_POWER_IN] = {.name = "power_in",                                                      \
                          .carrier = CARRIER_ELECTRICITY,                                          \
                          .direction = FLOWS_IN,                                                   \
                          .side = SIDE_METER,                                                      \
                          .meaning = (power)},                                                     \
    [COOLING_WATER_IN] = {.name = "water_in",                                                      \
                          .carrier = CARRIER_WATER,                                                \
                          .direction = FLOWS_IN,                                                   \
                          .side = SIDE_WATER,                                                      \
                          .meaning = (water)}
#define COOLING_TAKE_OFF_ROW(where)                                                                \
    [COOLING_HEAT_OUT] = {.name = "heat_out",                                                      \
                          .carrier = CARRIER_HEAT,                                                 \
                          .direction = FLOWS_OUT,                                                  \
                          .side = SIDE_RECOVERY,                                                   \
                          .optional = true,                                                        \
                          .sets_temperature = true,                                                \
                          .meaning = (where)}
#define COOLING_TAKE_OFF_PARAMS(type)                                                              \
    PARAM(type, take_off_c, NOT_GIVEN, 5.0, 80.0, "user", "Warm side of the heat take-off."),      \
        PARAM(type, take_off_dt_dk, 6.0, 1.0, 30.0, "source cooled by 6 K [read PYPSA]",           \
              "Warm less cold side of the take-off.")

#endif
