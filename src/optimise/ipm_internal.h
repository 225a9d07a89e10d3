/* What the files of the interior point share.

   A block's T steps are cut into lanes of `stages` consecutive steps: step t stands in lane
   t / stages at stage t % stages; a few lanes (LANES) side by side are a group. Within a lane, steps form
   pieces: a level is carried from stage to stage inside a piece only. The levels at the ends of
   pieces, design and period columns, sum and border rows are the nodes of the border, a small
   sparse system.

   What is done number by number runs over chunks: one per group, and at last one of a single stage
   for the border's own columns and rows. In a stage columns stand by slots; those that have an
   upper bound somewhere come first. Inside, x = shift + size_scale * scale * x', with a lower bound
   at zero. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_INTERNAL_H
#define OPTIMISE_IPM_INTERNAL_H

#include <math.h>
#include <string.h>

#include "optimise/ipm_lanes.h"
#include "optimise/ipm_sparse.h"
#include "optimise/outcome.h"
#include "optimise/share.h"

/* What closes a column (H = 1e100: it stays) or opens a row (its slack's H = 1e-100: it never
   binds); the least size of a pivot. */
#define IPM_CLOSED 1e100
#define IPM_OPEN 1e-100
#define IPM_LEAST_PIVOT 1e-30

/* A number by stage and lane. at >= 0: slot of the stage's record; < 0: constant -1 - at. */
struct ipm_term { /* column slot in a step row, or in a sum slot */
    int row, at;
};
struct ipm_begin { /* level at the begin of a step in a step row */
    int state, row, at;
};
struct ipm_wide { /* design or period column (a wide slot) in a step row */
    int row, wide, at;
};

/* What the chunks of a block share: where the numbers of a slot are. */
struct ipm_pattern {
    int columns, uppers, rows;                                      /* slots per stage */
    int *cost, *upper, *has_lower, *has_upper, *live, *extra, *rhs; /* has..., live: 1 or 0 */
    bool *is_extra; /* by slot: some step is closed or open: extra > 0 takes the place of H */
    bool *usual;    /* by slot: bounded below and not above in every step, none closed or open */
    bool *implicit; /* by slot: h is kept as 1 / H */
    lanes *constant;
};

struct ipm_chunk {
    const struct ipm_pattern *pattern;
    int stages, block, group; /* block -1: the border */
    int whole;                /* so many first stages have a step in every lane */
    long column, upper, row;  /* its first stage in arrays of lanes */
    const lanes *record;      /* its first stage's numbers */
    int record_size;
};

/* Consecutive steps of one lane, from one level to the next. */
struct ipm_piece {
    int group, lane, stage, stages;
    int begin;             /* first step */
    int before;            /* step whose end level it begins with, or PROGRAMME_FIXED */
    int node, before_node; /* border node of the first state at its end, at its begin (-1: fixed) */
    int *wide, *sum;       /* border node by wide slot and by sum slot; -1: none */
};

struct ipm_event {          /* a piece begins; the one before it in the lane, if any, has ended */
    int lane, piece, ended; /* -1: none */
};

/* Everything a stage computes is a sum of products, to = from - a b - a b ..., whose places stand in
   lists: offsets in doubles, into a group's workspace where nothing else is said. */
struct ipm_factors {
    int a, b;
};
struct ipm_sum {
    int to, from, count; /* so many factors */
};
struct ipm_list { /* sum i: factors [first[i], first[i + 1]) */
    int *first;
    struct ipm_factors *factors;
};

/* A group's workspace, in lanes: first what all passes use, then the tape's own (struct ipm_tape).
   Constants are written once; coefficients are copied from the record of each stage. */
struct ipm_places {
    int coefficient;  /* constants stand before them, from 0 */
    int column, row;  /* numbers of one stage by column slot and by row */
    int node;         /* rows, levels at the begin, explicit columns, levels at the end */
    int border;       /* of the lanes' pieces: levels at the begin, wide slots, sum slots */
    int sum;          /* what a piece gathers, by part node */
    int price, level; /* by state: what the next stage charges for the level at the end; scratch */
    int dx;           /* by column slot: the step of this stage */
    int size;
};

/* One multiplier of a pivot: to = from * (1 / pivot); of a pair: of its row from both. */
struct ipm_multiple {
    int to, from;               /* single pivots; of a pair: of the row */
    int to_column, from_column; /* of a pair: of the column */
};

