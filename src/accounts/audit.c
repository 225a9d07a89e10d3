/* The audit of the books: every payment has two ends, the objective is what leaves its parties (and carbon at its
   shadow price), or under view: society what is really spent and damaged; all carbon of power and fuel and all water is
   somebody's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "accounts/internal.h"
#include "base/series.h"

static const double sum_tolerance_ratio = 1e-9;
static const double money_tolerance_ratio = 1e-8; /* of all that is paid */

static double paid_money_year(const struct ledger *ledger) {
    double total = 1e-3; /* a tenth of a cent */
    for (int k = 0; k < ledger->transfers_count; k++) {
        total += ledger->transfers[k].money_year;
    }
    return total;
}

static bool objective_closes(const struct accounts *accounts, enum plan_case kind) {
    const struct scenario *scenario = accounts->scenario;
    const struct metrics *m = &accounts->metrics[kind];
    double expected_money = scenario->carbon_shadow_money_kg * m->carbon_marginal_kg_year;
    for (int party = 0; !scenario->view_society && party < PARTY_COUNT; party++) {
        expected_money -=
            scenario->objective_party[party] ? accounts->ledger[kind].net_money_year[party] : 0.0;
    }
    expected_money = scenario->view_society ? m->society_money_year : expected_money;
    return fabs(m->cost_money_year - expected_money) <=
           money_tolerance_ratio * paid_money_year(&accounts->ledger[kind]);
}

/* What is bought at all ports against what is sold. */
static bool attribution_closes(const struct accounts *accounts, enum plan_case kind) {
    const struct scenario *scenario = accounts->scenario;
    struct sum bought_kg = {0, 0}, sold_kg = {0, 0}, water_m3 = {0, 0};
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct component *kind_of = scenario->instances[i].kind;
        const struct flow *flow = &accounts->plan->cases[kind].flow[i];
        for (int p = 0; flow->included && p < kind_of->ports_count; p++) {
            struct purchase bought = account_purchase(accounts, kind, i, p);
            sum_add(&bought_kg, bought.carbon_kg_year);
            bool water = kind_of->ports[p].carrier == CARRIER_WATER;
            sum_add(&water_m3, water ? bought.quantity_year : 0.0);
        }
        if (flow->included && account_sells(kind_of)) {
            sum_add(&sold_kg, flow->carbon_kg / scenario->year_frac);
        }
    }
    double sold = sum_value(&sold_kg), water = accounts->metrics[kind].water_m3_year;
    return fabs(sum_value(&bought_kg) - sold) <= sum_tolerance_ratio * (1.0 + fabs(sold)) &&
           fabs(sum_value(&water_m3) - water) <= sum_tolerance_ratio * (1.0 + water);
}

enum status account_audit(const struct accounts *accounts) {
    for (int k = 0; k < CASES; k++) {
        const struct ledger *ledger = &accounts->ledger[k];
        bool cancels =
            fabs(ledger->sum_money_year) <= sum_tolerance_ratio * paid_money_year(ledger);
        if (!cancels || !objective_closes(accounts, (enum plan_case)k) ||
            !attribution_closes(accounts, (enum plan_case)k)) {
            return STATUS_AUDIT_FAILED;
        }
    }
    return STATUS_OK;
}
