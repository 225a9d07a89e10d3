/* The sweeps over the stages of a group: factorisation, and solutions with it. What happens in one stage
   stands in the kernels (ipm_vector_sweep.h); here, how stages follow each other.

   Factor: what is left of the levels at the end is carried into the next stage, or kept with the border's
   part where a piece ends.

   Solve, K = [A B; B' C] with the border's multipliers not stored: A^-1 r first, whose B' A^-1 r the
   border's right side needs; then, the border's solution y known, A x = r - B y. Forward and backward
   each time; of the second way forward, what r makes is still there, and -B y is added. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_sweep.h"

#include <stdatomic.h>

#include "base/parallel.h"
#include "optimise/ipm_kernels.h"
#include "optimise/ipm_panel.h"

struct sweep {
    struct ipm *ipm;
    const struct ipm_system *system;
    const struct ipm_company *company;
    bool factor, solve, second, from_last;
};

/* A group at work. */
struct group {
    const struct sweep *sweep;
    const struct ipm_kernels *kernels;
    const struct ipm_chunk *chunk;
    struct ipm_block *block;
    lanes *work;
};

static const lanes *record_at(const struct group *g, int stage) {
    return g->chunk->record + (long)stage * g->chunk->record_size;
}
static lanes *factor_at(const struct group *g, int stage) {
    return g->block->factor +
           ((long)g->chunk->group * g->block->stages + stage) * g->block->tape.stored;
}
static lanes *between_at(const struct group *g, int stage) {
    return g->block->between +
           ((long)g->chunk->group * g->block->stages + stage) * g->block->tape.pivots;
}
static long column_at(const struct group *g, int stage) {
    return g->chunk->column + (long)stage * g->block->pattern.columns;
}
static long row_at(const struct group *g, int stage) {
    return g->chunk->row + (long)stage * g->block->pattern.rows;
}

/* What a lane has gathered since its piece began. */
static void keep_part(const struct group *g, const struct ipm_event *event) {
    const struct ipm_tape *tape = &g->block->tape;
    if (event->ended < 0) {
        return;
    }
    double *part = &g->block->parts[(long)event->ended * g->block->part_size];
    for (int a = tape->first_end; a < tape->nodes; a++) {
        for (int b = tape->first_end; b <= a; b++) {
            int entry = tape->entry[a * tape->nodes + b];
            *part++ = entry < 0 ? 0.0 : g->work[entry][event->lane];
        }
    }
}

/* A lane without a past: unit levels at its begin that touch nothing. */
static void clear_lane(const struct group *g, int lane) {
    const struct ipm_tape *tape = &g->block->tape;
    for (int i = tape->carried; i < tape->border_end; i++) {
        g->work[i][lane] = 0.0;
    }
    for (int i = 0; i < g->block->states; i++) {
        int node = tape->first_end + i;
        g->work[tape->entry[node * tape->nodes + node]][lane] = 1.0;
    }
}

/* The levels at the begin touch the stage before, or in lanes that begin a piece the border. */
static void begin_numbers(const struct group *g, const lanes *record,
                          const struct ipm_event *events, int count) {
    const struct ipm_block *block = g->block;
    for (int i = 0; i < block->begins_count; i++) {
        const lanes *value = ipm_number(&block->pattern, record, block->begins[i].at);
        lanes *kept = &g->work[block->tape.begin_kept + i];
        lanes *first = &g->work[block->tape.begin_first + i];
        memcpy(kept, value, sizeof *kept);
        memset(first, 0, sizeof *first);
        for (int e = 0; e < count; e++) {
            int q = events[e].lane;
            (*kept)[q] = 0.0;
            (*first)[q] = (*value)[q];
        }
    }
}

static void factor_stage(const struct group *g, int k) {
    const struct ipm_tape *tape = &g->block->tape;
    int count;
    const struct ipm_event *events = ipm_events_at(g->block, g->chunk->group, k, &count);
    for (int e = 0; e < count; e++) {
        keep_part(g, &events[e]);
        clear_lane(g, events[e].lane);
    }
    begin_numbers(g, record_at(g, k), events, count);
    lanes_set(&g->work[tape->minus_delta], -g->sweep->ipm->delta);
    memcpy(&g->work[tape->h], g->sweep->system->h + column_at(g, k),
           (size_t)g->block->pattern.columns * sizeof *g->work);
    const struct ipm *ipm = g->sweep->ipm;
    struct ipm_floor floor = {ipm->delta, ipm->rho, ipm->pivot_floor};
    g->kernels->factor(g->block, &floor, g->work, factor_at(g, k));
}