/* The elimination of one stage, made once per block (ipm_order.c, ipm_tape.c). Nodes: rows, levels at
   the begin, explicit columns: the pivots; then levels at the end, and the border's: levels at the
   begin of the piece, wide slots, sum slots.

   Pivot p is played as: its sums and strips (the entries left of its row), the inverse, its
   multipliers; after the last pivot come the sums and tiles of what the stage leaves. */
struct ipm_pivot {
    int sums, strips;       /* counts */
    int multiples, kept;    /* the first `kept` multiples are stored for the solves */
    bool up;                /* its sign in theory */
    struct ipm_sum own;     /* the pivot; its terms stand behind those of its sums */
    int row, column, cross; /* of a pair: where its entries stand */
};
/* Sums at once, whose products share factors: to[i] = from[i] - ..., `count` terms. A strip is four neighbours in one
   row, a b[i]; a tile is four rows by two, a[i / 2] b[i % 2]. */
enum { STRIP = 4, TILE_ROWS = 4, TILE_COLUMNS = 2, TILE = TILE_ROWS * TILE_COLUMNS };
struct ipm_strip {
    int to[STRIP], from[STRIP], count;
};
struct ipm_strip_term {
    int a, b[STRIP];
};
struct ipm_tile {
    int to[TILE], from[TILE], count;
};
struct ipm_tile_term {
    int a[TILE_ROWS], b[TILE_COLUMNS];
};
/* The later pivots eight at a time, in a matrix per lane (ipm_panel.c). Places: pivots from `first` on,
   filled up to `stays`; then what stays, the last node first; filled up to whole blocks. */
enum { PANEL = 8 };
struct ipm_eight { /* eight neighbours in a row of the matrix, and their workspace slots */
    int at, slot[PANEL];
};
struct ipm_panel {
    int first, pivots, stays, places; /* pivots 0: the tape does it all */
    int *node, *place;                /* by place; by node (-1: none) */
    bool *up;                         /* by place: the pivot's sign in theory */
    int *block_first, *block;         /* by panel: blocks of columns behind it that fill in */
    int fills_count, clears_count, returns_count;
    struct ipm_eight *fills, *returns; /* from the workspace before, to it afterwards */
    int *clears;                       /* blocks of eight numbers that nothing fills */
    int *kept;                /* places of the multipliers that are stored, in order of later */
    struct ipm_sum *diagonal; /* of the pivots; their terms are the last ones */
    int most;                 /* workspace slots by pivot: what a diagonal was made from */
};
struct ipm_tape {
    int nodes, pivots, pairs; /* the first 2 * pairs pivots: a row and its column, together */
    int first_begin, first_end, first_border, first_wide, first_sum; /* nodes */
    int *node_of_slot; /* explicit columns and states (at the end); -1: eliminated implicitly */
    int *order;        /* by pivot: node */
    int *entry;        /* nodes * nodes: workspace slot or -1 */
    /* solving; by pivot */
    int stored; /* lanes kept per stage: 1 / pivot, the pairs' inverse between row and column, then
                   multipliers of single pivots in the order of `later` */
    struct ipm_list later; /* a: in the stage's factor (pairs: coefficients); b: nodes behind */
    /* workspace slots, in lanes */
    int begin_kept, begin_first, h, minus_delta, zero, dummy, carried, border_end;
    int dense; /* behind all: what the plain kernels take for their matrix */
    int products_count, steps_count, last_sums;
    int sums_count, terms_count, multiples_count;
    int strips_count, strip_terms_count, tiles_count, tile_terms_count;
    struct ipm_sum *sums;      /* in playing order; the last ones: levels at the end, border */
    struct ipm_factors *terms; /* of the sums */
    struct ipm_strip *strips;
    struct ipm_strip_term *strip_terms;
    struct ipm_tile *tiles;
    struct ipm_tile_term *tile_terms;
    struct ipm_multiple *multiples; /* of the pivots */
    struct ipm_product *products;   /* to = a b: h times an entry of an implicit column */
    struct ipm_pivot *pivot;        /* steps_count: pairs count once */
    struct ipm_panel panel;
};
struct ipm_product {
    int to, a, b;
};

enum ipm_origin { ORIGIN_COLUMN, ORIGIN_STATE, ORIGIN_SLACK };

struct ipm_entries { /* each place once */
    int count;
    struct programme_entry *entry;
    double *largest;
};

enum ipm_forced_side { IPM_FORCED_LEAST = 1, IPM_FORCED_MOST = 2 };
struct ipm_forced { /* in the order in which presolve did it */
    int block, row, step;
};

