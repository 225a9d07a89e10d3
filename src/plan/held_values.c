/* What the columns of an optimum say: cost, figures, and what of a capacity is used. A question's programme begins with the
   lists of the plan's, so that the plan's rows are read with the question's columns.

   What is used follows from the rows that a capacity stands in:  others(t) + coefficient(t) * capacity  <= upper(t), with a
   coefficient below zero, asks for at least (others - upper) / -coefficient. Used in full is a capacity whose row is met with
   nothing to spare in one step. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "plan/held_internal.h"

static double entry_value(const struct programme *programme, int block,
                          const struct programme_entry *entry, const double *x, int t) {
    const struct programme_block *b = &programme->blocks[block];
    switch (entry->where) {
    case IN_STEP:
        return x[programme_at_column(programme, block, entry->index, t)];
    case IN_BEGIN: {
        int before = programme_before(b, t);
        return before == PROGRAMME_FIXED
                   ? b->states[entry->index].start_level_ratio
                   : x[programme_at_state(programme, block, entry->index, before)];
    }
    case IN_END:
        return x[programme_at_state(programme, block, entry->index, t)];
    case IN_DESIGN:
        return x[programme_at_design(programme, entry->index)];
    case IN_PERIOD: {
        int period = b->maps[b->periods[entry->index].map].period_of_step[t];
        return period == PROGRAMME_NO_PERIOD
                   ? 0.0
                   : x[programme_at_period(programme, block, entry->index, period)];
    }
    }
    return 0.0;
}

static void add_columns(const struct programme *of, int block,
                        const struct programme_column *column, int c, const double *x,
                        struct sum *sum) {
    for (int t = 0; t < programme_steps(&of->blocks[block]); t++) {
        sum_add(sum, numbers_at(column->cost, t) * x[programme_at_column(of, block, c, t)]);
    }
}

double held_cost_money(const struct held *held, const struct programme *of, const double *x) {
    const struct programme *plan = held->programme;
    struct sum sum = {0, 0};
    for (int d = 0; d < plan->designs_count; d++) {
        sum_add(&sum, plan->designs[d].cost * x[d]);
    }
    const struct programme_block *b = &plan->blocks[held->work->block];
    for (int c = 0; c < b->columns_count; c++) {
        add_columns(of, held->work->block, &b->columns[c], c, x, &sum);
    }
    for (int k = 0; k < b->periods_count; k++) {
        for (int p = 0; p < b->maps[b->periods[k].map].periods; p++) {
            sum_add(&sum, numbers_at(b->periods[k].cost, p) *
                              x[programme_at_period(of, held->work->block, k, p)]);
        }
    }
    return plan->objective_constant + sum_value(&sum);
}

static double peak_kw(const struct held *held, const struct programme *of, const double *x) {
    const struct case_work *work = held->work;
    double most_kw = 0.0;
    for (int t = 0; t < work->design_days_from; t++) {
        double sum_kw = 0.0;
        for (int m = 0; m < work->scenario->meters_count; m++) {
            int grid = work->scenario->meters[m].grid;
            if (work->result->flow[grid].included) {
                sum_kw += x[programme_at_column(of, work->block, work->layout[grid].column[0], t)];
            }
        }
        most_kw = fmax(most_kw, sum_kw);
    }
    return most_kw;
}

double held_figure_value(const struct held *held, enum held_figure figure,
                         const struct programme *of, const double *x) {
    const struct held_row *row = &held->rows[figure];
    const struct programme_block *b = &held->told->blocks[held->work->block];
    struct sum sum = {0, 0};
    if (figure == FIGURE_PEAK) {
        return peak_kw(held, of, x);
    }
    sum_add(&sum, row->fixed_value);
    for (int e = 0; figure == FIGURE_INVESTMENT && e < held->told->border_entries_count; e++) {
        const struct programme_border_entry *entry = &held->told->border_entries[e];
        bool own = entry->row == row->row && entry->index != row->column;
        sum_add(&sum, own ? entry->value * x[entry->index] : 0.0);
    }
    for (int e = 0; figure != FIGURE_INVESTMENT && e < b->sum_entries_count; e++) {
        const struct programme_entry *entry = &b->sum_entries[e];
        if (entry->row != row->row || (entry->where == IN_DESIGN && entry->index == row->column)) {
            continue;
        }
        if (entry->where == IN_DESIGN) {
            sum_add(&sum, numbers_at(entry->value, 0) * x[entry->index]);
            continue;
        }
        for (int t = 0; t < held->work->design_days_from; t++) {
            sum_add(&sum,
                    numbers_at(entry->value, t) * entry_value(of, held->work->block, entry, x, t));
        }
    }
    return sum_value(&sum);
}

/* The least or most of a term, by its column's bounds. */
static double term_bound_value(double value, double lower, double upper, bool most) {
    double at = (value > 0.0) == most ? upper : lower;
    return value == 0.0 ? 0.0 : value * at;
}

