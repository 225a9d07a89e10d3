/* A plan like a parent's, as an answer while a hand is on the control: one programme per case, with the sizes, losses and
   pumping at which the parent came to rest, and built what the parent builds. Nothing is simulated: what that would move
   is for the full plan, which follows. The three cases are solved beside each other.

   Where the parent's choice of what to build does worse than apart, which together may do as well, nothing of it is built. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "plan/round.h"

static const double no_worse_ratio = 1e-7;

struct once {
    const struct plan_options *options;
    const struct plan *parent;
    const int *same; /* by instance: which of the parent's; -1: it is new */
    struct plan *plan;
    struct one_case {
        struct arena *arena;
        struct diag *diag;
        struct case_work *work;
        enum status status;
    } cases[CASES];
};

/* The same instance of the parent, or -1. */
static int find(const struct scenario *parent, const struct instance *instance) {
    for (int i = 0; i < parent->instances_count; i++) {
        if (strcmp(parent->instances[i].name, instance->name) == 0 &&
            parent->instances[i].kind == instance->kind) {
            return i;
        }
    }
    return -1;
}

static bool is_chosen(const struct instance *instance) {
    return instance->capacity.chosen || instance->capacity2.chosen;
}

/* The parent's plant over the same hours, but for what nobody chooses (computing that may wait): then sizes and losses of
   the one say something of the other. ret_same: by instance, which of the parent's. */
static bool is_alike(const struct scenario *scenario, const struct plan *parent, int *ret_same) {
    const struct scenario *other = parent->scenario;
    bool alike = parent->depth == PLAN_FULL && scenario->calendar.days == other->calendar.days &&
                 scenario->calendar.steps_per_day == other->calendar.steps_per_day;
    for (int i = 0; alike && i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        ret_same[i] = find(other, instance);
        alike = ret_same[i] >= 0 || !is_chosen(instance);
    }
    for (int i = 0; alike && i < other->instances_count; i++) {
        alike = !is_chosen(&other->instances[i]) || find(scenario, &other->instances[i]) >= 0;
    }
    for (int k = 0; alike && k < CASES; k++) {
        alike = parent->cases[k].solved;
    }
    return alike;
}

/* A series of the parent's pipes, by the weeks of this plan. */
static enum status take_pipes(const struct case_work *work, const double *from_value,
                              const double **ret) {
    double *own = from_value ? ARENA_TAKE(work->arena, double, work->design_days_from) : NULL;
    *ret = own;
    for (int t = 0; own && t < work->design_days_from; t++) {
        own[t] = from_value[work->typical ? work->typical->source[t] : t];
    }
    return from_value && !own ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status begin_as(struct case_work *work, const struct case_plan *parent,
                            const int *same) {
    work->at_slope = parent->at_slope;
    work->width_held = parent->width_held;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct flow *flow = same[i] < 0 ? NULL : &parent->flow[same[i]];
        struct feedback *feedback = &work->feedback[i];
        if (!flow || !flow->included) {
            continue;
        }
        work->size[i] = work->scenario->instances[i].capacity.chosen ? flow->size : work->size[i];
        work->size2[i] =
            work->scenario->instances[i].capacity2.chosen ? flow->size2 : work->size2[i];
        feedback->standing_ratio = flow->standing_ratio;
        feedback->pump_ratio = flow->pump_ratio;
        TRY(take_pipes(work, flow->pipes.loss_kw, &feedback->pipes.loss_kw));
        TRY(take_pipes(work, flow->pipes.pump_kw_kw, &feedback->pipes.pump_kw_kw));
        TRY(take_pipes(work, flow->pipes.return_c, &feedback->pipes.return_c));
        TRY(take_pipes(work, flow->pipes.arrives_c, &feedback->pipes.arrives_c));
        if (case_is_choice(work, i)) {
            work->build[i] = flow->capacity > work->floor_size[i] ? BUILD_YES : BUILD_NO;
        }
    }
    return STATUS_OK;
}

static enum status solve_round(const struct once *once, struct one_case *one) {
    struct case_work *work = one->work;
    struct plan_options options = {.iterations_limit = 0};
    if (once->options) {
        options = *once->options;
    }
    if (work->kind != CASE_TOGETHER) {
        options.progress = NULL; /* one thread talks */
    }
    struct round round = {.options = &options, .diag = one->diag, .work = work};
    work->result->rounds_count++;
    TRY(round_solve(&round));
    TRY(plan_is_stopped(&options) ? STATUS_CANCELLED : STATUS_OK);
    if (work->typical) { /* certified; every hour of its year is one of few, and none is yet the year's */
        work->result->solved = work->result->certificate.passed;
        work->result->audit.balance_residual_ratio = work->result->audit.objective_residual_ratio =
            (double)NAN;
        return STATUS_OK;
    }
    TRY(case_audit(work, true));
    if (!work->result->audit.passed) { /* as it was solved it is too rough */
        TRY(round_finish(&round));
        TRY(case_audit(work, true));
    }
    work->result->solved = work->result->audit.passed;
    return work->result->solved ? STATUS_OK : STATUS_AUDIT_FAILED;
}