/* What everyone knows of a block, whoever holds it. */
struct ipm_extent {
    int columns, states, rows, entries, sum_entries; /* families of its programme; places */
    int groups, pieces, wides, sums;                 /* wide slots, sum slots */
};

/* A block that is elsewhere has its extent, border and tables of pieces, and no steps. */
struct ipm_block {
    const struct programme_block *source;
    bool is_here;
    struct ipm_extent extent;
    int index, steps, groups, stages, states;
    struct ipm_entries entries, sum_entries;
    struct numbers *lower, *upper; /* by column, states behind: by step, after presolve */
    unsigned char *dropped; /* [row][t]: enum ipm_forced_side, where presolve has used the row up */
    double *sides;          /* [row][t]: what the row's side leaves for x' */
    /* scales: powers of two */
    double *column_scale, *state_scale, *row_scale, *family_scale, *sum_scale;
    /* slots and terms */
    struct ipm_pattern pattern;
    enum ipm_origin *origin;                                            /* by column slot */
    int *origin_index, *slot_of_column, *slot_of_state, *slot_of_slack; /* slack by row, or -1 */
    double *slack_sign;          /* by row: A x + sign * slack = side; 0: an equality */
    int *term_first, *sum_first; /* by column slot, columns + 1 */
    struct ipm_term *terms, *sum_terms;
    int begins_count, wides_count, wide_terms_count, sums_count;
    struct ipm_begin *begins;
    struct ipm_wide *wide_terms;
    int *map_slots, **slot_of_step; /* by map: slots of a piece; by map and step, -1: none */
    int *wide_of_design, *wide_of_family, *sum_of_family; /* first slot, or -1 */
    /* numbers: series by step in the order of the record, coefficients first */
    int constants_count, series_count, coefficients_count;
    double *constants, **series, *pads; /* pad: what stands behind the last step */
    lanes *records;                     /* [group][stage][series] */
    /* pieces */
    int pieces_count, *event_first; /* [group][stages + 2] into events */
    struct ipm_piece *pieces;
    struct ipm_event *events;
    int first_chunk, first_period, first_sum, first_node; /* chunk; border column, row, node */
    /* sums of products of one stage, by ipm_lists.c: a is a coefficient in the workspace. By row, b counted
       from the first of all columns: */
    struct ipm_places places;
    struct ipm_list row_terms, row_implicit,
        row_summed;              /* all, implicit ones, of these the summed */
    struct ipm_list sum_columns; /* by sum slot */
    /* b in the workspace: wide slots by row; nodes (rows) and sum slots by column, and both; rows by wide slot */
    struct ipm_list row_wides, column_rows, column_sums, column_all, wide_rows;
    /* Column slots: implicit ones, nodes, those in sums; rows. Those with as many terms stand side by side, so
       that the machine guesses right how long the next sum is. */
    int *implicit, *explicit_slot, *summed, *rows_in_turn, *columns_in_turn;
    int implicit_count, explicit_count, summed_count;
    /* factorisation */
    struct ipm_tape tape;
    int part_nodes, part_size; /* ends, begins, wides, sums; packed lower triangle of them */
    int *part_node;            /* by piece and part node: border node, -1: none */
    double *parts, **part_at;  /* by piece: what its sweep leaves, and where it goes */
    double *sums, *products;   /* by piece and part node: of a solution; of a product */
    /* by piece and state: the level at its begin; what the pieces that follow charge for that at its end; what a
       step leaves of its column */
    double *begin_level, *end_price, *end_missed;
    lanes **work;            /* by group: struct ipm_places, then the tape's own */
    lanes *factor, *between; /* [group][stage][stored], [pivots] */
};

/* The border's own columns (designs, periods; behind them slacks) and rows (border rows, sum
   members). */
struct ipm_border_term {
    int row, column;
    double value;
};
struct ipm_border {
    int columns, rows, levels, slacks; /* columns without slacks */
    double *cost, *lower, *upper, *shift, *column_scale;
    double *row_lower, *row_upper, *row_scale, *side, *slack_sign;
    int *slack_of_row; /* column, or -1 */
    int terms_count, terms_room;
    struct ipm_border_term *terms;
    struct ipm_pattern pattern;
    lanes *record;
    struct ipm_sparse sparse; /* nodes: levels, columns, rows */
    double **term_at, *solution;
};

