/* The sweeps over the stages of a group: factorisation, and solutions with it.

   Factor: at every stage the tape runs on the workspace; what is left of the levels at the end is
   carried into the next stage, or kept with the border's part where a piece ends.

   Solve, K = [A B; B' C] with the border's multipliers not stored: A^-1 r first, whose B' A^-1 r the
   border's right side needs; then, the border's solution y known, A x = r - B y. Forward and backward
   each time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_sweep.h"

#include "base/parallel.h"

LANES_INLINE const lanes *number(const struct ipm_block *block, const lanes *record, int at) {
    return at < 0 ? &block->pattern.constant[-1 - at] : &record[at];
}

static const struct ipm_event *events_at(const struct ipm_block *block, int group, int stage,
                                         int *ret_count) {
    const int *first = &block->event_first[group * (block->stages + 2) + stage];
    *ret_count = first[1] - first[0];
    return &block->events[first[0]];
}

static const lanes *record_at(const struct ipm_block *block, int group, int stage) {
    return &block->records[((long)group * block->stages + stage) * block->series_count];
}

FOR_EACH_MACHINE
static void run_tape(const struct ipm_tape *tape, lanes *w, double floor_ratio, double rho,
                     double delta) {
    const struct ipm_op *op = tape->ops;
    for (int r = 0; r < tape->runs_count; r++) {
        const struct ipm_op *end = op + tape->runs[r].count;
        switch (tape->runs[r].kind) {
        case OP_SET:
            for (; op < end; op++) {
                w[op->to] = w[op->a];
            }
            break;
        case OP_ADD:
            for (; op < end; op++) {
                w[op->to] += w[op->a];
            }
            break;
        case OP_MUL:
            for (; op < end; op++) {
                w[op->to] = w[op->a] * w[op->b];
            }
            break;
        case OP_LESS_MUL: /* one multiplier serves many entries */
            while (op < end) {
                int a = op->a;
                lanes factor = w[a];
                for (; op < end && op->a == a; op++) {
                    w[op->to] -= factor * w[op->b];
                }
            }
            break;
        case OP_MINUS_MUL:
            for (; op < end; op++) {
                w[op->to] = -(w[op->a] * w[op->b]);
            }
            break;
        case OP_ADD_MUL:
            for (; op < end; op++) {
                w[op->to] += w[op->a] * w[op->b];
            }
            break;
        case OP_INVERT:
            for (; op < end; op++) {
                w[op->to] = 1.0 / w[op->a];
            }
            break;
        case OP_LESS:
            for (; op < end; op++) {
                w[op->to] -= w[op->a];
            }
            break;
        case OP_MINUS:
            for (; op < end; op++) {
                w[op->to] = -w[op->a];
            }
            break;
        case OP_PIVOT_UP:
            for (; op < end; op++) {
                lanes least = w[op->b] * floor_ratio + rho;
                lanes pivot = w[op->a];
                lanes_max(&pivot, &pivot, &least);
                w[op->to] = 1.0 / pivot;
            }
            break;
        case OP_PIVOT_DOWN:
            for (; op < end; op++) {
                lanes least = -w[op->b] * floor_ratio + delta;
                lanes pivot = -w[op->a];
                lanes_max(&pivot, &pivot, &least);
                w[op->to] = -1.0 / pivot;
            }
            break;
        }
    }
}

/* What a lane has gathered since its piece began. */
static void keep_part(struct ipm_block *block, const struct ipm_event *event, const lanes *w) {
    const struct ipm_tape *tape = &block->tape;
    double *part = &block->parts[(long)event->ended * block->part_size];
    for (int a = tape->first_end; a < tape->nodes; a++) {
        for (int b = tape->first_end; b <= a; b++) {
            int entry = tape->entry[a * tape->nodes + b];
            *part++ = entry < 0 ? 0.0 : w[entry][event->lane];
        }
    }
}

/* A lane without a past: unit levels at its begin that touch nothing. */
static void clear_lane(const struct ipm_block *block, int lane, lanes *w) {
    const struct ipm_tape *tape = &block->tape;
    for (int i = tape->carried; i < tape->border_end; i++) {
        w[i][lane] = 0.0;
    }
    for (int i = 0; i < block->states; i++) {
        int node = tape->first_begin + i;
        w[tape->entry[node * tape->nodes + node]][lane] = 1.0;
    }
}

