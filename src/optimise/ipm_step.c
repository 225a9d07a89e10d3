/* Mehrotra's predictor and corrector, number by number.

     x z = mu, w v = mu, x + w = u;  rd = c - A' y - z + v;  ru = u - x - w
     h  = z / x + v / w + rho
     rx = -rd + rc / x - (rw - v ru) / w,   rc = target - x z - dxa dza,  rw = target - w v - dwa dva
     dz = (rc - z dx) / x,  dw = ru - dx,  dv = (rw - v dw) / w

   The corrector's step is weighted, affine + weight * (step - affine), by the weight that lets it go
   furthest, apart for primal and dual (Colombo and Gondzio, Multiple centrality corrections, 2008,
   https://doi.org/10.1007/s10589-007-9106-0). Numbers without a bound are masked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_step.h"

#include "base/parallel.h"
#include "optimise/ipm_cell.h"

const double ipm_weights[WEIGHTS] = {1.0, 0.85, 0.7, 0.55, 0.4, 0.3, 0.2, 0.1};

enum task {
    TASK_RESIDUALS,
    TASK_RIGHT_SIDE,
    TASK_AFFINE,
    TASK_CORRECTOR,
    TASK_ADVANCE,
    TASK_MISSED,
};

struct pass {
    struct ipm_state *state;
    enum task task;
    bool corrector, with_h;
    double target, primal, dual, primal_weight, dual_weight;
    const lanes *rx, *rp, *dx;
    lanes *missed_x, *missed_p;
    struct ipm_figures *figures; /* by chunk */
    struct ipm_ratios *ratios;
};

FOR_EACH_MACHINE
static void residuals(const struct pass *pass, const struct ipm_chunk *chunk,
                      struct ipm_figures *figures) {
    struct ipm_state *s = pass->state;
    const struct ipm_pattern *pattern = chunk->pattern;
    lanes rows = {0}, bounds = {0}, columns = {0}, products = {0}, primal = {0}, dual = {0};
    lanes pairs = {0}, most_y = {0}, most_x = {0};
    double rho = s->ipm->rho;
    EACH_STAGE(k) {
        for (int i = 0; i < pattern->rows; i++) {
            lanes b = *number(pattern, record, pattern->rhs[i]), r = b - s->ax[row + i];
            lanes y = s->at.y[row + i];
            dual += b * y;
            s->ax[row + i] = r;
            absolute(&r);
            lanes_max(&rows, &r, &rows);
            absolute(&y);
            lanes_max(&most_y, &y, &most_y);
        }
        for (int slot = 0; slot < pattern->columns; slot++) {
            struct cell c;
            load(&c, &s->at, pattern, record, column, upper, slot);
            lanes cost = *number(pattern, record, pattern->cost[slot]);
            lanes rd = cost - s->aty[column + slot] - c.z;
            lanes h = c.z * c.by_x + rho;
            primal += cost * c.x;
            products += c.x * c.z * c.has_lower;
            pairs += c.has_lower;
            if (slot < pattern->uppers) {
                lanes ru = c.has_upper * (c.upper - c.x - c.w);
                rd += c.v;
                h += c.v * c.by_w;
                products += c.w * c.v * c.has_upper;
                pairs += c.has_upper;
                dual -= c.upper * c.v;
                absolute(&ru);
                lanes_max(&bounds, &ru, &bounds);
            }
            rd *= c.live;
            s->aty[column + slot] = rd;
            absolute(&rd);
            lanes_max(&columns, &rd, &columns);
            lanes x = c.x;
            absolute(&x);
            lanes_max(&most_x, &x, &most_x);
            if (pass->with_h) {
                write_h(pattern, record, slot, &h);
                s->h[column + slot] = h;
            }
        }
    }
    *figures =
        (struct ipm_figures){lanes_largest(&rows), lanes_largest(&bounds), lanes_largest(&columns),
                             lanes_sum(&products), lanes_sum(&primal),     lanes_sum(&dual),
                             lanes_sum(&pairs),    lanes_largest(&most_y), lanes_largest(&most_x)};
}

FOR_EACH_MACHINE
static void right_side(const struct pass *pass, const struct ipm_chunk *chunk) {
    struct ipm_state *s = pass->state;
    const struct ipm_pattern *pattern = chunk->pattern;
    double target = pass->target;
    EACH_STAGE(k) {
        for (int slot = 0; slot < pattern->columns; slot++) {
            struct cell c;
            load(&c, &s->at, pattern, record, column, upper, slot);
            lanes dx = s->affine.x[column + slot];
            lanes rc = target - c.x * c.z;
            if (pass->corrector) {
                rc -= dx * s->affine.z[column + slot];
            }
            lanes rx = rc * c.by_x - s->aty[column + slot];
            if (slot < pattern->uppers) {
                lanes ru = c.has_upper * (c.upper - c.x - c.w), rw = target - c.w * c.v;
                if (pass->corrector) {
                    rw -= (ru - dx) * s->affine.v[upper + slot];
                }
                rx -= (rw - c.v * ru) * c.by_w;
            }
            s->rx[column + slot] = rx * c.live;
        }
    }
}

