/* Taking out row r and column j, for every step t, with the row's other terms a_k:

     x_j = - sum a_k x_k / a_j            must keep within j's bounds whatever the x_k do within theirs
     row s:   a_sk -= a_sj a_k / a_j      sum rows alike
     costs:   c_k  -= c_j a_k / a_j

   and back, the last one taken out first: x_j as above, and the row's price from j's reduced cost, which is zero:

     y_r = (c_j - sum a_sj y_s) / a_j

   Never more terms come than go, and a_j is not small against the
   a_k. Rows of another side than zero stay, for a side moved into other rows misleads the scales (ipm_scale.c), which
   take sizes from sides: Seattle's year took half as many iterations again.

   Columns and rows keep their numbers while they are taken out; `pack` closes the gaps. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/reduce.h"

#include <math.h>
#include <string.h>

static const double least_pivot_ratio = 0.1; /* a_j, of the largest a_k of its step */
enum { PASSES = 4 };

struct elimination {
    int block, row, column;
    struct numbers pivot, cost;
    int terms_count, uses_count, sums_count;
    struct programme_entry *terms; /* the row's others */
    struct programme_entry *uses;  /* the column's in other rows, */
    struct programme_entry *sums;  /* and in sum rows */
};

struct reduction {
    const struct programme *whole;
    struct programme small;         /* while rows are taken out, numbered like the whole */
    bool **row_gone, **column_gone; /* by block */
    int count;
    struct elimination *eliminations; /* in the order in which they were taken out */
};

/* A block at work. Gone are entries of row -1. */
struct reducing {
    struct reduction *reduction;
    struct arena *arena;
    struct programme_block *b;
    int block, steps;
    bool *row_gone, *column_gone;
};

const struct programme *reduce_small(const struct reduction *reduction) {
    return &reduction->small;
}

/* ---- numbers ---- */

static const double one = 1.0;

static bool all_zero(struct numbers numbers, int count) {
    for (int i = 0; i < (numbers.stride ? count : 1); i++) {
        if (numbers_at(numbers, i) != 0.0) {
            return false;
        }
    }
    return true;
}

/* to -= a b / c, step by step. */
static enum status less_ratio(struct arena *arena, struct numbers *to, struct numbers a,
                              struct numbers b, struct numbers c, int count) {
    bool same = !(to->stride || a.stride || b.stride || c.stride);
    count = same ? 1 : count;
    double *value = ARENA_TAKE(arena, double, count);
    if (!value) {
        return STATUS_NO_MEMORY;
    }
    for (int t = 0; t < count; t++) {
        value[t] = numbers_at(*to, t) - numbers_at(a, t) * numbers_at(b, t) / numbers_at(c, t);
    }
    *to = (struct numbers){value, same ? 0 : 1};
    return STATUS_OK;
}

/* ---- entries, each place once ---- */

struct entries {
    struct programme_entry *entry;
    int *count;
};

static struct entries step_entries(const struct reducing *r) {
    return (struct entries){r->b->entries, &r->b->entries_count};
}
static struct entries sum_entries(const struct reducing *r) {
    return (struct entries){r->b->sum_entries, &r->b->sum_entries_count};
}

/* The entry at this place; a new one of zeros where there is none. The list has room. */
static struct programme_entry *entry_at(struct entries list, int row, enum programme_where where,
                                        int index) {
    static const double zero = 0.0;
    struct programme_entry *entry = list.entry, *end = entry + *list.count;
    while (entry < end && !(entry->row == row && entry->where == where && entry->index == index)) {
        entry++;
    }
    if (entry == end) {
        *entry = (struct programme_entry){row, where, index, {&zero, 0}};
        (*list.count)++;
    }
    return entry;
}

static void close_gaps(struct entries list) {
    int kept = 0;
    for (int e = 0; e < *list.count; e++) {
        if (list.entry[e].row >= 0) {
            list.entry[kept++] = list.entry[e];
        }
    }
    *list.count = kept;
}

/* ---- the working copy ---- */

static void *copied(struct arena *arena, const void *from, int count, int room, size_t size) {
    void *copy = arena_take(arena, room, size);
    if (copy && count > 0) {
        memcpy(copy, from, (size_t)count * size);
    }
    return copy;
}

static enum status merge(const struct reducing *r, struct entries list,
                         const struct programme_entry *from, int count, bool sums) {
    static const double minus_one = -1.0;
    struct numbers minus = {&minus_one, 0}, by = {&one, 0};
    for (int e = 0; e < count; e++) {
        const struct programme_entry *entry = &from[e];
        int known = *list.count;
        struct programme_entry *to = entry_at(list, entry->row, entry->where, entry->index);
        int numbers = sums && entry->where != IN_STEP
                          ? r->b->maps[r->b->sums[entry->row].map].periods
                          : r->steps;
        if (*list.count > known) {
            to->value = entry->value;
        } else {
            TRY(less_ratio(r->arena, &to->value, entry->value, minus, by, numbers));
        }
    }
    return STATUS_OK;
}