static void carry(const struct ipm_tape *tape, lanes *w) {
    for (int i = 0; i < tape->carries_count; i++) {
        const struct ipm_op *op = &tape->carries[i];
        if (op->a < 0) {
            lanes_set(&w[op->to], 0.0);
        } else {
            w[op->to] = w[op->a];
        }
    }
}

static void begin_numbers(const struct ipm_block *block, const lanes *record,
                          const struct ipm_event *events, int count, lanes *w) {
    const struct ipm_tape *tape = &block->tape;
    for (int i = 0; i < block->begins_count; i++) {
        lanes value = *number(block, record, block->begins[i].at);
        w[tape->begin_kept + i] = value;
        lanes_set(&w[tape->begin_first + i], 0.0);
        for (int e = 0; e < count; e++) {
            int q = events[e].lane;
            w[tape->begin_kept + i][q] = 0.0;
            w[tape->begin_first + i][q] = value[q];
        }
    }
}

static void factor_group(const struct ipm_sweep *sweep, struct ipm_block *block, int group) {
    const struct ipm_tape *tape = &block->tape;
    const struct ipm_chunk *chunk = &sweep->ipm->chunks[block->first_chunk + group];
    lanes *w = block->work[group];
    int count;
    memcpy(w, block->pattern.constant, (size_t)block->constants_count * sizeof *w);
    lanes_set(&w[tape->minus_delta], -sweep->ipm->delta);
    for (int k = 0; k < block->stages; k++) {
        const lanes *record = record_at(block, group, k);
        const struct ipm_event *events = events_at(block, group, k, &count);
        if (k > 0) {
            for (int e = 0; e < count; e++) {
                if (events[e].ended >= 0) {
                    keep_part(block, &events[e], w);
                }
            }
            carry(tape, w);
        }
        for (int e = 0; e < count; e++) {
            clear_lane(block, events[e].lane, w);
        }
        memcpy(&w[tape->coefficients], record, (size_t)block->coefficients_count * sizeof *w);
        begin_numbers(block, record, events, count, w);
        memcpy(&w[tape->column], &sweep->h[chunk->column + (long)k * block->pattern.columns],
               (size_t)block->pattern.columns * sizeof *w);
        run_tape(tape, w, sweep->ipm->pivot_floor, sweep->ipm->rho, sweep->ipm->delta);
        memcpy(&block->factor[((long)group * block->stages + k) * tape->stored],
               &w[tape->multiplier], (size_t)tape->stored * sizeof *w);
    }
    const struct ipm_event *events = events_at(block, group, block->stages, &count);
    for (int e = 0; e < count; e++) {
        if (events[e].ended >= 0) {
            keep_part(block, &events[e], w);
        }
    }
}

/* The right side of a stage: rows less what implicit columns and the border's solution fill. v: values
   of the border by lane (begins, wides, sums), or NULL. */
FOR_EACH_MACHINE
static void right_side(const struct ipm_block *block, const lanes *record, const lanes *h,
                       const lanes *rx, const lanes *rp, const lanes *v, lanes *r) {
    const struct ipm_tape *tape = &block->tape;
    const lanes *wide = v ? v + block->states : NULL, *sum = v ? wide + block->wides_count : NULL;
    memcpy(r, rp, (size_t)block->pattern.rows * sizeof *r);
    for (int slot = 0; slot < block->pattern.columns; slot++) {
        int node = tape->node_of_slot[slot];
        lanes t = rx[slot];
        for (int i = block->sum_first[slot]; v && i < block->sum_first[slot + 1]; i++) {
            t -= *number(block, record, block->sum_terms[i].at) * sum[block->sum_terms[i].row];
        }
        if (node >= 0) {
            r[node] = t;
            continue;
        }
        t *= h[slot];
        for (int i = block->term_first[slot]; i < block->term_first[slot + 1]; i++) {
            r[block->terms[i].row] -= *number(block, record, block->terms[i].at) * t;
        }
    }
    for (int i = 0; v && i < block->wide_terms_count; i++) {
        const struct ipm_wide *term = &block->wide_terms[i];
        r[term->row] -= *number(block, record, term->at) * wide[term->wide];
    }
}

