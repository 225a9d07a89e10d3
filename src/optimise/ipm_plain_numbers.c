/* The plain kernels, number by number; see ipm_plain.c and, for the formulas, ipm_step.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_plain.h"

#include "optimise/ipm_cell.h"

static double larger(double a, double b) { return a > b ? a : b; }

static double room_left(const struct ipm_cell *c) { return c->above * (c->upper - c->x - c->w); }

static double h_of(const struct ipm_view *at, const struct ipm_cell *c, int slot, double rho,
                   int q) {
    const struct ipm_pattern *pattern = at->pattern;
    double under = c->x * c->below + (1.0 - c->below), over = c->z;
    if (c->may_end) {
        double room = c->w * c->above + (1.0 - c->above);
        over = over * room + c->v * under;
        under *= room;
    }
    over += rho * under;
    double extra = pattern->is_extra[slot] ? ipm_number_in(at, pattern->extra[slot], q) : 0.0;
    over = extra > 0.0 ? extra : over;
    under = extra > 0.0 ? 1.0 : under;
    return pattern->implicit[slot] ? under / over : over / under;
}

static void measure_number(const struct ipm_view *at, double rho, bool with_h, lanes *aty, int slot,
                           int q, struct ipm_tally *tally) {
    const struct ipm_cell c = ipm_cell(at, slot, q);
    double cost = ipm_number_in(at, at->pattern->cost[slot], q);
    double lacks = cost - aty[slot][q], side = -lacks;
    tally->primal[q] += cost * c.x;
    tally->products[q] += c.x * c.z * c.below;
    tally->pairs[q] += c.below;
    lacks -= c.z;
    if (c.may_end) {
        double room = room_left(&c);
        lacks += c.v;
        if (with_h) { /* closing puts w on its bound */
            side += c.v * room * ipm_inverse_where(c.above, c.w);
        }
        tally->products[q] += c.w * c.v * c.above;
        tally->pairs[q] += c.above;
        tally->dual[q] -= c.upper * c.v;
        tally->bounds[q] = larger(fabs(room), tally->bounds[q]);
    }
    lacks *= c.live;
    tally->columns[q] = larger(fabs(lacks), tally->columns[q]);
    if (with_h) {
        at->h[slot][q] = h_of(at, &c, slot, rho, q);
        at->rx[slot][q] = side * c.live;
    } else {
        aty[slot][q] = lacks;
    }
}

void ipm_plain_measure(const struct ipm_view *at, double rho, bool with_h, lanes *ax, lanes *aty,
                       struct ipm_tally *tally) {
    for (int q = 0; q < LANES; q++) {
        for (int row = 0; row < at->pattern->rows; row++) {
            double b = ipm_number_in(at, at->pattern->rhs[row], q);
            ax[row][q] = b - ax[row][q];
            tally->dual[q] += b * at->y[row][q];
            tally->rows[q] = larger(fabs(ax[row][q]), tally->rows[q]);
        }
        for (int slot = 0; slot < at->pattern->columns; slot++) {
            measure_number(at, rho, with_h, aty, slot, q, tally);
        }
    }
}

/* A number, its price and the steps of both. */
struct way {
    double value, price, has, step, affine_step; /* of the bound's distance */
    double inverse;
};

static double affine_price(const struct way *way) {
    return -(way->price * (way->has + way->affine_step * way->inverse));
}
static double corrected_price(const struct way *way, double target) {
    double product = way->affine_step * affine_price(way);
    return (target - way->value * way->price - product - way->price * way->step) * way->inverse;
}

static struct way lower_way(const struct ipm_view *at, const struct ipm_cell *c, int slot, int q) {
    return (struct way){c->x,
                        c->z,
                        c->below,
                        at->step_x[slot][q],
                        at->affine_x[slot][q],
                        ipm_inverse_where(c->below, c->x)};
}
static struct way upper_way(const struct ipm_view *at, const struct ipm_cell *c, int slot, int q) {
    double room = room_left(c);
    return (struct way){c->w,
                        c->v,
                        c->above,
                        room - c->above * at->step_x[slot][q],
                        room - c->above * at->affine_x[slot][q],
                        ipm_inverse_where(c->above, c->w)};
}

static void rate_affine(const struct way *way, int q, struct ipm_rates *rates) {
    double rate = way->affine_step * way->inverse, share = way->has + rate;
    double price = -(way->price * share);
    rates->primal[0] = larger(-rate, rates->primal[0]);
    rates->dual[0] = larger(share, rates->dual[0]);
    rates->products[0][q] += way->has * way->value * way->price;
    rates->products[2][q] += way->value * price;
    rates->products[3][q] += way->affine_step * price;
}

