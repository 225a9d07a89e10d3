/* A point that is moved column by column, with the value of each row at hand. Inside clean*.c
   only. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_CLEAN_POINT_H
#define OPTIMISE_CLEAN_POINT_H

#include "optimise/programme_part.h"

/* Where blocks are elsewhere (optimise/share.h), every holder moves the shared columns and the border's rows alike, and
   knows the rows of its own blocks; flat has no entries in sum rows that are elsewhere. */
struct clean_point {
    const struct programme *programme;
    const struct programme_flat *flat;
    struct programme_shared shared; /* design and period columns */
    int window;           /* so many designs are looked at before the first of them moves */
    double *asks;         /* by design of the window: how far it is to go up; then down */
    double *followed;     /* where another holder has put the periods of a block */
    const double *before; /* x as it came */
    double *x;
    long double *activity; /* A x, by row */
    double *scale;         /* by row: largest term of its family at before */
    bool *touched;         /* rows that a move changed */
    bool *roomy;           /* inequalities with a design or period column between its bounds */
};

/* Sets a column and carries its rows along. */
void clean_move(struct clean_point *point, long column, double x);
/* A block's period columns go to where its holder has moved them. */
enum status clean_follow(struct clean_point *point, int block) MUST_CHECK;
/* How far a value is outside the sides of a row: below (negative), above (positive) or zero. */
double clean_miss(const struct programme_flat *flat, long row, long double value);

/* The largest term of the row's family, or the side it misses. */
double clean_row_scale(const struct clean_point *point, long row, double miss);

/* Closes the touched rows of all steps again, and makes room where a design or period column limits
   them. Counts the steps that it changed. */
enum status clean_close(struct clean_point *point, struct arena *scratch,
                        long *ret_count) MUST_CHECK;

#endif
