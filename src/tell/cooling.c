/* Cooling methods and measures, told. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/cooling.h"

#include <math.h>

#include "tell/chart.h"
#include "tell/html.h"
#include "tell/json.h"
#include "tell/number.h"

struct told {
    struct cooling_method methods[METHODS_MAX];
    struct cooling_measure measures[MEASURES_MAX];
    int methods_count, measures_count;
    double before_kwh_year, price_money_kwh;
};

static bool take(const struct accounts *a, int hall, struct text_buffer *out, struct told *ret) {
    ret->methods_count = account_cooling_methods(a, hall, out->arena, ret->methods);
    ret->measures_count = account_cooling_measures(a, hall, out->arena, ret->measures,
                                                   &ret->before_kwh_year, &ret->price_money_kwh);
    out->failed = out->failed || ret->methods_count < 0 || ret->measures_count < 0;
    return !out->failed && ret->methods_count > 0;
}

static void add_cell(struct text_buffer *out, const char *text) {
    text_add(out, "<td>");
    html_words(out, text);
    text_add(out, "</td>");
}

static const char *energy(double kwh, struct arena *arena) {
    struct unit_choice unit = chart_energy_unit(kwh);
    return number_format(arena, "%s %s", number_digits(arena, kwh / unit.per_unit, 3), unit.name);
}

static void add_methods(const struct accounts *a, const struct told *told,
                        struct text_buffer *out) {
    struct arena *arena = out->arena;
    text_add(out,
             "<table class=\"def\"><thead><tr><th scope=\"col\">Method</th><th "
             "scope=\"col\">Power</th><th scope=\"col\">Water</th><th scope=\"col\">Heat, cost, "
             "sound</th></tr></thead><tbody>\n");
    for (int k = 0; k < told->methods_count; k++) {
        const struct cooling_method *m = &told->methods[k];
        text_add(out, "<tr><th scope=\"row\">");
        html_words(
            out, number_format(arena, "%s%s", m->kind->title, m->in_plan ? " (in this plan)" : ""));
        text_add(out, " <code>");
        html_text(out, m->kind->name);
        text_add(out, "</code></th><td class=\"v\">");
        html_words(out, energy(m->power_kwh_year, arena));
        text_add(out, "</td>");
        add_cell(out, number_format(arena, "%s m³", number_digits(arena, m->water_m3_year, 3)));
        const char *words = number_format(
            arena, "return %s °C%s; %s a year; %s", number_fixed(arena, m->take_off_c, 0),
            m->condenser ? ", warmer from its condenser" : "",
            isnan(m->cost_money_year)
                ? "no catalogue cost"
                : number_money(arena, a->scenario->currency, m->cost_money_year, false),
            isnan(m->sound_db) ? "sound not known"
                               : number_format(arena, "%s dB(A) of sound power",
                                               number_fixed(arena, m->sound_db, 0)));
        if (m->idle_h > 0.5) {
            words = number_format(arena, "%s; cannot hold in %s h", words,
                                  number_digits(arena, m->idle_h, 3));
        }
        add_cell(out, words);
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table>");
}

static void add_measures(const struct accounts *a, const struct told *told,
                         struct text_buffer *out) {
    struct arena *arena = out->arena;
    const char *currency = a->scenario->currency;
    if (told->measures_count == 0) {
        return;
    }
    text_add(out, "<table class=\"def\"><thead><tr><th scope=\"col\">Measure, cheapest saving "
                  "first</th><th scope=\"col\">Per kWh saved</th><th scope=\"col\">Saves</th><th "
                  "scope=\"col\">Invested, pays</th></tr></thead><tbody>\n");
    for (int k = 0; k < told->measures_count; k++) {
        const struct cooling_measure *m = &told->measures[k];
        text_add(out, "<tr><th scope=\"row\">");
        html_words(out, m->title);
        text_add(out, "</th><td class=\"v\">");
        html_words(out,
                   number_format(arena, "%s/MWh",
                                 number_money(arena, currency, 1000.0 * m->cost_money_kwh, false)));
        text_add(out, "</td>");
        add_cell(out, energy(m->saved_kwh_year, arena));
        add_cell(out, number_format(arena, "%s; %s; %s",
                                    number_money(arena, currency, m->invest_money, false),
                                    m->pays ? "pays" : "does not pay", m->source));
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table>");
}

static const char *headline(const struct accounts *a, const struct told *told,
                            struct arena *arena) {
    double saved = 0.0;
    int paying = 0;
    for (int k = 0; k < told->measures_count; k++) {
        saved += told->measures[k].pays ? told->measures[k].saved_kwh_year : 0.0;
        paying += told->measures[k].pays ? 1 : 0;
    }
    return paying == 0
               ? "No measure of efficiency pays at today's price of power."
               : number_format(arena,
                               "%d measure%s would save %s %% of the power for less than the "
                               "%s/MWh it costs.",
                               paying, paying == 1 ? "" : "s",
                               number_digits(arena, 100.0 * saved / told->before_kwh_year, 2),
                               number_money(arena, a->scenario->currency,
                                            1000.0 * told->price_money_kwh, false));
}

void cooling_html(const struct accounts *a, struct text_buffer *out) {
    for (int h = 0; h < a->scenario->halls_count; h++) {
        struct told told;
        if (!take(a, h, out, &told)) {
            continue;
        }
        text_add(out, "<section class=\"full long\"><h2>");
        html_words(out, headline(a, &told, out->arena));
        text_add(out, "</h2><p class=\"unit\">Cooling of ");
        html_words(out, a->scenario->halls[h].name);
        text_add(
            out,
            " at this place, by its physics alone, a year, all heat rejected; "
            "<code>hearth compare --cooling all</code> plans each method whole. Each measure "
            "counts what it saves beside those above it, so the next kWh costs more; prices of "
            "measures are assumed, to rank them.</p>");
        add_measures(a, &told, out);
        text_add(out, "<details class=\"all\"><summary>Other methods of cooling</summary>");
        add_methods(a, &told, out);
        text_add(out, "</details></section>\n");
    }
}

static void add_number(struct text_buffer *out, const char *before, const char *key, double value) {
    text_add_format(out, "%s\"%s\": ", before, key);
    json_add_number(out, value);
}

static void json_hall(const struct accounts *a, int h, const struct told *told,
                      struct text_buffer *out) {
    text_add(out, "{\"hall\": ");
    json_add_text(out, a->scenario->halls[h].name);
    text_add(out, ",\n     \"measures\": [");
    for (int k = 0; k < told->measures_count; k++) {
        const struct cooling_measure *m = &told->measures[k];
        text_add(out, k ? ",\n      {" : "\n      {");
        add_number(out, "", "cost_money_kwh", m->cost_money_kwh);
        add_number(out, ", ", "invest_money", m->invest_money);
        add_number(out, ", ", "left_kwh_year", m->left_kwh_year);
        text_add_format(out, ", \"pays\": %s", m->pays ? "true" : "false");
        add_number(out, ", ", "saved_kwh_year", m->saved_kwh_year);
        text_add(out, ", \"title\": ");
        json_add_text(out, m->title);
        text_add(out, "}");
    }
    text_add(out, "],\n     \"methods\": [");
    for (int k = 0; k < told->methods_count; k++) {
        const struct cooling_method *m = &told->methods[k];
        text_add(out, k ? ",\n      {" : "\n      {");
        add_number(out, "", "cost_money_year", m->cost_money_year);
        add_number(out, ", ", "idle_h", m->idle_h);
        text_add_format(out, ", \"in_plan\": %s", m->in_plan ? "true" : "false");
        add_number(out, ", ", "invest_money", m->invest_money);
        text_add(out, ", \"kind\": ");
        json_add_text(out, m->kind->name);
        add_number(out, ", ", "power_kwh_year", m->power_kwh_year);
        add_number(out, ", ", "sound_db", m->sound_db);
        add_number(out, ", ", "take_off_c", m->take_off_c);
        add_number(out, ", ", "water_m3_year", m->water_m3_year);
        text_add(out, "}");
    }
    text_add(out, "]}");
}

void cooling_json(const struct accounts *a, struct text_buffer *out) {
    int count = 0;
    text_add(out, "[");
    for (int h = 0; h < a->scenario->halls_count; h++) {
        struct told told;
        if (take(a, h, out, &told)) {
            text_add(out, count++ ? ",\n    " : "\n    ");
            json_hall(a, h, &told, out);
        }
    }
    text_add(out, count ? "\n  ]" : "]");
}
