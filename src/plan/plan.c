/* The three cases of a plan: each begun, solved to rest (rounds.c) and audited. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "plan/internal.h"

static const double floor_frac = 1e-3; /* of the first guess */
static const double no_worse_ratio = 1e-7;

static double load_peak_kw(const struct case_work *work, int i, int port) {
    const struct flow *flow = &work->result->flow[i];
    double peak_kw = 0.0;
    for (int t = 0; flow->coefficients && t < work->hours->count; t++) {
        peak_kw = fmax(peak_kw, work->scenario->instances[i].capacity.fixed *
                                    flow->coefficients->mode[0].port[port][t]);
    }
    return peak_kw;
}

/* A first guess of every capacity: what the town or the data centre can need at most. Large, so
   that the first optimum sees the cheap end of every cost curve. */
static void start_sizes(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        double fixed = instance->capacity.fixed, fixed2 = instance->capacity2.fixed;
        work->size[i] =
            isfinite(fixed) && fixed > 0.0 ? fixed : 1000.0; /* no law has a size of 0 */
        work->size2[i] = isfinite(fixed2) && fixed2 > 0.0 ? fixed2 : 1000.0;
    }
    double heat_kw = 0.0, coolant_kw = 0.0, cold_kw = 0.0;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        if (!work->result->flow[i].included || instance->kind->shape != SHAPE_LOAD) {
            continue;
        }
        for (int p = 0; p < instance->kind->ports_count; p++) {
            double peak_kw = load_peak_kw(work, i, p);
            if (instance->kind->ports[p].carrier == CARRIER_HEAT) {
                *(instance->kind->ports[p].direction == FLOWS_IN ? &heat_kw : &coolant_kw) +=
                    peak_kw;
            }
            cold_kw += instance->kind->ports[p].carrier == CARRIER_COLD ? peak_kw : 0.0;
        }
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        bool hall = instance->hall >= 0;
        const struct port *gives = &instance->kind->ports[instance->kind->reference_port];
        double most = hall ? coolant_kw : gives->carrier == CARRIER_COLD ? cold_kw : heat_kw;
        if (instance->kind->shape == SHAPE_STORE) {
            most *= 6.0; /* six hours of the peak */
        }
        if (instance->capacity.chosen && instance->kind->shape != SHAPE_LOAD) {
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
    result->choice_bound_money = (double)NAN;
    result->flow = ARENA_TAKE(work->arena, struct flow, n);
    size_t cells = (size_t)scenario->buses_count * (size_t)work->hours->count;
    result->temperature_c[0] = ARENA_TAKE(work->arena, double, (long)cells);
    result->temperature_c[1] = ARENA_TAKE(work->arena, double, (long)cells);
    work->size = ARENA_TAKE(work->arena, double, n);
    work->size2 = ARENA_TAKE(work->arena, double, n);
    work->floor_size = ARENA_TAKE(work->arena, double, n);
    work->costs = ARENA_TAKE(work->arena, struct unit_costs, n);
    work->build = ARENA_TAKE(work->arena, enum build, n);
    work->most_capacity = ARENA_TAKE(work->arena, double, n);
    work->feedback = ARENA_TAKE(work->arena, struct feedback, n);
    work->layout = ARENA_TAKE(work->arena, struct layout, n);
    work->arrives_c = ARENA_TAKE(work->arena, double *, n);
    work->bus_row = ARENA_TAKE(work->arena, int, scenario->buses_count);
    work->preheat_row = ARENA_TAKE(work->arena, int, scenario->buses_count);
    work->preheat_c = ARENA_TAKE(work->arena, double *, scenario->buses_count);
    if (arena_failed(work->arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < n; i++) {
        work->feedback[i] = feedback_of_nothing();
    }
    TRY(case_select(work));
    for (int i = 0; i < n; i++) {
        work->size[i] = work->size2[i] = 1000.0;
    }
    TRY(case_load_coefficients(work));
    start_sizes(work);
    for (int i = 0; i < n; i++) {
        work->floor_size[i] = floor_frac * work->size[i];
    }
    return STATUS_OK;
}

enum status case_begin(const struct scenario *scenario, const struct pipes *pipes,
                       struct hours *hours, enum plan_case kind, struct arena *arena,
                       struct case_plan *result, struct case_work **ret) {
    struct case_work *work = ARENA_TAKE(arena, struct case_work, 1);
    struct hours *own = ARENA_TAKE(arena, struct hours, 1);
    if (!work || !own) {
        return STATUS_NO_MEMORY;
    }
    *own = *hours;
    work->scenario = scenario;
    work->laid.pipes = pipes;
    work->hours = own;
    work->kind = kind;
    work->arena = arena;
    work->result = result;
    work->design_days_from = hours->horizon_count;
    work->known_money = HUGE_VAL;
    work->weight_ratio = 1.0;
    TRY(take_case(work));
    *ret = work;
    return STATUS_OK;
}

double case_most_size(const struct case_work *work, int i) {
    return work->floor_size[i] / floor_frac;
}

void case_begin_again(struct case_work *work, const struct case_plan *from) {
    const struct scenario *scenario = work->scenario;
    work->held_count = 0;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct flow *flow = from ? &from->flow[i] : NULL;
        if (scenario->instances[i].capacity.chosen) {
            double guess = case_most_size(work, i);
            double built = flow && flow->included ? flow->capacity : 0.0;
            work->size[i] = from ? fmax(built, work->floor_size[i]) : guess;
        }
        if (scenario->instances[i].capacity2.chosen && flow && flow->included) {
            work->size2[i] = flow->capacity2;
        }
        work->feedback[i] = feedback_of_nothing();
    }
    work->at_slope = true;
}

