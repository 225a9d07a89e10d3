/* The charts. Titles are findings made from the numbers below them; every chart has a sentence and
   a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/charts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/series.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/number.h"

enum { LAYERS_MAX = 12, PALETTE = 32 };

/* ---- shared

   ----------------------------------------------------------------------------------------------------
 */
struct unit_choice {
    double per_unit;
    const char *name;
};

static struct unit_choice power_unit(double largest_kw) {
    struct unit_choice kw = {1.0, "kW"}, mw = {1000.0, "MW"};
    return largest_kw < 2000.0 ? kw : mw;
}

static struct unit_choice energy_unit(double largest_kwh) {
    struct unit_choice mwh = {1e3, "MWh"}, gwh = {1e6, "GWh"};
    return largest_kwh < 2e6 ? mwh : gwh;
}

static void open_section(struct text_buffer *out, const char *id, const char *title,
                         const char *unit_line) {
    text_add_format(out, "<section class=\"row\" id=\"%s\"><div><h2>", id);
    html_text(out, title);
    text_add(out, "</h2><p class=\"unit\">");
    html_text(out, unit_line);
    text_add(out, "</p>\n");
}

static void close_section(struct text_buffer *out, const char *note, const char *source) {
    text_add(out, "</div><aside><p>");
    html_text(out, note);
    text_add(out, "</p><p class=\"src\">");
    html_text(out, source);
    text_add(out, "</p></aside></section>\n");
}

static void open_table(struct text_buffer *out, const char *const *heads, int count) {
    text_add(out, "<details><summary>Table</summary><table class=\"num\"><thead><tr>");
    for (int k = 0; k < count; k++) {
        text_add(out, "<th scope=\"col\">");
        html_text(out, heads[k]);
        text_add(out, "</th>");
    }
    text_add(out, "</tr></thead><tbody>");
}

static void add_row(struct text_buffer *out, const char *name, const double *value, int count,
                    int digits) {
    text_add(out, "<tr><th scope=\"row\">");
    html_text(out, name);
    text_add(out, "</th>");
    for (int k = 0; k < count; k++) {
        text_add(out, "<td>");
        text_add(out, number_digits(out->arena, value[k], digits));
        text_add(out, "</td>");
    }
    text_add(out, "</tr>");
}

static void close_table(struct text_buffer *out) { text_add(out, "</tbody></table></details>"); }

/* A round number at or above value: 1, 2, 5 times a power of ten. */
static double round_up(double value) {
    if (!(value > 0.0)) {
        return 1.0;
    }
    double power = pow(10.0, floor(log10(value)));
    static const double steps[] = {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0};
    for (int k = 0; k < COUNT(steps); k++) {
        if (steps[k] * power >= value * (1.0 - 1e-9)) {
            return steps[k] * power;
        }
    }
    return 10.0 * power;
}

static void add_axis(struct text_buffer *out, double largest, double per_unit) {
    text_add(out, "<div class=\"ya\" aria-hidden=\"true\">");
    for (int k = 0; k <= 2; k++) {
        text_add_format(out, "<span style=\"top:%s%%\">", k == 0 ? "0" : k == 1 ? "47" : "94");
        text_add(out, number_digits(out->arena, largest / per_unit * (2 - k) / 2.0, 2));
        text_add(out, "</span>");
    }
    text_add(out, "</div>");
}

/* ---- energy Sankey
   --------------------------------------------------------------------------------------------- */
struct flows_year {
    double power, it, overhead, sky, recovered, pump_power, pump_heat, direct, own_heat, town, loss;
};

static struct flows_year flows_of(const struct accounts *a) {
    const struct metrics *m = &a->metrics[CASE_TOGETHER];
    const struct scenario *s = a->scenario;
    double period = figures_period(a);
    struct flows_year f = {0};
    f.power = m->data_centre_kwh_year * period;
    f.it = m->it_kwh_year * period;
    f.overhead = fmax(0.0, f.power - f.it);
    f.recovered = m->reused_kwh_year * period;
    f.sky = fmax(0.0, f.power - f.recovered);
    f.town = m->heat_demand_kwh_year * period;
    for (int k = 0; k < a->energy_count[CASE_TOGETHER]; k++) {
        const struct energy_row *row = &a->energy[CASE_TOGETHER][k];
        const struct component *kind = s->instances[row->instance].kind;
        const struct port *port = &kind->ports[row->port];
        if (strcmp(kind->name, "heat_pump") == 0) {
            f.pump_power += port->carrier == CARRIER_ELECTRICITY ? row->kwh_year * period : 0.0;
            f.pump_heat += port->direction == FLOWS_OUT ? row->kwh_year * period : 0.0;
        }
    }
    f.loss = m->network_loss_kwh_year * period;
    double delivered = m->heat_delivered_kwh_year * period;
    f.direct = fmax(0.0, delivered - f.pump_heat);
    f.own_heat = fmax(0.0, f.town - delivered);
    return f;
}

