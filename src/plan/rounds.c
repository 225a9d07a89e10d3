/* One case to rest: coefficients -> programme -> optimum -> simulation, until sizes, losses and cost no longer move.

   Larger plant costs less per unit, so the programme needs a cost per unit at a size it does not know. It begins with
   the mean cost of the size of the round before: what is built then pays for itself as a whole. As soon as that rests,
   and after two rounds at the latest, what is built costs its slope at that size and a step that is spent anyway:
   then one unit more or less is worth what it costs, and every round is cheaper than the one before (a concave cost
   lies below its tangent). The last round is one at slope, but where no cost has a step to
   speak of.

   At most eight rounds. From the sixth on the sizes move by the geometric mean of old and new, which stops two sizes
   from chasing each other. When eight rounds bring no rest, the round at slope whose simulated cost (its objective and
   its gap) was lowest is computed again and kept, and plan.c says so aloud. The same when a later round has no plan
   at all: its sizes and losses are those of the round before, and they do not fit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "optimise/clean.h"
#include "plan/internal.h"

static const double certificate_tolerance_ratio = 1e-6;
static const double rest_money_ratio = 1e-4; /* the objective between two rounds */
static const double rest_size_ratio =
    5e-4; /* money of the capacities that moved, of the objective */
static const double rest_feedback_ratio = 5e-3; /* losses between two rounds */
static const double rest_pump_ratio = 0.1;      /* pumping: a hundredth of what losses cost */
static const double same_size_ratio = 1e-9;
enum { MEAN_COST_ROUNDS = 2, UNDAMPED_ROUNDS = 5, STEPS_BACK_MAX = 2 };

/* What a round's coefficients were made from. */
struct inputs {
    double *size, *size2;
    struct feedback *feedback;
};

struct run {
    const struct plan_options *options;
    struct diag *diag;
    struct case_work *work;
    const char *words;
    double objective_before_money, best_money;
    int best_round, steps_back; /* best_round 0: none yet */
    bool fell_back;             /* told once */
    bool best_at_slope;         /* one at slope is better than any at mean cost */
    bool planned; /* a round had a plan: one without is the fault of its frozen coefficients */
    struct inputs used, best,
        last; /* of this round, of the cheapest, of the last that had a plan */
};

static bool tell_progress(struct run *run, const char *words) {
    return run->options && run->options->progress &&
           run->options->progress(run->options->data, words);
}

static bool solver_progress(void *data, long iterations_count, double objective_ratio) {
    struct run *run = data;
    (void)objective_ratio;
    struct arena *scratch = arena_new(1 << 16);
    const char *words =
        scratch ? arena_format(scratch, "%s, iteration %ld", run->words, iterations_count) : NULL;
    bool stop = tell_progress(run, words ? words : run->words);
    arena_free(scratch);
    return stop;
}

static enum status keep_outcome(struct case_work *work, const struct outcome *outcome,
                                const struct programme *p) {
    struct outcome *kept = &work->result->outcome;
    long columns = programme_columns(p), rows = programme_rows(p);
    double *x = kept->x ? kept->x : ARENA_TAKE(work->arena, double, columns);
    double *y = kept->y ? kept->y : ARENA_TAKE(work->arena, double, rows);
    unsigned char *basis =
        kept->basis ? kept->basis : ARENA_TAKE(work->arena, unsigned char, columns + rows);
    if (!x || !y || !basis) {
        return STATUS_NO_MEMORY;
    }
    *kept = *outcome;
    if (outcome->x && outcome->y) {
        memcpy(x, outcome->x, (size_t)columns * sizeof *x);
        memcpy(y, outcome->y, (size_t)rows * sizeof *y);
    }
    if (outcome->basis) {
        memcpy(basis, outcome->basis, (size_t)(columns + rows));
    }
    kept->x = x;
    kept->y = y;
    kept->solver = arena_text(work->arena, outcome->solver ? outcome->solver : "none");
    kept->ray = NULL;
    kept->basis = outcome->basis ? basis : NULL;
    return STATUS_OK;
}

