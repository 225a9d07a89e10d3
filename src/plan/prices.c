/* The prices of the buses against the dispatch, without the programme or a solver: at the prices of an optimum a
   machine that runs below its limit neither gains nor loses by one kW more, one at its limit does not lose, one that
   stands with capacity to spare would not gain. What a grid's import gains at the peak of a month pays that month's kW.
   What a store takes and gives values its content alike as long as it is neither full nor empty in between.

   How exactly: a vertex has prices that support it to rounding. An interior point's are as good as its gap. With prices
   that prove a bound, the gap is the sum over all columns and rows of distance times price of that distance, none of
   them negative. So no machine's gain times its distance from a limit may be larger than the gap of the certificate.

   Where a requirement binds, its own price belongs into these sums and is not known here: then nothing is judged. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/series.h"
#include "plan/tariff.h"

static const double price_tolerance_ratio = 1e-5; /* of the terms of a sum */
/* A machine between its limits may gain or lose the less, the farther from a limit it runs: the share of its terms
   times the share of its capacity. Beside the gap, for what is rounded. */
static const double product_tolerance_ratio = 1e-7;
/* What a store's content is worth at two times differs by what its flows then and its levels between leave open. */
static const double store_products_ratio = 4.0;
/* Beside the terms of the step: in hours whose prices are next to nothing there is no digit to judge by. */
static const double least_size_ratio = 1e-3; /* of the machine's largest sum */
static const double edge_ratio = 1e-5;       /* of a limit: nearer to it is at it */

static const double gap_most_ratio = 1e-7; /* what no solver may call an optimum is no excuse */

struct judged {
    struct case_work *work;
    double gap_money; /* of the certificate */
    double worst_ratio;
    const char *worst;
};

static void judge(struct judged *judged, double residual_ratio, int i, int t) {
    if (!(residual_ratio <= judged->worst_ratio)) {
        char stamp[32];
        calendar_stamp(&judged->work->scenario->calendar, t, stamp);
        judged->worst_ratio = isnan(residual_ratio) ? HUGE_VAL : residual_ratio;
        judged->worst = arena_format(judged->work->arena, "%s at %s",
                                     judged->work->scenario->instances[i].name, stamp);
    }
}

/* whole_money: what a product of one in both shares would be worth. */
static void judge_product(struct judged *judged, double gain_frac, double distance_frac,
                          double whole_money, int i, int t) {
    double product = fmax(0.0, gain_frac) * fmax(0.0, distance_frac);
    double allowed = product_tolerance_ratio + judged->gap_money / whole_money;
    judge(judged, product / allowed * price_tolerance_ratio, i, t);
}

static double price_at(const struct case_work *work, int bus, int t) {
    const double *price = bus >= 0 ? work->result->price_money_kwh[bus] : NULL;
    return price ? price[t] : 0.0;
}

/* What one kW more of a mode would gain over its step, per hour, and the size of the sum's terms. */
static double gain_money_h(const struct case_work *work, int i, int m, int t, double *ret_size) {
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    double cost = case_rate_cost_money_kwh(work, i, m, t), gain = -cost, size = fabs(cost);
    bool line = instance->kind->shape == SHAPE_LINE;
    for (int p = 0; p < instance->kind->ports_count; p++) {
        double sign = instance->kind->ports[p].direction == FLOWS_OUT ? 1.0 : -1.0;
        double kw_kw = c->mode[m].port[p][t];
        if (line) {
            kw_kw = p > 1 ? c->pump_kw_kw[t] : p == m ? 1.0 : 1.0 - c->loss_frac[t];
            sign = p > 1 || p == m ? -1.0 : 1.0;
        }
        double term = sign * kw_kw * price_at(work, instance->port_bus[p], t);
        gain += term;
        size += fabs(term);
    }
    double lift = plan_lift_money_h(work->scenario, work->result, i, m, t);
    if (m == 0 && plan_is_grid(instance->kind)) {
        gain += case_contract_gain_money_kwh(work, i, t);
    }
    *ret_size = size + fabs(lift);
    return gain + lift;
}

static double scale_of(const struct flow *flow, int count) {
    double scale = isfinite(flow->capacity) ? flow->capacity : 0.0;
    for (int m = 0; !isfinite(flow->capacity) && m < flow->modes; m++) {
        for (int t = 0; t < count; t++) {
            scale = fmax(scale, fabs(flow->rate_kw[m][t]));
        }
    }
    return scale;
}

static double largest_size(const struct case_work *work, int i) {
    double largest = 0.0;
    for (int t = 0; t < work->design_days_from; t++) {
        for (int m = 0; m < work->result->flow[i].modes; m++) {
            double size = 0.0;
            (void)gain_money_h(work, i, m, t, &size);
            largest = fmax(largest, size);
        }
    }
    return largest;
}

