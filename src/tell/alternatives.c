/* Near-optimal plans for a mayor: what must be, what may be chosen, and a few whole plans that differ. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/alternatives.h"

#include <math.h>
#include <string.h>

#include "tell/json.h"
#include "tell/measures.h"
#include "tell/number.h"
#include "tell/page.h"

static const double no_more_ratio = 1e-6; /* apart costs as much: there is nothing to integrate */
enum { DIFFERENCES = 5, DIGITS = 3 };

static double to_year_ratio(const struct alternatives *a) {
    return held_scale_ratio(a->held, HELD_COST);
}

static const char *money_year(const struct alternatives *a, double money, bool sign,
                              struct arena *arena) {
    return number_money(arena, a->plan->scenario->currency, money * to_year_ratio(a), sign);
}

static const char *more_percent(const struct alternatives *a, double money, struct arena *arena) {
    double percent = 100.0 * (money - a->cheapest_money) / fabs(a->cheapest_money);
    return number_signed(arena, fabs(percent) < 0.005 ? 0.0 : percent, 3);
}

const char *alternatives_headline(const struct alternatives *a, struct arena *arena) {
    return number_format(arena,
                         "The cheapest plan costs %s a year. With up to %s %% more, %s, there is "
                         "this much choice:",
                         money_year(a, a->cheapest_money, false, arena),
                         number_digits(arena, 100.0 * a->within_frac, 3),
                         money_year(a, a->budget_money - a->cheapest_money, false, arena));
}

const char *alternatives_apart(const struct alternatives *a, struct arena *arena) {
    double more_money = a->apart_money - a->cheapest_money;
    if (isnan(more_money) || fabs(more_money) <= no_more_ratio * fabs(a->cheapest_money)) {
        return "";
    }
    return number_format(
        arena, "Not integrating data centre and town at all costs %s %%, which is %s the budget.",
        more_percent(a, a->apart_money, arena),
        a->apart_money <= a->budget_money ? "within" : "beyond");
}

const char *alternatives_unanswered(const struct alternatives *a, struct arena *arena) {
    return a->unanswered_count == 0
               ? ""
               : number_format(arena,
                               "%ld of %ld questions found no certified optimum: a dash stands "
                               "for them.",
                               a->unanswered_count, a->questions_count);
}

const char *alternatives_proven(const struct alternatives *a, struct arena *arena) {
    if (!isfinite(a->gap_ratio)) {
        return "";
    }
    return number_format(arena,
                         "Each end of a range is proven to %s %% of what counts of its figure, or "
                         "nearer; every one stands beside its bound in the files.",
                         number_digits(arena, 100.0 * a->gap_ratio, 2));
}

const char *alternatives_range(const struct alternatives *a, int m, struct arena *arena) {
    const struct range *range = &a->ranges[m];
    const char *least = measures_amount(a->held, m, range->least_value, DIGITS, arena);
    const char *most = measures_amount(a->held, m, range->most_value, DIGITS, arena);
    bool capacity = a->held->measures[m].kind == MEASURE_CAPACITY;
    if (range->unbounded) {
        return number_format(arena, "%s or more: it costs nothing", least);
    }
    if (capacity && range->kind == RANGE_NEVER) {
        return "none";
    }
    if (isnan(range->most_value)) {
        return number_format(arena, "%s or more", least);
    }
    return strcmp(least, most) == 0 ? least : number_format(arena, "%s to %s", least, most);
}

const char *alternatives_verdict(const struct alternatives *a, int m) {
    static const char *const words[] = {[RANGE_MUST] = "must be",
                                        [RANGE_MAY_GO] = "may be left out",
                                        [RANGE_MAY_COME] = "may be added",
                                        [RANGE_NEVER] = "in no such plan"};
    return a->held->measures[m].kind == MEASURE_CAPACITY ? words[a->ranges[m].kind] : "";
}

/* Against the largest of all plans, so that small plant is told as small. */
static const double *largest(const struct alternatives *a, struct arena *arena) {
    double *most = ARENA_TAKE(arena, double, a->held->measures_count);
    for (int m = 0; most && m < a->held->measures_count; m++) {
        bool capacity = a->held->measures[m].kind == MEASURE_CAPACITY;
        most[m] = capacity && !a->ranges[m].unbounded ? a->ranges[m].most_value : (double)NAN;
    }
    return most;
}

