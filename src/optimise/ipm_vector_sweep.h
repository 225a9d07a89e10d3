/* One stage of the sweeps and products; part of ipm_vector.h. */
/* SPDX-License-Identifier: Apache-2.0 */

/* sum: to = from - a b - a b ... */
LANES_INLINE const struct ipm_factors *play_sums(const struct ipm_sum *sum, int count,
                                                 const struct ipm_factors *terms, double *w) {
    for (const struct ipm_sum *last = sum + count; sum < last; sum++) {
        part u[PARTS];
        EACH_PART(i) u[i] = get(w + sum->from, i);
        less_factors(u, terms, sum->count, w, w);
        EACH_PART(i) put(w + sum->to, i, u[i]);
        terms += sum->count;
    }
    return terms;
}

/* Four sums at once: a strip is four neighbours in one row. */
LANES_INLINE const struct ipm_strip_term *play_strips(const struct ipm_strip *strip, int count,
                                                      const struct ipm_strip_term *term,
                                                      double *w) {
    for (const struct ipm_strip *last = strip + count; strip < last; strip++) {
        part u[STRIP][PARTS];
        EACH_OF(STRIP, k) { EACH_PART(i) u[k][i] = get(w + strip->from[k], i); }
        for (const struct ipm_strip_term *end = term + strip->count; term < end; term++) {
            struct offsets b[2] = {offsets_at(term->b), offsets_at(term->b + 2)};
            EACH_PART(i) {
                part a = get(w + term->a, i);
                u[0][i] -= a * get(w + b[0].first, i);
                u[1][i] -= a * get(w + b[0].second, i);
                u[2][i] -= a * get(w + b[1].first, i);
                u[3][i] -= a * get(w + b[1].second, i);
            }
        }
        EACH_OF(STRIP, k) { EACH_PART(i) put(w + strip->to[k], i, u[k][i]); }
    }
    return term;
}

/* A tile is four by two: its sums fill the registers, and six numbers read make eight products. */
LANES_INLINE void play_tiles(const struct ipm_tile *tile, int count,
                             const struct ipm_tile_term *term, double *w) {
    for (const struct ipm_tile *last = tile + count; tile < last; tile++) {
        const struct ipm_tile_term *end = term + tile->count;
        for (int i = 0; i < PARTS; i++) {
            part u[TILE];
            EACH_OF(TILE, k) u[k] = get(w + tile->from[k], i);
            for (const struct ipm_tile_term *t = term; t < end; t++) {
                struct offsets a0 = offsets_at(t->a), a2 = offsets_at(t->a + 2),
                               b0 = offsets_at(t->b);
                part a[TILE_ROWS] = {get(w + a0.first, i), get(w + a0.second, i),
                                     get(w + a2.first, i), get(w + a2.second, i)};
                part b[TILE_COLUMNS] = {get(w + b0.first, i), get(w + b0.second, i)};
                EACH_OF(TILE, k) u[k] -= a[k / TILE_COLUMNS] * b[k % TILE_COLUMNS];
            }
            EACH_OF(TILE, k) put(w + tile->to[k], i, u[k]);
        }
        term = end;
    }
}

/* 1 / pivot, of the sign that theory gives it (one of the other sign is rounding as large as itself), and not
   nearer to zero than theory allows (rows: delta, columns: rho) and than the rounding of what it was made
   from: the largest of its terms. */
LANES_INLINE void invert_pivot(const struct ipm_pivot *pivot, const struct ipm_factors *terms,
                               const struct ipm_floor *floor, const double *w, part *by) {
    part value[PARTS], most[PARTS];
    EACH_PART(i) {
        value[i] = get(w + pivot->own.from, i);
        most[i] = size_of(value[i]);
    }
    for (const struct ipm_factors *end = terms + pivot->own.count; terms < end; terms++) {
        struct offsets o = offsets_at(terms);
        EACH_PART(i) {
            part product = get(w + o.first, i) * get(w + o.second, i);
            value[i] -= product;
            most[i] = larger(size_of(product), most[i]);
        }
    }
    double least = pivot->up ? floor->column : floor->row;
    EACH_PART(i) {
        part size = larger(size_of(value[i]), most[i] * floor->ratio + least);
        by[i] = pivot->up ? 1.0 / size : -1.0 / size;
    }
}