/* What a kWh of a mode costs by its tariff beside its price: of the import; the export of a net meter undoes it; what is
   sold counts in the least of a year alone, and is not judged there. */
static double rest_money_kwh(const struct case_work *work, int i, int m, int t) {
    const struct tariff *tariff = case_meter_tariff(work->scenario, i);
    double import = case_tariff_marginal_money_kwh(work, i, t);
    if (m == 0) {
        return import;
    }
    if (tariff->export_rule == TARIFF_NET) {
        return -import;
    }
    return tariff->least_money_year > 0.0 ? (double)NAN : 0.0;
}

static void judge_machine(struct judged *judged, int i) {
    struct case_work *work = judged->work;
    const struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    double scale = scale_of(flow, work->design_days_from);
    double least = least_size_ratio * largest_size(work, i);
    bool tariff = case_meter_tariff(work->scenario, i) != NULL;
    bool pays_peaks = !tariff && flow->peak_kw != NULL && case_demand_cost_ratio(work, i) > 0.0;
    for (int t = 0; scale > 0.0 && t < work->design_days_from; t++) {
        for (int m = 0; m < flow->modes; m++) {
            double used_kw = case_used_kw(flow, m, t);
            double spare_frac =
                isfinite(flow->capacity)
                    ? c->availability_frac[t] * flow->capacity / scale - used_kw / scale
                    : 1.0;
            double size = 0.0, rate_kw = flow->rate_kw[m][t];
            double gain = gain_money_h(work, i, m, t, &size);
            gain -= tariff ? rest_money_kwh(work, i, m, t) : 0.0;
            if (!c->mode[m].may_run[t] || size == 0.0 || isnan(gain)) {
                continue;
            }
            double up_frac = spare_frac;
            if (tariff && m == 0) {
                up_frac = fmin(up_frac, case_tariff_room_frac(work, i, t));
            } else if (pays_peaks && m == 0) {
                double peak_kw = flow->peak_kw[work->hours->month[t]];
                up_frac = peak_kw > 0.0 ? fmin(up_frac, 1.0 - rate_kw / peak_kw) : 0.0;
            }
            double gain_frac = gain / (size + least);
            double whole_money = (size + least) * scale * work->hours->step_h;
            judge_product(judged, -gain_frac, rate_kw / scale, whole_money, i, t);
            judge_product(judged, gain_frac, up_frac, whole_money, i, t);
        }
    }
}

/* Peaks in proportion to the import (Euler): all that imports gain is what the peaks cost. */
static void judge_tariff(struct judged *judged, int i) {
    struct case_work *work = judged->work;
    const struct flow *flow = &work->result->flow[i];
    double cost_money = case_tariff_peaks_money(work, i), highest_kw = 0.0;
    struct sum gained = {0.0, 0.0};
    for (int t = 0; t < work->design_days_from; t++) {
        double size = 0.0, gain = gain_money_h(work, i, 0, t, &size);
        highest_kw = fmax(highest_kw, flow->rate_kw[0][t]);
        sum_add(&gained,
                (gain - rest_money_kwh(work, i, 0, t)) * flow->rate_kw[0][t] * work->hours->step_h);
    }
    double apart_money = fabs(sum_value(&gained) - cost_money) - judged->gap_money;
    bool at_limit = isfinite(flow->capacity) && highest_kw >= flow->capacity * (1.0 - edge_ratio);
    if (cost_money > 0.0 && !at_limit && !isnan(apart_money)) {
        judge(judged, fmax(apart_money, 0.0) / cost_money, i, work->design_days_from - 1);
    }
}

/* What imports gain at the steps of a month's peak is the price of its kW. */
static void judge_peaks(struct judged *judged, int i) {
    struct case_work *work = judged->work;
    const struct flow *flow = &work->result->flow[i];
    double price_money_kw[12], gained[12] = {0.0};
    int last[12] = {0};
    if (case_meter_tariff(work->scenario, i)) {
        judge_tariff(judged, i);
        return;
    }
    const struct plan_calendar calendar = case_calendar(work);
    if (!flow->peak_kw || case_demand_cost_ratio(work, i) == 0.0) {
        return;
    }
    for (int month = 0; month < 12; month++) {
        if (isfinite(flow->capacity) &&
            flow->peak_kw[month] >= flow->capacity * (1.0 - edge_ratio)) {
            return; /* at a connection's limit a gain has two causes */
        }
    }
    plan_month_price(work->scenario, &calendar, flow->coefficients->demand_money_kw_month,
                     price_money_kw);
    for (int t = 0; t < work->design_days_from; t++) {
        double size = 0.0, gain = gain_money_h(work, i, 0, t, &size);
        int month = work->hours->month[t];
        bool runs = flow->rate_kw[0][t] > edge_ratio * flow->peak_kw[month];
        gained[month] += runs ? gain * work->hours->step_h : 0.0;
        last[month] = t;
    }
    for (int month = 0; month < 12; month++) {
        double cost = price_money_kw[month] * case_demand_cost_ratio(work, i);
        if (cost > 0.0 && flow->peak_kw[month] > 0.0) {
            double apart = fabs(gained[month] - cost) - judged->gap_money / flow->peak_kw[month];
            judge(judged, fmax(apart, 0.0) / cost, i, last[month]);
        }
    }
}

