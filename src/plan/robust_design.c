/* One design for many futures: the plan of the year as given, its sizes and losses in every future, one programme, and each
   future alone for what it would have built. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/parallel.h"
#include "optimise/clean.h"
#include "plan/robust_internal.h"

static const double certificate_tolerance_ratio = 1e-6;
static const double satisfied_ratio = 1e-9; /* a cost on its limit keeps it */

/* ---- futures as works ---- */

static enum status refuse(struct robust_work *robust, const char *what, const char *remedy) {
    diag_error(robust->diag, robust->design->futures->place, "futures: %s", what);
    diag_remedy(robust->diag, "%s", remedy);
    return STATUS_BAD_SCENARIO;
}

static enum status begin_future(struct robust_work *robust, int f) {
    const struct plan *plan = robust->design->plan;
    struct scenario *scenario = NULL;
    struct hours *hours = NULL;
    struct case_plan *result = ARENA_TAKE(robust->arena, struct case_plan, 1);
    if (!result) {
        return STATUS_NO_MEMORY;
    }
    TRY(futures_scenario(plan->scenario, f, robust->arena, robust->diag, &scenario));
    bool alike = scenario->instances_count == plan->scenario->instances_count &&
                 scenario->year_frac == plan->scenario->year_frac;
    for (int i = 0; alike && i < scenario->instances_count; i++) {
        const struct instance *a = &scenario->instances[i], *b = &plan->scenario->instances[i];
        alike = strcmp(a->name, b->name) == 0 && a->kind == b->kind &&
                a->capacity.chosen == b->capacity.chosen &&
                a->capacity2.chosen == b->capacity2.chosen;
    }
    if (!alike) {
        return refuse(robust,
                      arena_format(robust->arena, "\"%s\" has other plant or another horizon",
                                   robust->design->futures->future[f].name),
                      "name all plant in the scenario, and set numbers that are not its choice");
    }
    TRY(scenario_hours(scenario, robust->arena, &hours));
    TRY(case_begin(scenario, NULL, hours, CASE_TOGETHER, robust->arena, result, &robust->work[f]));
    case_hold(robust->work[f], &plan->cases[CASE_TOGETHER]);
    return case_coefficients(robust->work[f]);
}

static enum status take_capacities(struct robust_work *robust) {
    struct robust_design *design = robust->design;
    const struct scenario *scenario = design->plan->scenario;
    const struct case_plan *given = &design->plan->cases[CASE_TOGETHER];
    int n = scenario->instances_count;
    design->capacities = ARENA_TAKE(robust->arena, struct robust_capacity, 2 * n);
    for (int i = 0; design->capacities && i < n; i++) {
        const struct instance *instance = &scenario->instances[i];
        for (int second = 0; second < 2; second++) {
            bool chosen = second ? instance->capacity2.chosen : instance->capacity.chosen;
            if (chosen && given->flow[i].included) {
                design->capacities[design->capacities_count++] =
                    (struct robust_capacity){.instance = i, .second = second};
            }
        }
    }
    return design->capacities ? STATUS_OK : STATUS_NO_MEMORY;
}

/* ---- solving ---- */

static bool solver_progress(void *data, long iterations_count, double objective_ratio) {
    struct robust_work *robust = data;
    (void)objective_ratio;
    bool together = robust->share != NULL; /* nobody stops alone */
    struct arena *scratch = arena_new(1 << 12);
    const char *words = scratch ? arena_format(scratch, "%d futures: iteration %ld",
                                               robust->design->futures->count, iterations_count)
                                : NULL;
    bool stop = words && robust->options && robust->options->progress &&
                robust->options->progress(robust->options->data, words);
    arena_free(scratch);
    return stop && !together;
}

/* A future alone. Its own: NaN where it has no plan. */
struct alone {
    struct robust_work *robust;
    bool fixed;
    int first; /* of those that are here */
    enum status status[FUTURES_MAX];
};

