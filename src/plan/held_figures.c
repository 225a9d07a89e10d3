/* Figures of a plan as columns of its programme, counted as `require:` counts them.

   figure = sum over steps of coefficient * column + fixed,   of the peak:  figure >= imports of every step */
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
static int add_investment(struct year_rows *rows, const char *name, int figure) {
    struct case_work *work = rows->work;
    double fixed_money = 0.0;
    int entries = 0;
    struct programme_border_row row = {name, 0.0, 0.0, false};
    for (int i = 0; i < work->scenario->instances_count; i++) {
        bool stands =
            work->result->flow[i].included && work->scenario->instances[i].capacity.chosen;
        fixed_money += stands && !case_at_once(work, i) ? work->costs[i].step_capex_money : 0.0;
    }
    row.lower = row.upper = -fixed_money;
    int r = programme_add_border_row(rows->builder, row);
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct unit_costs *costs = &work->costs[i];
        const struct layout *layout = &work->layout[i];
        const int column[] = {layout->design, layout->design2, layout->built};
        const double money[] = {costs->unit_capex_money, costs->unit2_capex_money,
                                costs->step_capex_money};
        for (int p = 0; work->result->flow[i].included && p < COUNT(column); p++) {
            if (column[p] >= 0 && money[p] != 0.0) {
                cost_column_on_border(rows->builder, r, column[p], money[p]);
                entries++;
            }
        }
    }
    cost_column_on_border(rows->builder, r, figure, -1.0);
    return entries;
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

/* Entries of a sum row so far. */
static int entries_of(const struct programme *programme, int block, int row) {
    int count = 0;
    for (int e = 0; e < programme->blocks[block].sum_entries_count; e++) {
        count += programme->blocks[block].sum_entries[e].row == row;
    }
    return count;
}

static enum status add_sum(struct year_rows *rows, enum held_figure figure, const char *name,
                           int column, int *ret_entries) {
    double *sides = ARENA_TAKE(rows->arena, double, 1), fixed = 0.0;
    int block = rows->work->block;
    if (!sides) {
        return STATUS_NO_MEMORY;
    }
    int row = year_row(rows, name, sides, sides, false);
    add_terms(rows, row, figure, &fixed);
    const struct programme *programme = programme_finish(rows->builder);
    if (!programme) {
        return STATUS_NO_MEMORY;
    }
    *ret_entries = entries_of(programme, block, row);
    *sides = -fixed;
    programme_add_sum_entry(rows->builder, block, row, IN_DESIGN, column,
                            programme_constant(rows->builder, -1.0));
    return STATUS_OK;
}

enum status held_add_figure(struct year_rows *rows, enum held_figure figure, int *ret) {
    const char *name = held_figure_kind(figure)->key;
    int column = cost_column_free(rows->builder, name, 0.0), entries = 1;
    if (figure == FIGURE_PEAK) {
        entries = rows->work->scenario->meters_count;
        TRY(year_peak_rows(rows, name, 0.0, column, false) < 0 ? STATUS_NO_MEMORY : STATUS_OK);
    } else if (figure == FIGURE_INVESTMENT) {
        entries = add_investment(rows, name, column);
    } else {
        TRY(add_sum(rows, figure, name, column, &entries));
    }
    *ret = entries > 0 ? column : -1;
    return column < 0 ? STATUS_NO_MEMORY : STATUS_OK;
}

double held_peak_kw(const struct held *held, const double *x) {
    const struct case_work *work = held->work;
    double peak_kw = 0.0;
    for (int t = 0; t < work->design_days_from; t++) {
        double sum_kw = 0.0;
        for (int m = 0; m < work->scenario->meters_count; m++) {
            int grid = work->scenario->meters[m].grid;
            if (work->result->flow[grid].included) {
                sum_kw += x[programme_at_column(held->programme, work->block,
                                                work->layout[grid].column[0], t)];
            }
        }
        peak_kw = fmax(peak_kw, sum_kw);
    }
    return peak_kw;
}
