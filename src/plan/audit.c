/* The audit: every bus in every step, every port against its rates, every store, every limit, what is required, and
   the money, water and carbon of the horizon. Recomputed in long double from rates, levels, capacities and
   coefficients alone; nothing is taken from the programme or the solver. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/tariff.h"

static const double audit_tolerance_ratio = 1e-9; /* of the largest flow of the carrier */
static const double limit_tolerance_ratio = 1e-7; /* of the capacity or of what is required */
static const double money_tolerance_ratio = 1e-8; /* of the sum of absolute money */

static void worse(double *worst_ratio, double residual_ratio) {
    if (!(residual_ratio <= *worst_ratio)) { /* a NaN is worse than anything */
        *worst_ratio = isnan(residual_ratio) ? HUGE_VAL : residual_ratio;
    }
}

static double largest_flow_kw(const struct case_work *work, enum carrier carrier) {
    double largest_kw = 1e-6;
    const struct scenario *scenario = work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct flow *flow = &work->result->flow[i];
        const struct component *kind = scenario->instances[i].kind;
        for (int p = 0; flow->included && p < kind->ports_count; p++) {
            for (int t = 0;
                 flow->port_kw[p] && kind->ports[p].carrier == carrier && t < work->hours->count;
                 t++) {
                double away_kw = kind->shape == SHAPE_LOAD && flow->modes ? flow->rate_kw[0][t] : 0;
                largest_kw = fmax(largest_kw, fabs(flow->port_kw[p][t]) + fabs(away_kw));
            }
        }
    }
    return largest_kw;
}

/* Keeps the worst step of all buses and ports, with its name. */
static void worst_at(struct case_work *work, double residual_ratio, const char *name, int t) {
    struct audit *audit = &work->result->audit;
    if (residual_ratio <= audit->balance_residual_ratio) {
        return;
    }
    char stamp[32];
    bool design = plan_is_design_step(work, t);
    if (!design) {
        calendar_stamp(&work->scenario->calendar, t, stamp);
    }
    worse(&audit->balance_residual_ratio, residual_ratio);
    audit->balance_worst =
        arena_format(work->arena, "%s at %s", name, design ? "a design day" : stamp);
}

static void audit_bus(struct case_work *work, int bus, const double *largest_kw) {
    const struct scenario *scenario = work->scenario;
    for (int t = 0; t < work->hours->count; t++) {
        long double balance_kw = 0.0L;
        for (int i = 0; i < scenario->instances_count; i++) {
            const struct flow *flow = &work->result->flow[i];
            const struct instance *instance = &scenario->instances[i];
            for (int p = 0; flow->included && p < instance->kind->ports_count; p++) {
                if (instance->port_bus[p] == bus && flow->port_kw[p]) {
                    bool out = instance->kind->ports[p].direction == FLOWS_OUT;
                    balance_kw +=
                        out ? (long double)flow->port_kw[p][t] : -(long double)flow->port_kw[p][t];
                }
            }
        }
        worst_at(work, (double)fabsl(balance_kw) / largest_kw[scenario->buses[bus].carrier],
                 scenario->buses[bus].name, t);
    }
}

/* What a port should carry, from the rates. */
static long double port_kw(const struct case_work *work, int i, int p, int t) {
    const struct component *kind = work->scenario->instances[i].kind;
    const struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    long double there_kw = flow->modes > 0 ? flow->rate_kw[0][t] : 0.0,
                back_kw = flow->modes > 1 ? flow->rate_kw[1][t] : 0.0, sum_kw = 0.0L;
    switch (kind->shape) {
    case SHAPE_LOAD:
        return (long double)flow->capacity * c->mode[0].port[p][t] -
               (p == component_port(kind, "heat_in") ? there_kw : 0.0L);
    case SHAPE_STORE:
        return there_kw - back_kw;
    case SHAPE_LINE:
        if (p > 1) {
            return c->pump_kw_kw[t] * (there_kw + back_kw);
        }
        return p == 0 ? there_kw - (1.0L - c->loss_frac[t]) * back_kw
                      : (1.0L - c->loss_frac[t]) * there_kw - back_kw -
                            (long double)c->standing_kw_kw[t] * case_standing_capacity(work, i);
    case SHAPE_SHIFTABLE:
        return c->mode[0].port[p][t] * (there_kw + back_kw - (long double)c->arrives_kw[t]);
    case SHAPE_SOURCE:
    case SHAPE_CONVERTER:
    case SHAPES:
        break;
    }
    for (int m = 0; m < flow->modes; m++) {
        sum_kw += (long double)c->mode[m].port[p][t] * flow->rate_kw[m][t];
    }
    return sum_kw;
}

