/* The hour-structured linear programme. Knows rows and columns, nothing of energy.

   minimise  sum over blocks, design columns and period columns of cost * x
   subject to, for every block:
     step rows    at each step t:  lower <= sum of entries on step columns x(t), states (level at
   the begin or at the end of t), design columns and period columns (of t's period) <= upper sum
   rows     one row per period of a step->period map: entries on step columns (summed over the
   period's steps), design columns and period columns of the same map and for the border: border
   rows  entries on design columns and on single period columns of any block and lower <= x <= upper
   for every column.

   A block is `segments` segments of `segment_steps` equal steps with one sparsity pattern; T =
   segments * segment_steps. Only numbers differ from step to step. A state's column (state, t) is
   its level at the END of step t. The level at the begin of a segment's first step is the end level
   of segment follows[s] (itself: the segment is cyclic; the year is follows = {S-1, 0, 1, ...}), or
   start_level where follows[s] is PROGRAMME_FIXED. Design days are segments of weight 0 that follow
   themselves. Levels along a visit sequence of typical segments need no member of their own: period
   columns of the map step -> segment and border rows hold them (decision record 0003,
   tests/optimise/test_structure.c).

   A block that another process holds (optimise/share.h) stands here by its border alone: segments 0; no columns, states,
   rows and entries; the period counts of its maps; its period columns, and its sum rows with their entries on designs
   and periods. The border is complete.

   Costs and entries are complete numbers: the caller has multiplied step_h and weights. Infinity is
   a bound; NaN never occurs. Arrays are read through (pointer, stride): stride 0 is one number for
   all steps, stride 1 one per step. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_PROGRAMME_H
#define OPTIMISE_PROGRAMME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { PROGRAMME_FIXED = -1, PROGRAMME_NO_PERIOD = -1 };

/* One number per step (stride 1) or one for all (stride 0). */
struct numbers {
    const double *value;
    int stride;
};
static inline double numbers_at(struct numbers numbers, int index) {
    return numbers.value[index * numbers.stride];
}

enum programme_where {
    IN_STEP,   /* step column `index` at t */
    IN_BEGIN,  /* state `index`, level at the begin of t */
    IN_END,    /* state `index`, level at the end of t */
    IN_DESIGN, /* design column `index` */
    IN_PERIOD  /* period family `index`, the column of t's period (no entry where the map says
                  NO_PERIOD) */
};

struct programme_entry {
    int row; /* of the family list it stands in */
    enum programme_where where;
    int index;
    struct numbers
        value; /* by step; in a sum row: IN_STEP by step, IN_DESIGN and IN_PERIOD by period */
};

struct programme_column { /* a step column, a state or a period family */
    const char *name;
    struct numbers cost, lower, upper; /* by step; for a period family by period */
    int map;                           /* period family only: its step->period map */
    double start_level_ratio; /* state only: level at the begin of segments with follows FIXED */
};

struct programme_row { /* a step row or a sum-row family */
    const char *name;
    struct numbers lower, upper; /* by step; for a sum-row family by period */
    int map;                     /* sum row only */
    bool elastic; /* a requirement: the elastic re-solve may miss it, and says by how much */
};

struct programme_map { /* step -> period, or NO_PERIOD */
    int periods;
    const int *period_of_step; /* T entries */
};

struct programme_block {
    int segments, segment_steps; /* T = segments * segment_steps */
    double step_h;
    const double *segment_weight; /* informative: costs are already multiplied */
    const int *follows;

    int columns_count, states_count, rows_count, entries_count;
    struct programme_column *columns, *states;
    struct programme_row *rows;
    struct programme_entry *entries;

    int maps_count, periods_count, sums_count, sum_entries_count;
    struct programme_map *maps;
    struct programme_column *periods; /* families of period columns */
    struct programme_row *sums;       /* families of sum rows */
    struct programme_entry *sum_entries;
};

struct programme_design {
    const char *name;
    double cost, lower, upper;
};

struct programme_border_row {
    const char *name;
    double lower, upper;
    bool elastic;
};

struct programme_border_entry {
    int row;
    enum programme_where where; /* IN_DESIGN or IN_PERIOD */
    int index;                  /* design column, or period family */
    int block, period;          /* IN_PERIOD only */
    double value;
};

struct share;
struct programme {
    const char *name;
    const struct share *share; /* how to reach blocks that are elsewhere; NULL: all are here */
    double objective_constant; /* added to the objective */
    int blocks_count;
    struct programme_block *blocks;
    int designs_count, border_rows_count, border_entries_count;
    struct programme_design *designs;
    struct programme_border_row *border_rows;
    struct programme_border_entry *border_entries;
};

