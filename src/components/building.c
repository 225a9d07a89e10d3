/* A class of buildings: space heat by the standard load profile, hot water, and the temperature its
   emitters need.

   space heat   q(t) = q_year * h(T_weighted) F(weekday) s(hour) / sum of the same over the year,
                per m2 of heated floor;
                h: BDEW sigmoid of the class without its constant; q_year by class and age, or given
   hot water    q(t) = w_year / hours of the year * s_w(hour), from the network or electric
   supply       radiator law at the load share (T_indoor - T_out)/(T_indoor - T_design), T_out the
                mean of the day; with hot water from the network never below hot_water_supply_c, and
                its return never below hot_water_return_c */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/hours.h"
#include "components/plant.h"
#include "physics/demand.h"
#include "physics/emitter.h"

enum { OFFICE, DWELLING, HOSPITAL, SCHOOL, HOTEL, RETAIL };
enum { AGE_OLD, AGE_MEDIUM, AGE_NEW };
enum { WATER_NETWORK, WATER_ELECTRIC };
enum { RADIATOR, LOW_TEMPERATURE, FLOOR };

struct building {
    double unserved_money_kwh;
    double floor_m2, heat_kwh_m2_year, hot_water_kwh_m2_year, indoor_c, design_c,
        hot_water_supply_c, hot_water_return_c;
    int building, age, hot_water, emitter;
};
enum { HEAT_IN, POWER_IN, PORTS };

static const struct param params[] = {
    PARAM(building, floor_m2, REQUIRED, 1.0, 1e8, "user", "Heated floor area."),
    PARAM(building, unserved_money_kwh, NOT_GIVEN, 0.0, 1000.0,
          "user; not given: all heat is given",
          "What a kWh that is not given costs those who need it."),
    PARAM_OF(building, building, OFFICE, "user", "Class of use.", "office", "dwelling", "hospital",
             "school", "hotel", "retail"),
    PARAM_OF(building, age, AGE_MEDIUM, "assumed", "Age and insulation.", "old", "medium", "new"),
    PARAM(building, heat_kwh_m2_year, NOT_GIVEN, 1.0, 600.0,
          "class and age, scaled by degree days [recalled, unverified]", "Space heat per year."),
    PARAM(building, hot_water_kwh_m2_year, NOT_GIVEN, 0.0, 200.0, "class [recalled, unverified]",
          "Hot water per year."),
    PARAM_OF(building, hot_water, WATER_NETWORK, "assumed", "Where hot water is heated.", "network",
             "local_electric"),
    PARAM_OF(building, emitter, RADIATOR, "assumed",
             "Heating surface: 70/55, 50/38 or 35/28 degC at the design temperature.", "radiator",
             "low_temperature", "floor"),
    PARAM(building, indoor_c, 20.0, 15.0, 26.0, "recalled, unverified", "Indoor temperature."),
    PARAM(building, design_c, NOT_GIVEN, -45.0, 20.0, "coldest hour of the design day",
          "Outdoor design temperature."),
    PARAM(building, hot_water_supply_c, 60.0, 40.0, 75.0,
          "60 degC at the heater of large systems [read schell, viega]",
          "Supply that hot water needs, where the network makes it."),
    PARAM(building, hot_water_return_c, 30.0, 15.0, 60.0,
          "fresh-water stations below 30 degC, stores with an exchanger 35, inner coils 45 [read "
          "vicus]",
          "Return that hot water leaves, where the network makes it."),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = {.name = "heat_in",
                 .carrier = CARRIER_HEAT,
                 .direction = FLOWS_IN,
                 .side = SIDE_USER,
                 .sets_temperature = true,
                 .meaning = "heat needed"},
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .optional = true,
                  .meaning = "electric hot water"},
};

/* Useful space heat at 3,000 K day, old, medium, new; and hot water: heat notes section 8 [recalled,
   unverified]. Dwellings are flats: built 1950-78, 1979-94, from 2010. Where the source has one
   range for all ages (hospital, retail) its upper end is old, its middle medium, its lower end new;
   where it has old and new alone (office, school) medium is half way. Hotels, and the hot water of
   schools and shops (as offices), are assumed. */
static const struct {
    double heat_kwh_m2_year[3], hot_water_kwh_m2_year;
} intensity[] = {
    [OFFICE] = {{135.0, 90.0, 45.0}, 5.5},      [DWELLING] = {{145.0, 100.0, 42.5}, 18.5},
    [HOSPITAL] = {{250.0, 200.0, 150.0}, 45.0}, [SCHOOL] = {{125.0, 82.5, 40.0}, 5.5},
    [HOTEL] = {{150.0, 110.0, 60.0}, 45.0},     [RETAIL] = {{120.0, 90.0, 60.0}, 5.5},
};
static const enum demand_class class_demand[6] = {DEMAND_OFFICE,  DEMAND_MULTI_FAMILY,
                                                  DEMAND_LODGING, DEMAND_OFFICE,
                                                  DEMAND_LODGING, DEMAND_RETAIL};
