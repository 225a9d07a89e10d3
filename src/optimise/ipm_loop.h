/* The iteration, for those who look inside: tests and benches. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_LOOP_H
#define OPTIMISE_IPM_LOOP_H

#include "optimise/ipm_step.h"

struct ipm_progress { /* in inner units */
    long iteration;
    int polishes; /* iterations beyond the tolerance */
    double primal, dual, gap, rows, columns,
        mu;                                /* gap: relative; rows, columns: largest residuals */
    double pairs;                          /* how many numbers are bounded: each side counts */
    double primal_step, dual_step, missed; /* of the iteration before; missed: by its solution */
    double kept;                           /* once it is over: the worst figure of the best point */
};
/* How to run: threads (<= 0: one per core), a look at every iteration, or NULL, the kernels (NULL: the
   machine's best), and who eliminates. The bits depend on none of them. */
struct ipm_manner {
    int threads;
    void (*trace)(void *data, const struct ipm_progress *now);
    void *data;
    const struct ipm_kernels *kernels;
    enum ipm_way way;
    bool far; /* steps go past the cache however short they are */
};

/* Iterates until gap and residuals are below the tolerance. */
enum status ipm_loop(struct ipm_state *state, const struct solve_options *options, double tolerance,
                     struct ipm_progress *ret, enum outcome_kind *ret_kind) MUST_CHECK;
/* The iteration without a look at why it went nowhere: the outcome is optimal, stalled or limit. */
enum status ipm_attempt(const struct programme *programme, const struct solve_options *options,
                        const struct ipm_manner *manner, struct arena *arena,
                        struct outcome *ret) MUST_CHECK;
enum status ipm_solve_in(const struct programme *programme, const struct solve_options *options,
                         const struct ipm_manner *manner, struct arena *arena,
                         struct outcome *ret) MUST_CHECK;

#endif
