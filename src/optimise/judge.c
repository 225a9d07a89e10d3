/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/judge.h"

#include <math.h>

void tally_add(struct tally *tally, long double term) {
    long double total = tally->total + term;
    if (fabsl(tally->total) >= fabsl(term)) {
        tally->carry += (tally->total - total) + term;
    } else {
        tally->carry += (term - total) + tally->total;
    }
    tally->total = total;
    double size = (double)fabsl(term);
    if (!(size <= tally->largest)) { /* NaN counts as largest */
        tally->largest = size;
    }
}

long double tally_value(const struct tally *tally) { return tally->total + tally->carry; }

static void add_term(struct judge *judge, long row, long column, double value) {
    if (judge->x) {
        tally_add(&judge->rows[row], (long double)value * judge->x[column]);
    }
    if (judge->y) {
        tally_add(&judge->columns[column], (long double)value * judge->y[row]);
    }
}

static void add_fixed(struct judge *judge, long row, double value, double level) {
    long double term = (long double)value * level;
    judge->fixed[row] += term;
    tally_add(&judge->rows[row], term);
}

/* Where the lists of one block begin in the order of programme.h. */
struct corner {
    const struct programme_block *block;
    long steps, column, row;
};

static long periods_of(const struct programme_block *block, int map) {
    return block->maps[map].periods;
}

static long family_column(const struct corner *corner, int family) {
    long at = corner->column +
              corner->steps * ((long)corner->block->columns_count + corner->block->states_count);
    for (int f = 0; f < family; f++) {
        at += periods_of(corner->block, corner->block->periods[f].map);
    }
    return at;
}

static long sum_row(const struct corner *corner, int family) {
    long at = corner->row + corner->steps * corner->block->rows_count;
    for (int f = 0; f < family; f++) {
        at += periods_of(corner->block, corner->block->sums[f].map);
    }
    return at;
}

static struct corner first_corner(const struct programme *programme) {
    struct corner corner = {programme->blocks, 0, programme->designs_count,
                            programme->border_rows_count};
    if (programme->blocks_count > 0) {
        corner.steps = (long)corner.block->segments * corner.block->segment_steps;
    }
    return corner;
}

static struct corner next_corner(const struct programme *programme, const struct corner *corner) {
    struct corner next = {corner->block + 1, 0, family_column(corner, corner->block->periods_count),
                          sum_row(corner, corner->block->sums_count)};
    if (next.block < programme->blocks + programme->blocks_count) {
        next.steps = (long)next.block->segments * next.block->segment_steps;
    }
    return next;
}

static void add_begin(struct judge *judge, const struct corner *corner,
                      const struct programme_entry *entry) {
    const struct programme_block *b = corner->block;
    long row = corner->row + corner->steps * entry->row;
    long column = corner->column + corner->steps * ((long)b->columns_count + entry->index);
    for (int s = 0; s < b->segments; s++) {
        int t = s * b->segment_steps;
        double value = numbers_at(entry->value, t);
        if (b->follows[s] == PROGRAMME_FIXED) {
            add_fixed(judge, row + t, value, b->states[entry->index].start_level_ratio);
        } else {
            add_term(judge, row + t, column + ((long)b->follows[s] + 1) * b->segment_steps - 1,
                     value);
        }
        for (int i = 1; i < b->segment_steps; i++) {
            add_term(judge, row + t + i, column + t + i - 1, numbers_at(entry->value, t + i));
        }
    }
}

static void add_entry(struct judge *judge, const struct corner *corner,
                      const struct programme_entry *entry) {
    const struct programme_block *b = corner->block;
    long row = corner->row + corner->steps * entry->row;
    switch (entry->where) {
    case IN_STEP:
    case IN_END: {
        long list = entry->where == IN_STEP ? entry->index : (long)b->columns_count + entry->index;
        for (int t = 0; t < corner->steps; t++) {
            add_term(judge, row + t, corner->column + corner->steps * list + t,
                     numbers_at(entry->value, t));
        }
        break;
    }
    case IN_BEGIN:
        add_begin(judge, corner, entry);
        break;
    case IN_DESIGN:
        for (int t = 0; t < corner->steps; t++) {
            add_term(judge, row + t, entry->index, numbers_at(entry->value, t));
        }
        break;
    case IN_PERIOD: {
        const int *period = b->maps[b->periods[entry->index].map].period_of_step;
        long column = family_column(corner, entry->index);
        for (int t = 0; t < corner->steps; t++) {
            if (period[t] >= 0) {
                add_term(judge, row + t, column + period[t], numbers_at(entry->value, t));
            }
        }
        break;
    }
    }
}