static const char *shortest(struct arena *arena, double value) {
    char text[TEXT_NUMBER_SIZE];
    (void)text_from_number(text, value);
    return arena_text(arena, text);
}

static enum status audit_failed(struct case_work *work, struct diag *diag) {
    const struct audit *audit = &work->result->audit;
    struct arena *arena = work->arena;
    struct place place = {work->scenario->file, 0, 0};
    diag_error(diag, place,
               "%s: the plan does not pass its audit: flows %s%s%s, stores %s, limits %s, money "
               "%s, water %s, carbon %s",
               case_name(work->kind), shortest(arena, audit->balance_residual_ratio),
               *audit->balance_worst ? " at " : "", audit->balance_worst,
               shortest(arena, audit->store_residual_ratio),
               shortest(arena, audit->limit_residual_ratio),
               shortest(arena, audit->objective_residual_ratio),
               shortest(arena, audit->water_residual_ratio),
               shortest(arena, audit->carbon_residual_ratio));
    diag_remedy(diag,
                "the fault is the program's, not the scenario's: report it with the scenario");
    return STATUS_AUDIT_FAILED;
}

/* *work: afterwards that of the plan that is kept. */
static enum status solve_case(const struct plan_options *options, struct diag *diag,
                              const struct case_plan *apart, struct case_work **work) {
    TRY(case_choose(*work, apart, options, diag, work));
    TRY(case_search_tariffs(options, diag, work));
    struct case_plan *result = (*work)->result;
    TRY(case_audit(*work, true));
    result->solved = result->audit.passed;
    return result->solved ? STATUS_OK : audit_failed(*work, diag);
}

/* May together begin from apart's design? */
static bool is_a_beginning(const struct case_work *work, const struct case_plan *apart) {
    return work->scenario->requirements_count == 0 && apart->solved && apart->rounds_count > 0;
}

static double simulated_money(const struct case_plan *plan) {
    return plan->objective_money + plan->gap_money;
}

/* Together may do what apart does. Where the rounds found nothing to gain they look a second time, at slope from the
   first guesses on, and where that gains nothing either they begin from apart's sizes. Where there was a choice, building
   nothing began from them. With requirements apart's design may not do, and what was found stands. */
