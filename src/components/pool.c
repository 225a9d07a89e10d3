/* Swimming pool: heat its water loses, hour by hour.

   evaporation   w = A F (p_w - p_a)(0.089 + 0.0782 V)/Y; heat w Y, of which the ventilation gives
                 recovered_frac back
   make-up       refill_m3_m2_day of fresh water warmed from cold_c, while open
   convection    by Bowen's ratio, loss to the hall air (negative when the air is warmer)
   Closed: quiet water (activity quiet_ratio), and a cover, when there is one, keeps cover_frac of
   the evaporation back.
   Outdoors the surface loses to wind and sky and gains from the sun (physics/pool.h); a cover keeps cover_frac of all of
   it back, and lets no sun in. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/pool.h"

#include "base/units.h"
#include "components/plant.h"
#include "physics/water.h"

struct pool {
    double water_m2, water_c, air_c, rh_frac, air_speed_m_s, activity_ratio, quiet_ratio,
        recovered_frac, cover_frac, open_h, close_h, refill_m3_m2_day, cold_c, supply_c, return_c;
    double unserved_money_kwh, wind_ratio;
    bool outdoors;
};
enum { HEAT_IN, PORTS };

static const struct param params[] = {
    PARAM(pool, water_m2, REQUIRED, 1.0, 20e3, "user", "Water surface."),
    PARAM(pool, water_c, 29.0, 24.0, 36.0, "28-32 degC [read]", "Water temperature."),
    PARAM_YES(pool, outdoors, 0, "assumed: indoors", "Whether the pool lies outdoors."),
    PARAM(pool, wind_ratio, 0.3, 0.0, 1.0, "sheltered by walls and hedges, recalled, unverified",
          "Wind over the water of an outdoor pool, over that of the weather."),
    PARAM(pool, air_c, 30.0, 20.0, 36.0,
          "1 K above the water, common practice, recalled, unverified",
          "Air temperature of the hall."),
    PARAM(pool, rh_frac, 0.60, 0.3, 0.8, "recalled, unverified", "Relative humidity of the hall."),
    PARAM(pool, air_speed_m_s, 0.10, 0.0, 1.0, "recalled, unverified", "Air speed over the water."),
    PARAM(pool, activity_ratio, 1.0, 0.3, 1.5, "public pool 1.0 [read SMITH]",
          "Activity while open."),
    PARAM(pool, quiet_ratio, 0.75, 0.2, 1.0, "quiet water .74-.76 measured [read SMITH]",
          "Activity while closed."),
    PARAM(pool, recovered_frac, 0.0, 0.0, 0.95, "no dehumidifier assumed",
          "Evaporation heat given back to the water."),
    PARAM(pool, cover_frac, 0.0, 0.0, 0.9, "no cover assumed",
          "Evaporation a cover keeps back at night."),
    PARAM(pool, open_h, 7.0, 0.0, 24.0, "assumed", "Opens."),
    PARAM(pool, close_h, 21.0, 0.0, 24.0, "assumed", "Closes."),
    PARAM(pool, refill_m3_m2_day, 0.02, 0.0, 0.2,
          "30-60 L per bather, one bather a day per 2 m2, recalled, unverified",
          "Fresh water per surface and day."),
    PARAM(pool, cold_c, 10.0, 2.0, 25.0, "recalled, unverified", "Temperature of fresh water."),
    PARAM(pool, supply_c, 40.0, 30.0, 70.0, "supply 35-45 degC [read]",
          "Supply its exchanger needs."),
    PARAM(pool, return_c, 31.0, 25.0, 60.0, "2 K above the water, assumed",
          "Return of its exchanger."),
    PARAM(pool, unserved_money_kwh, NOT_GIVEN, 0.0, 1000.0, "user; not given: all heat is given",
          "What a kWh that is not given costs those who need it."),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = {.name = "heat_in",
                 .carrier = CARRIER_HEAT,
                 .direction = FLOWS_IN,
                 .side = SIDE_USER,
                 .sets_temperature = true,
                 .meaning = "heat of the water"},
};

static double indoor_kw_m2(const struct pool *pool, bool open, double activity_ratio,
                           double p_kpa) {
    double evaporation_kg_s = pool_evaporation_kg_s(1.0, activity_ratio, pool->water_c, pool->air_c,
                                                    pool->rh_frac, pool->air_speed_m_s);
    double latent_kw = evaporation_kg_s * water_latent_kj_kg(pool->water_c) *
                       (1.0 - pool->recovered_frac) * (open ? 1.0 : 1.0 - pool->cover_frac);
    return latent_kw +
           pool_convection_kw(1.0, pool->water_c, pool->air_c, pool->air_speed_m_s, p_kpa);
}

static double outdoor_kw_m2(const struct pool *pool, const struct hours *hours, int t, bool open,
                            double activity_ratio) {
    bool covered = !open && pool->cover_frac > 0.0;
    struct pool_weather weather = {hours->outdoor_c[t], hours->humidity_kg_kg[t],
                                   hours->pressure_kpa[t], pool->wind_ratio * hours->wind_m_s[t],
                                   covered ? 0.0 : hours->global_kw_m2[t]};
    return pool_outdoor_kw_m2(&weather, pool->water_c, activity_ratio) *
           (covered ? 1.0 - pool->cover_frac : 1.0);
}

static double heat_kw_m2(const struct pool *pool, const struct hours *hours, int t) {
    double hour_h = hours->hour_h[t];
    bool open = hour_h >= pool->open_h && hour_h < pool->close_h;
    double activity = open ? pool->activity_ratio : fmin(pool->quiet_ratio, pool->activity_ratio);
    double surface_kw = pool->outdoors ? outdoor_kw_m2(pool, hours, t, open, activity)
                                       : indoor_kw_m2(pool, open, activity, hours->pressure_kpa[t]);
    double open_hours = fmax(1.0, pool->close_h - pool->open_h);
    double fresh_kg_s = open ? pool->refill_m3_m2_day * water_density_kg_m3(pool->cold_c) /
                                   (open_hours * UNITS_S_PER_H)
                             : 0.0;
    double refill_kw = pool_refill_kw(fresh_kg_s, pool->water_c, pool->cold_c);
    return fmax(0.0, surface_kw + refill_kw);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    for (int t = 0; t < hours->count; t++) {
        ret->mode[0].port[HEAT_IN][t] = heat_kw_m2(self, hours, t);
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct pool *pool = self;
    (void)port;
    for (int t = 0; t < hours->count; t++) {
        ret_supply_c[t] = pool->supply_c;
        ret_return_c[t] = pool->return_c;
    }
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct pool *pool = self;
    if (pool->close_h <= pool->open_h) {
        diag_error(diag, place, "close_h is not after open_h");
        diag_remedy(diag, "give both as hours of the day, close_h the later");
    }
    if (pool->supply_c < pool->return_c + 1.0 || pool->return_c < pool->water_c) {
        diag_error(diag, place,
                   "supply_c, return_c and water_c do not descend: no heat would pass");
        diag_remedy(diag,
                    "give supply_c at least 1 K above return_c, and return_c not below water_c");
    }
}

const struct component component_pool = {
    .name = "pool",
    .title = "Swimming pool",
    .summary = "Heat of a pool's water, indoors or out.",
    .shape = SHAPE_LOAD,
    .reference_port = HEAT_IN,
    .size = sizeof(struct pool),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "water_m2",
    .maturity = 9,
    .validity = "Water 24 to 36 degC; the hall's own space heat is not in it; outdoors no rain, "
                "and a clear sky.",
    .references = "ASHRAE HVAC Applications; SMITH; Swinbank 1963",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
};
