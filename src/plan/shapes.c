/* The six shapes write their columns and rows.

   source     output <= availability * capacity (must_take: equal)
   load       demand on its buses
   converter  each port: sum over modes of coefficient * rate;  sum of use * rate <= availability * capacity
   store      end = kept * begin + (charge_eff * in - out / discharge_eff - standing * capacity) * step_h
   line       arriving = flow * (1 - loss) - standing * capacity, for each way; both share the capacity
   shiftable  arrivals wait; what waits stays below the arrivals of its window

   Only numbers differ from step to step. Design-day steps have weight 0 in every cost and lie in no
   period. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "plan/assembly.h"

struct numbers plan_scaled(struct programme_builder *builder, struct arena *arena,
                           const double *value, int count, double factor_ratio) {
    struct numbers none = {NULL, 0};
    bool constant = true;
    for (int t = 1; t < count && constant; t++) {
        constant = value[t] == value[0];
    }
    if (constant) {
        return value[0] * factor_ratio == 0.0
                   ? none
                   : programme_constant(builder, value[0] * factor_ratio);
    }
    double *scaled = ARENA_TAKE(arena, double, count);
    if (!scaled) {
        return none;
    }
    for (int t = 0; t < count; t++) {
        scaled[t] = value[t] * factor_ratio;
    }
    return numbers_by_step(scaled);
}

static const char *name_of(struct assembly *a, int instance, const char *part) {
    return arena_format(a->arena, "%s.%s", a->work->scenario->instances[instance].name, part);
}

/* An entry of value * factor in the row of the bus at a port, when there is one. */
static void on_bus(struct assembly *a, int instance, int port, enum programme_where where,
                   int index, const double *value, double factor_ratio) {
    int bus = a->work->scenario->instances[instance].port_bus[port];
    if (bus < 0 || !a->work->bus_alive[bus]) {
        return;
    }
    struct numbers scaled =
        plan_scaled(a->builder, a->arena, value, a->work->hours->count, factor_ratio);
    if (scaled.value) {
        programme_add_entry(a->builder, 0, a->work->bus_row[bus], where, index, scaled);
    }
}

static void on_bus_constant(struct assembly *a, int instance, int port, int column, double value) {
    int bus = a->work->scenario->instances[instance].port_bus[port];
    if (bus >= 0 && a->work->bus_alive[bus]) {
        programme_add_entry(a->builder, 0, a->work->bus_row[bus], IN_STEP, column,
                            programme_constant(a->builder, value));
    }
}

static struct numbers mode_cost(struct assembly *a, int i, int m) {
    struct case_work *work = a->work;
    double *cost = ARENA_TAKE(a->arena, double, work->hours->count);
    if (!cost) {
        return a->zero;
    }
    for (int t = 0; t < work->design_days_from; t++) {
        cost[t] =
            units_energy_kwh(case_rate_cost_money_kwh(work, i, m, t), work->hours->step_h, 1.0);
    }
    return numbers_by_step(cost);
}

static struct numbers mode_upper(struct assembly *a, const struct coefficients *c, int m,
                                 double capacity) {
    int count = a->work->hours->count;
    double *upper = ARENA_TAKE(a->arena, double, count);
    if (!upper) {
        return a->infinity;
    }
    bool unbounded = !isfinite(capacity);
    for (int t = 0; t < count; t++) {
        upper[t] = !c->mode[m].may_run[t] ? 0.0
                   : unbounded            ? HUGE_VAL
                                          : c->availability_frac[t] * capacity;
    }
    return numbers_by_step(upper);
}

/* The design column of a chosen capacity, or of a fixed one that the elastic re-solve may exceed;
   -1: a plain number. */
