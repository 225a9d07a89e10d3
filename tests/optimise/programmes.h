/* Programmes for the tests: made by hand, and made at random with a known optimum. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_OPTIMISE_PROGRAMMES_H
#define TESTS_OPTIMISE_PROGRAMMES_H

#include <stdint.h>

#include "optimise/outcome.h"

/* A plain programme of one block with one step per column and row: minimise cost x, lower <= x <=
   upper, row_lower <= A x <= row_upper, A dense by rows. Returned in the arena. */
struct plain {
    int columns, rows;
    const double *cost, *lower, *upper, *matrix, *row_lower, *row_upper;
};
struct programme *programmes_plain(struct arena *arena, const struct plain *plain);

/* Two blocks, two maps, cyclic and fixed states, sum and border rows; every number is written out
   by the test. */
struct programme *programmes_two_blocks(struct arena *arena);

/* A store, a boiler of a size to choose, monthly peaks and a yearly limit over segments * steps
   hours: a year of a small plant, in the shape plan/ writes. */
struct programme *programmes_plant(struct arena *arena, int segments, int segment_steps,
                                   uint64_t seed);

/* So many of them, a seed each, of equal weight, that share the sizes: a plan for several years of weather. */
struct programme *programmes_scenarios(struct arena *arena, int blocks, int segments,
                                       int segment_steps, const uint64_t *seeds);

enum programmes_kind { RANDOM_SOLVABLE, RANDOM_INFEASIBLE };
struct random_programme {
    struct programme *programme;
    double objective; /* the optimum, known from the way it was made; solvable ones only */
};
/* size 1: small enough for the dense oracle; larger sizes have more of everything. */
struct random_programme programmes_random(struct arena *arena, uint64_t seed, int size,
                                          enum programmes_kind kind);

#endif