/* largest = max(largest, -step / value) */
LANES_INLINE void longest(lanes *largest, const lanes *rate) { lanes_max(largest, rate, largest); }

FOR_EACH_MACHINE
static void affine(const struct pass *pass, const struct ipm_chunk *chunk,
                   struct ipm_ratios *ratios) {
    struct ipm_state *s = pass->state;
    const struct ipm_pattern *pattern = chunk->pattern;
    lanes primal = {0}, dual = {0}, sum[4] = {{0}};
    EACH_STAGE(k) {
        for (int slot = 0; slot < pattern->columns; slot++) {
            struct cell c;
            load(&c, &s->at, pattern, record, column, upper, slot);
            lanes dx = s->affine.x[column + slot] * c.live;
            lanes dz = -c.has_lower * c.z - c.z * dx * c.by_x;
            lanes by_z = c.has_lower / (c.z * c.has_lower + (1.0 - c.has_lower));
            lanes rate = -dx * c.by_x, dual_rate = -dz * by_z;
            s->affine.x[column + slot] = dx;
            s->affine.z[column + slot] = dz;
            longest(&primal, &rate);
            longest(&dual, &dual_rate);
            sum[0] += c.has_lower * c.x * c.z;
            sum[1] += c.has_lower * dx * c.z;
            sum[2] += c.x * dz;
            sum[3] += dx * dz;
            if (slot < pattern->uppers) {
                lanes dw = c.has_upper * (c.upper - c.x - c.w - dx);
                lanes dv = -c.has_upper * c.v - c.v * dw * c.by_w;
                lanes by_v = c.has_upper / (c.v * c.has_upper + (1.0 - c.has_upper));
                rate = -dw * c.by_w;
                dual_rate = -dv * by_v;
                s->affine.v[upper + slot] = dv;
                longest(&primal, &rate);
                longest(&dual, &dual_rate);
                sum[0] += c.has_upper * c.w * c.v;
                sum[1] += dw * c.v;
                sum[2] += c.w * dv;
                sum[3] += dw * dv;
            }
        }
    }
    ratios->primal[0] = lanes_largest(&primal);
    ratios->dual[0] = lanes_largest(&dual);
    for (int i = 0; i < 4; i++) {
        ratios->products[i] = lanes_sum(&sum[i]);
    }
}

FOR_EACH_MACHINE
static void corrector(const struct pass *pass, const struct ipm_chunk *chunk,
                      struct ipm_ratios *ratios) {
    struct ipm_state *s = pass->state;
    const struct ipm_pattern *pattern = chunk->pattern;
    double target = pass->target;
    lanes primal[WEIGHTS] = {{0}}, dual[WEIGHTS] = {{0}}, sum = {0};
    EACH_STAGE(k) {
        for (int slot = 0; slot < pattern->columns; slot++) {
            struct cell c;
            load(&c, &s->at, pattern, record, column, upper, slot);
            lanes dxa = s->affine.x[column + slot], dza = s->affine.z[column + slot];
            lanes dx = s->step.x[column + slot] * c.live;
            lanes dz = (target - c.x * c.z - dxa * dza - c.z * dx) * c.by_x;
            lanes by_z = c.has_lower / (c.z * c.has_lower + (1.0 - c.has_lower));
            s->step.x[column + slot] = dx;
            s->step.z[column + slot] = dz;
            sum += dx + dz;
            lanes p0 = -dxa * c.by_x, p1 = (dxa - dx) * c.by_x;
            lanes d0 = -dza * by_z, d1 = (dza - dz) * by_z;
            for (int i = 0; i < WEIGHTS; i++) {
                lanes p = p0 + ipm_weights[i] * p1, d = d0 + ipm_weights[i] * d1;
                longest(&primal[i], &p);
                longest(&dual[i], &d);
            }
            if (slot < pattern->uppers) {
                lanes ru = c.has_upper * (c.upper - c.x - c.w), dva = s->affine.v[upper + slot];
                lanes dwa = c.has_upper * (ru - dxa), dw = c.has_upper * (ru - dx);
                lanes dv = (target - c.w * c.v - dwa * dva - c.v * dw) * c.by_w;
                lanes by_v = c.has_upper / (c.v * c.has_upper + (1.0 - c.has_upper));
                s->step.v[upper + slot] = dv;
                p0 = -dwa * c.by_w;
                p1 = (dwa - dw) * c.by_w;
                d0 = -dva * by_v;
                d1 = (dva - dv) * by_v;
                for (int i = 0; i < WEIGHTS; i++) {
                    lanes p = p0 + ipm_weights[i] * p1, d = d0 + ipm_weights[i] * d1;
                    longest(&primal[i], &p);
                    longest(&dual[i], &d);
                }
            }
        }
    }
    for (int i = 0; i < WEIGHTS; i++) {
        ratios->primal[i] = lanes_largest(&primal[i]);
        ratios->dual[i] = lanes_largest(&dual[i]);
    }
    ratios->products[0] = lanes_sum(&sum);
}