static void add_sum_entry(struct judge *judge, const struct corner *corner,
                          const struct programme_entry *entry) {
    const struct programme_block *b = corner->block;
    const struct programme_map *map = &b->maps[b->sums[entry->row].map];
    long row = sum_row(corner, entry->row);
    if (entry->where == IN_STEP) {
        long column = corner->column + corner->steps * entry->index;
        for (int t = 0; t < corner->steps; t++) {
            if (map->period_of_step[t] >= 0) {
                add_term(judge, row + map->period_of_step[t], column + t,
                         numbers_at(entry->value, t));
            }
        }
        return;
    }
    bool design = entry->where == IN_DESIGN;
    long column = design ? entry->index : family_column(corner, entry->index);
    for (int p = 0; p < map->periods; p++) {
        add_term(judge, row + p, design ? column : column + p, numbers_at(entry->value, p));
    }
}

static void add_border(struct judge *judge) {
    const struct programme *programme = judge->programme;
    struct corner corner = first_corner(programme);
    for (int b = 0;; b++) {
        for (int e = 0; e < programme->border_entries_count; e++) {
            const struct programme_border_entry *entry = &programme->border_entries[e];
            if (entry->where == IN_DESIGN && b == 0) {
                add_term(judge, entry->row, entry->index, entry->value);
            } else if (entry->where == IN_PERIOD && entry->block == b) {
                add_term(judge, entry->row, family_column(&corner, entry->index) + entry->period,
                         entry->value);
            }
        }
        if (b + 1 >= programme->blocks_count) {
            return;
        }
        corner = next_corner(programme, &corner);
    }
}

enum status judge_products(struct judge *judge) {
    const struct programme *programme = judge->programme;
    struct corner corner = first_corner(programme);
    add_border(judge);
    for (int b = 0; b < programme->blocks_count; b++) {
        bool here = share_has(programme->share, b);
        for (int e = 0; here && e < corner.block->entries_count; e++) {
            add_entry(judge, &corner, &corner.block->entries[e]);
        }
        for (int e = 0; here && e < corner.block->sum_entries_count; e++) {
            add_sum_entry(judge, &corner, &corner.block->sum_entries[e]);
        }
        TRY(share_hand_on(programme->share, b, judge->columns,
                          (size_t)programme->designs_count * sizeof *judge->columns));
        corner = next_corner(programme, &corner);
    }
    return STATUS_OK;
}

static void each_column(struct judge *judge, const struct verdict *verdict, long at,
                        const struct programme_column *column, long count) {
    for (int i = 0; verdict->column && i < count; i++) {
        verdict->column(judge, at + i, numbers_at(column->cost, i), numbers_at(column->lower, i),
                        numbers_at(column->upper, i));
    }
}

static void each_row(struct judge *judge, const struct verdict *verdict, long at,
                     const struct programme_row *row, long count) {
    for (int i = 0; i < count; i++) {
        verdict->row(judge, at + i, numbers_at(row->lower, i), numbers_at(row->upper, i));
    }
}

static void each_of_block(struct judge *judge, const struct verdict *verdict,
                          const struct corner *corner) {
    const struct programme_block *b = corner->block;
    long column = corner->column, row = corner->row;
    for (int c = 0; c < b->columns_count; c++, column += corner->steps) {
        each_column(judge, verdict, column, &b->columns[c], corner->steps);
    }
    for (int s = 0; s < b->states_count; s++, column += corner->steps) {
        each_column(judge, verdict, column, &b->states[s], corner->steps);
    }
    for (int f = 0; f < b->periods_count; f++) {
        each_column(judge, verdict, column, &b->periods[f], periods_of(b, b->periods[f].map));
        column += periods_of(b, b->periods[f].map);
    }
    for (int r = 0; r < b->rows_count; r++, row += corner->steps) {
        each_row(judge, verdict, row, &b->rows[r], corner->steps);
    }
    for (int f = 0; f < b->sums_count; f++) {
        each_row(judge, verdict, row, &b->sums[f], periods_of(b, b->sums[f].map));
        row += periods_of(b, b->sums[f].map);
    }
}

enum status judge_each(struct judge *judge, const struct verdict *verdict) {
    const struct programme *programme = judge->programme;
    for (int d = 0; d < programme->designs_count; d++) {
        const struct programme_design *design = &programme->designs[d];
        if (verdict->column) {
            verdict->column(judge, d, design->cost, design->lower, design->upper);
        }
    }
    for (int r = 0; r < programme->border_rows_count; r++) {
        verdict->row(judge, r, programme->border_rows[r].lower, programme->border_rows[r].upper);
    }
    struct corner corner = first_corner(programme);
    for (int b = 0; b < programme->blocks_count; b++) {
        if (share_has(programme->share, b)) {
            each_of_block(judge, verdict, &corner);
        }
        TRY(share_hand_on(programme->share, b, &judge->so_far, sizeof judge->so_far));
        corner = next_corner(programme, &corner);
    }
    return STATUS_OK;
}