/* 70/55 and 35/28 as in heat notes section 8; 50/38 between them, assumed. */
static const struct {
    double supply_c, return_c, exponent_ratio;
} surface[] = {[RADIATOR] = {70.0, 55.0, 1.3},
               [LOW_TEMPERATURE] = {50.0, 38.0, 1.3},
               [FLOOR] = {35.0, 28.0, 1.1}};
static const double reference_dayk = 3000.0; /* middle Europe, base 16 degC on daily means */

static bool electric_water(const struct building *building, const struct hours *hours) {
    return building->hot_water == WATER_ELECTRIC && hours->wired[POWER_IN];
}

static double year_heat_kwh_m2(const struct building *building, const struct hours *hours) {
    if (!isnan(building->heat_kwh_m2_year)) {
        return building->heat_kwh_m2_year;
    }
    return intensity[building->building].heat_kwh_m2_year[building->age] *
           hours->heating_degree_dayk / reference_dayk;
}

static double year_water_kwh_m2(const struct building *building) {
    return isnan(building->hot_water_kwh_m2_year)
               ? intensity[building->building].hot_water_kwh_m2_year
               : building->hot_water_kwh_m2_year;
}

static double share_ratio(enum demand_class demand_class, double weighted_c, int hour,
                          int weekday) {
    return demand_space_ratio(demand_class, weighted_c) *
           demand_weekday_ratio(demand_class, weekday) *
           demand_space_hour_ratio(demand_class, hour, weekday);
}

static double year_share_h(enum demand_class demand_class, const struct climate_year *year) {
    double sum = 0.0;
    for (int h = 0; h < year->count; h++) {
        sum += share_ratio(demand_class, year->outdoor_weighted_c[h], h % 24,
                           (year->first_weekday + h / 24) % 7);
    }
    return sum;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct building *building = self;
    enum demand_class demand_class = class_demand[building->building];
    double water_kw_m2 = year_water_kwh_m2(building) / hours->year->count;
    double scale = year_heat_kwh_m2(building, hours) / year_share_h(demand_class, hours->year);
    bool electric = electric_water(building, hours);
    for (int t = 0; t < hours->count; t++) {
        int hour = (int)hours->hour_h[t];
        double space_kw = scale * share_ratio(demand_class, hours->outdoor_weighted_c[t], hour,
                                              hours->weekday[t]);
        double water_kw = water_kw_m2 * demand_water_hour_ratio(demand_class, hour);
        ret->mode[0].port[HEAT_IN][t] = space_kw + (electric ? 0.0 : water_kw);
        ret->mode[0].port[POWER_IN][t] = electric ? water_kw : 0.0;
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct building *building = self;
    int kind = building->emitter;
    double design_c = isnan(building->design_c) ? hours->outdoor_min_c : building->design_c;
    (void)port;
    for (int t = 0; t < hours->count; t++) {
        double load_frac = (building->indoor_c - hours->outdoor_day_c[t]) /
                           fmax(5.0, building->indoor_c - design_c);
        emitter_temperatures(fmin(1.0, fmax(0.05, load_frac)), surface[kind].supply_c,
                             surface[kind].return_c, building->indoor_c,
                             surface[kind].exponent_ratio, &ret_supply_c[t], &ret_return_c[t]);
        if (!electric_water(building, hours) && year_water_kwh_m2(building) > 0.0) {
            ret_supply_c[t] = fmax(ret_supply_c[t], building->hot_water_supply_c);
            ret_return_c[t] = fmax(ret_return_c[t], building->hot_water_return_c);
        }
    }
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct building *building = self;
    if (building->hot_water_supply_c < building->hot_water_return_c + 3.0) {
        diag_error(diag, place, "hot_water_supply_c stands less than 3 K above hot_water_return_c");
        diag_remedy(diag, "raise hot_water_supply_c or lower hot_water_return_c");
    }
}

const struct component component_building = {
    .name = "building",
    .title = "Buildings",
    .summary = "Space heat and hot water of a class of buildings.",
    .shape = SHAPE_LOAD,
    .reference_port = HEAT_IN,
    .size = sizeof(struct building),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "floor_m2",
    .maturity = 9,
    .validity = "Groups of ten buildings and more; a single one swings more.",
    .references = "BDEW/VKU/GEODE 2015 (standard load profiles); EN 442; "
                  "DEMANDLIB; PYPSA",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
};
