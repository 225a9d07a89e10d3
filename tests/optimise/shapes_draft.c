/* SPDX-License-Identifier: Apache-2.0 */
#include "shapes_draft.h"

#include <math.h>

int draft_below(struct draft *draft, int count) {
    return (int)(random_uniform(&draft->random) * count);
}

bool draft_chance(struct draft *draft, int in) { return draft_below(draft, in) == 0; }

double draft_between(struct draft *draft, double a, double b) {
    return a + (b - a) * random_uniform(&draft->random);
}

double *draft_series(struct draft *draft, double value) {
    double *series = ARENA_TAKE(draft->arena, double, draft->steps);
    for (int t = 0; series && t < draft->steps; t++) {
        series[t] = value;
    }
    return series;
}

/* Powers of ten from 1e-3 to 1e6, or 1. */
static double column_unit(struct draft *draft) {
    int range = draft->careful_units ? 6 : 10;
    return draft->bad_units ? pow(10.0, draft_below(draft, range) - 3) : 1.0;
}

double draft_row_unit(struct draft *draft) {
    int least = draft->careful_units ? -1 : -3;
    return draft->bad_units ? pow(10.0, least + draft_below(draft, 7 - least)) : 1.0;
}

static void keep(struct draft *draft, const struct draft_column *column) {
    if (draft->pieces_count < DRAFT_PIECES) {
        draft->pieces[draft->pieces_count++] = *column;
    } else {
        (void)programme_add_column(draft->builder, -1, (struct programme_column){0}); /* fails */
    }
}

/* factor * value by step; one number for all where value is NULL. */
static struct numbers scaled(struct draft *draft, const double *value, double fallback,
                             double factor, int count) {
    if (!value) {
        return programme_constant(draft->builder, fallback * factor);
    }
    double *written = ARENA_TAKE(draft->arena, double, count);
    for (int i = 0; written && i < count; i++) {
        written[i] = value[i] * factor;
    }
    return numbers_by_step(written);
}

/* In hours that do not exist nothing limits a flow, so it must not earn either. */
static const double *without_gain(struct draft *draft, const double *cost, const double *upper) {
    double *positive = ARENA_TAKE(draft->arena, double, draft->steps);
    for (int t = 0; positive && t < draft->steps; t++) {
        bool loose = draft->empty[t] && (!upper || isinf(upper[t]));
        positive[t] = loose ? fabs(cost[t]) : cost[t];
    }
    return positive;
}

struct draft_column draft_flow(struct draft *draft, const char *name, const double *cost,
                               const double *lower, const double *upper, double *point) {
    double unit = column_unit(draft);
    cost = cost ? without_gain(draft, cost, upper) : NULL;
    struct programme_column column = {.name = name,
                                      .cost = scaled(draft, cost, 0.0, unit, draft->steps),
                                      .lower = scaled(draft, lower, 0.0, 1.0 / unit, draft->steps),
                                      .upper =
                                          scaled(draft, upper, HUGE_VAL, 1.0 / unit, draft->steps)};
    struct draft_column made = {IN_STEP, draft->block, 0, draft->steps, unit, point};
    made.index = programme_add_column(draft->builder, draft->block, column);
    keep(draft, &made);
    return made;
}

struct draft_column draft_level(struct draft *draft, const char *name, double cost,
                                const double *upper, double *point, double start) {
    double unit = column_unit(draft);
    struct programme_column state = {.name = name,
                                     .cost = programme_constant(draft->builder, cost * unit),
                                     .lower = programme_constant(draft->builder, 0.0),
                                     .upper =
                                         scaled(draft, upper, HUGE_VAL, 1.0 / unit, draft->steps),
                                     .start_level_ratio = start / unit};
    struct draft_column made = {IN_END, draft->block, 0, draft->steps, unit, point};
    made.index = programme_add_state(draft->builder, draft->block, state);
    keep(draft, &made);
    return made;
}

struct draft_column draft_design(struct draft *draft, const char *name, double cost, double lower,
                                 double upper, double point) {
    double unit = column_unit(draft), *kept = ARENA_TAKE(draft->arena, double, 1);
    if (kept) {
        *kept = point;
    }
    struct draft_column made = {IN_DESIGN, 0, 0, 1, unit, kept};
    made.index = programme_add_design(
        draft->builder, (struct programme_design){name, cost * unit, lower / unit, upper / unit});
    keep(draft, &made);
    return made;
}

struct draft_column draft_period(struct draft *draft, const char *name, double cost, double upper,
                                 double *point) {
    double unit = column_unit(draft);
    struct programme_column family = {.name = name,
                                      .cost = programme_constant(draft->builder, cost * unit),
                                      .lower = programme_constant(draft->builder, 0.0),
                                      .upper = programme_constant(draft->builder, upper / unit),
                                      .map = draft->months};
    struct draft_column made = {IN_PERIOD, draft->block, 0, draft->periods, unit, point};
    made.index = programme_add_period(draft->builder, draft->block, family);
    keep(draft, &made);
    return made;
}

struct draft_row draft_add_row(struct draft *draft, const char *name, const double *lower,
                               const double *upper) {
    double unit = draft_row_unit(draft);
    struct programme_row row = {.name = name,
                                .lower = scaled(draft, lower, -HUGE_VAL, unit, draft->steps),
                                .upper = scaled(draft, upper, HUGE_VAL, unit, draft->steps)};
    return (struct draft_row){programme_add_row(draft->builder, draft->block, row), unit, false};
}

void draft_put(struct draft *draft, struct draft_row row, struct draft_column column,
               enum programme_where where, double value, const double *series) {
    double factor = value * row.unit * column.unit;
    bool any_empty = false;
    for (int t = 0; t < draft->steps; t++) {
        any_empty = any_empty || draft->empty[t];
    }
    bool level = row.always || where == IN_BEGIN || where == IN_END;
    if (!series && (level || !any_empty)) { /* levels live on through empty hours */
        programme_add_entry(draft->builder, draft->block, row.index, where, column.index,
                            programme_constant(draft->builder, factor));
        return;
    }
    double *written = ARENA_TAKE(draft->arena, double, draft->steps);
    for (int t = 0; written && t < draft->steps; t++) {
        bool there = level || !draft->empty[t];
        written[t] = there ? factor * (series ? series[t] : 1.0) : 0.0;
    }
    programme_add_entry(draft->builder, draft->block, row.index, where, column.index,
                        numbers_by_step(written));
}

void draft_bring(struct draft *draft, int bus, struct draft_column column, double value,
                 const double *series) {
    draft_put(draft, draft->bus[bus], column, column.where, value, series);
    for (int t = 0; t < draft->steps; t++) {
        double point = column.point[column.count == 1 ? 0 : t];
        draft->net[bus][t] += draft->empty[t] ? 0.0 : value * (series ? series[t] : 1.0) * point;
    }
}

void draft_limit(struct draft *draft, const char *name, struct draft_column first,
                 const struct draft_column *second, struct draft_column design, double share,
                 const double *series) {
    const double *zero = draft_series(draft, 0.0);
    struct draft_row row = draft_add_row(draft, name, NULL, zero);
    row.always = first.where == IN_END; /* a level needs its room in every hour */
    draft_put(draft, row, first, first.where, 1.0, NULL);
    if (second) {
        draft_put(draft, row, *second, second->where, 1.0, NULL);
    }
    draft_put(draft, row, design, IN_DESIGN, -share, series);
}
