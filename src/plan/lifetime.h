/* A plan over the life: stages (scenario/stages.h), each a year of its own, in one programme. What is built in a stage stands
   as long as it lives, and is kept up as long.

     minimise   sum over stages k of weight[k] * (operation + upkeep of what is kept)
              + sum over stages s of capital[s] * built[s]
     kept[k] = sum over s <= k of built[s], while it lives: year[k] < year[s] + life
     weight[k]  = sum over the years y of stage k of (1+r)^-(y - first year + 1)
     capital[s] = investment * annuity * sum over k >= s while it lives of weight[k]

   and the servers of halls that are refreshed, by vintages (lifetime_servers.c).

   An investment is paid as the annuity of its life in every year in which it stands within the plan: what it is worth at the
   end of the plan is left to those who use it then, as the books over the life have it (decision 0019). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_LIFETIME_H
#define PLAN_LIFETIME_H

#include "components/data_hall.h"
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

/* The servers of a hall that are refreshed (lifetime_servers.c). Vintage 0 stood at the begin, s + 1 is bought in stage s;
   what is of a stage was read there. */
enum { VINTAGES_MAX = STAGES_MAX + 1 };
struct lifetime_fleet {
    int instance;
    struct hall_servers servers[STAGES_MAX];
    double need_kw[STAGES_MAX]; /* in kW of the first servers: their work, or (power) the IT */
    double price_money_kw[STAGES_MAX]; /* with what is made with them, at the shadow price */
    double made_kg_kw[STAGES_MAX];
    double stood_kw; /* at the begin */
    double vintage_year[VINTAGES_MAX], gain_ratio[VINTAGES_MAX];
};

struct lifetime_servers { /* of one case */
    const struct lifetime_fleet *fleet;
    double stands_kw[VINTAGES_MAX][STAGES_MAX]; /* bought in s: of vintage s + 1 in s */
    double
        capital_money[STAGES_MAX]; /* present value of what is paid for those bought in the stage */
    double kept_money[STAGES_MAX]; /* the same of upkeep less what more work is worth */
    double served_kw[STAGES_MAX];  /* work, in kW of the first servers */
    double made_kg[STAGES_MAX];    /* carbon of making those bought in the stage */
    double power_money[STAGES_MAX]; /* what one kW of IT more costs them in the stage */
};

struct lifetime_case { /* all money here is present value at the begin of the first stage */
    bool empty, solved, settled;
    int rounds_count;
    long columns_count, rows_count;
    double present_money, bound_money;  /* bound: of the last programme */
    double operation_money[STAGES_MAX]; /* all but the capital of assets */
    double carbon_kg[STAGES_MAX];       /* a year, by average factors */
    double residual_ratio;              /* present_money against its parts */
    int assets_count, servers_count;
    struct lifetime_asset *assets;
    struct lifetime_servers *servers;
};

struct lifetime {
    const struct scenario *scenario;
    const struct stages *stages;
    double weight_year[STAGES_MAX]; /* discounted years of each stage */
    struct plan *plan[STAGES_MAX];  /* of each stage, as a year of its own; of perfect foresight */
    int fleets_count;
    struct lifetime_fleet *fleets;
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

/* A fleet's facts of stage k, after those of the stages before it: by its instance in the scenario of the stage. */
void lifetime_fleet_set(const struct stages *stages, const struct scenario *scenario, int k,
                        struct lifetime_fleet *fleet);
/* May vintage v stand in stage k? Discounted years in which what is bought in stage s is paid, up to the end of stage
   `last`. What a kW costs that stands in stage k, present value. Carbon of making what is bought in a stage, renewed within it. */
bool lifetime_servers_may_stand(const struct stages *stages, const struct lifetime_fleet *fleet,
                                int v, int k);
double lifetime_servers_paid_year(const struct stages *stages, const struct lifetime_fleet *fleet,
                                  double discount_frac, int s, int last);
double lifetime_servers_kept_money(const struct stages *stages, const struct lifetime_fleet *fleet,
                                   double discount_frac, int v, int k);
double lifetime_servers_made_kg(const struct stages *stages, const struct lifetime_fleet *fleet,
                                int s, double bought_kw);

#endif
