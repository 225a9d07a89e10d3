/* One self-contained page: a council reads its top, an engineer checks its end. The order is fixed:
   finding, ten figures, screening, energy, hours, weeks, load, months, pipes, ledger, bills, transformers, life, stress,
   inventory, neighbours, indicators, why, rules, defaults, audit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "report_css.h"
#include "tell/charts.h"
#include "tell/cooling.h"
#include "tell/defaults.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/indicators.h"
#include "tell/life.h"
#include "tell/number.h"
#include "tell/parties.h"
#include "tell/pipes.h"
#include "tell/rules.h"
#include "tell/supply.h"
#include "tell/tariffs.h"
#include "tell/tell.h"
#include "tell/transformers.h"

static void add_top(const struct accounts *a, struct text_buffer *out) {
    const struct scenario *s = a->scenario;
    text_add(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><meta "
                  "name=\"viewport\" content=\"width=device-width,initial-scale=1\"/><title>");
    html_text(out, s->name);
    text_add(out, " · Hearth</title>\n<style>");
    text_add(out, report_css);
    text_add(out,
             "</style></head>\n<body><header class=\"top\"><span class=\"brand\"><svg "
             "class=\"logo\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M3 21V10l9-7 9 "
             "7v11\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\"/><path d=\"M8 21a4 "
             "4 0 0 1 8 0\" style=\"fill:var(--heat-3)\"/></svg>Hearth</span><span "
             "class=\"place\">");
    html_text(out, s->name);
    text_add(out, "</span><span class=\"grade\">");
    html_text(out, s->climate.title ? s->climate.title : s->climate.name);
    bool year = s->calendar.days == calendar_year_days(&s->calendar);
    text_add_format(out, " · %s %d · grade: planning</span></header>\n<main>\n",
                    year ? "the year" : chart_dates(out->arena, &s->calendar, 0, s->calendar.days),
                    s->calendar.year);
}

/* A size for people: "heat pump 2.10 MW"; "" where it has none. */
static const char *size_words(const struct accounts *a, int i, struct arena *arena) {
    const struct instance *it = &a->scenario->instances[i];
    const struct flow *flow = &a->plan->cases[CASE_TOGETHER].flow[i];
    const char *key = it->kind->capacity;
    if (!key || !isfinite(flow->capacity) || it->kind->shape == SHAPE_LINE) {
        double length_m = component_number(it->kind, it->self, "length_m", (double)NAN);
        return isfinite(length_m) ? number_format(arena, " %s m", number_digits(arena, length_m, 3))
                                  : "";
    }
    bool energy = strstr(key, "_kwh") != NULL;
    struct unit_choice unit =
        energy ? chart_energy_unit(flow->capacity) : chart_power_unit(flow->capacity);
    return number_format(arena, " %s %s", number_digits(arena, flow->capacity / unit.per_unit, 3),
                         unit.name);
}

static bool is_supply(const struct component *kind) {
    return strcmp(kind->name, "grid") == 0 || strcmp(kind->name, "fuel_supply") == 0 ||
           strcmp(kind->name, "water_supply") == 0;
}

static bool is_built(const struct accounts *a, int i) {
    const struct flow *flow = &a->plan->cases[CASE_TOGETHER].flow[i];
    const struct instance *it = &a->scenario->instances[i];
    double most = isfinite(it->capacity.max) ? it->capacity.max : 1.0;
    return !it->capacity.chosen || flow->capacity > fmax(1e-3, 1e-6 * most);
}

/* What together has and apart has not: built, then what could have been and was not chosen. */
static void add_left_out(const struct accounts *a, struct text_buffer *out) {
    const struct scenario *s = a->scenario;
    struct arena *arena = out->arena;
    int told = 0;
    for (int built = 1; built >= 0; built--) {
        int count = 0;
        for (int i = 0; i < s->instances_count; i++) {
            if (!a->plan->cases[CASE_TOGETHER].flow[i].included ||
                a->plan->cases[CASE_APART].flow[i].included || is_built(a, i) != (built == 1) ||
                is_supply(s->instances[i].kind)) {
                continue;
            }
            const char *name = chart_lower(chart_plain(s->instances[i].name, arena), arena);
            text_add(out, count++ ? ", "
                          : built ? "<p>Left out of apart: "
                                  : "<p>Could be built together, and is not: ");
            html_words(out,
                       built ? number_format(arena, "%s%s", name, size_words(a, i, arena)) : name);
        }
        text_add(out, count > 0 ? ".</p>" : "");
        told += count;
    }
    text_add(out, told == 0 ? "<p>Nothing is left out of apart.</p>" : "");
}

