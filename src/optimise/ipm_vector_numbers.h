/* One stage, number by number: residuals, the corrector's right side, ratios, the step. The formulas
   stand at the head of ipm_step.c. Part of ipm_vector.h. */
/* SPDX-License-Identifier: Apache-2.0 */

/* One slot at one stage: the point and its masks. */
struct cell {
    part x, z, below, live, by_x; /* below: 1 where there is a lower bound */
    part w, v, above, by_w, upper;
};

/* How a slot is bounded: from below in every lane, so that there is nothing to mask, as nearly all are; with masks; or
   from above, too. A mask of ones changes no bit, so the formulas are the same, and the compiler leaves out what a
   constant one makes idle. */
enum bounds { BOUNDS_USUAL, BOUNDS_MASKED, BOUNDS_BOTH };

LANES_INLINE bool is_usual(const struct ipm_view *at, int slot) {
    return at->is_whole && at->pattern->usual[slot];
}

LANES_INLINE part number(const struct ipm_view *at, int where, int i) {
    return get(ipm_number(at->pattern, at->record, where), i);
}

/* has / value, and 0 where there is no such bound. */
LANES_INLINE part inverse_where(part has, part value) { return has / (value * has + (1.0 - has)); }

LANES_INLINE struct cell cell_of(const struct ipm_view *at, int slot, enum bounds bounds, int i) {
    const struct ipm_pattern *pattern = at->pattern;
    struct cell c = {.x = get(at->x + slot, i), .z = get(at->z + slot, i)};
    bool usual = bounds == BOUNDS_USUAL;
    c.below = usual ? all_lanes(1.0) : number(at, pattern->has_lower[slot], i);
    c.live = usual ? all_lanes(1.0) : number(at, pattern->live[slot], i);
    if (i == 0) {
        ask(at->x + slot + at->next_column);
        ask(at->z + slot + at->next_column);
    }
    if (bounds == BOUNDS_BOTH) {
        c.w = get(at->w + slot, i);
        c.v = get(at->v + slot, i);
        c.above = number(at, pattern->has_upper[slot], i);
        c.upper = number(at, pattern->upper[slot], i);
        if (i == 0) {
            ask(at->w + slot + at->next_upper);
            ask(at->v + slot + at->next_upper);
        }
    }
    return c;
}
LANES_INLINE part room_left(const struct cell *c) { return c->above * (c->upper - c->x - c->w); }

/* h = z / x + v / w + rho in one division; 1 / h where the column is implicit. Closed and open columns have
   an h of their own. */
LANES_INLINE part h_of(const struct ipm_view *at, const struct cell *c, int slot,
                       enum bounds bounds, double rho, int i) {
    const struct ipm_pattern *pattern = at->pattern;
    part under = c->x * c->below + (1.0 - c->below), over = c->z;
    if (bounds == BOUNDS_BOTH) {
        part room = c->w * c->above + (1.0 - c->above);
        over = over * room + c->v * under;
        under *= room;
    }
    over += rho * under;
    if (bounds != BOUNDS_USUAL && pattern->is_extra[slot]) {
        part extra = number(at, pattern->extra[slot], i);
        part_mask given = extra > 0.0;
        over = replaced(over, extra);
        part one = all_lanes(1.0);
        under = (part)((given & (part_mask)one) | (~given & (part_mask)under));
    }
    return pattern->implicit[slot] ? under / over : over / under;
}

struct measured { /* of one part of the lanes, see struct ipm_tally */
    part rows, bounds, columns, products, primal, dual, pairs;
};