static enum status no_optimum(struct run *run, const char *why) {
    struct place place = {run->work->scenario->file, 0, 0};
    diag_error(run->diag, place, "%s: the solver found no certified optimum (%s)",
               case_name(run->work->kind), why);
    diag_remedy(run->diag, "raise --iterations, or export the programme and try another solver");
    return STATUS_STALLED;
}

static enum status judge(struct run *run, const struct programme *programme,
                         const struct outcome *outcome, struct arena *round) {
    struct case_work *work = run->work;
    struct certificate certificate = {0};
    TRY(certificate_check(programme, outcome, certificate_tolerance_ratio, round, &certificate));
    certificate.worst = certificate.worst ? arena_text(work->arena, certificate.worst) : "";
    work->result->certificate = certificate;
    switch (outcome->kind) {
    case OUTCOME_OPTIMAL:
        break;
    case OUTCOME_INFEASIBLE:
        if (work->trial || run->planned) {
            return certificate.passed ? STATUS_INFEASIBLE
                                      : no_optimum(run, "infeasible, without a ray that proves it");
        }
        return case_explain_infeasible(work, solver_progress, run, run->diag);
    case OUTCOME_UNBOUNDED: {
        struct place place = {work->scenario->file, 0, 0};
        diag_error(run->diag, place, "%s: the cost has no lower bound (along %s)",
                   case_name(work->kind), certificate.worst);
        diag_remedy(
            run->diag,
            "something earns money without limit: look for a sale price above a purchase price");
        return STATUS_UNBOUNDED;
    }
    case OUTCOME_STALLED:
    case OUTCOME_LIMIT:
        return no_optimum(run, outcome_name(outcome->kind));
    }
    return certificate.passed ? STATUS_OK : no_optimum(run, "its answer fails the certificate");
}

static void tell_fallback(struct run *run, const char *solver) {
    struct place place = {run->work->scenario->file, 0, 0};
    diag_warning(run->diag, place, "%s, round %d: answered by %s", case_name(run->work->kind),
                 run->work->result->rounds_count, solver);
    diag_remedy(run->diag, "the plan is certified like any other, but took longer");
    run->fell_back = true;
}

/* One round: everything that belongs to it dies with its arena, but what the plan keeps. */
static enum status one_round(struct run *run, struct arena *round) {
    struct case_work *work = run->work;
    struct programme *programme = NULL;
    struct outcome outcome = {0};
    TRY(case_coefficients(work));
    TRY(case_assemble(work, round, false, &programme));
    struct solve_options options = {run->options ? run->options->iterations_limit : 0,
                                    work->result->outcome.basis ? &work->result->outcome : NULL,
                                    solver_progress, run};
    bool fell_back = false;
    TRY(plan_optimum(run->options, programme, &options, round, &outcome, &fell_back));
    if (fell_back && !run->fell_back) {
        tell_fallback(run, outcome.solver);
    }
    work->result->outcome.kind = outcome.kind;
    struct clean_report cleaned;
    TRY(clean_dispatch(programme, certificate_tolerance_ratio, &outcome, &cleaned));
    TRY(judge(run, programme, &outcome, round));
    TRY(keep_outcome(work, &outcome, programme));
    TRY(case_extract(work, programme));
    return case_simulate(work);
}

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
            rest = move_size(run, &work->size[i], flow->capacity, work->floor_size[i],
                             work->costs[i].unit_money) &&
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

/* Simulated cost of a round that may be the best one so far. One at slope is better than any at mean cost. */
static void keep_best(struct run *run) {
    struct case_plan *result = run->work->result;
    double simulated_money = result->objective_money + result->gap_money;
    bool at_slope = run->work->at_slope;
    if ((at_slope && !run->best_at_slope) || simulated_money < run->best_money) {
        run->best_at_slope = at_slope;
        run->best_money = simulated_money;
        run->best_round = result->rounds_count;
        copy_inputs(run->work, &run->used, &run->best);
    }
}

