/* A plan over the life: stages (scenario/stages.h), each a year of its own, in one programme. What is built in a stage stands
   as long as it lives, and is kept up as long.

     minimise   sum over stages k of weight[k] * (operation + upkeep of what is kept)
              + sum over stages s of capital[s] * built[s]
     kept[k] = sum over s <= k of built[s], while it lives: year[k] < year[s] + life
     weight[k]  = sum over the years y of stage k of (1+r)^-(y - first year + 1)
     capital[s] = investment * annuity * sum over k >= s while it lives of weight[k]

   An investment is paid as the annuity of its life in every year in which it stands within the plan: what it is worth at the
   end of the plan is left to those who use it then, as the books over the life have it (decision 0019). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_LIFETIME_H
#define PLAN_LIFETIME_H

#include "plan/plan.h"
#include "scenario/stages.h"

/* Of an instance: its capacity, its second one, or what is paid at once when it is built at all (1: built). */
enum lifetime_part { PART_CAPACITY, PART_SECOND, PART_STEP, LIFETIME_PARTS };

struct lifetime_asset {
    int instance;
    enum lifetime_part part;
    double built_capacity[STAGES_MAX], standing_capacity[STAGES_MAX], kept_capacity[STAGES_MAX];
    double invest_money[STAGES_MAX]; /* of one unit, when it is built in the stage */
    double capital_money
        [STAGES_MAX]; /* of what is built in the stage: present value of what is paid for it */
    double stands_money[STAGES_MAX]; /* what one unit more standing in the stage is worth */
};

struct lifetime_case { /* all money here is present value at the begin of the first stage */
    bool empty, solved, settled;
    int rounds_count;
    long columns_count, rows_count;
    double present_money, bound_money;  /* bound: of the last programme */
    double operation_money[STAGES_MAX]; /* all but the capital of assets */
    double carbon_kg[STAGES_MAX];       /* a year, by average factors */
    double residual_ratio;              /* present_money against its parts */
    int assets_count;
    struct lifetime_asset *assets;
};

struct lifetime {
    const struct scenario *scenario;
    const struct stages *stages;
    double weight_year[STAGES_MAX]; /* discounted years of each stage */
    struct plan *plan[STAGES_MAX];  /* of each stage, as a year of its own; of perfect foresight */
    struct lifetime_case cases[CASES];
    struct lifetime_case myopic; /* together, each stage decided as if nothing came after it */
};

/* Perfect foresight for the three cases and, with more than one stage, the myopic path of together. The failures are those
   of plan_solve. */
enum status lifetime_solve(const struct scenario *scenario, const struct plan_options *options,
                           struct arena *arena, struct diag *diag,
                           struct lifetime **ret) MUST_CHECK;

/* Does what is built in stage s of an asset stand in stage k? */
bool lifetime_lives(const struct stages *stages, double life_year, int s, int k);

#endif
