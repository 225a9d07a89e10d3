/* The bill, the plain way:

     month   = fixed + sum over periods of tiers(kWh) + tiers(peak kW of each demand period)
             + tiers(peak kW of the month) + coincident + shortfall of the contract - fed in
     billed kW = max(actual, lookback_frac * highest kW of the lookback months)
     month   >= least of the month, year >= least of the year

   Tiers count the kWh of one period in one month, as SAM does. A large load's contract asks at least
   min_share of the contract for each part of the demand price. A part of a month costs its share of
   days; a part of a year its share of the least of the year. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "base/units.h"
#include "scenario/tariff.h"

struct tariff tariff_empty(void) {
    double none = (double)NAN;
    return (struct tariff){.name = "",
                           .utility = "",
                           .label = "",
                           .export_money_kwh = none,
                           .least_kw = none,
                           .most_kw = none,
                           .reactive_money_kvar = none,
                           .window_min = none};
}

int tariff_period_at(const struct tariff_table *table, const struct calendar_moment *at) {
    int hour = (int)at->hour_h;
    return at->weekday >= 5 ? table->weekend[at->month][hour] : table->weekday[at->month][hour];
}

int tariff_hour_of_year(const struct calendar_moment *at) {
    return at->day_of_year * 24 + (int)at->hour_h;
}

double tariff_tiers_money(const struct tariff_period *period, double amount_value,
                          double share_frac) {
    double money = 0.0, from = 0.0;
    for (int k = 0; k < period->tiers_count && amount_value > from; k++) {
        double to = fmin(amount_value, period->tier[k].up_to_value * share_frac);
        money += period->tier[k].price_value * (to - from);
        from = to;
    }
    return money;
}

int tariff_energy_periods(const struct tariff *t) {
    return t->energy.periods_count ? t->energy.periods_count : 1;
}

double tariff_energy_money(const struct tariff *t, int period, int month, double kwh,
                           double share_frac) {
    double tiers_money = t->energy.periods_count
                             ? tariff_tiers_money(&t->energy.period[period], kwh, share_frac)
                             : 0.0;
    return tiers_money + t->adder_money_kwh[month] * fmax(kwh, 0.0);
}

double tariff_plain_money_kwh(const struct tariff *t, const struct calendar_moment *at, int step) {
    int hour = tariff_hour_of_year(at);
    return (t->hourly_money_kwh ? t->hourly_money_kwh[hour % t->hourly_count] : 0.0) +
           (t->step_money_kwh ? t->step_money_kwh[step] : 0.0);
}

double tariff_sell_money_kwh(const struct tariff *t, const struct calendar_moment *at) {
    double sell = t->export_money_kwh;
    if (isnan(sell) && t->energy.periods_count) {
        sell = t->energy.period[tariff_period_at(&t->energy, at)].tier[0].sell_money_kwh;
    }
    return t->export_rule != TARIFF_SELL || isnan(sell) ? 0.0 : sell;
}

struct month_sums {
    struct sum energy[TARIFF_PERIODS_MAX], fed[TARIFF_PERIODS_MAX], sold, plain;
    double peak_kw[TARIFF_PERIODS_MAX], import_kwh, export_kwh, highest_kw;
    bool demand_holds[TARIFF_PERIODS_MAX];
    int days;
};

static void add_step(const struct tariff *t, const struct calendar *calendar, int step,
                     double taken_kw, double fed_kw, struct month_sums *m) {
    struct calendar_moment at = calendar_at(calendar, step);
    int energy = t->energy.periods_count ? tariff_period_at(&t->energy, &at) : 0;
    double taken_kwh = units_energy_kwh(taken_kw, calendar->step_h, 1.0),
           fed_kwh = units_energy_kwh(fed_kw, calendar->step_h, 1.0);
    sum_add(&m->energy[energy], taken_kwh);
    sum_add(&m->fed[energy], fed_kwh);
    sum_add(&m->plain, tariff_plain_money_kwh(t, &at, step) * taken_kwh);
    sum_add(&m->sold, tariff_sell_money_kwh(t, &at) * fed_kwh);
    m->import_kwh += taken_kwh;
    m->export_kwh += fed_kwh;
    m->highest_kw = fmax(m->highest_kw, taken_kw);
    if (t->demand.periods_count) {
        int demand = tariff_period_at(&t->demand, &at);
        m->demand_holds[demand] = true;
        m->peak_kw[demand] = fmax(m->peak_kw[demand], taken_kw);
    }
}

/* Net metering: what is fed in counts against the same period of the same month; what is left over
   earns nothing. */
