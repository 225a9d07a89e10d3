/* A plan from its files, without a solver: physics, balances and money are computed again from the
   recorded rates. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/internal.h"

static enum status restore_flow(struct case_work *work, const struct flow_record *record, int i) {
    struct flow *flow = &work->result->flow[i];
    int horizon = work->design_days_from, count = work->hours->count;
    flow->capacity = record->capacity;
    flow->capacity2 = record->capacity2;
    flow->modes = record->modes;
    for (int m = 0; m < record->modes; m++) {
        flow->rate_kw[m] = ARENA_TAKE(work->arena, double, count);
        if (!flow->rate_kw[m]) {
            return STATUS_NO_MEMORY;
        }
        memcpy(flow->rate_kw[m], record->rate_kw[m], (size_t)horizon * sizeof(double));
    }
    if (record->level_kwh) {
        flow->level_kwh = ARENA_TAKE(work->arena, double, count);
        if (!flow->level_kwh) {
            return STATUS_NO_MEMORY;
        }
        memcpy(flow->level_kwh, record->level_kwh, (size_t)horizon * sizeof(double));
    }
    return case_finish_flow(work, i);
}

/* Prices by bus, where they were recorded. */
static enum status restore_series(struct case_work *work, const double *const *recorded_money_kwh,
                                  double ***ret) {
    double **price = ARENA_TAKE(work->arena, double *, work->scenario->buses_count);
    for (int b = 0; price && b < work->scenario->buses_count; b++) {
        if (!recorded_money_kwh[b]) {
            continue;
        }
        price[b] = ARENA_TAKE(work->arena, double, work->hours->count);
        if (!price[b]) {
            return STATUS_NO_MEMORY;
        }
        memcpy(price[b], recorded_money_kwh[b], (size_t)work->design_days_from * sizeof(double));
    }
    *ret = price;
    return price ? STATUS_OK : STATUS_NO_MEMORY;
}

/* NaN: the rounds did not decide it, and what the case began with stands. */
static void take_decided(double *number_ratio, double recorded_ratio) {
    *number_ratio = isnan(recorded_ratio) ? *number_ratio : recorded_ratio;
}

static enum status restore_case(struct case_work *work, const struct case_record *record,
                                struct diag *diag) {
    const struct scenario *scenario = work->scenario;
    struct case_plan *result = work->result;
    for (int i = 0; i < scenario->instances_count; i++) {
        if (result->flow[i].included != record->flow[i].included) {
            diag_error(diag, scenario->instances[i].place,
                       "%s: %s is %s the recorded case, but %s by the scenario",
                       case_name(work->kind), scenario->instances[i].name,
                       record->flow[i].included ? "in" : "not in",
                       record->flow[i].included ? "not" : "in it");
            return STATUS_CHECK_FAILED;
        }
        take_decided(&work->size[i], record->flow[i].size);
        take_decided(&work->size2[i], record->flow[i].size2);
        take_decided(&work->feedback[i].standing_ratio, record->flow[i].standing_ratio);
        take_decided(&work->feedback[i].pump_ratio, record->flow[i].pump_ratio);
        take_decided(&work->feedback[i].power_ratio, record->flow[i].power_ratio);
        work->feedback[i].pipes = record->flow[i].pipes;
    }
    work->at_slope = result->at_slope = record->at_slope;
    work->held_count = record->tariffs.held_count;
    work->held = record->tariffs.held;
    result->tariffs = record->tariffs;
    work->width_held = result->width_held = record->width_held;
    TRY(case_coefficients(work));
    result->outcome = record->outcome;
    result->certificate = record->certificate;
    result->rounds_count = record->rounds_count;
    result->settled = record->settled;
    result->objective_money = record->objective_money;
    result->choice_bound_money = record->choice_bound_money;
    result->columns_count = record->columns_count;
    result->rows_count = record->rows_count;
    result->nonzeros_count = record->nonzeros_count;
    for (int i = 0; i < scenario->instances_count; i++) {
        if (result->flow[i].included) {
            TRY(restore_flow(work, &record->flow[i], i));
        }
    }
    TRY(restore_series(work, record->price_money_kwh, &result->price_money_kwh));
    TRY(restore_series(work, record->lift_money_kwh, &result->lift_money_kwh));
    TRY(case_simulate(work));
    TRY(case_audit(work, false)); /* the design days are not in the files */
    result->solved = result->audit.passed;
    return STATUS_OK;
}

enum status plan_restore(const struct scenario *scenario, const struct case_record record[CASES],
                         struct arena *arena, struct diag *diag, struct plan **ret) {
    struct plan *plan = ARENA_TAKE(arena, struct plan, 1);
    if (!plan) {
        return STATUS_NO_MEMORY;
    }
    plan->scenario = scenario;
    TRY(scenario_hours(scenario, arena, &plan->hours));
    TRY(plan_pipes(scenario, plan->hours, arena, diag, &plan->pipes));
    for (int k = 0; k < CASES; k++) {
        struct case_work *work = NULL;
        TRY(case_begin(scenario, plan->pipes, plan->hours, (enum plan_case)k, arena,
                       &plan->cases[k], &work));
        for (int i = 0; record[k].flow && i < scenario->instances_count; i++) {
            plan->cases[k].flow[i].capacity = record[k].flow[i].capacity; /* IT that was decided */
        }
        if (k == CASE_TOGETHER) {
            TRY(plan_screen(plan, arena));
        }
        if (case_is_empty(work)) {
            TRY(case_set_empty(work));
            continue;
        }
        if (!record[k].flow) {
            diag_error(diag, (struct place){scenario->file, 0, 0},
                       "the case %s is missing in the files", case_name((enum plan_case)k));
            return STATUS_CHECK_FAILED;
        }
        TRY(restore_case(work, &record[k], diag));
    }
    *ret = plan;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
