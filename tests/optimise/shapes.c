/* SPDX-License-Identifier: Apache-2.0 */
#include "shapes.h"

#include <math.h>

#include "shapes_broken.h"
#include "shapes_draft.h"

static const double pi = 3.14159265358979323846;

/* Prices of one kind: all equal, two levels, some negative, zero, or all different. */
static double *draw_prices(struct draft *d, double level) {
    double *price = draft_series(d, level);
    int kind = draft_below(d, 5);
    for (int t = 0; price && t < d->steps; t++) {
        bool day = t % 24 >= 7 && t % 24 < 21;
        double drawn = level * draft_between(d, 0.2, 2.0);
        switch (kind) {
        case 0:
            break;
        case 1:
            price[t] = day ? 1.5 * level : 0.5 * level;
            break;
        case 2:
            price[t] = draft_chance(d, 4) ? -0.5 * drawn : drawn;
            break;
        case 3:
            price[t] = 0.0;
            break;
        default:
            price[t] = drawn;
            break;
        }
    }
    return price;
}

/* A number between 0 and 1 by hour: a day's wave with noise, zero in part of the hours. */
static double *draw_weather(struct draft *d) {
    double *weather = draft_series(d, 0.0), shift = draft_between(d, 0.0, 24.0);
    bool flat = draft_chance(d, 4);
    for (int t = 0; weather && t < d->steps; t++) {
        double wave = sin(2.0 * pi * (t - shift) / 24.0) + draft_between(d, -0.3, 0.3);
        weather[t] = flat ? 1.0 : fmin(fmax(wave, 0.0), 1.0);
    }
    return weather;
}

/* A capacity of at least need: free to choose, fixed, or zero where nothing is needed. */
static struct draft_column draw_capacity(struct draft *d, const char *name, double need,
                                         double cost) {
    int kind = draft_below(d, 6);
    double point = need * draft_between(d, 1.0, 1.5) + (draft_chance(d, 3) ? 0.0 : 1.0);
    if (kind == 0) {
        return draft_design(d, name, cost, need, need, need);
    }
    if (kind == 1) { /* the least that is asked for binds */
        return draft_design(d, name, cost, need, 4.0 * point, point);
    }
    return draft_design(d, name, cost, 0.0, kind == 2 ? point : 4.0 * point, point);
}

static double most_of(const struct draft *d, const double *value) {
    double most = 0.0;
    for (int t = 0; t < d->steps; t++) {
        most = d->empty[t] ? most : fmax(most, value[t]);
    }
    return most;
}

static double *shares(struct draft *d, const double *of, double most) {
    double *value = draft_series(d, 0.0);
    double share = draft_chance(d, 3) ? 0.0 : draft_between(d, 0.0, most);
    for (int t = 0; value && t < d->steps; t++) {
        value[t] = d->empty[t] ? 0.0 : share * of[t];
    }
    return value;
}

/* Output up to availability times capacity; one in three must be taken as it comes. */
static void add_source(struct draft *d, int bus) {
    double *weather = draw_weather(d);
    bool must_take = draft_chance(d, 3), none = draft_chance(d, 5);
    double size = none ? 0.0 : draft_between(d, 1.0, 80.0);
    struct draft_column capacity = draft_design(d, "source.capacity", draft_between(d, 0.0, 30.0),
                                                0.0, none ? 0.0 : 2.0 * size, size);
    double *point = draft_series(d, 0.0);
    double share = must_take ? 1.0 : draft_between(d, 0.0, 1.0);
    for (int t = 0; t < d->steps; t++) {
        point[t] = d->empty[t] ? 0.0 : share * weather[t] * size;
    }
    struct draft_column out = draft_flow(d, "source", draw_prices(d, 2.0), NULL, NULL, point);
    if (must_take) {
        const double *zero = draft_series(d, 0.0);
        struct draft_row row = draft_add_row(d, "source.must", zero, zero);
        draft_put(d, row, out, IN_STEP, 1.0, NULL);
        draft_put(d, row, capacity, IN_DESIGN, -1.0, weather);
    } else {
        draft_limit(d, "source.limit", out, NULL, capacity, 1.0, weather);
    }
    draft_bring(d, bus, out, 1.0, NULL);
}

