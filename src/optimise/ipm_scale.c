/* Scales of rows and columns, by slot and not by step, so that the pattern and its constants stay.
   Ruiz's iteration brings the largest entry of every row and column near one. Then sizes spread from
   the rows' sides: a row that is so large makes its columns so large, and these the rows they stand
   in (but the balance of a store, whose side is no more than what a store of fixed size always loses: of 300 MWh some
   13 kW); with them every column and every row's activity comes near one, so that a flow of litres is
   closed as well as one of megawatts. Powers of two: nothing is rounded. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_internal.h"

enum { ROUNDS = 6 };

struct magnitudes {
    int count, rows, columns;
    int *row, *column;
    double *size, *steps; /* steps: how many of them the entry adds up */
    double *row_scale, *column_scale, *row_most, *column_most;
    double *side, *room; /* of rows; between the bounds of columns, 0 where there are none */
    double *spreads;     /* of rows: their side, or 0 for a balance of a store */
};

static void note(struct magnitudes *all, int row, int column, double size, double steps) {
    if (size > 0.0 && isfinite(size)) {
        all->row[all->count] = row;
        all->column[all->count] = column;
        all->steps[all->count] = steps;
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
}

static double inner_size(const struct magnitudes *all, int i) {
    return all->size[i] * all->row_scale[all->row[i]] * all->column_scale[all->column[i]] *
           all->steps[i];
}

/* Spreads sizes from the rows with a side, the smallest first: a row says how large a column can be,
   and has the size of the first column that became known where it has no side. */
static void spread(const struct magnitudes *all, double *row_size, double *column_size) {
    for (int known = 0; known < all->columns; known++) {
        double least = HUGE_VAL;
        int next = -1;
        for (int i = 0; i < all->count; i++) {
            double size = row_size[all->row[i]];
            if (size > 0.0 && column_size[all->column[i]] == 0.0 &&
                size / inner_size(all, i) < least) {
                least = size / inner_size(all, i);
                next = all->column[i];
            }
        }
        if (next < 0) {
            return;
        }
        column_size[next] = least;
        for (int i = 0; i < all->count; i++) {
            if (all->column[i] == next && row_size[all->row[i]] == 0.0) {
                row_size[all->row[i]] = least * inner_size(all, i);
            }
        }
    }
}

/* Once all are known, a row is as large as its side or the most that its columns make. */
static void settle(const struct magnitudes *all, double *row_size, const double *column_size) {
    for (int i = 0; i < all->rows; i++) {
        row_size[i] = all->side[i] * all->row_scale[i];
    }
    for (int i = 0; i < all->count; i++) {
        double *row = &row_size[all->row[i]];
        *row = fmax(*row, inner_size(all, i) * column_size[all->column[i]]);
    }
}

/* Where no side has spread, a column is as large as its bounds let it be, and its rows with it. */
static void spread_rooms(const struct magnitudes *all, double *row_size, double *column_size) {
    bool any = false;
    for (int j = 0; j < all->columns; j++) {
        if (column_size[j] == 0.0 && all->room[j] > 0.0) {
            column_size[j] = all->room[j] / all->column_scale[j];
            any = true;
        }
    }
    for (int i = 0; any && i < all->count; i++) {
        double size = column_size[all->column[i]] * inner_size(all, i);
        double *row = &row_size[all->row[i]];
        if (size > 0.0 && (*row == 0.0 || size < *row)) {
            *row = size;
        }
    }
    if (any) {
        spread(all, row_size, column_size);
    }
}

/* Sizes from the sides, then from bounds; what they do not reach is as large as the mean of the rest. */
static enum status measure(struct ipm *ipm, struct magnitudes *all) {
    double *row_size = ARENA_TAKE(ipm->arena, double, all->rows);
    double *column_size = ARENA_TAKE(ipm->arena, double, all->columns);
    double sum = 0.0;
    int known = 0;
    if (!row_size || !column_size) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < all->rows; i++) {
        row_size[i] = all->spreads[i] * all->row_scale[i];
    }
    spread(all, row_size, column_size);
    spread_rooms(all, row_size, column_size);
    settle(all, row_size, column_size);
    for (int j = 0; j < all->columns; j++) {
        sum += column_size[j] > 0.0 ? log(column_size[j]) : 0.0;
        known += column_size[j] > 0.0;
    }
    double mean = known > 0 ? exp(sum / known) : 1.0;
    for (int j = 0; j < all->columns; j++) {
        all->column_scale[j] =
            ipm_power_of_two(all->column_scale[j] * (column_size[j] > 0.0 ? column_size[j] : mean));
    }
    for (int i = 0; i < all->rows; i++) {
        all->row_scale[i] =
            ipm_power_of_two(all->row_scale[i] / (row_size[i] > 0.0 ? row_size[i] : mean));
    }
    return STATUS_OK;
}