const char *alternatives_difference(const struct alternatives *a, int k, struct arena *arena) {
    const struct held_answer *answer = &a->alternative[k].answer;
    const char *words = measures_difference(a->held, answer->value, a->cheapest.value,
                                            largest(a, arena), DIFFERENCES, arena);
    return number_format(
        arena, "%s a year, %s %%; simulated %s %%. In brackets the cheapest plan: %s.",
        money_year(a, answer->objective_money, false, arena),
        more_percent(a, answer->objective_money, arena),
        number_signed(arena,
                      100.0 * (answer->simulated_money - a->cheapest.simulated_money) /
                          fabs(a->cheapest.simulated_money),
                      3),
        words);
}

/* ---- the terminal ---- */

static void add_ranges(const struct alternatives *a, struct page *page, enum measure_kind kind) {
    struct arena *arena = page->arena;
    for (int m = 1; m < a->held->measures_count; m++) {
        if (a->held->measures[m].kind != kind) {
            continue;
        }
        const char *verdict = alternatives_verdict(a, m);
        page_wrap(
            page,
            page_plain(page,
                       number_format(
                           arena, "%s: %s; the cheapest plan %s%s%s.",
                           measures_name(a->held, m, arena), alternatives_range(a, m, arena),
                           measures_amount(a->held, m, a->ranges[m].cheapest_value, DIGITS, arena),
                           *verdict ? "; " : "", verdict)),
            0, 4);
    }
}

void alternatives_words(const struct alternatives *a, bool utf8, struct text_buffer *out) {
    struct page page = {out, out->arena, false, utf8};
    struct arena *arena = out->arena;
    page_wrap(&page, page_plain(&page, alternatives_headline(a, arena)), 0, 0);
    text_add(out, "\n");
    add_ranges(a, &page, MEASURE_CAPACITY);
    text_add(out, "\n");
    add_ranges(a, &page, MEASURE_FIGURE);
    for (int k = 0; k < a->count; k++) {
        text_add(out, "\n");
        page_wrap(&page,
                  page_plain(&page, number_format(arena, "Alternative %d: %s", k + 1,
                                                  alternatives_difference(a, k, arena))),
                  0, 4);
    }
    if (a->count == 0) {
        text_add(out, "\nNo other plan within the budget is built much differently.\n");
    }
    const char *const words[] = {alternatives_apart(a, arena), alternatives_proven(a, arena),
                                 alternatives_unanswered(a, arena),
                                 measures_method(a->held, arena)};
    for (int k = 0; k < COUNT(words); k++) {
        if (*words[k]) {
            text_add(out, "\n");
            page_wrap(&page, page_plain(&page, words[k]), 0, 0);
        }
    }
}

/* ---- files ---- */

static const char *const kinds[] = {[RANGE_MUST] = "must",
                                    [RANGE_MAY_GO] = "may_go",
                                    [RANGE_MAY_COME] = "may_come",
                                    [RANGE_NEVER] = "never"};

static const char *kind_of(const struct alternatives *a, int m) {
    return a->held->measures[m].kind == MEASURE_CAPACITY ? kinds[a->ranges[m].kind] : "";
}

static void add_plan(const struct alternatives *a, const struct held_answer *answer,
                     const char *name, struct text_buffer *out) {
    text_add(out, "{\"name\": ");
    json_add_text(out, name);
    text_add(out, ",\n      \"proof\": ");
    measures_json_proof(answer, to_year_ratio(a), out);
    text_add(out, ",\n      \"values\": ");
    measures_json_values(a->held, answer->value, out);
    text_add(out, "}");
}

