/* What makes a programme infeasible or unbounded for certain: a few columns and rows of their own,
   contradictory by hours, by a year's sum, by a cycle of levels, by a peak or across the border. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_OPTIMISE_SHAPES_BROKEN_H
#define TESTS_OPTIMISE_SHAPES_BROKEN_H

#include "shapes_draft.h"

/* Each returns what it did. */
const char *shapes_break_rows(struct draft *draft);
const char *shapes_break_costs(struct draft *draft);

#endif
