/* The laws of heat demand by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/demand.h"
#include "physics/law_table.h"

static const char *const classes[] = {"single_family", "multi_family", "commerce", "office",
                                      "retail",        "lodging",      NULL};

#define CLASS                                                                                      \
    { "class", LAW_REQUIRED, 0.0, 5.0, classes }
#define DAY                                                                                        \
    { "day_c", LAW_REQUIRED, -50.0, 45.0, NULL }
#define OUTDOOR                                                                                    \
    { "outdoor_c", LAW_REQUIRED, -60.0, 60.0, NULL }
#define HOUR                                                                                       \
    { "hour", LAW_REQUIRED, 0.0, 23.0, NULL }
#define WEEKDAY                                                                                    \
    { "weekday", LAW_REQUIRED, 0.0, 6.0, NULL }

static const char bdew[] = "BDEW/VKU/GEODE 2015, as demandlib has it";

static bool is_whole(double number) { return number == floor(number); }

static bool sigmoid(const double *a, double *ret) {
    ret[0] = demand_sigmoid_ratio((enum demand_class)a[0], a[1]);
    return true;
}

static bool space(const double *a, double *ret) {
    ret[0] = demand_space_ratio((enum demand_class)a[0], a[1]);
    return true;
}

static bool weekday(const double *a, double *ret) {
    if (!is_whole(a[1])) {
        return false;
    }
    ret[0] = demand_weekday_ratio((enum demand_class)a[0], (int)a[1]);
    return true;
}

static bool space_hour(const double *a, double *ret) {
    if (!is_whole(a[1]) || !is_whole(a[2])) {
        return false;
    }
    ret[0] = demand_space_hour_ratio((enum demand_class)a[0], (int)a[1], (int)a[2]);
    return true;
}

static bool water_hour(const double *a, double *ret) {
    if (!is_whole(a[1])) {
        return false;
    }
    ret[0] = demand_water_hour_ratio((enum demand_class)a[0], (int)a[1]);
    return true;
}

static bool heating(const double *a, double *ret) {
    ret[0] = demand_heating_dk(a[0], a[1]);
    return true;
}

static bool cooling(const double *a, double *ret) {
    ret[0] = demand_cooling_dk(a[0], a[1]);
    return true;
}

static const struct law laws[] = {
    {"demand_sigmoid_ratio", "Heat of a day with hot water, over that of the standard day", bdew,
     LAW_GIVEN(CLASS, DAY), LAW_GIVES("day_ratio"), sigmoid},
    {"demand_space_ratio", "The part of it that follows the weather", bdew, LAW_GIVEN(CLASS, DAY),
     LAW_GIVES("day_ratio"), space},
    {"demand_weekday_ratio", "Heat of a weekday over the mean day, 0 Monday", bdew,
     LAW_GIVEN(CLASS, WEEKDAY), LAW_GIVES("weekday_ratio"), weekday},
    {"demand_space_hour_ratio", "Space heat of an hour over the mean of its day",
     "residential: PyPSA-Eur (BDEW); others assumed", LAW_GIVEN(CLASS, HOUR, WEEKDAY),
     LAW_GIVES("hour_ratio"), space_hour},
    {"demand_water_hour_ratio", "Hot water of an hour over the mean of its day",
     "double peak at 7 and 19 h [recalled, unverified]", LAW_GIVEN(CLASS, HOUR),
     LAW_GIVES("hour_ratio"), water_hour},
    {"demand_heating_dk", "Kelvin below a balance temperature", "degree hours",
     LAW_GIVEN(OUTDOOR, {"balance_c", 16.0, 0.0, 25.0, NULL}), LAW_GIVES("heating_dk"), heating},
    {"demand_cooling_dk", "Kelvin above a balance temperature", "degree hours",
     LAW_GIVEN(OUTDOOR, {"balance_c", 18.0, 0.0, 35.0, NULL}), LAW_GIVES("cooling_dk"), cooling},
};
LAW_TABLE(demand);
