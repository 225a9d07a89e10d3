/* What is wrong with a programme, in words: whoever gets past this can be walked without looking
   back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <math.h>

#include "optimise/programme.h"
#include "optimise/share.h"

struct check {
    struct arena *arena;
    int block; /* named in messages; -1 in the border */
    const struct programme_block *b;
    int steps;
    bool is_here; /* or another process holds it */
};

static const char *const no_memory = "out of memory";

__attribute__((format(printf, 2, 3))) static const char *say(const struct check *check,
                                                             const char *format, ...) {
    va_list args;
    va_start(args, format);
    const char *what = arena_format_list(check->arena, format, args);
    va_end(args);
    if (what && check->block >= 0) {
        what = arena_format(check->arena, "block %d: %s", check->block, what);
    }
    return what ? what : no_memory;
}

enum kind { FINITE, LOWER, UPPER };

static bool allowed(double value, enum kind kind) {
    switch (kind) {
    case LOWER:
        return value < HUGE_VAL; /* false for NaN */
    case UPPER:
        return value > -HUGE_VAL;
    case FINITE:
        break;
    }
    return isfinite(value);
}

static const char *check_numbers(const struct check *check, const char *name, const char *what,
                                 struct numbers numbers, int count, enum kind kind) {
    if (!numbers.value || (numbers.stride != 0 && numbers.stride != 1)) {
        return say(check, "%s: %s has %s", name, what,
                   numbers.value ? "a stride other than 0 and 1" : "no numbers");
    }
    int last = numbers.stride ? count : 1;
    for (int i = 0; i < last; i++) {
        if (!allowed(numbers.value[i], kind)) {
            return say(check, "%s: %s %d is %s", name, what, i,
                       isnan(numbers.value[i]) ? "not a number" : "infinite on the wrong side");
        }
    }
    return NULL;
}

static const char *check_bounds(const struct check *check, const char *name, struct numbers lower,
                                struct numbers upper, int count) {
    const char *mistake = check_numbers(check, name, "lower bound", lower, count, LOWER);
    mistake = mistake ? mistake : check_numbers(check, name, "upper bound", upper, count, UPPER);
    int last = lower.stride || upper.stride ? count : 1;
    for (int i = 0; !mistake && i < last; i++) {
        if (numbers_at(lower, i) > numbers_at(upper, i)) {
            mistake = say(check, "%s: lower bound %d is above its upper bound", name, i);
        }
    }
    return mistake;
}

static const char *check_columns(const struct check *check, const struct programme_column *columns,
                                 int count, bool families) {
    for (int c = 0; c < count; c++) {
        const struct programme_column *column = &columns[c];
        if (!column->name) {
            return say(check, "a column has no name");
        }
        if (families && (column->map < 0 || column->map >= check->b->maps_count)) {
            return say(check, "%s: there is no map %d", column->name, column->map);
        }
        if (!isfinite(column->start_level_ratio)) {
            return say(check, "%s: the start level is not finite", column->name);
        }
        int members = families ? check->b->maps[column->map].periods : check->steps;
        const char *mistake =
            check_numbers(check, column->name, "cost", column->cost, members, FINITE);
        mistake = mistake
                      ? mistake
                      : check_bounds(check, column->name, column->lower, column->upper, members);
        if (mistake) {
            return mistake;
        }
    }
    return NULL;
}

static const char *check_rows(const struct check *check, const struct programme_row *rows,
                              int count, bool families) {
    for (int r = 0; r < count; r++) {
        const struct programme_row *row = &rows[r];
        if (!row->name) {
            return say(check, "a row has no name");
        }
        if (families && (row->map < 0 || row->map >= check->b->maps_count)) {
            return say(check, "%s: there is no map %d", row->name, row->map);
        }
        int members = families ? check->b->maps[row->map].periods : check->steps;
        const char *mistake = check_bounds(check, row->name, row->lower, row->upper, members);
        if (mistake) {
            return mistake;
        }
    }
    return NULL;
}

static int indices(const struct programme *programme, const struct programme_block *b,
                   enum programme_where where) {
    switch (where) {
    case IN_STEP:
        return b->columns_count;
    case IN_BEGIN:
    case IN_END:
        return b->states_count;
    case IN_DESIGN:
        return programme->designs_count;
    case IN_PERIOD:
        return b->periods_count;
    }
    return 0;
}

