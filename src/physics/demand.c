/* Sigmoid parameters, wind class 0, class 11 (mean), and weekday factors: BDEW/VKU/GEODE guide
   2015, as demandlib has them. Hourly space-heat shares: residential from PyPSA-Eur (BDEW); others: night set-back
   with a morning rise for occupied hours [assumed]. Hot water: residential double peak at 7 and 19
   h, others over the day [recalled, unverified]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/demand.h"

#include <math.h>

static const double sigmoid_ratio[DEMAND_CLASSES][4] = {
    {3.0469695, -37.1833141, 5.6727847, 0.1163157}, {2.3877618, -34.7213605, 5.8164304, 0.1460936},
    {3.0084346, -36.6078453, 7.3211870, 0.1549660}, {2.7172288, -35.1412563, 7.1303395, 0.1418472},
    {3.5811214, -36.9650065, 7.2256947, 0.0448416}, {2.0102472, -35.2532123, 6.1544406, 0.3294741}};
static const double weekday_ratio[DEMAND_CLASSES][7] = {
    [DEMAND_SINGLE_FAMILY] = {1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0},
    [DEMAND_MULTI_FAMILY] = {1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0},
    [DEMAND_COMMERCE] = {1.030, 1.030, 1.020, 1.030, 1.010, 0.930, 0.940},
    [DEMAND_OFFICE] = {1.035, 1.052, 1.045, 1.049, 0.988, 0.886, 0.944},
    [DEMAND_RETAIL] = {1.036, 1.023, 1.025, 1.030, 1.025, 0.967, 0.893},
    [DEMAND_LODGING] = {0.977, 1.039, 1.003, 1.016, 1.002, 1.004, 0.958}};
static const double residential_space_ratio[24] = {0.54, 0.57, 0.56, 0.61, 0.82, 1.23, 1.33, 1.25,
                                                   1.20, 1.15, 1.10, 1.06, 1.04, 1.02, 1.03, 1.04,
                                                   1.09, 1.14, 1.18, 1.20, 1.19, 1.08, 0.89, 0.66};
static const double office_space_ratio[24] = {0.62, 0.62, 0.62, 0.66, 0.90, 1.35, 1.62, 1.52,
                                              1.38, 1.27, 1.20, 1.14, 1.10, 1.08, 1.08, 1.10,
                                              1.12, 1.10, 0.98, 0.82, 0.70, 0.66, 0.64, 0.62};
static const double steady_space_ratio[24] = {0.84, 0.83, 0.83, 0.85, 0.92, 1.06, 1.14, 1.14,
                                              1.12, 1.09, 1.06, 1.04, 1.03, 1.02, 1.02, 1.02,
                                              1.04, 1.06, 1.07, 1.06, 1.03, 0.98, 0.92, 0.87};
static const double residential_water_ratio[24] = {0.25, 0.15, 0.12, 0.12, 0.25, 0.90, 1.90, 2.25,
                                                   1.60, 1.25, 1.10, 1.05, 1.10, 1.00, 0.90, 0.85,
                                                   0.95, 1.25, 1.60, 1.75, 1.40, 1.10, 0.75, 0.41};
static const double day_water_ratio[24] = {0.20, 0.20, 0.20, 0.20, 0.30, 0.70, 1.40, 1.70,
                                           1.75, 1.60, 1.50, 1.60, 1.70, 1.60, 1.45, 1.40,
                                           1.35, 1.30, 1.20, 0.95, 0.75, 0.55, 0.30, 0.20};

static double day_mean(const double *value) {
    double sum = 0.0;
    for (int k = 0; k < 24; k++) {
        sum += value[k];
    }
    return sum / 24.0;
}

static int is_residential(enum demand_class demand_class) {
    return demand_class == DEMAND_SINGLE_FAMILY || demand_class == DEMAND_MULTI_FAMILY;
}

double demand_space_ratio(enum demand_class demand_class, double day_c) {
    const double *p = sigmoid_ratio[demand_class];
    double below_dk = fmin(day_c, 39.0) - 40.0;
    return p[0] / (1.0 + pow(p[1] / below_dk, p[2]));
}

double demand_sigmoid_ratio(enum demand_class demand_class, double day_c) {
    return demand_space_ratio(demand_class, day_c) + sigmoid_ratio[demand_class][3];
}

double demand_weekday_ratio(enum demand_class demand_class, int weekday) {
    return weekday_ratio[demand_class][weekday];
}

double demand_space_hour_ratio(enum demand_class demand_class, int hour, int weekday) {
    if (is_residential(demand_class)) {
        return residential_space_ratio[hour] / day_mean(residential_space_ratio);
    }
    if (demand_class == DEMAND_LODGING || weekday >= 5) {
        return steady_space_ratio[hour] / day_mean(steady_space_ratio);
    }
    return office_space_ratio[hour] / day_mean(office_space_ratio);
}

double demand_water_hour_ratio(enum demand_class demand_class, int hour) {
    const double *day = is_residential(demand_class) || demand_class == DEMAND_LODGING
                            ? residential_water_ratio
                            : day_water_ratio;
    return day[hour] / day_mean(day);
}

double demand_heating_dk(double outdoor_c, double balance_c) {
    return fmax(0.0, balance_c - outdoor_c);
}

double demand_cooling_dk(double outdoor_c, double balance_c) {
    return fmax(0.0, outdoor_c - balance_c);
}
