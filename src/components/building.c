/* A class of buildings: space heat by the standard load profile, hot water, and the temperature its
   emitters need.

   space heat   q(t) = q_year * h(T) F(weekday) s(hour) / sum of the same over the year, per m2 of heated floor;
                h: BDEW sigmoid of the class without its constant, or kelvin of the day's mean below balance_c;
                q_year by class and age, or given
   hot water    q(t) = w_year / hours of the year * s_w(hour), from the network or electric
   supply       radiator law at the load share (T_indoor - T_out)/(T_indoor - T_design), T_out the
                mean of the day; with hot water from the network never below hot_water_supply_c, and
                its return never below hot_water_return_c; emitter_load_ratio: what a retrofit leaves of the load
                that the surfaces were made for
   cooling      q(t) = k max(0, T_out - T_class) s_c(hour), k and T_class by class, scaled to the year where it is
                given; from the town's chilled water or by the building's own chiller */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/building.h"

#include "components/hours.h"
#include "components/plant.h"
#include "physics/cooling.h"
#include "physics/demand.h"
#include "physics/emitter.h"

enum { HEAT_IN, POWER_IN, COLD_IN, PORTS };

static const struct param params[] = {
    BUILDING_FACTS,
    PARAM(building, unserved_money_kwh, NOT_GIVEN, 0.0, 1000.0,
          "user; not given: all heat is given",
          "What a kWh that is not given costs those who need it."),
    PARAM_OF(building, cooling, COOLING_NONE, "assumed",
             "Whether it is cooled: by a chiller of its own, or by the town's chilled water.",
             "none", "local_electric", "network"),
    PARAM(building, cooling_kwh_m2_year, NOT_GIVEN, 0.0, 600.0,
          "class and weather, fitted to reference buildings [computed]", "Cold per year."),
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
                  .meaning = "electric hot water, its own chiller"},
    [COLD_IN] = {.name = "cold_in",
                 .carrier = CARRIER_COLD,
                 .direction = FLOWS_IN,
                 .side = SIDE_COLD,
                 .optional = true,
                 .meaning = "cold needed, of the town's chilled water"},
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
/* Cold per kelvin-hour above a balance: fitted to the yearly chiller power of the DOE's reference buildings (medium
   office, mid-rise flats, hospital, primary school, large hotel, shop; floors recalled) in Chicago, Seattle, Duluth and
   Phoenix, within a factor 1.5, times a COP of 3.2 packaged or 5 for hospital and hotel [assumed]. */
static const struct {
    double balance_c, per_kelvin_hour_kwh_m2;
} cold_need[] = {
    [OFFICE] = {13.0, 1.60e-3}, [DWELLING] = {20.0, 2.36e-3}, [HOSPITAL] = {0.0, 3.21e-3},
    [SCHOOL] = {17.0, 1.89e-3}, [HOTEL] = {7.0, 3.21e-3},     [RETAIL] = {20.0, 3.34e-3}};
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

/* Follows the weather, the week and the day; outdoor_c the weighted mean (sigmoid) or that of the day. */
static double share_ratio(const struct building *building, double outdoor_c, int hour,
                          int weekday) {
    enum demand_class demand_class = class_demand[building->building];
    double weather = building->heat_by == BY_SIGMOID
                         ? demand_space_ratio(demand_class, outdoor_c)
                         : demand_heating_dk(outdoor_c, building->balance_c);
    return weather * demand_weekday_ratio(demand_class, weekday) *
           demand_space_hour_ratio(demand_class, hour, weekday);
}

static double day_mean_c(const struct climate_year *year, int hour) {
    const int day_h = 24;
    double sum_c = 0.0;
    int first = hour - hour % day_h;
    for (int h = first; h < first + day_h; h++) {
        sum_c += year->outdoor_c[h];
    }
    return sum_c / day_h;
}

static double year_share_h(const struct building *building, const struct climate_year *year) {
    double sum = 0.0, day_c = 0.0;
    for (int h = 0; h < year->count; h++) {
        day_c = h % 24 == 0 ? day_mean_c(year, h) : day_c;
        double outdoor_c = building->heat_by == BY_SIGMOID ? year->outdoor_weighted_c[h] : day_c;
        sum += share_ratio(building, outdoor_c, h % 24, (year->first_weekday + h / 24) % 7);
    }
    return sum;
}

/* Cold follows the hour's own temperature; where people come by day, twice as much then as at night and on Sundays. */
static double cold_dk(const struct building *building, double outdoor_c, int hour, int weekday) {
    bool by_day = building->building == OFFICE || building->building == SCHOOL ||
                  building->building == RETAIL;
    bool busy = hour >= 7 && hour < 19 && weekday < 6;
    return demand_cooling_dk(outdoor_c, cold_need[building->building].balance_c) *
           (by_day && !busy ? 0.5 : 1.0);
}

