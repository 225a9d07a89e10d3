/* A curve for each figure over the temperatures that were tried, the best marked; the same as a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/supply.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "tell/chart.h"
#include "tell/html.h"
#include "tell/json.h"
#include "tell/number.h"

/* What is drawn, and in which unit. */
enum unit { UNIT_MONEY, UNIT_ENERGY, UNIT_WATER, UNIT_PURE, UNIT_PRICE };
static const struct curve_look {
    const char *title, *colour;
    size_t offset;
    enum unit unit;
} looks[] = {
    {"Cost, a year", "ink", offsetof(struct supply_row, cost_money_year), UNIT_MONEY},
    {"All power, a year", "electricity", offsetof(struct supply_row, import_kwh_year), UNIT_ENERGY},
    {"Power of cooling, a year", "cold", offsetof(struct supply_row, cooling_kwh_year),
     UNIT_ENERGY},
    {"Water, a year", "water", offsetof(struct supply_row, water_m3_year), UNIT_WATER},
    {"COP of the heat pumps", "heat-3", offsetof(struct supply_row, heat_pump_cop), UNIT_PURE},
    {"Price of heat in the town", "heat-4", offsetof(struct supply_row, heat_price_money_kwh),
     UNIT_PRICE},
};

static double value_of(const struct supply_row *row, const struct curve_look *look) {
    return *(const double *)(const void *)((const char *)row + look->offset);
}

static struct unit_choice unit_of(const struct accounts *a, const struct curve_look *look,
                                  double largest, struct arena *arena) {
    const char *sign = number_currency(a->scenario->currency);
    struct unit_choice ret = {1.0, ""};
    switch (look->unit) {
    case UNIT_ENERGY:
        return chart_energy_unit(largest);
    case UNIT_WATER:
        ret.name = "m³";
        break;
    case UNIT_MONEY:
        ret.per_unit = largest >= 1e6 ? 1e6 : 1e3;
        ret.name = number_format(arena, largest >= 1e6 ? "M%s" : "k%s", sign);
        break;
    case UNIT_PRICE:
        ret.per_unit = 1e-3;
        ret.name = number_format(arena, "%s/MWh", sign);
        break;
    case UNIT_PURE:
        break;
    }
    return ret;
}

/* ---- the picture ---- */

static void add_point(struct text_buffer *out, int at, double height) {
    html_number(out, at + 0.5);
    text_add(out, ",");
    html_number(out, 100.0 - height);
}

static double height_of(const struct axis *axis, double value) {
    return 100.0 * (value - axis->low) / (axis->high - axis->low);
}

struct drawn {
    const struct supply_choice *choice;
    const int *row;
    int count, hall;
};

/* A line through the plans; a temperature without a plan breaks it. The best has a dot. */
static void add_line(const struct drawn *drawn, const struct curve_look *look,
                     const struct axis *axis, struct text_buffer *out) {
    bool drawing = false;
    int best = -1;
    text_add(out, "<path d=\"");
    for (int k = 0; k < drawn->count; k++) {
        double value = value_of(&drawn->choice->row[drawn->row[k]], look);
        best = drawn->row[k] == drawn->choice->best ? k : best;
        if (isfinite(value)) {
            text_add(out, drawing ? "L" : "M");
            add_point(out, k, height_of(axis, value));
        }
        drawing = isfinite(value);
    }
    text_add_format(out,
                    "\" vector-effect=\"non-scaling-stroke\" style=\"fill:none;"
                    "stroke:var(--%s);stroke-width:2\"/>",
                    look->colour);
    double value = value_of(&drawn->choice->row[drawn->choice->best], look);
    if (best >= 0 && isfinite(value)) {
        text_add(out, "<path d=\"M");
        add_point(out, best, height_of(axis, value));
        text_add_format(out,
                        "h0\" vector-effect=\"non-scaling-stroke\" style=\"fill:none;"
                        "stroke:var(--%s);stroke-width:10;stroke-linecap:round\"/>",
                        look->colour);
    }
}

