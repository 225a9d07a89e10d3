/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/programme_part.h"

#include <string.h>

/* Sum entries on designs and periods: what is known of a sum row elsewhere. */
static enum status keep_border(const struct programme_block *from, struct arena *arena,
                               struct programme_block *to) {
    *to = *from;
    to->segments = 0;
    to->columns_count = to->states_count = to->rows_count = to->entries_count = 0;
    to->maps = ARENA_TAKE(arena, struct programme_map, from->maps_count);
    to->sum_entries = ARENA_TAKE(arena, struct programme_entry, from->sum_entries_count);
    to->sum_entries_count = 0;
    if (!to->maps || !to->sum_entries) {
        return STATUS_NO_MEMORY;
    }
    for (int m = 0; m < from->maps_count; m++) {
        to->maps[m].periods = from->maps[m].periods;
    }
    for (int e = 0; e < from->sum_entries_count; e++) {
        if (from->sum_entries[e].where != IN_STEP) {
            to->sum_entries[to->sum_entries_count++] = from->sum_entries[e];
        }
    }
    return STATUS_OK;
}

static enum status copy_blocks(const struct programme *from, struct arena *arena,
                               struct programme *to) {
    *to = *from;
    to->blocks = ARENA_TAKE(arena, struct programme_block, from->blocks_count);
    if (!to->blocks) {
        return STATUS_NO_MEMORY;
    }
    if (from->blocks_count > 0) {
        memcpy(to->blocks, from->blocks, (size_t)from->blocks_count * sizeof *to->blocks);
    }
    return STATUS_OK;
}

enum status programme_part(const struct programme *whole, const struct share *share,
                           struct arena *arena, struct programme *ret) {
    TRY(copy_blocks(whole, arena, ret));
    ret->share = share;
    for (int k = 0; k < whole->blocks_count; k++) {
        if (!share_has(share, k)) {
            TRY(keep_border(&whole->blocks[k], arena, &ret->blocks[k]));
        }
    }
    return STATUS_OK;
}

enum status programme_here(const struct programme *programme, struct arena *arena,
                           struct programme *ret) {
    TRY(copy_blocks(programme, arena, ret));
    for (int k = 0; k < ret->blocks_count; k++) {
        if (!share_has(ret->share, k)) {
            ret->blocks[k].sum_entries_count = 0;
        }
    }
    return STATUS_OK;
}

enum status programme_shared(const struct programme *programme, struct arena *arena,
                             struct programme_shared *ret) {
    struct programme_shared shared = {.count = programme->designs_count};
    for (int k = 0; k < programme->blocks_count; k++) {
        struct programme_span periods = programme_periods_of(programme, k);
        shared.count += periods.until - periods.from;
    }
    shared.column = ARENA_TAKE(arena, long, shared.count);
    if (!shared.column) {
        return STATUS_NO_MEMORY;
    }
    long count = 0;
    for (int d = 0; d < programme->designs_count; d++) {
        shared.column[count++] = programme_at_design(programme, d);
    }
    for (int k = 0; k < programme->blocks_count; k++) {
        struct programme_span periods = programme_periods_of(programme, k);
        for (long j = periods.from; j < periods.until; j++) {
            shared.column[count++] = j;
        }
    }
    *ret = shared;
    return STATUS_OK;
}
