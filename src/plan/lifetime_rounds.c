/* Rounds of a window: coefficients of every stage -> one programme -> optimum -> every stage's plan and simulation, until
   sizes, losses and cost no longer move. The first round sees the mean cost of the first guesses, later ones the slope at the
   sizes of the round before (rounds.c says why). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "optimise/clean.h"
#include "plan/lifetime_window.h"

static const double certificate_tolerance_ratio = 1e-6;
static const double rest_money_ratio = 1e-4; /* of the cost between two rounds */
static const double rest_feedback_ratio = 5e-3;
enum { SLOPE_ROUNDS_LEAST = 2 };

/* ---- begin ---- */

enum status window_begin(struct window *window) {
    struct lifetime *life = window->life;
    for (int k = window->first; k <= window->last; k++) {
        struct plan *plan = life->plan[k];
        struct case_plan *result = window->trial ? ARENA_TAKE(window->arena, struct case_plan, 1)
                                                 : &plan->cases[window->kind];
        if (!result) {
            return STATUS_NO_MEMORY;
        }
        TRY(case_begin(plan->scenario, plan->pipes, plan->hours, window->kind, window->arena,
                       result, &window->work[k]));
        if (case_is_empty(window->work[k])) {
            TRY(case_set_empty(window->work[k]));
            window->work[k] = NULL;
            continue;
        }
        window->work[k]->weight_ratio = life->weight_year[k] / plan->scenario->year_frac;
        window->work[k]->trial = true;
    }
    return STATUS_OK;
}

/* ---- one round ---- */

static bool solver_progress(void *data, long iterations_count, double objective_ratio) {
    struct window *window = data;
    (void)objective_ratio;
    struct arena *scratch = arena_new(1 << 12);
    const char *words =
        scratch ? arena_format(scratch, "%s over the life: round %d, iteration %ld",
                               case_name(window->kind), window->rounds, iterations_count)
                : NULL;
    bool stop = words && window->options && window->options->progress &&
                window->options->progress(window->options->data, words);
    arena_free(scratch);
    return stop;
}

