/* SPDX-License-Identifier: Apache-2.0 */
#include "plot.h"

#include <math.h>

#include "base/arena.h"

enum { WIDTH = 460, HEIGHT = 330, LEFT = 58, RIGHT = 130, TOP = 34, BOTTOM = 44, COLOURS = 8 };

static const char *const titles[PLOT_AXES] = {"hours", "places", "threads", "bits of a vector"};
static const char *const colours[COLOURS] = {"#1b6ca8", "#d1495b", "#3a7d44", "#8d5a97",
                                             "#c77d1e", "#4c566a", "#00798c", "#7f5539"};

struct panel {
    enum plot_axis axis;
    double least[2], most[2]; /* decimal logarithms of the axis and of seconds */
    int left;
};

/* A panel shows one thing: but for its own axis, one thread, the machine's width, the most hours. */
static bool belongs(const struct plot_point *points, int count, int point, enum plot_axis axis) {
    const double *at = points[point].at;
    bool longest = true;
    for (int i = 0; i < count; i++) {
        longest = longest && points[i].at[PLOT_HOURS] <= at[PLOT_HOURS];
    }
    return at[axis] > 0.0 && (axis == PLOT_HOURS || longest) &&
           (axis == PLOT_THREADS || at[PLOT_THREADS] == 1.0) &&
           (axis == PLOT_WIDTH || at[PLOT_WIDTH] == 0.0);
}

static bool one_line(const struct plot_point *a, const struct plot_point *b, enum plot_axis axis) {
    bool same = text_equal(a->solver, b->solver) && text_equal(a->size, b->size);
    for (int x = 0; x < PLOT_AXES; x++) {
        same = same && ((int)axis == x || a->at[x] == b->at[x]);
    }
    return same;
}

/* Whether another point of the line of `point` lies elsewhere on the axis. */
static bool on_a_line(const struct plot_point *points, int count, int point, enum plot_axis axis) {
    for (int i = 0; belongs(points, count, point, axis) && i < count; i++) {
        if (belongs(points, count, i, axis) && one_line(&points[i], &points[point], axis) &&
            points[i].at[axis] != points[point].at[axis]) {
            return true;
        }
    }
    return false;
}

static bool first_of_line(const struct plot_point *points, int count, int point,
                          enum plot_axis axis) {
    for (int i = 0; i < point; i++) {
        if (belongs(points, count, i, axis) && one_line(&points[i], &points[point], axis)) {
            return false;
        }
    }
    return true;
}

static bool frame(const struct plot_point *points, int count, struct panel *panel) {
    bool any = false;
    panel->least[0] = panel->least[1] = HUGE_VAL;
    panel->most[0] = panel->most[1] = -HUGE_VAL;
    for (int i = 0; i < count; i++) {
        if (on_a_line(points, count, i, panel->axis)) {
            double place[2] = {log10(points[i].at[panel->axis]), log10(points[i].seconds)};
            for (int d = 0; d < 2; d++) {
                panel->least[d] = fmin(panel->least[d], place[d]);
                panel->most[d] = fmax(panel->most[d], place[d]);
            }
            any = true;
        }
    }
    panel->least[1] = floor(panel->least[1] - 0.05);
    panel->most[1] = ceil(panel->most[1] + 0.05);
    return any;
}

static double across(const struct panel *panel, double value) {
    double part = (log10(value) - panel->least[0]) / (panel->most[0] - panel->least[0]);
    return panel->left + LEFT + part * (WIDTH - LEFT - RIGHT);
}

static double up(const struct panel *panel, double value) {
    double part = (log10(value) - panel->least[1]) / (panel->most[1] - panel->least[1]);
    return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
}

static void add_place(struct text_buffer *out, const char *before, double x, const char *between,
                      double y) {
    text_add(out, before);
    text_add_fixed(out, x, 1);
    text_add(out, between);
    text_add_fixed(out, y, 1);
}

static void add_label(struct text_buffer *out, double x, double y, const char *anchor,
                      const char *text, const char *colour) {
    add_place(out, "<text x=\"", x, "\" y=\"", y);
    text_add_format(out, "\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n", anchor, colour, text);
}

