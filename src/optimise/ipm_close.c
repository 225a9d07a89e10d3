/* After the last iteration, and where one stands still: numbers on their bounds, rows and columns
   closed, residuals absorbed. What each does stands in ipm_step.h. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_step.h"

#include "base/parallel.h"
#include "optimise/ipm_cell.h"

static const double held_ratio = 1e-3; /* distance over price of what stands on its bound */

enum task { TASK_ABSORB, TASK_SNAP, TASK_METRIC, TASK_CLOSING_SIDE, TASK_CLOSE };

struct pass {
    struct ipm_state *state;
    enum task task;
    bool dual_side;
    double least, nothing;
};

/* The metric of the closing steps: h = 1 / x + 1 / w, or z + v for the dual ones, so that small
   numbers move little; what stands on its bound stays there. */
LANES_INLINE double metric(const struct pass *pass, const struct ipm_cell *c) {
    bool held = (c->below > 0.0 && c->x <= 0.0) || (c->may_end && c->above > 0.0 && c->w <= 0.0);
    if (pass->dual_side) {
        return c->z + pass->least + (c->may_end ? c->v : 0.0);
    }
    if (held) {
        return IPM_CLOSED;
    }
    double h = ipm_inverse_where(c->below, c->x) + pass->least;
    return c->may_end ? h + ipm_inverse_where(c->above, c->w) : h;
}

LANES_INLINE void write_metric(const struct pass *pass, const struct ipm_view *at, int slot,
                               int q) {
    const struct ipm_cell c = ipm_cell(at, slot, q);
    double h = ipm_smaller(metric(pass, &c), IPM_CLOSED);
    double extra =
        at->pattern->is_extra[slot] ? ipm_number_in(at, at->pattern->extra[slot], q) : 0.0;
    h = extra > 0.0 ? extra : h;
    at->h[slot][q] = at->pattern->implicit[slot] ? 1.0 / h : h;
}

/* What a column lacks in price becomes the price of its bound. */
LANES_INLINE void absorb(const struct ipm_view *at, const lanes *lacks, int slot, int q) {
    const struct ipm_cell c = ipm_cell(at, slot, q);
    at->z[slot][q] += c.below > 0.0 ? ipm_larger(lacks[slot][q], 0.0) : 0.0;
    if (c.may_end) {
        at->v[slot][q] += c.above > 0.0 ? ipm_larger(-lacks[slot][q], 0.0) : 0.0;
    }
}

/* What a price clearly holds on a bound is put there. */
LANES_INLINE void snap(const struct pass *pass, const struct ipm_view *at, int slot, int q) {
    const struct ipm_cell c = ipm_cell(at, slot, q);
    double x = c.x;
    bool held =
        c.below > 0.0 && c.x < pass->least && c.x < ipm_larger(held_ratio * c.z, pass->nothing);
    x = held ? 0.0 : x;
    if (c.may_end) {
        held =
            c.above > 0.0 && c.w < pass->least && c.w < ipm_larger(held_ratio * c.v, pass->nothing);
        x = held ? c.upper : x;
        at->w[slot][q] = held ? 0.0 : c.above > 0.0 ? c.upper - x : c.w;
    }
    at->x[slot][q] = x;
}

/* x and w after a correction dx of x alone, kept from crossing a bound. */
LANES_INLINE void close_primal(const struct ipm_view *at, double dx, int slot, int q) {
    const struct ipm_cell c = ipm_cell(at, slot, q);
    double x = c.x + c.live * dx;
    x = c.below > 0.0 && (x < 0.0 || c.x <= 0.0) ? 0.0 : x;
    if (c.may_end && c.above > 0.0) {
        x = x > c.upper || c.w <= 0.0 ? c.upper : x;
        at->w[slot][q] = c.upper - x;
    }
    at->x[slot][q] = x;
}

/* z and v after a correction of y, with what the columns then lack, kept from crossing zero: what a
   column lacks is -h dx = (z + v) dx. */
LANES_INLINE void close_dual(const struct ipm_view *at, double dx, int slot, int q) {
    const struct ipm_cell c = ipm_cell(at, slot, q);
    dx = ipm_larger(ipm_smaller(dx, 0.9), -0.9);
    at->z[slot][q] = c.z - c.below * c.z * dx;
    if (c.may_end) {
        at->v[slot][q] = c.v + c.above * c.v * dx;
    }
}

