/* Contracts of power in the report: agreements, certificates, a connection that may be curtailed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/agreement.h"

#include <math.h>

#include "tell/figures.h"
#include "tell/html.h"
#include "tell/number.h"
#include "tell/tariffs.h"

static double number_of(const struct instance *it, const char *key) {
    return component_number(it->kind, it->self, key, 0.0);
}

static bool any(const struct accounts *a) {
    for (int i = 0; i < a->scenario->instances_count; i++) {
        const struct instance *it = &a->scenario->instances[i];
        if (a->plan->cases[CASE_TOGETHER].flow[i].included &&
            (it->kind->contract || number_of(it, "certificate_frac") > 0.0 ||
             number_of(it, "curtail_h_year") > 0.0)) {
            return true;
        }
    }
    return false;
}

static const char *money(const struct text_buffer *out, const struct accounts *a, double value) {
    return number_money(out->arena, a->scenario->currency, value, false);
}

static const char *energy(const struct text_buffer *out, double kwh) {
    return number_format(out->arena, "%s MWh", number_digits(out->arena, kwh / 1e3, 3));
}

static void add_line(struct text_buffer *out, const char *words) {
    text_add(out, "<li>");
    html_words(out, words);
    text_add(out, "</li>\n");
}

static void add_agreement(const struct accounts *a, int i, struct text_buffer *out) {
    const struct instance *it = &a->scenario->instances[i];
    struct agreement sums = account_agreement(a, CASE_TOGETHER, i);
    const char *made = energy(out, sums.made_kwh_year), *cost = money(out, a, sums.made_money_year);
    if (sums.for_difference) {
        add_line(out, number_format(out->arena,
                                    "%s: %s a year are made for %s; the market pays %s, the "
                                    "difference is settled. The meter’s bill is as without it.",
                                    it->title, made, cost, money(out, a, sums.sold_money_year)));
        return;
    }
    add_line(out,
             number_format(
                 out->arena,
                 "%s, %s MW: %s a year are made for %s. %s of it are used here and take %s off "
                 "the meter’s bill; the rest is sold on for %s.",
                 it->title,
                 number_digits(out->arena, a->plan->cases[CASE_TOGETHER].flow[i].capacity / 1e3, 3),
                 made, cost, energy(out, sums.used_kwh_year), money(out, a, sums.credit_money_year),
                 money(out, a, sums.sold_money_year)));
}

static void add_certificates(const struct accounts *a, const struct meter *meter,
                             struct text_buffer *out) {
    double certified_frac = account_certified_frac(a, CASE_TOGETHER, meter->grid);
    if (!(certified_frac > 0.0)) {
        return;
    }
    double money_year =
        account_certified_money(a, CASE_TOGETHER, meter->grid) / a->scenario->year_frac;
    add_line(out, number_format(
                      out->arena,
                      "%s %% of what %s imports has certificates of origin%s: by market nothing "
                      "is emitted for it, by location nothing changes, and by the hour only "
                      "contracts count.",
                      number_digits(out->arena, 100.0 * certified_frac, 3), meter->name,
                      money_year > 0.0
                          ? number_format(out->arena, ", of which some are bought for %s a year",
                                          money(out, a, money_year))
                          : ""));
}

static void add_connection(const struct accounts *a, const struct meter *meter,
                           struct text_buffer *out) {
    const struct instance *it = &a->scenario->instances[meter->grid];
    const struct flow *flow = &a->plan->cases[CASE_TOGETHER].flow[meter->grid];
    double notice_h = component_number(it->kind, it->self, "curtail_notice_h", (double)NAN);
    double held_kw =
        it->capacity.fixed * (1.0 - component_number(it->kind, it->self, "firm_frac", 1.0));
    if (!(flow->called_h > 0.0) || !(held_kw > 0.0)) {
        return;
    }
    double paid_money = flow->called_money / a->scenario->year_frac;
    add_line(
        out,
        number_format(
            out->arena,
            "The utility may curtail %s of the %s MW of %s in %s hours a year%s, %s in this plan; "
            "it pays %s a year. One kW more that it may not call would be worth %s a year to the "
            "plan; one that it may call earns %s.",
            number_format(out->arena, "%s MW", number_digits(out->arena, held_kw / 1e3, 3)),
            number_digits(out->arena, it->capacity.fixed / 1e3, 3), meter->name,
            number_digits(out->arena, number_of(it, "curtail_h_year"), 3),
            isfinite(notice_h) ? number_format(out->arena, " at %s hours’ notice",
                                               number_digits(out->arena, notice_h, 3))
                               : "",
            number_digits(out->arena, flow->called_h, 3), money(out, a, paid_money),
            money(out, a, account_firm_money_kw_year(a, CASE_TOGETHER, meter->grid)),
            money(out, a, paid_money / held_kw)));
}

void contracts_html(const struct accounts *a, struct text_buffer *out) {
    if (!any(a)) {
        return;
    }
    text_add(out,
             "<section class=\"full\" id=\"contracts\"><h2>Contracts of power, a year</h2><ul>\n");
    for (int i = 0; i < a->scenario->instances_count; i++) {
        if (a->scenario->instances[i].kind->contract &&
            a->plan->cases[CASE_TOGETHER].flow[i].included) {
            add_agreement(a, i, out);
        }
    }
    for (int m = 0; m < a->scenario->meters_count; m++) {
        if (a->plan->cases[CASE_TOGETHER].flow[a->scenario->meters[m].grid].included) {
            add_certificates(a, &a->scenario->meters[m], out);
            add_connection(a, &a->scenario->meters[m], out);
        }
    }
    text_add(out, "</ul></section>\n");
}
