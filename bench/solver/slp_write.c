/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "slp.h"

static const double endless = 1e30;

/* The prototype has one list of columns, and what it can solve depends on their order: each level
   stands behind the last step column of the row that carries it. Rows that carry a level or have
   one side stand before plain equalities. */
struct order {
    int *column, *row;       /* place -> step columns, then levels; place -> row */
    int *column_at, *row_at; /* the other way */
};

/* The last step column of the rows in which the state begins, or -1. */
static int carried_behind(const struct programme_block *b, int state) {
    int last = -1;
    for (int e = 0; e < b->entries_count; e++) {
        if (b->entries[e].where != IN_BEGIN || b->entries[e].index != state) {
            continue;
        }
        for (int f = 0; f < b->entries_count; f++) {
            bool beside = b->entries[f].where == IN_STEP && b->entries[f].row == b->entries[e].row;
            last = beside && b->entries[f].index > last ? b->entries[f].index : last;
        }
    }
    return last;
}

static bool is_plain_equality(const struct programme_block *b, int row) {
    bool carries = false;
    for (int e = 0; e < b->entries_count; e++) {
        carries = carries || (b->entries[e].row == row && b->entries[e].where == IN_BEGIN);
    }
    return !carries && isfinite(numbers_at(b->rows[row].lower, 0));
}

/* False when memory is out. */
static bool find_order(const struct programme_block *b, struct arena *arena, struct order *ret) {
    int columns = b->columns_count + b->states_count, at = 0;
    struct order order = {ARENA_TAKE(arena, int, columns), ARENA_TAKE(arena, int, b->rows_count),
                          ARENA_TAKE(arena, int, columns), ARENA_TAKE(arena, int, b->rows_count)};
    if (arena_failed(arena)) {
        return false;
    }
    for (int c = -1; c < b->columns_count; c++) {
        if (c >= 0) {
            order.column[at++] = c;
        }
        for (int s = 0; s < b->states_count; s++) {
            if (carried_behind(b, s) == c) {
                order.column[at++] = b->columns_count + s;
            }
        }
    }
    at = 0;
    for (int plain = 0; plain < 2; plain++) {
        for (int r = 0; r < b->rows_count; r++) {
            if (is_plain_equality(b, r) == (plain == 1)) {
                order.row[at++] = r;
            }
        }
    }
    for (int c = 0; c < columns; c++) {
        order.column_at[order.column[c]] = c;
    }
    for (int r = 0; r < b->rows_count; r++) {
        order.row_at[order.row[r]] = r;
    }
    *ret = order;
    return true;
}

/* The series that occur, each once; a series is known by its address. */
struct series_list {
    struct arena *arena;
    const double **value;
    int *count;
    int used, room;
};

static int series_of(struct series_list *list, const double *value, int count) {
    for (int s = 0; s < list->used; s++) {
        if (list->value[s] == value) {
            return s;
        }
    }
    list->value[list->used] = value;
    list->count[list->used] = count;
    return list->used++;
}

struct writer {
    const struct programme_block *block;
    struct order order;
    const struct programme *programme;
    struct series_list series;
    struct text_buffer *out;
};

static double capped(double value) { return value > endless ? endless : value; }

/* "-1 0.3" for one number, "4 0" for series 4 */
static void add_spec(struct writer *w, struct numbers numbers) {
    if (numbers.stride == 0) {
        text_add(w->out, "-1 ");
        text_add_number(w->out, capped(numbers.value[0]));
    } else {
        int series = series_of(&w->series, numbers.value, programme_steps(w->block));
        text_add_format(w->out, "%d 0", series);
    }
}

static bool all_equal(struct numbers numbers, int count, double value) {
    for (int t = 0; t < (numbers.stride ? count : 1); t++) {
        if (numbers_at(numbers, t) != value) {
            return false;
        }
    }
    return true;
}

static bool same(struct numbers a, struct numbers b, int count) {
    for (int t = 0; t < count; t++) {
        if (numbers_at(a, t) != numbers_at(b, t)) {
            return false;
        }
    }
    return true;
}

