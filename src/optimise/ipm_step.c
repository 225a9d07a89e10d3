/* Mehrotra's predictor and corrector, number by number.

     x z = mu, w v = mu, x + w = u;  rd = c - A' y - z + v;  ru = u - x - w
     h  = z / x + v / w + rho
     rx = -rd + rc / x - (rw - v ru) / w,   rc = target - x z - dxa dza,  rw = target - w v - dwa dva
     dz = (rc - z dx) / x,  dw = ru - dx,  dv = (rw - v dw) / w

   The corrector's step is weighted, affine + weight * (step - affine), by the weight that lets it go
   furthest, apart for primal and dual (Colombo and Gondzio, Multiple centrality corrections, 2008,
   https://doi.org/10.1007/s10589-007-9106-0). Numbers without a bound are masked.

   An iteration walks over its data four times, each stage's numbers being done while its rows are at
   hand: two solves of two walks each. The first arrives at the point, whose products, residuals, h and right side
   it makes, and factors; the third makes the corrector's right side; the second and the fourth find how far the step
   may go, and what it misses. dz, dw and dv are not kept but made again from dx. The formulas stand in
   ipm_vector_numbers.h. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_step.h"

#include "base/parallel.h"
#include "optimise/ipm_product.h"
#include "optimise/ipm_sweep.h"

enum task { TASK_RATIOS, TASK_MISSED };

struct pass {
    struct ipm_state *state;
    enum task task;
    double target;
    const struct ipm_move *move;
};

struct ipm_view ipm_view_at(const struct ipm_state *s, const struct ipm_chunk *chunk, int k,
                            int way) {
    const struct ipm_pattern *pattern = chunk->pattern;
    long column = chunk->column + (long)k * pattern->columns;
    long upper = chunk->upper + (long)k * pattern->uppers,
         row = chunk->row + (long)k * pattern->rows;
    return (struct ipm_view){.pattern = pattern,
                             .record = chunk->record + (long)k * chunk->record_size,
                             .x = s->at.x + column,
                             .z = s->at.z + column,
                             .w = s->at.w + upper,
                             .v = s->at.v + upper,
                             .y = s->at.y + row,
                             .h = s->h + column,
                             .rx = s->rx + column,
                             .affine_x = s->affine.x + column,
                             .affine_y = s->affine.y + row,
                             .step_x = s->step.x + column,
                             .step_y = s->step.y + row,
                             .next_column = way * pattern->columns,
                             .next_upper = way * pattern->uppers,
                             .next_row = way * pattern->rows,
                             .is_whole = k < chunk->whole};
}

static int index_of(const struct ipm *ipm, const struct ipm_chunk *chunk) {
    return (int)(chunk - ipm->chunks);
}

static void clear_tallies(struct ipm *ipm) {
    memset(ipm->tallies, 0, (size_t)ipm->chunks_count * sizeof *ipm->tallies);
}

/* Rates below a half make no difference: a step of 2 is as far as any goes. */
static void clear_rates(struct ipm *ipm) {
    memset(ipm->rates, 0, (size_t)ipm->chunks_count * sizeof *ipm->rates);
    for (int c = 0; c < ipm->chunks_count; c++) {
        ipm->rates[c].least_primal = ipm->rates[c].least_dual = 0.5;
        for (int i = 0; i < WEIGHTS; i++) {
            ipm->rates[c].primal[i] = 0.5;
            ipm->rates[c].dual[i] = 0.5;
        }
    }
}

static enum status gather_ratios(struct ipm *ipm, int weights, struct ipm_ratios *ret) {
    struct ipm_ratios all = {{0}, {0}, {0}};
    TRY(ipm_share_rates(ipm));
    for (int c = 0; c < ipm->chunks_count; c++) {
        const struct ipm_rates *rates = &ipm->rates[c];
        for (int i = 0; i < weights; i++) {
            all.primal[i] = fmax(all.primal[i], rates->primal[i]);
            all.dual[i] = fmax(all.dual[i], rates->dual[i]);
        }
        for (int i = 0; i < 4; i++) {
            all.products[i] += lanes_sum(&rates->products[i]);
        }
    }
    for (int i = 0; i < weights; i++) {
        all.primal[i] = 1.0 / all.primal[i];
        all.dual[i] = 1.0 / all.dual[i];
    }
    *ret = all;
    return STATUS_OK;
}

