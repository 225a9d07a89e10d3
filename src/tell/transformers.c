/* Transformers, told. The load of an hour stands for its quarters; oil and winding follow by the difference equations
   from the steady state of the first. Ratings are the largest peak within the limits of normal cyclic loading on the
   hottest day's mean temperature: of a load that never rests, and of the day that others have without the plan's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/transformers.h"

#include <math.h>
#include <string.h>

#include "base/series.h"
#include "physics/transformer.h"
#include "tell/chart.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/json.h"
#include "tell/number.h"

enum { QUARTER_MIN = 15, DAY_STEPS = 96 };
static const enum plan_case shown[] = {CASE_APART, CASE_TOGETHER};

struct aged {
    bool known;
    struct transformer_run run;
    double ageing_ratio, beyond_h, life_year;
};
struct told {
    struct aged aged[CASES];
    double continuous_kw, cyclic_kw; /* cyclic: NaN without others' load */
};

bool transformers_any(const struct accounts *a) {
    for (int m = 0; m < a->scenario->meters_count; m++) {
        if (a->scenario->meters[m].transformer) {
            return true;
        }
    }
    return false;
}

static double other_kw(const struct meter_transformer *t, int step) {
    return t->other_by_step_kw ? t->other_by_step_kw[step] : t->other_kw;
}

static enum status age(const struct accounts *a, enum plan_case kind, const struct meter *meter,
                       struct arena *arena, struct aged *ret) {
    const struct hours *hours = a->plan->hours;
    const struct flow *grid = &a->plan->cases[kind].flow[meter->grid];
    const struct meter_transformer *t = meter->transformer;
    int parts = (int)(hours->step_h * 60.0 / QUARTER_MIN + 0.5), steps = hours->horizon_count;
    double *load_ratio = ARENA_TAKE(arena, double, (size_t)steps *(size_t)parts),
           *ambient_c = ARENA_TAKE(arena, double, (size_t)steps *(size_t)parts);
    if (!load_ratio || !ambient_c) {
        return STATUS_NO_MEMORY;
    }
    for (int s = 0; s < steps; s++) {
        double kw = other_kw(t, s);
        for (int m = 0; grid->included && m < grid->modes; m++) {
            kw += m == 0 ? grid->rate_kw[m][s] : -grid->rate_kw[m][s];
        }
        for (int k = 0; k < parts; k++) {
            load_ratio[s * parts + k] = fabs(kw) / t->power_factor_ratio / t->rating_kva;
            ambient_c[s * parts + k] = hours->outdoor_c[s];
        }
    }
    struct transformer_thermal thermal =
        transformer_thermal_of((enum transformer_kind)t->kind, t->loss_ratio);
    ret->run = transformer_year(&thermal, load_ratio, ambient_c, steps * parts, QUARTER_MIN,
                                t->upgraded, NULL, NULL);
    ret->known = true;
    ret->ageing_ratio = ret->run.aged_h / (steps * hours->step_h);
    ret->beyond_h = ret->run.beyond_count * QUARTER_MIN / 60.0;
    ret->life_year =
        TRANSFORMER_LIFE_H / (ret->ageing_ratio * calendar_year_h(&a->scenario->calendar));
    return STATUS_OK;
}

/* Mean of the day of the horizon that is hottest. */
static double hottest_day_c(const struct hours *hours) {
    int day = (int)(24.0 / hours->step_h + 0.5);
    double hottest_c = -HUGE_VAL;
    for (int s = 0; s + day <= hours->horizon_count; s += day) {
        hottest_c = fmax(hottest_c, series_sum(hours->outdoor_c + s, day) / day);
    }
    return hottest_c;
}

static double rating_kw(const struct meter_transformer *t, const double *shape_ratio, int count,
                        double ambient_c) {
    struct transformer_thermal thermal =
        transformer_thermal_of((enum transformer_kind)t->kind, t->loss_ratio);
    return t->rating_kva * t->power_factor_ratio *
           transformer_rating_ratio(&thermal, shape_ratio, count, ambient_c,
                                    TRANSFORMER_HOT_SPOT_LIMIT_C, TRANSFORMER_OIL_LIMIT_C,
                                    TRANSFORMER_LOAD_LIMIT_RATIO);
}