FOR_EACH_MACHINE
static void advance(const struct pass *pass, const struct ipm_chunk *chunk) {
    struct ipm_state *s = pass->state;
    const struct ipm_pattern *pattern = chunk->pattern;
    double ap = pass->primal, ad = pass->dual, wp = pass->primal_weight, wd = pass->dual_weight;
    EACH_STAGE(k) {
        for (int slot = 0; slot < pattern->columns; slot++) {
            lanes dxa = s->affine.x[column + slot], dza = s->affine.z[column + slot];
            lanes dx = dxa + wp * (s->step.x[column + slot] - dxa);
            lanes dz = dza + wd * (s->step.z[column + slot] - dza);
            if (slot < pattern->uppers) {
                lanes upper_bound = *number(pattern, record, pattern->upper[slot]);
                lanes has_upper = *number(pattern, record, pattern->has_upper[slot]);
                lanes w = s->at.w[upper + slot], dva = s->affine.v[upper + slot];
                lanes dv = dva + wd * (s->step.v[upper + slot] - dva);
                s->at.w[upper + slot] =
                    w + ap * (has_upper * (upper_bound - s->at.x[column + slot] - w - dx));
                s->at.v[upper + slot] += ad * dv;
            }
            s->at.x[column + slot] += ap * dx;
            s->at.z[column + slot] += ad * dz;
        }
        for (int i = 0; i < pattern->rows; i++) {
            lanes dya = s->affine.y[row + i];
            s->at.y[row + i] -= ad * (dya + wd * (s->step.y[row + i] - dya));
        }
    }
}

FOR_EACH_MACHINE
static void missed(const struct pass *pass, const struct ipm_chunk *chunk,
                   struct ipm_figures *figures) {
    const struct ipm_state *s = pass->state;
    const struct ipm_pattern *pattern = chunk->pattern;
    lanes rows = {0}, columns = {0};
    EACH_STAGE(k) {
        for (int slot = 0; slot < pattern->columns; slot++) {
            const lanes *live = number(pattern, record, pattern->live[slot]);
            lanes *to = &pass->missed_x[column + slot];
            lanes h = s->h[column + slot];
            if (pattern->implicit[slot]) {
                lanes_set(to, 0.0);
                continue;
            }
            lanes miss = pass->rx[column + slot] - *to - h * pass->dx[column + slot];
            for (int q = 0; q < LANES; q++) {
                (*to)[q] = (*live)[q] > 0.0 && h[q] >= 1e-50 ? miss[q] : 0.0;
            }
            miss = *to;
            absolute(&miss);
            lanes_max(&columns, &miss, &columns);
        }
        for (int i = 0; i < pattern->rows; i++) {
            lanes miss = pass->rp[row + i] - pass->missed_p[row + i];
            pass->missed_p[row + i] = miss;
            absolute(&miss);
            lanes_max(&rows, &miss, &rows);
        }
    }
    figures->rows = lanes_largest(&rows);
    figures->columns = lanes_largest(&columns);
}

static void work_on(void *data, int index) {
    const struct pass *pass = data;
    const struct ipm_chunk *chunk = &pass->state->ipm->chunks[index];
    switch (pass->task) {
    case TASK_RESIDUALS:
        residuals(pass, chunk, &pass->figures[index]);
        break;
    case TASK_RIGHT_SIDE:
        right_side(pass, chunk);
        break;
    case TASK_AFFINE:
        affine(pass, chunk, &pass->ratios[index]);
        break;
    case TASK_CORRECTOR:
        corrector(pass, chunk, &pass->ratios[index]);
        break;
    case TASK_ADVANCE:
        advance(pass, chunk);
        break;
    case TASK_MISSED:
        missed(pass, chunk, &pass->figures[index]);
        break;
    }
}

static enum status over_chunks(struct pass *pass) {
    struct ipm *ipm = pass->state->ipm;
    pass->figures = ipm->figures;
    pass->ratios = ipm->ratios;
    return parallel_for(ipm->threads, ipm->chunks_count, work_on, pass);
}

