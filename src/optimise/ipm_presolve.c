/* Before the first iteration: entries at one place become one, and rows that leave their columns no
   choice fix them.

   A row whose least activity equals its upper side (or whose largest equals its lower side) forces
   every column to the bound that makes it so: PV at night, a plant that may not run, a store on a
   design day. Such columns have no interior, and an interior point would chase them for ever. The
   row's price is found afterwards (ipm_outcome.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_internal.h"

static const double forcing_tolerance = 1e-12; /* of the sum of the row's absolute terms */
enum { PASSES = 4 };

static bool same_place(const struct programme_entry *a, const struct programme_entry *b) {
    return a->row == b->row && a->where == b->where && a->index == b->index;
}

static enum status add_numbers(struct arena *arena, struct numbers *to, struct numbers more,
                               int count) {
    double *sum = ARENA_TAKE(arena, double, count);
    if (!sum) {
        return STATUS_NO_MEMORY;
    }
    for (int t = 0; t < count; t++) {
        sum[t] = numbers_at(*to, t) + numbers_at(more, t);
    }
    *to = (struct numbers){sum, to->stride || more.stride ? 1 : 0};
    return STATUS_OK;
}

static int entry_numbers_count(const struct programme_block *b, const struct programme_entry *entry,
                               bool sums) {
    return sums && entry->where != IN_STEP ? b->maps[b->sums[entry->row].map].periods
                                           : programme_steps(b);
}

static double largest_number(struct numbers value, int count) {
    double largest = 0.0;
    for (int i = 0; i < (value.stride ? count : 1); i++) {
        double size = fabs(numbers_at(value, i));
        largest = size > largest ? size : largest;
    }
    return largest;
}

/* Copies the entries of a list, each place once, without those that are zero everywhere. */
static enum status merge(struct arena *arena, const struct programme_block *b,
                         const struct programme_entry *entries, int count, bool sums,
                         struct ipm_entries *ret) {
    struct ipm_entries merged = {0, ARENA_TAKE(arena, struct programme_entry, count),
                                 ARENA_TAKE(arena, double, count)};
    if (!merged.entry || !merged.largest) {
        return STATUS_NO_MEMORY;
    }
    for (int e = 0; e < count; e++) {
        int at = 0;
        while (at < merged.count && !same_place(&merged.entry[at], &entries[e])) {
            at++;
        }
        if (at < merged.count) {
            TRY(add_numbers(arena, &merged.entry[at].value, entries[e].value,
                            entry_numbers_count(b, &entries[e], sums)));
        } else {
            merged.entry[merged.count++] = entries[e];
        }
    }
    int kept = 0;
    for (int e = 0; e < merged.count; e++) {
        int numbers = entry_numbers_count(b, &merged.entry[e], sums);
        double largest = largest_number(merged.entry[e].value, numbers);
        if (largest > 0.0) {
            merged.largest[kept] = largest;
            merged.entry[kept++] = merged.entry[e];
        }
    }
    merged.count = kept;
    *ret = merged;
    return STATUS_OK;
}

int ipm_before(const struct programme_block *b, int step) {
    if (step % b->segment_steps != 0) {
        return step - 1;
    }
    if (b->states_count == 0) {
        return step - 1; /* nothing is carried: any neighbour will do, or none */
    }
    return b->follows ? programme_before(b, step) : PROGRAMME_FIXED;
}

/* A block's columns, states behind, while rows are looked at. Bounds are the programme's own until a row fixes a
   column; then they are copied. */
struct forcing {
    struct ipm *ipm;
    struct ipm_block *block;
    double **own_lower, **own_upper; /* by column; NULL: not copied */
};