/* The mean day of others, its highest quarter 1; false where they draw nothing. */
static bool others_day(const struct accounts *a, const struct meter_transformer *t,
                       double ret_ratio[DAY_STEPS]) {
    const struct hours *hours = a->plan->hours;
    int parts = (int)(hours->step_h * 60.0 / QUARTER_MIN + 0.5);
    double most = 0.0;
    memset(ret_ratio, 0, DAY_STEPS * sizeof *ret_ratio);
    for (int s = 0; s < hours->horizon_count; s++) {
        for (int k = 0; k < parts; k++) {
            ret_ratio[(s * parts + k) % DAY_STEPS] += other_kw(t, s);
        }
    }
    for (int k = 0; k < DAY_STEPS; k++) {
        most = fmax(most, ret_ratio[k]);
    }
    for (int k = 0; most > 0.0 && k < DAY_STEPS; k++) {
        ret_ratio[k] /= most;
    }
    return most > 0.0;
}

static enum status tell_of(const struct accounts *a, const struct meter *meter, struct told *ret) {
    double day_ratio[DAY_STEPS], flat_ratio[DAY_STEPS], hottest_c = hottest_day_c(a->plan->hours);
    struct arena *scratch = arena_new(0);
    enum status status = scratch ? STATUS_OK : STATUS_NO_MEMORY;
    memset(ret, 0, sizeof *ret);
    for (int k = 0; k < COUNT(shown) && status == STATUS_OK; k++) {
        status = age(a, shown[k], meter, scratch, &ret->aged[shown[k]]);
    }
    arena_free(scratch);
    for (int k = 0; k < DAY_STEPS; k++) {
        flat_ratio[k] = 1.0;
    }
    ret->continuous_kw = rating_kw(meter->transformer, flat_ratio, DAY_STEPS, hottest_c);
    ret->cyclic_kw = others_day(a, meter->transformer, day_ratio)
                         ? rating_kw(meter->transformer, day_ratio, DAY_STEPS, hottest_c)
                         : (double)NAN;
    return status;
}

/* ---- JSON ---- */

static void add_pair(struct text_buffer *out, const char *before, const char *key, double value) {
    text_add_format(out, "%s\"%s\": ", before, key);
    json_add_number(out, value);
}

static void add_case(struct text_buffer *out, enum plan_case kind, const struct aged *aged) {
    text_add_format(out, "\"%s\": ", case_name(kind));
    add_pair(out, "{", "ageing_ratio", aged->ageing_ratio);
    add_pair(out, ", ", "beyond_h", aged->beyond_h);
    add_pair(out, ", ", "hot_spot_highest_c", aged->run.hot_spot_highest_c);
    add_pair(out, ", ", "life_year", aged->life_year);
    add_pair(out, ", ", "load_highest_ratio", aged->run.load_highest_ratio);
    add_pair(out, ", ", "oil_highest_c", aged->run.oil_highest_c);
    text_add(out, "}");
}

enum status transformers_json(const struct accounts *a, struct text_buffer *out) {
    int count = 0;
    text_add(out, "  \"transformers\": [");
    for (int m = 0; m < a->scenario->meters_count; m++) {
        const struct meter *meter = &a->scenario->meters[m];
        struct told told;
        if (!meter->transformer) {
            continue;
        }
        TRY(tell_of(a, meter, &told));
        text_add(out, count++ ? ",\n    {" : "\n    {");
        add_case(out, CASE_APART, &told.aged[CASE_APART]);
        add_pair(out, ",\n      ", "continuous_kw", told.continuous_kw);
        add_pair(out, ", ", "cyclic_kw", told.cyclic_kw);
        text_add(out, ", \"meter\": ");
        json_add_text(out, meter->name);
        add_pair(out, ", ", "rating_kva", meter->transformer->rating_kva);
        text_add(out, ",\n      ");
        add_case(out, CASE_TOGETHER, &told.aged[CASE_TOGETHER]);
        text_add(out, "}");
    }
    text_add(out, "]");
    return STATUS_OK;
}

/* ---- words ---- */

