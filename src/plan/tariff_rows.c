/* A tariff as rows of the programme.

     energy     above a kink of a period's envelope: excess >= sum of import * h - at, at the step of its slope
     peak       month >= import of its steps; billed >= month; billed >= lookback >= share * month before
     demand     period >= import of its steps (and lookback); excess above its kinks
     coincident event >= import of its hours
     minimum    top-up >= least - (fixed + energy + all above), a month, and a year
   held       from <= a period's kWh, a peak <= to, where a charge is held to a range

   Energy along the straight part of its envelope is the cost of the import itself (tariff.c). What each column costs is
   kept beside the programme, since minimum bills add it up again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "plan/tariff.h"

struct term { /* money of a month per unit of a period column */
    int month, family, period;
    double money;
};

struct rows {
    struct assembly *a;
    const struct meter_tariff *mt;
    int i, steps;
    double cost_ratio;                /* what of a charge leaves the parties, with its tax */
    int month_peak, billed, lookback; /* families over the months; -1 */
    int terms_count, terms_most;
    struct term *terms;
};

/* What is billed stays in the ranges it is held to: limits by period, one of them free; false where none is held. */
static bool held_limits(struct rows *r, int periods, const struct envelope *const *envelope,
                        double least_value, struct numbers *ret_lower, struct numbers *ret_upper) {
    bool any = false;
    for (int k = 0; k < periods; k++) {
        any = any || envelope[k]->held;
    }
    double *lower = any ? ARENA_TAKE(r->a->arena, double, periods) : NULL,
           *upper = any ? ARENA_TAKE(r->a->arena, double, periods) : NULL;
    if (!lower || !upper) {
        return false;
    }
    for (int k = 0; k < periods; k++) {
        lower[k] = envelope[k]->held ? fmax(least_value, envelope[k]->from_value) : least_value;
        upper[k] = envelope[k]->held ? envelope[k]->to_value : HUGE_VAL;
    }
    *ret_lower = numbers_by_step(lower);
    *ret_upper = numbers_by_step(upper);
    return true;
}

/* A family of period columns, not below 0. money: by period, what one unit costs a month. envelope: of the charges on
   it, which may hold it; or NULL. */
static int add_family(struct rows *r, const char *part, int map, int periods, const double *money,
                      const int *month, const struct envelope *const *envelope) {
    double *cost = ARENA_TAKE(r->a->arena, double, periods);
    if (!cost) {
        return -1;
    }
    struct programme_column family = {assembly_name(r->a, r->i, part),
                                      numbers_by_step(cost),
                                      r->a->zero,
                                      r->a->infinity,
                                      map,
                                      0.0};
    if (envelope) {
        (void)held_limits(r, periods, envelope, 0.0, &family.lower, &family.upper);
    }
    int index = programme_add_period(r->a->builder, r->a->work->block, family);
    for (int k = 0; money && k < periods; k++) {
        cost[k] = money[k] * r->cost_ratio;
        if (money[k] != 0.0 && r->terms_count < r->terms_most) {
            r->terms[r->terms_count++] = (struct term){month ? month[k] : k, index, k, money[k]};
        }
    }
    return index;
}

/* family >= import in every step of its periods. */
static void add_peak_row(struct rows *r, const char *part, int family, const int *period_of_step) {
    struct case_work *work = r->a->work;
    double *lower = ARENA_TAKE(r->a->arena, double, work->hours->count);
    if (!lower) {
        return;
    }
    for (int t = 0; t < work->hours->count; t++) {
        lower[t] = period_of_step[t] == PROGRAMME_NO_PERIOD ? -HUGE_VAL : 0.0;
    }
    struct programme_row row = {assembly_name(r->a, r->i, part), numbers_by_step(lower),
                                r->a->infinity, 0, false};
    int index = programme_add_row(r->a->builder, r->a->work->block, row);
    programme_add_entry(r->a->builder, r->a->work->block, index, IN_PERIOD, family,
                        programme_constant(r->a->builder, 1.0));
    programme_add_entry(r->a->builder, r->a->work->block, index, IN_STEP,
                        work->layout[r->i].column[0], programme_constant(r->a->builder, -1.0));
}