static int design_column(struct assembly *a, int i, const struct capacity *capacity,
                         double unit_money, const char *part) {
    struct case_work *work = a->work;
    double cost = unit_money * work->scenario->year_frac;
    if (!capacity->chosen && !(a->elastic && isfinite(capacity->fixed))) {
        return -1;
    }
    struct programme_design design = {name_of(a, i, part), cost, capacity->min, capacity->max};
    if (!capacity->chosen) {
        design.lower = 0.0;
        design.upper = HUGE_VAL;
    }
    double limit = capacity->chosen ? capacity->max : capacity->fixed;
    if (a->elastic && isfinite(limit)) {
        design.upper = HUGE_VAL;
    }
    int column = programme_add_design(a->builder, design);
    if (a->elastic && isfinite(limit)) {
        struct programme_border_row row = {name_of(a, i, part), -HUGE_VAL, limit, true};
        struct programme_border_entry entry = {
            programme_add_border_row(a->builder, row), IN_DESIGN, column, 0, 0, 1.0};
        programme_add_border_entry(a->builder, entry);
    }
    return column;
}

/* The column of the first capacity and, where a part of its price is paid whatever its size, of the yes or
   no that pays it: capacity <= most * built. */
static int capacity_column(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct capacity *capacity = &work->scenario->instances[i].capacity;
    struct capacity allowed = *capacity;
    enum build build = work->build[i];
    allowed.max = build == BUILD_NO ? 0.0 : allowed.max;
    int column = design_column(a, i, &allowed, work->unit_money[i], "capacity");
    work->layout[i].built = -1;
    work->layout[i].standing = column;
    work->layout[i].standing_capacity = 1.0;
    if (!capacity->chosen || !(work->built_money[i] > 0.0)) {
        return column;
    }
    struct programme_design built = {name_of(a, i, "built"),
                                     work->built_money[i] * work->scenario->year_frac,
                                     build == BUILD_YES ? 1.0 : 0.0, build == BUILD_NO ? 0.0 : 1.0};
    struct programme_border_row row = {name_of(a, i, "built"), -HUGE_VAL,
                                       build == BUILD_FREE ? 0.0 : HUGE_VAL, false};
    double most =
        build == BUILD_FREE ? work->most_capacity[i] : 1.0; /* of no weight in an open row */
    int yes = programme_add_design(a->builder, built),
        r = programme_add_border_row(a->builder, row);
    programme_add_border_entry(a->builder,
                               (struct programme_border_entry){r, IN_DESIGN, column, 0, 0, 1.0});
    programme_add_border_entry(a->builder,
                               (struct programme_border_entry){r, IN_DESIGN, yes, 0, 0, -most});
    work->layout[i].built = work->layout[i].standing = yes;
    work->layout[i].standing_capacity = work->size[i];
    return column;
}

/* sum of use * rate over the modes <= availability * capacity (a design column or a number). */
static void capacity_row(struct assembly *a, int i, int modes, const struct coefficients *c,
                         int design, bool equal, double fixed) {
    struct case_work *work = a->work;
    struct layout *layout = &work->layout[i];
    int count = work->hours->count;
    struct programme_row row = {name_of(a, i, "limit"), equal ? a->zero : a->minus_infinity,
                                a->zero, 0, false};
    if (design < 0) {
        row.upper = plan_scaled(a->builder, a->arena, c->availability_frac, count, fixed);
        row.upper = row.upper.value ? row.upper : a->zero;
        row.lower = equal ? row.upper : a->minus_infinity;
    }
    int index = programme_add_row(a->builder, 0, row);
    for (int m = 0; m < modes; m++) {
        struct numbers use = plan_scaled(a->builder, a->arena, c->mode[m].use, count, 1.0);
        if (use.value) {
            programme_add_entry(a->builder, 0, index, IN_STEP, layout->column[m], use);
        }
    }
    if (design >= 0) {
        struct numbers minus = plan_scaled(a->builder, a->arena, c->availability_frac, count, -1.0);
        if (minus.value) {
            programme_add_entry(a->builder, 0, index, IN_DESIGN, design, minus);
        }
    }
}

static bool all_equal(const double *value, int count, double number) {
    for (int t = 0; t < count; t++) {
        if (value[t] != number) {
            return false;
        }
    }
    return true;
}

