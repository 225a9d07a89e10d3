/* Alternatives side by side. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/comparison.h"

#include <math.h>
#include <string.h>

#include "components/cooling.h"
#include "tell/chart.h"
#include "tell/json.h"
#include "tell/number.h"

/* ---- words ---- */

enum { COLUMNS = 7 };
static const int width[COLUMNS] = {7, 9, 5, 7, 7, 9, 6};
static const char *const heads[COLUMNS] = {"total", "water", "heat", "PUE", "ERF", "cost", ""};
static const char *const units[COLUMNS] = {"GWh/a", "m³/a", "°C", "", "", "/a", ""};

/* Of methods the sound is told; of halls that differ the work they do. */
static bool tells_sound(const struct comparison *c) { return strcmp(c->key, "cooling") == 0; }

static const char *last_head(const struct comparison *c, int line) {
    return tells_sound(c) ? (line == 0 ? "sound" : "dB(A)") : line == 0 ? "work" : "GWh/a";
}

static const char *last_cell(const struct comparison *c, const struct comparison_row *row,
                             struct arena *arena) {
    if (!tells_sound(c)) {
        return number_digits(arena, row->together.service_kwh_year / 1e6, 3);
    }
    return isnan(row->sound_db) ? "?" : number_fixed(arena, row->sound_db, 0);
}

static void add_right(struct page *page, const char *text, int columns) {
    const char *plain = page_plain(page, text);
    page_pad(page, columns - page_columns(plain));
    text_add(page->out, plain);
}

static void add_left(struct page *page, const char *text, int columns) {
    const char *plain = page_plain(page, text);
    text_add(page->out, plain);
    page_pad(page, columns - page_columns(plain));
}

enum { NAME_COLUMNS = 28 };

static void add_figures(const struct comparison *c, const struct comparison_row *row,
                        struct page *page) {
    const struct metrics *m = &row->together;
    struct arena *arena = page->arena;
    const char *cells[COLUMNS] = {number_digits(arena, m->data_centre_kwh_year / 1e6, 3),
                                  number_digits(arena, m->data_centre_water_m3_year, 3),
                                  isnan(row->heat_c) ? "-" : number_fixed(arena, row->heat_c, 0),
                                  number_fixed(arena, m->pue_ratio, 3),
                                  number_fixed(arena, m->erf_ratio, 3),
                                  number_money(arena, c->currency, m->cost_money_year, false),
                                  last_cell(c, row, arena)};
    for (int k = 0; k < COLUMNS; k++) {
        add_right(page, cells[k], width[k]);
    }
    text_add(page->out, "\n");
}

static void add_ends(const struct comparison *c, struct page *page) {
    struct arena *arena = page->arena;
    if (c->best < 0) {
        page_wrap(page, "No row has a plan.", 0, 0);
    } else {
        const struct comparison_row *best = &c->rows[c->best];
        const char *cost = number_money(arena, c->currency, best->together.cost_money_year, false);
        const char *per_work = number_money(
            arena, c->currency,
            best->together.cost_money_year / best->together.service_kwh_year * 1000.0, false);
        page_wrap(
            page,
            number_format(
                arena,
                "Least cost%s: %s, %s%s. Total is all power of the data centre, heat the "
                "temperature handed over (or of the coolant's return), cost what the objective "
                "counts, %s.",
                c->same_work ? "" : " of the work done", best->title,
                c->same_work ? cost : per_work, c->same_work ? " a year" : "/MWh of it",
                tells_sound(c) ? "sound the power of what stands outdoors"
                               : "work that of busy servers, in servers of the first year"),
            0, 0);
    }
    text_add(page->out, "\n");
    if (c->year_frac < 1.0 - 1e-9) {
        text_add(page->out, "Scaled to a year from a part of it.\n");
    }
}

void comparison_text(const struct comparison *c, struct page *page) {
    struct arena *arena = page->arena;
    text_add(page->out, page_plain(page, c->name));
    text_add_format(page->out, ": %s\n\n", c->key);
    for (int line = 0; line < 2; line++) {
        add_left(page, line == 0 ? c->key : "", NAME_COLUMNS);
        for (int k = 0; k < COLUMNS; k++) {
            const char *head = line == 0 ? heads[k] : units[k];
            add_right(page, k == COLUMNS - 1 ? last_head(c, line) : head, width[k]);
        }
        text_add(page->out, "\n");
    }
    for (int r = 0; r < c->count; r++) {
        const struct comparison_row *row = &c->rows[r];
        add_left(page,
                 number_format(arena, "%s%s%s", r == c->best ? "* " : "  ",
                               number_short(arena, row->value, NAME_COLUMNS - 4),
                               row->as_written ? " =" : ""),
                 NAME_COLUMNS);
        if (row->status != STATUS_OK) {
            page_pad(page, 2);
            page_wrap(page, number_format(arena, "no plan: %s", row->reason), NAME_COLUMNS + 2,
                      NAME_COLUMNS + 2);
            text_add(page->out, "\n");
            continue;
        }
        add_figures(c, row, page);
        if (row->note) {
            page_pad(page, 4);
            page_wrap(page, row->note, 4, 4);
            text_add(page->out, "\n");
        }
    }
    text_add(page->out, "\n  * least cost   = as the scenario is written\n\n");
    add_ends(c, page);
}

