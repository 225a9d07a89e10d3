/* The kernels in plain C, lane by lane and number by number: slow, obvious, and the measure of the vector
   kernels. No tape: a stage's system is a dense matrix, eliminated in the tape's order. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_plain.h"

#include <assert.h>

/* A coefficient in one lane. */
static double number_of(const struct ipm_block *block, const lanes *work, int at, int q) {
    return work[at < 0 ? -1 - at : block->places.coefficient + at][q];
}

/* The system of one stage in one lane: a[i * n + j], and the largest number each diagonal was made from. */
struct system {
    const struct ipm_block *block;
    const struct ipm_tape *tape;
    lanes *work;
    int n, q;
    double *a, *most;
    int *turn;
};

static void set(struct system *s, int i, int j, double value) {
    s->a[i * s->n + j] = s->a[j * s->n + i] = value;
    s->most[i] = i == j ? fabs(value) : s->most[i];
}

static void subtract(struct system *s, int i, int j, double value) {
    s->a[i * s->n + j] -= value;
    if (i != j) {
        s->a[j * s->n + i] = s->a[i * s->n + j];
    } else {
        s->most[i] = fmax(fabs(value), s->most[i]);
    }
}

static int end_of(const struct system *s, int begin) {
    return begin - s->tape->first_begin + s->tape->first_end;
}

/* What the stages before have left: levels at the begin, and the border's part. */
static void take_over(struct system *s) {
    const struct ipm_tape *tape = s->tape;
    for (int i = tape->first_begin; i < tape->first_begin + s->block->states; i++) {
        for (int j = tape->first_begin; j < s->n; j++) {
            bool level = j < tape->first_begin + s->block->states;
            int slot = level || j >= tape->first_border
                           ? tape->entry[end_of(s, i) * s->n + (level ? end_of(s, j) : j)]
                           : -1;
            if (slot >= 0 && (!level || j <= i)) {
                set(s, i, j, s->work[slot][s->q]);
            }
        }
    }
    for (int i = tape->first_border; i < s->n; i++) {
        for (int j = tape->first_border; j <= i; j++) {
            int slot = tape->entry[i * s->n + j];
            set(s, i, j, slot < 0 ? 0.0 : s->work[slot][s->q]);
        }
    }
}

static void hand_on(const struct system *s) {
    const struct ipm_tape *tape = s->tape;
    for (int i = tape->first_end; i < s->n; i++) {
        for (int j = tape->first_end; j <= i; j++) {
            int slot = tape->entry[i * s->n + j];
            if (slot >= 0) {
                s->work[slot][s->q] = s->a[i * s->n + j];
            }
        }
    }
}

enum { COLUMN_MOST = 256 }; /* entries of one column */

struct column_entry {
    int node;
    double value;
};

static int column_entries(const struct system *s, int slot, struct column_entry *ret) {
    const struct ipm_block *block = s->block;
    int count = 0;
    assert(block->term_first[slot + 1] - block->term_first[slot] + block->sum_first[slot + 1] -
               block->sum_first[slot] <=
           COLUMN_MOST);
    for (int i = block->term_first[slot]; i < block->term_first[slot + 1]; i++) {
        ret[count++] = (struct column_entry){block->terms[i].row,
                                             number_of(block, s->work, block->terms[i].at, s->q)};
    }
    for (int i = block->sum_first[slot]; i < block->sum_first[slot + 1]; i++) {
        ret[count++] =
            (struct column_entry){s->tape->first_sum + block->sum_terms[i].row,
                                  number_of(block, s->work, block->sum_terms[i].at, s->q)};
    }
    return count;
}

static void assemble(struct system *s) {
    const struct ipm_block *block = s->block;
    const struct ipm_tape *tape = s->tape;
    struct column_entry entry[COLUMN_MOST];
    for (int r = 0; r < block->pattern.rows; r++) {
        set(s, r, r, s->work[tape->minus_delta][s->q]);
    }
    for (int i = 0; i < block->begins_count; i++) {
        const struct ipm_begin *begin = &block->begins[i];
        set(s, begin->row, tape->first_begin + begin->state, s->work[tape->begin_kept + i][s->q]);
        set(s, begin->row, tape->first_border + begin->state, s->work[tape->begin_first + i][s->q]);
    }
    for (int i = 0; i < block->wide_terms_count; i++) {
        const struct ipm_wide *term = &block->wide_terms[i];
        set(s, term->row, tape->first_wide + term->wide, number_of(block, s->work, term->at, s->q));
    }
    for (int slot = 0; slot < block->pattern.columns; slot++) {
        int node = tape->node_of_slot[slot], count = column_entries(s, slot, entry);
        double h = s->work[tape->h + slot][s->q];
        if (node >= 0) {
            set(s, node, node, h);
        }
        for (int i = 0; i < count; i++) {
            if (node >= 0) {
                set(s, entry[i].node, node, entry[i].value);
            }
            for (int j = 0; j <= i && node < 0; j++) {
                subtract(s, entry[i].node, entry[j].node, h * entry[i].value * entry[j].value);
            }
        }
    }
}

