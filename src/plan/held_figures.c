/* Figures of a plan as columns of its programme, counted as `require:` counts them.

   figure = sum over steps of coefficient * column + fixed,   of the peak:  figure >= imports of every step

   or at most a limit in its place. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/cost_column.h"
#include "plan/held_internal.h"

const struct held_figure_kind *held_figure_kind(enum held_figure figure) {
    static const struct held_figure_kind kinds[FIGURES] = {
        [FIGURE_CARBON] = {"carbon_kgco2_year", "carbon emitted", true},
        [FIGURE_WATER] = {"water_m3_year", "water used", true},
        [FIGURE_PEAK] = {"grid_peak_kw", "peak drawn from the grid", false},
        [FIGURE_IMPORT] = {"grid_import_kwh_year", "power from the grid", true},
        [FIGURE_GENERATION] = {"local_generation_kwh_year", "power generated here", true},
        [FIGURE_FUEL] = {"fossil_fuel_kwh_year", "fossil fuel burnt", true},
        [FIGURE_REUSED] = {"heat_reused_kwh_year", "heat reused", true},
        [FIGURE_INVESTMENT] = {"investment_money", "investment", false},
    };
    return &kinds[figure];
}

static void add_fuel(struct year_rows *rows, int row, double *fixed) {
    const struct scenario *scenario = rows->work->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *it = &scenario->instances[i];
        int in = component_port(it->kind, "fuel_in");
        bool biomass = it->fuel && strcmp(it->fuel, "biomass") == 0;
        if (in >= 0 && !biomass) {
            year_port(rows, row, i, in, 1.0, fixed);
        }
    }
}

/* Of what is chosen and built new; what is fixed does not move. */
static void add_investment(struct year_rows *rows, const char *name, struct held_row *ret) {
    struct case_work *work = rows->work;
    struct programme_border_row row = {name, 0.0, 0.0, false};
    for (int i = 0; i < work->scenario->instances_count; i++) {
        bool stands =
            work->result->flow[i].included && work->scenario->instances[i].capacity.chosen;
        ret->fixed_value +=
            stands && !case_at_once(work, i) ? work->costs[i].step_capex_money : 0.0;
    }
    row.lower = row.upper = -ret->fixed_value;
    ret->row = programme_add_border_row(rows->builder, row);
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct unit_costs *costs = &work->costs[i];
        const struct layout *layout = &work->layout[i];
        const int column[] = {layout->design, layout->design2, layout->built};
        const double money[] = {costs->unit_capex_money, costs->unit2_capex_money,
                                costs->step_capex_money};
        for (int p = 0; work->result->flow[i].included && p < COUNT(column); p++) {
            if (column[p] >= 0 && money[p] != 0.0) {
                cost_column_on_border(rows->builder, ret->row, column[p], money[p]);
                ret->moves = true;
            }
        }
    }
    cost_column_on_border(rows->builder, ret->row, ret->column, -1.0);
}

static void add_terms(struct year_rows *rows, int row, enum held_figure figure, double *fixed) {
    static const double import_ratio[2] = {1.0, 0.0};
    switch (figure) {
    case FIGURE_CARBON:
        year_carbon(rows, row);
        break;
    case FIGURE_WATER:
        year_kind(rows, row, "water_supply", "water_out", 1.0, fixed);
        break;
    case FIGURE_IMPORT:
        year_grid(rows, row, import_ratio);
        break;
    case FIGURE_GENERATION:
        year_generation(rows, row, false, fixed);
        break;
    case FIGURE_FUEL:
        add_fuel(rows, row, fixed);
        break;
    case FIGURE_REUSED:
        year_reuse(rows, row, fixed);
        break;
    case FIGURE_PEAK:
    case FIGURE_INVESTMENT:
    case FIGURES:
        break;
    }
}

