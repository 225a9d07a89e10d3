/* A first point from the optimum of a parent: a programme of the same shape whose numbers differ a little. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_WARM_H
#define OPTIMISE_IPM_WARM_H

#include "optimise/ipm_loop.h"

/* How a warm start goes on: after a tenth of the parent's iterations it must have got somewhere, or it is given up for
   the cold point. */
struct ipm_warm {
    bool on;
    long trial;         /* the iteration in which it is judged */
    double worst_begun; /* the worst residual or gap it began with */
};

/* Begins at x and y of options->warm where they are given, after ipm_first_point; else nothing is changed. */
enum status ipm_warm_point(struct ipm_state *state, const struct solve_options *options,
                           struct ipm_warm *ret) MUST_CHECK;
/* Asked in every iteration; true once, when the cold point is to be taken after all. */
bool ipm_warm_failed(struct ipm_warm *warm, long iteration, double worst);

#endif