static void add_lead(const struct accounts *a, struct text_buffer *out) {
    const struct scenario *s = a->scenario;
    text_add(out, "<section class=\"lead\"><div><h1>");
    html_words(out, a->finding.headline);
    text_add(out, "</h1><p class=\"sub\">");
    for (int k = 0; k < 3; k++) {
        text_add(out, k ? " " : "");
        html_words(out, a->finding.sentences[k]);
    }
    text_add(out, "</p></div><aside><p><b>Three cases.</b> <em>Today:</em> the town without the "
                  "data centre. <em>Apart:</em> both, nothing shared. <em>Together:</em> this "
                  "plan. Figures compare together with apart unless they say otherwise.</p>");
    add_left_out(a, out);
    if (figures_period(a) < 1.0) {
        text_add_format(out,
                        "<p><b>%d %s, not a year.</b> Figures are for %s; capital is counted for "
                        "as long.</p>",
                        s->calendar.days, s->calendar.days == 1 ? "day" : "days",
                        s->calendar.days == 1 ? "this day" : "these days");
    }
    for (int k = 0; k < s->notes_count; k++) {
        text_add(out, "<p>");
        html_words(out, s->notes[k]);
        text_add(out, "</p>");
    }
    text_add(out, "</aside></section>\n");
}

/* Every party with its mark and amount; losers as large as winners. */
static void add_net(const struct accounts *a, struct text_buffer *out) {
    int all = 0, count = 0;
    const struct party_look *looks = party_looks(&all);
    for (int k = 0; k < all; k++) {
        double money = a->change.net_money_year[looks[k].party];
        if (looks[k].party == PARTY_SOCIETY || !party_moves(a, money)) {
            continue;
        }
        text_add_format(out, "<span class=\"p%s\">", money < 0.0 ? " w" : "");
        party_mark(out, &looks[k]);
        text_add_format(
            out, " %s</span> ",
            number_money(out->arena, a->scenario->currency, money * figures_period(a), true));
        count++;
    }
    text_add(out, count ? "" : "no party gains or loses");
}

static void add_ten(const struct accounts *a, struct text_buffer *out) {
    struct figure figure[FIGURES];
    figures_make(a, out->arena, figure);
    text_add(out, "<section class=\"ten\"><h2 class=\"vh\">Ten figures</h2><ol>");
    for (int k = 0; k < FIGURES; k++) {
        text_add(out, "<li><span class=\"v\">");
        html_words(out, figure[k].value);
        text_add(out, "</span><span class=\"u\">");
        html_words(out, figure[k].unit);
        text_add(out, "</span><span class=\"n\"><b>");
        html_words(out, figure[k].name);
        text_add(out, "</b><br/>");
        if (k == FIGURES - 1) {
            add_net(a, out);
        } else {
            for (const char *line = figure[k].pair; line;) {
                const char *end = strchr(line, '\n');
                html_words(out, end ? number_text(out->arena, line, (size_t)(end - line)) : line);
                text_add(out, end ? "<br/>" : "");
                line = end ? end + 1 : NULL;
            }
        }
        text_add(out, "</span></li>\n");
    }
    text_add(out, "</ol></section>\n");
}

static void add_why(const struct accounts *a, struct text_buffer *out) {
    if (a->reasons_count == 0) {
        return;
    }
    text_add(out, "<section class=\"full why\" id=\"why\"><h2>Why this plan</h2><ol>");
    for (int k = 0; k < a->reasons_count; k++) {
        text_add(out, "<li><b>");
        html_words(out, a->reasons[k].claim);
        text_add(out, "</b> ");
        html_words(out, a->reasons[k].because);
        text_add(out, "</li>\n");
    }
    text_add(out, "</ol></section>\n");
}

static void add_rule(const struct rule_result *rule, struct text_buffer *out) {
    static const char *const css[RULE_SIGNS] = {"pass",    "risk",    "fail",
                                                "unknown", "unknown", "unknown"};
    text_add_format(out, "<li class=\"%s\"><i>%s</i><span>", css[rule->sign],
                    figures_sign(rule->sign, true));
    html_words(out, rule->pack ? rule->text : chart_plain(rule->text, out->arena));
    text_add(out, "</span><b>");
    html_words(out, rule->value);
    text_add(out, "</b><small>");
    html_words(out, rule->rule ? rules_source(rule, out->arena) : rule->source);
    text_add(out, "</small></li>\n");
}

