/* Who draws on a bus and what it costs. In each step what the seller (grid, fuel, water) gives is shared by those who
   take, in proportion to what they take; a month's demand charge by their part of the steps in which the peak stands.
   Who feeds a meter that is another's is paid what his power saves or earns there: the energy price for what is used,
   the export price for what leaves; who takes on that meter bears his share of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "base/series.h"
#include "base/units.h"

static const double at_peak_ratio = 1e-9; /* this close to the month's peak is the peak */

double account_port_year(const struct plan *plan, enum plan_case kind, int instance, int port) {
    const struct flow *flow = &plan->cases[kind].flow[instance];
    if (port < 0 || !flow->included || !flow->port_kw[port]) {
        return 0.0;
    }
    double sum_kw = plan_sum_kw(plan->hours, flow->port_kw[port]);
    return units_energy_kwh(sum_kw, plan->hours->step_h, 1.0) / plan->scenario->year_frac;
}

double account_named_port_year(const struct plan *plan, enum plan_case kind, int instance,
                               const char *port) {
    return account_port_year(plan, kind, instance,
                             component_port(plan->scenario->instances[instance].kind, port));
}

bool account_sells(const struct component *kind) {
    return plan_is_grid(kind) || strcmp(kind->name, "fuel_supply") == 0 ||
           strcmp(kind->name, "water_supply") == 0;
}

/* The instance that sells on a bus: the grid of a meter, the supply of a fuel or of water. -1:
   none. */
static int seller_on(const struct plan *plan, enum plan_case kind, int bus) {
    const struct scenario *scenario = plan->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        if (account_sells(instance->kind) && plan->cases[kind].flow[i].included &&
            instance->port_bus[instance->kind->reference_port] == bus) {
            return i;
        }
    }
    return -1;
}

/* What a port takes from its bus (sign 1) or gives to it (-1); a store does both at one port. */
static double drawn_kw(const struct instance *instance, const struct flow *flow, int port, int t,
                       double sign) {
    double in_kw = instance->kind->ports[port].direction == FLOWS_IN ? flow->port_kw[port][t]
                                                                     : -flow->port_kw[port][t];
    return fmax(0.0, sign * in_kw);
}

enum status account_pools(struct accounts *accounts, enum plan_case kind, struct arena *arena) {
    const struct scenario *scenario = accounts->scenario;
    int steps = accounts->plan->hours->horizon_count;
    struct pool *pools = ARENA_TAKE(arena, struct pool, scenario->buses_count);
    accounts->pools[kind] = pools;
    for (int b = 0; pools && b < scenario->buses_count; b++) {
        pools[b].seller = seller_on(accounts->plan, kind, b);
        if (pools[b].seller >= 0) {
            pools[b].taken_kw = ARENA_TAKE(arena, double, steps);
            pools[b].given_kw = ARENA_TAKE(arena, double, steps);
            pools[b].foreign_kw = ARENA_TAKE(arena, double, steps);
        }
    }
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        const struct flow *flow = &accounts->plan->cases[kind].flow[i];
        for (int p = 0; flow->included && p < instance->kind->ports_count; p++) {
            int bus = instance->port_bus[p];
            if (bus < 0 || pools[bus].seller < 0 || pools[bus].seller == i || !flow->port_kw[p]) {
                continue;
            }
            bool foreign = instance->owner != scenario->instances[pools[bus].seller].owner;
            for (int t = 0; t < steps; t++) {
                double given_kw = drawn_kw(instance, flow, p, t, -1.0);
                pools[bus].taken_kw[t] += drawn_kw(instance, flow, p, t, 1.0);
                pools[bus].given_kw[t] += given_kw;
                pools[bus].foreign_kw[t] += foreign ? given_kw : 0.0;
            }
        }
    }
    return STATUS_OK;
}

static double exported_frac(const struct accounts *accounts, enum plan_case kind,
                            const struct pool *pool, int t) {
    const struct flow *sale = &accounts->plan->cases[kind].flow[pool->seller];
    double exported_kw = sale->modes > 1 ? sale->rate_kw[1][t] : 0.0;
    return pool->given_kw[t] > 0.0 ? fmin(1.0, exported_kw / pool->given_kw[t]) : 0.0;
}

/* Share of the horizon's demand charges that falls on a port. */
static double demand_share_money(const struct accounts *accounts, enum plan_case kind,
                                 const struct pool *pool, int i, int port) {
    const struct plan *plan = accounts->plan;
    const struct flow *grid = &plan->cases[kind].flow[pool->seller];
    const struct flow *flow = &plan->cases[kind].flow[i];
    const struct plan_calendar calendar = plan_calendar(plan);
    double total = 0.0, share[12] = {0.0};
    int steps[12] = {0};
    if (!grid->peak_kw || grid->demand_money == 0.0) {
        return 0.0;
    }
    for (int s = 0; s < calendar.steps; s++) {
        int month = calendar.month[s], t = plan_calendar_like(&calendar, s);
        if (grid->rate_kw[0][t] >= grid->peak_kw[month] * (1.0 - at_peak_ratio) &&
            grid->peak_kw[month] > 0.0) {
            double drawn = drawn_kw(&plan->scenario->instances[i], flow, port, t, 1.0);
            share[month] += pool->taken_kw[t] > 0.0 ? drawn / pool->taken_kw[t] : 0.0;
            steps[month]++;
        }
    }
    for (int month = 0; month < 12; month++) {
        total += steps[month] ? grid->peak_money[month] * share[month] / steps[month] : 0.0;
    }
    return total;
}

