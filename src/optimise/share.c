/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/share.h"

#include <math.h>
#include <string.h>

enum status share_begin(struct arena *arena, const int *first_block, int holders, int number,
                        struct share *ret) {
    int count = first_block[holders];
    *ret = (struct share){.blocks_count = count,
                          .first = first_block[number],
                          .end = first_block[number + 1],
                          .begins = ARENA_TAKE(arena, bool, count),
                          .ends = ARENA_TAKE(arena, bool, count),
                          .bounds = ARENA_TAKE(arena, long, count + 1),
                          .spread = ARENA_TAKE(arena, double, (long)holders *SHARE_SPREAD)};
    if (!ret->begins || !ret->ends || !ret->bounds || !ret->spread) {
        return STATUS_NO_MEMORY;
    }
    for (int h = 0; h < holders; h++) {
        if (first_block[h] < first_block[h + 1]) {
            ret->begins[first_block[h]] = true;
            ret->ends[first_block[h + 1] - 1] = true;
        }
    }
    return STATUS_OK;
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

enum status share_tell(const struct share *share, int block, void *bytes, size_t size) {
    if (!share) {
        return STATUS_OK;
    }
    for (int k = 0; k < share->blocks_count; k++) {
        share->bounds[k + 1] = share->bounds[k] + (k == block ? (long)size : 0);
    }
    return share->gather(share->data, bytes, share->bounds);
}

enum status share_hand_on(const struct share *share, int block, void *bytes, size_t size) {
    return share && share->ends[block] ? share_tell(share, block, bytes, size) : STATUS_OK;
}

enum status share_hand_back(const struct share *share, int block, void *bytes, size_t size) {
    return share && share->begins[block] ? share_tell(share, block, bytes, size) : STATUS_OK;
}

/* So many numbers of each holder, with its first block. */
static enum status extreme_of(const struct share *share, double *numbers, long count,
                              bool largest) {
    double *row = share->spread;
    for (int k = 0; k < share->blocks_count; k++) {
        share->bounds[k + 1] =
            share->bounds[k] + (share->begins[k] ? count * (long)sizeof *numbers : 0);
    }
    if (share->first < share->end) {
        memcpy((char *)share->spread + share->bounds[share->first], numbers,
               (size_t)count * sizeof *numbers);
    }
    TRY(share->gather(share->data, share->spread, share->bounds));
    for (int k = 0; k < share->blocks_count; k++) {
        for (long i = 0; share->begins[k] && i < count; i++) {
            numbers[i] = k == 0    ? row[i]
                         : largest ? fmax(numbers[i], row[i])
                                   : fmin(numbers[i], row[i]);
        }
        row += share->begins[k] ? count : 0;
    }
    return STATUS_OK;
}

static enum status extreme(const struct share *share, double *numbers, long count, bool largest) {
    for (long from = 0; share && from < count; from += SHARE_SPREAD) {
        long some = count - from < SHARE_SPREAD ? count - from : SHARE_SPREAD;
        TRY(extreme_of(share, numbers + from, some, largest));
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
