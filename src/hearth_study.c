/* The door to studies. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "hearth_inside.h"
#include "studies/store.h"
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

static enum status write_netcdf(const struct study_results *results, const char *folder,
                                struct arena *arena, struct diag *diag) {
    struct text_buffer table;
    text_buffer_init(&table, arena);
    TRY(study_netcdf(results, &table));
    return write_table(&table, folder, "results.nc", arena, diag);
}

static enum status write_tables(const struct study_results *results, const char *folder,
                                struct arena *arena, struct diag *diag) {
    struct text_buffer table, sensitivity, convergence;
    text_buffer_init(&table, arena);
    text_buffer_init(&sensitivity, arena);
    text_buffer_init(&convergence, arena);
    study_table(results, &table);
    TRY(study_sensitivity(results, &sensitivity));
    TRY(study_convergence(results, &convergence));
    TRY(write_table(&table, folder, "results.csv", arena, diag));
    TRY(write_table(&convergence, folder, "convergence.csv", arena, diag));
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

/* ---- options by key and text ---- */

struct asked {
    long processes, part, parts, slurm; /* 0: not asked */
    bool mpi, netcdf;
    const char *store;
};

static bool whole(const char *text, size_t size, long most, long *ret) {
    return text_integer(text, size, ret) && *ret >= 1 && *ret <= most;
}

static bool take_option(const char *key, const char *text, struct asked *ret) {
    enum { PROCESSES_MOST = 256, PARTS_MOST = 10000 };
    size_t size = strlen(text), slash = strcspn(text, "/");
    if (strcmp(key, "processes") == 0) {
        return whole(text, size, PROCESSES_MOST, &ret->processes);
    }
    if (strcmp(key, "store") == 0) {
        ret->store = text;
        return store_is_address(text);
    }
    if (strcmp(key, "netcdf") == 0) {
        ret->netcdf = true;
        return strcmp(text, "yes") == 0;
    }
    if (strcmp(key, "mpi") == 0) {
        ret->mpi = true;
        return strcmp(text, "yes") == 0;
    }
    if (strcmp(key, "slurm") == 0) {
        return whole(text, size, PARTS_MOST, &ret->slurm);
    }
    return strcmp(key, "part") == 0 && slash < size &&
           whole(text + slash + 1, size - slash - 1, PARTS_MOST, &ret->parts) &&
           whole(text, slash, ret->parts, &ret->part);
}

static enum status read_options(const char *const *options, struct diag *diag, struct asked *ret) {
    *ret = (struct asked){0};
    for (int k = 0; options && options[k] && options[k + 1]; k += 2) {
        if (!take_option(options[k], options[k + 1], ret)) {
            struct place place = {0};
            diag_error(diag, place, "%s: %s is none", options[k], options[k + 1]);
            diag_remedy(diag, "processes: from 1 to 256; part: K/N, as 3/8; slurm: from 1 to 10000 "
                              "parts; mpi: yes; netcdf: yes; store: "
                              "postgresql://host/name");
            return STATUS_USAGE;
        }
    }
    return STATUS_OK;
}

/* ---- what is done ---- */

struct call { /* of the door */
    struct hearth_context *context;
    const char *path, *folder;
    struct asked asked;
    bool utf8;
    struct arena *arena;
    struct diag *diag;
    struct text_buffer words;
};