struct purchase account_purchase(const struct accounts *accounts, enum plan_case kind, int i,
                                 int port) {
    struct purchase ret = {0};
    const struct plan *plan = accounts->plan;
    const struct instance *it = &plan->scenario->instances[i];
    const struct flow *flow = &plan->cases[kind].flow[i];
    int bus = port >= 0 ? it->port_bus[port] : -1;
    if (!flow->included || bus < 0 || !flow->port_kw[port] ||
        accounts->pools[kind][bus].seller < 0 || accounts->pools[kind][bus].seller == i) {
        return ret;
    }
    const struct pool *pool = &accounts->pools[kind][bus];
    const struct flow *sale = &plan->cases[kind].flow[pool->seller];
    const struct mode *mode = &sale->coefficients->mode[0];
    struct sum money = {0, 0}, local = {0, 0}, quantity = {0, 0}, carbon = {0, 0},
               marginal = {0, 0}, sold = {0, 0};
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        double taken_kw = drawn_kw(it, flow, port, t, 1.0);
        if (taken_kw == 0.0) {
            continue;
        }
        double share = plan_weight_ratio(plan, t) * (taken_kw / pool->taken_kw[t]);
        double share_kw = share * sale->rate_kw[0][t];
        double used_kw = pool->foreign_kw[t] * (1.0 - exported_frac(accounts, kind, pool, t));
        sum_add(&quantity, plan_weight_ratio(plan, t) * taken_kw);
        sum_add(&money, mode->cost_money_kwh[t] * share_kw);
        sum_add(&local, mode->cost_money_kwh[t] * share * used_kw);
        sum_add(&sold, share_kw);
        sum_add(&carbon, mode->carbon_kgco2_kwh[t] * share_kw);
        sum_add(&marginal, mode->carbon_marginal_kgco2_kwh[t] * share_kw);
    }
    double to_year = plan->hours->step_h / plan->scenario->year_frac;
    ret.energy_money_year = sum_value(&money) * to_year;
    ret.local_money_year = sum_value(&local) * to_year;
    ret.quantity_year = sum_value(&quantity) * to_year;
    ret.grid_kwh_year = sum_value(&sold) * to_year;
    ret.carbon_kg_year = sum_value(&carbon) * to_year;
    ret.carbon_marginal_kg_year = sum_value(&marginal) * to_year;
    ret.demand_money_year =
        demand_share_money(accounts, kind, pool, i, port) / plan->scenario->year_frac;
    ret.tax_money_year = plan_tax_frac(plan->scenario, pool->seller) *
                         (ret.energy_money_year + ret.demand_money_year);
    return ret;
}

double account_purchase_money_year(const struct purchase *bought) {
    return bought->energy_money_year + bought->local_money_year + bought->demand_money_year +
           bought->tax_money_year;
}

struct purchase account_feed_in(const struct accounts *accounts, enum plan_case kind, int i,
                                int port) {
    struct purchase ret = {0};
    const struct plan *plan = accounts->plan;
    const struct instance *it = &plan->scenario->instances[i];
    const struct flow *flow = &plan->cases[kind].flow[i];
    int bus = it->port_bus[port];
    if (!flow->included || bus < 0 || !flow->port_kw[port] ||
        accounts->pools[kind][bus].seller < 0 || accounts->pools[kind][bus].seller == i) {
        return ret;
    }
    const struct pool *pool = &accounts->pools[kind][bus];
    const struct flow *sale = &plan->cases[kind].flow[pool->seller];
    struct sum money = {0, 0}, quantity = {0, 0};
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        double given_kw = plan_weight_ratio(plan, t) * drawn_kw(it, flow, port, t, -1.0);
        double left_frac = exported_frac(accounts, kind, pool, t);
        double export_money_kwh =
            sale->modes > 1 ? -sale->coefficients->mode[1].cost_money_kwh[t] : 0.0;
        sum_add(&quantity, given_kw);
        sum_add(&money,
                given_kw * (left_frac * export_money_kwh +
                            (1.0 - left_frac) * sale->coefficients->mode[0].cost_money_kwh[t]));
    }
    double to_year = plan->hours->step_h / plan->scenario->year_frac;
    ret.energy_money_year = sum_value(&money) * to_year;
    ret.quantity_year = sum_value(&quantity) * to_year;
    return ret;
}