static enum status add_sum(struct year_rows *rows, enum held_figure figure, const char *name,
                           double limit_value, struct held_row *ret) {
    double *sides = ARENA_TAKE(rows->arena, double, 2);
    int block = rows->work->block;
    const struct programme *programme = programme_finish(rows->builder);
    if (!sides || !programme) {
        return STATUS_NO_MEMORY;
    }
    int before = programme->blocks[block].sum_entries_count;
    ret->row = year_row(rows, name, &sides[0], &sides[1], false);
    add_terms(rows, ret->row, figure, &ret->fixed_value);
    ret->moves = programme->blocks[block].sum_entries_count > before;
    sides[0] = ret->column < 0 ? -HUGE_VAL : -ret->fixed_value;
    sides[1] = ret->column < 0 ? limit_value - ret->fixed_value : -ret->fixed_value;
    if (ret->column >= 0) {
        programme_add_sum_entry(rows->builder, block, ret->row, IN_DESIGN, ret->column,
                                programme_constant(rows->builder, -1.0));
    }
    return STATUS_OK;
}

enum status held_add_figure(struct year_rows *rows, enum held_figure figure, double limit_value,
                            struct held_row *ret) {
    const char *name = held_figure_kind(figure)->key;
    *ret = (struct held_row){.row = -1, .column = -1};
    if (!isfinite(limit_value)) {
        ret->column = cost_column_free(rows->builder, name, 0.0);
        TRY(ret->column < 0 ? STATUS_NO_MEMORY : STATUS_OK);
    }
    if (figure == FIGURE_INVESTMENT) {
        add_investment(rows, name, ret);
    } else if (figure == FIGURE_PEAK) {
        ret->row =
            year_peak_rows(rows, name, ret->column < 0 ? limit_value : 0.0, ret->column, false);
        ret->moves = rows->work->scenario->meters_count > 0;
    } else {
        TRY(add_sum(rows, figure, name, limit_value, ret));
    }
    return ret->row < 0 ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- a price instead of a row ---- */

/* Of the first steps; the others keep their cost. */
static enum status add_cost(struct programme_column *column, struct numbers value,
                            double factor_ratio, int first_steps, int steps, struct arena *arena) {
    double *cost = ARENA_TAKE(arena, double, steps);
    TRY(cost ? STATUS_OK : STATUS_NO_MEMORY);
    for (int t = 0; t < steps; t++) {
        cost[t] = numbers_at(column->cost, t);
        cost[t] += t < first_steps ? factor_ratio * numbers_at(value, t) : 0.0;
    }
    column->cost = numbers_by_step(cost);
    return STATUS_OK;
}

enum status held_price_figure(const struct held *held, enum held_figure figure, double price_money,
                              struct arena *arena, struct programme *programme) {
    const struct held_row *row = &held->rows[figure];
    const struct programme *told = held->told;
    const struct programme_block *b = &told->blocks[held->work->block];
    struct programme_block *priced = &programme->blocks[held->work->block];
    programme->objective_constant += price_money * row->fixed_value;
    for (int e = 0; figure == FIGURE_INVESTMENT && e < told->border_entries_count; e++) {
        const struct programme_border_entry *entry = &told->border_entries[e];
        if (entry->row == row->row && entry->index != row->column) {
            programme->designs[entry->index].cost += price_money * entry->value;
        }
    }
    for (int e = 0; figure != FIGURE_INVESTMENT && e < b->sum_entries_count; e++) {
        const struct programme_entry *entry = &b->sum_entries[e];
        if (entry->row != row->row) {
            continue;
        }
        if (entry->where == IN_STEP) {
            /* the row's one period is the horizon: the design days beyond it cost nothing */
            TRY(add_cost(&priced->columns[entry->index], entry->value, price_money,
                         held->work->design_days_from, programme_steps(b), arena));
        } else if (entry->where == IN_DESIGN && entry->index != row->column) {
            programme->designs[entry->index].cost += price_money * numbers_at(entry->value, 0);
        }
    }
    return STATUS_OK;
}

double held_investment_money(const struct held *held, int m) {
    const struct held_row *row = &held->rows[FIGURE_INVESTMENT];
    for (int e = 0; e < held->told->border_entries_count; e++) {
        const struct programme_border_entry *entry = &held->told->border_entries[e];
        if (entry->row == row->row && entry->index != row->column &&
            entry->index == held->measures[m].column) {
            return entry->value;
        }
    }
    return 0.0;
}

void held_cap_investment(const struct held *held, double most_value, double *cap_value) {
    double fixed_value = held->rows[FIGURE_INVESTMENT].fixed_value;
    for (int m = 0; m < held->measures_count; m++) {
        double money = held_investment_money(held, m);
        cap_value[m] = money > 0.0 ? (most_value - fixed_value) / money : HUGE_VAL;
    }
}
