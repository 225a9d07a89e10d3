/* A tariff as tariff_keys.c reads it again: every period with its windows, whatever file it came from. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "scenario/reading.h"
#include "scenario/tariff.h"

enum { MONTHS = 12, DAY_H = 24 };

static void add_number(struct text_buffer *out, const char *indent, const char *key, double value) {
    if (isfinite(value) && value != 0.0) {
        text_add_format(out, "%s%s: ", indent, key);
        text_add_number(out, value);
        text_add(out, "\n");
    }
}

/* The months in which these hours alone, of those not yet written, hold the period. */
static void add_months(struct text_buffer *out, const bool *month) {
    text_add(out, "months: [");
    for (int m = 0, count = 0; m < MONTHS; m++) {
        if (month[m]) {
            text_add_format(out, "%s%d", count++ ? ", " : "", m + 1);
        }
    }
    text_add(out, "]");
}

static bool same_hours(const int a[DAY_H], const int b[DAY_H], int period) {
    for (int h = 0; h < DAY_H; h++) {
        if ((a[h] == period) != (b[h] == period)) {
            return false;
        }
    }
    return true;
}

static void add_windows(struct text_buffer *out, const int day[MONTHS][DAY_H], const char *days,
                        int period, int *count) {
    bool written[MONTHS] = {false};
    for (int m = 0; m < MONTHS; m++) {
        bool month[MONTHS] = {false};
        for (int n = m; n < MONTHS; n++) {
            month[n] = !written[n] && same_hours(day[m], day[n], period);
        }
        for (int h = 0; h < DAY_H && !written[m]; h++) {
            int from = h;
            while (h < DAY_H && day[m][h] == period) {
                h++;
            }
            if (h > from) {
                text_add(out, (*count)++ ? ", {" : "{");
                add_months(out, month);
                text_add_format(out, ", days: %s, hours: [%d, %d]}", days, from, h);
            }
        }
        for (int n = m; n < MONTHS; n++) {
            written[n] = written[n] || month[n];
        }
    }
}

static void add_tiers(struct text_buffer *out, const struct tariff_period *period, bool energy) {
    text_add(out, energy ? "{money_kwh: [" : "{money_kw_month: [");
    for (int k = 0; k < period->tiers_count; k++) {
        text_add(out, k ? ", " : "");
        text_add_number(out, period->tier[k].price_value);
    }
    for (int k = 0; k + 1 < period->tiers_count; k++) {
        text_add(out, k ? ", " : energy ? "], up_to_kwh: [" : "], up_to_kw: [");
        text_add_number(out, period->tier[k].up_to_value);
    }
    text_add(out, "], ");
    if (energy && !isnan(period->tier[0].sell_money_kwh)) {
        text_add(out, "sell_money_kwh: ");
        text_add_number(out, period->tier[0].sell_money_kwh);
        text_add(out, ", ");
    }
}

static void add_table(struct text_buffer *out, const char *indent, const char *key,
                      const struct tariff_table *table) {
    if (table->periods_count) {
        text_add_format(out, "%s%s:\n", indent, key);
    }
    for (int p = 0; p < table->periods_count; p++) {
        int count = 0;
        text_add_format(out, "%s  - ", indent);
        add_tiers(out, &table->period[p], strcmp(key, "energy") == 0);
        text_add(out, "when: [");
        add_windows(out, table->weekday, "weekday", p, &count);
        add_windows(out, table->weekend, "weekend", p, &count);
        text_add(out, "]}\n");
    }
}

static void add_month_demand(struct text_buffer *out, const char *indent, const struct tariff *t) {
    if (t->flat_periods_count) {
        text_add_format(out, "%smonth_demand:\n", indent);
    }
    for (int p = 0; p < t->flat_periods_count; p++) {
        bool month[MONTHS], any = false;
        for (int m = 0; m < MONTHS; m++) {
            month[m] = t->flat_month[m] == p;
            any = any || month[m];
        }
        if (any) { /* others keep no place: months count periods anew */
            text_add_format(out, "%s  - ", indent);
            add_tiers(out, &t->flat[p], false);
            add_months(out, month);
            text_add(out, "}\n");
        }
    }
}

static void add_list(struct text_buffer *out, const char *indent, const char *key,
                     const double *value, int count) {
    text_add_format(out, "%s%s: [", indent, key);
    for (int k = 0; k < count; k++) {
        text_add(out, k ? ", " : "");
        text_add_number(out, value[k]);
    }
    text_add(out, "]\n");
}

