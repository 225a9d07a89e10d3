/* The page and the folder of one design for many futures. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/file.h"
#include "report_css.h"
#include "tell/html.h"
#include "tell/number.h"
#include "tell/robust_design.h"

enum { PLOT_WIDE = 600, PLOT_HIGH = 80 };

static void add_rect(struct text_buffer *out, double left, double top, double wide, double high,
                     const char *style) {
    const double number[] = {left, top, wide, high};
    static const char *const keys[] = {"x", "y", "width", "height"};
    text_add(out, "<rect");
    for (int k = 0; k < COUNT(number); k++) {
        text_add_format(out, " %s=\"", keys[k]);
        html_number(out, number[k]);
        text_add(out, "\"");
    }
    text_add_format(out, " %s/>", style);
}

/* A column for each future, from the least of all costs up to its own; a line where its own design would end. */
static void add_picture(const struct robust_design *design, struct text_buffer *out) {
    int count = design->futures->count;
    double least_money = HUGE_VAL, most_money = -HUGE_VAL, wide = (double)PLOT_WIDE / count;
    for (int f = 0; f < count; f++) {
        const struct robust_future *it = &design->future[f];
        least_money = fmin(least_money, fmin(it->money_year, it->own_money_year));
        most_money = fmax(most_money, it->money_year);
    }
    least_money -= 0.1 * (most_money - least_money);
    double span_money = fmax(most_money - least_money, 1e-9 * fabs(most_money) + 1e-9);
    text_add_format(out,
                    "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
                    "aria-label=\"cost of a year by future\">",
                    PLOT_WIDE, PLOT_HIGH, PLOT_WIDE, PLOT_HIGH);
    for (int f = 0; f < count; f++) {
        const struct robust_future *it = &design->future[f];
        double high = PLOT_HIGH * (it->money_year - least_money) / span_money;
        add_rect(out, f * wide, PLOT_HIGH - high, 0.8 * wide, high,
                 "fill=\"currentColor\" fill-opacity=\"0.4\"");
        if (isfinite(it->own_money_year)) {
            double own_high = PLOT_HIGH * (it->own_money_year - least_money) / span_money;
            add_rect(out, f * wide, PLOT_HIGH - own_high, 0.8 * wide, 1.5, "fill=\"currentColor\"");
        }
    }
    text_add(out, "</svg>");
}

static void add_capacities(const struct robust_design *design, struct text_buffer *out) {
    struct arena *arena = out->arena;
    text_add(out, "<section class=\"full\"><h2>What to build</h2><table><thead><tr><th>Plant</th>"
                  "<th>For all futures</th><th>For the year as given</th></tr></thead><tbody>\n");
    for (int k = 0; k < design->capacities_count; k++) {
        const struct robust_capacity *it = &design->capacities[k];
        const char *const cell[] = {robust_design_amount(design, it, it->capacity, arena),
                                    robust_design_amount(design, it, it->as_given_capacity, arena)};
        html_row(out, robust_design_name(design, it, arena), cell, COUNT(cell));
    }
    text_add(out, "</tbody></table></section>\n");
}

static const char *money(const struct robust_design *design, double value, struct arena *arena) {
    return isnan(value) ? "\u2013" : number_money(arena, design->scenario->currency, value, false);
}

static void add_futures(const struct robust_design *design, struct text_buffer *out) {
    struct arena *arena = out->arena;
    text_add(out, "<section class=\"full\"><h2>What each future costs</h2><p>");
    add_picture(design, out);
    text_add(out,
             "</p><p>Cost of a year, all that leaves the parties. Columns: this design, from "
             "the least cost up; lines: a design of the future\u2019s own.</p><table><thead><tr>"
             "<th>Future</th><th>Probability</th><th>This design</th><th>Its own</th><th>That "
             "of the year as given</th></tr></thead><tbody>\n");
    for (int f = 0; f < design->futures->count; f++) {
        const struct robust_future *it = &design->future[f];
        const struct future *future = &design->futures->future[f];
        const char *const cell[] = {
            number_format(arena, "%s %%",
                          number_digits(arena, 100.0 * future->probability_frac, 3)),
            money(design, it->money_year, arena), money(design, it->own_money_year, arena),
            design->compared && isnan(it->as_given_money_year)
                ? "something is short"
                : money(design, it->as_given_money_year, arena)};
        html_row(out, future->name, cell, COUNT(cell));
    }
    text_add(out, "</tbody></table></section>\n");
}

static void add_sentence(struct text_buffer *out, const char *style, const char *words) {
    if (*words) {
        text_add_format(out, "<p%s>", style);
        html_words(out, words);
        text_add(out, "</p>\n");
    }
}

void robust_design_html(const struct robust_design *design, struct text_buffer *out) {
    struct arena *arena = out->arena;
    text_add(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>");
    html_text(out, design->scenario->name);
    text_add(out, "</title><meta name=\"viewport\" content=\"width=device-width\"/><style>");
    text_add(out, report_css);
    text_add(out, "</style></head><body><main><section class=\"full\"><h1>");
    html_words(out, design->scenario->name);
    text_add(out, "</h1>\n");
    add_sentence(out, "", robust_design_headline(design, arena));
    add_sentence(out, "", robust_design_judgement(design, arena));
    text_add(out, "</section>\n");
    add_capacities(design, out);
    add_futures(design, out);
    text_add(out, "<section class=\"full\">");
    add_sentence(out, " class=\"note\"", robust_design_method(design, arena));
    text_add(out, "</section></main></body></html>\n");
}

enum status robust_design_folder(const struct robust_design *design, struct diag *diag,
                                 const char *path, struct arena *arena) {
    struct text_buffer page, json;
    TRY(file_make_folder(diag, path));
    text_buffer_init(&page, arena);
    text_buffer_init(&json, arena);
    robust_design_html(design, &page);
    robust_design_json(design, &json);
    if (page.failed || json.failed || arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    TRY(file_write(diag, arena_format(arena, "%s/report.html", path), page.data, page.size));
    return file_write(diag, arena_format(arena, "%s/robust.json", path), json.data, json.size);
}
