/* The screening before the plan, on half a page: heat, temperature, distance. From loads and weather
   alone. Bars are drawn within each question to one scale, with their numbers beside them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "tell/charts.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/number.h"

static void open_question(struct text_buffer *out, const char *question) {
    text_add_format(out, "<li><table><caption>%s</caption><tbody>", question);
}

static void add_bar(struct text_buffer *out, const char *name, double value, double largest,
                    const char *colour, const char *shown) {
    text_add_format(out, "<tr><th scope=\"row\">%s</th><td class=\"br\"><i style=\"width:", name);
    double share = largest > 0.0 && isfinite(value) ? value / largest : 0.0;
    html_number(out, 100.0 * fmin(1.0, fmax(0.0, share)));
    text_add_format(out, "%%;background:var(--%s)\"></i></td><td>", colour);
    html_words(out, shown);
    text_add(out, "</td></tr>");
}

static void close_question(struct text_buffer *out, const char *sentence) {
    text_add(out, "</tbody></table><p>");
    html_words(out, sentence);
    text_add(out, "</p></li>\n");
}

static void add_heat(const struct accounts *a, struct text_buffer *out) {
    const struct screening *s = &a->plan->screening;
    struct arena *arena = out->arena;
    double period = figures_period(a);
    const double kwh[3] = {s->heat_available_kwh_year * period, s->heat_demand_kwh_year * period,
                           s->heat_in_reach_kwh_year * period};
    static const char *const names[3] = {"on offer", "needed", "at the same hour"};
    double largest = fmax(kwh[0], kwh[1]);
    struct unit_choice unit = chart_energy_unit(largest);
    open_question(out, "Is there heat?");
    for (int k = 0; k < 3; k++) {
        add_bar(out, names[k], kwh[k], largest, k == 1 ? "ink-3" : "heat-2",
                number_format(arena, "%s %s", number_digits(arena, kwh[k] / unit.per_unit, 3),
                              unit.name));
    }
    close_question(out, kwh[1] > 0.0
                            ? number_format(arena,
                                            "%s %% of the need meets heat on offer in the "
                                            "same hour.",
                                            number_digits(arena, 100.0 * kwh[2] / kwh[1], 2))
                            : "Nobody within reach needs heat.");
}

static void add_temperature(const struct accounts *a, struct text_buffer *out) {
    const struct screening *s = &a->plan->screening;
    struct arena *arena = out->arena;
    open_question(out, "Is it warm enough?");
    bool known = isfinite(s->source_c) && isfinite(s->needed_c);
    if (known) {
        add_bar(out, "source", s->source_c, 100.0, chart_heat_colour(s->source_c),
                number_format(arena, "%s °C", number_fixed(arena, s->source_c, 0)));
        add_bar(out, "needed", s->needed_c, 100.0, chart_heat_colour(s->needed_c),
                number_format(arena, "%s °C", number_fixed(arena, s->needed_c, 0)));
    }
    const char *share = number_digits(arena, 100.0 * s->direct_frac, 2);
    close_question(out,
                   !known ? "There is no source, or no need, to compare."
                   : s->direct_frac >= 0.9995
                       ? "All of the need can be met without a heat pump."
                       : number_format(arena,
                                       "%s %% of the need can be met without a heat pump. Bars run "
                                       "from 0 to 100 °C; the need is weighted by heat.",
                                       share));
}

static void add_distance(const struct accounts *a, struct text_buffer *out) {
    const struct screening *s = &a->plan->screening;
    struct arena *arena = out->arena;
    double period = figures_period(a);
    open_question(out, "Is it near enough?");
    if (!isfinite(s->heat_per_trench_kwh_m_year)) {
        close_question(out, "There is no trench: the heat is used where it is given.");
        return;
    }
    double per_m = s->heat_per_trench_kwh_m_year / 1000.0, viable = s->viable_kwh_m_year / 1000.0;
    double largest = fmax(per_m, viable);
    add_bar(out, "here", per_m, largest, "heat-2",
            number_format(arena, "%s MWh/m a year", number_digits(arena, per_m, 2)));
    add_bar(out, "has paid from", viable, largest, "ink-3",
            number_format(arena, "%s MWh/m a year", number_digits(arena, viable, 2)));
    const char *trench = number_digits(arena, s->trench_m, 3);
    close_question(out,
                   period == 1.0
                       ? number_format(arena, "Heat in reach per metre of the %s m trench.", trench)
                       : number_format(arena,
                                       "Heat in reach per metre of the %s m trench: %s MWh %s, "
                                       "scaled to a year as if all of it were like that.",
                                       trench, number_digits(arena, per_m * period, 2),
                                       figures_period_words(a, arena)));
}

void chart_screening(const struct accounts *a, struct text_buffer *out) {
    text_add(out, "<section class=\"full\" id=\"screening\"><h2>");
    html_words(out, a->plan->screening.verdict);
    text_add(out,
             "</h2><p class=\"unit\">Screening before the plan, from loads and weather alone, ");
    html_words(out, figures_period_words(a, out->arena));
    text_add(out, "</p>\n<ol class=\"scr\">");
    add_heat(a, out);
    add_temperature(a, out);
    add_distance(a, out);
    text_add(out, "</ol></section>\n");
}
