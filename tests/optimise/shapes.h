/* Random programmes in the shapes that plan/ writes: sources, loads, converters with modes, stores,
   lines and shiftable loads on a few buses, with capacities to choose, peaks, yearly limits and
   border rows. Seeded, and never by chance infeasible or unbounded: a point that keeps every row is
   made together with the programme, and whatever earns money is limited.

   What may occur: one or two blocks; one cyclic segment, several that follow each other, design days,
   fixed begin levels; prices that are equal, two-levelled, negative or zero; capacities of zero;
   fixed and free columns; ranges; hours in which nothing exists; rows and columns in units from
   1e-3 to 1e6. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_OPTIMISE_SHAPES_H
#define TESTS_OPTIMISE_SHAPES_H

#include <stdint.h>

#include "optimise/programme.h"

enum shapes_kind { SHAPES_SOLVABLE, SHAPES_INFEASIBLE, SHAPES_UNBOUNDED };

struct shaped {
    struct programme *programme; /* NULL when memory is out */
    double *point;               /* keeps all rows and bounds but those that make it infeasible */
    double point_objective;
    const char *what; /* what makes it infeasible or unbounded, else "" */
};

/* hours of the longest block: 24 or more, a multiple of 24. */
struct shaped shapes_make(struct arena *arena, uint64_t seed, int hours, enum shapes_kind kind);

#endif