void ipm_plain_predicted(const struct ipm_view *at, struct ipm_rates *rates) {
    for (int q = 0; q < LANES; q++) {
        for (int slot = 0; slot < at->pattern->columns; slot++) {
            const struct ipm_cell c = ipm_cell(at, slot, q);
            at->affine_x[slot][q] *= c.live;
            struct way lower = lower_way(at, &c, slot, q);
            rate_affine(&lower, q, rates);
            rates->products[1][q] += c.below * lower.affine_step * c.z;
            if (c.may_end) {
                struct way upper = upper_way(at, &c, slot, q);
                upper.affine_step = c.above * (c.upper - c.x - c.w - lower.affine_step);
                rate_affine(&upper, q, rates);
                rates->products[1][q] += upper.affine_step * c.v;
            }
        }
    }
}

void ipm_plain_aim(const struct ipm_view *at, double target) {
    for (int q = 0; q < LANES; q++) {
        for (int slot = 0; slot < at->pattern->columns; slot++) {
            const struct ipm_cell c = ipm_cell(at, slot, q);
            struct way way = lower_way(at, &c, slot, q);
            double more = (target - way.affine_step * affine_price(&way)) * way.inverse;
            if (c.may_end) {
                way = upper_way(at, &c, slot, q);
                more -= (target - way.affine_step * affine_price(&way)) * way.inverse;
            }
            at->rx[slot][q] += more;
        }
    }
}

static void rate_all(const struct way *way, double target, struct ipm_rates *rates) {
    double by_both = ipm_inverse_where(way->has, way->value * way->price);
    struct way exact = *way;
    exact.inverse = way->price * by_both;
    double by_price = way->value * by_both;
    double affine = affine_price(&exact), price = corrected_price(&exact, target);
    for (int i = 0; i < WEIGHTS; i++) {
        double primal = -way->affine_step * exact.inverse +
                        ipm_weights[i] * ((way->affine_step - way->step) * exact.inverse);
        double dual = -affine * by_price + ipm_weights[i] * ((affine - price) * by_price);
        rates->primal[i] = larger(primal, rates->primal[i]);
        rates->dual[i] = larger(dual, rates->dual[i]);
    }
}

void ipm_plain_corrected(const struct ipm_view *at, double target, struct ipm_rates *rates) {
    for (int q = 0; q < LANES; q++) {
        for (int slot = 0; slot < at->pattern->columns; slot++) {
            const struct ipm_cell c = ipm_cell(at, slot, q);
            at->step_x[slot][q] *= c.live;
            struct way way = lower_way(at, &c, slot, q);
            double by_both = ipm_inverse_where(c.below, c.x * c.z);
            struct way exact = way;
            exact.inverse = c.z * by_both;
            rates->products[0][q] += way.step + corrected_price(&exact, target);
            rate_all(&way, target, rates);
            if (c.may_end) {
                way = upper_way(at, &c, slot, q);
                rate_all(&way, target, rates);
            }
        }
    }
}

void ipm_plain_advance(const struct ipm_view *at, const struct ipm_move *move) {
    for (int q = 0; q < LANES; q++) {
        for (int slot = 0; slot < at->pattern->columns; slot++) {
            const struct ipm_cell c = ipm_cell(at, slot, q);
            struct way way = lower_way(at, &c, slot, q);
            double affine = affine_price(&way), price = corrected_price(&way, move->target);
            double dx = way.affine_step + move->primal_weight * (way.step - way.affine_step);
            at->x[slot][q] = c.x + move->primal * dx;
            at->z[slot][q] = c.z + move->dual * (affine + move->dual_weight * (price - affine));
            if (c.may_end) {
                way = upper_way(at, &c, slot, q);
                affine = affine_price(&way);
                price = corrected_price(&way, move->target);
                at->w[slot][q] = c.w + move->primal * (room_left(&c) - c.above * dx);
                at->v[slot][q] = c.v + move->dual * (affine + move->dual_weight * (price - affine));
            }
        }
        for (int row = 0; row < at->pattern->rows; row++) {
            double affine = at->affine_y[row][q];
            at->y[row][q] -=
                move->dual * (affine + move->dual_weight * (at->step_y[row][q] - affine));
        }
    }
}

void ipm_plain_missed(const struct ipm_view *at, const lanes *rx, const lanes *rp, const lanes *dx,
                      lanes *ax, lanes *aty, struct ipm_tally *tally) {
    for (int q = 0; q < LANES; q++) {
        for (int slot = 0; slot < at->pattern->columns; slot++) {
            double h = at->h[slot][q], miss = rx[slot][q] - aty[slot][q] - h * dx[slot][q];
            bool counts = !at->pattern->implicit[slot] && h >= 1e-50 &&
                          ipm_number_in(at, at->pattern->live[slot], q) > 0.0;
            aty[slot][q] = counts ? miss : 0.0;
            tally->columns[q] = larger(fabs(aty[slot][q]), tally->columns[q]);
        }
        for (int row = 0; row < at->pattern->rows; row++) {
            ax[row][q] = rp[row][q] - ax[row][q];
            tally->rows[q] = larger(fabs(ax[row][q]), tally->rows[q]);
        }
    }
}