/* l = u / pivot, kept for the solves where the node behind is no border's. */
LANES_INLINE lanes *play_pivot(const struct ipm_pivot *pivot, const struct ipm_factors *terms,
                               const struct ipm_multiple *multiple, const struct ipm_floor *floor,
                               double *w, lanes *inverse, lanes *kept) {
    part by[PARTS];
    invert_pivot(pivot, terms, floor, w, by);
    EACH_PART(i) put(inverse, i, by[i]);
    for (int m = 0; m < pivot->multiples; m++, multiple++) {
        struct offsets o = offsets_at(multiple);
        EACH_PART(i) {
            part l = get(w + o.second, i) * by[i];
            put(w + o.first, i, l);
            if (m < pivot->kept) {
                put(kept + m, i, l);
            }
        }
    }
    return kept + pivot->kept;
}

/* [l_r l_x] = [u_r u_x] times the inverse of | r c; c x |. */
LANES_INLINE void play_pair(const struct ipm_pivot *pivot, const struct ipm_multiple *multiple,
                            double *w, lanes *inverse, lanes *cross) {
    part by_row[PARTS], by_column[PARTS], between[PARTS];
    EACH_PART(i) {
        part r = get(w + pivot->row, i), x = get(w + pivot->column, i),
             c = get(w + pivot->cross, i);
        part over = 1.0 / (r * x - c * c);
        by_row[i] = x * over;
        by_column[i] = r * over;
        between[i] = -(c * over);
        put(inverse, i, by_row[i]);
        put(inverse + 1, i, by_column[i]);
        put(cross, i, between[i]);
    }
    for (int m = 0; m < pivot->multiples; m++, multiple++) {
        EACH_PART(i) {
            part of_row = get(w + multiple->from, i), of_column = get(w + multiple->from_column, i);
            put(w + multiple->to, i, of_row * by_row[i] + of_column * between[i]);
            put(w + multiple->to_column, i, of_row * between[i] + of_column * by_column[i]);
        }
    }
}

static void factor(const struct ipm_block *block, const struct ipm_floor *floor, lanes *work,
                   lanes *ret_factor) {
    const struct ipm_tape *tape = &block->tape;
    double *w = (double *)work;
    lanes *cross = ret_factor + tape->pivots, *kept = cross + tape->pairs;
    const struct ipm_multiple *multiple = tape->multiples;
    const struct ipm_sum *sum = tape->sums;
    const struct ipm_strip *strip = tape->strips;
    const struct ipm_strip_term *strip_term = tape->strip_terms;
    for (int p = 0; p < tape->products_count; p++) {
        const struct ipm_product *product = &tape->products[p];
        EACH_PART(i) put(w + product->to, i, get(w + product->a, i) * get(w + product->b, i));
    }
    const struct ipm_factors *terms = tape->terms;
    for (int s = 0; s < tape->steps_count; s++) {
        const struct ipm_pivot *pivot = &tape->pivot[s];
        terms = play_sums(sum, pivot->sums, terms, w);
        sum += pivot->sums;
        strip_term = play_strips(strip, pivot->strips, strip_term, w);
        strip += pivot->strips;
        if (s < tape->pairs) {
            play_pair(pivot, multiple, w, ret_factor + 2 * s, cross + s);
        } else {
            kept = play_pivot(pivot, terms, multiple, floor, w, ret_factor + tape->pairs + s, kept);
            terms += pivot->own.count;
        }
        multiple += pivot->multiples;
    }
    terms = play_sums(sum, tape->last_sums, terms, w);
    if (tape->panel.pivots > 0) {
        panel_factor(tape, floor, terms, w, ret_factor + tape->panel.first, kept);
        return;
    }
    play_tiles(tape->tiles, tape->tiles_count, tape->tile_terms, w);
}

/* First pass, r by node. Rows: what implicit columns fill, t = rx / h, is taken off. */
static void right_side(const struct ipm_block *block, const lanes *h, const lanes *rx,
                       const lanes *rp, lanes *work) {
    const struct ipm_places *at = &block->places;
    double *w = (double *)work;
    lanes *t = work + at->column, *r = work + at->node;
    int columns = block->pattern.columns, rows = block->pattern.rows;
    for (int k = 0; k < block->implicit_count; k++) {
        int slot = block->implicit[k];
        EACH_PART(i) put(t + slot, i, get(rx + slot, i) * get(h + slot, i));
        ask(rx + slot + columns);
        ask(h + slot + columns);
    }
    for (int k = 0; k < block->explicit_count; k++) {
        int slot = block->explicit_slot[k];
        ask(rx + slot + columns);
        ask(h + slot + columns);
        EACH_PART(i) put(r + block->tape.node_of_slot[slot], i, get(rx + slot, i));
    }
    for (int turn = 0; turn < rows; turn++) {
        int row = block->rows_in_turn[turn];
        part value[PARTS];
        ask(rp + row + rows);
        EACH_PART(i) value[i] = get(rp + row, i);
        less(value, &block->row_implicit, row, w, w + at->column * LANES);
        EACH_PART(i) put(r + row, i, value[i]);
    }
}