/* Sources and converters: a rate per mode. */
static void add_rates(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct component *kind = instance->kind;
    const struct coefficients *c = work->result->flow[i].coefficients;
    struct layout *layout = &work->layout[i];
    int count = work->hours->count;
    bool limited =
        kind->capacity && (instance->capacity.chosen || isfinite(instance->capacity.fixed));
    layout->design = limited ? capacity_column(a, i) : -1;
    bool plain = limited && layout->design < 0 && c->modes == 1 && !kind->must_take &&
                 all_equal(c->mode[0].use, count, 1.0);
    for (int m = 0; m < c->modes; m++) {
        const char *name = kind->mode_names[m] ? kind->mode_names[m] : "rate";
        struct programme_column column = {
            name_of(a, i, name), mode_cost(a, i, m), a->zero, a->zero, 0, 0.0};
        column.upper = mode_upper(a, c, m, plain ? instance->capacity.fixed : HUGE_VAL);
        layout->column[m] = programme_add_column(a->builder, 0, column);
        for (int p = 0; p < kind->ports_count; p++) {
            on_bus(a, i, p, IN_STEP, layout->column[m], c->mode[m].port[p],
                   kind->ports[p].direction == FLOWS_OUT ? 1.0 : -1.0);
        }
    }
    if (limited && !plain) {
        capacity_row(a, i, c->modes, c, layout->design, kind->must_take, instance->capacity.fixed);
    }
}

static void add_load(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    double capacity = instance->kind->capacity ? instance->capacity.fixed : 1.0;
    for (int p = 0; p < instance->kind->ports_count; p++) {
        int bus = instance->port_bus[p];
        if (bus < 0 || !work->bus_alive[bus]) {
            continue;
        }
        double sign = instance->kind->ports[p].direction == FLOWS_IN ? 1.0 : -1.0;
        for (int t = 0; t < work->hours->count; t++) {
            a->demand_kw[bus][t] += sign * capacity * c->mode[0].port[p][t];
        }
    }
}

static struct numbers store_power_upper(struct assembly *a, const struct capacity *power) {
    struct case_work *work = a->work;
    double *upper = ARENA_TAKE(a->arena, double, work->hours->count);
    if (!upper) {
        return a->infinity;
    }
    for (int t = 0; t < work->design_days_from; t++) {
        upper[t] = power && !power->chosen && isfinite(power->fixed) ? power->fixed : HUGE_VAL;
    }
    return numbers_by_step(upper);
}

/* factor * energy capacity - column >= 0 on the horizon's steps: a power or level limit of a
   store. */
static void store_limit_row(struct assembly *a, int i, const char *part, enum programme_where where,
                            int index, int design, double fixed, double share_ratio, bool upper) {
    struct case_work *work = a->work;
    if (!isfinite(share_ratio) || (!upper && share_ratio <= 0.0)) {
        return;
    }
    int count = work->hours->count;
    double *lower = ARENA_TAKE(a->arena, double, count),
           *high = ARENA_TAKE(a->arena, double, count);
    if (!lower || !high) {
        return;
    }
    for (int t = 0; t < count; t++) {
        double limit = design < 0 ? share_ratio * fixed : 0.0;
        bool rests = plan_is_design_step(work, t);
        lower[t] = upper || rests ? -HUGE_VAL : limit;
        high[t] = !upper || rests ? HUGE_VAL : limit;
    }
    struct programme_row row = {name_of(a, i, part), numbers_by_step(lower), numbers_by_step(high),
                                0, false};
    int r = programme_add_row(a->builder, 0, row);
    programme_add_entry(a->builder, 0, r, where, index, programme_constant(a->builder, 1.0));
    if (design >= 0) {
        programme_add_entry(a->builder, 0, r, IN_DESIGN, design,
                            programme_constant(a->builder, -share_ratio));
    }
}