static void audit_ports(struct case_work *work, int i, const double *largest_kw) {
    const struct instance *instance = &work->scenario->instances[i];
    const struct flow *flow = &work->result->flow[i];
    for (int p = 0; p < instance->kind->ports_count; p++) {
        for (int t = 0; flow->port_kw[p] && t < work->hours->count; t++) {
            long double wrong_kw = port_kw(work, i, p, t) - flow->port_kw[p][t];
            worst_at(work, (double)fabsl(wrong_kw) / largest_kw[instance->kind->ports[p].carrier],
                     instance->name, t);
        }
    }
}

static double most_power_kw(const struct flow *flow, double per_h_ratio) {
    if (isfinite(flow->capacity2)) {
        return flow->capacity2;
    }
    return isfinite(per_h_ratio) ? per_h_ratio * flow->capacity : HUGE_VAL;
}

/* The level recursion, and level and power inside their limits. */
static void audit_store(struct case_work *work, int i) {
    const struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    struct audit *audit = &work->result->audit;
    double scale_kwh = fmax(1.0, flow->capacity);
    int last = work->design_days_from - 1;
    worse(&audit->limit_residual_ratio,
          (c->end_frac * flow->capacity - flow->level_kwh[last]) / scale_kwh);
    for (int t = 0; t < work->hours->count; t++) {
        double in_kw = flow->rate_kw[0][t], out_kw = flow->rate_kw[1][t];
        if (plan_is_design_step(work, t)) { /* stores rest */
            worse(&audit->limit_residual_ratio, fmax(fabs(in_kw), fabs(out_kw)) / scale_kwh);
            continue;
        }
        long double begin_kwh = plan_store_begin_kwh(work, i, t);
        long double step_h = work->hours->step_h;
        long double end_kwh =
            c->kept_frac[t] * begin_kwh + (c->charge_eff[t] * in_kw - out_kw / c->discharge_eff[t] -
                                           c->standing_kw_kwh[t] * flow->capacity) *
                                              step_h;
        worse(&audit->store_residual_ratio,
              (double)fabsl(end_kwh - flow->level_kwh[t]) / scale_kwh);
        double most_in_kw = most_power_kw(flow, c->charge_per_h_ratio);
        double most_out_kw = most_power_kw(flow, c->discharge_per_h_ratio);
        const double over[] = {flow->level_kwh[t] - c->level_max_frac * flow->capacity,
                               c->level_min_frac * flow->capacity - flow->level_kwh[t],
                               -in_kw,
                               -out_kw,
                               in_kw - most_in_kw,
                               out_kw - most_out_kw};
        for (int k = 0; k < COUNT(over); k++) {
            worse(&audit->limit_residual_ratio, over[k] / scale_kwh);
        }
    }
}

/* All that comes is served, none later than its window. */
static void audit_shiftable(struct case_work *work, int i) {
    const struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    struct audit *audit = &work->result->audit;
    int last = work->design_days_from - 1;
    double step_h = work->hours->step_h, scale_kwh = 1.0;
    for (int t = 0; t <= last; t++) {
        scale_kwh = fmax(scale_kwh, plan_may_wait_kwh(work, i, t));
    }
    for (int t = 0; t <= last; t++) {
        long double begin_kwh = flow->level_kwh[plan_step_before(work, i, t)];
        long double served_kw = (long double)flow->rate_kw[0][t] + flow->rate_kw[1][t];
        long double wrong_kwh =
            begin_kwh + (c->arrives_kw[t] - served_kw) * step_h - flow->level_kwh[t];
        worse(&audit->store_residual_ratio, (double)fabsl(wrong_kwh) / scale_kwh);
        const double over[] = {flow->level_kwh[t] - plan_may_wait_kwh(work, i, t),
                               -flow->level_kwh[t],
                               -flow->rate_kw[0][t] * step_h,
                               -flow->rate_kw[1][t] * step_h,
                               (flow->rate_kw[0][t] - c->arrives_kw[t]) * step_h,
                               (flow->rate_kw[1][t] - c->late_max_kw[t]) * step_h};
        for (int k = 0; k < COUNT(over); k++) {
            worse(&audit->limit_residual_ratio, over[k] / scale_kwh);
        }
    }
}