static enum status keep_outcome(struct window *window, const struct programme *programme,
                                const struct outcome *outcome) {
    long columns = programme_columns(programme), rows = programme_rows(programme);
    struct outcome *kept = &window->outcome;
    double *x = kept->x ? kept->x : ARENA_TAKE(window->arena, double, columns);
    double *y = kept->y ? kept->y : ARENA_TAKE(window->arena, double, rows);
    if (!x || !y) {
        return STATUS_NO_MEMORY;
    }
    memcpy(x, outcome->x, (size_t)columns * sizeof *x);
    memcpy(y, outcome->y, (size_t)rows * sizeof *y);
    *kept = *outcome;
    kept->x = x;
    kept->y = y;
    kept->ray = NULL;
    kept->basis = NULL;
    kept->solver = arena_text(window->arena, outcome->solver);
    window->result->columns_count = columns;
    window->result->rows_count = rows;
    return kept->solver ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Capacity that is kept can always be built: where all stages together have no plan, one of them has none. */
static enum status explain(struct window *window) {
    enum status status = STATUS_STALLED;
    for (int k = window->first; k <= window->last && status == STATUS_STALLED; k++) {
        struct case_work *work = window->work[k];
        if (work) {
            work->weight_ratio = 1.0;
            status = case_explain_infeasible(work, window->options, solver_progress, window,
                                             window->diag);
        }
        if (status == STATUS_INFEASIBLE) {
            diag_note(window->diag, window->life->stages->place, "%s: that is the stage of %d",
                      case_name(window->kind), window->life->stages->year[k]);
        }
    }
    return status;
}

static enum status no_optimum(struct window *window, const char *why) {
    diag_error(window->diag, window->life->stages->place,
               "%s over the life: the solver found no certified optimum (%s)",
               case_name(window->kind), why);
    diag_remedy(window->diag, "raise --iterations, or plan fewer stages");
    return STATUS_STALLED;
}

static enum status judge(struct window *window, const struct programme *programme,
                         const struct outcome *outcome, struct arena *scratch) {
    struct certificate certificate = {0};
    TRY(certificate_check(programme, outcome, certificate_tolerance_ratio, scratch, &certificate));
    if (outcome->kind == OUTCOME_OPTIMAL && certificate.passed) {
        window->result->bound_money = certificate.bound_ratio;
        certificate.worst = arena_text(window->arena, certificate.worst ? certificate.worst : "");
        for (int k = window->first; k <= window->last; k++) {
            if (window->work[k]) {
                window->work[k]->result->certificate = certificate;
            }
        }
        return certificate.worst ? STATUS_OK : STATUS_NO_MEMORY;
    }
    if (outcome->kind == OUTCOME_UNBOUNDED) {
        diag_error(window->diag, window->life->stages->place,
                   "%s over the life: the cost has no lower bound", case_name(window->kind));
        diag_remedy(window->diag, "something earns money without limit");
        return STATUS_UNBOUNDED;
    }
    bool none = outcome->kind == OUTCOME_INFEASIBLE || outcome->kind == OUTCOME_STALLED;
    if (window->trial) {
        return outcome->kind == OUTCOME_LIMIT ? STATUS_STALLED : STATUS_INFEASIBLE;
    }
    enum status status = none ? explain(window) : STATUS_STALLED;
    return status == STATUS_STALLED ? no_optimum(window, outcome_name(outcome->kind)) : status;
}

/* Every stage becomes a year of its own, with its own cost. */
static enum status extract(struct window *window, const struct programme *programme) {
    double gap_money = 0.0;
    for (int k = window->first; k <= window->last; k++) {
        struct case_work *work = window->work[k];
        if (!work) {
            continue;
        }
        work->result->outcome = window->outcome;
        TRY(case_extract(work, programme));
        TRY(case_simulate(work));
        work->result->objective_money = case_tallied_money(work);
        work->result->outcome.x = work->result->outcome.y = NULL;
        work->result->outcome.objective_ratio = work->result->objective_money;
        gap_money += work->weight_ratio * work->result->gap_money;
    }
    window->simulated_money = gap_money;
    return STATUS_OK;
}

static enum status one_round(struct window *window, struct arena *scratch) {
    struct programme *programme = NULL;
    struct outcome outcome = {0};
    struct clean_report cleaned;
    bool fell_back = false;
    int(*build)[STAGES_MAX] = arena_take(scratch, window->result->assets_count + 1, sizeof *build);
    if (!build) {
        return STATUS_NO_MEMORY;
    }
    for (int k = window->first; k <= window->last; k++) {
        if (window->work[k]) {
            TRY(case_coefficients(window->work[k]));
        }
    }
    TRY(window_assemble(window, scratch, &programme, build));
    struct solve_options solve = {.iterations_limit =
                                      window->options ? window->options->iterations_limit : 0,
                                  .warm = window->outcome.x ? &window->outcome : NULL,
                                  .progress = solver_progress,
                                  .data = window};
    TRY(plan_optimum(window->options, programme, &solve, scratch, &outcome, &fell_back));
    TRY(clean_dispatch(programme, certificate_tolerance_ratio, &outcome, &cleaned));
    TRY(judge(window, programme, &outcome, scratch));
    TRY(keep_outcome(window, programme, &outcome));
    TRY(extract(window, programme));
    double relaxed_money = 0.0;
    for (int k = window->first; k <= window->last; k++) {
        relaxed_money += window->work[k]
                             ? window->work[k]->weight_ratio * case_relaxed_money(window->work[k])
                             : 0.0;
    }
    window_take_built(window, (const int(*)[STAGES_MAX])build);
    window->simulated_money += outcome.objective_ratio + relaxed_money;
    return STATUS_OK;
}

/* ---- to rest ---- */

/* The sizes of the next round; true where losses stayed as they were. */
static bool move(struct case_work *work) {
    bool still = true;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct instance *instance = &work->scenario->instances[i];
        const struct flow *flow = &work->result->flow[i];
        if (!flow->included) {
            continue;
        }
        if (instance->capacity.chosen && work->build[i] != BUILD_NO) {
            work->size[i] = fmax(flow->capacity, work->floor_size[i]);
        }
        if (instance->capacity2.chosen) {
            work->size2[i] = flow->capacity2;
        }
        still = still && fabs(work->feedback[i].standing_ratio - flow->standing_ratio) <=
                             rest_feedback_ratio;
    }
    return still;
}

enum status window_solve(struct window *window, int rounds_most) {
    double before_money = HUGE_VAL;
    int slope_rounds = 0;
    window->settled = false;
    for (int round = 0; round < rounds_most && !window->settled; round++) {
        struct arena *scratch = arena_new(0);
        bool still = true;
        window->rounds++;
        enum status status = scratch ? one_round(window, scratch) : STATUS_NO_MEMORY;
        arena_free(scratch);
        TRY(status);
        for (int k = window->first; k <= window->last; k++) {
            struct case_work *work = window->work[k];
            if (work) {
                work->result->at_slope = work->at_slope;
                work->result->rounds_count = window->rounds;
                slope_rounds += k == window->last && work->at_slope;
                still = (round + 1 == rounds_most || move(work)) && still;
                work->at_slope = true;
            }
        }
        double moved_money = fabs(window->simulated_money - before_money);
        window->settled = slope_rounds >= SLOPE_ROUNDS_LEAST && still &&
                          moved_money <= rest_money_ratio * fabs(window->simulated_money);
        before_money = window->simulated_money;
    }
    return STATUS_OK;
}
