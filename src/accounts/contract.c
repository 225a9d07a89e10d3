/* The heat contract: what customers pay for the heat they get under it, and what the operator gets for its source.

   shared_savings   customers keep share_frac of what all parties save together; the rest goes to the heat utility and
                    the operator in equal parts, unless the source heat has a given price
   cost_plus        the heat utility's additional cost, its source heat included, plus share_frac of it
   fixed_price      price_money_kwh for every kWh
   free             nothing
   avoided_cost     for every kWh what one kWh more would have cost the town apart in that step
   by_temperature   cold_money_kwh at -10 degC and below, warm_money_kwh at 15 degC and above, straight between; a peak
   seasonal         a price for winter, for spring and autumn, for summer; a peak

   Cold of others' plant is under the contract with the heat, at the same price a kWh; where the price follows the step or the
   season (the last three), for cold it is what one kWh more would have cost the town apart.

   Heat plant of a town that is not the customers' own sells to them at cost: in all cases where it stood before, and
   outside the contract whatever else heats them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "accounts/internal.h"
#include "base/series.h"

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

/* The same in one step, of the horizon. */
static double sold_kw(const struct plan *plan, int t) {
    const struct scenario *scenario = plan->scenario;
    const struct flow *flow = plan->cases[CASE_TOGETHER].flow;
    double sold = 0.0;
    for (int k = 0; k < scenario->towns_count; k++) {
        int i = scenario->towns[k].instance;
        const double *need_kw =
            flow[i].port_kw[component_port(scenario->instances[i].kind, "heat_in")];
        sold += flow[i].included && need_kw ? need_kw[t] : 0.0;
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        bool customers = instance->owner == PARTY_HEAT_CUSTOMERS;
        int out = component_port(instance->kind, "heat_out");
        if (flow[i].included && out >= 0 && flow[i].port_kw[out] &&
            account_is_heat_plant(scenario, i) && (customers || instance->town >= 0) &&
            !is_substation(scenario, i) && !plan_uses_recovery(scenario, i)) {
            sold -= flow[i].port_kw[out][t];
        }
    }
    return sold;
}

/* What one kWh more of heat costs the town apart: the mean of its buses, by what they need. */
static double avoided_money_kwh(const struct plan *plan, int t) {
    const struct scenario *scenario = plan->scenario;
    const struct case_plan *apart = &plan->cases[CASE_APART];
    double money = 0.0, need_kw = 0.0;
    for (int k = 0; k < scenario->towns_count; k++) {
        int i = scenario->towns[k].instance;
        int in = component_port(scenario->instances[i].kind, "heat_in");
        const double *price_money_kwh =
            apart->price_money_kwh ? apart->price_money_kwh[scenario->towns[k].bus] : NULL;
        if (apart->flow[i].included && apart->flow[i].port_kw[in] && price_money_kwh) {
            money += apart->flow[i].port_kw[in][t] * price_money_kwh[t];
            need_kw += apart->flow[i].port_kw[in][t];
        }
    }
    return need_kw > 0.0 ? money / need_kw : 0.0;
}

static double tariff_money_kwh(const struct plan *plan, int t) {
    static const double cold_c = -10.0, warm_c = 15.0;
    static const int season_of_month[12] = {0, 0, 1, 1, 1, 2, 2, 2, 1, 1, 1, 0};
    const struct scenario *s = plan->scenario;
    double warm_frac = (plan->hours->outdoor_c[t] - cold_c) / (warm_c - cold_c);
    warm_frac = fmin(1.0, fmax(0.0, warm_frac));
    if (s->contract == CONTRACT_AVOIDED_COST) {
        return avoided_money_kwh(plan, t);
    }
    if (s->contract == CONTRACT_BY_TEMPERATURE) {
        return s->contract_cold_money_kwh +
               warm_frac * (s->contract_warm_money_kwh - s->contract_cold_money_kwh);
    }
    return s->contract_season_money_kwh[season_of_month[plan->hours->month[t]]];
}

/* A price by step for what is sold in it, and the charge for the highest step. */
static double tariff_money_year(const struct plan *plan) {
    struct sum money = {0, 0};
    double peak_kw = 0.0, to_year = plan->hours->step_h / plan->scenario->year_frac;
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        double kw = sold_kw(plan, t);
        sum_add(&money, plan_weight_ratio(plan, t) * (kw * tariff_money_kwh(plan, t)));
        peak_kw = fmax(peak_kw, kw);
    }
    bool charged = plan->scenario->contract != CONTRACT_AVOIDED_COST;
    return sum_value(&money) * to_year +
           (charged ? plan->scenario->contract_peak_money_kw_year * peak_kw : 0.0);
}

static enum party seller_party(const struct plan *plan) {
    const struct scenario *scenario = plan->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        if (plan->cases[CASE_TOGETHER].flow[i].included &&
            scenario->instances[i].owner == PARTY_HEAT_UTILITY &&
            (account_is_heat_plant(scenario, i) || account_is_cold_plant(scenario, i))) {
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
            (!account_is_heat_plant(scenario, i) && !account_is_cold_plant(scenario, i))) {
            continue;
        }
        bool cold = !account_is_heat_plant(scenario, i);
        double cost_money = 0.0;
        for (int k = 0; k < before; k++) {
            const struct transfer *transfer = &ledger->transfers[k];
            if (transfer->instance == i && transfer->payer == instance->owner) {
                cost_money += transfer->money_year;
            } else if (transfer->instance == i && transfer->payee == instance->owner) {
                cost_money -= transfer->money_year;
            }
        }
        double kwh =
            account_named_port_year(accounts->plan, kind, i, cold ? "cold_out" : "heat_out");
        struct transfer sold = {PARTY_HEAT_CUSTOMERS,
                                instance->owner,
                                cold ? "existing_cold_sold" : "existing_heat_sold",
                                cold ? "Cold from existing plants" : "Heat from existing plants",
                                NULL,
                                cost_money,
                                kwh,
                                i};
        account_add_transfer(ledger, sold);
    }
    account_net(ledger);
}

