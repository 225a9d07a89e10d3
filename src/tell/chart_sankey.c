/* The energy Sankey, to one scale. Power enters left; what is thrown away ends at the upper right,
   the town takes at the lower right, the plant on recovered heat stands between. Emitted twice, 896
   and 358 wide, so that words keep their size. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "tell/charts.h"
#include "tell/figures.h"
#include "tell/flows.h"
#include "tell/html.h"
#include "tell/number.h"

static const double plot_high = 250.0; /* all that enters, in units of the picture */
static const double least_high = 1.0;  /* a thinner flow is named, not drawn */
static const double top = 30.0, node = 5.0;
static const double label_high = 20.0; /* a band that holds a line of words */

struct picture {
    struct text_buffer *out;
    const struct flows *f;
    struct unit_choice unit;
    double scale; /* units of the picture per kWh */
    double wide, gear_x, sky_x, plant_x, town_x;
    bool narrow;
    double plant_y, arriving_y, own_y, bottom;
};

static void add_band(struct picture *p, double x0, double y0, double x1, double y1, double thick,
                     const char *colour, const char *tint) {
    if (thick < least_high) {
        return;
    }
    double middle = 0.5 * (x0 + x1);
    const double at[] = {x0, y0, middle, y0, middle, y1, x1, y1};
    text_add(p->out, "<path d=\"M");
    for (int k = 0; k < 8; k++) {
        text_add(p->out, k == 2 ? "C" : k ? "," : "");
        html_number(p->out, at[k]);
    }
    text_add(p->out, "V");
    html_number(p->out, y1 + thick);
    const double back[] = {middle, y1 + thick, middle, y0 + thick, x0, y0 + thick};
    for (int k = 0; k < 6; k++) {
        text_add(p->out, k == 0 ? "C" : ",");
        html_number(p->out, back[k]);
    }
    text_add_format(p->out, "Z\" style=\"fill:var(--%s);fill-opacity:%s\"/>", colour, tint);
}

static void add_node(struct picture *p, double x, double y, double thick, const char *colour) {
    if (thick <= 0.0) {
        return;
    }
    text_add(p->out, "<rect width=\"5\" x=\"");
    html_number(p->out, x);
    text_add(p->out, "\" y=\"");
    html_number(p->out, y);
    text_add(p->out, "\" height=\"");
    html_number(p->out, fmax(least_high, thick));
    text_add_format(p->out, "\" style=\"fill:var(--%s)\"/>", colour);
}

/* Words, then the amount in bold; kwh NaN: no amount. */
static void add_label(struct picture *p, double x, double y, const char *anchor, const char *css,
                      const char *words, double kwh) {
    text_add(p->out, "<text x=\"");
    html_number(p->out, x);
    text_add(p->out, "\" y=\"");
    html_number(p->out, y);
    text_add_format(p->out, "\" class=\"%s\" text-anchor=\"%s\">", css, anchor);
    html_words(p->out, words);
    if (isfinite(kwh)) {
        text_add_format(p->out, "%s<tspan class=\"b\">%s</tspan>", *words ? " " : "",
                        number_digits(p->out->arena, kwh / p->unit.per_unit, 3));
    }
    text_add(p->out, "</text>");
}

static const char *degrees(struct arena *arena, double temperature_c) {
    return number_fixed(arena, temperature_c, 0);
}