static void audit_limits(struct case_work *work, int i) {
    const struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    struct audit *audit = &work->result->audit;
    bool limited = isfinite(flow->capacity);
    bool must_take = work->scenario->instances[i].kind->must_take;
    double scale = limited ? fmax(1.0, flow->capacity) : 1.0;
    for (int t = 0; t < work->hours->count; t++) {
        for (int m = 0; m < flow->modes; m++) {
            double rate_kw = flow->rate_kw[m][t];
            double wrong = c->mode[m].may_run[t] ? -rate_kw : fabs(rate_kw);
            worse(&audit->limit_residual_ratio, wrong / scale);
            double over =
                (case_used_kw(flow, m, t) - c->availability_frac[t] * flow->capacity) / scale;
            if (limited) {
                worse(&audit->limit_residual_ratio, must_take ? fabs(over) : over);
            }
        }
    }
}

/* No more is used of contracts than comes by the grid. */
static void audit_contracts(struct case_work *work, int grid) {
    const double *import_kw = work->result->flow[grid].rate_kw[0];
    for (int t = 0; t < work->hours->count; t++) {
        worse(&work->result->audit.limit_residual_ratio,
              case_contract_over_kw(work, grid, t) / fmax(1.0, import_kw[t]));
    }
}

/* Not more stays away than is needed, and nothing on a design day. */
static void audit_unserved(struct case_work *work, int i) {
    const struct component *kind = work->scenario->instances[i].kind;
    const struct flow *flow = &work->result->flow[i];
    int port = component_port(kind, "heat_in");
    for (int t = 0; flow->modes > 0 && t < work->hours->count; t++) {
        double need_kw = flow->capacity * flow->coefficients->mode[0].port[port][t];
        double most_kw = plan_is_design_step(work, t) ? 0.0 : need_kw;
        double over_kw = fmax(-flow->rate_kw[0][t], flow->rate_kw[0][t] - most_kw);
        worse(&work->result->audit.limit_residual_ratio, over_kw / fmax(1.0, need_kw));
    }
}

/* A capacity is what was fixed, or lies within what may be chosen. */
static void audit_capacity(struct case_work *work, const struct capacity *limits, double capacity) {
    double over = isnan(limits->fixed) ? 0.0 : fabs(capacity - limits->fixed);
    if (limits->chosen) {
        over = fmax(limits->min - capacity, capacity - limits->max);
    }
    worse(&work->result->audit.limit_residual_ratio, over / fmax(1.0, fabs(capacity)));
}

static void audit_requirements(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    for (int r = 0; work->kind == CASE_TOGETHER && r < scenario->requirements_count; r++) {
        const struct requirement *requirement = &scenario->requirements[r];
        double value =
            plan_requirement_value(scenario, work->hours, work->result, requirement->key);
        double missed = plan_requirement_is_limit(requirement->key) ? value - requirement->value
                                                                    : requirement->value - value;
        if (!isnan(value)) { /* a share of nothing asks for nothing */
            worse(&work->result->audit.limit_residual_ratio,
                  missed / fmax(1e-3, fabs(requirement->value)));
        }
    }
}

/* ---- sums of the horizon ---- */

struct tally {
    long double money, scale_money, carbon_kg, carbon_scale_kg;
};

