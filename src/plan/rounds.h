/* A case on its way to rest. Inside rounds.c and widths.c only. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_ROUNDS_H
#define PLAN_ROUNDS_H

#include "plan/round.h"

static const double rest_money_ratio = 1e-4; /* the objective between two rounds */

/* What a round's coefficients were made from. */
struct inputs {
    double *size, *size2;
    struct feedback *feedback;
};

/* What a plan of another width costs at least: cost is convex in what the trunk carries and loses, so that it lies above
   its tangent at a plan, whose slopes are the worth of a kW of trunk and the prices of heat at its end. */
struct tangent {
    double capacity, worth_money; /* of the horizon, per kW */
    double other_money;           /* all but the trunk */
    double loss_kw, loss_money;   /* in the step that loses most, and of the horizon */
    double pump_money;            /* of the plan's flows, as far as they fit */
};

struct run {
    struct round round;
    struct case_work *work;
    struct case_plan *home,
        *best_plan;           /* where the caller looks; the best so far: there or in the spare */
    struct inputs used, best; /* of this round, of the best */
    double best_money, objective_before_money; /* best: simulated */
    bool best_at_slope;                        /* one at slope is better than any at mean cost */
    bool best_width_held;
    int rounds, slope_rounds, steps_back;
    bool width_tried;
    bool width_known, width_was_full; /* by typical weeks: it is the best, and was full in theirs */
    struct tangent tangent[2];        /* before the trunk's width is held, and with it */
};

enum status rounds_take_inputs(struct run *run) MUST_CHECK;
void rounds_copy_inputs(struct case_work *work, const struct inputs *from, struct inputs *to);
struct inputs rounds_inputs_of(struct case_work *work);
double rounds_simulated_money(const struct case_plan *plan);

/* One round, over the plan that is not the best; is it as it was made? */
enum status rounds_solve(struct run *run, bool *ret_still) MUST_CHECK;
/* The plan just made is the best so far. */
void rounds_keep(struct run *run);
/* Rounds until sizes, losses and cost no longer move, or no round gains anything. */
enum status rounds_to_rest(struct run *run, bool *ret_settled) MUST_CHECK;

/* The rounds begin where those of typical weeks rest (then the first may fail), unless there are none, or they rest nowhere,
   or the beginning is known. */
enum status drafts_begin(struct run *run) MUST_CHECK;
/* The first round failed: the rounds begin at the first guesses after all. */
void drafts_leave(struct run *run, enum status status);

/* Does the best plan hold a width that is full? */
bool widths_is_full(const struct run *run);
/* Is there a trunk whose width the plan chose, and may the plan be kept? */
bool widths_may_hold(const struct run *run);
/* What a plan of another width costs at least, by the best plan. */
enum status widths_take_tangent(const struct run *run, struct tangent *ret) MUST_CHECK;
/* Holds the width of the plan at rest, and tries those beside it while they get cheaper. */
enum status widths_try(struct run *run, bool *ret_settled) MUST_CHECK;

#endif