static enum status copy_block(struct reducing *r, const struct programme_block *from) {
    struct programme_block *b = r->b;
    struct arena *arena = r->arena;
    int room = 2 * (from->entries_count + from->sum_entries_count) + 4; /* see is_small */
    b->columns =
        copied(arena, from->columns, b->columns_count, b->columns_count, sizeof *b->columns);
    b->rows = copied(arena, from->rows, b->rows_count, b->rows_count, sizeof *b->rows);
    b->sums = copied(arena, from->sums, b->sums_count, b->sums_count, sizeof *b->sums);
    b->entries = ARENA_TAKE(arena, struct programme_entry, room);
    b->sum_entries = ARENA_TAKE(arena, struct programme_entry, room);
    r->row_gone = ARENA_TAKE(arena, bool, b->rows_count);
    r->column_gone = ARENA_TAKE(arena, bool, b->columns_count);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    b->entries_count = b->sum_entries_count = 0;
    r->reduction->row_gone[r->block] = r->row_gone;
    r->reduction->column_gone[r->block] = r->column_gone;
    TRY(merge(r, step_entries(r), from->entries, from->entries_count, false));
    return merge(r, sum_entries(r), from->sum_entries, from->sum_entries_count, true);
}

/* ---- what may be taken out ---- */

static bool is_balance(const struct reducing *r, int row) {
    return all_zero(r->b->rows[row].lower, r->steps) && all_zero(r->b->rows[row].upper, r->steps);
}

/* What taking it out would be, into the lists of *ret. */
static void collect(const struct reducing *r, int row, int column, struct elimination *ret) {
    const struct programme_block *b = r->b;
    ret->row = row;
    ret->column = column;
    ret->cost = b->columns[column].cost;
    ret->terms_count = ret->uses_count = ret->sums_count = 0;
    for (int e = 0; e < b->entries_count; e++) {
        const struct programme_entry *entry = &b->entries[e];
        bool of_column = entry->where == IN_STEP && entry->index == column;
        if (entry->row == row && of_column) {
            ret->pivot = entry->value;
        } else if (entry->row == row) {
            ret->terms[ret->terms_count++] = *entry;
        } else if (of_column) {
            ret->uses[ret->uses_count++] = *entry;
        }
    }
    for (int e = 0; e < b->sum_entries_count; e++) {
        const struct programme_entry *entry = &b->sum_entries[e];
        if (entry->where == IN_STEP && entry->index == column) {
            ret->sums[ret->sums_count++] = *entry;
        }
    }
}

