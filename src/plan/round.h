/* One round of a case. Inside round.c, rounds.c and choose.c only. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_ROUND_H
#define PLAN_ROUND_H

#include "plan/internal.h"

struct round {
    const struct plan_options *options;
    struct diag *diag;
    struct case_work *work;
    const struct case_plan *before; /* the last round that had a plan, or NULL */
    const char *step_word;          /* what it is called in progress; NULL: a round */
    const char *words;
    bool planned;   /* a round had a plan: one without is the fault of its frozen coefficients */
    bool draft;     /* an optimum is taken as it is, to be finished if it is kept */
    bool fell_back; /* told once */
    bool may_fail;  /* it has another beginning: why there is no optimum is not told */
};

/* work->result becomes the plan of work's sizes and feedback, and feedback what its simulation says. INFEASIBLE: after
   explaining it, where that is no trial's or later round's answer. */
enum status round_solve(struct round *round) MUST_CHECK;

/* Cleans, certifies and simulates work->result, a draft, made from the inputs that work has. What the simulation says
   goes into the feedback. */
enum status round_finish(struct round *round) MUST_CHECK;

/* Names what clashes, without solving the round; STALLED without a word where nothing does. */
enum status round_explain(struct round *round) MUST_CHECK;
/* Is something missed by the nearest plan, so that there is none? */
enum status round_misses(struct round *round, bool *ret) MUST_CHECK;

#endif