static const char *check_entries(const struct check *check, const struct programme *programme,
                                 bool sums) {
    const struct programme_block *b = check->b;
    const struct programme_entry *entries = sums ? b->sum_entries : b->entries;
    int count = sums ? b->sum_entries_count : b->entries_count;
    for (int e = 0; e < count; e++) {
        const struct programme_entry *entry = &entries[e];
        if (entry->row < 0 || entry->row >= (sums ? b->sums_count : b->rows_count)) {
            return say(check, "entry %d: there is no %s row %d", e, sums ? "sum" : "step",
                       entry->row);
        }
        const char *row = sums ? b->sums[entry->row].name : b->rows[entry->row].name;
        if (entry->index < 0 || entry->index >= indices(programme, b, entry->where)) {
            return say(check, "%s: there is no column %d of that kind", row, entry->index);
        }
        if (sums && (entry->where == IN_BEGIN || entry->where == IN_END)) {
            return say(check, "%s: a sum row takes no states", row);
        }
        if (sums && entry->where == IN_PERIOD &&
            b->periods[entry->index].map != b->sums[entry->row].map) {
            return say(check, "%s: %s has another map", row, b->periods[entry->index].name);
        }
        int members = sums && entry->where != IN_STEP ? b->maps[b->sums[entry->row].map].periods
                                                      : check->steps;
        const char *mistake = check_numbers(check, row, "entry", entry->value, members, FINITE);
        if (mistake) {
            return mistake;
        }
    }
    return NULL;
}

static const char *check_shape(const struct check *check) {
    const struct programme_block *b = check->b;
    if (!check->is_here) {
        bool hours = b->columns_count || b->states_count || b->rows_count || b->entries_count;
        return hours || b->segments ? say(check, "it is elsewhere, and has steps") : NULL;
    }
    if (b->segments < 1 || b->segment_steps < 1 || b->segment_steps > INT_MAX / 2 / b->segments) {
        return say(check, "%d segments of %d steps", b->segments, b->segment_steps);
    }
    if (!(b->step_h > 0.0) || !isfinite(b->step_h)) {
        return say(check, "the length of a step is not positive");
    }
    for (int s = 0; s < b->segments; s++) {
        int before = b->follows ? b->follows[s] : PROGRAMME_FIXED;
        if (before != PROGRAMME_FIXED && (before < 0 || before >= b->segments)) {
            return say(check, "segment %d follows segment %d, which does not exist", s, before);
        }
        if (b->segment_weight && !isfinite(b->segment_weight[s])) {
            return say(check, "the weight of segment %d is not finite", s);
        }
    }
    return b->follows ? NULL : say(check, "it does not say what its segments follow");
}

static const char *check_maps(const struct check *check) {
    for (int m = 0; m < check->b->maps_count; m++) {
        const struct programme_map *map = &check->b->maps[m];
        if (map->periods < 1 || (check->is_here && !map->period_of_step)) {
            return say(check, "map %d has no periods", m);
        }
        int steps = check->b->segments * check->b->segment_steps;
        for (int t = 0; t < steps; t++) {
            int period = map->period_of_step[t];
            if (period != PROGRAMME_NO_PERIOD && (period < 0 || period >= map->periods)) {
                return say(check, "map %d sends step %d to period %d of %d", m, t, period,
                           map->periods);
            }
        }
    }
    return NULL;
}

static const char *check_block(const struct programme *programme, struct arena *arena, int block) {
    const struct programme_block *b = &programme->blocks[block];
    struct check check = {arena, block, b, 0, share_has(programme->share, block)};
    const char *mistake = check_shape(&check);
    if (mistake) {
        return mistake;
    }
    check.steps = b->segments * b->segment_steps;
    mistake = check_maps(&check);
    mistake = mistake ? mistake : check_columns(&check, b->columns, b->columns_count, false);
    mistake = mistake ? mistake : check_columns(&check, b->states, b->states_count, false);
    mistake = mistake ? mistake : check_columns(&check, b->periods, b->periods_count, true);
    mistake = mistake ? mistake : check_rows(&check, b->rows, b->rows_count, false);
    mistake = mistake ? mistake : check_rows(&check, b->sums, b->sums_count, true);
    mistake = mistake ? mistake : check_entries(&check, programme, false);
    return mistake ? mistake : check_entries(&check, programme, true);
}

