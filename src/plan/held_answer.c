/* Answers of the plan held: an optimum and its certificate, what it says of every measure, and a whole plan of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "optimise/clean.h"
#include "plan/held_internal.h"

static const double certificate_tolerance_ratio = 1e-6;
static const double built_ratio = 1e-6; /* of the size: less is not built */

static void *copy_of(struct arena *arena, const void *from, size_t size) {
    char *copy = arena_take(arena, 1, size > 0 ? size : 1);
    return copy && size > 0 ? memcpy(copy, from, size) : copy;
}

/* What one unit less of the limited figure costs. */
static double limit_price_money(const struct held *held, const struct held_question *question,
                                const struct held_asked *asked, const double *y) {
    int block = held->work->block;
    double sum_money = 0.0;
    if (held->measures[question->limited].index != FIGURE_PEAK) {
        return -y[programme_at_sum(asked->programme, block, asked->limit.row, 0)];
    }
    for (int t = 0; t < held->work->design_days_from; t++) {
        sum_money -= y[programme_at_row(asked->programme, block, asked->limit.row, t)];
    }
    return sum_money;
}

static enum status take_values(const struct held *held, const struct programme *of, const double *x,
                               struct arena *arena, struct held_answer *ret) {
    ret->value = ARENA_TAKE(arena, double, held->measures_count);
    ret->use = ARENA_TAKE(arena, struct held_use, held->measures_count);
    if (!ret->value || !ret->use) {
        return STATUS_NO_MEMORY;
    }
    ret->value[HELD_COST] = held_cost_money(held, of, x);
    for (int m = 1; m < held->measures_count; m++) {
        const struct measure *it = &held->measures[m];
        ret->value[m] = it->kind == MEASURE_CAPACITY
                            ? x[it->column]
                            : held_figure_value(held, (enum held_figure)it->index, of, x);
        TRY(held_use_of(held, m, of, x, arena, &ret->use[m]));
    }
    return STATUS_OK;
}

/* clean: values that are as good as a bound become it. */
static enum status answer(const struct held *held, const struct held_question *question, bool clean,
                          struct arena *arena, struct held_asked *ret_asked,
                          struct outcome *ret_outcome, struct held_answer *ret) {
    struct clean_report cleaned;
    struct solve_options solve = {.iterations_limit =
                                      held->options ? held->options->iterations_limit : 0};
    bool fell_back = false;
    *ret = (struct held_answer){.limit_price_money = (double)NAN,
                                .objective_money = (double)NAN,
                                .simulated_money = (double)NAN};
    TRY(held_programme(held, question, arena, ret_asked));
    const struct programme *programme = ret_asked->programme;
    TRY(plan_optimum(held->options, programme, &solve, arena, ret_outcome, &fell_back));
    ret->outcome = ret_outcome->kind;
    if (ret_outcome->kind != OUTCOME_OPTIMAL) {
        return STATUS_OK;
    }
    if (clean) {
        TRY(clean_dispatch(programme, certificate_tolerance_ratio, ret_outcome, &cleaned));
    }
    TRY(certificate_check(programme, ret_outcome, certificate_tolerance_ratio, arena,
                          &ret->certificate));
    ret->proven = ret->certificate.passed;
    ret->limit_price_money = question->limited >= 0
                                 ? limit_price_money(held, question, ret_asked, ret_outcome->y)
                             : question->aim > HELD_COST ? question->aim_price_money
                                                         : (double)NAN;
    return take_values(held, programme, ret_outcome->x, arena, ret);
}