static enum status begin_forcing(struct ipm *ipm, struct ipm_block *block, struct forcing *ret) {
    const struct programme_block *b = block->source;
    int columns = b->columns_count + b->states_count;
    block->lower = ARENA_TAKE(ipm->arena, struct numbers, columns);
    block->upper = ARENA_TAKE(ipm->arena, struct numbers, columns);
    block->dropped = ARENA_TAKE(ipm->arena, unsigned char, (long)b->rows_count * block->steps);
    *ret = (struct forcing){ipm, block, ARENA_TAKE(ipm->arena, double *, columns),
                            ARENA_TAKE(ipm->arena, double *, columns)};
    if (arena_failed(ipm->arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int c = 0; c < columns; c++) {
        const struct programme_column *column =
            c < b->columns_count ? &b->columns[c] : &b->states[c - b->columns_count];
        block->lower[c] = column->lower;
        block->upper[c] = column->upper;
    }
    return STATUS_OK;
}

/* bound becomes value at step t. */
static enum status set_bound(const struct forcing *forcing, struct numbers *bound, double **own,
                             int t, double value) {
    if (!*own) {
        int steps = forcing->block->steps;
        double *copy = ARENA_TAKE(forcing->ipm->arena, double, steps);
        if (!copy) {
            return STATUS_NO_MEMORY;
        }
        for (int i = 0; i < steps; i++) {
            copy[i] = numbers_at(*bound, i);
        }
        *own = copy;
        *bound = (struct numbers){copy, 1};
    }
    (*own)[t] = value;
    return STATUS_OK;
}

/* One row at one step: least and largest sum, and what they are made of. */
struct activity {
    double least, most, size;
};

/* An entry of a row, and its column. */
struct term {
    const struct programme_entry *entry;
    struct numbers value;
    int column;  /* states behind; -1: a design or period column */
    bool begins; /* a level at the begin: that of the step before, or a number */
};

static struct term term_of(const struct ipm_block *block, const struct programme_entry *entry) {
    bool wide = entry->where == IN_DESIGN || entry->where == IN_PERIOD;
    bool level = entry->where == IN_BEGIN || entry->where == IN_END;
    return (struct term){entry, entry->value,
                         wide    ? -1
                         : level ? block->source->columns_count + entry->index
                                 : entry->index,
                         entry->where == IN_BEGIN};
}

/* Where its column's bounds of step t stand; PROGRAMME_FIXED: the level is a number. */
static int place_of(const struct programme_block *b, const struct term *term, int t) {
    return term->begins ? ipm_before(b, t) : t;
}

static void wide_bounds(const struct programme *programme, const struct programme_block *b,
                        const struct programme_entry *entry, int t, double *lower, double *upper) {
    if (entry->where == IN_DESIGN) {
        *lower = programme->designs[entry->index].lower;
        *upper = programme->designs[entry->index].upper;
        return;
    }
    const struct programme_column *family = &b->periods[entry->index];
    int period = b->maps[family->map].period_of_step[t];
    *lower = period == PROGRAMME_NO_PERIOD ? 0.0 : numbers_at(family->lower, period);
    *upper = period == PROGRAMME_NO_PERIOD ? 0.0 : numbers_at(family->upper, period);
}

static struct activity activity_of(const struct forcing *forcing, const struct term *terms,
                                   int count, int t) {
    struct activity activity = {0.0, 0.0, 0.0};
    const struct ipm_block *block = forcing->block;
    const struct programme_block *b = block->source;
    for (const struct term *term = terms; term < terms + count; term++) {
        double a = numbers_at(term->value, t), lower, upper;
        if (a == 0.0) {
            continue;
        }
        int place = place_of(b, term, t);
        if (term->column < 0) {
            wide_bounds(forcing->ipm->programme, b, term->entry, t, &lower, &upper);
        } else if (place == PROGRAMME_FIXED) {
            lower = upper = b->states[term->entry->index].start_level_ratio;
        } else {
            lower = numbers_at(block->lower[term->column], place);
            upper = numbers_at(block->upper[term->column], place);
        }
        double low = a > 0.0 ? a * lower : a * upper, high = a > 0.0 ? a * upper : a * lower;
        activity.least += low;
        activity.most += high;
        activity.size += isfinite(low) ? fabs(low) : isfinite(high) ? fabs(high) : 0.0;
    }
    return activity;
}

/* Whether a design or period column stands in the way of fixing all columns of the row. */
static bool has_choice(const struct forcing *forcing, const struct term *terms, int count, int t) {
    for (const struct term *term = terms; term < terms + count; term++) {
        double lower, upper;
        if (term->column >= 0 || numbers_at(term->value, t) == 0.0) {
            continue;
        }
        wide_bounds(forcing->ipm->programme, forcing->block->source, term->entry, t, &lower,
                    &upper);
        if (lower < upper) {
            return true;
        }
    }
    return false;
}

/* Fixes every column of the row at the bound that makes its activity least (or largest). */
static enum status force(const struct forcing *forcing, const struct term *terms, int count, int t,
                         bool least) {
    for (const struct term *term = terms; term < terms + count; term++) {
        double a = numbers_at(term->value, t);
        int place = place_of(forcing->block->source, term, t);
        if (a == 0.0 || term->column < 0 || place == PROGRAMME_FIXED) {
            continue;
        }
        struct numbers *lower = &forcing->block->lower[term->column],
                       *upper = &forcing->block->upper[term->column];
        if ((a > 0.0) == least) {
            TRY(set_bound(forcing, upper, &forcing->own_upper[term->column], place,
                          numbers_at(*lower, place)));
        } else {
            TRY(set_bound(forcing, lower, &forcing->own_lower[term->column], place,
                          numbers_at(*upper, place)));
        }
    }
    return STATUS_OK;
}

static bool anything_free(const struct ipm_block *block, const struct term *terms, int count,
                          int t) {
    for (const struct term *term = terms; term < terms + count; term++) {
        if (term->column < 0 || numbers_at(term->value, t) == 0.0) {
            continue;
        }
        int place = place_of(block->source, term, t);
        if (place != PROGRAMME_FIXED && numbers_at(block->lower[term->column], place) <
                                            numbers_at(block->upper[term->column], place)) {
            return true;
        }
    }
    return false;
}

/* A design without a bound leaves a row its choice at every step; false where that is seen at once. */
static bool may_force(const struct programme *programme, const struct programme_row *row,
                      const struct term *terms, int count) {
    bool least = row->upper.stride != 0 || isfinite(row->upper.value[0]);
    bool most = row->lower.stride != 0 || isfinite(row->lower.value[0]);
    for (const struct term *term = terms; term < terms + count; term++) {
        if (term->entry->where == IN_DESIGN && term->value.stride == 0) {
            const struct programme_design *design = &programme->designs[term->entry->index];
            bool rises = term->value.value[0] > 0.0;
            least = least && isfinite(rises ? design->lower : design->upper);
            most = most && isfinite(rises ? design->upper : design->lower);
        }
    }
    return least || most;
}

/* Notes what is forced, in order. */
static enum status note(struct ipm *ipm, struct ipm_forced forced) {
    if (ipm->forced_count == ipm->forced_room) {
        long room = ipm->forced_room ? 2 * ipm->forced_room : 256;
        struct ipm_forced *more = ARENA_TAKE(ipm->arena, struct ipm_forced, room);
        if (!more) {
            return STATUS_NO_MEMORY;
        }
        if (ipm->forced_count) {
            memcpy(more, ipm->forced, (size_t)ipm->forced_count * sizeof *more);
        }
        ipm->forced = more;
        ipm->forced_room = room;
    }
    ipm->forced[ipm->forced_count++] = forced;
    return STATUS_OK;
}

static enum status force_row(const struct forcing *forcing, int row, const struct term *terms,
                             int count, bool *any) {
    const struct ipm_block *block = forcing->block;
    const struct programme_row *r = &block->source->rows[row];
    for (int t = 0; t < block->steps; t++) {
        unsigned char *dropped = &block->dropped[(long)row * block->steps + t];
        double low = numbers_at(r->lower, t), high = numbers_at(r->upper, t);
        if (*dropped || (!isfinite(low) && !isfinite(high)) ||
            !anything_free(block, terms, count, t)) {
            continue;
        }
        struct activity activity = activity_of(forcing, terms, count, t);
        double slack = forcing_tolerance * activity.size;
        bool least = isfinite(high) && fabs(activity.least - high) <= slack;
        bool most = isfinite(low) && fabs(activity.most - low) <= slack;
        if ((least || most) && !has_choice(forcing, terms, count, t)) {
            TRY(force(forcing, terms, count, t, least));
            TRY(note(forcing->ipm, (struct ipm_forced){block->index, row, t}));
            *dropped = least ? IPM_FORCED_LEAST : IPM_FORCED_MOST;
            *any = true;
        }
    }
    return STATUS_OK;
}

static enum status force_block(const struct forcing *forcing) {
    const struct ipm_block *block = forcing->block;
    struct ipm *ipm = forcing->ipm;
    struct term *of_row = ARENA_TAKE(ipm->arena, struct term, block->entries.count);
    if (!of_row) {
        return STATUS_NO_MEMORY;
    }
    bool any = true;
    for (int pass = 0; pass < PASSES && any; pass++) {
        any = false;
        for (int row = 0; row < block->source->rows_count; row++) {
            int count = 0;
            for (int e = 0; e < block->entries.count; e++) {
                if (block->entries.entry[e].row == row) {
                    of_row[count++] = term_of(block, &block->entries.entry[e]);
                }
            }
            if (may_force(ipm->programme, &block->source->rows[row], of_row, count)) {
                TRY(force_row(forcing, row, of_row, count, &any));
            }
        }
    }
    return STATUS_OK;
}

enum status ipm_presolve(struct ipm *ipm, struct ipm_block *block) {
    const struct programme_block *b = block->source;
    struct forcing forcing;
    TRY(merge(ipm->arena, b, b->entries, b->entries_count, false, &block->entries));
    TRY(merge(ipm->arena, b, b->sum_entries, b->sum_entries_count, true, &block->sum_entries));
    TRY(begin_forcing(ipm, block, &forcing));
    return force_block(&forcing);
}
