/* Sums after Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen",
   ZAMM 54 (1974), doi:10.1002/zamm.19740540106: the rounding error of each addition is kept and
   added once at the end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/series.h"

#include <math.h>
#include <string.h>

/* An infinite total has no rounding error to give back. */
double sum_value(const struct sum *sum) {
    return isfinite(sum->total) ? sum->total + sum->carry : sum->total;
}

double series_sum(const double *value, int count) {
    struct sum sum = {0};
    for (int i = 0; i < count; i++) {
        sum_add(&sum, value[i]);
    }
    return sum_value(&sum);
}

double series_dot(const double *a, const double *b, int count) {
    struct sum sum = {0};
    for (int i = 0; i < count; i++) {
        sum_add(&sum, a[i] * b[i]);
    }
    return sum_value(&sum);
}

double series_max(const double *value, int count) {
    double largest = -(double)INFINITY;
    for (int i = 0; i < count; i++) {
        largest = value[i] > largest ? value[i] : largest;
    }
    return largest;
}

double series_min(const double *value, int count) {
    double smallest = (double)INFINITY;
    for (int i = 0; i < count; i++) {
        smallest = value[i] < smallest ? value[i] : smallest;
    }
    return smallest;
}

/* Restores the heap (largest on top) below root. */
static void sift(double *heap, int root, int count) {
    double moved = heap[root];
    for (int child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && heap[child + 1] > heap[child]) {
            child++;
        }
        if (heap[child] <= moved) {
            break;
        }
        heap[root] = heap[child];
        root = child;
    }
    heap[root] = moved;
}

/* Heap sort: in place, never quadratic, allocates nothing (qsort may). */
static void sort(double *value, int count) {
    for (int root = count / 2 - 1; root >= 0; root--) {
        sift(value, root, count);
    }
    for (int last = count - 1; last > 0; last--) {
        double largest = value[0];
        value[0] = value[last];
        value[last] = largest;
        sift(value, 0, last);
    }
}

double series_quantile(const double *value, int count, double q_frac, double *scratch) {
    if (count <= 0) {
        return (double)NAN;
    }
    memcpy(scratch, value, (size_t)count * sizeof *value);
    sort(scratch, count);
    double rank = fmin(fmax(q_frac, 0.0), 1.0) * (count - 1);
    int below = (int)rank;
    int above = below + 1 < count ? below + 1 : below;
    return scratch[below] + (rank - below) * (scratch[above] - scratch[below]);
}
