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
static void load_border(const struct ipm *ipm, const struct ipm_block *block, const lanes *x,
                        const lanes *y, const struct ipm_event *event, lanes *v) {
    const struct ipm_chunk *border = &ipm->chunks[ipm->chunks_count - 1];
    for (int i = 2 * block->states; i < block->part_nodes; i++) {
        int node = event->piece < 0 ? -1 : ipm_part_node(block, &block->pieces[event->piece], i);
        int column = node - ipm->border.levels, row = column - ipm->border.columns;
        v[i - block->states][event->lane] = node < 0  ? 0.0
                                            : row < 0 ? at_column(x + border->column, column)
                                                      : at_column(y + border->row, row);
    }
}

static void keep_sums(struct ipm_block *block, const struct ipm_event *event, lanes *sum) {
    for (int i = 2 * block->states; i < block->part_nodes; i++) {
        if (event->ended >= 0) {
            block->products[(long)event->ended * block->part_nodes + i] = sum[i][event->lane];
        }
        sum[i][event->lane] = 0.0;
    }
}

/* Levels at the begin: those of the stage before, or where a piece begins of the step it follows. */
static void load_levels(const struct ipm_chunk *chunk, const struct ipm_block *block,
                        const lanes *before_x, int k, lanes *level) {
    int count;
    const struct ipm_event *events = ipm_events_at(block, chunk->group, k, &count);
    for (int s = 0; s < block->states; s++) {
        if (k > 0) {
            memcpy(&level[s], &before_x[block->slot_of_state[s]], sizeof *level);
        }
        for (int e = 0; e < count; e++) {
            level[s][events[e].lane] =
                events[e].piece < 0 ? 0.0
                                    : block->begin_level[(long)events[e].piece * block->states + s];
        }
    }
}

