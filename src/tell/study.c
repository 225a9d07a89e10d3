/* Tables and words of a study. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/study.h"

#include <math.h>
#include <string.h>

#include "tell/number.h"
#include "tell/page.h"

enum { STATUSES = STATUS_CANCELLED + 1 };

static double value_at(const struct study_results *results, long row, int name) {
    return results->value[row * results->names_count + name];
}

/* ---- results.csv ---- */

void cell_text(struct text_buffer *out, const char *text) {
    text_add(out, ",");
    if (!strpbrk(text, ",\"\n\r")) {
        text_add(out, text);
        return;
    }
    text_add(out, "\"");
    for (; *text; text++) {
        text_add(out, *text == '"' ? "\"" : "");
        text_add_n(out, text, 1);
    }
    text_add(out, "\"");
}

void cell_number(struct text_buffer *out, double value) {
    text_add(out, ",");
    if (isfinite(value)) {
        text_add_number(out, value);
    }
}

void study_table(const struct study_results *results, struct text_buffer *out) {
    const struct study *study = results->study;
    text_add(out, "row,status");
    for (int a = 0; a < study->axes_count; a++) {
        cell_text(out, study->axes[a].path);
    }
    for (int k = 0; k < results->names_count; k++) {
        cell_text(out, results->names[k]);
    }
    text_add(out, "\n");
    for (long row = 0; row < study->rows; row++) {
        text_add_format(out, "%ld,%s", row, status_text(results->status[row]));
        for (int a = 0; a < study->axes_count; a++) {
            const char *cell = study_cell(study, row, a, out->arena);
            if (!cell) {
                return; /* the arena has failed, which the caller asks */
            }
            cell_text(out, cell);
        }
        for (int k = 0; k < results->names_count; k++) {
            cell_number(out, value_at(results, row, k));
        }
        text_add(out, "\n");
    }
}

/* ---- what a method says of one figure ---- */

static const double *column(const struct study_results *results, int name, double *ret) {
    for (long row = 0; row < results->study->rows; row++) {
        ret[row] = value_at(results, row, name);
    }
    return ret;
}

struct saying { /* of one figure */
    struct statistics statistics;
    struct order_index *index; /* by axis, as the method has it; else NULL */
    struct elementary *effect;
    const double *value; /* by row */
};

static enum status say(const struct study_results *results, int name, struct arena *arena,
                       struct saying *ret) {
    const struct study *study = results->study;
    double *value = ARENA_TAKE(arena, double, study->rows);
    *ret = (struct saying){.value = value};
    if (!value) {
        return STATUS_NO_MEMORY;
    }
    (void)column(results, name, value);
    TRY(statistics_of(value, study->rows, arena, &ret->statistics));
    if (study->method == METHOD_SOBOL) {
        ret->index = ARENA_TAKE(arena, struct order_index, study->axes_count);
        TRY(ret->index ? STATUS_OK : STATUS_NO_MEMORY);
        return order_indices(value, study->samples, study->axes_count, study->seed, arena,
                             ret->index);
    }
    if (study->method == METHOD_MORRIS) {
        ret->effect = ARENA_TAKE(arena, struct elementary, study->axes_count);
        TRY(ret->effect ? STATUS_OK : STATUS_NO_MEMORY);
        elementary_effects(value, study->samples, study->axes_count, study->moves, ret->effect);
    }
    return STATUS_OK;
}

static void add_statistics(struct text_buffer *out, const struct statistics *s) {
    text_add_format(out, ",,%ld", s->count);
    const double numbers[] = {s->mean_value,  s->mean_error_value, s->deviation_value,
                              s->least_value, s->p10_value,        s->p50_value,
                              s->p90_value,   s->most_value};
    for (int k = 0; k < COUNT(numbers); k++) {
        cell_number(out, numbers[k]);
    }
    text_add(out, "\n");
}

static void add_axis(struct text_buffer *out, const struct study *study, const struct saying *said,
                     int axis) {
    cell_text(out, study->axes[axis].path);
    if (said->index) {
        const struct order_index *i = &said->index[axis];
        const double numbers[] = {i->first_ratio, i->first_low_ratio, i->first_high_ratio,
                                  i->total_ratio, i->total_low_ratio, i->total_high_ratio};
        for (int k = 0; k < COUNT(numbers); k++) {
            cell_number(out, numbers[k]);
        }
    } else if (said->effect) {
        cell_number(out, said->effect[axis].mean_value);
        cell_number(out, said->effect[axis].mean_of_size_value);
        cell_number(out, said->effect[axis].deviation_value);
    } else {
        cell_number(out, said->value[0]);
        cell_number(out, said->value[1 + 2 * axis]);
        cell_number(out, said->value[2 + 2 * axis]);
    }
    text_add(out, "\n");
}