static void add_band(struct text_buffer *out, double x0, double y0, double x1, double y1,
                     double thick, const char *colour) {
    double middle = 0.5 * (x0 + x1);
    if (thick < 0.6) {
        return;
    }
    text_add(out, "<path d=\"M");
    const double c[] = {x0, y0, middle, y0, middle, y1, x1, y1};
    for (int k = 0; k < 8; k++) {
        text_add(out, k == 2 ? " C" : k ? "," : "");
        html_number(out, c[k]);
    }
    text_add(out, " L");
    const double d[] = {x1, y1 + thick, middle, y1 + thick, middle, y0 + thick, x0, y0 + thick};
    for (int k = 0; k < 8; k++) {
        text_add(out, k == 2 ? " C" : k ? "," : "");
        html_number(out, d[k]);
    }
    text_add_format(out, "Z\" style=\"fill:var(--%s);fill-opacity:.45\"/>", colour);
}

static void add_node(struct text_buffer *out, double x, double y, double thick,
                     const char *colour) {
    text_add(out, "<rect width=\"5\" x=\"");
    html_number(out, x);
    text_add(out, "\" y=\"");
    html_number(out, y);
    text_add(out, "\" height=\"");
    html_number(out, fmax(1.0, thick));
    text_add_format(out, "\" style=\"fill:var(--%s)\"/>", colour);
}

static void add_label(struct text_buffer *out, double x, double y, const char *anchor,
                      const char *name, double kwh, double per_unit) {
    text_add(out, "<text x=\"");
    html_number(out, x);
    text_add(out, "\" y=\"");
    html_number(out, y);
    text_add_format(out, "\" text-anchor=\"%s\">", anchor);
    html_text(out, name);
    text_add(out, " <tspan class=\"b\">");
    text_add(out, number_digits(out->arena, kwh / per_unit, 3));
    text_add(out, "</tspan></text>");
}

/* One scale for the whole picture. Power enters left; what is thrown away leaves at the upper
   right, the town at the lower right; the heat plant stands between. */
