/* The map: one scale for the whole picture; the area of a line grows with its flow, its colour is the
   temperature of its supply; what was considered and not chosen is dashed. Both themes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "tell/chart.h"
#include "tell/html.h"
#include "tell/network.h"
#include "tell/number.h"

enum { WIDE = 1000, TALL_MAX = 1400, MARGIN = 40, HEAD = 76, NAMES_MAX = 40 };

struct frame {
    double x0, y0, scale, squeeze, tall;
    double widest_kg_s;
};

static void grow(double *low, double *high, double value) {
    *low = value < *low ? value : *low;
    *high = value > *high ? value : *high;
}

static struct frame frame_of(const struct network *network) {
    double x0 = HUGE_VAL, x1 = -HUGE_VAL, y0 = HUGE_VAL, y1 = -HUGE_VAL;
    for (int n = 0; n < network->nodes_count; n++) {
        if (network->nodes[n].located) {
            grow(&x0, &x1, network->nodes[n].x);
            grow(&y0, &y1, network->nodes[n].y);
        }
    }
    for (int k = 0; k < network->links_count; k++) {
        for (int p = 0; p < network->links[k].points_count; p++) {
            grow(&x0, &x1, network->links[k].x[p]);
            grow(&y0, &y1, network->links[k].y[p]);
        }
    }
    struct frame f = {x0, y1, 1.0, 1.0, HEAD + 2.0 * MARGIN, 0.0};
    if (!(x1 >= x0)) {
        return f;
    }
    if (network->settings.coordinates == UNITS_DEGREES) {
        f.squeeze = cos(0.5 * (y0 + y1) * 3.14159265358979323846 / 180.0);
    }
    double across = fmax(1e-12, (x1 - x0) * f.squeeze), up = fmax(1e-12, y1 - y0);
    f.scale = fmin((WIDE - 2.0 * MARGIN) / across, (TALL_MAX - 2.0 * MARGIN) / up);
    f.tall = HEAD + 2.0 * MARGIN + up * f.scale;
    return f;
}

static void point(const struct frame *f, double x, double y, struct text_buffer *out) {
    html_number(out, MARGIN + (x - f->x0) * f->squeeze * f->scale);
    text_add(out, ",");
    html_number(out, HEAD + MARGIN + (f->y0 - y) * f->scale);
}

/* False when the line has no place on the map. */
static bool way(const struct frame *f, const struct network *network,
                const struct network_link *link, struct text_buffer *out) {
    const struct network_node *a = &network->nodes[link->from], *b = &network->nodes[link->to];
    if (link->points_count < 2 && !(a->located && b->located)) {
        return false;
    }
    text_add(out, "<polyline points=\"");
    for (int p = 0; p < link->points_count; p++) {
        text_add(out, p ? " " : "");
        point(f, link->x[p], link->y[p], out);
    }
    if (link->points_count < 2) {
        point(f, a->x, a->y, out);
        text_add(out, " ");
        point(f, b->x, b->y, out);
    }
    text_add(out, "\"");
    return true;
}

/* All of it lies in its class, so that the map can stand within a page. */
static void style(struct text_buffer *out) {
    text_add(
        out,
        "<style>.pipes{--paper:#fff;--ink:#2b2825;--ink-3:#6f6a64;--heat-1:#8f867b;--heat-2:#"
        "b57045;"
        "--heat-3:#bf4420;--heat-4:#9a190c;--heat-5:#5c0a10;--cold:#2a8fb0}"
        "@media(prefers-color-scheme:dark){.pipes{--paper:#1b1917;--ink:#e6e1dc;--ink-3:#9a948d;"
        "--heat-1:#756f68;--heat-2:#a86f50;--heat-3:#d5622f;--heat-4:#f58d5c;--heat-5:#ffcbb0;"
        "--cold:#7fd0ea}}.pipes text{font:13px system-ui,sans-serif;fill:var(--ink)}"
        ".pipes .h{font-size:22px;font-weight:650}.pipes .n{fill:var(--ink-3)}"
        ".pipes polyline{fill:none;stroke-linecap:round;stroke-linejoin:round}"
        ".pipes .c{stroke:var(--ink-3);stroke-width:1.5;stroke-dasharray:5 4}"
        ".pipes circle,.pipes rect.p{stroke:var(--paper);stroke-width:1}</style>\n");
}

static const char *colour(const struct network_told *told, int k) {
    double mean_c = 0.5 * (told->state->hot->in_c[k] + told->state->hot->out_c[k]);
    bool cold = told->network->settings.supply_c < told->network->settings.return_c;
    return told->network->settings.lines == LINES_SINGLE || cold ? "cold"
                                                                 : chart_heat_colour(mean_c);
}

