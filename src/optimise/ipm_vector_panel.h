/* The dense half of one stage's elimination (ipm_panel.c); part of ipm_vector.h. A matrix per lane, its
   rows along the vectors: eight neighbours of a row are computed at once. */
/* SPDX-License-Identifier: Apache-2.0 */

/* Where the panels work, behind the tape's own part of the workspace. */
struct panel_room {
    double *matrix; /* [lane][places][places] */
    double *l;      /* [PANEL][places]: multipliers of one panel */
    double *most;   /* [lane][stays]: the largest number that a diagonal was made from */
    double *by;     /* [lane][stays]: 1 / pivot */
};

LANES_INLINE struct panel_room panel_room(const struct ipm_tape *tape, double *w) {
    const struct ipm_panel *panel = &tape->panel;
    struct panel_room room = {.matrix = w + (long)tape->dense * LANES};
    room.l = room.matrix + (long)LANES * panel->places * panel->places;
    room.most = room.l + (long)PANEL * panel->places;
    room.by = room.most + (long)LANES * panel->stays;
    return room;
}

/* The diagonals of the pivots, and what they were made from so far, by lane. */
LANES_INLINE const struct ipm_factors *panel_diagonals(const struct ipm_tape *tape,
                                                       const struct ipm_factors *terms, double *w) {
    const struct ipm_panel *panel = &tape->panel;
    for (int i = 0; i < panel->pivots; i++) {
        const struct ipm_sum *sum = &panel->diagonal[i];
        part value[PARTS], most[PARTS];
        EACH_PART(k) {
            value[k] = get(w + sum->from, k);
            most[k] = size_of(value[k]);
        }
        for (const struct ipm_factors *end = terms + sum->count; terms < end; terms++) {
            EACH_PART(k) {
                part product = get(w + terms->a, k) * get(w + terms->b, k);
                value[k] -= product;
                most[k] = larger(size_of(product), most[k]);
            }
        }
        EACH_PART(k) {
            put(w + sum->to, k, value[k]);
            put(w + (long)(panel->most + i) * LANES, k, most[k]);
        }
    }
    return terms;
}

/* Four rows of four become columns. */
LANES_INLINE void turn_four(const quad *row, quad *ret) {
    quad even = __builtin_shufflevector(row[0], row[1], 0, 4, 2, 6);
    quad odd = __builtin_shufflevector(row[0], row[1], 1, 5, 3, 7);
    quad even_below = __builtin_shufflevector(row[2], row[3], 0, 4, 2, 6);
    quad odd_below = __builtin_shufflevector(row[2], row[3], 1, 5, 3, 7);
    ret[0] = __builtin_shufflevector(even, even_below, 0, 1, 4, 5);
    ret[1] = __builtin_shufflevector(odd, odd_below, 0, 1, 4, 5);
    ret[2] = __builtin_shufflevector(even, even_below, 2, 3, 6, 7);
    ret[3] = __builtin_shufflevector(odd, odd_below, 2, 3, 6, 7);
}

LANES_INLINE quad quad_at(const double *at) {
    quad value;
    memcpy(&value, at, sizeof value);
    return value;
}

/* From lanes side by side to a matrix each. */
LANES_INLINE void panel_fill(const struct ipm_panel *panel, const struct panel_room *room,
                             const double *w) {
    long size = (long)panel->places * panel->places;
    for (int f = 0; f < panel->fills_count; f++) {
        const struct ipm_eight *eight = &panel->fills[f];
        for (int at = 0; at < QUADS * QUADS; at++) {
            int k = at / QUADS * QUAD, q = at % QUADS * QUAD;
            const int *slot = &eight->slot[k];
            quad side[QUAD] = {quad_at(w + slot[0] + q), quad_at(w + slot[1] + q),
                               quad_at(w + slot[2] + q), quad_at(w + slot[3] + q)};
            quad turned[QUAD];
            turn_four(side, turned);
            double *to = room->matrix + q * size + eight->at + k;
            EACH_OF(4, i) memcpy(to + i * size, &turned[i], sizeof turned[i]);
        }
    }
    for (int c = 0; c < panel->clears_count; c++) {
        for (int q = 0; q < LANES; q++) {
            memset(room->matrix + q * size + panel->clears[c], 0, PANEL * sizeof(double));
        }
    }
    for (int i = 0; i < panel->pivots; i++) {
        for (int q = 0; q < LANES; q++) {
            room->most[(long)q * panel->stays + i] = w[(long)(panel->most + i) * LANES + q];
        }
    }
}

LANES_INLINE void panel_return(const struct ipm_panel *panel, const struct panel_room *room,
                               double *w) {
    long size = (long)panel->places * panel->places;
    for (int f = 0; f < panel->returns_count; f++) {
        const struct ipm_eight *eight = &panel->returns[f];
        for (int at = 0; at < QUADS * QUADS; at++) {
            int k = at / QUADS * QUAD, q = at % QUADS * QUAD;
            const double *from = room->matrix + q * size + eight->at + k;
            quad side[QUAD] = {quad_at(from), quad_at(from + size), quad_at(from + 2 * size),
                               quad_at(from + 3 * size)};
            quad turned[QUAD];
            turn_four(side, turned);
            EACH_OF(4, i) memcpy(w + eight->slot[k + i] + q, &turned[i], sizeof turned[i]);
        }
    }
}

