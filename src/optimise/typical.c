/* The reduced programme of typical weeks: steps, columns and rows by step, and the way back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/typical_internal.h"

#include <math.h>
#include <string.h>

int typical_step(const struct typical *typical, int segment_steps, int step) {
    int week_steps = typical->week_segments * segment_steps;
    if (step >= typical->horizon_segments * segment_steps) {
        return step;
    }
    return typical->week_like[step / week_steps] * week_steps + step % week_steps;
}

const struct programme *typical_reduced(const struct typical_programme *typical) {
    return typical->reduced;
}

double *typical_take(struct typical_programme *t) { return ARENA_TAKE(t->arena, double, t->steps); }

struct numbers typical_numbers(struct typical_programme *t, struct numbers whole) {
    if (whole.stride == 0 || t->typical.few) {
        return whole;
    }
    double *value = typical_take(t);
    if (!value) {
        return whole; /* the arena has failed, and nothing of this is used */
    }
    for (int s = 0; s < t->steps; s++) {
        value[s] = whole.value[t->whole_step[s]];
    }
    return (struct numbers){value, 1};
}

/* Costs of all steps that do as a typical one. */
static struct numbers summed(struct typical_programme *t, struct numbers whole) {
    double *value = typical_take(t);
    for (int s = 0; value && t->typical.few && s < t->steps; s++) {
        value[s] = numbers_at(whole, s) * t->weight[s];
    }
    for (int s = 0; value && !t->typical.few && s < t->year_steps; s++) {
        value[t->reduced_step[s]] += numbers_at(whole, s);
    }
    return (struct numbers){value, 1};
}

/* ---- steps ---- */

