/* The plan in the terminal: the finding, ten figures, the rules, the audit. 78 columns. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "tell/approximate.h"
#include "tell/chart.h"
#include "tell/figures.h"
#include "tell/number.h"
#include "tell/page.h"
#include "tell/pipes.h"
#include "tell/rules.h"
#include "tell/supply.h"
#include "tell/tariffs.h"
#include "tell/tell.h"
#include "tell/transformers.h"

enum { VALUE_END = 12, UNIT_END = 22, NAME_END = 46 };

static void add_figure(struct page *page, const struct figure *figure) {
    const char *value = page_plain(page, figure->value), *unit = page_plain(page, figure->unit);
    int column = page_columns(value);
    page_pad(page, VALUE_END - column);
    text_add_format(page->out, "%s  %s", value, unit);
    column = (column > VALUE_END ? column : VALUE_END) + 2 + page_columns(unit);
    page_pad(page, UNIT_END - column);
    text_add(page->out, " ");
    if (page->colour) {
        text_add(page->out, "\x1b[1m");
    }
    text_add(page->out, page_plain(page, figure->name));
    text_add(page->out, page->colour ? "\x1b[0m\n" : "\n");
    for (const char *line = page_plain(page, figure->pair); line;) {
        const char *end = strchr(line, '\n');
        page_pad(page, UNIT_END + 1);
        page_wrap(page, end ? number_text(page->arena, line, (size_t)(end - line)) : line,
                  UNIT_END + 1, UNIT_END + 1);
        line = end ? end + 1 : NULL;
    }
}

static void add_screening(struct page *page, const struct accounts *a) {
    const struct screening *s = &a->plan->screening;
    double period = figures_period(a);
    struct arena *arena = page->arena;
    double largest = fmax(s->heat_available_kwh_year, s->heat_demand_kwh_year) * period;
    struct unit_choice unit = chart_energy_unit(largest);
    const char *density = "";
    if (isfinite(s->heat_per_trench_kwh_m_year)) {
        density = number_format(
            arena, " %s MWh per metre of trench %s; from %s a year it has paid.",
            number_digits(arena, s->heat_per_trench_kwh_m_year * period / 1e3, 2),
            figures_period_words(a, arena), number_digits(arena, s->viable_kwh_m_year / 1e3, 2));
    }
    const char *line = number_format(
        arena, "Screening: %s %s of heat on offer, %s needed, %s at the same hour.%s",
        number_digits(arena, s->heat_available_kwh_year * period / unit.per_unit, 3), unit.name,
        number_digits(arena, s->heat_demand_kwh_year * period / unit.per_unit, 3),
        number_digits(arena, s->heat_in_reach_kwh_year * period / unit.per_unit, 3), density);
    page_wrap(page, page_plain(page, line), 0, 0);
    page_wrap(page, page_plain(page, s->verdict), 0, 0);
}

/* The scenario's own limits, and of its packs what is broken or close; the rest as a count. */
static void add_rules(struct page *page, const struct accounts *a) {
    int rest[RULE_SIGNS] = {0};
    for (int k = 0; k < a->rules_count; k++) {
        const struct rule_result *rule = &a->rules[k];
        if (rule->pack && rule->sign != RULE_FAIL && rule->sign != RULE_RISK) {
            rest[rule->sign]++;
            continue;
        }
        page_style(page, rules_colour(rule->sign), figures_sign(rule->sign, page->utf8));
        text_add(page->out, " ");
        page_wrap(page,
                  page_plain(page, number_format(page->arena, "%s: %s (%s)", rule->text,
                                                 rule->value, rule->source)),
                  2, 4);
    }
    if (a->rules_count > a->own_rules_count) {
        page_wrap(page,
                  page_plain(page, number_format(page->arena,
                                                 "other rules: %s; `hearth rules` says them all",
                                                 rules_counts(rest, page->arena))),
                  0, 2);
    }
}

static void add_audit(struct page *page, const struct accounts *a) {
    const struct case_plan *c = &a->plan->cases[CASE_TOGETHER];
    page_style(page, "\x1b[32m", figures_sign(RULE_PASS, page->utf8));
    text_add(page->out, " ");
    page_wrap(
        page,
        page_plain(page,
                   number_format(
                       page->arena,
                       "audit: every bus in every hour closes to %s of the largest flow; optimum "
                       "certified, gap %s; simulation differs by %s (%s %% of the cost)%s",
                       number_power(page->arena, c->audit.balance_residual_ratio),
                       number_power(page->arena, c->certificate.gap_ratio),
                       number_money(page->arena, a->scenario->currency, c->gap_money, true),
                       number_digits(page->arena, 100.0 * fabs(pipes_gap_frac(c)), 2),
                       c->settled ? "" : "; sizes and losses did not come to rest")),
        2, 4);
}

enum status tell_terminal(const struct accounts *accounts, bool colour, bool utf8,
                          struct arena *arena, struct text_buffer *out) {
    struct page page = {out, arena, colour, utf8};
    struct figure figure[FIGURES];
    figures_make(accounts, arena, figure);
    if (colour) {
        text_add(out, "\x1b[1m");
    }
    page_wrap(
        &page,
        page_plain(&page, approximate_value(accounts->plan, arena, accounts->finding.headline)), 0,
        0);
    text_add(out, colour ? "\x1b[0m" : "");
    for (int k = 0; k < 3; k++) {
        page_wrap(&page, page_plain(&page, accounts->finding.sentences[k]), 0, 0);
    }
    if (figures_period(accounts) < 1.0) {
        page_wrap(
            &page,
            number_format(arena,
                          accounts->scenario->calendar.days == 1
                              ? "This plan covers %d day: figures are for this day, not for a year."
                              : "This plan covers %d days: figures are for these days, not for a "
                                "year.",
                          accounts->scenario->calendar.days),
            0, 0);
    }
    approximate_terminal(accounts->plan, &page);
    text_add(out, "\n");
    add_screening(&page, accounts);
    text_add(out, "\n");
    supply_text(accounts, &page);
    for (int k = 0; k < FIGURES; k++) {
        figure[k].value = approximate_value(accounts->plan, arena, figure[k].value);
        add_figure(&page, &figure[k]);
    }
    text_add(out, "\n");
    add_rules(&page, accounts);
    tariffs_terminal(accounts, &page);
    TRY(pipes_terminal(accounts, &page));
    TRY(transformers_terminal(accounts, &page));
    add_audit(&page, accounts);
    for (int k = 0; k < accounts->scenario->notes_count; k++) {
        page_wrap(&page,
                  page_plain(&page, number_format(arena, "note: %s", accounts->scenario->notes[k])),
                  0, 6);
    }
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