/* to -= a * from, eight numbers. */
LANES_INLINE void less_eight(double *to, double a, const double *from) {
    EACH_PART(k) put(to, k, get(to, k) - a * get(from, k));
}

/* One row: 1 / pivot, which is returned, and l = u / pivot over its blocks; diagonals to come see their products. */
LANES_INLINE double panel_row(const struct ipm_panel *panel, const struct ipm_floor *floor, int row,
                              const int *block, int count, double *u, double *l, double *most) {
    bool up = panel->up[row];
    double least = most[row] * floor->ratio + (up ? floor->column : floor->row);
    double size = fabs(u[row]); /* of the other sign: rounding as large as itself */
    size = size > least ? size : least;
    double by = up ? 1.0 / size : -1.0 / size;
    for (int b = -1; b < count; b++) { /* -1: the panel's own */
        int at = (b < 0 ? row / PANEL : block[b]) * PANEL;
        EACH_PART(k) {
            part value = get(u + at, k) * by;
            put(l + at, k, value);
            if (at < panel->stays) {
                put(most + at, k, larger(size_of(value * get(u + at, k)), get(most + at, k)));
            }
        }
    }
    return by;
}

/* Four rows of a block less the panel's products, eight columns at a time. */
LANES_INLINE void panel_tile(int rows, int n, const double *l, const double *u, double *to) {
    part value[4][PARTS];
    EACH_OF(4, i) { EACH_PART(k) value[i][k] = get(to + (long)i * n, k); }
    for (int p = 0; p < rows; p++, l += n, u += n) {
        part of_row[PARTS];
        EACH_PART(k) of_row[k] = get(u, k);
        EACH_OF(4, i) { EACH_PART(k) value[i][k] -= l[i] * of_row[k]; }
    }
    EACH_OF(4, i) { EACH_PART(k) put(to + (long)i * n, k, value[i][k]); }
}

static void panel_eliminate(const struct ipm_panel *panel, const struct ipm_floor *floor, int which,
                            double *matrix, double *l, double *most, double *by) {
    int n = panel->places, first = which * PANEL;
    int rows = panel->pivots - first < PANEL ? panel->pivots - first : PANEL;
    const int *block = &panel->block[panel->block_first[which]];
    int count = panel->block_first[which + 1] - panel->block_first[which];
    for (int p = 0; p < rows; p++) {
        double *u = matrix + (long)(first + p) * n;
        for (int k = 0; k < p; k++) {
            double a = l[k * n + first + p];
            const double *earlier = matrix + (long)(first + k) * n;
            less_eight(u + first, a, earlier + first);
            for (int b = 0; b < count; b++) {
                less_eight(u + block[b] * PANEL, a, earlier + block[b] * PANEL);
            }
        }
        by[first + p] = panel_row(panel, floor, first + p, block, count, u, l + p * n, most);
    }
    for (int a = 0; a < count; a++) {
        for (int half = 0; half < PANEL; half += 4) {
            int row = block[a] * PANEL + half;
            for (int b = a; b < count; b++) {
                panel_tile(rows, n, l + row, matrix + (long)first * n + block[b] * PANEL,
                           matrix + (long)row * n + block[b] * PANEL);
            }
        }
    }
}

/* The multipliers that the solves need. */
LANES_INLINE void panel_keep(const struct ipm_tape *tape, const struct panel_room *room,
                             lanes *ret_inverse, lanes *ret_kept) {
    const struct ipm_panel *panel = &tape->panel;
    const int *kept = panel->kept;
    long size = (long)panel->places * panel->places;
    double *to = (double *)ret_kept;
    for (int i = 0; i < panel->pivots; i++) {
        int p = panel->first + i, count = tape->later.first[p + 1] - tape->later.first[p];
        double *inverse = (double *)(ret_inverse + i);
        for (int q = 0; q < LANES; q++) {
            inverse[q] = room->by[(long)q * panel->stays + i];
        }
        for (int k = 0; k < count; k++, kept++, to += LANES) {
            const double *u = room->matrix + (long)i * panel->places + *kept;
            for (int q = 0; q < LANES; q++) {
                to[q] = u[q * size] * inverse[q];
            }
        }
    }
}

static void panel_factor(const struct ipm_tape *tape, const struct ipm_floor *floor,
                         const struct ipm_factors *terms, double *w, lanes *ret_inverse,
                         lanes *ret_kept) {
    const struct ipm_panel *panel = &tape->panel;
    struct panel_room room = panel_room(tape, w);
    long size = (long)panel->places * panel->places;
    (void)panel_diagonals(tape, terms, w);
    panel_fill(panel, &room, w);
    for (int q = 0; q < LANES; q++) {
        for (int k = 0; k < panel->stays / PANEL; k++) {
            panel_eliminate(panel, floor, k, room.matrix + q * size, room.l,
                            room.most + (long)q * panel->stays, room.by + (long)q * panel->stays);
        }
    }
    panel_keep(tape, &room, ret_inverse, ret_kept);
    panel_return(panel, &room, w);
}
