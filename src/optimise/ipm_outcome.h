/* From the inner point back to the programme's own columns, rows and units. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_OUTCOME_H
#define OPTIMISE_IPM_OUTCOME_H

#include "optimise/ipm_step.h"

/* cost, lower and upper of every column, lower and upper of every row, in the global order. */
struct ipm_bounds {
    double *cost, *lower, *upper, *row_lower, *row_upper;
};
enum status ipm_list_bounds(const struct programme *programme, struct arena *arena,
                            struct ipm_bounds *ret) MUST_CHECK;
/* How good a point is in the programme's own units. */
struct ipm_quality {
    double missed; /* the largest violation of a row, over one and its largest term */
    double wrong;  /* the largest reduced cost towards a bound that is not there, over its terms */
};
/* x, y, objective and bound of a point; the arrays come from the arena. */
enum status ipm_write_outcome(struct ipm_state *state, struct arena *arena, struct outcome *outcome,
                              struct ipm_quality *ret) MUST_CHECK;

#endif
