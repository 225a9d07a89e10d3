/* Indicators, told. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/indicators.h"

#include <math.h>
#include <string.h>

#include "tell/chart.h"
#include "tell/cooling.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/json.h"
#include "tell/number.h"

static void add_member(struct text_buffer *out, const char *before, const char *key) {
    text_add(out, before);
    json_add_text(out, key);
    text_add(out, ": ");
}

static void add_part(struct text_buffer *out, const char *key, const char *name, const char *unit,
                     double value) {
    add_member(out, ", ", key);
    add_member(out, "{", "unit");
    json_add_text(out, unit);
    add_member(out, ", ", "value");
    json_add_number(out, value);
    add_member(out, ", ", "what");
    json_add_text(out, name);
    text_add(out, "}");
}

static void add_case(const struct accounts *accounts, enum plan_case kind,
                     struct text_buffer *out) {
    struct indicator table[INDICATORS_MAX];
    int count = account_indicators(accounts, kind, table);
    text_add(out, "[");
    for (int k = 0; k < count; k++) {
        add_member(out, k ? ",\n      {" : "\n      {", "boundary");
        json_add_text(out, table[k].boundary);
        add_part(out, "over", table[k].over, table[k].over_unit, table[k].over_value);
        add_member(out, ", ", "standard");
        json_add_text(out, table[k].standard);
        add_member(out, ", ", "symbol");
        json_add_text(out, table[k].symbol);
        add_member(out, ", ", "title");
        json_add_text(out, table[k].title);
        add_part(out, "under", table[k].under, table[k].under_unit, table[k].under_value);
        add_member(out, ", ", "unit");
        json_add_text(out, table[k].unit);
        add_member(out, ", ", "value");
        json_add_number(out, table[k].value);
        text_add(out, "}");
    }
    text_add(out, count ? "\n    ]" : "]");
}

enum status indicators_json(const struct accounts *accounts, struct arena *arena,
                            struct text_buffer *out) {
    struct sheet_line sheet[SHEET_LINES_MAX];
    int count = account_sheet(accounts, arena, sheet);
    text_add(out, "{\n  \"cooling\": ");
    cooling_json(accounts, out);
    text_add(out, ",\n  \"eu_2024_1364\": [");
    for (int k = 0; k < count; k++) {
        add_member(out, k ? ",\n    {" : "\n    {", "key");
        json_add_text(out, sheet[k].key);
        add_member(out, ", ", "note");
        json_add_text(out, sheet[k].note);
        add_member(out, ", ", "title");
        json_add_text(out, sheet[k].title);
        add_member(out, ", ", "unit");
        json_add_text(out, sheet[k].unit);
        add_member(out, ", ", "value");
        if (sheet[k].text) {
            json_add_text(out, sheet[k].text);
        } else {
            json_add_number(out, sheet[k].value);
        }
        text_add(out, "}");
    }
    text_add(out, count ? "\n  ],\n" : "],\n");
    text_add(out, "  \"hearth_indicators\": 1,\n  \"indicators\": {\n    \"apart\": ");
    add_case(accounts, CASE_APART, out);
    text_add(out, ",\n    \"together\": ");
    add_case(accounts, CASE_TOGETHER, out);
    text_add_format(out, "\n  },\n  \"interim\": %s\n}\n",
                    accounts->scenario->year_frac < 1.0 - 1e-9 ? "true" : "false");
    return out->failed || arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- the report ---- */

/* "80.4 GWh", "115 000 m3" */
static const char *amount(double value, const char *unit, struct arena *arena) {
    if (strcmp(unit, "kWh/a") == 0 || strcmp(unit, "kWh") == 0) {
        struct unit_choice choice = chart_energy_unit(value);
        return number_format(arena, "%s %s", number_digits(arena, value / choice.per_unit, 3),
                             choice.name);
    }
    static const char *const shown[][2] = {
        {"m3/a", "m³"}, {"m3", "m³"},   {"m2", "m²"}, {"kg CO2/a", "kg CO₂"},
        {"degC", "°C"}, {"K d", "K d"}, {"1", ""}};
    const char *name = unit;
    for (int k = 0; k < COUNT(shown); k++) {
        name = strcmp(unit, shown[k][0]) == 0 ? shown[k][1] : name;
    }
    bool pure = strcmp(unit, "1") == 0;
    const char *digits = pure ? number_fixed(arena, value, 3) : number_digits(arena, value, 3);
    return *name ? number_format(arena, "%s %s", digits, name) : digits;
}

static void add_cell(struct text_buffer *out, const char *open, const char *text) {
    text_add(out, open);
    html_words(out, text);
    text_add(out, "</td>");
}

