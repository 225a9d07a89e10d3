/* The driver: for each case coefficients -> programme -> optimum -> simulation, until sizes, losses
   and cost rest. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "plan/internal.h"

static const double certificate_tolerance_ratio = 1e-6;
static const double rest_money_ratio = 1e-4; /* the objective between two rounds */
static const double rest_size_ratio =
    5e-4; /* money of the capacities that moved, of the objective */
static const double rest_feedback_ratio = 5e-3; /* losses and pumping between two rounds */
static const double size_floor_frac =
    1e-3; /* of the start size: below, a capacity counts as not built */

struct run {
    const struct plan_options *options;
    struct diag *diag;
    struct case_work *work;
    struct arena *arena; /* of the plan */
    const char *words;
    double objective_before_money, best_money;
    double *start_size, *best_size;
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

/* A first guess of every capacity: what the town or the data centre can need at most. Large, so
   that the first optimum sees the cheap end of every cost curve. */
static void start_sizes(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        work->size[i] = isfinite(instance->capacity.fixed) ? instance->capacity.fixed : 1000.0;
        work->size2[i] = isfinite(instance->capacity2.fixed) ? instance->capacity2.fixed : 1000.0;
    }
    double heat_kw = 0.0, coolant_kw = 0.0;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        struct flow *flow = &work->result->flow[i];
        if (!flow->included || instance->kind->shape != SHAPE_LOAD) {
            continue;
        }
        for (int p = 0; p < instance->kind->ports_count; p++) {
            double peak_kw = 0.0;
            for (int t = 0; flow->coefficients && t < work->hours->count; t++) {
                peak_kw = fmax(peak_kw,
                               instance->capacity.fixed * flow->coefficients->mode[0].port[p][t]);
            }
            if (instance->kind->ports[p].carrier == CARRIER_HEAT) {
                *(instance->kind->ports[p].direction == FLOWS_IN ? &heat_kw : &coolant_kw) +=
                    peak_kw;
            }
        }
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        bool hall = instance->hall >= 0;
        double most = hall ? coolant_kw : heat_kw;
        if (instance->kind->shape == SHAPE_STORE) {
            most *= 6.0; /* six hours of the peak */
        }
        if (instance->capacity.chosen) {
            most = fmax(most, 1.0);
            work->size[i] =
                fmax(fmin(most, instance->capacity.max), fmax(instance->capacity.min, 1.0));
        }
        if (instance->capacity2.chosen) {
            work->size2[i] = fmax(fmin(most, instance->capacity2.max), 1.0);
        }
    }
}

