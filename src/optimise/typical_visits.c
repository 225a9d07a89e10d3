/* Levels that go on from week to week of a reduced year: see typical.h.

   level at a step of a visit = kept(step) * level at the visit's begin + difference(step)
   begin of the next visit    = kept(week) * begin + added(week);  of visit n in a row: kept^n * begin + (1 + .. + kept^(n-1)) * added */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "optimise/typical_internal.h"

const struct visited *typical_visited(const struct typical_programme *t, int state) {
    for (int k = 0; k < t->visited_count; k++) {
        if (t->visited[k].state == state) {
            return &t->visited[k];
        }
    }
    return NULL;
}

/* Steps of the last week, where it is shorter; else 0. */
static int part_steps(const struct typical_programme *t) {
    return t->typical.horizon_segments % t->typical.week_segments * t->block->segment_steps;
}

/* The one row in which a state's begin and end stand; -1: none, or more. */
static int balance_of(const struct typical_programme *t, int state) {
    const struct programme_block *b = t->block;
    int row = -1;
    for (int e = 0; e < b->entries_count; e++) {
        if (b->entries[e].where == IN_BEGIN && b->entries[e].index == state) {
            if (row >= 0 && row != b->entries[e].row) {
                return -1;
            }
            row = b->entries[e].row;
        }
    }
    return row;
}

static double coefficient(const struct typical_programme *t, int row, enum programme_where where,
                          int state, int step) {
    const struct programme_block *b = t->block;
    double sum = 0.0;
    for (int e = 0; e < b->entries_count; e++) {
        const struct programme_entry *entry = &b->entries[e];
        if (entry->row == row && entry->where == where && entry->index == state) {
            sum += numbers_at(entry->value, step);
        }
    }
    return sum;
}

static bool take_kept(struct typical_programme *t, struct visited *visited) {
    int row = balance_of(t, visited->state), part = part_steps(t), from = 0;
    visited->kept_ratio = typical_take(t);
    visited->part_kept_ratio = 1.0;
    if (!visited->kept_ratio || row < 0) {
        return false;
    }
    for (int s = 0; s < t->horizon_steps; s++) {
        double end = coefficient(t, row, IN_END, visited->state, t->whole_step[s]);
        double before = s % t->week_steps == 0 ? 1.0 : visited->kept_ratio[s - 1];
        if (end == 0.0) {
            return false;
        }
        visited->kept_ratio[s] =
            -before * coefficient(t, row, IN_BEGIN, visited->state, t->whole_step[s]) / end;
    }
    if (part > 0) {
        from = t->reduced_step[(t->typical.weeks_count - 1) * t->week_steps];
        visited->part_kept_ratio = visited->kept_ratio[from + part - 1];
    }
    return true;
}

static bool take_runs(struct typical_programme *t, struct visited *visited) {
    const struct typical *year = &t->typical;
    bool part = part_steps(t) > 0;
    visited->runs = ARENA_TAKE(t->arena, struct visit_run, year->weeks_count);
    if (!visited->runs) {
        return false;
    }
    for (int w = 0; w < year->weeks_count; w++) {
        int typical = t->reduced_step[w * t->week_steps] / t->week_steps;
        struct visit_run *run =
            visited->runs_count > 0 ? &visited->runs[visited->runs_count - 1] : NULL;
        bool whole = !part || w < year->weeks_count - 1;
        if (run && run->typical == typical && whole) {
            run->count++;
        } else {
            visited->runs[visited->runs_count++] = (struct visit_run){w, typical, 1, -1, -1};
        }
    }
    return true;
}

bool typical_visits_begin(struct typical_programme *t) {
    t->visited = ARENA_TAKE(t->arena, struct visited, t->block->states_count);
    if (!t->visited) {
        return false;
    }
    for (int k = 0; t->typical.visits && k < t->block->states_count; k++) {
        struct visited *visited = &t->visited[t->visited_count];
        if (t->typical.visits[k]) {
            *visited = (struct visited){.state = k, .part_added = -1};
            if (!take_kept(t, visited) || !take_runs(t, visited)) {
                return false;
            }
            t->visited_count++;
        }
    }
    return true;
}