/* A machine with one to four modes from one bus to another, and now and then to a third. */
static void add_converter(struct draft *d, int from, int to) {
    int modes = 1 + draft_below(d, 4), third = draft_chance(d, 3) ? draft_below(d, d->buses) : -1;
    double size = draft_between(d, 1.0, 50.0), *all = draft_series(d, 1.0);
    struct draft_column rate[4];
    struct draft_column capacity =
        draft_design(d, "converter.capacity", draft_between(d, 0.1, 40.0), 0.0,
                     draft_chance(d, 4) ? size : 3.0 * size, size);
    const double *zero = draft_series(d, 0.0);
    struct draft_row row = draft_add_row(d, "converter.limit", NULL, zero);
    for (int m = 0; m < modes; m++) {
        double *runs = draft_series(d, HUGE_VAL), *point = shares(d, all, 0.2 * size);
        double *in = draft_series(d, 0.0), *out = draft_series(d, 1.0);
        bool masked = draft_chance(d, 2);
        for (int t = 0; t < d->steps; t++) { /* outside its range the machine is off */
            double cop = draft_between(d, 0.8, 4.0);
            bool off = masked && (t / 6) % 3 == 0;
            in[t] = off ? 0.0 : 1.0 / cop;
            out[t] = off ? 0.0 : 1.0;
            runs[t] = off ? 0.0 : HUGE_VAL;
            point[t] = off ? 0.0 : point[t];
        }
        rate[m] = draft_flow(d, "converter.mode", draw_prices(d, 0.5), NULL, runs, point);
        draft_put(d, row, rate[m], IN_STEP, draft_between(d, 0.5, 1.0), NULL);
        draft_bring(d, from, rate[m], -1.0, in);
        draft_bring(d, to, rate[m], 1.0, out);
        if (third >= 0 && third != from && third != to) {
            draft_bring(d, third, rate[m], draft_between(d, -0.5, 0.5), out);
        }
    }
    draft_put(d, row, capacity, IN_DESIGN, -1.0, NULL);
}

/* A store that the point keeps at one level: what is lost is filled in the next hour that exists. */
static void add_store(struct draft *d, int bus) {
    double kept = draft_chance(d, 3) ? 1.0 : draft_between(d, 0.9, 0.9999);
    double eta = draft_between(d, 0.7, 1.0), standing = draft_chance(d, 2) ? 0.0 : 1e-3;
    double full = draft_chance(d, 4) ? 0.0 : draft_between(d, 0.0, 200.0);
    double size = 2.0 * full + draft_between(d, 0.0, 20.0), before = full;
    double *level = draft_series(d, 0.0), *in = draft_series(d, 0.0);
    for (int t = 0; t < d->steps; t++) {
        before = t % d->segment_steps == 0 ? full : before; /* no segment ends in an empty hour */
        level[t] = d->empty[t] ? kept * before : full;
        in[t] = d->empty[t] ? 0.0 : (full - kept * before + standing * size) / eta;
        before = level[t];
    }
    double rate = most_of(d, in);
    struct draft_column energy = draw_capacity(d, "store.energy", size, draft_between(d, 0.0, 2.0));
    struct draft_column power =
        draw_capacity(d, "store.power", fmax(rate, 1.0), draft_between(d, 0.0, 5.0));
    const double *tiny = draft_series(d, draft_chance(d, 3) ? 0.0 : 0.01);
    energy.point[0] = size; /* standing losses were counted with this size */
    struct draft_column charge = draft_flow(d, "store.in", tiny, NULL, NULL, in);
    struct draft_column discharge =
        draft_flow(d, "store.out", tiny, NULL, NULL, draft_series(d, 0.0));
    struct draft_column state = draft_level(d, "store.level", 0.0, NULL, level, full);
    const double *zero = draft_series(d, 0.0);
    struct draft_row balance = draft_add_row(d, "store.balance", zero, zero);
    draft_put(d, balance, state, IN_END, 1.0, NULL);
    draft_put(d, balance, state, IN_BEGIN, -kept, NULL);
    draft_put(d, balance, charge, IN_STEP, -eta, NULL);
    draft_put(d, balance, discharge, IN_STEP, 1.0 / eta, NULL);
    if (standing > 0.0) {
        draft_put(d, balance, energy, IN_DESIGN, standing, NULL);
    }
    draft_limit(d, "store.limit", state, NULL, energy, 1.0, NULL);
    draft_limit(d, "store.power_limit", charge, draft_chance(d, 2) ? &discharge : NULL, power, 1.0,
                NULL);
    draft_bring(d, bus, charge, -1.0, NULL);
    draft_bring(d, bus, discharge, 1.0, NULL);
}

