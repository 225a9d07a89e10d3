/* Contracts of power in the books: agreements with generators elsewhere, and certificates of origin.

   certified share of a meter's import in a year = min(1, certificate_frac + kept certificates of contracts / import)

   By market (GHG Protocol, scope 2 guidance) certified energy emits nothing, whenever in the year it is made; by location
   nothing changes; for the score by the hour a contract counts in the hour in which it is made, a certificate never. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/agreement.h"

#include <math.h>

#include "base/series.h"

enum { USED, SOLD };

static const void *member(const struct instance *it, const char *key) {
    return (const char *)it->self + component_param(it->kind, key)->offset;
}

/* A contract for a grid's meter whose certificates are kept: what it buys is carbon-free. */
static bool is_kept(const struct accounts *accounts, enum plan_case kind, int i, int grid) {
    const struct instance *it = &accounts->scenario->instances[i];
    const struct instance *meter = &accounts->scenario->instances[grid];
    return it->kind->contract && accounts->plan->cases[kind].flow[i].included &&
           it->port_bus[it->kind->reference_port] == meter->port_bus[meter->kind->reference_port] &&
           *(const bool *)member(it, "certificates");
}

struct agreement account_agreement(const struct accounts *accounts, enum plan_case kind, int i) {
    const struct plan *plan = accounts->plan;
    const struct instance *it = &plan->scenario->instances[i];
    const struct flow *flow = &plan->cases[kind].flow[i];
    const struct input *price = member(it, "price_money_kwh");
    const int *settlement = member(it, "settlement");
    struct sum made = {0, 0}, used = {0, 0}, paid = {0, 0}, credit = {0, 0}, sold = {0, 0};
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        const struct mode *mode = flow->coefficients->mode;
        double used_kw = plan_weight_ratio(plan, t) * flow->rate_kw[USED][t];
        double sold_kw = plan_weight_ratio(plan, t) * flow->rate_kw[SOLD][t];
        double price_money_kwh = input_at(price, t);
        sum_add(&made, used_kw + sold_kw);
        sum_add(&used, used_kw);
        sum_add(&paid, price_money_kwh * (used_kw + sold_kw));
        sum_add(&credit, (price_money_kwh - mode[USED].cost_money_kwh[t]) * used_kw);
        sum_add(&sold, (price_money_kwh - mode[SOLD].cost_money_kwh[t]) * sold_kw);
    }
    double to_year = plan->hours->step_h / plan->scenario->year_frac;
    struct agreement ret = {
        *settlement == 1,           sum_value(&made) * to_year,   sum_value(&used) * to_year,
        sum_value(&paid) * to_year, sum_value(&credit) * to_year, sum_value(&sold) * to_year};
    return ret;
}

static double number_of(const struct accounts *accounts, int i, const char *key) {
    const struct instance *it = &accounts->scenario->instances[i];
    return component_number(it->kind, it->self, key, 0.0);
}

static double import_kwh(const struct accounts *accounts, enum plan_case kind, int grid) {
    const struct flow *flow = &accounts->plan->cases[kind].flow[grid];
    return flow->included ? plan_sum_kw(accounts->plan->hours, flow->rate_kw[0]) *
                                accounts->plan->hours->step_h
                          : 0.0;
}

double account_certified_money(const struct accounts *accounts, enum plan_case kind, int grid) {
    return number_of(accounts, grid, "certificate_frac") *
           number_of(accounts, grid, "certificate_money_kwh") * import_kwh(accounts, kind, grid);
}

double account_kept_kwh_year(const struct accounts *accounts, enum plan_case kind, int grid) {
    double kept_kwh = 0.0;
    for (int i = 0; i < accounts->scenario->instances_count; i++) {
        kept_kwh += is_kept(accounts, kind, i, grid)
                        ? account_agreement(accounts, kind, i).made_kwh_year
                        : 0.0;
    }
    return kept_kwh;
}

double account_certified_frac(const struct accounts *accounts, enum plan_case kind, int grid) {
    double all_kwh = import_kwh(accounts, kind, grid) / accounts->scenario->year_frac;
    double kept_kwh = account_kept_kwh_year(accounts, kind, grid);
    double bought_frac = number_of(accounts, grid, "certificate_frac");
    return all_kwh > 0.0 ? fmin(1.0, bought_frac + kept_kwh / all_kwh) : 0.0;
}

double account_contracted_kw(const struct accounts *accounts, enum plan_case kind, int grid,
                             int t) {
    const struct plan *plan = accounts->plan;
    double made_kw = 0.0;
    for (int i = 0; i < accounts->scenario->instances_count; i++) {
        const struct flow *flow = &plan->cases[kind].flow[i];
        made_kw += is_kept(accounts, kind, i, grid)
                       ? flow->rate_kw[USED][t] + flow->rate_kw[SOLD][t]
                       : 0.0;
    }
    return fmin(made_kw, plan->cases[kind].flow[grid].rate_kw[0][t]);
}

double account_firm_money_kw_year(const struct accounts *accounts, enum plan_case kind, int grid) {
    const struct plan *plan = accounts->plan;
    const struct instance *meter = &accounts->scenario->instances[grid];
    const struct mode *import = &plan->cases[kind].flow[grid].coefficients->mode[0];
    const double *price =
        plan->cases[kind].price_money_kwh[meter->port_bus[meter->kind->reference_port]];
    struct sum worth = {0, 0};
    for (int t = 0; price && t < plan->hours->horizon_count; t++) {
        bool called = import->use[t] > 1.0 || !import->may_run[t];
        double gain_money_kwh = called ? fmax(0.0, price[t] - import->cost_money_kwh[t]) : 0.0;
        sum_add(&worth, plan_weight_ratio(plan, t) * gain_money_kwh);
    }
    return sum_value(&worth) * plan->hours->step_h / accounts->scenario->year_frac;
}
