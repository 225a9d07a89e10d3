/* Sums over the horizon as rows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/year_rows.h"

#include <math.h>
#include <string.h>

void year_port(struct year_rows *rows, int row, int i, int port, double factor_ratio,
               double *fixed) {
    struct case_work *work = rows->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    int count = work->hours->count;
    double step_h = work->hours->step_h;
    if (!work->result->flow[i].included) {
        return;
    }
    if (instance->kind->shape == SHAPE_LOAD) {
        double sum_h = 0.0; /* of a kW */
        for (int t = 0; t < work->design_days_from; t++) {
            sum_h +=
                case_weight_ratio(work, t) * (factor_ratio * step_h * c->mode[0].port[port][t]);
        }
        if (instance->capacity.chosen) {
            programme_add_sum_entry(rows->builder, rows->work->block, row, IN_DESIGN,
                                    work->layout[i].design,
                                    programme_constant(rows->builder, sum_h));
        }
        *fixed += instance->capacity.fixed * sum_h;
        return;
    }
    if (instance->kind->shape == SHAPE_LINE) {
        for (int w = 0; w < (c->modes > 1 ? 2 : 1); w++) {
            struct numbers pump = plan_scaled(rows->builder, rows->arena, c->pump_kw_kw, count,
                                              factor_ratio * step_h);
            if (pump.value && port >= 2) {
                programme_add_sum_entry(rows->builder, rows->work->block, row, IN_STEP,
                                        work->layout[i].column[w], pump);
            }
        }
        return;
    }
    if (instance->kind->shape == SHAPE_STORE) {
        programme_add_sum_entry(rows->builder, rows->work->block, row, IN_STEP,
                                work->layout[i].column[0],
                                programme_constant(rows->builder, factor_ratio * step_h));
        programme_add_sum_entry(rows->builder, rows->work->block, row, IN_STEP,
                                work->layout[i].column[1],
                                programme_constant(rows->builder, -factor_ratio * step_h));
        return;
    }
    for (int m = 0; m < c->modes; m++) {
        struct numbers value = plan_scaled(rows->builder, rows->arena, c->mode[m].port[port], count,
                                           factor_ratio * step_h);
        if (value.value) {
            programme_add_sum_entry(rows->builder, rows->work->block, row, IN_STEP,
                                    work->layout[i].column[m], value);
        }
    }
}

int year_row(struct year_rows *rows, const char *name, double *lower, double *upper, bool elastic) {
    if (rows->map < 0) {
        const int *period = case_month_map(rows->work, true, rows->arena);
        if (!period) {
            return -1;
        }
        struct programme_map map = {1, period};
        rows->map = programme_add_map(rows->builder, rows->work->block, map);
    }
    struct programme_row row = {name, {lower, 0}, {upper, 0}, rows->map, elastic};
    return programme_add_sum(rows->builder, rows->work->block, row);
}

void year_consumption(struct year_rows *rows, int row, bool data_centre_only, double factor_ratio,
                      double *fixed) {
    const struct scenario *scenario = rows->work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct component *kind = scenario->instances[i].kind;
        for (int p = 0; p < kind->ports_count; p++) {
            if (kind->ports[p].carrier == CARRIER_ELECTRICITY &&
                kind->ports[p].direction == FLOWS_IN &&
                (!data_centre_only || plan_in_data_centre(scenario, i))) {
                year_port(rows, row, i, p, factor_ratio, fixed);
            }
        }
    }
}

void year_kind(struct year_rows *rows, int row, const char *kind_name, const char *port_name,
               double factor_ratio, double *fixed) {
    const struct scenario *scenario = rows->work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        if (strcmp(scenario->instances[i].kind->name, kind_name) == 0) {
            year_port(rows, row, i, component_port(scenario->instances[i].kind, port_name),
                      factor_ratio, fixed);
        }
    }
}

void year_generation(struct year_rows *rows, int row, bool renewable, double *fixed) {
    const struct scenario *scenario = rows->work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        enum origin origin = plan_origin(scenario, i);
        if (renewable ? origin == ORIGIN_RENEWABLE : origin != ORIGIN_NONE) {
            year_port(rows, row, i, component_port(scenario->instances[i].kind, "power_out"), 1.0,
                      fixed);
        }
    }
}

void year_waste(struct year_rows *rows, int row, double factor_ratio, double *fixed) {
    for (int i = 0; i < rows->work->scenario->instances_count; i++) {
        int port = plan_waste_port(rows->work->scenario, i);
        if (port >= 0) {
            year_port(rows, row, i, port, factor_ratio, fixed);
        }
    }
}

void year_carbon(struct year_rows *rows, int row) {
    struct case_work *work = rows->work;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct coefficients *c = work->result->flow[i].coefficients;
        for (int m = 0;
             work->result->flow[i].included && m < c->modes && work->layout[i].column[m] >= 0;
             m++) {
            struct numbers kg = plan_scaled(rows->builder, rows->arena, c->mode[m].carbon_kgco2_kwh,
                                            c->count, work->hours->step_h);
            if (kg.value) {
                programme_add_sum_entry(rows->builder, rows->work->block, row, IN_STEP,
                                        work->layout[i].column[m], kg);
            }
        }
    }
}

void year_reuse(struct year_rows *rows, int row, double *fixed) {
    const struct scenario *scenario = rows->work->scenario;
    for (int h = 0; h < scenario->halls_count; h++) {
        int i = scenario->halls[h].recovery;
        if (i >= 0) {
            year_port(rows, row, i, component_port(scenario->instances[i].kind, "heat_out"), 1.0,
                      fixed);
        }
    }
    year_waste(rows, row, -1.0, fixed);
}

void year_grid(struct year_rows *rows, int row, const double factor_ratio[2]) {
    struct case_work *work = rows->work;
    for (int m = 0; m < work->scenario->meters_count; m++) {
        int grid = work->scenario->meters[m].grid;
        const struct flow *flow = &work->result->flow[grid];
        for (int k = 0; flow->included && k < flow->coefficients->modes && k < 2; k++) {
            if (factor_ratio[k] != 0.0) {
                programme_add_sum_entry(
                    rows->builder, work->block, row, IN_STEP, work->layout[grid].column[k],
                    programme_constant(rows->builder, factor_ratio[k] * work->hours->step_h));
            }
        }
    }
}

int year_peak_rows(struct year_rows *rows, const char *name, double limit_kw, int peak_column,
                   bool elastic) {
    struct case_work *work = rows->work;
    const struct scenario *scenario = work->scenario;
    double *upper = ARENA_TAKE(rows->arena, double, work->hours->count);
    double *lower = ARENA_TAKE(rows->arena, double, 1);
    if (!upper || !lower) {
        return -1;
    }
    lower[0] = -HUGE_VAL;
    for (int t = 0; t < work->hours->count; t++) {
        upper[t] = plan_is_design_step(work, t) ? HUGE_VAL : limit_kw;
    }
    struct programme_row row = {name, {lower, 0}, numbers_by_step(upper), 0, elastic};
    int r = programme_add_row(rows->builder, work->block, row);
    struct numbers one = programme_constant(rows->builder, 1.0);
    for (int m = 0; m < scenario->meters_count; m++) {
        int grid = scenario->meters[m].grid;
        if (work->result->flow[grid].included) {
            programme_add_entry(rows->builder, work->block, r, IN_STEP,
                                work->layout[grid].column[0], one);
        }
    }
    if (peak_column >= 0) {
        programme_add_entry(rows->builder, work->block, r, IN_DESIGN, peak_column,
                            programme_constant(rows->builder, -1.0));
    }
    return r;
}
