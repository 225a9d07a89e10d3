/* Load duration: the hours sorted from the highest. Once for the town's heat with what brings it,
   once for the power that all meters draw. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "base/series.h"
#include "tell/charts.h"
#include "tell/html.h"
#include "tell/number.h"
#include "tell/stack.h"

enum { BINS = 120 };

struct hour {
    double kw;
    int step;
};

static int descending(const void *one, const void *two) {
    const struct hour *a = one, *b = two;
    return a->kw < b->kw ? 1 : a->kw > b->kw ? -1 : a->step - b->step;
}

static struct hour *sort_hours(const double *kw, int count, struct arena *arena) {
    struct hour *hour = ARENA_TAKE(arena, struct hour, count);
    for (int t = 0; hour && t < count; t++) {
        hour[t] = (struct hour){kw[t], t};
    }
    if (hour) {
        qsort(hour, (size_t)count, sizeof *hour, descending);
    }
    return hour;
}

/* Mean of a series over each of the bins of sorted hours; the first shows its highest hour itself. */
static double *bin(const struct hour *hour, const double *kw, int count, int bins,
                   struct arena *arena) {
    double *ret = ARENA_TAKE(arena, double, bins);
    for (int b = 0; ret && b < bins; b++) {
        long from = (long)b * count / bins, to = b == 0 ? 1 : (long)(b + 1) * count / bins;
        for (long k = from; k < to; k++) {
            ret[b] += kw[hour[k].step] / (double)(to - from);
        }
    }
    return ret;
}

static const char *hours_axis(const struct accounts *a, struct arena *arena) {
    double hours_h = 24.0 * a->scenario->calendar.days;
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, "<div class=\"dy\" aria-hidden=\"true\" style=\"--n:4\">");
    for (int k = 0; k < 4; k++) {
        text_add_format(&out, "<span>%s" NUMBER_SPACE "h</span>",
                        number_fixed(arena, round(hours_h * k / 4.0), 0));
    }
    text_add(&out, "</div>");
    return out.data ? out.data : "";
}

static const double shown_frac[] = {0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0};

static const char *row_name(const struct accounts *a, double frac, struct arena *arena) {
    return number_format(arena, "after %s h",
                         number_fixed(arena, round(24.0 * a->scenario->calendar.days * frac), 0));
}

/* What the data centre's side brings over the sorted hours, and how large its plant is against the
   peak: the classic argument for a base-load plant. */
static const char *heat_finding(const struct accounts *a, const struct layers *layers,
                                double peak_kw, struct arena *arena) {
    double shared_kw = 0.0, shared_kwh = 0.0;
    int count = a->plan->hours->horizon_count;
    for (int t = 0; t < count; t++) {
        double sum = 0.0;
        for (int k = 0; k < layers->count; k++) {
            sum += layers->layer[k].shared ? layers->layer[k].kw[t] : 0.0;
        }
        shared_kw = fmax(shared_kw, sum);
        shared_kwh += sum * a->plan->hours->step_h;
    }
    if (shared_kwh < 0.005 * layers->need_kwh) {
        return "The town’s own plant carries the load in every hour.";
    }
    return number_format(
        arena, "With %s %% of the peak the shared plant brings %s %% of the heat.",
        number_digits(arena, fmin(100.0, 100.0 * shared_kw / peak_kw), 2),
        number_digits(arena, fmin(100.0, 100.0 * shared_kwh / layers->need_kwh), 2));
}