static enum status take_lists(struct arena *arena, int terms, int uses, int sums,
                              struct elimination *ret) {
    ret->terms = ARENA_TAKE(arena, struct programme_entry, terms);
    ret->uses = ARENA_TAKE(arena, struct programme_entry, uses);
    ret->sums = ARENA_TAKE(arena, struct programme_entry, sums);
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Are the terms of a kind that may stand where the column stood, and do no more of them come than go? */
static bool is_small(const struct reducing *r, const struct elimination *out) {
    int uses = out->uses_count + out->sums_count, terms = out->terms_count;
    bool alone = out->sums_count == 0 && all_zero(out->cost, r->steps);
    for (int k = 0; k < terms; k++) {
        enum programme_where where = out->terms[k].where;
        if (where != IN_STEP && !(where == IN_DESIGN && alone)) {
            return false;
        }
    }
    return uses * terms <= uses + terms + 1;
}

/* What a term can be at least and at most, at one step. */
static void range_of(const struct reducing *r, const struct programme_entry *term, int t,
                     double *low, double *high) {
    double a = numbers_at(term->value, t), least, most;
    if (term->where == IN_DESIGN) {
        const struct programme_design *design = &r->reduction->small.designs[term->index];
        least = design->lower;
        most = design->upper;
    } else {
        const struct programme_column *column = &r->b->columns[term->index];
        least = numbers_at(column->lower, t);
        most = numbers_at(column->upper, t);
    }
    *low = a == 0.0 ? 0.0 : a * (a > 0.0 ? least : most);
    *high = a == 0.0 ? 0.0 : a * (a > 0.0 ? most : least);
}

/* At one step the bounds of the others keep the column within its own, and its number in the row is not small. */
static bool is_implied_at(const struct reducing *r, const struct elimination *out, int t) {
    const struct programme_column *column = &r->b->columns[out->column];
    double pivot = numbers_at(out->pivot, t), largest = 0.0, low = 0.0, high = 0.0;
    for (int k = 0; k < out->terms_count; k++) {
        const struct programme_entry *term = &out->terms[k];
        double term_low, term_high;
        range_of(r, term, t, &term_low, &term_high);
        low -= term_high;
        high -= term_low;
        largest =
            term->where == IN_STEP ? fmax(largest, fabs(numbers_at(term->value, t))) : largest;
    }
    if (pivot == 0.0 || fabs(pivot) < least_pivot_ratio * largest) {
        return false;
    }
    double from = (pivot > 0.0 ? low : high) / pivot, to = (pivot > 0.0 ? high : low) / pivot;
    return from >= numbers_at(column->lower, t) && to <= numbers_at(column->upper, t);
}

static bool is_implied(const struct reducing *r, const struct elimination *out) {
    for (int t = 0; t < r->steps; t++) {
        if (!is_implied_at(r, out, t)) {
            return false;
        }
    }
    return true;
}

/* ---- taking out ---- */

static enum status put_in_rows(struct reducing *r, const struct elimination *out) {
    for (int u = 0; u < out->uses_count; u++) {
        const struct programme_entry *use = &out->uses[u];
        for (int k = 0; k < out->terms_count; k++) {
            const struct programme_entry *term = &out->terms[k];
            struct programme_entry *to =
                entry_at(step_entries(r), use->row, term->where, term->index);
            TRY(less_ratio(r->arena, &to->value, use->value, term->value, out->pivot, r->steps));
        }
    }
    return STATUS_OK;
}

static enum status put_in_sums(struct reducing *r, const struct elimination *out) {
    for (int u = 0; u < out->sums_count; u++) {
        const struct programme_entry *use = &out->sums[u];
        for (int k = 0; k < out->terms_count; k++) {
            struct programme_entry *to =
                entry_at(sum_entries(r), use->row, IN_STEP, out->terms[k].index);
            TRY(less_ratio(r->arena, &to->value, use->value, out->terms[k].value, out->pivot,
                           r->steps));
        }
    }
    return STATUS_OK;
}

static enum status put_in_costs(struct reducing *r, const struct elimination *out) {
    if (all_zero(out->cost, r->steps)) {
        return STATUS_OK;
    }
    for (int k = 0; k < out->terms_count; k++) {
        TRY(less_ratio(r->arena, &r->b->columns[out->terms[k].index].cost, out->cost,
                       out->terms[k].value, out->pivot, r->steps));
    }
    return STATUS_OK;
}

static enum status take_out(struct reducing *r, const struct elimination *out) {
    TRY(put_in_rows(r, out));
    TRY(put_in_sums(r, out));
    TRY(put_in_costs(r, out));
    for (int e = 0; e < r->b->entries_count; e++) {
        struct programme_entry *entry = &r->b->entries[e];
        bool of_column = entry->where == IN_STEP && entry->index == out->column;
        entry->row = entry->row == out->row || of_column ? -1 : entry->row;
    }
    for (int e = 0; e < r->b->sum_entries_count; e++) {
        struct programme_entry *entry = &r->b->sum_entries[e];
        bool of_column = entry->where == IN_STEP && entry->index == out->column;
        entry->row = of_column ? -1 : entry->row;
    }
    close_gaps(step_entries(r));
    close_gaps(sum_entries(r));
    r->row_gone[out->row] = r->column_gone[out->column] = true;
    r->reduction->eliminations[r->reduction->count++] = *out;
    return STATUS_OK;
}

/* The column of the row that stands in the fewest places, or -1. */
static int find_column(const struct reducing *r, int row, struct elimination *draft) {
    int best = -1, fewest = 0;
    for (int e = 0; e < r->b->entries_count; e++) {
        const struct programme_entry *entry = &r->b->entries[e];
        if (entry->row != row || entry->where != IN_STEP) {
            continue;
        }
        collect(r, row, entry->index, draft);
        int uses = draft->uses_count + draft->sums_count;
        if ((best < 0 || uses < fewest) && is_small(r, draft) && is_implied(r, draft)) {
            best = entry->index;
            fewest = uses;
        }
    }
    if (best >= 0) {
        collect(r, row, best, draft);
    }
    return best;
}

static enum status reduce_block(struct reducing *r) {
    struct elimination draft = {.block = r->block};
    bool any = true;
    int all = r->b->entries_count + r->b->sum_entries_count;
    TRY(take_lists(r->arena, all, all, all, &draft));
    for (int pass = 0; pass < PASSES && any; pass++) {
        any = false;
        for (int row = 0; row < r->b->rows_count; row++) {
            if (r->row_gone[row] || !is_balance(r, row) || find_column(r, row, &draft) < 0) {
                continue;
            }
            struct elimination out = draft;
            TRY(take_lists(r->arena, draft.terms_count, draft.uses_count, draft.sums_count, &out));
            collect(r, row, draft.column, &out);
            TRY(take_out(r, &out));
            any = true;
        }
    }
    return STATUS_OK;
}

/* ---- the small programme ---- */

static int renumber(const bool *gone, int count, int *ret_number) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
        ret_number[i] = kept;
        kept += !gone[i];
    }
    return kept;
}

