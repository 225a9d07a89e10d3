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
   numbers move little. */
FOR_EACH_MACHINE
static void metric(const struct pass *pass, const struct ipm_chunk *chunk) {
    struct ipm_state *s = pass->state;
    const struct ipm_pattern *pattern = chunk->pattern;
    EACH_STAGE(k) {
        for (int slot = 0; slot < pattern->columns; slot++) {
            struct cell c;
            load(&c, &s->at, pattern, record, column, upper, slot);
            lanes h = (pass->dual_side ? c.z : c.by_x) + pass->least;
            if (slot < pattern->uppers) {
                h += pass->dual_side ? c.v : c.by_w;
            }
            lanes most; /* what stands on its bound stays there */
            lanes_set(&most, IPM_CLOSED);
            lanes_min(&h, &h, &most);
            write_h(pattern, record, slot, &h);
            s->h[column + slot] = h;
        }
    }
}

/* What a column lacks in price becomes the price of its bound. */
static void absorb(const struct pass *pass, const struct ipm_chunk *chunk) {
    struct ipm_state *s = pass->state;
    const struct ipm_pattern *pattern = chunk->pattern;
    EACH_STAGE(k) {
        (void)row;
        for (int slot = 0; slot < pattern->columns; slot++) {
            const lanes *rd = &s->aty[column + slot];
            const lanes *below = number(pattern, record, pattern->has_lower[slot]);
            for (int q = 0; q < LANES; q++) {
                double lacks = (*below)[q] > 0.0 ? fmax((*rd)[q], 0.0) : 0.0;
                s->at.z[column + slot][q] += lacks;
            }
            if (slot >= pattern->uppers) {
                continue;
            }
            const lanes *above = number(pattern, record, pattern->has_upper[slot]);
            for (int q = 0; q < LANES; q++) {
                double lacks = (*above)[q] > 0.0 ? fmax(-(*rd)[q], 0.0) : 0.0;
                s->at.v[upper + slot][q] += lacks;
            }
        }
    }
}

/* What a price clearly holds on a bound is put there. */
static void snap(const struct pass *pass, const struct ipm_chunk *chunk) {
    struct ipm_state *s = pass->state;
    const struct ipm_pattern *pattern = chunk->pattern;
    EACH_STAGE(k) {
        for (int slot = 0; slot < pattern->columns; slot++) {
            lanes *x = &s->at.x[column + slot];
            const lanes *z = &s->at.z[column + slot];
            const lanes *below = number(pattern, record, pattern->has_lower[slot]);
            for (int q = 0; q < LANES; q++) {
                bool held = (*below)[q] > 0.0 && (*x)[q] < pass->least &&
                            (*x)[q] < fmax(held_ratio * (*z)[q], pass->nothing);
                (*x)[q] = held ? 0.0 : (*x)[q];
            }
            if (slot >= pattern->uppers) {
                continue;
            }
            lanes *w = &s->at.w[upper + slot];
            const lanes *v = &s->at.v[upper + slot];
            const lanes *above = number(pattern, record, pattern->has_upper[slot]);
            const lanes *most = number(pattern, record, pattern->upper[slot]);
            for (int q = 0; q < LANES; q++) {
                bool held = (*above)[q] > 0.0 && (*w)[q] < pass->least &&
                            (*w)[q] < fmax(held_ratio * (*v)[q], pass->nothing);
                (*x)[q] = held ? (*most)[q] : (*x)[q];
                (*w)[q] = held ? 0.0 : (*above)[q] > 0.0 ? (*most)[q] - (*x)[q] : (*w)[q];
            }
        }
    }
}

/* x and w after a correction dx of x alone, kept from crossing a bound. */
FOR_EACH_MACHINE
static void close_primal(const struct pass *pass, const struct ipm_chunk *chunk) {
    struct ipm_state *s = pass->state;
    const struct ipm_pattern *pattern = chunk->pattern;
    EACH_STAGE(k) {
        for (int slot = 0; slot < pattern->columns; slot++) {
            struct cell c;
            load(&c, &s->at, pattern, record, column, upper, slot);
            lanes x = c.x + c.live * s->dx[column + slot];
            for (int q = 0; q < LANES; q++) {
                x[q] = c.has_lower[q] > 0.0 && (x[q] < 0.0 || c.x[q] <= 0.0) ? 0.0 : x[q];
            }
            if (slot < pattern->uppers) {
                for (int q = 0; q < LANES; q++) {
                    double most = c.upper[q];
                    bool held = x[q] > most || c.w[q] <= 0.0;
                    x[q] = c.has_upper[q] > 0.0 && held ? most : x[q];
                    s->at.w[upper + slot][q] = c.has_upper[q] > 0.0 ? c.upper[q] - x[q] : c.w[q];
                }
            }
            s->at.x[column + slot] = x;
        }
    }
}

/* The right side of a closing step: the rows' residuals, or the columns'. */
FOR_EACH_MACHINE
static void closing_side(const struct pass *pass, const struct ipm_chunk *chunk) {
    struct ipm_state *s = pass->state;
    const struct ipm_pattern *pattern = chunk->pattern;
    EACH_STAGE(k) {
        for (int slot = 0; slot < pattern->columns; slot++) {
            lanes_set(&s->rx[column + slot], 0.0);
            if (pass->dual_side) {
                s->rx[column + slot] = -s->aty[column + slot];
            }
        }
        for (int i = 0; i < pattern->rows && pass->dual_side; i++) {
            lanes_set(&s->ax[row + i], 0.0);
        }
    }
}

/* y after a correction, z and v with what the columns then lack, kept from crossing zero: what a
   column lacks is -h dx = (z + v) dx. */
FOR_EACH_MACHINE
static void close_dual(const struct pass *pass, const struct ipm_chunk *chunk) {
    struct ipm_state *s = pass->state;
    const struct ipm_pattern *pattern = chunk->pattern;
    EACH_STAGE(k) {
        for (int slot = 0; slot < pattern->columns; slot++) {
            struct cell c;
            load(&c, &s->at, pattern, record, column, upper, slot);
            lanes dx = s->dx[column + slot];
            for (int q = 0; q < LANES; q++) {
                dx[q] = dx[q] > 0.9 ? 0.9 : dx[q] < -0.9 ? -0.9 : dx[q];
            }
            s->at.z[column + slot] = c.z - c.has_lower * c.z * dx;
            if (slot < pattern->uppers) {
                s->at.v[upper + slot] = c.v + c.has_upper * c.v * dx;
            }
        }
        for (int i = 0; i < pattern->rows; i++) {
            s->at.y[row + i] -= s->dy[row + i];
        }
    }
}

static void work_on(void *data, int index) {
    const struct pass *pass = data;
    const struct ipm_chunk *chunk = &pass->state->ipm->chunks[index];
    switch (pass->task) {
    case TASK_ABSORB:
        absorb(pass, chunk);
        break;
    case TASK_SNAP:
        snap(pass, chunk);
        break;
    case TASK_METRIC:
        metric(pass, chunk);
        break;
    case TASK_CLOSING_SIDE:
        closing_side(pass, chunk);
        break;
    case TASK_CLOSE:
        if (pass->dual_side) {
            close_dual(pass, chunk);
        } else {
            close_primal(pass, chunk);
        }
        break;
    }
}

static enum status over_chunks(struct pass *pass) {
    struct ipm *ipm = pass->state->ipm;
    return parallel_for(ipm->threads, ipm->chunks_count, work_on, pass);
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