/* ---- rows by step ---- */

static bool finite_in_horizon(const struct typical_programme *t, struct numbers side) {
    for (int s = 0; s < t->horizon_steps; s++) {
        if (isfinite(numbers_at(side, t->whole_step[s]))) {
            return true;
        }
    }
    return false;
}

/* factor * kept of the highest or lowest begin, in a row that limits the level. */
static void add_begin(struct typical_programme *t, const struct visited *visited, int row,
                      bool highest, struct numbers factor) {
    double *value = typical_take(t);
    for (int s = 0; value && s < t->horizon_steps; s++) {
        value[s] = visited->kept_ratio[s] * numbers_at(factor, s);
    }
    programme_add_entry(t->builder, 0, row, IN_PERIOD, highest ? visited->highest : visited->lowest,
                        numbers_by_step(value));
}

/* In rows that hold it from above the highest begin counts, in those from below the lowest. */
static bool limit_rows(struct typical_programme *t, const struct visited *visited) {
    const struct programme_block *b = t->block;
    int balance = balance_of(t, visited->state);
    for (int e = 0; e < b->entries_count; e++) {
        const struct programme_entry *entry = &b->entries[e];
        if (entry->where != IN_END || entry->index != visited->state || entry->row == balance) {
            continue;
        }
        const struct programme_row *row = &b->rows[entry->row];
        bool below = finite_in_horizon(t, row->upper), above = finite_in_horizon(t, row->lower);
        if (below && above) {
            return false;
        }
        bool positive = numbers_at(entry->value, t->whole_step[0]) > 0.0;
        add_begin(t, visited, entry->row, below == positive, typical_numbers(t, entry->value));
    }
    return true;
}

/* A bound of the level itself is a row of the difference. */
static void add_bound_row(struct typical_programme *t, const struct visited *visited, bool upper) {
    const struct programme_column *state = &t->block->states[visited->state];
    struct numbers side = upper ? state->upper : state->lower;
    double *finite = typical_take(t);
    if (!finite || !finite_in_horizon(t, side)) {
        return;
    }
    for (int s = 0; s < t->steps; s++) {
        finite[s] = s < t->horizon_steps ? numbers_at(side, t->whole_step[s])
                    : upper              ? HUGE_VAL
                                         : -HUGE_VAL;
    }
    struct programme_row row = {state->name, programme_constant(t->builder, -HUGE_VAL),
                                programme_constant(t->builder, HUGE_VAL), 0, false};
    *(upper ? &row.upper : &row.lower) = numbers_by_step(finite);
    int r = programme_add_row(t->builder, 0, row);
    programme_add_entry(t->builder, 0, r, IN_END, visited->state,
                        programme_constant(t->builder, 1.0));
    add_begin(t, visited, r, upper, programme_constant(t->builder, 1.0));
}

/* difference at the end of a typical week (or of the part that the shorter last week has of it) - added = 0 */
static void add_added(struct typical_programme *t, const struct visited *visited, int family,
                      const bool *at) {
    double *lower = typical_take(t), *upper = typical_take(t), *one = typical_take(t),
           *minus = typical_take(t);
    if (!lower || !upper || !one || !minus) {
        return;
    }
    for (int s = 0; s < t->steps; s++) {
        lower[s] = at[s] ? 0.0 : -HUGE_VAL;
        upper[s] = at[s] ? 0.0 : HUGE_VAL;
        one[s] = at[s] ? 1.0 : 0.0;
        minus[s] = at[s] ? -1.0 : 0.0;
    }
    struct programme_row row = {t->block->states[visited->state].name, numbers_by_step(lower),
                                numbers_by_step(upper), 0, false};
    int r = programme_add_row(t->builder, 0, row);
    programme_add_entry(t->builder, 0, r, IN_END, visited->state, numbers_by_step(one));
    programme_add_entry(t->builder, 0, r, IN_PERIOD, family, numbers_by_step(minus));
}

