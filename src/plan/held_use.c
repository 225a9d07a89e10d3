/* What of a capacity is used, from the rows it stands in:  others(t) + coefficient(t) * capacity  <= upper(t), with a
   coefficient below zero, asks for at least (others - upper) / -coefficient. Used in full is a capacity whose row is met with
   nothing to spare in one step. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/held_internal.h"

static double entry_value(const struct programme *programme, int block,
                          const struct programme_entry *entry, const double *x, int t) {
    const struct programme_block *b = &programme->blocks[block];
    switch (entry->where) {
    case IN_STEP:
        return x[programme_at_column(programme, block, entry->index, t)];
    case IN_BEGIN: {
        int before = programme_before(b, t);
        return before == PROGRAMME_FIXED
                   ? b->states[entry->index].start_level_ratio
                   : x[programme_at_state(programme, block, entry->index, before)];
    }
    case IN_END:
        return x[programme_at_state(programme, block, entry->index, t)];
    case IN_DESIGN:
        return x[programme_at_design(programme, entry->index)];
    case IN_PERIOD: {
        int period = b->maps[b->periods[entry->index].map].period_of_step[t];
        return period == PROGRAMME_NO_PERIOD
                   ? 0.0
                   : x[programme_at_period(programme, block, entry->index, period)];
    }
    }
    return 0.0;
}

/* All of a row but the capacity's own entry. */
static void add_others(const struct held *held, int row, const struct programme_entry *own,
                       const double *x, double *others_value) {
    int block = held->work->block;
    const struct programme_block *b = &held->programme->blocks[block];
    memset(others_value, 0, (size_t)programme_steps(b) * sizeof *others_value);
    for (int e = 0; e < b->entries_count; e++) {
        const struct programme_entry *entry = &b->entries[e];
        for (int t = 0; entry->row == row && entry != own && t < programme_steps(b); t++) {
            others_value[t] +=
                numbers_at(entry->value, t) * entry_value(held->programme, block, entry, x, t);
        }
    }
}

enum status held_use_of(const struct held *held, int m, const double *x, struct arena *arena,
                        struct held_use *ret) {
    const struct programme_block *b = &held->programme->blocks[held->work->block];
    const struct measure *it = &held->measures[m];
    *ret = (struct held_use){-1, 0, x[it->column]};
    if (it->kind != MEASURE_CAPACITY) {
        return STATUS_OK;
    }
    double *others_value = ARENA_TAKE(arena, double, programme_steps(b));
    TRY(others_value ? STATUS_OK : STATUS_NO_MEMORY);
    for (int e = 0; e < b->entries_count; e++) {
        const struct programme_entry *own = &b->entries[e];
        const struct programme_row *row = &b->rows[own->row];
        bool limits = own->where == IN_DESIGN && own->index == it->column;
        for (int t = 0; limits && t < programme_steps(b); t++) {
            double upper = numbers_at(row->upper, t), coefficient = numbers_at(own->value, t);
            if (t == 0) {
                add_others(held, own->row, own, x, others_value);
            }
            if (!(coefficient < 0.0) || !isfinite(upper) || numbers_at(row->lower, t) == upper) {
                continue; /* a balance, or nothing that asks for more */
            }
            double need = (others_value[t] - upper) / -coefficient;
            if (ret->row < 0 || need > ret->value) {
                *ret = (struct held_use){own->row, t, need};
            }
        }
    }
    return STATUS_OK;
}

enum status held_use_in_full(const struct held *held, const struct held_use *use,
                             struct arena *arena, struct programme *programme) {
    int at = held->work->block;
    struct programme_block *blocks =
        ARENA_TAKE(arena, struct programme_block, programme->blocks_count);
    struct programme_row *rows =
        ARENA_TAKE(arena, struct programme_row, programme->blocks[at].rows_count);
    TRY(blocks && rows ? STATUS_OK : STATUS_NO_MEMORY);
    memcpy(blocks, programme->blocks, (size_t)programme->blocks_count * sizeof *blocks);
    memcpy(rows, blocks[at].rows, (size_t)blocks[at].rows_count * sizeof *rows);
    for (int m = 0; m < held->measures_count; m++) {
        if (use[m].row < 0) {
            continue;
        }
        struct programme_row *row = &rows[use[m].row];
        int steps = programme_steps(&blocks[at]);
        double *lower = ARENA_TAKE(arena, double, steps);
        TRY(lower ? STATUS_OK : STATUS_NO_MEMORY);
        for (int t = 0; t < steps; t++) {
            lower[t] = t == use[m].step ? numbers_at(row->upper, t) : numbers_at(row->lower, t);
        }
        row->lower = numbers_by_step(lower);
    }
    blocks[at].rows = rows;
    programme->blocks = blocks;
    return STATUS_OK;
}
