/* What the answer rests on: every default that the scenario left in place, with its range and its
   source. First those of plant that only the joint plan has, the dearest on top, since they shape
   what is compared; the rest unfolds. How far each moves the answer would need a plan for each; it
   is not guessed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "tell/chart.h"
#include "tell/defaults.h"
#include "tell/html.h"
#include "tell/number.h"

enum { SHOWN = 12 }; /* the rest unfolds */

/* "kg CO2/kWh", "m3" and "degC" as people write them; shares and pure numbers carry no unit. */
static const char *unit_of(const struct accounts *a, const struct param *param,
                           struct arena *arena) {
    static const char *const whole[][2] = {
        {"1", ""}, {"a", "years"}, {"d", "days"}, {"1/a", "per year"}, {"1/h", "per hour"}};
    static const char *const swaps[][2] = {{"degC", "°C"}, {"CO2", "CO₂"}, {"m2", "m²"},
                                           {"m3", "m³"},   {"deg", "°"},   {"1/K", "per K"}};
    const struct unit *unit = units_of_name(param->key);
    struct text_buffer out;
    text_buffer_init(&out, arena);
    for (int k = 0; unit && k < COUNT(whole); k++) {
        if (strcmp(unit->symbol, whole[k][0]) == 0) {
            return whole[k][1];
        }
    }
    if (!unit) {
        return "";
    }
    for (const char *at = unit->symbol; *at;) {
        size_t used = 0;
        for (int k = 0; k < COUNT(swaps) && used == 0; k++) {
            if (strncmp(at, swaps[k][0], strlen(swaps[k][0])) == 0) {
                text_add(&out, swaps[k][1]);
                used = strlen(swaps[k][0]);
            }
        }
        if (used == 0 && strncmp(at, "money", 5) == 0) {
            text_add(&out, number_currency(a->scenario->currency));
            used = 5;
        }
        if (used == 0) {
            text_add_n(&out, at, 1);
            used = 1;
        }
        at += used;
    }
    return out.data ? out.data : "";
}

/* Shortest exact digits, with thousands apart and a true minus. */
static const char *exact(double value, struct arena *arena) {
    char buffer[TEXT_NUMBER_SIZE];
    if (!isfinite(value)) {
        return value > 0.0 ? "∞" : "?";
    }
    (void)text_from_number(buffer, value);
    const char *point = strchr(buffer, '.'), *power = strchr(buffer, 'e');
    if (power && fabs(value) < 1.0) { /* "2.6e-05": all its decimals */
        int decimals = 0;
        while (decimals < 15 &&
               fabs(value * pow(10.0, decimals) - round(value * pow(10.0, decimals))) > 1e-9) {
            decimals++;
        }
        return number_fixed(arena, value, decimals);
    }
    if (power) {
        return number_fixed(arena, value, 0);
    }
    return number_fixed(arena, value, point ? (int)strlen(point + 1) : 0);
}

static const char *used(const struct accounts *a, const struct default_row *row,
                        struct arena *arena) {
    if (row->param->kind == PARAM_WORD) {
        return chart_lower(chart_plain(row->param->words[(int)row->value], arena), arena);
    }
    if (row->param->kind == PARAM_FLAG) {
        return row->value > 0.5 ? "yes" : "no";
    }
    const char *unit = unit_of(a, row->param, arena);
    return number_format(arena, "%s%s%s", exact(row->value, arena), *unit ? NUMBER_SPACE : "",
                         unit);
}

static const char *range(const struct default_row *row, struct arena *arena) {
    if (row->param->kind == PARAM_FLAG) {
        return "yes, no";
    }
    if (row->param->kind == PARAM_WORD) {
        return "one of a list";
    }
    if (isinf(row->param->max)) {
        return number_format(arena, "from %s", exact(row->param->min, arena));
    }
    return number_format(arena, "%s–%s", exact(row->param->min, arena),
                         exact(row->param->max, arena));
}

/* Does the row shape what is compared: chosen by the optimum, or in the joint plan alone? */
static bool leads(const struct accounts *a, const struct default_row *row) {
    const struct scenario *s = a->scenario;
    for (int i = 0; i < s->instances_count; i++) {
        const struct instance *it = &s->instances[i];
        bool together = a->plan->cases[CASE_TOGETHER].flow[i].included;
        bool apart = a->plan->cases[CASE_APART].flow[i].included;
        bool supply = it->kind->shape == SHAPE_SOURCE && it->owner != PARTY_OPERATOR &&
                      it->hall < 0 && it->meter < 0;
        if (it->kind == s->instances[row->instance].kind && together && !apart && !supply) {
            return true;
        }
    }
    return false;
}