/* Value of a kWh of content at the end of a step, where a flow between its limits tells it, and how far from them it is;
   NaN where none does. */
static double content_money_kwh(const struct case_work *work, int i, int t, double power_kw,
                                double *ret_distance_frac) {
    const struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    double price = price_at(work, work->scenario->instances[i].port_bus[0], t);
    double cost = case_rate_cost_money_kwh(work, i, 0, t);
    double in_kw = flow->rate_kw[0][t], out_kw = flow->rate_kw[1][t];
    double rate_kw = fmax(in_kw, out_kw);
    *ret_distance_frac = fmin(rate_kw, power_kw - rate_kw) / power_kw;
    if (!(*ret_distance_frac > 0.0)) {
        return (double)NAN;
    }
    return in_kw > out_kw ? (price + cost) / c->charge_eff[t]
                          : (price - cost) * c->discharge_eff[t];
}

static void judge_store(struct judged *judged, int i) {
    struct case_work *work = judged->work;
    const struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    double value = (double)NAN, value_frac = 0.0; /* what was told last, and how surely */
    double per_h_ratio = fmin(c->charge_per_h_ratio, c->discharge_per_h_ratio);
    double power_kw = isfinite(flow->capacity2) ? flow->capacity2 : HUGE_VAL;
    if (!isfinite(flow->capacity2) && isfinite(per_h_ratio)) {
        power_kw = per_h_ratio * flow->capacity;
    }
    power_kw = isfinite(power_kw) ? power_kw : 1e3 * flow->capacity;
    for (int t = 0; flow->capacity > 0.0 && power_kw > 0.0 && t < work->design_days_from; t++) {
        double own_frac = 0.0, own = content_money_kwh(work, i, t, power_kw, &own_frac);
        value /= c->kept_frac[t];
        if (!isnan(own) && !isnan(value)) {
            double size = fmax(1e-6, fmax(fabs(own), fabs(value)));
            double whole_money = size * fmin(power_kw * work->hours->step_h, flow->capacity);
            judge_product(judged, fabs(own - value) / size, fmin(own_frac, value_frac),
                          whole_money / store_products_ratio, i, t);
        }
        if (!isnan(own)) {
            value = own;
            value_frac = own_frac;
        }
        double level_frac = flow->level_kwh[t] / flow->capacity;
        value_frac =
            fmin(value_frac, fmin(level_frac - c->level_min_frac, c->level_max_frac - level_frac));
        value = value_frac > 0.0 ? value : (double)NAN;
    }
}

/* A floor or a limit that is met with nothing to spare. */
static bool a_requirement_binds(const struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    for (int r = 0; work->kind == CASE_TOGETHER && r < scenario->requirements_count; r++) {
        const struct requirement *requirement = &scenario->requirements[r];
        double value =
            plan_requirement_value(scenario, work->hours, work->result, requirement->key);
        if (fabs(value - requirement->value) <= 1e-5 * fmax(1e-3, fabs(requirement->value))) {
            return true;
        }
    }
    return false;
}

void case_audit_prices(struct case_work *work) {
    const struct case_plan *result = work->result;
    struct judged judged = {work,
                            fmin(result->certificate.gap_ratio, gap_most_ratio) *
                                (1.0 + fabs(result->objective_money)),
                            0.0, ""};
    struct audit *audit = &work->result->audit;
    audit->prices_judged = work->result->price_money_kwh && !a_requirement_binds(work);
    for (int i = 0; audit->prices_judged && i < work->scenario->instances_count; i++) {
        const struct component *kind = work->scenario->instances[i].kind;
        if (!work->result->flow[i].included) {
            continue;
        }
        switch (kind->shape) {
        case SHAPE_SOURCE:
        case SHAPE_CONVERTER:
        case SHAPE_LINE:
            if (!kind->must_take) {
                judge_machine(&judged, i);
                judge_peaks(&judged, i);
            }
            break;
        case SHAPE_STORE:
            judge_store(&judged, i);
            break;
        case SHAPE_LOAD:
        case SHAPE_SHIFTABLE:
        case SHAPES:
            break;
        }
    }
    audit->price_residual_ratio = judged.worst_ratio;
    audit->price_worst = judged.worst;
    audit->prices_hold = judged.worst_ratio <= price_tolerance_ratio;
}
