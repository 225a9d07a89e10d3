/* The door to plans over the life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hearth_inside.h"
#include "tell/roadmap.h"

static enum status run(struct hearth_context *context, const char *path, const char *folder,
                       bool utf8, struct arena *arena, struct diag *diag, const char **ret_words) {
    struct scenario *scenario = NULL;
    struct lifetime *life = NULL;
    struct plan_options options = {.progress = context_progress, .data = context};
    struct text_buffer words;
    TRY(scenario_read(arena, diag, path, &scenario));
    if (!scenario->stages) {
        diag_error(diag, (struct place){path, 0, 0}, "the scenario has no stages");
        diag_remedy(diag, "add  stages: {years: [2026, 2030, 2035, 2040, 2045, 2050]}");
        return STATUS_BAD_SCENARIO;
    }
    TRY(lifetime_solve(scenario, &options, arena, diag, &life));
    if (folder) {
        TRY(roadmap_folder(life, diag, folder, arena));
    }
    text_buffer_init(&words, context->arena);
    roadmap_words(life, utf8, &words);
    *ret_words = words.data;
    return words.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum hearth_status hearth_roadmap(struct hearth_context *context, const char *path,
                                  const char *folder, bool utf8, const char **ret_words) {
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    enum status status = STATUS_NO_MEMORY;
    *ret_words = NULL;
    if (diag) {
        status = run(context, path, folder, utf8, arena, diag, ret_words);
        tell_messages(context, arena, diag);
    }
    arena_free(arena);
    return door(status);
}
