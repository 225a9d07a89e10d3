/* Heat maps: one column a day, one row a step, midnight on top; on a phone turned, days down. The
   colours come from the report's own tokens. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "report_css.h"
#include "tell/charts.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/layers.h"
#include "tell/number.h"
#include "tell/png.h"

enum { PALETTE = 32, STOPS = 5 };

struct map {
    const char *id, *title, *unit_line, *note, *source;
    const char *ramp; /* "heat", "fuel", "electricity": its class and its tokens */
    const double *value;
    double least, largest; /* the ends of the scale */
    struct unit_choice unit;
    bool first; /* the large one */
};

/* ---- colours ---- */

static int hex_digit(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

/* The colour of a token as the style sheet gives it: the first time for light, behind the dark
   query for dark. */
static void token(const char *name, bool dark, double ret_rgb[3]) {
    const char *at = report_css, *key = NULL;
    size_t size = strlen(name);
    if (dark) {
        at = strstr(at, "prefers-color-scheme: dark");
    }
    while (at && (at = strstr(at, name)) != NULL) {
        if (at[size] == ':' && at[-1] == '-' && at[-2] == '-') {
            key = at + size + 1;
            break;
        }
        at += size;
    }
    key = key ? strchr(key, '#') : NULL;
    for (int c = 0; c < 3; c++) {
        int high = key ? hex_digit(key[1 + 2 * c]) : 0, low = key ? hex_digit(key[2 + 2 * c]) : 0;
        ret_rgb[c] = 16 * high + low;
    }
}

/* The same stops as the ramps in report.css. */
static void make_palette(const char *ramp, bool dark, unsigned char palette[PALETTE][3]) {
    static const char *const heat[STOPS] = {"raised", "heat-2", "heat-3", "heat-4", "heat-5"};
    static const double heat_at[STOPS] = {0.0, 0.4, 0.6, 0.8, 1.0};
    const char *const plain[2] = {"raised", ramp};
    static const double plain_at[2] = {0.0, 1.0};
    bool is_heat = strcmp(ramp, "heat") == 0;
    const char *const *stop = is_heat ? heat : plain;
    const double *at = is_heat ? heat_at : plain_at;
    int stops = is_heat ? STOPS : 2, low = 0;
    for (int k = 0; k < PALETTE; k++) {
        double x = (double)k / (PALETTE - 1), one[3], two[3];
        while (low < stops - 2 && x > at[low + 1]) {
            low++;
        }
        token(stop[low], dark, one);
        token(stop[low + 1], dark, two);
        double part = (x - at[low]) / (at[low + 1] - at[low]);
        for (int c = 0; c < 3; c++) {
            palette[k][c] = (unsigned char)lround(one[c] + part * (two[c] - one[c]));
        }
    }
}

/* ---- the picture and its axes ---- */

static void add_hours(struct text_buffer *out, bool turned) {
    text_add(out, turned ? "<div class=\"hx\" aria-hidden=\"true\">"
                         : "<div class=\"ha\" aria-hidden=\"true\">");
    for (int hour = 0; hour < 24; hour += 6) {
        text_add_format(out, "<span style=\"%s:%d%%\">%d%s</span>", turned ? "left" : "top",
                        100 * hour / 24, hour, hour == 0 ? NUMBER_SPACE "h" : "");
    }
    text_add(out, "</div>");
}

static void add_dates(struct text_buffer *out, const struct calendar *c, bool turned) {
    const char *side = turned ? "top" : "left";
    text_add(out, "<div class=\"mo\" aria-hidden=\"true\">");
    for (int d = 0; d < c->days; d++) {
        struct calendar_moment moment = calendar_at(c, d * c->steps_per_day);
        bool shown = c->days > 62 ? moment.day == 1 || d == 0
                                  : c->days <= 10 || moment.weekday == 0 || (d == 0 && turned);
        if (!shown) {
            continue;
        }
        text_add_format(out, "<span style=\"%s:", side);
        html_number(out, 100.0 * d / c->days);
        text_add(out, "%\">");
        if (c->days > 62) {
            text_add_n(out, chart_month(moment.month), 3);
        } else {
            text_add_format(out, "%d<em> %.3s</em>", moment.day, chart_month(moment.month));
        }
        text_add(out, "</span>");
    }
    text_add(out, "</div>");
}

static unsigned char *pixels_of(const struct accounts *a, const struct map *map,
                                struct arena *arena) {
    int days = a->scenario->calendar.days, rows = a->scenario->calendar.steps_per_day;
    unsigned char *pixel = ARENA_TAKE(arena, unsigned char, (long)days *rows);
    for (int d = 0; pixel && d < days; d++) {
        for (int r = 0; r < rows; r++) {
            double share = (map->value[d * rows + r] - map->least) / (map->largest - map->least);
            pixel[r * days + d] =
                (unsigned char)lround(fmin(1.0, fmax(0.0, share)) * (PALETTE - 1));
        }
    }
    return pixel;
}

static void add_picture(const struct accounts *a, const struct map *map, struct text_buffer *out) {
    const struct calendar *c = &a->scenario->calendar;
    static const char *const theme[2] = {"lt", "dk"};
    int days = c->days, rows = c->steps_per_day;
    unsigned char *pixel = pixels_of(a, map, out->arena);
    unsigned char palette[PALETTE][3];
    if (!pixel) {
        out->failed = true;
        return;
    }
    text_add_format(out, "<div class=\"hm wid%s\">", map->first ? " first" : "");
    add_hours(out, false);
    text_add_format(out,
                    "<div class=\"hp\"><svg role=\"img\" viewBox=\"0 0 %d %d\" "
                    "preserveAspectRatio=\"none\"",
                    days, rows);
    html_sentence(out, map->title);
    for (int k = 0; k < 2; k++) {
        make_palette(map->ramp, k == 1, palette);
        text_add_format(out,
                        "<image id=\"%s-%s\" class=\"%s\" width=\"%d\" height=\"%d\" "
                        "preserveAspectRatio=\"none\" href=\"",
                        map->id, theme[k], theme[k], days, rows);
        png_data(out, pixel, days, rows, (const unsigned char(*)[3])palette, PALETTE);
        text_add(out, "\"/>");
    }
    text_add(out, "</svg>");
    add_dates(out, c, false);
    text_add_format(out, "</div></div>\n<div class=\"hm nar v\" style=\"--d:%d\">", days);
    add_dates(out, c, true);
    text_add(out, "<div class=\"hp\">");
    add_hours(out, true);
    text_add_format(out, "<svg role=\"img\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\"",
                    rows, days);
    html_sentence(out, map->title);
    text_add_format(out,
                    "<g transform=\"matrix(0 1 1 0 0 0)\"><use class=\"lt\" href=\"#%s-lt\"/>"
                    "<use class=\"dk\" href=\"#%s-dk\"/></g></svg></div></div>\n",
                    map->id, map->id);
}

/* Mean by hour of the day, a column a month (three hours a row). */
static void add_table(const struct accounts *a, const struct map *map, struct text_buffer *out) {
    const struct hours *hours = a->plan->hours;
    double sum[8][12] = {{0}};
    int number[8][12] = {{0}}, months[12] = {0}, count = 0;
    const char *heads[13] = {"Mean of hours"};
    for (int t = 0; t < hours->horizon_count; t++) {
        int row = (int)(hours->hour_h[t] / 3.0), month = hours->month[t];
        row = row > 7 ? 7 : row;
        sum[row][month] += map->value[t] / map->unit.per_unit;
        number[row][month]++;
    }
    for (int month = 0; month < 12; month++) {
        if (number[0][month] > 0) {
            heads[1 + count] = chart_month(month);
            months[count++] = month;
        }
    }
    chart_table(out, heads, count + 1);
    for (int row = 0; row < 8; row++) {
        double value[12];
        for (int k = 0; k < count; k++) {
            value[k] = sum[row][months[k]] / fmax(1.0, number[row][months[k]]);
        }
        chart_row(out, number_format(out->arena, "%d–%d h", 3 * row, 3 * row + 3), value, count,
                  chart_decimals(map->largest / map->unit.per_unit));
    }
    chart_table_end(out);
}

static void add_map(const struct accounts *a, const struct map *map, struct text_buffer *out) {
    chart_open(out, map->id, map->title, map->unit_line);
    add_picture(a, map, out);
    text_add_format(out,
                    "<div class=\"ramp\"><span>%s</span><i class=\"%s\"></i><span>%s" NUMBER_SPACE
                    "%s</span></div>",
                    number_digits(out->arena, map->least / map->unit.per_unit, 3), map->ramp,
                    number_digits(out->arena, map->largest / map->unit.per_unit, 3),
                    map->unit.name);
    add_table(a, map, out);
    chart_close(out, map->note, map->source);
}

/* ---- what is shown ---- */

static const char *each_hour(const struct accounts *a, const char *what, const char *unit,
                             struct arena *arena) {
    return number_format(arena, "%s, %s, each of %s, midnight on top", what, unit,
                         chart_hours(a, arena));
}

static double hours_above(const struct accounts *a, const double *value, double limit) {
    double hours_h = 0.0;
    for (int t = 0; t < a->plan->hours->horizon_count; t++) {
        hours_h += value[t] > limit ? a->plan->hours->step_h : 0.0;
    }
    return hours_h;
}

/* Heat, or else cold, that the plant on recovered heat gives; the data centre's own where nothing is recovered. */
static void recovered_map(const struct accounts *a, double *value, struct text_buffer *out) {
    struct arena *arena = out->arena;
    const struct scenario *s = a->scenario;
    const struct case_plan *c = &a->plan->cases[CASE_TOGETHER];
    int count = a->plan->hours->horizon_count;
    const struct metrics *m = &a->metrics[CASE_TOGETHER];
    bool heat = m->heat_delivered_kwh_year > 1.0, cold = !heat && m->cold_recovered_kwh_year > 1.0;
    bool recovered = heat || cold;
    for (int i = 0; i < s->instances_count; i++) {
        bool hall = strcmp(s->instances[i].kind->name, "data_hall") == 0;
        int port = component_port(s->instances[i].kind, cold ? "cold_out" : "heat_out");
        bool counts = recovered ? plan_uses_recovery(s, i) : hall;
        for (int t = 0;
             counts && port >= 0 && c->flow[i].included && c->flow[i].port_kw[port] && t < count;
             t++) {
            value[t] += c->flow[i].port_kw[port][t];
        }
    }
    double largest_kw = series_max(value, count);
    if (largest_kw <= 0.0) {
        return;
    }
    struct map map = {.id = "hours", .ramp = "heat", .value = value, .first = true};
    map.largest = largest_kw;
    map.unit = chart_power_unit(largest_kw);
    const char *all = number_fixed(arena, 24.0 * s->calendar.days, 0);
    const char *some = number_fixed(arena, hours_above(a, value, 0.01 * largest_kw), 0);
    const char *full = number_fixed(arena, hours_above(a, value, 0.98 * largest_kw), 0);
    map.title = recovered
                    ? number_format(arena, "%s in %s of %s hours, at full output in %s.",
                                    cold ? "Cold is made of its heat" : "Recovered heat flows",
                                    some, all, full)
                    : number_format(arena,
                                    "The data centre gives off heat in %s of %s hours, and nobody "
                                    "takes it.",
                                    some, all);
    map.unit_line = each_hour(a,
                              cold        ? "Cold from recovered heat"
                              : recovered ? "Heat from recovered heat"
                                          : "Heat of the data centre",
                              map.unit.name, arena);
    map.note = "One column is a day, one row an hour. Pale is idle, dark is full output; in the "
               "dark scheme bright is full.";
    map.source = cold        ? "hourly.csv, column cold_out_kw of the plant on recovered heat"
                 : recovered ? "hourly.csv, column heat_out_kw of the plant on recovered heat"
                             : "hourly.csv, column heat_out_kw of the data hall";
    add_map(a, &map, out);
}

/* The part of the town's heat that its own plant still gives. */
static void rest_map(const struct accounts *a, double *value, struct text_buffer *out) {
    struct arena *arena = out->arena;
    struct layers layers;
    int count = a->plan->hours->horizon_count;
    double rest_kwh = 0.0, fuel_kwh = 0.0;
    if (layers_make(a, CASE_TOGETHER, arena, &layers) != STATUS_OK) {
        out->failed = true;
        return;
    }
    for (int k = 0; k < layers.count; k++) {
        if (layers.layer[k].shared) {
            continue;
        }
        rest_kwh += layers.layer[k].kwh;
        fuel_kwh += strcmp(layers.layer[k].colour, "fuel") == 0 ? layers.layer[k].kwh : 0.0;
        for (int t = 0; t < count; t++) {
            value[t] += layers.layer[k].kw[t];
        }
    }
    if (rest_kwh < 0.002 * layers.need_kwh || layers.need_kwh <= 0.0) {
        return;
    }
    struct map map = {.id = "rest", .value = value, .largest = series_max(value, count)};
    map.ramp = fuel_kwh > 0.5 * rest_kwh ? "fuel" : "heat";
    map.unit = chart_power_unit(map.largest);
    map.title = number_format(
        arena, "The town’s own plant runs in %s of %s hours and gives %s %% of the heat.",
        number_fixed(arena, hours_above(a, value, 0.01 * map.largest), 0),
        number_fixed(arena, 24.0 * a->scenario->calendar.days, 0),
        number_digits(arena, fmin(100.0, 100.0 * rest_kwh / layers.need_kwh), 2));
    map.unit_line =
        each_hour(a, number_format(arena, "Heat of the own plant of the %s", chart_town(a, arena)),
                  map.unit.name, arena);
    map.note = "What recovered heat does not cover, hour by hour.";
    map.source = "hourly.csv, columns …heat_out_kw of the town’s plant";
    add_map(a, &map, out);
}

/* The level of the stores of heat together. */
static void store_map(const struct accounts *a, double *value, struct text_buffer *out) {
    struct arena *arena = out->arena;
    const struct scenario *s = a->scenario;
    int count = a->plan->hours->horizon_count;
    double capacity_kwh = 0.0, out_kwh = 0.0;
    for (int i = 0; i < s->instances_count; i++) {
        const struct flow *flow = &a->plan->cases[CASE_TOGETHER].flow[i];
        const struct component *kind = s->instances[i].kind;
        if (kind->shape != SHAPE_STORE || !flow->included || !flow->level_kwh ||
            kind->ports[kind->reference_port].carrier != CARRIER_HEAT) {
            continue;
        }
        capacity_kwh += flow->capacity;
        out_kwh += series_sum(flow->rate_kw[1], count) * a->plan->hours->step_h;
        for (int t = 0; t < count; t++) {
            value[t] += flow->level_kwh[t];
        }
    }
    double largest_kwh = series_max(value, count);
    if (capacity_kwh < 1.0 || largest_kwh < 1e-6 * capacity_kwh || out_kwh <= 0.0) {
        return;
    }
    struct map map = {.id = "store", .ramp = "heat", .value = value};
    map.largest = largest_kwh;
    map.unit = chart_energy_unit(largest_kwh);
    map.title =
        number_format(arena, "The store turns over %s times and is full at %s %s.",
                      number_digits(arena, out_kwh / largest_kwh, 2),
                      number_digits(arena, largest_kwh / map.unit.per_unit, 3), map.unit.name);
    map.unit_line = each_hour(a, "Heat in the store at the end of the hour", map.unit.name, arena);
    map.note = "Bands across the picture are a daily rhythm, patches are cold or warm spells.";
    map.source = "hourly.csv, column tank.level_kwh";
    add_map(a, &map, out);
}

static void grid_map(const struct accounts *a, double *value, struct text_buffer *out) {
    struct arena *arena = out->arena;
    const struct scenario *s = a->scenario;
    int count = a->plan->hours->horizon_count, top = 0;
    for (int m = 0; m < s->meters_count; m++) {
        const struct flow *grid = &a->plan->cases[CASE_TOGETHER].flow[s->meters[m].grid];
        for (int t = 0; t < count && grid->included; t++) {
            value[t] += grid->rate_kw[0][t];
        }
    }
    for (int t = 0; t < count; t++) {
        top = value[t] > value[top] ? t : top;
    }
    if (value[top] <= 0.0) {
        return;
    }
    struct map map = {.id = "grid", .ramp = "electricity", .value = value};
    map.largest = value[top];
    map.unit = chart_power_unit(map.largest);
    map.title = number_format(
        arena, "The grid’s hardest hour is %s, %d h: %s %s.", chart_date(arena, &s->calendar, top),
        (int)calendar_at(&s->calendar, top).hour_h,
        number_digits(arena, map.largest / map.unit.per_unit, 3), map.unit.name);
    map.unit_line = each_hour(a, "Power from the grid, all meters", map.unit.name, arena);
    double least = series_min(value, count);
    bool flat = map.largest - least < 1e-3 * map.largest;
    map.least = least > 0.5 * map.largest && !flat ? least : 0.0;
    map.note = number_format(arena, "The lowest hour draws %s %s%s.",
                             number_digits(arena, least / map.unit.per_unit, 3), map.unit.name,
                             map.least > 0.0 ? "; the scale starts there" : "");
    map.source = "hourly.csv, columns grid_….rate_import_kw";
    add_map(a, &map, out);
}

static double *zeros(const struct accounts *a, struct text_buffer *out) {
    double *value = ARENA_TAKE(out->arena, double, a->plan->hours->horizon_count);
    out->failed = out->failed || !value;
    return value;
}

void chart_maps(const struct accounts *a, struct text_buffer *out, bool first) {
    double *value = NULL;
    if (a->scenario->calendar.days < 3) {
        return; /* a day or two make no map; the hours stand in the week's chart */
    }
    if (first) {
        if ((value = zeros(a, out)) != NULL) {
            recovered_map(a, value, out);
        }
        return;
    }
    void (*const rest[])(const struct accounts *, double *,
                         struct text_buffer *) = {rest_map, store_map, grid_map};
    for (int k = 0; k < COUNT(rest) && (value = zeros(a, out)) != NULL; k++) {
        rest[k](a, value, out);
    }
}
