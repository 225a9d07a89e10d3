/* The programme as one sparse matrix by columns. Terms are listed as they come, sorted by row and
   then, stably, by column (two counting sorts), so that rows ascend in a column and terms at one
   place are added in list order. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "optimise/programme.h"
#include "optimise/walk.h"

struct terms {
    long count;
    int *row, *column;
    double *value;
};

struct listing {
    struct terms terms;
    struct programme_flat *flat;
};

static void list_term(void *data, long row, long column, double value) {
    struct listing *listing = data;
    if (column < 0) { /* infinity stays infinity */
        listing->flat->row_lower[row] -= value;
        listing->flat->row_upper[row] -= value;
    } else if (value != 0.0) {
        struct terms *terms = &listing->terms;
        terms->row[terms->count] = (int)row;
        terms->column[terms->count] = (int)column;
        terms->value[terms->count++] = value;
    }
}

static void set_columns(struct programme_flat *flat, long at, const struct programme_column *column,
                        int count) {
    for (int i = 0; i < count; i++) {
        flat->cost[at + i] = numbers_at(column->cost, i);
        flat->lower[at + i] = numbers_at(column->lower, i);
        flat->upper[at + i] = numbers_at(column->upper, i);
    }
}

static void set_rows(struct programme_flat *flat, long at, const struct programme_row *row,
                     int count) {
    for (int i = 0; i < count; i++) {
        flat->row_lower[at + i] = numbers_at(row->lower, i);
        flat->row_upper[at + i] = numbers_at(row->upper, i);
    }
}

static void set_block(const struct programme *programme, int block, struct programme_flat *flat) {
    const struct programme_block *b = &programme->blocks[block];
    int steps = programme_steps(b);
    for (int c = 0; c < b->columns_count; c++) {
        set_columns(flat, programme_at_column(programme, block, c, 0), &b->columns[c], steps);
    }
    for (int s = 0; s < b->states_count; s++) {
        set_columns(flat, programme_at_state(programme, block, s, 0), &b->states[s], steps);
    }
    for (int f = 0; f < b->periods_count; f++) {
        int periods = b->maps[b->periods[f].map].periods;
        set_columns(flat, programme_at_period(programme, block, f, 0), &b->periods[f], periods);
    }
    for (int r = 0; r < b->rows_count; r++) {
        set_rows(flat, programme_at_row(programme, block, r, 0), &b->rows[r], steps);
    }
    for (int f = 0; f < b->sums_count; f++) {
        int periods = b->maps[b->sums[f].map].periods;
        set_rows(flat, programme_at_sum(programme, block, f, 0), &b->sums[f], periods);
    }
}

static void set_bounds(const struct programme *programme, struct programme_flat *flat) {
    for (int d = 0; d < programme->designs_count; d++) {
        flat->cost[d] = programme->designs[d].cost;
        flat->lower[d] = programme->designs[d].lower;
        flat->upper[d] = programme->designs[d].upper;
    }
    for (int r = 0; r < programme->border_rows_count; r++) {
        flat->row_lower[r] = programme->border_rows[r].lower;
        flat->row_upper[r] = programme->border_rows[r].upper;
    }
    for (int block = 0; block < programme->blocks_count; block++) {
        set_block(programme, block, flat);
    }
}

/* Places of the terms in the order of their keys 0..keys-1, stable; order holds the terms' numbers.
   first has keys + 1 entries of zero. */
static void sort_by(const int *key, const int *order, long count, long keys, long *first,
                    int *ret_order) {
    for (long i = 0; i < count; i++) {
        first[key[i] + 1]++;
    }
    for (long k = 0; k < keys; k++) {
        first[k + 1] += first[k];
    }
    for (long i = 0; i < count; i++) {
        int term = order ? order[i] : (int)i;
        ret_order[first[key[term]]++] = term;
    }
}

static enum status write_matrix(const struct terms *terms, struct arena *scratch,
                                struct programme_flat *flat) {
    long *first_row = ARENA_TAKE(scratch, long, flat->rows + 1);
    long *first_column = ARENA_TAKE(scratch, long, flat->columns + 1);
    int *by_row = ARENA_TAKE(scratch, int, terms->count),
        *by_column = ARENA_TAKE(scratch, int, terms->count);
    if (!first_row || !first_column || !by_row || !by_column) {
        return STATUS_NO_MEMORY;
    }
    sort_by(terms->row, NULL, terms->count, flat->rows, first_row, by_row);
    sort_by(terms->column, by_row, terms->count, flat->columns, first_column, by_column);
    long at = 0, i = 0;
    for (long column = 0; column < flat->columns; column++) {
        flat->start[column] = at;
        while (i < terms->count && terms->column[by_column[i]] == column) {
            int row = terms->row[by_column[i]];
            double value = 0.0;
            for (; i < terms->count && terms->column[by_column[i]] == column &&
                   terms->row[by_column[i]] == row;
                 i++) {
                value += terms->value[by_column[i]];
            }
            if (value != 0.0) {
                flat->row[at] = row;
                flat->value[at++] = value;
            }
        }
    }
    flat->start[flat->columns] = at;
    flat->nonzeros = at;
    return STATUS_OK;
}

static enum status flatten(const struct programme *programme, struct arena *arena,
                           struct arena *scratch, struct programme_flat *ret) {
    if (programme_mistake(programme, scratch)) {
        return arena_failed(scratch) ? STATUS_NO_MEMORY : STATUS_INTERNAL;
    }
    struct programme_flat flat = {.columns = programme_columns(programme),
                                  .rows = programme_rows(programme),
                                  .objective_constant = programme->objective_constant};
    long most = programme_nonzeros(programme);
    struct terms terms = {0, ARENA_TAKE(scratch, int, most), ARENA_TAKE(scratch, int, most),
                          ARENA_TAKE(scratch, double, most)};
    flat.cost = ARENA_TAKE(arena, double, flat.columns);
    flat.lower = ARENA_TAKE(arena, double, flat.columns);
    flat.upper = ARENA_TAKE(arena, double, flat.columns);
    flat.row_lower = ARENA_TAKE(arena, double, flat.rows);
    flat.row_upper = ARENA_TAKE(arena, double, flat.rows);
    flat.start = ARENA_TAKE(arena, long, flat.columns + 1);
    flat.row = ARENA_TAKE(arena, int, most);
    flat.value = ARENA_TAKE(arena, double, most);
    if (arena_failed(arena) || arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    struct listing listing = {terms, &flat};
    set_bounds(programme, &flat);
    walk_terms(programme, list_term, &listing);
    TRY(write_matrix(&listing.terms, scratch, &flat));
    *ret = flat;
    return STATUS_OK;
}

enum status programme_flatten(const struct programme *programme, struct arena *arena,
                              struct programme_flat *ret) {
    struct arena *scratch = arena_new(0);
    enum status status = scratch ? flatten(programme, arena, scratch, ret) : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}
