/* From when on what is built at once stands: yes and no over the years.

   It (the trench of a heat network) is first planned from the window's first stage on, to rest. Then, one such plant after
   the other, it is planned never, and from each later stage on as long as waiting pays. What a start costs at least is
   known without planning it: at the prices y that all stages have for what stands in them, each stage has an optimum of its
   own, and the sum of these, less what is built at those prices, bounds the programme from below (Lagrange):

     cost(from s on) >= cost(from the first on) - step(first) + step(s) + sum over stages k < s of waits[k]
     waits[k]         = least of stage k without it - of stage k with it, what stands there paid at y[k]

   Only a start whose bound is below the plan by more than rounds move is planned: one round at the sizes at rest; what is
   cheaper when simulated is solved to rest and kept. Over several such plants that is a search, not a proof, and
   bound_money bounds the programme of what was kept alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/lifetime_window.h"

static const double worth_ratio = 1e-4; /* a saving that is more than what rounds move */

static bool stands_already(const struct window *window, int i) {
    bool stands = false;
    for (int a = 0; window->first > 0 && a < window->result->assets_count; a++) {
        const struct lifetime_asset *asset = &window->result->assets[a];
        bool step = asset->instance == i && asset->part == PART_STEP;
        stands = stands || (step && asset->standing_capacity[window->first - 1] > 0.5);
    }
    return stands;
}

static bool is_choice(const struct window *window, int i) {
    bool choice = false;
    for (int k = window->first; k <= window->last; k++) {
        choice = choice || (window->work[k] && case_is_choice(window->work[k], i));
    }
    return choice && !stands_already(window, i);
}

/* Nobody is joined to a network before it is laid. */
static void join_later(struct window *window, int start) {
    for (int k = window->first; k < start && k <= window->last; k++) {
        struct case_work *work = window->work[k];
        for (int i = 0; work && i < work->scenario->instances_count; i++) {
            bool joins = connect_is_choice(work->scenario, i) && case_is_choice(work, i);
            work->build[i] = joins ? BUILD_NO : work->build[i];
        }
    }
}

static void set_start(struct window *window, int i, int start) {
    for (int k = window->first; k <= window->last; k++) {
        if (window->work[k] && case_at_once(window->work[k], i)) {
            window->work[k]->build[i] = k >= start ? BUILD_YES : BUILD_NO;
        }
    }
    if (i == window->life->scenario->network) {
        join_later(window, start);
    }
}

static int start_of(const struct window *window, int i) {
    int k = window->first;
    while (k <= window->last && !(window->work[k] && window->work[k]->build[i] == BUILD_YES)) {
        k++;
    }
    return k;
}

/* A window like another, at its sizes, with results of its own. */
static enum status begin_like(const struct window *like, struct window *ret) {
    *ret = *like;
    ret->trial = true;
    ret->outcome = (struct outcome){0};
    ret->result = ARENA_TAKE(like->arena, struct lifetime_case, 1);
    if (!ret->result) {
        return STATUS_NO_MEMORY;
    }
    *ret->result = *like->result;
    ret->result->assets =
        ARENA_TAKE(like->arena, struct lifetime_asset, like->result->assets_count);
    ret->result->servers =
        ARENA_TAKE(like->arena, struct lifetime_servers, like->result->servers_count);
    if (!ret->result->assets || !ret->result->servers) {
        return STATUS_NO_MEMORY;
    }
    memcpy(ret->result->servers, like->result->servers,
           (size_t)like->result->servers_count * sizeof *ret->result->servers);
    memcpy(ret->result->assets, like->result->assets,
           (size_t)like->result->assets_count * sizeof *ret->result->assets);
    TRY(window_begin(ret));
    for (int k = like->first; k <= like->last; k++) {
        struct case_work *to = ret->work[k], *from = like->work[k];
        if (!to) {
            continue;
        }
        window_begin_at(to, from);
        memcpy(to->build, from->build, (size_t)from->scenario->instances_count * sizeof *to->build);
    }
    return STATUS_OK;
}

