/* Products with the matrix, slacks included: A x and A' y, stage by stage, and the border's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_product.h"

#include "base/parallel.h"
#include "optimise/ipm_kernels.h"
#include "optimise/ipm_sweep.h"

struct product {
    struct ipm *ipm;
    const lanes *x, *y;
    lanes *ax, *aty;
    const struct ipm_product_company *company;
};

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

/* The border's x and y in a lane of a piece: wide slots, sum slots. */
static void load_border(const struct product *product, const struct ipm_block *block,
                        const struct ipm_event *event, lanes *v) {
    const struct ipm *ipm = product->ipm;
    const struct ipm_chunk *border = &ipm->chunks[ipm->chunks_count - 1];
    for (int i = 2 * block->states; i < block->part_nodes; i++) {
        int node = event->piece < 0 ? -1 : ipm_part_node(block, &block->pieces[event->piece], i);
        int column = node - ipm->border.levels, row = column - ipm->border.columns;
        v[i - block->states][event->lane] = node < 0 ? 0.0
                                            : row < 0
                                                ? at_column(product->x + border->column, column)
                                                : at_column(product->y + border->row, row);
    }
}

static void keep_sums(struct ipm_block *block, const struct ipm_event *event, lanes *sum) {
    for (int i = 2 * block->states; i < block->part_nodes; i++) {
        if (event->ended >= 0) {
            block->sums[(long)event->ended * block->part_nodes + i] = sum[i][event->lane];
        }
        sum[i][event->lane] = 0.0;
    }
}

/* Levels at the begin: those of the stage before, or where a piece begins of the step it follows. */
static void load_levels(const struct product *product, const struct ipm_chunk *chunk,
                        const struct ipm_block *block, const lanes *before_x, int k, lanes *level) {
    int count, lane;
    const struct ipm_event *events = ipm_events_at(block, chunk->group, k, &count);
    for (int s = 0; s < block->states; s++) {
        int slot = block->slot_of_state[s];
        if (k > 0) {
            memcpy(&level[s], &before_x[slot], sizeof *level);
        }
        for (int e = 0; e < count; e++) {
            const struct ipm_piece *piece =
                events[e].piece < 0 ? NULL : &block->pieces[events[e].piece];
            double value = 0.0;
            if (piece && piece->before != PROGRAMME_FIXED) {
                long place = ipm_place(product->ipm, block, slot, piece->before, &lane);
                value = product->x[place][lane];
            }
            level[s][events[e].lane] = value;
        }
    }
}

/* What the next stage charges for the levels at the end of stage k. */
static void load_prices(const struct product *product, const struct ipm_chunk *chunk,
                        const struct ipm_block *block, int k, lanes *work) {
    lanes *price = work + block->places.price;
    int count;
    if (k + 1 == block->stages) {
        memset(price, 0, (size_t)block->states * sizeof *price);
    } else {
        product->ipm->kernels->charge(block, chunk->record + (long)(k + 1) * chunk->record_size,
                                      product->y + chunk->row + (long)(k + 1) * block->pattern.rows,
                                      work);
    }
    const struct ipm_event *events = ipm_events_at(block, chunk->group, k + 1, &count);
    for (int e = 0; e < count; e++) {
        for (int s = 0; s < block->states; s++) {
            price[s][events[e].lane] =
                events[e].ended < 0 ? 0.0
                                    : block->end_price[(long)events[e].ended * block->states + s];
        }
    }
}

static void multiply_group(void *data, int index) {
    const struct product *product = data;
    const struct ipm_chunk *chunk = &product->ipm->chunks[index];
    struct ipm_block *block = &product->ipm->blocks[chunk->block];
    const struct ipm_places *at = &block->places;
    int columns = block->pattern.columns, rows = block->pattern.rows, count;
    lanes *work = block->work[chunk->group], *sum = work + at->sum;
    memset(sum, 0, (size_t)block->part_nodes * sizeof *sum);
    for (int k = 0; k <= block->stages; k++) {
        const struct ipm_event *events = ipm_events_at(block, chunk->group, k, &count);
        for (int e = 0; e < count; e++) {
            keep_sums(block, &events[e], sum);
            load_border(product, block, &events[e], work + at->border);
        }
        if (k == block->stages) {
            break;
        }
        const lanes *x = product->x + chunk->column + (long)k * columns;
        const lanes *y = product->y + chunk->row + (long)k * rows;
        lanes *ax = product->ax + chunk->row + (long)k * rows;
        lanes *aty =
            product->aty ? product->aty + chunk->column + (long)k * columns : work + at->column;
        ipm_ask_record(chunk, k + 1);
        ipm_load_coefficients(block, chunk->record + (long)k * chunk->record_size, work);
        memcpy(work + at->node, y, (size_t)rows * sizeof *y);
        load_levels(product, chunk, block, k > 0 ? x - columns : NULL, k, work + at->level);
        load_prices(product, chunk, block, k, work);
        product->ipm->kernels->multiply(block, x, work, ax, aty);
        product->ipm->kernels->gather_product(block, x, work);
        if (product->company) {
            product->company->after(product->company->data, chunk, k, ax, aty);
        }
    }
}

void ipm_charge_ends(const struct ipm *ipm, struct ipm_block *block, const lanes *y) {
    int states = block->states;
    memset(block->end_price, 0, (size_t)block->pieces_count * (size_t)states * sizeof(double));
    for (int p = 0; p < block->pieces_count; p++) {
        const struct ipm_piece *piece = &block->pieces[p];
        if (piece->before_node < 0) {
            continue;
        }
        double *price = &block->end_price[piece->before_node - block->first_node];
        const struct ipm_chunk *chunk = &ipm->chunks[block->first_chunk + piece->group];
        const lanes *record = chunk->record + (long)piece->stage * chunk->record_size;
        const lanes *at = y + chunk->row + (long)piece->stage * block->pattern.rows;
        for (int i = 0; i < block->begins_count; i++) {
            const struct ipm_begin *begin = &block->begins[i];
            price[begin->state] += (*ipm_number(&block->pattern, record, begin->at))[piece->lane] *
                                   at[begin->row][piece->lane];
        }
    }
}

void ipm_multiply_border(const struct ipm *ipm, const lanes *all_x, const lanes *all_y,
                         lanes *all_ax, lanes *all_aty) {
    const struct ipm_border *border = &ipm->border;
    const struct ipm_chunk *chunk = &ipm->chunks[ipm->chunks_count - 1];
    const lanes *x = all_x + chunk->column, *y = all_y + chunk->row;
    lanes *ax = all_ax + chunk->row, *aty = all_aty + chunk->column;
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

enum status ipm_multiply_along(struct ipm *ipm, const lanes *x, const lanes *y, lanes *ax,
                               lanes *aty, lanes *border_aty,
                               const struct ipm_product_company *company) {
    struct product product = {ipm, x, y, ax, aty, company};
    const struct ipm_chunk *border = &ipm->chunks[ipm->chunks_count - 1];
    for (int k = 0; k < ipm->blocks_count; k++) {
        ipm_charge_ends(ipm, &ipm->blocks[k], y);
    }
    TRY(parallel_for(ipm->threads, ipm->chunks_count - 1, multiply_group, &product));
    ipm_multiply_border(ipm, x, y, ax, border_aty);
    if (company) {
        company->after(company->data, border, 0, ax + border->row, border_aty + border->column);
    }
    return STATUS_OK;
}

enum status ipm_multiply(struct ipm *ipm, const lanes *x, const lanes *y, lanes *ax, lanes *aty) {
    return ipm_multiply_along(ipm, x, y, ax, aty, aty, NULL);
}
