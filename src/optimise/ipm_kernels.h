/* What is computed on one stage of a group: a table of functions for every machine, and one in plain C,
   number by number, against which the tests hold the others bit by bit. Groups of stages, pieces and
   threads are the business of ipm_sweep.c, ipm_product.c and ipm_step.c.

   A pattern too large for its tape brings its own factor, eliminate and substitute; all else stays. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_KERNELS_H
#define OPTIMISE_IPM_KERNELS_H

#include "optimise/ipm_internal.h"

enum { WEIGHTS = 8 };
extern const double ipm_weights[WEIGHTS];

/* One stage of the arrays: the point, h, the right side of the columns, the steps. */
struct ipm_view {
    const struct ipm_pattern *pattern;
    const lanes *record;
    lanes *x, *z, *w, *v, *y, *h, *rx;
    lanes *affine_x, *affine_y, *step_x, *step_y;
    long next_column, next_upper,
        next_row;  /* how far away those of the next stage of the walk are */
    bool is_whole; /* a step in every lane */
};

struct ipm_direction { /* steps of z, w and v follow from that of x */
    lanes *x, *y;
};
/* What takes the point to the next one: affine + weight * (step - affine), primal and dual so far. */
struct ipm_move {
    struct ipm_direction affine, step;
    double target, primal, dual, primal_weight, dual_weight;
};

/* Sums and largest numbers over stages, by lane. */
struct ipm_tally {
    lanes rows, bounds, columns; /* largest residuals */
    lanes products, primal, dual, pairs;
};
/* The largest -step / number, 1 over how far it may go, by weight (see struct ipm_ratios); the least of
   them over all weights; sums of products by lane. */
struct ipm_rates {
    double primal[WEIGHTS], dual[WEIGHTS], least_primal, least_dual;
    lanes products[4];
};

/* The least pivots of rows and columns, and their least share of the largest number they come from. */
struct ipm_floor {
    double row, column, ratio;
};

struct ipm_kernels {
    /* sweeps; w: the group's workspace, coefficients in place */
    void (*factor)(const struct ipm_block *block, const struct ipm_floor *floor, lanes *w,
                   lanes *ret_factor);
    void (*right_side)(const struct ipm_block *block, const lanes *h, const lanes *rx,
                       const lanes *rp, lanes *w);
    void (*border_side)(const struct ipm_block *block, const lanes *h, lanes *w);
    void (*eliminate)(const struct ipm_block *block, const lanes *factor, bool second, lanes *w,
                      lanes *ret);
    void (*substitute)(const struct ipm_block *block, const lanes *factor, const lanes *between,
                       lanes *w);
    void (*gather)(const struct ipm_block *block, const lanes *h, const lanes *rx, lanes *w);
    void (*write_step)(const struct ipm_block *block, const lanes *h, const lanes *rx, lanes *w);
    void (*keep)(const lanes *from, int count, bool far, lanes *to);
    /* products; y stands at the workspace's rows (nodes) */
    void (*multiply)(const struct ipm_block *block, const lanes *x, lanes *w, lanes *ax,
                     lanes *aty);
    void (*gather_product)(const struct ipm_block *block, const lanes *x, lanes *w);
    void (*charge)(const struct ipm_block *block, const lanes *record, const lanes *y, lanes *w);
    /* numbers */
    void (*measure)(const struct ipm_view *at, double rho, bool with_h, lanes *ax, lanes *aty,
                    struct ipm_tally *tally);
    void (*predicted)(const struct ipm_view *at, struct ipm_rates *rates);
    void (*aim)(const struct ipm_view *at, double target);
    void (*corrected)(const struct ipm_view *at, double target, struct ipm_rates *rates);
    void (*advance)(const struct ipm_view *at, const struct ipm_move *move);
    void (*missed)(const struct ipm_view *at, const lanes *rx, const lanes *rp, const lanes *dx,
                   lanes *ax, lanes *aty, struct ipm_tally *tally);
};

extern const struct ipm_kernels ipm_kernels_plain, ipm_kernels_baseline, ipm_kernels_avx2,
    ipm_kernels_avx512;

/* By name: "plain", "baseline", "avx2", "avx512"; NULL: the machine's best. NULL where it has none
   of that name. */
const struct ipm_kernels *ipm_kernels_named(const char *name);

LANES_INLINE const lanes *ipm_number(const struct ipm_pattern *pattern, const lanes *record,
                                     int at) {
    return at < 0 ? &pattern->constant[-1 - at] : &record[at];
}

#endif