/* What outlives the scratch of its question. */
static enum status keep_answer(const struct held *held, struct arena *arena,
                               struct held_answer *answer) {
    const char *worst = answer->audit.balance_worst;
    answer->certificate.worst =
        arena_text(arena, answer->certificate.worst ? answer->certificate.worst : "");
    answer->audit.balance_worst = arena_text(arena, worst ? worst : "");
    answer->audit.price_worst = "";
    if (answer->value) {
        size_t count = (size_t)held->measures_count;
        answer->value = copy_of(arena, answer->value, count * sizeof *answer->value);
        answer->use = copy_of(arena, answer->use, count * sizeof *answer->use);
    }
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- points ---- */

static double aim_value(const struct held *held, const struct held_question *question,
                        const struct programme *of, const double *x) {
    double sum = 0.0;
    for (int m = 1; question->aim == HELD_DIRECTION && m < held->measures_count; m++) {
        const struct measure *it = &held->measures[m];
        sum += it->kind == MEASURE_CAPACITY ? question->weight_ratio[m] * x[it->column] : 0.0;
    }
    if (question->aim == HELD_DIRECTION) {
        return sum;
    }
    const struct measure *it = &held->measures[question->aim];
    return it->kind == MEASURE_COST ? held_cost_money(held, of, x)
           : it->kind == MEASURE_CAPACITY
               ? x[it->column]
               : held_figure_value(held, (enum held_figure)it->index, of, x);
}

double held_point_value(const struct held *held, const struct held_question *question,
                        const struct held_point *point) {
    return aim_value(held, question, held->programme, point->x);
}

/* The plan's columns of a question's, which has design columns more. */
static double *own_columns(const struct held *held, const struct programme *of, const double *x,
                           struct arena *arena) {
    long columns = programme_columns(held->programme);
    int designs = held->programme->designs_count;
    double *own = ARENA_TAKE(arena, double, columns);
    if (own) {
        memcpy(own, x, (size_t)designs * sizeof *own);
        memcpy(own + designs, x + of->designs_count, (size_t)(columns - designs) * sizeof *own);
    }
    return own;
}

static bool is_alike(const struct held_point *point, const struct programme *programme) {
    return point && point->solved.x && point->columns_count == programme_columns(programme) &&
           point->rows_count == programme_rows(programme);
}

static enum status keep_solved(const struct held *held, const struct programme *of,
                               const struct outcome *outcome, struct arena *arena,
                               struct held_point *ret) {
    ret->columns_count = programme_columns(of);
    ret->rows_count = programme_rows(of);
    ret->solved =
        (struct outcome){.kind = outcome->kind, .iterations_count = outcome->iterations_count};
    ret->solved.x = copy_of(arena, outcome->x, (size_t)ret->columns_count * sizeof *outcome->x);
    ret->solved.y = copy_of(arena, outcome->y, (size_t)ret->rows_count * sizeof *outcome->y);
    ret->x = own_columns(held, of, outcome->x, arena);
    return ret->solved.x && ret->solved.y && ret->x ? STATUS_OK : STATUS_NO_MEMORY;
}

/* A solve that stalled near its optimum: its rows hold, and so do the signs of its prices. */
static bool is_plan_and_bound(const struct outcome *outcome, const struct certificate *it) {
    return outcome->kind == OUTCOME_STALLED && outcome->x && outcome->y &&
           it->primal_residual_ratio <= certificate_tolerance_ratio &&
           it->dual_residual_ratio <= certificate_tolerance_ratio && isfinite(it->bound_ratio);
}

static enum status point(const struct held *held, const struct held_question *question,
                         const struct held_point *warm, struct arena *scratch, struct arena *arena,
                         struct held_point *ret) {
    struct held_asked asked = {0};
    struct outcome outcome = {0};
    bool fell_back = false;
    struct solve_options solve = {.iterations_limit =
                                      held->options ? held->options->iterations_limit : 0};
    TRY(held_programme(held, question, scratch, &asked));
    const struct programme *of = asked.programme;
    solve.warm = is_alike(warm, of) ? &warm->solved : NULL;
    solve.no_reason = question->no_reason;
    TRY(plan_optimum(held->options, of, &solve, scratch, &outcome, &fell_back));
    TRY(certificate_check(of, &outcome, certificate_tolerance_ratio, scratch, &ret->certificate));
    ret->certificate.worst = "";
    ret->outcome = ret->certificate.passed ? outcome.kind : OUTCOME_STALLED;
    ret->proven = ret->outcome == OUTCOME_OPTIMAL || is_plan_and_bound(&outcome, &ret->certificate);
    if (ret->outcome == OUTCOME_UNBOUNDED) {
        double money = held_cost_money(held, of, outcome.ray) - held->programme->objective_constant;
        ret->ray_money = money / fabs(aim_value(held, question, of, outcome.ray));
    }
    if (!ret->proven) {
        return STATUS_OK;
    }
    ret->money = held_cost_money(held, of, outcome.x);
    ret->value = aim_value(held, question, of, outcome.x);
    return keep_solved(held, of, &outcome, arena, ret);
}

enum status held_point(const struct held *held, const struct held_question *question,
                       const struct held_point *warm, struct arena *arena, struct held_point *ret) {
    struct arena *scratch = arena_new(0);
    *ret = (struct held_point){.outcome = OUTCOME_STALLED};
    enum status status =
        scratch ? point(held, question, warm, scratch, arena, ret) : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}

static enum status mix(const struct held *held, const struct held_point *from,
                       const struct held_point *to, double share_frac, struct arena *scratch,
                       struct held_answer *ret) {
    long columns = programme_columns(held->programme);
    double *x = ARENA_TAKE(scratch, double, columns);
    TRY(x ? STATUS_OK : STATUS_NO_MEMORY);
    for (long c = 0; c < columns; c++) {
        x[c] = to ? (1.0 - share_frac) * from->x[c] + share_frac * to->x[c] : from->x[c];
    }
    *ret = (struct held_answer){.outcome = OUTCOME_OPTIMAL,
                                .proven = true,
                                .certificate = from->certificate,
                                .limit_price_money = (double)NAN,
                                .objective_money = (double)NAN,
                                .simulated_money = (double)NAN};
    return take_values(held, held->programme, x, scratch, ret);
}

enum status held_mix(const struct held *held, const struct held_point *from,
                     const struct held_point *to, double share_frac, struct arena *arena,
                     struct held_answer *ret) {
    struct arena *scratch = arena_new(0);
    enum status status = scratch ? mix(held, from, to, share_frac, scratch, ret) : STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        status = keep_answer(held, arena, ret);
    }
    arena_free(scratch);
    return status;
}

