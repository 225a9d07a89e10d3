/* A lifetime plan: its stages' scenarios, the myopic path, and perfect foresight for the three cases. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/lifetime.h"

#include <math.h>
#include <string.h>

#include "physics/finance.h"
#include "plan/lifetime_window.h"

static const double audit_tolerance_ratio = 1e-6;

/* ---- stages ---- */

static bool same_plant(const struct scenario *a, const struct scenario *b) {
    bool same = a->instances_count == b->instances_count;
    for (int i = 0; same && i < a->instances_count; i++) {
        same = strcmp(a->instances[i].name, b->instances[i].name) == 0 &&
               a->instances[i].kind == b->instances[i].kind;
    }
    return same;
}

static enum status begin_stage(struct lifetime *life, int k, struct arena *arena,
                               struct diag *diag) {
    struct scenario *scenario = NULL;
    struct plan *plan = ARENA_TAKE(arena, struct plan, 1);
    if (!plan) {
        return STATUS_NO_MEMORY;
    }
    const int *year = life->stages->year;
    TRY(stages_scenario(life->scenario, k, arena, diag, &scenario));
    if (k > 0 && !same_plant(life->plan[0]->scenario, scenario)) {
        diag_error(diag, life->stages->place, "stages: in %d there is other plant than in %d",
                   year[k], year[0]);
        diag_remedy(diag, "name all plant in the scenario, and change its capacity from stage to "
                          "stage");
        return STATUS_BAD_SCENARIO;
    }
    plan->scenario = scenario;
    life->plan[k] = plan;
    if (k == 0) {
        TRY(lifetime_fleets_begin(life, arena));
    }
    TRY(lifetime_fleets_stage(life, k, scenario, diag));
    TRY(scenario_hours(scenario, arena, &plan->hours));
    TRY(plan_pipes(scenario, plan->hours, arena, diag, &plan->pipes));
    double frac = life->scenario->discount_frac;
    life->weight_year[k] = finance_present_ratio(frac, stages_span_year(life->stages, k + 1)) -
                           finance_present_ratio(frac, stages_span_year(life->stages, k));
    return STATUS_OK;
}

static bool has_part(const struct window *window, int i, enum lifetime_part part) {
    for (int k = 0; k < window->life->stages->count; k++) {
        const struct instance *instance = &window->life->plan[k]->scenario->instances[i];
        struct case_work *work = window->work[k];
        bool here = !instance->existing && instance->kind->shape != SHAPE_LOAD &&
                    instance->in_case[window->kind] &&
                    (part == PART_CAPACITY ? instance->capacity.chosen
                     : part == PART_SECOND ? instance->capacity2.chosen
                                           : work && case_at_once(work, i));
        if (here) {
            return true;
        }
    }
    return false;
}

/* Assets of a case whose works of all stages have begun. */
static enum status take_assets(struct window *window) {
    TRY(window_take_servers(window));
    int n = window->life->plan[0]->scenario->instances_count;
    struct lifetime_case *result = window->result;
    result->assets = ARENA_TAKE(window->arena, struct lifetime_asset, n * LIFETIME_PARTS);
    for (int i = 0; result->assets && i < n; i++) {
        for (int part = 0; part < LIFETIME_PARTS; part++) {
            if (has_part(window, i, (enum lifetime_part)part)) {
                struct lifetime_asset *asset = &result->assets[result->assets_count++];
                asset->instance = i;
                asset->part = (enum lifetime_part)part;
            }
        }
    }
    return result->assets ? STATUS_OK : STATUS_NO_MEMORY;
}

/* ---- windows ---- */

/* The window solved, with each yes and no from its best stage on. */
static enum status solve_window(struct window *window) {
    struct lifetime_case *home = window->result;
    TRY(window_solve(window, ROUNDS_MAX));
    TRY(window_choose_starts(window));
    if (window->result != home) {
        *home = *window->result;
        window->result = home;
    }
    home->rounds_count += window->rounds;
    home->settled = home->settled && window->settled;
    window_settle_money(window);
    return STATUS_OK;
}

/* A stage's first sizes, from a like one that is solved (NULL: none) and built the same at once. */
static void begin_at(struct case_work *work, const struct case_work *like) {
    bool alike = work && like;
    for (int i = 0; alike && i < work->scenario->instances_count; i++) {
        alike = work->build[i] == like->build[i];
    }
    if (alike) {
        window_begin_at(work, like);
    }
}

/* ---- perfect foresight ---- */