static void keep_last_parts(const struct group *g) {
    int count;
    const struct ipm_event *events =
        ipm_events_at(g->block, g->chunk->group, g->block->stages, &count);
    for (int e = 0; e < count; e++) {
        keep_part(g, &events[e]);
    }
}

/* The border's solution in a lane of a piece: levels at its begin, wide slots, sum slots. */
static void load_border(const struct group *g, int lane, int piece) {
    const struct ipm_block *block = g->block;
    lanes *v = g->work + block->places.border;
    for (int i = block->states; i < block->part_nodes; i++) {
        int node = piece < 0 ? -1 : ipm_part_node(block, &block->pieces[piece], i);
        v[i - block->states][lane] = node < 0 ? 0.0 : g->sweep->ipm->border.solution[node];
    }
}

/* Levels at the begin: what the stage before has left, or nothing where a piece begins; there the border's
   levels go into the rows. */
static void load_levels(const struct group *g, const struct ipm_event *events, int count, int k) {
    const struct ipm_block *block = g->block;
    lanes *r = g->work + block->places.node;
    for (int s = 0; s < block->states && k > 0; s++) {
        memcpy(&r[block->tape.first_begin + s], &r[block->tape.first_end + s], sizeof *r);
    }
    for (int e = 0; e < count; e++) {
        for (int s = 0; s < block->states; s++) {
            r[block->tape.first_begin + s][events[e].lane] = 0.0;
        }
        if (g->sweep->second) {
            load_border(g, events[e].lane, events[e].piece);
        }
    }
}

static void take_off_begins(const struct group *g, const struct ipm_event *events, int count,
                            const lanes *record) {
    const struct ipm_block *block = g->block;
    lanes *r = g->work + block->places.node;
    const lanes *v = g->work + block->places.border;
    for (int i = 0; i < block->begins_count && count > 0; i++) {
        const struct ipm_begin *begin = &block->begins[i];
        const lanes *a = ipm_number(&block->pattern, record, begin->at);
        for (int e = 0; e < count; e++) {
            int q = events[e].lane;
            r[begin->row][q] -= (*a)[q] * v[begin->state][q];
        }
    }
}

static void forward(const struct group *g) {
    const struct sweep *sweep = g->sweep;
    const struct ipm_system *system = sweep->system;
    int count;
    for (int k = 0; k < g->block->stages; k++) {
        const lanes *record = record_at(g, k);
        const struct ipm_event *events = ipm_events_at(g->block, g->chunk->group, k, &count);
        ipm_ask_record(g->chunk, k + 2);
        ipm_load_coefficients(g->block, record, g->work);
        if (sweep->company && sweep->company->before && !sweep->second) {
            sweep->company->before(sweep->company->data, g->chunk, k);
        }
        if (sweep->factor) {
            factor_stage(g, k);
        }
        if (!sweep->solve) {
            continue;
        }
        load_levels(g, events, count, k);
        lanes *between = between_at(g, k);
        if (sweep->second) {
            g->kernels->border_side(g->block, system->h + column_at(g, k), g->work);
            take_off_begins(g, events, count, record);
        } else {
            g->kernels->right_side(g->block, system->h + column_at(g, k),
                                   system->rx + column_at(g, k), system->rp + row_at(g, k),
                                   g->work);
        }
        g->kernels->eliminate(g->block, factor_at(g, k), sweep->second, g->work, between);
    }
    if (sweep->factor) {
        keep_last_parts(g);
    }
}

/* Levels at the end of the lanes whose piece ends here: the border's, or zero in the first pass; and the
   border's solution of the piece that ends. */
