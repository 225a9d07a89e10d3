/* Scales of rows and columns, by slot and not by step, so that the pattern and its constants stay.
   Ruiz's iteration brings the largest entry of every row and column near one; powers of two, so that
   nothing is rounded. Sum rows add up many steps: they are scaled down by the square root of how
   many. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_internal.h"

enum { ROUNDS = 6 };

struct magnitudes {
    int count, rows, columns;
    int *row, *column;
    double *size, *row_scale, *column_scale, *row_most, *column_most;
};

static void note(struct magnitudes *all, int row, int column, double size) {
    if (size > 0.0 && isfinite(size)) {
        all->row[all->count] = row;
        all->column[all->count] = column;
        all->size[all->count++] = size;
    }
}

double ipm_power_of_two(double value) { return value > 0.0 ? exp2(rint(log2(value))) : 1.0; }

static void equilibrate(struct magnitudes *all) {
    for (int round = 0; round < ROUNDS; round++) {
        memset(all->row_most, 0, (size_t)all->rows * sizeof(double));
        memset(all->column_most, 0, (size_t)all->columns * sizeof(double));
        for (int i = 0; i < all->count; i++) {
            double size =
                all->size[i] * all->row_scale[all->row[i]] * all->column_scale[all->column[i]];
            all->row_most[all->row[i]] = fmax(all->row_most[all->row[i]], size);
            all->column_most[all->column[i]] = fmax(all->column_most[all->column[i]], size);
        }
        for (int i = 0; i < all->rows; i++) {
            all->row_scale[i] /= all->row_most[i] > 0.0 ? sqrt(all->row_most[i]) : 1.0;
        }
        for (int j = 0; j < all->columns; j++) {
            all->column_scale[j] /= all->column_most[j] > 0.0 ? sqrt(all->column_most[j]) : 1.0;
        }
    }
    for (int i = 0; i < all->rows; i++) {
        all->row_scale[i] = ipm_power_of_two(all->row_scale[i]);
    }
    for (int j = 0; j < all->columns; j++) {
        all->column_scale[j] = ipm_power_of_two(all->column_scale[j]);
    }
}

/* Rows: border rows, then by block step rows and sum families. Columns: designs, then by block
   columns, states and period families. */
static int rows_of(const struct programme_block *b) { return b->rows_count + b->sums_count; }
static int columns_of(const struct programme_block *b) {
    return b->columns_count + b->states_count + b->periods_count;
}

static void first_ids(const struct ipm *ipm, int block, int *row, int *column) {
    *row = ipm->programme->border_rows_count;
    *column = ipm->programme->designs_count;
    for (int k = 0; k < block; k++) {
        *row += rows_of(ipm->blocks[k].source);
        *column += columns_of(ipm->blocks[k].source);
    }
}

static int column_id(const struct programme_block *b, const struct programme_entry *entry,
                     int first) {
    switch (entry->where) {
    case IN_STEP:
        return first + entry->index;
    case IN_BEGIN:
    case IN_END:
        return first + b->columns_count + entry->index;
    case IN_PERIOD:
        return first + b->columns_count + b->states_count + entry->index;
    case IN_DESIGN:
        break;
    }
    return entry->index;
}

static void note_block(const struct ipm *ipm, int k, struct magnitudes *all) {
    const struct ipm_block *block = &ipm->blocks[k];
    int row, column;
    first_ids(ipm, k, &row, &column);
    for (int e = 0; e < block->entries.count; e++) {
        const struct programme_entry *entry = &block->entries.entry[e];
        note(all, row + entry->row, column_id(block->source, entry, column),
             block->entries.largest[e]);
    }
    for (int e = 0; e < block->sum_entries.count; e++) {
        const struct programme_entry *entry = &block->sum_entries.entry[e];
        note(all, row + block->source->rows_count + entry->row,
             column_id(block->source, entry, column), block->sum_entries.largest[e]);
    }
}

static void note_border(const struct ipm *ipm, struct magnitudes *all) {
    const struct programme *programme = ipm->programme;
    for (int e = 0; e < programme->border_entries_count; e++) {
        const struct programme_border_entry *entry = &programme->border_entries[e];
        int row, column = entry->index;
        if (entry->where == IN_PERIOD) {
            const struct programme_block *b = ipm->blocks[entry->block].source;
            first_ids(ipm, entry->block, &row, &column);
            column += b->columns_count + b->states_count + entry->index;
        }
        note(all, entry->row, column, fabs(entry->value));
    }
}

/* Takes the scales out; how many steps a sum row adds decides how much smaller it is made. */
static enum status deal_out(struct ipm *ipm, const struct magnitudes *all) {
    const struct programme *programme = ipm->programme;
    for (int k = 0; k < ipm->blocks_count; k++) {
        struct ipm_block *block = &ipm->blocks[k];
        const struct programme_block *b = block->source;
        int row, column;
        first_ids(ipm, k, &row, &column);
        block->row_scale = all->row_scale + row;
        block->sum_scale = all->row_scale + row + b->rows_count;
        block->column_scale = all->column_scale + column;
        block->state_scale = block->column_scale + b->columns_count;
        block->family_scale = block->state_scale + b->states_count;
        for (int f = 0; f < b->sums_count; f++) {
            double steps = (double)block->steps / fmax(1.0, b->maps[b->sums[f].map].periods);
            block->sum_scale[f] *= ipm_power_of_two(1.0 / sqrt(fmax(1.0, steps)));
        }
    }
    (void)programme;
    return STATUS_OK;
}

enum status ipm_scale(struct ipm *ipm) {
    struct magnitudes all = {0};
    int entries = ipm->programme->border_entries_count;
    first_ids(ipm, ipm->blocks_count, &all.rows, &all.columns);
    for (int k = 0; k < ipm->blocks_count; k++) {
        entries += ipm->blocks[k].entries.count + ipm->blocks[k].sum_entries.count;
    }
    all.row = ARENA_TAKE(ipm->arena, int, entries);
    all.column = ARENA_TAKE(ipm->arena, int, entries);
    all.size = ARENA_TAKE(ipm->arena, double, entries);
    all.row_scale = ARENA_TAKE(ipm->arena, double, all.rows);
    all.column_scale = ARENA_TAKE(ipm->arena, double, all.columns);
    all.row_most = ARENA_TAKE(ipm->arena, double, all.rows);
    all.column_most = ARENA_TAKE(ipm->arena, double, all.columns);
    if (arena_failed(ipm->arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < all.rows; i++) {
        all.row_scale[i] = 1.0;
    }
    for (int j = 0; j < all.columns; j++) {
        all.column_scale[j] = 1.0;
    }
    for (int k = 0; k < ipm->blocks_count; k++) {
        note_block(ipm, k, &all);
    }
    note_border(ipm, &all);
    equilibrate(&all);
    ipm->design_scale = all.column_scale;
    ipm->border_scale = all.row_scale;
    return deal_out(ipm, &all);
}
