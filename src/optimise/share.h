/* Blocks of one programme that several processes hold (docs/decisions/0030-a-programme-over-ranks.md). Every holder has
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
    int first,
        end; /* the blocks [first, end) are here; those of other holders stand before and behind */
    bool *begins, *ends; /* by block: the first, the last of its holder */
    /* The one thing a holder asks of the others: bytes [first[k], first[k + 1]) are block k's; those of the blocks here
       are given, all are there afterwards. Not OK where any holder has failed. */
    enum status (*gather)(void *data, void *bytes, const long *first);
    void *data;
    long *bounds;   /* blocks_count + 1, for what is built on gather */
    double *spread; /* by holder: so many numbers at a time */
};
enum { SHARE_SPREAD = 512 };

/* Takes what a share needs beside gather and data. Holder h has the blocks [first_block[h], first_block[h + 1]); this is
   holder `number`. */
enum status share_begin(struct arena *arena, const int *first_block, int holders, int number,
                        struct share *ret) MUST_CHECK;

static inline bool share_has(const struct share *share, int block) {
    return !share || (block >= share->first && block < share->end);
}

/* count[k] pieces of so many bytes for each block, one block behind the other. */
enum status share_gather(const struct share *share, void *pieces, size_t size,
                         const long *count) MUST_CHECK;
/* The same number of pieces for each block. */
enum status share_gather_each(const struct share *share, void *pieces, size_t size) MUST_CHECK;
/* What the holder of a block has in these bytes becomes everyone's. */
enum status share_tell(const struct share *share, int block, void *bytes, size_t size) MUST_CHECK;
/* The same where blocks are worked one after the other, each going on with what the one before has left: nothing is done but
   between two holders, and after the last. Back: from the last block to the first. */
enum status share_hand_on(const struct share *share, int block, void *bytes,
                          size_t size) MUST_CHECK;
enum status share_hand_back(const struct share *share, int block, void *bytes,
                            size_t size) MUST_CHECK;
/* Each number becomes the largest (least) that a holder of blocks has. None is NaN. */
enum status share_largest(const struct share *share, double *numbers, long count) MUST_CHECK;
enum status share_least(const struct share *share, double *numbers, long count) MUST_CHECK;
/* Whether any holder of blocks says so. */
enum status share_any(const struct share *share, bool *flag) MUST_CHECK;

#endif
