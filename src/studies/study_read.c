/* A study's file becomes axes and points. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "scenario/reading.h"
#include "studies/study_parts.h"

enum {
    AXES_MAX = 20,
    VALUES_MAX = 10000,
    FIGURES_MAX = 60,
    STUDY_FORM = 1,
    MORRIS_LEVELS = 4,
    ROWS_MOST = 1000000,
    OPTIONS_CHECKED = 100 /* read before the first plan */
};
static const double tornado_low_frac = 0.1, tornado_high_frac = 0.9;

static const char *const method_names[METHODS] = {
    "grid", "one_at_a_time", "random", "latin_hypercube", "sobol", "morris"};
static const char *const default_figures[] = {
    "together.cost_money_year",         "npv_money",          "together.carbon_marginal_kg_year",
    "together.heat_delivered_kwh_year", "together.pue_ratio", "together.erf_ratio"};

const char *study_method_name(enum study_method method) { return method_names[method]; }

/* ---- axes ---- */

static bool read_numbers(struct reading *r, const struct node *list, const char *key, int count,
                         double *ret) {
    if (list->kind != NODE_LIST || list->count != count) {
        diag_error(r->diag, list->place, "%s: %s stands where %d numbers belong", key,
                   reading_found(r, list), count);
        diag_remedy(r->diag, count == 3 ? "write  %s: [low, mode, high]" : "write  %s: [1, 2]",
                    key);
        return false;
    }
    bool good = true;
    for (int k = 0; k < count; k++) {
        good = reading_scalar(r, list->children[k], key, -1e300, 1e300, &ret[k]) && good;
    }
    return good;
}

static void check_spread(struct reading *r, const struct node *node, const struct axis *axis) {
    const double *p = axis->spread_values;
    bool rises = axis->spread == SPREAD_UNIFORM ? p[0] < p[1]
                 : axis->spread == SPREAD_TRIANGULAR
                     ? p[0] <= p[1] && p[1] <= p[2] && p[0] < p[2]
                     : p[1] > 0.0 && (axis->spread == SPREAD_NORMAL || p[0] > 0.0);
    if (!rises) {
        diag_error(r->diag, node->place, "%s: these numbers make no spread",
                   spread_name(axis->spread));
        diag_remedy(r->diag, "uniform: [low, high], triangular: [low, mode, high], normal: [mean, "
                             "deviation], lognormal: [median, deviation of the logarithm]");
    }
}

static void read_values(struct reading *r, const struct node *list, struct axis *axis) {
    if (list->kind != NODE_LIST || list->count == 0 || list->count > VALUES_MAX) {
        if (list->kind == NODE_LIST && list->count == 0) {
            diag_error(r->diag, list->place, "values: the list is empty: there is nothing to plan");
        } else if (list->kind == NODE_LIST) {
            diag_error(r->diag, list->place, "values: %d of them are too many", list->count);
        } else {
            diag_error(r->diag, list->place, "values: %s stands where a list belongs",
                       reading_found(r, list));
        }
        diag_remedy(r->diag, "write  values: [200, 500, 1000], at most %d", VALUES_MAX);
        return;
    }
    axis->values = ARENA_TAKE(r->arena, const char *, list->count);
    for (int k = 0; axis->values && k < list->count; k++) {
        const struct node *one = list->children[k];
        if (one->kind == NODE_SCALAR) {
            axis->values[axis->values_count++] = one->text;
        } else {
            reading_wrong_kind(r, one, "values", "a number or a word", "[200, 500]");
        }
    }
}

static void read_steps(struct reading *r, const struct node *map, struct axis *axis) {
    double from_value = reading_number(r, map, "from", HUGE_VAL, -1e300, 1e300);
    double to_value = reading_number(r, map, "to", HUGE_VAL, -1e300, 1e300);
    int steps = (int)reading_number(r, map, "steps", 5.0, 2.0, VALUES_MAX);
    axis->values_count = 0; /* where values stand beside it, which is told below */
    axis->values = ARENA_TAKE(r->arena, const char *, steps);
    for (int k = 0; axis->values && k < steps; k++) {
        char text[TEXT_NUMBER_SIZE];
        double share = (double)k / (steps - 1);
        double value = k == steps - 1 ? to_value : from_value + share * (to_value - from_value);
        (void)text_from_number(text, value);
        axis->values[axis->values_count++] = arena_text(r->arena, text);
    }
}

