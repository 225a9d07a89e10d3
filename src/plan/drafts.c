/* Where the rounds of a long horizon begin: at the sizes, losses and width of trunk at which its typical weeks rest
   (typical.h). Rounds on these cost a tenth, and what is left to the whole horizon is to move a little. The plan that is kept
   is at rest, cleaned, certified and simulated like any other: of the typical weeks it has nothing but its beginning.

   They are worth it where they are few beside the horizon, and where losses are the same numbers in every step: pipes on the
   map have theirs by the step. Where the typical weeks find no rest the rounds begin at the first guesses, as those of a short
   horizon do. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "plan/rounds.h"

enum { WEEKS_LEAST = 26 };

enum status drafts_year(const struct scenario *scenario, struct arena *arena,
                        const struct typical_year **ret) {
    struct typical_year *year = NULL;
    *ret = NULL;
    if (scenario->calendar.days >= WEEKS_LEAST * TYPICAL_WEEK_DAYS) {
        TRY(typical_year_make(scenario, TYPICAL_WEEKS, arena, &year));
    }
    *ret = year;
    return STATUS_OK;
}

/* The same case of the typical weeks, with yes and no as the whole has them. */
static enum status begin_like(const struct case_work *work, struct arena *scratch,
                              struct case_work **ret) {
    const struct typical_year *year = work->drafts;
    struct case_plan *result = ARENA_TAKE(scratch, struct case_plan, 1);
    if (!result) {
        return STATUS_NO_MEMORY;
    }
    TRY(case_begin(year->scenario, NULL, year->hours, work->kind, scratch, result, ret));
    (*ret)->typical = year;
    (*ret)->trial = true;
    (*ret)->held_count = work->held_count;
    (*ret)->held = work->held;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        (*ret)->build[i] = work->build[i];
    }
    return STATUS_OK;
}

static enum status rest_typical(struct run *run, struct arena *scratch, bool *ret_begun) {
    struct case_work *work = run->work, *like = NULL;
    struct diag *untold = diag_new(scratch);
    bool settled = false;
    TRY(untold ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(begin_like(work, scratch, &like));
    struct plan_options options = {.iterations_limit = 0};
    if (run->round.options) {
        options = *run->round.options;
    }
    options.fallback = false;
    options.may_stall = true;
    struct run typical = {.round = {.options = &options,
                                    .diag = untold,
                                    .work = like,
                                    .step_word = "typical weeks, round"},
                          .work = like,
                          .home = like->result,
                          .best_money = HUGE_VAL};
    TRY(rounds_take_inputs(&typical));
    TRY(rounds_to_rest(&typical, &settled));
    if (!settled) {
        return STATUS_OK;
    }
    TRY(widths_try(&typical, &settled));
    /* dearer than the case costs another way: hardly kept, and the first guesses tell so in one round */
    if (!settled || typical.best_money > work->known_money) {
        return STATUS_OK;
    }
    struct inputs now = rounds_inputs_of(work);
    rounds_copy_inputs(work, &now, &run->best); /* nothing is the best yet */
    rounds_copy_inputs(work, &typical.best, &now);
    work->at_slope = typical.best_at_slope;
    work->width_held = typical.best_width_held;
    run->width_tried = run->width_known = typical.width_tried;
    run->width_was_full = widths_is_full(&typical);
    *ret_begun = true;
    return STATUS_OK;
}

/* A width that the whole horizon finds no optimum for is let go; after that, or where there is no plan, all of it. */
void drafts_leave(struct run *run, enum status status) {
    struct case_work *work = run->work;
    if (status == STATUS_STALLED && work->width_held) {
        work->width_held = false;
        return;
    }
    struct inputs now = rounds_inputs_of(work);
    rounds_copy_inputs(work, &run->best, &now);
    work->at_slope = work->width_held = run->width_tried = run->width_known = false;
    run->round.may_fail = false;
}

enum status drafts_begin(struct run *run) {
    if (!run->work->drafts || run->work->at_slope) {
        return STATUS_OK;
    }
    struct arena *scratch = arena_new(0);
    enum status status =
        scratch ? rest_typical(run, scratch, &run->round.may_fail) : STATUS_NO_MEMORY;
    arena_free(scratch);
    bool ends =
        status == STATUS_CANCELLED || status == STATUS_NO_MEMORY || status == STATUS_INTERNAL;
    return ends ? status : STATUS_OK;
}