static double energy_money(const struct tariff *t, const struct month_sums *m, int month,
                           struct tariff_month *ret) {
    struct sum money = m->plain;
    for (int p = 0; p < tariff_energy_periods(t); p++) {
        double kwh = sum_value(&m->energy[p]);
        if (t->export_rule == TARIFF_NET) {
            kwh -= sum_value(&m->fed[p]);
        }
        ret->energy_kwh[p] = kwh;
        sum_add(&money, tariff_energy_money(t, p, month, kwh, ret->share_frac));
    }
    return sum_value(&money);
}

bool tariff_looks_back(const struct tariff *t, int month, int earlier) {
    int before = (month - earlier + 12) % 12;
    return t->lookback_frac > 0.0 &&
           (t->lookback_range > 0 ? before >= 1 && before <= t->lookback_range
                                  : t->lookback_month[earlier]);
}

double tariff_lookback_kw(const struct tariff *t, const double peak_kw[12], int month) {
    double most_kw = 0.0;
    for (int k = 0; k < 12; k++) {
        most_kw = tariff_looks_back(t, month, k) ? fmax(most_kw, peak_kw[k]) : most_kw;
    }
    return t->lookback_frac * most_kw;
}

bool tariff_parts(const struct tariff_large_load *l, struct tariff_part ret[TARIFF_PARTS]) {
    double contract_kw =
        l->year > 0.0 ? tariff_contract_kw(l, l->year) : tariff_contract_kw(l, l->ramp_year);
    ret[0] = (struct tariff_part){l->part_t_frac, l->min_share_t_frac * contract_kw};
    ret[1] = (struct tariff_part){l->part_d_frac, l->min_share_d_frac * contract_kw};
    ret[2] = (struct tariff_part){l->part_g_frac, l->min_share_g_frac * contract_kw};
    return contract_kw > 0.0;
}

double tariff_shortfall_money_kw(const struct tariff *t, int month) {
    if (t->large.demand_money_kw_month > 0.0 || t->flat_periods_count == 0) {
        return t->large.demand_money_kw_month;
    }
    const struct tariff_period *flat = &t->flat[t->flat_month[month]];
    return flat->tier[flat->tiers_count - 1].price_value;
}

double tariff_flat_money(const struct tariff *t, int month, double billed_kw) {
    struct tariff_part part[TARIFF_PARTS];
    double contract_money =
        tariff_parts(&t->large, part) ? t->large.demand_money_kw_month * billed_kw : 0.0;
    return contract_money +
           (t->flat_periods_count
                ? tariff_tiers_money(&t->flat[t->flat_month[month]], billed_kw, 1.0)
                : 0.0);
}

double tariff_shortfall_money(const struct tariff *t, int month, double billed_kw) {
    struct tariff_part part[TARIFF_PARTS];
    double money_kw = tariff_shortfall_money_kw(t, month), money = 0.0;
    for (int k = 0; tariff_parts(&t->large, part) && k < TARIFF_PARTS; k++) {
        money += money_kw * part[k].part_frac * fmax(part[k].least_kw - billed_kw, 0.0);
    }
    return money;
}

static void bill_month(const struct tariff *t, const struct month_sums *m, double least_kw,
                       int month, struct tariff_month *ret) {
    ret->import_kwh = m->import_kwh;
    ret->export_kwh = m->export_kwh;
    ret->peak_kw = m->highest_kw;
    ret->fixed_money = t->fixed_money_month * ret->share_frac + t->fixed_money_day * m->days;
    ret->energy_money = energy_money(t, m, month, ret);
    for (int p = 0; p < t->demand.periods_count; p++) {
        ret->period_kw[p] = m->peak_kw[p];
        ret->billed_kw[p] = m->demand_holds[p] ? fmax(m->peak_kw[p], least_kw) : 0.0;
        ret->demand_money +=
            ret->share_frac * tariff_tiers_money(&t->demand.period[p], ret->billed_kw[p], 1.0);
    }
    ret->flat_kw = fmax(m->highest_kw, least_kw);
    ret->flat_money = ret->share_frac * tariff_flat_money(t, month, ret->flat_kw);
    ret->shortfall_money = ret->share_frac * tariff_shortfall_money(t, month, ret->flat_kw);
    ret->export_money = sum_value(&m->sold);
}

static void add_coincident(const struct tariff *t, const struct calendar *calendar,
                           const double *taken_kw, struct tariff_bill *bill) {
    int steps = calendar_steps(calendar), per_hour = (int)(1.0 / calendar->step_h + 0.5);
    for (int c = 0; c < t->coincident_count; c++) {
        const struct tariff_coincident *peak = &t->coincident[c];
        double most_kw = 0.0;
        int first = steps;
        for (int k = 0; k < peak->hours_count; k++) {
            int from = (peak->hour[k] - calendar->first_day * 24) * per_hour;
            for (int s = from; from >= 0 && s < from + per_hour && s < steps; s++) {
                most_kw = fmax(most_kw, taken_kw[s]);
                first = s < first ? s : first;
            }
        }
        if (first < steps) {
            bill->month[calendar_at(calendar, first).month].coincident_money +=
                peak->money_kw * most_kw;
        }
    }
}

