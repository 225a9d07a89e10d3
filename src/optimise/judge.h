/* The judge's own walk over the structure of a programme: no flat matrix, no code shared with a
   solver. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_JUDGE_H
#define OPTIMISE_JUDGE_H

#include "optimise/programme.h"
#include "optimise/share.h"

/* A compensated sum (Neumaier) and the largest of its terms. */
struct tally {
    long double total, carry;
    double largest;
};
void tally_add(struct tally *tally, long double term);
long double tally_value(const struct tally *tally);

struct judge {
    const struct programme *programme;
    double tolerance;
    double unit; /* added to the largest term of a row or column to make its scale: 1, or 0 for a
                    ray */
    const double *x; /* NULL: zero everywhere */
    double *y;       /* a copy: prices of absent sides become zero; NULL: zero everywhere */
    struct tally *rows, *columns; /* A x + f, and A'y */
    long double *fixed;           /* f: what fixed begin levels fill of a row */
    struct judge_so_far {         /* what goes on from block to block */
        struct tally objective, bound;
        bool bound_open;              /* the bound is -infinity */
        double primal, dual;          /* the worst residuals so far */
        long worst_row, worst_column; /* place of the larger of the two; -1: none */
        double steepest;              /* most negative cost along a primal ray, and its column */
        long steepest_column;
    } so_far;
};

/* Fills rows, columns and fixed, which are zero before. Where blocks are elsewhere (optimise/share.h), all that
   belongs to the border or to the blocks here. */
enum status judge_products(struct judge *judge) MUST_CHECK;

/* Calls column for each column and row for each row, in global order; column may be NULL. */
struct verdict {
    void (*column)(struct judge *judge, long column, double cost, double lower, double upper);
    void (*row)(struct judge *judge, long row, double lower, double upper);
};
enum status judge_each(struct judge *judge, const struct verdict *verdict) MUST_CHECK;

#endif
