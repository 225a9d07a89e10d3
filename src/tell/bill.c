/* The bill of a series of loads: twelve months, charge by charge, in cents on paper and exact in
   JSON and CSV. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/bill.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "scenario/table.h"
#include "tell/tariffs.h"

static const struct place nowhere = {NULL, 0, 0};

struct line {
    const char *key, *title;
    size_t member;
};
static const struct line lines[] = {
    {"import_kwh", "kWh", offsetof(struct tariff_month, import_kwh)},
    {"peak_kw", "peak kW", offsetof(struct tariff_month, peak_kw)},
    {"fixed_money", "fixed", offsetof(struct tariff_month, fixed_money)},
    {"energy_money", "energy", offsetof(struct tariff_month, energy_money)},
    {"demand_money", "demand", offsetof(struct tariff_month, demand_money)},
    {"flat_money", "flat dem.", offsetof(struct tariff_month, flat_money)},
    {"coincident_money", "coincident", offsetof(struct tariff_month, coincident_money)},
    {"shortfall_money", "shortfall", offsetof(struct tariff_month, shortfall_money)},
    {"least_money", "minimum", offsetof(struct tariff_month, least_money)},
    {"export_money", "fed in", offsetof(struct tariff_month, export_money)},
    {"total_money", "total", offsetof(struct tariff_month, total_money)},
};
enum { LINES = COUNT(lines), WIDTH = 12 };

static double value_of(const struct tariff_month *month, int k) {
    double value = 0.0;
    memcpy(&value, (const char *)month + lines[k].member, sizeof value);
    return value;
}

static void add_right(struct text_buffer *out, const char *text) {
    for (int k = (int)strlen(text); k < WIDTH; k++) {
        text_add(out, " ");
    }
    text_add(out, text);
}

static void add_table(struct text_buffer *out, const struct tariff *tariff,
                      const struct tariff_bill *bill) {
    char number[64];
    text_add_format(out, "%s%s%s\n", tariff->utility, tariff->utility[0] ? ", " : "", tariff->name);
    text_add(out, "month");
    for (int k = 0; k < LINES; k++) {
        add_right(out, lines[k].title);
    }
    text_add(out, "\n");
    for (int m = 0; m < 12; m++) {
        text_add_format(out, "%5d", m + 1);
        for (int k = 0; k < LINES; k++) {
            (void)text_from_number_fixed(number, sizeof number, value_of(&bill->month[m], k),
                                         k < 2 ? 1 : 2);
            add_right(out, number);
        }
        text_add(out, "\n");
    }
    text_add(out, "year: ");
    text_add_fixed(out, bill->import_kwh, 1);
    text_add(out, " kWh, peak ");
    text_add_fixed(out, bill->peak_kw, 1);
    text_add(out, " kW, ");
    text_add_fixed(out, bill->total_money, 2);
    text_add(out, bill->least_money > 0.0 ? " with the minimum of the year\n" : "\n");
    tariffs_contract_text(tariff, out);
}

static void add_csv(struct text_buffer *out, const struct tariff_bill *bill) {
    text_add(out, "month");
    for (int k = 0; k < LINES; k++) {
        text_add_format(out, ",%s", lines[k].key);
    }
    for (int m = 0; m < 12; m++) {
        text_add_format(out, "\n%d", m + 1);
        for (int k = 0; k < LINES; k++) {
            text_add(out, ",");
            text_add_number(out, value_of(&bill->month[m], k));
        }
    }
    text_add(out, "\n");
}

static void add_json(struct text_buffer *out, const struct tariff *tariff,
                     const struct tariff_bill *bill) {
    text_add(out, "{\n  \"hearth_bill\": 1,\n  \"months\": [");
    for (int m = 0; m < 12; m++) {
        text_add(out, m ? ",\n    {" : "\n    {");
        for (int k = 0; k < LINES; k++) {
            text_add_format(out, k ? ", \"%s\": " : "\"%s\": ", lines[k].key);
            text_add_number(out, value_of(&bill->month[m], k));
        }
        text_add(out, "}");
    }
    text_add(out, "\n  ],\n  \"import_kwh\": ");
    text_add_number(out, bill->import_kwh);
    text_add(out, ",\n  \"export_kwh\": ");
    text_add_number(out, bill->export_kwh);
    text_add(out, ",\n  \"peak_kw\": ");
    text_add_number(out, bill->peak_kw);
    text_add(out, ",\n  \"large_load\": ");
    tariffs_contract_json(tariff, out);
    text_add(out, ",\n  \"least_money_year\": ");
    text_add_number(out, bill->least_money);
    text_add(out, ",\n  \"total_money\": ");
    text_add_number(out, bill->total_money);
    text_add(out, "\n}\n");
}

/* A year of hours, half or quarter-hours. */
static enum status read_load(struct arena *arena, struct diag *diag,
                             const struct tell_bill_ask *ask, struct calendar *calendar,
                             double **ret_load) {
    const struct table_cell *cells = NULL;
    int rows = 0;
    char *text = NULL;
    size_t size = 0;
    TRY(calendar_whole_year(calendar, ask->year, 1.0));
    int steps = calendar_steps(calendar);
    if (ask->load_file) {
        struct table_ask column = {ask->column, {ask->load_file, 1, 1}, false};
        TRY(file_read(arena, diag, nowhere, ask->load_file, (size_t)64 << 20, &text, &size));
        struct table_text table = {ask->load_file, text, size};
        diag_file(diag, ask->load_file, text, size);
        TRY(table_read(arena, diag, &table, &column, 1, &cells, &rows));
        double step_h = rows == 4 * steps ? 0.25 : rows == 2 * steps ? 0.5 : 1.0;
        if ((int)((double)steps / step_h) != rows) {
            diag_error(diag, (struct place){ask->load_file, 0, 0},
                       "%d rows where the year %d has %d hours", rows, ask->year, steps);
            diag_remedy(diag,
                        "one row per hour, half or quarter-hour; --year chooses the calendar");
            return STATUS_BAD_SCENARIO;
        }
        TRY(calendar_whole_year(calendar, ask->year, step_h));
        steps = rows;
    }
    double *load_kw = ARENA_TAKE(arena, double, steps);
    bool good = load_kw != NULL;
    for (int s = 0; s < steps && load_kw; s++) {
        load_kw[s] = ask->flat_kw;
        if (ask->load_file) {
            good = table_number(diag, ask->load_file, ask->column, &cells[s], &load_kw[s]) && good;
            load_kw[s] *= ask->times_ratio;
        }
    }
    *ret_load = load_kw;
    return !load_kw ? STATUS_NO_MEMORY : good ? STATUS_OK : STATUS_BAD_SCENARIO;
}