enum status transformers_terminal(const struct accounts *a, struct page *page) {
    for (int m = 0; m < a->scenario->meters_count; m++) {
        const struct meter *meter = &a->scenario->meters[m];
        struct told told;
        if (!meter->transformer) {
            continue;
        }
        TRY(tell_of(a, meter, &told));
        const struct aged *aged = &told.aged[CASE_TOGETHER];
        bool well = aged->beyond_h == 0.0 && aged->ageing_ratio <= 1.0;
        text_add(page->out, figures_sign(well ? RULE_PASS : RULE_RISK, page->utf8));
        text_add(page->out, " ");
        page_wrap(
            page,
            page_plain(page,
                       number_format(
                           page->arena,
                           "transformer of %s: up to %s %% of its rating, hot spot %s °C, ages at "
                           "%s times its design rate, %s h beyond normal cyclic limits",
                           meter->name,
                           number_digits(page->arena, 100.0 * aged->run.load_highest_ratio, 3),
                           number_digits(page->arena, aged->run.hot_spot_highest_c, 3),
                           number_digits(page->arena, aged->ageing_ratio, 2),
                           number_digits(page->arena, aged->beyond_h, 3))),
            2, 4);
    }
    return STATUS_OK;
}

static void add_row(const struct accounts *a, struct text_buffer *out, enum plan_case kind,
                    const struct aged *aged) {
    struct arena *arena = out->arena;
    (void)a;
    text_add_format(out, "<tr><th>%s</th>", case_name(kind));
    const char *cells[] = {
        number_format(arena, "%s %%",
                      number_digits(arena, 100.0 * aged->run.load_highest_ratio, 3)),
        number_format(arena, "%s °C", number_digits(arena, aged->run.oil_highest_c, 3)),
        number_format(arena, "%s °C", number_digits(arena, aged->run.hot_spot_highest_c, 3)),
        number_digits(arena, aged->ageing_ratio, 2),
        aged->life_year > 1000.0 ? "above 1000" : number_digits(arena, aged->life_year, 3),
        number_digits(arena, aged->beyond_h, 3)};
    for (int k = 0; k < COUNT(cells); k++) {
        text_add(out, "<td>");
        html_words(out, cells[k]);
        text_add(out, "</td>");
    }
    text_add(out, "</tr>\n");
}

enum status transformers_html(const struct accounts *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    if (!transformers_any(a)) {
        return STATUS_OK;
    }
    text_add(out,
             "<section class=\"full\" id=\"transformers\"><h2>Transformers: warm and old.</h2>\n");
    for (int m = 0; m < a->scenario->meters_count; m++) {
        const struct meter *meter = &a->scenario->meters[m];
        struct told told;
        if (!meter->transformer) {
            continue;
        }
        TRY(tell_of(a, meter, &told));
        text_add(out, "<table><caption>");
        html_words(out,
                   number_format(arena, "%s, %s MVA", chart_plain(meter->name, arena),
                                 number_digits(arena, meter->transformer->rating_kva / 1e3, 3)));
        text_add(out, "</caption><tr><th></th><th>Highest load</th><th>Oil</th><th>Hot spot</th>"
                      "<th>Ageing, design rate is 1</th><th>Life at it, years</th><th>Hours beyond "
                      "normal cyclic limits</th></tr>\n");
        add_row(a, out, CASE_APART, &told.aged[CASE_APART]);
        add_row(a, out, CASE_TOGETHER, &told.aged[CASE_TOGETHER]);
        text_add(out, "</table><p class=\"note\">");
        html_words(
            out, number_format(arena,
                               "On its hottest day it carries %s MW day and night%s. A life of "
                               "180 000 h is the standard’s convention, no forecast.",
                               number_digits(arena, told.continuous_kw / 1e3, 3),
                               isnan(told.cyclic_kw)
                                   ? ""
                                   : number_format(arena,
                                                   ", and peaks of %s MW of the day that others "
                                                   "have: a load that never rests leaves no "
                                                   "night to cool",
                                                   number_digits(arena, told.cyclic_kw / 1e3, 3))));
        text_add(out, "</p>\n");
    }
    text_add(out, "</section>\n");
    return STATUS_OK;
}
