/* From the optimum to what every instance does: rates, flows at ports, levels, capacities, money,
   carbon, prices. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/series.h"
#include "base/units.h"
#include "plan/internal.h"

static const double *column(const struct case_work *work, const struct programme *programme,
                            int index) {
    return work->result->outcome.x + programme_at_column(programme, 0, index, 0);
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
        for (int t = 0; t < work->hours->count; t++) {
            flow->port_kw[p][t] = 0.0;
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

/* Flows at the ports from the rates, by the shape. */
static void set_ports(struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    for (int t = 0; t < work->hours->count; t++) {
        switch (instance->kind->shape) {
        case SHAPE_LOAD:
            for (int p = 0; p < instance->kind->ports_count; p++) {
                if (flow->port_kw[p]) {
                    flow->port_kw[p][t] = flow->capacity * c->mode[0].port[p][t];
                }
            }
            break;
        case SHAPE_SOURCE:
        case SHAPE_CONVERTER:
            for (int p = 0; p < instance->kind->ports_count; p++) {
                for (int m = 0; flow->port_kw[p] && m < flow->modes; m++) {
                    flow->port_kw[p][t] += c->mode[m].port[p][t] * flow->rate_kw[m][t];
                }
            }
            break;
        case SHAPE_STORE:
            flow->port_kw[0][t] = flow->rate_kw[0][t] - flow->rate_kw[1][t];
            break;
        case SHAPE_LINE: {
            double there_kw = flow->rate_kw[0][t],
                   back_kw = flow->modes > 1 ? flow->rate_kw[1][t] : 0.0;
            double arriving_frac = 1.0 - c->loss_frac[t];
            flow->port_kw[0][t] = there_kw - arriving_frac * back_kw;
            flow->port_kw[1][t] =
                arriving_frac * there_kw - back_kw - c->standing_kw_kw[t] * flow->capacity;
            for (int p = 2; p < instance->kind->ports_count; p++) {
                if (flow->port_kw[p]) {
                    flow->port_kw[p][t] = c->pump_kw_kw[t] * (there_kw + back_kw);
                }
            }
            break;
        }
        case SHAPE_SHIFTABLE:
            flow->port_kw[instance->kind->reference_port][t] = flow->rate_kw[0][t];
            break;
        case SHAPES:
            break;
        }
    }
}

static int modes_in_programme(const struct component *kind, const struct coefficients *c) {
    switch (kind->shape) {
    case SHAPE_SOURCE:
    case SHAPE_CONVERTER:
        return c->modes;
    case SHAPE_STORE:
        return 2;
    case SHAPE_LINE:
        return c->modes > 1 ? 2 : 1;
    case SHAPE_SHIFTABLE:
        return 1;
    case SHAPE_LOAD:
    case SHAPES:
        break;
    }
    return 0;
}

/* Price of a kW of a month's peak; a part of a month costs its share of days. */
void case_month_price(const struct case_work *work, const struct coefficients *c,
                      double ret_money_kw[12]) {
    for (int month = 0; month < 12; month++) {
        ret_money_kw[month] = 0.0;
    }
    for (int t = 0; t < work->design_days_from; t++) {
        int month = work->hours->month[t];
        int days = calendar_days_in_month(month, work->scenario->calendar.leap);
        ret_money_kw[month] +=
            c->demand_money_kw_month[month] * work->hours->step_h / (24.0 * days);
    }
}

static enum status set_peaks(struct case_work *work, int i) {
    struct flow *flow = &work->result->flow[i];
    double price_money_kw[12], all = 0.0;
    flow->demand_money = 0.0;
    case_month_price(work, flow->coefficients, price_money_kw);
    for (int month = 0; month < 12; month++) {
        all += price_money_kw[month];
    }
    if (work->scenario->instances[i].kind->shape != SHAPE_CONVERTER || all == 0.0) {
        return STATUS_OK;
    }
    flow->peak_kw = flow->peak_kw ? flow->peak_kw : ARENA_TAKE(work->arena, double, 12);
    if (!flow->peak_kw) {
        return STATUS_NO_MEMORY;
    }
    for (int month = 0; month < 12; month++) {
        flow->peak_kw[month] = 0.0;
    }
    for (int t = 0; t < work->design_days_from; t++) {
        double *peak_kw = &flow->peak_kw[work->hours->month[t]];
        *peak_kw = fmax(*peak_kw, flow->rate_kw[0][t]);
    }
    for (int month = 0; month < 12 && !work->scenario->view_society; month++) {
        flow->demand_money += price_money_kw[month] * flow->peak_kw[month];
    }
    return STATUS_OK;
}