/* ---- from visit to visit ---- */

static void border_entry(struct typical_programme *t, int row, enum programme_where where,
                         int index, int period, double value) {
    programme_add_border_entry(
        t->builder, (struct programme_border_entry){row, where, index, 0, period, value});
}

static int add_level(struct typical_programme *t, const struct visited *visited, int typical) {
    const char *name = t->block->states[visited->state].name;
    struct programme_design design = {name, 0.0, -HUGE_VAL, HUGE_VAL};
    int level = programme_add_design(t->builder, design);
    for (int k = 0; k < 2; k++) { /* highest - level >= 0, level - lowest >= 0 */
        double sign = k == 0 ? 1.0 : -1.0;
        int row = programme_add_border_row(
            t->builder, (struct programme_border_row){name, 0.0, HUGE_VAL, false});
        border_entry(t, row, IN_PERIOD, k == 0 ? visited->highest : visited->lowest, typical, sign);
        border_entry(t, row, IN_DESIGN, level, 0, -sign);
    }
    return level;
}

/* to = kept^visits * from + (1 + .. + kept^(visits - 1)) * added */
static void lead(struct typical_programme *t, const struct visited *visited, int from, int to,
                 int typical, int visits) {
    double kept = visited->kept_ratio[(typical + 1) * t->week_steps - 1], power = 1.0, sum = 0.0;
    for (int v = 0; v < visits; v++) {
        sum += power;
        power *= kept;
    }
    int row = programme_add_border_row(
        t->builder,
        (struct programme_border_row){t->block->states[visited->state].name, 0.0, 0.0, false});
    border_entry(t, row, IN_DESIGN, to, 0, 1.0);
    border_entry(t, row, IN_DESIGN, from, 0, -power);
    border_entry(t, row, IN_PERIOD, visited->added, typical, -sum);
}

/* Out of the shorter last week. */
static void lead_part(struct typical_programme *t, const struct visited *visited, int from,
                      int to) {
    int row = programme_add_border_row(
        t->builder,
        (struct programme_border_row){t->block->states[visited->state].name, 0.0, 0.0, false});
    border_entry(t, row, IN_DESIGN, to, 0, 1.0);
    border_entry(t, row, IN_DESIGN, from, 0, -visited->part_kept_ratio);
    border_entry(t, row, IN_PERIOD, visited->part_added, 0, -1.0);
}

static void add_visits(struct typical_programme *t, struct visited *visited) {
    for (int r = 0; r < visited->runs_count; r++) {
        struct visit_run *run = &visited->runs[r];
        run->first_design = run->last_design = add_level(t, visited, run->typical);
        if (run->count > 1) {
            run->last_design = add_level(t, visited, run->typical);
            lead(t, visited, run->first_design, run->last_design, run->typical, run->count - 1);
        }
    }
    for (int r = 0; r < visited->runs_count; r++) {
        const struct visit_run *run = &visited->runs[r];
        const struct visit_run *next = &visited->runs[(r + 1) % visited->runs_count];
        bool part = part_steps(t) > 0 && r == visited->runs_count - 1;
        if (part) {
            lead_part(t, visited, run->last_design, next->first_design);
        } else if (next != run) {
            lead(t, visited, run->last_design, next->first_design, run->typical, 1);
        }
    }
    if (visited->runs_count == 1) { /* the same week all the year: it leads into itself */
        const struct visit_run *run = &visited->runs[0];
        lead(t, visited, run->last_design, run->first_design, run->typical, 1);
    }
}

