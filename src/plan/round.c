/* One round: coefficients -> programme -> optimum -> judgement -> plan -> simulation. What belongs to it alone dies with
   its arena. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/round.h"

#include <string.h>

#include "optimise/clean.h"

static const double certificate_tolerance_ratio = 1e-6;

static bool tell_progress(struct round *round, const char *words) {
    return round->options && round->options->progress &&
           round->options->progress(round->options->data, words);
}

static bool solver_progress(void *data, long iterations_count, double objective_ratio) {
    struct round *round = data;
    (void)objective_ratio;
    if (plan_is_stopped(round->options)) {
        return true;
    }
    if (!round->options || !round->options->progress) {
        return false;
    }
    struct arena *scratch = arena_new(1 << 16);
    const char *words =
        scratch ? arena_format(scratch, "%s, iteration %ld", round->words, iterations_count) : NULL;
    bool stop = tell_progress(round, words ? words : round->words);
    arena_free(scratch);
    return stop;
}

/* Between two steps of a round. */
static enum status go_on(const struct round *round) {
    return plan_is_stopped(round->options) ? STATUS_CANCELLED : STATUS_OK;
}

static enum status keep_outcome(struct case_work *work, const struct outcome *outcome,
                                const struct programme *p) {
    struct outcome *kept = &work->result->outcome;
    long columns = programme_columns(p), rows = programme_rows(p);
    bool alike = work->result->columns_count == columns && work->result->rows_count == rows;
    double *x = alike && kept->x ? kept->x : ARENA_TAKE(work->arena, double, columns);
    double *y = alike && kept->y ? kept->y : ARENA_TAKE(work->arena, double, rows);
    unsigned char *basis = alike ? kept->basis : NULL;
    if (!basis && outcome->basis) {
        basis = ARENA_TAKE(work->arena, unsigned char, columns + rows);
    }
    if (!x || !y || (outcome->basis && !basis)) {
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

enum status round_explain(struct round *round) {
    struct case_work *work = round->work;
    round->words = arena_format(work->arena, "%s: why there is no plan", case_name(work->kind));
    TRY(case_coefficients(work));
    enum status status =
        case_explain_infeasible(work, round->options, solver_progress, round, round->diag);
    work->result->outcome.kind =
        status == STATUS_INFEASIBLE ? OUTCOME_INFEASIBLE : work->result->outcome.kind;
    return status;
}

static enum status no_optimum(struct round *round, const char *why) {
    struct place place = {round->work->scenario->file, 0, 0};
    if (round->may_fail || (round->planned && round->work->width_held)) {
        return STATUS_STALLED; /* a width is tried: the plan before it stands */
    }
    diag_error(round->diag, place, "%s: the solver found no certified optimum (%s)",
               case_name(round->work->kind), why);
    diag_remedy(round->diag, "raise --iterations, or export the programme and try another solver");
    return STATUS_STALLED;
}

/* Is it worth a word that there is no plan? Not of a trial, nor where another round had one, or may have. */
static bool is_explained(const struct round *round) {
    return !round->work->trial && !round->planned && !round->may_fail;
}

static enum status no_plan(struct round *round) {
    round->work->result->outcome.kind = OUTCOME_INFEASIBLE;
    return is_explained(round) ? round_explain(round) : STATUS_INFEASIBLE;
}

/* The solver went nowhere. Perhaps there is nowhere to go: the elastic programme always has an optimum, and where that
   misses something there is no plan. */
static enum status find_out(struct round *round, const char *why) {
    enum status status = STATUS_STALLED;
    int told = diag_count(round->diag);
    if (is_explained(round)) {
        status = round_explain(round);
    }
    return status != STATUS_STALLED || diag_count(round->diag) > told ? status
                                                                      : no_optimum(round, why);
}

static enum status judge(struct round *round, const struct programme *programme,
                         const struct outcome *outcome, struct arena *scratch) {
    struct case_work *work = round->work;
    struct certificate certificate = {0};
    TRY(certificate_check(programme, outcome, certificate_tolerance_ratio, scratch, &certificate));
    certificate.worst = certificate.worst ? arena_text(work->arena, certificate.worst) : "";
    work->result->certificate = certificate;
    switch (outcome->kind) {
    case OUTCOME_OPTIMAL:
        break;
    case OUTCOME_INFEASIBLE:
        return certificate.passed ? no_plan(round)
                                  : find_out(round, "infeasible, without a ray that proves it");
    case OUTCOME_UNBOUNDED: {
        struct place place = {work->scenario->file, 0, 0};
        diag_error(round->diag, place, "%s: the cost has no lower bound (along %s)",
                   case_name(work->kind), certificate.worst);
        diag_remedy(
            round->diag,
            "something earns money without limit: look for a sale price above a purchase price");
        return STATUS_UNBOUNDED;
    }
    case OUTCOME_STALLED:
        return find_out(round, outcome_name(outcome->kind));
    case OUTCOME_LIMIT:
        return no_optimum(round, outcome_name(outcome->kind));
    }
    return certificate.passed ? STATUS_OK : no_optimum(round, "its answer fails the certificate");
}

static void tell_fallback(struct round *round, const char *solver) {
    struct place place = {round->work->scenario->file, 0, 0};
    diag_warning(round->diag, place, "%s, round %d: answered by %s", case_name(round->work->kind),
                 round->work->result->rounds_count, solver);
    diag_remedy(round->diag, "the plan is certified like any other, but took longer");
    round->fell_back = true;
}

/* Where a round begins: at the round before it; the first at what is near, or at the case's parent; if that has the
   programme's shape. */
static bool is_alike(const struct case_plan *from, const struct programme *p) {
    return from && from->outcome.x && from->columns_count == programme_columns(p) &&
           from->rows_count == programme_rows(p);
}

static const struct outcome *warm_of(const struct round *round, const struct programme *p) {
    const struct case_work *work = round->work;
    const struct case_plan *from = round->before                                   ? round->before
                                   : is_alike(work->near, p) && work->near->solved ? work->near
                                                                                   : work->parent;
    return is_alike(from, p) && (round->before || from->outcome.kind == OUTCOME_OPTIMAL)
               ? &from->outcome
               : NULL;
}

/* The optimum as the case's plan, and what the physics says of it. */
static enum status take(struct round *round, const struct programme *programme,
                        const struct outcome *outcome) {
    TRY(go_on(round));
    TRY(keep_outcome(round->work, outcome, programme));
    TRY(case_extract(round->work, programme));
    TRY(go_on(round));
    return round->work->once ? STATUS_OK : case_simulate(round->work);
}

static bool is_stopped(void *data) {
    const struct round *round = data;
    return plan_is_stopped(round->options);
}

static enum status clean_and_take(struct round *round, const struct programme *programme,
                                  struct outcome *outcome, struct arena *scratch) {
    struct clean_report cleaned;
    TRY(clean_dispatch_until(programme, certificate_tolerance_ratio, is_stopped, round, outcome,
                             &cleaned));
    TRY(judge(round, programme, outcome, scratch));
    return take(round, programme, outcome);
}

/* A quick answer is not told hour by hour: it is cleaned only where its certificate asks for that. */
static enum status take_once(struct round *round, const struct programme *programme,
                             struct outcome *outcome, struct arena *scratch) {
    struct round quiet = *round;
    quiet.may_fail = true;
    enum status status = outcome->kind == OUTCOME_OPTIMAL
                             ? judge(&quiet, programme, outcome, scratch)
                             : STATUS_STALLED;
    if (status == STATUS_STALLED) {
        return clean_and_take(round, programme, outcome, scratch);
    }
    TRY(status);
    return take(round, programme, outcome);
}

static enum status solve(struct round *round, const struct programme *programme,
                         struct arena *scratch, struct outcome *ret) {
    struct case_work *work = round->work;
    struct solve_options options = {.iterations_limit =
                                        round->options ? round->options->iterations_limit : 0,
                                    .warm = warm_of(round, programme),
                                    .progress = solver_progress,
                                    .data = round};
    bool fell_back = false;
    TRY(plan_optimum(round->options, programme, &options, scratch, ret, &fell_back));
    if (fell_back && !round->fell_back) {
        tell_fallback(round, ret->solver);
    }
    work->result->outcome.kind = ret->kind;
    return go_on(round);
}

/* Cleaned and judged is what was solved, in every round: what it is spread over is no programme's optimum. */
static enum status typical_round(struct round *round, const struct programme *programme,
                                 struct arena *scratch) {
    struct typical_programme *typical = NULL;
    struct outcome reduced = {0}, outcome = {0};
    struct clean_report cleaned;
    TRY(typical_reduced_programme(round->work, programme, scratch, &typical));
    TRY(solve(round, typical_reduced(typical), scratch, &reduced));
    if (!round->work->once) { /* a quick answer is not told hour by hour */
        TRY(clean_dispatch(typical_reduced(typical), certificate_tolerance_ratio, &reduced,
                           &cleaned));
    }
    TRY(judge(round, typical_reduced(typical), &reduced, scratch));
    TRY(typical_expand(typical, &reduced, scratch, &outcome));
    return take(round, programme, &outcome);
}

static enum status one_round(struct round *round, struct arena *scratch) {
    struct case_work *work = round->work;
    struct programme *programme = NULL;
    struct outcome outcome = {0};
    TRY(case_coefficients(work));
    TRY(go_on(round));
    TRY(case_assemble(work, scratch, false, &programme));
    TRY(go_on(round));
    if (work->typical) {
        return typical_round(round, programme, scratch);
    }
    TRY(solve(round, programme, scratch, &outcome));
    if (work->once) {
        return take_once(round, programme, &outcome, scratch);
    }
    return round->draft && outcome.kind == OUTCOME_OPTIMAL
               ? take(round, programme, &outcome)
               : clean_and_take(round, programme, &outcome, scratch);
}

static double *copy_of(struct arena *arena, const double *values, long count) {
    double *copy = ARENA_TAKE(arena, double, count);
    return copy ? memcpy(copy, values, (size_t)count * sizeof *copy) : NULL;
}

static enum status finish(struct round *round, struct arena *scratch) {
    struct case_work *work = round->work;
    struct programme *programme = NULL;
    struct outcome outcome = work->result->outcome;
    TRY(case_coefficients(work));
    TRY(case_assemble(work, scratch, false, &programme));
    outcome.x = copy_of(scratch, outcome.x, programme_columns(programme));
    outcome.y = copy_of(scratch, outcome.y, programme_rows(programme));
    TRY(outcome.x && outcome.y ? STATUS_OK : STATUS_NO_MEMORY);
    outcome.basis = NULL; /* the next one begins elsewhere */
    return clean_and_take(round, programme, &outcome, scratch);
}

static enum status with_scratch(struct round *round,
                                enum status (*work)(struct round *, struct arena *)) {
    struct arena *scratch = arena_new(0);
    enum status status = scratch ? work(round, scratch) : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}

enum status round_finish(struct round *round) {
    return round->work->typical ? STATUS_OK : with_scratch(round, finish);
}

enum status round_solve(struct round *round) {
    struct case_work *work = round->work;
    work->result->at_slope = work->at_slope;
    work->result->width_held = work->width_held;
    round->words =
        arena_format(work->arena, "%s: %s %d", case_name(work->kind),
                     round->step_word ? round->step_word : "round", work->result->rounds_count);
    if (tell_progress(round, round->words)) {
        return STATUS_CANCELLED;
    }
    return with_scratch(round, one_round);
}

enum status round_misses(struct round *round, bool *ret) {
    TRY(case_coefficients(round->work));
    return case_misses(round->work, round->options, solver_progress, round, ret);
}
