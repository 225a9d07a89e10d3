/* The door to comparisons. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/file.h"
#include "hearth_inside.h"
#include "studies/compare.h"
#include "tell/comparison.h"

static enum status tell(const struct comparison *comparison, const char *format, bool utf8,
                        struct text_buffer *out) {
    if (strcmp(format, "csv") == 0) {
        comparison_csv(comparison, out);
    } else if (strcmp(format, "json") == 0) {
        comparison_json(comparison, out);
    } else if (strcmp(format, "text") == 0) {
        struct page page = {out, out->arena, false, utf8};
        comparison_text(comparison, &page);
    } else {
        return STATUS_USAGE;
    }
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum hearth_status hearth_compare(struct hearth_context *context, const char *path, const char *key,
                                  const char *values, const char *format, bool utf8,
                                  const char **ret_text) {
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    struct comparison *comparison = NULL;
    struct text_buffer out;
    char *text = NULL;
    size_t size = 0;
    if (!diag) {
        arena_free(arena);
        return HEARTH_NO_MEMORY;
    }
    struct place place = {NULL, 0, 0};
    enum status status = file_read(arena, diag, place, path, (size_t)1 << 20, &text, &size);
    if (status == STATUS_OK) {
        struct compare_ask ask = {
            .file = path, .text = text, .size = size, .key = key, .values = values};
        ask.options.progress = context_progress;
        ask.options.data = context;
        status = compare_run(&ask, arena, diag, &comparison);
    }
    if (status == STATUS_OK) {
        text_buffer_init(&out, arena);
        status = tell(comparison, format, utf8, &out);
    }
    tell_messages(context, arena, diag);
    *ret_text = status == STATUS_OK ? arena_text(context->arena, out.data) : NULL;
    arena_free(arena);
    return door(status);
}