static void heat_table(const struct accounts *a, const struct layers *layers,
                       const struct hour *hour, struct unit_choice unit, struct text_buffer *out) {
    int count = a->plan->hours->horizon_count;
    const char *heads[LAYERS_MAX + 2] = {"Hours, sorted"};
    for (int k = 0; k < layers->count; k++) {
        heads[k + 1] = number_short(out->arena, layers->layer[k].name, 44);
    }
    heads[layers->count + 1] = "needed";
    chart_table(out, heads, layers->count + 2);
    for (int r = 0; r < COUNT(shown_frac); r++) {
        double row[LAYERS_MAX + 1];
        int at = hour[(int)(shown_frac[r] * (count - 1))].step;
        for (int k = 0; k < layers->count; k++) {
            row[k] = layers->layer[k].kw[at] / unit.per_unit;
        }
        row[layers->count] = layers->need_kw[at] / unit.per_unit;
        chart_row(out, row_name(a, shown_frac[r], out->arena), row, layers->count + 1,
                  chart_decimals(layers->largest_kw / unit.per_unit));
    }
    chart_table_end(out);
}

static void heat_duration(const struct accounts *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    struct layers layers;
    int count = a->plan->hours->horizon_count, bins = count < BINS ? count : BINS;
    if (layers_make(a, CASE_TOGETHER, arena, &layers) != STATUS_OK) {
        out->failed = true;
        return;
    }
    if (layers.need_kwh <= 0.0) {
        return;
    }
    struct hour *hour = sort_hours(layers.need_kw, count, arena);
    if (!hour) {
        out->failed = true;
        return;
    }
    struct stack stack = {bins, {NULL}, bin(hour, layers.need_kw, count, bins, arena), NULL, false};
    for (int k = 0; k < layers.count; k++) {
        stack.value[k] = bin(hour, layers.layer[k].kw, count, bins, arena);
    }
    if (arena_failed(arena)) {
        out->failed = true;
        return;
    }
    struct unit_choice unit = chart_power_unit(layers.largest_kw);
    struct axis axis = chart_axis(0.0, 1.03 * stack_top(&layers, &stack), unit);
    stack.sentence = heat_finding(a, &layers, layers.largest_kw, arena);
    chart_open(out, "heat-duration", stack.sentence,
               number_format(arena, "Heat for the %s, %s, the %s sorted from the highest need",
                             chart_town(a, arena), unit.name, chart_hours(a, arena)));
    stack_draw(out, &layers, &stack, &axis, hours_axis(a, arena));
    heat_table(a, &layers, hour, unit, out);
    chart_close(out,
                number_format(arena,
                              "Load duration: how many hours need how much. The highest hour needs "
                              "%s %s. The area under the line is the heat of the whole period.",
                              number_digits(arena, layers.largest_kw / unit.per_unit, 3),
                              unit.name),
                "hourly.csv, columns …heat_out_kw");
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
    return sum;
}

static const char *grid_finding(double together_kw, double apart_kw, struct unit_choice unit,
                                struct arena *arena) {
    double change_kw = together_kw - apart_kw;
    if (fabs(change_kw) < 0.0005 * apart_kw) {
        return "The grid sees the same peak as apart.";
    }
    return number_format(arena, "The grid’s peak %s by %s %s, to %s %s.",
                         change_kw > 0.0 ? "grows" : "falls",
                         number_digits(arena, fabs(change_kw) / unit.per_unit, 2), unit.name,
                         number_digits(arena, together_kw / unit.per_unit, 3), unit.name);
}

/* A line's name at its right end, above or below so that two near lines do not meet. */
static void line_label(struct text_buffer *out, const struct axis *axis, double kw, bool above,
                       const char *colour, const char *name) {
    text_add(out, "<span style=\"top:");
    double at = 100.0 - 100.0 * (kw - axis->low) / (axis->high - axis->low);
    html_number(out, fmin(94.0, fmax(4.0, at + (above ? -5.0 : 5.0))));
    text_add_format(out, "%%\"><b style=\"background:var(--%s)\"></b>%s</span>", colour, name);
}

