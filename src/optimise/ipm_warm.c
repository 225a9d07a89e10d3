/* The first point of a warm start. x and y are the parent's, slacks what its rows then leave, z and v what its prices
   then say. An optimum is no point to begin at: x z = 0, and every direction soon meets a bound. So each product is
   lifted to mu: where x > z, z to mu / x; else x to mu / z; where both are small, both to sqrt(mu). That leaves
   residuals of the order of mu, and what the new numbers differ by.

   Whether a point is a good one depends on how far the new optimum is, which nobody knows beforehand. Its
   products must be smaller than the cold point's and its residuals not far larger, and in a tenth of the parent's iterations the worst of gap and residuals must have fallen;
   else the cold point is taken. No clock is asked: same input, same bytes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_warm.h"

#include "optimise/ipm_cell.h"
#include "optimise/ipm_product.h"

static const double lifted = 1e-2;      /* mu, inner: sizes and prices are about one */
static const double falls_ratio = 0.85; /* of the worst, per iteration tried */
static const double far_ratio = 1e4;    /* of the cold point's residuals, or of one: too far */
static const long trial_share = 10;     /* of the parent's iterations */
enum { TRIAL_LEAST = 2 };

static void take_block(struct ipm_state *state, const struct ipm_block *block, const double *x,
                       const double *y) {
    const struct ipm *ipm = state->ipm;
    const struct programme_block *b = block->source;
    int lane = 0;
    for (int c = 0; c < b->columns_count + b->states_count; c++) {
        bool level = c >= b->columns_count;
        int index = level ? c - b->columns_count : c;
        int slot = level ? block->slot_of_state[index] : block->slot_of_column[index];
        double scale = (level ? block->state_scale : block->column_scale)[index] * ipm->size_scale;
        const double *from = x + programme_at_column(ipm->programme, block->index, c, 0);
        for (int t = 0; t < block->steps; t++) {
            long place = ipm_place(ipm, block, slot, t, &lane);
            state->at.x[place][lane] = (from[t] - ipm_shift(block, c, t)) / scale;
        }
    }
    const double *from = y + programme_at_row(ipm->programme, block->index, 0, 0);
    for (int r = 0; r < block->pattern.rows; r++) {
        for (int t = 0; t < block->steps; t++, from++) {
            const struct ipm_chunk *chunk =
                &ipm->chunks[block->first_chunk + t / block->stages / LANES];
            long place = chunk->row + (long)(t % block->stages) * block->pattern.rows + r;
            bool dropped = block->dropped[(long)r * block->steps + t] != 0;
            state->at.y[place][t / block->stages % LANES] =
                dropped ? 0.0 : *from * ipm->cost_scale / block->row_scale[r];
        }
    }
}

/* Border columns and rows stand in the programme's order block by block. */
static void take_border(struct ipm_state *state, const double *x, const double *y) {
    const struct ipm *ipm = state->ipm;
    const struct ipm_border *border = &ipm->border;
    const struct ipm_chunk *chunk = &ipm->chunks[ipm->chunks_count - 1];
    const struct programme *programme = ipm->programme;
    long from = 0;
    for (int c = 0, k = 0; c < border->columns; c++, from++) {
        for (; k < ipm->blocks_count && c == ipm->blocks[k].first_period; k++) {
            from = programme_at_state(programme, k, programme->blocks[k].states_count, 0);
        }
        state->at.x[chunk->column + c / LANES][c % LANES] =
            (x[from] - border->shift[c]) / (ipm->size_scale * border->column_scale[c]);
    }
    from = 0;
    for (int r = 0, k = 0; r < border->rows; r++, from++) {
        for (; k < ipm->blocks_count && r == ipm->blocks[k].first_sum; k++) {
            from = programme_at_row(programme, k, programme->blocks[k].rows_count, 0);
        }
        state->at.y[chunk->row + r / LANES][r % LANES] =
            y[from] * ipm->cost_scale / border->row_scale[r];
    }
}

/* Slacks at zero first; then, with A x at hand, what their rows leave. */
static void set_block_slacks(struct ipm_state *state, const struct ipm_block *block, bool zero) {
    const struct ipm *ipm = state->ipm;
    int lane = 0;
    for (int r = 0; r < block->pattern.rows; r++) {
        int slot = block->slot_of_slack[r];
        for (int t = 0; slot >= 0 && t < block->steps; t++) {
            long place = ipm_place(ipm, block, slot, t, &lane);
            const struct ipm_chunk *chunk =
                &ipm->chunks[block->first_chunk + t / block->stages / LANES];
            long stage = t % block->stages;
            const lanes *side = ipm_number(
                chunk->pattern, chunk->record + stage * chunk->record_size, chunk->pattern->rhs[r]);
            const lanes *ax = &state->ax[chunk->row + stage * block->pattern.rows + r];
            state->at.x[place][lane] =
                zero ? 0.0 : block->slack_sign[r] * ((*side)[lane] - (*ax)[lane]);
        }
    }
}