FOR_EACH_MACHINE
static void eliminate(const struct ipm_tape *tape, const lanes *factor, lanes *r, lanes *y) {
    const lanes *cross = factor + tape->pivots, *multiplier = cross + tape->pairs;
    for (int p = 0; p < tape->pivots; p++) {
        lanes value = r[tape->order[p]];
        for (int i = tape->later[p]; i < tape->later[p + 1]; i++) {
            r[tape->later_node[i]] -= multiplier[i] * value;
        }
        y[p] = value * factor[p];
    }
    for (int p = 0; p < 2 * tape->pairs; p += 2) {
        y[p] += cross[p / 2] * r[tape->order[p + 1]];
        y[p + 1] += cross[p / 2] * r[tape->order[p]];
    }
}

FOR_EACH_MACHINE
static void substitute(const struct ipm_tape *tape, const lanes *factor, const lanes *y, lanes *z) {
    const lanes *multiplier = factor + tape->pivots + tape->pairs;
    for (int p = tape->pivots - 1; p >= 0; p--) {
        lanes value = y[p];
        for (int i = tape->later[p]; i < tape->later[p + 1]; i++) {
            value -= multiplier[i] * z[tape->later_node[i]];
        }
        z[tape->order[p]] = value;
    }
}

/* The border's solution in the lanes that begin a piece. */
static void load_border(const struct ipm_sweep *sweep, const struct ipm_block *block,
                        const struct ipm_event *event, lanes *v) {
    const double *solution = sweep->ipm->border.solution;
    for (int i = block->states; i < block->part_nodes; i++) {
        int node = event->piece < 0 ? -1 : ipm_part_node(block, &block->pieces[event->piece], i);
        v[i - block->states][event->lane] = node < 0 ? 0.0 : solution[node];
    }
}

static void forward(const struct ipm_sweep *sweep, const struct ipm_block *block, int group,
                    bool second) {
    const struct ipm_tape *tape = &block->tape;
    const struct ipm_chunk *chunk = &sweep->ipm->chunks[block->first_chunk + group];
    int columns = block->pattern.columns, rows = block->pattern.rows, count;
    lanes *r = block->scratch[group], *v = r + tape->nodes;
    for (int k = 0; k < block->stages; k++) {
        const lanes *record = record_at(block, group, k);
        const struct ipm_event *events = events_at(block, group, k, &count);
        for (int s = 0; s < block->states && k > 0; s++) {
            r[tape->first_begin + s] = r[tape->first_end + s];
        }
        for (int e = 0; e < count; e++) {
            for (int s = 0; s < block->states; s++) {
                r[tape->first_begin + s][events[e].lane] = 0.0;
            }
            if (second) {
                load_border(sweep, block, &events[e], v);
            }
        }
        right_side(block, record, &sweep->h[chunk->column + (long)k * columns],
                   &sweep->rx[chunk->column + (long)k * columns],
                   &sweep->rp[chunk->row + (long)k * rows], second ? v : NULL, r);
        for (int i = 0; second && i < block->begins_count; i++) {
            const struct ipm_begin *begin = &block->begins[i];
            const lanes *a = number(block, record, begin->at);
            for (int e = 0; e < count; e++) {
                int q = events[e].lane;
                r[begin->row][q] -= (*a)[q] * v[begin->state][q];
            }
        }
        eliminate(tape, &block->factor[((long)group * block->stages + k) * tape->stored], r,
                  &block->between[((long)group * block->stages + k) * tape->pivots]);
    }
}

/* Levels at the end of the lanes whose piece ends here: the border's, or zero in the first pass. */
static void set_ends(const struct ipm_sweep *sweep, const struct ipm_block *block,
                     const struct ipm_event *events, int count, bool second, lanes *z) {
    for (int e = 0; e < count; e++) {
        for (int s = 0; s < block->states; s++) {
            bool known = second && events[e].ended >= 0;
            z[block->tape.first_end + s][events[e].lane] =
                known ? sweep->ipm->border.solution[block->pieces[events[e].ended].node + s] : 0.0;
        }
    }
}