static const char *degrees(const struct drawn *drawn, int row, struct arena *arena) {
    char number[TEXT_NUMBER_SIZE];
    (void)text_from_number(number, drawn->choice->row[row].supply_c[drawn->hall]);
    return number_format(arena, "%s", number);
}

static void add_degrees(const struct drawn *drawn, struct text_buffer *out) {
    text_add_format(out, "<div class=\"dy\" aria-hidden=\"true\" style=\"--n:%d\">", drawn->count);
    for (int k = 0; k < drawn->count; k++) {
        bool best = drawn->row[k] == drawn->choice->best;
        text_add_format(out, best ? "<span><b>%s°</b></span>" : "<span>%s°</span>",
                        degrees(drawn, drawn->row[k], out->arena));
    }
    text_add(out, "</div>");
}

/* False where there is nothing to see: no value, or the same everywhere. */
static bool range_of(const struct drawn *drawn, const struct curve_look *look, double *ret_low,
                     double *ret_high) {
    *ret_low = HUGE_VAL;
    *ret_high = -HUGE_VAL;
    for (int k = 0; k < drawn->count; k++) {
        double value = value_of(&drawn->choice->row[drawn->row[k]], look);
        if (isfinite(value)) {
            *ret_low = fmin(*ret_low, value);
            *ret_high = fmax(*ret_high, value);
        }
    }
    return *ret_high - *ret_low > 1e-9 * fabs(*ret_high);
}

static void add_curve(const struct accounts *a, const struct drawn *drawn,
                      const struct curve_look *look, struct text_buffer *out) {
    struct arena *arena = out->arena;
    double low = 0.0, high = 0.0;
    if (!range_of(drawn, look, &low, &high)) {
        return;
    }
    struct unit_choice unit = unit_of(a, look, fabs(high), arena);
    struct axis axis = chart_axis(low - 0.1 * (high - low), high + 0.1 * (high - low), unit);
    text_add(out, "<li><p>");
    html_words(out,
               *unit.name ? number_format(arena, "%s, %s", look->title, unit.name) : look->title);
    text_add(out, "</p><div class=\"pb\">");
    chart_grid(out, &axis);
    chart_svg(out, drawn->count,
              number_format(
                  arena, "%s: %s at %s °C, %s at %s °C", look->title,
                  number_digits(
                      arena, value_of(&drawn->choice->row[drawn->row[0]], look) / unit.per_unit, 4),
                  degrees(drawn, drawn->row[0], arena),
                  number_digits(arena,
                                value_of(&drawn->choice->row[drawn->row[drawn->count - 1]], look) /
                                    unit.per_unit,
                                4),
                  degrees(drawn, drawn->row[drawn->count - 1], arena)));
    add_line(drawn, look, &axis, out);
    text_add(out, "</svg></div>");
    add_degrees(drawn, out);
    text_add(out, "</li>\n");
}

/* ---- the table ---- */

