/* Minimum loads: a step column rests at 0 or runs between its least rate and its limit. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_COMMIT_H
#define OPTIMISE_COMMIT_H

#include "optimise/solver.h"

/* A step column that rests or runs. While it runs the lower side of a step row, or of the column
   itself, holds it up; that side is open (or 0 for the column) in the programme as given, which is
   the relaxed one. With a capacity to choose the row is rate - share * capacity >= 0. */
struct commit_unit {
    int block, column;
    int row;              /* step row whose lower side holds it up; -1: the column's own */
    struct numbers least; /* that side while it runs, by step */
};

struct commit_options {
    const struct solver *solver;
    struct solve_options solve; /* of every solve; warm warms the relaxed one */
    double tolerance_ratio;     /* of every certificate */
    int repairs_limit;          /* re-solves of each threshold while it has no plan; 0: 8 */
};

struct commit {
    /* optimal     x of the committed plan, y with what rests and runs held; bound_ratio is the
                   relaxed optimum's, so that [bound_ratio, objective_ratio] holds the true optimum.
       infeasible  the relaxed programme has no plan: its ray. unbounded, limit: the relaxed one's.
       stalled     the relaxed programme has a plan, but no commitment that was tried has one, or a
                   solve failed: bound_ratio is proven, x is NULL, the objective infinite. */
    struct outcome outcome;
    double gap_ratio;       /* (objective - bound) / (1 + |objective|); infinite without a plan */
    unsigned char *running; /* of the plan: [unit][step of its block]; NULL without one */
    long solves_count;
};

/* Solves relaxed, lets run what runs at a share of its least rate or more, rests the others, and
   solves again with these masks on the same pattern; of the thresholds (a trace, a half, all) the
   cheapest plan is kept. Where the masks leave no plan, those that the Farkas ray leans on most change
   over, one, then two, four, ... of them. The programme is not changed. */
enum status commit_solve(const struct programme *programme, int units_count,
                         const struct commit_unit *units, const struct commit_options *options,
                         struct arena *arena, struct commit *ret) MUST_CHECK;

#endif
