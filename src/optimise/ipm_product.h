/* Products with the inner matrix. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_PRODUCT_H
#define OPTIMISE_IPM_PRODUCT_H

#include "optimise/ipm_kernels.h"

/* ax = A x by row (slacks included), aty = A' y by column. */
enum status ipm_multiply(struct ipm *ipm, const lanes *x, const lanes *y, lanes *ax,
                         lanes *aty) MUST_CHECK;

/* The same, with each stage handed on while it is at hand, and the border's last. */
struct ipm_product_company {
    void *data;
    void (*after)(void *data, const struct ipm_chunk *chunk, int stage, lanes *ax, lanes *aty);
};
enum status ipm_multiply_along(struct ipm *ipm, const lanes *x, const lanes *y, lanes *ax,
                               lanes *aty, const struct ipm_product_company *company) MUST_CHECK;

/* Parts of it, for walks of their own. Where pieces begin and end, of a point or of where a move (or NULL) takes
   it: into begin_level and end_price. */
void ipm_look_at_ends(const struct ipm *ipm, struct ipm_block *block, const lanes *x,
                      const lanes *y, const struct ipm_move *move);
/* The second of them alone. */
void ipm_charge_ends(const struct ipm *ipm, struct ipm_block *block, const lanes *y,
                     const struct ipm_move *move);
/* Stage k of a group, from the first to the last: its coefficients are in the workspace, x of the stage before
   and y of the stage after are those of the product. After the last one, what its pieces have gathered. */
void ipm_multiply_stage(struct ipm *ipm, const struct ipm_chunk *chunk, int k, const lanes *all_x,
                        const lanes *all_y, lanes *ax, lanes *aty);
/* The border's product, from its own terms and from what the pieces have gathered (block->products). */
void ipm_multiply_border(const struct ipm *ipm, const lanes *x, const lanes *y, lanes *ax,
                         lanes *aty);

/* Where column slot `slot` at a step stands in an array of columns: place and lane. */
long ipm_place(const struct ipm *ipm, const struct ipm_block *block, int slot, int step,
               int *ret_lane);

#endif