static void count_rates(const struct case_work *work, int i, struct tally *tally) {
    const struct scenario *scenario = work->scenario;
    const struct flow *flow = &work->result->flow[i];
    double carbon_money_kg = plan_carbon_money_kg(scenario, i);
    double tax_frac = plan_tax_leaves(scenario) ? plan_tax_frac(scenario, i) : 0.0;
    bool store = scenario->instances[i].kind->shape == SHAPE_STORE;
    for (int m = 0; m < flow->modes; m++) {
        const struct mode *mode = &flow->coefficients->mode[store ? 0 : m];
        for (int t = 0; t < work->design_days_from; t++) {
            long double energy_kwh = (long double)flow->rate_kw[m][t] * work->hours->step_h;
            long double paid_money = energy_kwh * case_paid_money_kwh(work, i, m, t);
            long double carbon_money =
                energy_kwh * mode->carbon_marginal_kgco2_kwh[t] * carbon_money_kg;
            paid_money *= m == 0 ? 1.0L + tax_frac : 1.0L;
            tally->money += paid_money + carbon_money;
            tally->scale_money += fabsl(paid_money) + fabsl(carbon_money);
            tally->carbon_kg += energy_kwh * mode->carbon_kgco2_kwh[t];
        }
    }
    tally->carbon_kg -= flow->carbon_kg;
    tally->carbon_scale_kg += fabs(flow->carbon_kg);
}

/* The bill again by the calculator, less what the prices of the steps and fixed charges make of it. */
static long double bill_rest_money(const struct case_work *work, int i) {
    const struct flow *flow = &work->result->flow[i];
    struct tariff_bill bill;
    long double rest = 0.0L;
    tariff_bill_of(&work->meters[i]->tariff, &work->scenario->calendar, flow->rate_kw[0],
                   flow->rate_kw[1], &bill);
    for (int m = 0; m < flow->modes; m++) {
        for (int t = 0; t < work->design_days_from; t++) {
            rest -= (long double)flow->rate_kw[m][t] * work->hours->step_h *
                    flow->coefficients->mode[m].cost_money_kwh[t];
        }
    }
    return rest + bill.total_money - flow->fixed_money;
}

/* The peaks again from the imports; the price of a month's kW by its days in the horizon. */
static long double demand_money(const struct case_work *work, int i) {
    const struct scenario *scenario = work->scenario;
    const struct flow *flow = &work->result->flow[i];
    const struct plan_calendar calendar = case_calendar(work);
    double price_money_kw[12];
    long double total = 0.0L;
    plan_month_price(scenario, &calendar, flow->coefficients->demand_money_kw_month,
                     price_money_kw);
    for (int month = 0; flow->modes > 0 && month < 12; month++) {
        double peak_kw = 0.0;
        for (int t = 0; t < work->design_days_from; t++) {
            peak_kw = fmax(peak_kw, work->hours->month[t] == month ? flow->rate_kw[0][t] : 0.0);
        }
        total += (long double)price_money_kw[month] * peak_kw;
    }
    return total;
}

/* What the utility pays for the right to curtail and for each step that it calls, again from the steps. */
static long double called_money(const struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    const struct flow *flow = &work->result->flow[i];
    double held_frac = 1.0 - component_number(instance->kind, instance->self, "firm_frac", 1.0);
    long double called_h = 0.0L;
    if (!plan_is_grid(instance->kind) || held_frac == 0.0) {
        return 0.0L;
    }
    for (int t = 0; t < work->design_days_from; t++) {
        const struct mode *import = &flow->coefficients->mode[0];
        called_h += import->use[t] > 1.0 || !import->may_run[t] ? work->hours->step_h : 0.0;
    }
    return held_frac * flow->capacity *
           (component_number(instance->kind, instance->self, "curtail_money_kw_year", 0.0) *
                work->scenario->year_frac +
            component_number(instance->kind, instance->self, "curtail_money_kwh", 0.0) * called_h);
}

/* Money of the flows that leaves the parties, carbon at its prices, and the carbon of the rates less what is booked. */
static struct tally tally_of(const struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    struct tally tally = {0.0L, 1.0L, 0.0L, 1.0L};
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct flow *flow = &work->result->flow[i];
        if (!flow->included) {
            continue;
        }
        const struct component *kind = scenario->instances[i].kind;
        bool grid = plan_is_grid(kind);
        double share = grid ? case_demand_cost_ratio(work, i) : 1.0;
        long double demand = case_meter_tariff(scenario, i)   ? bill_rest_money(work, i)
                             : kind->shape == SHAPE_CONVERTER ? demand_money(work, i)
                                                              : 0.0L;
        const long double parts_money[] = {
            flow->capital_money, share * flow->fixed_money, share * demand,
            plan_demand_leaves(scenario) ? -called_money(work, i) : 0.0L};
        count_rates(work, i, &tally);
        for (int k = 0; k < COUNT(parts_money); k++) {
            tally.money += parts_money[k];
            tally.scale_money += fabsl(parts_money[k]);
        }
    }
    return tally;
}

