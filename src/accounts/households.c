/* Homes by class and tenure: what the town's heat costs one of them, in each case, and what share of its income that is.

   The heat customers are one party; a class has its part of their payments by its part of the town's heat. What classes do not
   take is businesses' and others'. Where classes take more than the town needs, they share all of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "accounts/life.h"

/* What the customers pay for plant of their own: built, kept in order. */
static double plant_money_year(const struct ledger *ledger) {
    double money = 0.0;
    for (int k = 0; k < ledger->transfers_count; k++) {
        const struct transfer *t = &ledger->transfers[k];
        bool plant = strcmp(t->kind, "plant_capital") == 0 || strcmp(t->kind, "plant_fixed") == 0;
        money += plant && t->payer == PARTY_HEAT_CUSTOMERS ? t->money_year : 0.0;
    }
    return money;
}

static void set_one(const struct accounts *accounts, const struct household *of, double share_frac,
                    struct household_account *ret) {
    ret->share_frac = share_frac;
    double home_frac = share_frac / of->homes_count;
    double plant_frac = of->tenure == TENURE_OWN ? 1.0 : of->passed_on_frac;
    for (int k = 0; k < CASES; k++) {
        double plant_money = plant_money_year(&accounts->ledger[k]);
        double all_money = accounts->metrics[k].heat_bill_money_year;
        ret->plant_money_home_year[k] = home_frac * plant_money;
        ret->running_money_home_year[k] = home_frac * (all_money - plant_money);
        ret->pays_money_home_year[k] =
            ret->running_money_home_year[k] + plant_frac * ret->plant_money_home_year[k];
        ret->burden_frac[k] = ret->pays_money_home_year[k] / of->income_money_year;
    }
}

enum status life_households(struct accounts *accounts, struct arena *arena) {
    const struct scenario *s = accounts->scenario;
    struct life *life = accounts->life;
    double taken_kwh = 0.0, need_kwh = accounts->metrics[CASE_TOGETHER].heat_demand_kwh_year;
    life->household = ARENA_TAKE(arena, struct household_account, s->households_count + 1);
    if (!life->household) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < s->households_count; k++) {
        taken_kwh += s->households[k].homes_count * s->households[k].heat_kwh_year;
    }
    double all_kwh = fmax(taken_kwh, need_kwh);
    for (int k = 0; k < s->households_count; k++) {
        const struct household *of = &s->households[k];
        set_one(accounts, of, of->homes_count * of->heat_kwh_year / all_kwh, &life->household[k]);
    }
    life->others_share_frac = 1.0 - taken_kwh / fmax(all_kwh, 1e-9);
    return STATUS_OK;
}