static const char *check_border_entry(const struct check *check, const struct programme *programme,
                                      const struct programme_border_entry *entry) {
    if (entry->row < 0 || entry->row >= programme->border_rows_count) {
        return say(check, "there is no border row %d", entry->row);
    }
    const char *row = programme->border_rows[entry->row].name;
    if (!isfinite(entry->value)) {
        return say(check, "%s: an entry is not finite", row);
    }
    if (entry->where == IN_DESIGN) {
        bool known = entry->index >= 0 && entry->index < programme->designs_count;
        return known ? NULL : say(check, "%s: there is no design column %d", row, entry->index);
    }
    if (entry->where != IN_PERIOD) {
        return say(check, "%s: a border row takes design and period columns only", row);
    }
    if (entry->block < 0 || entry->block >= programme->blocks_count) {
        return say(check, "%s: there is no block %d", row, entry->block);
    }
    const struct programme_block *b = &programme->blocks[entry->block];
    if (entry->index < 0 || entry->index >= b->periods_count) {
        return say(check, "%s: block %d has no period family %d", row, entry->block, entry->index);
    }
    if (entry->period < 0 || entry->period >= b->maps[b->periods[entry->index].map].periods) {
        return say(check, "%s: %s has no period %d", row, b->periods[entry->index].name,
                   entry->period);
    }
    return NULL;
}

static const char *check_border(const struct programme *programme, struct arena *arena) {
    struct check check = {.arena = arena, .block = -1};
    for (int d = 0; d < programme->designs_count; d++) {
        const struct programme_design *design = &programme->designs[d];
        const char *name = design->name ? design->name : "a design column";
        struct numbers cost = {&design->cost, 0}, lower = {&design->lower, 0},
                       upper = {&design->upper, 0};
        const char *mistake = design->name ? check_numbers(&check, name, "cost", cost, 1, FINITE)
                                           : say(&check, "a design column has no name");
        mistake = mistake ? mistake : check_bounds(&check, name, lower, upper, 1);
        if (mistake) {
            return mistake;
        }
    }
    for (int r = 0; r < programme->border_rows_count; r++) {
        const struct programme_border_row *row = &programme->border_rows[r];
        struct numbers lower = {&row->lower, 0}, upper = {&row->upper, 0};
        const char *mistake = row->name ? check_bounds(&check, row->name, lower, upper, 1)
                                        : say(&check, "a border row has no name");
        if (mistake) {
            return mistake;
        }
    }
    for (int e = 0; e < programme->border_entries_count; e++) {
        const char *mistake = check_border_entry(&check, programme, &programme->border_entries[e]);
        if (mistake) {
            return mistake;
        }
    }
    return NULL;
}

/* Solvers count columns, rows and nonzeros with int. Zero entries are counted too. */
static const char *check_size(const struct programme *programme, struct arena *arena) {
    struct check check = {.arena = arena, .block = -1};
    double columns = programme->designs_count, rows = programme->border_rows_count, terms = 0.0;
    for (int block = 0; block < programme->blocks_count; block++) {
        const struct programme_block *b = &programme->blocks[block];
        double steps = (double)b->segments * b->segment_steps;
        columns += steps * ((double)b->columns_count + b->states_count);
        rows += steps * b->rows_count;
        terms += steps * ((double)b->entries_count + b->sum_entries_count);
        for (int f = 0; f < b->periods_count; f++) {
            columns += b->maps[b->periods[f].map].periods;
        }
        for (int f = 0; f < b->sums_count; f++) {
            rows += b->maps[b->sums[f].map].periods;
        }
        for (int e = 0; e < b->sum_entries_count; e++) {
            terms += b->maps[b->sums[b->sum_entries[e].row].map].periods;
        }
    }
    const double most = INT_MAX / 2;
    if (columns > most || rows > most || terms > most) {
        return say(&check, "too large: %.0f columns, %.0f rows, %.0f terms", columns, rows, terms);
    }
    return NULL;
}

const char *programme_mistake(const struct programme *programme, struct arena *arena) {
    struct check check = {.arena = arena, .block = -1};
    if (!programme->name || !isfinite(programme->objective_constant)) {
        return say(&check, programme->name ? "the objective's constant is not finite"
                                           : "the programme has no name");
    }
    for (int block = 0; block < programme->blocks_count; block++) {
        const char *mistake = check_block(programme, arena, block);
        if (mistake) {
            return mistake;
        }
    }
    const char *mistake = check_border(programme, arena);
    return mistake ? mistake : check_size(programme, arena);
}