/* Second pass, r = -B y by node: y fills sum slots by way of columns, and wide slots directly. */
static void border_side(const struct ipm_block *block, const lanes *h, lanes *work) {
    const struct ipm_places *at = &block->places;
    double *w = (double *)work;
    lanes *t = work + at->column, *r = work + at->node;
    for (int k = 0; k < block->explicit_count; k++) {
        lanes *to = r + block->tape.node_of_slot[block->explicit_slot[k]];
        EACH_PART(i) put(to, i, (part){0});
    }
    for (int k = 0; k < block->summed_count; k++) {
        int slot = block->summed[k], node = block->tape.node_of_slot[slot];
        part value[PARTS];
        EACH_PART(i) value[i] = (part){0};
        less(value, &block->column_sums, slot, w, w);
        ask(h + slot + block->pattern.columns);
        EACH_PART(i)
        put(node < 0 ? t + slot : r + node, i, node < 0 ? value[i] * get(h + slot, i) : value[i]);
    }
    for (int turn = 0; turn < block->pattern.rows; turn++) {
        int row = block->rows_in_turn[turn];
        part value[PARTS];
        EACH_PART(i) value[i] = (part){0};
        less(value, &block->row_summed, row, w, w + at->column * LANES);
        less(value, &block->row_wides, row, w, w);
        EACH_PART(i) put(r + row, i, value[i]);
    }
}

LANES_INLINE void add_to(lanes *to, int i, part value, bool add) {
    put(to, i, add ? get(to, i) + value : value);
}

/* Less the products of a pivot's value with the multipliers of this list, each from its node; next: how far
   away that of the next stage is, or 0. */
LANES_INLINE void take_off(const struct ipm_list *list, int which, const double *a, const part *by,
                           double *b, long next) {
    const struct ipm_factors *f = list->factors + list->first[which];
    for (const struct ipm_factors *end = list->factors + list->first[which + 1]; f < end; f++) {
        struct offsets o = offsets_at(f);
        if (next) {
            ask(a + o.first + next);
        }
        EACH_PART(i) put(b + o.second, i, get(b + o.second, i) - get(a + o.first, i) * by[i]);
    }
}

/* Forward, pivot by pivot: r_p is complete, and of every node behind it l_pb r_p is taken off, so that the
   factor is read as it lies in memory; times 1 / pivot it goes to ret, or in the second pass is added
   there. A pair first becomes its inverse times [r_r r_x], of which the nodes behind it see the column's
   part. */
static void eliminate(const struct ipm_block *block, const lanes *factors, bool second, lanes *work,
                      lanes *ret) {
    const struct ipm_tape *tape = &block->tape;
    double *w = (double *)work;
    const double *l = (const double *)factors;
    const lanes *cross = factors + tape->pivots;
    lanes *r = work + block->places.node;
    for (int p = 0; p < 2 * tape->pairs; p += 2) {
        int row = tape->order[p], column = tape->order[p + 1];
        part value[PARTS];
        EACH_PART(i) {
            part of_row = get(r + row, i), of_column = get(r + column, i);
            part c = get(cross + p / 2, i);
            add_to(ret + p, i, get(factors + p, i) * of_row + c * of_column, second);
            value[i] = get(factors + p + 1, i) * of_column + c * of_row;
            add_to(ret + p + 1, i, value[i], second);
        }
        take_off(&tape->later, p + 1, w, value, w, 0);
        ask(factors + p + tape->stored);
        ask(factors + p + 1 + tape->stored);
        ask(cross + p / 2 + tape->stored);
        ask(ret + p + tape->pivots);
        ask(ret + p + 1 + tape->pivots);
    }
    for (int p = 2 * tape->pairs; p < tape->pivots; p++) {
        part value[PARTS];
        ask(factors + p + tape->stored);
        ask(ret + p + tape->pivots);
        EACH_PART(i) {
            value[i] = get(r + tape->order[p], i);
            add_to(ret + p, i, value[i] * get(factors + p, i), second);
        }
        take_off(&tape->later, p, l, value, w, tape->stored * LANES);
    }
}