/* The multiplier is that of the node whose turn comes first; of two that are no pivots, of the later. */
static void turns(const struct ipm_tape *tape, int *turn) {
    for (int i = 0; i < tape->nodes; i++) {
        turn[i] = 2 * tape->nodes - i;
    }
    for (int p = 0; p < tape->pivots; p++) {
        turn[tape->order[p]] = p;
    }
}

static void eliminate_single(struct system *s, int node, const struct ipm_floor *floor, bool *done,
                             double *ret_inverse, double *multiple) {
    bool up = node >= s->tape->first_begin;
    double pivot = fabs(s->a[node * s->n + node]);
    double least = s->most[node] * floor->ratio + (up ? floor->column : floor->row);
    double size = pivot > least ? pivot : least;
    *ret_inverse = up ? 1.0 / size : -1.0 / size;
    done[node] = true;
    for (int b = 0; b < s->n; b++) {
        multiple[b] = s->a[node * s->n + b] * *ret_inverse;
    }
    for (int i = 0; i < s->n; i++) {
        for (int j = 0; j <= i; j++) {
            int first = s->turn[i] <= s->turn[j] ? i : j, second = i + j - first;
            if (!done[i] && !done[j]) {
                subtract(s, i, j, multiple[first] * s->a[node * s->n + second]);
            }
        }
    }
}

static void eliminate_pair(struct system *s, int row, int column, bool *done, double *ret_inverse,
                           double *ret_cross) {
    int n = s->n;
    double r = s->a[row * n + row], x = s->a[column * n + column], c = s->a[row * n + column];
    double over = 1.0 / (r * x - c * c);
    double by_row = ret_inverse[0] = x * over, by_column = ret_inverse[1] = r * over;
    *ret_cross = -(c * over);
    done[row] = done[column] = true;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
            int first = s->turn[i] <= s->turn[j] ? i : j, second = i + j - first;
            double of_row = s->a[row * n + first], of_column = s->a[column * n + first];
            double by_r = of_row * by_row + of_column * *ret_cross;
            double by_x = of_row * *ret_cross + of_column * by_column;
            if (!done[i] && !done[j]) {
                subtract(s, i, j, by_r * s->a[row * n + second]);
                subtract(s, i, j, by_x * s->a[column * n + second]);
            }
        }
    }
}

static void factor(const struct ipm_block *block, const struct ipm_floor *floor, lanes *work,
                   lanes *ret_factor) {
    const struct ipm_tape *tape = &block->tape;
    int n = tape->nodes, pairs = tape->pairs, first = tape->pivots + pairs;
    double *room = (double *)(work + tape->dense), *multiple = room + n * n + n;
    int *turn = (int *)(void *)(multiple + n);
    bool *done = (bool *)(turn + n);
    struct system s = {block, tape, work, n, 0, room, room + n * n, turn};
    turns(tape, turn);
    for (s.q = 0; s.q < LANES; s.q++) {
        int q = s.q;
        double inverse[2], cross;
        memset(room, 0, (size_t)(n * n + n) * sizeof *room);
        memset(done, 0, (size_t)n * sizeof *done);
        take_over(&s);
        assemble(&s);
        for (int p = 0; p < 2 * pairs; p += 2) {
            eliminate_pair(&s, tape->order[p], tape->order[p + 1], done, inverse, &cross);
            ret_factor[p][q] = inverse[0];
            ret_factor[p + 1][q] = inverse[1];
            ret_factor[tape->pivots + p / 2][q] = cross;
        }
        for (int p = 2 * pairs, kept = first; p < tape->pivots; p++) {
            eliminate_single(&s, tape->order[p], floor, done, inverse, multiple);
            ret_factor[p][q] = inverse[0];
            for (int i = tape->later.first[p]; i < tape->later.first[p + 1]; i++, kept++) {
                int node = tape->later.factors[i].b / LANES - block->places.node;
                ret_factor[kept][q] = multiple[node];
            }
        }
        hand_on(&s);
    }
}

/* Sum i of a list in one lane. */
static double sum_of(const struct ipm_list *list, int i, const double *a, const double *b, int q,
                     double from, double sign) {
    for (int k = list->first[i]; k < list->first[i + 1]; k++) {
        from += sign * (a[list->factors[k].a + q] * b[list->factors[k].b + q]);
    }
    return from;
}