/* ---- for machines ---- */

static const struct {
    const char *key;
    size_t offset;
} own[] = {{"cooling_invest_money", offsetof(struct comparison_row, cooling_invest_money)},
           {"heat_c", offsetof(struct comparison_row, heat_c)},
           {"sound_db", offsetof(struct comparison_row, sound_db)}};

static double own_value(const struct comparison_row *row, int k) {
    return *(const double *)(const void *)((const char *)row + own[k].offset);
}

static void csv_number(struct text_buffer *out, bool planned, double value) {
    text_add(out, ",");
    if (planned && isfinite(value)) {
        text_add_number(out, value);
    }
}

void comparison_csv(const struct comparison *c, struct text_buffer *out) {
    text_add_format(out, "%s,status", c->key);
    for (int k = 0; k < COUNT(own); k++) {
        text_add_format(out, ",%s", own[k].key);
    }
    for (int k = 0; k < 2 * metrics_count(); k++) {
        text_add_format(out, ",%s.%s", k % 2 ? "together" : "apart", metrics_key(k / 2));
    }
    text_add(out, "\n");
    for (int r = 0; r < c->count; r++) {
        const struct comparison_row *row = &c->rows[r];
        bool planned = row->status == STATUS_OK;
        text_add_format(out, "%s,%s", row->value, planned ? "planned" : "no_plan");
        for (int k = 0; k < COUNT(own); k++) {
            csv_number(out, planned, own_value(row, k));
        }
        for (int k = 0; k < 2 * metrics_count(); k++) {
            csv_number(out, planned, metrics_value(k % 2 ? &row->together : &row->apart, k / 2));
        }
        text_add(out, "\n");
    }
}

static void json_metrics(const struct metrics *metrics, struct text_buffer *out) {
    for (int k = 0; k < metrics_count(); k++) {
        text_add_format(out, "%s\"%s\": ", k ? ", " : "{", metrics_key(k));
        json_add_number(out, metrics_value(metrics, k));
    }
    text_add(out, "}");
}

void comparison_json(const struct comparison *c, struct text_buffer *out) {
    text_add(out, "{\n  \"hearth_comparison\": 1,\n  \"best\": ");
    json_add_text(out, c->best >= 0 ? c->rows[c->best].value : NULL);
    text_add(out, ",\n  \"currency\": ");
    json_add_text(out, c->currency);
    text_add(out, ",\n  \"key\": ");
    json_add_text(out, c->key);
    text_add(out, ",\n  \"name\": ");
    json_add_text(out, c->name);
    text_add(out, ",\n  \"rows\": [");
    for (int r = 0; r < c->count; r++) {
        const struct comparison_row *row = &c->rows[r];
        bool planned = row->status == STATUS_OK;
        text_add(out, r ? ",\n    {" : "\n    {");
        if (planned) {
            text_add(out, "\"apart\": ");
            json_metrics(&row->apart, out);
            text_add(out, ",\n     ");
        }
        text_add_format(out, "\"as_written\": %s", row->as_written ? "true" : "false");
        for (int k = 0; k < COUNT(own) && planned; k++) {
            text_add_format(out, ", \"%s\": ", own[k].key);
            json_add_number(out, own_value(row, k));
        }
        text_add(out, ", \"note\": ");
        json_add_text(out, row->note);
        text_add(out, ", \"reason\": ");
        json_add_text(out, row->reason);
        text_add(out, ", \"sound_class\": ");
        json_add_text(out, planned ? cooling_sound_class(row->sound_db) : NULL);
        text_add(out, ", \"title\": ");
        json_add_text(out, row->title);
        if (planned) {
            text_add(out, ",\n     \"together\": ");
            json_metrics(&row->together, out);
        }
        text_add(out, ", \"value\": ");
        json_add_text(out, row->value);
        text_add(out, "}");
    }
    text_add(out, "\n  ],\n  \"year_frac\": ");
    json_add_number(out, c->year_frac);
    text_add(out, "\n}\n");
}
