/* How far a study has come: what half of its draws said, a quarter, and so on. Draws come in an order by chance and Sobol's
   blocks in that of their sequence, so that the first n of them are a smaller study of the same kind. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "tell/study.h"

enum { LEAST_DRAWS = 8, LEAST_BLOCKS = 4 };
static const double normal_95_ratio = 1.959963984540054;

/* The next of n, n / 2, n / 4 ... upwards; past the last: count + 1. */
static long next_count(long at, long count) {
    if (at == count) {
        return count + 1;
    }
    long halved = count;
    while (halved / 2 > at) {
        halved /= 2;
    }
    return halved;
}

static const double *column(const struct study_results *results, int name, struct arena *arena) {
    double *value = ARENA_TAKE(arena, double, results->study->rows);
    for (long row = 0; value && row < results->study->rows; row++) {
        value[row] = results->value[row * results->names_count + name];
    }
    return value;
}

/* ---- draws ---- */

static enum status add_draws(const struct study_results *results, int f, const double *value,
                             struct text_buffer *out) {
    const struct study *study = results->study;
    for (long option = 0; option < study->options; option++) {
        const char *name = study_option_name(study, option, out->arena);
        for (long n = next_count(LEAST_DRAWS - 1, study->futures); n <= study->futures;
             n = next_count(n, study->futures)) {
            struct statistics s;
            TRY(statistics_of(value + option * study->futures, n, out->arena, &s));
            text_add(out, study->figures[f]);
            cell_text(out, name);
            text_add_format(out, ",%ld", s.count);
            cell_number(out, s.mean_value);
            cell_number(out, s.mean_value - normal_95_ratio * s.mean_error_value);
            cell_number(out, s.mean_value + normal_95_ratio * s.mean_error_value);
            text_add(out, "\n");
        }
    }
    return STATUS_OK;
}

/* ---- indices and effects ---- */

static enum status add_indices(const struct study *study, int f, const double *value, long blocks,
                               struct text_buffer *out) {
    struct order_index *index = ARENA_TAKE(out->arena, struct order_index, study->axes_count);
    TRY(index ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(order_indices(value, blocks, study->axes_count, study->seed, out->arena, index));
    for (int a = 0; a < study->axes_count; a++) {
        const double numbers[] = {index[a].first_ratio,      index[a].first_low_ratio,
                                  index[a].first_high_ratio, index[a].total_ratio,
                                  index[a].total_low_ratio,  index[a].total_high_ratio};
        text_add(out, study->figures[f]);
        cell_text(out, study->axes[a].path);
        text_add_format(out, ",%ld", blocks);
        for (int k = 0; k < COUNT(numbers); k++) {
            cell_number(out, numbers[k]);
        }
        text_add(out, "\n");
    }
    return STATUS_OK;
}

static enum status add_effects(const struct study *study, int f, const double *value, long blocks,
                               struct text_buffer *out) {
    struct elementary *effect = ARENA_TAKE(out->arena, struct elementary, study->axes_count);
    TRY(effect ? STATUS_OK : STATUS_NO_MEMORY);
    elementary_effects(value, blocks, study->axes_count, study->moves, effect);
    for (int a = 0; a < study->axes_count; a++) {
        text_add(out, study->figures[f]);
        cell_text(out, study->axes[a].path);
        text_add_format(out, ",%ld", blocks);
        cell_number(out, effect[a].mean_of_size_value);
        text_add(out, "\n");
    }
    return STATUS_OK;
}

/* ---- the table ---- */

enum status study_convergence(const struct study_results *results, struct text_buffer *out) {
    static const char *const heads[METHODS] = {
        [METHOD_RANDOM] = "figure,option,count,mean,low,high\n",
        [METHOD_LATIN_HYPERCUBE] = "figure,option,count,mean,low,high\n",
        [METHOD_SOBOL] =
            "figure,axis,samples,first,first_low,first_high,total,total_low,total_high\n",
        [METHOD_MORRIS] = "figure,axis,samples,mean_of_size\n"};
    const struct study *study = results->study;
    if (!heads[study->method]) {
        return STATUS_OK;
    }
    text_add(out, heads[study->method]);
    for (int f = 0; f < study->figures_count; f++) {
        int name = study_name(results, study->figures[f]);
        const double *value = column(results, name, out->arena);
        TRY(value ? STATUS_OK : STATUS_NO_MEMORY);
        if (study->method == METHOD_RANDOM || study->method == METHOD_LATIN_HYPERCUBE) {
            TRY(add_draws(results, f, value, out));
            continue;
        }
        for (long n = next_count(LEAST_BLOCKS - 1, study->samples); n <= study->samples;
             n = next_count(n, study->samples)) {
            TRY(study->method == METHOD_SOBOL ? add_indices(study, f, value, n, out)
                                              : add_effects(study, f, value, n, out));
        }
    }
    return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