/* more >= less in every period of a map. */
static void add_above(struct rows *r, const char *part, int map, int more, int less) {
    struct programme_row row = {assembly_name(r->a, r->i, part), r->a->zero, r->a->infinity, map,
                                false};
    int index = programme_add_sum(r->a->builder, r->a->work->block, row);
    programme_add_sum_entry(r->a->builder, r->a->work->block, index, IN_PERIOD, more,
                            programme_constant(r->a->builder, 1.0));
    programme_add_sum_entry(r->a->builder, r->a->work->block, index, IN_PERIOD, less,
                            programme_constant(r->a->builder, -1.0));
}

static int kinks_most(const struct envelope *const *envelope, int periods) {
    int most = 0;
    for (int k = 0; k < periods; k++) {
        most = envelope[k]->kinks_count > most ? envelope[k]->kinks_count : most;
    }
    return most;
}

/* Columns above the kinks of envelopes, level by level. entries: what the quantity is in the row of a level. */
static void add_kinks(struct rows *r, const char *part, int map, int periods,
                      const struct envelope *const *envelope, const int *month,
                      void (*entries)(struct rows *r, int row, int quantity), int quantity) {
    for (int level = 0; level < kinks_most(envelope, periods); level++) {
        double *upper = ARENA_TAKE(r->a->arena, double, periods),
               *money = ARENA_TAKE(r->a->arena, double, periods);
        if (!upper || !money) {
            return;
        }
        for (int k = 0; k < periods; k++) {
            bool has = level < envelope[k]->kinks_count;
            upper[k] = has ? envelope[k]->at[level] : HUGE_VAL;
            money[k] = has ? envelope[k]->step[level] : 0.0;
        }
        const char *name = arena_format(r->a->arena, "%s_%d", part, level + 1);
        int above = add_family(r, name, map, periods, money, month, NULL);
        struct programme_row row = {assembly_name(r->a, r->i, name), r->a->minus_infinity,
                                    numbers_by_step(upper), map, false};
        int index = programme_add_sum(r->a->builder, r->a->work->block, row);
        entries(r, index, quantity);
        programme_add_sum_entry(r->a->builder, r->a->work->block, index, IN_PERIOD, above,
                                programme_constant(r->a->builder, -1.0));
    }
}

static void period_entries(struct rows *r, int row, int quantity) {
    programme_add_sum_entry(r->a->builder, r->a->work->block, row, IN_PERIOD, quantity,
                            programme_constant(r->a->builder, 1.0));
}

/* kWh taken, with net metering less what is fed in. */
static void energy_entries(struct rows *r, int row, int quantity) {
    struct case_work *work = r->a->work;
    (void)quantity;
    programme_add_sum_entry(r->a->builder, r->a->work->block, row, IN_STEP,
                            work->layout[r->i].column[0],
                            programme_constant(r->a->builder, work->hours->step_h));
    if (r->mt->tariff.export_rule == TARIFF_NET) {
        programme_add_sum_entry(r->a->builder, r->a->work->block, row, IN_STEP,
                                work->layout[r->i].column[1],
                                programme_constant(r->a->builder, -work->hours->step_h));
    }
}

/* ---- periods of a table in the months of the horizon ---- */

struct periods {
    int count, map;
    int *of_step, *month;
    const struct envelope **envelope;
};

/* Those for which wanted holds. */
static bool list_periods(struct rows *r, const int *period_of_step,
                         const struct envelope (*table)[TARIFF_PERIODS_MAX],
                         bool (*wanted)(const struct envelope *envelope), struct periods *ret) {
    struct case_work *work = r->a->work;
    int number[12][TARIFF_PERIODS_MAX], most = 12 * TARIFF_PERIODS_MAX;
    memset(number, -1, sizeof number);
    *ret = (struct periods){0, -1, ARENA_TAKE(r->a->arena, int, work->hours->count),
                            ARENA_TAKE(r->a->arena, int, most),
                            ARENA_TAKE(r->a->arena, const struct envelope *, most)};
    if (!ret->of_step || !ret->month || !ret->envelope) {
        return false;
    }
    for (int t = 0; t < work->hours->count; t++) {
        ret->of_step[t] = PROGRAMME_NO_PERIOD;
        if (t >= r->steps) {
            continue;
        }
        int m = work->hours->month[t], p = period_of_step[t];
        if (wanted(&table[m][p]) && number[m][p] < 0) {
            number[m][p] = ret->count;
            ret->month[ret->count] = m;
            ret->envelope[ret->count++] = &table[m][p];
        }
        ret->of_step[t] = number[m][p] < 0 ? PROGRAMME_NO_PERIOD : number[m][p];
    }
    if (ret->count == 0) {
        return false;
    }
    struct programme_map map = {ret->count, ret->of_step};
    ret->map = programme_add_map(r->a->builder, r->a->work->block, map);
    return true;
}

