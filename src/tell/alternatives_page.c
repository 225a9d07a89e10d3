/* The page of near-optimal plans: ranges as bars, plans side by side. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "tell/alternatives.h"
#include "tell/html.h"
#include "tell/measures.h"
#include "tell/number.h"

enum { WIDE = 240, HIGH = 16, DIGITS = 3 };

static void add_rect(struct text_buffer *out, double left, double wide, double top, double high,
                     const char *opacity) {
    const double number[] = {left, top, wide, high};
    static const char *const keys[] = {"x", "y", "width", "height"};
    text_add(out, "<rect");
    for (int k = 0; k < COUNT(number); k++) {
        text_add_format(out, " %s=\"", keys[k]);
        html_number(out, number[k]);
        text_add(out, "\"");
    }
    text_add_format(out, " fill=\"currentColor\" fill-opacity=\"%s\"/>", opacity);
}

/* From nothing to the most; a mark for the cheapest plan. */
static void add_bar(const struct range *range, struct text_buffer *out) {
    double most =
        isnan(range->most_value) || range->unbounded ? range->cheapest_value : range->most_value;
    double least = isnan(range->least_value) ? range->cheapest_value : range->least_value;
    text_add_format(out, "<svg viewBox=\"0 0 %d %d\" style=\"width:%dpx\" aria-hidden=\"true\">",
                    WIDE, HIGH, WIDE);
    add_rect(out, 0.0, WIDE, HIGH / 2.0 - 0.5, 1.0, "0.3");
    if (most > 0.0) {
        double scale = WIDE / most, from = fmax(least, 0.0);
        add_rect(out, scale * from, fmax(scale * (most - from), 1.0), 4.0, HIGH - 8.0, "0.4");
        add_rect(out, fmin(fmax(scale * range->cheapest_value - 1.5, 0.0), WIDE - 3.0), 3.0, 0.0,
                 HIGH, "1");
    }
    text_add(out, "</svg>");
}

static void add_ranges(const struct alternatives *a, enum measure_kind kind, const char *title,
                       struct text_buffer *out) {
    struct arena *arena = out->arena;
    text_add_format(out,
                    "<section class=\"full\"><h2>%s</h2><table><thead><tr><th></th><th>Could be "
                    "anywhere between</th><th></th><th>Cheapest plan</th><th>%s</th></tr></thead>"
                    "<tbody>\n",
                    title, kind == MEASURE_CAPACITY ? "So it" : "");
    for (int m = 1; m < a->held->measures_count; m++) {
        if (a->held->measures[m].kind != kind) {
            continue;
        }
        text_add(out, "<tr><th scope=\"row\">");
        html_words(out, measures_name(a->held, m, arena));
        text_add(out, "</th><td>");
        html_words(out, alternatives_range(a, m, arena));
        text_add(out, "</td><td>");
        add_bar(&a->ranges[m], out);
        text_add(out, "</td><td>");
        html_words(out, measures_amount(a->held, m, a->ranges[m].cheapest_value, DIGITS, arena));
        text_add(out, "</td><td>");
        html_words(out, alternatives_verdict(a, m));
        text_add(out, "</td></tr>\n");
    }
    text_add(out, "</tbody></table></section>\n");
}

static void add_plans(const struct alternatives *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    text_add(out, "<section class=\"full\"><h2>Whole plans that differ</h2>\n");
    for (int k = 0; k < a->count; k++) {
        measures_page_words(
            out, "", number_format(arena, "%d. %s", k + 1, alternatives_difference(a, k, arena)));
    }
    text_add(out, "<table><thead><tr><th></th><th>Cheapest</th>");
    for (int k = 0; k < a->count; k++) {
        text_add_format(out, "<th>%d</th>", k + 1);
    }
    text_add(out, "</tr></thead><tbody>\n");
    for (int m = 0; m < a->held->measures_count; m++) {
        const char *cell[ALTERNATIVES_MAX + 1];
        for (int k = -1; k < a->count; k++) {
            const double *value = k < 0 ? a->cheapest.value : a->alternative[k].answer.value;
            cell[k + 1] = measures_amount(a->held, m, value[m], DIGITS, arena);
        }
        html_row(out, measures_name(a->held, m, arena), cell, a->count + 1);
    }
    text_add(out, "</tbody></table></section>\n");
}

void alternatives_html(const struct alternatives *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    measures_page_open(a->held,
                       number_format(arena, "what else costs at most %s %% more",
                                     number_digits(arena, 100.0 * a->within_frac, 3)),
                       out);
    measures_page_words(out, "", alternatives_headline(a, arena));
    measures_page_words(out, "", alternatives_apart(a, arena));
    text_add(out, "</section>\n");
    add_ranges(a, MEASURE_CAPACITY, "What to build", out);
    add_ranges(a, MEASURE_FIGURE, "What it does", out);
    if (a->count > 0) {
        add_plans(a, out);
    }
    text_add(out, "<section class=\"full\">");
    measures_page_words(out, " class=\"note\"", alternatives_proven(a, arena));
    measures_page_words(out, " class=\"note\"", alternatives_unanswered(a, arena));
    measures_page_words(out, " class=\"note\"", measures_method(a->held, arena));
    measures_page_close(out);
}
