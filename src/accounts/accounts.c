/* The order of adding up: ledgers, contract, metrics, change, then words. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/accounts.h"

#include <math.h>

#include "accounts/cooling.h"
#include "accounts/internal.h"
#include "accounts/inventory.h"
#include "accounts/life.h"
#include "components/data_hall.h"

static enum status add_energy(struct accounts *accounts, enum plan_case kind, struct arena *arena) {
    const struct scenario *scenario = accounts->scenario;
    accounts->energy[kind] =
        ARENA_TAKE(arena, struct energy_row, scenario->instances_count * PORTS_MAX);
    if (!accounts->energy[kind]) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct flow *flow = &accounts->plan->cases[kind].flow[i];
        for (int p = 0; flow->included && p < scenario->instances[i].kind->ports_count; p++) {
            if (flow->port_kw[p]) {
                struct energy_row row = {i, p, account_port_year(accounts->plan, kind, i, p)};
                accounts->energy[kind][accounts->energy_count[kind]++] = row;
            }
        }
    }
    return STATUS_OK;
}

/* Every default that was used by an instance of the plan, once per kind and parameter. */
static enum status add_defaults(struct accounts *accounts, struct arena *arena) {
    const struct scenario *scenario = accounts->scenario;
    int most = 0;
    for (int i = 0; i < scenario->instances_count; i++) {
        most += scenario->instances[i].kind->params_count;
    }
    accounts->defaults = ARENA_TAKE(arena, struct default_row, most);
    if (!accounts->defaults) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        if (!accounts->plan->cases[CASE_TOGETHER].flow[i].included &&
            !accounts->plan->cases[CASE_APART].flow[i].included) {
            continue;
        }
        for (int k = 0; k < instance->kind->params_count; k++) {
            const struct param *param = &instance->kind->params[k];
            if (instance->given[k] != GIVEN_DEFAULT) {
                continue;
            }
            bool seen = false;
            for (int d = 0; d < accounts->defaults_count; d++) {
                seen = seen || accounts->defaults[d].param == param;
            }
            double value = (double)NAN;
            const char *self = instance->self;
            if (param->kind == PARAM_NUMBER) {
                value = *(const double *)(const void *)(self + param->offset);
            } else if (param->kind == PARAM_WORD) {
                value = *(const int *)(const void *)(self + param->offset);
            } else if (param->kind == PARAM_FLAG) {
                value = *(const bool *)(const void *)(self + param->offset) ? 1.0 : 0.0;
            } else if (param->kind == PARAM_INPUT) {
                value = ((const struct input *)(const void *)(self + param->offset))->value;
            } else {
                value = ((const struct curve *)(const void *)(self + param->offset))->value[0];
            }
            if (!seen && !isnan(value)) {
                struct default_row row = {i, param, value};
                accounts->defaults[accounts->defaults_count++] = row;
            }
        }
    }
    return STATUS_OK;
}

enum status accounts_make(const struct plan *plan, struct arena *arena, struct accounts **ret) {
    struct accounts *accounts = ARENA_TAKE(arena, struct accounts, 1);
    if (!accounts) {
        return STATUS_NO_MEMORY;
    }
    accounts->plan = plan;
    accounts->scenario = plan->scenario;
    accounts->chain = ARENA_TAKE(arena, struct hall_power, plan->hours->count);
    accounts->cooling = ARENA_TAKE(arena, struct hall_cooling, plan->scenario->halls_count);
    if (!accounts->chain || !accounts->cooling) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < CASES; k++) {
        TRY(account_pools(accounts, (enum plan_case)k, arena));
        TRY(account_ledger(accounts, (enum plan_case)k, arena));
        TRY(add_energy(accounts, (enum plan_case)k, arena));
    }
    TRY(account_contract(accounts, arena));
    for (int k = 0; k < CASES; k++) {
        account_metrics(accounts, (enum plan_case)k);
        TRY(account_carbon_free(accounts, (enum plan_case)k, arena));
    }
    TRY(account_change(accounts, arena));
    double years =
        1.0 / plan_annuity_frac_year(plan->scenario->discount_frac, plan->scenario->life_year);
    for (int party = 0; party < PARTY_COUNT; party++) {
        accounts->annual_party_money[party] = accounts->change.net_money_year[party];
        accounts->npv_money += plan->scenario->objective_party[party]
                                   ? accounts->change.net_money_year[party] * years
                                   : 0.0;
    }
    accounts->npv_society_money = (accounts->metrics[CASE_APART].society_money_year -
                                   accounts->metrics[CASE_TOGETHER].society_money_year) *
                                  years;
    TRY(account_audit(accounts));
    TRY(account_life(accounts, arena));
    TRY(account_inventory(accounts, arena));
    for (int party = 0; party < PARTY_COUNT; party++) { /* with loans, taxes and grants */
        accounts->npv_party_money[party] = accounts->life->party[party].npv_money;
    }
    TRY(add_defaults(accounts, arena));
    TRY(account_reasons(accounts, arena));
    TRY(account_rules(accounts, arena));
    TRY(account_finding(accounts, arena));
    *ret = accounts;
    return STATUS_OK;
}