static void add_sankey(struct text_buffer *out, const struct flows_year *f, double width,
                       double per_unit, const char *css_class) {
    double all = f->power + f->pump_power + f->own_heat, scale = 260.0 / fmax(all, 1e-9);
    double wide = width, left = 0.0, mid = 0.30 * wide, heat = 0.66 * wide, right = wide - 5.0;
    double top = 34.0, power_y = top, gap = 46.0;
    double power_h = scale * f->power, it_h = scale * f->it, over_h = scale * f->overhead;
    double recovered_h = scale * f->recovered, sky_h = scale * f->sky;
    double pump_power_y = top + power_h + gap, own_y = pump_power_y + scale * f->pump_power + gap;
    double heat_h = scale * (f->recovered + f->pump_power);
    double heat_y = top + power_h + 8.0, town_y = own_y - 0.5 * heat_h;
    double high = own_y + scale * f->own_heat + 40.0;
    text_add_format(out,
                    "<svg class=\"%s\" role=\"img\" viewBox=\"0 0 %d %d\"><desc>Energy from left "
                    "to right, drawn to "
                    "one scale: power into the data centre, heat thrown away and heat recovered, "
                    "the heat plant "
                    "and the town.</desc>",
                    css_class, (int)wide, (int)high);
    add_band(out, left + 5, power_y, mid, power_y, over_h, "electricity");
    add_band(out, left + 5, power_y + over_h, mid, power_y + over_h, it_h, "electricity");
    add_node(out, left, power_y, power_h, "electricity");
    add_node(out, mid, power_y, over_h, "electricity");
    add_node(out, mid, power_y + over_h + (over_h > 0 ? 1.0 : 0.0), it_h, "compute");
    add_band(out, mid + 5, power_y, right, power_y, sky_h, "heat-1");
    add_node(out, right, power_y, sky_h, "heat-1");
    add_band(out, mid + 5, power_y + sky_h, heat, heat_y, recovered_h, "heat-2");
    add_band(out, left + 5, pump_power_y, heat, heat_y + recovered_h, scale * f->pump_power,
             "electricity");
    add_node(out, heat, heat_y, heat_h, "heat-3");
    add_band(out, heat + 5, heat_y, right, town_y, scale * fmin(f->town, f->pump_heat + f->direct),
             "heat-3");
    add_band(out, left + 5, own_y, right, town_y + scale * fmin(f->town, f->pump_heat + f->direct),
             scale * f->own_heat, "fuel");
    add_node(out, left, pump_power_y, scale * f->pump_power, "electricity");
    add_node(out, left, own_y, scale * f->own_heat, "fuel");
    add_node(out, right, town_y, scale * f->town, "heat-4");
    add_label(out, left, power_y - 10, "start", "Power", f->power, per_unit);
    if (width > 600.0) {
        add_label(out, mid + 12, power_y - 10, "start", "Cooling and power gear", f->overhead,
                  per_unit);
        add_label(out, mid + 12, power_y + over_h + 0.5 * fmin(it_h, sky_h) + 6, "start",
                  "Computing", f->it, per_unit);
    }
    add_label(out, right - 10, power_y + 0.5 * sky_h + 6, "end", "to the sky", f->sky, per_unit);
    if (f->recovered > 0.0) {
        add_label(out, heat - 10, heat_y - 8, "end", "recovered", f->recovered, per_unit);
    }
    if (f->pump_power > 0.0) {
        add_label(out, left, pump_power_y - 8, "start", "Power for the heat pump", f->pump_power,
                  per_unit);
    }
    if (f->own_heat > 0.0) {
        add_label(out, left, own_y - 8, "start", "Town's own heat", f->own_heat, per_unit);
    }
    if (f->town > 0.0) {
        add_label(out, right - 4, town_y + scale * f->town + 22, "end", "Town", f->town, per_unit);
    }
    text_add(out, "</svg>\n");
}

void chart_sankey(const struct accounts *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    struct flows_year f = flows_of(a);
    struct unit_choice unit = energy_unit(f.power + f.town);
    double share = f.power > 0.0 ? 100.0 * f.recovered / f.power : 0.0;
    const char *title =
        f.power > 0.0
            ? arena_format(arena, "Of every 100 units of power, %s come back as useful heat.",
                           number_digits(arena, share, share < 1.0 ? 1 : 2))
            : "The town heats itself.";
    open_section(out, "energy", title,
                 arena_format(arena, "%s %s, together. Width is energy, colour is temperature.",
                              unit.name, figures_period_words(a, arena)));
    add_sankey(out, &f, 896.0, unit.per_unit, "wid");
    add_sankey(out, &f, 358.0, unit.per_unit, "nar");
    const char *heads[] = {"Flow", unit.name};
    const struct {
        const char *name;
        double kwh;
    } rows[] = {{"Power into the data centre", f.power},
                {"of it computing", f.it},
                {"Heat to the sky", f.sky},
                {"Heat recovered at the hand-over", f.recovered},
                {"Power for the heat pump", f.pump_power},
                {"Lost on the way", f.loss},
                {"Town's own heat", f.own_heat},
                {"Town's need", f.town}};
    open_table(out, heads, COUNT(heads));
    for (int k = 0; k < COUNT(rows); k++) {
        double value = rows[k].kwh / unit.per_unit;
        add_row(out, rows[k].name, &value, 1, 4);
    }
    close_table(out);
    close_section(out,
                  "Heat that is handed over counts as reused at the data centre's edge, before a "
                  "heat pump adds its "
                  "power. Flows thinner than the eye can see are in the table.",
                  "hourly.csv, summary.json");
}

/* ---- heat map of the horizon
   ------------------------------------------------------------------------------------ */
static const unsigned char stops_light[6][3] = {{242, 238, 230}, {231, 205, 180}, {217, 154, 108},
                                                {191, 68, 32},   {154, 25, 12},   {92, 10, 16}};
