/* The town's heat of each month by what brings it; of each day where the plan is shorter than three
   months. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "tell/charts.h"
#include "tell/html.h"
#include "tell/number.h"
#include "tell/stack.h"

enum { DAYS_AT_MOST = 92, BARS_MAX = 100 };

struct bars {
    int count;
    bool months;
    int length[BARS_MAX], first_day[BARS_MAX]; /* days of each bar */
    double kwh[LAYERS_MAX][BARS_MAX], need_kwh[BARS_MAX];
};

static void cut(const struct calendar *c, struct bars *bars) {
    bars->months = c->days > DAYS_AT_MOST;
    for (int d = 0; d < c->days; d += bars->length[bars->count++]) {
        struct calendar_moment moment = calendar_at(c, d * c->steps_per_day);
        int rest = calendar_days_in_month(moment.month, c->leap) - moment.day + 1;
        int length = bars->months ? rest : 1;
        bars->first_day[bars->count] = d;
        bars->length[bars->count] = length < c->days - d ? length : c->days - d;
    }
}

static void fill(const struct accounts *a, const struct layers *layers, struct bars *bars) {
    const struct calendar *c = &a->scenario->calendar;
    for (int b = 0; b < bars->count; b++) {
        int from = bars->first_day[b] * c->steps_per_day;
        int steps = bars->length[b] * c->steps_per_day;
        bars->need_kwh[b] = series_sum(layers->need_kw + from, steps) * c->step_h;
        for (int k = 0; k < layers->count; k++) {
            bars->kwh[k][b] = series_sum(layers->layer[k].kw + from, steps) * c->step_h;
        }
    }
}

static const char *bar_name(const struct accounts *a, const struct bars *bars, int b,
                            struct arena *arena) {
    const struct calendar *c = &a->scenario->calendar;
    struct calendar_moment moment = calendar_at(c, bars->first_day[b] * c->steps_per_day);
    if (!bars->months) {
        return chart_date(arena, c, bars->first_day[b] * c->steps_per_day);
    }
    bool whole = bars->length[b] == calendar_days_in_month(moment.month, c->leap);
    return whole ? chart_month(moment.month)
                 : number_format(arena, "%s (%d days)", chart_month(moment.month), bars->length[b]);
}

static const char *axis_of(const struct accounts *a, const struct bars *bars, struct arena *arena) {
    const struct calendar *c = &a->scenario->calendar;
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, "<div class=\"dx\" aria-hidden=\"true\">");
    for (int b = 0; b < bars->count; b++) {
        struct calendar_moment moment = calendar_at(c, bars->first_day[b] * c->steps_per_day);
        bool shown = bars->months || bars->count <= 10 || moment.weekday == 0;
        if (!shown) {
            continue;
        }
        text_add(&out, "<span style=\"left:");
        html_number(&out, 100.0 * b / bars->count);
        text_add(&out, "%\">");
        if (bars->months) {
            text_add_n(&out, chart_month(moment.month), 3);
        } else {
            text_add_format(&out, "%d<em> %.3s</em>", moment.day, chart_month(moment.month));
        }
        text_add(&out, "</span>");
    }
    text_add(&out, "</div>");
    return out.data ? out.data : "";
}

