/* What is done number by number: residuals, right sides, steps. See ipm_step.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_STEP_H
#define OPTIMISE_IPM_STEP_H

#include "optimise/ipm_internal.h"

enum { WEIGHTS = 8 };

struct ipm_vectors { /* by column: x z; by upper: w v; by row: y */
    lanes *x, *z, *w, *v, *y;
};

/* An iteration's arrays. */
struct ipm_state {
    struct ipm *ipm;
    struct ipm_vectors at, affine, step; /* point; predictor; corrector (w of steps is implied) */
    struct ipm_vectors kept, spare;      /* the best point so far; before a closing step */
    lanes *h;                            /* see struct ipm_sweep */
    lanes *ax, *aty;                     /* products, then residuals: b - A x; c - A' y - z + v */
    lanes *rx, *rp;                      /* right sides */
    lanes *dx, *dy;                      /* a refinement's correction */
    lanes *missed_x, *missed_p;          /* and what it is for */
};

/* Sums over all numbers, in fixed order. */
struct ipm_figures {
    double rows, bounds, columns; /* largest residuals: b - A x, u - x - w, c - A' y - z + v */
    double complementarity;       /* x z + w v */
    double primal, dual;          /* c x; b y - u v */
    double pairs;                 /* how many products x z, w v */
    double largest_y, largest_x;
};

struct
    ipm_ratios { /* longest steps that stay positive (at most 2), by weight; and sums of the predictor */
    double primal[WEIGHTS], dual[WEIGHTS];
    double products
        [4]; /* x z, dx z, x dz, dx dz; of the corrector one sum, to see what is not finite */
};

extern const double ipm_weights[WEIGHTS];

/* After ipm_multiply into ax and aty: residuals in place, and h if wanted. */
enum status ipm_residuals(struct ipm_state *state, bool with_h, struct ipm_figures *ret) MUST_CHECK;
/* Right side of the predictor (target 0) or of the corrector (target sigma mu, with the predictor's
   products). */
enum status ipm_right_side(struct ipm_state *state, bool corrector, double target) MUST_CHECK;
/* Fills the duals of the predictor. */
enum status ipm_affine(struct ipm_state *state, struct ipm_ratios *ret) MUST_CHECK;
/* Fills the duals of the corrector; ratios of affine + weight * (step - affine). */
enum status ipm_corrector(struct ipm_state *state, double target,
                          struct ipm_ratios *ret) MUST_CHECK;
enum status ipm_advance(struct ipm_state *state, double primal, double dual, double primal_weight,
                        double dual_weight) MUST_CHECK;
struct ipm_miss { /* the largest parts of a right side that a solution leaves */
    double rows, columns;
};
/* rx, rp less the products of a step (in ret_x, ret_p): what it misses. */
enum status ipm_missed(struct ipm_state *state, const lanes *rx, const lanes *rp, const lanes *dx,
                       lanes *ret_x, lanes *ret_p, struct ipm_miss *ret) MUST_CHECK;
void ipm_add_correction(struct ipm_state *state, lanes *x, lanes *y); /* dx, dy */
/* After ipm_residuals: z and v take what the columns lack. */
enum status ipm_absorb(struct ipm_state *state) MUST_CHECK;
/* Puts on its bound what is nearer than least and clearly held there by its price, or nearer than
   nothing. */
enum status ipm_snap(struct ipm_state *state, double least, double nothing) MUST_CHECK;
/* The closing steps: h = 1 / x + 1 / w + least, or z + v + least for the dual ones; the right sides
   (into rx and ax) after ipm_residuals; and the step: x by dx as far as its bounds allow, and w with
   it; or y by dy, with z and v. */
enum status ipm_metric(struct ipm_state *state, bool dual, double least) MUST_CHECK;
enum status ipm_closing_sides(struct ipm_state *state, bool dual) MUST_CHECK;
enum status ipm_close(struct ipm_state *state, bool dual) MUST_CHECK;
void ipm_copy_point(const struct ipm *ipm, const struct ipm_vectors *from, struct ipm_vectors *to);

#endif