static void store_balance(struct assembly *a, int i, double fixed) {
    struct case_work *work = a->work;
    const struct coefficients *c = work->result->flow[i].coefficients;
    struct layout *layout = &work->layout[i];
    int count = work->hours->count;
    double step_h = work->hours->step_h;
    double *kept = ARENA_TAKE(a->arena, double, count), *in = ARENA_TAKE(a->arena, double, count);
    double *out = ARENA_TAKE(a->arena, double, count),
           *standing = ARENA_TAKE(a->arena, double, count);
    double *level = ARENA_TAKE(a->arena, double, count);
    if (!kept || !in || !out || !standing || !level) {
        return;
    }
    for (int t = 0; t < count;
         t++) { /* end - kept * begin - in + out (+ standing * capacity) = 0 */
        bool rests = plan_is_design_step(work, t);
        kept[t] = rests ? 0.0 : -c->kept_frac[t];
        in[t] = -c->charge_eff[t] * step_h;
        out[t] = step_h / c->discharge_eff[t];
        standing[t] = rests ? 0.0 : c->standing_kw_kwh[t] * step_h;
        level[t] = layout->design < 0 ? -standing[t] * fixed : 0.0;
    }
    struct programme_row row = {name_of(a, i, "level"), numbers_by_step(level),
                                numbers_by_step(level), 0, false};
    int r = programme_add_row(a->builder, 0, row);
    programme_add_entry(a->builder, 0, r, IN_END, layout->state,
                        programme_constant(a->builder, 1.0));
    programme_add_entry(a->builder, 0, r, IN_BEGIN, layout->state, numbers_by_step(kept));
    programme_add_entry(a->builder, 0, r, IN_STEP, layout->column[0], numbers_by_step(in));
    programme_add_entry(a->builder, 0, r, IN_STEP, layout->column[1], numbers_by_step(out));
    if (layout->design >= 0 && !all_equal(standing, count, 0.0)) {
        programme_add_entry(a->builder, 0, r, IN_DESIGN, layout->design, numbers_by_step(standing));
    }
}

static void add_store(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    struct layout *layout = &work->layout[i];
    const struct capacity *power = instance->kind->capacity2 ? &instance->capacity2 : NULL;
    bool power_given = power && (power->chosen || isfinite(power->fixed));
    layout->design = capacity_column(a, i);
    layout->design2 = power_given ? design_column(a, i, power, work->unit2_money[i], "power") : -1;
    struct programme_column in = {
        name_of(a, i, "charge"), mode_cost(a, i, 0), a->zero, store_power_upper(a, power), 0, 0.0};
    struct programme_column out = in;
    out.name = name_of(a, i, "discharge");
    struct programme_column state = {
        name_of(a, i, "content"), a->zero, a->zero, a->infinity, 0, 0.0};
    layout->column[0] = programme_add_column(a->builder, 0, in);
    layout->column[1] = programme_add_column(a->builder, 0, out);
    layout->state = programme_add_state(a->builder, 0, state);
    on_bus_constant(a, i, 0, layout->column[0], -1.0);
    on_bus_constant(a, i, 0, layout->column[1], 1.0);
    double fixed = instance->capacity.fixed;
    store_balance(a, i, fixed);
    store_limit_row(a, i, "full", IN_END, layout->state, layout->design, fixed, c->level_max_frac,
                    true);
    store_limit_row(a, i, "empty", IN_END, layout->state, layout->design, fixed, c->level_min_frac,
                    false);
    if (layout->design2 >= 0) {
        store_limit_row(a, i, "charge_limit", IN_STEP, layout->column[0], layout->design2, 0.0, 1.0,
                        true);
        store_limit_row(a, i, "discharge_limit", IN_STEP, layout->column[1], layout->design2, 0.0,
                        1.0, true);
    } else if (!power_given) {
        store_limit_row(a, i, "charge_limit", IN_STEP, layout->column[0], layout->design, fixed,
                        c->charge_per_h_ratio, true);
        store_limit_row(a, i, "discharge_limit", IN_STEP, layout->column[1], layout->design, fixed,
                        c->discharge_per_h_ratio, true);
    }
}