static void read_axis(struct reading *r, const struct node *map, struct axis *axis) {
    static const char *const known[] = {"path",      "values",  "from",       "to",
                                        "steps",     "uniform", "triangular", "normal",
                                        "lognormal", "name",    "options"};
    axis->place = map->place;
    axis->path = "";
    if (map->kind != NODE_MAP || !reading_check_keys(r, map, "an axis", known, COUNT(known))) {
        reading_wrong_kind(r, map, "axes", "a map", "[{path: ..., values: [...]}]");
        return;
    }
    if (document_find(map, "options")) {
        study_read_options(r, map, axis);
        return;
    }
    const struct node *path = document_find(map, "path");
    if (!path || path->kind != NODE_SCALAR) {
        diag_error(r->diag, map->place, "path is missing: what of the scenario changes");
        diag_remedy(r->diag, "add  path: heat_network.length_m");
        return;
    }
    axis->path = path->text;
    axis->place = path->place;
    int ways = 0;
    const struct node *values = document_find(map, "values");
    if (values) {
        read_values(r, values, axis);
        ways++;
    }
    if (document_find(map, "from") || document_find(map, "to")) {
        read_steps(r, map, axis);
        ways++;
    }
    for (int k = 0; k < SPREADS; k++) {
        const struct node *node = document_find(map, spread_name((enum spread)k));
        if (node) {
            axis->is_spread = true;
            axis->spread = (enum spread)k;
            if (read_numbers(r, node, spread_name(axis->spread), spread_parameters(axis->spread),
                             axis->spread_values)) {
                check_spread(r, node, axis);
            }
            ways++;
        }
    }
    if (ways != 1) {
        diag_error(r->diag, map->place, "%s: %s", axis->path,
                   ways ? "more than one way to say its values" : "no values");
        diag_remedy(r->diag, "write one of  values: [...],  from, to and steps,  uniform, "
                             "triangular, normal or lognormal");
    }
}

static void read_axes(struct reading *r, const struct node *list, struct study *study) {
    if (!list || list->kind != NODE_LIST || list->count == 0 || list->count > AXES_MAX) {
        diag_error(r->diag, list ? list->place : r->root->place,
                   "axes: from one to %d of them are needed", AXES_MAX);
        diag_remedy(r->diag, "write  axes: [{path: heat_network.length_m, values: [200, 500]}]");
        return;
    }
    study->axes = ARENA_TAKE(r->arena, struct axis, list->count);
    for (int k = 0; study->axes && k < list->count; k++) {
        struct axis *axis = &study->axes[study->axes_count++];
        read_axis(r, list->children[k], axis);
        if (study->method == METHOD_GRID && axis->is_spread) {
            diag_error(r->diag, axis->place, "%s: a grid needs values, and this is a spread",
                       axis->path);
            diag_remedy(r->diag, "write  values: [...]  or  from, to and steps; or take method: "
                                 "latin_hypercube");
        }
        for (int other = 0; other < k; other++) {
            if (*axis->path && strcmp(study->axes[other].path, axis->path) == 0) {
                diag_error(r->diag, axis->place, "%s is named by two axes", axis->path);
                diag_remedy(r->diag, "join them");
            }
        }
    }
}

/* ---- rows ---- */

/* Combinations of the values of the axes that somebody decides, or of those that the future does. */
static double combinations_of(const struct study *study, bool decided) {
    double product = 1.0;
    for (int a = 0; a < study->axes_count; a++) {
        product *= study->axes[a].decided == decided ? study->axes[a].values_count : 1;
    }
    return product;
}

static double futures_of(const struct study *study) {
    switch (study->method) {
    case METHOD_GRID:
        return combinations_of(study, false);
    case METHOD_ONE_AT_A_TIME:
        return 1.0 + 2.0 * study->axes_count;
    case METHOD_SOBOL:
        return (double)study->samples * (study->axes_count + 2.0);
    case METHOD_MORRIS:
        return (double)study->samples * (study->axes_count + 1.0);
    case METHOD_RANDOM:
    case METHOD_LATIN_HYPERCUBE:
    case METHODS:
        break;
    }
    return (double)study->samples;
}