/* The right side of a closing step is the rows' residuals, or the columns' alone. */
static void work_on_rows(const struct pass *pass, const struct ipm_chunk *chunk, int k) {
    struct ipm_state *s = pass->state;
    long row = chunk->row + (long)k * chunk->pattern->rows;
    for (long i = row; i < row + chunk->pattern->rows && pass->dual_side; i++) {
        if (pass->task == TASK_CLOSING_SIDE) {
            lanes_set(&s->ax[i], 0.0);
        } else if (pass->task == TASK_CLOSE) {
            for (int q = 0; q < LANES; q++) {
                s->at.y[i][q] -= s->dy[i][q];
            }
        }
    }
}

LANES_INLINE void work_on_number(const struct pass *pass, enum task task, const struct ipm_view *at,
                                 int slot, int q) {
    const struct ipm_state *s = pass->state;
    long column = at->x - s->at.x;
    switch (task) {
    case TASK_ABSORB:
        absorb(at, s->aty + column, slot, q);
        break;
    case TASK_SNAP:
        snap(pass, at, slot, q);
        break;
    case TASK_METRIC:
        write_metric(pass, at, slot, q);
        break;
    case TASK_CLOSING_SIDE:
        at->rx[slot][q] = pass->dual_side ? -s->aty[column + slot][q] : 0.0;
        break;
    case TASK_CLOSE:
        if (pass->dual_side) {
            close_dual(at, s->dx[column + slot][q], slot, q);
        } else {
            close_primal(at, s->dx[column + slot][q], slot, q);
        }
        break;
    }
}

LANES_INLINE void over_numbers(const struct pass *pass, enum task task, const struct ipm_view *at) {
    for (int slot = 0; slot < at->pattern->columns; slot++) {
        for (int q = 0; q < LANES; q++) {
            work_on_number(pass, task, at, slot, q);
        }
    }
}

/* One loop per task, so that none of them asks for its task at every number. */
static void work_on(void *data, int index) {
    const struct pass *pass = data;
    const struct ipm_chunk *chunk = &pass->state->ipm->chunks[index];
    for (int k = 0; k < chunk->stages; k++) {
        struct ipm_view at = ipm_view_at(pass->state, chunk, k, 1);
        switch (pass->task) {
        case TASK_ABSORB:
            over_numbers(pass, TASK_ABSORB, &at);
            break;
        case TASK_SNAP:
            over_numbers(pass, TASK_SNAP, &at);
            break;
        case TASK_METRIC:
            over_numbers(pass, TASK_METRIC, &at);
            break;
        case TASK_CLOSING_SIDE:
            over_numbers(pass, TASK_CLOSING_SIDE, &at);
            break;
        case TASK_CLOSE:
            over_numbers(pass, TASK_CLOSE, &at);
            break;
        }
        work_on_rows(pass, chunk, k);
    }
}

static enum status over_chunks(struct pass *pass) {
    struct ipm *ipm = pass->state->ipm;
    return parallel_team_for(ipm->team, ipm->chunks_count, work_on, pass);
}

enum status ipm_closing_sides(struct ipm_state *state, bool dual) {
    struct pass pass = {.state = state, .task = TASK_CLOSING_SIDE, .dual_side = dual};
    return over_chunks(&pass);
}

enum status ipm_close(struct ipm_state *state, bool dual) {
    struct pass pass = {.state = state, .task = TASK_CLOSE, .dual_side = dual};
    return over_chunks(&pass);
}

enum status ipm_metric(struct ipm_state *state, bool dual, double least) {
    struct pass pass = {.state = state, .task = TASK_METRIC, .dual_side = dual, .least = least};
    return over_chunks(&pass);
}

enum status ipm_snap(struct ipm_state *state, double least, double nothing) {
    struct pass pass = {.state = state, .task = TASK_SNAP, .least = least, .nothing = nothing};
    return over_chunks(&pass);
}

enum status ipm_absorb(struct ipm_state *state) {
    struct pass pass = {.state = state, .task = TASK_ABSORB};
    return over_chunks(&pass);
}
