/* Series: one array of doubles per quantity over the steps. Views own nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_SERIES_H
#define BASE_SERIES_H

#include <math.h>

struct series {
    const double *value;
    int count;
};

/* Compensated (Neumaier) sum, in index order. */
double series_sum(const double *value, int count);
double series_dot(const double *a, const double *b, int count); /* compensated */
double series_max(const double *value, int count);              /* -infinity when empty */
double series_min(const double *value, int count);
/* The q-quantile (0..1) by linear interpolation of the sorted values; scratch has count doubles. */
double series_quantile(const double *value, int count, double q_frac, double *scratch);

/* A running compensated sum. */
struct sum {
    double total, carry;
};
static inline void sum_add(struct sum *sum, double value) {
    double total = sum->total + value;
    if (fabs(sum->total) >= fabs(value)) {
        sum->carry += (sum->total - total) + value;
    } else {
        sum->carry += (value - total) + sum->total;
    }
    sum->total = total;
}
double sum_value(const struct sum *sum);

#endif
