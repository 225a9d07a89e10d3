/* Periods in a reduced programme. The year's steps that do as one typical step may lie in several periods of a map: weeks of
   January and of March are like the same week.

   A period column in rows by step (a month's peak) gets a stand-in per class of typical steps that lie in the same
   periods; it holds in their rows, and border rows hold it against the column of each of the periods. A sum over a
   period becomes sums per class of typical steps that lie in the periods equally often, and a border row adds them up.
   A map of which each typical step has one period at most stays, with its sums times how often. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "optimise/typical_internal.h"

/* ---- maps ---- */

/* How often the steps like each typical one lie in each period: [step * periods + period]. */
static int *table_of(struct typical_programme *t, const struct programme_map *map) {
    int *table = ARENA_TAKE(t->arena, int, (long)t->steps * map->periods);
    for (int s = 0; table && s < t->year_steps; s++) {
        int period = map->period_of_step[s];
        if (period != PROGRAMME_NO_PERIOD) {
            table[(long)t->reduced_step[s] * map->periods + period]++;
        }
    }
    return table;
}

static bool is_simple(const struct typical_programme *t, const int *table, int periods) {
    for (int s = 0; s < t->steps; s++) {
        int lies_in = 0;
        for (int p = 0; p < periods; p++) {
            lies_in += table[(long)s * periods + p] > 0;
        }
        if (lies_in > 1) {
            return false;
        }
    }
    return true;
}

static bool is_nothing(const int *row, int periods) {
    for (int p = 0; p < periods; p++) {
        if (row[p] != 0) {
            return false;
        }
    }
    return true;
}

static bool same_class(const int *a, const int *b, int periods, bool often) {
    for (int p = 0; p < periods; p++) {
        if (often ? a[p] != b[p] : (a[p] > 0) != (b[p] > 0)) {
            return false;
        }
    }
    return true;
}

/* Steps by class, a map of its own; ret_row: by class, the table's row of one of its steps. */
static int add_classes(struct typical_programme *t, int *table, int periods, bool often,
                       int **ret_of_step, int ***ret_row, int *ret_count) {
    int *of_step = ARENA_TAKE(t->arena, int, t->steps),
        **row = ARENA_TAKE(t->arena, int *, t->steps);
    int count = 0;
    *ret_of_step = of_step;
    *ret_row = row;
    *ret_count = 0;
    if (!of_step || !row) {
        return -1;
    }
    for (int s = 0; s < t->steps; s++) {
        int *own = table + (long)s * periods, k = count - 1;
        of_step[s] = PROGRAMME_NO_PERIOD;
        if (is_nothing(own, periods)) {
            continue;
        }
        while (k >= 0 && !same_class(row[k], own, periods, often)) { /* most often the last */
            k--;
        }
        if (k < 0) {
            k = count++;
            row[k] = own;
        }
        of_step[s] = k;
    }
    *ret_count = count;
    return programme_add_map(t->builder, 0, (struct programme_map){count, of_step});
}

static void add_map(struct typical_programme *t, int m) {
    const struct programme_map *whole = &t->block->maps[m];
    struct period_map *map = &t->maps[m];
    int *table = table_of(t, whole), *period = ARENA_TAKE(t->arena, int, t->steps);
    map->count = ARENA_TAKE(t->arena, int, t->steps);
    if (!table || !period || !map->count) {
        return;
    }
    map->simple = is_simple(t, table, whole->periods);
    for (int s = 0; s < t->steps; s++) {
        period[s] = PROGRAMME_NO_PERIOD;
        for (int p = 0; map->simple && p < whole->periods; p++) {
            int often = table[(long)s * whole->periods + p];
            period[s] = often > 0 ? p : period[s];
            map->count[s] += often;
        }
    }
    (void)programme_add_map(t->builder, 0, (struct programme_map){whole->periods, period});
    map->table = table;
}