static void load_ends(const struct group *g, const struct ipm_event *events, int count) {
    const struct ipm_block *block = g->block;
    bool second = g->sweep->second;
    for (int e = 0; e < count; e++) {
        const struct ipm_piece *ended =
            events[e].ended < 0 ? NULL : &block->pieces[events[e].ended];
        for (int s = 0; s < block->states; s++) {
            g->work[block->places.node + block->tape.first_end + s][events[e].lane] =
                second && ended ? g->sweep->ipm->border.solution[ended->node + s] : 0.0;
        }
        if (second) {
            load_border(g, events[e].lane, events[e].ended);
        }
    }
}

/* First pass: what the border's right side gets from the levels that end here, and from those at the begin. */
static void gather_levels(const struct group *g, const lanes *record, int k) {
    const struct ipm_block *block = g->block;
    const lanes *z = g->work + block->places.node, *level = g->work + block->places.level;
    lanes *sum = g->work + block->places.sum;
    int count;
    const struct ipm_event *events = ipm_events_at(block, g->chunk->group, k + 1, &count);
    for (int e = 0; e < count; e++) {
        int q = events[e].lane;
        for (int s = 0; s < block->states; s++) {
            sum[s][q] = level[s][q];
        }
    }
    events = ipm_events_at(block, g->chunk->group, k, &count);
    for (int e = 0; e < count; e++) {
        int q = events[e].lane;
        for (int i = 0; i < block->begins_count; i++) {
            const struct ipm_begin *begin = &block->begins[i];
            const lanes *a = ipm_number(&block->pattern, record, begin->at);
            sum[block->states + begin->state][q] -= (*a)[q] * z[begin->row][q];
        }
        for (int i = 0; i < block->part_nodes; i++) {
            if (events[e].piece >= 0) {
                block->sums[(long)events[e].piece * block->part_nodes + i] = sum[i][q];
            }
            sum[i][q] = 0.0;
        }
    }
}

/* Where nobody else needs it, the step goes past the cache. */
static void keep_step(const struct group *g, int k) {
    const struct sweep *sweep = g->sweep;
    const struct ipm_pattern *pattern = &g->block->pattern;
    bool far = sweep->ipm->is_far;
    lanes *dx = g->work + g->block->places.dx;
    if (sweep->company && sweep->company->after) {
        sweep->company->after(sweep->company->data, g->chunk, k, dx);
    }
    g->kernels->keep(dx, pattern->columns, far, sweep->system->dx + column_at(g, k));
    g->kernels->keep(g->work + g->block->places.node, pattern->rows, far,
                     sweep->system->dy + row_at(g, k));
}

static void backward(const struct group *g) {
    const struct sweep *sweep = g->sweep;
    const struct ipm_system *system = sweep->system;
    const struct ipm_block *block = g->block;
    lanes *z = g->work + block->places.node;
    int count;
    memset(g->work + block->places.sum, 0, (size_t)block->part_nodes * sizeof *z);
    for (int s = 0; s < block->states; s++) {
        lanes_set(&z[block->tape.first_end + s], 0.0);
    }
    for (int k = block->stages - 1; k >= 0; k--) {
        const lanes *record = record_at(g, k), *h = system->h + column_at(g, k);
        const lanes *rx = system->rx + column_at(g, k);
        const struct ipm_event *ends = ipm_events_at(block, g->chunk->group, k + 1, &count);
        ipm_load_coefficients(block, record, g->work);
        ipm_ask_record(g->chunk, k - 1);
        load_ends(g, ends, count);
        g->kernels->substitute(block, factor_at(g, k), between_at(g, k), g->work);
        if (!sweep->second) {
            g->kernels->gather(block, h, rx, g->work);
            gather_levels(g, record, k);
        } else {
            g->kernels->write_step(block, h, rx, g->work);
            keep_step(g, k);
        }
        for (int s = 0; s < block->states; s++) {
            memcpy(&z[block->tape.first_end + s], &z[block->tape.first_begin + s], sizeof *z);
        }
    }
}

static void work_on(void *data, int index) {
    const struct sweep *sweep = data;
    int last = sweep->ipm->chunks_count - 2;
    const struct ipm_chunk *chunk = &sweep->ipm->chunks[sweep->from_last ? last - index : index];
    struct ipm_block *block = &sweep->ipm->blocks[chunk->block];
    if (!block->is_here) {
        return;
    }
    struct group g = {sweep, sweep->ipm->kernels, chunk, block, block->work[chunk->group]};
    forward(&g);
    if (sweep->solve) {
        backward(&g);
    }
    atomic_thread_fence(memory_order_seq_cst); /* what has gone past the cache has arrived */
}

