/* One self-contained page: a council reads its top, an engineer checks its end. Order as in the
   look. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "report_css.h"
#include "tell/charts.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/number.h"
#include "tell/tell.h"

static void add_top(const struct accounts *a, struct text_buffer *out) {
    const struct scenario *s = a->scenario;
    text_add(
        out,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\"><title>");
    html_text(out, s->name);
    text_add(out, " · Hearth</title>\n<style>");
    text_add(out, report_css);
    text_add(
        out,
        "</style></head>\n<body><header class=\"top\"><span class=\"brand\">Hearth</span><span>");
    html_text(out, s->name);
    text_add(out, "</span><span class=\"grade\">");
    html_text(out, s->climate.title ? s->climate.title : s->climate.name);
    text_add_format(out, " · %d days of %d · grade: planning</span></header>\n<main>\n",
                    s->calendar.days, s->calendar.year);
}

static void add_lead(const struct accounts *a, struct text_buffer *out) {
    const struct scenario *s = a->scenario;
    text_add(out, "<div class=\"lead\"><div><h1>");
    html_text(out, a->finding.headline);
    text_add(out, "</h1><p class=\"sub\">");
    for (int k = 0; k < 3; k++) {
        text_add(out, k ? " " : "");
        html_text(out, a->finding.sentences[k]);
    }
    text_add(out, "</p></div><aside><p><b>Three cases.</b> <i>Today:</i> the town without the data "
                  "centre. <i>Apart:</i> "
                  "both, nothing shared. <i>Together:</i> this plan. Figures compare together with "
                  "apart unless they "
                  "say otherwise.</p><p>Left out of apart: ");
    int count = 0;
    for (int i = 0; i < s->instances_count; i++) {
        if (a->plan->cases[CASE_TOGETHER].flow[i].included &&
            !a->plan->cases[CASE_APART].flow[i].included) {
            text_add(out, count++ ? ", " : "");
            html_text(out, s->instances[i].name);
        }
    }
    text_add(out, count ? ".</p>" : "nothing.</p>");
    if (figures_period(a) < 1.0) {
        text_add_format(
            out,
            "<p><b>%d days, not a year.</b> Figures are for these days; capital is counted for as "
            "long.</p>",
            s->calendar.days);
    }
    for (int k = 0; k < s->notes_count; k++) {
        text_add(out, "<p>");
        html_text(out, s->notes[k]);
        text_add(out, "</p>");
    }
    text_add(out, "</aside></div>\n");
}

static void add_ten(const struct accounts *a, struct text_buffer *out) {
    struct figure figure[FIGURES];
    figures_make(a, out->arena, figure);
    text_add(out, "<section class=\"ten\" aria-label=\"Ten figures\"><ol>");
    for (int k = 0; k < FIGURES; k++) {
        text_add(out, "<li><span class=\"v\">");
        html_text(out, figure[k].value);
        text_add(out, "</span><span class=\"u\">");
        html_text(out, figure[k].unit);
        text_add(out, "</span><span class=\"n\"><b>");
        html_text(out, figure[k].name);
        text_add(out, "</b>");
        html_text(out, figure[k].pair);
        text_add(out, "</span></li>\n");
    }
    text_add(out, "</ol></section>\n");
}

static void add_screening(const struct accounts *a, struct text_buffer *out) {
    const struct screening *s = &a->plan->screening;
    struct arena *arena = out->arena;
    double period = figures_period(a) / 1e6;
    text_add(out, "<section class=\"full\" id=\"screening\"><h2>");
    html_text(out, s->verdict);
    text_add(out, "</h2><p class=\"unit\">Screening before the plan: heat, temperature, "
                  "distance.</p><p class=\"foot\">");
    text_add_format(out,
                    "The data centre could hand over %s GWh, the neighbours need %s GWh, and %s "
                    "GWh meet in the same "
                    "hour.",
                    number_digits(arena, s->heat_available_kwh_year * period, 3),
                    number_digits(arena, s->heat_demand_kwh_year * period, 3),
                    number_digits(arena, s->heat_in_reach_kwh_year * period, 3));
    if (isfinite(s->source_c) && isfinite(s->needed_c)) {
        text_add_format(out,
                        " The source stands at %s °C; the need, weighted by heat, at %s °C; %s %% "
                        "of it is warm enough "
                        "without a heat pump.",
                        number_digits(arena, s->source_c, 2), number_digits(arena, s->needed_c, 2),
                        number_digits(arena, 100.0 * s->direct_frac, 2));
    }
    if (isfinite(s->heat_per_trench_kwh_m_year)) {
        text_add_format(out,
                        " The trench is %s m long: %s MWh per metre and year, where 1.5 and more "
                        "has paid elsewhere.",
                        number_digits(arena, s->trench_m, 3),
                        number_digits(arena, s->heat_per_trench_kwh_m_year / 1000.0, 2));
    }
    text_add(out, "</p></section>\n");
}

static void add_why(const struct accounts *a, struct text_buffer *out) {
    text_add(out, "<section class=\"full why\" id=\"why\"><h2>Why this plan</h2><ol>");
    for (int k = 0; k < a->reasons_count; k++) {
        text_add(out, "<li><b>");
        html_text(out, a->reasons[k].claim);
        text_add(out, "</b> ");
        html_text(out, a->reasons[k].because);
        text_add(out, "</li>");
    }
    text_add(out, "</ol></section>\n");
}

static void add_rules(const struct accounts *a, struct text_buffer *out) {
    static const char *const css[] = {"pass", "risk", "fail", "unknown"};
    int counts[4] = {0};
    for (int k = 0; k < a->rules_count; k++) {
        counts[a->rules[k].sign]++;
    }
    text_add_format(out,
                    "<section class=\"full\" id=\"rules\"><h2>Rules: %d met, %d close, %d broken, "
                    "%d not judged.</h2>"
                    "<ul class=\"rules\">",
                    counts[0], counts[1], counts[2], counts[3]);
    for (int k = 0; k < a->rules_count; k++) {
        text_add_format(out, "<li class=\"%s\"><i>%s</i><span>", css[a->rules[k].sign],
                        figures_sign(a->rules[k].sign, true));
        html_text(out, a->rules[k].text);
        text_add(out, "</span><b>");
        html_text(out, a->rules[k].value);
        text_add(out, "</b><small>");
        html_text(out, a->rules[k].source);
        text_add(out, "</small></li>");
    }
    text_add(out, "</ul></section>\n");
}

static const char *default_value(const struct default_row *row, struct arena *arena) {
    char buffer[TEXT_NUMBER_SIZE];
    if (row->param->kind == PARAM_WORD) {
        return row->param->words[(int)row->value];
    }
    if (row->param->kind == PARAM_FLAG) {
        return row->value > 0.5 ? "yes" : "no";
    }
    (void)text_from_number(buffer, row->value);
    return arena_text(arena, buffer);
}

static void add_defaults(const struct accounts *a, struct text_buffer *out) {
    text_add(out, "<section class=\"full long\" id=\"defaults\"><h2>What the answer rests "
                  "on</h2><p class=\"unit\">");
    text_add_format(out, "%d defaults that the scenario did not replace, each with its source.</p>",
                    a->defaults_count);
    text_add(out,
             "<table class=\"def\"><thead><tr><th scope=\"col\">Default</th><th "
             "scope=\"col\">Used</th><th "
             "scope=\"col\">What it is</th><th scope=\"col\">Source</th></tr></thead><tbody>\n");
    for (int k = 0; k < a->defaults_count; k++) {
        const struct default_row *row = &a->defaults[k];
        text_add(out, "<tr><th scope=\"row\">");
        html_text(out, a->scenario->instances[row->instance].kind->name);
        text_add(out, " <code>");
        html_text(out, row->param->key);
        text_add(out, "</code></th><td>");
        html_text(out, default_value(row, out->arena));
        text_add(out, "</td><td>");
        html_text(out, row->param->meaning);
        text_add(out, "</td><td>");
        html_text(out, row->param->source);
        text_add(out, "</td></tr>\n");
    }
    text_add(out, "</tbody></table></section>\n");
}

static void add_audit(const struct accounts *a, struct text_buffer *out) {
    const struct case_plan *c = &a->plan->cases[CASE_TOGETHER];
    struct arena *arena = out->arena;
    text_add_format(
        out,
        "<p class=\"audit\"><b%s>%s</b> Energy closes to %s of the largest flow on every bus in "
        "every "
        "hour · stores %s · objective and money %s · optimum certified, gap %s · %d rounds between "
        "optimum and simulation%s, which differ by %s · ",
        c->audit.passed ? "" : " class=\"no\"",
        c->audit.passed ? "✓ Audit passed." : "✗ Audit failed.",
        number_power(arena, c->audit.balance_residual_ratio),
        number_power(arena, c->audit.store_residual_ratio),
        number_power(arena, c->audit.objective_residual_ratio),
        number_power(arena, c->certificate.gap_ratio), c->rounds_count,
        c->settled ? "" : " (not at rest)",
        number_money(arena, a->scenario->currency, c->gap_money, true));
    text_add_format(
        out,
        "%ld columns, %ld rows · Hearth %s · solver %s · <code>hearth verify</code> computes it "
        "again</p>\n</main></body></html>\n",
        c->columns_count, c->rows_count, HEARTH_VERSION,
        c->outcome.solver ? c->outcome.solver : "none");
}

enum status tell_report(const struct accounts *accounts, struct arena *arena,
                        struct text_buffer *out) {
    (void)arena;
    add_top(accounts, out);
    add_lead(accounts, out);
    add_ten(accounts, out);
    add_screening(accounts, out);
    chart_sankey(accounts, out);
    chart_heat_map(accounts, out);
    chart_weeks(accounts, out);
    chart_duration(accounts, out);
    chart_months(accounts, out);
    chart_ledger(accounts, out);
    add_why(accounts, out);
    add_rules(accounts, out);
    add_defaults(accounts, out);
    add_audit(accounts, out);
    return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
