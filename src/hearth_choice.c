/* The door to frontiers and near-optimal alternatives: what else could be chosen. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "hearth_inside.h"
#include "tell/alternatives.h"
#include "tell/frontier.h"

struct ask {
    struct hearth_context *context;
    const char *path, *folder;
    unsigned how;
    const char *against;
    int count; /* points, or alternatives */
    double within_frac;
};

static enum status refuse(const struct ask *ask, struct diag *diag, const char *what,
                          const char *remedy) {
    diag_error(diag, (struct place){ask->path, 0, 0}, "%s", what);
    diag_remedy(diag, "%s", remedy);
    return STATUS_USAGE;
}

static enum status frontier(const struct ask *ask, struct arena *arena, struct diag *diag,
                            struct text_buffer *words) {
    static const struct {
        const char *word;
        enum held_figure figure;
    } figures[] = {{"carbon", FIGURE_CARBON}, {"water", FIGURE_WATER}, {"peak", FIGURE_PEAK}};
    const struct plan_options options = {.progress = context_progress, .data = ask->context};
    struct scenario *scenario = NULL;
    struct frontier *found = NULL;
    int k = 0;
    while (k < COUNT(figures) && strcmp(figures[k].word, ask->against) != 0) {
        k++;
    }
    if (k == COUNT(figures)) {
        return refuse(ask, diag, arena_format(arena, "cost against what? found %s", ask->against),
                      "carbon, water or peak");
    }
    if (ask->count < FRONTIER_POINTS_MIN || ask->count > FRONTIER_POINTS_MAX) {
        return refuse(ask, diag, arena_format(arena, "points: %d", ask->count),
                      arena_format(arena, "%d to %d", FRONTIER_POINTS_MIN, FRONTIER_POINTS_MAX));
    }
    TRY(scenario_read(arena, diag, ask->path, &scenario));
    TRY(frontier_solve(scenario, figures[k].figure, ask->count, &options, arena, diag, &found));
    if (ask->folder) {
        TRY(frontier_folder(found, diag, ask->folder, arena));
    }
    if (ask->how & HEARTH_CHOICE_JSON) {
        frontier_json(found, words);
    } else {
        frontier_words(found, (ask->how & HEARTH_CHOICE_UTF8) != 0, words);
    }
    return STATUS_OK;
}

static enum status alternatives(const struct ask *ask, struct arena *arena, struct diag *diag,
                                struct text_buffer *words) {
    const struct plan_options options = {.progress = context_progress, .data = ask->context};
    struct scenario *scenario = NULL;
    struct alternatives *found = NULL;
    if (!(ask->within_frac > 0.0 && ask->within_frac <= 1.0)) {
        return refuse(ask, diag, arena_format(arena, "within %g", ask->within_frac),
                      "a share of the cost, above 0 and at most 1: 2% or 0.02");
    }
    if (ask->count < 1 || ask->count > ALTERNATIVES_MAX) {
        return refuse(ask, diag, arena_format(arena, "%d alternatives", ask->count),
                      arena_format(arena, "1 to %d", ALTERNATIVES_MAX));
    }
    TRY(scenario_read(arena, diag, ask->path, &scenario));
    TRY(alternatives_solve(scenario, ask->within_frac, ask->count, &options, arena, diag, &found));
    if (ask->folder) {
        TRY(alternatives_folder(found, diag, ask->folder, arena));
    }
    if (ask->how & HEARTH_CHOICE_JSON) {
        alternatives_json(found, words);
    } else {
        alternatives_words(found, (ask->how & HEARTH_CHOICE_UTF8) != 0, words);
    }
    return STATUS_OK;
}

static enum hearth_status run(const struct ask *ask,
                              enum status (*verb)(const struct ask *, struct arena *, struct diag *,
                                                  struct text_buffer *),
                              const char **ret_words) {
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    struct text_buffer words;
    enum status status = STATUS_NO_MEMORY;
    *ret_words = NULL;
    text_buffer_init(&words, ask->context->arena);
    if (diag) {
        status = verb(ask, arena, diag, &words);
        tell_messages(ask->context, arena, diag);
    }
    arena_free(arena);
    if (status == STATUS_OK) {
        status = words.failed ? STATUS_NO_MEMORY : STATUS_OK;
        *ret_words = words.failed ? NULL : words.data;
    }
    return door(status);
}

enum hearth_status hearth_frontier(struct hearth_context *context, const char *path,
                                   const char *against, int points, const char *folder,
                                   unsigned how, const char **ret_words) {
    struct ask ask = {.context = context,
                      .path = path,
                      .folder = folder,
                      .how = how,
                      .against = against,
                      .count = points};
    return run(&ask, frontier, ret_words);
}

enum hearth_status hearth_alternatives(struct hearth_context *context, const char *path,
                                       double within_frac, int count, const char *folder,
                                       unsigned how, const char **ret_words) {
    struct ask ask = {.context = context,
                      .path = path,
                      .folder = folder,
                      .how = how,
                      .count = count,
                      .within_frac = within_frac};
    return run(&ask, alternatives, ret_words);
}
