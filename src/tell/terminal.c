/* The plan in the terminal: the finding, ten figures, the rules, the audit. 78 columns. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "tell/chart.h"
#include "tell/figures.h"
#include "tell/number.h"
#include "tell/tell.h"

enum { WIDTH = 78, VALUE_END = 12, UNIT_END = 22, NAME_END = 46 };

struct page {
    struct text_buffer *out;
    struct arena *arena;
    bool colour, utf8;
};

static int columns_of(const char *text) {
    int columns = 0;
    for (; *text; text++) {
        columns += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return columns;
}

static const char *plain(struct page *page, const char *text) {
    return page->utf8 ? number_words(page->arena, text) : number_ascii(page->arena, text);
}

static void pad(struct page *page, int columns) {
    for (int k = 0; k < columns; k++) {
        text_add(page->out, " ");
    }
}

/* Bytes of the next word that fit into room columns; a word that is longer is cut. */
static size_t word_size(const char *text, int room) {
    size_t size = strcspn(text, " "), at = 0;
    for (int column = 0; at < size && column < room; column++) {
        int length = text_utf8_length(text + at, size - at);
        at += length > 0 ? (size_t)length : 1;
    }
    return at;
}

/* Words from a column on, wrapped at the page's width. */
static void add_wrapped(struct page *page, const char *text, int column, int indent) {
    bool first = true;
    while (*text) {
        size_t size = word_size(text, WIDTH - indent);
        int wide = columns_of(number_text(page->arena, text, size));
        if (!first && column + 1 + wide > WIDTH) {
            text_add(page->out, "\n");
            pad(page, indent);
            column = indent;
        } else if (!first) {
            text_add(page->out, " ");
            column++;
        }
        text_add_n(page->out, text, size);
        column += wide;
        first = false;
        text += size + (text[size] == ' ');
    }
    text_add(page->out, "\n");
}

static void add_styled(struct page *page, const char *code, const char *text) {
    text_add_format(page->out, "%s%s%s", page->colour ? code : "", text,
                    page->colour ? "\x1b[0m" : "");
}

static void add_figure(struct page *page, const struct figure *figure) {
    const char *value = plain(page, figure->value), *unit = plain(page, figure->unit);
    int column = columns_of(value);
    pad(page, VALUE_END - column);
    text_add_format(page->out, "%s  %s", value, unit);
    column = (column > VALUE_END ? column : VALUE_END) + 2 + columns_of(unit);
    pad(page, UNIT_END - column);
    text_add(page->out, " ");
    if (page->colour) {
        text_add(page->out, "\x1b[1m");
    }
    text_add(page->out, plain(page, figure->name));
    text_add(page->out, page->colour ? "\x1b[0m\n" : "\n");
    for (const char *line = plain(page, figure->pair); line;) {
        const char *end = strchr(line, '\n');
        pad(page, UNIT_END + 1);
        add_wrapped(page, end ? number_text(page->arena, line, (size_t)(end - line)) : line,
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
    add_wrapped(page, plain(page, line), 0, 0);
    add_wrapped(page, plain(page, s->verdict), 0, 0);
}

static void add_rules(struct page *page, const struct accounts *a) {
    static const char *const codes[] = {"\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[2m"};
    for (int k = 0; k < a->rules_count; k++) {
        add_styled(page, codes[a->rules[k].sign], figures_sign(a->rules[k].sign, page->utf8));
        text_add(page->out, " ");
        add_wrapped(page,
                    plain(page, number_format(page->arena, "%s: %s (%s)", a->rules[k].text,
                                              a->rules[k].value, a->rules[k].source)),
                    2, 4);
    }
}

static void add_audit(struct page *page, const struct accounts *a) {
    const struct case_plan *c = &a->plan->cases[CASE_TOGETHER];
    add_styled(page, "\x1b[32m", figures_sign(RULE_PASS, page->utf8));
    text_add(page->out, " ");
    add_wrapped(
        page,
        plain(page, number_format(
                        page->arena,
                        "audit: every bus in every hour closes to %s of the largest flow; optimum "
                        "certified, gap %s; simulation differs by %s%s",
                        number_power(page->arena, c->audit.balance_residual_ratio),
                        number_power(page->arena, c->certificate.gap_ratio),
                        number_money(page->arena, a->scenario->currency, c->gap_money, true),
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
    add_wrapped(&page, plain(&page, accounts->finding.headline), 0, 0);
    text_add(out, colour ? "\x1b[0m" : "");
    for (int k = 0; k < 3; k++) {
        add_wrapped(&page, plain(&page, accounts->finding.sentences[k]), 0, 0);
    }
    if (figures_period(accounts) < 1.0) {
        add_wrapped(
            &page,
            number_format(arena,
                          accounts->scenario->calendar.days == 1
                              ? "This plan covers %d day: figures are for this day, not for a year."
                              : "This plan covers %d days: figures are for these days, not for a "
                                "year.",
                          accounts->scenario->calendar.days),
            0, 0);
    }
    text_add(out, "\n");
    add_screening(&page, accounts);
    text_add(out, "\n");
    for (int k = 0; k < FIGURES; k++) {
        add_figure(&page, &figure[k]);
    }
    text_add(out, "\n");
    add_rules(&page, accounts);
    add_audit(&page, accounts);
    for (int k = 0; k < accounts->scenario->notes_count; k++) {
        add_wrapped(&page,
                    plain(&page, number_format(arena, "note: %s", accounts->scenario->notes[k])), 0,
                    6);
    }
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