/* Both ways between two buses through one capacity, with a standing loss at the far end. */
static void add_line(struct draft *d, int a, int b) {
    double size = draft_chance(d, 5) ? 0.0 : draft_between(d, 1.0, 40.0);
    double loss = draft_between(d, 0.0, 0.1), *all = draft_series(d, size);
    double *there = shares(d, all, 0.5), *back = shares(d, all, 0.5);
    struct draft_column capacity = draft_design(d, "line.capacity", draft_between(d, 0.0, 10.0),
                                                0.0, size > 0.0 ? 2.0 * size : 0.0, size);
    const double *cost = draft_series(d, draft_chance(d, 2) ? 0.0 : 0.01);
    struct draft_column forth = draft_flow(d, "line.there", cost, NULL, NULL, there);
    struct draft_column home = draft_flow(d, "line.back", cost, NULL, NULL, back);
    draft_limit(d, "line.limit", forth, &home, capacity, 1.0, NULL);
    draft_bring(d, a, forth, -1.0, NULL);
    draft_bring(d, b, forth, 1.0 - loss, NULL);
    draft_bring(d, b, home, -1.0, NULL);
    draft_bring(d, a, home, 1.0 - loss, NULL);
    draft_bring(d, b, capacity, -0.01, NULL);
}

/* Work that may wait, for at most a window of hours; the point serves it at once. */
static void add_shiftable(struct draft *d, int bus) {
    int window = 1 + draft_below(d, 8);
    double *arrivals = draft_series(d, 0.0), *room = draft_series(d, 0.0);
    double *served = draft_series(d, 0.0);
    for (int t = 0; t < d->steps; t++) {
        arrivals[t] = served[t] = d->empty[t] ? 0.0 : draft_between(d, 0.0, 10.0);
        for (int s = t; s > t - window && s >= 0; s--) {
            room[t] += arrivals[s];
        }
    }
    struct draft_column serve = draft_flow(d, "shift.served", NULL, NULL, NULL, served);
    struct draft_column waiting = draft_level(d, "shift.waiting", draft_chance(d, 2) ? 0.0 : 0.02,
                                              room, draft_series(d, 0.0), 0.0);
    struct draft_row row = draft_add_row(d, "shift.balance", arrivals, arrivals);
    draft_put(d, row, waiting, IN_END, 1.0, NULL);
    draft_put(d, row, waiting, IN_BEGIN, -1.0, NULL);
    draft_put(d, row, serve, IN_STEP, 1.0, NULL);
    draft_bring(d, bus, serve, -1.05, NULL);
}

/* What is bought at most in each period; now and then the year's highest counts for all of them, by
   border rows. */
static struct draft_column add_peaks(struct draft *d, struct draft_column in) {
    double *peak = ARENA_TAKE(d->arena, double, d->periods), *counted = draft_series(d, 0.0);
    bool ratchet = draft_chance(d, 3);
    double highest = 0.0;
    for (int t = 0; t < d->steps; t++) { /* where no period counts, nothing holds the import */
        bool counts = d->month[t] >= 0;
        counted[t] = counts ? 0.0 : HUGE_VAL;
        if (counts) {
            peak[d->month[t]] = fmax(peak[d->month[t]], in.point[t]);
            highest = fmax(highest, in.point[t]);
        }
    }
    for (int p = 0; ratchet && p < d->periods; p++) {
        peak[p] = highest;
    }
    struct draft_column column =
        draft_period(d, "grid.peak", draft_between(d, 0.0, 50.0), HUGE_VAL, peak);
    struct draft_row top = draft_add_row(d, "grid.peak_row", NULL, counted);
    draft_put(d, top, in, IN_STEP, 1.0, NULL);
    draft_put(d, top, column, IN_PERIOD, -1.0, NULL);
    for (int p = 1; ratchet && p < d->periods; p++) {
        struct programme_border_row row = {"grid.ratchet", 0.0, HUGE_VAL, false};
        int index = programme_add_border_row(d->builder, row);
        programme_add_border_entry(
            d->builder,
            (struct programme_border_entry){index, IN_PERIOD, column.index, d->block, p, 1.0});
        programme_add_border_entry(
            d->builder,
            (struct programme_border_entry){index, IN_PERIOD, column.index, d->block, p - 1, -0.8});
    }
    return column;
}

