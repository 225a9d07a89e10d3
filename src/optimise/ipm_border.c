/* The border: design and period columns, border rows and the members of sum rows, and the sparse
   system that is left when all stages are eliminated.

     | H + S_ll  S_lc        S_lr                |  levels between pieces
     | S_cl      H + S_cc    A' + S_cr           |  design and period columns
     | S_rl      A + S_rc   -(delta + D) + S_rr  |  border rows and sum rows

   S is what the sweeps of the pieces leave (ipm_block.parts), added in the order of the pieces. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_internal.h"

int ipm_period_column(const struct ipm *ipm, int block, int family, int period) {
    const struct programme_block *b = ipm->blocks[block].source;
    int column = ipm->blocks[block].first_period + period;
    for (int f = 0; f < family; f++) {
        column += b->maps[b->periods[f].map].periods;
    }
    return column;
}

int ipm_sum_row(const struct ipm *ipm, int block, int family, int period) {
    const struct programme_block *b = ipm->blocks[block].source;
    int row = ipm->blocks[block].first_sum + period;
    for (int f = 0; f < family; f++) {
        row += b->maps[b->sums[f].map].periods;
    }
    return row;
}

static void count_border(struct ipm *ipm) {
    struct ipm_border *border = &ipm->border;
    border->columns = ipm->programme->designs_count;
    border->rows = ipm->programme->border_rows_count;
    border->terms_room = ipm->programme->border_entries_count;
    for (int k = 0; k < ipm->blocks_count; k++) {
        struct ipm_block *block = &ipm->blocks[k];
        const struct programme_block *b = block->source;
        block->first_period = border->columns;
        block->first_sum = border->rows;
        for (int f = 0; f < b->periods_count; f++) {
            border->columns += b->maps[b->periods[f].map].periods;
        }
        for (int f = 0; f < b->sums_count; f++) {
            border->rows += b->maps[b->sums[f].map].periods;
        }
        for (int e = 0; e < block->sum_entries.count; e++) {
            border->terms_room += b->maps[b->sums[block->sum_entries.entry[e].row].map].periods;
        }
    }
}

static void set_column(struct ipm_border *border, int column, double cost, double lower,
                       double upper, double scale) {
    border->cost[column] = cost;
    border->lower[column] = lower;
    border->upper[column] = upper;
    border->column_scale[column] = scale;
    border->shift[column] = isfinite(lower) ? lower : isfinite(upper) ? upper : 0.0;
}

static void set_row(struct ipm_border *border, int row, double lower, double upper, double scale) {
    border->row_lower[row] = lower;
    border->row_upper[row] = upper;
    border->row_scale[row] = scale;
    border->slack_sign[row] = lower == upper                        ? 0.0
                              : !isfinite(upper) && isfinite(lower) ? -1.0
                                                                    : 1.0;
    border->slack_of_row[row] = lower == upper ? -1 : border->columns + border->slacks++;
    border->side[row] = lower == upper ? lower : ipm_side(lower, upper, border->slack_sign[row]);
}

static void set_block(struct ipm *ipm, int k) {
    const struct programme_block *b = ipm->blocks[k].source;
    for (int f = 0; f < b->periods_count; f++) {
        for (int p = 0; p < b->maps[b->periods[f].map].periods; p++) {
            set_column(&ipm->border, ipm_period_column(ipm, k, f, p),
                       numbers_at(b->periods[f].cost, p), numbers_at(b->periods[f].lower, p),
                       numbers_at(b->periods[f].upper, p), ipm->blocks[k].family_scale[f]);
        }
    }
    for (int f = 0; f < b->sums_count; f++) {
        for (int p = 0; p < b->maps[b->sums[f].map].periods; p++) {
            set_row(&ipm->border, ipm_sum_row(ipm, k, f, p), numbers_at(b->sums[f].lower, p),
                    numbers_at(b->sums[f].upper, p), ipm->blocks[k].sum_scale[f]);
        }
    }
}

static void add_term(struct ipm_border *border, int row, int column, double value) {
    if (value != 0.0) {
        border->terms[border->terms_count++] = (struct ipm_border_term){row, column, value};
        border->side[row] -= value * border->shift[column];
    }
}

static void add_sum_entry(struct ipm *ipm, struct ipm_block *block,
                          const struct programme_entry *entry) {
    const struct programme_block *b = block->source;
    const struct programme_map *map = &b->maps[b->sums[entry->row].map];
    if (entry->where == IN_STEP) {
        for (int t = 0; t < block->steps; t++) {
            int period = map->period_of_step[t];
            double a = numbers_at(entry->value, t);
            if (period != PROGRAMME_NO_PERIOD && a != 0.0) {
                ipm->border.side[ipm_sum_row(ipm, block->index, entry->row, period)] -=
                    a * ipm_shift(block, entry->index, t);
            }
        }
        return;
    }
    for (int p = 0; p < map->periods; p++) {
        int column = entry->where == IN_PERIOD
                         ? ipm_period_column(ipm, block->index, entry->index, p)
                         : entry->index;
        add_term(&ipm->border, ipm_sum_row(ipm, block->index, entry->row, p), column,
                 numbers_at(entry->value, p));
    }
}

/* Columns, rows and terms in the programme's own units. */
enum status ipm_border_begin(struct ipm *ipm) {
    struct ipm_border *border = &ipm->border;
    const struct programme *programme = ipm->programme;
    count_border(ipm);
    border->cost = ARENA_TAKE(ipm->arena, double, border->columns);
    border->lower = ARENA_TAKE(ipm->arena, double, border->columns);
    border->upper = ARENA_TAKE(ipm->arena, double, border->columns);
    border->shift = ARENA_TAKE(ipm->arena, double, border->columns);
    border->column_scale = ARENA_TAKE(ipm->arena, double, border->columns);
    border->row_lower = ARENA_TAKE(ipm->arena, double, border->rows);
    border->row_upper = ARENA_TAKE(ipm->arena, double, border->rows);
    border->row_scale = ARENA_TAKE(ipm->arena, double, border->rows);
    border->side = ARENA_TAKE(ipm->arena, double, border->rows);
    border->slack_sign = ARENA_TAKE(ipm->arena, double, border->rows);
    border->slack_of_row = ARENA_TAKE(ipm->arena, int, border->rows);
    border->terms = ARENA_TAKE(ipm->arena, struct ipm_border_term, border->terms_room);
    if (arena_failed(ipm->arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int d = 0; d < programme->designs_count; d++) {
        const struct programme_design *design = &programme->designs[d];
        set_column(border, d, design->cost, design->lower, design->upper, ipm->design_scale[d]);
    }
    for (int r = 0; r < programme->border_rows_count; r++) {
        set_row(border, r, programme->border_rows[r].lower, programme->border_rows[r].upper,
                ipm->border_scale[r]);
    }
    for (int k = 0; k < ipm->blocks_count; k++) {
        set_block(ipm, k);
    }
    for (int e = 0; e < programme->border_entries_count; e++) {
        const struct programme_border_entry *entry = &programme->border_entries[e];
        int column = entry->where == IN_PERIOD
                         ? ipm_period_column(ipm, entry->block, entry->index, entry->period)
                         : entry->index;
        add_term(border, entry->row, column, entry->value);
    }
    for (int k = 0; k < ipm->blocks_count; k++) {
        for (int e = 0; e < ipm->blocks[k].sum_entries.count; e++) {
            add_sum_entry(ipm, &ipm->blocks[k], &ipm->blocks[k].sum_entries.entry[e]);
        }
    }
    return ipm_share_sides(ipm); /* with what the columns of its steps are shifted by */
}

/* The border's chunk: one stage; every number is a series of its own. Records in this order: */
enum { COST, UPPER, HAS_LOWER, HAS_UPPER, LIVE, EXTRA, KINDS };

static void put(struct ipm_border *border, int kind, int column, double value) {
    int vectors = border->pattern.columns;
    border->record[kind * vectors + column / LANES][column % LANES] = value;
}

static void put_column(struct ipm *ipm, int column, double cost, double low, double high,
                       double scale) {
    struct ipm_border *border = &ipm->border;
    bool slack = column >= border->columns;
    bool open = slack && !isfinite(low) && !isfinite(high), live = open || low < high;
    put(border, COST, column, cost);
    put(border, UPPER, column, live && isfinite(high) ? high / scale : 0.0);
    put(border, HAS_LOWER, column, live && isfinite(low) ? 1.0 : 0.0);
    put(border, HAS_UPPER, column, live && isfinite(high) ? 1.0 : 0.0);
    put(border, LIVE, column, live ? 1.0 : 0.0);
    put(border, EXTRA, column, open ? IPM_OPEN : live ? 0.0 : IPM_CLOSED);
}

static enum status take_pattern(struct ipm *ipm) {
    struct ipm_border *border = &ipm->border;
    struct ipm_pattern *pattern = &border->pattern;
    int columns = (border->columns + border->slacks + LANES - 1) / LANES;
    int rows = (border->rows + LANES - 1) / LANES;
    int *numbers = ARENA_TAKE(ipm->arena, int, KINDS *columns + rows);
    pattern->is_extra = ARENA_TAKE(ipm->arena, bool, columns);
    pattern->usual = ARENA_TAKE(ipm->arena, bool, columns);    /* none */
    pattern->implicit = ARENA_TAKE(ipm->arena, bool, columns); /* none */
    border->record = ARENA_TAKE(ipm->arena, lanes, KINDS * columns + rows);
    if (arena_failed(ipm->arena)) {
        return STATUS_NO_MEMORY;
    }
    pattern->columns = pattern->uppers = columns;
    pattern->rows = rows;
    for (int i = 0; i < KINDS * columns + rows; i++) {
        numbers[i] = i;
    }
    for (int i = 0; i < columns; i++) {
        pattern->is_extra[i] = true;
    }
    pattern->cost = numbers + COST * columns;
    pattern->upper = numbers + UPPER * columns;
    pattern->has_lower = numbers + HAS_LOWER * columns;
    pattern->has_upper = numbers + HAS_UPPER * columns;
    pattern->live = numbers + LIVE * columns;
    pattern->extra = numbers + EXTRA * columns;
    pattern->rhs = numbers + KINDS * columns;
    return STATUS_OK;
}

static void put_numbers(struct ipm *ipm) {
    struct ipm_border *border = &ipm->border;
    int vectors = border->pattern.columns;
    for (int c = 0; c < vectors * LANES; c++) {
        put(border, EXTRA, c, IPM_CLOSED);
    }
    for (int c = 0; c < border->columns; c++) {
        double scale = border->column_scale[c];
        put_column(ipm, c, border->cost[c] * scale * ipm->cost_scale,
                   border->lower[c] - border->shift[c], border->upper[c] - border->shift[c],
                   scale * ipm->size_scale);
    }
    for (int r = 0; r < border->rows; r++) {
        double low, high, scale = border->row_scale[r];
        border->record[KINDS * vectors + r / LANES][r % LANES] =
            border->side[r] * scale / ipm->size_scale;
        if (border->slack_of_row[r] >= 0) {
            ipm_slack_range(border->row_lower[r], border->row_upper[r], border->slack_sign[r], &low,
                            &high);
            put_column(ipm, border->slack_of_row[r], 0.0, low, high, ipm->size_scale / scale);
        }
    }
    for (int i = 0; i < border->terms_count; i++) {
        struct ipm_border_term *term = &border->terms[i];
        term->value *= border->row_scale[term->row] * border->column_scale[term->column];
    }
}

static int column_node(const struct ipm_border *border, int column) {
    return border->levels + column;
}
static int row_node(const struct ipm_border *border, int row) {
    return border->levels + border->columns + row;
}

/* The border nodes of a piece's wide and sum slots. */
static enum status name_slots(struct ipm *ipm, struct ipm_block *block) {
    const struct programme_block *b = block->source;
    for (int p = 0; p < block->pieces_count; p++) {
        struct ipm_piece *piece = &block->pieces[p];
        piece->wide = ARENA_TAKE(ipm->arena, int, block->wides_count);
        piece->sum = ARENA_TAKE(ipm->arena, int, block->sums_count);
        if (!piece->wide || !piece->sum) {
            return STATUS_NO_MEMORY;
        }
        for (int w = 0; w < block->wides_count; w++) {
            piece->wide[w] = -1;
        }
        for (int s = 0; s < block->sums_count; s++) {
            piece->sum[s] = -1;
        }
        for (int d = 0; d < ipm->programme->designs_count; d++) {
            if (block->wide_of_design[d] >= 0) {
                piece->wide[block->wide_of_design[d]] = column_node(&ipm->border, d);
            }
        }
        for (int t = piece->begin; t < piece->begin + piece->stages; t++) {
            for (int f = 0; f < b->periods_count; f++) {
                int slot = block->slot_of_step[b->periods[f].map][t];
                int period = b->maps[b->periods[f].map].period_of_step[t];
                if (slot >= 0 && block->wide_of_family[f] >= 0) {
                    piece->wide[block->wide_of_family[f] + slot] =
                        column_node(&ipm->border, ipm_period_column(ipm, block->index, f, period));
                }
            }
            for (int f = 0; f < b->sums_count; f++) {
                int slot = block->slot_of_step[b->sums[f].map][t];
                if (slot >= 0) {
                    piece->sum[block->sum_of_family[f] + slot] = row_node(
                        &ipm->border, ipm_sum_row(ipm, block->index, f,
                                                  b->maps[b->sums[f].map].period_of_step[t]));
                }
            }
        }
    }
    return STATUS_OK;
}

int ipm_part_node(const struct ipm_block *block, const struct ipm_piece *piece, int place) {
    if (place < block->states) {
        return piece->node + place;
    }
    place -= block->states;
    if (place < block->states) {
        return piece->before_node < 0 ? -1 : piece->before_node + place;
    }
    place -= block->states;
    return place < block->wides_count ? piece->wide[place] : piece->sum[place - block->wides_count];
}

/* Of all blocks: by block, piece and part node. */
static enum status list_part_nodes(struct ipm *ipm) {
    long all = 0;
    for (int k = 0; k < ipm->blocks_count; k++) {
        all += (long)ipm->blocks[k].pieces_count * ipm->blocks[k].part_nodes;
    }
    int *node = ARENA_TAKE(ipm->arena, int, all), *to = node;
    for (int k = 0; node && k < ipm->blocks_count; k++) {
        struct ipm_block *block = &ipm->blocks[k];
        block->part_node = to;
        to += (long)block->pieces_count * block->part_nodes;
        for (int p = 0; block->is_here && p < block->pieces_count; p++) {
            for (int i = 0; i < block->part_nodes; i++) {
                block->part_node[(long)p * block->part_nodes + i] =
                    ipm_part_node(block, &block->pieces[p], i);
            }
        }
    }
    return node ? ipm_share_part_nodes(ipm, node) : STATUS_NO_MEMORY;
}

static void join_piece(struct ipm *ipm, const struct ipm_block *block, int piece) {
    const int *node = &block->part_node[(long)piece * block->part_nodes];
    for (int a = 0; a < block->part_nodes; a++) {
        for (int b = 0; b < a && node[a] >= 0; b++) {
            if (node[b] >= 0) {
                ipm_sparse_join(&ipm->border.sparse, node[a], node[b]);
            }
        }
    }
}

/* Bounded columns and levels first, then rows, then what is free. */
static void set_turns(struct ipm *ipm) {
    struct ipm_border *border = &ipm->border;
    struct ipm_sparse *sparse = &border->sparse;
    for (int i = 0; i < sparse->nodes; i++) {
        sparse->upward[i] = i < row_node(border, 0);
        sparse->turn[i] = sparse->upward[i] ? 0 : 1;
    }
    for (int c = 0; c < border->columns; c++) {
        bool is_free = !isfinite(border->lower[c]) && !isfinite(border->upper[c]);
        sparse->turn[column_node(border, c)] = is_free ? 2 : 0;
    }
}

/* What pieces leave: of all blocks side by side, so that it can be gathered. */
static enum status note_parts(struct ipm *ipm) {
    long parts = 0, sums = 0;
    for (int k = 0; k < ipm->blocks_count; k++) {
        const struct ipm_block *block = &ipm->blocks[k];
        parts += (long)block->pieces_count * block->part_size;
        sums += (long)block->pieces_count * block->part_nodes;
    }
    double **at = ARENA_TAKE(ipm->arena, double *, parts);
    ipm->parts = ARENA_TAKE(ipm->arena, double, parts);
    ipm->sums = ARENA_TAKE(ipm->arena, double, sums);
    ipm->products = ARENA_TAKE(ipm->arena, double, sums);
    if (!at || !ipm->parts || !ipm->sums || !ipm->products) {
        return STATUS_NO_MEMORY;
    }
    parts = sums = 0;
    for (int k = 0; k < ipm->blocks_count; k++) {
        struct ipm_block *block = &ipm->blocks[k];
        block->parts = ipm->parts + parts;
        block->part_at = at + parts;
        block->sums = ipm->sums + sums;
        block->products = ipm->products + sums;
        for (int p = 0; p < block->pieces_count; p++, sums += block->part_nodes) {
            const int *node = &block->part_node[(long)p * block->part_nodes];
            for (int a = 0; a < block->part_nodes; a++) {
                for (int b = 0; b <= a; b++, parts++) {
                    at[parts] = node[a] >= 0 && node[b] >= 0
                                    ? ipm_sparse_at(&ipm->border.sparse, node[a], node[b])
                                    : NULL;
                }
            }
        }
    }
    return STATUS_OK;
}

static enum status note_places(struct ipm *ipm) {
    struct ipm_border *border = &ipm->border;
    border->term_at = ARENA_TAKE(ipm->arena, double *, border->terms_count);
    border->solution = ARENA_TAKE(ipm->arena, double, border->sparse.nodes);
    if (!border->term_at || !border->solution) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < border->terms_count; i++) {
        border->term_at[i] = ipm_sparse_at(&border->sparse, row_node(border, border->terms[i].row),
                                           column_node(border, border->terms[i].column));
    }
    return note_parts(ipm);
}

