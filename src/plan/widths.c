/* Widths of the trunk. It is laid in one of those that are made: where it is chosen, the plan at rest is made again with
   its width held, so that it costs, loses and carries what that width does and a unit more within it is free, and again
   with the next width: the narrower, or first the wider where the width is full. It goes on that way while the whole plan
   gets cheaper. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "plan/rounds.h"

static const double full_ratio = 1e-6; /* nearer to what it carries at most, a width is full */
enum { WIDTHS_MAX = 3, ROUNDS_OF_WIDTH = 2 };

bool widths_may_hold(const struct run *run) {
    const struct case_work *work = run->work;
    int i = work->scenario->network;
    const struct instance *instance = i >= 0 ? &work->scenario->instances[i] : NULL;
    return instance && !work->laid.pipes && run->best_at_slope &&
           run->best_plan->flow[i].included && instance->capacity.chosen &&
           instance->kind->make_capacity && work->build[i] == BUILD_YES &&
           run->best_plan->flow[i].capacity > work->floor_size[i] &&
           run->best_money - work->known_money <= rest_money_ratio * fabs(work->known_money);
}

static double price_at(const struct case_plan *plan, int bus, int t) {
    return bus >= 0 && plan->price_money_kwh[bus] ? plan->price_money_kwh[bus][t] : 0.0;
}

/* Loss of the trunk at a size, in the step that loses most; what all of it, and pumping, costs at the best plan's prices; and
   what one kW more of trunk is worth to it: what arriving heat is dearer than leaving heat and pumping. */
static enum status trunk_at(const struct run *run, double size, struct tangent *ret) {
    struct case_work *work = run->work;
    const struct case_plan *plan = run->best_plan;
    int i = work->scenario->network;
    const struct instance *instance = &work->scenario->instances[i];
    const int *bus = instance->port_bus;
    int pump = component_port(instance->kind, "power_in"), power = pump >= 0 ? bus[pump] : -1;
    struct arena *scratch = arena_new(0);
    struct coefficients *own =
        scratch ? coefficients_new(scratch, work->scenario->instances[i].kind, work->hours->count)
                : NULL;
    double planned_size = work->size[i];
    work->size[i] = size;
    enum status status = own ? case_fill(work, i, own) : STATUS_NO_MEMORY;
    work->size[i] = planned_size;
    ret->loss_kw = ret->loss_money = ret->worth_money = ret->pump_money = 0.0;
    for (int t = 0; status == STATUS_OK && t < work->design_days_from; t++) {
        double loss_kw = own->standing_kw_kw[t] * size, arrives_money = price_at(plan, bus[1], t);
        double pump_money = own->pump_kw_kw[t] * price_at(plan, power, t);
        double leaves_money = price_at(plan, bus[0], t) + pump_money;
        double flow_kw = fmin(plan->flow[i].rate_kw[0][t], size * own->availability_frac[t]);
        ret->pump_money += pump_money * flow_kw * work->hours->step_h;
        ret->loss_kw = fmax(ret->loss_kw, loss_kw);
        ret->loss_money += arrives_money * loss_kw * work->hours->step_h;
        ret->worth_money += fmax(0.0, arrives_money - leaves_money) * own->availability_frac[t] *
                            work->hours->step_h;
    }
    arena_free(scratch);
    return status;
}

enum status widths_take_tangent(const struct run *run, struct tangent *ret) {
    const struct flow *flow = &run->best_plan->flow[run->work->scenario->network];
    ret->capacity = flow->capacity;
    ret->other_money = run->best_plan->objective_money - flow->capital_money - flow->fixed_money;
    return trunk_at(run, run->best.size[run->work->scenario->network], ret);
}

/* How much less a kW is worth for each kW that the second plan has more; half of it, to be sure. */
static double bend_money(const struct tangent tangent[2]) {
    double more_kw = tangent[1].capacity - tangent[0].capacity;
    double less_money = tangent[0].worth_money - tangent[1].worth_money;
    return more_kw > full_ratio * tangent[0].capacity && less_money > 0.0
               ? 0.5 * less_money / more_kw
               : 0.0;
}

