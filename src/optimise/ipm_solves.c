/* The lists by which a stage is solved: of a pivot, its multipliers and the nodes behind it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>

#include "optimise/ipm_order.h"

enum status ipm_list_solves(struct arena *arena, struct ipm_symbolic *s) {
    struct ipm_tape *tape = s->tape;
    int n = s->nodes, pivots = tape->pivots, node = s->block->places.node;
    tape->later.first = ARENA_TAKE(arena, int, pivots + 1);
    tape->later.factors = ARENA_TAKE(arena, struct ipm_factors, (long)pivots * tape->first_border);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    int stored = pivots + tape->pairs, count = 0;
    memset(s->done, 0, (size_t)n);
    for (int p = 0; p < pivots; p++) {
        int first = tape->order[p];
        bool pair = p < 2 * tape->pairs, of_row = pair && p % 2 == 0;
        s->done[first] = 1;
        tape->later.first[p] = count;
        for (int b = 0; b < tape->first_border && !of_row; b++) {
            if (s->done[b] || !s->pattern[first * n + b]) {
                continue;
            }
            int a = pair ? tape->entry[first * n + b] : stored++;
            assert(!pair || a < s->block->places.size); /* nothing fills a pair's column */
            tape->later.factors[count++] = (struct ipm_factors){a * LANES, (node + b) * LANES};
        }
    }
    tape->later.first[pivots] = count;
    tape->stored = stored;
    return STATUS_OK;
}
