/* What frontiers and alternatives share when they are told. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/measures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/units.h"
#include "report_css.h"
#include "tell/html.h"
#include "tell/json.h"
#include "tell/number.h"

static const double differs_frac = 0.05; /* less is no difference worth a word */
static const double hardly_ratio = 1e-3;
static const double nothing = 1e-9;
enum { DIGITS = 3 };

const char *measures_name(const struct held *held, int m, struct arena *arena) {
    const struct measure *it = &held->measures[m];
    if (it->kind == MEASURE_COST) {
        return "cost";
    }
    return it->kind == MEASURE_FIGURE
               ? held_figure_kind((enum held_figure)it->index)->name
               : number_format(arena, "%s%s", held->plan->scenario->instances[it->index].name,
                               it->second ? " (power)" : "");
}

/* 1 234 567 kWh as "1.23 GWh". */
static const char *scaled(double value, const char *const unit[3], int digits,
                          struct arena *arena) {
    double size = fabs(value);
    int step = size >= 999.5e3 ? 2 : size >= 999.5 ? 1 : 0;
    static const double by[3] = {1.0, 1e3, 1e6};
    return number_format(arena, "%s %s", number_digits(arena, value / by[step], digits),
                         unit[step]);
}

static const char *figure_amount(const struct held *held, enum held_figure figure, double value,
                                 int digits, struct arena *arena) {
    static const char *const energy[3] = {"kWh", "MWh", "GWh"}, *const power[3] = {"kW", "MW",
                                                                                   "GW"};
    static const char *const mass[3] = {"kg", "t", "kt"};
    switch (figure) {
    case FIGURE_CARBON:
        return number_format(arena, "%s a year", scaled(value, mass, digits, arena));
    case FIGURE_WATER:
        return number_format(arena, "%s m³ a year", number_digits(arena, value, digits));
    case FIGURE_PEAK:
        return scaled(value, power, digits, arena);
    case FIGURE_IMPORT:
    case FIGURE_GENERATION:
    case FIGURE_FUEL:
    case FIGURE_REUSED:
        return number_format(arena, "%s a year", scaled(value, energy, digits, arena));
    case FIGURE_INVESTMENT:
        return number_money(arena, held->plan->scenario->currency, value, false);
    case FIGURES:
        break;
    }
    return "";
}

const char *measures_amount(const struct held *held, int m, double value, int digits,
                            struct arena *arena) {
    static const char *const energy[3] = {"kWh", "MWh", "GWh"}, *const power[3] = {"kW", "MW",
                                                                                   "GW"};
    const struct measure *it = &held->measures[m];
    value *= held_scale_ratio(held, m);
    if (isnan(value)) {
        return "\u2013";
    }
    if (it->kind != MEASURE_COST && fabs(value) < nothing) {
        return "none";
    }
    if (it->kind == MEASURE_COST) {
        return number_format(arena, "%s a year",
                             number_money(arena, held->plan->scenario->currency, value, false));
    }
    if (it->kind == MEASURE_FIGURE) {
        return figure_amount(held, (enum held_figure)it->index, value, digits, arena);
    }
    const struct component *kind = held->plan->scenario->instances[it->index].kind;
    const struct unit *unit = units_of_name(it->second ? kind->capacity2 : kind->capacity);
    const char *symbol = unit ? unit->symbol : "";
    return strcmp(symbol, "kW") == 0 ? scaled(value, power, digits, arena)
           : strcmp(symbol, "kWh") == 0
               ? scaled(value, energy, digits, arena)
               : number_format(arena, "%s %s", number_digits(arena, value, digits), symbol);
}

struct measures_price measures_price(const struct held *held, int m, double price_money) {
    double year_money = price_money * held_scale_ratio(held, HELD_COST) / held_scale_ratio(held, m);
    switch ((enum held_figure)held->measures[m].index) {
    case FIGURE_CARBON:
        return (struct measures_price){"t", "price_money_kg", year_money, 1000.0 * year_money};
    case FIGURE_WATER:
        return (struct measures_price){"m³", "price_money_m3", year_money, year_money};
    case FIGURE_PEAK:
    case FIGURE_IMPORT:
    case FIGURE_GENERATION:
    case FIGURE_FUEL:
    case FIGURE_REUSED:
    case FIGURE_INVESTMENT:
    case FIGURES:
        break;
    }
    return (struct measures_price){"kW and year", "price_money_kw_year", year_money, year_money};
}

/* ---- what differs ---- */

struct difference {
    int measure;
    double share_frac; /* of the largest of both, or of all */
};

static int largest_first(const void *a, const void *b) {
    const struct difference *one = a, *two = b;
    double by_frac = two->share_frac - one->share_frac;
    return by_frac > 0.0 ? 1 : by_frac < 0.0 ? -1 : one->measure - two->measure;
}

/* Hardly any beside the other is none. */
static const char *beside(const struct held *held, int m, double value, double other,
                          struct arena *arena) {
    bool none = fabs(value) < hardly_ratio * fabs(other);
    return measures_amount(held, m, none ? 0.0 : value, DIGITS, arena);
}

static int differences(const struct held *held, enum measure_kind kind, const double *value,
                       const double *other, const double *most_value, struct difference *ret) {
    int count = 0;
    for (int m = 1; m < held->measures_count; m++) {
        double most = fmax(fabs(value[m]), fabs(other[m]));
        most = most_value && isfinite(most_value[m]) ? fmax(most, fabs(most_value[m])) : most;
        double share_frac = most > 0.0 ? fabs(value[m] - other[m]) / most : 0.0;
        if (held->measures[m].kind == kind && share_frac > differs_frac) {
            ret[count++] = (struct difference){m, share_frac};
        }
    }
    qsort(ret, (size_t)count, sizeof *ret, largest_first);
    return count;
}

