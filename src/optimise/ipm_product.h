/* Products with the inner matrix. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_PRODUCT_H
#define OPTIMISE_IPM_PRODUCT_H

#include "optimise/ipm_internal.h"

/* ax = A x by row (slacks included), aty = A' y by column. */
enum status ipm_multiply(struct ipm *ipm, const lanes *x, const lanes *y, lanes *ax,
                         lanes *aty) MUST_CHECK;
/* Where column slot `slot` at a step stands in an array of columns: place and lane. */
long ipm_place(const struct ipm *ipm, const struct ipm_block *block, int slot, int step,
               int *ret_lane);

#endif