/* Missing to a minimum; no minimum stands at 0, so that what is earned is kept. */
static double missing_money(double least_money, double money) {
    return least_money > 0.0 ? fmax(least_money - money, 0.0) : 0.0;
}

static void add_totals(const struct tariff *t, const struct calendar *calendar,
                       struct tariff_bill *ret) {
    struct sum total = {0.0, 0.0};
    double year_frac = (double)calendar->days / calendar_year_days(calendar);
    for (int m = 0; m < 12; m++) {
        struct tariff_month *month = &ret->month[m];
        double money = month->fixed_money + month->energy_money + month->demand_money +
                       month->flat_money + month->coincident_money + month->shortfall_money;
        month->least_money = missing_money(t->least_money_month * month->share_frac, money);
        month->total_money = money + month->least_money - month->export_money;
        sum_add(&total, month->total_money);
        ret->import_kwh += month->import_kwh;
        ret->export_kwh += month->export_kwh;
        ret->peak_kw = fmax(ret->peak_kw, month->peak_kw);
    }
    ret->least_money = missing_money(t->least_money_year * year_frac, sum_value(&total));
    ret->total_money = sum_value(&total) + ret->least_money;
}

/* fed_kw NULL: what is taken is signed. */
static void bill_of(const struct tariff *t, const struct calendar *calendar, const double *load_kw,
                    const double *fed_kw, struct tariff_bill *ret) {
    struct month_sums months[12];
    double highest_kw[12];
    memset(months, 0, sizeof months);
    memset(ret, 0, sizeof *ret);
    for (int s = 0; s < calendar_steps(calendar); s++) {
        struct month_sums *month = &months[calendar_at(calendar, s).month];
        month->days += s % calendar->steps_per_day == 0;
        add_step(t, calendar, s, fmax(load_kw[s], 0.0), fed_kw ? fed_kw[s] : fmax(-load_kw[s], 0.0),
                 month);
    }
    for (int m = 0; m < 12; m++) {
        highest_kw[m] = months[m].highest_kw;
    }
    for (int m = 0; m < 12; m++) {
        if (months[m].days) {
            ret->month[m].share_frac =
                (double)months[m].days / calendar_days_in_month(m, calendar->leap);
            bill_month(t, &months[m], tariff_lookback_kw(t, highest_kw, m), m, &ret->month[m]);
        }
    }
    add_coincident(t, calendar, load_kw, ret);
    add_totals(t, calendar, ret);
}

void tariff_bill(const struct tariff *t, const struct calendar *calendar, const double *load_kw,
                 struct tariff_bill *ret) {
    bill_of(t, calendar, load_kw, NULL, ret);
}

void tariff_bill_of(const struct tariff *t, const struct calendar *calendar, const double *taken_kw,
                    const double *fed_kw, struct tariff_bill *ret) {
    bill_of(t, calendar, taken_kw, fed_kw, ret);
}
/* ---- large loads -------------------------------------------------------------------------------- */
double tariff_contract_kw(const struct tariff_large_load *large, double year) {
    double share = large->ramp_year > 0.0 ? fmin(year / large->ramp_year, 1.0) : 1.0;
    return large->contract_kw < large->threshold_kw ? 0.0 : large->contract_kw * share;
}

double tariff_contract_money_kw_month(const struct tariff *tariff) {
    double sum_money_kw = 0.0;
    for (int m = 0; m < 12; m++) {
        sum_money_kw += tariff_shortfall_money_kw(tariff, m);
    }
    return sum_money_kw / 12.0;
}

double tariff_collateral_money(const struct tariff_large_load *large) {
    return large->contract_kw < large->threshold_kw
               ? 0.0
               : large->collateral_money_kw * large->contract_kw;
}

double tariff_least_demand_money_month(const struct tariff_large_load *large, double year,
                                       double demand_money_kw_month) {
    double kept_frac = 1.0 - large->reduction_frac;
    return demand_money_kw_month * tariff_contract_kw(large, year) * kept_frac *
           (large->part_t_frac * large->min_share_t_frac +
            large->part_d_frac * large->min_share_d_frac +
            large->part_g_frac * large->min_share_g_frac);
}

double tariff_exit_money(const struct tariff_large_load *large, double year,
                         double demand_money_kw_month) {
    double left_year = fmin(fmax(large->term_year - year, 0.0), large->exit_year);
    return 12.0 * left_year *
           tariff_least_demand_money_month(large, large->term_year, demand_money_kw_month);
}