/* Who eliminates a stage: the tape all of it, or panels the later pivots. */
enum ipm_way { IPM_WAY_BY_SIZE, IPM_WAY_TAPE, IPM_WAY_PANELS };

struct ipm_progress;
struct ipm_kernels;
struct ipm {
    const struct ipm_kernels *kernels;
    const struct programme *programme;
    struct arena *arena, *work; /* work: not needed any more once the point is found */
    enum ipm_way way;
    const struct share *share;       /* NULL: all blocks are here */
    long *shared_counts;             /* by block */
    double *parts, *sums, *products; /* of all blocks, see there */
    struct parallel_team *team;      /* NULL: one thread */
    int blocks_count, chunks_count;
    struct ipm_block *blocks;
    struct ipm_border border;
    struct ipm_chunk *chunks;
    struct ipm_tally *tallies; /* by chunk */
    struct ipm_rates *rates;
    long columns, uppers, rows; /* lanes of a whole array */
    double *design_scale, *border_scale;
    double cost_scale, size_scale; /* c' = cost * scale * cost_scale */
    double start_ratio;            /* how much larger than usual the first point is */
    double rho, delta, pivot_floor;
    bool is_far;    /* its arrays are larger than a cache */
    bool from_last; /* the next walk over the groups begins with the last one */
    long forced_count, forced_room;
    struct ipm_forced *forced;
    void (*trace)(void *data, const struct ipm_progress *now); /* may be NULL */
    void *trace_data;
};

/* ipm_share.c: of all blocks, from those who hold them */
enum status ipm_share_extents(struct ipm *ipm) MUST_CHECK;
enum status ipm_share_part_nodes(struct ipm *ipm, int *nodes) MUST_CHECK;
enum status ipm_share_sides(struct ipm *ipm) MUST_CHECK; /* of sum rows */
enum status ipm_share_parts(struct ipm *ipm) MUST_CHECK;
enum status ipm_share_sums(struct ipm *ipm) MUST_CHECK;
enum status ipm_share_products(struct ipm *ipm) MUST_CHECK;
enum status ipm_share_tallies(struct ipm *ipm) MUST_CHECK;
enum status ipm_share_rates(struct ipm *ipm) MUST_CHECK;
/* ipm_presolve.c */
int ipm_before(const struct programme_block *b, int step);
enum status ipm_presolve(struct ipm *ipm, struct ipm_block *block) MUST_CHECK;
/* ipm_scale.c */
double ipm_power_of_two(double value); /* the nearest */
enum status ipm_scale(struct ipm *ipm) MUST_CHECK;
/* ipm_pieces.c */
enum status ipm_pieces(struct arena *arena, struct ipm_block *block) MUST_CHECK;
/* ipm_numbers.c */
double ipm_shift(const struct ipm_block *block, int column, int t); /* states behind columns */
double ipm_side(double lower, double upper, double sign);
void ipm_slack_range(double lower, double upper, double sign, double *ret_low, double *ret_high);
enum status ipm_slots(struct ipm *ipm, struct ipm_block *block) MUST_CHECK;
enum status ipm_sides(struct ipm *ipm, struct ipm_block *block) MUST_CHECK;
enum status ipm_numbers(struct ipm *ipm, struct ipm_block *block) MUST_CHECK;
enum status ipm_pack(struct ipm *ipm, struct ipm_block *block) MUST_CHECK;
/* ipm_lists.c; after the nodes have been named */
enum status ipm_lists(struct arena *arena, struct ipm_block *block) MUST_CHECK;
/* ipm_order.c */
enum status ipm_order(struct ipm *ipm, struct ipm_block *block) MUST_CHECK;
/* ipm_border.c */
int ipm_period_column(const struct ipm *ipm, int block, int family, int period);
int ipm_sum_row(const struct ipm *ipm, int block, int family, int period);
int ipm_part_node(const struct ipm_block *block, const struct ipm_piece *piece, int place);
enum status ipm_border_begin(struct ipm *ipm) MUST_CHECK;
enum status ipm_border_finish(struct ipm *ipm) MUST_CHECK;
enum status ipm_border_factor(struct ipm *ipm, const lanes *h) MUST_CHECK;
enum status ipm_border_solve(struct ipm *ipm, const lanes *h, const lanes *rx,
                             const lanes *rp) MUST_CHECK;
void ipm_border_step(struct ipm *ipm, const lanes *h, const lanes *rx, lanes *dx, lanes *dy);

#endif
