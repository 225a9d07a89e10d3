/* Charges of a tariff as functions of what is billed (kWh of a period in a month, kW of a peak), and the highest convex
   function below each over what a meter can draw: its lower convex hull, at most a handful of points. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/tariff.h"

static const double at_kink_ratio = 1e-6; /* this close to a kink, both slopes support the plan */

double charge_money(const struct charge *c, double amount_value) {
    const struct tariff *t = &c->mt->tariff;
    double share_frac = c->mt->share_frac[c->month];
    switch (c->kind) {
    case CHARGE_ENERGY:
        return tariff_energy_money(t, c->period, c->month, amount_value, share_frac);
    case CHARGE_DEMAND:
        return share_frac * tariff_tiers_money(&t->demand.period[c->period], amount_value, 1.0);
    case CHARGE_MONTH_PEAK:
        return share_frac * (tariff_flat_money(t, c->month, amount_value) +
                             tariff_shortfall_money(t, c->month, amount_value));
    case CHARGES:
        break;
    }
    return 0.0;
}

const struct envelope *charge_envelope(const struct charge *c) {
    const struct meter_tariff *mt = c->mt;
    return c->kind == CHARGE_ENERGY   ? &mt->energy[c->month][c->period]
           : c->kind == CHARGE_DEMAND ? &mt->demand[c->month][c->period]
                                      : &mt->flat[c->month];
}

double charge_amount_value(const struct charge *c, const struct tariff_month *month) {
    return c->kind == CHARGE_ENERGY   ? month->energy_kwh[c->period]
           : c->kind == CHARGE_DEMAND ? month->billed_kw[c->period]
                                      : month->flat_kw;
}

static const struct tariff_period *charge_tiers(const struct charge *c) {
    const struct tariff *t = &c->mt->tariff;
    switch (c->kind) {
    case CHARGE_ENERGY:
        return t->energy.periods_count ? &t->energy.period[c->period] : NULL;
    case CHARGE_DEMAND:
        return &t->demand.period[c->period];
    case CHARGE_MONTH_PEAK:
    case CHARGES:
        break;
    }
    return t->flat_periods_count ? &t->flat[t->flat_month[c->month]] : NULL;
}

/* Its slope just above amount_value. */
static double charge_slope(const struct charge *c, double amount_value) {
    const struct tariff *t = &c->mt->tariff;
    const struct tariff_period *period = charge_tiers(c);
    double share_frac = c->mt->share_frac[c->month], slope = 0.0;
    double scale_frac = c->kind == CHARGE_ENERGY ? share_frac : 1.0;
    struct tariff_part part[TARIFF_PARTS];
    for (int k = 0; period && k < period->tiers_count; k++) {
        if (amount_value < period->tier[k].up_to_value * scale_frac) {
            slope = period->tier[k].price_value;
            break;
        }
    }
    if (c->kind == CHARGE_ENERGY) {
        return slope + t->adder_money_kwh[c->month];
    }
    bool large = c->kind == CHARGE_MONTH_PEAK && tariff_parts(&t->large, part);
    slope += large ? t->large.demand_money_kw_month : 0.0;
    for (int k = 0; large && k < TARIFF_PARTS; k++) {
        slope -= amount_value < part[k].least_kw
                     ? part[k].part_frac * tariff_shortfall_money_kw(t, c->month)
                     : 0.0;
    }
    return share_frac * slope;
}

int charge_breaks(const struct charge *c, double low_value, double high_value, double *ret) {
    const struct tariff_period *period = charge_tiers(c);
    struct tariff_part part[TARIFF_PARTS];
    double scale_frac = c->kind == CHARGE_ENERGY ? c->mt->share_frac[c->month] : 1.0;
    double found[CHARGE_BREAKS_MAX];
    int count = 0, kept = 0;
    for (int k = 0; period && k + 1 < period->tiers_count; k++) {
        found[count++] = period->tier[k].up_to_value * scale_frac;
    }
    bool large = c->kind == CHARGE_MONTH_PEAK && tariff_parts(&c->mt->tariff.large, part);
    for (int k = 0; large && k < TARIFF_PARTS; k++) {
        found[count++] = part[k].least_kw;
    }
    for (int k = 1; k < count; k++) { /* a handful */
        for (int n = k; n > 0 && found[n] < found[n - 1]; n--) {
            double swap = found[n];
            found[n] = found[n - 1];
            found[n - 1] = swap;
        }
    }
    for (int k = 0; k < count; k++) {
        if (found[k] > low_value && found[k] < high_value &&
            (kept == 0 || found[k] > ret[kept - 1])) {
            ret[kept++] = found[k];
        }
    }
    return kept;
}

enum { POINTS_MAX = CHARGE_BREAKS_MAX + 2 };