static enum status no_worse_than_apart(const struct plan_options *options, struct diag *diag,
                                       struct case_work *work, const struct case_plan *apart) {
    double apart_money = simulated_money(apart), same_money = no_worse_ratio * fabs(apart_money);
    bool chosen = !isnan(work->result->choice_bound_money);
    if (chosen) {
        return STATUS_OK;
    }
    if (simulated_money(work->result) > apart_money - same_money) {
        case_begin_again(work, NULL);
        TRY(solve_case(options, diag, NULL, &work));
    }
    if (simulated_money(work->result) > apart_money + same_money) {
        case_begin_again(work, apart);
        TRY(solve_case(options, diag, NULL, &work));
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

static void warn_of_unrest(const struct case_work *work, struct diag *diag) {
    if (!work->result->settled) {
        struct place place = {work->scenario->file, 0, 0};
        diag_warning(diag, place,
                     "%s: sizes and losses did not come to rest in %d rounds; the round that is "
                     "cheapest when simulated is kept",
                     case_name(work->kind), work->result->rounds_count);
        diag_remedy(diag, "the gap between plan and simulation stands in the report");
    }
}

enum status plan_take_hours(struct plan *plan, const struct scenario *scenario,
                            const struct plan_options *options, bool few, struct arena *arena) {
    struct typical_year *year = NULL;
    plan->scenario = scenario;
    if (options && options->typical_weeks > 0) {
        TRY(few ? typical_year_few(scenario, options->typical_weeks, arena, &year)
                : typical_year_make(scenario, options->typical_weeks, arena, &year));
    }
    if (!year) {
        return scenario_hours(scenario, arena, &plan->hours);
    }
    plan->depth = PLAN_TYPICAL;
    plan->typical = year;
    plan->few = year->few;
    plan->hours = year->hours;
    plan->scenario = year->scenario;
    return STATUS_OK;
}

enum status plan_solve_given(const struct scenario *scenario, const struct plan_options *options,
                             const struct plan *parent, struct arena *arena, struct diag *diag,
                             struct plan **ret) {
    struct plan *plan = ARENA_TAKE(arena, struct plan, 1);
    if (!plan) {
        return STATUS_NO_MEMORY;
    }
    *ret = plan;
    TRY(plan_take_hours(plan, scenario, options, false, arena));
    scenario = plan->scenario;
    TRY(plan_pipes(scenario, plan->hours, arena, diag, &plan->pipes));
    const struct typical_year *drafts = NULL;
    if (!plan->typical && !plan->pipes) {
        TRY(drafts_year(scenario, arena, &drafts));
    }
    for (int k = 0; k < CASES; k++) {
        struct case_work *work = NULL;
        TRY(case_begin(scenario, plan->pipes, plan->hours, (enum plan_case)k, arena,
                       &plan->cases[k], &work));
        work->typical = plan->typical;
        work->drafts = k == CASE_TOGETHER ? drafts : NULL;
        work->parent = parent ? &parent->cases[k] : NULL;
        if (k == CASE_TOGETHER) {
            TRY(plan_screen(plan, arena));
        }
        if (case_is_empty(work)) {
            TRY(case_set_empty(work));
            continue;
        }
        const struct case_plan *apart = &plan->cases[CASE_APART];
        bool begins = k == CASE_TOGETHER && is_a_beginning(work, apart);
        TRY(solve_case(options, diag, begins ? apart : NULL, &work));
        if (begins) {
            TRY(no_worse_than_apart(options, diag, work, apart));
        }
        warn_of_unrest(work, diag);
        if (plan->cases[k].pipes) {
            pipes_judge(plan, &plan->cases[k], diag);
        }
    }
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status plan_programme(const struct scenario *scenario, enum plan_case kind,
                           struct arena *arena, struct programme **ret) {
    struct hours *hours = NULL;
    struct case_work *work = NULL;
    struct case_plan *result = ARENA_TAKE(arena, struct case_plan, 1);
    struct diag *diag =
        diag_new(arena); /* reading the scenario told what is wrong with the pipes */
    struct pipes *pipes = NULL;
    if (!result || !diag) {
        return STATUS_NO_MEMORY;
    }
    TRY(scenario_hours(scenario, arena, &hours));
    TRY(plan_pipes(scenario, hours, arena, diag, &pipes));
    TRY(case_begin(scenario, pipes, hours, kind, arena, result, &work));
    TRY(case_coefficients(work));
    return case_assemble(work, arena, false, ret);
}