static bool add_visited(struct typical_programme *t, struct visited *visited, const bool *ends,
                        const bool *part_ends) {
    const char *name = t->block->states[visited->state].name;
    visited->added = typical_add_free(t, name, t->week_map);
    visited->highest = typical_add_free(t, name, t->week_map);
    visited->lowest = typical_add_free(t, name, t->week_map);
    add_added(t, visited, visited->added, ends);
    if (part_steps(t) > 0) {
        visited->part_added = typical_add_free(t, name, t->part_map);
        add_added(t, visited, visited->part_added, part_ends);
    }
    add_bound_row(t, visited, false);
    add_bound_row(t, visited, true);
    add_visits(t, visited);
    return limit_rows(t, visited);
}

bool typical_visits(struct typical_programme *t) {
    int part = part_steps(t);
    int part_from = part > 0 ? t->reduced_step[(t->typical.weeks_count - 1) * t->week_steps] : -1;
    int *week = ARENA_TAKE(t->arena, int, t->steps), *in_part = ARENA_TAKE(t->arena, int, t->steps);
    bool *ends = ARENA_TAKE(t->arena, bool, t->steps),
         *part_ends = ARENA_TAKE(t->arena, bool, t->steps);
    if (t->visited_count == 0 || !week || !in_part || !ends || !part_ends) {
        return true;
    }
    for (int s = 0; s < t->steps; s++) {
        bool horizon = s < t->horizon_steps;
        week[s] = horizon ? s / t->week_steps : PROGRAMME_NO_PERIOD;
        in_part[s] = PROGRAMME_NO_PERIOD;
        ends[s] = horizon && s % t->week_steps == t->week_steps - 1;
        part_ends[s] = part > 0 && s == part_from + part - 1;
        in_part[s] = part_ends[s] ? 0 : PROGRAMME_NO_PERIOD;
    }
    t->week_map = programme_add_map(t->builder, 0, (struct programme_map){t->typical_count, week});
    t->part_map =
        part > 0 ? programme_add_map(t->builder, 0, (struct programme_map){1, in_part}) : -1;
    for (int k = 0; k < t->visited_count; k++) {
        if (!add_visited(t, &t->visited[k], ends, part_ends)) {
            return false;
        }
    }
    return true;
}

/* ---- and back ---- */

static void expand_run(const struct typical_programme *t, const struct visited *visited,
                       const struct visit_run *run, const double *x, double *level) {
    double begin = x[programme_at_design(t->reduced, run->first_design)];
    double added = x[programme_at_period(t->reduced, 0, visited->added, run->typical)];
    double kept = visited->kept_ratio[(run->typical + 1) * t->week_steps - 1];
    int horizon = t->typical.horizon_segments * t->block->segment_steps;
    for (int v = 0; v < run->count; v++) {
        int from = (run->week + v) * t->week_steps;
        for (int s = from; s < from + t->week_steps && s < horizon; s++) {
            level[s] += visited->kept_ratio[t->reduced_step[s]] * begin;
        }
        begin = kept * begin + added;
    }
}

/* Of the typical weeks alone: their first visits. */
static void expand_first(const struct typical_programme *t, const struct visited *visited,
                         const double *x, double *level) {
    for (int k = 0; k < t->typical_count; k++) {
        const struct visit_run *run = visited->runs;
        while (run->typical != k) {
            run++;
        }
        double begin = x[programme_at_design(t->reduced, run->first_design)];
        for (int s = k * t->week_steps; s < (k + 1) * t->week_steps; s++) {
            level[s] += visited->kept_ratio[s] * begin;
        }
    }
}

void typical_visits_expand(const struct typical_programme *t, const double *x, double *ret_x) {
    for (int k = 0; k < t->visited_count; k++) {
        const struct visited *visited = &t->visited[k];
        double *level = ret_x + programme_at_state(t->whole, 0, visited->state, 0);
        for (int r = 0; !t->typical.few && r < visited->runs_count; r++) {
            expand_run(t, visited, &visited->runs[r], x, level);
        }
        if (t->typical.few) {
            expand_first(t, visited, x, level);
        }
    }
}