static const unsigned char stops_dark[6][3] = {{31, 34, 37},  {71, 52, 44},   {125, 74, 51},
                                               {213, 98, 47}, {245, 141, 92}, {255, 203, 176}};

static void make_palette(const unsigned char stops[6][3], unsigned char palette[PALETTE][3]) {
    for (int k = 0; k < PALETTE; k++) {
        double at = 5.0 * k / (PALETTE - 1);
        int low = at >= 5.0 ? 4 : (int)at;
        for (int c = 0; c < 3; c++) {
            palette[k][c] = (unsigned char)lround(stops[low][c] +
                                                  (at - low) * (stops[low + 1][c] - stops[low][c]));
        }
    }
}

/* What the map shows: recovered heat when there is any, else the heat thrown away. */
static const double *map_series(const struct accounts *a, struct arena *arena,
                                bool *ret_recovered) {
    const struct scenario *s = a->scenario;
    const struct case_plan *c = &a->plan->cases[CASE_TOGETHER];
    int count = a->plan->hours->horizon_count;
    double *sum = ARENA_TAKE(arena, double, count);
    if (!sum) {
        return NULL;
    }
    *ret_recovered = a->metrics[CASE_TOGETHER].reused_kwh_year > 1.0;
    for (int i = 0; i < s->instances_count; i++) {
        int port =
            *ret_recovered
                ? (plan_uses_recovery(s, i) ? component_port(s->instances[i].kind, "heat_out") : -1)
                : (strcmp(s->instances[i].kind->name, "data_hall") == 0
                       ? component_port(s->instances[i].kind, "heat_out")
                       : -1);
        for (int t = 0; port >= 0 && c->flow[i].included && c->flow[i].port_kw[port] && t < count;
             t++) {
            sum[t] += c->flow[i].port_kw[port][t];
        }
    }
    return sum;
}

static void add_date_axis(struct text_buffer *out, const struct accounts *a) {
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const struct calendar *c = &a->scenario->calendar;
    text_add(out, "<div class=\"ax\" aria-hidden=\"true\">");
    if (c->days > 62) {
        for (int d = 0; d < c->days;) {
            struct calendar_moment moment = calendar_at(c, d * c->steps_per_day);
            int length = calendar_days_in_month(moment.month, c->leap) - moment.day + 1;
            length = length < c->days - d ? length : c->days - d;
            text_add_format(out, "<span style=\"flex:%d\">%s</span>", length, months[moment.month]);
            d += length;
        }
    } else {
        int step = c->days > 10 ? 7 : 1;
        for (int d = 0; d < c->days; d += step) {
            struct calendar_moment moment = calendar_at(c, d * c->steps_per_day);
            int length = step < c->days - d ? step : c->days - d;
            text_add_format(out, "<span style=\"flex:%d\">%d %s</span>", length, moment.day,
                            months[moment.month]);
        }
    }
    text_add(out, "</div>");
}

