/* What ipm_order.c finds out on paper, for ipm_tape.c to write down. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_ORDER_H
#define OPTIMISE_IPM_ORDER_H

#include "optimise/ipm_internal.h"

struct ipm_symbolic {
    struct ipm_block *block;
    struct ipm_tape *tape;
    int nodes;
    unsigned char *pattern; /* nodes * nodes, filled up */
    int *partner;           /* by row of a pair: its column's node */
    unsigned char *done;
};

enum status ipm_write_tape(struct arena *arena, struct ipm_symbolic *s) MUST_CHECK;

#endif
