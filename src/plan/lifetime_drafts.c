/* Where the rounds of a stage alone begin: where those of its typical weeks rest, as the rounds of any long horizon do
   (drafts.c says why). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/lifetime_window.h"

static enum status rest(struct window *stage, struct arena *scratch) {
    int k = stage->first;
    struct lifetime life = *stage->life;
    struct plan plan = *life.plan[k];
    struct plan_options options = {.iterations_limit = 0};
    struct window like = *stage;
    TRY(drafts_year(plan.scenario, scratch, &plan.typical));
    if (!plan.typical) {
        return STATUS_OK;
    }
    if (stage->options) {
        options = *stage->options;
    }
    options.fallback = false;
    options.may_stall = true;
    plan.scenario = plan.typical->scenario;
    plan.hours = plan.typical->hours;
    life.plan[k] = &plan;
    like.life = &life;
    like.options = &options;
    like.arena = scratch;
    like.diag = diag_new(scratch);
    if (!like.diag) {
        return STATUS_NO_MEMORY;
    }
    TRY(window_begin_like(stage, &like));
    TRY(like.work[k] ? window_solve(&like, ROUNDS_MAX) : STATUS_OK);
    if (like.work[k] && like.settled) {
        window_begin_at(stage->work[k], like.work[k]);
    }
    return STATUS_OK;
}

enum status window_begin_at_typical(struct window *stage) {
    if (stage->life->plan[stage->first]->pipes) {
        return STATUS_OK;
    }
    struct arena *scratch = arena_new(0);
    enum status status = scratch ? rest(stage, scratch) : STATUS_NO_MEMORY;
    arena_free(scratch);
    bool ends =
        status == STATUS_CANCELLED || status == STATUS_NO_MEMORY || status == STATUS_INTERNAL;
    return ends ? status : STATUS_OK;
}
