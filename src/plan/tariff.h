/* A meter's tariff in a plan. What it asks is split three ways: a price of energy by step, which stands as the cost
   of the import; fixed charges; and the rest (further tiers, peaks, minimum bills), which is rows of the programme and
   is billed on the dispatch by the calculator of scenario/tariff.h.

   Where a charge is not convex (a tier cheaper than the one before), the programme holds the highest convex function
   below it over what the meter can draw at all, or over the range it is held to: its optimum is a lower bound of the
   bill, the calculator's the true one, and tariff_search.c narrows the ranges until they agree. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_TARIFF_H
#define PLAN_TARIFF_H

#include "plan/assembly.h"
#include "scenario/tariff.h"

enum { TARIFF_KINKS_MAX = TARIFF_TIERS_MAX + TARIFF_PARTS + 2 };

/* base + slope * q + sum of step * (q - at, where q is above) + foot * (-q, where q is below 0), q: what is billed; no
   step and no foot is negative. Made over low..high; held: the programme keeps q within from..to (either may be
   infinite). */
struct envelope {
    double low_value, high_value;
    bool held;
    double from_value, to_value;
    double base_money, slope, foot_money;
    int kinks_count;
    double at[TARIFF_KINKS_MAX], step[TARIFF_KINKS_MAX];
};
static inline bool envelope_costs(const struct envelope *envelope) {
    return envelope->slope > 0.0 || envelope->kinks_count > 0 || envelope->held;
}
double envelope_at(const struct envelope *envelope, double amount_value);

/* Of one case. */
struct meter_tariff {
    struct tariff tariff;               /* the meter's, with the price of supply by step */
    int *energy_period, *demand_period; /* by step of the horizon */
    bool *coincides;                    /* by step: an hour of a coincident charge */
    double *least_kw; /* by step: the meter draws no less (net metering: may be below 0) */
    double most_kw;
    double *taken_most_kw; /* by step: what stands behind it takes no more */
    struct envelope energy[12][TARIFF_PERIODS_MAX], demand[12][TARIFF_PERIODS_MAX], flat[12];
    double share_frac[12];                     /* of each month's days in the horizon */
    bool demand_holds[12][TARIFF_PERIODS_MAX]; /* has steps */
};

/* tariff_charge.c. A charge of one month. */
struct charge {
    const struct meter_tariff *mt;
    int month, period;
    enum charge_kind kind;
};
double charge_money(const struct charge *c, double amount_value);
/* Where its slope changes, in order, between two amounts (excluded); ret: CHARGE_BREAKS_MAX. */
enum { CHARGE_BREAKS_MAX = TARIFF_TIERS_MAX + TARIFF_PARTS };
int charge_breaks(const struct charge *c, double low_value, double high_value, double *ret);

/* Below a charge over low..high (which may be infinite). rises: only bounds from below stand against the quantity (a
   peak), so that where the charge falls it would be taken for its least. */
void envelope_make(const struct charge *c, double low_value, double high_value, bool rises,
                   struct envelope *ret);
/* Slope of the envelope; NaN at a kink: nearer to it than a share of all that flows. */
double envelope_slope(const struct envelope *e, double amount_value, double flows_kwh);
/* The kink at which the charge lies above its envelope by most, more than least_money; NaN: none. */
double envelope_worst_break_value(const struct charge *c, const struct envelope *e,
                                  double least_money);
/* Does it rest at an end of the range it is held to? */
bool envelope_at_end(const struct envelope *e, double amount_value, double flows_kwh);

/* The envelope of a charge, and what a bill counts for it. */
const struct envelope *charge_envelope(const struct charge *c);
double charge_amount_value(const struct charge *c, const struct tariff_month *month);

/* What a month costs by the envelopes at what it was billed for, without its minimum. */
double meter_tariff_month_money(const struct meter_tariff *mt, const struct tariff_month *month,
                                int m);
/* tariff_rows.c */
void tariff_rows(struct assembly *assembly, int instance);

#endif
