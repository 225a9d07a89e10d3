/* The staged factorisation and solutions with it; see ipm_sweep.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_SWEEP_H
#define OPTIMISE_IPM_SWEEP_H

#include "optimise/ipm_internal.h"

enum ipm_sweep_task { SWEEP_FACTOR, SWEEP_FIRST, SWEEP_SECOND };
struct ipm_sweep {
    struct ipm *ipm;
    enum ipm_sweep_task task;
    const lanes *h, *rx,
        *rp; /* h: H of explicit columns and of the border, 1 / H of implicit ones */
    lanes *dx, *dy;
};

enum status ipm_sweep_begin(struct ipm *ipm, struct ipm_block *block) MUST_CHECK;
enum status ipm_factor(struct ipm *ipm, const lanes *h) MUST_CHECK;
/* [H A'; A -delta] [dx; dy] = [rx; rp] */
enum status ipm_solve_kkt(struct ipm *ipm, const lanes *h, const lanes *rx, const lanes *rp,
                          lanes *dx, lanes *dy) MUST_CHECK;

#endif
