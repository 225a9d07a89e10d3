/* The page of a frontier: the curve, and its points as a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "tell/frontier.h"
#include "tell/html.h"
#include "tell/measures.h"
#include "tell/number.h"

enum { WIDE = 720, HIGH = 320, LEFT = 20, RIGHT = 20, TOP = 30, BOTTOM = 40, DIGITS = 4 };

/* Places in the picture: least of the figure on the left, least cost below. */
struct frame {
    double least_value, span, least_money, span_money;
};

static double across(const struct frame *frame, double value) {
    return LEFT + (WIDE - LEFT - RIGHT) * (value - frame->least_value) / frame->span;
}

static double down(const struct frame *frame, double money) {
    return HIGH - BOTTOM - (HIGH - TOP - BOTTOM) * (money - frame->least_money) / frame->span_money;
}

static void add_at(struct text_buffer *out, const char *keys, double x, double y) {
    const char *space = keys;
    while (*space != ' ') {
        space++;
    }
    text_add_format(out, " %.*s=\"", (int)(space - keys), keys);
    html_number(out, x);
    text_add_format(out, "\" %s=\"", space + 1);
    html_number(out, y);
    text_add(out, "\"");
}

static void add_label(struct text_buffer *out, double x, double y, const char *anchor,
                      const char *words) {
    text_add(out, "<text");
    add_at(out, "x y", x, y);
    text_add_format(out, " text-anchor=\"%s\" class=\"s\">", anchor);
    html_words(out, words);
    text_add(out, "</text>");
}

static void add_curve(const struct frontier *f, const struct frame *frame,
                      struct text_buffer *out) {
    text_add(out, "<polyline fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" points=\"");
    for (int k = 0; k < f->points_count; k++) {
        text_add(out, k ? " " : "");
        html_number(out, across(frame, frontier_value(f, k)));
        text_add(out, ",");
        html_number(out, down(frame, frontier_money(f, k)));
    }
    text_add(out, "\"/>");
    for (int k = 0; k < f->points_count; k++) {
        text_add(out, "<circle");
        add_at(out, "cx cy", across(frame, frontier_value(f, k)),
               down(frame, frontier_money(f, k)));
        text_add_format(out, " r=\"%d\" fill=\"currentColor\"><title>", k == f->knee ? 8 : 5);
        html_words(out,
                   number_format(out->arena, "%d: %s", k + 1, frontier_price(f, k, out->arena)));
        text_add(out, "</title></circle>");
    }
}

static void add_picture(const struct frontier *f, struct text_buffer *out) {
    struct arena *arena = out->arena;
    int last = f->points_count - 1;
    struct frame frame = {frontier_value(f, last), frontier_value(f, 0) - frontier_value(f, last),
                          frontier_money(f, 0), frontier_money(f, last) - frontier_money(f, 0)};
    if (!(frame.span > 0.0) || !(frame.span_money > 0.0)) {
        return;
    }
    text_add_format(out,
                    "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"cost of a year "
                    "against ",
                    WIDE, HIGH);
    html_text(out, held_figure_kind(f->figure)->name);
    text_add(out, "\"><path fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.3\" "
                  "stroke-dasharray=\"4 4\" d=\"M");
    html_number(out, across(&frame, frontier_value(f, last)));
    text_add(out, " ");
    html_number(out, down(&frame, frontier_money(f, last)));
    text_add(out, "L");
    html_number(out, across(&frame, frontier_value(f, 0)));
    text_add(out, " ");
    html_number(out, down(&frame, frontier_money(f, 0)));
    text_add(out, "\"/>");
    add_curve(f, &frame, out);
    add_label(out, LEFT, TOP - 12.0, "start",
              number_format(
                  arena, "%s: %s", frontier_more(f, last, arena),
                  measures_amount(f->held, f->measure, frontier_value(f, last), DIGITS, arena)));
    add_label(
        out, WIDE - RIGHT, HIGH - 12.0, "end",
        number_format(arena, "%s: %s",
                      measures_amount(f->held, HELD_COST, frontier_money(f, 0), DIGITS, arena),
                      measures_amount(f->held, f->measure, frontier_value(f, 0), DIGITS, arena)));
    if (f->knee >= 0) {
        add_label(out, across(&frame, frontier_value(f, f->knee)) + 14.0,
                  down(&frame, frontier_money(f, f->knee)) - 10.0, "start", "knee");
    }
    text_add(out, "</svg>\n");
}

/* The ends have prices of their own making: so low, and so high, that they say nothing. */
static const char *price(const struct frontier *f, int k, struct arena *arena) {
    return k == 0 || k == f->points_count - 1 ? "\u2013" : frontier_price(f, k, arena);
}

static void add_points(const struct frontier *f, struct text_buffer *out) {
    struct arena *arena = out->arena;
    text_add(out, "<section class=\"full\"><h2>Point by point</h2><table><thead><tr><th>Point</th>"
                  "<th>");
    html_text(out, held_figure_kind(f->figure)->name);
    text_add(out, "</th><th>Cost</th><th>More than the cheapest</th><th>On the way here</th>"
                  "<th>Best at</th></tr></thead><tbody>\n");
    for (int k = 0; k < f->points_count; k++) {
        const char *const cell[] = {
            measures_amount(f->held, f->measure, frontier_value(f, k), DIGITS, arena),
            measures_amount(f->held, HELD_COST, frontier_money(f, k), DIGITS, arena),
            frontier_more(f, k, arena), frontier_way(f, k, arena), price(f, k, arena)};
        html_row(out, number_format(arena, "%d%s", k + 1, k == f->knee ? ", knee" : ""), cell,
                 COUNT(cell));
    }
    text_add(out, "</tbody></table></section>\n<section class=\"full\"><h2>What is otherwise"
                  "</h2>\n");
    for (int k = 1; k < f->points_count; k++) {
        const char *step = frontier_step(f, k, arena);
        measures_page_words(out, "", *step ? number_format(arena, "%d. Now %s.", k + 1, step) : "");
    }
    text_add(out, "</section>\n");
}

void frontier_html(const struct frontier *f, struct text_buffer *out) {
    struct arena *arena = out->arena;
    measures_page_open(
        f->held, number_format(arena, "cost against %s", held_figure_kind(f->figure)->name), out);
    measures_page_words(out, "", frontier_headline(f, arena));
    if (f->measure >= 0 && !f->flat) {
        add_picture(f, out);
        measures_page_words(out, "", frontier_knee(f, arena));
    }
    text_add(out, "</section>\n");
    if (f->measure >= 0) {
        add_points(f, out);
    }
    text_add(out, "<section class=\"full\">");
    measures_page_words(out, " class=\"note\"", frontier_sureness(f, arena));
    measures_page_words(out, " class=\"note\"", measures_method(f->held, arena));
    measures_page_close(out);
}