/* ---- the data centre: power in, computing and gear, the sky ---- */
static void draw_centre(struct picture *p) {
    const struct flows *f = p->f;
    double gear = p->scale * f->gear_kwh, it = p->scale * f->it_kwh;
    double sky = p->scale * f->sky_kwh;
    add_band(p, node, top, p->gear_x, top, gear, "electricity", ".4");
    add_band(p, node, top + gear, p->gear_x, top + gear, it, "electricity", ".4");
    add_node(p, 0.0, top, gear + it, "electricity");
    add_node(p, p->gear_x, top, gear, "electricity");
    add_node(p, p->gear_x, top + gear, it, "compute");
    add_band(p, p->gear_x + node, top, p->sky_x, top, sky, "heat-1", ".45");
    add_node(p, p->sky_x, top, sky, "heat-1");
    add_label(p, 0.0, top - 10.0, "start", "", "Power", f->power_kwh);
    if (p->narrow) {
        add_label(p, p->wide, top - 10.0, "end", "", "to the sky", f->sky_kwh);
        if (gear >= label_high) {
            add_label(p, p->gear_x + 12.0, top + 0.5 * gear + 5.0, "start", "", "gear",
                      f->gear_kwh);
        }
        if (fmin(it, sky - gear) >= label_high) {
            add_label(p, p->gear_x + 12.0, top + gear + 0.5 * fmin(it, sky - gear) + 5.0, "start",
                      "", "Computing", f->it_kwh);
        }
        return;
    }
    if (fmin(it, sky - gear) >= label_high) {
        add_label(p, p->gear_x, top - 10.0, "start", "", "Cooling and power gear", f->gear_kwh);
        add_label(p, p->gear_x + 14.0, top + gear + 0.5 * fmin(it, sky - gear) + 6.0, "start", "",
                  "Computing", f->it_kwh);
    } else {
        const char *gear_words = number_digits(p->out->arena, f->gear_kwh / p->unit.per_unit, 3);
        add_label(p, p->gear_x, top - 10.0, "start", "",
                  number_format(p->out->arena, "Cooling and power gear %s, computing", gear_words),
                  f->it_kwh);
    }
    if (sky < 50.0) { /* no room for three lines above the heat plant */
        add_label(p, p->sky_x + 14.0, top + fmin(0.5 * sky, 14.0) + 6.0, "start", "", "to the sky",
                  f->sky_kwh);
        return;
    }
    double y = fmax(top + 16.0, top + 0.5 * sky - 8.0);
    add_label(p, p->sky_x + 14.0, y, "start", "l", "", f->sky_kwh);
    add_label(p, p->sky_x + 14.0, y + 21.0, "start", "", "to the sky", (double)NAN);
}

/* Heat that drives chillers ends beside the plant, below what goes to the town. */
static void draw_cold(struct picture *p, double arriving, const char *colour) {
    const struct flows *f = p->f;
    struct arena *arena = p->out->arena;
    double driving = p->scale * f->driving_kwh, y = p->plant_y + arriving;
    double end_x = p->plant_x + (p->narrow ? 60.0 : 110.0),
           end_y = y + (arriving > 0.0 ? 24.0 : 0.0);
    if (driving < least_high) {
        return;
    }
    add_band(p, p->plant_x + node, y, end_x, end_y, driving, colour, ".5");
    add_node(p, end_x, end_y, driving, "cold");
    add_label(p, p->narrow ? p->wide : end_x + 14.0, end_y + 0.5 * driving + 2.0,
              p->narrow ? "end" : "start", "", p->narrow ? "" : "into cold:", f->driving_kwh);
    add_label(p, p->narrow ? p->wide : end_x + 14.0, end_y + 0.5 * driving + 22.0,
              p->narrow ? "end" : "start", "s",
              number_format(arena, p->narrow ? "cold %s" : "of it cold %s",
                            number_digits(arena, f->cold_kwh / p->unit.per_unit, 3)),
              (double)NAN);
    p->bottom = fmax(p->bottom, end_y + driving + 44.0);
}