static enum status solve_alone(struct alone *alone, int f, struct arena *scratch,
                               double *ret_money) {
    struct robust_work *robust = alone->robust;
    struct programme *programme = NULL;
    struct outcome outcome = {0};
    struct certificate certificate = {0};
    struct solve_options solve = {.iterations_limit =
                                      robust->options ? robust->options->iterations_limit : 0};
    bool fell_back = false;
    TRY(robust_assemble_alone(robust, f, alone->fixed, scratch, &programme));
    TRY(plan_optimum(robust->options, programme, &solve, scratch, &outcome, &fell_back));
    *ret_money = (double)NAN;
    if (outcome.kind == OUTCOME_OPTIMAL) {
        TRY(certificate_check(programme, &outcome, certificate_tolerance_ratio, scratch,
                              &certificate));
        *ret_money = certificate.passed ? outcome.objective_ratio : (double)NAN;
    }
    return STATUS_OK;
}

static void work_alone(void *data, int index) {
    struct alone *alone = data;
    struct robust_design *design = alone->robust->design;
    int f = alone->first + index;
    struct arena *scratch = arena_new(0);
    double money = (double)NAN;
    alone->status[f] = scratch ? solve_alone(alone, f, scratch, &money) : STATUS_NO_MEMORY;
    arena_free(scratch);
    money /= design->scenario->year_frac;
    *(alone->fixed ? &design->future[f].as_given_money_year : &design->future[f].own_money_year) =
        money;
}

/* Futures are given round by those who have them. */
static enum status share_futures(struct robust_work *robust) {
    struct robust_future *future = robust->design->future;
    return share_gather_each(robust->share, future, sizeof *future);
}

static enum status solve_all_alone(struct robust_work *robust, bool fixed) {
    const struct share *share = robust->share;
    struct alone alone = {.robust = robust, .fixed = fixed, .first = share ? share->first : 0};
    int end = share ? share->end : robust->design->futures->count;
    int threads = share && robust->options ? (int)robust->options->threads : 0;
    TRY(parallel_for(threads, end - alone.first, work_alone, &alone));
    for (int f = alone.first; f < end; f++) {
        TRY(alone.status[f]);
    }
    return share_futures(robust);
}

/* No design serves all futures: is it because one of them can not be served at all? */
static enum status no_design(struct robust_work *robust, const char *why) {
    const struct futures *futures = robust->design->futures;
    TRY(solve_all_alone(robust, false));
    for (int f = 0; f < futures->count; f++) {
        if (isnan(robust->design->future[f].own_money_year)) {
            diag_error(robust->diag, futures->place, "futures: there is no plan for \"%s\" (%s)",
                       futures->future[f].name, why);
            diag_remedy(robust->diag,
                        "plan it by itself with `hearth run` to learn what is missing");
            return STATUS_INFEASIBLE;
        }
    }
    diag_error(robust->diag, futures->place, "futures: the solver found no certified optimum (%s)",
               why);
    diag_remedy(robust->diag, "take fewer futures, or another objective");
    return STATUS_STALLED;
}

/* ---- what the design costs ---- */

struct ranked {
    double money_year, probability_frac;
};

static int dearest_first(const void *a, const void *b) {
    double one = ((const struct ranked *)a)->money_year,
           two = ((const struct ranked *)b)->money_year;
    return one > two ? -1 : one < two;
}

static double tail_money_year(const struct robust_design *design) {
    struct ranked ranked[FUTURES_MAX] = {{0.0, 0.0}};
    double left_frac = design->futures->tail_frac, sum_money = 0.0;
    for (int f = 0; f < design->futures->count; f++) {
        ranked[f] = (struct ranked){design->future[f].money_year,
                                    design->futures->future[f].probability_frac};
    }
    qsort(ranked, (size_t)design->futures->count, sizeof *ranked, dearest_first);
    for (int f = 0; f < design->futures->count && left_frac > 0.0; f++) {
        double take_frac = fmin(left_frac, ranked[f].probability_frac);
        sum_money += take_frac * ranked[f].money_year;
        left_frac -= take_frac;
    }
    return sum_money / (design->futures->tail_frac - fmax(left_frac, 0.0));
}

static void settle(struct robust_design *design) {
    const struct futures *futures = design->futures;
    design->expected_money_year = 0.0;
    design->worst = 0;
    design->regret_money_year = (double)NAN;
    design->satisfied_frac = isnan(futures->limit_money_year) ? (double)NAN : 0.0;
    for (int f = 0; f < futures->count; f++) {
        const struct robust_future *it = &design->future[f];
        double probability_frac = futures->future[f].probability_frac;
        design->expected_money_year += probability_frac * it->money_year;
        design->worst =
            it->money_year > design->future[design->worst].money_year ? f : design->worst;
        design->regret_money_year =
            fmax(design->regret_money_year, it->money_year - it->own_money_year);
        design->as_given_served_frac += isnan(it->as_given_money_year) ? 0.0 : probability_frac;
        double most_money_year = futures->limit_money_year * (1.0 + satisfied_ratio);
        design->satisfied_frac += it->money_year <= most_money_year ? probability_frac : 0.0;
    }
    design->worst_money_year = design->future[design->worst].money_year;
    design->tail_money_year = tail_money_year(design);
}

