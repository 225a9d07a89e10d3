/* The plain kernels' numbers: the second half of their table. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_PLAIN_H
#define OPTIMISE_IPM_PLAIN_H

#include "optimise/ipm_kernels.h"

void ipm_plain_measure(const struct ipm_view *at, double rho, bool with_h, lanes *ax, lanes *aty,
                       struct ipm_tally *tally);
void ipm_plain_predicted(const struct ipm_view *at, struct ipm_rates *rates);
void ipm_plain_aim(const struct ipm_view *at, double target);
void ipm_plain_corrected(const struct ipm_view *at, double target, struct ipm_rates *rates);
void ipm_plain_advance(const struct ipm_view *at, const struct ipm_move *move);
void ipm_plain_missed(const struct ipm_view *at, const lanes *rx, const lanes *rp, const lanes *dx,
                      lanes *ax, lanes *aty, struct ipm_tally *tally);

#endif