void typical_maps(struct typical_programme *t) {
    t->maps = ARENA_TAKE(t->arena, struct period_map, t->block->maps_count);
    for (int m = 0; t->maps && m < t->block->maps_count; m++) { /* as they are numbered */
        add_map(t, m);
    }
    for (int m = 0; !arena_failed(t->arena) && m < t->block->maps_count; m++) {
        struct period_map *map = &t->maps[m];
        int periods = t->block->maps[m].periods;
        if (!map->simple) {
            map->any_map = add_classes(t, map->table, periods, false, &map->any_of_step, &map->any,
                                       &map->any_count);
            map->share_map = add_classes(t, map->table, periods, true, &map->share_of_step,
                                         &map->share, &map->share_count);
        }
    }
}

/* ---- period columns ---- */

void typical_families(struct typical_programme *t) {
    for (int f = 0; f < t->block->periods_count; f++) {
        (void)programme_add_period(t->builder, 0, t->block->periods[f]);
    }
}

/* Which way the rows by step push a period column's stand-in. */
enum push { PUSH_NONE, PUSH_BELOW = 1, PUSH_ABOVE = 2 };

static bool any_finite(const struct typical_programme *t, struct numbers side) {
    int steps = side.stride == 0 ? 1 : programme_steps(t->block);
    for (int s = 0; s < steps; s++) {
        if (isfinite(numbers_at(side, s))) {
            return true;
        }
    }
    return false;
}

/* A row that needs more of it holds it below its columns, one that needs less above. */
static unsigned pushes_of(const struct typical_programme *t, const struct programme_entry *entry) {
    const struct programme_row *row = &t->block->rows[entry->row];
    bool least = any_finite(t, row->lower), most = any_finite(t, row->upper);
    int steps = entry->value.stride == 0 ? 1 : programme_steps(t->block);
    unsigned push = PUSH_NONE;
    for (int s = 0; s < steps; s++) {
        double value = numbers_at(entry->value, s);
        push |= (least && value > 0.0) || (most && value < 0.0) ? PUSH_BELOW : PUSH_NONE;
        push |= (least && value < 0.0) || (most && value > 0.0) ? PUSH_ABOVE : PUSH_NONE;
    }
    return push;
}

int typical_add_free(struct typical_programme *t, const char *name, int map) {
    struct programme_column family = {name,
                                      programme_constant(t->builder, 0.0),
                                      programme_constant(t->builder, -HUGE_VAL),
                                      programme_constant(t->builder, HUGE_VAL),
                                      map,
                                      0.0};
    return programme_add_period(t->builder, 0, family);
}

/* column of a period - stand-in >= 0, <= 0, or = 0. */
static void hold_stand_in(struct typical_programme *t, int family, int stand_in, unsigned push) {
    const struct programme_column *column = &t->block->periods[family];
    const struct period_map *map = &t->maps[column->map];
    int periods = t->block->maps[column->map].periods;
    for (int k = 0; k < map->any_count; k++) {
        for (int p = 0; p < periods; p++) {
            if (map->any[k][p] == 0) {
                continue;
            }
            struct programme_border_row row = {column->name, push & PUSH_BELOW ? 0.0 : -HUGE_VAL,
                                               push & PUSH_ABOVE ? 0.0 : HUGE_VAL, false};
            int r = programme_add_border_row(t->builder, row);
            programme_add_border_entry(
                t->builder, (struct programme_border_entry){r, IN_PERIOD, family, 0, p, 1.0});
            programme_add_border_entry(
                t->builder, (struct programme_border_entry){r, IN_PERIOD, stand_in, 0, k, -1.0});
        }
    }
}

void typical_period_entries(struct typical_programme *t) {
    const struct programme_block *b = t->block;
    for (int f = 0; f < b->periods_count; f++) {
        bool simple = t->maps[b->periods[f].map].simple;
        int column = simple ? f : -1;
        unsigned push = PUSH_NONE;
        for (int e = 0; e < b->entries_count; e++) {
            const struct programme_entry *entry = &b->entries[e];
            if (entry->where != IN_PERIOD || entry->index != f) {
                continue;
            }
            if (column < 0) {
                column =
                    typical_add_free(t, b->periods[f].name, t->maps[b->periods[f].map].any_map);
            }
            push |= pushes_of(t, entry);
            programme_add_entry(t->builder, 0, entry->row, IN_PERIOD, column,
                                typical_numbers(t, entry->value));
        }
        if (!simple && column >= 0) {
            hold_stand_in(t, f, column, push);
        }
    }
}

/* ---- sums ---- */