/* ---- recovered heat, the heat plant, the way to the town ---- */
static void draw_plant(struct picture *p) {
    const struct flows *f = p->f;
    struct arena *arena = p->out->arena;
    double sky = p->scale * f->sky_kwh;
    double recovered = p->scale * f->recovered_kwh, power = p->scale * f->plant_power_kwh;
    double other = p->scale * f->other_heat_kwh, arriving = p->scale * f->arriving_kwh;
    double power_y = top + p->scale * f->power_kwh + (p->narrow ? 66.0 : 52.0);
    p->plant_y = fmax(top + sky + 62.0, power_y - 0.5 * recovered);
    p->arriving_y = p->plant_y + 8.0;
    p->bottom = power_y;
    if (f->recovered_kwh + f->other_heat_kwh <= 0.0) {
        return;
    }
    const char *cool = chart_heat_colour(f->recovered_c), *hot = chart_heat_colour(f->plant_c);
    double in = recovered + power + other, x = p->plant_x;
    add_band(p, p->gear_x + node, top + sky, x, p->plant_y, recovered, cool, ".6");
    add_band(p, node, power_y, x, p->plant_y + recovered, power, "electricity", ".6");
    add_node(p, x, p->plant_y, in, hot);
    add_band(p, x + node, p->plant_y, p->town_x, p->arriving_y, fmin(in, arriving), hot, ".7");
    draw_cold(p, fmin(in, arriving), hot);
    const char *from = isfinite(f->recovered_c) ? number_format(arena, "Recovered at %s °C",
                                                                degrees(arena, f->recovered_c))
                                                : "Recovered";
    const char *lift = f->plant_name;
    if (isfinite(f->recovered_c) && isfinite(f->plant_c) && f->plant_power_kwh > 0.0) {
        lift = number_format(arena, "%s, %s → %s °C", number_short(arena, lift, 26),
                             degrees(arena, f->recovered_c), degrees(arena, f->plant_c));
    }
    if (p->narrow) {
        add_label(p, 0.0, power_y - 30.0, "start", "", from, f->recovered_kwh);
        add_label(p, p->wide, p->plant_y - 9.0, "end", "", number_short(arena, f->plant_name, 18),
                  f->arriving_kwh > 0.0 ? f->delivered_kwh : (double)NAN);
    } else {
        add_label(p, p->sky_x - 4.0, top + sky + 19.0, "end", "", from, f->recovered_kwh);
        add_label(p, x + 12.0, p->plant_y - 9.0, "start", "", lift,
                  f->arriving_kwh > 0.0 ? f->delivered_kwh : (double)NAN);
    }
    if (power >= least_high) {
        add_node(p, 0.0, power_y, power, "electricity");
        add_label(p, 0.0, power_y - 8.0, "start", "",
                  p->narrow
                      ? "Power"
                      : number_format(arena, "Power for the %s",
                                      number_short(arena, chart_lower(f->plant_name, arena), 20)),
                  f->plant_power_kwh);
        p->bottom = fmax(p->bottom, power_y + power + 44.0);
    }
    if (other >= least_high) {
        double y = p->bottom;
        add_label(p, 0.0, y - 8.0, "start", "",
                  number_short(arena, f->other_name, p->narrow ? 22 : 34), f->other_heat_kwh);
        add_band(p, node, y, x, p->plant_y + recovered + power, other, "fuel", ".6");
        add_node(p, 0.0, y, other, "fuel");
        p->bottom = y + other + 44.0;
    }
}

/* The only one of the town's own plants; NULL where there are several. */
static const char *single_own(const struct flows *f) {
    const char *name = NULL;
    int count = 0;
    for (int k = 0; k < f->layers.count; k++) {
        bool own = !f->layers.layer[k].shared && f->layers.layer[k].kwh > 0.0;
        name = own ? f->layers.layer[k].name : name;
        count += own;
    }
    return count == 1 ? name : NULL;
}

/* ---- the town: its own plant at the left, its need at the right ---- */
static void draw_own(struct picture *p, double arriving, bool named) {
    const struct flows *f = p->f;
    struct arena *arena = p->out->arena;
    double y = p->own_y, to_y = p->arriving_y + arriving, drawn = 0.0;
    int drawn_count = 0;
    double own_sum_kwh = 0.0;
    for (int k = 0; k < f->layers.count; k++) {
        own_sum_kwh += f->layers.layer[k].shared ? 0.0 : f->layers.layer[k].kwh;
    }
    double part = own_sum_kwh > 0.0 ? f->own_kwh / own_sum_kwh : 0.0; /* less what stores lose */
    for (int k = 0; k < f->layers.count; k++) {
        const struct layer *layer = &f->layers.layer[k];
        double thick = layer->shared ? 0.0 : p->scale * layer->kwh * part;
        if (thick <= 0.0) {
            continue;
        }
        add_band(p, node, y + drawn, p->town_x, to_y + drawn, thick, layer->colour,
                 drawn_count++ % 2 ? ".65" : ".45");
        add_node(p, 0.0, y + drawn, thick, layer->colour);
        if (thick >= label_high && named) {
            add_label(p, 14.0, y + drawn + 0.5 * thick + 5.0, "start", "",
                      number_short(arena, layer->name, p->narrow ? 18 : 34), layer->kwh * part);
        }
        drawn += thick;
    }
}

