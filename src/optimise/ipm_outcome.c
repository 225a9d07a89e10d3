/* The way back: x = shift + scale * x', y = scale * y'. Rows that presolve has used up get the price
   that gives the columns they fixed reduced costs of the right sign, last one first. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_outcome.h"

#include "base/series.h"
#include "optimise/ipm_cell.h"
#include "optimise/ipm_product.h"
#include "optimise/ipm_repair.h"
#include "optimise/walk.h"

static double between(double value, double lower, double upper) {
    return value < lower ? lower : value > upper ? upper : value;
}

static void write_block_x(const struct ipm_state *state, const struct ipm_block *block, double *x) {
    const struct programme *programme = state->ipm->programme;
    const struct programme_block *b = block->source;
    for (int c = 0; c < b->columns_count + b->states_count; c++) {
        bool level = c >= b->columns_count;
        int index = level ? c - b->columns_count : c, lane;
        int slot = level ? block->slot_of_state[index] : block->slot_of_column[index];
        double scale = (level ? block->state_scale : block->column_scale)[index];
        double *to = x + programme_at_column(programme, block->index, c, 0);
        for (int t = 0; t < block->steps; t++) {
            long place = ipm_place(state->ipm, block, slot, t, &lane);
            double value =
                ipm_shift(block, c, t) + state->ipm->size_scale * scale * state->at.x[place][lane];
            to[t] = between(value, numbers_at(block->lower[c], t), numbers_at(block->upper[c], t));
        }
    }
}

static void write_block_y(const struct ipm_state *state, const struct ipm_block *block, double *y) {
    const struct ipm *ipm = state->ipm;
    double *to = y + programme_at_row(ipm->programme, block->index, 0, 0);
    for (int r = 0; r < block->pattern.rows; r++) {
        for (int t = 0; t < block->steps; t++, to++) {
            int lane = t / block->stages;
            const struct ipm_chunk *chunk = &ipm->chunks[block->first_chunk + lane / LANES];
            long place = chunk->row + (long)(t % block->stages) * block->pattern.rows + r;
            bool dropped = block->dropped[(long)r * block->steps + t] != 0;
            *to = dropped
                      ? 0.0
                      : state->at.y[place][lane % LANES] * block->row_scale[r] / ipm->cost_scale;
        }
    }
}

/* Border columns and rows stand in the programme's order block by block. */
static void write_border(const struct ipm_state *state, double *x, double *y) {
    const struct ipm *ipm = state->ipm;
    const struct ipm_border *border = &ipm->border;
    const struct ipm_chunk *chunk = &ipm->chunks[ipm->chunks_count - 1];
    const struct programme *programme = ipm->programme;
    long to = 0;
    for (int c = 0, k = 0; c < border->columns; c++, to++) {
        for (; k < ipm->blocks_count && c == ipm->blocks[k].first_period; k++) {
            to = programme_at_state(programme, k, programme->blocks[k].states_count, 0);
        }
        double inner = state->at.x[chunk->column + c / LANES][c % LANES];
        double value = border->shift[c] + ipm->size_scale * border->column_scale[c] * inner;
        x[to] = between(value, border->lower[c], border->upper[c]);
    }
    to = 0;
    for (int r = 0, k = 0; r < border->rows; r++, to++) {
        for (; k < ipm->blocks_count && r == ipm->blocks[k].first_sum; k++) {
            to = programme_at_row(programme, k, programme->blocks[k].rows_count, 0);
        }
        y[to] =
            state->at.y[chunk->row + r / LANES][r % LANES] * border->row_scale[r] / ipm->cost_scale;
    }
}

struct reduced {
    const double *x, *y;
    double *cost, *largest;         /* c - A' y, and its largest term */
    double *fixed;                  /* by row: what begin levels fill */
    double *activity, *row_largest; /* A x with begin levels, and its largest term */
};

static void less_term(void *data, long row, long column, double value) {
    struct reduced *reduced = data;
    double share = column < 0 ? value : value * reduced->x[column];
    reduced->activity[row] += share;
    reduced->row_largest[row] = ipm_larger(fabs(share), reduced->row_largest[row]);
    if (column < 0) {
        reduced->fixed[row] += value;
        return;
    }
    double term = value * reduced->y[row];
    reduced->cost[column] -= term;
    reduced->largest[column] = ipm_larger(fabs(term), reduced->largest[column]);
}

