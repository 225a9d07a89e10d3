/* The bill, the plain way:

     month   = fixed + sum over periods of tiers(kWh) + tiers(peak kW of each demand period)
             + tiers(peak kW of the month) + coincident + shortfall of the contract - fed in
     billed kW = max(actual, lookback_frac * highest kW of the lookback months)
     month   >= least of the month, year >= least of the year

   Tiers count the kWh of one period in one month, as SAM does. A large load's contract asks at least
   min_share of the contract for each part of the demand price. */
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

double tariff_tiers_money(const struct tariff_period *period, double amount_value) {
    double money = 0.0, from = 0.0;
    for (int k = 0; k < period->tiers_count && amount_value > from; k++) {
        double to = fmin(amount_value, period->tier[k].up_to_value);
        money += period->tier[k].price_value * (to - from);
        from = to;
    }
    return money;
}

struct month_sums {
    struct sum energy[TARIFF_PERIODS_MAX], fed[TARIFF_PERIODS_MAX], sold, hourly;
    double peak_kw[TARIFF_PERIODS_MAX];
    double import_kwh, export_kwh, highest_kw;
    int days;
};

static void add_step(const struct tariff *t, const struct calendar *calendar, int step,
                     double load_kw, struct month_sums *m) {
    struct calendar_moment at = calendar_at(calendar, step);
    int energy = t->energy.periods_count ? tariff_period_at(&t->energy, &at) : 0;
    double taken_kwh = units_energy_kwh(fmax(load_kw, 0.0), calendar->step_h, 1.0),
           fed_kwh = units_energy_kwh(fmax(-load_kw, 0.0), calendar->step_h, 1.0);
    sum_add(&m->energy[energy], taken_kwh);
    sum_add(&m->fed[energy], fed_kwh);
    m->import_kwh += taken_kwh;
    m->export_kwh += fed_kwh;
    m->highest_kw = fmax(m->highest_kw, load_kw);
    if (t->demand.periods_count) {
        int demand = tariff_period_at(&t->demand, &at);
        m->peak_kw[demand] = fmax(m->peak_kw[demand], load_kw);
    }
    if (t->hourly_money_kwh) {
        int hour = (int)((double)step * calendar->step_h) % t->hourly_count;
        sum_add(&m->hourly, t->hourly_money_kwh[hour] * taken_kwh);
    }
    double sell = t->energy.periods_count && isnan(t->export_money_kwh)
                      ? t->energy.period[energy].tier[0].sell_money_kwh
                      : t->export_money_kwh;
    if (t->export_rule == TARIFF_SELL && !isnan(sell)) {
        sum_add(&m->sold, sell * fed_kwh);
    }
}

/* Net metering: what is fed in counts against the same period of the same month; what is left over
   earns nothing. */
static double energy_money(const struct tariff *t, const struct month_sums *m, int month) {
    struct sum money = m->hourly;
    for (int p = 0; p < t->energy.periods_count; p++) {
        double kwh = sum_value(&m->energy[p]);
        if (t->export_rule == TARIFF_NET) {
            kwh = fmax(kwh - sum_value(&m->fed[p]), 0.0);
        }
        sum_add(&money, tariff_tiers_money(&t->energy.period[p], kwh));
        sum_add(&money, t->adder_money_kwh[month] * kwh);
    }
    return sum_value(&money);
}

static double lookback_kw(const struct tariff *t, const struct month_sums *months, int month) {
    double most_kw = 0.0;
    for (int k = 0; k < 12; k++) {
        int before = (month - k + 12) % 12;
        bool counts = t->lookback_range > 0 ? before >= 1 && before <= t->lookback_range
                                            : t->lookback_month[k];
        most_kw = counts ? fmax(most_kw, months[k].highest_kw) : most_kw;
    }
    return t->lookback_frac * most_kw;
}

static double shortfall_part_kw(double part_frac, double share_frac, double contract_kw,
                                double billed_kw) {
    return part_frac * fmax(share_frac * contract_kw - billed_kw, 0.0);
}