void chart_heat_map(const struct accounts *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    bool recovered = false;
    const double *value = map_series(a, arena, &recovered);
    const struct calendar *c = &a->scenario->calendar;
    int days = c->days, rows = c->steps_per_day, count = days * rows;
    unsigned char *pixel = ARENA_TAKE(arena, unsigned char, count);
    if (!value || !pixel) {
        out->failed = true;
        return;
    }
    double largest_kw = fmax(series_max(value, count), 1e-9), full = 0.0, some = 0.0;
    for (int d = 0; d < days; d++) {
        for (int r = 0; r < rows; r++) {
            double share = fmin(1.0, fmax(0.0, value[d * rows + r] / largest_kw));
            pixel[r * days + d] = (unsigned char)lround(share * (PALETTE - 1));
            full += share > 0.98 ? c->step_h : 0.0;
            some += share > 0.01 ? c->step_h : 0.0;
        }
    }
    struct unit_choice unit = power_unit(largest_kw);
    const char *title =
        recovered
            ? arena_format(arena, "Recovered heat flows in %s of %s hours, at full output in %s.",
                           number_fixed(arena, some, 0), number_fixed(arena, days * 24.0, 0),
                           number_fixed(arena, full, 0))
            : "The data centre gives its heat in every hour, and nobody takes it.";
    open_section(
        out, "hours", title,
        arena_format(arena, "%s, %s, each of %s hours. Midnight is at the top.",
                     recovered ? "Heat delivered by the heat plant" : "Heat of the data centre",
                     unit.name, number_fixed(arena, days * 24.0, 0)));
    unsigned char light[PALETTE][3], dark[PALETTE][3];
    make_palette(stops_light, light);
    make_palette(stops_dark, dark);
    text_add(out, "<div class=\"hm\"><div class=\"ha\" aria-hidden=\"true\"><span "
                  "style=\"top:0\">0 h</span><span "
                  "style=\"top:25%\">6</span><span style=\"top:50%\">12</span><span "
                  "style=\"top:75%\">18</span></div>"
                  "<div class=\"hp\">");
    html_picture(out, "lt", title, pixel, days, rows, (const unsigned char(*)[3])light, PALETTE);
    html_picture(out, "dk", title, pixel, days, rows, (const unsigned char(*)[3])dark, PALETTE);
    text_add(out, "</div></div>");
    add_date_axis(out, a);
    text_add(out, "<div class=\"ramp\"><span>0</span><i></i><span>");
    text_add(out, number_digits(arena, largest_kw / unit.per_unit, 3));
    text_add_format(out, " %s</span></div>", unit.name);
    close_section(out, "One column is a day, one row an hour. Pale is idle, dark is full output.",
                  recovered ? "hourly.csv, columns …heat_out_kw"
                            : "hourly.csv, column …heat_out_kw");
}

/* ---- what heats the town
   ------------------------------------------------------------------------------------------ */
struct layer {
    const char *name, *colour;
    double *kw;
    double mean_kw;
};

struct stack {
    struct layer layer[LAYERS_MAX];
    int layers;
    double *need_kw;
    double largest_kw;
};

static const char *layer_colour(const char *kind) {
    static const char *const colours[][2] = {{"heat_exchanger", "heat-3"},
                                             {"individual_gas_boiler", "fuel"},
                                             {"gas_boiler", "fuel"},
                                             {"air_heat_pump", "heat-2"},
                                             {"electric_boiler", "electricity"},
                                             {"heat_producer", "heat-4"}};
    for (int k = 0; k < COUNT(colours); k++) {
        if (strcmp(colours[k][0], kind) == 0) {
            return colours[k][1];
        }
    }
    return "heat-1";
}

static int by_mean(const void *a, const void *b) {
    const struct layer *one = a, *two = b;
    return one->mean_kw < two->mean_kw ? 1 : one->mean_kw > two->mean_kw ? -1 : 0;
}

/* Heat that arrives on the town entries' buses, by what brings it, largest first (the steadiest
   lies lowest). */
static void make_stack(const struct accounts *a, struct arena *arena, struct stack *stack) {
    const struct scenario *s = a->scenario;
    const struct case_plan *c = &a->plan->cases[CASE_TOGETHER];
    int count = a->plan->hours->horizon_count;
    memset(stack, 0, sizeof *stack);
    stack->need_kw = ARENA_TAKE(arena, double, count);
    for (int k = 0; k < s->towns_count && stack->need_kw; k++) {
        const struct flow *load = &c->flow[s->towns[k].instance];
        int in = component_port(s->instances[s->towns[k].instance].kind, "heat_in");
        for (int t = 0; t < count && load->included; t++) {
            stack->need_kw[t] += load->port_kw[in][t];
        }
        for (int i = 0; i < s->instances_count; i++) {
            int port = component_port(s->instances[i].kind, "heat_out");
            if (port < 0 || s->instances[i].port_bus[port] != s->towns[k].bus ||
                !c->flow[i].included || stack->layers >= LAYERS_MAX) {
                continue;
            }
            struct layer *layer = &stack->layer[stack->layers++];
            bool network = strcmp(s->instances[i].kind->name, "heat_exchanger") == 0;
            layer->name = network
                              ? (s->network >= 0 ? "from the heat network" : "from the data centre")
                          : s->instances[i].existing ? s->instances[i].name
                                                     : s->instances[i].kind->title;
            layer->colour = layer_colour(s->instances[i].kind->name);
            layer->kw = c->flow[i].port_kw[port];
            layer->mean_kw = series_sum(layer->kw, count) / count;
        }
    }
    qsort(stack->layer, (size_t)stack->layers, sizeof stack->layer[0], by_mean);
    stack->largest_kw = stack->need_kw ? series_max(stack->need_kw, count) : 1.0;
}