enum status ipm_border_finish(struct ipm *ipm) {
    struct ipm_border *border = &ipm->border;
    TRY(take_pattern(ipm));
    put_numbers(ipm);
    for (int k = 0; k < ipm->blocks_count; k++) {
        struct ipm_block *block = &ipm->blocks[k];
        block->part_nodes = 2 * block->states + block->wides_count + block->sums_count;
        block->part_size = block->part_nodes * (block->part_nodes + 1) / 2;
        TRY(block->is_here ? name_slots(ipm, block) : STATUS_OK);
    }
    TRY(list_part_nodes(ipm));
    TRY(ipm_sparse_begin(ipm->arena, row_node(border, border->rows), &border->sparse));
    for (int k = 0; k < ipm->blocks_count; k++) {
        for (int p = 0; p < ipm->blocks[k].pieces_count; p++) {
            join_piece(ipm, &ipm->blocks[k], p);
        }
    }
    for (int i = 0; i < border->terms_count; i++) {
        ipm_sparse_join(&border->sparse, row_node(border, border->terms[i].row),
                        column_node(border, border->terms[i].column));
    }
    set_turns(ipm);
    TRY(ipm_sparse_order(ipm->arena, &border->sparse));
    return note_places(ipm);
}

/* What a piece's two ends, the same level, share counts twice off the diagonal. */
static void add_parts(struct ipm_block *block) {
    long at = 0;
    for (int p = 0; p < block->pieces_count; p++) {
        const int *node = &block->part_node[(long)p * block->part_nodes];
        for (int a = 0; a < block->part_nodes; a++) {
            for (int b = 0; b <= a; b++, at++) {
                if (block->part_at[at]) {
                    bool twice = a != b && node[a] == node[b];
                    *block->part_at[at] += twice ? 2.0 * block->parts[at] : block->parts[at];
                }
            }
        }
    }
}

