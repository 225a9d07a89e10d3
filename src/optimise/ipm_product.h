/* Products with the inner matrix. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_PRODUCT_H
#define OPTIMISE_IPM_PRODUCT_H

#include "optimise/ipm_internal.h"

/* ax = A x by row (slacks included), aty = A' y by column. */
enum status ipm_multiply(struct ipm *ipm, const lanes *x, const lanes *y, lanes *ax,
                         lanes *aty) MUST_CHECK;

/* The same, with each stage handed on while it is at hand, and the border's last; aty NULL: it is not
   kept, except at the border (border_aty). */
struct ipm_product_company {
    void *data;
    void (*after)(void *data, const struct ipm_chunk *chunk, int stage, lanes *ax, lanes *aty);
};
enum status ipm_multiply_along(struct ipm *ipm, const lanes *x, const lanes *y, lanes *ax,
                               lanes *aty, lanes *border_aty,
                               const struct ipm_product_company *company) MUST_CHECK;

/* Parts of it, for passes of another order. What pieces charge for the level at the end of the one
   before them: into end_price. */
void ipm_charge_ends(const struct ipm *ipm, struct ipm_block *block, const lanes *y);
/* The border's product, from its own terms and from what the pieces have gathered (block->sums). */
void ipm_multiply_border(const struct ipm *ipm, const lanes *x, const lanes *y, lanes *ax,
                         lanes *aty);

/* Where column slot `slot` at a step stands in an array of columns: place and lane. */
long ipm_place(const struct ipm *ipm, const struct ipm_block *block, int slot, int step,
               int *ret_lane);

#endif
