/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/share.h"

#include <math.h>
#include <string.h>

enum status share_begin(struct arena *arena, int blocks_count, int first, int end,
                        struct share *ret) {
    *ret = (struct share){.blocks_count = blocks_count,
                          .first = first,
                          .end = end,
                          .bounds = ARENA_TAKE(arena, long, blocks_count + 1),
                          .spread = ARENA_TAKE(arena, double, (long)blocks_count *SHARE_SPREAD)};
    return ret->bounds && ret->spread ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status share_gather(const struct share *share, void *pieces, size_t size, const long *count) {
    if (!share) {
        return STATUS_OK;
    }
    for (int k = 0; k < share->blocks_count; k++) {
        share->bounds[k + 1] = share->bounds[k] + count[k] * (long)size;
    }
    return share->gather(share->data, pieces, share->bounds);
}

enum status share_gather_each(const struct share *share, void *pieces, size_t size) {
    if (!share) {
        return STATUS_OK;
    }
    for (int k = 0; k < share->blocks_count; k++) {
        share->bounds[k + 1] = share->bounds[k] + (long)size;
    }
    return share->gather(share->data, pieces, share->bounds);
}

enum status share_hand_on(const struct share *share, int block, void *bytes, size_t size) {
    if (!share) {
        return STATUS_OK;
    }
    for (int k = 0; k < share->blocks_count; k++) {
        share->bounds[k + 1] = share->bounds[k] + (k == block ? (long)size : 0);
    }
    return share->gather(share->data, bytes, share->bounds);
}

/* A few numbers at a time, each block's row of them with its holder's. */
static enum status extreme(const struct share *share, double *numbers, long count, bool largest) {
    for (long from = 0; share && from < count; from += SHARE_SPREAD) {
        long some = count - from < SHARE_SPREAD ? count - from : SHARE_SPREAD;
        for (int k = share->first; k < share->end; k++) {
            memcpy(share->spread + k * some, numbers + from, (size_t)some * sizeof *numbers);
        }
        TRY(share_gather_each(share, share->spread, (size_t)some * sizeof *numbers));
        for (int k = 0; k < share->blocks_count; k++) {
            for (long i = 0; i < some; i++) {
                double *to = &numbers[from + i], value = share->spread[k * some + i];
                *to = k == 0 ? value : largest ? fmax(*to, value) : fmin(*to, value);
            }
        }
    }
    return STATUS_OK;
}

enum status share_largest(const struct share *share, double *numbers, long count) {
    return extreme(share, numbers, count, true);
}

enum status share_least(const struct share *share, double *numbers, long count) {
    return extreme(share, numbers, count, false);
}

enum status share_any(const struct share *share, bool *flag) {
    double number = *flag ? 1.0 : 0.0;
    TRY(share_largest(share, &number, 1));
    *flag = number > 0.0;
    return STATUS_OK;
}
