/* What many plans say: statistics of a sample, first and total order indices, elementary effects. A plan that failed is
   NaN and left out, with all that hangs on it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_SENSITIVITY_H
#define STUDIES_SENSITIVITY_H

#include <stdint.h>

#include "base/arena.h"

struct statistics {
    long count;
    double mean_value, deviation_value, mean_error_value, p10_value, p50_value, p90_value,
        least_value, most_value;
};
enum status statistics_of(const double *value, long count, struct arena *arena,
                          struct statistics *ret) MUST_CHECK;

/* Saltelli's design: for each n, the plans A_n, B_n, AB_n^1 .. AB_n^k (A with column i of B): count * (axes + 2).
   First order after Saltelli et al. 2010, total order after Jansen 1999; 95 % intervals by bootstrap over n. */
struct order_index {
    double first_ratio, first_low_ratio, first_high_ratio;
    double total_ratio, total_low_ratio, total_high_ratio;
};
enum status order_indices(const double *value, long count, int axes, uint64_t seed,
                          struct arena *arena, struct order_index *ret) MUST_CHECK;

/* Morris' trajectories: axes + 1 plans each; from one to the next, moved[] says which axis moved and by how much of its
   range. mean_of_size is what screening ranks by; a deviation as large as it means curvature or interaction. */
struct elementary {
    double mean_value, mean_of_size_value, deviation_value;
    long count;
};
struct move {
    int axis;
    double by_frac;
};
void elementary_effects(const double *value, long trajectories, int axes, const struct move *moves,
                        struct elementary *ret);

#endif
