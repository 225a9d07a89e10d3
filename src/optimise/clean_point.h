/* A point that is moved column by column, with the value of each row at hand. Inside clean*.c
   only. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_CLEAN_POINT_H
#define OPTIMISE_CLEAN_POINT_H

#include "optimise/programme.h"

struct clean_point {
    const struct programme *programme;
    const struct programme_flat *flat;
    const double *before; /* x as it came */
    double *x;
    long double *activity; /* A x, by row */
    double *scale;         /* by row: largest term of its family at before */
    bool *touched;         /* rows that a move changed */
    bool *roomy;           /* inequalities with a design or period column between its bounds */
};

/* Sets a column and carries its rows along. */
void clean_move(struct clean_point *point, long column, double x);
/* How far a value is outside the sides of a row: below (negative), above (positive) or zero. */
double clean_miss(const struct programme_flat *flat, long row, long double value);

/* The largest term of the row's family, or the side it misses. */
double clean_row_scale(const struct clean_point *point, long row, double miss);

/* Closes the touched rows of all steps again, and makes room where a design or period column limits
   them. Counts the steps that it changed; false in *ret_closes, and no more done, when a step misses
   more than may stay. */
enum status clean_close(struct clean_point *point, struct arena *scratch, long *ret_count,
                        bool *ret_closes) MUST_CHECK;

#endif