static enum status gather_miss(struct ipm *ipm, struct ipm_miss *ret) {
    TRY(ipm_share_tallies(ipm));
    *ret = (struct ipm_miss){0.0, 0.0};
    for (int c = 0; c < ipm->chunks_count; c++) {
        ret->rows = fmax(ret->rows, lanes_largest(&ipm->tallies[c].rows));
        ret->columns = fmax(ret->columns, lanes_largest(&ipm->tallies[c].columns));
    }
    return STATUS_OK;
}

static enum status gather_figures(struct ipm *ipm, struct ipm_figures *ret) {
    struct ipm_figures all = {0};
    TRY(ipm_share_tallies(ipm));
    for (int c = 0; c < ipm->chunks_count; c++) {
        const struct ipm_tally *one = &ipm->tallies[c];
        all.rows = fmax(all.rows, lanes_largest(&one->rows));
        all.bounds = fmax(all.bounds, lanes_largest(&one->bounds));
        all.columns = fmax(all.columns, lanes_largest(&one->columns));
        all.complementarity += lanes_sum(&one->products);
        all.primal += lanes_sum(&one->primal);
        all.dual += lanes_sum(&one->dual);
        all.pairs += lanes_sum(&one->pairs);
    }
    *ret = all;
    return STATUS_OK;
}

static void measure_stage(void *data, const struct ipm_chunk *chunk, int k, lanes *ax, lanes *aty) {
    const struct pass *pass = data;
    struct ipm *ipm = pass->state->ipm;
    struct ipm_view at = ipm_view_at(pass->state, chunk, k, 1);
    ipm->kernels->measure(&at, ipm->rho, false, ax, aty, &ipm->tallies[index_of(ipm, chunk)]);
}

enum status ipm_measure(struct ipm_state *state, struct ipm_figures *ret) {
    struct ipm *ipm = state->ipm;
    struct pass pass = {.state = state};
    struct ipm_product_company company = {&pass, measure_stage};
    clear_tallies(ipm);
    TRY(ipm_multiply_along(ipm, state->at.x, state->at.y, state->ax, state->aty, &company));
    return gather_figures(ipm, ret);
}

static void advance_stage(const struct pass *pass, const struct ipm_chunk *chunk, int k) {
    const struct ipm_move *move = pass->move;
    if (move && k < chunk->stages) {
        struct ipm_view at = ipm_view_at(pass->state, chunk, k, 1);
        pass->state->ipm->kernels->advance(&at, move);
    }
}

/* The point goes on a stage ahead of where it is measured, which charges for the levels there. */
static void arrive_stage(void *data, const struct ipm_chunk *chunk, int k) {
    const struct pass *pass = data;
    struct ipm_state *s = pass->state;
    struct ipm *ipm = s->ipm;
    if (k == 0) {
        advance_stage(pass, chunk, 0);
    }
    if (chunk->block < 0) {
        return;
    }
    advance_stage(pass, chunk, k + 1);
    const struct ipm_block *block = &ipm->blocks[chunk->block];
    struct ipm_view at = ipm_view_at(s, chunk, k, 1);
    lanes *ax = s->ax + (at.y - s->at.y);
    lanes *aty = block->work[chunk->group] + block->places.column;
    ipm_multiply_stage(ipm, chunk, k, s->at.x, s->at.y, ax, aty);
    ipm->kernels->measure(&at, ipm->rho, true, ax, aty, &ipm->tallies[index_of(ipm, chunk)]);
    if (k + 1 == block->stages) {
        ipm_multiply_stage(ipm, chunk, k + 1, s->at.x, s->at.y, NULL, NULL);
    }
}

