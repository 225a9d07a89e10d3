/* Bills, told. Of the horizon, as the utility would bill it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/tariffs.h"

#include <math.h>
#include <string.h>

#include "scenario/tariff.h"
#include "tell/chart.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/json.h"
#include "tell/number.h"

static const double apart_most_frac =
    1e-3;                               /* of the bill: above, the bound is too far to pass over */
static const double same_money = 0.005; /* to the cent */

struct line {
    const char *key, *title;
    size_t member;
};
static const struct line lines[] = {
    {"coincident_money", "At the system’s peak", offsetof(struct tariff_month, coincident_money)},
    {"demand_money", "Peaks of periods", offsetof(struct tariff_month, demand_money)},
    {"energy_money", "Energy", offsetof(struct tariff_month, energy_money)},
    {"export_money", "Received for export", offsetof(struct tariff_month, export_money)},
    {"fixed_money", "Fixed", offsetof(struct tariff_month, fixed_money)},
    {"month_peak_money", "Peaks of months", offsetof(struct tariff_month, flat_money)},
    {"shortfall_money", "Contract not taken", offsetof(struct tariff_month, shortfall_money)},
};

static double sum_of(const struct tariff_bill *bill, size_t member) {
    double sum = 0.0, value = 0.0;
    for (int m = 0; m < 12; m++) {
        memcpy(&value, (const char *)&bill->month[m] + member, sizeof value);
        sum += value;
    }
    return sum;
}

static double top_up_money(const struct tariff_bill *bill) {
    return sum_of(bill, offsetof(struct tariff_month, least_money)) + bill->least_money;
}

bool tariffs_any(const struct accounts *a) {
    for (int m = 0; m < a->scenario->meters_count; m++) {
        if (a->scenario->meters[m].tariff) {
            return true;
        }
    }
    return false;
}

static const struct flow *billed(const struct accounts *a, enum plan_case kind, int meter) {
    const struct flow *flow = &a->plan->cases[kind].flow[a->scenario->meters[meter].grid];
    return flow->included && flow->bill ? flow : NULL;
}

/* ---- JSON ---- */

static void add_pair(struct text_buffer *out, const char *before, const char *key, double value) {
    text_add_format(out, "%s\"%s\": ", before, key);
    json_add_number(out, value);
}

/* How far the proof leaves room below what the plan costs. */
static double unproven_frac(const struct case_plan *c) {
    double money = c->objective_money + c->gap_money;
    return fmax(money - c->tariffs.bound_money, 0.0) / fmax(1.0, fabs(money));
}

/* Of the whole case: no plan costs less than the bound. */
static void add_search(const struct case_plan *c, struct text_buffer *out) {
    if (c->tariffs.nodes_count == 0) {
        return;
    }
    add_pair(out, ", \"search\": {", "bound_money", c->tariffs.bound_money);
    add_pair(out, ", ", "gap_frac", unproven_frac(c));
    add_pair(out, ", ", "held_count", (double)c->tariffs.held_count);
    add_pair(out, ", ", "nodes_count", (double)c->tariffs.nodes_count);
    text_add(out, "}");
}

static void add_case(const struct accounts *a, enum plan_case kind, int meter,
                     struct text_buffer *out) {
    const struct flow *flow = billed(a, kind, meter);
    text_add_format(out, "\"%s\": ", case_name(kind));
    if (!flow) {
        text_add(out, "null");
        return;
    }
    for (int k = 0; k < COUNT(lines); k++) {
        add_pair(out, k ? ", " : "{", lines[k].key, sum_of(flow->bill, lines[k].member));
    }
    add_pair(out, ", ", "import_kwh", flow->bill->import_kwh);
    add_pair(out, ", ", "lower_bound_money", flow->relaxed_money);
    add_pair(out, ", ", "peak_kw", flow->bill->peak_kw);
    add_search(&a->plan->cases[kind], out);
    add_pair(out, ", ", "top_up_money", top_up_money(flow->bill));
    add_pair(out, ", ", "total_money", flow->bill->total_money);
    text_add(out, "}");
}

void tariffs_contract_json(const struct tariff *tariff, struct text_buffer *out) {
    const struct tariff_large_load *l = &tariff->large;
    double price_money_kw = tariff_contract_money_kw_month(tariff);
    if (!(l->term_year > 0.0 && tariff_contract_kw(l, l->term_year) > 0.0)) {
        text_add(out, "null");
        return;
    }
    add_pair(out, "{", "collateral_money", tariff_collateral_money(l));
    add_pair(out, ", ", "contract_kw", l->contract_kw);
    text_add(out, ", \"years\": [");
    for (int year = 1; year <= (int)ceil(l->term_year); year++) {
        add_pair(out, year > 1 ? ",\n        {" : "\n        {", "contract_kw",
                 tariff_contract_kw(l, year));
        add_pair(out, ", ", "exit_money", tariff_exit_money(l, year, price_money_kw));
        add_pair(out, ", ", "least_demand_money_month",
                 tariff_least_demand_money_month(l, year, price_money_kw));
        text_add_format(out, ", \"year\": %d}", year);
    }
    text_add(out, "]}");
}

