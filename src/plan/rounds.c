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

   What becomes of the width of a trunk stands in widths.c.

   A round on the way is a draft: its optimum is neither cleaned nor certified, which takes a fifth of a round. That is
   done to the plan that is kept, from its own inputs.

   At most eight rounds to rest. From the sixth on the sizes move by the geometric mean of old and new. When eight rounds bring
   no rest, the cheapest is kept all the same, and plan.c says so aloud. The same when a later round has no plan at all:
   its sizes and losses are those of the round before, and they do not fit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/rounds.h"

static const double rest_gap_ratio = 1e-3; /* of the objective: what simulation may differ by */
static const double rest_size_ratio =
    5e-4; /* money of the capacities that moved, of the objective */
static const double rest_feedback_ratio = 5e-3; /* losses between two rounds */
static const double rest_pump_ratio = 0.1;      /* pumping: a hundredth of what losses cost */
static const double hopeless_ratio =
    5e-3; /* of a known cost: rounds after the first move a plan's by 1e-3 */
static const double same_size_ratio = 1e-9;
static const double step_weighs_ratio = 1e-3; /* of the objective: a step worth trying away */
enum { AWAY_MAX = 3 };
enum { MEAN_COST_ROUNDS = 1, UNDAMPED_ROUNDS = 5, STEPS_BACK_MAX = 2 };

/* ---- what goes back into the next round ---- */

static enum status take_inputs(struct case_work *work, struct inputs *inputs) {
    int n = work->scenario->instances_count;
    inputs->size = ARENA_TAKE(work->arena, double, n);
    inputs->size2 = ARENA_TAKE(work->arena, double, n);
    inputs->feedback = ARENA_TAKE(work->arena, struct feedback, n);
    return arena_failed(work->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status rounds_take_inputs(struct run *run) {
    TRY(take_inputs(run->work, &run->used));
    return take_inputs(run->work, &run->best);
}

void rounds_copy_inputs(struct case_work *work, const struct inputs *from, struct inputs *to) {
    size_t n = (size_t)work->scenario->instances_count;
    memcpy(to->size, from->size, n * sizeof *to->size);
    memcpy(to->size2, from->size2, n * sizeof *to->size2);
    memcpy(to->feedback, from->feedback, n * sizeof *to->feedback);
}

struct inputs rounds_inputs_of(struct case_work *work) {
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

double rounds_simulated_money(const struct case_plan *plan) {
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

void rounds_keep(struct run *run) {
    run->best_at_slope = run->work->at_slope;
    run->best_width_held = run->work->width_held;
    run->best_money = rounds_simulated_money(run->work->result);
    run->best_plan = run->work->result;
    rounds_copy_inputs(run->work, &run->used, &run->best);
}

/* The plan that is kept stands where its caller looks for it, and work is as it was made. */
static enum status end_with_best(struct run *run, bool settled) {
    struct case_work *work = run->work;
    struct inputs now = rounds_inputs_of(work);
    rounds_copy_inputs(work, &run->best, &now);
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
    if (run->round.draft) {
        TRY(round_finish(&run->round));
        rounds_copy_inputs(work, &run->best, &now);
    }
    return STATUS_OK;
}

/* ---- rest ---- */

enum rest { MOVES, AT_REST, GAINS_NOTHING };

/* Dearer than what is known by more than rounds ever mend: no more of them. */
static bool is_hopeless(const struct run *run) {
    double known_money = run->work->known_money;
    return rounds_simulated_money(run->work->result) - known_money >
           hopeless_ratio * fabs(known_money);
}

/* Of a round that is not the first at slope: it gains nothing over the best before it, whose simulation agrees with
   it. */
static bool gains_nothing(const struct run *run) {
    const struct case_plan *result = run->work->result;
    double scale_money = fabs(result->objective_money);
    return run->work->at_slope && run->slope_rounds > 1 && run->best_at_slope &&
           run->best_money - rounds_simulated_money(result) <= rest_money_ratio * scale_money &&
           fabs(run->best_plan->gap_money) <= rest_gap_ratio * scale_money;
}

/* What the round just solved says, and which plan is the best then. At rest it is the last, unless an earlier one was
   clearly cheaper. */
static enum rest weigh(struct run *run, bool still) {
    const struct case_plan *result = run->work->result;
    double money = rounds_simulated_money(result);
    bool at_slope = run->work->at_slope;
    bool rest = still && (at_slope || !has_steps(run)), no_gain = gains_nothing(run);
    double allowed_money = rest ? rest_money_ratio * fabs(result->objective_money) : 0.0;
    if (run->best_plan == NULL || (at_slope && !run->best_at_slope) ||
        (at_slope == run->best_at_slope && money < run->best_money + allowed_money)) {
        rounds_keep(run);
    }
    return rest ? AT_REST : no_gain || is_hopeless(run) ? GAINS_NOTHING : MOVES;
}

/* One round, over the plan that is not the best; is it as it was made? */
enum status rounds_solve(struct run *run, bool *ret_still) {
    struct case_work *work = run->work;
    struct inputs now = rounds_inputs_of(work);
    TRY(make_room(run));
    work->result->rounds_count = ++run->rounds;
    rounds_copy_inputs(work, &now, &run->used);
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
    TRY(rounds_solve(run, &still));
    *ret_rest = weigh(run, still);
    work->at_slope = work->at_slope || still || run->rounds >= MEAN_COST_ROUNDS;
    return STATUS_OK;
}

enum status rounds_to_rest(struct run *run, bool *ret_settled) {
    while (run->rounds < ROUNDS_MAX) {
        enum rest rest = MOVES;
        enum status status = one_more(run, &rest);
        if (run->round.may_fail && (status == STATUS_INFEASIBLE || status == STATUS_STALLED)) {
            drafts_leave(run, status);
            continue;
        }
        run->round.may_fail = false;
        if (status == STATUS_INFEASIBLE && run->round.planned) {
            if (++run->steps_back > STEPS_BACK_MAX || !step_back(run)) {
                break;
            }
            continue;
        }
        if (status == STATUS_STALLED && run->work->width_held && run->best_plan) {
            struct inputs now = rounds_inputs_of(run->work);
            rounds_copy_inputs(run->work, &run->best, &now);
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
        if (!run->width_tried && widths_may_hold(run)) { /* on with its width held */
            TRY(widths_take_tangent(run, &run->tangent[0]));
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
        struct inputs now = rounds_inputs_of(work);
        rounds_copy_inputs(work, &run->best, &now);
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

enum status case_solve_rounds(struct case_work *work, const struct plan_options *options,
                              struct diag *diag) {
    /* pipes are simulated at some length: once more would cost what a draft saves */
    struct run run = {
        .round = {.options = options, .diag = diag, .work = work, .draft = !work->laid.pipes},
        .work = work,
        .home = work->result,
        .best_money = HUGE_VAL};
    bool settled = false;
    work->result->settled = false;
    TRY(rounds_take_inputs(&run));
    TRY(drafts_begin(&run));
    TRY(rounds_to_rest(&run, &settled));
    if (settled) {
        TRY(try_away(&run));
        TRY(widths_try(&run, &settled));
    }
    return end_with_best(&run, settled);
}