static const char *misfit_of_rows(const struct programme_block *b, int steps) {
    for (int r = 0; r < b->rows_count; r++) {
        const struct programme_row *row = &b->rows[r];
        if (!all_equal(row->lower, steps, -HUGE_VAL) && !same(row->lower, row->upper, steps)) {
            return "a step row is neither an equality nor a row with an upper side alone";
        }
    }
    for (int f = 0; f < b->sums_count; f++) {
        const struct programme_map *map = &b->maps[b->sums[f].map];
        bool one_sided = isfinite(b->sums[f].lower.value[0]) != isfinite(b->sums[f].upper.value[0]);
        if (map->periods != 1 || !one_sided) {
            return "a sum row has more than one period or side";
        }
        for (int t = 0; t < steps; t++) {
            if (map->period_of_step[t] != 0) {
                return "a sum row leaves out a step";
            }
        }
    }
    return NULL;
}

static const char *misfit(const struct programme *programme) {
    const struct programme_block *b = programme->blocks;
    if (programme->blocks_count != 1 || programme->border_rows_count != 0 || b->segments != 1 ||
        b->follows[0] != 0 || programme->objective_constant != 0.0) {
        return "not one cyclic block, or border rows, or a constant in the objective";
    }
    int steps = programme_steps(b);
    for (int c = 0; c < b->columns_count + b->states_count + b->periods_count; c++) {
        const struct programme_column *column =
            c < b->columns_count ? &b->columns[c]
            : c < b->columns_count + b->states_count
                ? &b->states[c - b->columns_count]
                : &b->periods[c - b->columns_count - b->states_count];
        bool period = c >= b->columns_count + b->states_count;
        if (!all_equal(column->lower, period ? b->maps[column->map].periods : steps, 0.0)) {
            return "a lower bound is not zero";
        }
        if (period && column->map != b->periods[0].map) {
            return "more than one map of periods";
        }
    }
    return misfit_of_rows(b, steps);
}

static int count_entries(const struct programme_entry *entry, int count, bool steps, bool design,
                         bool period) {
    int found = 0;
    for (int e = 0; e < count; e++) {
        enum programme_where where = entry[e].where;
        bool step = where == IN_STEP || where == IN_BEGIN || where == IN_END;
        found +=
            (step && steps) || (where == IN_DESIGN && design) || (where == IN_PERIOD && period);
    }
    return found;
}

static void add_columns(struct writer *w) {
    const struct programme_block *b = w->block;
    for (int at = 0; at < b->columns_count + b->states_count; at++) {
        int c = w->order.column[at];
        const struct programme_column *column =
            c < b->columns_count ? &b->columns[c] : &b->states[c - b->columns_count];
        text_add_format(w->out, "x%d ", c);
        add_spec(w, column->cost);
        text_add(w->out, " ");
        add_spec(w, column->upper);
        text_add(w->out, "\n");
    }
    for (int at = 0; at < b->rows_count; at++) {
        int r = w->order.row[at];
        bool upper = all_equal(b->rows[r].lower, programme_steps(b), -HUGE_VAL);
        text_add_format(w->out, "r%d %c ", r, upper ? 'L' : 'E');
        add_spec(w, b->rows[r].upper);
        text_add(w->out, "\n");
    }
}

static void add_priced(struct writer *w, int number, double cost, double upper) {
    text_add_format(w->out, "d%d ", number);
    text_add_number(w->out, cost);
    text_add(w->out, " ");
    text_add_number(w->out, capped(upper));
    text_add(w->out, "\n");
}

static void add_border(struct writer *w, int periods) {
    const struct programme_block *b = w->block;
    int number = 0;
    for (int d = 0; d < w->programme->designs_count; d++) {
        add_priced(w, number++, w->programme->designs[d].cost, w->programme->designs[d].upper);
    }
    for (int f = 0; f < b->periods_count; f++) {
        for (int p = 0; p < periods; p++) {
            add_priced(w, number++, numbers_at(b->periods[f].cost, p),
                       numbers_at(b->periods[f].upper, p));
        }
    }
    for (int f = 0; f < b->sums_count; f++) {
        bool upper = isfinite(b->sums[f].upper.value[0]);
        text_add_format(w->out, "k%d %c ", f, upper ? 'L' : 'G');
        text_add_number(w->out, upper ? b->sums[f].upper.value[0] : b->sums[f].lower.value[0]);
        text_add(w->out, "\n");
    }
}