LANES_INLINE void measure_slot(const struct ipm_view *at, int slot, enum bounds bounds, int i,
                               double rho, bool with_h, lanes *aty, struct measured *m) {
    const struct ipm_pattern *pattern = at->pattern;
    struct cell c = cell_of(at, slot, bounds, i);
    part cost = number(at, pattern->cost[slot], i);
    part lacks = cost - get(aty + slot, i), side = -lacks;
    m->primal += cost * c.x;
    m->products += c.x * c.z * c.below;
    m->pairs += c.below;
    lacks -= c.z;
    if (bounds == BOUNDS_BOTH) {
        part room = room_left(&c);
        lacks += c.v;
        side += c.v * room * inverse_where(c.above, c.w);
        m->products += c.w * c.v * c.above;
        m->pairs += c.above;
        m->dual -= c.upper * c.v;
        m->bounds = larger(size_of(room), m->bounds);
    }
    lacks *= c.live;
    m->columns = larger(size_of(lacks), m->columns);
    if (with_h) {
        put(at->h + slot, i, h_of(at, &c, slot, bounds, rho, i));
        put(at->rx + slot, i, side * c.live);
        if (i == 0) {
            ask(at->h + slot + pattern->columns);
            ask(at->rx + slot + pattern->columns);
        }
    } else {
        put(aty + slot, i, lacks);
    }
}

static void measure(const struct ipm_view *at, double rho, bool with_h, lanes *ax, lanes *aty,
                    struct ipm_tally *tally) {
    const struct ipm_pattern *pattern = at->pattern;
    for (int i = 0; i < PARTS; i++) {
        struct measured m = {get(&tally->rows, i),    get(&tally->bounds, i),
                             get(&tally->columns, i), get(&tally->products, i),
                             get(&tally->primal, i),  get(&tally->dual, i),
                             get(&tally->pairs, i)};
        for (int row = 0; row < pattern->rows; row++) {
            part b = number(at, pattern->rhs[row], i), missed = b - get(ax + row, i);
            if (i == 0) {
                ask(ax + row + pattern->rows);
                ask(at->y + row + pattern->rows);
            }
            m.dual += b * get(at->y + row, i);
            put(ax + row, i, missed);
            m.rows = larger(size_of(missed), m.rows);
        }
        for (int slot = 0; slot < pattern->uppers; slot++) {
            measure_slot(at, slot, BOUNDS_BOTH, i, rho, with_h, aty, &m);
        }
        for (int slot = pattern->uppers; slot < pattern->columns; slot++) {
            if (is_usual(at, slot)) {
                measure_slot(at, slot, BOUNDS_USUAL, i, rho, with_h, aty, &m);
            } else {
                measure_slot(at, slot, BOUNDS_MASKED, i, rho, with_h, aty, &m);
            }
        }
        put(&tally->rows, i, m.rows);
        put(&tally->bounds, i, m.bounds);
        put(&tally->columns, i, m.columns);
        put(&tally->products, i, m.products);
        put(&tally->primal, i, m.primal);
        put(&tally->dual, i, m.dual);
        put(&tally->pairs, i, m.pairs);
    }
}

/* The largest of some lanes and of what was found before; NaN counts for nothing. */
LANES_INLINE double largest_of(part rate, double most) {
    for (int q = 0; q < PART; q++) {
        most = rate[q] > most ? rate[q] : most;
    }
    return most;
}

/* dz of the predictor: (-x z - z dx) / x, and dv alike. */
LANES_INLINE part affine_price(part price, part has, part step, part inverse) {
    return -(price * (has + step * inverse));
}
/* dz of the corrector: (target - x z - dx_a dz_a - z dx) / x. */
LANES_INLINE part corrected_price(part target, part value, part price, part affine_product,
                                  part step, part inverse) {
    return (target - value * price - affine_product - price * step) * inverse;
}

struct predicted { /* of one part of the lanes, see struct ipm_rates */
    part primal, dual, xz, dxz, xdz, dxdz;
};

