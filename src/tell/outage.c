/* The outage verb: survival against duration, expected hours without supply, and apart from that
   what they are worth. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/outage.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/series.h"
#include "scenario/table.h"

static const struct place nowhere = {NULL, 0, 0};
static const int shown_h[] = {1, 2, 4, 8, 12, 24, 48, 72, 96, 168, 336, 720};

struct inputs {
    double *load_kw, *sun_kw;
    int count;
    double step_h;
};

static enum status read_columns(struct arena *arena, struct diag *diag,
                                const struct tell_outage_ask *ask, struct inputs *ret) {
    char *text = NULL;
    size_t size = 0;
    const struct table_cell *cells = NULL;
    struct place top = {ask->load_file, 1, 1};
    struct table_ask columns[2] = {{ask->column, top, false}, {ask->sun_column, top, false}};
    int asked = ask->sun_column ? 2 : 1;
    TRY(file_read(arena, diag, nowhere, ask->load_file, (size_t)64 << 20, &text, &size));
    struct table_text table = {ask->load_file, text, size};
    diag_file(diag, ask->load_file, text, size);
    TRY(table_read(arena, diag, &table, columns, asked, &cells, &ret->count));
    int hours = ret->count % 8784 == 0 ? 8784 : 8760;
    int per_hour = ret->count / hours;
    if (ret->count % hours != 0 || (per_hour != 1 && per_hour != 2 && per_hour != 4)) {
        diag_error(diag, (struct place){ask->load_file, 0, 0}, "%d rows are no year", ret->count);
        diag_remedy(diag, "8,760 or 8,784 hours, or halves or quarters of them");
        return STATUS_BAD_SCENARIO;
    }
    ret->step_h = 1.0 / per_hour;
    ret->load_kw = ARENA_TAKE(arena, double, ret->count);
    ret->sun_kw = ARENA_TAKE(arena, double, ret->count);
    if (!ret->load_kw || !ret->sun_kw) {
        return STATUS_NO_MEMORY;
    }
    bool good = true;
    for (int s = 0; s < ret->count; s++) {
        const struct table_cell *row = cells + (size_t)s * (size_t)asked;
        good = table_number(diag, ask->load_file, ask->column, &row[0], &ret->load_kw[s]) && good;
        ret->load_kw[s] *= ask->times_ratio;
        if (ask->sun_column) {
            good = table_number(diag, ask->load_file, ask->sun_column, &row[1], &ret->sun_kw[s]) &&
                   good;
            ret->sun_kw[s] *= ask->sun_times_ratio;
        }
    }
    return good ? STATUS_OK : STATUS_BAD_SCENARIO;
}

static enum status read_inputs(struct arena *arena, struct diag *diag,
                               const struct tell_outage_ask *ask, struct inputs *ret) {
    if (ask->load_file) {
        return read_columns(arena, diag, ask, ret);
    }
    *ret = (struct inputs){ARENA_TAKE(arena, double, 8760), NULL, 8760, 1.0};
    for (int s = 0; s < ret->count && ret->load_kw; s++) {
        ret->load_kw[s] = ask->flat_kw;
    }
    return ret->load_kw ? STATUS_OK : STATUS_NO_MEMORY;
}

static void add_pair(struct text_buffer *out, enum tell_format format, const char *key,
                     const char *words, double value, int decimals) {
    if (format == TELL_JSON) {
        text_add_format(out, ",\n  \"%s\": ", key);
        text_add_number(out, value);
    } else if (format == TELL_TEXT) {
        text_add_format(out, "%-44s ", words);
        text_add_fixed(out, value, decimals);
        text_add(out, "\n");
    }
}

static void add_curve(struct text_buffer *out, enum tell_format format, double step_h, int most,
                      const struct outage_curve *curve) {
    bool shown[OUTAGE_HOURS_MAX * 4 + 1] = {false};
    for (int k = 0; k < COUNT(shown_h); k++) {
        int n = (int)(shown_h[k] / step_h);
        shown[n <= most ? n : most] = true;
    }
    text_add(out, format == TELL_CSV    ? "duration_h,survive_frac,perfect_frac\n"
                  : format == TELL_JSON ? ",\n  \"curve\": ["
                                        : "\n  hours    survived    nothing failing\n");
    bool first = true;
    for (int n = 1; n <= most; n++) {
        if (format == TELL_TEXT && !shown[n]) {
            continue;
        }
        double hours_h = n * step_h,
               values[] = {hours_h, curve->survive_frac[n - 1], curve->perfect_frac[n - 1]};
        if (format == TELL_TEXT) {
            char number[3][32];
            for (int k = 0; k < 3; k++) {
                (void)text_from_number_fixed(number[k], sizeof number[k], values[k], k ? 4 : 1);
            }
            text_add_format(out, "%7s %11s %18s\n", number[0], number[1], number[2]);
            continue;
        }
        text_add(out, format == TELL_JSON ? (first ? "\n    [" : ",\n    [") : "");
        for (int k = 0; k < 3; k++) {
            text_add(out, k ? (format == TELL_JSON ? ", " : ",") : "");
            text_add_number(out, values[k]);
        }
        text_add(out, format == TELL_JSON ? "]" : "\n");
        first = false;
    }
    text_add(out, format == TELL_JSON ? "\n  ]\n}\n" : "");
}

enum status tell_outage(struct arena *arena, struct diag *diag, const struct tell_outage_ask *ask,
                        const char **ret_text) {
    struct inputs inputs = {NULL, NULL, 0, 1.0};
    struct outage_plant plant = ask->plant;
    struct text_buffer out;
    TRY(read_inputs(arena, diag, ask, &inputs));
    plant.sun_kw = ask->sun_column ? inputs.sun_kw : NULL;
    int most = (int)(ask->most_h / inputs.step_h);
    struct outage_ask outage = {inputs.load_kw, inputs.count, inputs.step_h, most};
    struct outage_curve curve = {.survive_frac = ARENA_TAKE(arena, double, most),
                                 .perfect_frac = ARENA_TAKE(arena, double, most)};
    int *running = ARENA_TAKE(arena, int, most);
    if (!curve.survive_frac || !curve.perfect_frac || !running) {
        return STATUS_NO_MEMORY;
    }
    outage_curve(&plant, &outage, running, &curve);
    double lost_h = outage_expected_h(curve.survive_frac, most, inputs.step_h,
                                      ask->outages_year_count, ask->mean_outage_h),
           mean_kw = series_sum(inputs.load_kw, inputs.count) / inputs.count;
    text_buffer_init(&out, arena);
    text_add(&out, ask->format == TELL_JSON ? "{\n  \"hearth_outage\": 1" : "");
    add_pair(&out, ask->format, "mean_h", "hours survived, mean over all starts", curve.mean_h, 2);
    add_pair(&out, ask->format, "least_h", "  the worst start, nothing failing", curve.least_h, 2);
    add_pair(&out, ask->format, "worst_begin_h", "  which begins in hour (from 0)",
             curve.worst_begin * inputs.step_h, 2);
    add_pair(&out, ask->format, "lost_h_year", "expected hours a year without supply", lost_h, 4);
    add_pair(&out, ask->format, "lost_kwh_year", "expected energy not served, kWh a year",
             lost_h * mean_kw, 1);
    if (ask->lost_load_money_kwh > 0.0) {
        add_pair(&out, ask->format, "lost_money_year",
                 "apart from all costs: what it is worth a year",
                 lost_h * mean_kw * ask->lost_load_money_kwh, 2);
    }
    add_curve(&out, ask->format, inputs.step_h, most, &curve);
    *ret_text = out.data;
    return out.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