static bool has_kinks(const struct envelope *e) { return e->kinks_count > 0; }
static bool has_foot(const struct envelope *e) { return e->foot_money > 0.0; }
static bool is_held(const struct envelope *e) { return e->held; }

static void add_energy(struct rows *r) {
    struct periods periods;
    if (list_periods(r, r->mt->energy_period, r->mt->energy, has_kinks, &periods)) {
        add_kinks(r, "tier", periods.map, periods.count, periods.envelope, periods.month,
                  energy_entries, -1);
    }
    /* net metering: what is left over at the end of a month earns nothing */
    if (list_periods(r, r->mt->energy_period, r->mt->energy, has_foot, &periods)) {
        double *money = ARENA_TAKE(r->a->arena, double, periods.count);
        for (int k = 0; money && k < periods.count; k++) {
            money[k] = periods.envelope[k]->foot_money;
        }
        int left =
            add_family(r, "left_over", periods.map, periods.count, money, periods.month, NULL);
        struct programme_row row = {assembly_name(r->a, r->i, "left_over"), r->a->zero,
                                    r->a->infinity, periods.map, false};
        int index = programme_add_sum(r->a->builder, r->a->work->block, row);
        energy_entries(r, index, -1);
        programme_add_sum_entry(r->a->builder, r->a->work->block, index, IN_PERIOD, left,
                                programme_constant(r->a->builder, 1.0));
    }
    if (list_periods(r, r->mt->energy_period, r->mt->energy, is_held, &periods)) {
        struct programme_row row = {assembly_name(r->a, r->i, "held"), r->a->minus_infinity,
                                    r->a->infinity, periods.map, false};
        if (held_limits(r, periods.count, periods.envelope, -HUGE_VAL, &row.lower, &row.upper)) {
            energy_entries(r, programme_add_sum(r->a->builder, r->a->work->block, row), -1);
        }
    }
}

/* ---- peaks ---- */

static bool month_costs(const struct rows *r) {
    for (int m = 0; m < 12; m++) {
        if (r->mt->share_frac[m] > 0.0 && envelope_costs(&r->mt->flat[m])) {
            return true;
        }
    }
    return false;
}

static void add_lookback(struct rows *r) {
    r->lookback = add_family(r, "lookback", r->a->month_map, 12, NULL, NULL, NULL);
    for (int m = 0; m < 12; m++) {
        for (int k = 0; k < 12; k++) {
            if (!(r->mt->share_frac[m] > 0.0) || !(r->mt->share_frac[k] > 0.0) ||
                !tariff_looks_back(&r->mt->tariff, m, k)) {
                continue;
            }
            struct programme_border_row row = {assembly_name(r->a, r->i, "lookback"), 0.0, HUGE_VAL,
                                               false};
            int index = programme_add_border_row(r->a->builder, row);
            struct programme_border_entry more = {index, IN_PERIOD, r->lookback, r->a->work->block,
                                                  m,     1.0},
                                          less = {index,
                                                  IN_PERIOD,
                                                  r->month_peak,
                                                  r->a->work->block,
                                                  k,
                                                  -r->mt->tariff.lookback_frac};
            programme_add_border_entry(r->a->builder, more);
            programme_add_border_entry(r->a->builder, less);
        }
    }
}

