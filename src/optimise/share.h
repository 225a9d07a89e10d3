/* Blocks of one programme that several processes hold (docs/decisions/0029-a-programme-over-ranks.md). Every holder has
   the whole border, and goes through the same calls in the same order. NULL is no share: all blocks are here, nothing is done.

   Sums go from block to block in the order of the programme, so that no bit depends on who holds what. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_SHARE_H
#define OPTIMISE_SHARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct share {
    int blocks_count;
    int first, end; /* the blocks [first, end) are here; those of other holders stand before and behind */
    /* The one thing a holder asks of the others: bytes [first[k], first[k + 1]) are block k's; those of the blocks here
       are given, all are there afterwards. Not OK where any holder has failed. */
    enum status (*gather)(void *data, void *bytes, const long *first);
    void *data;
    long *bounds;   /* blocks_count + 1, for what is built on gather */
    double *spread; /* by block: so many numbers at a time */
};
enum { SHARE_SPREAD = 64 };

/* Takes what a share needs beside gather and data. */
enum status share_begin(struct arena *arena, int blocks_count, int first, int end,
                        struct share *ret) MUST_CHECK;

static inline bool share_has(const struct share *share, int block) {
    return !share || (block >= share->first && block < share->end);
}

/* count[k] pieces of so many bytes for each block, one block behind the other. */
enum status share_gather(const struct share *share, void *pieces, size_t size,
                         const long *count) MUST_CHECK;
/* The same number of pieces for each block. */
enum status share_gather_each(const struct share *share, void *pieces, size_t size) MUST_CHECK;
/* What the holder of a block has made of these bytes becomes everyone's. */
enum status share_hand_on(const struct share *share, int block, void *bytes,
                          size_t size) MUST_CHECK;
/* Each number becomes the largest (least) that a holder of blocks has. None is NaN. */
enum status share_largest(const struct share *share, double *numbers, long count) MUST_CHECK;
enum status share_least(const struct share *share, double *numbers, long count) MUST_CHECK;
/* Whether any holder of blocks says so. */
enum status share_any(const struct share *share, bool *flag) MUST_CHECK;

#endif