/* Columns and rows of the whole, wherever they are. */
static enum status count_all(struct robust_work *robust, const struct programme *programme) {
    struct robust_design *design = robust->design;
    struct {
        long columns, rows;
    } size[FUTURES_MAX];
    for (int f = 0; f < design->futures->count; f++) {
        struct programme_span columns = programme_columns_of(programme, f),
                              rows = programme_rows_of(programme, f);
        size[f].columns = columns.until - columns.from;
        size[f].rows = rows.until - rows.from;
    }
    TRY(share_gather_each(robust->share, size, sizeof *size));
    design->columns_count = programme->designs_count;
    design->rows_count = programme->border_rows_count;
    for (int f = 0; f < design->futures->count; f++) {
        design->columns_count += size[f].columns;
        design->rows_count += size[f].rows;
    }
    return STATUS_OK;
}

static enum status take_optimum(struct robust_work *robust, const struct robust_programme *of,
                                const struct outcome *outcome,
                                const struct certificate *certificate) {
    struct robust_design *design = robust->design;
    const struct case_plan *given = &design->plan->cases[CASE_TOGETHER];
    for (int k = 0; k < design->capacities_count; k++) {
        struct robust_capacity *it = &design->capacities[k];
        const struct flow *flow = &given->flow[it->instance];
        int column = robust->part[0].design[it->instance][it->second];
        it->capacity = column < 0 ? 0.0 : outcome->x[column];
        it->as_given_capacity = it->second ? flow->capacity2 : flow->capacity;
    }
    for (int f = 0; f < design->futures->count; f++) {
        if (share_has(robust->share, f)) {
            design->future[f].money_year =
                robust_future_money(robust, of, outcome, f) / design->scenario->year_frac;
        }
    }
    design->objective_money = outcome->objective_ratio;
    design->bound_money = certificate->bound_ratio;
    design->iterations_count = outcome->iterations_count;
    TRY(share_futures(robust));
    return count_all(robust, of->programme);
}

/* Whether so few steps are left to Clp where the interior point stalls. */
static enum status is_small(const struct robust_work *robust, const struct programme *programme,
                            bool *ret) {
    int steps[FUTURES_MAX], all = 0;
    for (int f = 0; f < robust->design->futures->count; f++) {
        steps[f] = programme_steps(&programme->blocks[f]);
    }
    TRY(share_gather_each(robust->share, steps, sizeof *steps));
    for (int f = 0; f < robust->design->futures->count; f++) {
        all += steps[f];
    }
    *ret = plan_steps_may_fall_back(all, robust->options);
    return STATUS_OK;
}

/* A programme as small as that is held by everyone, who then goes on alone, and alike. */
static enum status take_all(struct robust_work *robust) {
    for (int f = 0; f < robust->design->futures->count; f++) {
        TRY(share_has(robust->share, f) ? STATUS_OK : begin_future(robust, f));
    }
    robust->share = NULL;
    return STATUS_OK;
}

static enum status find_optimum(struct robust_work *robust, struct arena *scratch,
                                struct robust_programme *of, struct outcome *outcome) {
    bool fell_back = false, small = false;
    struct solve_options solve = {.iterations_limit =
                                      robust->options ? robust->options->iterations_limit : 0,
                                  .progress = solver_progress,
                                  .data = robust};
    struct plan_options wide = robust->options ? *robust->options : (struct plan_options){0};
    wide.threads = wide.threads > 0 ? wide.threads : parallel_cores();
    TRY(robust_assemble(robust, scratch, of));
    TRY(plan_optimum(&wide, of->programme, &solve, scratch, outcome, &fell_back));
    if (outcome->kind == OUTCOME_STALLED && robust->share) {
        TRY(is_small(robust, of->programme, &small));
    }
    if (!small) {
        return STATUS_OK;
    }
    TRY(take_all(robust));
    TRY(robust_assemble(robust, scratch, of));
    return plan_optimum(&wide, of->programme, &solve, scratch, outcome, &fell_back);
}