static void draw_town(struct picture *p) {
    const struct flows *f = p->f;
    struct arena *arena = p->out->arena;
    if (f->need_kwh <= 0.0) {
        return;
    }
    double arriving = p->scale * fmin(f->arriving_kwh, f->need_kwh), own = p->scale * f->own_kwh;
    double need = arriving + own, apart = p->scale * f->own_apart_kwh;
    p->own_y = fmax(p->bottom, p->arriving_y + arriving - 40.0); /* stays below the plant */
    const char *single = single_own(f);
    draw_own(p, arriving, !single);
    double left_end = p->own_y + own;
    bool ghost = fabs(apart - own) >= 3.0;
    if (f->own_kwh > 0.0) {
        add_label(p, 0.0, p->own_y - 8.0, "start", "",
                  p->narrow ? "Own plant"
                  : single  ? number_short(arena, single, 34)
                            : number_format(arena, "Own plant of the %s",
                                            number_short(arena, f->town, 24)),
                  f->own_kwh);
    }
    if (ghost) {
        text_add(p->out, "<rect class=\"ghost\" x=\"0.5\" width=\"34\" y=\"");
        html_number(p->out, p->own_y + 0.5);
        text_add(p->out, "\" height=\"");
        html_number(p->out, fmax(4.0, apart));
        text_add(p->out, "\"/>");
        left_end = fmax(left_end, p->own_y + apart);
        add_label(p, own < apart - 24.0 ? 44.0 : 0.0,
                  own < apart - 24.0 ? left_end - 1.0 : left_end + 20.0, "start", "s",
                  "apart (dashed)", f->own_apart_kwh);
        left_end += own < apart - 24.0 ? 0.0 : 20.0;
    }
    const char *colour =
        isfinite(f->plant_c) && f->arriving_kwh > 0.0 ? chart_heat_colour(f->plant_c) : "heat-3";
    add_node(p, p->town_x, p->arriving_y, need, colour);
    double y = p->arriving_y + need + 20.0;
    add_label(p, p->wide, y, "end", "", chart_plain(number_short(arena, f->town, 30), arena),
              f->need_kwh);
    p->bottom = fmax(left_end, y) + 14.0;
}

/* The scale as a bar of a round amount, at the upper right. */
static void draw_scale(struct picture *p) {
    double wish = 30.0 / p->scale / p->unit.per_unit, power = pow(10.0, floor(log10(wish)));
    double amount = wish / power >= 5.0 ? 5.0 * power : wish / power >= 2.0 ? 2.0 * power : power;
    double high = p->scale * amount * p->unit.per_unit;
    add_node(p, p->wide - node, top, high, "control");
    add_label(p, p->wide - node - 8.0, top + 0.5 * high + 5.0, "end", "s",
              number_format(p->out->arena, "scale: %s %s", number_digits(p->out->arena, amount, 1),
                            p->unit.name),
              (double)NAN);
}

static void add_picture(struct text_buffer *out, const struct flows *f, struct unit_choice unit,
                        bool narrow, const char *sentence) {
    double all_kwh = f->power_kwh + f->plant_power_kwh + f->other_heat_kwh + f->own_kwh;
    struct picture p = {.out = out, .f = f, .unit = unit, .narrow = narrow};
    p.scale = plot_high / fmax(all_kwh, 1e-9);
    p.wide = narrow ? 358.0 : 896.0;
    p.gear_x = narrow ? 120.0 : 250.0;
    p.sky_x = narrow ? 353.0 : 610.0;
    p.plant_x = narrow ? 235.0 : 640.0;
    p.town_x = p.wide - node;
    struct text_buffer body;
    text_buffer_init(&body, out->arena);
    p.out = &body; /* the height is known at the end */
    if (f->power_kwh > 0.0) {
        draw_centre(&p);
        draw_plant(&p);
    } else {
        p.arriving_y = p.bottom = top + label_high; /* below the scale */
    }
    draw_town(&p);
    if (!narrow) {
        draw_scale(&p);
    }
    text_add_format(out, "<svg class=\"sk %s\" role=\"img\" viewBox=\"0 0 %d %d\"",
                    narrow ? "nar" : "wid", (int)p.wide, (int)ceil(p.bottom));
    html_sentence(out, sentence);
    text_add(out, body.data ? body.data : "");
    text_add(out, "</svg>\n");
    out->failed = out->failed || body.failed;
}

struct row {
    const char *name;
    double kwh;
};

/* Chillers on heat have their two rows where there are any. */
static int rows_of(const struct flows *f, struct arena *arena, struct row row[16]) {
    enum { cold_row = 8 };
    const struct row rows[] = {
        {"Power into the data centre", f->power_kwh},
        {"of it computing", f->it_kwh},
        {"of it cooling and power gear", f->gear_kwh},
        {"Heat to the sky", f->sky_kwh},
        {"Heat recovered at the hand-over", f->recovered_kwh},
        {number_format(arena, "Power for the %s", chart_lower(f->plant_name, arena)),
         f->plant_power_kwh},
        {"Heat of other shared plant", f->other_heat_kwh},
        {"Heat that arrives in the town", f->arriving_kwh},
        {"Heat and power that drive chillers", f->driving_kwh},
        {"Cold that they make of it", f->cold_kwh},
        {"Lost on the way and in stores", f->lost_kwh},
        {"Power that pumps the network", f->pumping_kwh},
        {"The town’s own plant", f->own_kwh},
        {"The town’s need", f->need_kwh},
        {"The town’s own plant, apart", f->own_apart_kwh}};
    int count = 0;
    for (int k = 0; k < COUNT(rows); k++) {
        bool cold = k == cold_row || k == cold_row + 1;
        if (!cold || f->driving_kwh > 0.0) {
            row[count++] = rows[k];
        }
    }
    return count;
}