static struct ipm_system predictor(const struct ipm_state *state) {
    return (struct ipm_system){state->h, state->rx, state->ax, state->affine.x, state->affine.y};
}

enum status ipm_arrive(struct ipm_state *state, const struct ipm_move *move,
                       struct ipm_figures *ret) {
    struct ipm *ipm = state->ipm;
    struct pass pass = {.state = state, .move = move};
    struct ipm_system system = predictor(state);
    struct ipm_company company = {&pass, arrive_stage, NULL};
    const struct ipm_chunk *border = &ipm->chunks[ipm->chunks_count - 1];
    clear_tallies(ipm);
    for (int k = 0; k < ipm->blocks_count; k++) {
        ipm_look_at_ends(ipm, &ipm->blocks[k], state->at.x, state->at.y, move);
    }
    TRY(ipm_solve_begin(ipm, &system, true, &company));
    TRY(ipm_share_products(ipm));
    struct ipm_view at = ipm_view_at(state, border, 0, 1);
    ipm_multiply_border(ipm, state->at.x, state->at.y, state->ax, state->aty);
    ipm->kernels->measure(&at, ipm->rho, true, state->ax + border->row, state->aty + border->column,
                          &ipm->tallies[index_of(ipm, border)]);
    return gather_figures(ipm, ret);
}

static void rate_affine(void *data, const struct ipm_chunk *chunk, int k, lanes *dx) {
    const struct pass *pass = data;
    struct ipm *ipm = pass->state->ipm;
    struct ipm_view at = ipm_view_at(pass->state, chunk, k, -1);
    at.affine_x = dx;
    ipm->kernels->predicted(&at, &ipm->rates[index_of(ipm, chunk)]);
}

enum status ipm_predict(struct ipm_state *state, struct ipm_ratios *ret) {
    struct ipm *ipm = state->ipm;
    struct pass pass = {.state = state};
    struct ipm_system system = predictor(state);
    struct ipm_company company = {&pass, NULL, rate_affine};
    clear_rates(ipm);
    TRY(ipm_solve_end(ipm, &system, true, &company));
    return gather_ratios(ipm, 1, ret);
}

static void aim_stage(void *data, const struct ipm_chunk *chunk, int k) {
    const struct pass *pass = data;
    struct ipm_view at = ipm_view_at(pass->state, chunk, k, 1);
    pass->state->ipm->kernels->aim(&at, pass->target);
}

/* The border's solution stands in the workspace for the pieces of this stage; the levels at its begin and what
   the next stage charges are found there, but where a piece begins or ends. */
static void load_levels(const struct ipm_block *block, const struct ipm_chunk *chunk, int k,
                        lanes *work) {
    const struct ipm_places *at = &block->places;
    const lanes *z = work + at->node + block->tape.first_begin, *v = work + at->border;
    int count;
    const struct ipm_event *events = ipm_events_at(block, chunk->group, k, &count);
    memcpy(work + at->level, z, (size_t)block->states * sizeof *z);
    for (int e = 0; e < count; e++) {
        int q = events[e].lane;
        for (int s = 0; s < block->states; s++) {
            work[at->level + s][q] = events[e].piece < 0 ? 0.0 : v[s][q];
        }
    }
    if (k + 1 == block->stages) {
        memset(work + at->price, 0, (size_t)block->states * sizeof *work);
    }
    events = ipm_events_at(block, chunk->group, k + 1, &count);
    for (int e = 0; e < count; e++) {
        for (int s = 0; s < block->states; s++) {
            work[at->price + s][events[e].lane] = 0.0;
        }
    }
}

/* A level where a piece ends: what follows charges for it elsewhere; it is left out here and looked at when
   all is known. */