static void right_side(const struct ipm_block *block, const lanes *h, const lanes *rx,
                       const lanes *rp, lanes *work) {
    const struct ipm_places *at = &block->places;
    const double *w = (const double *)work;
    for (int q = 0; q < LANES; q++) {
        for (int slot = 0; slot < block->pattern.columns; slot++) {
            int node = block->tape.node_of_slot[slot];
            if (node < 0) {
                work[at->column + slot][q] = rx[slot][q] * h[slot][q];
            } else {
                work[at->node + node][q] = rx[slot][q];
            }
        }
        for (int row = 0; row < block->pattern.rows; row++) {
            work[at->node + row][q] =
                sum_of(&block->row_implicit, row, w, w + at->column * LANES, q, rp[row][q], -1.0);
        }
    }
}

static void border_side(const struct ipm_block *block, const lanes *h, lanes *work) {
    const struct ipm_places *at = &block->places;
    const double *w = (const double *)work;
    for (int q = 0; q < LANES; q++) {
        for (int slot = 0; slot < block->pattern.columns; slot++) {
            int node = block->tape.node_of_slot[slot];
            double t = sum_of(&block->column_sums, slot, w, w, q, 0.0, -1.0);
            if (node < 0) {
                work[at->column + slot][q] = t * h[slot][q];
            } else {
                work[at->node + node][q] = t;
            }
        }
        for (int row = 0; row < block->pattern.rows; row++) {
            double r = sum_of(&block->row_summed, row, w, w + at->column * LANES, q, 0.0, -1.0);
            work[at->node + row][q] = sum_of(&block->row_wides, row, w, w, q, r, -1.0);
        }
    }
}

static void eliminate(const struct ipm_block *block, const lanes *factors, bool second, lanes *work,
                      lanes *ret) {
    const struct ipm_tape *tape = &block->tape;
    lanes *r = work + block->places.node;
    for (int q = 0; q < LANES; q++) {
        for (int p = 0; p < 2 * tape->pairs; p += 2) {
            double of_row = r[tape->order[p]][q], of_column = r[tape->order[p + 1]][q];
            double cross = factors[tape->pivots + p / 2][q];
            double by_column = factors[p + 1][q] * of_column + cross * of_row;
            double by_row = factors[p][q] * of_row + cross * of_column;
            ret[p][q] = second ? ret[p][q] + by_row : by_row;
            ret[p + 1][q] = second ? ret[p + 1][q] + by_column : by_column;
            for (int i = tape->later.first[p + 1]; i < tape->later.first[p + 2]; i++) {
                const struct ipm_factors *f = &tape->later.factors[i];
                work[f->b / LANES][q] -= work[f->a / LANES][q] * by_column;
            }
        }
        for (int p = 2 * tape->pairs; p < tape->pivots; p++) {
            double value = r[tape->order[p]][q];
            double found = value * factors[p][q];
            ret[p][q] = second ? ret[p][q] + found : found;
            for (int i = tape->later.first[p]; i < tape->later.first[p + 1]; i++) {
                const struct ipm_factors *f = &tape->later.factors[i];
                work[f->b / LANES][q] -= factors[f->a / LANES][q] * value;
            }
        }
    }
}

static void substitute(const struct ipm_block *block, const lanes *factors, const lanes *between,
                       lanes *work) {
    const struct ipm_tape *tape = &block->tape;
    const double *w = (const double *)work, *l = (const double *)factors;
    lanes *z = work + block->places.node;
    for (int q = 0; q < LANES; q++) {
        for (int p = tape->pivots - 1; p >= 2 * tape->pairs; p--) {
            z[tape->order[p]][q] = sum_of(&tape->later, p, l, w, q, between[p][q], -1.0);
        }
        for (int p = 2 * tape->pairs - 2; p >= 0; p -= 2) {
            double behind = sum_of(&tape->later, p + 1, w, w, q, 0.0, 1.0);
            z[tape->order[p]][q] = between[p][q] - factors[tape->pivots + p / 2][q] * behind;
            z[tape->order[p + 1]][q] = between[p + 1][q] - factors[p + 1][q] * behind;
        }
    }
}

