/* The heat contract: what customers pay for the heat they get under it, and what the operator gets for its source.

   shared_savings   customers keep share_frac of what all parties save together; the rest goes to the heat utility and
                    the operator in equal parts, unless the source heat has a given price
   cost_plus        the heat utility's additional cost, its source heat included, plus share_frac of it
   fixed_price      price_money_kwh for every kWh
   free             nothing

   Heat plant of a town that is not the customers' own sells to them at cost: in all cases where it stood before, and
   outside the contract whatever else heats them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "accounts/internal.h"

static const double least_frac = 1e-9; /* of the need: less heat than this is none */

double account_demand_kwh_year(const struct plan *plan, enum plan_case kind) {
    double demand_kwh = 0.0;
    for (int k = 0; k < plan->scenario->towns_count; k++) {
        demand_kwh +=
            account_named_port_year(plan, kind, plan->scenario->towns[k].instance, "heat_in");
    }
    return demand_kwh;
}

/* Of the heat given to a bus, what is neither dumped nor lost in a store there. */
static double kept_frac(const struct plan *plan, enum plan_case kind, int bus) {
    const struct scenario *scenario = plan->scenario;
    double given_kwh = 0.0, wasted_kwh = 0.0;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        int waste = plan_waste_port(scenario, i);
        for (int p = 0; p < instance->kind->ports_count; p++) {
            if (instance->port_bus[p] != bus) {
                continue;
            }
            double kwh = account_port_year(plan, kind, i, p);
            wasted_kwh += p == waste ? kwh : 0.0;
            given_kwh += instance->kind->ports[p].direction == FLOWS_OUT ? kwh : 0.0;
        }
    }
    return given_kwh > 0.0 ? fmax(0.0, 1.0 - wasted_kwh / given_kwh) : 1.0;
}

/* Of the heat that enters the network, what arrives. */
static double arriving_frac(const struct plan *plan, enum plan_case kind) {
    int network = plan->scenario->network;
    double in_kwh = network >= 0 ? account_port_year(plan, kind, network, 0) : 0.0;
    return in_kwh > 0.0 ? fmax(0.0, account_port_year(plan, kind, network, 1) / in_kwh) : 1.0;
}

double account_recovered_delivered_kwh_year(const struct plan *plan, enum plan_case kind) {
    const struct scenario *scenario = plan->scenario;
    double delivered_kwh = 0.0;
    int far_bus = scenario->network >= 0 ? scenario->instances[scenario->network].port_bus[1] : -1;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        if (!plan_uses_recovery(scenario, i)) {
            continue;
        }
        int out = component_port(instance->kind, "heat_out");
        double kwh = account_port_year(plan, kind, i, out);
        int bus = out >= 0 ? instance->port_bus[out] : -1;
        bool piped =
            scenario->network >= 0 && bus == scenario->instances[scenario->network].port_bus[0];
        delivered_kwh += kwh * kept_frac(plan, kind, bus) *
                         (piped ? arriving_frac(plan, kind) * kept_frac(plan, kind, far_bus) : 1.0);
    }
    return delivered_kwh > least_frac * account_demand_kwh_year(plan, kind) ? delivered_kwh : 0.0;
}

bool account_is_heat_plant(const struct scenario *scenario, int instance) {
    const struct instance *it = &scenario->instances[instance];
    if (it->kind->shape == SHAPE_LOAD || it->hall >= 0 || it->kind->origin != ORIGIN_NONE) {
        return false; /* who makes power sells heat beside it */
    }
    for (int p = 0; p < it->kind->ports_count; p++) {
        bool gives = it->kind->shape == SHAPE_STORE || it->kind->ports[p].direction == FLOWS_OUT;
        if (it->kind->ports[p].carrier == CARRIER_HEAT && gives) {
            return true;
        }
    }
    return false;
}

static bool is_substation(const struct scenario *scenario, int instance) {
    for (int k = 0; k < scenario->towns_count; k++) {
        if (scenario->towns[k].substation == instance) {
            return true;
        }
    }
    return false;
}

double account_sold_kwh_year(const struct plan *plan, enum plan_case kind) {
    const struct scenario *scenario = plan->scenario;
    double sold_kwh = account_demand_kwh_year(plan, kind);
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        bool customers = instance->owner == PARTY_HEAT_CUSTOMERS;
        if (account_is_heat_plant(scenario, i) && (customers || instance->town >= 0) &&
            !is_substation(scenario, i) && !plan_uses_recovery(scenario, i)) {
            sold_kwh -= account_named_port_year(plan, kind, i, "heat_out");
        }
    }
    return sold_kwh;
}

