/* Halls whose heat leaves in a liquid: the loop in the racks, an exchanger, facility water of a class, and what rejects it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_COOLING_LIQUID_H
#define COMPONENTS_COOLING_LIQUID_H

#include "components/cooling_plant.h"

/* Classes of facility water by ASHRAE TC 9.9 2021: the number is the warmest supply; W+ has none. */
struct cooling_liquid {
    double exchanger_dk;    /* rack loop above facility water */
    double rack_pump_kw_kw; /* pumps of the rack loop */
    double hall_fan_kw_kw;  /* fans that stay in the hall for the heat that the liquid takes */
    int water_class;
};
#define COOLING_LIQUID_PARAMS(type, part, exchanger, exchanger_source, pump, pump_source, fan,     \
                              fan_source)                                                          \
    COOLING_PARAM(type, part, exchanger_dk, exchanger, 0.0, 15.0, exchanger_source,                \
                  "Coolant of the racks above the facility water."),                               \
        COOLING_PARAM(type, part, rack_pump_kw_kw, pump, 0.0, 0.1, pump_source,                    \
                      "Pumps of the racks' own loop per kW of heat."),                             \
        COOLING_PARAM(type, part, hall_fan_kw_kw, fan, 0.0, 0.1, fan_source,                       \
                      "Fans in the hall per kW of heat that the liquid takes."),                   \
        COOLING_WORD(type, part, water_class, 0, "user",                                           \
                     "Class of facility water that the equipment allows, ASHRAE TC 9.9 2021.",     \
                     "any", "w17", "w27", "w32", "w40", "w45", "w_plus")

/* What all of them have in common: they are bought, wired and heard alike. */
#define COOLING_LIQUID_COST_PARAMS(type, part)                                                     \
    COOLING_COST_PARAMS(type, part, 0.03, "assumed", 15.0, "recalled, unverified", 88.0,           \
                        "dry coolers 85-95 dB(A) a MW, recalled, unverified")
#define COOLING_LIQUID_PORT_ROWS                                                                   \
    COOLING_PORT_ROWS("pumps, fans, a trim's compressors", "tower or pads, m3/h")

/* The hour of a liquid-cooled hall. leaves_max_c: the warmest at which the racks let the coolant leave; infinite: as warm
   as it is. */
void cooling_liquid_hour(const struct cooling *cooling, const struct cooling_liquid *liquid,
                         const struct cooling_loop *loop, const struct hours *hours, int t,
                         double leaves_max_c, struct cooling_hour *ret);

#endif