/* At the price of the last kilowatt of the month's flat demand charge. */
static double shortfall_money(const struct tariff *t, int month, double billed_kw) {
    const struct tariff_large_load *l = &t->large;
    if (!(l->contract_kw > 0.0) || l->contract_kw < l->threshold_kw || t->flat_periods_count == 0) {
        return 0.0;
    }
    const struct tariff_period *flat = &t->flat[t->flat_month[month]];
    double price = flat->tier[flat->tiers_count - 1].price_value;
    return price *
           (shortfall_part_kw(l->part_t_frac, l->min_share_t_frac, l->contract_kw, billed_kw) +
            shortfall_part_kw(l->part_d_frac, l->min_share_d_frac, l->contract_kw, billed_kw) +
            shortfall_part_kw(l->part_g_frac, l->min_share_g_frac, l->contract_kw, billed_kw));
}

static void bill_month(const struct tariff *t, const struct month_sums *months, int month,
                       struct tariff_month *ret) {
    const struct month_sums *m = &months[month];
    double least_kw = lookback_kw(t, months, month);
    ret->import_kwh = m->import_kwh;
    ret->export_kwh = m->export_kwh;
    ret->peak_kw = m->highest_kw;
    ret->fixed_money = t->fixed_money_month + t->fixed_money_day * m->days;
    ret->energy_money = energy_money(t, m, month);
    for (int p = 0; p < t->demand.periods_count; p++) {
        double kw = m->peak_kw[p] > 0.0 ? fmax(m->peak_kw[p], least_kw) : 0.0;
        ret->demand_money += tariff_tiers_money(&t->demand.period[p], kw);
    }
    double billed_kw = fmax(m->highest_kw, least_kw);
    if (t->flat_periods_count) {
        ret->flat_money = tariff_tiers_money(&t->flat[t->flat_month[month]], billed_kw);
    }
    ret->shortfall_money = shortfall_money(t, month, billed_kw);
    ret->export_money = sum_value(&m->sold);
}

static void add_coincident(const struct tariff *t, const struct calendar *calendar,
                           const double *load_kw, struct tariff_bill *bill) {
    for (int c = 0; c < t->coincident_count; c++) {
        const struct tariff_coincident *peak = &t->coincident[c];
        double most_kw = 0.0;
        int when = -1;
        for (int k = 0; k < peak->steps_count; k++) {
            if (peak->step[k] < calendar_steps(calendar) && load_kw[peak->step[k]] > most_kw) {
                most_kw = load_kw[peak->step[k]];
                when = peak->step[k];
            }
        }
        if (when >= 0) {
            bill->month[calendar_at(calendar, when).month].coincident_money +=
                peak->money_kw * most_kw;
        }
    }
}

void tariff_bill(const struct tariff *t, const struct calendar *calendar, const double *load_kw,
                 struct tariff_bill *ret) {
    struct month_sums months[12];
    struct sum total = {0.0, 0.0};
    memset(months, 0, sizeof months);
    memset(ret, 0, sizeof *ret);
    for (int s = 0; s < calendar_steps(calendar); s++) {
        struct calendar_moment at = calendar_at(calendar, s);
        months[at.month].days += s % calendar->steps_per_day == 0;
        add_step(t, calendar, s, load_kw[s], &months[at.month]);
    }
    for (int m = 0; m < 12; m++) {
        if (months[m].days) {
            bill_month(t, months, m, &ret->month[m]);
        }
    }
    add_coincident(t, calendar, load_kw, ret);
    for (int m = 0; m < 12; m++) {
        struct tariff_month *month = &ret->month[m];
        double money = month->fixed_money + month->energy_money + month->demand_money +
                       month->flat_money + month->coincident_money + month->shortfall_money;
        month->least_money = months[m].days ? fmax(t->least_money_month - money, 0.0) : 0.0;
        month->total_money = money + month->least_money - month->export_money;
        sum_add(&total, month->total_money);
        ret->import_kwh += month->import_kwh;
        ret->export_kwh += month->export_kwh;
        ret->peak_kw = fmax(ret->peak_kw, month->peak_kw);
    }
    ret->least_money = fmax(t->least_money_year - sum_value(&total), 0.0);
    ret->total_money = sum_value(&total) + ret->least_money;
}

/* ---- large loads -------------------------------------------------------------------------------- */
double tariff_contract_kw(const struct tariff_large_load *large, double year) {
    double share = large->ramp_year > 0.0 ? fmin(year / large->ramp_year, 1.0) : 1.0;
    return large->contract_kw < large->threshold_kw ? 0.0 : large->contract_kw * share;
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