const char *measures_difference(const struct held *held, const double *value, const double *other,
                                const double *most_value, int most, struct arena *arena) {
    static const enum measure_kind kinds[] = {MEASURE_CAPACITY, MEASURE_FIGURE};
    struct difference *found = ARENA_TAKE(arena, struct difference, held->measures_count);
    struct text_buffer words;
    text_buffer_init(&words, arena);
    text_add(&words, "");
    for (int k = 0; found && k < COUNT(kinds); k++) {
        int count = differences(held, kinds[k], value, other, most_value, found);
        for (int d = 0; d < count && d < most; d++) {
            int m = found[d].measure;
            text_add_format(&words, "%s%s %s (%s)",
                            words.size == 0 ? ""
                            : d == 0        ? "; "
                                            : ", ",
                            measures_name(held, m, arena),
                            beside(held, m, value[m], other[m], arena),
                            beside(held, m, other[m], value[m], arena));
        }
    }
    return words.data ? words.data : "";
}

/* ---- CSV and JSON ---- */

void measures_csv_number(struct text_buffer *out, double value) {
    char text[TEXT_NUMBER_SIZE];
    if (isfinite(value)) {
        (void)text_from_number(text, value);
        text_add(out, text);
    }
}

void measures_csv_heads(const struct held *held, struct text_buffer *out) {
    for (int m = 0; m < held->measures_count; m++) {
        text_add_format(out, ",%s", held_measure_key(held, m, out->arena));
    }
}

void measures_csv_values(const struct held *held, const double *value, struct text_buffer *out) {
    for (int m = 0; m < held->measures_count; m++) {
        text_add(out, ",");
        measures_csv_number(out, value[m] * held_scale_ratio(held, m));
    }
}

void measures_json_member(struct text_buffer *out, const char *key, double value, bool more) {
    json_add_text(out, key);
    text_add(out, ": ");
    json_add_number(out, value);
    text_add(out, more ? ", " : "");
}

void measures_json_values(const struct held *held, const double *value, struct text_buffer *out) {
    text_add(out, "{");
    for (int m = 0; m < held->measures_count; m++) {
        measures_json_member(out, held_measure_key(held, m, out->arena),
                             value[m] * held_scale_ratio(held, m), m + 1 < held->measures_count);
    }
    text_add(out, "}");
}

void measures_json_proof(const struct held_answer *answer, double to_year_ratio,
                         struct text_buffer *out) {
    const struct certificate *certificate = &answer->certificate;
    text_add(out, "{");
    text_add_format(out, "\"audit_passed\": %s, ", answer->audit.passed ? "true" : "false");
    measures_json_member(out, "balance_residual_ratio", answer->audit.balance_residual_ratio, true);
    text_add_format(out, "\"certificate_passed\": %s, ", certificate->passed ? "true" : "false");
    measures_json_member(out, "dual_residual_ratio", certificate->dual_residual_ratio, true);
    measures_json_member(out, "gap_ratio", certificate->gap_ratio, true);
    measures_json_member(out, "objective_money_year", answer->objective_money * to_year_ratio,
                         true);
    measures_json_member(out, "primal_residual_ratio", certificate->primal_residual_ratio, true);
    measures_json_member(out, "simulated_money_year", answer->simulated_money * to_year_ratio,
                         false);
    text_add(out, "}");
}

/* ---- pages ---- */

void measures_page_open(const struct held *held, const char *title, struct text_buffer *out) {
    text_add(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>");
    html_text(out, held->plan->scenario->name);
    text_add(out, "</title><meta name=\"viewport\" content=\"width=device-width\"/><style>");
    text_add(out, report_css);
    text_add(out, "</style></head><body><main><section class=\"full\"><h1>");
    html_words(out, number_format(out->arena, "%s: %s", held->plan->scenario->name, title));
    text_add(out, "</h1>\n");
}

void measures_page_close(struct text_buffer *out) {
    text_add(out, "</section></main></body></html>\n");
}

void measures_page_words(struct text_buffer *out, const char *style, const char *words) {
    if (*words) {
        text_add_format(out, "<p%s>", style);
        html_words(out, words);
        text_add(out, "</p>\n");
    }
}

const char *measures_method(const struct held *held, struct arena *arena) {
    return number_format(
        arena,
        "Every plan told here serves every hour of the joint case; its optimum has passed the "
        "certificate, its books the audit. Cost is all that leaves the parties, as in the plan of "
        "%s; prices per kW, losses, temperatures and what is built at once are that plan's, and "
        "each plan was simulated once with its own sizes.",
        held->plan->scenario->name);
}

enum status measures_folder(struct diag *diag, const char *path, const struct measures_file *file,
                            int count, struct arena *arena) {
    for (int k = 0; k < count; k++) {
        TRY(file[k].text->failed ? STATUS_NO_MEMORY : STATUS_OK);
    }
    TRY(file_make_folder(diag, path));
    for (int k = 0; k < count; k++) {
        const char *name = arena_format(arena, "%s/%s", path, file[k].name);
        TRY(name ? STATUS_OK : STATUS_NO_MEMORY);
        TRY(file_write(diag, name, file[k].text->data, file[k].text->size));
    }
    return STATUS_OK;
}