static void add_json_ranges(const struct alternatives *a, struct text_buffer *out) {
    text_add(out, ",\n  \"ranges\": {");
    for (int m = 0; m < a->held->measures_count; m++) {
        const struct range *range = &a->ranges[m];
        double scale = held_scale_ratio(a->held, m);
        text_add(out, m ? ",\n    " : "\n    ");
        json_add_text(out, held_measure_key(a->held, m, out->arena));
        text_add(out, ": {");
        measures_json_member(out, "bound", range->bound_value * scale, true);
        measures_json_member(out, "cheapest", range->cheapest_value * scale, true);
        text_add(out, "\"kind\": ");
        json_add_text(out, *kind_of(a, m) ? kind_of(a, m) : NULL);
        text_add(out, ", ");
        measures_json_member(out, "least", range->least_value * scale, true);
        measures_json_member(out, "least_bound", range->least_bound_value * scale, true);
        measures_json_member(out, "most", range->most_value * scale, false);
        text_add(out, "}");
    }
    text_add(out, "}");
}

void alternatives_json(const struct alternatives *a, struct text_buffer *out) {
    text_add(out, "{\n  \"alternatives\": [");
    for (int k = 0; k < a->count; k++) {
        text_add(out, k ? ",\n    " : "\n    ");
        add_plan(a, &a->alternative[k].answer, number_format(out->arena, "alternative %d", k + 1),
                 out);
    }
    text_add(out, "],\n  ");
    measures_json_member(out, "apart_money_year", a->apart_money * to_year_ratio(a), false);
    text_add(out, ",\n  ");
    measures_json_member(out, "budget_money_year", a->budget_money * to_year_ratio(a), false);
    text_add(out, ",\n  \"cheapest\": ");
    add_plan(a, &a->cheapest, "cheapest", out);
    text_add(out, ",\n  \"currency\": ");
    json_add_text(out, a->plan->scenario->currency);
    text_add(out, ",\n  ");
    measures_json_member(out, "gap_ratio", a->gap_ratio, false);
    text_add(out, ",\n  \"hearth_alternatives\": 1,\n  \"name\": ");
    json_add_text(out, a->plan->scenario->name);
    text_add_format(out, ",\n  \"questions\": %ld", a->questions_count);
    add_json_ranges(a, out);
    text_add_format(out, ",\n  \"solves\": %ld,\n  \"stalls\": %ld", a->solves_count,
                    a->stalls_count);
    text_add_format(out, ",\n  \"unanswered\": %ld,\n  ", a->unanswered_count);
    measures_json_member(out, "within_frac", a->within_frac, false);
    text_add(out, "\n}\n");
}

static void ranges_csv(const struct alternatives *a, struct text_buffer *out) {
    text_add(out, "measure,least_bound,least,cheapest,most,bound,kind\n");
    for (int m = 0; m < a->held->measures_count; m++) {
        const struct range *range = &a->ranges[m];
        const double value[] = {range->least_bound_value, range->least_value, range->cheapest_value,
                                range->most_value, range->bound_value};
        text_add(out, held_measure_key(a->held, m, out->arena));
        for (int c = 0; c < COUNT(value); c++) {
            text_add(out, ",");
            measures_csv_number(out, value[c] * held_scale_ratio(a->held, m));
        }
        text_add_format(out, ",%s\n", kind_of(a, m));
    }
}

static void plans_csv(const struct alternatives *a, struct text_buffer *out) {
    text_add(out, "plan");
    measures_csv_heads(a->held, out);
    text_add(out, ",simulated_money_year\n");
    for (int k = -1; k < a->count; k++) {
        const struct held_answer *answer = k < 0 ? &a->cheapest : &a->alternative[k].answer;
        text_add_format(out, "%d", k + 1);
        measures_csv_values(a->held, answer->value, out);
        text_add(out, ",");
        measures_csv_number(out, answer->simulated_money * to_year_ratio(a));
        text_add(out, "\n");
    }
}

enum status alternatives_folder(const struct alternatives *a, struct diag *diag, const char *path,
                                struct arena *arena) {
    struct text_buffer page, json, ranges, plans;
    text_buffer_init(&page, arena);
    text_buffer_init(&json, arena);
    text_buffer_init(&ranges, arena);
    text_buffer_init(&plans, arena);
    alternatives_html(a, &page);
    alternatives_json(a, &json);
    ranges_csv(a, &ranges);
    plans_csv(a, &plans);
    const struct measures_file file[] = {{"report.html", &page},
                                         {"alternatives.json", &json},
                                         {"ranges.csv", &ranges},
                                         {"alternatives.csv", &plans}};
    return measures_folder(diag, path, file, COUNT(file), arena);
}