static void set_border_slacks(struct ipm_state *state, bool zero) {
    const struct ipm_border *border = &state->ipm->border;
    const struct ipm_chunk *chunk = &state->ipm->chunks[state->ipm->chunks_count - 1];
    for (int r = 0; r < border->rows; r++) {
        int slack = border->slack_of_row[r];
        if (slack >= 0) {
            const lanes *side =
                ipm_number(chunk->pattern, chunk->record, chunk->pattern->rhs[r / LANES]);
            double ax = state->ax[chunk->row + r / LANES][r % LANES];
            state->at.x[chunk->column + slack / LANES][slack % LANES] =
                zero ? 0.0 : border->slack_sign[r] * ((*side)[r % LANES] - ax);
        }
    }
}

static void set_slacks(struct ipm_state *state, bool zero) {
    for (int k = 0; k < state->ipm->blocks_count; k++) {
        if (state->ipm->blocks[k].steps > 0) {
            set_block_slacks(state, &state->ipm->blocks[k], zero);
        }
    }
    set_border_slacks(state, zero);
}

/* A distance and its price, both at least zero, away from zero. */
static void lift(double *distance, double *price) {
    double least = sqrt(lifted);
    *distance = fmax(*distance, 0.0);
    *price = fmax(*price, 0.0);
    if (*distance > *price) {
        *distance = fmax(*distance, least);
        *price = fmax(*price, lifted / *distance);
    } else {
        *price = fmax(*price, least);
        *distance = fmax(*distance, lifted / *price);
    }
}

static void lift_number(const struct ipm_view *at, const lanes *aty, int slot, int q) {
    const struct ipm_cell c = ipm_cell(at, slot, q);
    bool live = c.live > 0.0, below = live && c.below > 0.0;
    bool above = live && c.may_end && c.above > 0.0;
    double price = ipm_number_in(at, at->pattern->cost[slot], q) - aty[slot][q];
    double x = c.x, z = price, w = 0.0, v = -price;
    if (below) {
        lift(&x, &z);
    }
    if (above) {
        w = c.upper - c.x;
        lift(&w, &v);
        x = below ? x : c.upper - w;
    }
    at->x[slot][q] = live ? x : 0.0;
    at->z[slot][q] = below ? z : 0.0;
    if (c.may_end) {
        at->w[slot][q] = above ? w : 0.0;
        at->v[slot][q] = above ? v : 0.0;
    }
}

static void lift_chunk(const struct ipm_state *state, const struct ipm_chunk *chunk) {
    for (int k = 0; k < chunk->stages; k++) {
        const struct ipm_view at = ipm_view_at(state, chunk, k, 1);
        for (int slot = 0; slot < chunk->pattern->columns; slot++) {
            for (int q = 0; q < LANES; q++) {
                lift_number(&at, state->aty + (at.x - state->at.x), slot, q);
            }
        }
    }
}

/* Products nearer to zero, and residuals that a few steps bring home: a price may have moved far. */
static bool is_nearer(const struct ipm_figures *warm, const struct ipm_figures *cold) {
    double rows = fmax(cold->rows, cold->bounds);
    return warm->complementarity <= cold->complementarity &&
           fmax(warm->rows, warm->bounds) <= far_ratio * fmax(rows, 1.0) &&
           warm->columns <= far_ratio * fmax(cold->columns, 1.0);
}

static enum status take(struct ipm_state *state, const struct outcome *parent) {
    struct ipm *ipm = state->ipm;
    for (int k = 0; k < ipm->blocks_count; k++) {
        if (ipm->blocks[k].steps > 0) {
            take_block(state, &ipm->blocks[k], parent->x, parent->y);
        }
    }
    take_border(state, parent->x, parent->y);
    set_slacks(state, true);
    TRY(ipm_multiply(ipm, state->at.x, state->at.y, state->ax, state->aty));
    set_slacks(state, false);
    for (int c = 0; c < ipm->chunks_count; c++) {
        lift_chunk(state, &ipm->chunks[c]);
    }
    return STATUS_OK;
}

enum status ipm_warm_point(struct ipm_state *state, const struct solve_options *options,
                           struct ipm_warm *ret) {
    const struct outcome *parent = options ? options->warm : NULL;
    struct ipm_figures cold, warm;
    *ret = (struct ipm_warm){.on = false};
    if (!parent || !parent->x || !parent->y) {
        return STATUS_OK;
    }
    ret->on = true;
    long trial = parent->iterations_count / trial_share;
    ret->trial = trial > TRIAL_LEAST ? trial : TRIAL_LEAST;
    TRY(ipm_copy_point(state->ipm, &state->at, &state->spare));
    TRY(ipm_measure(state, &cold));
    TRY(take(state, parent));
    TRY(ipm_measure(state, &warm));
    if (!is_nearer(&warm, &cold)) {
        TRY(ipm_copy_point(state->ipm, &state->spare, &state->at));
        ret->on = false;
    }
    return STATUS_OK;
}

bool ipm_warm_failed(struct ipm_warm *warm, long iteration, double worst) {
    if (!warm->on) {
        return false;
    }
    if (iteration == 0) {
        warm->worst_begun = worst;
    }
    warm->on = iteration < warm->trial;
    double share = 1.0;
    for (long k = 0; k < iteration; k++) {
        share *= falls_ratio;
    }
    return !warm->on && !(worst <= share * warm->worst_begun);
}