/* What the next stage charges for the levels at the end of stage k. */
static void load_prices(const struct ipm *ipm, const struct ipm_chunk *chunk,
                        const struct ipm_block *block, const lanes *next_y, int k, lanes *work) {
    lanes *price = work + block->places.price;
    int count;
    if (k + 1 == block->stages) {
        memset(price, 0, (size_t)block->states * sizeof *price);
    } else {
        ipm->kernels->charge(block, chunk->record + (long)(k + 1) * chunk->record_size, next_y,
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

void ipm_multiply_stage(struct ipm *ipm, const struct ipm_chunk *chunk, int k, const lanes *all_x,
                        const lanes *all_y, lanes *ax, lanes *aty) {
    struct ipm_block *block = &ipm->blocks[chunk->block];
    const struct ipm_places *at = &block->places;
    int columns = block->pattern.columns, rows = block->pattern.rows, count;
    const lanes *x = all_x + chunk->column + (long)k * columns;
    const lanes *y = all_y + chunk->row + (long)k * rows;
    lanes *work = block->work[chunk->group], *sum = work + at->sum;
    const struct ipm_event *events = ipm_events_at(block, chunk->group, k, &count);
    if (k == 0) {
        memset(sum, 0, (size_t)block->part_nodes * sizeof *sum);
    }
    for (int e = 0; e < count; e++) {
        keep_sums(block, &events[e], sum);
        load_border(ipm, block, all_x, all_y, &events[e], work + at->border);
    }
    if (k == block->stages) {
        return;
    }
    memcpy(work + at->node, y, (size_t)rows * sizeof *y);
    load_levels(chunk, block, k > 0 ? x - columns : NULL, k, work + at->level);
    load_prices(ipm, chunk, block, y + rows, k, work);
    ipm->kernels->multiply(block, x, work, ax, aty);
    ipm->kernels->gather_product(block, x, work);
}

static void multiply_group(void *data, int index) {
    const struct product *product = data;
    const struct ipm_chunk *chunk = &product->ipm->chunks[index];
    const struct ipm_block *block = &product->ipm->blocks[chunk->block];
    if (!block->is_here) {
        return;
    }
    for (int k = 0; k < block->stages; k++) {
        lanes *ax = product->ax + chunk->row + (long)k * block->pattern.rows;
        lanes *aty = product->aty + chunk->column + (long)k * block->pattern.columns;
        ipm_ask_record(chunk, k + 2);
        ipm_load_coefficients(block, chunk->record + (long)k * chunk->record_size,
                              block->work[chunk->group]);
        ipm_multiply_stage(product->ipm, chunk, k, product->x, product->y, ax, aty);
        if (product->company) {
            product->company->after(product->company->data, chunk, k, ax, aty);
        }
    }
    ipm_multiply_stage(product->ipm, chunk, block->stages, product->x, product->y, NULL, NULL);
}

static double moved_x(const struct ipm_move *move, const lanes *x, long place, int lane) {
    if (!move) {
        return x[place][lane];
    }
    double affine = move->affine.x[place][lane], step = move->step.x[place][lane];
    return x[place][lane] + move->primal * (affine + move->primal_weight * (step - affine));
}

static double moved_y(const struct ipm_move *move, const lanes *y, long place, int lane) {
    if (!move) {
        return y[place][lane];
    }
    double affine = move->affine.y[place][lane], step = move->step.y[place][lane];
    return y[place][lane] - move->dual * (affine + move->dual_weight * (step - affine));
}

void ipm_charge_ends(const struct ipm *ipm, struct ipm_block *block, const lanes *y,
                     const struct ipm_move *move) {
    int states = block->states;
    if (!block->is_here) {
        return;
    }
    memset(block->end_price, 0, (size_t)block->pieces_count * (size_t)states * sizeof(double));
    for (int p = 0; p < block->pieces_count; p++) {
        const struct ipm_piece *piece = &block->pieces[p];
        if (piece->before_node < 0) {
            continue;
        }
        double *price = &block->end_price[piece->before_node - block->first_node];
        const struct ipm_chunk *chunk = &ipm->chunks[block->first_chunk + piece->group];
        const lanes *record = chunk->record + (long)piece->stage * chunk->record_size;
        long first = chunk->row + (long)piece->stage * block->pattern.rows;
        for (int i = 0; i < block->begins_count; i++) {
            const struct ipm_begin *begin = &block->begins[i];
            price[begin->state] += (*ipm_number(&block->pattern, record, begin->at))[piece->lane] *
                                   moved_y(move, y, first + begin->row, piece->lane);
        }
    }
}

void ipm_look_at_ends(const struct ipm *ipm, struct ipm_block *block, const lanes *x,
                      const lanes *y, const struct ipm_move *move) {
    for (int p = 0; block->is_here && p < block->pieces_count; p++) {
        int before = block->pieces[p].before, lane;
        for (int s = 0; s < block->states; s++) {
            double *level = &block->begin_level[(long)p * block->states + s];
            *level = 0.0;
            if (before != PROGRAMME_FIXED) {
                long place = ipm_place(ipm, block, block->slot_of_state[s], before, &lane);
                *level = moved_x(move, x, place, lane);
            }
        }
    }
    ipm_charge_ends(ipm, block, y, move);
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
                int node = block->part_node[(long)p * block->part_nodes + i];
                int column = node - border->levels, row = column - border->columns;
                double sum = block->products[(long)p * block->part_nodes + i];
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
                               lanes *aty, const struct ipm_product_company *company) {
    struct product product = {ipm, x, y, ax, aty, company};
    const struct ipm_chunk *border = &ipm->chunks[ipm->chunks_count - 1];
    for (int k = 0; k < ipm->blocks_count; k++) {
        ipm_look_at_ends(ipm, &ipm->blocks[k], x, y, NULL);
    }
    TRY(parallel_team_for(ipm->team, ipm->chunks_count - 1, multiply_group, &product));
    TRY(ipm_share_products(ipm));
    ipm_multiply_border(ipm, x, y, ax, aty);
    if (company) {
        company->after(company->data, border, 0, ax + border->row, aty + border->column);
    }
    return STATUS_OK;
}

enum status ipm_multiply(struct ipm *ipm, const lanes *x, const lanes *y, lanes *ax, lanes *aty) {
    return ipm_multiply_along(ipm, x, y, ax, aty, NULL);
}
