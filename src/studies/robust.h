/* Options under many futures of which nobody knows how likely they are. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_ROBUST_H
#define STUDIES_ROBUST_H

#include "base/arena.h"

/* Of one option. A future without a plan (NaN) counts as missed; what the figures below say is of the others. */
struct robust {
    long planned; /* futures with a plan */
    double mean_value, least_value, most_value, p10_value, p90_value;
    double worst_value;       /* minimax: the most where less is better, else the least */
    double regret_most_value; /* against the best option of each future */
    double tail_mean_value;   /* CVaR: the mean of the worst tenth of the futures, at least one */
    double hurwicz_value;     /* half way between its worst and its best */
    double satisfied_ratio;   /* the share of all futures in which every limit is kept */
};
/* value[option][future]; satisfied[option][future] may be NULL: then the futures with a plan count. */
enum status robust_of(const double *value, const bool *satisfied, int options, long futures,
                      bool lower, struct arena *arena, struct robust *ret_by_option) MUST_CHECK;

#endif