/* Where other processes hold some of the blocks, what their pieces have left is gathered first: blocks meet in these
   two sums and in ipm_multiply_border, which everyone makes alike, in the order of the programme. */
static enum status sum_matrix(struct ipm *ipm) {
    TRY(ipm_share_parts(ipm));
    for (int k = 0; k < ipm->blocks_count; k++) {
        add_parts(&ipm->blocks[k]);
    }
    return STATUS_OK;
}

static enum status sum_right_side(struct ipm *ipm, double *b) {
    TRY(ipm_share_sums(ipm));
    for (int k = 0; k < ipm->blocks_count; k++) {
        const struct ipm_block *block = &ipm->blocks[k];
        for (long i = 0; i < (long)block->pieces_count * block->part_nodes; i++) {
            if (block->part_node[i] >= 0) {
                b[block->part_node[i]] += block->sums[i];
            }
        }
    }
    return STATUS_OK;
}

/* h: of the border's chunk (slacks: 1 / h is used). */
enum status ipm_border_factor(struct ipm *ipm, const lanes *h) {
    struct ipm_border *border = &ipm->border;
    struct ipm_sparse *sparse = &border->sparse;
    ipm_sparse_clear(sparse);
    TRY(sum_matrix(ipm));
    for (int i = 0; i < border->terms_count; i++) {
        *border->term_at[i] += border->terms[i].value;
    }
    for (int c = 0; c < border->columns; c++) {
        int node = column_node(border, c);
        *ipm_sparse_at(sparse, node, node) += h[c / LANES][c % LANES];
    }
    for (int r = 0; r < border->rows; r++) {
        int node = row_node(border, r), slack = border->slack_of_row[r];
        double give = slack >= 0 ? 1.0 / h[slack / LANES][slack % LANES] : 0.0;
        *ipm_sparse_at(sparse, node, node) -= give + ipm->delta;
    }
    ipm_sparse_factor(sparse, ipm->pivot_floor, ipm->rho, ipm->delta);
    return STATUS_OK;
}

