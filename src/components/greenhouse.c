/* Greenhouse: what its cover and the air that leaks lose, less the sun.

   q = (U r (1 - s) + 0.33 Wh/(m3 K) n h)(T_in - T_out) - g G,  per m2 of floor, none below zero (it is aired then)
   T_in by day (while the sun shines) and by night; the screen is drawn at night. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/greenhouse.h"

#include "components/plant.h"
#include "components/user.h"

enum { COVER_SINGLE, COVER_FILM, COVER_DOUBLE };

struct greenhouse {
    double floor_m2, cover_ratio, cover_kw_m2k, screen_frac, air_changes_per_h, height_m, by_day_c,
        by_night_c, gain_frac, unserved_money_kwh;
    struct curve supply_c, return_c;
    int cover;
};
enum { HEAT_IN, PORTS };

static const struct param params[] = {
    PARAM(greenhouse, floor_m2, REQUIRED, 1.0, 1e8, "user", "Floor under the cover."),
    PARAM_OF(greenhouse, cover, COVER_SINGLE, "user",
             "Single glass, polyethylene film, or double glazing.", "single_glass", "film",
             "double"),
    PARAM(
        greenhouse, cover_kw_m2k, NOT_GIVEN, 0.0005, 0.012,
        "by cover: 6.4, 6.75, 3.5 W/(m2 K), middle of heat notes section 9 [recalled, unverified]",
        "Heat transfer of the cover without its screen."),
    PARAM(greenhouse, cover_ratio, 1.2, 1.0, 3.0, "large blocks 1.1-1.3, recalled, unverified",
          "Cover over floor."),
    PARAM(greenhouse, screen_frac, 0.375, 0.0, 0.8,
          "screen saves 30-45 %, mid, recalled, unverified",
          "What the drawn screen saves of the cover's loss at night."),
    PARAM(greenhouse, air_changes_per_h, 0.5, 0.0, 10.0, "closed vents, recalled, unverified",
          "Air that leaks in."),
    PARAM(greenhouse, height_m, 5.0, 1.0, 12.0, "recalled, unverified", "Mean height."),
    PARAM(greenhouse, by_day_c, 20.0, 2.0, 35.0, "vegetables, assumed",
          "Least temperature while the sun shines."),
    PARAM(greenhouse, by_night_c, 17.0, 2.0, 35.0, "vegetables, assumed",
          "Least temperature at night."),
    PARAM(greenhouse, gain_frac, 0.5, 0.0, 1.0,
          "cover lets .7 in, plants turn a part of it into vapour, assumed",
          "Share of the irradiance that warms the air."),
    USER_PARAMS(greenhouse, 50.0, "40-55 degC, pipes in the air [recalled heat notes]", 35.0,
                "assumed"),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = USER_HEAT_PORT("heat of the pipes"),
};

static double cover_kw_m2k(const struct greenhouse *house) {
    static const double by_cover_kw_m2k[] = {0.0064, 0.00675, 0.0035};
    return isnan(house->cover_kw_m2k) ? by_cover_kw_m2k[house->cover] : house->cover_kw_m2k;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct greenhouse *house = self;
    for (int t = 0; t < hours->count; t++) {
        bool day = hours->global_kw_m2[t] > 0.0;
        ret->mode[0].port[HEAT_IN][t] = greenhouse_heat_kw_m2(
            house->cover_ratio, cover_kw_m2k(house), day ? 0.0 : house->screen_frac,
            house->air_changes_per_h, house->height_m, day ? house->by_day_c : house->by_night_c,
            hours->outdoor_c[t], hours->global_kw_m2[t], house->gain_frac);
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct greenhouse *house = self;
    (void)port;
    plant_supply(hours, &house->supply_c, &house->return_c, ret_supply_c, ret_return_c);
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct greenhouse *house = self;
    user_check(&house->supply_c, &house->return_c, fmax(house->by_day_c, house->by_night_c),
               "the air inside", diag, place);
}

const struct component component_greenhouse = {
    .name = "greenhouse",
    .title = "Greenhouse",
    .summary = "Heat of a greenhouse by weather and sun.",
    .shape = SHAPE_LOAD,
    .reference_port = HEAT_IN,
    .size = sizeof(struct greenhouse),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "floor_m2",
    .maturity = 9,
    .validity = "Steady state by the hour; neither soil nor dew, and no more than a fixed share of "
                "the sun.",
    .references = "ASABE EP406; heat notes section 9",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
};