static enum status audit(struct window *window) {
    struct lifetime_case *result = window->result;
    struct lifetime *life = window->life;
    double relaxed_money = 0.0;
    bool passed = true;
    for (int k = window->first; k <= window->last; k++) {
        struct case_work *work = window->work[k];
        if (!work) {
            continue;
        }
        TRY(case_audit(work, true));
        work->result->solved = work->result->audit.passed;
        work->result->settled = result->settled;
        passed = passed && work->result->solved;
        relaxed_money += work->weight_ratio * case_relaxed_money(work);
        life->plan[k]->cases[window->kind] = *work->result; /* a trial's may stand elsewhere */
    }
    double found_money = window->outcome.objective_ratio + relaxed_money;
    result->residual_ratio = fabs(found_money - result->present_money) / (1.0 + fabs(found_money));
    result->solved = passed && result->residual_ratio <= audit_tolerance_ratio;
    if (!result->solved) {
        diag_error(window->diag, life->stages->place,
                   "%s over the life: the plan does not pass its audit: money %.2g of it",
                   case_name(window->kind), result->residual_ratio);
        diag_remedy(window->diag, "the fault is the program's, not the scenario's: report it with "
                                  "the scenario");
    }
    return result->solved ? STATUS_OK : STATUS_AUDIT_FAILED;
}

static bool is_empty(const struct window *window) {
    for (int k = window->first; k <= window->last; k++) {
        if (window->work[k]) {
            return false;
        }
    }
    return true;
}

/* stage: those of the myopic path, whose plans are nearly those of foresight, or NULL. */
static enum status foresee(struct window *window, const struct window *stage) {
    TRY(window_begin(window));
    for (int k = window->first; stage && k <= window->last; k++) {
        begin_at(window->work[k], stage[k].work[k]);
    }
    if (stage) {
        TRY(window_warm_from_stages(window, stage));
    }
    for (int k = window->first; window->kind == CASE_TOGETHER && k <= window->last; k++) {
        TRY(plan_screen(window->life->plan[k], window->arena));
    }
    TRY(take_assets(window));
    window->result->settled = true;
    window->result->empty = is_empty(window);
    if (window->result->empty) {
        window->result->solved = true;
        return STATUS_OK;
    }
    TRY(solve_window(window));
    TRY(audit(window));
    bool decided = window->kind == CASE_TOGETHER && window->result->servers_count > 0;
    for (int k = window->first; decided && k <= window->last; k++) {
        TRY(window_screen_again(window, k));
    }
    if (!window->result->settled) {
        diag_warning(window->diag, window->life->stages->place,
                     "%s over the life: sizes and losses did not come to rest in %d rounds",
                     case_name(window->kind), window->result->rounds_count);
        diag_remedy(window->diag, "the gap between plan and simulation stands in each stage");
    }
    return STATUS_OK;
}

/* ---- the myopic path ---- */

/* Stage by stage, as if the stage were all there is; what was built before stands, paid for. */
static enum status go_myopic(struct window *window, struct window stage[STAGES_MAX]) {
    struct lifetime_case *result = window->result;
    int stages = window->life->stages->count;
    window->trial = true; /* results of its own */
    TRY(window_begin(window));
    TRY(take_assets(window));
    result->settled = result->solved = true;
    for (int k = 0; k < stages; k++) {
        struct window *one = &stage[k];
        *one = *window;
        one->first = one->last = k;
        one->trial = false; /* that there is no plan is told */
        if (!one->work[k]) {
            continue;
        }
        if (k > 0 && stage[k - 1].work[k - 1]) {
            begin_at(one->work[k], stage[k - 1].work[k - 1]);
        }
        TRY(solve_window(one));
        TRY(case_audit(one->work[k], true));
        result->solved = result->solved && one->work[k]->result->audit.passed;
    }
    result->present_money = 0.0;
    result->bound_money = (double)NAN; /* of several programmes */
    for (int k = 0; k < stages; k++) {
        result->present_money += result->operation_money[k];
        for (int a = 0; a < result->assets_count; a++) {
            result->present_money += result->assets[a].capital_money[k];
        }
        for (int f = 0; f < result->servers_count; f++) {
            result->present_money +=
                result->servers[f].capital_money[k] + result->servers[f].kept_money[k];
        }
    }
    return STATUS_OK;
}

enum status lifetime_solve(const struct scenario *scenario, const struct plan_options *options,
                           struct arena *arena, struct diag *diag, struct lifetime **ret) {
    struct lifetime *life = ARENA_TAKE(arena, struct lifetime, 1);
    if (!life) {
        return STATUS_NO_MEMORY;
    }
    life->scenario = scenario;
    life->stages = scenario->stages;
    *ret = life;
    for (int k = 0; k < life->stages->count; k++) {
        TRY(begin_stage(life, k, arena, diag));
    }
    struct window whole = {.life = life,
                           .options = options,
                           .diag = diag,
                           .arena = arena,
                           .first = 0,
                           .last = life->stages->count - 1};
    bool many = life->stages->count > 1;
    struct window myopic = whole, stage[STAGES_MAX];
    myopic.kind = CASE_TOGETHER;
    myopic.result = &life->myopic;
    if (many) { /* first: foresight begins at its sizes */
        TRY(go_myopic(&myopic, stage));
    }
    for (int kind = 0; kind < CASES; kind++) {
        struct window window = whole;
        window.kind = (enum plan_case)kind;
        window.result = &life->cases[kind];
        TRY(foresee(&window, many && kind == CASE_TOGETHER ? stage : NULL));
    }
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
