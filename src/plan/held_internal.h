/* What the files of the plan held share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_HELD_INTERNAL_H
#define PLAN_HELD_INTERNAL_H

#include "plan/held.h"
#include "plan/year_rows.h"

/* held_figures.c: the row of a figure. limit_value: it is at most that, and the row is *ret_row, of the peak a row by step, of
   others a sum. Of the investment, which is not limited, and where *ret_column is asked for, a column is made that is the
   figure (of the peak: not less), and the row stands in the border (the investment), by step or as a sum. *ret_moves: has it
   any column of the plan in it? */
struct held_row {
    int row, column; /* column -1: a limit */
    double fixed_value;
    bool moves;
};
enum status held_add_figure(struct year_rows *rows, enum held_figure figure, double limit_value,
                            struct held_row *ret) MUST_CHECK;

/* A price on a figure, but not the peak, as costs of what it adds up: no row more. */
enum status held_price_figure(const struct held *held, enum held_figure figure, double price_money,
                              struct arena *arena, struct programme *programme) MUST_CHECK;

/* Investment in one unit of a capacity; 0 of what is none. */
double held_investment_money(const struct held *held, int measure);
/* Of each capacity, by measure, what alone would be such an investment. */
void held_cap_investment(const struct held *held, double most_value, double *cap_value);

/* held.c: a question as a programme, and the row that limits. */
struct held_asked {
    struct programme *programme;
    struct held_row limit;
};
enum status held_programme(const struct held *held, const struct held_question *question,
                           struct arena *arena, struct held_asked *ret) MUST_CHECK;

/* held_values.c, of the columns x of a programme that a question made of the plan's. */
double held_cost_money(const struct held *held, const struct programme *of, const double *x);
double held_figure_value(const struct held *held, enum held_figure figure,
                         const struct programme *of, const double *x);
/* No more, or no less, of a measure is there by the bounds of single columns; infinite: any amount. */
double held_natural_value(const struct held *held, int measure, bool most);
/* What they use of a capacity. */
enum status held_use_of(const struct held *held, int measure, const struct programme *of,
                        const double *x, struct arena *arena, struct held_use *ret) MUST_CHECK;
/* Capacities used in full, in a programme whose lists are the question's own. */
enum status held_use_in_full(const struct held *held, const struct held_use *use,
                             struct arena *arena, struct programme *programme) MUST_CHECK;

#endif