static void add_month_peaks(struct rows *r) {
    bool looks_back = r->mt->tariff.lookback_frac > 0.0;
    const struct envelope *envelope[12];
    static const struct envelope nothing;
    double money[12];
    if (!looks_back && !month_costs(r)) {
        return;
    }
    for (int m = 0; m < 12; m++) {
        envelope[m] = r->mt->share_frac[m] > 0.0 ? &r->mt->flat[m] : &nothing;
        money[m] = envelope[m]->slope;
    }
    r->month_peak = add_family(r, "month_peak", r->a->month_map, 12, looks_back ? NULL : money,
                               NULL, looks_back ? NULL : envelope);
    add_peak_row(r, "month_peak_row", r->month_peak, r->a->month_of_step);
    r->billed = r->month_peak;
    if (looks_back) {
        add_lookback(r);
        r->billed = add_family(r, "month_billed", r->a->month_map, 12, money, NULL, envelope);
        add_above(r, "billed_peak", r->a->month_map, r->billed, r->month_peak);
        add_above(r, "billed_lookback", r->a->month_map, r->billed, r->lookback);
    }
    add_kinks(r, "month_tier", r->a->month_map, 12, envelope, NULL, period_entries, r->billed);
}

static void add_demand(struct rows *r) {
    struct periods periods;
    if (!r->mt->tariff.demand.periods_count ||
        !list_periods(r, r->mt->demand_period, r->mt->demand, envelope_costs, &periods)) {
        return;
    }
    double *money = ARENA_TAKE(r->a->arena, double, periods.count);
    for (int k = 0; money && k < periods.count; k++) {
        money[k] = periods.envelope[k]->slope;
    }
    int peak = add_family(r, "period_peak", periods.map, periods.count, money, periods.month,
                          periods.envelope);
    add_peak_row(r, "period_peak_row", peak, periods.of_step);
    add_kinks(r, "period_tier", periods.map, periods.count, periods.envelope, periods.month,
              period_entries, peak);
    for (int k = 0; r->lookback >= 0 && k < periods.count; k++) {
        struct programme_border_row row = {assembly_name(r->a, r->i, "period_lookback"), 0.0,
                                           HUGE_VAL, false};
        int index = programme_add_border_row(r->a->builder, row);
        struct programme_border_entry more = {index, IN_PERIOD, peak, r->a->work->block, k, 1.0},
                                      less = {index,
                                              IN_PERIOD,
                                              r->lookback,
                                              r->a->work->block,
                                              periods.month[k],
                                              -1.0};
        programme_add_border_entry(r->a->builder, more);
        programme_add_border_entry(r->a->builder, less);
    }
}

/* ---- coincident peaks ---- */

/* The event's hours into a map, as one more period; false where one of them is another event's already. */
static bool lay_event(const struct rows *r, const struct tariff_coincident *event, int period,
                      int *of_step, int *ret_first) {
    const struct calendar *calendar = &r->a->work->scenario->calendar;
    int per_hour = calendar->steps_per_day / 24;
    *ret_first = r->steps;
    for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < event->hours_count; k++) {
            int from = (event->hour[k] - calendar->first_day * 24) * per_hour;
            for (int s = from; from >= 0 && s < from + per_hour && s < r->steps; s++) {
                if (pass == 0 && of_step[s] != PROGRAMME_NO_PERIOD) {
                    return false;
                }
                of_step[s] = pass ? period : of_step[s];
                *ret_first = s < *ret_first ? s : *ret_first;
            }
        }
    }
    return true;
}

/* As many maps as events overlap; mostly one. */
static void add_coincident(struct rows *r) {
    const struct tariff *t = &r->mt->tariff;
    bool done[TARIFF_COINCIDENT_MAX] = {false};
    for (int left = t->coincident_count; left > 0;) {
        int *of_step = ARENA_TAKE(r->a->arena, int, r->a->work->hours->count);
        int *month = ARENA_TAKE(r->a->arena, int, t->coincident_count), count = 0;
        double *money = ARENA_TAKE(r->a->arena, double, t->coincident_count);
        if (!of_step || !month || !money) {
            return;
        }
        for (int s = 0; s < r->a->work->hours->count; s++) {
            of_step[s] = PROGRAMME_NO_PERIOD;
        }
        for (int c = 0; c < t->coincident_count; c++) {
            int first = 0;
            if (done[c] || !lay_event(r, &t->coincident[c], count, of_step, &first)) {
                continue;
            }
            done[c] = true;
            left--;
            if (first < r->steps) {
                month[count] = r->a->work->hours->month[first];
                money[count++] = t->coincident[c].money_kw;
            }
        }
        if (count > 0) {
            struct programme_map map = {count, of_step};
            int index = programme_add_map(r->a->builder, r->a->work->block, map);
            int peak = add_family(r, "coincident", index, count, money, month, NULL);
            add_peak_row(r, "coincident_row", peak, of_step);
        }
    }
}