static void list_family(const struct programme_column *column, int count, long at,
                        struct ipm_bounds *bounds) {
    for (int i = 0; i < count; i++) {
        bounds->cost[at + i] = numbers_at(column->cost, i);
        bounds->lower[at + i] = numbers_at(column->lower, i);
        bounds->upper[at + i] = numbers_at(column->upper, i);
    }
}

static void list_rows(const struct programme_row *row, int count, long at,
                      struct ipm_bounds *bounds) {
    for (int i = 0; i < count; i++) {
        bounds->row_lower[at + i] = numbers_at(row->lower, i);
        bounds->row_upper[at + i] = numbers_at(row->upper, i);
    }
}

static void list_all(const struct programme *programme, struct ipm_bounds *bounds) {
    for (int d = 0; d < programme->designs_count; d++) {
        bounds->cost[d] = programme->designs[d].cost;
        bounds->lower[d] = programme->designs[d].lower;
        bounds->upper[d] = programme->designs[d].upper;
    }
    for (int r = 0; r < programme->border_rows_count; r++) {
        bounds->row_lower[r] = programme->border_rows[r].lower;
        bounds->row_upper[r] = programme->border_rows[r].upper;
    }
    for (int k = 0; k < programme->blocks_count; k++) {
        const struct programme_block *b = &programme->blocks[k];
        int steps = programme_steps(b);
        for (int c = 0; c < b->columns_count; c++) {
            list_family(&b->columns[c], steps, programme_at_column(programme, k, c, 0), bounds);
        }
        for (int s = 0; s < b->states_count; s++) {
            list_family(&b->states[s], steps, programme_at_state(programme, k, s, 0), bounds);
        }
        for (int f = 0; f < b->periods_count; f++) {
            list_family(&b->periods[f], b->maps[b->periods[f].map].periods,
                        programme_at_period(programme, k, f, 0), bounds);
        }
        for (int r = 0; r < b->rows_count; r++) {
            list_rows(&b->rows[r], steps, programme_at_row(programme, k, r, 0), bounds);
        }
        for (int f = 0; f < b->sums_count; f++) {
            list_rows(&b->sums[f], b->maps[b->sums[f].map].periods,
                      programme_at_sum(programme, k, f, 0), bounds);
        }
    }
}

enum status ipm_list_bounds(const struct programme *programme, struct arena *arena,
                            struct ipm_bounds *ret) {
    long columns = programme_columns(programme), rows = programme_rows(programme);
    struct ipm_bounds bounds = {ARENA_TAKE(arena, double, columns),
                                ARENA_TAKE(arena, double, columns),
                                ARENA_TAKE(arena, double, columns), ARENA_TAKE(arena, double, rows),
                                ARENA_TAKE(arena, double, rows)};
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    list_all(programme, &bounds);
    *ret = bounds;
    return STATUS_OK;
}

/* Columns of a forced row at its step, and its coefficients there. */
static long forced_column(const struct programme *programme, const struct ipm_block *block,
                          const struct programme_entry *entry, int t) {
    switch (entry->where) {
    case IN_STEP:
        return programme_at_column(programme, block->index, entry->index, t);
    case IN_END:
        return programme_at_state(programme, block->index, entry->index, t);
    case IN_BEGIN: {
        int before = ipm_before(block->source, t);
        return before == PROGRAMME_FIXED
                   ? -1
                   : programme_at_state(programme, block->index, entry->index, before);
    }
    case IN_PERIOD: {
        const struct programme_block *b = block->source;
        int period = b->maps[b->periods[entry->index].map].period_of_step[t];
        return period == PROGRAMME_NO_PERIOD
                   ? -1
                   : programme_at_period(programme, block->index, entry->index, period);
    }
    case IN_DESIGN:
        break;
    }
    return programme_at_design(programme, entry->index);
}

/* At its least activity a row's columns stand where a price of minus infinity would hold them: the
   price that is just low enough (or high enough, at its largest). */
