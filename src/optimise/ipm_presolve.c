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

static enum status copy_bounds(struct arena *arena, const struct programme_block *b,
                               struct ipm_block *block) {
    int steps = block->steps, columns = b->columns_count + b->states_count;
    block->lower = ARENA_TAKE(arena, double, (long)columns *steps);
    block->upper = ARENA_TAKE(arena, double, (long)columns *steps);
    block->dropped = ARENA_TAKE(arena, unsigned char, (long)b->rows_count *steps);
    if (!block->lower || !block->upper || !block->dropped) {
        return STATUS_NO_MEMORY;
    }
    for (int c = 0; c < columns; c++) {
        const struct programme_column *column =
            c < b->columns_count ? &b->columns[c] : &b->states[c - b->columns_count];
        for (int t = 0; t < steps; t++) {
            block->lower[(long)c * steps + t] = numbers_at(column->lower, t);
            block->upper[(long)c * steps + t] = numbers_at(column->upper, t);
        }
    }
    return STATUS_OK;
}

/* One row at one step: least and largest sum, and what they are made of. */
struct activity {
    double least, most, size;
};

/* An entry of a row, and the bounds of its column. */
struct term {
    const struct programme_entry *entry;
    struct numbers value;
    double *lower, *upper; /* by step; NULL: a design or period column */
    bool begins;           /* a level at the begin: that of the step before, or a number */
};

static struct term term_of(const struct ipm_block *block, const struct programme_entry *entry) {
    const struct programme_block *b = block->source;
    struct term term = {.entry = entry, .value = entry->value, .begins = entry->where == IN_BEGIN};
    if (entry->where != IN_DESIGN && entry->where != IN_PERIOD) {
        long column = (entry->where == IN_STEP ? 0 : b->columns_count) + entry->index;
        term.lower = block->lower + column * block->steps;
        term.upper = block->upper + column * block->steps;
    }
    return term;
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

static struct activity activity_of(const struct programme *programme,
                                   const struct programme_block *b, const struct term *terms,
                                   int count, int t) {
    struct activity activity = {0.0, 0.0, 0.0};
    for (const struct term *term = terms; term < terms + count; term++) {
        double a = numbers_at(term->value, t), lower, upper;
        if (a == 0.0) {
            continue;
        }
        int place = place_of(b, term, t);
        if (!term->lower) {
            wide_bounds(programme, b, term->entry, t, &lower, &upper);
        } else if (place == PROGRAMME_FIXED) {
            lower = upper = b->states[term->entry->index].start_level_ratio;
        } else {
            lower = term->lower[place];
            upper = term->upper[place];
        }
        double low = a > 0.0 ? a * lower : a * upper, high = a > 0.0 ? a * upper : a * lower;
        activity.least += low;
        activity.most += high;
        activity.size += isfinite(low) ? fabs(low) : isfinite(high) ? fabs(high) : 0.0;
    }
    return activity;
}

/* Fixes every column of the row at the bound that makes its activity least (or largest); false
   where a design or period column stands in the way. */
static bool force(const struct programme *programme, const struct programme_block *b,
                  const struct term *terms, int count, int t, bool least) {
    for (const struct term *term = terms; term < terms + count; term++) {
        double lower, upper;
        if (term->lower || numbers_at(term->value, t) == 0.0) {
            continue;
        }
        wide_bounds(programme, b, term->entry, t, &lower, &upper);
        if (lower < upper) {
            return false;
        }
    }
    for (const struct term *term = terms; term < terms + count; term++) {
        double a = numbers_at(term->value, t);
        int place = place_of(b, term, t);
        if (a == 0.0 || !term->lower || place == PROGRAMME_FIXED) {
            continue;
        }
        if ((a > 0.0) == least) {
            term->upper[place] = term->lower[place];
        } else {
            term->lower[place] = term->upper[place];
        }
    }
    return true;
}

static bool anything_free(const struct programme_block *b, const struct term *terms, int count,
                          int t) {
    for (const struct term *term = terms; term < terms + count; term++) {
        if (!term->lower || numbers_at(term->value, t) == 0.0) {
            continue;
        }
        int place = place_of(b, term, t);
        if (place != PROGRAMME_FIXED && term->lower[place] < term->upper[place]) {
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
static enum status force_row(struct ipm *ipm, struct ipm_block *block, int row,
                             const struct term *terms, int count, bool *any) {
    const struct programme_block *b = block->source;
    const struct programme_row *r = &b->rows[row];
    for (int t = 0; t < block->steps; t++) {
        unsigned char *dropped = &block->dropped[(long)row * block->steps + t];
        double low = numbers_at(r->lower, t), high = numbers_at(r->upper, t);
        if (*dropped || (!isfinite(low) && !isfinite(high)) || !anything_free(b, terms, count, t)) {
            continue;
        }
        struct activity activity = activity_of(ipm->programme, b, terms, count, t);
        double slack = forcing_tolerance * activity.size;
        bool least = isfinite(high) && fabs(activity.least - high) <= slack;
        bool most = isfinite(low) && fabs(activity.most - low) <= slack;
        if ((least || most) && force(ipm->programme, b, terms, count, t, least)) {
            *dropped = least ? IPM_FORCED_LEAST : IPM_FORCED_MOST;
            *any = true;
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
            ipm->forced[ipm->forced_count++] = (struct ipm_forced){block->index, row, t};
        }
    }
    return STATUS_OK;
}

static enum status force_block(struct ipm *ipm, struct ipm_block *block) {
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
                TRY(force_row(ipm, block, row, of_row, count, &any));
            }
        }
    }
    return STATUS_OK;
}

enum status ipm_presolve(struct ipm *ipm, struct ipm_block *block) {
    const struct programme_block *b = block->source;
    TRY(merge(ipm->arena, b, b->entries, b->entries_count, false, &block->entries));
    TRY(merge(ipm->arena, b, b->sum_entries, b->sum_entries_count, true, &block->sum_entries));
    TRY(copy_bounds(ipm->arena, b, block));
    return force_block(ipm, block);
}