static void fill_tornado(struct study *study) {
    for (long n = 0; n < study->futures; n++) {
        for (int a = 0; a < study->axes_count; a++) {
            bool moves = n > 0 && (n - 1) / 2 == a;
            study->point_frac[n * study->axes_count + a] = !moves             ? 0.5
                                                           : (n - 1) % 2 == 0 ? tornado_low_frac
                                                                              : tornado_high_frac;
        }
    }
}

/* A and B are two halves of one sequence in 2 k dimensions, shifted digit by digit by chance so that the origin is no
   point. */
static void fill_sobol(struct study *study, struct random *random) {
    int k = study->axes_count;
    unsigned shift[SOBOL_DIMENSIONS];
    for (int d = 0; d < 2 * k; d++) {
        shift[d] = (unsigned)(random_bits(random) >> 33);
    }
    for (long n = 0; n < study->samples; n++) {
        double *block = &study->point_frac[n * (k + 2) * k];
        for (int d = 0; d < 2 * k; d++) {
            unsigned bits = (unsigned)(sobol_point_frac(n, d) * 0x1p31) ^ shift[d];
            block[d] = ((double)bits + 0.5) * 0x1p-31;
        }
        for (int i = 0; i < k; i++) {
            double *mixed = block + (2 + i) * k;
            memcpy(mixed, block, (size_t)k * sizeof *mixed);
            mixed[i] = block[k + i];
        }
    }
}

/* Steps of 2/3 on four levels, one axis after the other in an order by chance. */
static void fill_morris(struct study *study, struct random *random) {
    int k = study->axes_count, order[AXES_MAX];
    double by_frac = 0.5 * MORRIS_LEVELS / (MORRIS_LEVELS - 1.0);
    for (long t = 0; t < study->samples; t++) {
        double *at = &study->point_frac[t * (k + 1) * k];
        for (int a = 0; a < k; a++) {
            order[a] = a;
            at[a] = floor(random_uniform(random) * MORRIS_LEVELS) / (MORRIS_LEVELS - 1.0);
        }
        for (int a = k - 1; a > 0; a--) {
            int other = (int)(random_uniform(random) * (a + 1)), kept = order[a];
            order[a] = order[other];
            order[other] = kept;
        }
        for (int step = 0; step < k; step++) {
            double *next = at + k, move_frac = at[order[step]] > 0.5 ? -by_frac : by_frac;
            memcpy(next, at, (size_t)k * sizeof *next);
            next[order[step]] += move_frac;
            study->moves[t * k + step] = (struct move){order[step], move_frac};
            at = next;
        }
    }
}

static enum status fill_points(struct study *study, struct arena *arena) {
    struct random random;
    random_seed(&random, study->seed);
    study->point_frac = ARENA_TAKE(arena, double, study->futures * study->axes_count);
    study->moves = ARENA_TAKE(arena, struct move, study->samples * study->axes_count);
    if (!study->point_frac || !study->moves) {
        return STATUS_NO_MEMORY;
    }
    switch (study->method) {
    case METHOD_ONE_AT_A_TIME:
        fill_tornado(study);
        break;
    case METHOD_LATIN_HYPERCUBE:
        latin_hypercube(&random, study->futures, study->axes_count, study->point_frac);
        break;
    case METHOD_SOBOL:
        fill_sobol(study, &random);
        break;
    case METHOD_MORRIS:
        fill_morris(study, &random);
        break;
    case METHOD_RANDOM:
    case METHOD_GRID:
    case METHODS:
        for (long n = 0; n < study->futures * study->axes_count; n++) {
            study->point_frac[n] = random_uniform(&random);
        }
        break;
    }
    return STATUS_OK;
}

/* ---- a row ---- */

/* The last axis is the fastest; a value of one decided axis among all options. */
static int digit_of(const struct study *study, long rest, int axis, bool decided_only) {
    for (int a = study->axes_count - 1; a > axis; a--) {
        rest /= decided_only && !study->axes[a].decided ? 1 : study->axes[a].values_count;
    }
    return (int)(rest % study->axes[axis].values_count);
}

int study_decided_value(const struct study *study, long option, int axis) {
    return digit_of(study, option, axis, true);
}

const char *study_option_name(const struct study *study, long option, struct arena *arena) {
    struct text_buffer text;
    text_buffer_init(&text, arena);
    for (int a = 0; a < study->axes_count; a++) {
        if (study->axes[a].decided) {
            text_add_format(&text, "%s%s", text.size ? ", " : "",
                            study->axes[a].values[study_decided_value(study, option, a)]);
        }
    }
    return text.data ? text.data : "";
}