/* ---- questions ---- */

enum status held_ask(const struct held *held, const struct held_question *question,
                     struct arena *arena, struct held_answer *ret) {
    struct arena *scratch = arena_new(0);
    struct outcome outcome = {0};
    struct held_asked asked = {0};
    enum status status =
        scratch ? answer(held, question, false, scratch, &asked, &outcome, ret) : STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        status = keep_answer(held, arena, ret);
    }
    arena_free(scratch);
    return status;
}

/* What is planned to be paid for the step of a plant that is left out is not paid. */
static double spared_money(const struct case_work *work) {
    double money = 0.0;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct flow *flow = &work->result->flow[i];
        bool chosen = flow->included && work->scenario->instances[i].capacity.chosen;
        if (chosen && !case_at_once(work, i) &&
            !(flow->capacity > built_ratio * fmax(1.0, work->size[i]))) {
            money += work->costs[i].step_money * work->scenario->year_frac;
        }
    }
    return money;
}

static enum status plan_of(const struct held *from, const struct held_question *question,
                           struct arena *scratch, struct held_answer *ret) {
    struct held *held = NULL; /* of its own, since extraction and simulation write into it */
    struct outcome outcome = {0};
    struct held_asked asked = {0};
    TRY(held_new(from->plan, from->options, scratch, &held));
    TRY(answer(held, question, true, scratch, &asked, &outcome, ret));
    if (!ret->value || !ret->proven) {
        return STATUS_OK;
    }
    struct case_work *work = held->work;
    work->result->outcome = outcome;
    if (question->aim != HELD_COST) { /* the objective was another */
        work->result->outcome.objective_ratio = ret->value[HELD_COST];
    }
    TRY(case_extract(work, asked.programme));
    ret->objective_money = work->result->objective_money;
    /* what the physics makes differently is priced as in the plan: with a limit in the way a price is no cost */
    work->result->price_money_kwh = from->plan->cases[CASE_TOGETHER].price_money_kwh;
    TRY(case_simulate(work));
    ret->simulated_money =
        work->result->objective_money + work->result->gap_money - spared_money(work);
    TRY(case_audit(work, true));
    ret->audit = work->result->audit;
    return STATUS_OK;
}

enum status held_plan(const struct held *held, const struct held_question *question,
                      struct arena *arena, struct held_answer *ret) {
    struct arena *scratch = arena_new(0);
    enum status status = scratch ? plan_of(held, question, scratch, ret) : STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        status = keep_answer(held, arena, ret);
    }
    arena_free(scratch);
    return status;
}
