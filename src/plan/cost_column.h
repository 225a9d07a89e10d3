/* A column that is all that a block and some design columns cost: then cost can be limited, or be part of an objective
   (robust_programme.c, held.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_COST_COLUMN_H
#define PLAN_COST_COLUMN_H

#include "plan/internal.h"

struct cost_column {
    const struct programme *programme; /* all of which stands; the builder goes on */
    int block, design_from, design_until;
    double weight_ratio;   /* of these costs in the programme: the column is without it */
    double constant_money; /* what no column carries */
    const char *operation_name, *cost_name;
};
/* *ret: a free design column that costs nothing. */
enum status cost_column_add(const struct cost_column *of, struct programme_builder *builder,
                            struct arena *arena, int *ret) MUST_CHECK;

/* value * design column in a row of the border; a free design column. */
void cost_column_on_border(struct programme_builder *builder, int row, int design, double value);
int cost_column_free(struct programme_builder *builder, const char *name, double cost_money);

#endif