static void lines(const struct network_told *told, const struct frame *f, struct text_buffer *out) {
    for (int k = 0; told->sizing && k < told->sizing->streets->links_count; k++) {
        if (!told->sizing->route.chosen[k] &&
            way(f, told->sizing->streets, &told->sizing->streets->links[k], out)) {
            text_add(out, " class=\"c\"><title>considered, not chosen: ");
            html_text(out, told->sizing->streets->links[k].name);
            text_add(out, "</title></polyline>\n");
        }
    }
    for (int k = 0; k < told->network->links_count; k++) {
        const struct network_link *link = &told->network->links[k];
        double flow = fabs(told->state->out->flow_kg_s[k]);
        if (!way(f, told->network, link, out)) {
            continue;
        }
        text_add_format(out, " style=\"stroke:var(--%s);stroke-width:", colour(told, k));
        html_number(out, 1.5 + 10.5 * sqrt(f->widest_kg_s > 0.0 ? flow / f->widest_kg_s : 0.0));
        text_add(out, "\"><title>");
        html_text(out, link->name);
        text_add(out, ": ");
        if (isfinite(link->nominal_mm)) {
            text_add_format(out, "DN %d, ", (int)link->nominal_mm);
        }
        text_add_fixed(out, flow, 2);
        text_add(out, " kg/s");
        if (isfinite(told->state->hot->out_c[k])) {
            text_add(out, ", ");
            text_add_fixed(out, told->state->hot->out_c[k], 1);
            text_add(out, " °C");
        }
        text_add(out, "</title></polyline>\n");
    }
}

static void nodes(const struct network_told *told, const struct frame *f, struct text_buffer *out) {
    int users = 0;
    for (int n = 0; n < told->network->nodes_count; n++) {
        users += told->network->nodes[n].role != NODE_JUNCTION;
    }
    for (int n = 0; n < told->network->nodes_count; n++) {
        const struct network_node *node = &told->network->nodes[n];
        if (!node->located || node->role == NODE_JUNCTION) {
            continue;
        }
        bool plant = node->role != NODE_CONSUMER;
        double x = MARGIN + (node->x - f->x0) * f->squeeze * f->scale;
        double y = HEAD + MARGIN + (f->y0 - node->y) * f->scale;
        text_add(out, plant ? "<rect class=\"p\" width=\"14\" height=\"14\" x=\""
                            : "<circle r=\"4\" cx=\"");
        html_number(out, plant ? x - 7.0 : x);
        text_add(out, plant ? "\" y=\"" : "\" cy=\"");
        html_number(out, plant ? y - 7.0 : y);
        text_add_format(out, "\" style=\"fill:var(--%s)\"><title>",
                        told->state->islanded[n] || told->state->unmet_kw[n] > 0.0 ? "heat-1"
                                                                                   : "ink");
        html_text(out, node->name);
        text_add_format(out, "</title></%s>\n", plant ? "rect" : "circle");
        if (plant || users <= NAMES_MAX) {
            text_add(out, "<text x=\"");
            html_number(out, x + 10.0);
            text_add(out, "\" y=\"");
            html_number(out, y - 8.0);
            text_add(out, "\">");
            html_text(out, node->name);
            text_add(out, "</text>\n");
        }
    }
}

/* The finding, and what the widths mean. */
static void heading(const struct network_told *told, struct arena *arena, struct text_buffer *out) {
    const struct network_sums *s = &told->state->sums;
    bool pair = told->network->settings.lines == LINES_PAIR;
    text_add_format(out, "<text class=\"h\" x=\"%d\" y=\"34\">", MARGIN);
    if (pair && s->unmet_kw > 0.0) {
        html_words(out, arena_format(arena, "%s kW of heat do not arrive.",
                                     number_digits(arena, s->unmet_kw, 3)));
    } else if (pair && s->produced_kw > 0.0) {
        double lost = (s->loss_supply_kw + s->loss_return_kw) / s->produced_kw;
        html_words(out, arena_format(arena, "%s %% of the heat is lost on the way.",
                                     number_digits(arena, 100.0 * lost, 2)));
    } else {
        html_words(out, "Flow in the pipes.");
    }
    text_add_format(out, "</text><text class=\"n\" x=\"%d\" y=\"58\">", MARGIN);
    const char *slash = strrchr(told->network->file, '/');
    html_text(out, slash ? slash + 1 : told->network->file); /* where it lies changes nothing */
    text_add(out, told->sizing ? ": width grows with the root of the flow, colour is the supply's "
                                 "temperature; dashed: considered, not chosen"
                               : ": width grows with the root of the flow, colour is the supply's "
                                 "temperature");
    text_add(out, "</text>\n");
}

void network_map(const struct network_told *told, struct text_buffer *out) {
    struct frame f = frame_of(told->sizing ? told->sizing->streets : told->network);
    for (int k = 0; k < told->network->links_count; k++) {
        f.widest_kg_s = fmax(f.widest_kg_s, fabs(told->state->out->flow_kg_s[k]));
    }
    text_add_format(
        out,
        "<svg class=\"pipes\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d ",
        WIDE);
    html_number(out, f.tall);
    text_add(out, "\"");
    html_sentence(out, "Map of a network: its pipes, producers and users.");
    style(out);
    text_add(out, "<rect width=\"100%\" height=\"100%\" style=\"fill:var(--paper)\"/>\n");
    heading(told, out->arena, out);
    lines(told, &f, out);
    nodes(told, &f, out);
    text_add(out, "</svg>\n");
}
