/* One case to rest: coefficients -> programme -> optimum -> simulation, until sizes, losses and cost no longer move.

   Larger plant costs less per unit, so the programme needs a cost per unit at a size it does not know. The first round
   sees the mean cost of the first guess, which is large. After it, what is built costs its slope at the size of the
   round before and a step that is spent anyway: then one unit more or less is worth what it costs, and a round is no
   dearer than the one before (a concave cost lies below its tangent). The last round is one at slope, but where no cost
   has a step to speak of. A step that weighs is tried away at the end: is the plan cheaper without that plant?

   A case has come to rest when
     - sizes, losses, pumping and cost are those the round was made with, or
     - a round at slope gains nothing over the cheapest before it. What a pipe costs and loses jumps from one diameter
       to the next, so that sizes may go back and forth at an edge for ever.
   Either way the plan kept is that of the round at slope that is cheapest when simulated (its objective and its gap).

   A trunk is laid in one of the widths that are made: where it is chosen, the plan at rest is made again with its width
   held, so that it costs, loses and carries what that width does and a unit more within it is free, and again with the
   next width: the narrower, or first the wider where the width is full. It goes on that way while the whole plan gets
   cheaper.

   At most eight rounds to rest. From the sixth on the sizes move by the geometric mean of old and new. When eight rounds bring
   no rest, the cheapest is kept all the same, and plan.c says so aloud. The same when a later round has no plan at all:
   its sizes and losses are those of the round before, and they do not fit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/round.h"

static const double rest_money_ratio = 1e-4; /* the objective between two rounds */
static const double rest_gap_ratio = 1e-3;   /* of the objective: what simulation may differ by */
static const double rest_size_ratio =
    5e-4; /* money of the capacities that moved, of the objective */
static const double rest_feedback_ratio = 5e-3; /* losses between two rounds */
static const double rest_pump_ratio = 0.1;      /* pumping: a hundredth of what losses cost */
static const double hopeless_ratio =
    5e-3; /* of a known cost: rounds after the first move a plan's by 1e-3 */
static const double same_size_ratio = 1e-9;
static const double full_ratio = 1e-6; /* nearer to what it carries at most, a width is full */
static const double step_weighs_ratio = 1e-3; /* of the objective: a step worth trying away */
enum { AWAY_MAX = 3, WIDTHS_MAX = 3, ROUNDS_OF_WIDTH = 2 };
enum { MEAN_COST_ROUNDS = 1, UNDAMPED_ROUNDS = 5, STEPS_BACK_MAX = 2 };

/* What a round's coefficients were made from. */
struct inputs {
    double *size, *size2;
    struct feedback *feedback;
};

/* What a plan of another width costs at least: cost is convex in what the trunk carries and loses, so that it lies above
   its tangent at a plan, whose slopes are the worth of a kW of trunk and the prices of heat at its end. */
struct tangent {
    double capacity, worth_money; /* of the horizon, per kW */
    double other_money;           /* all but the trunk */
    double loss_kw, loss_money;   /* in the step that loses most, and of the horizon */
    double pump_money;            /* of the plan's flows, as far as they fit */
};

struct run {
    struct round round;
    struct case_work *work;
    struct case_plan *home,
        *best_plan;           /* where the caller looks; the best so far: there or in the spare */
    struct inputs used, best; /* of this round, of the best */
    double best_money, objective_before_money; /* best: simulated */
    bool best_at_slope;                        /* one at slope is better than any at mean cost */
    bool best_width_held;
    int rounds, slope_rounds, steps_back;
    bool width_tried;
    struct tangent tangent[2]; /* before the trunk's width is held, and with it */
};

/* ---- what goes back into the next round ---- */