/* ---- minimum bills ---- */

struct minimum {
    int energy, sold, top_up; /* families over the months; -1 */
    double least_money[12];   /* what columns must add up to at least */
    double fixed_money[12];   /* beside what columns cost */
};

static double fixed_money(const struct rows *r, int m) {
    const struct meter_tariff *mt = r->mt;
    const struct tariff *t = &mt->tariff;
    int days_count = calendar_days_in_month(m, r->a->work->scenario->calendar.leap);
    double money = mt->share_frac[m] * (t->fixed_money_month + t->fixed_money_day * days_count) +
                   mt->flat[m].base_money;
    for (int p = 0; p < tariff_energy_periods(t); p++) {
        money += mt->energy[m][p].base_money;
    }
    for (int p = 0; p < t->demand.periods_count; p++) {
        money += mt->demand_holds[m][p] ? mt->demand[m][p].base_money : 0.0;
    }
    return money;
}

/* Money along the straight parts, at least: what the meter draws in any case. -infinity where it may earn. */
static double energy_least_money(const struct rows *r, int m) {
    const struct case_work *work = r->a->work;
    const struct mode *import = &work->result->flow[r->i].coefficients->mode[0];
    double money = 0.0;
    for (int t = 0; t < r->steps; t++) {
        if (work->hours->month[t] != m) {
            continue;
        }
        if (import->cost_money_kwh[t] < 0.0 || r->mt->tariff.export_rule != TARIFF_NO_EXPORT) {
            return -HUGE_VAL;
        }
        money += units_energy_kwh(import->cost_money_kwh[t] * fmax(r->mt->least_kw[t], 0.0),
                                  work->hours->step_h, 1.0);
    }
    return money;
}

/* A column by month that is the money of a mode: factor * sum of price * rate * h. */
static int add_month_money(struct rows *r, const char *part, const int *modes, int modes_count,
                           double factor_ratio) {
    struct case_work *work = r->a->work;
    const struct coefficients *c = work->result->flow[r->i].coefficients;
    struct programme_column family = {assembly_name(r->a, r->i, part),
                                      r->a->zero,
                                      r->a->minus_infinity,
                                      r->a->infinity,
                                      r->a->month_map,
                                      0.0};
    int index = programme_add_period(r->a->builder, r->a->work->block, family);
    struct programme_row row = {assembly_name(r->a, r->i, part), r->a->zero, r->a->zero,
                                r->a->month_map, false};
    int sum = programme_add_sum(r->a->builder, r->a->work->block, row);
    for (int k = 0; k < modes_count; k++) {
        struct numbers price =
            plan_scaled(r->a->builder, r->a->arena, c->mode[modes[k]].cost_money_kwh,
                        work->hours->count, factor_ratio * work->hours->step_h);
        if (price.value) {
            programme_add_sum_entry(r->a->builder, r->a->work->block, sum, IN_STEP,
                                    work->layout[r->i].column[modes[k]], price);
        }
    }
    programme_add_sum_entry(r->a->builder, r->a->work->block, sum, IN_PERIOD, index,
                            programme_constant(r->a->builder, -1.0));
    return index;
}

static void add_month_entry(struct rows *r, int row, int family, int month, double value) {
    struct programme_border_entry entry = {row, IN_PERIOD, family, r->a->work->block, month, value};
    programme_add_border_entry(r->a->builder, entry);
}

static void add_month_terms(struct rows *r, int row, int month, int terms_count) {
    for (int k = 0; k < terms_count; k++) {
        if (r->terms[k].month == month) {
            struct programme_border_entry entry = {row,
                                                   IN_PERIOD,
                                                   r->terms[k].family,
                                                   r->a->work->block,
                                                   r->terms[k].period,
                                                   r->terms[k].money};
            programme_add_border_entry(r->a->builder, entry);
        }
    }
}