static void gather(const struct ipm_block *block, const lanes *h, const lanes *rx, lanes *work) {
    const struct ipm_places *at = &block->places;
    const double *w = (const double *)work;
    lanes *wide = work + at->sum + 2 * block->states, *sum = wide + block->wides_count;
    for (int q = 0; q < LANES; q++) {
        for (int k = 0; k < block->summed_count; k++) {
            int slot = block->summed[k], node = block->tape.node_of_slot[slot];
            work[at->column + slot][q] =
                node < 0
                    ? sum_of(&block->column_rows, slot, w, w, q, rx[slot][q], -1.0) * h[slot][q]
                    : work[at->node + node][q];
        }
        for (int k = 0; k < block->wides_count; k++) {
            wide[k][q] = sum_of(&block->wide_rows, k, w, w, q, wide[k][q], -1.0);
        }
        for (int k = 0; k < block->sums_count; k++) {
            sum[k][q] =
                sum_of(&block->sum_columns, k, w, w + at->column * LANES, q, sum[k][q], -1.0);
        }
        for (int s = 0; s < block->states; s++) {
            int slot = block->slot_of_state[s];
            work[at->level + s][q] = sum_of(&block->column_rows, slot, w, w, q, rx[slot][q], -1.0);
        }
    }
}

static void write_step(const struct ipm_block *block, const lanes *h, const lanes *rx,
                       lanes *work) {
    const double *w = (const double *)work;
    const lanes *z = work + block->places.node;
    lanes *dx = work + block->places.dx;
    for (int q = 0; q < LANES; q++) {
        for (int slot = 0; slot < block->pattern.columns; slot++) {
            int node = block->tape.node_of_slot[slot];
            double t = sum_of(&block->column_rows, slot, w, w, q, rx[slot][q], -1.0);
            t = sum_of(&block->column_sums, slot, w, w, q, t, -1.0);
            dx[slot][q] = node < 0 ? t * h[slot][q] : z[node][q];
        }
    }
}

static void keep(const lanes *from, int count, bool far, lanes *to) {
    (void)far;
    memcpy(to, from, (size_t)count * sizeof *to);
}

static void multiply(const struct ipm_block *block, const lanes *x, lanes *work, lanes *ax,
                     lanes *aty) {
    const struct ipm_places *at = &block->places;
    const double *w = (const double *)work;
    for (int q = 0; q < LANES; q++) {
        for (int row = 0; row < block->pattern.rows; row++) {
            double value = sum_of(&block->row_terms, row, w, (const double *)x, q, 0.0, 1.0);
            ax[row][q] = sum_of(&block->row_wides, row, w, w, q, value, 1.0);
        }
        for (int b = 0; b < block->begins_count; b++) {
            const struct ipm_begin *begin = &block->begins[b];
            ax[begin->row][q] +=
                number_of(block, work, begin->at, q) * work[at->level + begin->state][q];
        }
        for (int slot = 0; slot < block->pattern.columns; slot++) {
            double value = sum_of(&block->column_rows, slot, w, w, q, 0.0, 1.0);
            aty[slot][q] = sum_of(&block->column_sums, slot, w, w, q, value, 1.0);
        }
        for (int s = 0; s < block->states; s++) {
            aty[block->slot_of_state[s]][q] += work[at->price + s][q];
        }
    }
}

static void gather_product(const struct ipm_block *block, const lanes *x, lanes *work) {
    const double *w = (const double *)work;
    lanes *wide = work + block->places.sum + 2 * block->states, *sum = wide + block->wides_count;
    for (int q = 0; q < LANES; q++) {
        for (int k = 0; k < block->wides_count; k++) {
            wide[k][q] = sum_of(&block->wide_rows, k, w, w, q, wide[k][q], 1.0);
        }
        for (int k = 0; k < block->sums_count; k++) {
            sum[k][q] = sum_of(&block->sum_columns, k, w, (const double *)x, q, sum[k][q], 1.0);
        }
    }
}

static void charge(const struct ipm_block *block, const lanes *record, const lanes *y,
                   lanes *work) {
    lanes *price = work + block->places.price;
    for (int s = 0; s < block->states; s++) {
        lanes_set(&price[s], 0.0);
    }
    for (int b = 0; b < block->begins_count; b++) {
        const struct ipm_begin *begin = &block->begins[b];
        const lanes *a = ipm_number(&block->pattern, record, begin->at);
        for (int q = 0; q < LANES; q++) {
            price[begin->state][q] += (*a)[q] * y[begin->row][q];
        }
    }
}

const struct ipm_kernels ipm_kernels_plain = {
    .factor = factor,
    .right_side = right_side,
    .border_side = border_side,
    .eliminate = eliminate,
    .substitute = substitute,
    .gather = gather,
    .write_step = write_step,
    .keep = keep,
    .multiply = multiply,
    .gather_product = gather_product,
    .charge = charge,
    .measure = ipm_plain_measure,
    .predicted = ipm_plain_predicted,
    .aim = ipm_plain_aim,
    .corrected = ipm_plain_corrected,
    .advance = ipm_plain_advance,
    .missed = ipm_plain_missed,
};