static void add_week(const struct accounts *a, const struct stack *stack, int from, int steps,
                     const char *id, const char *season, struct text_buffer *out) {
    struct arena *arena = out->arena;
    double *base = ARENA_TAKE(arena, double, steps), *top = ARENA_TAKE(arena, double, steps);
    if (!base || !top) {
        out->failed = true;
        return;
    }
    double largest_kw = 0.0, share[LAYERS_MAX] = {0}, need = 0.0;
    for (int t = from; t < from + steps; t++) {
        double sum = 0.0;
        for (int k = 0; k < stack->layers; k++) {
            sum += stack->layer[k].kw[t];
            share[k] += stack->layer[k].kw[t];
        }
        need += stack->need_kw[t];
        largest_kw = fmax(largest_kw, fmax(sum, stack->need_kw[t]));
    }
    double scale_kw = round_up(largest_kw);
    struct unit_choice unit = power_unit(scale_kw);
    const char *title = "Nobody needs heat in this week.";
    if (need > 0.0 && stack->layers > 0) {
        int main_layer = 0;
        for (int k = 1; k < stack->layers; k++) {
            main_layer = share[k] > share[main_layer] ? k : main_layer;
        }
        title = arena_format(arena, "In a %s week %s %% of the town's heat comes %s%s.", season,
                             number_digits(arena, 100.0 * share[main_layer] / need, 2),
                             strncmp(stack->layer[main_layer].name, "from", 4) == 0 ? "" : "from ",
                             stack->layer[main_layer].name);
    }
    struct calendar_moment first = calendar_at(&a->scenario->calendar, from);
    open_section(out, id, title,
                 arena_format(arena, "Heat for the town, %s, %d days from %d.%d.", unit.name,
                              steps / a->scenario->calendar.steps_per_day, first.day,
                              first.month + 1));
    text_add(out, "<div class=\"wk\">");
    add_axis(out, scale_kw, unit.per_unit);
    text_add_format(
        out, "<svg role=\"img\" viewBox=\"0 0 %d 100\" preserveAspectRatio=\"none\"><desc>", steps);
    html_text(out, title);
    text_add(out, "</desc>");
    for (int k = 0; k < stack->layers; k++) {
        if (share[k] < 1e-6 * need) {
            continue;
        }
        for (int t = 0; t < steps; t++) {
            top[t] = base[t] + stack->layer[k].kw[from + t];
        }
        html_steps(out, base, top, steps, scale_kw,
                   arena_format(arena, "fill:var(--%s);fill-opacity:%s", stack->layer[k].colour,
                                k % 2 ? ".62" : ".42"));
        memcpy(base, top, (size_t)steps * sizeof *base);
    }
    html_steps(out, NULL, stack->need_kw + from, steps, scale_kw,
               "fill:none;stroke:var(--ink);stroke-width:1.3");
    text_add(out, "</svg><div class=\"key\"><span><i class=\"ln\"></i>what the town needs</span>");
    for (int k = 0; k < stack->layers; k++) {
        if (share[k] >= 1e-6 * need) {
            text_add_format(out, "<span><i style=\"background:var(--%s);opacity:%s\"></i>",
                            stack->layer[k].colour, k % 2 ? ".75" : ".55");
            html_text(out, stack->layer[k].name);
            text_add(out, "</span>");
        }
    }
    text_add(out, "</div></div>");
    const char *heads[] = {"Source",
                           unit.per_unit > 1.0 ? "MWh in these days" : "kWh in these days"};
    open_table(out, heads, COUNT(heads));
    for (int k = 0; k < stack->layers; k++) {
        double value = share[k] * a->scenario->calendar.step_h / unit.per_unit;
        add_row(out, stack->layer[k].name, &value, 1, 4);
    }
    close_table(out);
    close_section(out,
                  "Steps are hours. What stands above the line is heat on its way into a store.",
                  "hourly.csv, columns …heat_out_kw");
}