static enum status take_inputs(struct case_work *work, struct inputs *inputs) {
    int n = work->scenario->instances_count;
    inputs->size = ARENA_TAKE(work->arena, double, n);
    inputs->size2 = ARENA_TAKE(work->arena, double, n);
    inputs->feedback = ARENA_TAKE(work->arena, struct feedback, n);
    return arena_failed(work->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

static void copy_inputs(struct case_work *work, const struct inputs *from, struct inputs *to) {
    size_t n = (size_t)work->scenario->instances_count;
    memcpy(to->size, from->size, n * sizeof *to->size);
    memcpy(to->size2, from->size2, n * sizeof *to->size2);
    memcpy(to->feedback, from->feedback, n * sizeof *to->feedback);
}

static struct inputs inputs_of(struct case_work *work) {
    return (struct inputs){work->size, work->size2, work->feedback};
}

/* A size moves to the capacity just chosen; true when the move is worth next to nothing. */
static bool move_size(const struct run *run, double *size, double capacity, double floor_size,
                      double unit_money) {
    const struct case_work *work = run->work;
    double aim = fmax(capacity, floor_size);
    double moved_money = fabs(aim - *size) * unit_money * work->scenario->year_frac;
    bool damped = work->result->rounds_count > UNDAMPED_ROUNDS;
    *size = damped ? sqrt(aim * *size) : aim;
    return moved_money <= rest_size_ratio * fabs(work->result->objective_money);
}

/* Of a trunk whose width is held sizes stay within that width. */
static double aim_capacity(const struct case_work *work, int i, double capacity) {
    const struct instance *instance = &work->scenario->instances[i];
    return case_holds_width(work, i) &&
                   capacity <= instance->kind->make_capacity(instance->self, work->size[i], -1)
               ? work->size[i]
               : capacity;
}

static bool move_sizes(struct run *run) {
    struct case_work *work = run->work;
    bool rest = true;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct instance *instance = &work->scenario->instances[i];
        const struct flow *flow = &work->result->flow[i];
        if (!flow->included) {
            continue;
        }
        if (instance->capacity.chosen && work->build[i] != BUILD_NO) {
            rest = move_size(run, &work->size[i], aim_capacity(work, i, flow->capacity),
                             work->floor_size[i], work->costs[i].unit_money) &&
                   rest;
        }
        if (instance->capacity2.chosen) {
            rest =
                move_size(run, &work->size2[i], flow->capacity2, 0.0, work->costs[i].unit2_money) &&
                rest;
        }
        rest = rest &&
               fabs(work->feedback[i].standing_ratio - run->used.feedback[i].standing_ratio) <=
                   rest_feedback_ratio &&
               fabs(work->feedback[i].power_ratio - run->used.feedback[i].power_ratio) <=
                   rest_feedback_ratio &&
               fabs(work->feedback[i].pump_ratio - run->used.feedback[i].pump_ratio) <=
                   rest_pump_ratio;
    }
    return rest;
}

/* Does any cost have a step at the sizes of the next round that is not there yet? Without one, mean and slope are the
   same. */
static bool has_steps(struct run *run) {
    struct case_work *work = run->work;
    double steps_money = 0.0;
    bool before = work->at_slope;
    work->at_slope = true;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        if (work->result->flow[i].included && !case_at_once(work, i)) {
            case_set_costs(work, i);
            steps_money += fabs(work->costs[i].step_money) * work->scenario->year_frac;
        }
    }
    work->at_slope = before;
    return steps_money > rest_size_ratio * fabs(work->result->objective_money);
}

/* A pipe of next to nothing loses more than it carries, whatever the optimum would rather build: back half way, on the
   logarithm, to the sizes of the best plan so far. False where that is nowhere else than there. */
static bool step_back(struct run *run) {
    struct case_work *work = run->work;
    bool moved = false;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        work->size[i] = sqrt(work->size[i] * run->best.size[i]);
        work->size2[i] = sqrt(work->size2[i] * run->best.size2[i]);
        work->feedback[i] = run->best.feedback[i];
        moved = moved ||
                fabs(work->size[i] - run->best.size[i]) > same_size_ratio * work->size[i] ||
                fabs(work->size2[i] - run->best.size2[i]) > same_size_ratio * work->size2[i];
    }
    return moved;
}