static double entry_bound_value(const struct programme *of, int block,
                                const struct programme_entry *entry, int t, bool most) {
    const struct programme_block *b = &of->blocks[block];
    double value = numbers_at(entry->value, entry->where == IN_DESIGN ? 0 : t);
    if (entry->where == IN_STEP) {
        const struct programme_column *column = &b->columns[entry->index];
        return term_bound_value(value, numbers_at(column->lower, t), numbers_at(column->upper, t),
                                most);
    }
    if (entry->where == IN_DESIGN) {
        const struct programme_design *design = &of->designs[entry->index];
        return term_bound_value(value, design->lower, design->upper, most);
    }
    return most ? HUGE_VAL : -HUGE_VAL;
}

double held_natural_value(const struct held *held, int m, bool most) {
    const struct measure *it = &held->measures[m];
    double none = most ? HUGE_VAL : -HUGE_VAL;
    if (it->kind == MEASURE_CAPACITY) {
        const struct programme_design *design = &held->programme->designs[it->column];
        return most ? design->upper : design->lower;
    }
    if (it->kind == MEASURE_COST || it->index == FIGURE_INVESTMENT || it->index == FIGURE_PEAK) {
        return it->kind == MEASURE_FIGURE && !most ? 0.0 : none;
    }
    const struct held_row *row = &held->rows[it->index];
    const struct programme_block *b = &held->told->blocks[held->work->block];
    double sum = row->fixed_value;
    for (int e = 0; e < b->sum_entries_count; e++) {
        const struct programme_entry *entry = &b->sum_entries[e];
        bool own = entry->where == IN_DESIGN && entry->index == row->column;
        int steps = entry->where == IN_DESIGN ? 1 : held->work->design_days_from;
        for (int t = 0; entry->row == row->row && !own && t < steps; t++) {
            sum += entry_bound_value(held->told, held->work->block, entry, t, most);
        }
    }
    return isnan(sum) ? none : sum;
}

/* All of a row but the capacity's own entry. */
static void add_others(const struct held *held, int row, const struct programme_entry *own,
                       const struct programme *of, const double *x, double *others_value) {
    int block = held->work->block;
    const struct programme_block *b = &held->programme->blocks[block];
    memset(others_value, 0, (size_t)programme_steps(b) * sizeof *others_value);
    for (int e = 0; e < b->entries_count; e++) {
        const struct programme_entry *entry = &b->entries[e];
        for (int t = 0; entry->row == row && entry != own && t < programme_steps(b); t++) {
            others_value[t] += numbers_at(entry->value, t) * entry_value(of, block, entry, x, t);
        }
    }
}

enum status held_use_of(const struct held *held, int m, const struct programme *of, const double *x,
                        struct arena *arena, struct held_use *ret) {
    const struct programme_block *b = &held->programme->blocks[held->work->block];
    const struct measure *it = &held->measures[m];
    *ret = (struct held_use){-1, 0, 0.0};
    if (it->kind != MEASURE_CAPACITY) {
        return STATUS_OK;
    }
    ret->value = x[it->column];
    double *others_value = ARENA_TAKE(arena, double, programme_steps(b));
    TRY(others_value ? STATUS_OK : STATUS_NO_MEMORY);
    for (int e = 0; e < b->entries_count; e++) {
        const struct programme_entry *own = &b->entries[e];
        const struct programme_row *row = &b->rows[own->row];
        bool limits = own->where == IN_DESIGN && own->index == it->column;
        for (int t = 0; limits && t < programme_steps(b); t++) {
            double upper = numbers_at(row->upper, t), coefficient = numbers_at(own->value, t);
            if (t == 0) {
                add_others(held, own->row, own, of, x, others_value);
            }
            if (!(coefficient < 0.0) || !isfinite(upper) || numbers_at(row->lower, t) == upper) {
                continue; /* a balance, or nothing that asks for more */
            }
            double need = (others_value[t] - upper) / -coefficient;
            if (ret->row < 0 || need > ret->value) {
                *ret = (struct held_use){own->row, t, need};
            }
        }
    }
    return STATUS_OK;
}

enum status held_use_in_full(const struct held *held, const struct held_use *use,
                             struct arena *arena, struct programme *programme) {
    struct programme_block *b = &programme->blocks[held->work->block];
    for (int m = 0; m < held->measures_count; m++) {
        if (use[m].row < 0) {
            continue;
        }
        struct programme_row *row = &b->rows[use[m].row];
        double *lower = ARENA_TAKE(arena, double, programme_steps(b));
        TRY(lower ? STATUS_OK : STATUS_NO_MEMORY);
        for (int t = 0; t < programme_steps(b); t++) {
            lower[t] = t == use[m].step ? numbers_at(row->upper, t) : numbers_at(row->lower, t);
        }
        row->lower = numbers_by_step(lower);
    }
    return STATUS_OK;
}
