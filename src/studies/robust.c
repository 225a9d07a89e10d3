/* Regret and its relatives. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "studies/robust.h"

#include <math.h>
#include <stdlib.h>

#include "studies/sensitivity.h"

static const double tail_frac = 0.1;

static int rising(const void *a, const void *b) {
    double one = *(const double *)a, two = *(const double *)b;
    return one < two ? -1 : one > two;
}

/* The best of all options in a future; NaN where none has a plan. */
static double best_of(const double *value, int options, long futures, long future, bool lower) {
    double best_value = (double)NAN;
    for (int k = 0; k < options; k++) {
        double one_value = value[k * futures + future];
        best_value = lower ? fmin(best_value, one_value) : fmax(best_value, one_value);
    }
    return best_value; /* fmin and fmax pass over NaN */
}

static double mean_of(const double *value, long count) {
    double sum = 0.0;
    for (long n = 0; n < count; n++) {
        sum += value[n];
    }
    return sum / (double)count;
}

enum status robust_of(const double *value, const bool *satisfied, int options, long futures,
                      bool lower, struct arena *arena, struct robust *ret_by_option) {
    double *kept = ARENA_TAKE(arena, double, futures);
    if (!kept) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < options; k++) {
        struct robust *r = &ret_by_option[k];
        struct statistics of_all;
        long good = 0;
        *r = (struct robust){.regret_most_value = (double)NAN};
        for (long n = 0; n < futures; n++) {
            double one_value = value[k * futures + n];
            good += satisfied ? satisfied[k * futures + n] : isfinite(one_value);
            if (isfinite(one_value)) {
                kept[r->planned++] = one_value;
                double regret_value = fabs(one_value - best_of(value, options, futures, n, lower));
                r->regret_most_value = fmax(r->regret_most_value, regret_value);
            }
        }
        r->satisfied_ratio = (double)good / (double)futures;
        TRY(statistics_of(kept, r->planned, arena, &of_all));
        r->mean_value = of_all.mean_value;
        r->least_value = of_all.least_value;
        r->most_value = of_all.most_value;
        r->p10_value = of_all.p10_value;
        r->p90_value = of_all.p90_value;
        r->worst_value = lower ? r->most_value : r->least_value;
        r->hurwicz_value = 0.5 * (r->least_value + r->most_value);
        long tail = (long)ceil(tail_frac * (double)r->planned);
        qsort(kept, (size_t)r->planned, sizeof *kept, rising);
        r->tail_mean_value =
            r->planned > 0 ? mean_of(lower ? kept + r->planned - tail : kept, tail) : (double)NAN;
    }
    return STATUS_OK;
}