static void price_forced(const struct ipm *ipm, const struct ipm_forced *forced,
                         const struct ipm_bounds *bounds, double *y, struct reduced *reduced) {
    const struct ipm_block *block = &ipm->blocks[forced->block];
    const struct programme *programme = ipm->programme;
    bool least =
        block->dropped[(long)forced->row * block->steps + forced->step] == IPM_FORCED_LEAST;
    double price = 0.0;
    for (int pass = 0; pass < 2; pass++) {
        for (int e = 0; e < block->entries.count; e++) {
            const struct programme_entry *entry = &block->entries.entry[e];
            double a = numbers_at(entry->value, forced->step);
            long column = entry->row == forced->row && a != 0.0
                              ? forced_column(programme, block, entry, forced->step)
                              : -1;
            if (column < 0) {
                continue;
            }
            if (pass == 1) {
                reduced->cost[column] -= a * price;
                reduced->largest[column] = ipm_larger(fabs(a * price), reduced->largest[column]);
                continue;
            }
            bool at_lower = (a > 0.0) == least;
            double wrong = at_lower ? -reduced->cost[column] : reduced->cost[column];
            if (bounds->lower[column] < bounds->upper[column] && wrong > 0.0) {
                double need = wrong / fabs(a);
                price = least ? fmin(price, -need) : fmax(price, need);
            }
        }
    }
    y[programme_at_row(programme, forced->block, forced->row, forced->step)] = price;
}

/* Sums that go from the border to the first block, and on from block to block. */
struct totals {
    struct sum objective, bound;
    bool open; /* a reduced cost points to where there is no bound */
    double missed;
};
struct telling {
    const struct programme *programme;
    const struct ipm_bounds *bounds;
    const struct reduced *reduced;
    struct totals totals;
};

static void add_rows(struct telling *telling, struct programme_span rows) {
    const struct ipm_bounds *bounds = telling->bounds;
    const struct reduced *reduced = telling->reduced;
    struct totals *totals = &telling->totals;
    const double *y = reduced->y;
    for (long i = rows.from; i < rows.until; i++) {
        if (y[i] != 0.0) {
            sum_add(&totals->bound,
                    y[i] * (y[i] > 0.0 ? bounds->row_lower[i] : bounds->row_upper[i]));
            sum_add(&totals->bound, -y[i] * reduced->fixed[i]);
        }
        double over = ipm_larger(reduced->activity[i] - bounds->row_upper[i],
                                 bounds->row_lower[i] - reduced->activity[i]);
        totals->missed = ipm_larger(over / (1.0 + reduced->row_largest[i]), totals->missed);
    }
}

static void add_columns(struct telling *telling, struct programme_span columns) {
    static const double trusted = 1e-7; /* of a column's largest term */
    const struct ipm_bounds *bounds = telling->bounds;
    const struct reduced *reduced = telling->reduced;
    struct totals *totals = &telling->totals;
    for (long j = columns.from; j < columns.until; j++) {
        double d = reduced->cost[j], side = d > 0.0 ? bounds->lower[j] : bounds->upper[j];
        bool finite = isfinite(side);
        totals->open = totals->open || (!finite && fabs(d) > trusted * (1.0 + reduced->largest[j]));
        sum_add(&totals->objective, bounds->cost[j] * reduced->x[j]);
        sum_add(&totals->bound, finite ? d * side : d * reduced->x[j]);
    }
}

static enum status over_all(struct telling *telling,
                            void (*add)(struct telling *telling, struct programme_span span),
                            bool rows) {
    const struct programme *programme = telling->programme;
    long border = rows ? programme->border_rows_count : programme->designs_count;
    add(telling, (struct programme_span){0, border});
    for (int k = 0; k < programme->blocks_count; k++) {
        if (share_has(programme->share, k)) {
            add(telling,
                rows ? programme_rows_of(programme, k) : programme_columns_of(programme, k));
        }
        TRY(share_hand_on(programme->share, k, &telling->totals, sizeof telling->totals));
    }
    return STATUS_OK;
}

