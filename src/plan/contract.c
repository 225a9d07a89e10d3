/* Power bought by contract and brought by the grid (components/ppa.c): its credit on the meter's bill, the row that binds
   what is used of it to the import, and what that row is worth.

   sum over the meter's contracts of used <= import, in each step

   A kWh more of import makes room for a kWh more of use: it is worth what using gains over selling, for the contract that
   stands between the two; nothing where import is larger than all that is used. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "plan/assembly.h"

enum { USED, SOLD };
static const double apart_frac =
    0.05; /* of a capacity: nearer to a limit, which contract counts is open */

bool case_is_contract(const struct case_work *work, int i, int grid) {
    const struct scenario *scenario = work->scenario;
    const struct component *meter = scenario->instances[grid].kind;
    return scenario->instances[i].kind->contract && work->result->flow[i].included &&
           scenario->instances[i].port_bus[0] ==
               scenario->instances[grid].port_bus[meter->reference_port];
}

static bool has_credit(const struct instance *contract) {
    const struct param *param = component_param(contract->kind, "credit_money_kwh");
    const struct input *credit =
        (const struct input *)(const void *)((const char *)contract->self + param->offset);
    return credit->by_step || !isnan(credit->value);
}

/* The meter's own price of energy, where the scenario names no other credit: with tiers that of the straight part. */
void case_contract_prices(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    for (int m = 0; m < scenario->meters_count; m++) {
        int grid = scenario->meters[m].grid;
        for (int i = 0; i < scenario->instances_count && work->result->flow[grid].included; i++) {
            if (!case_is_contract(work, i, grid) || has_credit(&scenario->instances[i])) {
                continue;
            }
            const double *price = work->result->flow[grid].coefficients->mode[0].cost_money_kwh;
            double *used = work->result->flow[i].coefficients->mode[USED].cost_money_kwh;
            for (int t = 0; t < work->design_days_from; t++) {
                used[t] -= price[t];
            }
        }
    }
}

static void add_row(struct assembly *a, int grid) {
    const struct case_work *work = a->work;
    int row = -1;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        if (!case_is_contract(work, i, grid)) {
            continue;
        }
        if (row < 0) {
            struct programme_row used = {assembly_name(a, grid, "contracts"), a->minus_infinity,
                                         a->zero, 0, false};
            row = programme_add_row(a->builder, work->block, used);
            programme_add_entry(a->builder, work->block, row, IN_STEP, work->layout[grid].column[0],
                                programme_constant(a->builder, -1.0));
        }
        programme_add_entry(a->builder, work->block, row, IN_STEP, work->layout[i].column[USED],
                            programme_constant(a->builder, 1.0));
    }
}

void contract_rows(struct assembly *a) {
    for (int m = 0; m < a->work->scenario->meters_count; m++) {
        int grid = a->work->scenario->meters[m].grid;
        if (a->work->result->flow[grid].included) {
            add_row(a, grid);
        }
    }
}

double case_contract_over_kw(const struct case_work *work, int grid, int t) {
    double over_kw = -work->result->flow[grid].rate_kw[0][t];
    bool any = false;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        if (case_is_contract(work, i, grid)) {
            over_kw += work->result->flow[i].rate_kw[USED][t];
            any = true;
        }
    }
    return any ? over_kw : 0.0;
}

double case_contract_gain_money_kwh(const struct case_work *work, int grid, int t) {
    double over_kw = case_contract_over_kw(work, grid, t), gain = (double)NAN;
    bool any = false, open = false;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct flow *flow = &work->result->flow[i];
        if (!case_is_contract(work, i, grid) || !flow->coefficients->mode[USED].may_run[t] ||
            !(flow->coefficients->availability_frac[t] * flow->capacity > 0.0)) {
            continue;
        }
        const struct mode *mode = flow->coefficients->mode;
        double least_kw = apart_frac * flow->capacity;
        bool between = flow->rate_kw[USED][t] > least_kw && flow->rate_kw[SOLD][t] > least_kw;
        any = true;
        open = open || -over_kw <= least_kw;
        gain = between ? mode[SOLD].cost_money_kwh[t] - mode[USED].cost_money_kwh[t] : gain;
    }
    return !any || !open ? 0.0 : gain;
}
