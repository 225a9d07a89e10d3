/* A load that may wait: what comes in a step is served at once or late, all of it within its window.

   waiting_end = waiting_begin + (arrives - at_once - late) step_h
   waiting_end <= what came in the last window, nothing at the deadline;  at_once <= arrives,  late <= late_max
   port = coefficient (at_once + late - arrives): the load that it belongs to counts what arrives */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "plan/assembly.h"

double plan_may_wait_kwh(const struct case_work *work, int i, int step) {
    const struct instance *instance = &work->scenario->instances[i];
    const double *arrives_kw = work->result->flow[i].coefficients->arrives_kw;
    double step_h = work->hours->step_h, sum_kwh = 0.0;
    double window_h = component_number(instance->kind, instance->self, "window_h", 0.0);
    double deadline_h = component_number(instance->kind, instance->self, "deadline_h", (double)NAN);
    double ends_h = fmod(work->hours->hour_h[step] + step_h, 24.0);
    if (plan_is_design_step(work, step) || fabs(ends_h - fmod(deadline_h, 24.0)) < 0.5 * step_h) {
        return 0.0;
    }
    if (typical_ends_week(work, step)) {
        return 0.0;
    }
    int window = (int)lround(window_h / step_h), begun = typical_step_of_week(work, step);
    for (int back = 0; back < window && back <= begun; back++) {
        sum_kwh += arrives_kw[step - back] * step_h;
    }
    return sum_kwh;
}

void assembly_add_shiftable(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    struct layout *layout = &work->layout[i];
    int count = work->hours->count;
    double step_h = work->hours->step_h;
    double *arrives_kwh = ARENA_TAKE(a->arena, double, count),
           *most_kwh = ARENA_TAKE(a->arena, double, count);
    if (!arrives_kwh || !most_kwh) {
        return;
    }
    for (int t = 0; t < count; t++) {
        arrives_kwh[t] = c->arrives_kw[t] * step_h;
        most_kwh[t] = plan_may_wait_kwh(work, i, t);
    }
    struct programme_column at_once = {assembly_name(a, i, "at_once"),
                                       assembly_mode_cost(a, i, 0),
                                       a->zero,
                                       numbers_by_step(c->arrives_kw),
                                       0,
                                       0.0};
    struct programme_column late = {assembly_name(a, i, "late"),
                                    assembly_mode_cost(a, i, 1),
                                    a->zero,
                                    numbers_by_step(c->late_max_kw),
                                    0,
                                    0.0};
    struct programme_column waiting = {assembly_name(a, i, "waiting"), a->zero, a->zero,
                                       numbers_by_step(most_kwh),      0,       0.0};
    struct programme_row row = {assembly_name(a, i, "waits"), numbers_by_step(arrives_kwh),
                                numbers_by_step(arrives_kwh), 0, false};
    layout->column[0] = programme_add_column(a->builder, a->work->block, at_once);
    layout->column[1] = programme_add_column(a->builder, a->work->block, late);
    layout->state = programme_add_state(a->builder, a->work->block, waiting);
    int r = programme_add_row(a->builder, a->work->block, row);
    programme_add_entry(a->builder, a->work->block, r, IN_END, layout->state,
                        programme_constant(a->builder, 1.0));
    programme_add_entry(a->builder, a->work->block, r, IN_BEGIN, layout->state,
                        programme_constant(a->builder, -1.0));
    for (int m = 0; m < 2; m++) {
        programme_add_entry(a->builder, a->work->block, r, IN_STEP, layout->column[m],
                            programme_constant(a->builder, step_h));
    }
    for (int p = 0; p < instance->kind->ports_count; p++) {
        double sign = instance->kind->ports[p].direction == FLOWS_OUT ? 1.0 : -1.0;
        int bus = instance->port_bus[p];
        for (int m = 0; m < 2; m++) {
            assembly_on_bus(a, i, p, IN_STEP, layout->column[m], c->mode[0].port[p], sign);
        }
        for (int t = 0; bus >= 0 && work->bus_alive[bus] && t < count; t++) {
            a->demand_kw[bus][t] += sign * c->mode[0].port[p][t] * c->arrives_kw[t];
        }
    }
}