void chart_weeks(const struct accounts *a, struct text_buffer *out) {
    struct stack stack;
    make_stack(a, out->arena, &stack);
    const struct hours *hours = a->plan->hours;
    int day = a->scenario->calendar.steps_per_day, days = a->scenario->calendar.days,
        week = days < 7 ? days : 7;
    if (!stack.need_kw || a->scenario->towns_count == 0) {
        return;
    }
    int coldest = 0, warmest = 0;
    double low_c = 1e9, high_c = -1e9;
    for (int d = 0; d + week <= days; d++) {
        double mean_c = 0.0;
        for (int t = d * day; t < (d + week) * day; t++) {
            mean_c += hours->outdoor_c[t] / (week * day);
        }
        if (mean_c < low_c) {
            low_c = mean_c;
            coldest = d;
        }
        if (mean_c > high_c) {
            high_c = mean_c;
            warmest = d;
        }
    }
    add_week(a, &stack, coldest * day, week * day, "cold-week", days > 200 ? "winter" : "cold",
             out);
    if (days >= 28) {
        add_week(a, &stack, warmest * day, week * day, "warm-week", days > 200 ? "summer" : "mild",
                 out);
    }
}

/* ---- load duration

   --------------------------------------------------------------------------------------------------
 */
static int descending(const void *a, const void *b) {
    double one = *(const double *)a, two = *(const double *)b;
    return one < two ? 1 : one > two ? -1 : 0;
}

static double *import_kw(const struct accounts *a, enum plan_case kind, struct arena *arena) {
    int count = a->plan->hours->horizon_count;
    double *sum = ARENA_TAKE(arena, double, count);
    for (int m = 0; sum && m < a->scenario->meters_count; m++) {
        const struct flow *grid = &a->plan->cases[kind].flow[a->scenario->meters[m].grid];
        for (int t = 0; t < count && grid->included; t++) {
            sum[t] += grid->rate_kw[0][t];
        }
    }
    if (sum) {
        qsort(sum, (size_t)count, sizeof *sum, descending);
    }
    return sum;
}

void chart_duration(const struct accounts *a, struct text_buffer *out) {
    enum { POINTS = 200 };
    struct arena *arena = out->arena;
    int count = a->plan->hours->horizon_count, points = count < POINTS ? count : POINTS;
    const double *sorted[2] = {import_kw(a, CASE_TOGETHER, arena), import_kw(a, CASE_APART, arena)};
    double shown[2][POINTS];
    if (!sorted[0] || !sorted[1] || a->metrics[CASE_APART].grid_peak_kw <= 0.0) {
        return;
    }
    for (int line = 0; line < 2; line++) {
        for (int k = 0; k < points; k++) {
            shown[line][k] = sorted[line][(long)k * (count - 1) / (points > 1 ? points - 1 : 1)];
        }
    }
    double together_kw = sorted[0][0], apart_kw = sorted[1][0],
           scale_kw = round_up(fmax(together_kw, apart_kw));
    struct unit_choice unit = power_unit(scale_kw);
    double change_kw = together_kw - apart_kw;
    const char *title =
        fabs(change_kw) < 0.001 * apart_kw
            ? "The grid sees the same peak as apart."
            : arena_format(arena, "The grid's peak %s by %s %s, to %s %s.",
                           change_kw > 0.0 ? "grows" : "falls",
                           number_digits(arena, fabs(change_kw) / unit.per_unit, 2), unit.name,
                           number_digits(arena, together_kw / unit.per_unit, 3), unit.name);
    open_section(out, "duration", title,
                 arena_format(arena,
                              "Power from the grid, all meters, %s; hours sorted from the highest.",
                              unit.name));
    text_add(out, "<div class=\"wk\">");
    add_axis(out, scale_kw, unit.per_unit);
    text_add_format(out,
                    "<svg role=\"img\" viewBox=\"0 0 %d 100\" preserveAspectRatio=\"none\"><desc>",
                    points);
    html_text(out, title);
    text_add(out, "</desc>");
    html_steps(out, NULL, shown[1], points, scale_kw,
               "fill:none;stroke:var(--ghost);stroke-width:1.5;stroke-dasharray:5 4");
    html_steps(out, NULL, shown[0], points, scale_kw,
               "fill:none;stroke:var(--electricity);stroke-width:2");
    text_add(out, "</svg><div class=\"key\"><span><i class=\"gh\"></i>apart</span><span><i "
                  "style=\"background:var(--electricity)\"></i>together</span></div></div>");
    const char *heads[] = {"Share of hours", "together", "apart"};
    static const double shares[] = {0.0, 0.01, 0.1, 0.5, 0.9, 1.0};
    open_table(out, heads, COUNT(heads));
    for (int k = 0; k < COUNT(shares); k++) {
        int at = (int)(shares[k] * (count - 1));
        double pair[2] = {sorted[0][at] / unit.per_unit, sorted[1][at] / unit.per_unit};
        add_row(out, arena_format(arena, "%d %%", (int)lround(100.0 * shares[k])), pair, 2, 4);
    }
    close_table(out);
    close_section(out, "The left end is the highest hour, the right end the lowest.",
                  "hourly.csv, grid columns");
}

