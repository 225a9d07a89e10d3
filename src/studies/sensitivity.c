/* Saltelli et al., Variance based sensitivity analysis of model output, Comput. Phys. Commun. 181 (2010),
   doi:10.1016/j.cpc.2009.09.018, table 2 (b) and (f); Morris, Factorial sampling plans, Technometrics 33 (1991),
   doi:10.1080/00401706.1991.10484804; size of effects after Campolongo et al., 2007, doi:10.1016/j.envsoft.2006.10.004. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "studies/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

enum { RESAMPLES = 400 };

static int by_value(const void *a, const void *b) {
    double one = *(const double *)a, two = *(const double *)b;
    return one < two ? -1 : one > two;
}

/* Linear between order statistics, as most tools do (type 7 of Hyndman and Fan). */
static double quantile_value(const double *sorted_values, long count, double share_frac) {
    double at = share_frac * (double)(count - 1);
    long below = (long)floor(at);
    long above = below + 1 < count ? below + 1 : below;
    return sorted_values[below] +
           (at - (double)below) * (sorted_values[above] - sorted_values[below]);
}

enum status statistics_of(const double *value, long count, struct arena *arena,
                          struct statistics *ret) {
    double *sorted_values = ARENA_TAKE(arena, double, count);
    double sum = 0.0, squares = 0.0;
    long good = 0;
    if (!sorted_values) {
        return STATUS_NO_MEMORY;
    }
    for (long n = 0; n < count; n++) {
        if (isfinite(value[n])) {
            sorted_values[good++] = value[n];
            sum += value[n];
        }
    }
    double nothing = (double)NAN, mean = good > 0 ? sum / (double)good : nothing;
    for (long n = 0; n < good; n++) {
        squares += (sorted_values[n] - mean) * (sorted_values[n] - mean);
    }
    qsort(sorted_values, (size_t)good, sizeof *sorted_values, by_value);
    double deviation = good > 1 ? sqrt(squares / (double)(good - 1)) : nothing;
    *ret =
        (struct statistics){.count = good,
                            .mean_value = mean,
                            .deviation_value = deviation,
                            .mean_error_value = good > 1 ? deviation / sqrt((double)good) : nothing,
                            .p10_value = good ? quantile_value(sorted_values, good, 0.1) : nothing,
                            .p50_value = good ? quantile_value(sorted_values, good, 0.5) : nothing,
                            .p90_value = good ? quantile_value(sorted_values, good, 0.9) : nothing,
                            .least_value = good ? sorted_values[0] : nothing,
                            .most_value = good ? sorted_values[good - 1] : nothing};
    return STATUS_OK;
}

/* ---- variance ---- */

/* Both indices of one axis from the blocks that chosen names. */
static void index_of(const double *value, int axes, int axis, const long *chosen, long count,
                     double *ret_first_ratio, double *ret_total_ratio) {
    double sum = 0.0, squares = 0.0, first = 0.0, total = 0.0, middle = 0.0;
    for (long n = 0; n < count; n++) { /* about the mean, or large values lose their digits */
        middle += value[chosen[n] * (axes + 2)] / (double)count;
    }
    for (long n = 0; n < count; n++) {
        const double *block = &value[chosen[n] * (axes + 2)];
        double a = block[0] - middle, b = block[1] - middle, ab = block[2 + axis] - middle;
        sum += a + b;
        squares += a * a + b * b;
        first += b * (ab - a);
        total += (a - ab) * (a - ab);
    }
    double mean = sum / (2.0 * (double)count);
    double variance = squares / (2.0 * (double)count) - mean * mean;
    *ret_first_ratio = variance > 0.0 ? first / (double)count / variance : 0.0;
    *ret_total_ratio = variance > 0.0 ? total / (2.0 * (double)count) / variance : 0.0;
}

static long whole_blocks(const double *value, long count, int axes, long *ret_block) {
    long good = 0;
    for (long n = 0; n < count; n++) {
        bool whole = true;
        for (int k = 0; k < axes + 2; k++) {
            whole = whole && isfinite(value[n * (axes + 2) + k]);
        }
        if (whole) {
            ret_block[good++] = n;
        }
    }
    return good;
}

enum status order_indices(const double *value, long count, int axes, uint64_t seed,
                          struct arena *arena, struct order_index *ret) {
    long *block = ARENA_TAKE(arena, long, count);
    long *drawn = ARENA_TAKE(arena, long, count);
    double *first = ARENA_TAKE(arena, double, RESAMPLES),
           *total = ARENA_TAKE(arena, double, RESAMPLES);
    if (!block || !drawn || !first || !total) {
        return STATUS_NO_MEMORY;
    }
    long good = whole_blocks(value, count, axes, block);
    for (int axis = 0; axis < axes; axis++) {
        struct order_index *index = &ret[axis];
        struct random random;
        random_seed(&random, seed);
        if (good < 2) {
            double nothing = (double)NAN;
            *index = (struct order_index){nothing, nothing, nothing, nothing, nothing, nothing};
            continue;
        }
        index_of(value, axes, axis, block, good, &index->first_ratio, &index->total_ratio);
        for (int k = 0; k < RESAMPLES; k++) {
            for (long n = 0; n < good; n++) {
                drawn[n] = block[(long)(random_uniform(&random) * (double)good)];
            }
            index_of(value, axes, axis, drawn, good, &first[k], &total[k]);
        }
        qsort(first, RESAMPLES, sizeof *first, by_value);
        qsort(total, RESAMPLES, sizeof *total, by_value);
        index->first_low_ratio = quantile_value(first, RESAMPLES, 0.025);
        index->first_high_ratio = quantile_value(first, RESAMPLES, 0.975);
        index->total_low_ratio = quantile_value(total, RESAMPLES, 0.025);
        index->total_high_ratio = quantile_value(total, RESAMPLES, 0.975);
    }
    return STATUS_OK;
}

/* ---- elementary effects ---- */

static double effect_value(const double *value, const struct move *move) {
    return (value[1] - value[0]) / move->by_frac;
}

/* First sums of effects and sizes; then, with the means known, of squares about them. */
static void gather(const double *value, long trajectories, int axes, const struct move *moves,
                   bool about_means, struct elementary *ret) {
    for (long n = 0; n < trajectories * axes; n++) {
        const struct move *move = &moves[n];
        struct elementary *one = &ret[move->axis];
        double e = effect_value(&value[n + n / axes], move); /* axes + 1 plans a trajectory */
        if (!isfinite(e)) {
            continue;
        }
        if (about_means) {
            one->deviation_value += (e - one->mean_value) * (e - one->mean_value);
        } else {
            one->mean_value += e;
            one->mean_of_size_value += fabs(e);
            one->count++;
        }
    }
}

void elementary_effects(const double *value, long trajectories, int axes, const struct move *moves,
                        struct elementary *ret) {
    double nothing = (double)NAN;
    memset(ret, 0, (size_t)axes * sizeof *ret);
    gather(value, trajectories, axes, moves, false, ret);
    for (int a = 0; a < axes; a++) {
        double count = (double)ret[a].count;
        ret[a].mean_value = count > 0.0 ? ret[a].mean_value / count : nothing;
        ret[a].mean_of_size_value = count > 0.0 ? ret[a].mean_of_size_value / count : nothing;
    }
    gather(value, trajectories, axes, moves, true, ret);
    for (int a = 0; a < axes; a++) {
        double count = (double)ret[a].count;
        ret[a].deviation_value =
            count > 1.0 ? sqrt(ret[a].deviation_value / (count - 1.0)) : nothing;
    }
}