LANES_INLINE void predicted_slot(const struct ipm_view *at, int slot, enum bounds bounds, int i,
                                 struct predicted *p) {
    struct cell c = cell_of(at, slot, bounds, i);
    part dx = get(at->affine_x + slot, i) * c.live;
    part rate = dx * inverse_where(c.below, c.x);
    part share = c.below + rate, dz = -(c.z * share);
    put(at->affine_x + slot, i, dx);
    p->primal = larger(-rate, p->primal);
    p->dual = larger(share, p->dual);
    p->xz += c.below * c.x * c.z;
    p->dxz += c.below * dx * c.z;
    p->xdz += c.x * dz;
    p->dxdz += dx * dz;
    if (bounds == BOUNDS_BOTH) {
        part dw = c.above * (c.upper - c.x - c.w - dx);
        rate = dw * inverse_where(c.above, c.w);
        share = c.above + rate;
        part dv = -(c.v * share);
        p->primal = larger(-rate, p->primal);
        p->dual = larger(share, p->dual);
        p->xz += c.above * c.w * c.v;
        p->dxz += dw * c.v;
        p->xdz += c.w * dv;
        p->dxdz += dw * dv;
    }
}

static void predicted(const struct ipm_view *at, struct ipm_rates *rates) {
    for (int i = 0; i < PARTS; i++) {
        struct predicted p = {all_lanes(rates->primal[0]), all_lanes(rates->dual[0]),
                              get(&rates->products[0], i), get(&rates->products[1], i),
                              get(&rates->products[2], i), get(&rates->products[3], i)};
        for (int slot = 0; slot < at->pattern->uppers; slot++) {
            predicted_slot(at, slot, BOUNDS_BOTH, i, &p);
        }
        for (int slot = at->pattern->uppers; slot < at->pattern->columns; slot++) {
            if (is_usual(at, slot)) {
                predicted_slot(at, slot, BOUNDS_USUAL, i, &p);
            } else {
                predicted_slot(at, slot, BOUNDS_MASKED, i, &p);
            }
        }
        rates->primal[0] = largest_of(p.primal, rates->primal[0]);
        rates->dual[0] = largest_of(p.dual, rates->dual[0]);
        put(&rates->products[0], i, p.xz);
        put(&rates->products[1], i, p.dxz);
        put(&rates->products[2], i, p.xdz);
        put(&rates->products[3], i, p.dxdz);
    }
}

/* The predictor's right side becomes the corrector's. */
LANES_INLINE void aim_slot(const struct ipm_view *at, int slot, enum bounds bounds, int i,
                           double target) {
    struct cell c = cell_of(at, slot, bounds, i);
    part by_x = inverse_where(c.below, c.x), dx = get(at->affine_x + slot, i);
    part more = (target - dx * affine_price(c.z, c.below, dx, by_x)) * by_x;
    if (i == 0) {
        ask(at->affine_x + slot + at->pattern->columns);
    }
    if (bounds == BOUNDS_BOTH) {
        part by_w = inverse_where(c.above, c.w), dw = room_left(&c) - c.above * dx;
        more -= (target - dw * affine_price(c.v, c.above, dw, by_w)) * by_w;
    }
    put(at->rx + slot, i, get(at->rx + slot, i) + more);
}

static void aim(const struct ipm_view *at, double target) {
    for (int i = 0; i < PARTS; i++) {
        for (int slot = 0; slot < at->pattern->uppers; slot++) {
            aim_slot(at, slot, BOUNDS_BOTH, i, target);
        }
        for (int slot = at->pattern->uppers; slot < at->pattern->columns; slot++) {
            if (is_usual(at, slot)) {
                aim_slot(at, slot, BOUNDS_USUAL, i, target);
            } else {
                aim_slot(at, slot, BOUNDS_MASKED, i, target);
            }
        }
    }
}

