/* From the optimum to what every instance does: rates, flows at ports, levels, capacities, money,
   carbon, prices. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "plan/internal.h"

static const double rounding_ratio = 1e-12;

static const double *column(const struct case_work *work, const struct programme *programme,
                            int index) {
    return work->result->outcome.x + programme_at_column(programme, work->block, index, 0);
}

static double capacity_of(const struct case_work *work, const struct programme *programme,
                          const struct capacity *capacity, int design) {
    if (design >= 0) {
        return work->result->outcome.x[programme_at_design(programme, design)];
    }
    return capacity->fixed;
}

static enum status take_port_arrays(struct case_work *work, int i) {
    struct flow *flow = &work->result->flow[i];
    const struct instance *instance = &work->scenario->instances[i];
    for (int p = 0; p < instance->kind->ports_count; p++) {
        int bus = instance->port_bus[p];
        if (bus < 0 || !work->bus_alive[bus]) {
            continue;
        }
        if (!flow->port_kw[p]) {
            flow->port_kw[p] = ARENA_TAKE(work->arena, double, work->hours->count);
        }
        if (!flow->port_kw[p]) {
            return STATUS_NO_MEMORY;
        }
    }
    return STATUS_OK;
}

static enum status take_rates(struct case_work *work, const struct programme *programme, int i,
                              int modes) {
    struct flow *flow = &work->result->flow[i];
    flow->modes = modes;
    for (int m = 0; m < modes; m++) {
        if (!flow->rate_kw[m]) {
            flow->rate_kw[m] = ARENA_TAKE(work->arena, double, work->hours->count);
        }
        if (!flow->rate_kw[m]) {
            return STATUS_NO_MEMORY;
        }
        const double *x = column(work, programme, work->layout[i].column[m]);
        for (int t = 0; t < work->hours->count; t++) {
            flow->rate_kw[m][t] = x[t];
        }
    }
    return STATUS_OK;
}

/* Port 0 is the plant's end, port 1 the town's, the others pump. */
static double line_port_kw(const struct flow *flow, const struct coefficients *c,
                           double standing_capacity, int p, int t) {
    double there_kw = flow->rate_kw[0][t], back_kw = flow->modes > 1 ? flow->rate_kw[1][t] : 0.0;
    double arriving_frac = 1.0 - c->loss_frac[t];
    double sent_kw = arriving_frac * there_kw - back_kw;
    double arriving_kw = sent_kw - c->standing_kw_kw[t] * standing_capacity;
    switch (p) {
    case 0:
        return there_kw - arriving_frac * back_kw;
    case 1:
        /* what covers the loss alone arrives as nothing, not as the rounding of the difference */
        return fabs(arriving_kw) <= rounding_ratio * fabs(sent_kw) ? 0.0 : arriving_kw;
    default:
        return c->pump_kw_kw[t] * (there_kw + back_kw);
    }
}

void case_port_flows(const struct case_work *work, int i, const struct coefficients *c,
                     double *const ret_kw[PORTS_MAX]) {
    const struct component *kind = work->scenario->instances[i].kind;
    const struct flow *flow = &work->result->flow[i];
    int served = component_port(kind, "heat_in");
    for (int p = 0; p < kind->ports_count; p++) {
        double *port_kw = ret_kw[p];
        for (int t = 0; port_kw && t < work->hours->count; t++) {
            port_kw[t] = 0.0;
            switch (kind->shape) {
            case SHAPE_LOAD:
                port_kw[t] = flow->capacity * c->mode[0].port[p][t];
                port_kw[t] -= p == served && flow->modes > 0 ? flow->rate_kw[0][t] : 0.0;
                break;
            case SHAPE_SOURCE:
            case SHAPE_CONVERTER:
                for (int m = 0; m < flow->modes; m++) {
                    port_kw[t] += c->mode[m].port[p][t] * flow->rate_kw[m][t];
                }
                break;
            case SHAPE_STORE:
                port_kw[t] = flow->rate_kw[0][t] - flow->rate_kw[1][t];
                break;
            case SHAPE_LINE:
                port_kw[t] = line_port_kw(flow, c, case_standing_capacity(work, i), p, t);
                break;
            case SHAPE_SHIFTABLE:
                port_kw[t] = c->mode[0].port[p][t] *
                             (flow->rate_kw[0][t] + flow->rate_kw[1][t] - c->arrives_kw[t]);
                break;
            case SHAPES:
                break;
            }
        }
    }
}

