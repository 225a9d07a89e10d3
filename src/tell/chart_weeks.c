/* The week with the coldest and the week with the warmest weather, hour by hour: the town's heat by
   what brings it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "tell/charts.h"
#include "tell/html.h"
#include "tell/number.h"
#include "tell/stack.h"

static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

static const char *days_axis(const struct accounts *a, int from_day, int days,
                             struct arena *arena) {
    struct text_buffer out;
    const struct calendar *c = &a->scenario->calendar;
    text_buffer_init(&out, arena);
    text_add_format(&out, "<div class=\"dy\" aria-hidden=\"true\" style=\"--n:%d\">",
                    days > 1 ? days : 4);
    for (int d = 0; d < days && days > 1; d++) {
        struct calendar_moment moment = calendar_at(c, (from_day + d) * c->steps_per_day);
        text_add_format(&out, "<span>%s<em> %d</em></span>", weekdays[moment.weekday], moment.day);
    }
    for (int hour = 0; hour < 24 && days == 1; hour += 6) {
        text_add_format(&out, "<span>%d" NUMBER_SPACE "h</span>", hour);
    }
    text_add(&out, "</div>");
    return out.data ? out.data : "";
}

/* "In a winter week the heat pump brings 81 % of the heat; the gas boiler covers the peaks." */
static const char *finding(const struct layers *layers, const struct stack *stack, const char *when,
                           const char *town, struct arena *arena) {
    int first = -1, peak = -1, peak_step = 0;
    double whole = 0.0, most = 0.0;
    for (int k = 0; k < layers->count; k++) {
        double sum = series_sum(stack->value[k], stack->count);
        whole += sum;
        if (sum > most) {
            most = sum;
            first = k;
        }
    }
    for (int t = 0; t < stack->count; t++) {
        peak_step = stack->need[t] > stack->need[peak_step] ? t : peak_step;
    }
    for (int k = 0; k < layers->count; k++) {
        double at_peak = stack->value[k][peak_step];
        if (k != first && at_peak > 0.25 * stack->need[peak_step] &&
            (peak < 0 || at_peak > stack->value[peak][peak_step])) {
            peak = k;
        }
    }
    if (first < 0 || whole <= 0.0) {
        return number_format(arena, "%s no heat is needed.", when);
    }
    const char *main_name = chart_lower(layers->layer[first].name, arena);
    const char *share = number_digits(arena, 100.0 * most / whole, 2);
    if (most > 0.995 * whole) {
        return number_format(arena, "%s the %s brings all the heat of the %s.", when, main_name,
                             town);
    }
    if (peak < 0) {
        return number_format(arena, "%s the %s brings %s %% of the heat of the %s.", when,
                             main_name, share, town);
    }
    return number_format(arena, "%s the %s brings %s %% of the heat; the %s helps at the peak.",
                         when, main_name, share, chart_lower(layers->layer[peak].name, arena));
}

static void add_table(const struct accounts *a, const struct layers *layers,
                      const struct stack *stack, double need_kwh, struct text_buffer *out) {
    double step_h = a->scenario->calendar.step_h;
    struct unit_choice unit = chart_energy_unit(need_kwh);
    const char *heads[] = {"Heat from", unit.name, "share, %"};
    int decimals = chart_decimals(need_kwh / unit.per_unit);
    chart_table(out, heads, COUNT(heads));
    for (int k = 0; k < layers->count; k++) {
        double kwh = series_sum(stack->value[k], stack->count) * step_h;
        double row[2] = {kwh / unit.per_unit, need_kwh > 0.0 ? 100.0 * kwh / need_kwh : 0.0};
        chart_row(out, layers->layer[k].name, row, 2, decimals);
    }
    double row[2] = {need_kwh / unit.per_unit, need_kwh > 0.0 ? 100.0 : 0.0};
    chart_row(out, "needed", row, 2, decimals);
    chart_table_end(out);
}

struct week {
    int from_day, days;
    const char *id, *when, *which, *note; /* "In a winter week", "the coldest week" */
};