/* Whether a lane of a is above that of b. */
LANES_INLINE bool any_above(part a, part b) {
#if PART == 8 && defined(__AVX512F__)
    enum { GREATER = 14, AS_SET = 4 };
    return __builtin_ia32_cmppd512_mask(a, b, GREATER, -1, AS_SET) != 0;
#else
    part_mask mask = a > b;
#if PART == 4 && defined(__AVX__)
    return __builtin_ia32_movmskpd256((part)mask) != 0;
#elif PART == 2 && defined(__SSE2__)
    return __builtin_ia32_movmskpd((part)mask) != 0;
#else
    long long any = 0;
    for (int q = 0; q < PART; q++) {
        any |= mask[q];
    }
    return any != 0;
#endif
#endif
}

/* Rates of all weights, from + weight * change. Nearly all are below the largest found so far, which is seen at the
   least and the largest weight; and if not there, at all of them. */
LANES_INLINE void rate_all(double *most, part from, part change, double *least) {
    part first = from + ipm_weights[0] * change, last = from + ipm_weights[WEIGHTS - 1] * change;
    if (!any_above(larger(first, last), all_lanes(*least))) {
        return;
    }
    part rate[WEIGHTS];
    bool more = any_above(first, all_lanes(most[0]));
    for (int k = 0; k < WEIGHTS; k++) {
        rate[k] = from + ipm_weights[k] * change;
        more |= any_above(rate[k], all_lanes(most[k]));
    }
    if (!more) {
        return;
    }
    *least = HUGE_VAL;
    for (int k = 0; k < WEIGHTS; k++) {
        most[k] = largest_of(rate[k], most[k]);
        *least = most[k] < *least ? most[k] : *least;
    }
}

LANES_INLINE void corrected_slot(const struct ipm_view *at, int slot, enum bounds bounds, int i,
                                 double target, struct ipm_rates *rates, part *sum) {
    struct cell c = cell_of(at, slot, bounds, i);
    part dxa = get(at->affine_x + slot, i), dx = get(at->step_x + slot, i) * c.live;
    part by_both = inverse_where(c.below, c.x * c.z), by_x = c.z * by_both, by_z = c.x * by_both;
    part dza = affine_price(c.z, c.below, dxa, by_x);
    part dz = corrected_price(all_lanes(target), c.x, c.z, dxa * dza, dx, by_x);
    if (i == 0) {
        ask(at->affine_x + slot + at->next_column);
    }
    put(at->step_x + slot, i, dx);
    *sum += dx + dz;
    rate_all(rates->primal, -dxa * by_x, (dxa - dx) * by_x, &rates->least_primal);
    rate_all(rates->dual, -dza * by_z, (dza - dz) * by_z, &rates->least_dual);
    if (bounds == BOUNDS_BOTH) {
        part room = room_left(&c), dwa = room - c.above * dxa, dw = room - c.above * dx;
        by_both = inverse_where(c.above, c.w * c.v);
        part by_w = c.v * by_both, by_v = c.w * by_both;
        part dva = affine_price(c.v, c.above, dwa, by_w);
        part dv = corrected_price(all_lanes(target), c.w, c.v, dwa * dva, dw, by_w);
        rate_all(rates->primal, -dwa * by_w, (dwa - dw) * by_w, &rates->least_primal);
        rate_all(rates->dual, -dva * by_v, (dva - dv) * by_v, &rates->least_dual);
    }
}

static void corrected(const struct ipm_view *at, double target, struct ipm_rates *rates) {
    for (int i = 0; i < PARTS; i++) {
        part sum = get(&rates->products[0], i);
        for (int slot = 0; slot < at->pattern->uppers; slot++) {
            corrected_slot(at, slot, BOUNDS_BOTH, i, target, rates, &sum);
        }
        for (int slot = at->pattern->uppers; slot < at->pattern->columns; slot++) {
            if (is_usual(at, slot)) {
                corrected_slot(at, slot, BOUNDS_USUAL, i, target, rates, &sum);
            } else {
                corrected_slot(at, slot, BOUNDS_MASKED, i, target, rates, &sum);
            }
        }
        put(&rates->products[0], i, sum);
    }
}