/* First what is judged; behind it, folded away, what does not apply or is no rule yet. */
static void add_rules(const struct accounts *a, struct text_buffer *out) {
    int counts[RULE_SIGNS] = {0};
    for (int k = 0; k < a->rules_count; k++) {
        counts[a->rules[k].sign]++;
    }
    const char *words = rules_counts(counts, out->arena);
    text_add(out, "<section class=\"full\" id=\"rules\"><h2>");
    html_words(out, *words ? number_format(out->arena, "Rules: %s.", words) : "No rule is set.");
    text_add(out, "</h2>");
    if (a->scenario->rules_count > 0) {
        text_add(out, "<p class=\"note\">");
        html_words(out, rules_notice(a, out->arena));
        text_add(out, "</p>");
    }
    text_add(out, "<ul class=\"rules\">");
    for (int k = 0; k < a->rules_count; k++) {
        if (a->rules[k].sign < RULE_NOT_APPLICABLE) {
            add_rule(&a->rules[k], out);
        }
    }
    text_add(out, "</ul>\n");
    if (counts[RULE_NOT_APPLICABLE] + counts[RULE_INFORMS] > 0) {
        text_add(out, "<details><summary>Rules that do not apply, and what is no rule yet or no "
                      "longer</summary><ul class=\"rules\">");
        for (int k = 0; k < a->rules_count; k++) {
            if (a->rules[k].sign >= RULE_NOT_APPLICABLE) {
                add_rule(&a->rules[k], out);
            }
        }
        text_add(out, "</ul></details>\n");
    }
    text_add(out, "</section>\n");
}

/* What was built was chosen among a few plans: how far below it another choice could lie at most. */
static void add_choice(const struct accounts *a, const struct case_plan *c,
                       struct text_buffer *out) {
    double below_money = c->objective_money - c->choice_bound_money;
    if (isfinite(below_money)) {
        text_add_format(
            out,
            "what to build was tried both ways: in the programmes at rest no other choice is "
            "cheaper than this plan by more than %s (%s of it) · ",
            number_money(out->arena, a->scenario->currency, fmax(below_money, 0.0), false),
            number_power(out->arena, fmax(below_money, 0.0) / fmax(1.0, fabs(c->objective_money))));
    }
}

static void add_audit(const struct accounts *a, struct text_buffer *out) {
    const struct case_plan *c = &a->plan->cases[CASE_TOGETHER];
    struct arena *arena = out->arena;
    text_add_format(
        out,
        "<p class=\"audit\" id=\"audit\"><b%s>%s</b> Energy closes to %s of the largest flow on "
        "every bus in every hour · stores %s · objective and money %s · optimum certified, gap %s "
        "· %d rounds between optimum and simulation%s, which differ by %s (%s" NUMBER_SPACE
        "%% of the cost) · ",
        c->audit.passed ? "" : " class=\"no\"",
        c->audit.passed ? "✓ Audit passed." : "✗ Audit failed.",
        number_power(arena, c->audit.balance_residual_ratio),
        number_power(arena, c->audit.store_residual_ratio),
        number_power(arena, c->audit.objective_residual_ratio),
        number_power(arena, c->certificate.gap_ratio), c->rounds_count,
        c->settled ? "" : " (not at rest)",
        number_money(arena, a->scenario->currency, c->gap_money, true),
        number_digits(arena, 100.0 * fabs(pipes_gap_frac(c)), 2));
    add_choice(a, c, out);
    text_add_format(out,
                    "%s columns, %s rows · Hearth %s · solver %s · <code>hearth verify</code> "
                    "computes it again</p>\n</main></body></html>\n",
                    number_fixed(arena, (double)c->columns_count, 0),
                    number_fixed(arena, (double)c->rows_count, 0), HEARTH_VERSION,
                    c->outcome.solver ? c->outcome.solver : "none");
}

enum status tell_report(const struct accounts *accounts, struct arena *arena,
                        struct text_buffer *out) {
    (void)arena;
    add_top(accounts, out);
    add_lead(accounts, out);
    add_ten(accounts, out);
    chart_screening(accounts, out);
    chart_sankey(accounts, out);
    chart_maps(accounts, out, true);
    chart_weeks(accounts, out);
    chart_duration(accounts, out);
    chart_months(accounts, out);
    chart_maps(accounts, out, false);
    TRY(pipes_html(accounts, out));
    chart_ledger(accounts, out);
    tariffs_html(accounts, out);
    contracts_html(accounts, out);
    TRY(transformers_html(accounts, out));
    life_html(accounts, out);
    stress_html(accounts, out);
    inventory_html(accounts, out);
    TRY(scales_html(accounts, out));
    neighbours_html(accounts, out);
    indicators_html(accounts, out);
    supply_html(accounts, out);
    cooling_html(accounts, out);
    add_why(accounts, out);
    add_rules(accounts, out);
    defaults_add(accounts, out);
    add_audit(accounts, out);
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