/* Right sides of the border: rx, rp of its chunk, less what the pieces say (block->sums: the sums
   B' A^-1 r by part node) and plus the levels' own right sides. Leaves the solution by node. */
enum status ipm_border_solve(struct ipm *ipm, const lanes *h, const lanes *rx, const lanes *rp) {
    struct ipm_border *border = &ipm->border;
    double *b = border->solution;
    memset(b, 0, (size_t)border->levels * sizeof *b);
    for (int c = 0; c < border->columns; c++) {
        b[column_node(border, c)] = rx[c / LANES][c % LANES];
    }
    for (int r = 0; r < border->rows; r++) {
        int slack = border->slack_of_row[r];
        double give = slack >= 0 ? border->slack_sign[r] * rx[slack / LANES][slack % LANES] /
                                       h[slack / LANES][slack % LANES]
                                 : 0.0;
        b[row_node(border, r)] = rp[r / LANES][r % LANES] - give;
    }
    TRY(sum_right_side(ipm, b));
    ipm_sparse_solve(&border->sparse, b);
    return STATUS_OK;
}

/* The border's own part of a step: columns, slacks and rows from the solution. */
void ipm_border_step(struct ipm *ipm, const lanes *h, const lanes *rx, lanes *dx, lanes *dy) {
    struct ipm_border *border = &ipm->border;
    for (int c = 0; c < border->columns; c++) {
        dx[c / LANES][c % LANES] = border->solution[column_node(border, c)];
    }
    for (int r = 0; r < border->rows; r++) {
        int slack = border->slack_of_row[r];
        double y = border->solution[row_node(border, r)];
        dy[r / LANES][r % LANES] = y;
        if (slack >= 0) {
            dx[slack / LANES][slack % LANES] =
                (rx[slack / LANES][slack % LANES] - border->slack_sign[r] * y) /
                h[slack / LANES][slack % LANES];
        }
    }
}