/* Less than a billionth of the need is none. */
static double least_kwh(double sold_kwh, double need_kwh) {
    return sold_kwh > least_frac * need_kwh ? sold_kwh : 0.0;
}

static double handed_kwh_year(const struct plan *plan) {
    double kwh = 0.0;
    for (int h = 0; h < plan->scenario->halls_count; h++) {
        int hand_off = plan->scenario->halls[h].recovery;
        kwh += hand_off >= 0 ? account_named_port_year(plan, CASE_TOGETHER, hand_off, "heat_out")
                             : 0.0;
    }
    return kwh;
}

/* What customers pay is for heat and cold by the kWh, unless it is known what is for cold (cold_money not NaN). */
static void book_sold(struct accounts *accounts, enum party seller, double all_money,
                      double cold_money, double heat_kwh, double cold_kwh) {
    struct ledger *together = &accounts->ledger[CASE_TOGETHER];
    cold_money = isnan(cold_money) ? all_money * cold_kwh / (heat_kwh + cold_kwh) : cold_money;
    struct transfer sold = {PARTY_HEAT_CUSTOMERS,   seller,   "heat_sold", "Heat sold", NULL,
                            all_money - cold_money, heat_kwh, -1};
    struct transfer cold = {PARTY_HEAT_CUSTOMERS, seller,   "cold_sold", "Cold sold", NULL,
                            cold_money,           cold_kwh, -1};
    account_add_transfer(together, sold);
    account_add_transfer(together, cold);
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
    double heat_kwh = least_kwh(account_sold_kwh_year(accounts->plan, CASE_TOGETHER),
                                account_demand_kwh_year(accounts->plan, CASE_TOGETHER));
    double cold_kwh = least_kwh(account_cold_sold_kwh_year(accounts->plan, CASE_TOGETHER),
                                account_cold_demand_kwh_year(accounts->plan, CASE_TOGETHER));
    double both_kwh = heat_kwh + cold_kwh, handed_kwh = handed_kwh_year(accounts->plan);
    accounts->heat_price_money_kwh = accounts->source_heat_price_money_kwh = (double)NAN;
    accounts->band.low_money_kwh = accounts->band.high_money_kwh = (double)NAN;
    accounts->seller = seller;
    if (!(both_kwh > 0.0)) {
        return STATUS_OK;
    }
    double customers_money =
        together->net_money_year[PARTY_HEAT_CUSTOMERS] - apart[PARTY_HEAT_CUSTOMERS];
    double seller_money = together->net_money_year[seller] - apart[seller];
    bool source_given = !isnan(scenario->source_heat_money_kwh), own = seller == PARTY_OPERATOR;
    double operator_money =
        own ? 0.0 : together->net_money_year[PARTY_OPERATOR] - apart[PARTY_OPERATOR];
    double surplus_money = customers_money + seller_money + operator_money;
    accounts->band.low_money_kwh = -(seller_money + operator_money) / both_kwh;
    accounts->band.high_money_kwh = customers_money / both_kwh;
    accounts->seller = seller;
    accounts->sold_kwh_year = both_kwh;
    double source_money = source_given && !own ? scenario->source_heat_money_kwh * handed_kwh : 0.0;
    double all_money = 0.0, cold_money = (double)NAN;
    switch (scenario->contract) {
    case CONTRACT_SHARED_SAVINGS:
        all_money = customers_money - scenario->contract_share_frac * surplus_money;
        if (!source_given && !own) {
            source_money =
                0.5 * (1.0 - scenario->contract_share_frac) * surplus_money - operator_money;
        }
        break;
    case CONTRACT_COST_PLUS:
        all_money = (-seller_money + source_money) * (1.0 + scenario->contract_share_frac);
        break;
    case CONTRACT_FIXED_PRICE:
        all_money = scenario->contract_price_money_kwh * both_kwh;
        break;
    case CONTRACT_AVOIDED_COST:
    case CONTRACT_BY_TEMPERATURE:
    case CONTRACT_SEASONAL:
        cold_money = cold_kwh > 0.0 ? account_cold_avoided_money_year(accounts->plan) : 0.0;
        all_money = (heat_kwh > 0.0 ? tariff_money_year(accounts->plan) : 0.0) + cold_money;
        break;
    case CONTRACT_FREE:
    case CONTRACT_MODELS:
        break;
    }
    struct transfer source = {seller, PARTY_OPERATOR, "source_heat", "Source heat",
                              NULL,   source_money,   handed_kwh,    -1};
    book_sold(accounts, seller, all_money, cold_money, heat_kwh, cold_kwh);
    account_add_transfer(together, source);
    account_net(together);
    accounts->heat_price_money_kwh = all_money / both_kwh;
    accounts->source_heat_price_money_kwh =
        !own && handed_kwh > 0.0 ? source_money / handed_kwh : (double)NAN;
    return STATUS_OK;
}