void tariffs_contract_text(const struct tariff *tariff, struct text_buffer *out) {
    const struct tariff_large_load *l = &tariff->large;
    double price_money_kw = tariff_contract_money_kw_month(tariff);
    char number[64];
    if (!(l->term_year > 0.0 && tariff_contract_kw(l, l->term_year) > 0.0)) {
        return;
    }
    text_add(out, "contract, security ");
    text_add_fixed(out, tariff_collateral_money(l), 2);
    text_add(out, "\n year          contract kW        least a month       due on leaving\n");
    for (int year = 1; year <= (int)ceil(l->term_year); year++) {
        const double values[] = {tariff_contract_kw(l, year),
                                 tariff_least_demand_money_month(l, year, price_money_kw),
                                 tariff_exit_money(l, year, price_money_kw)};
        text_add_format(out, "%5d", year);
        for (int k = 0; k < COUNT(values); k++) {
            (void)text_from_number_fixed(number, sizeof number, values[k], k ? 2 : 1);
            text_add_format(out, " %20s", number);
        }
        text_add(out, "\n");
    }
}

void tariffs_json(const struct accounts *a, struct text_buffer *out) {
    const struct scenario *s = a->scenario;
    int count = 0;
    text_add(out, "  \"bills\": [");
    for (int m = 0; m < s->meters_count; m++) {
        if (!s->meters[m].tariff) {
            continue;
        }
        text_add(out, count++ ? ",\n    {" : "\n    {");
        add_case(a, CASE_APART, m, out);
        text_add(out, ",\n      \"large_load\": ");
        tariffs_contract_json(s->meters[m].tariff, out);
        text_add(out, ",\n      \"meter\": ");
        json_add_text(out, s->meters[m].name);
        text_add(out, ",\n      \"tariff\": ");
        json_add_text(out, s->meters[m].tariff->name);
        text_add(out, ",\n      ");
        add_case(a, CASE_TODAY, m, out);
        text_add(out, ",\n      ");
        add_case(a, CASE_TOGETHER, m, out);
        text_add(out, "}");
    }
    text_add(out, "]");
}

/* ---- words ---- */

static double apart_frac(const struct flow *flow) {
    double money = fmax(1.0, fabs(flow->bill->total_money));
    return fmax(flow->bill->total_money - flow->relaxed_money, 0.0) / money;
}

/* Has this meter a charge that the search held, or that is still relaxed? */
static bool is_searched(const struct case_plan *c, const struct flow *flow) {
    bool held = flow->bill->total_money - flow->relaxed_money > same_money;
    for (int k = 0; k < c->tariffs.held_count; k++) {
        held = held || &c->flow[c->tariffs.held[k].instance] == flow;
    }
    return held && c->tariffs.nodes_count > 0;
}

static bool is_sure(const struct accounts *a, const struct flow *flow) {
    const struct case_plan *c = &a->plan->cases[CASE_TOGETHER];
    return (is_searched(c, flow) ? unproven_frac(c) : apart_frac(flow)) <= apart_most_frac;
}

static const char *search_words(const struct accounts *a, const struct case_plan *c,
                                struct arena *arena) {
    const char *currency = a->scenario->currency;
    double left_frac = unproven_frac(c);
    return number_format(arena,
                         "a price falls from tier to tier: of %ld programmes over its ranges the "
                         "best plan costs %s in all, and by "
                         "the plan's coefficients none costs less than %s, %s %% apart%s",
                         c->tariffs.nodes_count,
                         number_money(arena, currency, c->objective_money + c->gap_money, false),
                         number_money(arena, currency, c->tariffs.bound_money, false),
                         number_digits(arena, 100.0 * left_frac, 2),
                         left_frac > apart_most_frac ? "; another plan may be cheaper by as much"
                                                     : "");
}

/* How sure the optimum is of this bill. */
static const char *bound_words(const struct accounts *a, const struct flow *flow,
                               struct arena *arena) {
    const char *currency = a->scenario->currency;
    const struct case_plan *together = &a->plan->cases[CASE_TOGETHER];
    double apart_money = flow->bill->total_money - flow->relaxed_money;
    if (is_searched(together, flow)) {
        return search_words(a, together, arena);
    }
    if (apart_money <= same_money) {
        return "the optimum and the bill calculator agree to the cent";
    }
    return number_format(
        arena,
        "a price that falls from tier to tier was relaxed: the bill is %s at least in any plan and "
        "%s in this one, %s %% apart%s",
        number_money(arena, currency, flow->relaxed_money, false),
        number_money(arena, currency, flow->bill->total_money, false),
        number_digits(arena, 100.0 * apart_frac(flow), 2),
        apart_frac(flow) > apart_most_frac ? "; another plan may be cheaper by as much" : "");
}