static const char *finding(const struct accounts *a, const struct layers *layers,
                           const struct bars *bars, struct arena *arena) {
    int most = 0, least = 0;
    double best = 0.0, worst = 2.0;
    for (int b = 0; b < bars->count; b++) {
        double shared = 0.0;
        for (int k = 0; k < layers->count; k++) {
            shared += layers->layer[k].shared ? bars->kwh[k][b] : 0.0;
        }
        double share = bars->need_kwh[b] > 0.0 ? shared / bars->need_kwh[b] : 0.0;
        best = fmax(best, share);
        worst = bars->need_kwh[b] > 0.0 ? fmin(worst, share) : worst;
        most = bars->need_kwh[b] > bars->need_kwh[most] ? b : most;
        least = bars->need_kwh[b] < bars->need_kwh[least] ? b : least;
    }
    const char *peak = bar_name(a, bars, most, arena);
    const char *times = number_digits(arena, bars->need_kwh[most] / bars->need_kwh[least], 2);
    const char *when = number_format(arena, "%s%s", bars->months ? "in " : "on ", peak);
    if (!(best > 0.005)) {
        return bars->need_kwh[least] > 0.05 * bars->need_kwh[most]
                   ? number_format(arena, "Most heat is needed %s, %s times as much as %s %s.",
                                   when, times, bars->months ? "in" : "on",
                                   bar_name(a, bars, least, arena))
                   : number_format(arena, "Most heat is needed %s.", when);
    }
    const char *low = number_digits(arena, 100.0 * worst, 2);
    const char *high = number_digits(arena, fmin(100.0, 100.0 * best), 2);
    const char *bar = bars->months ? "month" : "day";
    return strcmp(low, high) == 0
               ? number_format(arena, "The shared plant brings %s %% of the heat of every %s.",
                               high, bar)
               : number_format(
                     arena, "Most heat is needed %s; the shared plant brings %s to %s %% of a %s.",
                     when, low, high, bar);
}

static void add_table(const struct accounts *a, const struct layers *layers,
                      const struct bars *bars, struct unit_choice unit, struct text_buffer *out) {
    const char *heads[LAYERS_MAX + 2] = {bars->months ? "Month" : "Day"};
    double largest = bars->count > 0 ? series_max(bars->need_kwh, bars->count) : 0.0;
    for (int k = 0; k < layers->count; k++) {
        heads[k + 1] = number_short(out->arena, layers->layer[k].name, 44);
    }
    heads[layers->count + 1] = "needed";
    chart_table(out, heads, layers->count + 2);
    for (int b = 0; b < bars->count; b++) {
        double row[LAYERS_MAX + 1];
        for (int k = 0; k < layers->count; k++) {
            row[k] = bars->kwh[k][b] / unit.per_unit;
        }
        row[layers->count] = bars->need_kwh[b] / unit.per_unit;
        chart_row(out, bar_name(a, bars, b, out->arena), row, layers->count + 1,
                  chart_decimals(largest / unit.per_unit));
    }
    chart_table_end(out);
}

void chart_months(const struct accounts *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    struct layers layers;
    struct bars *bars = ARENA_TAKE(arena, struct bars, 1);
    if (!bars || layers_make(a, CASE_TOGETHER, arena, &layers) != STATUS_OK) {
        out->failed = true;
        return;
    }
    cut(&a->scenario->calendar, bars);
    fill(a, &layers, bars);
    if (bars->count < 2 || layers.need_kwh <= 0.0) {
        return; /* one day has its hours */
    }
    struct stack stack = {bars->count, {NULL}, NULL, NULL, true};
    for (int k = 0; k < layers.count; k++) {
        stack.value[k] = bars->kwh[k];
    }
    double top_kwh = stack_top(&layers, &stack);
    struct unit_choice unit = chart_energy_unit(top_kwh);
    struct axis axis = chart_axis(0.0, 1.03 * top_kwh, unit);
    stack.sentence = finding(a, &layers, bars, arena);
    chart_open(out, "months", stack.sentence,
               number_format(arena, "Heat for the %s by what brings it, %s %s",
                             chart_town(a, arena), unit.name, bars->months ? "a month" : "a day"));
    stack_draw(out, &layers, &stack, &axis, axis_of(a, bars, arena));
    add_table(a, &layers, bars, unit, out);
    chart_close(out,
                bars->months
                    ? "Each bar is a month; shares are of all of them."
                    : number_format(arena,
                                    "Each bar is a day, since %d days are too few for months; "
                                    "shares are of all of them.",
                                    a->scenario->calendar.days),
                "hourly.csv, columns …heat_out_kw");
}