/* As `less`; next: how far away the next stage's factor is. */
LANES_INLINE void less_ahead(part *sum, const struct ipm_list *list, int which, const double *a,
                             const double *b, long next) {
    const struct ipm_factors *f = list->factors + list->first[which];
    for (const struct ipm_factors *end = list->factors + list->first[which + 1]; f < end; f++) {
        struct offsets o = offsets_at(f);
        EACH_PART(i) sum[i] -= get(a + o.first, i) * get(b + o.second, i);
        ask(a + o.first + next);
    }
}

/* Backward: z_p = y_p less l_pb z_b of the nodes behind. */
static void substitute(const struct ipm_block *block, const lanes *factors, const lanes *between,
                       lanes *work) {
    const struct ipm_tape *tape = &block->tape;
    double *w = (double *)work;
    const double *l = (const double *)factors;
    const lanes *cross = factors + tape->pivots;
    lanes *z = work + block->places.node;
    for (int p = tape->pivots - 1; p >= 2 * tape->pairs; p--) {
        part value[PARTS];
        EACH_PART(i) value[i] = get(between + p, i);
        ask(between + p - tape->pivots);
        less_ahead(value, &tape->later, p, l, w, -tape->stored * LANES);
        EACH_PART(i) put(z + tape->order[p], i, value[i]);
    }
    for (int p = 2 * tape->pairs - 2; p >= 0; p -= 2) {
        part behind[PARTS];
        EACH_PART(i) behind[i] = (part){0};
        plus(behind, &tape->later, p + 1, w, w);
        ask(factors + p + 1 - tape->stored);
        ask(cross + p / 2 - tape->stored);
        ask(between + p - tape->pivots);
        ask(between + p + 1 - tape->pivots);
        EACH_PART(i) {
            put(z + tape->order[p], i, get(between + p, i) - get(cross + p / 2, i) * behind[i]);
            put(z + tape->order[p + 1], i,
                get(between + p + 1, i) - get(factors + p + 1, i) * behind[i]);
        }
    }
}

/* First pass: B' A^-1 r of wide and sum slots, and of the levels that may end here (at `level`). */
static void gather(const struct ipm_block *block, const lanes *h, const lanes *rx, lanes *work) {
    const struct ipm_places *at = &block->places;
    double *w = (double *)work;
    lanes *t = work + at->column, *z = work + at->node;
    lanes *wide = work + at->sum + 2 * block->states, *sum = wide + block->wides_count;
    for (int k = 0; k < block->summed_count; k++) {
        int slot = block->summed[k], node = block->tape.node_of_slot[slot];
        part value[PARTS];
        EACH_PART(i) value[i] = get(node < 0 ? rx + slot : z + node, i);
        if (node < 0) {
            ask(rx + slot - block->pattern.columns);
            ask(h + slot - block->pattern.columns);
            less(value, &block->column_rows, slot, w, w);
            EACH_PART(i) value[i] *= get(h + slot, i);
        }
        EACH_PART(i) put(t + slot, i, value[i]);
    }
    for (int k = 0; k < block->wides_count; k++) {
        part value[PARTS];
        EACH_PART(i) value[i] = get(wide + k, i);
        less(value, &block->wide_rows, k, w, w);
        EACH_PART(i) put(wide + k, i, value[i]);
    }
    for (int k = 0; k < block->sums_count; k++) {
        part value[PARTS];
        EACH_PART(i) value[i] = get(sum + k, i);
        less(value, &block->sum_columns, k, w, w + at->column * LANES);
        EACH_PART(i) put(sum + k, i, value[i]);
    }
    for (int s = 0; s < block->states; s++) {
        int slot = block->slot_of_state[s];
        part value[PARTS];
        EACH_PART(i) value[i] = get(rx + slot, i);
        less(value, &block->column_rows, slot, w, w);
        EACH_PART(i) put(work + at->level + s, i, value[i]);
    }
}

/* Second pass: steps of columns, into the workspace; those of rows are there as the first nodes. */
static void write_step(const struct ipm_block *block, const lanes *h, const lanes *rx,
                       lanes *work) {
    double *w = (double *)work;
    lanes *dx = work + block->places.dx;
    const lanes *z = work + block->places.node;
    int columns = block->pattern.columns;
    for (int k = 0; k < block->implicit_count; k++) {
        int slot = block->implicit[k];
        part value[PARTS];
        ask(rx + slot - columns);
        ask(h + slot - columns);
        EACH_PART(i) value[i] = get(rx + slot, i);
        less(value, &block->column_all, slot, w, w);
        EACH_PART(i) put(dx + slot, i, value[i] * get(h + slot, i));
    }
    for (int k = 0; k < block->explicit_count; k++) {
        int slot = block->explicit_slot[k];
        EACH_PART(i) put(dx + slot, i, get(z + block->tape.node_of_slot[slot], i));
    }
}

