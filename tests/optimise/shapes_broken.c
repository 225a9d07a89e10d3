/* SPDX-License-Identifier: Apache-2.0 */
#include "shapes_broken.h"

#include <math.h>

/* A thousandth, a hundredth, a tenth or all of what is needed is missing. */
static double missing(struct draft *d) {
    static const double shares[] = {1e-3, 1e-2, 0.1, 1.0};
    return shares[draft_below(d, COUNT(shares))];
}

/* A need of `need` in every hour that exists, met by one flow alone. */
static struct draft_column add_island(struct draft *d, double need, const double *upper) {
    double *side = draft_series(d, need), *point = draft_series(d, 0.0);
    for (int t = 0; t < d->steps; t++) {
        side[t] = d->empty[t] ? 0.0 : need;
    }
    struct draft_column flow =
        draft_flow(d, "island.flow", draft_series(d, 3.0), NULL, upper, point);
    struct draft_row row = draft_add_row(d, "island.bus", side, side);
    draft_put(d, row, flow, IN_STEP, 1.0, NULL);
    return flow;
}

static const char *break_hour(struct draft *d) {
    double most = 10.0 * (1.0 - missing(d));
    struct draft_column flow = add_island(d, 10.0, NULL);
    struct draft_column capacity = draft_design(d, "island.capacity", 1.0, 0.0, most, 0.0);
    draft_limit(d, "island.limit", flow, NULL, capacity, 1.0, NULL);
    return "a capacity is too small for each hour";
}

static int add_yearly_row(struct draft *d, double lower, double upper, struct draft_column flow,
                          double value) {
    struct programme_row yearly = {"island.year", programme_constant(d->builder, lower),
                                   programme_constant(d->builder, upper), d->year, true};
    int row = programme_add_sum(d->builder, d->block, yearly);
    programme_add_sum_entry(d->builder, d->block, row, IN_STEP, flow.index,
                            programme_constant(d->builder, value * flow.unit));
    return row;
}

static const char *break_year(struct draft *d) {
    int hours = 0;
    for (int t = 0; t < d->steps; t++) {
        hours += !d->empty[t];
    }
    struct draft_column flow = add_island(d, 10.0, NULL);
    (void)add_yearly_row(d, -HUGE_VAL, 10.0 * hours * (1.0 - missing(d)), flow, 1.0);
    return "a year's sum is smaller than its hours";
}

/* A store that loses nothing or something gives more in a year than it takes; it begins empty. */
static const char *break_cycle(struct draft *d) {
    double eta = draft_between(d, 0.8, 1.0), kept = draft_chance(d, 2) ? 1.0 : 0.99;
    double *zero = draft_series(d, 0.0);
    struct draft_column in = draft_flow(d, "cycle.in", zero, NULL, NULL, draft_series(d, 0.0));
    struct draft_column out = draft_flow(d, "cycle.out", zero, NULL, NULL, draft_series(d, 0.0));
    struct draft_column level = draft_level(d, "cycle.level", 0.0, NULL, draft_series(d, 0.0), 0.0);
    struct draft_row balance = draft_add_row(d, "cycle.balance", zero, zero);
    balance.always = true;
    draft_put(d, balance, level, IN_END, 1.0, NULL);
    draft_put(d, balance, level, IN_BEGIN, -kept, NULL);
    draft_put(d, balance, in, IN_STEP, -eta, NULL);
    draft_put(d, balance, out, IN_STEP, 1.0 / eta, NULL);
    int row = add_yearly_row(d, 10.0 * missing(d), HUGE_VAL, out, 1.0 / eta);
    programme_add_sum_entry(d->builder, d->block, row, IN_STEP, in.index,
                            programme_constant(d->builder, -eta * in.unit));
    return "a cycle gives more than it takes";
}

static const char *break_peak(struct draft *d) {
    struct draft_column flow = add_island(d, 10.0, NULL);
    double *counted = draft_series(d, 0.0);
    for (int t = 0; t < d->steps; t++) {
        counted[t] = d->month[t] >= 0 ? 0.0 : HUGE_VAL;
    }
    struct draft_column peak = draft_period(d, "island.peak", 1.0, 10.0 * (1.0 - missing(d)),
                                            ARENA_TAKE(d->arena, double, d->periods));
    struct draft_row row = draft_add_row(d, "island.peak_row", NULL, counted);
    draft_put(d, row, flow, IN_STEP, 1.0, NULL);
    draft_put(d, row, peak, IN_PERIOD, -1.0, NULL);
    return "a peak is smaller than an hour of its period";
}

static const char *break_border(struct draft *d) {
    struct programme_border_row area = {"island.area", -HUGE_VAL, 30.0 * (1.0 - missing(d)), true};
    int index = programme_add_border_row(d->builder, area);
    for (int i = 0; i < 2; i++) {
        struct draft_column flow = add_island(d, 10.0 * (i + 1), NULL);
        struct draft_column capacity = draft_design(d, "island.share", 1.0, 0.0, HUGE_VAL, 0.0);
        draft_limit(d, "island.limit", flow, NULL, capacity, 1.0, NULL);
        programme_add_border_entry(
            d->builder,
            (struct programme_border_entry){index, IN_DESIGN, capacity.index, 0, 0, capacity.unit});
    }
    return "two capacities do not fit under one limit";
}