static void grid_plot(struct text_buffer *out, const struct axis *axis, const double *together,
                      const double *apart, int bins, const char *title, const char *under) {
    text_add(out, "<div class=\"wk\"><div class=\"pl\"><div class=\"pb\">");
    chart_grid(out, axis);
    chart_svg(out, bins, title);
    html_steps(out, NULL, apart, bins, axis->low, axis->high,
               "fill:none;stroke:var(--ghost);stroke-width:1.5;stroke-dasharray:4 3");
    html_steps(out, NULL, together, bins, axis->low, axis->high,
               "fill:none;stroke:var(--electricity);stroke-width:2");
    text_add(out, "</svg></div>");
    text_add(out, under);
    text_add(out, "</div><div class=\"lb\">");
    bool above = together[bins - 1] >= apart[bins - 1];
    double apart_most = 0.0;
    for (int k = 0; k < bins; k++) {
        apart_most = fmax(apart_most, fabs(together[k] - apart[k]));
    }
    if (apart_most < 0.005 * (axis->high - axis->low)) {
        line_label(out, axis, together[bins - 1], true, "electricity", "together as apart");
    } else {
        line_label(out, axis, together[bins - 1], above, "electricity", "together");
        line_label(out, axis, apart[bins - 1], !above, "ghost", "apart (dashed)");
    }
    text_add(out, "</div></div>\n");
}

static void grid_duration(const struct accounts *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    int count = a->plan->hours->horizon_count, bins = count < BINS ? count : BINS;
    const double *kw[2] = {import_kw(a, CASE_TOGETHER, arena), import_kw(a, CASE_APART, arena)};
    struct hour *hour[2] = {NULL, NULL};
    double *line[2] = {NULL, NULL};
    for (int k = 0; k < 2; k++) {
        hour[k] = kw[k] ? sort_hours(kw[k], count, arena) : NULL;
        line[k] = hour[k] ? bin(hour[k], kw[k], count, bins, arena) : NULL;
    }
    if (!line[0] || !line[1]) {
        out->failed = true;
        return;
    }
    double peak_kw = fmax(hour[0][0].kw, hour[1][0].kw);
    double floor_kw = fmin(hour[0][count - 1].kw, hour[1][count - 1].kw);
    if (peak_kw <= 0.0) {
        return;
    }
    struct unit_choice unit = chart_power_unit(peak_kw);
    bool high = floor_kw > 0.5 * peak_kw;
    struct axis axis = chart_axis(high ? floor_kw - 0.2 * (peak_kw - floor_kw) : 0.0,
                                  peak_kw + 0.06 * (high ? peak_kw - floor_kw : peak_kw), unit);
    const char *title = grid_finding(hour[0][0].kw, hour[1][0].kw, unit, arena);
    const char *start = "";
    if (axis.low > 0.0) {
        start = number_format(arena, "; the axis starts at %s %s",
                              number_digits(arena, axis.low / unit.per_unit, 3), unit.name);
    }
    chart_open(out, "grid-duration", title,
               number_format(arena, "Power from the grid, all meters, %s, the %s sorted%s",
                             unit.name, chart_hours(a, arena), start));
    grid_plot(out, &axis, line[0], line[1], bins, title, hours_axis(a, arena));
    const char *heads[] = {"Hours, sorted", "together", "apart"};
    chart_table(out, heads, COUNT(heads));
    for (int r = 0; r < COUNT(shown_frac); r++) {
        int at = (int)(shown_frac[r] * (count - 1));
        double row[2] = {hour[0][at].kw / unit.per_unit, hour[1][at].kw / unit.per_unit};
        chart_row(out, row_name(a, shown_frac[r], arena), row, 2,
                  chart_decimals(peak_kw / unit.per_unit));
    }
    chart_table_end(out);
    chart_close(out,
                "Each line is sorted for itself: its left end is the highest hour, its right end "
                "the lowest.",
                "hourly.csv and hourly_apart.csv, columns grid_….rate_import_kw");
}

void chart_duration(const struct accounts *a, struct text_buffer *out) {
    heat_duration(a, out);
    grid_duration(a, out);
}
