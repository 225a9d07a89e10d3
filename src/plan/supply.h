/* The temperature of the coolant as a decision: one plan for each that is to be tried. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_SUPPLY_H
#define PLAN_SUPPLY_H

#include "plan/plan.h"

struct supply_row {
    const double *supply_c;              /* by hall of the choice */
    const char *reason;                  /* why there is no plan, or NULL */
#define SUPPLY(key, meaning) double key; /* NaN without a plan */
#include "plan/supply.def"
#undef SUPPLY
};
int supply_figures_count(void);
const char *supply_figure_key(int index);
const char *supply_figure_meaning(int index);
double *supply_value(struct supply_row *row, int index);

struct supply_choice {
    int halls_count, rows_count, best; /* best: the row that is the plan */
    const int *hall;
    struct supply_row *row;
};

/* The figures of a plan at its own temperatures. */
void supply_figures(const struct plan *plan, struct supply_row *ret);
/* What a record says was tried, held against the plan restored: the same halls and values, the best row's figures those
   of the plan, none cheaper. CHECK_FAILED says what differs. */
enum status supply_restore(struct plan *plan, struct supply_choice *recorded,
                           struct diag *diag) MUST_CHECK;

#endif
