/* The audit: every bus in every step, every store, every limit, and the objective against the money
   of the flows. Recomputed in long double from the flows alone; nothing is taken from the programme
   or the solver. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/internal.h"

enum { AUDIT_WORDS = 20 };
static const double audit_tolerance_ratio = 1e-9; /* of the largest flow of the carrier */
static const double money_tolerance_ratio = 1e-8; /* of the sum of absolute money */

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
                largest_kw = fmax(largest_kw, fabs(flow->port_kw[p][t]));
            }
        }
    }
    return largest_kw;
}

static void audit_bus(struct case_work *work, int bus, const double *largest_kw) {
    const struct scenario *scenario = work->scenario;
    struct audit *audit = &work->result->audit;
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
        double residual = (double)fabsl(balance_kw) / largest_kw[scenario->buses[bus].carrier];
        if (residual > audit->balance_residual_ratio) {
            char stamp[AUDIT_WORDS + 12];
            bool design = plan_is_design_step(work, t);
            if (!design) {
                calendar_stamp(&scenario->calendar, t, stamp);
            }
            audit->balance_residual_ratio = residual;
            audit->balance_worst = arena_format(work->arena, "%s at %s", scenario->buses[bus].name,
                                                design ? "a design day" : stamp);
        }
    }
}

/* The level recursion, and levels and rates inside their limits. */
static void audit_store(struct case_work *work, int i) {
    const struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    struct audit *audit = &work->result->audit;
    double scale_kwh = fmax(1.0, flow->capacity);
    int last = work->design_days_from - 1;
    for (int t = 0; t < work->design_days_from; t++) {
        long double begin_kwh = flow->level_kwh[t == 0 ? last : t - 1];
        long double step_h = work->hours->step_h;
        long double end_kwh =
            c->kept_frac[t] * begin_kwh +
            (c->charge_eff[t] * flow->rate_kw[0][t] - flow->rate_kw[1][t] / c->discharge_eff[t] -
             c->standing_kw_kwh[t] * flow->capacity) *
                step_h;
        double residual = (double)fabsl(end_kwh - flow->level_kwh[t]) / scale_kwh;
        double over = (flow->level_kwh[t] - c->level_max_frac * flow->capacity) / scale_kwh;
        audit->store_residual_ratio = fmax(audit->store_residual_ratio, residual);
        audit->limit_residual_ratio =
            fmax(audit->limit_residual_ratio, fmax(over, -flow->level_kwh[t] / scale_kwh));
    }
}

static void audit_limits(struct case_work *work, int i) {
    const struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    struct audit *audit = &work->result->audit;
    bool limited = isfinite(flow->capacity);
    double scale = limited ? fmax(1.0, flow->capacity) : 1.0;
    for (int t = 0; t < work->hours->count; t++) {
        double used = 0.0;
        for (int m = 0; m < flow->modes; m++) {
            double rate_kw = flow->rate_kw[m][t];
            double wrong = c->mode[m].may_run[t] ? -rate_kw : fabs(rate_kw);
            audit->limit_residual_ratio = fmax(audit->limit_residual_ratio, wrong / scale);
            used += c->mode[m].use[t] * rate_kw;
        }
        if (limited) {
            double over = (used - c->availability_frac[t] * flow->capacity) / scale;
            audit->limit_residual_ratio = fmax(audit->limit_residual_ratio, over);
        }
    }
}

/* Objective = money of the flows + carbon at its prices. */
static void audit_objective(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    long double total_money = 0.0L, scale_money = 1.0L;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct flow *flow = &work->result->flow[i];
        if (!flow->included) {
            continue;
        }
        const char *payee = scenario->instances[i].kind->cost_payee;
        bool grid = payee && strcmp(payee, "electric_utility") == 0;
        double carbon_money_kg =
            scenario->carbon_shadow_money_kg +
            (grid || scenario->view_society ? 0.0 : scenario->carbon_paid_money_kg);
        const double parts_money[] = {flow->capital_money, flow->fixed_money, flow->running_money,
                                      flow->demand_money,
                                      carbon_money_kg * flow->carbon_marginal_kg};
        for (int k = 0; k < COUNT(parts_money); k++) {
            total_money += parts_money[k];
            scale_money += fabsl((long double)parts_money[k]);
        }
    }
    work->result->audit.objective_residual_ratio =
        (double)(fabsl(total_money - work->result->objective_money) / scale_money);
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
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct flow *flow = &work->result->flow[i];
        enum shape shape = scenario->instances[i].kind->shape;
        if (!flow->included || shape == SHAPE_LOAD || shape == SHAPE_SHIFTABLE) {
            continue;
        }
        if (shape == SHAPE_STORE) {
            audit_store(work, i);
        } else {
            audit_limits(work, i);
        }
    }
    audit_objective(work);
    audit->passed = audit->balance_residual_ratio <= audit_tolerance_ratio &&
                    audit->store_residual_ratio <= audit_tolerance_ratio &&
                    audit->limit_residual_ratio <= audit_tolerance_ratio * 100.0 &&
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
    return STATUS_OK;
}
