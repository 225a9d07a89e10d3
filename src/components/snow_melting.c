/* Snow melting: heat that keeps pavements free of snow.

   snow falls in the year's hours from coldest_c to 1 degC with humid air (wet bulb within 1 K), evenly, snow_water_m in
   all; an hour's heat is (1 + back) (melting + free_frac (what a bare wet surface loses)), ASHRAE
   idling: in the other hours below 1 degC the surface is held at surface_c where idles, dry; else it is off */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/snow.h"

#include "components/hours.h"
#include "components/plant.h"
#include "components/user.h"
#include "physics/air.h"
#include "physics/sky.h"

struct snow_melting {
    double pavement_m2, snow_water_m, surface_c, coldest_c, free_frac, back_frac, length_m,
        unserved_money_kwh;
    struct curve supply_c, return_c;
    bool idles;
};
enum { HEAT_IN, PORTS };

static const struct param params[] = {
    PARAM(snow_melting, pavement_m2, REQUIRED, 1.0, 1e7, "user", "Heated pavement."),
    PARAM(snow_melting, snow_water_m, 0.1, 0.0, 3.0, "assumed: a metre of fresh snow",
          "Snow of the year, as water."),
    PARAM(snow_melting, surface_c, 0.5, 0.1, 5.0, "ASHRAE, film at 33 degF [quoted]",
          "Temperature of the wet surface."),
    PARAM(snow_melting, coldest_c, -10.0, -40.0, 0.0, "snow is rare below, recalled, unverified",
          "No snow falls in colder air."),
    PARAM(snow_melting, free_frac, 1.0, 0.0, 1.0, "ASHRAE: 1 hospitals, .5 slush, 0 driveways",
          "Share of the surface free of snow."),
    PARAM(snow_melting, back_frac, 0.2, 0.0, 1.0, "insulated slab, recalled, unverified",
          "Lost to the ground and the edges, of what reaches the surface."),
    PARAM_YES(snow_melting, idles, 0, "assumed: on when it snows",
              "Whether the surface is kept above freezing all winter."),
    PARAM(snow_melting, length_m, 6.1, 1.0, 500.0, "ASHRAE, 20 ft",
          "Length in the direction of the wind."),
    USER_PARAMS(snow_melting, 40.0, "30-45 degC [recalled heat notes]", 25.0, "assumed"),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = USER_HEAT_PORT("heat of the pavement"),
};

static const double warmest_c = 1.0, humid_dk = 1.0;

static bool snows(const struct snow_melting *pavement, double outdoor_c, double wet_bulb_c) {
    return outdoor_c >= pavement->coldest_c && outdoor_c <= warmest_c &&
           outdoor_c - wet_bulb_c <= humid_dk;
}

static double snow_kg_m2h_of(const struct snow_melting *pavement, const struct climate_year *year) {
    int snowing = 0;
    for (int h = 0; h < year->count; h++) {
        snowing += snows(pavement, year->outdoor_c[h], year->wet_bulb_c[h]) ? 1 : 0;
    }
    const double water_kg_m3 = 1000.0;
    return snowing ? pavement->snow_water_m * water_kg_m3 / snowing : 0.0;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct snow_melting *pavement = self;
    double snow_kg_m2h = snow_kg_m2h_of(pavement, hours->year);
    for (int t = 0; t < hours->count; t++) {
        double outdoor_c = hours->outdoor_c[t], heat_kw_m2 = 0.0;
        double p_kpa = hours->pressure_kpa[t];
        if (snow_kg_m2h > 0.0 && snows(pavement, outdoor_c, hours->wet_bulb_c[t])) {
            /* an overcast sky is as warm as the air */
            heat_kw_m2 = snow_melt_kw_m2(snow_kg_m2h, outdoor_c, pavement->surface_c) +
                         pavement->free_frac * snow_surface_kw_m2(pavement->surface_c, outdoor_c,
                                                                  hours->humidity_kg_kg[t], p_kpa,
                                                                  hours->wind_m_s[t], outdoor_c,
                                                                  pavement->length_m);
        } else if (pavement->idles && outdoor_c < warmest_c) {
            double dry_kg_kg = air_saturated_humidity_kg_kg(pavement->surface_c, p_kpa);
            heat_kw_m2 =
                snow_surface_kw_m2(pavement->surface_c, outdoor_c, dry_kg_kg, p_kpa,
                                   hours->wind_m_s[t], sky_clear_c(outdoor_c), pavement->length_m);
        }
        ret->mode[0].port[HEAT_IN][t] = (1.0 + pavement->back_frac) * heat_kw_m2;
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct snow_melting *pavement = self;
    (void)port;
    plant_supply(hours, &pavement->supply_c, &pavement->return_c, ret_supply_c, ret_return_c);
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct snow_melting *pavement = self;
    user_check(&pavement->supply_c, &pavement->return_c, pavement->surface_c, "the surface", diag,
               place);
}

const struct component component_snow_melting = {
    .name = "snow_melting",
    .title = "Snow melting",
    .summary = "Heat that keeps pavements free of snow.",
    .shape = SHAPE_LOAD,
    .reference_port = HEAT_IN,
    .size = sizeof(struct snow_melting),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "pavement_m2",
    .maturity = 9,
    .validity = "Steady state; the weather files have no snowfall, which is spread over the hours "
                "that may have it.",
    .references = "ASHRAE HVAC Applications, Snow Melting; Chapman 1952",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
};
