/* The lists by which a stage is solved: of a node, the multipliers of what was eliminated before it and of
   what is behind it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>

#include "optimise/ipm_order.h"

/* The lists of the solves: what comes before a node, and what is behind it. */
enum status ipm_list_solves(struct arena *arena, struct ipm_symbolic *s) {
    struct ipm_tape *tape = s->tape;
    int n = s->nodes, pivots = tape->pivots, node = s->block->places.node;
    long most = (long)pivots * tape->first_border;
    struct ipm_list *lists[] = {&tape->coupled, &tape->earlier, &tape->later};
    for (int i = 0; i < COUNT(lists); i++) {
        lists[i]->first = ARENA_TAKE(arena, int, n + 1);
        lists[i]->factors = ARENA_TAKE(arena, struct ipm_factors, most);
    }
    int *at =
        ARENA_TAKE(arena, int, (long)n *n); /* where a multiplier stands in the factor, or 0 */
    int *coefficient = ARENA_TAKE(arena, int, (long)n *n); /* of a pair's column in a node, or 0 */
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
            (pair ? coefficient : at)[first * n + b] = a;
            tape->later.factors[count++] = (struct ipm_factors){a * LANES, (node + b) * LANES};
        }
    }
    for (int p = pivots; p <= n; p++) {
        tape->later.first[p] = count;
    }
    tape->stored = stored;
    int earlier = 0, coupled = 0;
    for (int p = 0; p < pivots; p++) {
        int b = tape->order[p];
        tape->earlier.first[p] = earlier;
        tape->coupled.first[p] = coupled;
        for (int q = 0; q < p; q++) {
            int a = tape->order[q];
            if (at[a * n + b]) {
                tape->earlier.factors[earlier++] =
                    (struct ipm_factors){at[a * n + b] * LANES, (node + a) * LANES};
            }
            if (coefficient[a * n + b]) {
                tape->coupled.factors[coupled++] =
                    (struct ipm_factors){coefficient[a * n + b] * LANES, (node + a) * LANES};
            }
        }
    }
    for (int e = 0; e < s->block->states; e++) { /* levels at the end: behind all pivots */
        int b = tape->first_end + e;
        tape->earlier.first[pivots + e] = earlier;
        tape->coupled.first[pivots + e] = coupled;
        for (int q = 0; q < pivots; q++) {
            int a = tape->order[q];
            if (at[a * n + b]) {
                tape->earlier.factors[earlier++] =
                    (struct ipm_factors){at[a * n + b] * LANES, (node + a) * LANES};
            }
        }
    }
    for (int p = pivots + s->block->states; p <= n; p++) {
        tape->earlier.first[p] = earlier;
        tape->coupled.first[p] = coupled;
    }
    return STATUS_OK;
}
