/* Spreads of a study: which of them go together, and whether a scenario can hold what they reach. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "studies/study_parts.h"

static const double most_ratio = 0.999;

/* ---- correlations ---- */

static int spread_by_path(struct reading *r, const struct study *study, const struct node *node) {
    for (int a = 0; node->kind == NODE_SCALAR && a < study->axes_count; a++) {
        const struct axis *axis = &study->axes[a];
        if (strcmp(axis->path, node->text) == 0 && axis->is_spread) {
            return a;
        }
    }
    diag_error(r->diag, node->place, "between: %s is no spread of this study",
               node->kind == NODE_SCALAR ? node->text : "this");
    diag_remedy(r->diag, "name the path of an axis with uniform, triangular, normal or lognormal");
    return -1;
}

static void read_pair(struct reading *r, const struct node *map, struct study *study) {
    static const char *const known[] = {"between", "rank"};
    if (map->kind != NODE_MAP ||
        !reading_check_keys(r, map, "a correlation", known, COUNT(known))) {
        reading_wrong_kind(r, map, "correlations", "a map", "[{between: [a, b], rank: 0.6}]");
        return;
    }
    const struct node *pair = document_find(map, "between");
    if (!pair || pair->kind != NODE_LIST || pair->count != 2) {
        diag_error(r->diag, map->place, "between: the paths of two spreads are needed");
        diag_remedy(r->diag,
                    "write  {between: [fuel.gas_money_kwh, money.discount_frac], rank: 0.6}");
        return;
    }
    double ratio = reading_number(r, map, "rank", HUGE_VAL, -most_ratio, most_ratio);
    int one = spread_by_path(r, study, pair->children[0]);
    int other = one < 0 ? -1 : spread_by_path(r, study, pair->children[1]);
    if (one >= 0 && one == other) {
        diag_error(r->diag, map->place, "between: %s goes together with itself",
                   pair->children[0]->text);
        diag_remedy(r->diag, "name two different axes");
    } else if (other >= 0) {
        study->rank_ratio[one * study->axes_count + other] = ratio;
        study->rank_ratio[other * study->axes_count + one] = ratio;
    }
}

void study_read_correlations(struct reading *r, struct study *study) {
    const struct node *list = document_find(r->root, "correlations");
    if (!list) {
        return;
    }
    study->correlations = list->place;
    if (study->method != METHOD_RANDOM && study->method != METHOD_LATIN_HYPERCUBE) {
        diag_error(r->diag, list->place, "correlations: %s moves its axes by a plan of its own",
                   study_method_name(study->method));
        diag_remedy(r->diag,
                    "take method: random or latin_hypercube; indices and effects are defined "
                    "for independent axes");
        return;
    }
    if (list->kind != NODE_LIST || list->count == 0) {
        reading_wrong_kind(r, list, "correlations", "a list", "[{between: [a, b], rank: 0.6}]");
        return;
    }
    study->rank_ratio = ARENA_TAKE(r->arena, double, (long)study->axes_count * study->axes_count);
    for (int k = 0; study->rank_ratio && k < list->count; k++) {
        read_pair(r, list->children[k], study);
    }
}

enum status study_correlate(struct study *study, struct diag *diag) {
    bool possible = true;
    if (!study->rank_ratio) {
        return STATUS_OK;
    }
    TRY(rank_correlate(study->futures, study->axes_count, study->rank_ratio, study->point_frac,
                       &possible));
    if (!possible) {
        bool few = study->futures <= study->axes_count;
        diag_error(diag, study->correlations,
                   few ? "correlations: %ld samples cannot tell %d axes apart"
                       : "correlations: no %ld draws of %d axes go together like this (the matrix "
                         "of their "
                         "ranks is not positive definite)",
                   study->futures, study->axes_count);
        diag_remedy(diag, few ? "take more samples than axes"
                              : "lessen one of them, or add the one that follows from the others");
        return STATUS_BAD_SCENARIO;
    }
    return STATUS_OK;
}

/* ---- ends ---- */

/* The first row's scenario with another value on one axis. */
static enum status try_value(const struct study *study, int axis, const char *text,
                             struct arena *arena, struct diag *diag) {
    struct scenario_change *changes =
        ARENA_TAKE(arena, struct scenario_change, study->changes_most);
    struct scenario *scenario = NULL;
    int count = 0;
    if (!changes) {
        return STATUS_NO_MEMORY;
    }
    TRY(study_changes(study, 0, arena, changes, &count));
    for (int k = 0; k < count; k++) {
        if (strcmp(changes[k].path, study->axes[axis].path) == 0) {
            changes[k].text = text;
        }
    }
    return scenario_parse_changed(arena, diag, study->scenario_file, study->scenario_text,
                                  study->scenario_size, changes, count, &scenario);
}

/* The rows with the least and the most of an axis. */
static void find_ends(const struct study *study, int axis, long ret_future[2]) {
    int axes = study->axes_count;
    for (long n = 0; n < study->futures; n++) {
        double frac = study->point_frac[n * axes + axis];
        ret_future[0] = frac < study->point_frac[ret_future[0] * axes + axis] ? n : ret_future[0];
        ret_future[1] = frac > study->point_frac[ret_future[1] * axes + axis] ? n : ret_future[1];
    }
}

/* What a spread that has ends begins and ends with, drawn or not. */
static const char *bound_text(const struct axis *axis, double share_frac, struct arena *arena) {
    char text[TEXT_NUMBER_SIZE];
    (void)text_from_number(text, spread_value(axis->spread, axis->spread_values, share_frac));
    return arena_text(arena, text);
}

enum status study_check_ends(const struct study *study, struct arena *arena, struct diag *diag) {
    for (int a = 0; a < study->axes_count; a++) {
        const struct axis *axis = &study->axes[a];
        long end[2] = {0, 0};
        if (!axis->is_spread) {
            continue;
        }
        bool bounded = axis->spread == SPREAD_UNIFORM || axis->spread == SPREAD_TRIANGULAR;
        find_ends(study, a, end);
        const char *low =
            bounded ? bound_text(axis, 0.0, arena) : study_cell(study, end[0], a, arena);
        const char *high =
            bounded ? bound_text(axis, 1.0, arena) : study_cell(study, end[1], a, arena);
        if (!low || !high) {
            return STATUS_NO_MEMORY;
        }
        enum status status = try_value(study, a, low, arena, diag);
        if (status == STATUS_OK) {
            status = try_value(study, a, high, arena, diag);
        }
        if (status == STATUS_BAD_SCENARIO) {
            diag_note(diag, axis->place, "%s: %s reaches from %s to %s%s", axis->path,
                      spread_name(axis->spread), low, high, bounded ? "" : " in this study");
            diag_remedy(diag, bounded ? "narrow it to what may stand there"
                                      : "narrow it, or take a spread that ends where the "
                                        "parameter ends: uniform or triangular");
        }
        TRY(status);
    }
    return STATUS_OK;
}