static enum party seller_party(const struct plan *plan) {
    const struct scenario *scenario = plan->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        if (plan->cases[CASE_TOGETHER].flow[i].included &&
            scenario->instances[i].owner == PARTY_HEAT_UTILITY &&
            account_is_heat_plant(scenario, i)) {
            return PARTY_HEAT_UTILITY;
        }
    }
    return PARTY_OPERATOR;
}

/* Heat plant that somebody else owns passes its cost on to the customers: a town's producers always, other plant
   where there is no contract. */
static void pass_on(struct accounts *accounts, enum plan_case kind) {
    const struct scenario *scenario = accounts->scenario;
    struct ledger *ledger = &accounts->ledger[kind];
    int before = ledger->transfers_count;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        bool under_contract = kind == CASE_TOGETHER && instance->town < 0;
        if (instance->owner == PARTY_HEAT_CUSTOMERS || under_contract ||
            !account_is_heat_plant(scenario, i)) {
            continue;
        }
        double cost_money = 0.0;
        for (int k = 0; k < before; k++) {
            const struct transfer *transfer = &ledger->transfers[k];
            if (transfer->instance == i && transfer->payer == instance->owner) {
                cost_money += transfer->money_year;
            } else if (transfer->instance == i && transfer->payee == instance->owner) {
                cost_money -= transfer->money_year;
            }
        }
        double kwh = account_named_port_year(accounts->plan, kind, i, "heat_out");
        struct transfer sold = {PARTY_HEAT_CUSTOMERS,
                                instance->owner,
                                "existing_heat_sold",
                                "Heat from existing plants",
                                NULL,
                                cost_money,
                                kwh,
                                i};
        account_add_transfer(ledger, sold);
    }
    account_net(ledger);
}

enum status account_contract(struct accounts *accounts, struct arena *arena) {
    (void)arena;
    const struct scenario *scenario = accounts->scenario;
    struct ledger *together = &accounts->ledger[CASE_TOGETHER];
    for (int k = 0; k < CASES; k++) {
        pass_on(accounts, (enum plan_case)k);
    }
    const double *apart = accounts->ledger[CASE_APART].net_money_year;
    enum party seller = seller_party(accounts->plan);
    double heat_kwh = account_sold_kwh_year(accounts->plan, CASE_TOGETHER);
    double handed_kwh = 0.0;
    for (int h = 0; h < scenario->halls_count; h++) {
        if (scenario->halls[h].recovery >= 0) {
            handed_kwh += account_named_port_year(accounts->plan, CASE_TOGETHER,
                                                  scenario->halls[h].recovery, "heat_out");
        }
    }
    accounts->heat_price_money_kwh = accounts->source_heat_price_money_kwh = (double)NAN;
    if (heat_kwh <= least_frac * account_demand_kwh_year(accounts->plan, CASE_TOGETHER)) {
        return STATUS_OK;
    }
    double customers_money =
        together->net_money_year[PARTY_HEAT_CUSTOMERS] - apart[PARTY_HEAT_CUSTOMERS];
    double seller_money = together->net_money_year[seller] - apart[seller];
    bool source_given = !isnan(scenario->source_heat_money_kwh), own = seller == PARTY_OPERATOR;
    double operator_money =
        own ? 0.0 : together->net_money_year[PARTY_OPERATOR] - apart[PARTY_OPERATOR];
    double surplus_money = customers_money + seller_money + operator_money;
    double source_money = source_given && !own ? scenario->source_heat_money_kwh * handed_kwh : 0.0;
    double heat_money = 0.0;
    switch (scenario->contract) {
    case CONTRACT_SHARED_SAVINGS:
        heat_money = customers_money - scenario->contract_share_frac * surplus_money;
        if (!source_given && !own) {
            source_money =
                0.5 * (1.0 - scenario->contract_share_frac) * surplus_money - operator_money;
        }
        break;
    case CONTRACT_COST_PLUS:
        heat_money = (-seller_money + source_money) * (1.0 + scenario->contract_share_frac);
        break;
    case CONTRACT_FIXED_PRICE:
        heat_money = scenario->contract_price_money_kwh * heat_kwh;
        break;
    case CONTRACT_FREE:
    case CONTRACT_MODELS:
        break;
    }
    struct transfer sold = {PARTY_HEAT_CUSTOMERS, seller,   "heat_sold", "Heat sold", NULL,
                            heat_money,           heat_kwh, -1};
    struct transfer source = {seller, PARTY_OPERATOR, "source_heat", "Source heat",
                              NULL,   source_money,   handed_kwh,    -1};
    account_add_transfer(together, sold);
    account_add_transfer(together, source);
    account_net(together);
    accounts->heat_price_money_kwh = heat_money / heat_kwh;
    accounts->source_heat_price_money_kwh =
        !own && handed_kwh > 0.0 ? source_money / handed_kwh : (double)NAN;
    return STATUS_OK;
}
