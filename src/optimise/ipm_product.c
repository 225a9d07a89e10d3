/* Products with the matrix, slacks included: A x and A' y, stage by stage, and the border's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_product.h"

#include "base/parallel.h"

struct product {
    struct ipm *ipm;
    const lanes *x, *y;
    lanes *ax, *aty;
};

LANES_INLINE const lanes *number(const struct ipm_block *block, const lanes *record, int at) {
    return at < 0 ? &block->pattern.constant[-1 - at] : &record[at];
}

static double at_column(const lanes *x, int column) { return x[column / LANES][column % LANES]; }
static void add_column(lanes *x, int column, double value) {
    x[column / LANES][column % LANES] += value;
}

/* Where a state's level at the end of a step stands in arrays of columns. */
long ipm_place(const struct ipm *ipm, const struct ipm_block *block, int slot, int step,
               int *ret_lane) {
    int lane = step / block->stages, stage = step % block->stages;
    const struct ipm_chunk *chunk = &ipm->chunks[block->first_chunk + lane / LANES];
    *ret_lane = lane % LANES;
    return chunk->column + (long)stage * block->pattern.columns + slot;
}

/* Terms of a stage, without levels at the begin. v: border values by lane (wides, sums); sum: what
   they get. */
FOR_EACH_MACHINE
static void stage_terms(const struct ipm_block *block, const lanes *record, const lanes *x,
                        const lanes *y, const lanes *v, lanes *ax, lanes *aty, lanes *sum) {
    const lanes *price = v + block->wides_count;
    lanes *total = sum + block->wides_count;
    for (int r = 0; r < block->pattern.rows; r++) {
        lanes_set(&ax[r], 0.0);
    }
    for (int slot = 0; slot < block->pattern.columns; slot++) {
        lanes value = x[slot], t = {0};
        for (int i = block->term_first[slot]; i < block->term_first[slot + 1]; i++) {
            const lanes *a = number(block, record, block->terms[i].at);
            ax[block->terms[i].row] += *a * value;
            t += *a * y[block->terms[i].row];
        }
        for (int i = block->sum_first[slot]; i < block->sum_first[slot + 1]; i++) {
            const lanes *a = number(block, record, block->sum_terms[i].at);
            total[block->sum_terms[i].row] += *a * value;
            t += *a * price[block->sum_terms[i].row];
        }
        aty[slot] = t;
    }
    for (int i = 0; i < block->wide_terms_count; i++) {
        const struct ipm_wide *term = &block->wide_terms[i];
        const lanes *a = number(block, record, term->at);
        ax[term->row] += *a * v[term->wide];
        sum[term->wide] += *a * y[term->row];
    }
}

/* Levels at the begin: the stage before in the same lane, but in lanes that begin a piece. */
static void begin_terms(const struct product *product, const struct ipm_block *block,
                        const lanes *record, const struct ipm_event *events, int count,
                        const lanes *before_x, const lanes *y, lanes *ax, lanes *before_aty) {
    for (int i = 0; i < block->begins_count; i++) {
        const struct ipm_begin *begin = &block->begins[i];
        int slot = block->slot_of_state[begin->state];
        lanes a = *number(block, record, begin->at), x = {0};
        if (before_x) {
            x = before_x[slot];
        }
        lanes price = a * y[begin->row];
        for (int e = 0; e < count; e++) {
            const struct ipm_piece *piece =
                events[e].piece < 0 ? NULL : &block->pieces[events[e].piece];
            int lane = 0, q = events[e].lane;
            price[q] = 0.0;
            x[q] = 0.0;
            if (piece && piece->before != PROGRAMME_FIXED) {
                long place = ipm_place(product->ipm, block, slot, piece->before, &lane);
                x[q] = product->x[place][lane];
            }
        }
        ax[begin->row] += a * x;
        if (before_aty) {
            before_aty[slot] += price;
        }
    }
}

static void load_border(const struct product *product, const struct ipm_block *block,
                        const struct ipm_event *event, lanes *v) {
    const struct ipm *ipm = product->ipm;
    const struct ipm_chunk *border = &ipm->chunks[ipm->chunks_count - 1];
    int levels = 2 * block->states;
    for (int i = levels; i < block->part_nodes; i++) {
        int node = event->piece < 0 ? -1 : ipm_part_node(block, &block->pieces[event->piece], i);
        int column = node - ipm->border.levels, row = column - ipm->border.columns;
        v[i - levels][event->lane] = node < 0  ? 0.0
                                     : row < 0 ? at_column(product->x + border->column, column)
                                               : at_column(product->y + border->row, row);
    }
}

static void keep_sums(struct ipm_block *block, const struct ipm_event *event, lanes *sum) {
    int levels = 2 * block->states;
    for (int i = levels; i < block->part_nodes; i++) {
        if (event->ended >= 0) {
            block->sums[(long)event->ended * block->part_nodes + i] = sum[i - levels][event->lane];
        }
        sum[i - levels][event->lane] = 0.0;
    }
}

