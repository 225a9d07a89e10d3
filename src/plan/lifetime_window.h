/* Stages that are decided together: what lifetime.c, lifetime_border.c and lifetime_rounds.c share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_LIFETIME_WINDOW_H
#define PLAN_LIFETIME_WINDOW_H

#include "plan/internal.h"
#include "plan/lifetime.h"

struct window {
    struct lifetime *life;
    const struct plan_options *options;
    struct diag *diag;
    struct arena *arena;
    enum plan_case kind;
    int first, last;                    /* stages */
    struct case_work *work[STAGES_MAX]; /* NULL: nothing needs anything in it */
    struct lifetime_case *result;       /* assets: built before the window stands already */
    struct outcome outcome;             /* of the last round; x NULL: none */
    double simulated_money;
    int rounds;
    bool settled, trial; /* trial: that there is no plan is an answer */
};

/* lifetime_border.c: the programme of a round, and what its optimum builds. */
enum status window_assemble(struct window *window, struct arena *scratch, struct programme **ret,
                            int (*ret_build)[STAGES_MAX]) MUST_CHECK;
void window_take_built(struct window *window, const int (*build)[STAGES_MAX]);
/* Present values from what is built, kept and paid. */
void window_settle_money(struct window *window);

/* lifetime_rounds.c: works of all stages, and rounds to rest (rounds_most: at most so many). */
enum status window_begin(struct window *window) MUST_CHECK;
enum status window_solve(struct window *window, int rounds_most) MUST_CHECK;

#endif