/* May the width that carries so much at most be cheaper than the best plan by what is worth a round? */
static enum status may_pay(const struct run *run, double most_capacity, bool *ret) {
    const struct case_work *work = run->work;
    double trunk_money =
        case_yearly_money(work, work->scenario->network, most_capacity) * work->scenario->year_frac;
    struct tangent there = {0};
    TRY(trunk_at(run, most_capacity, &there));
    *ret = true;
    for (int k = 0; k < 2; k++) {
        const struct tangent *from = &run->tangent[k];
        double spared_frac = from->loss_kw > 0.0 ? 1.0 - there.loss_kw / from->loss_kw : 0.0;
        double short_kw = from->capacity - most_capacity;
        double bent_money =
            short_kw > 0.0 ? 0.5 * bend_money(run->tangent) * short_kw * short_kw : 0.0;
        double bound_money = from->other_money + trunk_money + from->worth_money * short_kw +
                             bent_money - spared_frac * from->loss_money + there.pump_money -
                             from->pump_money;
        *ret = *ret && bound_money < run->best_plan->objective_money -
                                         rest_money_ratio * fabs(run->best_money);
    }
    return STATUS_OK;
}

/* The plan with the width of a size held: once, and again where simulation differs by more than a round may gain. It
   becomes the best where it costs no more than that and what is allowed. */
static enum status hold_width(struct run *run, double size, double allowed_money, bool *ret_kept) {
    struct case_work *work = run->work;
    struct inputs now = rounds_inputs_of(work);
    rounds_copy_inputs(work, &run->best, &now);
    work->at_slope = work->width_held = true;
    work->size[work->scenario->network] = size;
    *ret_kept = false;
    bool still = false;
    for (int k = 0; k < ROUNDS_OF_WIDTH && !still; k++) {
        enum status status = rounds_solve(run, &still);
        if (status == STATUS_INFEASIBLE || status == STATUS_STALLED) {
            return STATUS_OK; /* nothing is known of this width: the plan stays what it is */
        }
        TRY(status);
        const struct case_plan *result = work->result;
        double most_money = run->best_money + allowed_money;
        still = still || fabs(result->gap_money) <= rest_money_ratio * fabs(run->best_money) ||
                rounds_simulated_money(result) > most_money;
        if (rounds_simulated_money(result) <= most_money) {
            rounds_keep(run);
            *ret_kept = true;
            allowed_money = rest_money_ratio * fabs(run->best_money);
        }
    }
    return STATUS_OK;
}

/* On in one direction while it may pay and gets cheaper; was any kept? */
static enum status walk_widths(struct run *run, int step, bool *ret_any) {
    const struct case_work *work = run->work;
    int i = work->scenario->network;
    const struct instance *instance = &work->scenario->instances[i];
    bool kept = true;
    for (int k = 0; kept && k < WIDTHS_MAX; k++) {
        double most_capacity =
            instance->kind->make_capacity(instance->self, run->best.size[i], step);
        bool pays = false;
        if (!(most_capacity > work->floor_size[i] && most_capacity < HUGE_VAL)) {
            break;
        }
        TRY(may_pay(run, most_capacity, &pays));
        kept = false;
        if (pays) {
            TRY(hold_width(run, most_capacity, 0.0, &kept));
        }
        *ret_any = *ret_any || kept;
    }
    return STATUS_OK;
}

bool widths_is_full(const struct run *run) {
    int i = run->work->scenario->network;
    if (i < 0 || !run->best_width_held) {
        return false;
    }
    const struct instance *instance = &run->work->scenario->instances[i];
    double most_capacity = instance->kind->make_capacity(instance->self, run->best.size[i], 0);
    return run->best_plan->flow[i].capacity >= most_capacity * (1.0 - full_ratio);
}

/* The width at rest is no better held: on to rest without. */
static enum status let_go(struct run *run, bool *ret_settled) {
    struct inputs now = rounds_inputs_of(run->work);
    rounds_copy_inputs(run->work, &run->best, &now);
    run->work->width_held = false;
    TRY(rounds_to_rest(run, ret_settled));
    return widths_take_tangent(run, &run->tangent[0]);
}

enum status widths_try(struct run *run, bool *ret_settled) {
    bool kept = false, wider = false, narrower = false;
    bool known = run->width_known && (!widths_is_full(run) || run->width_was_full);
    if (known || !widths_may_hold(run)) {
        return STATUS_OK;
    }
    if (!run->width_tried) {
        int i = run->work->scenario->network;
        TRY(widths_take_tangent(run, &run->tangent[0]));
        TRY(hold_width(run, run->best.size[i], rest_money_ratio * fabs(run->best_money), &kept));
    } else if (!run->best_width_held) {
        TRY(let_go(run, ret_settled));
    }
    TRY(widths_take_tangent(run, &run->tangent[1]));
    if (widths_is_full(run)) {
        TRY(walk_widths(run, 1, &wider));
    }
    return wider || run->width_known ? STATUS_OK : walk_widths(run, -1, &narrower);
}
