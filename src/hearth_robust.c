/* The door to one design for many futures. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hearth_inside.h"
#include "tell/robust_design.h"

static bool progress(void *data, const char *words) {
    struct hearth_context *context = data;
    return context->on_progress && context->on_progress(context->progress_data, words);
}

static enum status run(struct hearth_context *context, const char *path, const char *folder,
                       unsigned how, struct arena *arena, struct diag *diag,
                       const char **ret_words) {
    struct scenario *scenario = NULL;
    struct robust_design *design = NULL;
    struct plan_options options = {.progress = progress, .data = context};
    struct text_buffer words;
    TRY(scenario_read(arena, diag, path, &scenario));
    if (!scenario->futures) {
        diag_error(diag, (struct place){path, 0, 0}, "the scenario has no futures");
        diag_remedy(diag, "add  robust: {weather_years: 30},  or  futures: [...]");
        return STATUS_BAD_SCENARIO;
    }
    TRY(robust_design_solve(scenario, (how & HEARTH_ROBUST_COMPARE) != 0, NULL, &options, arena, diag,
                            &design));
    if (folder) {
        TRY(robust_design_folder(design, diag, folder, arena));
    }
    text_buffer_init(&words, context->arena);
    if (how & HEARTH_ROBUST_JSON) {
        robust_design_json(design, &words);
    } else {
        robust_design_words(design, (how & HEARTH_ROBUST_UTF8) != 0, &words);
    }
    *ret_words = words.data;
    return words.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum hearth_status hearth_robust(struct hearth_context *context, const char *path,
                                 const char *folder, unsigned how, const char **ret_words) {
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    enum status status = STATUS_NO_MEMORY;
    *ret_words = NULL;
    if (diag) {
        status = run(context, path, folder, how, arena, diag, ret_words);
        tell_messages(context, arena, diag);
    }
    arena_free(arena);
    return door(status);
}