/* Reduced costs of designs go from block to block; of what else is elsewhere nobody asks. */
static enum status hand_on_designs(const struct programme *programme, int block, bool back,
                                   struct reduced *reduced) {
    size_t size = (size_t)programme->designs_count * sizeof(double);
    enum status (*hand)(const struct share *share, int block, void *bytes, size_t size) =
        back ? share_hand_back : share_hand_on;
    TRY(hand(programme->share, block, reduced->cost, size));
    return hand(programme->share, block, reduced->largest, size);
}

static enum status reduce_costs(const struct ipm *ipm, const struct ipm_bounds *bounds, double *y,
                                struct reduced *reduced) {
    const struct programme *programme = ipm->programme;
    long i = ipm->forced_count - 1;
    walk_border(programme, less_term, reduced);
    for (int k = 0; k < programme->blocks_count; k++) {
        if (share_has(programme->share, k)) {
            walk_block(programme, k, less_term, reduced);
        }
        TRY(hand_on_designs(programme, k, false, reduced));
    }
    for (int k = programme->blocks_count - 1; k >= 0; k--) {
        for (; i >= 0 && ipm->forced[i].block == k; i--) {
            price_forced(ipm, &ipm->forced[i], bounds, y, reduced);
        }
        TRY(hand_on_designs(programme, k, true, reduced));
    }
    return STATUS_OK;
}

static enum status write(struct ipm_state *state, struct arena *scratch, struct outcome *outcome,
                         struct ipm_quality *ret) {
    const struct programme *programme = state->ipm->programme;
    long columns = programme_columns(programme), rows = programme_rows(programme);
    struct ipm_bounds bounds;
    TRY(ipm_list_bounds(programme, scratch, &bounds));
    struct reduced reduced = {outcome->x,
                              outcome->y,
                              ARENA_TAKE(scratch, double, columns),
                              ARENA_TAKE(scratch, double, columns),
                              ARENA_TAKE(scratch, double, rows),
                              ARENA_TAKE(scratch, double, rows),
                              ARENA_TAKE(scratch, double, rows)};
    if (arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < state->ipm->blocks_count; k++) {
        if (!state->ipm->blocks[k].is_here) {
            continue;
        }
        write_block_x(state, &state->ipm->blocks[k], outcome->x);
        write_block_y(state, &state->ipm->blocks[k], outcome->y);
    }
    write_border(state, outcome->x, outcome->y);
    for (long i = 0; i < rows; i++) { /* no price on a side that is not there */
        bool stands = isfinite(outcome->y[i] > 0.0 ? bounds.row_lower[i] : bounds.row_upper[i]);
        outcome->y[i] = stands ? outcome->y[i] : 0.0;
    }
    for (long j = 0; j < columns; j++) {
        reduced.cost[j] = bounds.cost[j];
        reduced.largest[j] = fabs(bounds.cost[j]);
    }
    TRY(reduce_costs(state->ipm, &bounds, outcome->y, &reduced));
    TRY(ipm_repair_prices(programme, &bounds, outcome->y, reduced.cost, reduced.largest, scratch,
                          &ret->wrong));
    struct sum constant = {programme->objective_constant, 0.0};
    struct telling telling = {programme, &bounds, &reduced, {constant, constant, false, 0.0}};
    TRY(over_all(&telling, add_rows, true));
    TRY(over_all(&telling, add_columns, false));
    outcome->objective_ratio = sum_value(&telling.totals.objective);
    outcome->bound_ratio = telling.totals.open ? -HUGE_VAL : sum_value(&telling.totals.bound);
    ret->missed = telling.totals.missed;
    return STATUS_OK;
}

enum status ipm_write_outcome(struct ipm_state *state, struct arena *arena, struct outcome *outcome,
                              struct ipm_quality *ret) {
    const struct programme *programme = state->ipm->programme;
    outcome->x = ARENA_TAKE(arena, double, programme_columns(programme));
    outcome->y = ARENA_TAKE(arena, double, programme_rows(programme));
    outcome->solver = "hearth ipm";
    if (!outcome->x || !outcome->y) {
        return STATUS_NO_MEMORY;
    }
    struct arena *scratch = arena_new(0);
    enum status status = scratch ? write(state, scratch, outcome, ret) : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}