enum status study_sensitivity(const struct study_results *results, struct text_buffer *out) {
    static const char *const heads[METHODS] = {
        [METHOD_ONE_AT_A_TIME] = "figure,axis,middle,at_p10,at_p90\n",
        [METHOD_RANDOM] = "figure,axis,count,mean,mean_error,deviation,least,p10,p50,p90,most\n",
        [METHOD_LATIN_HYPERCUBE] =
            "figure,axis,count,mean,mean_error,deviation,least,p10,p50,p90,most\n",
        [METHOD_SOBOL] = "figure,axis,first,first_low,first_high,total,total_low,total_high\n",
        [METHOD_MORRIS] = "figure,axis,mean,mean_of_size,deviation\n"};
    const struct study *study = results->study;
    if (!heads[study->method]) {
        return STATUS_OK;
    }
    text_add(out, heads[study->method]);
    bool by_axis = study->method != METHOD_RANDOM && study->method != METHOD_LATIN_HYPERCUBE;
    for (int f = 0; f < study->figures_count; f++) {
        struct saying said;
        TRY(say(results, study_name(results, study->figures[f]), out->arena, &said));
        for (int a = 0; a < (by_axis ? study->axes_count : 1); a++) {
            text_add(out, study->figures[f]);
            if (by_axis) {
                add_axis(out, study, &said, a);
            } else {
                add_statistics(out, &said.statistics);
            }
        }
    }
    return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- words ---- */

static const char *digits(struct page *page, double value) {
    return page_plain(page, number_digits(page->arena, value, 4));
}

static void add_axis_words(struct page *page, const struct study *study, const struct saying *said,
                           int axis) {
    struct arena *arena = page->arena;
    const char *words = NULL;
    if (said->index) {
        const struct order_index *i = &said->index[axis];
        words = number_format(
            arena, "alone %s (%s to %s), with all others %s (%s to %s)",
            number_fixed(arena, i->first_ratio, 2), number_fixed(arena, i->first_low_ratio, 2),
            number_fixed(arena, i->first_high_ratio, 2), number_fixed(arena, i->total_ratio, 2),
            number_fixed(arena, i->total_low_ratio, 2),
            number_fixed(arena, i->total_high_ratio, 2));
    } else if (said->effect) {
        words = number_format(arena, "moves it by %s over its range, spread %s",
                              digits(page, said->effect[axis].mean_of_size_value),
                              digits(page, said->effect[axis].deviation_value));
    } else {
        words = number_format(arena, "%s when low, %s when high",
                              digits(page, said->value[1 + 2 * axis]),
                              digits(page, said->value[2 + 2 * axis]));
    }
    text_add(page->out, "    ");
    page_wrap(page, page_plain(page, number_format(arena, "%s: %s", study->axes[axis].path, words)),
              4, 6);
}

/* What half of the draws said, where all rows are draws of one thing. */
static const char *half_words(struct page *page, const struct study *study,
                              const struct saying *said) {
    struct statistics half;
    if (study->options > 1 || study->futures < 4 ||
        statistics_of(said->value, study->futures / 2, page->arena, &half) != STATUS_OK) {
        return "";
    }
    return number_format(page->arena, " (%s ± %s by the first half)", digits(page, half.mean_value),
                         digits(page, half.mean_error_value));
}

/* From where to where; of draws by chance also what they say of all. */
static const char *range_words(struct page *page, const struct study_results *results, int f,
                               const struct saying *said) {
    const struct study *study = results->study;
    const struct statistics *s = &said->statistics;
    long least = 0, most = 0;
    for (long row = 0; row < study->rows; row++) {
        least =
            said->value[row] <= s->least_value && said->value[least] > s->least_value ? row : least;
        most = said->value[row] >= s->most_value && said->value[most] < s->most_value ? row : most;
        least = isfinite(said->value[least]) ? least : row;
        most = isfinite(said->value[most]) ? most : row;
    }
    const char *range =
        number_format(page->arena, "%s: %s (row %ld) to %s (row %ld)", study->figures[f],
                      digits(page, s->least_value), least, digits(page, s->most_value), most);
    if (study->method != METHOD_RANDOM && study->method != METHOD_LATIN_HYPERCUBE) {
        return range;
    }
    return number_format(page->arena,
                         "%s; mean %s ± %s%s, one in ten below %s, half below %s, one in "
                         "ten above %s",
                         range, digits(page, s->mean_value), digits(page, s->mean_error_value),
                         half_words(page, study, said), digits(page, s->p10_value),
                         digits(page, s->p50_value), digits(page, s->p90_value));
}

static enum status add_figure(struct page *page, const struct study_results *results, int f) {
    const struct study *study = results->study;
    struct arena *arena = page->arena;
    struct saying said;
    TRY(say(results, study_name(results, study->figures[f]), arena, &said));
    text_add(page->out, "  ");
    page_wrap(page, page_plain(page, range_words(page, results, f, &said)), 2, 4);
    bool by_axis = study->method == METHOD_ONE_AT_A_TIME || study->method == METHOD_SOBOL ||
                   study->method == METHOD_MORRIS;
    for (int a = 0; by_axis && a < study->axes_count; a++) {
        add_axis_words(page, study, &said, a);
    }
    return STATUS_OK;
}

enum status study_words(const struct study_results *results, bool utf8, struct text_buffer *out) {
    const struct study *study = results->study;
    struct page page = {out, out->arena, false, utf8};
    int by_status[STATUSES] = {0};
    for (long row = 0; row < study->rows; row++) {
        by_status[results->status[row]]++;
    }
    text_add_format(out, "%ld plans by %s: %ld planned now, %ld kept from before.\n", study->rows,
                    study_method_name(study->method), results->planned, results->kept);
    for (int k = 1; k < STATUSES; k++) {
        if (by_status[k] > 0) {
            text_add_format(out, "  %d without a plan: %s\n", by_status[k],
                            status_text((enum status)k));
        }
    }
    for (int f = 0; f < study->figures_count; f++) {
        TRY(add_figure(&page, results, f));
    }
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
