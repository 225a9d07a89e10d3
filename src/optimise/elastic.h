/* The nearest feasible point, and what it misses. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_ELASTIC_H
#define OPTIMISE_ELASTIC_H

#include "optimise/solver.h"

/* Keeps every row but the elastic ones, which may be missed; minimises the sum of misses, each over the scale of its
   row. One entry per elastic row family or border row that is missed. */
struct elastic_miss {
    const char *name;
    double amount_ratio; /* largest miss in the family, in the row's unit */
    double total_ratio;  /* sum over the family's rows */
    int rows_count;      /* rows of the family that miss */
    int first;           /* first step or period that misses; 0 for a border row */
};
struct elastic {
    bool
        solvable; /* false: even without the elastic rows nothing fits (or the solver stalled: see outcome) */
    int misses_count;
    struct elastic_miss *misses; /* largest scaled miss first */
    struct outcome outcome;      /* of the elastic programme; x and y in the original's order */
};
/* options->warm is not looked at: it is of another shape. */
enum status elastic_solve(const struct programme *programme, const struct solver *solver,
                          const struct solve_options *options, struct arena *arena,
                          struct elastic *ret) MUST_CHECK;

#endif
