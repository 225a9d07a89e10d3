/* Aquaculture: heat of warm fish tanks.

   exchange     fresh water warmed from cold_c (or the ground's temperature) to water_c, less what the outflow gives back
   evaporation, convection   as from a quiet pool (physics/pool.h): indoors to the hall's air, outdoors to wind and sky,
                less the sun
   Never below zero: tanks are not cooled here. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/units.h"
#include "components/plant.h"
#include "components/user.h"
#include "physics/air.h"
#include "physics/pool.h"
#include "physics/water.h"

struct aquaculture {
    double water_m2, water_c, cold_c, exchange_m3_m2_day, recovered_frac, air_c, rh_frac,
        wind_ratio, unserved_money_kwh;
    struct curve supply_c, return_c;
    bool outdoors;
};
enum { HEAT_IN, PORTS };

static const struct param params[] = {
    PARAM(aquaculture, water_m2, REQUIRED, 1.0, 1e7, "user", "Water surface."),
    PARAM(aquaculture, water_c, 26.0, 15.0, 34.0, "15-30 degC; tilapia and catfish 26, recalled",
          "Temperature of the tanks."),
    PARAM(aquaculture, exchange_m3_m2_day, 0.1, 0.0, 20.0,
          "recirculating farm, 1 to 1.5 m deep, a tenth renewed a day, recalled, unverified",
          "Fresh water per surface and day."),
    PARAM(aquaculture, cold_c, NOT_GIVEN, 0.0, 30.0, "the ground's temperature",
          "Temperature of the fresh water."),
    PARAM(aquaculture, recovered_frac, 0.0, 0.0, 0.95, "no recovery assumed",
          "Heat that the outflow gives back to the fresh water."),
    PARAM_YES(aquaculture, outdoors, 0, "assumed: in a hall", "Whether the tanks lie outdoors."),
    PARAM(aquaculture, wind_ratio, 0.6, 0.0, 1.0,
          "open land, near the ground, recalled, unverified",
          "Wind over tanks outdoors, over that of the weather."),
    PARAM(aquaculture, air_c, 24.0, 15.0, 36.0, "2 K below the water, assumed", "Air of the hall."),
    PARAM(aquaculture, rh_frac, 0.8, 0.3, 1.0, "recalled, unverified",
          "Relative humidity of the hall."),
    USER_PARAMS(aquaculture, 35.0, "9 K above the water, assumed", 28.0,
                "2 K above the water, assumed"),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = USER_HEAT_PORT("heat of the water"),
};

static double surface_kw_m2(const struct aquaculture *farm, const struct hours *hours, int t) {
    const double quiet_ratio = 0.75; /* measured .74-.76 of the law [read SMITH] */
    if (farm->outdoors) {
        struct pool_weather weather = {
            hours->outdoor_c[t], hours->humidity_kg_kg[t], hours->pressure_kpa[t],
            farm->wind_ratio * hours->wind_m_s[t], hours->global_kw_m2[t]};
        return pool_outdoor_kw_m2(&weather, farm->water_c, quiet_ratio);
    }
    return pool_evaporation_kg_s(1.0, quiet_ratio, farm->water_c, farm->air_c, farm->rh_frac, 0.1) *
               water_latent_kj_kg(farm->water_c) +
           pool_convection_kw(1.0, farm->water_c, farm->air_c, 0.1, hours->pressure_kpa[t]);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct aquaculture *farm = self;
    const double day_h = 24.0;
    for (int t = 0; t < hours->count; t++) {
        double cold_c =
            fmin(farm->water_c, isnan(farm->cold_c) ? fmax(0.0, hours->ground_c[t]) : farm->cold_c);
        double fresh_kg_s =
            farm->exchange_m3_m2_day * water_density_kg_m3(cold_c) / (day_h * UNITS_S_PER_H);
        double fresh_kw_m2 =
            (1.0 - farm->recovered_frac) * pool_refill_kw(fresh_kg_s, farm->water_c, cold_c);
        ret->mode[0].port[HEAT_IN][t] = fmax(0.0, fresh_kw_m2 + surface_kw_m2(farm, hours, t));
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct aquaculture *farm = self;
    (void)port;
    plant_supply(hours, &farm->supply_c, &farm->return_c, ret_supply_c, ret_return_c);
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct aquaculture *farm = self;
    user_check(&farm->supply_c, &farm->return_c, farm->water_c, "the water", diag, place);
}

const struct component component_aquaculture = {
    .name = "aquaculture",
    .title = "Aquaculture",
    .summary = "Heat of warm fish tanks.",
    .shape = SHAPE_LOAD,
    .reference_port = HEAT_IN,
    .size = sizeof(struct aquaculture),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "water_m2",
    .maturity = 9,
    .validity = "Water 15 to 34 degC; the hall's own space heat is not in it, nor the heat of "
                "pumps and fish.",
    .references = "ASHRAE HVAC Applications; SMITH; Swinbank 1963",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
};