/* The mean of the sides that are neither zero nor open. */
static double side_of(struct numbers lower, struct numbers upper, int count) {
    double sum = 0.0;
    int sides = 0;
    for (int i = 0; i < count; i++) {
        double low = fabs(numbers_at(lower, i)), high = fabs(numbers_at(upper, i));
        low = isfinite(low) ? low : 0.0;
        high = isfinite(high) ? high : 0.0;
        sum += fmax(low, high);
        sides += fmax(low, high) > 0.0;
    }
    return sides ? sum / sides : 0.0;
}

/* The mean of the distances between bounds; 0 where one is infinite. */
static double room_of(const struct programme_column *column, int count) {
    double sum = 0.0;
    for (int i = 0; i < count; i++) {
        sum += numbers_at(column->upper, i) - numbers_at(column->lower, i);
    }
    return isfinite(sum) ? sum / fmax(1, count) : 0.0;
}

/* Rows: border rows, then by block step rows and sum families. Columns: designs, then by block
   columns, states and period families. */
static long rows_of(const struct ipm_block *block) {
    return (long)block->extent.rows + block->source->sums_count;
}
static long columns_of(const struct ipm_block *block) {
    return (long)block->extent.columns + block->extent.states + block->source->periods_count;
}
static long entries_of(const struct ipm_block *block) {
    return (long)block->extent.entries + block->extent.sum_entries;
}

static void first_ids(const struct ipm *ipm, int block, int *row, int *column) {
    *row = ipm->programme->border_rows_count;
    *column = ipm->programme->designs_count;
    for (int k = 0; k < block; k++) {
        *row += (int)rows_of(&ipm->blocks[k]);
        *column += (int)columns_of(&ipm->blocks[k]);
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
             block->entries.largest[e], 1.0);
    }
    for (int r = 0; r < block->source->rows_count; r++) {
        const struct programme_row *source = &block->source->rows[r];
        all->side[row + r] = side_of(source->lower, source->upper, block->steps);
        all->spreads[row + r] = all->side[row + r];
    }
    for (int e = 0; e < block->entries.count; e++) {
        const struct programme_entry *entry = &block->entries.entry[e];
        if (entry->where == IN_BEGIN) {
            all->spreads[row + entry->row] = 0.0;
        }
    }
    for (int e = 0; e < block->sum_entries.count; e++) {
        const struct programme_entry *entry = &block->sum_entries.entry[e];
        int periods = block->source->maps[block->source->sums[entry->row].map].periods;
        double steps =
            entry->where == IN_STEP ? fmax(1.0, (double)block->steps / fmax(1, periods)) : 1.0;
        note(all, row + block->source->rows_count + entry->row,
             column_id(block->source, entry, column), block->sum_entries.largest[e], steps);
    }
    for (int c = 0; c < block->source->columns_count; c++) {
        all->room[column + c] = room_of(&block->source->columns[c], block->steps);
    }
    column += block->source->columns_count;
    for (int s = 0; s < block->source->states_count; s++) {
        all->room[column + s] = room_of(&block->source->states[s], block->steps);
    }
    column += block->source->states_count;
    for (int f = 0; f < block->source->periods_count; f++) {
        const struct programme_column *family = &block->source->periods[f];
        all->room[column + f] = room_of(family, block->source->maps[family->map].periods);
    }
    for (int f = 0; f < block->source->sums_count; f++) {
        const struct programme_row *sum = &block->source->sums[f];
        all->side[row + block->source->rows_count + f] =
            side_of(sum->lower, sum->upper, block->source->maps[sum->map].periods);
        all->spreads[row + block->source->rows_count + f] =
            all->side[row + block->source->rows_count + f];
    }
}

