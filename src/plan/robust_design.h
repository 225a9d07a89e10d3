/* One design for many years that may come (scenario/futures.h): a block for each future, one set of capacities, one programme.

     minimise   capital + sum over futures f of p[f] * cost[f]                                expected_cost
                mostly t + sum over f of p[f] / tail * u[f],   u[f] >= cost[f] - t, u[f] >= 0      tail_cost
                mostly t,   t >= cost[f] - own[f]                                                  regret

   cost[f] is all that leaves the parties in that year, capital included, own[f] the least it can be with a design of its own.
   The mean of the dearest share of futures is the least such t + sum (Rockafellar and Uryasev 2000,
   doi:10.21314/JOR.2000.038). "Mostly": a hundredth of the weight is the expected cost, so that every future is run well.

   Coefficients, slopes of cost and losses are those of the plan of the year as given, at rest: no simulation follows. Where
   there is one future, and it is that year, this is that plan's last programme. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_ROBUST_DESIGN_H
#define PLAN_ROBUST_DESIGN_H

#include "optimise/share.h"
#include "plan/plan.h"
#include "scenario/futures.h"

struct robust_capacity {
    int instance;
    bool second;                        /* its second capacity */
    double capacity, as_given_capacity; /* of this design; of the plan of the year as given */
};

struct robust_future { /* of a year; NaN: not known, or none is possible */
    double money_year, own_money_year;
    double as_given_money_year; /* with the design of the year as given */
};

struct robust_design {
    const struct scenario *scenario;
    const struct futures *futures;
    struct plan *plan; /* of the year as given */
    int capacities_count;
    struct robust_capacity *capacities;
    struct robust_future future[FUTURES_MAX];
    double objective_money, bound_money; /* of the horizon, with the programme's weights */
    double expected_money_year, tail_money_year, worst_money_year;
    double regret_money_year; /* largest; NaN where no future's own design was asked for */
    double satisfied_frac;    /* probability that the limit is kept; NaN: no limit */
    bool compared;            /* each future's own design, and the given year's design in each */
    double as_given_served_frac;
    int worst; /* future */
    long columns_count, rows_count, iterations_count;
};

/* compare: also each future alone. The failures are those of plan_solve. share (or NULL): the futures that are here,
   of a job in which every process asks for the same; each has the whole design then, and none the hours of others. */
enum status robust_design_solve(const struct scenario *scenario, bool compare,
                                const struct share *share, const struct plan_options *options,
                                struct arena *arena, struct diag *diag,
                                struct robust_design **ret) MUST_CHECK;

#endif