static enum status begin_case(struct once *once, int kind, struct case_plan *result) {
    struct one_case *one = &once->cases[kind];
    const struct plan *plan = once->plan;
    TRY(case_begin(plan->scenario, plan->pipes, plan->hours, (enum plan_case)kind, one->arena,
                   result, &one->work));
    one->work->typical = plan->typical;
    one->work->few = plan->few;
    one->work->parent = &once->parent->cases[kind];
    one->work->near =
        once->options && once->options->near ? &once->options->near->cases[kind] : NULL;
    one->work->once = true;
    one->work->trial = true; /* why there is none is told by the full plan */
    return case_is_empty(one->work) ? case_set_empty(one->work)
                                    : begin_as(one->work, one->work->parent, once->same);
}

static enum status solve_case(struct once *once, int kind) {
    struct one_case *one = &once->cases[kind];
    one->arena = arena_new(0);
    one->diag = one->arena ? diag_new(one->arena) : NULL;
    if (!one->diag) {
        return STATUS_NO_MEMORY;
    }
    TRY(begin_case(once, kind, &once->plan->cases[kind]));
    return case_is_empty(one->work) ? STATUS_OK : solve_round(once, one);
}

/* Together, which takes longest, is begun first. */
static void solve_one(void *data, int index) {
    struct once *once = data;
    int kind = CASES - 1 - index;
    once->cases[kind].status = solve_case(once, kind);
}

/* Nothing of what is built at once; true when it was. */
static bool build_nothing(struct case_work *work) {
    bool any = false;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        if (case_is_choice(work, i)) {
            any = any || work->build[i] != BUILD_NO;
            work->build[i] = BUILD_NO;
        }
    }
    return any;
}

static enum status no_worse_than_apart(struct once *once) {
    const struct case_plan *apart = &once->plan->cases[CASE_APART];
    struct one_case *one = &once->cases[CASE_TOGETHER];
    struct case_plan *together = &once->plan->cases[CASE_TOGETHER];
    bool free = once->plan->scenario->requirements_count == 0 && apart->solved &&
                !case_is_empty(one->work) &&
                (one->status == STATUS_OK || one->status == STATUS_INFEASIBLE);
    bool worse =
        one->status == STATUS_INFEASIBLE || together->objective_money - apart->objective_money >
                                                no_worse_ratio * fabs(apart->objective_money);
    if (!free || !worse) {
        return one->status;
    }
    struct case_plan *nothing = ARENA_TAKE(one->arena, struct case_plan, 1);
    TRY(nothing ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(begin_case(once, CASE_TOGETHER, nothing));
    case_begin_again(one->work, apart);
    if (!build_nothing(one->work)) {
        return one->status;
    }
    enum status status = solve_round(once, one);
    bool better = one->status != STATUS_OK || nothing->objective_money < together->objective_money;
    if (status == STATUS_OK && better) {
        *together = *nothing;
        one->status = STATUS_OK;
    }
    return one->status;
}

static enum status gather(struct once *once, struct arena *arena, struct diag *diag) {
    enum status status = STATUS_OK;
    if (once->cases[CASE_TOGETHER].work) {
        once->cases[CASE_TOGETHER].status = no_worse_than_apart(once);
    }
    for (int k = 0; k < CASES; k++) {
        struct one_case *one = &once->cases[k];
        status = status == STATUS_OK ? one->status : status;
        if (one->diag) {
            diag_append(diag, one->diag);
        }
        if (one->arena) {
            arena_join(arena, one->arena);
        }
    }
    return status;
}

enum status plan_solve_like(const struct scenario *scenario, const struct plan *parent,
                            const struct plan_options *options, struct arena *arena,
                            struct diag *diag, struct plan **ret) {
    int *same = ARENA_TAKE(arena, int, scenario->instances_count);
    TRY(same ? STATUS_OK : STATUS_NO_MEMORY);
    if (!is_alike(scenario, parent, same)) {
        int weeks = options ? options->typical_weeks : 0;
        bool typical = weeks > 0 && scenario->calendar.days / TYPICAL_WEEK_DAYS > weeks;
        return typical ? plan_solve(scenario, options, arena, diag, ret) : STATUS_USAGE;
    }
    struct plan *plan = ARENA_TAKE(arena, struct plan, 1);
    if (!plan) {
        return STATUS_NO_MEMORY;
    }
    *ret = plan;
    bool few = !(options && options->written_out);
    TRY(plan_take_hours(plan, scenario, options, few, arena));
    plan->depth = plan->typical ? PLAN_TYPICAL : PLAN_EXACT;
    TRY(plan_pipes(plan->scenario, plan->hours, arena, diag, &plan->pipes));
    struct once once = {.options = options, .parent = parent, .same = same, .plan = plan};
    enum status status = parallel_for(0, CASES, solve_one, &once);
    enum status found = gather(&once, arena, diag);
    TRY(status);
    TRY(found);
    TRY(plan_screen(plan, arena));
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
