/* One stage, number by number: residuals, the corrector's right side, ratios, the step. The formulas
   stand at the head of ipm_step.c. Part of ipm_vector.h. */
/* SPDX-License-Identifier: Apache-2.0 */

/* One slot at one stage: the point, its masks, 1 / x and 1 / w where there are bounds. */
struct cell {
    part x, z, below, by_x; /* below: 1 where there is a lower bound */
    part w, v, above, by_w, upper;
};

LANES_INLINE part number(const struct ipm_view *at, int where, int i) {
    return get(ipm_number(at->pattern, at->record, where), i);
}

/* has / value, and 0 where there is no such bound. */
LANES_INLINE part inverse_where(part has, part value) { return has / (value * has + (1.0 - has)); }

LANES_INLINE void load_lower(struct cell *c, const struct ipm_view *at, int slot, int i) {
    if (i == 0) {
        long next = at->way * (long)at->pattern->columns;
        ask(at->x + slot + next);
        ask(at->z + slot + next);
    }
    c->x = get(at->x + slot, i);
    c->z = get(at->z + slot, i);
    c->below = number(at, at->pattern->has_lower[slot], i);
}
LANES_INLINE void load_upper(struct cell *c, const struct ipm_view *at, int slot, int i) {
    if (i == 0) {
        long next = at->way * (long)at->pattern->uppers;
        ask(at->w + slot + next);
        ask(at->v + slot + next);
    }
    c->w = get(at->w + slot, i);
    c->v = get(at->v + slot, i);
    c->above = number(at, at->pattern->has_upper[slot], i);
    c->upper = number(at, at->pattern->upper[slot], i);
}
LANES_INLINE part room_left(const struct cell *c) { return c->above * (c->upper - c->x - c->w); }

/* h = z / x + v / w + rho in one division; 1 / h where the column is implicit. Closed and open columns have
   an h of their own. */
LANES_INLINE part h_of(const struct ipm_view *at, const struct cell *c, int slot, double rho,
                       bool upper, int i) {
    const struct ipm_pattern *pattern = at->pattern;
    part under = c->x * c->below + (1.0 - c->below), over = c->z;
    if (upper) {
        part room = c->w * c->above + (1.0 - c->above);
        over = over * room + c->v * under;
        under *= room;
    }
    over += rho * under;
    if (pattern->is_extra[slot]) {
        part extra = number(at, pattern->extra[slot], i);
        part_mask given = extra > 0.0;
        over = replaced(over, extra);
        part one = (part){0} + 1.0;
        under = (part)((given & (part_mask)one) | (~given & (part_mask)under));
    }
    return pattern->implicit[slot] ? under / over : over / under;
}