static void draw_frame(const struct panel *panel, struct arena *arena, struct text_buffer *out) {
    for (double decade = panel->least[1]; decade <= panel->most[1]; decade += 1.0) {
        double y = up(panel, pow(10.0, decade));
        add_place(out, "<path stroke=\"#ddd\" d=\"M", panel->left + LEFT, " ", y);
        add_place(out, " L", panel->left + WIDTH - RIGHT, " ", y);
        text_add(out, "\"/>\n");
        add_label(out, panel->left + LEFT - 6, y + 4, "end",
                  arena_format(arena, "10<tspan dy=\"-4\" font-size=\"8\">%d</tspan>", (int)decade),
                  "#555");
    }
    add_label(out, panel->left + 0.5 * (LEFT + WIDTH - RIGHT), HEIGHT - 8, "middle",
              titles[panel->axis], "#222");
    add_label(out, panel->left + LEFT, TOP - 14, "start",
              arena_format(arena, "seconds by %s", titles[panel->axis]), "#222");
}

static void draw_line(const struct plot_point *points, int count, int first,
                      const struct panel *panel, int number, struct arena *arena,
                      struct text_buffer *out) {
    const char *colour = colours[number % COLOURS];
    bool more = true;
    double at = -HUGE_VAL;
    const struct plot_point *last = &points[first];
    text_add_format(out, "<path fill=\"none\" stroke-width=\"2\" stroke=\"%s\" d=\"", colour);
    for (int drawn = 0; more; drawn++) { /* from left to right */
        const struct plot_point *next = NULL;
        for (int i = 0; i < count; i++) {
            double place = points[i].at[panel->axis];
            if (belongs(points, count, i, panel->axis) &&
                one_line(&points[i], &points[first], panel->axis) && place > at &&
                (!next || place < next->at[panel->axis])) {
                next = &points[i];
            }
        }
        more = next != NULL;
        if (next) {
            at = next->at[panel->axis];
            last = next;
            add_place(out, drawn ? " L" : "M", across(panel, at), " ", up(panel, next->seconds));
        }
    }
    text_add(out, "\"/>\n");
    for (int i = 0; i < count; i++) {
        if (belongs(points, count, i, panel->axis) &&
            one_line(&points[i], &points[first], panel->axis)) {
            add_place(out, "<circle r=\"3\" cx=\"", across(panel, points[i].at[panel->axis]),
                      "\" cy=\"", up(panel, points[i].seconds));
            text_add_format(out, "\" fill=\"%s\"/>\n", colour);
        }
    }
    int places = (int)last->at[PLOT_PLACES];
    bool several = panel->axis != PLOT_PLACES && places > 1;
    add_label(out, across(panel, last->at[panel->axis]) + 8, up(panel, last->seconds) + 4, "start",
              several ? arena_format(arena, "%s %s, %d places", last->solver, last->size, places)
                      : arena_format(arena, "%s %s", last->solver, last->size),
              colour);
}

/* The values of the axis, each once. */
static void draw_ticks(const struct plot_point *points, int count, const struct panel *panel,
                       struct text_buffer *out) {
    for (int i = 0; i < count; i++) {
        double at = points[i].at[panel->axis];
        bool told = !on_a_line(points, count, i, panel->axis);
        for (int before = 0; before < i; before++) {
            told = told || (points[before].at[panel->axis] == at &&
                            on_a_line(points, count, before, panel->axis));
        }
        if (!told) {
            add_label(out, across(panel, at), HEIGHT - BOTTOM + 16, "middle",
                      arena_format(out->arena, "%d", (int)at), "#555");
        }
    }
}

bool plot_draw(const struct plot_point *points, int count, const char *machine,
               struct text_buffer *out) {
    struct panel panels[PLOT_AXES];
    int used = 0;
    for (int axis = 0; axis < PLOT_AXES; axis++) {
        panels[used] = (struct panel){.axis = (enum plot_axis)axis, .left = used * WIDTH};
        used += frame(points, count, &panels[used]);
    }
    text_add_format(out,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                    "font-family=\"sans-serif\" font-size=\"11\">\n"
                    "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
                    used * WIDTH, HEIGHT + 20);
    for (int p = 0; p < used; p++) {
        draw_frame(&panels[p], out->arena, out);
        draw_ticks(points, count, &panels[p], out);
        int lines = 0;
        for (int i = 0; i < count; i++) {
            if (on_a_line(points, count, i, panels[p].axis) &&
                first_of_line(points, count, i, panels[p].axis)) {
                draw_line(points, count, i, &panels[p], lines++, out->arena, out);
            }
        }
    }
    add_label(out, 8, HEIGHT + 12, "start", machine, "#777");
    text_add(out, "</svg>\n");
    return used > 0 && !text_buffer_failed(out);
}