static void add_rest(struct text_buffer *out, const char *indent, const struct tariff *t) {
    static const char *const rules[] = {"none", "sell", "net"};
    bool adder = false;
    for (int m = 0; m < MONTHS; m++) {
        adder = adder || t->adder_money_kwh[m] != 0.0;
    }
    if (adder) {
        add_list(out, indent, "adder_money_kwh", t->adder_money_kwh, MONTHS);
    }
    if (t->hourly_money_kwh) {
        add_list(out, indent, "hourly_money_kwh", t->hourly_money_kwh, t->hourly_count);
    }
    if (t->lookback_frac > 0.0) {
        text_add_format(out, "%slookback: {share_frac: ", indent);
        text_add_number(out, t->lookback_frac);
        text_add(out, ", ");
        if (t->lookback_range > 0) {
            text_add_format(out, "months_before: %d", t->lookback_range);
        } else {
            add_months(out, t->lookback_month);
        }
        text_add(out, "}\n");
    }
    if (t->coincident_count) {
        text_add_format(out, "%scoincident:\n", indent);
    }
    for (int c = 0; c < t->coincident_count; c++) {
        text_add_format(out, "%s  - {money_kw: ", indent);
        text_add_number(out, t->coincident[c].money_kw);
        text_add(out, ", hours_of_year: [");
        for (int k = 0; k < t->coincident[c].hours_count; k++) {
            text_add_format(out, "%s%d", k ? ", " : "", t->coincident[c].hour[k] + 1);
        }
        text_add(out, "]}\n");
    }
    text_add_format(out, "%sexport: %s\n", indent, rules[t->export_rule]);
    if (t->export_rule == TARIFF_SELL && !isnan(t->export_money_kwh)) {
        text_add_format(out, "%sexport_money_kwh: ", indent);
        text_add_number(out, t->export_money_kwh);
        text_add(out, "\n");
    }
}

static void add_large(struct text_buffer *out, const char *indent,
                      const struct tariff_large_load *l) {
    const char *deeper = arena_format(out->arena, "%s  ", indent);
    text_add_format(out, "%slarge_load:\n", indent);
    add_number(out, deeper, "contract_kw", l->contract_kw);
    add_number(out, deeper, "threshold_kw", l->threshold_kw);
    add_number(out, deeper, "part_t_frac", l->part_t_frac);
    text_add_format(out, "%spart_d_frac: ", deeper);
    text_add_number(out, l->part_d_frac);
    text_add(out, "\n");
    add_number(out, deeper, "part_g_frac", l->part_g_frac);
    add_number(out, deeper, "min_share_t_frac", l->min_share_t_frac);
    add_number(out, deeper, "min_share_d_frac", l->min_share_d_frac);
    add_number(out, deeper, "min_share_g_frac", l->min_share_g_frac);
    text_add_format(out, "%sterm_year: ", deeper);
    text_add_number(out, l->term_year);
    text_add(out, "\n");
    add_number(out, deeper, "ramp_year", l->ramp_year);
    add_number(out, deeper, "exit_year", l->exit_year);
    add_number(out, deeper, "collateral_money_kw", l->collateral_money_kw);
    add_number(out, deeper, "reduction_frac", l->reduction_frac);
    add_number(out, deeper, "year", l->year);
    add_number(out, deeper, "demand_money_kw_month", l->demand_money_kw_month);
}

void write_tariff(const struct tariff *t, const char *indent, struct text_buffer *out) {
    const char *deeper = arena_format(out->arena, "%s  ", indent);
    if (!deeper) {
        out->failed = true;
        return;
    }
    if (t->written) {
        text_add_format(out, "%surdb: ", indent);
        write_quoted(out, t->written);
        text_add(out, "\n");
    }
    text_add_format(out, "%stariff:\n%sname: ", indent, deeper);
    write_quoted(out, t->name);
    text_add(out, "\n");
    add_number(out, deeper, "fixed_money_month", t->fixed_money_month);
    add_number(out, deeper, "fixed_money_day", t->fixed_money_day);
    add_number(out, deeper, "least_money_month", t->least_money_month);
    add_number(out, deeper, "least_money_year", t->least_money_year);
    add_table(out, deeper, "energy", &t->energy);
    add_table(out, deeper, "demand", &t->demand);
    add_month_demand(out, deeper, t);
    add_rest(out, deeper, t);
    if (t->large.contract_kw > 0.0) {
        add_large(out, indent, &t->large);
    }
}
