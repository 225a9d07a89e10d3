/* The door to a community's data needs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hearth_inside.h"
#include "tell/data_needs.h"

enum hearth_status hearth_data(struct hearth_context *context, const char *path, bool utf8,
                               const char **ret_words) {
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    struct data_needs *needs = NULL;
    enum status status = STATUS_NO_MEMORY;
    *ret_words = NULL;
    if (diag) {
        status = data_needs_read(arena, diag, path, &needs);
        if (status == STATUS_OK) {
            struct text_buffer words;
            text_buffer_init(&words, context->arena);
            data_needs_words(needs, utf8, &words);
            *ret_words = words.data;
            status = words.failed ? STATUS_NO_MEMORY : STATUS_OK;
        }
        tell_messages(context, arena, diag);
    }
    arena_free(arena);
    return door(status);
}