static enum status take_case(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    int n = scenario->instances_count;
    struct case_plan *result = work->result;
    result->kind = work->kind;
    result->flow = ARENA_TAKE(work->arena, struct flow, n);
    size_t cells = (size_t)scenario->buses_count * (size_t)work->hours->count;
    result->temperature_c[0] = ARENA_TAKE(work->arena, double, (long)cells);
    result->temperature_c[1] = ARENA_TAKE(work->arena, double, (long)cells);
    work->size = ARENA_TAKE(work->arena, double, n);
    work->size2 = ARENA_TAKE(work->arena, double, n);
    work->unit_money = ARENA_TAKE(work->arena, double, n);
    work->unit_capex_money = ARENA_TAKE(work->arena, double, n);
    work->unit2_money = ARENA_TAKE(work->arena, double, n);
    work->unit2_capex_money = ARENA_TAKE(work->arena, double, n);
    work->feedback = ARENA_TAKE(work->arena, struct feedback, n);
    work->layout = ARENA_TAKE(work->arena, struct layout, n);
    work->bus_row = ARENA_TAKE(work->arena, int, scenario->buses_count);
    if (arena_failed(work->arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < n; i++) {
        work->feedback[i].standing_ratio = work->feedback[i].pump_ratio = 1.0;
    }
    TRY(case_select(work));
    for (int i = 0; i < n; i++) {
        work->size[i] = work->size2[i] = 1000.0;
    }
    TRY(case_coefficients(work));
    start_sizes(work);
    return STATUS_OK;
}

enum status case_begin(const struct scenario *scenario, struct hours *hours, enum plan_case kind,
                       struct arena *arena, struct case_plan *result, struct case_work **ret) {
    struct case_work *work = ARENA_TAKE(arena, struct case_work, 1);
    struct hours *own = ARENA_TAKE(arena, struct hours, 1);
    if (!work || !own) {
        return STATUS_NO_MEMORY;
    }
    *own = *hours;
    work->scenario = scenario;
    work->hours = own;
    work->kind = kind;
    work->arena = arena;
    work->result = result;
    work->design_days_from = hours->horizon_count;
    TRY(take_case(work));
    *ret = work;
    return STATUS_OK;
}

/* An instance that a miss "name.capacity" belongs to. */
static int miss_instance(const struct scenario *scenario, const char *name) {
    for (int i = 0; i < scenario->instances_count; i++) {
        size_t size = strlen(scenario->instances[i].name);
        if (strncmp(name, scenario->instances[i].name, size) == 0 && name[size] == '.') {
            return i;
        }
    }
    return -1;
}

static struct requirement_miss word_miss(const struct case_work *work,
                                         const struct elastic_miss *miss) {
    const struct scenario *scenario = work->scenario;
    struct requirement_miss ret = {"", {scenario->file, 0, 0}};
    char amount[48];
    (void)text_from_number_fixed(amount, sizeof amount, miss->amount_ratio, 3);
    for (int r = 0; r < scenario->requirements_count; r++) {
        const struct requirement *requirement = &scenario->requirements[r];
        if (strcmp(miss->name, requirement->key) == 0) {
            char value[TEXT_NUMBER_SIZE];
            (void)text_from_number(value, requirement->value);
            ret.place = requirement->place;
            ret.text = arena_format(
                work->arena,
                "require %s %s cannot be met: the nearest plan misses it by %s (sum over the "
                "horizon, in its unit of energy, mass or power)",
                requirement->key, value, amount);
            return ret;
        }
    }
    int i = miss_instance(scenario, miss->name);
    if (i >= 0) {
        const struct instance *instance = &scenario->instances[i];
        double limit =
            instance->capacity.chosen ? instance->capacity.max : instance->capacity.fixed;
        char value[TEXT_NUMBER_SIZE];
        (void)text_from_number(value, limit);
        ret.place = instance->place;
        ret.text = arena_format(work->arena, "%s: %s %s is too small by %s", instance->name,
                                instance->kind->capacity, value, amount);
        return ret;
    }
    ret.text = arena_format(work->arena, "%s is missed by %s", miss->name, amount);
    return ret;
}

/* Which requirements clash, and by how much the nearest plan misses them. */
static enum status explain_infeasible(struct run *run) {
    struct case_work *work = run->work;
    struct arena *round = arena_new(0);
    if (!round) {
        return STATUS_NO_MEMORY;
    }
    struct programme *programme = NULL;
    struct elastic elastic = {0};
    struct solve_options options = {0, NULL, solver_progress, run};
    run->words = "looking for the nearest feasible plan";
    enum status status = case_assemble(work, round, true, &programme);
    if (status == STATUS_OK) {
        status = elastic_solve(programme, &options, round, &elastic);
    }
    if (status == STATUS_OK && elastic.solvable) {
        work->result->misses =
            ARENA_TAKE(work->arena, struct requirement_miss, elastic.misses_count);
        for (int k = 0; work->result->misses && k < elastic.misses_count; k++) {
            work->result->misses[k] = word_miss(work, &elastic.misses[k]);
            work->result->misses_count = k + 1;
        }
    }
    for (int k = 0; k < work->result->misses_count; k++) {
        diag_error(run->diag, work->result->misses[k].place, "%s: %s", case_name(work->kind),
                   work->result->misses[k].text);
        diag_remedy(run->diag,
                    "relax this requirement or limit, or allow more plant (capacity: choose)");
    }
    if (work->result->misses_count == 0) {
        struct place place = {work->scenario->file, 0, 0};
        diag_error(run->diag, place,
                   "%s: no plan supplies every bus in every hour, whatever the limits",
                   case_name(work->kind));
        diag_remedy(run->diag, "something has no supplier at the temperature it needs: see `hearth "
                               "check` and the ports");
    }
    arena_free(round);
    return status == STATUS_OK ? STATUS_INFEASIBLE : status;
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
        return explain_infeasible(run);
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
        return STATUS_STALLED;
    }
    return certificate.passed ? STATUS_OK : STATUS_STALLED;
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
    TRY(reference_clp_solve(programme, &options, round, &outcome));
    work->result->outcome.kind = outcome.kind;
    TRY(judge(run, programme, &outcome, round));
    TRY(keep_outcome(work, &outcome, programme));
    TRY(case_extract(work, programme));
    return case_simulate(work);
}

static bool take_sizes(struct run *run) {
    struct case_work *work = run->work;
    bool rest = true;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct instance *instance = &work->scenario->instances[i];
        const struct flow *flow = &work->result->flow[i];
        if (!flow->included || !instance->capacity.chosen) {
            continue;
        }
        double floor_size = size_floor_frac * run->start_size[i];
        double size = fmax(flow->capacity, floor_size);
        double moved_money =
            fabs(size - work->size[i]) * work->unit_money[i] * work->scenario->year_frac;
        rest = rest && moved_money <= rest_size_ratio * fabs(work->result->objective_money);
        work->size[i] = work->result->rounds_count > 3 ? sqrt(size * work->size[i]) : size;
        if (instance->capacity2.chosen) {
            work->size2[i] = fmax(flow->capacity2, floor_size);
        }
    }
    return rest;
}