/* "Too thin to draw: lost on the way 0.01, pumping 0.02." */
static const char *unnamed_words(const struct flows *f, struct unit_choice unit, double scale,
                                 struct arena *arena) {
    const char *words = "";
    for (int k = 0; k < f->layers.count && !single_own(f); k++) {
        const struct layer *layer = &f->layers.layer[k];
        if (!layer->shared && layer->kwh > 0.0 && scale * layer->kwh < label_high) {
            words =
                number_format(arena, "%s%s%s %s", words, *words ? ", " : " Bands without words: ",
                              chart_lower(number_short(arena, layer->name, 44), arena),
                              number_digits(arena, layer->kwh / unit.per_unit, 2));
        }
    }
    return *words ? number_format(arena, "%s %s.", words, unit.name) : "";
}

static const char *thin_words(const struct flows *f, struct unit_choice unit, double scale,
                              struct arena *arena) {
    const struct row thin[] = {{"lost on the way and in stores", f->lost_kwh},
                               {"power that pumps the network", f->pumping_kwh},
                               {"recovered heat", f->recovered_kwh},
                               {"power of the heat plant", f->plant_power_kwh},
                               {"other shared plant", f->other_heat_kwh},
                               {"the town’s need", f->need_kwh}};
    const char *words = "";
    for (int k = 0; k < COUNT(thin); k++) {
        bool never_drawn = k < 2;
        if (thin[k].kwh > 1e-6 * f->power_kwh &&
            (never_drawn || scale * thin[k].kwh < least_high)) {
            words = number_format(arena, "%s%s%s %s", words,
                                  *words ? ", " : " Not drawn: ", thin[k].name,
                                  number_digits(arena, thin[k].kwh / unit.per_unit, 2));
        }
    }
    return *words ? number_format(arena, "%s %s.", words, unit.name) : "";
}

void chart_sankey(const struct accounts *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    struct flows *f = ARENA_TAKE(arena, struct flows, 1);
    struct row row[16];
    if (!f || flows_make(a, arena, f) != STATUS_OK) {
        out->failed = true;
        return;
    }
    double all_kwh = f->power_kwh + f->plant_power_kwh + f->other_heat_kwh + f->own_kwh;
    struct unit_choice unit = chart_energy_unit(all_kwh);
    double share = f->power_kwh > 0.0 ? 100.0 * f->recovered_kwh / f->power_kwh : 0.0;
    const char *title =
        f->power_kwh <= 0.0 ? "The town heats itself: there is no data centre."
        : share < 0.05
            ? "Of every 100 units of power, none comes back as useful heat."
            : number_format(arena, "Of every 100 units of power, %s come back as useful heat%s.",
                            number_digits(arena, share, share < 1.0 ? 1 : 2),
                            f->driving_kwh > 0.5 * f->recovered_kwh ? " that makes cold" : "");
    chart_open(out, "energy", title,
               number_format(arena, "%s %s, together. Width is energy, colour is temperature.",
                             unit.name, figures_period_words(a, arena)));
    add_picture(out, f, unit, false, title);
    add_picture(out, f, unit, true, title);
    const char *heads[] = {"Flow", unit.name};
    int count = rows_of(f, arena, row);
    chart_table(out, heads, COUNT(heads));
    for (int k = 0; k < count; k++) {
        double value = row[k].kwh / unit.per_unit;
        chart_row(out, row[k].name, &value, 1, chart_decimals(all_kwh / unit.per_unit));
    }
    chart_table_end(out);
    chart_close(out,
                number_format(arena,
                              "Drawn to one scale. Heat handed over counts as reused at the data "
                              "centre’s edge, before the heat plant adds its power.%s%s",
                              unnamed_words(f, unit, plot_high / fmax(all_kwh, 1e-9), arena),
                              thin_words(f, unit, plot_high / fmax(all_kwh, 1e-9), arena)),
                "hourly.csv, summary.json");
}