enum status ipm_residuals(struct ipm_state *state, bool with_h, struct ipm_figures *ret) {
    struct pass pass = {.state = state, .task = TASK_RESIDUALS, .with_h = with_h};
    struct ipm_figures all = {0};
    TRY(over_chunks(&pass));
    for (int i = 0; i < state->ipm->chunks_count; i++) {
        const struct ipm_figures *one = &pass.figures[i];
        all.rows = fmax(all.rows, one->rows);
        all.bounds = fmax(all.bounds, one->bounds);
        all.columns = fmax(all.columns, one->columns);
        all.complementarity += one->complementarity;
        all.primal += one->primal;
        all.dual += one->dual;
        all.pairs += one->pairs;
        all.largest_y = fmax(all.largest_y, one->largest_y);
        all.largest_x = fmax(all.largest_x, one->largest_x);
    }
    *ret = all;
    return STATUS_OK;
}

enum status ipm_right_side(struct ipm_state *state, bool with_corrector, double target) {
    struct pass pass = {
        .state = state, .task = TASK_RIGHT_SIDE, .corrector = with_corrector, .target = target};
    return over_chunks(&pass);
}

static double step_of(double rate) { return rate > 0.5 ? 1.0 / rate : 2.0; }

static void gather_ratios(const struct pass *pass, int weights, struct ipm_ratios *ret) {
    struct ipm_ratios all = {{0}, {0}, {0}};
    for (int c = 0; c < pass->state->ipm->chunks_count; c++) {
        for (int i = 0; i < weights; i++) {
            all.primal[i] = fmax(all.primal[i], pass->ratios[c].primal[i]);
            all.dual[i] = fmax(all.dual[i], pass->ratios[c].dual[i]);
        }
        for (int i = 0; i < 4; i++) {
            all.products[i] += pass->ratios[c].products[i];
        }
    }
    for (int i = 0; i < weights; i++) {
        all.primal[i] = step_of(all.primal[i]);
        all.dual[i] = step_of(all.dual[i]);
    }
    *ret = all;
}

enum status ipm_affine(struct ipm_state *state, struct ipm_ratios *ret) {
    struct pass pass = {.state = state, .task = TASK_AFFINE};
    TRY(over_chunks(&pass));
    gather_ratios(&pass, 1, ret);
    return STATUS_OK;
}

enum status ipm_corrector(struct ipm_state *state, double target, struct ipm_ratios *ret) {
    struct pass pass = {.state = state, .task = TASK_CORRECTOR, .target = target};
    TRY(over_chunks(&pass));
    gather_ratios(&pass, WEIGHTS, ret);
    return STATUS_OK;
}

enum status ipm_advance(struct ipm_state *state, double primal, double dual, double primal_weight,
                        double dual_weight) {
    struct pass pass = {.state = state,
                        .task = TASK_ADVANCE,
                        .primal = primal,
                        .dual = dual,
                        .primal_weight = primal_weight,
                        .dual_weight = dual_weight};
    return over_chunks(&pass);
}

enum status ipm_missed(struct ipm_state *state, const lanes *rx, const lanes *rp, const lanes *dx,
                       lanes *ret_x, lanes *ret_p, struct ipm_miss *ret) {
    struct pass pass = {.state = state,
                        .task = TASK_MISSED,
                        .rx = rx,
                        .rp = rp,
                        .dx = dx,
                        .missed_x = ret_x,
                        .missed_p = ret_p};
    TRY(over_chunks(&pass));
    *ret = (struct ipm_miss){0.0, 0.0};
    for (int i = 0; i < state->ipm->chunks_count; i++) {
        ret->rows = fmax(ret->rows, pass.figures[i].rows);
        ret->columns = fmax(ret->columns, pass.figures[i].columns);
    }
    return STATUS_OK;
}

static void add(lanes *to, const lanes *more, long count) {
    for (long i = 0; i < count; i++) {
        to[i] += more[i];
    }
}

void ipm_add_correction(struct ipm_state *state, lanes *x, lanes *y) {
    add(x, state->dx, state->ipm->columns);
    add(y, state->dy, state->ipm->rows);
}

void ipm_copy_point(const struct ipm *ipm, const struct ipm_vectors *from, struct ipm_vectors *to) {
    memcpy(to->x, from->x, (size_t)ipm->columns * sizeof(lanes));
    memcpy(to->z, from->z, (size_t)ipm->columns * sizeof(lanes));
    memcpy(to->w, from->w, (size_t)ipm->uppers * sizeof(lanes));
    memcpy(to->v, from->v, (size_t)ipm->uppers * sizeof(lanes));
    memcpy(to->y, from->y, (size_t)ipm->rows * sizeof(lanes));
}