/* No more than a little above what the point buys in a year. */
static void add_yearly(struct draft *d, struct draft_column in, const double *mask) {
    double *limit = ARENA_TAKE(d->arena, double, 1), sum = 0.0;
    for (int t = 0; t < d->steps; t++) {
        sum += mask[t] * in.point[t];
    }
    *limit = (sum * draft_between(d, 1.0, 1.3) + (draft_chance(d, 2) ? 0.0 : 10.0)) / in.unit;
    struct programme_row yearly = {"grid.yearly", programme_constant(d->builder, -HUGE_VAL),
                                   numbers_by_step(limit), d->year, true};
    int row = programme_add_sum(d->builder, d->block, yearly);
    programme_add_sum_entry(d->builder, d->block, row, IN_STEP, in.index, numbers_by_step(mask));
}

/* Import and export within limits, now and then fixed; a free net column, which carries the price or
   not; a range. */
static void add_grid(struct draft *d, int bus) {
    double most = draft_between(d, 10.0, 200.0);
    double *all = draft_series(d, most), *zero = draft_series(d, 0.0);
    double *bought = shares(d, all, 1.0), *sold = shares(d, all, 0.3), *net = draft_series(d, 0.0);
    double *price = draw_prices(d, 40.0), *revenue = draft_series(d, 0.0);
    double *mask = draft_series(d, 1.0);
    bool on_net = draft_chance(d, 3), fixed = draft_chance(d, 4);
    for (int t = 0; t < d->steps; t++) {
        mask[t] = d->empty[t] ? 0.0 : 1.0;
        net[t] = mask[t] * (bought[t] - sold[t]);
        revenue[t] = -0.8 * price[t];
    }
    struct draft_column in = draft_flow(d, "grid.import", on_net ? NULL : price,
                                        fixed ? bought : NULL, fixed ? bought : all, bought);
    struct draft_column out =
        draft_flow(d, "grid.export", on_net ? NULL : revenue, NULL, all, sold);
    struct draft_column both =
        draft_flow(d, "grid.net", on_net ? price : NULL, draft_series(d, -HUGE_VAL), NULL, net);
    struct draft_row row = draft_add_row(d, "grid.net_row", zero, zero);
    row.always = true; /* a free column is tied in every hour */
    draft_put(d, row, both, IN_STEP, 1.0, NULL);
    draft_put(d, row, in, IN_STEP, -1.0, mask);
    draft_put(d, row, out, IN_STEP, 1.0, mask);
    struct draft_row range =
        draft_add_row(d, "grid.range", draft_series(d, -0.9 * most), draft_series(d, most));
    draft_put(d, range, both, IN_STEP, 1.0, NULL);
    draft_bring(d, bus, in, 1.0, NULL);
    draft_bring(d, bus, out, -1.0, NULL);
    (void)add_peaks(d, in);
    add_yearly(d, in, mask);
}

static void open_bus(struct draft *d, int bus) {
    double unit = draft_row_unit(d);
    d->bus_side[bus] = draft_series(d, 0.0);
    d->net[bus] = draft_series(d, 0.0);
    struct numbers side = numbers_by_step(d->bus_side[bus]);
    struct programme_row row = {.name = "bus", .lower = side, .upper = side};
    d->bus[bus] = (struct draft_row){programme_add_row(d->builder, d->block, row), unit, false};
}