static enum status solve_rounds(struct run *run) {
    struct case_work *work = run->work;
    int n = work->scenario->instances_count;
    run->start_size = ARENA_TAKE(work->arena, double, n);
    run->best_size = ARENA_TAKE(work->arena, double, n);
    if (!run->start_size || !run->best_size) {
        return STATUS_NO_MEMORY;
    }
    memcpy(run->start_size, work->size, (size_t)n * sizeof *work->size);
    run->best_money = HUGE_VAL;
    bool last_chance = false;
    for (int round = 1; round <= ROUNDS_MAX + 1; round++) {
        if (round > ROUNDS_MAX) {
            memcpy(work->size, run->best_size, (size_t)n * sizeof *work->size);
            last_chance = true;
        }
        run->words = arena_format(work->arena, "%s: round %d", case_name(work->kind), round);
        if (tell_progress(run, run->words)) {
            return STATUS_CANCELLED;
        }
        struct arena *scratch = arena_new(0);
        if (!scratch) {
            return STATUS_NO_MEMORY;
        }
        work->result->rounds_count = round;
        double *used = ARENA_TAKE(scratch, double, n);
        struct feedback *before = ARENA_TAKE(scratch, struct feedback, n);
        if (used && before) {
            memcpy(used, work->size, (size_t)n * sizeof *used);
            memcpy(before, work->feedback, (size_t)n * sizeof *before);
        }
        enum status status = used && before ? one_round(run, scratch) : STATUS_NO_MEMORY;
        if (status != STATUS_OK) {
            arena_free(scratch);
            return status;
        }
        double simulated_money = work->result->objective_money + work->result->gap_money;
        if (simulated_money < run->best_money) {
            run->best_money = simulated_money;
            memcpy(run->best_size, used, (size_t)n * sizeof *used);
        }
        bool rest = take_sizes(run);
        for (int i = 0; i < n; i++) {
            rest = rest &&
                   fabs(work->feedback[i].standing_ratio - before[i].standing_ratio) <=
                       rest_feedback_ratio &&
                   fabs(work->feedback[i].pump_ratio - before[i].pump_ratio) <= 0.1;
        }
        arena_free(scratch);
        double change_money = fabs(work->result->objective_money - run->objective_before_money);
        work->result->settled =
            rest &&
            (round == 1 || change_money <= rest_money_ratio * fabs(run->objective_before_money));
        run->objective_before_money = work->result->objective_money;
        if (work->result->settled || last_chance) {
            break;
        }
    }
    return STATUS_OK;
}

static enum status solve_case(const struct plan_options *options, struct diag *diag,
                              struct case_work *work) {
    struct run run = {.options = options, .diag = diag, .work = work, .arena = work->arena};
    TRY(solve_rounds(&run));
    TRY(case_audit(work, true));
    work->result->solved = work->result->audit.passed;
    if (!work->result->solved) {
        struct place place = {work->scenario->file, 0, 0};
        diag_error(diag, place, "%s: the plan does not balance: worst at %s", case_name(work->kind),
                   work->result->audit.balance_worst);
        return STATUS_AUDIT_FAILED;
    }
    return STATUS_OK;
}

bool case_is_empty(const struct case_work *work) {
    for (int i = 0; i < work->scenario->instances_count; i++) {
        if (work->result->flow[i].included &&
            work->scenario->instances[i].kind->shape == SHAPE_LOAD) {
            return false;
        }
    }
    return true;
}

enum status case_set_empty(struct case_work *work) {
    struct case_plan *result = work->result;
    result->solved = result->settled = result->audit.passed = result->certificate.passed = true;
    result->certificate.worst = result->audit.balance_worst = "";
    result->outcome.solver = "none";
    result->price_money_kwh = ARENA_TAKE(work->arena, double *, work->scenario->buses_count);
    for (int i = 0; i < work->scenario->instances_count; i++) {
        result->flow[i].included = false;
    }
    return result->price_money_kwh ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status plan_solve(const struct scenario *scenario, const struct plan_options *options,
                       struct arena *arena, struct diag *diag, struct plan **ret) {
    struct plan *plan = ARENA_TAKE(arena, struct plan, 1);
    if (!plan) {
        return STATUS_NO_MEMORY;
    }
    plan->scenario = scenario;
    *ret = plan;
    TRY(scenario_hours(scenario, arena, &plan->hours));
    for (int k = 0; k < CASES; k++) {
        struct case_work *work = NULL;
        TRY(case_begin(scenario, plan->hours, (enum plan_case)k, arena, &plan->cases[k], &work));
        if (k == CASE_TOGETHER) {
            TRY(plan_screen(plan, arena));
        }
        if (case_is_empty(work)) {
            TRY(case_set_empty(work));
            continue;
        }
        TRY(solve_case(options, diag, work));
    }
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status plan_programme(const struct scenario *scenario, enum plan_case kind,
                           struct arena *arena, struct programme **ret) {
    struct hours *hours = NULL;
    struct case_work *work = NULL;
    struct case_plan *result = ARENA_TAKE(arena, struct case_plan, 1);
    if (!result) {
        return STATUS_NO_MEMORY;
    }
    TRY(scenario_hours(scenario, arena, &hours));
    TRY(case_begin(scenario, hours, kind, arena, result, &work));
    TRY(case_coefficients(work));
    return case_assemble(work, arena, false, ret);
}
