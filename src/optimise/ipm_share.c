/* What the holders of blocks tell each other (optimise/share.h): once, the shape in which blocks meet the border; in each
   iteration, what pieces leave for it and the tallies of groups, which everyone then adds up alike. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_kernels.h"

/* So many pieces of each block, from the first block's on. */
static enum status gather(struct ipm *ipm, void *first, size_t size,
                          long (*count)(const struct ipm_block *block)) {
    for (int k = 0; ipm->share && k < ipm->blocks_count; k++) {
        ipm->shared_counts[k] = count(&ipm->blocks[k]);
    }
    return share_gather(ipm->share, first, size, ipm->shared_counts);
}

static long part_nodes_of(const struct ipm_block *block) {
    return (long)block->pieces_count * block->part_nodes;
}
static long parts_of(const struct ipm_block *block) {
    return (long)block->pieces_count * block->part_size;
}
static long groups_of(const struct ipm_block *block) { return block->groups; }
static long sum_rows_of(const struct ipm_block *block) {
    const struct programme_block *b = block->source;
    long rows = 0;
    for (int f = 0; f < b->sums_count; f++) {
        rows += b->maps[b->sums[f].map].periods;
    }
    return rows;
}

static void take_extent(struct ipm_block *block) {
    const struct programme_block *b = block->source;
    block->extent = (struct ipm_extent){.columns = b->columns_count,
                                        .states = b->states_count,
                                        .rows = b->rows_count,
                                        .entries = block->entries.count,
                                        .sum_entries = block->sum_entries.count,
                                        .groups = block->groups,
                                        .pieces = block->pieces_count,
                                        .wides = block->wides_count,
                                        .sums = block->sums_count};
}

static void put_extent(struct ipm_block *block) {
    block->states = block->extent.states;
    block->groups = block->extent.groups;
    block->pieces_count = block->extent.pieces;
    block->wides_count = block->extent.wides;
    block->sums_count = block->extent.sums;
}

enum status ipm_share_extents(struct ipm *ipm) {
    int count = ipm->blocks_count;
    struct ipm_extent *extents = ARENA_TAKE(ipm->arena, struct ipm_extent, count);
    ipm->shared_counts = ARENA_TAKE(ipm->arena, long, count);
    if (!extents || !ipm->shared_counts) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < count; k++) {
        if (ipm->blocks[k].is_here) {
            take_extent(&ipm->blocks[k]);
        }
        extents[k] = ipm->blocks[k].extent;
    }
    TRY(share_gather_each(ipm->share, extents, sizeof *extents));
    for (int k = 0; k < count; k++) {
        ipm->blocks[k].extent = extents[k];
        put_extent(&ipm->blocks[k]);
    }
    return STATUS_OK;
}

enum status ipm_share_part_nodes(struct ipm *ipm, int *nodes) {
    return gather(ipm, nodes, sizeof *nodes, part_nodes_of);
}

enum status ipm_share_sides(struct ipm *ipm) {
    return gather(ipm, ipm->border.side + ipm->programme->border_rows_count,
                  sizeof *ipm->border.side, sum_rows_of);
}

enum status ipm_share_parts(struct ipm *ipm) {
    return gather(ipm, ipm->parts, sizeof *ipm->parts, parts_of);
}

enum status ipm_share_sums(struct ipm *ipm) {
    return gather(ipm, ipm->sums, sizeof *ipm->sums, part_nodes_of);
}

enum status ipm_share_products(struct ipm *ipm) {
    return gather(ipm, ipm->products, sizeof *ipm->products, part_nodes_of);
}

/* The border's, behind them, are everyone's own. */
enum status ipm_share_tallies(struct ipm *ipm) {
    return gather(ipm, ipm->tallies, sizeof *ipm->tallies, groups_of);
}

enum status ipm_share_rates(struct ipm *ipm) {
    return gather(ipm, ipm->rates, sizeof *ipm->rates, groups_of);
}