static void say_limits(struct arena *arena, struct diag *diag, const struct tariff *tariff,
                       double peak_kw) {
    bool below = peak_kw<tariff->least_kw, above = peak_kw> tariff->most_kw;
    if (below || above) {
        struct text_buffer kw;
        text_buffer_init(&kw, arena);
        text_add_number(&kw, below ? tariff->least_kw : tariff->most_kw);
        diag_warning(diag, (struct place){tariff->file, 0, 0},
                     "this tariff is for peaks %s %s kW, which the load is not",
                     below ? "from" : "up to", kw.data ? kw.data : "?");
    }
}

enum status tell_bill(struct arena *arena, struct diag *diag, const struct tell_bill_ask *ask,
                      const char **ret_text) {
    struct tariff tariff;
    struct tariff_bill bill;
    struct calendar calendar;
    struct text_buffer out;
    double *load_kw = NULL;
    const char *dot = strrchr(ask->tariff, '.');
    bool keys = dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
    TRY(keys ? tariff_read_keys(arena, diag, ask->tariff, &tariff)
             : tariff_read(arena, diag, ask->tariff, &tariff));
    TRY(read_load(arena, diag, ask, &calendar, &load_kw));
    if (ask->contract_kw > 0.0) {
        tariff.large = (struct tariff_large_load){.contract_kw = ask->contract_kw,
                                                  .part_d_frac = 1.0,
                                                  .min_share_d_frac = ask->min_share_frac};
        if (tariff.flat_periods_count == 0) {
            diag_error(diag, (struct place){tariff.file, 0, 0},
                       "a contract's minimum needs a demand charge on the month's peak");
            diag_remedy(diag, "this tariff has demand periods only: give flatdemandstructure");
            return STATUS_BAD_SCENARIO;
        }
    }
    tariff_bill(&tariff, &calendar, load_kw, &bill);
    say_limits(arena, diag, &tariff, bill.peak_kw);
    text_buffer_init(&out, arena);
    if (ask->format == TELL_JSON) {
        add_json(&out, &tariff, &bill);
    } else if (ask->format == TELL_CSV) {
        add_csv(&out, &bill);
    } else {
        add_table(&out, &tariff, &bill);
    }
    *ret_text = out.data;
    return out.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