static const char *ratio(const struct indicator *it, struct arena *arena) {
    if (!isfinite(it->value)) {
        return "–";
    }
    bool litres = strcmp(it->unit, "L/kWh") == 0;
    const char *value = number_fixed(arena, it->value, litres ? 2 : 3);
    return strcmp(it->unit, "1") == 0
               ? value
               : number_format(arena, "%s %s", value, litres ? "L/kWh" : "kg/kWh");
}

static void add_indicators(const struct accounts *a, struct text_buffer *out) {
    struct indicator now[INDICATORS_MAX], apart[INDICATORS_MAX];
    struct arena *arena = out->arena;
    int count = account_indicators(a, CASE_TOGETHER, now);
    (void)account_indicators(a, CASE_APART, apart);
    text_add(out, "<table class=\"def\"><thead><tr><th scope=\"col\">Indicator</th><th "
                  "scope=\"col\">Together, apart</th><th scope=\"col\">Made of, a year</th><th "
                  "scope=\"col\">Standard and boundary</th></tr></thead><tbody>\n");
    for (int k = 0; k < count; k++) {
        text_add(out, "<tr><th scope=\"row\">");
        html_words(out, now[k].title);
        text_add(out, " <code>");
        html_text(out, now[k].symbol);
        text_add(out, "</code></th>");
        add_cell(out, "<td class=\"v\">",
                 number_format(arena, "%s, %s", ratio(&now[k], arena), ratio(&apart[k], arena)));
        add_cell(out, "<td>",
                 number_format(arena, "%s / %s", amount(now[k].over_value, now[k].over_unit, arena),
                               amount(now[k].under_value, now[k].under_unit, arena)));
        add_cell(out, "<td>",
                 number_format(arena, "%s over %s; %s; %s", now[k].over, now[k].under,
                               now[k].standard, now[k].boundary));
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table>");
}

static void add_sheet(const struct accounts *a, struct text_buffer *out) {
    struct sheet_line sheet[SHEET_LINES_MAX];
    int count = account_sheet(a, out->arena, sheet);
    text_add(out, "<details class=\"all\"><summary>The sheet of the EU's regulation "
                  "2024/1364</summary><table class=\"def\"><tbody>\n");
    for (int k = 0; k < count; k++) {
        const char *value = sheet[k].text ? sheet[k].text
                            : isfinite(sheet[k].value)
                                ? amount(sheet[k].value, sheet[k].unit, out->arena)
                                : "–";
        text_add(out, "<tr><th scope=\"row\">");
        html_words(out, sheet[k].title);
        text_add(out, " <code>");
        html_text(out, sheet[k].key);
        text_add(out, "</code></th>");
        add_cell(out, "<td class=\"v\">", value);
        add_cell(out, "<td></td><td>", sheet[k].note);
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table></details>");
}

void indicators_html(const struct accounts *a, struct text_buffer *out) {
    const struct metrics *m = &a->metrics[CASE_TOGETHER];
    struct arena *arena = out->arena;
    if (!(m->it_kwh_year > 0.0)) {
        return;
    }
    text_add(out, "<section class=\"full long\" id=\"indicators\"><h2>");
    html_words(out, number_format(
                        arena,
                        "The data centre draws %s a year, %s of it for computing: PUE %s, "
                        "heat reused %s.",
                        amount(m->data_centre_kwh_year, "kWh", arena),
                        amount(m->it_kwh_year, "kWh", arena), number_fixed(arena, m->pue_ratio, 2),
                        number_fixed(arena, m->erf_ratio, 2)));
    text_add(out, "</h2><p class=\"unit\">Indicators with what they are made of: a ratio alone can "
                  "flatter.");
    if (m->it_warm_kwh_year > 0.0) {
        html_words(out,
                   number_format(arena,
                                 " Warm air or coolant adds %s to the IT, which lowers PUE and "
                                 "raises the total.",
                                 amount(m->it_warm_kwh_year, "kWh", arena)));
    }
    html_words(out, number_format(
                        arena, " Useful service: work of %s of busy servers, at %s/kWh of work.",
                        amount(m->service_kwh_year, "kWh", arena),
                        number_money(arena, a->scenario->currency, m->service_money_kwh, false)));
    if (figures_period(a) < 1.0) {
        text_add(out, " Interim values: scaled from a part of a year.");
    }
    text_add(out, "</p>");
    add_indicators(a, out);
    add_sheet(a, out);
    text_add(out, "<p class=\"foot src\">indicators.json</p></section>\n");
}
