/* A programme of which some blocks are elsewhere (optimise/share.h). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_PROGRAMME_PART_H
#define OPTIMISE_PROGRAMME_PART_H

#include "optimise/programme.h"
#include "optimise/share.h"

/* The blocks of a whole programme that share has here, and the borders of the others; numbers are those of the whole. */
enum status programme_part(const struct programme *whole, const struct share *share,
                           struct arena *arena, struct programme *ret) MUST_CHECK;
/* The same programme without the entries of sum rows that are elsewhere, of which only a part is known here. */
enum status programme_here(const struct programme *programme, struct arena *arena,
                           struct programme *ret) MUST_CHECK;

/* The columns that more than a block's own steps may see: designs, then period columns block by block. */
struct programme_shared {
    long count;
    long *column; /* in the global order */
};
enum status programme_shared(const struct programme *programme, struct arena *arena,
                             struct programme_shared *ret) MUST_CHECK;

#endif