/* Terms of one kind: on columns and levels (with their lag), on designs, on periods. */
static void add_terms(struct writer *w, const struct programme_entry *entry, int count,
                      enum programme_where kind, bool sums, int periods) {
    for (int e = 0; e < count; e++) {
        enum programme_where where = entry[e].where;
        bool state = where == IN_BEGIN || where == IN_END;
        if ((state ? IN_STEP : where) != kind) {
            continue;
        }
        int index = entry[e].index;
        if (kind == IN_STEP) {
            index = w->order.column_at[state ? w->block->columns_count + index : index];
        } else if (kind == IN_PERIOD) {
            index = w->programme->designs_count + index * periods;
        }
        int row = sums ? entry[e].row : w->order.row_at[entry[e].row];
        text_add_format(w->out, "%d %d ", row, index);
        if (kind == IN_STEP && !sums) {
            text_add(w->out, where == IN_BEGIN ? "1 " : "0 ");
        }
        if (kind == IN_DESIGN && sums) {
            text_add_number(w->out, entry[e].value.value[0]);
        } else {
            add_spec(w, entry[e].value);
        }
        text_add(w->out, "\n");
    }
}

/* Numbers the series in the order of the text that names them: the text is written twice. */
static void add_text(struct writer *w, int periods) {
    const struct programme_block *b = w->block;
    text_add_format(w->out, "SLP %d %d %d %d %d %d %d\n", programme_steps(b),
                    b->columns_count + b->states_count, b->rows_count,
                    w->programme->designs_count + b->periods_count * periods, b->sums_count,
                    w->series.used, periods);
    text_add_format(w->out, "%d %d %d %d %d\n",
                    count_entries(b->entries, b->entries_count, true, false, false),
                    count_entries(b->entries, b->entries_count, false, true, false),
                    count_entries(b->entries, b->entries_count, false, false, true),
                    count_entries(b->sum_entries, b->sum_entries_count, true, false, false),
                    count_entries(b->sum_entries, b->sum_entries_count, false, true, false));
    add_columns(w);
    add_border(w, periods);
    add_terms(w, b->entries, b->entries_count, IN_STEP, false, periods);
    add_terms(w, b->entries, b->entries_count, IN_DESIGN, false, periods);
    add_terms(w, b->entries, b->entries_count, IN_PERIOD, false, periods);
    add_terms(w, b->sum_entries, b->sum_entries_count, IN_STEP, true, periods);
    add_terms(w, b->sum_entries, b->sum_entries_count, IN_DESIGN, true, periods);
}

const char *slp_write(const struct programme *programme, struct arena *arena,
                      struct text_buffer *out) {
    const char *why = misfit(programme);
    if (why) {
        return why;
    }
    const struct programme_block *b = programme->blocks;
    const struct programme_map *map = b->periods_count ? &b->maps[b->periods[0].map] : NULL;
    int periods = map ? map->periods : 1, steps = programme_steps(b);
    int most = b->entries_count + b->sum_entries_count + 2 * (b->columns_count + b->states_count) +
               b->rows_count;
    struct text_buffer rehearsal;
    text_buffer_init(&rehearsal, arena);
    struct writer w = {.block = b,
                       .programme = programme,
                       .series = {arena, ARENA_TAKE(arena, const double *, most),
                                  ARENA_TAKE(arena, int, most), 0, most},
                       .out = &rehearsal};
    int *month = ARENA_TAKE(arena, int, steps);
    if (!find_order(b, arena, &w.order) || arena_failed(arena)) {
        return "memory is out";
    }
    add_text(&w, periods);
    w.out = out;
    add_text(&w, periods);
    text_add(out, "DATA\n");
    for (int t = 0; map && t < steps; t++) {
        month[t] = map->period_of_step[t];
        if (month[t] == PROGRAMME_NO_PERIOD) {
            return "a step has no period";
        }
    }
    text_add_n(out, (const char *)month, (size_t)steps * sizeof *month);
    for (int s = 0; s < w.series.used; s++) {
        text_add_n(out, (const char *)w.series.value[s],
                   (size_t)w.series.count[s] * sizeof(double));
    }
    return text_buffer_failed(out) ? "memory is out" : NULL;
}