/* The load; what the point lacks is bought dear, what it has too much is thrown away. One bus in
   four has neither: its load is what the point brings. */
static void close_bus(struct draft *d, int bus) {
    double *load = draft_series(d, 0.0), *dear = draft_series(d, 0.0),
           *thrown = draft_series(d, 0.0);
    bool tight = draft_chance(d, 4);
    double most = draft_between(d, 1.0, 100.0), *weather = draw_weather(d);
    for (int t = 0; t < d->steps; t++) {
        double need = most * (0.3 + 0.7 * weather[t]);
        load[t] = d->empty[t] ? 0.0 : tight ? d->net[bus][t] : need;
        dear[t] = fmax(0.0, load[t] - d->net[bus][t]);
        thrown[t] = fmax(0.0, d->net[bus][t] - load[t]);
    }
    if (!tight) {
        const double *cost = draft_series(d, draft_between(d, 50.0, 3000.0));
        struct draft_column supply = draft_flow(d, "supply", cost, NULL, NULL, dear);
        struct draft_column waste = draft_flow(
            d, "waste", draft_series(d, draft_chance(d, 2) ? 0.0 : 0.1), NULL, NULL, thrown);
        if (draft_chance(d, 3)) {
            struct draft_column capacity =
                draw_capacity(d, "supply.capacity", most_of(d, dear), draft_between(d, 1.0, 50.0));
            draft_limit(d, "supply.limit", supply, NULL, capacity, 1.0, NULL);
        }
        draft_put(d, d->bus[bus], supply, IN_STEP, 1.0, NULL);
        draft_put(d, d->bus[bus], waste, IN_STEP, -1.0, NULL);
    }
    for (int t = 0; t < d->steps; t++) {
        d->bus_side[bus][t] = load[t] * d->bus[bus].unit;
    }
}

/* Which hours are empty: none, some, or the nights. Never the last of a segment. */
static void draw_empty_hours(struct draft *d) {
    int kind = draft_below(d, 4);
    for (int t = 0; t < d->steps; t++) {
        bool last = (t + 1) % d->segment_steps == 0;
        bool gone = kind == 2 ? draft_chance(d, 6) : kind == 3 && t % 24 < 5;
        d->empty[t] = gone && !last;
    }
}

/* One cyclic segment; days or weeks in a row; the last one a design day that follows itself; or a row
   that begins at a fixed level. */
static void open_block(struct draft *d, int hours) {
    int kind = draft_below(d, 4), days = hours / 24;
    d->segments = kind == 0 ? 1 : days % 7 == 0 && draft_chance(d, 2) ? days / 7 : days;
    d->steps = hours;
    d->segment_steps = hours / d->segments;
    d->follows = ARENA_TAKE(d->arena, int, d->segments);
    d->empty = ARENA_TAKE(d->arena, bool, hours);
    d->month = ARENA_TAKE(d->arena, int, hours);
    int *year = ARENA_TAKE(d->arena, int, hours);
    d->block =
        programme_add_block(d->builder, d->segments, d->segment_steps, 1.0, NULL, d->follows);
    for (int s = 0; s < d->segments; s++) {
        d->follows[s] = s > 0 ? s - 1 : kind == 3 ? PROGRAMME_FIXED : d->segments - 1;
    }
    if (kind == 2 && d->segments > 1) {
        d->follows[0] = d->segments - 2;
        d->follows[d->segments - 1] = d->segments - 1;
    }
    draw_empty_hours(d);
    bool gaps = draft_chance(d, 3);
    d->periods = 1 + draft_below(d, days < 12 ? days : 12);
    for (int t = 0; t < hours; t++) {
        bool counts = !gaps || t % 24 >= 8;
        d->month[t] = counts ? (int)((long)t * d->periods / hours) : PROGRAMME_NO_PERIOD;
    }
    d->months =
        programme_add_map(d->builder, d->block, (struct programme_map){d->periods, d->month});
    d->year = programme_add_map(d->builder, d->block, (struct programme_map){1, year});
}

