/* What is done number by number, and the solves it goes along with: residuals, predictor, corrector,
   step. See ipm_step.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_STEP_H
#define OPTIMISE_IPM_STEP_H

#include "optimise/ipm_kernels.h"
#include "optimise/ipm_product.h"

struct ipm_vectors { /* by column: x z; by upper: w v; by row: y */
    lanes *x, *z, *w, *v, *y;
};

/* An iteration's arrays. */
struct ipm_state {
    struct ipm *ipm;
    struct ipm_vectors at;             /* the point */
    struct ipm_direction affine, step; /* predictor; corrector */
    struct ipm_vectors kept, spare;    /* the best point so far; before a closing step */
    lanes *h;                          /* see struct ipm_system */
    lanes *ax, *aty;                   /* products, then residuals: b - A x; c - A' y - z + v */
    lanes *rx;                         /* right side of the columns; that of the rows is ax */
    lanes *dx, *dy;                    /* a refinement's correction */
    lanes *missed_x, *missed_p;        /* and what it is for */
};

/* Sums over all numbers, in fixed order. */
struct ipm_figures {
    double rows, bounds, columns; /* largest residuals: b - A x, u - x - w, c - A' y - z + v */
    double complementarity;       /* x z + w v */
    double primal, dual;          /* c x; b y - u v */
    double pairs;                 /* how many products x z, w v */
};

/* Longest steps that stay positive (at most 2), by weight; sums of the predictor. */
struct ipm_ratios {
    double primal[WEIGHTS], dual[WEIGHTS];
    double products[4]; /* x z, dx z, x dz, dx dz; of the corrector one sum, to see what is not
                           finite */
};
struct ipm_miss { /* the largest parts of a right side that a solution leaves */
    double rows, columns;
};

/* way: 1 where stages go up, -1 where they go down. */
struct ipm_view ipm_view_at(const struct ipm_state *s, const struct ipm_chunk *chunk, int k,
                            int way);
/* Products and residuals of the point: rows into ax, columns into aty. */
enum status ipm_measure(struct ipm_state *state, struct ipm_figures *ret) MUST_CHECK;
/* The point goes on by a move (NULL: it stays) and is measured: rows into ax; factors its matrix (h), and solves for
   the predictor's step to mu = 0 as far as the border. */
enum status ipm_arrive(struct ipm_state *state, const struct ipm_move *move,
                       struct ipm_figures *ret) MUST_CHECK;
/* The rest of the predictor. */
enum status ipm_predict(struct ipm_state *state, struct ipm_ratios *ret) MUST_CHECK;
/* Solves for the corrector's step to `target` with the predictor's products: what it misses, and the
   ratios of affine + weight * (step - affine). */
enum status ipm_correct(struct ipm_state *state, double target, struct ipm_miss *ret_miss,
                        struct ipm_ratios *ret) MUST_CHECK;
/* Solves once more for what the corrector misses; then the ratios again. */
enum status ipm_refine(struct ipm_state *state, struct ipm_miss *ret) MUST_CHECK;
enum status ipm_ratios_again(struct ipm_state *state, double target,
                             struct ipm_ratios *ret) MUST_CHECK;
/* ipm_close.c. After ipm_measure: z and v take what the columns lack. */
enum status ipm_absorb(struct ipm_state *state) MUST_CHECK;
/* Puts on its bound what is nearer than least and clearly held there by its price, or nearer than
   nothing. */
enum status ipm_snap(struct ipm_state *state, double least, double nothing) MUST_CHECK;
/* The closing steps: h = 1 / x + 1 / w + least, or z + v + least for the dual ones; the right sides
   (into rx and ax) after ipm_measure; and the step: x by dx as far as its bounds allow, and w
   with it; or y by dy, with z and v. */
enum status ipm_metric(struct ipm_state *state, bool dual, double least) MUST_CHECK;
enum status ipm_closing_sides(struct ipm_state *state, bool dual) MUST_CHECK;
enum status ipm_close(struct ipm_state *state, bool dual) MUST_CHECK;
enum status ipm_copy_point(const struct ipm *ipm, const struct ipm_vectors *from,
                           const struct ipm_vectors *to) MUST_CHECK;

#endif
