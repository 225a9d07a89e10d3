/* What a year is judged by. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "climate_measures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/series.h"

const struct measure measures[MEASURES] = {
    {"annual mean, K", 0.5, false, true},    {"heating degree days 18, share", 0.05, true, true},
    {"wet bulb 1 %, K", 1.5, false, false},  {"wet bulb 50 %, K", 1.5, false, false},
    {"wet bulb 99 %, K", 1.5, false, false}, {"global radiation, share", 0.05, true, false},
    {"dry bulb 0.4 %, K", 2.0, false, true}, {"dry bulb 1 %, K", 2.0, false, true},
    {"dry bulb 99 %, K", 2.0, false, true},  {"dry bulb 99.6 %, K", 2.0, false, true},
    {"coldest 72 h, K", 2.0, false, true},   {"day-to-day autocorrelation", 0.15, false, true},
    {"mean wind, share", 0.10, true, false}};

static double day_mean(const double *hour, int day) {
    double sum = 0.0;
    for (int h = 0; h < 24; h++) {
        sum += hour[24 * day + h] / 24.0;
    }
    return sum;
}

/* Of daily means, when their 31-day running mean is taken away; the year closes on itself. */
static double autocorrelation(const struct climate_year *year, double *scratch) {
    int days = year->count / 24;
    double sum = 0.0, square = 0.0, next = 0.0;
    for (int d = 0; d < days; d++) {
        double around = 0.0;
        for (int k = -15; k <= 15; k++) {
            around += day_mean(year->outdoor_c, (d + k + days) % days) / 31.0;
        }
        scratch[d] = day_mean(year->outdoor_c, d) - around;
        sum += scratch[d] / days;
    }
    for (int d = 0; d < days; d++) {
        square += (scratch[d] - sum) * (scratch[d] - sum);
        next += (scratch[d] - sum) * (scratch[(d + 1) % days] - sum);
    }
    return next / square;
}

/* The coldest 72 hours, wherever they begin. */
static double coldest_three_days_c(const struct climate_year *year) {
    double least_c = 1e9;
    for (int h = 0; h + 72 <= year->count; h++) {
        least_c = fmin(least_c, series_sum(year->outdoor_c + h, 72) / 72.0);
    }
    return least_c;
}

void measures_take(const struct climate_year *year, double ret[MEASURES]) {
    double *scratch = calloc((size_t)year->count, sizeof *scratch);
    if (!scratch) {
        abort();
    }
    memset(ret, 0, MEASURES * sizeof *ret);
    ret[0] = series_sum(year->outdoor_c, year->count) / year->count;
    for (int d = 0; d < year->count / 24; d++) {
        ret[1] += fmax(0.0, 18.0 - day_mean(year->outdoor_c, d));
    }
    ret[2] = series_quantile(year->wet_bulb_c, year->count, 0.01, scratch);
    ret[3] = series_quantile(year->wet_bulb_c, year->count, 0.50, scratch);
    ret[4] = series_quantile(year->wet_bulb_c, year->count, 0.99, scratch);
    ret[5] = series_sum(year->global_kw_m2, year->count);
    ret[6] = series_quantile(year->outdoor_c, year->count, 0.004, scratch);
    ret[7] = series_quantile(year->outdoor_c, year->count, 0.01, scratch);
    ret[8] = series_quantile(year->outdoor_c, year->count, 0.99, scratch);
    ret[9] = series_quantile(year->outdoor_c, year->count, 0.996, scratch);
    ret[10] = coldest_three_days_c(year);
    ret[11] = autocorrelation(year, scratch);
    ret[12] = series_sum(year->wind_m_s, year->count) / year->count;
    free(scratch);
}

double measures_difference(int index, double real, double made) {
    return measures[index].relative ? made / real - 1.0 : made - real;
}