/* Growing a programme: every call appends and returns the index, or -1 when memory is out (sticky:
   programme_failed). Names and number arrays are not copied: they live as long as the programme's
   arena. */
struct programme_builder;
struct programme_builder *programme_builder_new(struct arena *arena, const char *name);
/* Goes on from a programme, which stays as it is; names and number arrays are shared. */
struct programme_builder *programme_builder_copy(struct arena *arena,
                                                 const struct programme *programme);
int programme_add_block(struct programme_builder *builder, int segments, int segment_steps,
                        double step_h, const double *segment_weight, const int *follows);
int programme_add_column(struct programme_builder *builder, int block,
                         struct programme_column column);
int programme_add_state(struct programme_builder *builder, int block,
                        struct programme_column state);
int programme_add_row(struct programme_builder *builder, int block, struct programme_row row);
int programme_add_map(struct programme_builder *builder, int block, struct programme_map map);
int programme_add_period(struct programme_builder *builder, int block,
                         struct programme_column family);
int programme_add_sum(struct programme_builder *builder, int block, struct programme_row family);
int programme_add_design(struct programme_builder *builder, struct programme_design design);
int programme_add_border_row(struct programme_builder *builder, struct programme_border_row row);
void programme_add_entry(struct programme_builder *builder, int block, int row,
                         enum programme_where where, int index, struct numbers value);
void programme_add_sum_entry(struct programme_builder *builder, int block, int row,
                             enum programme_where where, int index, struct numbers value);
void programme_add_border_entry(struct programme_builder *builder,
                                struct programme_border_entry entry);
/* How many design columns there are by now. */
int programme_designs_so_far(const struct programme_builder *builder);
const struct programme *programme_so_far(const struct programme_builder *builder);
/* Multiplies the costs of all columns of a block, and of the design columns from one on. */
void programme_weigh(struct programme_builder *builder, int block, int first_design,
                     double weight_ratio);
/* A constant for all steps, kept in the builder's arena. */
struct numbers programme_constant(struct programme_builder *builder, double value);
struct numbers numbers_by_step(const double *value); /* stride 1 */
/* Closes the programme; NULL when memory ran out on the way. */
struct programme *programme_finish(struct programme_builder *builder);

/* Checks shapes and numbers (indices in range, no NaN, lower <= upper, follows valid): NULL, or
   what is wrong. */
const char *programme_mistake(const struct programme *programme, struct arena *arena);

/* Global order of columns: design columns; then for each block its step columns [column][t], states
   [state][t], period families [family][period]. Of rows: border rows; then for each block step rows
   [row][t], sum families [family][period]. */
long programme_columns(const struct programme *programme);
long programme_rows(const struct programme *programme);
long programme_nonzeros(
    const struct programme *programme); /* entries that are not zero, duplicates counted singly */
long programme_at_design(const struct programme *programme, int design);
long programme_at_column(const struct programme *programme, int block, int column, int step);
long programme_at_state(const struct programme *programme, int block, int state, int step);
long programme_at_period(const struct programme *programme, int block, int family, int period);
long programme_at_border(const struct programme *programme, int row);
long programme_at_row(const struct programme *programme, int block, int row, int step);
long programme_at_sum(const struct programme *programme, int block, int family, int period);
int programme_steps(const struct programme_block *block);
/* The step whose end level is the begin level of step t, or PROGRAMME_FIXED. */
int programme_before(const struct programme_block *block, int step);

/* A block's own columns (steps, states, periods) and rows (steps, sums) in the global order. */
struct programme_span {
    long from, until;
};
struct programme_span programme_columns_of(const struct programme *programme, int block);
struct programme_span programme_periods_of(const struct programme *programme, int block);
struct programme_span programme_rows_of(const struct programme *programme, int block);

/* The programme written out as one sparse matrix by columns, for solvers and files without
   structure. */
struct programme_flat {
    long columns, rows, nonzeros;
    double *cost, *lower, *upper;  /* columns */
    double *row_lower, *row_upper; /* rows; the fixed begin levels are moved here */
    long *start;                   /* columns + 1 */
    int *row; /* nonzeros, ascending within a column, duplicates summed, zeros dropped */
    double *value;
    double objective_constant;
};
enum status programme_flatten(const struct programme *programme, struct arena *arena,
                              struct programme_flat *ret) MUST_CHECK;
/* "grid.import[t=17]" for messages and exports, in the arena. */
const char *programme_column_name(const struct programme *programme, struct arena *arena,
                                  long column);
const char *programme_row_name(const struct programme *programme, struct arena *arena, long row);

#endif
