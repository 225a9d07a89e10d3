/* Halls cooled by outdoor air, and the classes of equipment that breathe it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_COOLING_AIR_H
#define COMPONENTS_COOLING_AIR_H

#include "components/cooling_plant.h"

/* ---- classes --------------------------------------------------------------------------------- */
#define COOLING_CLASS_PARAM(type, part)                                                            \
    COOLING_WORD(type, part, air_class, 1,                                                         \
                 "A1 in enterprise and colocation, A2 hyperscale [quoted LBNL24]",                 \
                 "Class of the equipment after ASHRAE TC 9.9.", "recommended", "a1", "a2", "a3",   \
                 "a4", "h1")

struct cooling_envelope {
    double supply_max_c; /* at the place's altitude */
    double w_min_kg_kg, w_max_kg_kg;
    double rh_min_frac, rh_max_frac;
};
void cooling_envelope(int air_class, double altitude_m, double p_kpa, struct cooling_envelope *ret);
/* False, and the step stopped, where the supply is warmer than the class allows. */
bool cooling_class_allows(int air_class, const struct hours *hours, double supply_c,
                          struct cooling_hour *ret);

/* ---- a stream of outdoor air ----------------------------------------------------------------- */
enum { BACKUP_NONE, BACKUP_AIR_CHILLER, BACKUP_WATER_CHILLER };
enum { ECONOMISER_INTEGRATED, ECONOMISER_ALONE };
enum { PADS_NONE, PADS_HUMIDIFY, PADS_COOL };

struct cooling_stream {
    double fan_dp_kpa, fan_eff, pad_eff, pad_dp_kpa, pad_pump_kw_kw, chilled_c, chilled_pump_kw_kw,
        sensible_frac, rh_min_frac;
    int air_class, backup, pads, economiser;
    struct cooling_tower tower; /* behind the backup's chiller; its cycles are the pads', too */
};
#define COOLING_FAN_PARAMS(type, part)                                                             \
    COOLING_PARAM(type, part, fan_dp_kpa, 0.65, 0.1, 2.0, ".3-1.0, mid [read LEI22]",              \
                  "Pressure that the supply fans make."),                                          \
        COOLING_PARAM(type, part, fan_eff, 0.70, 0.3, 0.95,                                        \
                      ".65-.90 large, .60-.80 mid, .60-.75 small [read LEI22]",                    \
                      "Efficiency of the supply fans with their motors.")
#define COOLING_STREAM_PARAMS(type, part)                                                          \
    COOLING_FAN_PARAMS(type, part), COOLING_CLASS_PARAM(type, part),                               \
        COOLING_PARAM(type, part, pad_eff, 0.90, 0.5, 0.98, ".85-.95, mid, recalled",              \
                      "Effectiveness of wet pads."),                                               \
        COOLING_PARAM(type, part, pad_dp_kpa, 0.075, 0.0, 0.3, ".050-.100, mid, recalled",         \
                      "Pressure that pads take."),                                                 \
        COOLING_PARAM(type, part, pad_pump_kw_kw, 0.002, 0.0, 0.02, ".001-.003, mid, recalled",    \
                      "Pump of wet pads per kW of heat."),                                         \
        COOLING_WORD(type, part, backup, BACKUP_AIR_CHILLER, "assumed",                            \
                     "What cools where the weather does not.", "none", "air_chiller",              \
                     "water_chiller"),                                                             \
        COOLING_PARAM(type, part, chilled_c, 10.0, 4.0, 25.0, "assumed",                           \
                      "Chilled water of the backup."),                                             \
        COOLING_PARAM(type, part, chilled_pump_kw_kw, 0.015, 0.0, 0.1, "DC Pro [quoted]",          \
                      "Chilled-water pumps of the backup per kW it carries."),                     \
        COOLING_PARAM(type, part, sensible_frac, 0.97, 0.5, 1.0, ".95-.99, mid [read LEI22]",      \
                      "Sensible share of what the backup's cold coil takes out."),                 \
        COOLING_PARAM(type, part, rh_min_frac, NOT_GIVEN, 0.0, 0.5, "of the class",                \
                      "Least relative humidity of the supply in place of the class's."),           \
        COOLING_WORD(type, part, economiser, ECONOMISER_INTEGRATED, "ASHRAE 90.1 asks for it",     \
                     "Whether outdoor air helps the backup where it is not enough.", "integrated", \
                     "alone"),                                                                     \
        COOLING_TOWER_PARAMS(type, part.tower, 0.80)

/* Per kW of heat: warm_c of the hot aisle, cold_c of the cold. */
void cooling_stream_reject(const struct cooling_stream *stream, const struct hours *hours, int t,
                           double warm_c, double cold_c, struct cooling_hour *ret);

/* Heat is taken from a hall's exhaust air by a coil. */
double cooling_air_take_off_c(double warm_c);

#endif
