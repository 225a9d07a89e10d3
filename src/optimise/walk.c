/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/walk.h"

static long first_column(const struct programme *programme, int block, enum programme_where where,
                         int index) {
    switch (where) {
    case IN_STEP:
        return programme_at_column(programme, block, index, 0);
    case IN_BEGIN:
    case IN_END:
        return programme_at_state(programme, block, index, 0);
    case IN_PERIOD:
        return programme_at_period(programme, block, index, 0);
    case IN_DESIGN:
        break;
    }
    return programme_at_design(programme, index);
}

static void walk_entry(const struct programme *programme, int block,
                       const struct programme_entry *entry, walk_term *term, void *data) {
    const struct programme_block *b = &programme->blocks[block];
    const int *period =
        entry->where == IN_PERIOD ? b->maps[b->periods[entry->index].map].period_of_step : NULL;
    long row = programme_at_row(programme, block, entry->row, 0);
    long column = first_column(programme, block, entry->where, entry->index);
    int steps = programme_steps(b);
    for (int t = 0; t < steps; t++) {
        double value = numbers_at(entry->value, t);
        switch (entry->where) {
        case IN_STEP:
        case IN_END:
            term(data, row + t, column + t, value);
            break;
        case IN_BEGIN: {
            int before = programme_before(b, t);
            if (before == PROGRAMME_FIXED) {
                term(data, row + t, -1, value * b->states[entry->index].start_level_ratio);
            } else {
                term(data, row + t, column + before, value);
            }
            break;
        }
        case IN_DESIGN:
            term(data, row + t, column, value);
            break;
        case IN_PERIOD:
            if (period && period[t] != PROGRAMME_NO_PERIOD) {
                term(data, row + t, column + period[t], value);
            }
            break;
        }
    }
}

static void walk_sum_entry(const struct programme *programme, int block,
                           const struct programme_entry *entry, walk_term *term, void *data) {
    const struct programme_block *b = &programme->blocks[block];
    const struct programme_map *map = &b->maps[b->sums[entry->row].map];
    long row = programme_at_sum(programme, block, entry->row, 0);
    long column = first_column(programme, block, entry->where, entry->index);
    if (entry->where == IN_STEP) {
        int steps = programme_steps(b);
        for (int t = 0; t < steps; t++) {
            if (map->period_of_step[t] != PROGRAMME_NO_PERIOD) {
                term(data, row + map->period_of_step[t], column + t, numbers_at(entry->value, t));
            }
        }
        return;
    }
    for (int p = 0; p < map->periods; p++) {
        term(data, row + p, entry->where == IN_PERIOD ? column + p : column,
             numbers_at(entry->value, p));
    }
}

void walk_border(const struct programme *programme, walk_term *term, void *data) {
    for (int e = 0; e < programme->border_entries_count; e++) {
        const struct programme_border_entry *entry = &programme->border_entries[e];
        long column = entry->where == IN_PERIOD ? programme_at_period(programme, entry->block,
                                                                      entry->index, entry->period)
                                                : programme_at_design(programme, entry->index);
        term(data, programme_at_border(programme, entry->row), column, entry->value);
    }
}

void walk_block(const struct programme *programme, int block, walk_term *term, void *data) {
    const struct programme_block *b = &programme->blocks[block];
    for (int e = 0; e < b->entries_count; e++) {
        walk_entry(programme, block, &b->entries[e], term, data);
    }
    for (int e = 0; e < b->sum_entries_count; e++) {
        walk_sum_entry(programme, block, &b->sum_entries[e], term, data);
    }
}

void walk_terms(const struct programme *programme, walk_term *term, void *data) {
    walk_border(programme, term, data);
    for (int block = 0; block < programme->blocks_count; block++) {
        walk_block(programme, block, term, data);
    }
}