static void keep_ends(struct ipm_block *block, const struct ipm_chunk *chunk, int k,
                      const struct ipm_view *at, lanes *aty) {
    int count;
    const struct ipm_event *events = ipm_events_at(block, chunk->group, k + 1, &count);
    for (int e = 0; e < count; e++) {
        for (int s = 0; s < block->states; s++) {
            int slot = block->slot_of_state[s], q = events[e].lane;
            double given = at->rx[slot][q] - at->h[slot][q] * at->step_x[slot][q];
            bool counts =
                (*ipm_number(at->pattern, at->record, at->pattern->live[slot]))[q] > 0.0 &&
                at->h[slot][q] >= 1e-50;
            if (events[e].ended >= 0) {
                block->end_missed[(long)events[e].ended * block->states + s] =
                    counts ? given - aty[slot][q] : (double)NAN;
            }
            aty[slot][q] = given;
        }
    }
}

static void keep_sums(struct ipm_block *block, const struct ipm_chunk *chunk, int k, lanes *sum) {
    int count;
    const struct ipm_event *events = ipm_events_at(block, chunk->group, k, &count);
    for (int e = 0; e < count; e++) {
        for (int i = 0; i < block->part_nodes; i++) {
            if (events[e].piece >= 0) {
                block->products[(long)events[e].piece * block->part_nodes + i] =
                    sum[i][events[e].lane];
            }
            sum[i][events[e].lane] = 0.0;
        }
    }
}

static void rate_corrected(void *data, const struct ipm_chunk *chunk, int k, lanes *dx) {
    const struct pass *pass = data;
    struct ipm_state *s = pass->state;
    struct ipm *ipm = s->ipm;
    struct ipm_view at = ipm_view_at(s, chunk, k, -1);
    at.step_x = dx;
    struct ipm_tally *tally = &ipm->tallies[index_of(ipm, chunk)];
    const lanes *rp = s->ax + chunk->row + (long)k * chunk->pattern->rows;
    if (chunk->block >= 0) {
        struct ipm_block *block = &ipm->blocks[chunk->block];
        lanes *work = block->work[chunk->group];
        lanes *ax = work + block->places.row, *aty = work + block->places.column;
        load_levels(block, chunk, k, work);
        ipm->kernels->multiply(block, at.step_x, work, ax, aty);
        ipm->kernels->gather_product(block, at.step_x, work);
        keep_sums(block, chunk, k, work + block->places.sum);
        ipm->kernels->charge(block, at.record, work + block->places.node, work);
        keep_ends(block, chunk, k, &at, aty);
        ipm->kernels->missed(&at, at.rx, rp, at.step_x, ax, aty, tally);
    } else {
        ipm_multiply_border(ipm, s->step.x, s->step.y, s->missed_p, s->missed_x);
        ipm->kernels->missed(&at, at.rx, rp, at.step_x, s->missed_p + chunk->row,
                             s->missed_x + chunk->column, tally);
    }
    ipm->kernels->corrected(&at, pass->target, &ipm->rates[index_of(ipm, chunk)]);
}

/* Levels at the ends of pieces: less what the pieces that follow charge. */
static enum status miss_ends(struct ipm_state *state, struct ipm_miss *miss) {
    for (int k = 0; k < state->ipm->blocks_count; k++) {
        struct ipm_block *block = &state->ipm->blocks[k];
        if (!block->is_here) {
            continue;
        }
        ipm_charge_ends(state->ipm, block, state->step.y, NULL);
        for (long i = 0; i < (long)block->pieces_count * block->states; i++) {
            miss->columns = fmax(miss->columns, fabs(block->end_missed[i] - block->end_price[i]));
        }
    }
    return share_largest(state->ipm->share, &miss->columns, 1);
}

enum status ipm_correct(struct ipm_state *state, double target, struct ipm_miss *ret_miss,
                        struct ipm_ratios *ret) {
    struct ipm *ipm = state->ipm;
    struct pass pass = {.state = state, .target = target};
    struct ipm_system system = {state->h, state->rx, state->ax, state->step.x, state->step.y};
    struct ipm_company company = {&pass, aim_stage, rate_corrected};
    clear_rates(ipm);
    clear_tallies(ipm);
    TRY(ipm_solve_along(ipm, &system, &company));
    TRY(gather_ratios(ipm, WEIGHTS, ret));
    TRY(gather_miss(ipm, ret_miss));
    return miss_ends(state, ret_miss);
}

