/* A frontier for a mayor: what less of something costs, point by point, and where it gets dear. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/frontier.h"

#include <math.h>

#include "tell/json.h"
#include "tell/measures.h"
#include "tell/number.h"
#include "tell/page.h"

enum { DIFFERENCES = 4, DIGITS = 4 };

static const char *name_of(const struct frontier *f) { return held_figure_kind(f->figure)->name; }

static const char *value_at(const struct frontier *f, int k, struct arena *arena) {
    return measures_amount(f->held, f->measure, frontier_value(f, k), DIGITS, arena);
}

static const char *money_at(const struct frontier *f, int k, struct arena *arena) {
    return measures_amount(f->held, HELD_COST, frontier_money(f, k), DIGITS, arena);
}

static double to_year_ratio(const struct frontier *f) {
    return held_scale_ratio(f->held, HELD_COST);
}

const char *frontier_more(const struct frontier *f, int k, struct arena *arena) {
    if (k == 0) {
        return "the cheapest";
    }
    double more_money = frontier_money(f, k) - frontier_money(f, 0);
    double percent = 100.0 * more_money / fabs(frontier_money(f, 0));
    return number_format(
        arena, "%s (%s %%)",
        number_money(arena, f->plan->scenario->currency, more_money * to_year_ratio(f), true),
        number_signed(arena, percent, 2));
}

static const char *price_words(const struct frontier *f, double price_money, struct arena *arena) {
    struct measures_price price = measures_price(f->held, f->measure, price_money);
    return number_format(arena, "%s per %s",
                         number_money(arena, f->plan->scenario->currency, price.per_money, false),
                         price.per);
}

const char *frontier_price(const struct frontier *f, int k, struct arena *arena) {
    double price_money = f->points[k].limit_price_money;
    return isnan(price_money) ? "\u2013" : price_words(f, price_money, arena);
}

const char *frontier_way(const struct frontier *f, int k, struct arena *arena) {
    return k == 0 ? ""
                  : price_words(f,
                                (frontier_money(f, k) - frontier_money(f, k - 1)) /
                                    (frontier_value(f, k - 1) - frontier_value(f, k)),
                                arena);
}

const char *frontier_step(const struct frontier *f, int k, struct arena *arena) {
    return k == 0 ? ""
                  : measures_difference(f->held, f->points[k].value, f->points[k - 1].value, NULL,
                                        DIFFERENCES, arena);
}

const char *frontier_headline(const struct frontier *f, struct arena *arena) {
    if (f->measure < 0) {
        return number_format(arena, "Nothing in this plan moves what is asked for: %s.",
                             name_of(f));
    }
    int last = f->points_count - 1;
    if (f->flat) {
        return number_format(arena,
                             "The cheapest plan, %s, has the least already: %s %s. There is "
                             "nothing to trade.",
                             money_at(f, 0, arena), name_of(f), value_at(f, 0, arena));
    }
    double less_frac = 1.0 - frontier_value(f, last) / frontier_value(f, 0);
    return number_format(arena,
                         "Cost against %s: %s at the least cost, %s; %s at the least, %s %% less, "
                         "for %s.",
                         name_of(f), value_at(f, 0, arena), money_at(f, 0, arena),
                         value_at(f, last, arena), number_digits(arena, 100.0 * less_frac, 3),
                         frontier_more(f, last, arena));
}

const char *frontier_knee(const struct frontier *f, struct arena *arena) {
    if (f->measure < 0 || f->flat) {
        return "";
    }
    if (f->knee < 0) {
        return "There is no knee: the curve is nearly straight from end to end.";
    }
    int last = f->points_count - 1;
    double all = frontier_value(f, 0) - frontier_value(f, last);
    double all_money = frontier_money(f, last) - frontier_money(f, 0);
    double part = (frontier_value(f, 0) - frontier_value(f, f->knee)) / all;
    double part_money = (frontier_money(f, f->knee) - frontier_money(f, 0)) / all_money;
    return number_format(
        arena,
        "The knee is point %d: %s %% of all that can be saved for %s %% of what all of it would "
        "cost; what follows is dearer, %s on the way to the next. It is the point furthest below "
        "the "
        "straight line from end to end, both axes scaled to their spans.",
        f->knee + 1, number_digits(arena, 100.0 * part, 2),
        number_digits(arena, 100.0 * part_money, 2), frontier_way(f, f->knee + 1, arena));
}

const char *frontier_sureness(const struct frontier *f, struct arena *arena) {
    return f->measure < 0 || f->flat
               ? ""
               : number_format(
                     arena,
                     "Between the points the curve lies on or below the straight lines, by at most "
                     "%s a year. Each point is the best plan at its price, on top of all prices "
                     "that the scenario has: more of the figure would be dearer to save there. In "
                     "brackets stands what was before.",
                     number_money(arena, f->plan->scenario->currency,
                                  f->chord_money * to_year_ratio(f), false));
}

/* ---- the terminal ---- */

