/* One number of the point at one stage in one lane, with its masks: what is done in plain C. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_CELL_H
#define OPTIMISE_IPM_CELL_H

#include "optimise/ipm_kernels.h"

struct ipm_cell {
    double x, z, below, live; /* below, above: 1 where there is a bound */
    bool may_end;             /* the slot has an upper bound somewhere */
    double w, v, above, upper;
};

LANES_INLINE double ipm_number_in(const struct ipm_view *at, int where, int lane) {
    return (*ipm_number(at->pattern, at->record, where))[lane];
}

LANES_INLINE struct ipm_cell ipm_cell(const struct ipm_view *at, int slot, int q) {
    const struct ipm_pattern *pattern = at->pattern;
    struct ipm_cell c = {.x = at->x[slot][q],
                         .z = at->z[slot][q],
                         .below = ipm_number_in(at, pattern->has_lower[slot], q),
                         .live = ipm_number_in(at, pattern->live[slot], q),
                         .may_end = slot < pattern->uppers};
    if (c.may_end) {
        c.w = at->w[slot][q];
        c.v = at->v[slot][q];
        c.above = ipm_number_in(at, pattern->has_upper[slot], q);
        c.upper = ipm_number_in(at, pattern->upper[slot], q);
    }
    return c;
}

/* As the machine's own instructions do it, without a call: of a NaN in a comes b. */
LANES_INLINE double ipm_larger(double a, double b) { return a > b ? a : b; }
LANES_INLINE double ipm_smaller(double a, double b) { return a < b ? a : b; }

/* has / value, and 0 where there is no such bound. */
LANES_INLINE double ipm_inverse_where(double has, double value) {
    return has / (value * has + (1.0 - has));
}

#endif