LANES_INLINE void advance_slot(const struct ipm_view *at, int slot, enum bounds bounds, int i,
                               const struct ipm_move *move) {
    struct cell c = cell_of(at, slot, bounds, i);
    part dxa = get(at->affine_x + slot, i), dxc = get(at->step_x + slot, i);
    part by_x = inverse_where(c.below, c.x);
    part dza = affine_price(c.z, c.below, dxa, by_x);
    part dzc = corrected_price(all_lanes(move->target), c.x, c.z, dxa * dza, dxc, by_x);
    part dx = dxa + move->primal_weight * (dxc - dxa);
    if (i == 0) {
        ask(at->affine_x + slot + at->pattern->columns);
        ask(at->step_x + slot + at->pattern->columns);
    }
    if (bounds == BOUNDS_BOTH) {
        part room = room_left(&c), dwa = room - c.above * dxa, dwc = room - c.above * dxc;
        part by_w = inverse_where(c.above, c.w);
        part dva = affine_price(c.v, c.above, dwa, by_w);
        part dvc = corrected_price(all_lanes(move->target), c.w, c.v, dwa * dva, dwc, by_w);
        put(at->w + slot, i, c.w + move->primal * (room - c.above * dx));
        put(at->v + slot, i, c.v + move->dual * (dva + move->dual_weight * (dvc - dva)));
    }
    put(at->x + slot, i, c.x + move->primal * dx);
    put(at->z + slot, i, c.z + move->dual * (dza + move->dual_weight * (dzc - dza)));
}

static void advance(const struct ipm_view *at, const struct ipm_move *move) {
    int rows = at->pattern->rows;
    for (int i = 0; i < PARTS; i++) {
        for (int slot = 0; slot < at->pattern->uppers; slot++) {
            advance_slot(at, slot, BOUNDS_BOTH, i, move);
        }
        for (int slot = at->pattern->uppers; slot < at->pattern->columns; slot++) {
            if (is_usual(at, slot)) {
                advance_slot(at, slot, BOUNDS_USUAL, i, move);
            } else {
                advance_slot(at, slot, BOUNDS_MASKED, i, move);
            }
        }
        for (int row = 0; row < rows; row++) {
            part dya = get(at->affine_y + row, i), dyc = get(at->step_y + row, i);
            if (i == 0) {
                ask(at->affine_y + row + rows);
                ask(at->step_y + row + rows);
                ask(at->y + row + rows);
            }
            put(at->y + row, i,
                get(at->y + row, i) - move->dual * (dya + move->dual_weight * (dyc - dya)));
        }
    }
}

/* What a step leaves of its right sides: rows, and columns that are nodes (implicit ones are exact).
   Left in ax and aty. */
static void missed(const struct ipm_view *at, const lanes *rx, const lanes *rp, const lanes *dx,
                   lanes *ax, lanes *aty, struct ipm_tally *tally) {
    const struct ipm_pattern *pattern = at->pattern;
    for (int i = 0; i < PARTS; i++) {
        part rows = get(&tally->rows, i), columns = get(&tally->columns, i);
        for (int slot = 0; slot < pattern->columns; slot++) {
            part miss = {0};
            if (!pattern->implicit[slot]) {
                part h = get(at->h + slot, i), live = number(at, pattern->live[slot], i);
                part_mask counts = (live > 0.0) & (h >= 1e-50);
                miss = get(rx + slot, i) - get(aty + slot, i) - h * get(dx + slot, i);
                miss = (part)(counts & (part_mask)miss);
                columns = larger(size_of(miss), columns);
            }
            put(aty + slot, i, miss);
        }
        for (int row = 0; row < pattern->rows; row++) {
            if (i == 0) {
                ask(rp + row + at->next_row);
            }
            part miss = get(rp + row, i) - get(ax + row, i);
            put(ax + row, i, miss);
            rows = larger(size_of(miss), rows);
        }
        put(&tally->rows, i, rows);
        put(&tally->columns, i, columns);
    }
}