static void multiply_group(void *data, int index) {
    const struct product *product = data;
    const struct ipm_chunk *chunk = &product->ipm->chunks[index];
    struct ipm_block *block = &product->ipm->blocks[chunk->block];
    int columns = block->pattern.columns, rows = block->pattern.rows;
    lanes *v = block->scratch[chunk->group], *sum = v + block->part_nodes;
    for (int i = 0; i < block->part_nodes; i++) {
        lanes_set(&sum[i], 0.0);
    }
    for (int k = 0; k <= block->stages; k++) {
        const int *first = &block->event_first[chunk->group * (block->stages + 2) + k];
        const struct ipm_event *events = &block->events[first[0]];
        int count = first[1] - first[0];
        for (int e = 0; e < count; e++) {
            keep_sums(block, &events[e], sum);
            load_border(product, block, &events[e], v);
        }
        if (k == block->stages) {
            break;
        }
        const lanes *record = chunk->record + (long)k * chunk->record_size;
        const lanes *x = product->x + chunk->column + (long)k * columns;
        const lanes *y = product->y + chunk->row + (long)k * rows;
        lanes *ax = product->ax + chunk->row + (long)k * rows;
        lanes *aty = product->aty + chunk->column + (long)k * columns;
        stage_terms(block, record, x, y, v, ax, aty, sum);
        begin_terms(product, block, record, events, count, k ? x - columns : NULL, y, ax,
                    k ? aty - columns : NULL);
    }
}

/* Prices that levels get from the pieces they begin. */
static void add_begins(const struct product *product, const struct ipm_block *block) {
    const struct ipm *ipm = product->ipm;
    for (int p = 0; p < block->pieces_count; p++) {
        const struct ipm_piece *piece = &block->pieces[p];
        if (piece->before == PROGRAMME_FIXED) {
            continue;
        }
        const struct ipm_chunk *chunk = &ipm->chunks[block->first_chunk + piece->group];
        const lanes *record = chunk->record + (long)piece->stage * chunk->record_size;
        const lanes *y = product->y + chunk->row + (long)piece->stage * block->pattern.rows;
        for (int i = 0; i < block->begins_count; i++) {
            const struct ipm_begin *begin = &block->begins[i];
            int lane;
            long place =
                ipm_place(ipm, block, block->slot_of_state[begin->state], piece->before, &lane);
            product->aty[place][lane] +=
                (*number(block, record, begin->at))[piece->lane] * y[begin->row][piece->lane];
        }
    }
}

static void multiply_border(const struct product *product) {
    const struct ipm *ipm = product->ipm;
    const struct ipm_border *border = &ipm->border;
    const struct ipm_chunk *chunk = &ipm->chunks[ipm->chunks_count - 1];
    const lanes *x = product->x + chunk->column, *y = product->y + chunk->row;
    lanes *ax = product->ax + chunk->row, *aty = product->aty + chunk->column;
    memset(ax, 0, (size_t)border->pattern.rows * sizeof *ax);
    memset(aty, 0, (size_t)border->pattern.columns * sizeof *aty);
    for (int i = 0; i < border->terms_count; i++) {
        const struct ipm_border_term *term = &border->terms[i];
        add_column(ax, term->row, term->value * at_column(x, term->column));
        add_column(aty, term->column, term->value * at_column(y, term->row));
    }
    for (int r = 0; r < border->rows; r++) {
        if (border->slack_of_row[r] >= 0) {
            add_column(ax, r, border->slack_sign[r] * at_column(x, border->slack_of_row[r]));
            add_column(aty, border->slack_of_row[r], border->slack_sign[r] * at_column(y, r));
        }
    }
    for (int k = 0; k < ipm->blocks_count; k++) {
        const struct ipm_block *block = &ipm->blocks[k];
        for (int p = 0; p < block->pieces_count; p++) {
            for (int i = 2 * block->states; i < block->part_nodes; i++) {
                int node = ipm_part_node(block, &block->pieces[p], i);
                int column = node - border->levels, row = column - border->columns;
                double sum = block->sums[(long)p * block->part_nodes + i];
                if (node >= 0 && row < 0) {
                    add_column(aty, column, sum);
                } else if (node >= 0) {
                    add_column(ax, row, sum);
                }
            }
        }
    }
}

enum status ipm_multiply(struct ipm *ipm, const lanes *x, const lanes *y, lanes *ax, lanes *aty) {
    struct product product = {ipm, x, y, ax, aty};
    TRY(parallel_for(ipm->threads, ipm->chunks_count - 1, multiply_group, &product));
    for (int k = 0; k < ipm->blocks_count; k++) {
        add_begins(&product, &ipm->blocks[k]);
    }
    multiply_border(&product);
    return STATUS_OK;
}