static void work_on(void *data, int index) {
    const struct pass *pass = data;
    struct ipm_state *s = pass->state;
    const struct ipm_kernels *kernels = s->ipm->kernels;
    const struct ipm_chunk *chunk = &s->ipm->chunks[index];
    for (int k = 0; k < chunk->stages; k++) {
        struct ipm_view at = ipm_view_at(s, chunk, k, 1);
        long column = at.x - s->at.x, row = at.y - s->at.y;
        ipm_ask_record(chunk, k + 1);
        switch (pass->task) {
        case TASK_RATIOS:
            kernels->corrected(&at, pass->target, &s->ipm->rates[index]);
            break;
        case TASK_MISSED:
            kernels->missed(&at, at.rx, s->ax + row, at.step_x, s->missed_p + row,
                            s->missed_x + column, &s->ipm->tallies[index]);
            break;
        }
    }
}

static enum status over_chunks(struct pass *pass) {
    struct ipm *ipm = pass->state->ipm;
    return parallel_team_for(ipm->team, ipm->chunks_count, work_on, pass);
}

static enum status find_missed(struct ipm_state *state, struct ipm_miss *ret) {
    struct pass pass = {.state = state, .task = TASK_MISSED};
    TRY(ipm_multiply(state->ipm, state->step.x, state->step.y, state->missed_p, state->missed_x));
    clear_tallies(state->ipm);
    TRY(over_chunks(&pass));
    return ret ? gather_miss(state->ipm, ret) : STATUS_OK;
}

static void add(lanes *to, const lanes *more, long count) {
    for (long i = 0; i < count; i++) {
        for (int q = 0; q < LANES; q++) {
            to[i][q] += more[i][q];
        }
    }
}

enum status ipm_refine(struct ipm_state *state, struct ipm_miss *ret) {
    struct ipm *ipm = state->ipm;
    TRY(find_missed(state, NULL));
    TRY(ipm_solve_kkt(ipm, state->h, state->missed_x, state->missed_p, state->dx, state->dy));
    add(state->step.x, state->dx, ipm->columns);
    add(state->step.y, state->dy, ipm->rows);
    return find_missed(state, ret);
}

enum status ipm_ratios_again(struct ipm_state *state, double target, struct ipm_ratios *ret) {
    struct pass pass = {.state = state, .task = TASK_RATIOS, .target = target};
    clear_rates(state->ipm);
    TRY(over_chunks(&pass));
    return gather_ratios(state->ipm, WEIGHTS, ret);
}

struct copying {
    const struct ipm *ipm;
    const struct ipm_vectors *from, *to;
};

static void copy_lanes(lanes *to, const lanes *from, long first, long count) {
    memcpy(to + first, from + first, (size_t)count * sizeof(lanes));
}

static void copy_chunk(void *data, int index) {
    const struct copying *copying = data;
    const struct ipm_vectors *from = copying->from, *to = copying->to;
    const struct ipm_chunk *chunk = &copying->ipm->chunks[index];
    long columns = (long)chunk->stages * chunk->pattern->columns;
    long uppers = (long)chunk->stages * chunk->pattern->uppers;
    copy_lanes(to->x, from->x, chunk->column, columns);
    copy_lanes(to->z, from->z, chunk->column, columns);
    copy_lanes(to->w, from->w, chunk->upper, uppers);
    copy_lanes(to->v, from->v, chunk->upper, uppers);
    copy_lanes(to->y, from->y, chunk->row, (long)chunk->stages * chunk->pattern->rows);
}

enum status ipm_copy_point(const struct ipm *ipm, const struct ipm_vectors *from,
                           const struct ipm_vectors *to) {
    struct copying copying = {ipm, from, to};
    return parallel_team_for(ipm->team, ipm->chunks_count, copy_chunk, &copying);
}