/* First pass: what the border's right side gets from the levels that end here. */
static void gather_ends(const struct ipm_block *block, const lanes *record, const lanes *rx,
                        const struct ipm_event *events, int count, const lanes *z, lanes *sum) {
    for (int s = 0; s < block->states; s++) {
        int slot = block->slot_of_state[s];
        lanes total = rx[slot];
        for (int i = block->term_first[slot]; i < block->term_first[slot + 1]; i++) {
            total -= *number(block, record, block->terms[i].at) * z[block->terms[i].row];
        }
        for (int e = 0; e < count; e++) {
            sum[s][events[e].lane] = total[events[e].lane];
        }
    }
}

static void gather_begins(const struct ipm_block *block, const lanes *record,
                          const struct ipm_event *events, int count, const lanes *z, lanes *sum) {
    for (int i = 0; i < block->begins_count && count > 0; i++) {
        const struct ipm_begin *begin = &block->begins[i];
        lanes less = *number(block, record, begin->at) * z[begin->row];
        for (int e = 0; e < count; e++) {
            sum[block->states + begin->state][events[e].lane] -= less[events[e].lane];
        }
    }
}

/* First pass: B' A^-1 r of wide and sum slots. */
FOR_EACH_MACHINE
static void gather_border(const struct ipm_block *block, const lanes *record, const lanes *h,
                          const lanes *rx, const lanes *z, lanes *sum) {
    lanes *wide = sum + 2 * block->states, *sums = wide + block->wides_count;
    for (int i = 0; i < block->wide_terms_count; i++) {
        const struct ipm_wide *term = &block->wide_terms[i];
        wide[term->wide] -= *number(block, record, term->at) * z[term->row];
    }
    for (int slot = 0; slot < block->pattern.columns; slot++) {
        if (block->sum_first[slot] == block->sum_first[slot + 1]) {
            continue;
        }
        int node = block->tape.node_of_slot[slot];
        lanes t = node >= 0 ? z[node] : rx[slot];
        for (int i = block->term_first[slot]; node < 0 && i < block->term_first[slot + 1]; i++) {
            t -= *number(block, record, block->terms[i].at) * z[block->terms[i].row];
        }
        t = node >= 0 ? t : t * h[slot];
        for (int i = block->sum_first[slot]; i < block->sum_first[slot + 1]; i++) {
            sums[block->sum_terms[i].row] -= *number(block, record, block->sum_terms[i].at) * t;
        }
    }
}

/* Second pass: steps of columns and rows. */
FOR_EACH_MACHINE
static void write_step(const struct ipm_block *block, const lanes *record, const lanes *h,
                       const lanes *rx, const lanes *v, const lanes *z, lanes *dx, lanes *dy) {
    const lanes *sum = v + block->states + block->wides_count;
    memcpy(dy, z, (size_t)block->pattern.rows * sizeof *dy);
    for (int slot = 0; slot < block->pattern.columns; slot++) {
        int node = block->tape.node_of_slot[slot];
        if (node >= 0) {
            dx[slot] = z[node];
            continue;
        }
        lanes t = rx[slot];
        for (int i = block->term_first[slot]; i < block->term_first[slot + 1]; i++) {
            t -= *number(block, record, block->terms[i].at) * z[block->terms[i].row];
        }
        for (int i = block->sum_first[slot]; i < block->sum_first[slot + 1]; i++) {
            t -= *number(block, record, block->sum_terms[i].at) * sum[block->sum_terms[i].row];
        }
        dx[slot] = t * h[slot];
    }
}

static void keep_sums(struct ipm_block *block, const struct ipm_event *event, lanes *sum) {
    for (int a = 0; a < block->part_nodes; a++) {
        if (event->piece >= 0) {
            block->sums[(long)event->piece * block->part_nodes + a] = sum[a][event->lane];
        }
        sum[a][event->lane] = 0.0;
    }
}