/* "Heat pump: technical life" */
static const char *row_name(const struct component *kind, const struct param *param,
                            struct arena *arena) {
    const char *meaning = chart_lower(param->meaning, arena);
    size_t size = strlen(meaning);
    size -= size > 0 && meaning[size - 1] == '.';
    return number_format(arena, "%s: %s", kind->title, number_text(arena, meaning, size));
}

static void add_row(const struct accounts *a, const struct default_row *row,
                    struct text_buffer *out) {
    const struct component *kind = a->scenario->instances[row->instance].kind;
    text_add(out, "<tr><th scope=\"row\">");
    html_words(out, row_name(kind, row->param, out->arena));
    text_add(out, " <code>");
    html_text(out, kind->name);
    text_add(out, ".");
    html_text(out, row->param->key);
    text_add(out, "</code></th><td class=\"v\">");
    html_text(out, used(a, row, out->arena));
    text_add(out, "</td><td>");
    html_text(out, range(row, out->arena));
    text_add(out, "</td><td>");
    html_words(out, row->param->source);
    text_add(out, "</td></tr>\n");
}

/* What the kind's instances cost over the horizon in the joint plan: dear plant comes first. */
static double cost_of(const struct accounts *a, const struct component *kind) {
    double cost_money = 0.0;
    for (int i = 0; i < a->scenario->instances_count; i++) {
        const struct flow *flow = &a->plan->cases[CASE_TOGETHER].flow[i];
        cost_money += a->scenario->instances[i].kind == kind && flow->included
                          ? flow->capital_money + flow->fixed_money + flow->running_money
                          : 0.0;
    }
    return cost_money;
}

/* Does row x stand before row y: what leads, the dearer kind, its name, the order of its table. */
static bool before(const struct accounts *a, int x, int y) {
    const struct default_row *row_x = &a->defaults[x], *row_y = &a->defaults[y];
    const struct component *one = a->scenario->instances[row_x->instance].kind;
    const struct component *two = a->scenario->instances[row_y->instance].kind;
    if (leads(a, row_x) != leads(a, row_y)) {
        return leads(a, row_x);
    }
    if (one == two) {
        return row_x->param < row_y->param;
    }
    double cost_one = cost_of(a, one), cost_two = cost_of(a, two);
    return cost_one != cost_two ? cost_one > cost_two : strcmp(one->name, two->name) < 0;
}

static void add_table(const struct accounts *a, const int *order, int from, int to,
                      struct text_buffer *out) {
    text_add(out, "<table class=\"def\"><thead><tr><th scope=\"col\">Default</th><th "
                  "scope=\"col\">Used</th><th scope=\"col\">Range</th><th scope=\"col\">Source"
                  "</th></tr></thead><tbody>\n");
    for (int k = from; k < to; k++) {
        add_row(a, &a->defaults[order[k]], out);
    }
    text_add(out, "</tbody></table>");
}

void defaults_add(const struct accounts *a, struct text_buffer *out) {
    int *order = ARENA_TAKE(out->arena, int, a->defaults_count > 0 ? a->defaults_count : 1);
    if (!order) {
        out->failed = true;
        return;
    }
    for (int k = 0; k < a->defaults_count; k++) {
        int at = k;
        for (; at > 0 && before(a, k, order[at - 1]); at--) {
            order[at] = order[at - 1];
        }
        order[at] = k;
    }
    int shown = a->defaults_count < SHOWN + 3 ? a->defaults_count : SHOWN;
    text_add_format(out,
                    "<section class=\"full long\" id=\"defaults\"><h2>What the answer rests on: %d "
                    "defaults</h2><p class=\"unit\">Values that the scenario did not give: first "
                    "those of plant that only the joint plan has, the dearest plant on top. Change "
                    "one in the scenario and run again to see what it moves. Keys of sources: "
                    "docs/references.md</p>",
                    a->defaults_count);
    add_table(a, order, 0, shown, out);
    if (shown < a->defaults_count) {
        text_add_format(out, "<details class=\"all\"><summary>The other %d defaults</summary>",
                        a->defaults_count - shown);
        add_table(a, order, shown, a->defaults_count, out);
        text_add(out, "</details>");
    }
    text_add(out, "</section>\n");
}