static int modes_in_programme(const struct scenario *scenario, int i,
                              const struct coefficients *c) {
    switch (scenario->instances[i].kind->shape) {
    case SHAPE_SOURCE:
    case SHAPE_CONVERTER:
        return c->modes;
    case SHAPE_STORE:
        return 2;
    case SHAPE_LINE:
        return c->modes > 1 ? 2 : 1;
    case SHAPE_SHIFTABLE:
        return 2;
    case SHAPE_LOAD:
        return isnan(plan_unserved_money_kwh(scenario, i)) ? 0 : 1;
    case SHAPES:
        break;
    }
    return 0;
}

enum status case_finish_flow(struct case_work *work, int i) {
    struct flow *flow = &work->result->flow[i];
    flow->size = work->size[i];
    flow->size2 = work->size2[i];
    flow->standing_ratio = work->feedback[i].standing_ratio;
    flow->pump_ratio = work->feedback[i].pump_ratio;
    flow->power_ratio = work->feedback[i].power_ratio;
    flow->pipes = work->feedback[i].pipes;
    TRY(take_port_arrays(work, i));
    case_port_flows(work, i, flow->coefficients, flow->port_kw);
    return case_set_money(work, i);
}

static enum status extract_flow(struct case_work *work, const struct programme *programme, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    struct flow *flow = &work->result->flow[i];
    const struct layout *layout = &work->layout[i];
    int count = work->hours->count;
    flow->left_out = work->build[i] == BUILD_NO;
    flow->capacity = instance->kind->capacity
                         ? capacity_of(work, programme, &instance->capacity, layout->design)
                         : (double)NAN;
    if (instance->kind->shape == SHAPE_LOAD && layout->design >= 0) {
        flow->capacity += instance->capacity.fixed; /* its column is what is spared */
    }
    flow->capacity2 = instance->kind->capacity2
                          ? capacity_of(work, programme, &instance->capacity2, layout->design2)
                          : (double)NAN;
    TRY(take_rates(work, programme, i, modes_in_programme(work->scenario, i, flow->coefficients)));
    if (layout->state >= 0) {
        flow->level_kwh =
            flow->level_kwh ? flow->level_kwh : ARENA_TAKE(work->arena, double, count);
        if (!flow->level_kwh) {
            return STATUS_NO_MEMORY;
        }
        for (int t = 0; t < count; t++) {
            flow->level_kwh[t] =
                work->result->outcome
                    .x[programme_at_state(programme, work->block, layout->state, t)];
        }
    }
    return case_finish_flow(work, i);
}

enum status case_extract(struct case_work *work, const struct programme *programme) {
    const struct scenario *scenario = work->scenario;
    struct case_plan *result = work->result;
    for (int i = 0; i < scenario->instances_count; i++) {
        if (result->flow[i].included) {
            TRY(extract_flow(work, programme, i));
        }
    }
    if (!result->price_money_kwh) {
        result->price_money_kwh = ARENA_TAKE(work->arena, double *, scenario->buses_count);
    }
    if (!result->price_money_kwh) {
        return STATUS_NO_MEMORY;
    }
    for (int b = 0; b < scenario->buses_count; b++) {
        if (work->bus_row[b] < 0) {
            continue;
        }
        if (!result->price_money_kwh[b]) {
            result->price_money_kwh[b] = ARENA_TAKE(work->arena, double, work->hours->count);
        }
        if (!result->price_money_kwh[b]) {
            return STATUS_NO_MEMORY;
        }
        for (int t = 0; t < work->hours->count; t++) {
            result->price_money_kwh[b][t] =
                result->outcome.y[programme_at_row(programme, work->block, work->bus_row[b], t)] /
                work->hours->step_h / work->weight_ratio;
        }
    }
    TRY(preheat_prices(work, programme));
    result->objective_money = result->outcome.objective_ratio + case_relaxed_money(work);
    result->columns_count = programme_columns(programme);
    result->rows_count = programme_rows(programme);
    result->nonzeros_count = programme_nonzeros(programme);
    return STATUS_OK;
}
