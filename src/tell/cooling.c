/* Cooling methods and measures, told. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/cooling.h"

#include <math.h>

#include "components/cooling.h"
#include "tell/chart.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/json.h"
#include "tell/number.h"

static const char *part_words(const struct accounts *a) {
    return figures_period(a) < 1.0 ? " Scaled to a year from a part of it." : "";
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

/* NULL: nothing to tell of this hall. */
static const struct hall_cooling *take(const struct accounts *a, int hall,
                                       struct text_buffer *out) {
    const struct hall_cooling *found = account_cooling(a, hall, out->arena);
    out->failed = out->failed || !found;
    return found && found->methods_count > 0 ? found : NULL;
}

static bool holds(const struct cooling_method *m) { return m->idle_h < 0.5; }

/* The first method that carries the heat in all hours and is the least by a figure; NULL: none. */
static const struct cooling_method *least(const struct hall_cooling *told, size_t offset) {
    const struct cooling_method *best = NULL;
    for (int k = 0; k < told->methods_count; k++) {
        const struct cooling_method *m = &told->methods[k];
        double value = *(const double *)(const void *)((const char *)m + offset);
        if (holds(m) && isfinite(value) &&
            (!best || value < *(const double *)(const void *)((const char *)best + offset))) {
            best = m;
        }
    }
    return best;
}

/* Who costs least, who draws least, whose coolant comes back warmest. */
static const char *methods_finding(const struct accounts *a, const struct hall_cooling *told,
                                   struct arena *arena) {
    const struct cooling_method *cost =
                                    least(told, offsetof(struct cooling_method, cost_money_year)),
                                *power = least(told, offsetof(struct cooling_method, all_kwh_year));
    const struct cooling_method *warm = NULL;
    for (int k = 0; k < told->methods_count; k++) {
        const struct cooling_method *m = &told->methods[k];
        warm = holds(m) && (!warm || m->take_off_c > warm->take_off_c) ? m : warm;
    }
    if (!cost || !power || !warm) {
        return "No method of the catalogue carries the heat of all hours here.";
    }
    const char *most =
        number_format(arena, "%s costs least here, %s a year", cost->kind->title,
                      number_money(arena, a->scenario->currency, cost->cost_money_year, false));
    const char *draws = power == cost ? " and draws least power"
                                      : number_format(arena, "; %s draws least power",
                                                      chart_lower(power->kind->title, arena));
    return number_format(arena, "%s%s; the warmest heat comes from %s, %s °C.", most, draws,
                         chart_lower(warm->kind->title, arena),
                         number_fixed(arena, warm->take_off_c, 0));
}

static const char *sound_words(double sound_db, struct arena *arena) {
    return isnan(sound_db) ? cooling_sound_class(sound_db)
                           : number_format(arena, "%s, %s dB(A)", cooling_sound_class(sound_db),
                                           number_fixed(arena, sound_db, 0));
}

static void add_method(const struct accounts *a, const struct cooling_method *m,
                       struct text_buffer *out) {
    struct arena *arena = out->arena;
    text_add(out, "<tr><th scope=\"row\">");
    text_add(out, m->in_plan ? "<b>" : "");
    html_words(out,
               number_format(arena, "%s%s", m->kind->title, m->in_plan ? ", in this plan" : ""));
    text_add(out, m->in_plan ? "</b>" : "");
    if (!holds(m)) {
        text_add(out, "<br/>");
        html_words(out, number_format(arena, "cannot carry the heat in %s h of the year",
                                      number_digits(arena, m->idle_h, 3)));
    }
    text_add(out, "</th>");
    add_cell(out, energy(m->all_kwh_year, arena));
    add_cell(out, energy(m->power_kwh_year, arena));
    add_cell(out, number_format(arena, "%s m³", number_digits(arena, m->water_m3_year, 3)));
    add_cell(out, number_format(arena, "%s °C%s", number_fixed(arena, m->take_off_c, 0),
                                m->condenser ? ", condenser warmer" : ""));
    add_cell(out, isnan(m->cost_money_year)
                      ? "no catalogue cost"
                      : number_money(arena, a->scenario->currency, m->cost_money_year, false));
    add_cell(out, sound_words(m->sound_db, arena));
    text_add(out, "</tr>\n");
}

static void add_methods(const struct accounts *a, int hall, const struct hall_cooling *told,
                        struct text_buffer *out) {
    static const char *const heads[] = {"Method",  "All power",   "Of it cooling", "Water",
                                        "Heat at", "Cost a year", "Sound outdoors"};
    text_add(out, "<section class=\"full long\"><h2>");
    html_words(out, methods_finding(a, told, out->arena));
    text_add(out, "</h2><p class=\"unit\">Ways of cooling ");
    html_words(out, a->scenario->halls[hall].name);
    text_add(out,
             " at this place side by side, a year, by their physics alone, all heat rejected, each "
             "with the coolant it is made for. Cost: capital, upkeep, all power of the data centre "
             "and water. <code>hearth compare --cooling all</code> plans each whole, with the "
             "town.");
    text_add(out, part_words(a));
    text_add(out, "</p><div class=\"wide\" tabindex=\"0\" role=\"group\" "
                  "aria-label=\"Table\"><table class=\"num\"><thead><tr>");
    for (int k = 0; k < COUNT(heads); k++) {
        text_add_format(out, "<th scope=\"col\">%s</th>", heads[k]);
    }
    text_add(out, "</tr></thead><tbody>\n");
    for (int k = 0; k < told->methods_count; k++) {
        add_method(a, &told->methods[k], out);
    }
    text_add(out, "</tbody></table></div></section>\n");
}

static void add_measures(const struct accounts *a, const struct hall_cooling *told,
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

static const char *headline(const struct accounts *a, const struct hall_cooling *told,
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
        const struct hall_cooling *told = take(a, h, out);
        if (!told) {
            continue;
        }
        text_add(out, "<section class=\"full long\"><h2>");
        html_words(out, headline(a, told, out->arena));
        text_add(out, "</h2><p class=\"unit\">Cooling of ");
        html_words(out, a->scenario->halls[h].name);
        text_add(
            out,
            " at this place, by its physics alone, a year, all heat rejected. Each measure counts "
            "what it saves beside those above it, so the next kWh costs more; prices of "
            "measures are assumed, to rank them.");
        text_add(out, part_words(a));
        text_add(out, "</p>");
        add_measures(a, told, out);
        text_add(out, "</section>\n");
        add_methods(a, h, told, out);
    }
}

static void add_number(struct text_buffer *out, const char *before, const char *key, double value) {
    text_add_format(out, "%s\"%s\": ", before, key);
    json_add_number(out, value);
}

static void json_hall(const struct accounts *a, int h, const struct hall_cooling *told,
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
        add_number(out, "", "all_kwh_year", m->all_kwh_year);
        add_number(out, ", ", "cost_money_year", m->cost_money_year);
        add_number(out, ", ", "idle_h", m->idle_h);
        text_add_format(out, ", \"in_plan\": %s", m->in_plan ? "true" : "false");
        add_number(out, ", ", "invest_money", m->invest_money);
        text_add(out, ", \"kind\": ");
        json_add_text(out, m->kind->name);
        add_number(out, ", ", "power_kwh_year", m->power_kwh_year);
        text_add(out, ", \"sound_class\": ");
        json_add_text(out, cooling_sound_class(m->sound_db));
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
        const struct hall_cooling *told = take(a, h, out);
        if (told) {
            text_add(out, count++ ? ",\n    " : "\n    ");
            json_hall(a, h, told, out);
        }
    }
    text_add(out, count ? "\n  ]" : "]");
}