static void set_money(struct case_work *work, int i) {
    const struct scenario *scenario = work->scenario;
    const struct instance *instance = &scenario->instances[i];
    struct flow *flow = &work->result->flow[i];
    const struct coefficients *c = flow->coefficients;
    double life_year =
        component_number(instance->kind, instance->self, "life_year", scenario->life_year);
    double annuity = plan_annuity_frac_year(scenario->discount_frac, life_year);
    bool sized = instance->kind->capacity && isfinite(flow->capacity);
    bool sized2 = instance->kind->capacity2 && isfinite(flow->capacity2);
    flow->investment_money = (sized ? work->unit_capex_money[i] * flow->capacity : 0.0) +
                             (sized2 ? work->unit2_capex_money[i] * flow->capacity2 : 0.0);
    flow->capital_money = flow->investment_money * annuity * scenario->year_frac;
    double yearly = (sized ? work->unit_money[i] * flow->capacity : 0.0) +
                    (sized2 ? work->unit2_money[i] * flow->capacity2 : 0.0);
    flow->fixed_money =
        yearly * scenario->year_frac - flow->capital_money +
        12.0 * component_number(instance->kind, instance->self, "fixed_money_month", 0.0) *
            scenario->year_frac;
    struct sum running = {0, 0}, carbon = {0, 0}, marginal = {0, 0};
    for (int m = 0; m < flow->modes; m++) {
        const struct mode *mode = &c->mode[instance->kind->shape == SHAPE_STORE ? 0 : m];
        for (int t = 0; t < work->design_days_from; t++) {
            double energy_kwh = units_energy_kwh(flow->rate_kw[m][t], work->hours->step_h, 1.0);
            sum_add(&running, mode->cost_money_kwh[t] * energy_kwh);
            sum_add(&carbon, mode->carbon_kgco2_kwh[t] * energy_kwh);
            sum_add(&marginal, mode->carbon_marginal_kgco2_kwh[t] * energy_kwh);
        }
    }
    flow->running_money = sum_value(&running);
    flow->carbon_kg = sum_value(&carbon);
    flow->carbon_marginal_kg = sum_value(&marginal);
}

enum status case_finish_flow(struct case_work *work, int i) {
    struct flow *flow = &work->result->flow[i];
    flow->size = work->size[i];
    flow->size2 = work->size2[i];
    flow->standing_ratio = work->feedback[i].standing_ratio;
    flow->pump_ratio = work->feedback[i].pump_ratio;
    TRY(take_port_arrays(work, i));
    set_ports(work, i);
    TRY(set_peaks(work, i));
    set_money(work, i);
    return STATUS_OK;
}

static enum status extract_flow(struct case_work *work, const struct programme *programme, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    struct flow *flow = &work->result->flow[i];
    const struct layout *layout = &work->layout[i];
    int count = work->hours->count;
    flow->capacity = instance->kind->capacity
                         ? capacity_of(work, programme, &instance->capacity, layout->design)
                         : (double)NAN;
    flow->capacity2 = instance->kind->capacity2
                          ? capacity_of(work, programme, &instance->capacity2, layout->design2)
                          : (double)NAN;
    TRY(take_rates(work, programme, i, modes_in_programme(instance->kind, flow->coefficients)));
    if (layout->state >= 0) {
        flow->level_kwh =
            flow->level_kwh ? flow->level_kwh : ARENA_TAKE(work->arena, double, count);
        if (!flow->level_kwh) {
            return STATUS_NO_MEMORY;
        }
        for (int t = 0; t < count; t++) {
            flow->level_kwh[t] =
                work->result->outcome.x[programme_at_state(programme, 0, layout->state, t)];
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
                result->outcome.y[programme_at_row(programme, 0, work->bus_row[b], t)] /
                work->hours->step_h;
        }
    }
    result->objective_money = result->outcome.objective_ratio;
    result->columns_count = programme_columns(programme);
    result->rows_count = programme_rows(programme);
    result->nonzeros_count = programme_nonzeros(programme);
    return STATUS_OK;
}