static enum status pack(struct reducing *r) {
    struct programme_block *b = r->b;
    int *column = ARENA_TAKE(r->arena, int, b->columns_count);
    int *row = ARENA_TAKE(r->arena, int, b->rows_count);
    TRY(column && row ? STATUS_OK : STATUS_NO_MEMORY);
    int columns = renumber(r->column_gone, b->columns_count, column);
    int rows = renumber(r->row_gone, b->rows_count, row);
    for (int c = 0; c < b->columns_count; c++) {
        if (!r->column_gone[c]) {
            b->columns[column[c]] = b->columns[c];
        }
    }
    for (int i = 0; i < b->rows_count; i++) {
        if (!r->row_gone[i]) {
            b->rows[row[i]] = b->rows[i];
        }
    }
    for (int e = 0; e < b->entries_count; e++) {
        struct programme_entry *entry = &b->entries[e];
        entry->row = row[entry->row];
        entry->index = entry->where == IN_STEP ? column[entry->index] : entry->index;
    }
    for (int e = 0; e < b->sum_entries_count; e++) {
        struct programme_entry *entry = &b->sum_entries[e];
        entry->index = entry->where == IN_STEP ? column[entry->index] : entry->index;
    }
    b->columns_count = columns;
    b->rows_count = rows;
    return STATUS_OK;
}

enum status reduce_programme(const struct programme *programme, struct arena *arena,
                             struct reduction **ret) {
    struct reduction *reduction = ARENA_TAKE(arena, struct reduction, 1);
    int rows = 0;
    for (int k = 0; k < programme->blocks_count; k++) {
        rows += programme->blocks[k].rows_count;
    }
    TRY(reduction ? STATUS_OK : STATUS_NO_MEMORY);
    *reduction = (struct reduction){.whole = programme, .small = *programme};
    reduction->small.blocks = copied(arena, programme->blocks, programme->blocks_count,
                                     programme->blocks_count, sizeof *programme->blocks);
    reduction->row_gone = ARENA_TAKE(arena, bool *, programme->blocks_count);
    reduction->column_gone = ARENA_TAKE(arena, bool *, programme->blocks_count);
    reduction->eliminations = ARENA_TAKE(arena, struct elimination, rows);
    if (!reduction->small.blocks || !reduction->row_gone || !reduction->column_gone ||
        !reduction->eliminations) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < programme->blocks_count; k++) {
        struct programme_block *b = &reduction->small.blocks[k];
        struct reducing r = {reduction, arena, b, k, programme_steps(b), NULL, NULL};
        TRY(copy_block(&r, &programme->blocks[k]));
        TRY(reduce_block(&r));
        TRY(pack(&r));
    }
    *ret = reduction->count > 0 ? reduction : NULL;
    return STATUS_OK;
}

/* ---- from one to the other ---- */

/* Columns (or rows) from the whole to the small programme, or back. */
struct carrier {
    const double *from;
    double *to;
    long whole, small; /* so far */
    bool back;
};

static void carry(struct carrier *c, long size, bool gone) {
    if (!gone && size > 0) {
        memcpy(c->to + (c->back ? c->whole : c->small), c->from + (c->back ? c->small : c->whole),
               (size_t)size * sizeof *c->to);
    }
    c->small += gone ? 0 : size;
    c->whole += size;
}

static void carry_all(const struct reduction *reduction, bool rows, bool back, const double *from,
                      double *to) {
    const struct programme *p = reduction->whole;
    struct carrier c = {from, to, 0, 0, back};
    carry(&c, rows ? p->border_rows_count : p->designs_count, false);
    for (int k = 0; k < p->blocks_count; k++) {
        const struct programme_block *b = &p->blocks[k];
        const bool *gone = rows ? reduction->row_gone[k] : reduction->column_gone[k];
        for (int i = 0; i < (rows ? b->rows_count : b->columns_count); i++) {
            carry(&c, programme_steps(b), gone[i]);
        }
        long end = rows ? programme_at_sum(p, k, b->sums_count, 0)
                        : programme_at_period(p, k, b->periods_count, 0);
        carry(&c, end - c.whole, false); /* states and periods, or sums */
    }
}