/* Each by its holder, in the order of the programme. */
static enum status note_blocks(struct ipm *ipm, struct magnitudes *all) {
    const struct share *share = ipm->share;
    long *entries = ARENA_TAKE(ipm->arena, long, ipm->blocks_count);
    long *rows = ARENA_TAKE(ipm->arena, long, ipm->blocks_count);
    long *columns = ARENA_TAKE(ipm->arena, long, ipm->blocks_count);
    int until = 0, row, column;
    if (!entries || !rows || !columns) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < ipm->blocks_count; k++) {
        entries[k] = entries_of(&ipm->blocks[k]);
        rows[k] = rows_of(&ipm->blocks[k]);
        columns[k] = columns_of(&ipm->blocks[k]);
        all->count = until;
        if (ipm->blocks[k].is_here) {
            note_block(ipm, k, all);
        }
        until += (int)entries[k];
    }
    all->count = until;
    first_ids(ipm, 0, &row, &column);
    TRY(share_gather(share, all->row, sizeof *all->row, entries));
    TRY(share_gather(share, all->column, sizeof *all->column, entries));
    TRY(share_gather(share, all->size, sizeof *all->size, entries));
    TRY(share_gather(share, all->steps, sizeof *all->steps, entries));
    TRY(share_gather(share, all->side + row, sizeof *all->side, rows));
    TRY(share_gather(share, all->spreads + row, sizeof *all->spreads, rows));
    return share_gather(share, all->room + column, sizeof *all->room, columns);
}

static void note_border(const struct ipm *ipm, struct magnitudes *all) {
    const struct programme *programme = ipm->programme;
    for (int e = 0; e < programme->border_entries_count; e++) {
        const struct programme_border_entry *entry = &programme->border_entries[e];
        int row, column = entry->index;
        if (entry->where == IN_PERIOD) {
            const struct ipm_extent *extent = &ipm->blocks[entry->block].extent;
            first_ids(ipm, entry->block, &row, &column);
            column += extent->columns + extent->states + entry->index;
        }
        note(all, entry->row, column, fabs(entry->value), 1.0);
    }
    for (int r = 0; r < programme->border_rows_count; r++) {
        const struct programme_border_row *row = &programme->border_rows[r];
        all->side[r] =
            side_of((struct numbers){&row->lower, 0}, (struct numbers){&row->upper, 0}, 1);
        all->spreads[r] = all->side[r];
    }
}

static void note_designs(const struct programme *programme, struct magnitudes *all) {
    for (int d = 0; d < programme->designs_count; d++) {
        double room = programme->designs[d].upper - programme->designs[d].lower;
        all->room[d] = isfinite(room) ? room : 0.0;
    }
}

static void deal_out(struct ipm *ipm, const struct magnitudes *all) {
    for (int k = 0; k < ipm->blocks_count; k++) {
        struct ipm_block *block = &ipm->blocks[k];
        const struct ipm_extent *extent = &block->extent;
        int row, column;
        first_ids(ipm, k, &row, &column);
        block->row_scale = all->row_scale + row;
        block->sum_scale = all->row_scale + row + extent->rows;
        block->column_scale = all->column_scale + column;
        block->state_scale = block->column_scale + extent->columns;
        block->family_scale = block->state_scale + extent->states;
    }
    ipm->design_scale = all->column_scale;
    ipm->border_scale = all->row_scale;
}

enum status ipm_scale(struct ipm *ipm) {
    struct magnitudes all = {0};
    int entries = ipm->programme->border_entries_count;
    first_ids(ipm, ipm->blocks_count, &all.rows, &all.columns);
    for (int k = 0; k < ipm->blocks_count; k++) {
        entries += (int)entries_of(&ipm->blocks[k]);
    }
    all.row = ARENA_TAKE(ipm->arena, int, entries);
    all.column = ARENA_TAKE(ipm->arena, int, entries);
    all.size = ARENA_TAKE(ipm->arena, double, entries);
    all.steps = ARENA_TAKE(ipm->arena, double, entries);
    all.side = ARENA_TAKE(ipm->arena, double, all.rows);
    all.spreads = ARENA_TAKE(ipm->arena, double, all.rows);
    all.room = ARENA_TAKE(ipm->arena, double, all.columns);
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
    TRY(note_blocks(ipm, &all));
    note_border(ipm, &all);
    note_designs(ipm->programme, &all);
    equilibrate(&all);
    TRY(measure(ipm, &all));
    deal_out(ipm, &all);
    return STATUS_OK;
}