void frontier_words(const struct frontier *f, bool utf8, struct text_buffer *out) {
    struct page page = {out, out->arena, false, utf8};
    struct arena *arena = out->arena;
    page_wrap(&page, page_plain(&page, frontier_headline(f, arena)), 0, 0);
    for (int k = 0; k < f->points_count; k++) {
        const char *step = frontier_step(f, k, arena);
        text_add(out, "\n");
        const char *line = number_format(arena, "%d. %s, %s, %s", k + 1, value_at(f, k, arena),
                                         money_at(f, k, arena), frontier_more(f, k, arena));
        if (k > 0) {
            line = number_format(arena, "%s; the way here %s.", line, frontier_way(f, k, arena));
        }
        page_wrap(&page, page_plain(&page, line), 0, 3);
        if (*step) {
            text_add(out, "   ");
            page_wrap(&page, page_plain(&page, number_format(arena, "Now %s.", step)), 3, 3);
        }
    }
    const char *const words[] = {frontier_knee(f, arena), frontier_sureness(f, arena),
                                 f->measure < 0 ? "" : measures_method(f->held, arena)};
    for (int k = 0; k < COUNT(words); k++) {
        if (*words[k]) {
            text_add(out, "\n");
            page_wrap(&page, page_plain(&page, words[k]), 0, 0);
        }
    }
}

/* ---- files ---- */

static void add_point(const struct frontier *f, int k, struct text_buffer *out) {
    const struct held_answer *point = &f->points[k];
    struct measures_price price = measures_price(f->held, f->measure, point->limit_price_money);
    text_add(out, "{");
    measures_json_member(out, price.key, price.key_money, true);
    text_add(out, "\n      \"proof\": ");
    measures_json_proof(point, to_year_ratio(f), out);
    text_add(out, ",\n      \"values\": ");
    measures_json_values(f->held, point->value, out);
    text_add(out, "}");
}

void frontier_json(const struct frontier *f, struct text_buffer *out) {
    text_add(out, "{\n  \"against\": ");
    json_add_text(out, held_figure_kind(f->figure)->key);
    text_add(out, ",\n  ");
    measures_json_member(out, "chord_money_year",
                         f->measure < 0 ? (double)NAN : f->chord_money * to_year_ratio(f), false);
    text_add(out, ",\n  \"currency\": ");
    json_add_text(out, f->plan->scenario->currency);
    text_add_format(out, ",\n  \"flat\": %s,\n  \"hearth_frontier\": 1,\n  \"knee\": ",
                    f->flat ? "true" : "false");
    json_add_number(out, f->knee < 0 ? (double)NAN : f->knee + 1.0);
    text_add(out, ",\n  \"name\": ");
    json_add_text(out, f->plan->scenario->name);
    text_add(out, ",\n  \"points\": [");
    for (int k = 0; k < f->points_count; k++) {
        text_add(out, k ? ",\n    " : "\n    ");
        add_point(f, k, out);
    }
    text_add_format(out, "],\n  \"questions\": %ld\n}\n", f->questions_count);
}

void frontier_csv(const struct frontier *f, struct text_buffer *out) {
    text_add(out, "point");
    if (f->measure >= 0) {
        measures_csv_heads(f->held, out);
        text_add_format(out, ",simulated_money_year,%s",
                        measures_price(f->held, f->measure, 0.0).key);
    }
    text_add(out, "\n");
    for (int k = 0; k < f->points_count; k++) {
        const double more[] = {
            f->points[k].simulated_money * to_year_ratio(f),
            measures_price(f->held, f->measure, f->points[k].limit_price_money).key_money};
        text_add_format(out, "%d", k + 1);
        measures_csv_values(f->held, f->points[k].value, out);
        for (int c = 0; c < COUNT(more); c++) {
            text_add(out, ",");
            measures_csv_number(out, more[c]);
        }
        text_add(out, "\n");
    }
}

enum status frontier_folder(const struct frontier *f, struct diag *diag, const char *path,
                            struct arena *arena) {
    struct text_buffer page, json, csv;
    text_buffer_init(&page, arena);
    text_buffer_init(&json, arena);
    text_buffer_init(&csv, arena);
    frontier_html(f, &page);
    frontier_json(f, &json);
    frontier_csv(f, &csv);
    const struct measures_file file[] = {
        {"report.html", &page}, {"frontier.json", &json}, {"frontier.csv", &csv}};
    return measures_folder(diag, path, file, COUNT(file), arena);
}