static enum status round_in_scratch(struct run *run) {
    struct inputs now = inputs_of(run->work);
    copy_inputs(run->work, &now, &run->used);
    run->work->result->at_slope = run->work->at_slope;
    run->words = arena_format(run->work->arena, "%s: round %d", case_name(run->work->kind),
                              run->work->result->rounds_count);
    if (tell_progress(run, run->words)) {
        return STATUS_CANCELLED;
    }
    struct arena *scratch = arena_new(0);
    enum status status = scratch ? one_round(run, scratch) : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}

/* A pipe's cost jumps from one diameter to the next: rest may be found above a round that was cheaper. */
static bool dearer_than_best(const struct run *run) {
    const struct case_plan *result = run->work->result;
    return run->best_at_slope && result->objective_money + result->gap_money - run->best_money >
                                     rest_money_ratio * fabs(result->objective_money);
}

static enum status best_again(struct run *run) {
    struct inputs now = inputs_of(run->work);
    copy_inputs(run->work, &run->best, &now);
    run->work->at_slope = run->best_at_slope;
    return round_in_scratch(run);
}

/* A pipe of next to nothing loses more than it carries, whatever the optimum would rather build: back half way, on the
   logarithm, to the sizes that had a plan. False where that is nowhere else than there. */
static bool step_back(struct run *run) {
    struct case_work *work = run->work;
    bool moved = false;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        work->size[i] = sqrt(work->size[i] * run->last.size[i]);
        work->size2[i] = sqrt(work->size2[i] * run->last.size2[i]);
        work->feedback[i] = run->last.feedback[i];
        moved = moved ||
                fabs(work->size[i] - run->last.size[i]) > same_size_ratio * work->size[i] ||
                fabs(work->size2[i] - run->last.size2[i]) > same_size_ratio * work->size2[i];
    }
    return moved;
}

/* Out of rounds: the cheapest one again, or the last that had a plan. */
static enum status end_without_rest(struct run *run, bool planned) {
    if (run->best_round > 0) {
        return run->best_round < run->work->result->rounds_count || !planned ? best_again(run)
                                                                             : STATUS_OK;
    }
    if (planned) {
        return STATUS_OK;
    }
    struct inputs now = inputs_of(run->work);
    copy_inputs(run->work, &run->last, &now);
    return round_in_scratch(run);
}

enum status case_solve_rounds(struct case_work *work, const struct plan_options *options,
                              struct diag *diag) {
    struct run run = {.options = options, .diag = diag, .work = work, .best_money = HUGE_VAL};
    struct case_plan *result = work->result;
    result->settled = false;
    TRY(take_inputs(work, &run.used));
    TRY(take_inputs(work, &run.best));
    TRY(take_inputs(work, &run.last));
    bool planned = false;
    for (int round = 1; round <= ROUNDS_MAX; round++) {
        result->rounds_count = round;
        enum status status = round_in_scratch(&run);
        planned = status == STATUS_OK;
        if (status == STATUS_INFEASIBLE && run.planned) {
            if (++run.steps_back > STEPS_BACK_MAX || !step_back(&run)) {
                break;
            }
            continue;
        }
        TRY(status);
        run.planned = true;
        copy_inputs(work, &run.used, &run.last);
        keep_best(&run);
        bool rest = move_sizes(&run);
        double change_money = fabs(result->objective_money - run.objective_before_money);
        rest = rest &&
               (round == 1 || change_money <= rest_money_ratio * fabs(run.objective_before_money));
        if (rest && (work->at_slope || !has_steps(&run))) {
            result->settled = true;
            return dearer_than_best(&run) ? best_again(&run) : STATUS_OK;
        }
        work->at_slope = work->at_slope || rest || round >= MEAN_COST_ROUNDS;
        run.objective_before_money = result->objective_money;
    }
    return end_without_rest(&run, planned);
}