/* kW per kelvin of cold_dk and m2, so that the year's sum is the class's or the given one. */
static double cold_kw_m2k(const struct building *building, const struct climate_year *year) {
    double plain_kh = 0.0, busy_kh = 0.0;
    if (building->cooling == COOLING_NONE) {
        return 0.0;
    }
    for (int h = 0; h < year->count; h++) {
        int weekday = (year->first_weekday + h / 24) % 7;
        plain_kh += demand_cooling_dk(year->outdoor_c[h], cold_need[building->building].balance_c);
        busy_kh += cold_dk(building, year->outdoor_c[h], h % 24, weekday);
    }
    double year_kwh_m2 = isnan(building->cooling_kwh_m2_year)
                             ? cold_need[building->building].per_kelvin_hour_kwh_m2 * plain_kh
                             : building->cooling_kwh_m2_year;
    return busy_kh > 0.0 ? year_kwh_m2 / busy_kh : 0.0;
}

static double own_chiller_cop(double outdoor_c) {
    const double chilled_c = 7.0, part_load_frac = 0.67, cop_ratio = 0.85; /* compression_chiller */
    return cop_ratio * cooling_air_chiller_cop(outdoor_c, part_load_frac, chilled_c);
}

void building_space_kw_m2(const struct building *building, const struct hours *hours,
                          double *ret_kw_m2) {
    double share_h = year_share_h(building, hours->year);
    double scale = share_h > 0.0 ? year_heat_kwh_m2(building, hours) / share_h : 0.0;
    for (int t = 0; t < hours->count; t++) {
        double outdoor_c = building->heat_by == BY_SIGMOID ? hours->outdoor_weighted_c[t]
                                                           : hours->outdoor_day_c[t];
        ret_kw_m2[t] =
            scale * share_ratio(building, outdoor_c, (int)hours->hour_h[t], hours->weekday[t]);
    }
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct building *building = self;
    enum demand_class demand_class = class_demand[building->building];
    double water_kw_m2 = year_water_kwh_m2(building) / hours->year->count;
    double cold_scale_kw_m2k = cold_kw_m2k(building, hours->year);
    bool electric = electric_water(building, hours);
    building_space_kw_m2(building, hours, ret->mode[0].port[HEAT_IN]);
    for (int t = 0; t < hours->count; t++) {
        int hour = (int)hours->hour_h[t];
        double water_kw = water_kw_m2 * demand_water_hour_ratio(demand_class, hour);
        double cold_kw =
            cold_scale_kw_m2k * cold_dk(building, hours->outdoor_c[t], hour, hours->weekday[t]);
        bool own = building->cooling == COOLING_ELECTRIC;
        ret->mode[0].port[HEAT_IN][t] += electric ? 0.0 : water_kw;
        ret->mode[0].port[POWER_IN][t] =
            (electric ? water_kw : 0.0) +
            (own ? cold_kw / own_chiller_cop(hours->outdoor_c[t]) : 0.0);
        ret->mode[0].port[COLD_IN][t] = own ? 0.0 : cold_kw;
    }
}

void building_temperatures(const struct building *building, const struct hours *hours,
                           double load_ratio, bool networked, double *ret_supply_c,
                           double *ret_return_c) {
    int kind = building->emitter;
    double design_c = isnan(building->design_c) ? hours->outdoor_min_c : building->design_c;
    for (int t = 0; t < hours->count; t++) {
        double load_frac = (building->indoor_c - hours->outdoor_day_c[t]) /
                           fmax(5.0, building->indoor_c - design_c);
        load_frac *= load_ratio;
        emitter_temperatures(fmin(1.0, fmax(0.05, load_frac)), surface[kind].supply_c,
                             surface[kind].return_c, building->indoor_c,
                             surface[kind].exponent_ratio, &ret_supply_c[t], &ret_return_c[t]);
        if (networked && year_water_kwh_m2(building) > 0.0) {
            ret_supply_c[t] = fmax(ret_supply_c[t], building->hot_water_supply_c);
            ret_return_c[t] = fmax(ret_return_c[t], building->hot_water_return_c);
        }
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct building *building = self;
    (void)port;
    building_temperatures(building, hours, building->emitter_load_ratio,
                          !electric_water(building, hours), ret_supply_c, ret_return_c);
}

void building_check(const struct building *building, struct diag *diag, struct place place) {
    if (building->hot_water_supply_c < building->hot_water_return_c + 3.0) {
        diag_error(diag, place, "hot_water_supply_c stands less than 3 K above hot_water_return_c");
        diag_remedy(diag, "raise hot_water_supply_c or lower hot_water_return_c");
    }
}

static void check(const void *self, struct diag *diag, struct place place) {
    building_check(self, diag, place);
}

const struct component component_building = {
    .name = "building",
    .title = "Buildings",
    .summary = "Space heat, hot water and cooling of a class of buildings.",
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
