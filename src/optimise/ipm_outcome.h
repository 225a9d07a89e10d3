/* From the inner point back to the programme's own columns, rows and units. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_OUTCOME_H
#define OPTIMISE_IPM_OUTCOME_H

#include "optimise/ipm_step.h"

/* x, y, objective and bound of a point; the arrays come from the arena. */
enum status ipm_write_outcome(struct ipm_state *state, struct arena *arena,
                              struct outcome *outcome) MUST_CHECK;

#endif