static void measure(const struct ipm_view *at, double rho, bool with_h, lanes *ax, lanes *aty,
                    struct ipm_tally *tally) {
    const struct ipm_pattern *pattern = at->pattern;
    for (int i = 0; i < PARTS; i++) {
        part rows = get(&tally->rows, i), bounds = get(&tally->bounds, i),
             columns = get(&tally->columns, i), products = get(&tally->products, i),
             primal = get(&tally->primal, i), dual = get(&tally->dual, i),
             pairs = get(&tally->pairs, i);
        for (int row = 0; row < pattern->rows; row++) {
            if (i == 0) {
                ask(ax + row + pattern->rows);
                ask(at->y + row + pattern->rows);
            }
            part b = number(at, pattern->rhs[row], i), missed = b - get(ax + row, i);
            dual += b * get(at->y + row, i);
            put(ax + row, i, missed);
            rows = larger(size_of(missed), rows);
        }
        for (int slot = 0; slot < pattern->columns; slot++) {
            struct cell c;
            load_lower(&c, at, slot, i);
            bool upper = slot < pattern->uppers;
            part cost = number(at, pattern->cost[slot], i),
                 live = number(at, pattern->live[slot], i);
            part lacks = cost - get(aty + slot, i), side = -lacks;
            primal += cost * c.x;
            products += c.x * c.z * c.below;
            pairs += c.below;
            lacks -= c.z;
            if (upper) {
                load_upper(&c, at, slot, i);
                part room = room_left(&c);
                lacks += c.v;
                side += c.v * room * inverse_where(c.above, c.w);
                products += c.w * c.v * c.above;
                pairs += c.above;
                dual -= c.upper * c.v;
                bounds = larger(size_of(room), bounds);
            }
            lacks *= live;
            columns = larger(size_of(lacks), columns);
            if (with_h) {
                if (i == 0) {
                    ask(at->h + slot + pattern->columns);
                    ask(at->rx + slot + pattern->columns);
                }
                put(at->h + slot, i, h_of(at, &c, slot, rho, upper, i));
                put(at->rx + slot, i, side * live);
            } else {
                put(aty + slot, i, lacks);
            }
        }
        put(&tally->rows, i, rows);
        put(&tally->bounds, i, bounds);
        put(&tally->columns, i, columns);
        put(&tally->products, i, products);
        put(&tally->primal, i, primal);
        put(&tally->dual, i, dual);
        put(&tally->pairs, i, pairs);
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

static void predicted(const struct ipm_view *at, struct ipm_rates *rates) {
    const struct ipm_pattern *pattern = at->pattern;
    for (int i = 0; i < PARTS; i++) {
        part primal = (part){0} + rates->primal[0], dual = (part){0} + rates->dual[0];
        part xz = get(&rates->products[0], i), dxz = get(&rates->products[1], i),
             xdz = get(&rates->products[2], i), dxdz = get(&rates->products[3], i);
        for (int slot = 0; slot < pattern->columns; slot++) {
            struct cell c;
            load_lower(&c, at, slot, i);
            part dx = get(at->affine_x + slot, i) * number(at, pattern->live[slot], i);
            part rate = dx * inverse_where(c.below, c.x);
            part share = c.below + rate, dz = -(c.z * share);
            put(at->affine_x + slot, i, dx);
            primal = larger(-rate, primal);
            dual = larger(share, dual);
            xz += c.below * c.x * c.z;
            dxz += c.below * dx * c.z;
            xdz += c.x * dz;
            dxdz += dx * dz;
            if (slot < pattern->uppers) {
                load_upper(&c, at, slot, i);
                part dw = c.above * (c.upper - c.x - c.w - dx);
                rate = dw * inverse_where(c.above, c.w);
                share = c.above + rate;
                part dv = -(c.v * share);
                primal = larger(-rate, primal);
                dual = larger(share, dual);
                xz += c.above * c.w * c.v;
                dxz += dw * c.v;
                xdz += c.w * dv;
                dxdz += dw * dv;
            }
        }
        rates->primal[0] = largest_of(primal, rates->primal[0]);
        rates->dual[0] = largest_of(dual, rates->dual[0]);
        put(&rates->products[0], i, xz);
        put(&rates->products[1], i, dxz);
        put(&rates->products[2], i, xdz);
        put(&rates->products[3], i, dxdz);
    }
}

/* The predictor's right side becomes the corrector's. */
static void aim(const struct ipm_view *at, double target) {
    const struct ipm_pattern *pattern = at->pattern;
    for (int i = 0; i < PARTS; i++) {
        for (int slot = 0; slot < pattern->columns; slot++) {
            struct cell c;
            load_lower(&c, at, slot, i);
            if (i == 0) {
                ask(at->affine_x + slot + pattern->columns);
            }
            part by_x = inverse_where(c.below, c.x), dx = get(at->affine_x + slot, i);
            part more = (target - dx * affine_price(c.z, c.below, dx, by_x)) * by_x;
            if (slot < pattern->uppers) {
                load_upper(&c, at, slot, i);
                part by_w = inverse_where(c.above, c.w), dw = room_left(&c) - c.above * dx;
                more -= (target - dw * affine_price(c.v, c.above, dw, by_w)) * by_w;
            }
            put(at->rx + slot, i, get(at->rx + slot, i) + more);
        }
    }
}

LANES_INLINE bool any_of(part_mask mask) {
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
}

/* Rates of all weights, from + weight * change. Nearly all are below the largest found so far, which is seen at the
   least and the largest weight; and if not there, at all of them. */
LANES_INLINE void rate_all(double *most, part from, part change, double *least) {
    part first = from + ipm_weights[0] * change, last = from + ipm_weights[WEIGHTS - 1] * change;
    if (!any_of(larger(first, last) > *least)) {
        return;
    }
    part rate[WEIGHTS];
    part_mask more = first > most[0];
    for (int k = 0; k < WEIGHTS; k++) {
        rate[k] = from + ipm_weights[k] * change;
        more |= rate[k] > most[k];
    }
    if (!any_of(more)) {
        return;
    }
    *least = HUGE_VAL;
    for (int k = 0; k < WEIGHTS; k++) {
        most[k] = largest_of(rate[k], most[k]);
        *least = most[k] < *least ? most[k] : *least;
    }
}

static void corrected(const struct ipm_view *at, double target, struct ipm_rates *rates) {
    const struct ipm_pattern *pattern = at->pattern;
    for (int i = 0; i < PARTS; i++) {
        part sum = get(&rates->products[0], i);
        for (int slot = 0; slot < pattern->columns; slot++) {
            struct cell c;
            load_lower(&c, at, slot, i);
            if (i == 0) {
                ask(at->affine_x + slot + at->way * (long)pattern->columns);
            }
            part dxa = get(at->affine_x + slot, i);
            part dx = get(at->step_x + slot, i) * number(at, pattern->live[slot], i);
            part by_both = inverse_where(c.below, c.x * c.z), by_x = c.z * by_both,
                 by_z = c.x * by_both;
            part dza = affine_price(c.z, c.below, dxa, by_x);
            part dz = corrected_price((part){0} + target, c.x, c.z, dxa * dza, dx, by_x);
            put(at->step_x + slot, i, dx);
            sum += dx + dz;
            rate_all(rates->primal, -dxa * by_x, (dxa - dx) * by_x, &rates->least_primal);
            rate_all(rates->dual, -dza * by_z, (dza - dz) * by_z, &rates->least_dual);
            if (slot < pattern->uppers) {
                load_upper(&c, at, slot, i);
                part room = room_left(&c), dwa = room - c.above * dxa, dw = room - c.above * dx;
                by_both = inverse_where(c.above, c.w * c.v);
                part by_w = c.v * by_both, by_v = c.w * by_both;
                part dva = affine_price(c.v, c.above, dwa, by_w);
                part dv = corrected_price((part){0} + target, c.w, c.v, dwa * dva, dw, by_w);
                rate_all(rates->primal, -dwa * by_w, (dwa - dw) * by_w, &rates->least_primal);
                rate_all(rates->dual, -dva * by_v, (dva - dv) * by_v, &rates->least_dual);
            }
        }
        put(&rates->products[0], i, sum);
    }
}

static void advance(const struct ipm_view *at, double target, double primal, double dual,
                    double primal_weight, double dual_weight) {
    const struct ipm_pattern *pattern = at->pattern;
    for (int i = 0; i < PARTS; i++) {
        for (int slot = 0; slot < pattern->columns; slot++) {
            struct cell c;
            load_lower(&c, at, slot, i);
            if (i == 0) {
                ask(at->affine_x + slot + pattern->columns);
                ask(at->step_x + slot + pattern->columns);
            }
            part dxa = get(at->affine_x + slot, i), dxc = get(at->step_x + slot, i);
            part by_x = inverse_where(c.below, c.x);
            part dza = affine_price(c.z, c.below, dxa, by_x);
            part dzc = corrected_price((part){0} + target, c.x, c.z, dxa * dza, dxc, by_x);
            part dx = dxa + primal_weight * (dxc - dxa);
            if (slot < pattern->uppers) {
                load_upper(&c, at, slot, i);
                part room = room_left(&c), dwa = room - c.above * dxa, dwc = room - c.above * dxc;
                part by_w = inverse_where(c.above, c.w);
                part dva = affine_price(c.v, c.above, dwa, by_w);
                part dvc = corrected_price((part){0} + target, c.w, c.v, dwa * dva, dwc, by_w);
                put(at->w + slot, i, c.w + primal * (room - c.above * dx));
                put(at->v + slot, i, c.v + dual * (dva + dual_weight * (dvc - dva)));
            }
            put(at->x + slot, i, c.x + primal * dx);
            put(at->z + slot, i, c.z + dual * (dza + dual_weight * (dzc - dza)));
        }
        for (int row = 0; row < pattern->rows; row++) {
            if (i == 0) {
                ask(at->affine_y + row + pattern->rows);
                ask(at->step_y + row + pattern->rows);
                ask(at->y + row + pattern->rows);
            }
            part dya = get(at->affine_y + row, i), dyc = get(at->step_y + row, i);
            put(at->y + row, i, get(at->y + row, i) - dual * (dya + dual_weight * (dyc - dya)));
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
                ask(rp + row + at->way * (long)pattern->rows);
            }
            part miss = get(rp + row, i) - get(ax + row, i);
            put(ax + row, i, miss);
            rows = larger(size_of(miss), rows);
        }
        put(&tally->rows, i, rows);
        put(&tally->columns, i, columns);
    }
}
