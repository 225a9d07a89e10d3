/* What the passes over all numbers share: the cell of one slot at one stage, and the way over a chunk.
   For ipm_step.c and ipm_close.c alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_CELL_H
#define OPTIMISE_IPM_CELL_H

#include "optimise/ipm_internal.h"
#include "optimise/ipm_step.h"

/* One slot at one stage: the point, its masks and inverse distances. */
struct cell {
    lanes x, z, w, v, upper, has_lower, has_upper, live, by_x, by_w;
};

LANES_INLINE const lanes *number(const struct ipm_pattern *pattern, const lanes *record, int at) {
    return at < 0 ? &pattern->constant[-1 - at] : &record[at];
}

LANES_INLINE void load(struct cell *cell, const struct ipm_vectors *at,
                       const struct ipm_pattern *pattern, const lanes *record, long column,
                       long upper, int slot) {
    cell->x = at->x[column + slot];
    cell->z = at->z[column + slot];
    cell->has_lower = *number(pattern, record, pattern->has_lower[slot]);
    cell->live = *number(pattern, record, pattern->live[slot]);
    cell->by_x = cell->has_lower / (cell->x * cell->has_lower + (1.0 - cell->has_lower));
    if (slot < pattern->uppers) {
        cell->w = at->w[upper + slot];
        cell->v = at->v[upper + slot];
        cell->upper = *number(pattern, record, pattern->upper[slot]);
        cell->has_upper = *number(pattern, record, pattern->has_upper[slot]);
        cell->by_w = cell->has_upper / (cell->w * cell->has_upper + (1.0 - cell->has_upper));
    }
}

#define EACH_STAGE(k)                                                                              \
    long column = chunk->column, upper = chunk->upper, row = chunk->row;                           \
    const lanes *record = chunk->record;                                                           \
    for (int k = 0; k < chunk->stages; k++, column += pattern->columns, upper += pattern->uppers,  \
             row += pattern->rows, record += chunk->record_size)

LANES_INLINE void absolute(lanes *a) {
    lanes negative = -*a;
    lanes_max(a, a, &negative);
}

LANES_INLINE void write_h(const struct ipm_pattern *pattern, const lanes *record, int slot,
                          lanes *h) {
    if (pattern->is_extra[slot]) {
        lanes_replace(h, number(pattern, record, pattern->extra[slot]));
    }
    if (pattern->implicit[slot]) {
        *h = 1.0 / *h;
    }
}

#endif