static enum status take_steps(struct typical_programme *t) {
    const struct typical *year = &t->typical;
    const struct programme_block *b = t->block;
    int horizon = year->horizon_segments * b->segment_steps;
    int *reduced_week = ARENA_TAKE(t->arena, int, year->weeks_count);
    t->typical_week = ARENA_TAKE(t->arena, int, year->weeks_count);
    if (!reduced_week || !t->typical_week) {
        return STATUS_NO_MEMORY;
    }
    t->week_steps = year->week_segments * b->segment_steps;
    for (int w = 0; w < year->weeks_count; w++) {
        if (year->week_like[w] == w) {
            reduced_week[w] = t->typical_count;
            t->typical_week[t->typical_count++] = w;
        }
    }
    t->horizon_steps = t->typical_count * t->week_steps;
    int alone = programme_steps(b) - (year->few ? t->horizon_steps : horizon);
    t->year_steps = horizon + alone;
    t->steps = t->horizon_steps + alone;
    t->reduced_step = ARENA_TAKE(t->arena, int, t->year_steps);
    t->whole_step = ARENA_TAKE(t->arena, int, t->steps);
    t->weight = ARENA_TAKE(t->arena, int, t->steps);
    if (arena_failed(t->arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int s = 0; s < t->year_steps; s++) {
        int like = typical_step(year, b->segment_steps, s);
        t->reduced_step[s] = s >= horizon ? t->horizon_steps + s - horizon
                                          : reduced_week[like / t->week_steps] * t->week_steps +
                                                like % t->week_steps;
        t->weight[t->reduced_step[s]]++;
        if (like == s) {
            t->whole_step[t->reduced_step[s]] = year->few ? t->reduced_step[s] : s;
        }
    }
    return STATUS_OK;
}

static enum status add_block(struct typical_programme *t) {
    const struct programme_block *b = t->block;
    int segments = t->steps / b->segment_steps, week = t->typical.week_segments;
    int *follows = ARENA_TAKE(t->arena, int, segments);
    double *weight = ARENA_TAKE(t->arena, double, segments);
    if (!follows || !weight) {
        return STATUS_NO_MEMORY;
    }
    for (int s = 0; s < segments; s++) {
        bool alone = s >= t->typical_count * week;
        follows[s] = alone ? s : s % week == 0 ? s + week - 1 : s - 1;
        weight[s] = alone ? 0.0 : t->weight[s * b->segment_steps];
    }
    (void)programme_add_block(t->builder, segments, b->segment_steps, b->step_h, weight, follows);
    return STATUS_OK;
}

/* ---- columns and rows by step ---- */

static struct programme_column reduced_column(struct typical_programme *t,
                                              const struct programme_column *whole) {
    struct programme_column column = *whole;
    column.cost = summed(t, whole->cost);
    column.lower = typical_numbers(t, whole->lower);
    column.upper = typical_numbers(t, whole->upper);
    return column;
}

/* A visited level is a difference: its limits are rows (typical_visits.c), but where steps stand alone. */
static void free_level(struct typical_programme *t, struct programme_column *state) {
    double *lower = typical_take(t), *upper = typical_take(t);
    for (int s = 0; lower && upper && s < t->steps; s++) {
        lower[s] = s < t->horizon_steps ? -HUGE_VAL : numbers_at(state->lower, s);
        upper[s] = s < t->horizon_steps ? HUGE_VAL : numbers_at(state->upper, s);
    }
    state->lower = numbers_by_step(lower);
    state->upper = numbers_by_step(upper);
}

static void add_columns(struct typical_programme *t) {
    const struct programme_block *b = t->block;
    for (int c = 0; c < b->columns_count; c++) {
        (void)programme_add_column(t->builder, 0, reduced_column(t, &b->columns[c]));
    }
    for (int k = 0; k < b->states_count; k++) {
        struct programme_column state = reduced_column(t, &b->states[k]);
        if (typical_visited(t, k) && !arena_failed(t->arena)) {
            free_level(t, &state);
        }
        (void)programme_add_state(t->builder, 0, state);
    }
}

static void add_rows(struct typical_programme *t) {
    const struct programme_block *b = t->block;
    for (int r = 0; r < b->rows_count; r++) {
        struct programme_row row = b->rows[r];
        row.lower = typical_numbers(t, row.lower);
        row.upper = typical_numbers(t, row.upper);
        (void)programme_add_row(t->builder, 0, row);
    }
    for (int e = 0; e < b->entries_count; e++) {
        const struct programme_entry *entry = &b->entries[e];
        struct numbers value = typical_numbers(t, entry->value);
        if (entry->where == IN_PERIOD) {
            continue;
        }
        if (entry->where == IN_BEGIN && typical_visited(t, entry->index)) {
            double *begun = typical_take(t);
            for (int s = 0; begun && value.value && s < t->steps; s++) {
                bool first = s < t->horizon_steps && s % t->week_steps == 0;
                begun[s] = first ? 0.0 : numbers_at(value, s);
            }
            value = numbers_by_step(begun);
        }
        programme_add_entry(t->builder, 0, entry->row, entry->where, entry->index, value);
    }
}

static void add_border(struct typical_programme *t) {
    const struct programme *p = t->whole;
    for (int d = 0; d < p->designs_count; d++) {
        (void)programme_add_design(t->builder, p->designs[d]);
    }
    for (int r = 0; r < p->border_rows_count; r++) {
        (void)programme_add_border_row(t->builder, p->border_rows[r]);
    }
    for (int e = 0; e < p->border_entries_count; e++) {
        programme_add_border_entry(t->builder, p->border_entries[e]);
    }
}

enum status typical_reduce(const struct programme *programme, const struct typical *typical,
                           struct arena *arena, struct typical_programme **ret) {
    struct typical_programme *t = ARENA_TAKE(arena, struct typical_programme, 1);
    if (!t) {
        return STATUS_NO_MEMORY;
    }
    if (programme->blocks_count != 1) {
        return STATUS_INTERNAL;
    }
    *t = (struct typical_programme){.whole = programme,
                                    .block = &programme->blocks[0],
                                    .typical = *typical,
                                    .arena = arena,
                                    .builder = programme_builder_new(arena, programme->name)};
    if (!t->builder) {
        return STATUS_NO_MEMORY;
    }
    TRY(take_steps(t));
    TRY(add_block(t));
    if (!typical_visits_begin(t)) {
        return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_INTERNAL;
    }
    typical_maps(t);
    TRY(arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK);
    add_border(t);
    add_columns(t);
    add_rows(t);
    typical_families(t);
    typical_period_entries(t);
    typical_sums(t);
    if (!typical_visits(t)) {
        return STATUS_INTERNAL;
    }
    t->reduced = programme_finish(t->builder);
    if (!t->reduced || arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    t->reduced->objective_constant = programme->objective_constant;
    *ret = t;
    return STATUS_OK;
}

/* ---- and back ---- */

static void expand_columns(const struct typical_programme *t, const double *from, double *to) {
    const struct programme *p = t->whole, *q = t->reduced;
    const struct programme_block *b = t->block;
    int steps = programme_steps(b);
    bool few = t->typical.few;
    memcpy(to, from, (size_t)p->designs_count * sizeof *to);
    for (int c = 0; c < b->columns_count + b->states_count; c++) {
        const double *reduced = from + programme_at_column(q, 0, c, 0);
        double *whole = to + programme_at_column(p, 0, c, 0);
        for (int s = 0; s < steps; s++) {
            whole[s] = reduced[few ? s : t->reduced_step[s]];
        }
    }
    for (int f = 0; f < b->periods_count; f++) {
        memcpy(to + programme_at_period(p, 0, f, 0), from + programme_at_period(q, 0, f, 0),
               (size_t)b->maps[b->periods[f].map].periods * sizeof *to);
    }
    typical_visits_expand(t, from, to);
}

static void expand_rows(const struct typical_programme *t, const double *from, double *to) {
    const struct programme *p = t->whole, *q = t->reduced;
    const struct programme_block *b = t->block;
    int steps = programme_steps(b);
    memcpy(to, from, (size_t)p->border_rows_count * sizeof *to);
    for (int r = 0; r < b->rows_count; r++) {
        const double *reduced = from + programme_at_row(q, 0, r, 0);
        double *whole = to + programme_at_row(p, 0, r, 0);
        for (int s = 0; s < steps; s++) {
            int at = t->typical.few ? s : t->reduced_step[s];
            whole[s] = reduced[at] / t->weight[at];
        }
    }
    for (int f = 0; f < b->sums_count; f++) {
        long at = t->sum_at[f] >= 0 ? programme_at_sum(q, 0, t->sum_at[f], 0) : t->sum_border[f];
        memcpy(to + programme_at_sum(p, 0, f, 0), from + at,
               (size_t)b->maps[b->sums[f].map].periods * sizeof *to);
    }
}

enum status typical_expand(const struct typical_programme *typical, const struct outcome *reduced,
                           struct arena *arena, struct outcome *ret) {
    double *x = ARENA_TAKE(arena, double, programme_columns(typical->whole));
    double *y = ARENA_TAKE(arena, double, programme_rows(typical->whole));
    if (!x || !y) {
        return STATUS_NO_MEMORY;
    }
    expand_columns(typical, reduced->x, x);
    expand_rows(typical, reduced->y, y);
    *ret = *reduced;
    ret->x = x;
    ret->y = y;
    ret->ray = NULL;
    ret->basis = NULL;
    return STATUS_OK;
}
