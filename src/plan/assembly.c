/* What the shapes write with: names, entries on buses, costs, limits and design columns. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/assembly.h"

#include <math.h>

#include "base/units.h"

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

const char *assembly_name(struct assembly *a, int instance, const char *part) {
    return arena_format(a->arena, "%s.%s", a->work->scenario->instances[instance].name, part);
}

/* An entry of value * factor in the row of the bus at a port, when there is one. */
void assembly_on_bus(struct assembly *a, int instance, int port, enum programme_where where,
                     int index, const double *value, double factor_ratio) {
    int bus = a->work->scenario->instances[instance].port_bus[port];
    if (bus < 0 || !a->work->bus_alive[bus]) {
        return;
    }
    struct numbers scaled =
        plan_scaled(a->builder, a->arena, value, a->work->hours->count, factor_ratio);
    if (scaled.value) {
        programme_add_entry(a->builder, a->work->block, a->work->bus_row[bus], where, index,
                            scaled);
    }
}

void assembly_on_bus_constant(struct assembly *a, int instance, int port, int column,
                              double value) {
    int bus = a->work->scenario->instances[instance].port_bus[port];
    if (bus >= 0 && a->work->bus_alive[bus]) {
        programme_add_entry(a->builder, a->work->block, a->work->bus_row[bus], IN_STEP, column,
                            programme_constant(a->builder, value));
    }
}

struct numbers assembly_mode_cost(struct assembly *a, int i, int m) {
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

struct numbers assembly_mode_upper(struct assembly *a, const struct coefficients *c, int m,
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
   -1: a plain number. More than is useful is not built. */
int assembly_design(struct assembly *a, int i, const struct capacity *capacity, double unit_money,
                    const char *part, double useful_size) {
    struct case_work *work = a->work;
    double cost = unit_money * work->scenario->year_frac;
    if (!capacity->chosen && !(a->elastic && isfinite(capacity->fixed))) {
        return -1;
    }
    struct programme_design design = {assembly_name(a, i, part), cost, capacity->min,
                                      capacity->max};
    if (!capacity->chosen) {
        design.lower = 0.0;
        design.upper = HUGE_VAL;
    }
    double limit = capacity->chosen ? capacity->max : capacity->fixed;
    if (a->elastic && isfinite(limit)) {
        design.upper = HUGE_VAL;
    }
    design.upper = capacity->chosen ? fmin(design.upper, useful_size) : design.upper;
    int column = programme_add_design(a->builder, design);
    if (a->elastic && isfinite(limit)) {
        struct programme_border_row row = {assembly_name(a, i, part), -HUGE_VAL, limit, true};
        struct programme_border_entry entry = {
            programme_add_border_row(a->builder, row), IN_DESIGN, column, 0, 0, 1.0};
        programme_add_border_entry(a->builder, entry);
    }
    return column;
}

int assembly_capacity(struct assembly *a, int i, double useful_size) {
    struct case_work *work = a->work;
    struct layout *layout = &work->layout[i];
    const struct unit_costs *costs = &work->costs[i];
    struct capacity allowed = work->scenario->instances[i].capacity;
    bool at_once = case_at_once(work, i);
    enum build build = work->build[i];
    allowed.max = build == BUILD_NO ? 0.0 : allowed.max;
    if (case_holds_width(work, i)) {
        const struct instance *it = &work->scenario->instances[i];
        allowed.max = fmin(allowed.max, it->kind->make_capacity(it->self, work->size[i], 0));
    }
    if (build == BUILD_YES && connect_is_choice(work->scenario, i)) {
        allowed.min = fmax(allowed.min, work->floor_size[i]); /* joined is joined, used or not */
    }
    int column = assembly_design(a, i, &allowed, costs->unit_money, "capacity", useful_size);
    layout->built = -1;
    layout->standing = column;
    layout->standing_capacity = 1.0;
    if (!at_once) {
        return column;
    }
    struct programme_design built = {assembly_name(a, i, "built"),
                                     costs->step_money * work->scenario->year_frac,
                                     build == BUILD_YES ? 1.0 : 0.0, build == BUILD_NO ? 0.0 : 1.0};
    layout->built = layout->standing = programme_add_design(a->builder, built);
    layout->standing_capacity = work->size[i];
    if (build == BUILD_FREE) {
        struct programme_border_row row = {assembly_name(a, i, "built"), -HUGE_VAL, 0.0, false};
        int r = programme_add_border_row(a->builder, row);
        struct programme_border_entry size = {r, IN_DESIGN, column, 0, 0, 1.0};
        struct programme_border_entry most = {r, IN_DESIGN, layout->built,
                                              0, 0,         -work->most_capacity[i]};
        programme_add_border_entry(a->builder, size);
        programme_add_border_entry(a->builder, most);
    }
    return column;
}

bool assembly_all_equal(const double *value, int count, double number) {
    for (int t = 0; t < count; t++) {
        if (value[t] != number) {
            return false;
        }
    }
    return true;
}