/* x_j = - sum a_k x_k / a_j. */
static void restore_column(const struct reduction *reduction, const struct elimination *out,
                           double *x) {
    const struct programme *p = reduction->whole;
    const struct programme_column *column = &p->blocks[out->block].columns[out->column];
    double *to = x + programme_at_column(p, out->block, out->column, 0);
    int steps = programme_steps(&p->blocks[out->block]);
    for (int t = 0; t < steps; t++) {
        to[t] = 0.0;
    }
    for (int k = 0; k < out->terms_count; k++) {
        const struct programme_entry *term = &out->terms[k];
        bool design = term->where == IN_DESIGN;
        const double *from = x + (design ? programme_at_design(p, term->index)
                                         : programme_at_column(p, out->block, term->index, 0));
        for (int t = 0; t < steps; t++) {
            to[t] -= numbers_at(term->value, t) * from[design ? 0 : t];
        }
    }
    for (int t = 0; t < steps; t++) {
        double value = to[t] / numbers_at(out->pivot, t) + 0.0;
        double inside =
            fmin(fmax(value, numbers_at(column->lower, t)), numbers_at(column->upper, t));
        to[t] = inside; /* rounding */
    }
}

/* y_r = (c_j - sum a_sj y_s) / a_j. */
static void restore_row(const struct reduction *reduction, const struct elimination *out,
                        double *y) {
    const struct programme *p = reduction->whole;
    const struct programme_block *b = &p->blocks[out->block];
    double *to = y + programme_at_row(p, out->block, out->row, 0);
    int steps = programme_steps(b);
    for (int t = 0; t < steps; t++) {
        to[t] = numbers_at(out->cost, t);
    }
    for (int u = 0; u < out->uses_count; u++) {
        const double *from = y + programme_at_row(p, out->block, out->uses[u].row, 0);
        for (int t = 0; t < steps; t++) {
            to[t] -= numbers_at(out->uses[u].value, t) * from[t];
        }
    }
    for (int u = 0; u < out->sums_count; u++) {
        const double *from = y + programme_at_sum(p, out->block, out->sums[u].row, 0);
        const int *period = b->maps[b->sums[out->sums[u].row].map].period_of_step;
        for (int t = 0; t < steps; t++) {
            to[t] -= period[t] == PROGRAMME_NO_PERIOD
                         ? 0.0
                         : numbers_at(out->sums[u].value, t) * from[period[t]];
        }
    }
    for (int t = 0; t < steps; t++) {
        to[t] /= numbers_at(out->pivot, t);
    }
}

/* A vector of columns (or rows) of the small programme becomes one of the whole, in the arena. */
static enum status restore(const struct reduction *reduction, struct arena *arena, bool rows,
                           double **vector) {
    const struct programme *p = reduction->whole;
    if (!*vector) {
        return STATUS_OK;
    }
    double *whole = ARENA_TAKE(arena, double, rows ? programme_rows(p) : programme_columns(p));
    if (!whole) {
        return STATUS_NO_MEMORY;
    }
    carry_all(reduction, rows, true, *vector, whole);
    for (int k = reduction->count - 1; k >= 0; k--) {
        const struct elimination *out = &reduction->eliminations[k];
        if (rows) {
            restore_row(reduction, out, whole);
        } else {
            restore_column(reduction, out, whole);
        }
    }
    *vector = whole;
    return STATUS_OK;
}

enum status reduce_restore(const struct reduction *reduction, struct arena *arena,
                           struct outcome *outcome) {
    TRY(restore(reduction, arena, false, &outcome->x));
    return restore(reduction, arena, true, &outcome->y);
}

enum status reduce_outcome(const struct reduction *reduction, const struct outcome *whole,
                           struct arena *arena, struct outcome *ret) {
    *ret = *whole;
    ret->ray = NULL;
    ret->basis = NULL;
    if (!whole->x || !whole->y) {
        return STATUS_OK;
    }
    ret->x = ARENA_TAKE(arena, double, programme_columns(&reduction->small));
    ret->y = ARENA_TAKE(arena, double, programme_rows(&reduction->small));
    if (!ret->x || !ret->y) {
        return STATUS_NO_MEMORY;
    }
    carry_all(reduction, false, false, whole->x, ret->x);
    carry_all(reduction, true, false, whole->y, ret->y);
    return STATUS_OK;
}