/* ---- months

   ------------------------------------------------------------------------------------------------------------
 */
void chart_months(const struct accounts *a, struct text_buffer *out) {
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    struct stack stack;
    struct arena *arena = out->arena;
    make_stack(a, arena, &stack);
    if (!stack.need_kw || a->scenario->towns_count == 0) {
        return;
    }
    double kwh[12][LAYERS_MAX] = {{0}}, need_kwh[12] = {0}, largest_kwh = 0.0;
    bool used[12] = {false};
    for (int t = 0; t < a->plan->hours->horizon_count; t++) {
        int month = a->plan->hours->month[t];
        used[month] = true;
        need_kwh[month] += stack.need_kw[t] * a->plan->hours->step_h;
        for (int k = 0; k < stack.layers; k++) {
            kwh[month][k] += stack.layer[k].kw[t] * a->plan->hours->step_h;
        }
    }
    int months = 0, best = 0;
    for (int month = 0; month < 12; month++) {
        months += used[month];
        largest_kwh = fmax(largest_kwh, need_kwh[month]);
        best = need_kwh[month] > need_kwh[best] ? month : best;
    }
    if (months < 2 || largest_kwh <= 0.0) {
        return;
    }
    struct unit_choice unit = energy_unit(largest_kwh);
    double scale_kwh = round_up(largest_kwh), base[36], top[36];
    open_section(out, "months", arena_format(arena, "The town needs most in %s.", names[best]),
                 arena_format(arena, "Heat of each month by what brings it, %s.", unit.name));
    text_add(out, "<div class=\"wk\">");
    add_axis(out, scale_kwh, unit.per_unit);
    text_add_format(out,
                    "<svg role=\"img\" viewBox=\"0 0 %d 100\" "
                    "preserveAspectRatio=\"none\"><desc>Monthly heat by "
                    "source</desc>",
                    3 * months);
    memset(base, 0, sizeof base);
    for (int k = 0; k < stack.layers; k++) {
        for (int month = 0, at = 0; month < 12; month++) {
            if (used[month]) { /* bars are two thirds wide */
                top[3 * at] = base[3 * at] + kwh[month][k];
                top[3 * at + 1] = top[3 * at];
                top[3 * at + 2] = 0.0;
                at++;
            }
        }
        html_steps(out, base, top, 3 * months, scale_kwh,
                   arena_format(arena, "fill:var(--%s);fill-opacity:%s", stack.layer[k].colour,
                                k % 2 ? ".62" : ".42"));
        memcpy(base, top, sizeof base);
    }
    text_add(out, "</svg><div class=\"key\">");
    for (int k = 0; k < stack.layers; k++) {
        text_add_format(out, "<span><i style=\"background:var(--%s);opacity:%s\"></i>",
                        stack.layer[k].colour, k % 2 ? ".75" : ".55");
        html_text(out, stack.layer[k].name);
        text_add(out, "</span>");
    }
    text_add(out, "</div></div>");
    add_date_axis(out, a);
    const char *heads[LAYERS_MAX + 1] = {"Month"};
    for (int k = 0; k < stack.layers; k++) {
        heads[k + 1] = stack.layer[k].name;
    }
    open_table(out, heads, stack.layers + 1);
    for (int month = 0; month < 12; month++) {
        double row[LAYERS_MAX];
        for (int k = 0; k < stack.layers; k++) {
            row[k] = kwh[month][k] / unit.per_unit;
        }
        if (used[month]) {
            add_row(out, names[month], row, stack.layers, 4);
        }
    }
    close_table(out);
    close_section(out, "Each bar is a month.", "hourly.csv");
}