/* ---- the best plan so far ---- */

static double simulated_money(const struct case_plan *plan) {
    return plan->objective_money + plan->gap_money;
}

static enum status take_spare(struct case_work *work) {
    long n = work->scenario->instances_count;
    struct case_plan *spare = ARENA_TAKE(work->arena, struct case_plan, 1);
    struct flow *flow = ARENA_TAKE(work->arena, struct flow, n);
    if (!spare || !flow) {
        return STATUS_NO_MEMORY;
    }
    *spare = (struct case_plan){
        .kind = work->kind,
        .flow = flow,
        .choice_bound_money = work->result->choice_bound_money,
        .temperature_c = {work->result->temperature_c[0], work->result->temperature_c[1]}};
    long cells = (long)work->scenario->buses_count * work->hours->count;
    for (int k = 0; work->laid.pipes && k < 2;
         k++) { /* what comes back differs from round to round */
        spare->temperature_c[k] = ARENA_TAKE(work->arena, double, cells);
        TRY(spare->temperature_c[k] ? STATUS_OK : STATUS_NO_MEMORY);
    }
    for (long i = 0; i < n; i++) {
        flow[i].included = work->result->flow[i].included;
    }
    work->spare = spare;
    return STATUS_OK;
}

/* The next round is written over the plan that is not the best. */
static enum status make_room(struct run *run) {
    struct case_work *work = run->work;
    if (run->best_plan != work->result) {
        return STATUS_OK;
    }
    if (!work->spare) {
        TRY(take_spare(work));
    }
    work->result = work->result == run->home ? work->spare : run->home;
    return STATUS_OK;
}

static void keep(struct run *run) {
    run->best_at_slope = run->work->at_slope;
    run->best_width_held = run->work->width_held;
    run->best_money = simulated_money(run->work->result);
    run->best_plan = run->work->result;
    copy_inputs(run->work, &run->used, &run->best);
}

/* The plan that is kept stands where its caller looks for it, and work is as it was made. */
static void end_with_best(struct run *run, bool settled) {
    struct case_work *work = run->work;
    struct inputs now = inputs_of(work);
    copy_inputs(work, &run->best, &now);
    work->at_slope = run->best_at_slope;
    work->width_held = run->best_width_held;
    if (run->best_plan != run->home) {
        struct case_plan other = *run->home;
        *run->home = *run->best_plan;
        *run->best_plan = other;
    }
    work->result = run->home;
    work->result->rounds_count = run->rounds;
    work->result->settled = settled;
}

/* ---- rest ---- */

enum rest { MOVES, AT_REST, GAINS_NOTHING };

/* Dearer than what is known by more than rounds ever mend: no more of them. */
static bool is_hopeless(const struct run *run) {
    double known_money = run->work->known_money;
    return simulated_money(run->work->result) - known_money > hopeless_ratio * fabs(known_money);
}

/* Of a round that is not the first at slope: it gains nothing over the best before it, whose simulation agrees with
   it. */
static bool gains_nothing(const struct run *run) {
    const struct case_plan *result = run->work->result;
    double scale_money = fabs(result->objective_money);
    return run->work->at_slope && run->slope_rounds > 1 && run->best_at_slope &&
           run->best_money - simulated_money(result) <= rest_money_ratio * scale_money &&
           fabs(run->best_plan->gap_money) <= rest_gap_ratio * scale_money;
}

/* What the round just solved says, and which plan is the best then. At rest it is the last, unless an earlier one was
   clearly cheaper. */
static enum rest weigh(struct run *run, bool still) {
    const struct case_plan *result = run->work->result;
    double money = simulated_money(result);
    bool at_slope = run->work->at_slope;
    bool rest = still && (at_slope || !has_steps(run)), no_gain = gains_nothing(run);
    double allowed_money = rest ? rest_money_ratio * fabs(result->objective_money) : 0.0;
    if (run->best_plan == NULL || (at_slope && !run->best_at_slope) ||
        (at_slope == run->best_at_slope && money < run->best_money + allowed_money)) {
        keep(run);
    }
    return rest ? AT_REST : no_gain || is_hopeless(run) ? GAINS_NOTHING : MOVES;
}