/* To and fro: a walk begins with the groups that the one before has left in the cache. */
static enum status over_groups(struct sweep *sweep) {
    sweep->from_last = sweep->ipm->from_last;
    sweep->ipm->from_last = !sweep->from_last;
    return parallel_team_for(sweep->ipm->team, sweep->ipm->chunks_count - 1, work_on, sweep);
}

static const struct ipm_chunk *border_of(const struct ipm *ipm) {
    return &ipm->chunks[ipm->chunks_count - 1];
}

enum status ipm_factor(struct ipm *ipm, const lanes *h) {
    struct ipm_system system = {.h = h};
    struct sweep sweep = {.ipm = ipm, .system = &system, .factor = true};
    TRY(over_groups(&sweep));
    return ipm_border_factor(ipm, h + border_of(ipm)->column);
}

enum status ipm_solve_begin(struct ipm *ipm, const struct ipm_system *system, bool with_factor,
                            const struct ipm_company *company) {
    struct sweep sweep = {
        .ipm = ipm, .system = system, .company = company, .factor = with_factor, .solve = true};
    if (company && company->before) {
        company->before(company->data, border_of(ipm), 0);
    }
    return over_groups(&sweep);
}

enum status ipm_solve_end(struct ipm *ipm, const struct ipm_system *system, bool with_factor,
                          const struct ipm_company *company) {
    struct sweep sweep = {
        .ipm = ipm, .system = system, .company = company, .solve = true, .second = true};
    const struct ipm_chunk *border = border_of(ipm);
    const lanes *h = system->h + border->column, *rx = system->rx + border->column;
    if (with_factor) {
        TRY(ipm_border_factor(ipm, h));
    }
    TRY(ipm_border_solve(ipm, h, rx, system->rp + border->row));
    ipm_border_step(ipm, h, rx, system->dx + border->column, system->dy + border->row);
    TRY(over_groups(&sweep));
    if (company && company->after) {
        TRY(ipm_share_products(ipm)); /* company may have gathered them */
        company->after(company->data, border, 0, system->dx + border->column);
    }
    return STATUS_OK;
}

enum status ipm_solve_along(struct ipm *ipm, const struct ipm_system *system,
                            const struct ipm_company *company) {
    TRY(ipm_solve_begin(ipm, system, false, company));
    return ipm_solve_end(ipm, system, false, company);
}

enum status ipm_solve_kkt(struct ipm *ipm, const lanes *h, const lanes *rx, const lanes *rp,
                          lanes *dx, lanes *dy) {
    struct ipm_system system = {h, rx, rp, dx, dy};
    return ipm_solve_along(ipm, &system, NULL);
}

enum status ipm_sweep_begin(struct ipm *ipm, struct ipm_block *block) {
    const struct ipm_tape *tape = &block->tape;
    long stages = (long)block->groups * block->stages;
    long plain = ((long)tape->nodes * (tape->nodes + 4) + LANES) / LANES, /* a matrix for plain C */
        panels = ipm_panel_room(tape), dense = plain > panels ? plain : panels;
    block->work = ARENA_TAKE(ipm->work, lanes *, block->groups);
    block->factor = ARENA_TAKE(ipm->work, lanes, stages * tape->stored);
    block->between = ARENA_TAKE(ipm->work, lanes, stages * tape->pivots);
    block->end_missed = ARENA_TAKE(ipm->work, double, (long)block->pieces_count * block->states);
    block->begin_level = ARENA_TAKE(ipm->work, double, (long)block->pieces_count * block->states);
    block->end_price = ARENA_TAKE(ipm->work, double, (long)block->pieces_count * block->states);
    for (int g = 0; g < block->groups && !arena_failed(ipm->work); g++) {
        block->work[g] = ARENA_TAKE(ipm->work, lanes, tape->dense + dense);
        for (int i = 0; block->work[g] && i < block->constants_count; i++) {
            lanes_set(&block->work[g][i], block->constants[i]);
        }
    }
    return arena_failed(ipm->work) ? STATUS_NO_MEMORY : STATUS_OK;
}
