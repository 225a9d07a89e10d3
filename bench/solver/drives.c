/* Temperature, sun, wind, price and carbon of each hour: waves over the year and the day plus
   autoregressive noise. Constants and the order of the draws are those of the reference generator,
   so that with one stream of random numbers both make one instance (compare_generator.py). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "drives.h"

#include <math.h>

static const double pi = 3.14159265358979323846;
enum { DAYS_OF_YEAR = 365, HOURS_OF_DAY = 24, MONTHS = 12 };

double drives_wave(double at, double shift, double period) {
    return sin(2.0 * pi * (at - shift) / period);
}

double drives_clip(double value, double lower, double upper) {
    return fmin(fmax(value, lower), upper);
}

double *drives_wander(struct arena *arena, struct random *random, int count, double keep,
                      double deviation) {
    double *value = ARENA_TAKE(arena, double, count);
    double before = 0.0;
    for (int t = 0; value && t < count; t++) {
        double drawn = random_normal(random) * deviation;
        before = keep * (t == 0 ? drawn : before) + drawn;
        value[t] = before;
    }
    return value;
}

static int month_of(int day) {
    static const int days[MONTHS] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int month = 0;
    for (; day >= days[month]; month++) {
        day -= days[month];
    }
    return month;
}

/* Months in their order in the year, counted over those that occur. */
static void number_months(struct drives *drives, const double *day) {
    int number[MONTHS] = {0};
    bool occurs[MONTHS] = {false};
    for (int t = 0; t < drives->hours; t++) {
        drives->month[t] = month_of((int)day[t]);
        occurs[drives->month[t]] = true;
    }
    drives->months = 0;
    for (int m = 0; m < MONTHS; m++) {
        number[m] = drives->months;
        drives->months += occurs[m];
    }
    for (int t = 0; t < drives->hours; t++) {
        drives->month[t] = number[drives->month[t]];
    }
}

/* What the sun gives a panel, 0 to 1. */
static double sun(double day, double hour, double cloud) {
    double season = drives_wave(day, 80.0, DAYS_OF_YEAR);
    double length_h = drives_clip(12.0 + 3.5 * season, 6.0, 18.0);
    double height = sin(pi * (hour + 0.5 - 6.0 + 2.0 * season * 0.8) / length_h);
    double clear = hour >= 4.0 && hour <= 21.0 ? fmax(0.0, height) : 0.0;
    double power = drives_clip(
        clear * drives_clip(0.65 + cloud, 0.05, 1.0) * (0.65 + 0.35 * season), 0.0, 1.0);
    return power < 0.004 ? 0.0 : power;
}

/* What the wind gives a turbine, 0 to 1. */
static double wind(double day, double gust_m_s) {
    double speed_m_s =
        drives_clip(7.0 + 1.5 * cos(2.0 * pi * day / DAYS_OF_YEAR) + gust_m_s, 0.0, 30.0);
    double rated = speed_m_s / 12.0;
    double power = drives_clip(rated * rated * rated, 0.0, 1.0);
    return speed_m_s > 25.0 || power < 0.01 ? 0.0 : power;
}

/* A price of power per hour; rare spikes, first which hours have one, then how high they are. */
static void price_hours(struct drives *drives, const struct instance_options *options,
                        const double *day, const double *noise, double *spike) {
    for (int t = 0; t < drives->hours; t++) {
        spike[t] = random_uniform(&drives->random) < 0.004 ? 1.0 : 0.0;
    }
    for (int t = 0; t < drives->hours; t++) {
        double height = -150.0 * log1p(-random_uniform(&drives->random));
        double hour = drives->hour_of_day[t];
        double season = cos(2.0 * pi * (day[t] - 15.0) / DAYS_OF_YEAR);
        double price = 60.0 + 25.0 * drives_wave(hour, 14.0, 12.0) + 15.0 * season -
                       55.0 * drives->sun_ratio[t] - 25.0 * drives->wind_ratio[t] + noise[t] +
                       spike[t] * height;
        double by_day = hour >= 7.0 && hour < 21.0 ? 90.0 : 55.0;
        drives->price[t] = (options->two_prices ? by_day : price) + options->price_shift_money_mwh;
    }
}

bool drives_draw(struct arena *arena, const struct instance_options *options, struct drives *ret) {
    int hours = options->hours;
    struct drives drives = {.hours = hours,
                            .hour_of_day = ARENA_TAKE(arena, double, hours),
                            .temperature_c = ARENA_TAKE(arena, double, hours),
                            .sun_ratio = ARENA_TAKE(arena, double, hours),
                            .wind_ratio = ARENA_TAKE(arena, double, hours),
                            .price = ARENA_TAKE(arena, double, hours),
                            .carbon_ratio = ARENA_TAKE(arena, double, hours),
                            .month = ARENA_TAKE(arena, int, hours)};
    random_seed(&drives.random, options->seed);
    double *day = ARENA_TAKE(arena, double, hours), *spike = ARENA_TAKE(arena, double, hours);
    const double *warmth = drives_wander(arena, &drives.random, hours, 0.98, 0.55);
    const double *cloud = drives_wander(arena, &drives.random, hours, 0.95, 0.12);
    const double *gust = drives_wander(arena, &drives.random, hours, 0.97, 0.8);
    const double *noise = drives_wander(arena, &drives.random, hours, 0.92, 7.0);
    if (arena_failed(arena)) {
        return false;
    }
    for (int t = 0; t < hours; t++) {
        int hour = options->first_hour + t;
        day[t] = hour / HOURS_OF_DAY % DAYS_OF_YEAR;
        drives.hour_of_day[t] = hour % HOURS_OF_DAY;
        drives.temperature_c[t] = 9.0 + 9.5 * drives_wave(day[t], 110.0, DAYS_OF_YEAR) +
                                  4.0 * drives_wave(drives.hour_of_day[t], 9.0, 24.0) + warmth[t];
        drives.sun_ratio[t] = sun(day[t], drives.hour_of_day[t], cloud[t]);
        drives.wind_ratio[t] = wind(day[t], gust[t]);
        drives.carbon_ratio[t] =
            drives_clip(0.35 - 0.25 * drives.sun_ratio[t] - 0.1 * drives.wind_ratio[t] +
                            0.03 * drives_wave(drives.hour_of_day[t], 0.0, 24.0),
                        0.03, 0.6);
    }
    number_months(&drives, day);
    price_hours(&drives, options, day, noise, spike);
    *ret = drives;
    return true;
}
