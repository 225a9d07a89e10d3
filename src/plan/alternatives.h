/* What else costs hardly more: near-optimal plans, with the joint plan's programme held (held.h).

   Ranges. With cost <= (1 + within) * least cost, the least and the most of every free capacity and of figures that people
   care about (modelling to generate alternatives: Brill, Chang and Hopkins 1982, doi:10.1287/mnsc.28.3.221; DeCarolis 2011,
   doi:10.1016/j.eneco.2010.05.002; Neumann and Brown 2021, doi:10.1016/j.epsr.2020.106690), each by its price (reach.h). Peak
   power has a least only: the most of a largest hour is no linear programme. Nor is the most of a capacity that is not to
   stand idle: where a plan has idle plant to be large, it is asked again with that plant used in full in the step that uses it
   most, so that the most is the largest found; the bound beside it is proven.

   Alternatives. Each question's plan is a candidate, and so are plans that lie as far as can be from the mean of those
   chosen (as SPORES weigh what was used before: Lombardi et al. 2020, doi:10.1016/j.joule.2020.08.002). The next
   alternative is the candidate whose nearest neighbour among those chosen is furthest: the sum of differences of the
   capacities, each as a share of its largest. What is told is the cheapest plan that lies so far out in that direction, cleaned, audited
   and simulated once with its own sizes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_ALTERNATIVES_H
#define PLAN_ALTERNATIVES_H

#include "plan/held.h"

enum { ALTERNATIVES_MAX = 12 };

enum range_kind {
    RANGE_MUST,     /* no plan within the budget does without */
    RANGE_MAY_GO,   /* the cheapest plan has it, another does without */
    RANGE_MAY_COME, /* the cheapest plan does without, another has it */
    RANGE_NEVER     /* no plan within the budget has it */
};

struct range { /* of a measure, of the horizon; NaN: not asked, or no certified optimum */
    double least_value;
    double most_value; /* of a capacity: the largest found that is used in full in some step */
    double least_bound_value; /* no plan has less */
    double bound_value;       /* no plan has more, were it to stand idle */
    double cheapest_value;
    enum range_kind kind;
    bool unbounded; /* above */
};

struct alternative {
    struct held_answer answer;
    double
        distance_ratio; /* from the nearest of those before it; 1: as if one plant were there or not */
};

struct alternatives {
    const struct plan *plan;
    struct held *held;
    double within_frac;
    double cheapest_money, budget_money; /* of the horizon */
    double apart_money;                  /* not integrated at all; NaN: no such plan */
    struct held_answer cheapest;
    struct range *ranges; /* by measure */
    int count;
    struct alternative alternative[ALTERNATIVES_MAX];
    long questions_count, unanswered_count;
    long solves_count, stalls_count; /* of the questions */
    double gap_ratio; /* of a measure's scale: no end of a range is further from its bound */
};

/* count: 1..ALTERNATIVES_MAX, at most so many. within_frac: 0..1. The failures are those of plan_solve, and STALLED. */
enum status alternatives_solve(const struct scenario *scenario, double within_frac, int count,
                               const struct plan_options *options, struct arena *arena,
                               struct diag *diag, struct alternatives **ret) MUST_CHECK;

/* A capacity as a share of its largest within the budget; 0 for other measures. */
double alternatives_share_frac(const struct alternatives *alternatives, const double *value,
                               int measure);

#endif
