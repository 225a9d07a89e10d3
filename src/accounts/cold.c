/* The town's chilled water: who needs it, what recovered heat makes of it, what is sold under the contract.

   Recovered cold is what sorption chillers make of recovered heat: all of theirs where they stand at the hand-off, a share
   where other plant heats the same bus. Its heat counts as reused (it crosses the boundary and serves somebody); it avoids no
   heating, so that carbon shows it as power not bought, once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "accounts/internal.h"
#include "base/series.h"

static int cold_port(const struct component *kind, enum direction direction) {
    for (int p = 0; p < kind->ports_count; p++) {
        if (kind->ports[p].carrier == CARRIER_COLD && kind->ports[p].direction == direction) {
            return p;
        }
    }
    return -1;
}

static bool makes_cold(const struct instance *it) {
    return it->hall < 0 && it->kind->shape == SHAPE_CONVERTER &&
           cold_port(it->kind, FLOWS_OUT) >= 0;
}

bool account_is_cold_plant(const struct scenario *scenario, int instance) {
    const struct instance *it = &scenario->instances[instance];
    bool store = it->kind->shape == SHAPE_STORE && it->kind->ports[0].carrier == CARRIER_COLD;
    return store || (makes_cold(it) && !account_is_heat_plant(scenario, instance));
}

/* The port by which an instance needs (loads) or makes cold; -1: none. */
static int needs_or_makes(const struct scenario *s, int i, enum direction direction) {
    const struct component *of = s->instances[i].kind;
    bool fits = direction == FLOWS_IN ? of->shape == SHAPE_LOAD : makes_cold(&s->instances[i]);
    return fits ? cold_port(of, direction) : -1;
}

static double cold_kwh_year(const struct plan *plan, enum plan_case kind, int i,
                            enum direction direction) {
    return account_port_year(plan, kind, i, needs_or_makes(plan->scenario, i, direction));
}

double account_cold_demand_kwh_year(const struct plan *plan, enum plan_case kind) {
    double kwh = 0.0;
    for (int i = 0; i < plan->scenario->instances_count; i++) {
        kwh += cold_kwh_year(plan, kind, i, FLOWS_IN);
    }
    return kwh;
}

/* Of the heat that plant gives to a bus, what was recovered; a bus behind the network is as the one before it. */
static double recovered_frac(const struct plan *plan, enum plan_case kind, int bus) {
    const struct scenario *s = plan->scenario;
    const struct instance *pipe = s->network >= 0 ? &s->instances[s->network] : NULL;
    int from = pipe && pipe->port_bus[1] == bus ? pipe->port_bus[0] : bus;
    double given_kwh = 0.0, recovered_kwh = 0.0;
    for (int i = 0; i < s->instances_count; i++) {
        const struct instance *it = &s->instances[i];
        int out = component_port(it->kind, "heat_out");
        if (i != s->network && it->kind->shape != SHAPE_STORE && out >= 0 &&
            (it->port_bus[out] == bus || it->port_bus[out] == from)) {
            double kwh = account_port_year(plan, kind, i, out);
            bool hand_off = it->hall >= 0 && s->halls[it->hall].recovery == i;
            given_kwh += kwh;
            recovered_kwh += hand_off || plan_uses_recovery(s, i) ? kwh : 0.0;
        }
    }
    return given_kwh > 0.0 ? recovered_kwh / given_kwh : 0.0;
}

/* Of the cold that one instance makes, what comes of recovered heat. */
double account_cold_recovered_frac(const struct plan *plan, enum plan_case kind, int instance) {
    const struct instance *it = &plan->scenario->instances[instance];
    int in = component_port(it->kind, "heat_in");
    return makes_cold(it) && in >= 0 && it->port_bus[in] >= 0
               ? recovered_frac(plan, kind, it->port_bus[in])
               : 0.0;
}

