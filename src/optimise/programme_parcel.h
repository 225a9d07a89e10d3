/* A block's border as bytes, for a programme that is built by several processes (optimise/share.h): the holder of a block
   adds it and packs what everyone must know of it; the others add that in its place. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_PROGRAMME_PARCEL_H
#define OPTIMISE_PROGRAMME_PARCEL_H

#include "optimise/programme.h"

/* What a builder has so far. */
struct programme_mark {
    int designs, border_rows, border_entries;
};
struct programme_mark programme_mark(const struct programme_builder *builder);

/* The block, with the designs, border rows and their entries since the mark. */
enum status programme_pack(const struct programme_builder *builder, int block,
                           struct programme_mark since, struct arena *arena, char **ret_bytes,
                           long *ret_size) MUST_CHECK;
/* Names and numbers are copied; of the same machine, or one alike. */
enum status programme_unpack(struct programme_builder *builder, const char *bytes,
                             struct arena *arena) MUST_CHECK;

#endif