static bool has_steps(const struct typical_programme *t, int family) {
    const struct programme_block *b = t->block;
    for (int e = 0; e < b->sum_entries_count; e++) {
        if (b->sum_entries[e].row == family && b->sum_entries[e].where == IN_STEP) {
            return true;
        }
    }
    return false;
}

/* Numbers by step times how often. */
static struct numbers often(struct typical_programme *t, struct numbers whole, const int *count) {
    struct numbers once = typical_numbers(t, whole);
    double *value = typical_take(t);
    for (int s = 0; value && once.value && s < t->steps; s++) {
        value[s] = numbers_at(once, s) * count[s];
    }
    return numbers_by_step(value);
}

static void keep_sum(struct typical_programme *t, int family) {
    const struct programme_block *b = t->block;
    const int *count = t->maps[b->sums[family].map].count;
    t->sum_at[family] = programme_add_sum(t->builder, 0, b->sums[family]);
    for (int e = 0; e < b->sum_entries_count; e++) {
        const struct programme_entry *entry = &b->sum_entries[e];
        if (entry->row == family) {
            struct numbers value =
                entry->where == IN_STEP ? often(t, entry->value, count) : entry->value;
            programme_add_sum_entry(t->builder, 0, t->sum_at[family], entry->where, entry->index,
                                    value);
        }
    }
}

/* By class: what its steps add up to, as a period column. */
static int add_class_sum(struct typical_programme *t, int family) {
    const struct programme_block *b = t->block;
    const struct programme_row *whole = &b->sums[family];
    int map = t->maps[whole->map].share_map, sum = typical_add_free(t, whole->name, map);
    struct programme_row row = {whole->name, programme_constant(t->builder, 0.0),
                                programme_constant(t->builder, 0.0), map, false};
    int index = programme_add_sum(t->builder, 0, row);
    programme_add_sum_entry(t->builder, 0, index, IN_PERIOD, sum,
                            programme_constant(t->builder, -1.0));
    for (int e = 0; e < b->sum_entries_count; e++) {
        const struct programme_entry *entry = &b->sum_entries[e];
        if (entry->row == family && entry->where == IN_STEP) {
            programme_add_sum_entry(t->builder, 0, index, IN_STEP, entry->index,
                                    typical_numbers(t, entry->value));
        }
    }
    return sum;
}

static void border_sum(struct typical_programme *t, int family) {
    const struct programme_block *b = t->block;
    const struct programme_row *whole = &b->sums[family];
    const struct period_map *map = &t->maps[whole->map];
    int periods = b->maps[whole->map].periods, sum = add_class_sum(t, family);
    for (int p = 0; p < periods; p++) {
        struct programme_border_row row = {whole->name, numbers_at(whole->lower, p),
                                           numbers_at(whole->upper, p), whole->elastic};
        int r = programme_add_border_row(t->builder, row);
        t->sum_border[family] = p == 0 ? r : t->sum_border[family];
        for (int k = 0; k < map->share_count; k++) {
            if (map->share[k][p] > 0) {
                programme_add_border_entry(
                    t->builder, (struct programme_border_entry){r, IN_PERIOD, sum, 0, k,
                                                                (double)map->share[k][p]});
            }
        }
        for (int e = 0; e < b->sum_entries_count; e++) {
            const struct programme_entry *entry = &b->sum_entries[e];
            if (entry->row == family && entry->where != IN_STEP) {
                programme_add_border_entry(
                    t->builder, (struct programme_border_entry){r, entry->where, entry->index, 0,
                                                                entry->where == IN_PERIOD ? p : 0,
                                                                numbers_at(entry->value, p)});
            }
        }
    }
}

void typical_sums(struct typical_programme *t) {
    const struct programme_block *b = t->block;
    t->sum_at = ARENA_TAKE(t->arena, int, b->sums_count);
    t->sum_border = ARENA_TAKE(t->arena, int, b->sums_count);
    for (int f = 0; t->sum_at && t->sum_border && f < b->sums_count; f++) {
        t->sum_at[f] = t->sum_border[f] = -1;
        if (t->maps[b->sums[f].map].simple || !has_steps(t, f)) {
            keep_sum(t, f);
        } else {
            border_sum(t, f);
        }
    }
}