static void add_line(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    struct layout *layout = &work->layout[i];
    int count = work->hours->count, ways = c->modes > 1 ? 2 : 1;
    layout->design = capacity_column(a, i);
    double fixed = instance->capacity.fixed;
    double *arriving = ARENA_TAKE(a->arena, double, count);
    if (!arriving) {
        return;
    }
    for (int t = 0; t < count; t++) {
        arriving[t] = 1.0 - c->loss_frac[t];
    }
    for (int w = 0; w < ways; w++) {
        struct programme_column flow = {name_of(a, i, w ? "back" : "there"),
                                        mode_cost(a, i, w),
                                        a->zero,
                                        mode_upper(a, c, w, HUGE_VAL),
                                        0,
                                        0.0};
        layout->column[w] = programme_add_column(a->builder, 0, flow);
        on_bus_constant(a, i, w, layout->column[w], -1.0);
        on_bus(a, i, 1 - w, IN_STEP, layout->column[w], arriving, 1.0);
        for (int p = 2; p < instance->kind->ports_count; p++) {
            on_bus(a, i, p, IN_STEP, layout->column[w], c->pump_kw_kw, -1.0);
        }
    }
    if (layout->standing >= 0) {
        on_bus(a, i, 1, IN_DESIGN, layout->standing, c->standing_kw_kw, -layout->standing_capacity);
    } else {
        int bus = instance->port_bus[1];
        for (int t = 0; t < count; t++) {
            a->demand_kw[bus][t] += c->standing_kw_kw[t] * fixed;
        }
    }
    capacity_row(a, i, ways, c, layout->design, false, fixed);
}

/* What waits is a state; all of it is served within window_h (the discharge power of the state is
   free). */
static void add_shiftable(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    struct layout *layout = &work->layout[i];
    int count = work->hours->count;
    double step_h = work->hours->step_h, capacity = instance->capacity.fixed;
    double window_h = component_number(instance->kind, instance->self, "window_h", 0.0);
    int port = instance->kind->reference_port;
    double *arrival = ARENA_TAKE(a->arena, double, count),
           *most = ARENA_TAKE(a->arena, double, count);
    if (!arrival || !most) {
        return;
    }
    int window = (int)lround(window_h / step_h);
    for (int t = 0; t < count; t++) {
        arrival[t] = capacity * c->mode[0].port[port][t] * step_h;
        for (int back = 0; back < window && t - back >= 0; back++) {
            most[t] += plan_is_design_step(work, t)
                           ? 0.0
                           : capacity * c->mode[0].port[port][t - back] * step_h;
        }
    }
    struct programme_column served = {
        name_of(a, i, "served"), mode_cost(a, i, 0), a->zero, a->infinity, 0, 0.0};
    struct programme_column waiting = {name_of(a, i, "waiting"), a->zero, a->zero,
                                       numbers_by_step(most),    0,       0.0};
    layout->column[0] = programme_add_column(a->builder, 0, served);
    layout->state = programme_add_state(a->builder, 0, waiting);
    struct programme_row row = {name_of(a, i, "waits"), numbers_by_step(arrival),
                                numbers_by_step(arrival), 0, false};
    int r = programme_add_row(a->builder, 0, row);
    programme_add_entry(a->builder, 0, r, IN_END, layout->state,
                        programme_constant(a->builder, 1.0));
    programme_add_entry(a->builder, 0, r, IN_BEGIN, layout->state,
                        programme_constant(a->builder, -1.0));
    programme_add_entry(a->builder, 0, r, IN_STEP, layout->column[0],
                        programme_constant(a->builder, step_h));
    on_bus_constant(a, i, port, layout->column[0], -1.0);
}

