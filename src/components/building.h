/* What a building needs, for the load itself (building.c) and for what a retrofit takes off it (retrofit.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_BUILDING_H
#define COMPONENTS_BUILDING_H

#include "components/component.h"

enum { OFFICE, DWELLING, HOSPITAL, SCHOOL, HOTEL, RETAIL };
enum { AGE_OLD, AGE_MEDIUM, AGE_NEW };
enum { WATER_NETWORK, WATER_ELECTRIC };
enum { RADIATOR, LOW_TEMPERATURE, FLOOR };
enum { BY_SIGMOID, BY_DEGREE_HOURS };
enum { COOLING_NONE, COOLING_ELECTRIC, COOLING_NETWORK };

struct building {
    double unserved_money_kwh;
    double floor_m2, heat_kwh_m2_year, hot_water_kwh_m2_year, indoor_c, design_c,
        hot_water_supply_c, hot_water_return_c, balance_c, emitter_load_ratio, cooling_kwh_m2_year;
    int building, age, hot_water, emitter, heat_by, cooling;
};
/* The rows of the facts that both read; a kind that holds them has a struct building as its first member. */
#define BUILDING_FACTS                                                                             \
    PARAM(building, floor_m2, REQUIRED, 1.0, 1e8, "user", "Heated floor area."),                   \
        PARAM_OF(building, building, OFFICE, "user", "Class of use.", "office", "dwelling",        \
                 "hospital", "school", "hotel", "retail"),                                         \
        PARAM_OF(building, age, AGE_MEDIUM, "assumed", "Age and insulation.", "old", "medium",     \
                 "new"),                                                                           \
        PARAM(building, heat_kwh_m2_year, NOT_GIVEN, 1.0, 600.0,                                   \
              "class and age, scaled by degree days [recalled, unverified]",                       \
              "Space heat per year."),                                                             \
        PARAM(building, hot_water_kwh_m2_year, NOT_GIVEN, 0.0, 200.0,                              \
              "class [recalled, unverified]", "Hot water per year."),                              \
        PARAM_OF(building, hot_water, WATER_NETWORK, "assumed", "Where hot water is heated.",      \
                 "network", "local_electric"),                                                     \
        PARAM_OF(building, emitter, RADIATOR, "assumed",                                           \
                 "Heating surface: 70/55, 50/38 or 35/28 degC at the design temperature.",         \
                 "radiator", "low_temperature", "floor"),                                          \
        PARAM(building, indoor_c, 20.0, 15.0, 26.0, "recalled, unverified",                        \
              "Indoor temperature."),                                                              \
        PARAM(building, design_c, NOT_GIVEN, -45.0, 20.0, "coldest hour of the design day",        \
              "Outdoor design temperature."),                                                      \
        PARAM(building, hot_water_supply_c, 60.0, 40.0, 75.0,                                      \
              "60 degC at the heater of large systems [read schell, viega]",                       \
              "Supply that hot water needs, where the network makes it."),                         \
        PARAM(building, hot_water_return_c, 30.0, 15.0, 60.0,                                      \
              "fresh-water stations below 30 degC, stores with an exchanger 35, inner coils 45 "   \
              "[read "                                                                             \
              "vicus]",                                                                            \
              "Return that hot water leaves, where the network makes it."),                        \
        PARAM_OF(building, heat_by, BY_SIGMOID, "BDEW's method [read DEMANDLIB]",                  \
                 "How space heat follows the weather.", "sigmoid", "degree_hours"),                \
        PARAM(building, balance_c, 16.0, 8.0, 22.0, "15-17 degC, mid, recalled, unverified",       \
              "Outdoor temperature from which on no space heat is needed (degree_hours)."),        \
        PARAM(building, emitter_load_ratio, 1.0, 0.1, 1.0, "as built",                             \
              "Design load over that which the heating surfaces were made for: below 1 after a "   \
              "retrofit.")

void building_check(const struct building *building, struct diag *diag, struct place place);
/* Space heat per m2, step by step. */
void building_space_kw_m2(const struct building *building, const struct hours *hours,
                          double *ret_kw_m2);
/* Supply and return of its circuit at a share of the load that the surfaces were made for; networked: whether the
   network makes its hot water. */
void building_temperatures(const struct building *building, const struct hours *hours,
                           double load_ratio, bool networked, double *ret_supply_c,
                           double *ret_return_c);

#endif
