/* The door to studies. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/text.h"
#include "hearth_inside.h"
#include "studies/study.h"
#include "tell/study.h"

static bool progress(void *data, long done, long all, long failed) {
    struct hearth_context *context = data;
    struct text_buffer text;
    struct arena *arena = arena_new(0);
    bool stop = false;
    if (arena && context->on_progress) {
        text_buffer_init(&text, arena);
        text_add_format(&text, "%ld of %ld plans, %ld without", done, all, failed);
        stop = context->on_progress(context->progress_data, text.data ? text.data : "");
    }
    arena_free(arena);
    return stop;
}

static enum status write_table(const struct text_buffer *table, const char *folder,
                               const char *name, struct arena *arena, struct diag *diag) {
    if (table->failed || arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    return table->size == 0 ? STATUS_OK
                            : file_write(diag, arena_format(arena, "%s/%s", folder, name),
                                         table->data, table->size);
}

static enum status write_tables(const struct study_results *results, const char *folder,
                                struct arena *arena, struct diag *diag) {
    struct text_buffer table, sensitivity;
    text_buffer_init(&table, arena);
    text_buffer_init(&sensitivity, arena);
    study_table(results, &table);
    TRY(study_sensitivity(results, &sensitivity));
    TRY(write_table(&table, folder, "results.csv", arena, diag));
    return write_table(&sensitivity, folder, "sensitivity.csv", arena, diag);
}

static enum status write_choice(const struct choosing *choosing, const char *folder,
                                struct arena *arena, struct diag *diag) {
    struct text_buffer criteria, robust;
    text_buffer_init(&criteria, arena);
    text_buffer_init(&robust, arena);
    choice_table(choosing, &criteria);
    robust_table(choosing, &robust);
    TRY(write_table(&criteria, folder, "criteria.csv", arena, diag));
    return write_table(&robust, folder, "robust.csv", arena, diag);
}

static enum status run(struct hearth_context *context, const char *path, const char *folder,
                       int processes, bool utf8, struct arena *arena, struct diag *diag,
                       const char **ret_words) {
    struct study *study = NULL;
    struct study_results results;
    struct choosing *choosing = NULL;
    struct text_buffer words;
    struct study_options options = {processes, progress, context};
    TRY(study_read(arena, diag, path, &study));
    TRY(file_make_folder(diag, folder));
    TRY(study_run(study, &options, arena_format(arena, "%s/study.db", folder), hearth_version(),
                  arena, diag, &results));
    TRY(write_tables(&results, folder, arena, diag));
    text_buffer_init(&words, context->arena);
    TRY(study_words(&results, utf8, &words));
    TRY(choose_make(&results, arena, &choosing));
    if (choosing) {
        TRY(write_choice(choosing, folder, arena, diag));
        TRY(choice_words(choosing, utf8, &words));
    }
    *ret_words = words.data;
    return STATUS_OK;
}

enum hearth_status hearth_study(struct hearth_context *context, const char *path,
                                const char *folder, int processes, bool utf8,
                                const char **ret_words) {
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    enum status status = STATUS_NO_MEMORY;
    *ret_words = NULL;
    if (diag) {
        status = run(context, path, folder, processes, utf8, arena, diag, ret_words);
        tell_messages(context, arena, diag);
    }
    arena_free(arena);
    return door(status);
}
