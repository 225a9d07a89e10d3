/* Clean dispatch: tiny values of an optimum become exact bounds, and every row closes again. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_CLEAN_H
#define OPTIMISE_CLEAN_H

#include "optimise/outcome.h"

struct clean_report {
    double reach_ratio;           /* share of a column's scale below which values were snapped; 0:
                                  nothing was kept, x and the objective are as before, bit for bit */
    long snapped_count;           /* columns that now stand at a bound and did not before */
    long circulations_count;      /* pairs of columns that undid each other, brought to a bound */
    long closed_count;            /* steps whose rows were closed again */
    long trimmed_count;           /* capacities and peaks that came down to what is needed */
    double objective_moved_ratio; /* over 1 + |objective| */
    int undone_count;             /* wider reaches that were tried and undone */
};

/* Cleans x of an optimal outcome in place (others stay as they are). Where there is nothing to clean,
   and where all is undone, x and the objective stay as they are, bit for bit. Done:
     - what lies within 1e-6 of a column's scale of a finite bound is set to it (never -0.0). The
       scale is the largest value of the column's family (over its steps); where all of the family
       is as small against the rows it stands in, it is as large as these rows could make it;
     - two columns of one step that only undo each other (charge and discharge without loss, there
       and back) are lowered until one of them reaches its lower bound, where no row moves towards a
       side and the cost does not rise;
     - step by step, states carried on, the rows are closed again to 1e-11 of the largest term of
       their family by moving columns strictly between their bounds as little as possible. A step
       that does not close so takes its own values back first. Capacities and peaks between their
       bounds make room where a step asks for it;
     - capacities and peaks that may be smaller at no cost come down to the least their rows allow.
   Kept only if no row misses by more than 1e-9 of that term, or not more than before, the objective
   moved by at most 1e-8 and the certificate passes at the tolerance; else undone and tried with
   1e-7, 1e-8, 1e-9 and 1e-12. objective_ratio is computed again, and bound_ratio, y and the basis stay.
   Until: CANCELLED, with the outcome as it was, soon after is_stopped (or NULL) says so; of no shared programme. */
enum status clean_dispatch_until(const struct programme *programme, double tolerance_ratio,
                                 bool (*is_stopped)(void *data), void *data,
                                 struct outcome *outcome, struct clean_report *ret) MUST_CHECK;
enum status clean_dispatch(const struct programme *programme, double tolerance_ratio,
                           struct outcome *outcome, struct clean_report *ret) MUST_CHECK;

#endif