static void add_minimum(struct rows *r) {
    static const int taken[] = {0, 1}, fed[] = {1};
    const struct tariff *t = &r->mt->tariff;
    double year_money = t->least_money_year * r->a->work->scenario->year_frac, all_money = 0.0;
    struct minimum minimum = {-1, -1, -1, {0}, {0}};
    bool month_may = false;
    int terms_count = r->terms_count;
    for (int m = 0; m < 12; m++) {
        if (!(r->mt->share_frac[m] > 0.0)) {
            continue;
        }
        double drawn_money = energy_least_money(r, m);
        minimum.fixed_money[m] = fixed_money(r, m);
        minimum.least_money[m] = t->least_money_month * r->mt->share_frac[m];
        month_may = month_may || (t->least_money_month > 0.0 &&
                                  minimum.fixed_money[m] + drawn_money < minimum.least_money[m]);
        year_money -= minimum.fixed_money[m];
        all_money += drawn_money;
    }
    bool year_may = t->least_money_year > 0.0 && all_money < year_money;
    if (!month_may && !year_may) {
        return; /* the meter draws more than that in any case */
    }
    bool net = t->export_rule == TARIFF_NET;
    minimum.energy = add_month_money(r, "energy_money", taken, net ? 2 : 1, 1.0);
    if (month_may) {
        double money[12];
        for (int m = 0; m < 12; m++) {
            money[m] = r->mt->share_frac[m] > 0.0 ? 1.0 : 0.0;
        }
        minimum.top_up = add_family(r, "top_up", r->a->month_map, 12, money, NULL, NULL);
    }
    for (int m = 0; month_may && m < 12; m++) {
        if (!(r->mt->share_frac[m] > 0.0)) {
            continue;
        }
        struct programme_border_row row = {assembly_name(r->a, r->i, "least_month"),
                                           minimum.least_money[m] - minimum.fixed_money[m],
                                           HUGE_VAL, false};
        int index = programme_add_border_row(r->a->builder, row);
        add_month_entry(r, index, minimum.energy, m, 1.0);
        add_month_entry(r, index, minimum.top_up, m, 1.0);
        add_month_terms(r, index, m, terms_count);
    }
    if (!year_may) {
        return;
    }
    minimum.sold =
        t->export_rule == TARIFF_SELL ? add_month_money(r, "sold_money", fed, 1, -1.0) : -1;
    struct programme_design top_up = {assembly_name(r->a, r->i, "top_up_year"), r->cost_ratio, 0.0,
                                      HUGE_VAL};
    struct programme_border_row row = {assembly_name(r->a, r->i, "least_year"), year_money,
                                       HUGE_VAL, false};
    int index = programme_add_border_row(r->a->builder, row);
    struct programme_border_entry entry = {
        index, IN_DESIGN, programme_add_design(r->a->builder, top_up), 0, 0, 1.0};
    programme_add_border_entry(r->a->builder, entry);
    for (int m = 0; m < 12; m++) {
        if (!(r->mt->share_frac[m] > 0.0)) {
            continue;
        }
        add_month_entry(r, index, minimum.energy, m, 1.0);
        add_month_terms(r, index, m, r->terms_count);
        if (minimum.sold >= 0) {
            add_month_entry(r, index, minimum.sold, m, -1.0);
        }
    }
}

void tariff_rows(struct assembly *a, int i) {
    struct case_work *work = a->work;
    struct rows r = {.a = a,
                     .mt = work->meters[i],
                     .i = i,
                     .steps = work->design_days_from,
                     .cost_ratio = case_demand_cost_ratio(work, i),
                     .month_peak = -1,
                     .billed = -1,
                     .lookback = -1};
    if (r.cost_ratio == 0.0) {
        return; /* a transfer among the parties */
    }
    r.terms_most = 12 * TARIFF_PERIODS_MAX * (TARIFF_KINKS_MAX + 2);
    r.terms = ARENA_TAKE(a->arena, struct term, r.terms_most);
    if (!r.terms) {
        return;
    }
    add_month_peaks(&r);
    add_demand(&r);
    add_energy(&r);
    add_coincident(&r);
    add_minimum(&r);
}
