/* A programme in the making: columns and rows in units of their own, and the point that keeps them.
   All numbers of the calls are in true units. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_OPTIMISE_SHAPES_DRAFT_H
#define TESTS_OPTIMISE_SHAPES_DRAFT_H

#include "base/random.h"
#include "shapes.h"

enum { DRAFT_BUSES = 4, DRAFT_PIECES = 400 };

/* A column with its place; unit: true value per written value. */
struct draft_column {
    enum programme_where where; /* IN_STEP, IN_END (a state), IN_DESIGN, IN_PERIOD */
    int block, index, count;
    double unit;
    double *point; /* true values, count of them */
};

struct draft_row {
    int index;
    double unit; /* written row = unit * true row */
    bool always; /* its entries stand in empty hours too */
};

struct draft {
    struct arena *arena;
    struct random random;
    struct programme_builder *builder;
    bool bad_units;
    bool careful_units; /* none in which what is missing becomes smaller than a tolerance */
    struct draft_column pieces[DRAFT_PIECES];
    int pieces_count;
    /* of the block in work */
    int block, steps, segments, segment_steps;
    int *follows;
    bool *empty;      /* hours in which nothing exists; never the last of a segment */
    int months, year; /* maps */
    int periods;      /* of months */
    int *month;
    struct draft_row bus[DRAFT_BUSES];
    double *bus_side[DRAFT_BUSES], *net[DRAFT_BUSES]; /* net: what the point brings, true */
    int buses;
};

int draft_below(struct draft *draft, int count);               /* 0 .. count - 1 */
bool draft_chance(struct draft *draft, int in);                /* one in `in` */
double draft_between(struct draft *draft, double a, double b); /* uniform */
double draft_row_unit(struct draft *draft);
double *draft_series(struct draft *draft, double value); /* one number per step */

/* Bounds and costs are true numbers, one per step; a NULL lower means 0, a NULL upper infinity. The
   point is kept, not copied. */
struct draft_column draft_flow(struct draft *draft, const char *name, const double *cost,
                               const double *lower, const double *upper, double *point);
struct draft_column draft_level(struct draft *draft, const char *name, double cost,
                                const double *upper, double *point, double start);
struct draft_column draft_design(struct draft *draft, const char *name, double cost, double lower,
                                 double upper, double point);
struct draft_column draft_period(struct draft *draft, const char *name, double cost, double upper,
                                 double *point);

/* Sides by step, or the same for all when a pointer is NULL: then -infinity and +infinity. */
struct draft_row draft_add_row(struct draft *draft, const char *name, const double *lower,
                               const double *upper);
/* value * series at each step where the hour is not empty; series NULL means 1. where is the
   column's own but for IN_BEGIN of a level. */
void draft_put(struct draft *draft, struct draft_row row, struct draft_column column,
               enum programme_where where, double value, const double *series);
/* The same on a bus, and on its net. */
void draft_bring(struct draft *draft, int bus, struct draft_column column, double value,
                 const double *series);
/* first + second (unless NULL) <= share * series * design; share * series as above */
void draft_limit(struct draft *draft, const char *name, struct draft_column first,
                 const struct draft_column *second, struct draft_column design, double share,
                 const double *series);

#endif
