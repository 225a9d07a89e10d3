/* The laws of heating surfaces by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/emitter.h"
#include "physics/law_table.h"

#define LOAD                                                                                       \
    { "load_frac", LAW_REQUIRED, 0.0, 1.5, NULL }
#define DESIGN                                                                                     \
    {"design_supply_c", LAW_REQUIRED, 20.0, 130.0, NULL},                                          \
        {"design_return_c", LAW_REQUIRED, 16.0, 110.0, NULL}, {"indoor_c", 20.0, 5.0, 35.0, NULL}, \
    {                                                                                              \
        "exponent_ratio", 1.3, 1.0, 1.6, NULL                                                      \
    }

static const char en442[] = "EN 442, EN 1264; heat curve by hand";

/* The surface is warmer than the room, its supply not colder than its return. */
static bool is_warm(double supply_c, double return_c, double indoor_c) {
    return supply_c >= return_c && return_c > indoor_c;
}

static bool arithmetic(const double *a, double *ret) {
    if (!is_warm(a[1], a[2], a[3])) {
        return false;
    }
    emitter_temperatures(a[0], a[1], a[2], a[3], a[4], &ret[0], &ret[1]);
    return true;
}

static bool logarithmic(const double *a, double *ret) {
    if (!is_warm(a[1], a[2], a[3])) {
        return false;
    }
    emitter_temperatures_log(a[0], a[1], a[2], a[3], a[4], &ret[0], &ret[1]);
    return true;
}

static bool load(const double *a, double *ret) {
    if (!is_warm(a[0], a[1], a[4]) || !is_warm(a[2], a[3], a[4])) {
        return false;
    }
    ret[0] = emitter_load_frac(a[0], a[1], a[2], a[3], a[4], a[5]);
    return true;
}

static bool weather(const double *a, double *ret) {
    if (a[2] <= a[1]) {
        return false;
    }
    ret[0] = emitter_weather_frac(a[0], a[1], a[2]);
    return true;
}

static const struct law laws[] = {
    {"emitter_temperatures", "Supply and return by load, arithmetic mean", en442,
     LAW_GIVEN(LOAD, DESIGN), LAW_GIVES("supply_c", "return_c"), arithmetic},
    {"emitter_temperatures_log", "Supply and return by load, logarithmic mean", en442,
     LAW_GIVEN(LOAD, DESIGN), LAW_GIVES("supply_c", "return_c"), logarithmic},
    {"emitter_load_frac", "Share of the design output at other temperatures", en442,
     LAW_GIVEN({"supply_c", LAW_REQUIRED, 5.0, 130.0, NULL},
               {"return_c", LAW_REQUIRED, 5.0, 110.0, NULL}, DESIGN),
     LAW_GIVES("load_frac"), load},
    {"emitter_weather_frac", "Share of the design load by the weather", "degree-day method",
     LAW_GIVEN({"outdoor_c", LAW_REQUIRED, -60.0, 50.0, NULL},
               {"design_outdoor_c", LAW_REQUIRED, -45.0, 20.0, NULL},
               {"balance_c", LAW_REQUIRED, 5.0, 26.0, NULL}),
     LAW_GIVES("load_frac"), weather},
};
LAW_TABLE(emitter);