static enum status write_jobs(struct call *call) {
    static const struct {
        const char *name;
        void (*tell)(const struct cluster *cluster, struct text_buffer *out);
    } files[] = {{"parts.slurm", cluster_parts},
                 {"gather.slurm", cluster_gather},
                 {"submit.sh", cluster_submit}};
    struct study *study = NULL;
    const struct asked *asked = &call->asked;
    struct cluster cluster = {file_absolute(call->arena, call->path),
                              file_absolute(call->arena, call->folder), (int)asked->slurm,
                              asked->processes ? (int)asked->processes : 1};
    /* its mistakes are told now, not by every part */
    TRY(study_read(call->arena, call->diag, call->path, &study));
    TRY(file_make_folder(call->diag, call->folder));
    for (int k = 0; cluster.study && cluster.folder && k < COUNT(files); k++) {
        struct text_buffer text;
        text_buffer_init(&text, call->arena);
        files[k].tell(&cluster, &text);
        TRY(write_table(&text, call->folder, files[k].name, call->arena, call->diag));
    }
    text_add_format(&call->words,
                    "%ld plans in %ld parts. Hand them to Slurm:  bash %s/submit.sh\n", study->rows,
                    asked->slurm, call->folder);
    return arena_failed(call->arena) || call->words.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status write_all(struct call *call, const struct study_results *results) {
    struct choosing *choosing = NULL;
    TRY(write_tables(results, call->folder, call->arena, call->diag));
    if (call->asked.netcdf) {
        TRY(write_netcdf(results, call->folder, call->arena, call->diag));
    }
    TRY(study_words(results, call->utf8, &call->words));
    TRY(choose_make(results, call->arena, &choosing));
    if (choosing) {
        TRY(write_choice(choosing, call->folder, call->arena, call->diag));
        TRY(choice_words(choosing, call->utf8, &call->words));
    }
    return STATUS_OK;
}

static enum status run(struct call *call, struct ranks *ranks) {
    struct study *study = NULL;
    struct study_results results;
    const struct asked *asked = &call->asked;
    const struct study_options options = {.processes = (int)asked->processes,
                                          .ranks = ranks,
                                          .store = asked->store,
                                          .part = (int)asked->part,
                                          .parts = (int)asked->parts,
                                          .progress = progress,
                                          .data = call->context};
    TRY(study_read(call->arena, call->diag, call->path, &study));
    TRY(file_make_folder(call->diag, call->folder));
    TRY(study_run(study, &options, call->folder, hearth_version(), call->arena, call->diag,
                  &results));
    if (asked->parts == 0) {
        return write_all(call, &results);
    }
    text_add_format(
        &call->words, "Part %ld of %ld: %ld of %ld rows, %ld planned now, %ld kept from before.\n",
        asked->part, asked->parts, results.mine, study->rows, results.planned, results.kept);
    return call->words.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Another rank than the first plans for it and says nothing. */
static enum status help(struct call *call, struct ranks *ranks) {
    struct study *study = NULL;
    struct study_results results;
    const struct study_options options = {.processes = (int)call->asked.processes, .ranks = ranks};
    TRY(study_read(call->arena, call->diag, call->path, &study));
    return study_run(study, &options, call->folder, hearth_version(), call->arena, call->diag,
                     &results);
}

static enum status run_ranked(struct call *call) {
    struct ranks *ranks = NULL;
    enum status status = ranks_begin(call->arena, call->diag, &ranks);
    if (status == STATUS_OK && ranks_is_first(ranks)) {
        status = run(call, ranks);
        if (status == STATUS_OK && ranks_lost(ranks) > 0) {
            text_add_format(&call->words,
                            "%d of %d ranks lost; what they had begun was planned by others.\n",
                            ranks_lost(ranks), ranks_count(ranks));
        }
    } else if (status == STATUS_OK && ranks_await(ranks)) {
        status = help(call, ranks);
    }
    ranks_end(ranks);
    return status;
}

enum hearth_status hearth_study(struct hearth_context *context, const char *path,
                                const char *folder, const char *const *options, bool utf8,
                                const char **ret_words) {
    struct arena *arena = arena_new(0);
    struct call call = {.context = context,
                        .path = path,
                        .folder = folder,
                        .utf8 = utf8,
                        .arena = arena,
                        .diag = arena ? diag_new(arena) : NULL};
    enum status status = STATUS_NO_MEMORY;
    *ret_words = NULL;
    if (call.diag) {
        text_buffer_init(&call.words, context->arena);
        status = read_options(options, call.diag, &call.asked);
        if (status == STATUS_OK) {
            status = call.asked.slurm ? write_jobs(&call)
                     : call.asked.mpi ? run_ranked(&call)
                                      : run(&call, NULL);
        }
        if (status == STATUS_OK) {
            *ret_words = call.words.data;
        }
        tell_messages(context, arena, call.diag);
    }
    arena_free(arena);
    return door(status);
}