static void backward(const struct ipm_sweep *sweep, struct ipm_block *block, int group,
                     bool second) {
    const struct ipm_tape *tape = &block->tape;
    const struct ipm_chunk *chunk = &sweep->ipm->chunks[block->first_chunk + group];
    int columns = block->pattern.columns, rows = block->pattern.rows, ended, begun;
    lanes *z = block->scratch[group], *v = z + tape->nodes, *sum = v + block->part_nodes;
    for (int a = 0; a < block->part_nodes; a++) {
        lanes_set(&sum[a], 0.0);
    }
    for (int s = 0; s < block->states; s++) {
        lanes_set(&z[tape->first_end + s], 0.0);
    }
    for (int k = block->stages - 1; k >= 0; k--) {
        long at = (long)group * block->stages + k;
        const lanes *record = record_at(block, group, k);
        const lanes *h = &sweep->h[chunk->column + (long)k * columns];
        const lanes *rx = &sweep->rx[chunk->column + (long)k * columns];
        const struct ipm_event *ends = events_at(block, group, k + 1, &ended);
        const struct ipm_event *begins = events_at(block, group, k, &begun);
        set_ends(sweep, block, ends, ended, second, z);
        for (int e = 0; second && e < ended; e++) { /* back into the piece that ends here */
            struct ipm_event into = {ends[e].lane, ends[e].ended, -1};
            load_border(sweep, block, &into, v);
        }
        substitute(tape, &block->factor[at * tape->stored], &block->between[at * tape->pivots], z);
        if (second) {
            write_step(block, record, h, rx, v, z, &sweep->dx[chunk->column + (long)k * columns],
                       &sweep->dy[chunk->row + (long)k * rows]);
        } else {
            gather_ends(block, record, rx, ends, ended, z, sum);
            gather_border(block, record, h, rx, z, sum);
            gather_begins(block, record, begins, begun, z, sum);
            for (int e = 0; e < begun; e++) {
                keep_sums(block, &begins[e], sum);
            }
        }
        for (int s = 0; s < block->states; s++) {
            z[tape->first_end + s] = z[tape->first_begin + s];
        }
    }
}

static void work_on(void *data, int index) {
    const struct ipm_sweep *sweep = data;
    const struct ipm_chunk *chunk = &sweep->ipm->chunks[index];
    struct ipm_block *block = &sweep->ipm->blocks[chunk->block];
    switch (sweep->task) {
    case SWEEP_FACTOR:
        factor_group(sweep, block, chunk->group);
        break;
    case SWEEP_FIRST:
        forward(sweep, block, chunk->group, false);
        backward(sweep, block, chunk->group, false);
        break;
    case SWEEP_SECOND:
        forward(sweep, block, chunk->group, true);
        backward(sweep, block, chunk->group, true);
        break;
    }
}

static enum status over_groups(struct ipm_sweep *sweep, enum ipm_sweep_task task) {
    sweep->task = task;
    return parallel_for(sweep->ipm->threads, sweep->ipm->chunks_count - 1, work_on, sweep);
}

enum status ipm_factor(struct ipm *ipm, const lanes *h) {
    struct ipm_sweep sweep = {.ipm = ipm, .h = h};
    TRY(over_groups(&sweep, SWEEP_FACTOR));
    ipm_border_factor(ipm, &h[ipm->chunks[ipm->chunks_count - 1].column]);
    return STATUS_OK;
}

enum status ipm_solve_kkt(struct ipm *ipm, const lanes *h, const lanes *rx, const lanes *rp,
                          lanes *dx, lanes *dy) {
    struct ipm_sweep sweep = {ipm, SWEEP_FIRST, h, rx, rp, dx, dy};
    const struct ipm_chunk *border = &ipm->chunks[ipm->chunks_count - 1];
    TRY(over_groups(&sweep, SWEEP_FIRST));
    ipm_border_solve(ipm, &h[border->column], &rx[border->column], &rp[border->row]);
    ipm_border_step(ipm, &h[border->column], &rx[border->column], &dx[border->column],
                    &dy[border->row]);
    return over_groups(&sweep, SWEEP_SECOND);
}

enum status ipm_sweep_begin(struct ipm *ipm, struct ipm_block *block) {
    const struct ipm_tape *tape = &block->tape;
    long stages = (long)block->groups * block->stages;
    block->work = ARENA_TAKE(ipm->arena, lanes *, block->groups);
    block->scratch = ARENA_TAKE(ipm->arena, lanes *, block->groups);
    block->factor = ARENA_TAKE(ipm->arena, lanes, stages * tape->stored);
    block->between = ARENA_TAKE(ipm->arena, lanes, stages * tape->pivots);
    for (int g = 0; g < block->groups && !arena_failed(ipm->arena); g++) {
        block->work[g] = ARENA_TAKE(ipm->arena, lanes, tape->slots);
        block->scratch[g] = ARENA_TAKE(ipm->arena, lanes, tape->nodes + 2 * block->part_nodes);
    }
    return arena_failed(ipm->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