static enum status solve_together(struct robust_work *robust, struct arena *scratch) {
    struct robust_programme of = {0};
    struct outcome outcome = {0};
    struct certificate certificate = {0};
    struct clean_report cleaned;
    TRY(find_optimum(robust, scratch, &of, &outcome));
    if (outcome.kind != OUTCOME_OPTIMAL) {
        return no_design(robust, outcome_name(outcome.kind));
    }
    TRY(clean_dispatch(of.programme, certificate_tolerance_ratio, &outcome, &cleaned));
    TRY(certificate_check(of.programme, &outcome, certificate_tolerance_ratio, scratch,
                          &certificate));
    if (!certificate.passed) {
        return no_design(robust, "its answer fails the certificate");
    }
    return take_optimum(robust, &of, &outcome, &certificate);
}

/* What a future is planned with, of which everyone has made the same: else the machines of a job differ. */
static enum status check_alike(struct robust_work *robust) {
    const struct case_plan *given = &robust->design->plan->cases[CASE_TOGETHER];
    const struct share *share = robust->share;
    int count = robust->design->futures->count;
    char print[FUTURES_MAX][HASH_HEX_SIZE];
    struct hash hash;
    hash_init(&hash);
    for (int i = 0; i < robust->design->plan->scenario->instances_count; i++) {
        const struct flow *flow = &given->flow[i];
        const double numbers[] = {flow->size,           flow->size2,      flow->capacity,
                                  flow->standing_ratio, flow->pump_ratio, flow->power_ratio};
        hash_add(&hash, numbers, sizeof numbers);
        hash_add(&hash, &flow->left_out, sizeof flow->left_out);
    }
    hash_hex(&hash, print[0]);
    for (int f = 1; f < count; f++) {
        memcpy(print[f], print[0], sizeof *print);
    }
    TRY(share_gather_each(share, print, sizeof *print));
    for (int f = 1; f < count; f++) {
        if (memcmp(print[f], print[0], sizeof *print) != 0) {
            diag_error(robust->diag, robust->design->futures->place,
                       "the ranks of this job have planned the year as given differently");
            diag_remedy(robust->diag, "run the same program and files on machines of one kind");
            return STATUS_INTERNAL;
        }
    }
    return STATUS_OK;
}

/* The futures that are here. */
static enum status begin_futures(struct robust_work *robust) {
    struct robust_design *design = robust->design;
    for (int f = 0; f < design->futures->count; f++) {
        design->future[f] = (struct robust_future){(double)NAN, (double)NAN, (double)NAN};
        if (share_has(robust->share, f)) {
            TRY(begin_future(robust, f));
        }
    }
    return check_alike(robust);
}

enum status robust_design_solve(const struct scenario *scenario, bool compare,
                                const struct share *share, const struct plan_options *options,
                                struct arena *arena, struct diag *diag,
                                struct robust_design **ret) {
    struct robust_design *design = ARENA_TAKE(arena, struct robust_design, 1);
    if (!design) {
        return STATUS_NO_MEMORY;
    }
    struct robust_work robust = {
        .design = design, .share = share, .options = options, .diag = diag, .arena = arena};
    design->scenario = scenario;
    design->futures = scenario->futures;
    design->compared = compare || scenario->futures->objective == ROBUST_REGRET;
    *ret = design;
    if (scenario->pipes.path) {
        return refuse(&robust, "a network of pipes on the map is planned for one year at a time",
                      "give heat_network a length_m, or compare designs with `hearth study`");
    }
    TRY(plan_solve(scenario, options, arena, diag, &design->plan));
    TRY(begin_futures(&robust));
    TRY(take_capacities(&robust));
    if (design->compared) {
        TRY(solve_all_alone(&robust, false));
        TRY(solve_all_alone(&robust, true));
        for (int f = 0; f < design->futures->count; f++) {
            if (isnan(design->future[f].own_money_year)) {
                return no_design(&robust, "it has none of its own");
            }
        }
    }
    struct arena *scratch = arena_new(0);
    enum status status = scratch ? solve_together(&robust, scratch) : STATUS_NO_MEMORY;
    arena_free(scratch);
    TRY(status);
    settle(design);
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