/* The number of a row of a grid among the options (or the futures). */
static long number_among(const struct study *study, long row, bool decided) {
    long number = 0;
    for (int a = 0; a < study->axes_count; a++) {
        if (study->axes[a].decided == decided) {
            number = number * study->axes[a].values_count + digit_of(study, row, a, false);
        }
    }
    return number;
}

long study_option(const struct study *study, long row) {
    return study->method == METHOD_GRID ? number_among(study, row, true) : row / study->futures;
}

long study_future(const struct study *study, long row) {
    return study->method == METHOD_GRID ? number_among(study, row, false) : row % study->futures;
}

/* Which of an axis' values a row has. */
static int value_of_row(const struct study *study, long row, int axis) {
    const struct axis *a = &study->axes[axis];
    if (study->method == METHOD_GRID) {
        return digit_of(study, row, axis, false);
    }
    if (a->decided) {
        return study_decided_value(study, study_option(study, row), axis);
    }
    long point = study_future(study, row) * study->axes_count + axis;
    int at = (int)(study->point_frac[point] * a->values_count);
    return at < a->values_count ? at : a->values_count - 1;
}

const char *study_cell(const struct study *study, long row, int axis, struct arena *arena) {
    const struct axis *a = &study->axes[axis];
    if (!a->is_spread) {
        return a->values[value_of_row(study, row, axis)];
    }
    char text[TEXT_NUMBER_SIZE];
    double share = study->point_frac[study_future(study, row) * study->axes_count + axis];
    (void)text_from_number(text, spread_value(a->spread, a->spread_values, share));
    return arena_text(arena, text);
}