/* One round, over the plan that is not the best; is it as it was made? */
static enum status solve_round(struct run *run, bool *ret_still) {
    struct case_work *work = run->work;
    struct inputs now = inputs_of(work);
    TRY(make_room(run));
    work->result->rounds_count = ++run->rounds;
    copy_inputs(work, &now, &run->used);
    TRY(round_solve(&run->round));
    run->round.before = work->result;
    run->round.planned = true;
    run->slope_rounds += work->at_slope;
    bool still = move_sizes(run);
    double change_money = fabs(work->result->objective_money - run->objective_before_money);
    *ret_still = still && (run->rounds == 1 ||
                           change_money <= rest_money_ratio * fabs(run->objective_before_money));
    run->objective_before_money = work->result->objective_money;
    return STATUS_OK;
}

static enum status one_more(struct run *run, enum rest *ret_rest) {
    struct case_work *work = run->work;
    bool still = false;
    TRY(solve_round(run, &still));
    *ret_rest = weigh(run, still);
    work->at_slope = work->at_slope || still || run->rounds >= MEAN_COST_ROUNDS;
    return STATUS_OK;
}

/* Is there a trunk whose width the plan chose, and may the plan be kept? */
static bool may_hold_width(const struct run *run) {
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

static enum status take_tangent(const struct run *run, struct tangent *ret) {
    const struct flow *flow = &run->best_plan->flow[run->work->scenario->network];
    ret->capacity = flow->capacity;
    ret->other_money = run->best_plan->objective_money - flow->capital_money - flow->fixed_money;
    return trunk_at(run, run->best.size[run->work->scenario->network], ret);
}

static enum status to_rest(struct run *run, bool *ret_settled) {
    while (run->rounds < ROUNDS_MAX) {
        enum rest rest = MOVES;
        enum status status = one_more(run, &rest);
        if (status == STATUS_INFEASIBLE && run->round.planned) {
            if (++run->steps_back > STEPS_BACK_MAX || !step_back(run)) {
                break;
            }
            continue;
        }
        if (status == STATUS_STALLED && run->work->width_held && run->best_plan) {
            struct inputs now = inputs_of(run->work);
            copy_inputs(run->work, &run->best, &now);
            run->work->width_held = run->best_width_held; /* on as it was before */
            if (run->best_width_held) {
                break;
            }
            continue;
        }
        TRY(status);
        if (rest != MOVES) {
            *ret_settled = true;
            return STATUS_OK;
        }
        if (!run->width_tried && may_hold_width(run)) { /* on with its width held */
            TRY(take_tangent(run, &run->tangent[0]));
            run->width_tried = run->work->width_held = true;
        }
    }
    *ret_settled = false;
    return STATUS_OK;
}

/* ---- what does not pay as a whole ---- */

static double step_money(struct run *run, int i) {
    case_set_costs(run->work, i);
    return run->work->costs[i].step_money * run->work->scenario->year_frac;
}

static bool has_choice(const struct case_work *work) {
    for (int i = 0; i < work->scenario->instances_count; i++) {
        if (case_is_choice(work, i)) {
            return true;
        }
    }
    return false;
}

/* May the plan do without it? Heat rejection and firm plant are needed; what is built at once, and what lives on the
   heat it carries, is tried by choose.c. */
static bool may_go(const struct run *run, int i) {
    const struct instance *instance = &run->work->scenario->instances[i];
    const struct flow *flow = &run->best_plan->flow[i];
    return flow->included && instance->capacity.chosen && instance->capacity.min <= 0.0 &&
           instance->hall < 0 && !instance->kind->firm && !case_at_once(run->work, i) &&
           !(plan_uses_recovery(run->work->scenario, i) && has_choice(run->work)) &&
           flow->capacity > run->work->floor_size[i];
}

/* A step counts as paid in every round at slope. Where it weighs, one round without that plant says whether the plan is
   cheaper for it; then it stays away. */
static enum status try_away(struct run *run) {
    struct case_work *work = run->work;
    int tried = 0;
    for (int i = 0; i < work->scenario->instances_count && tried < AWAY_MAX; i++) {
        struct inputs now = inputs_of(work);
        copy_inputs(work, &run->best, &now);
        work->at_slope = true;
        if (!run->best_at_slope || !may_go(run, i) ||
            step_money(run, i) <= step_weighs_ratio * fabs(run->best_money)) {
            continue;
        }
        const struct case_plan *before = run->best_plan;
        enum rest rest = MOVES;
        work->build[i] = BUILD_NO;
        work->size[i] = work->floor_size[i];
        tried++;
        enum status status = one_more(run, &rest);
        if (status != STATUS_INFEASIBLE) {
            TRY(status);
        }
        if (status == STATUS_INFEASIBLE || run->best_plan == before) {
            work->build[i] = BUILD_YES;
        }
    }
    return STATUS_OK;
}

/* ---- widths of the trunk ---- */

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
    struct inputs now = inputs_of(work);
    copy_inputs(work, &run->best, &now);
    work->at_slope = work->width_held = true;
    work->size[work->scenario->network] = size;
    *ret_kept = false;
    bool still = false;
    for (int k = 0; k < ROUNDS_OF_WIDTH && !still; k++) {
        enum status status = solve_round(run, &still);
        if (status == STATUS_INFEASIBLE || status == STATUS_STALLED) {
            return STATUS_OK; /* nothing is known of this width: the plan stays what it is */
        }
        TRY(status);
        const struct case_plan *result = work->result;
        double most_money = run->best_money + allowed_money;
        still = still || fabs(result->gap_money) <= rest_money_ratio * fabs(run->best_money) ||
                simulated_money(result) > most_money;
        if (simulated_money(result) <= most_money) {
            keep(run);
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

/* The width at rest is no better held: on to rest without. */
static enum status let_go(struct run *run, bool *ret_settled) {
    struct inputs now = inputs_of(run->work);
    copy_inputs(run->work, &run->best, &now);
    run->work->width_held = false;
    TRY(to_rest(run, ret_settled));
    return take_tangent(run, &run->tangent[0]);
}

static enum status try_widths(struct run *run, bool *ret_settled) {
    const struct case_work *work = run->work;
    bool kept = false, wider = false, narrower = false;
    if (!may_hold_width(run)) {
        return STATUS_OK;
    }
    int i = work->scenario->network;
    const struct instance *instance = &work->scenario->instances[i];
    if (!run->width_tried) {
        TRY(take_tangent(run, &run->tangent[0]));
        TRY(hold_width(run, run->best.size[i], rest_money_ratio * fabs(run->best_money), &kept));
    } else if (!run->best_width_held) {
        TRY(let_go(run, ret_settled));
    }
    TRY(take_tangent(run, &run->tangent[1]));
    double most_capacity = instance->kind->make_capacity(instance->self, run->best.size[i], 0);
    if (run->best_width_held &&
        run->best_plan->flow[i].capacity >= most_capacity * (1.0 - full_ratio)) {
        TRY(walk_widths(run, 1, &wider));
    }
    return wider ? STATUS_OK : walk_widths(run, -1, &narrower);
}

enum status case_solve_rounds(struct case_work *work, const struct plan_options *options,
                              struct diag *diag) {
    struct run run = {.round = {.options = options, .diag = diag, .work = work},
                      .work = work,
                      .home = work->result,
                      .best_money = HUGE_VAL};
    bool settled = false;
    work->result->settled = false;
    TRY(take_inputs(work, &run.used));
    TRY(take_inputs(work, &run.best));
    TRY(to_rest(&run, &settled));
    if (settled) {
        TRY(try_away(&run));
        TRY(try_widths(&run, &settled));
    }
    end_with_best(&run, settled);
    return STATUS_OK;
}
