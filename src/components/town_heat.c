/* The heat of a whole town as its district heating sees it: so many kWh a year, at the network's
   temperatures.

   q(t) = Q_year ((1 - w) h(T_weighted) s(hour) / sum + w (1 + s_w(hour)) / 2 / hours of the year)
   w is the share of hot water and network loss, half of it even over the day, half of it hot water
   drawn by the hour; h and s are the sigmoid and the hours of a standard block of flats. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/hours.h"
#include "components/plant.h"
#include "physics/demand.h"

struct town_heat {
    double unserved_money_kwh;
    double heat_kwh_year, steady_frac;
    struct curve supply_c, return_c;
};
enum { HEAT_IN, PORTS };

static const struct param params[] = {
    PARAM(town_heat, heat_kwh_year, REQUIRED, 1.0, 1e12, "user",
          "Heat that enters the town's network in a year."),
    PARAM(town_heat, unserved_money_kwh, NOT_GIVEN, 0.0, 1000.0,
          "user; not given: all heat is given",
          "What a kWh that is not given costs those who need it."),
    PARAM(town_heat, steady_frac, 0.30, 0.0, 0.9,
          "hot water and network loss of Danish systems, recalled, unverified",
          "Share that does not follow the weather."),
    PARAM_AT(town_heat, supply_c, 75.0, 30.0, 130.0,
             "Danish networks 70-80 degC, recalled, unverified",
             "Supply the network needs, over the outdoor temperature."),
    PARAM_AT(town_heat, return_c, 40.0, 15.0, 80.0, "Odense 35-40 degC [read DBDH]",
             "Return of the network."),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = {.name = "heat_in",
                 .carrier = CARRIER_HEAT,
                 .direction = FLOWS_IN,
                 .side = SIDE_USER,
                 .sets_temperature = true,
                 .meaning = "heat needed"},
};

static double share_ratio(double weighted_c, int hour, int weekday) {
    return demand_space_ratio(DEMAND_MULTI_FAMILY, weighted_c) *
           demand_space_hour_ratio(DEMAND_MULTI_FAMILY, hour, weekday);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct town_heat *town = self;
    double sum = 0.0;
    for (int h = 0; h < hours->year->count; h++) {
        sum += share_ratio(hours->year->outdoor_weighted_c[h], h % 24,
                           (hours->year->first_weekday + h / 24) % 7);
    }
    for (int t = 0; t < hours->count; t++) {
        int hour = (int)hours->hour_h[t];
        double follows = share_ratio(hours->outdoor_weighted_c[t], hour, hours->weekday[t]) / sum;
        double steady =
            (0.5 + 0.5 * demand_water_hour_ratio(DEMAND_MULTI_FAMILY, hour)) / hours->year->count;
        ret->mode[0].port[HEAT_IN][t] =
            (1.0 - town->steady_frac) * follows + town->steady_frac * steady;
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct town_heat *town = self;
    (void)port;
    plant_supply(hours, &town->supply_c, &town->return_c, ret_supply_c, ret_return_c);
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct town_heat *town = self;
    for (int outdoor_c = -40; outdoor_c <= 35; outdoor_c++) {
        if (curve_at(&town->supply_c, outdoor_c) - curve_at(&town->return_c, outdoor_c) < 3.0) {
            diag_error(diag, place,
                       "supply_c stands less than 3 K above return_c at %d degC outdoors",
                       outdoor_c);
            diag_remedy(diag, "raise supply_c or lower return_c");
            return;
        }
    }
}

const struct component component_town_heat = {
    .name = "town_heat",
    .title = "District heating of a town",
    .summary = "The heat a town's network takes.",
    .shape = SHAPE_LOAD,
    .reference_port = HEAT_IN,
    .size = sizeof(struct town_heat),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "heat_kwh_year",
    .maturity = 9,
    .validity = "Towns of a thousand homes and more.",
    .references = "DEMANDLIB",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
};