struct hull { /* lower convex hull, from left to right */
    int count, points_count;
    double amount_value[POINTS_MAX], money[POINTS_MAX];
    int point[POINTS_MAX]; /* which of the points it is */
};

static double chord_money(const struct hull *h, int k) {
    return (h->money[k + 1] - h->money[k]) / (h->amount_value[k + 1] - h->amount_value[k]);
}

static void hull_add(struct hull *h, double amount_value, double money) {
    while (h->count >= 2 &&
           (money - h->money[h->count - 1]) / (amount_value - h->amount_value[h->count - 1]) <
               chord_money(h, h->count - 2)) {
        h->count--;
    }
    h->amount_value[h->count] = amount_value;
    h->money[h->count] = money;
    h->point[h->count++] = h->points_count++;
}

/* A chord between neighbours is the tier's own price, without the rounding of a difference. */
static double hull_slope(const struct charge *c, const struct hull *h, int k) {
    return h->point[k + 1] == h->point[k] + 1 ? charge_slope(c, h->amount_value[k])
                                              : chord_money(h, k);
}

void envelope_make(const struct charge *c, double low_value, double high_value, bool rises,
                   struct envelope *ret) {
    struct hull hull = {0};
    double at[POINTS_MAX], slope[POINTS_MAX];
    int count = charge_breaks(c, low_value, high_value, at), first = 0;
    memset(ret, 0, sizeof *ret);
    ret->low_value = low_value;
    ret->high_value = high_value;
    hull_add(&hull, low_value, charge_money(c, low_value));
    for (int k = 0; k < count; k++) {
        hull_add(&hull, at[k], charge_money(c, at[k]));
    }
    if (isfinite(high_value) && high_value > low_value) {
        hull_add(&hull, high_value, charge_money(c, high_value));
    }
    double ray = charge_slope(c, count ? at[count - 1] : low_value);
    while (!isfinite(high_value) && hull.count >= 2 && chord_money(&hull, hull.count - 2) > ray) {
        hull.count--;
    }
    for (int k = 0; k + 1 < hull.count; k++) {
        slope[k] = hull_slope(c, &hull, k);
    }
    slope[hull.count - 1] = ray; /* behind a finite end it is not used */
    int slopes = isfinite(high_value) && hull.count > 1 ? hull.count - 1 : hull.count;
    while (rises && first < slopes && slope[first] < 0.0) {
        first++;
    }
    int from = first < hull.count ? first : hull.count - 1;
    ret->slope = first == 0 ? slope[0] : 0.0;
    ret->base_money = hull.money[from] - ret->slope * hull.amount_value[from];
    for (int k = first == 0 ? 1 : first; k < slopes; k++) {
        double step = slope[k] - (k == first ? 0.0 : slope[k - 1]);
        if (step > 0.0) {
            ret->at[ret->kinks_count] = hull.amount_value[k];
            ret->step[ret->kinks_count++] = step;
        }
    }
}

double envelope_at(const struct envelope *e, double amount_value) {
    double money =
        e->base_money + e->slope * amount_value + e->foot_money * fmax(-amount_value, 0.0);
    for (int k = 0; k < e->kinks_count; k++) {
        money += e->step[k] * fmax(amount_value - e->at[k], 0.0);
    }
    return money;
}

double envelope_worst_break_value(const struct charge *c, const struct envelope *e,
                                  double least_money) {
    double breaks[CHARGE_BREAKS_MAX], worst_value = (double)NAN, worst_money = least_money;
    int count = charge_breaks(c, e->low_value, e->high_value, breaks);
    for (int k = 0; k < count; k++) {
        double money = charge_money(c, breaks[k]) - envelope_at(e, breaks[k]);
        if (money > worst_money) {
            worst_money = money;
            worst_value = breaks[k];
        }
    }
    return worst_value;
}

bool envelope_at_end(const struct envelope *e, double amount_value, double flows_kwh) {
    double near = at_kink_ratio * fmax(1.0, flows_kwh);
    return e->held && (amount_value <= e->from_value + near || amount_value >= e->to_value - near);
}

double envelope_slope(const struct envelope *e, double amount_value, double flows_kwh) {
    double near = at_kink_ratio * fmax(1.0, flows_kwh), slope = e->slope;
    for (int k = 0; k < e->kinks_count; k++) {
        if (fabs(amount_value - e->at[k]) <= near) {
            return (double)NAN;
        }
        slope += amount_value > e->at[k] ? e->step[k] : 0.0;
    }
    if ((e->foot_money > 0.0 && fabs(amount_value) <= near) ||
        envelope_at_end(e, amount_value, flows_kwh)) {
        return (double)NAN;
    }
    return amount_value < 0.0 ? slope - e->foot_money : slope;
}
