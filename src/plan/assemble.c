/* From coefficients to the programme of a round: a chain of days, one row per bus and step, the rows of the six shapes
   (shapes.c) and of the requirements (require.c). Every bus is an equality. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "plan/assembly.h"

/* Months of the horizon as periods, for demand prices; design days lie in none. */
static void add_month_map(struct assembly *a) {
    const int *month = case_month_map(a->work, false, a->arena);
    if (!month) {
        return;
    }
    struct programme_map map = {12, month};
    a->month_map = programme_add_map(a->builder, a->work->block, map);
    a->month_of_step = month;
}

static enum status add_buses(struct assembly *a) {
    struct case_work *work = a->work;
    const struct scenario *scenario = work->scenario;
    a->demand_kw = ARENA_TAKE(a->arena, double *, scenario->buses_count);
    if (!a->demand_kw) {
        return STATUS_NO_MEMORY;
    }
    for (int b = 0; b < scenario->buses_count; b++) {
        work->bus_row[b] = -1;
        if (!work->bus_alive[b]) {
            continue;
        }
        a->demand_kw[b] = ARENA_TAKE(a->arena, double, work->hours->count);
        if (!a->demand_kw[b]) {
            return STATUS_NO_MEMORY;
        }
        struct numbers demand =
            numbers_by_step(a->demand_kw[b]); /* filled by the loads before the solve */
        struct programme_row row = {arena_format(a->arena, "bus.%s", scenario->buses[b].name),
                                    demand, demand, 0, false};
        work->bus_row[b] = programme_add_row(a->builder, a->work->block, row);
    }
    return STATUS_OK;
}

/* The year is one chain of days that closes on itself; each design day closes on itself. */
static int add_block(struct assembly *a) {
    struct case_work *work = a->work;
    int day = (int)lround(24.0 / work->hours->step_h);
    int days = work->hours->count / day, horizon = work->design_days_from / day;
    int *follows = ARENA_TAKE(a->arena, int, days);
    double *weight = ARENA_TAKE(a->arena, double, days);
    if (!follows || !weight) {
        return -1;
    }
    for (int d = 0; d < days; d++) {
        follows[d] = d >= horizon ? d : d == 0 ? horizon - 1 : d - 1;
        weight[d] = d >= horizon ? 0.0 : 1.0;
    }
    return programme_add_block(a->builder, days, day, work->hours->step_h, weight, follows);
}

enum status case_add_block(struct case_work *work, struct programme_builder *builder,
                           struct arena *arena, bool elastic) {
    struct assembly a = {.work = work, .arena = arena, .builder = builder, .elastic = elastic};
    int designs = programme_designs_so_far(builder);
    work->block = add_block(&a);
    if (work->block < 0) {
        return STATUS_NO_MEMORY;
    }
    a.zero = programme_constant(a.builder, 0.0);
    a.infinity = programme_constant(a.builder, HUGE_VAL);
    a.minus_infinity = programme_constant(a.builder, -HUGE_VAL);
    add_month_map(&a);
    TRY(add_buses(&a));
    for (int i = 0; i < work->scenario->instances_count; i++) {
        assembly_add(&a, i);
    }
    contract_rows(&a);
    TRY(preheat_rows(work, a.builder, arena));
    TRY(connect_add_branches(&a));
    TRY(require_rows(work, a.builder, arena));
    if (work->weight_ratio != 1.0) {
        programme_weigh(builder, work->block, designs, work->weight_ratio);
    }
    return STATUS_OK;
}

enum status case_assemble(struct case_work *work, struct arena *arena, bool elastic,
                          struct programme **ret) {
    struct programme_builder *builder = programme_builder_new(arena, case_name(work->kind));
    if (!builder) {
        return STATUS_NO_MEMORY;
    }
    TRY(case_add_block(work, builder, arena, elastic));
    struct programme *programme = programme_finish(builder);
    if (!programme || arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    programme->objective_constant = elastic ? 0.0 : case_constant_money(work);
    *ret = programme;
    return STATUS_OK;
}