enum status study_changes(const struct study *study, long row, struct arena *arena,
                          struct scenario_change *ret, int *ret_count) {
    *ret_count = 0;
    for (int a = 0; a < study->axes_count; a++) {
        const struct axis *axis = &study->axes[a];
        if (axis->options) {
            const struct option *option = &axis->options[value_of_row(study, row, a)];
            for (int k = 0; k < option->changes_count; k++) {
                ret[(*ret_count)++] = option->changes[k];
            }
        } else {
            const char *text = study_cell(study, row, a, arena);
            ret[(*ret_count)++] = (struct scenario_change){axis->path, text, axis->place, false};
        }
    }
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- the file ---- */

static void read_figures(struct reading *r, const struct node *list, struct study *study) {
    int most = list && list->kind == NODE_LIST ? list->count : COUNT(default_figures);
    study->figures = ARENA_TAKE(r->arena, const char *, most);
    if (!study->figures) {
        return;
    }
    if (!list) {
        memcpy(study->figures, default_figures, sizeof default_figures);
        study->figures_count = COUNT(default_figures);
        return;
    }
    if (list->kind != NODE_LIST || list->count == 0 || list->count > FIGURES_MAX) {
        reading_wrong_kind(r, list, "figures", "a list", "[together.erf_ratio, npv_money]");
        return;
    }
    for (int k = 0; k < list->count; k++) {
        if (list->children[k]->kind == NODE_SCALAR) {
            study->figures[study->figures_count++] = list->children[k]->text;
        } else {
            reading_wrong_kind(r, list->children[k], "figures", "the name of a figure",
                               "[together.erf_ratio]");
        }
    }
}

static void read_method(struct reading *r, struct study *study) {
    study->method =
        (enum study_method)reading_word(r, r->root, "method", method_names, METHODS, METHOD_GRID);
    study->samples = (long)reading_number(r, r->root, "samples", 64.0, 2.0, ROWS_MOST);
    study->seed = (uint64_t)reading_number(r, r->root, "seed", 1.0, 0.0, 1e15);
    const struct node *samples = document_find(r->root, "samples");
    if (study->method == METHOD_SOBOL && (study->samples & (study->samples - 1)) != 0) {
        diag_error(r->diag, samples ? samples->place : r->root->place,
                   "samples: %ld is no power of two, and only then is the sequence balanced",
                   study->samples);
        diag_remedy(r->diag, "write  samples: 64, 128, 256 ...");
    }
}

static void check_rows(struct reading *r, struct study *study) {
    double options = combinations_of(study, true), futures = futures_of(study);
    double rows = options * futures;
    if (rows > ROWS_MOST) {
        char text[TEXT_NUMBER_SIZE];
        (void)text_from_number(text, rows);
        diag_error(r->diag, r->root->place, "%s plans, more than a million", text);
        diag_remedy(r->diag, "take fewer values, or method: latin_hypercube with samples: 1000");
    }
    study->rows = (long)fmin(rows, ROWS_MOST);
    study->options = (long)fmin(options, ROWS_MOST);
    study->futures = (long)fmin(futures, ROWS_MOST);
}

/* The first row of each option is read whole, so that a path or a value that no scenario can hold is told before
   anything is planned. */
static enum status check_options(struct study *study, struct arena *arena, struct diag *diag) {
    struct scenario_change *changes =
        ARENA_TAKE(arena, struct scenario_change, study->changes_most);
    if (!changes) {
        return STATUS_NO_MEMORY;
    }
    for (long row = 0, checked = 0; row < study->rows && checked < OPTIONS_CHECKED; row++) {
        struct scenario *scenario = NULL;
        int count = 0;
        if (study_future(study, row) != 0) {
            continue;
        }
        TRY(study_changes(study, row, arena, changes, &count));
        TRY(scenario_parse_changed(arena, diag, study->scenario_file, study->scenario_text,
                                   study->scenario_size, changes, count, &scenario));
        checked++;
    }
    return STATUS_OK;
}

static enum status read_scenario(struct reading *r, struct study *study) {
    const struct node *scenario = document_find(r->root, "scenario");
    if (!scenario || scenario->kind != NODE_SCALAR) {
        diag_error(r->diag, scenario ? scenario->place : r->root->place,
                   "scenario is missing: the file that the study changes");
        diag_remedy(r->diag, "add  scenario: scenario.yaml");
        return STATUS_BAD_SCENARIO;
    }
    study->scenario_file = file_beside(r->arena, r->file, scenario->text);
    return study->scenario_file
               ? file_read(r->arena, r->diag, scenario->place, study->scenario_file,
                           DOCUMENT_BYTES_MAX, &study->scenario_text, &study->scenario_size)
               : STATUS_NO_MEMORY;
}

static enum status read_root(struct reading *r, struct study *study) {
    static const char *const known[] = {
        "study",   "name",   "scenario", "method",  "samples",     "seed",   "axes",
        "figures", "decide", "criteria", "weights", "comparisons", "regret", "correlations"};
    if (!reading_check_keys(r, r->root, "a study", known, COUNT(known))) {
        return STATUS_BAD_SCENARIO;
    }
    if ((int)reading_number(r, r->root, "study", HUGE_VAL, 1.0, 1e6) != STUDY_FORM) {
        diag_error(r->diag, r->root->place, "this program reads studies of form %d", STUDY_FORM);
        diag_remedy(r->diag, "write  study: %d", STUDY_FORM);
    }
    read_method(r, study);
    read_axes(r, document_find(r->root, "axes"), study);
    study_read_choice(r, study);
    study_read_correlations(r, study);
    read_figures(r, document_find(r->root, "figures"), study);
    check_rows(r, study);
    TRY(read_scenario(r, study));
    return diag_errors(r->diag) > 0 ? STATUS_BAD_SCENARIO : STATUS_OK;
}

enum status study_read(struct arena *arena, struct diag *diag, const char *path,
                       struct study **ret) {
    struct reading r = {.arena = arena, .diag = diag, .file = path};
    struct place place = {path, 0, 0};
    char *text = NULL;
    size_t size = 0;
    struct study *study = ARENA_TAKE(arena, struct study, 1);
    if (!study) {
        return STATUS_NO_MEMORY;
    }
    study->file = path;
    TRY(file_read(arena, diag, place, path, DOCUMENT_BYTES_MAX, &text, &size));
    diag_file(diag, path, text, size);
    TRY(document_parse(arena, diag, path, text, size, &r.root));
    TRY(read_root(&r, study));
    if (study->method != METHOD_GRID) {
        TRY(fill_points(study, arena));
        TRY(study_correlate(study, diag));
    }
    TRY(check_options(study, arena, diag));
    TRY(study_check_ends(study, arena, diag));
    *ret = study;
    return STATUS_OK;
}