/* Work arrives, none is served, and there is no room for it to wait. */
static const char *break_window(struct draft *d) {
    double *zero = draft_series(d, 0.0), *closed = draft_series(d, HUGE_VAL);
    int shut = 2 + draft_below(d, d->segment_steps - 2);
    for (int t = 0; t < shut; t++) {
        closed[t] = 0.0;
    }
    const double *room = draft_series(d, 5.0 * shut * (1.0 - missing(d)));
    const double *arrivals = draft_series(d, 5.0);
    struct draft_column served =
        draft_flow(d, "window.served", zero, NULL, closed, draft_series(d, 0.0));
    struct draft_column waiting =
        draft_level(d, "window.waiting", 0.0, room, draft_series(d, 0.0), 0.0);
    struct draft_row row = draft_add_row(d, "window.balance", arrivals, arrivals);
    row.always = true;
    draft_put(d, row, waiting, IN_END, 1.0, NULL);
    draft_put(d, row, waiting, IN_BEGIN, -1.0, NULL);
    draft_put(d, row, served, IN_STEP, 1.0, NULL);
    return "more waits than there is room for";
}

const char *shapes_break_rows(struct draft *d) {
    d->careful_units = true;
    static const char *(*const ways[])(struct draft *) = {break_hour, break_year,   break_cycle,
                                                          break_peak, break_border, break_window};
    return ways[draft_below(d, COUNT(ways))](d);
}

/* What is bought in an hour is sold dearer in the same hour. */
static const char *earn_by_trade(struct draft *d) {
    double *zero = draft_series(d, 0.0);
    struct draft_column in =
        draft_flow(d, "trade.in", draft_series(d, 1.0), NULL, NULL, draft_series(d, 0.0));
    double *revenue = draft_series(d, -1.0 - missing(d));
    for (int t = 0; t < d->steps; t++) { /* in one hour alone, an hour that exists */
        revenue[t] = t == d->segment_steps - 1 ? revenue[t] : -0.5;
    }
    struct draft_column out = draft_flow(d, "trade.out", revenue, NULL, NULL, draft_series(d, 0.0));
    struct draft_row row = draft_add_row(d, "trade.balance", zero, zero);
    row.always = true;
    draft_put(d, row, in, IN_STEP, 1.0, NULL);
    draft_put(d, row, out, IN_STEP, -1.0, NULL);
    return "bought and sold dearer";
}

static const char *earn_by_free_column(struct draft *d) {
    struct draft_column free_one = draft_flow(
        d, "free", draft_series(d, 1.0), draft_series(d, -HUGE_VAL), NULL, draft_series(d, 0.0));
    struct draft_row row = draft_add_row(d, "free.top", NULL, draft_series(d, 5.0));
    draft_put(d, row, free_one, IN_STEP, 1.0, NULL);
    return "a free column costs less and less";
}

static const char *earn_by_capacity(struct draft *d) {
    struct draft_column flow =
        draft_flow(d, "gift.flow", draft_series(d, 1.0), NULL, NULL, draft_series(d, 0.0));
    struct draft_column capacity =
        draft_design(d, "gift.capacity", -missing(d), 0.0, HUGE_VAL, 0.0);
    draft_limit(d, "gift.limit", flow, NULL, capacity, 1.0, NULL);
    return "a capacity is paid for without end";
}

/* Holding earns and nothing limits the level. */
static const char *earn_by_holding(struct draft *d) {
    double *zero = draft_series(d, 0.0);
    struct draft_column in =
        draft_flow(d, "hoard.in", draft_series(d, 1e-3), NULL, NULL, draft_series(d, 0.0));
    struct draft_column level =
        draft_level(d, "hoard.level", -0.01, NULL, draft_series(d, 0.0), 0.0);
    struct draft_row row = draft_add_row(d, "hoard.balance", zero, zero);
    row.always = true;
    draft_put(d, row, level, IN_END, 1.0, NULL);
    draft_put(d, row, level, IN_BEGIN, -1.0, NULL);
    draft_put(d, row, in, IN_STEP, -1.0, NULL);
    return "a level is paid for without end";
}

/* A flow that earns in hours in which nothing holds it. */
static const char *earn_by_nothing(struct draft *d) {
    double *nowhere = draft_series(d, 0.0), *zero = draft_series(d, 0.0);
    for (int t = 0; t < d->steps; t++) { /* the last hour of a segment exists */
        bool held = t % 24 >= 5 && (t + 1) % d->segment_steps != 0;
        nowhere[t] = held ? 1.0 : 0.0;
    }
    struct draft_column flow =
        draft_flow(d, "ghost.flow", draft_series(d, -0.5), NULL, NULL, draft_series(d, 0.0));
    struct draft_column capacity =
        draft_design(d, "ghost.capacity", draft_between(d, 0.1, 40.0), 0.0, 10.0, 0.0);
    struct draft_row row = draft_add_row(d, "ghost.limit", NULL, zero);
    draft_put(d, row, flow, IN_STEP, 1.0, nowhere);
    draft_put(d, row, capacity, IN_DESIGN, -1.0, NULL);
    draft_bring(d, draft_below(d, d->buses), flow, 1.0, nowhere);
    return "a flow earns where nothing holds it";
}

static const char *earn_by_peak(struct draft *d) {
    struct draft_column flow =
        draft_flow(d, "award.flow", draft_series(d, 1.0), NULL, NULL, draft_series(d, 0.0));
    struct draft_column peak = draft_period(d, "award.peak", -missing(d), HUGE_VAL,
                                            ARENA_TAKE(d->arena, double, d->periods));
    struct draft_row row = draft_add_row(d, "award.row", NULL, draft_series(d, 0.0));
    draft_put(d, row, flow, IN_STEP, 1.0, NULL);
    draft_put(d, row, peak, IN_PERIOD, -1.0, NULL);
    return "a peak is paid for without end";
}

const char *shapes_break_costs(struct draft *d) {
    static const char *(*const ways[])(struct draft *) = {earn_by_trade,    earn_by_free_column,
                                                          earn_by_capacity, earn_by_holding,
                                                          earn_by_peak,     earn_by_nothing};
    return ways[draft_below(d, COUNT(ways))](d);
}