/* What stage k costs at least, without i, at the prices of what stands in it; infinite where it has no plan. */
static enum status least_without(const struct window *best, int i, int k, double *ret_money) {
    struct window alone = *best, trial;
    struct arena *scratch = arena_new(0);
    struct programme *programme = NULL;
    struct outcome outcome = {0};
    bool fell_back = false;
    alone.first = alone.last = k;
    enum status status = scratch ? begin_like(&alone, &trial) : STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        set_start(&trial, i, k + 1);
        status = case_coefficients(trial.work[k]);
    }
    if (status == STATUS_OK) {
        status = window_assemble_priced(&trial, k, scratch, &programme);
    }
    if (status == STATUS_OK) {
        struct solve_options solve = window_solve_options(&trial, NULL);
        status = plan_optimum(best->options, programme, &solve, scratch, &outcome, &fell_back);
    }
    *ret_money = status == STATUS_OK && outcome.kind == OUTCOME_OPTIMAL ? outcome.bound_ratio
                 : outcome.kind == OUTCOME_INFEASIBLE                   ? HUGE_VAL
                                                                        : -HUGE_VAL;
    arena_free(scratch);
    return status;
}

/* By stage: what it costs at least to wait through it. */
static enum status take_waits(const struct window *best, int i, double ret_money[STAGES_MAX]) {
    for (int k = best->first; k <= best->last; k++) {
        ret_money[k] = 0.0;
        if (best->work[k] && best->work[k]->build[i] == BUILD_YES) {
            TRY(least_without(best, i, k, &ret_money[k]));
            ret_money[k] -= window_priced_money(best, k);
        }
    }
    return STATUS_OK;
}

/* The window with i from another stage on: *best where it is cheaper. */
static enum status try_start(struct window *best, int i, int start,
                             const double waits_money[STAGES_MAX], bool *ret_better) {
    struct window trial;
    double least_money = worth_ratio * fabs(best->simulated_money), saved_money = 0.0;
    *ret_better = false;
    TRY(begin_like(best, &trial));
    set_start(&trial, i, start);
    for (int k = best->first; k < start && k <= best->last; k++) {
        saved_money -= waits_money[k];
    }
    saved_money += window_steps_money(best) - window_steps_money(&trial);
    if (saved_money <= least_money) {
        return STATUS_OK;
    }
    enum status status = window_solve(&trial, 1);
    if (status == STATUS_INFEASIBLE || status == STATUS_STALLED) {
        return STATUS_OK;
    }
    TRY(status);
    if (trial.simulated_money < best->simulated_money - least_money) {
        TRY(window_solve(&trial, ROUNDS_MAX));
        *ret_better = trial.simulated_money < best->simulated_money - least_money;
    }
    if (*ret_better) {
        trial.trial = best->trial;
        trial.rounds += best->rounds;
        *best = trial;
    }
    return STATUS_OK;
}

static enum status choose_start(struct window *best, int i) {
    bool better = false;
    double waits_money[STAGES_MAX];
    TRY(take_waits(best, i, waits_money));
    TRY(try_start(best, i, best->last + 1, waits_money, &better));
    for (bool later = true; later && start_of(best, i) <= best->last;) {
        int start = start_of(best, i) + 1;
        if (better) {
            TRY(take_waits(best, i, waits_money));
        }
        later = false;
        if (start <= best->last) {
            TRY(try_start(best, i, start, waits_money, &later));
        }
        better = later;
    }
    return STATUS_OK;
}

enum status window_choose_starts(struct window *window) {
    int n = window->life->plan[0]->scenario->instances_count;
    for (int i = 0; i < n; i++) {
        if (is_choice(window, i)) {
            TRY(choose_start(window, i));
        }
    }
    return STATUS_OK;
}