static void add_table(const struct accounts *a, const struct drawn *drawn,
                      struct text_buffer *out) {
    struct arena *arena = out->arena;
    struct unit_choice unit[COUNT(looks)];
    text_add(out, "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table "
                  "class=\"num\"><thead><tr><th "
                  "scope=\"col\">Coolant</th>");
    for (int c = 0; c < COUNT(looks); c++) {
        double low = 0.0, high = 0.0;
        (void)range_of(drawn, &looks[c], &low, &high);
        unit[c] = unit_of(a, &looks[c], isfinite(high) ? fabs(high) : 0.0, arena);
        text_add(out, "<th scope=\"col\">");
        html_words(out, *unit[c].name ? number_format(arena, "%s, %s", looks[c].title, unit[c].name)
                                      : looks[c].title);
        text_add(out, "</th>");
    }
    text_add(out, "</tr></thead><tbody>\n");
    for (int k = 0; k < drawn->count; k++) {
        const struct supply_row *row = &drawn->choice->row[drawn->row[k]];
        bool best = drawn->row[k] == drawn->choice->best;
        text_add(out, "<tr><th scope=\"row\">");
        text_add(out, best ? "<b>" : "");
        html_words(out, number_format(arena, "%s °C%s", degrees(drawn, drawn->row[k], arena),
                                      best ? ", in this plan" : ""));
        text_add(out, best ? "</b></th>" : "</th>");
        if (row->reason) {
            text_add_format(out, "<td colspan=\"%d\">no plan: ", (int)COUNT(looks));
            html_words(out, row->reason);
            text_add(out, "</td>");
        }
        for (int c = 0; c < COUNT(looks) && !row->reason; c++) {
            double value = value_of(row, &looks[c]);
            text_add(out, "<td>");
            html_words(out,
                       isfinite(value) ? number_digits(arena, value / unit[c].per_unit, 5) : "–");
            text_add(out, "</td>");
        }
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table></div>");
}

void supply_html(const struct accounts *a, struct text_buffer *out) {
    const struct supply_choice *choice = a->plan->supply;
    for (int h = 0; choice && h < choice->halls_count; h++) {
        struct supply_words words;
        int *row = ARENA_TAKE(out->arena, int, choice->rows_count);
        if (!row) {
            out->failed = true;
            return;
        }
        struct drawn drawn = {choice, row, account_supply_curve(choice, h, row), h};
        account_supply(a, h, out->arena, &words);
        text_add(out, "<section class=\"full long\"><h2>");
        html_words(out, words.claim);
        text_add(out, "</h2><p class=\"unit\">");
        html_words(out, words.because);
        text_add(out, "</p>\n<ol class=\"cur\">");
        for (int c = 0; c < COUNT(looks); c++) {
            add_curve(a, &drawn, &looks[c], out);
        }
        text_add(out, "</ol>");
        add_table(a, &drawn, out);
        text_add(out, "<p class=\"foot\">Each temperature of the coolant, as the racks are given "
                      "it, is a plan of its own: town and data centre together, optimum and "
                      "simulation at rest, scaled to a year. Axes do not begin at "
                      "zero.</p></section>\n");
    }
}

/* ---- the terminal ---- */

void supply_text(const struct accounts *a, struct page *page) {
    const struct supply_choice *choice = a->plan->supply;
    struct arena *arena = page->arena;
    for (int h = 0; choice && h < choice->halls_count; h++) {
        struct supply_words words;
        account_supply(a, h, arena, &words);
        page_wrap(page, page_plain(page, words.claim), 0, 0);
        page_wrap(page, page_plain(page, words.because), 0, 0);
        text_add(page->out, "\n");
    }
}

/* ---- summary.json ---- */

static void add_row(const struct supply_choice *choice, int row, struct text_buffer *out) {
    struct supply_row *it = &choice->row[row];
    text_add(out, row ? ",\n      {" : "\n      {");
    const char *const between = ", ";
    for (int k = 0, reason = 0, count = 0; k <= supply_figures_count(); k++) {
        const char *key = k < supply_figures_count() ? supply_figure_key(k) : "supply_c";
        if (!reason && strcmp(key, "reason") > 0) { /* keys are sorted */
            text_add(out, count++ ? between : "");
            text_add(out, "\"reason\": ");
            json_add_text(out, it->reason);
            reason = 1;
        }
        if (k < supply_figures_count() && strcmp(key, "supply_c") < 0) {
            text_add_format(out, "%s\"%s\": ", count++ ? between : "", key);
            json_add_number(out, *supply_value(it, k));
        }
    }
    text_add(out, ", \"supply_c\": [");
    for (int h = 0; h < choice->halls_count; h++) {
        text_add(out, h ? between : "");
        json_add_number(out, it->supply_c[h]);
    }
    text_add(out, "]");
    for (int k = 0; k < supply_figures_count(); k++) {
        if (strcmp(supply_figure_key(k), "supply_c") > 0) {
            text_add_format(out, ", \"%s\": ", supply_figure_key(k));
            json_add_number(out, *supply_value(it, k));
        }
    }
    text_add(out, "}");
}

void supply_json(const struct accounts *a, struct text_buffer *out) {
    const struct supply_choice *choice = a->plan->supply;
    if (!choice) {
        text_add(out, "null");
        return;
    }
    text_add_format(out, "{\n    \"best\": %d,\n    \"halls\": [", choice->best);
    for (int h = 0; h < choice->halls_count; h++) {
        text_add(out, h ? ", " : "");
        json_add_text(out, a->scenario->halls[choice->hall[h]].name);
    }
    text_add(out, "],\n    \"rows\": [");
    for (int row = 0; row < choice->rows_count; row++) {
        add_row(choice, row, out);
    }
    text_add(out, "],\n    \"words\": [");
    for (int h = 0; h < choice->halls_count; h++) {
        struct supply_words words;
        account_supply(a, h, out->arena, &words);
        text_add(out, h ? ", " : "");
        json_add_text(out, number_format(out->arena, "%s %s", words.claim, words.because));
    }
    text_add(out, "]\n  }");
}

static enum status read_row(const struct json *object, int halls, struct arena *arena,
                            struct supply_row *ret) {
    double *supply_c = ARENA_TAKE(arena, double, halls);
    const char *reason = json_text(json_find(object, "reason"));
    if (!supply_c) {
        return STATUS_NO_MEMORY;
    }
    for (int h = 0; h < halls; h++) {
        supply_c[h] = json_number(json_at(json_find(object, "supply_c"), h));
    }
    ret->supply_c = supply_c;
    ret->reason = reason ? arena_text(arena, reason) : NULL;
    for (int k = 0; k < supply_figures_count(); k++) {
        *supply_value(ret, k) = json_number(json_find(object, supply_figure_key(k)));
    }
    return STATUS_OK;
}

static enum status read_choice(const struct scenario *scenario, const struct json *object,
                               struct arena *arena, struct supply_choice *ret) {
    const struct json *halls = json_find(object, "halls"), *rows = json_find(object, "rows");
    int *hall = ARENA_TAKE(arena, int, json_count(halls));
    double best = json_number(json_find(object, "best"));
    *ret = (struct supply_choice){.halls_count = json_count(halls),
                                  .rows_count = json_count(rows),
                                  .hall = hall,
                                  .row = ARENA_TAKE(arena, struct supply_row, json_count(rows))};
    if (!hall || !ret->row) {
        return STATUS_NO_MEMORY;
    }
    if (!(best >= 0.0 && best < ret->rows_count) || ret->halls_count == 0) {
        return STATUS_CHECK_FAILED;
    }
    ret->best = (int)best;
    for (int k = 0; k < ret->halls_count; k++) {
        const char *name = json_text(json_at(halls, k));
        hall[k] = -1;
        for (int h = 0; name && h < scenario->halls_count; h++) {
            hall[k] = strcmp(scenario->halls[h].name, name) == 0 ? h : hall[k];
        }
        if (hall[k] < 0) {
            return STATUS_CHECK_FAILED;
        }
    }
    for (int row = 0; row < ret->rows_count; row++) {
        TRY(read_row(json_at(rows, row), ret->halls_count, arena, &ret->row[row]));
    }
    return STATUS_OK;
}

enum status supply_read(const struct scenario *scenario, const char *file, const char *text,
                        size_t size, struct arena *arena, struct diag *diag,
                        struct supply_choice **ret) {
    struct json *root = NULL;
    enum status status = json_read_all(diag, file, text, size, &root);
    if (status != STATUS_OK) {
        return status == STATUS_BAD_SCENARIO ? STATUS_CHECK_FAILED : status;
    }
    const struct json *object = json_find(root, "supply_choice");
    *ret = NULL;
    if (json_is_object(object)) {
        *ret = ARENA_TAKE(arena, struct supply_choice, 1);
        status = *ret ? read_choice(scenario, object, arena, *ret) : STATUS_NO_MEMORY;
    }
    if (status == STATUS_CHECK_FAILED) {
        diag_error(diag, (struct place){file, 0, 0},
                   "supply_choice: its halls or its best are not those of the scenario");
    }
    json_free(root);
    return status;
}