double case_tallied_money(const struct case_work *work) { return (double)tally_of(work).money; }

static void audit_sums(struct case_work *work) {
    struct tally tally = tally_of(work);
    worse(&work->result->audit.objective_residual_ratio,
          (double)(fabsl(tally.money - work->result->objective_money) / tally.scale_money));
    worse(&work->result->audit.carbon_residual_ratio,
          (double)(fabsl(tally.carbon_kg) / tally.carbon_scale_kg));
}

/* All water that is supplied is used. */
static void audit_water(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    long double supplied_m3 = 0.0L, used_m3 = 0.0L;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct flow *flow = &work->result->flow[i];
        const struct component *kind = scenario->instances[i].kind;
        for (int p = 0; flow->included && p < kind->ports_count; p++) {
            for (int t = 0; flow->port_kw[p] && kind->ports[p].carrier == CARRIER_WATER &&
                            t < work->design_days_from;
                 t++) {
                *(kind->ports[p].direction == FLOWS_OUT ? &supplied_m3 : &used_m3) +=
                    flow->port_kw[p][t] * work->hours->step_h;
            }
        }
    }
    worse(&work->result->audit.water_residual_ratio,
          (double)(fabsl(supplied_m3 - used_m3) / (1.0L + fabsl(supplied_m3))));
}

static void audit_instances(struct case_work *work, const double *largest_kw) {
    const struct scenario *scenario = work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        const struct flow *flow = &work->result->flow[i];
        if (!flow->included) {
            continue;
        }
        audit_ports(work, i, largest_kw);
        audit_capacity(work, &instance->capacity, flow->capacity);
        audit_capacity(work, &instance->capacity2, flow->capacity2);
        switch (instance->kind->shape) {
        case SHAPE_STORE:
            audit_store(work, i);
            break;
        case SHAPE_SHIFTABLE:
            audit_shiftable(work, i);
            break;
        case SHAPE_SOURCE:
        case SHAPE_CONVERTER:
        case SHAPE_LINE:
            audit_limits(work, i);
            if (plan_is_grid(instance->kind)) {
                audit_contracts(work, i);
            }
            break;
        case SHAPE_LOAD:
            audit_unserved(work, i);
            break;
        case SHAPES:
            break;
        }
    }
}

/* The first count steps: the horizon, or the horizon and the design days. */
static void audit_steps(struct case_work *work, int count) {
    struct audit *audit = &work->result->audit;
    const struct scenario *scenario = work->scenario;
    int all = work->hours->count;
    work->hours->count = count;
    memset(audit, 0, sizeof *audit);
    audit->balance_worst = "";
    double largest_kw[CARRIERS];
    for (int c = 0; c < CARRIERS; c++) {
        largest_kw[c] = largest_flow_kw(work, (enum carrier)c);
    }
    for (int b = 0; b < scenario->buses_count; b++) {
        if (work->bus_alive[b]) {
            audit_bus(work, b, largest_kw);
        }
    }
    audit_instances(work, largest_kw);
    worse(&audit->limit_residual_ratio, preheat_residual_ratio(work));
    audit_requirements(work);
    audit_sums(work);
    audit_water(work);
    audit->passed = audit->balance_residual_ratio <= audit_tolerance_ratio &&
                    audit->store_residual_ratio <= audit_tolerance_ratio &&
                    audit->water_residual_ratio <= audit_tolerance_ratio &&
                    audit->carbon_residual_ratio <= audit_tolerance_ratio &&
                    audit->limit_residual_ratio <= limit_tolerance_ratio &&
                    audit->objective_residual_ratio <= money_tolerance_ratio;
    work->hours->count = all;
}

enum status case_audit(struct case_work *work, bool design_days) {
    bool design_days_pass = true;
    if (design_days) {
        audit_steps(work, work->hours->count);
        design_days_pass = work->result->audit.passed;
    }
    struct audit whole = work->result->audit;
    audit_steps(work, work->design_days_from); /* what is told is the horizon's */
    if (!design_days_pass && work->result->audit.passed) {
        work->result->audit = whole;
    }
    if (!work->once) {
        case_audit_prices(work);
    }
    return arena_failed(work->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