void tariffs_terminal(const struct accounts *a, struct page *page) {
    const struct scenario *s = a->scenario;
    for (int m = 0; m < s->meters_count; m++) {
        const struct flow *flow = billed(a, CASE_TOGETHER, m);
        if (!flow) {
            continue;
        }
        text_add(page->out, figures_sign(is_sure(a, flow) ? RULE_PASS : RULE_RISK, page->utf8));
        text_add(page->out, " ");
        page_wrap(
            page,
            page_plain(page,
                       number_format(
                           page->arena, "bill of %s (%s) %s: %s; %s", s->meters[m].name,
                           *s->meters[m].tariff->name ? s->meters[m].tariff->name : "own tariff",
                           figures_period_words(a, page->arena),
                           number_money(page->arena, s->currency, flow->bill->total_money, false),
                           bound_words(a, flow, page->arena))),
            2, 4);
    }
}

/* ---- the report ---- */

static void add_cell(const struct accounts *a, struct text_buffer *out, double money) {
    text_add(out, "<td>");
    html_words(out,
               money == 0.0 ? "0" : number_money(out->arena, a->scenario->currency, money, false));
    text_add(out, "</td>");
}

static void add_meter(const struct accounts *a, int m, struct text_buffer *out) {
    static const enum plan_case shown[] = {CASE_APART, CASE_TOGETHER};
    const struct meter *meter = &a->scenario->meters[m];
    text_add(out, "<table><caption>");
    html_words(out, number_format(out->arena, "%s: %s", chart_plain(meter->name, out->arena),
                                  *meter->tariff->name ? meter->tariff->name : "own tariff"));
    text_add(out, "</caption><tr><th></th>");
    for (int k = 0; k < COUNT(lines); k++) {
        text_add_format(out, "<th>%s</th>", lines[k].title);
    }
    text_add(out, "<th>To the minimum</th><th>All</th></tr>\n");
    for (int c = 0; c < COUNT(shown); c++) {
        const struct flow *flow = billed(a, shown[c], m);
        if (!flow) {
            continue;
        }
        text_add_format(out, "<tr><th>%s</th>", case_name(shown[c]));
        for (int k = 0; k < COUNT(lines); k++) {
            add_cell(a, out, sum_of(flow->bill, lines[k].member));
        }
        add_cell(a, out, top_up_money(flow->bill));
        add_cell(a, out, flow->bill->total_money);
        text_add(out, "</tr>\n");
    }
    text_add(out, "</table>");
    const struct flow *flow = billed(a, CASE_TOGETHER, m);
    if (flow) {
        text_add(out, "<p class=\"note\">Together, ");
        html_words(out, bound_words(a, flow, out->arena));
        text_add(out, ".</p>\n");
    }
}

static void add_terms(const struct accounts *a, int m, struct text_buffer *out) {
    const struct tariff *tariff = a->scenario->meters[m].tariff;
    const struct tariff_large_load *l = &tariff->large;
    double price_money_kw = tariff_contract_money_kw_month(tariff);
    if (!(l->term_year > 0.0 && tariff_contract_kw(l, l->term_year) > 0.0)) {
        return;
    }
    text_add(out, "<table><caption>");
    html_words(out, number_format(out->arena,
                                  "Contract of a large load at %s: security %s; year by year",
                                  chart_plain(a->scenario->meters[m].name, out->arena),
                                  number_money(out->arena, a->scenario->currency,
                                               tariff_collateral_money(l), false)));
    text_add(out, "</caption><tr><th>Year</th><th>Contract, MW</th><th>Least demand payment a "
                  "month</th><th>Due on leaving</th></tr>\n");
    for (int year = 1; year <= (int)ceil(l->term_year); year++) {
        text_add_format(out, "<tr><th>%d</th><td>%s</td>", year,
                        number_digits(out->arena, tariff_contract_kw(l, year) / 1e3, 3));
        add_cell(a, out, tariff_least_demand_money_month(l, year, price_money_kw));
        add_cell(a, out, tariff_exit_money(l, year, price_money_kw));
        text_add(out, "</tr>\n");
    }
    text_add(out, "</table>\n");
}

void tariffs_html(const struct accounts *a, struct text_buffer *out) {
    if (!tariffs_any(a)) {
        return;
    }
    text_add(out, "<section class=\"full\" id=\"bills\"><h2>Power bills as they are written, ");
    html_words(out, figures_period_words(a, out->arena));
    text_add(out, ".</h2>\n");
    for (int m = 0; m < a->scenario->meters_count; m++) {
        if (a->scenario->meters[m].tariff) {
            add_meter(a, m, out);
            add_terms(a, m, out);
        }
    }
    text_add(out, "</section>\n");
}