/* Out of the workspace. far: past the cache, where it would be gone before it is read again; the lines need not be
   read for being written then. */
static void keep(const lanes *from, int count, bool far, lanes *to) {
    if (far) {
        for (int k = 0; k < count; k++) {
            EACH_PART(i) put_far(to + k, i, get(from + k, i));
        }
    } else {
        for (int k = 0; k < count; k++) {
            EACH_PART(i) put(to + k, i, get(from + k, i));
        }
    }
}

/* a of a begin, in the workspace. */
LANES_INLINE const lanes *begin_number(const struct ipm_block *block, const struct ipm_begin *begin,
                                       const lanes *work) {
    return work + (begin->at < 0 ? -1 - begin->at : block->places.coefficient + begin->at);
}

/* A x and A' y of a stage. Workspace: y at the nodes, the border's x and y at `border`, levels at the
   begin at `level`, and what the next stage charges for those at the end at `price`. */
static void multiply(const struct ipm_block *block, const lanes *x, lanes *work, lanes *ax,
                     lanes *aty) {
    const struct ipm_places *at = &block->places;
    double *w = (double *)work;
    const double *columns = (const double *)x;
    for (int turn = 0; turn < block->pattern.rows; turn++) {
        int row = block->rows_in_turn[turn];
        part value[PARTS];
        EACH_PART(i) value[i] = (part){0};
        plus(value, &block->row_terms, row, w, columns);
        plus(value, &block->row_wides, row, w, w);
        EACH_PART(i) put(ax + row, i, value[i]);
    }
    for (int b = 0; b < block->begins_count; b++) {
        const struct ipm_begin *begin = &block->begins[b];
        const lanes *a = begin_number(block, begin, work), *level = work + at->level + begin->state;
        EACH_PART(i) {
            put(ax + begin->row, i, get(ax + begin->row, i) + get(a, i) * get(level, i));
        }
    }
    for (int turn = 0; turn < block->pattern.columns; turn++) {
        int slot = block->columns_in_turn[turn];
        part value[PARTS];
        EACH_PART(i) value[i] = (part){0};
        plus(value, &block->column_all, slot, w, w);
        EACH_PART(i) put(aty + slot, i, value[i]);
    }
    for (int s = 0; s < block->states; s++) {
        lanes *to = aty + block->slot_of_state[s];
        EACH_PART(i) put(to, i, get(to, i) + get(work + at->price + s, i));
    }
}

/* The border's share of the products: wide slots get A' y, sum slots A x. */
static void gather_product(const struct ipm_block *block, const lanes *x, lanes *work) {
    const struct ipm_places *at = &block->places;
    double *w = (double *)work;
    lanes *wide = work + at->sum + 2 * block->states, *sum = wide + block->wides_count;
    for (int k = 0; k < block->wides_count; k++) {
        part value[PARTS];
        EACH_PART(i) value[i] = get(wide + k, i);
        plus(value, &block->wide_rows, k, w, w);
        EACH_PART(i) put(wide + k, i, value[i]);
    }
    for (int k = 0; k < block->sums_count; k++) {
        part value[PARTS];
        EACH_PART(i) value[i] = get(sum + k, i);
        plus(value, &block->sum_columns, k, w, (const double *)x);
        EACH_PART(i) put(sum + k, i, value[i]);
    }
}

/* What this stage charges for the levels at its begin: A' y of the stage before. */
static void charge(const struct ipm_block *block, const lanes *record, const lanes *y,
                   lanes *work) {
    lanes *price = work + block->places.price;
    for (int s = 0; s < block->states; s++) {
        EACH_PART(i) put(price + s, i, (part){0});
    }
    for (int b = 0; b < block->begins_count; b++) {
        const struct ipm_begin *begin = &block->begins[b];
        const lanes *a = ipm_number(&block->pattern, record, begin->at);
        lanes *to = price + begin->state;
        EACH_PART(i) put(to, i, get(to, i) + get(a, i) * get(y + begin->row, i));
    }
}