static void add_component(struct draft *d) {
    int bus = draft_below(d, d->buses), other = draft_below(d, d->buses);
    switch (draft_below(d, 6)) {
    case 0:
        add_source(d, bus);
        break;
    case 1:
        if (bus != other) {
            add_converter(d, bus, other);
        }
        break;
    case 2:
        add_store(d, bus);
        break;
    case 3:
        if (bus != other) {
            add_line(d, bus, other);
        }
        break;
    case 4:
        add_shiftable(d, bus);
        break;
    default:
        add_grid(d, bus);
        break;
    }
}

static void add_block(struct draft *d, int hours, int components) {
    open_block(d, hours);
    d->buses = 1 + draft_below(d, DRAFT_BUSES);
    for (int bus = 0; bus < d->buses; bus++) {
        open_bus(d, bus);
    }
    for (int c = 0; c < components; c++) {
        add_component(d);
    }
    for (int bus = 0; bus < d->buses; bus++) {
        close_bus(d, bus);
    }
}

/* Some capacities together are no larger than a little more than at the point. */
static void add_border(struct draft *d) {
    double sum = 0.0, unit = 0.0;
    struct programme_border_row row = {"area", -HUGE_VAL, 0.0, true};
    for (int p = 0; p < d->pieces_count; p++) {
        unit = d->pieces[p].where == IN_DESIGN ? fmax(unit, d->pieces[p].unit) : unit;
        sum += d->pieces[p].where == IN_DESIGN ? d->pieces[p].point[0] : 0.0;
    }
    if (unit > 0.0) {
        row.upper = sum * draft_between(d, 1.0, 1.2) / unit;
        int index = programme_add_border_row(d->builder, row);
        for (int p = 0; p < d->pieces_count; p++) {
            if (d->pieces[p].where == IN_DESIGN) {
                programme_add_border_entry(d->builder, (struct programme_border_entry){
                                                           index, IN_DESIGN, d->pieces[p].index, 0,
                                                           0, d->pieces[p].unit / unit});
            }
        }
    }
}

/* The point in written units and the programme's order. */
static double *written_point(const struct draft *d, const struct programme *programme) {
    double *x = ARENA_TAKE(d->arena, double, programme_columns(programme));
    for (int p = 0; x && p < d->pieces_count; p++) {
        const struct draft_column *c = &d->pieces[p];
        long at = c->where == IN_STEP     ? programme_at_column(programme, c->block, c->index, 0)
                  : c->where == IN_END    ? programme_at_state(programme, c->block, c->index, 0)
                  : c->where == IN_PERIOD ? programme_at_period(programme, c->block, c->index, 0)
                                          : programme_at_design(programme, c->index);
        for (int i = 0; i < c->count; i++) {
            x[at + i] = c->point[i] / c->unit;
        }
    }
    return x;
}

struct shaped shapes_make(struct arena *arena, uint64_t seed, int hours, enum shapes_kind kind) {
    struct shaped made = {.what = ""};
    struct draft *d = ARENA_TAKE(arena, struct draft, 1);
    if (!d) {
        return made;
    }
    d->arena = arena;
    random_seed(&d->random, seed);
    d->builder = programme_builder_new(arena, arena_format(arena, "shapes %d", (int)seed));
    d->bad_units = draft_chance(d, 3);
    if (draft_chance(d, 6)) {
        add_block(d, 24 * (1 + draft_below(d, 2)), 1 + draft_below(d, 4));
    }
    add_block(d, hours, 1 + draft_below(d, 8));
    if (draft_chance(d, 3)) {
        add_border(d);
    }
    made.what = kind == SHAPES_INFEASIBLE  ? shapes_break_rows(d)
                : kind == SHAPES_UNBOUNDED ? shapes_break_costs(d)
                                           : "";
    made.programme = programme_finish(d->builder);
    made.point = made.programme ? written_point(d, made.programme) : NULL;
    struct programme_flat flat;
    if (!made.point || programme_flatten(made.programme, arena, &flat) != STATUS_OK) {
        made.programme = NULL;
        return made;
    }
    for (long j = 0; j < flat.columns; j++) {
        made.point_objective += flat.cost[j] * made.point[j];
    }
    return made;
}