/* What reaches the town: all that is made, less what stores lose of it, is needed. */
double account_cold_recovered_kwh_year(const struct plan *plan, enum plan_case kind) {
    double made_kwh = 0.0, recovered_kwh = 0.0;
    for (int i = 0; i < plan->scenario->instances_count; i++) {
        double kwh = cold_kwh_year(plan, kind, i, FLOWS_OUT);
        made_kwh += kwh;
        recovered_kwh += kwh * account_cold_recovered_frac(plan, kind, i);
    }
    double needed_kwh = account_cold_demand_kwh_year(plan, kind);
    return made_kwh > 0.0 ? recovered_kwh * fmin(1.0, needed_kwh / made_kwh) : 0.0;
}

/* What the customers need and do not make by plant of their own, in one step of the horizon. */
static double sold_kw(const struct plan *plan, enum plan_case kind, int t) {
    const struct scenario *s = plan->scenario;
    double kw = 0.0;
    for (int i = 0; i < s->instances_count; i++) {
        const struct flow *flow = &plan->cases[kind].flow[i];
        int need = needs_or_makes(s, i, FLOWS_IN), own = needs_or_makes(s, i, FLOWS_OUT);
        own = s->instances[i].owner == PARTY_HEAT_CUSTOMERS ? own : -1;
        kw += flow->included && need >= 0 && flow->port_kw[need] ? flow->port_kw[need][t] : 0.0;
        kw -= flow->included && own >= 0 && flow->port_kw[own] ? flow->port_kw[own][t] : 0.0;
    }
    return kw;
}

double account_cold_sold_kwh_year(const struct plan *plan, enum plan_case kind) {
    double to_year = plan->hours->step_h / plan->scenario->year_frac;
    struct sum kwh = {0, 0};
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        sum_add(&kwh, plan_weight_ratio(plan, t) * (sold_kw(plan, kind, t) * to_year));
    }
    return fmax(0.0, sum_value(&kwh));
}

/* Cold sold, each kWh at what one more would have cost the town apart in that step: the tariffs of the contract speak of
   heat. */
double account_cold_avoided_money_year(const struct plan *plan) {
    const struct scenario *s = plan->scenario;
    const struct case_plan *apart = &plan->cases[CASE_APART];
    double money = 0.0, to_year = plan->hours->step_h / s->year_frac;
    int bus = -1;
    for (int k = 0; k < s->buses_count; k++) {
        bus = s->buses[k].carrier == CARRIER_COLD ? k : bus;
    }
    const double *price_money_kwh =
        bus >= 0 && apart->price_money_kwh ? apart->price_money_kwh[bus] : NULL;
    for (int t = 0; price_money_kwh && t < plan->hours->horizon_count; t++) {
        money +=
            plan_weight_ratio(plan, t) * (sold_kw(plan, CASE_TOGETHER, t) * price_money_kwh[t]);
    }
    return money * to_year;
}

/* Costs of the town's cold; what the hall pays more or less for it stands with the heat where heat is delivered. */
void account_cold_metrics(struct metrics *m, const struct accounts *accounts, enum plan_case kind,
                          double hall_money_year) {
    const struct scenario *s = accounts->scenario;
    double all_money = 0.0, chain_money = 0.0;
    m->cold_demand_kwh_year = account_cold_demand_kwh_year(accounts->plan, kind);
    m->cold_recovered_kwh_year = account_cold_recovered_kwh_year(accounts->plan, kind);
    bool needed = m->cold_demand_kwh_year > 0.0, recovered = m->cold_recovered_kwh_year > 1.0;
    for (int i = 0; i < s->instances_count; i++) {
        if (account_is_cold_plant(s, i)) {
            double money = account_instance_cost_money_year(accounts, kind, i);
            all_money += money;
            chain_money += money * account_cold_recovered_frac(accounts->plan, kind, i);
        }
    }
    m->cold_share_frac =
        needed ? m->cold_recovered_kwh_year / m->cold_demand_kwh_year : (double)NAN;
    m->cold_cost_money_kwh =
        needed ? (all_money + hall_money_year) / m->cold_demand_kwh_year : (double)NAN;
    m->recovered_cold_cost_money_kwh =
        recovered ? (chain_money + hall_money_year) / m->cold_recovered_kwh_year : (double)NAN;
}