/* A peak per month above the import, at its price (a part of a month costs its share of days). */
static void add_demand_price(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct coefficients *c = work->result->flow[i].coefficients;
    double cost_ratio = case_demand_cost_ratio(work, i);
    if (cost_ratio == 0.0 || all_equal(c->demand_money_kw_month, 12, 0.0)) {
        return;
    }
    double *cost = ARENA_TAKE(a->arena, double, 12),
           *lower = ARENA_TAKE(a->arena, double, work->hours->count);
    if (!cost || !lower) {
        return;
    }
    plan_month_price(work->scenario, work->hours, c->demand_money_kw_month, cost);
    for (int month = 0; month < 12; month++) {
        cost[month] *= cost_ratio;
    }
    for (int t = work->design_days_from; t < work->hours->count; t++) {
        lower[t] = -HUGE_VAL;
    }
    struct programme_column family = {name_of(a, i, "month_peak"),
                                      numbers_by_step(cost),
                                      a->zero,
                                      a->infinity,
                                      a->month_map,
                                      0.0};
    work->layout[i].peak = programme_add_period(a->builder, 0, family);
    struct programme_row row = {name_of(a, i, "month_peak_row"), numbers_by_step(lower),
                                a->infinity, 0, false};
    int r = programme_add_row(a->builder, 0, row);
    programme_add_entry(a->builder, 0, r, IN_PERIOD, work->layout[i].peak,
                        programme_constant(a->builder, 1.0));
    programme_add_entry(a->builder, 0, r, IN_STEP, work->layout[i].column[0],
                        programme_constant(a->builder, -1.0));
}

/* Where the take-off may run on the design days, heat rejection still stands for all of the IT: its capacity covers
   what the hall gives off in every step of them. */
static void add_firm_rejection(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct scenario *scenario = work->scenario;
    const struct instance *instance = &scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    int in = component_port(instance->kind, "heat_in");
    if (!scenario->waive_firm || instance->hall < 0 || in < 0 ||
        (scenario->halls[instance->hall].cooling != i &&
         scenario->halls[instance->hall].room_cooling != i)) {
        return;
    }
    int hall = scenario->halls[instance->hall].instance;
    double need = 0.0;
    for (int p = 0; p < scenario->instances[hall].kind->ports_count; p++) {
        for (int t = work->design_days_from; t < work->hours->count; t++) {
            double heat_kw = scenario->instances[hall].capacity.fixed *
                             work->result->flow[hall].coefficients->mode[0].port[p][t];
            bool given = scenario->instances[hall].port_bus[p] == instance->port_bus[in];
            need = fmax(need, given ? heat_kw * c->mode[0].use[t] / c->availability_frac[t] : 0.0);
        }
    }
    int design = work->layout[i].design;
    struct programme_border_row row = {name_of(a, i, "firm"),
                                       need - (design < 0 ? instance->capacity.fixed : 0.0),
                                       HUGE_VAL, true};
    int r = programme_add_border_row(a->builder, row);
    if (design >= 0) {
        struct programme_border_entry entry = {r, IN_DESIGN, design, 0, 0, 1.0};
        programme_add_border_entry(a->builder, entry);
    }
}

void assembly_add(struct assembly *a, int i) {
    struct layout *layout = &a->work->layout[i];
    memset(layout, -1, sizeof *layout);
    if (!a->work->result->flow[i].included) {
        return;
    }
    switch (a->work->scenario->instances[i].kind->shape) {
    case SHAPE_SOURCE:
    case SHAPE_CONVERTER:
        add_rates(a, i);
        add_firm_rejection(a, i);
        break;
    case SHAPE_LOAD:
        add_load(a, i);
        break;
    case SHAPE_STORE:
        add_store(a, i);
        break;
    case SHAPE_LINE:
        add_line(a, i);
        break;
    case SHAPE_SHIFTABLE:
        add_shiftable(a, i);
        break;
    case SHAPES:
        break;
    }
    if (a->work->scenario->instances[i].kind->shape == SHAPE_CONVERTER) {
        add_demand_price(a, i);
    }
}