static void add_week(const struct accounts *a, const struct layers *layers, const struct week *week,
                     struct text_buffer *out) {
    int from_day = week->from_day, days = week->days;
    struct arena *arena = out->arena;
    const struct calendar *c = &a->scenario->calendar;
    int from = from_day * c->steps_per_day;
    struct stack stack = {days * c->steps_per_day, {NULL}, layers->need_kw + from, NULL, false};
    for (int k = 0; k < layers->count; k++) {
        stack.value[k] = layers->layer[k].kw + from;
    }
    double need_kwh = series_sum(stack.need, stack.count) * c->step_h;
    double top_kw = stack_top(layers, &stack);
    struct unit_choice unit = chart_power_unit(top_kw);
    struct axis axis = chart_axis(0.0, 1.03 * top_kw, unit);
    const char *town = chart_town(a, arena);
    stack.sentence = finding(layers, &stack, week->when, town, arena);
    chart_open(out, week->id, stack.sentence,
               number_format(arena, "Heat for the %s, %s, %s %d%s%s", town, unit.name,
                             chart_dates(arena, c, from_day, days), c->year,
                             *week->which ? ", " : "", week->which));
    stack_draw(out, layers, &stack, &axis, days_axis(a, from_day, days, arena));
    add_table(a, layers, &stack, need_kwh, out);
    chart_close(out, week->note, "hourly.csv, columns …heat_out_kw and …rate_discharge_kw");
}

/* First day of the coldest (or warmest) run of days. */
static int extreme_week(const struct accounts *a, int week, bool warm) {
    const struct calendar *c = &a->scenario->calendar;
    int best = 0;
    double best_c = 0.0;
    for (int d = 0; d + week <= c->days; d++) {
        double sum_c =
            series_sum(a->plan->hours->outdoor_c + d * c->steps_per_day, week * c->steps_per_day);
        sum_c = warm ? -sum_c : sum_c;
        if (d == 0 || sum_c < best_c) {
            best_c = sum_c;
            best = d;
        }
    }
    return best;
}

static const char *note_of(const struct layers *layers, const char *missing, struct arena *arena) {
    bool stores = false;
    for (int k = 0; k < layers->count; k++) {
        stores = stores || (layers->layer[k].store && layers->layer[k].kwh > 0.0);
    }
    return number_format(arena, "The line on top is the need; shares are of all heat shown.%s%s",
                         layers->stores_above ? " What stands above the line charges a store."
                         : stores ? " Heat that a store gives back stands in its own layer."
                                  : "",
                         missing);
}

void chart_weeks(const struct accounts *a, struct text_buffer *out) {
    struct layers layers;
    struct arena *arena = out->arena;
    const struct calendar *c = &a->scenario->calendar;
    if (layers_make(a, CASE_TOGETHER, arena, &layers) != STATUS_OK) {
        out->failed = true;
        return;
    }
    if (a->scenario->towns_count == 0 || layers.need_kwh <= 0.0) {
        return;
    }
    int week = c->days < 7 ? c->days : 7;
    int cold = extreme_week(a, week, false), warm = extreme_week(a, week, true);
    if (c->days < 14) {
        const char *when = c->days == 1   ? "On this day"
                           : c->days == 7 ? "In this week"
                                          : number_format(arena, "In these %d days", week);
        const char *missing =
            number_format(arena, " This plan covers %s: a summer and a winter week need a year.",
                          c->days == 1 ? "one day" : number_format(arena, "%d days", c->days));
        struct week only = {cold, week, "cold-week", when, "", note_of(&layers, missing, arena)};
        add_week(a, &layers, &only, out);
        return;
    }
    bool year = c->days > 300;
    const char *parts[2] = {"", ""};
    if (!year) {
        parts[0] = number_format(
            arena, " This plan covers %d days: the week is the coldest of these, not of a year.",
            c->days);
        parts[1] = number_format(
            arena, " This plan covers %d days: the week is the mildest of these, not of a year.",
            c->days);
    }
    struct week first = {cold,
                         week,
                         "cold-week",
                         year ? "In a winter week" : "In the coldest of these weeks",
                         "the coldest week",
                         note_of(&layers, parts[0], arena)};
    struct week second = {warm,
                          week,
                          "warm-week",
                          year ? "In a summer week" : "In the mildest of these weeks",
                          year ? "the warmest week" : "the mildest week",
                          note_of(&layers, parts[1], arena)};
    add_week(a, &layers, &first, out);
    add_week(a, &layers, &second, out);
}
