/* The door to one design for many futures, in one process or by the ranks of an MPI job. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/parallel.h"
#include "base/ranks.h"
#include "hearth_inside.h"
#include "tell/robust_design.h"

/* A call; in a job, one rank's. */
struct call {
    struct hearth_context *context;
    const char *path, *folder;
    unsigned how;
    struct arena *arena;
    struct diag *diag;
    struct ranks *ranks; /* NULL: no job */
    struct share share;
    int *first_block; /* by rank, and behind the last */
    long *first;      /* of a gather, likewise */
    struct robust_design *design;
};

/* Blocks lie with the ranks in order. */
static enum status gather(void *data, void *bytes, const long *first) {
    const struct call *call = data;
    for (int r = 0; r <= ranks_count(call->ranks); r++) {
        call->first[r] = first[call->first_block[r]];
    }
    return ranks_gather(call->ranks, bytes, call->first);
}

static enum status begin_share(struct call *call, int futures) {
    int count = ranks_count(call->ranks), number = ranks_number(call->ranks);
    call->first_block = ARENA_TAKE(call->arena, int, count + 1);
    call->first = ARENA_TAKE(call->arena, long, count + 1);
    if (!call->first_block || !call->first) {
        return STATUS_NO_MEMORY;
    }
    for (int r = 0; r <= count; r++) {
        call->first_block[r] = (int)((long)r * futures / count);
    }
    TRY(share_begin(call->arena, call->first_block, count, number, &call->share));
    call->share.gather = gather;
    call->share.data = call;
    return STATUS_OK;
}

static enum status solve(struct call *call) {
    struct scenario *scenario = NULL;
    bool first = !call->ranks || ranks_is_first(call->ranks);
    struct plan_options options = {.progress = first ? context_progress : NULL,
                                   .data = call->context};
    TRY(scenario_read(call->arena, call->diag, call->path, &scenario));
    if (!scenario->futures) {
        diag_error(call->diag, (struct place){call->path, 0, 0}, "the scenario has no futures");
        diag_remedy(call->diag, "add  robust: {weather_years: 30},  or  futures: [...]");
        return STATUS_BAD_SCENARIO;
    }
    if (call->ranks) {
        int cores = parallel_cores() / ranks_beside(call->ranks);
        options.threads = cores > 1 ? cores : 1;
        TRY(begin_share(call, scenario->futures->count));
    }
    return robust_design_solve(scenario, (call->how & HEARTH_ROBUST_COMPARE) != 0,
                               call->ranks ? &call->share : NULL, &options, call->arena, call->diag,
                               &call->design);
}

static enum status tell(struct call *call, const char **ret_words) {
    struct text_buffer words;
    if (call->folder) {
        TRY(robust_design_folder(call->design, call->diag, call->folder, call->arena));
    }
    text_buffer_init(&words, call->context->arena);
    if (call->how & HEARTH_ROBUST_JSON) {
        robust_design_json(call->design, &words);
    } else {
        robust_design_words(call->design, (call->how & HEARTH_ROBUST_UTF8) != 0, &words);
    }
    *ret_words = words.data;
    return words.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* All ranks solve, one tells: the first, or the lowest that failed. ret_tells stays true where there is no job to join. */
static enum status run_ranked(struct call *call, const char **ret_words, bool *ret_tells) {
    enum status status = ranks_begin(call->arena, call->diag, &call->ranks);
    if (status == STATUS_OK) {
        status = ranks_settle(call->ranks, call->diag, solve(call), ret_tells);
        if (status == STATUS_OK && *ret_tells) {
            status = tell(call, ret_words);
        }
        ranks_end(call->ranks);
    }
    return status;
}

enum hearth_status hearth_robust(struct hearth_context *context, const char *path,
                                 const char *folder, unsigned how, const char **ret_words) {
    struct arena *arena = arena_new(0);
    struct call call = {.context = context,
                        .path = path,
                        .folder = folder,
                        .how = how,
                        .arena = arena,
                        .diag = arena ? diag_new(arena) : NULL};
    enum status status = STATUS_NO_MEMORY;
    bool tells = true;
    *ret_words = NULL;
    if (call.diag && (how & HEARTH_ROBUST_MPI)) {
        status = run_ranked(&call, ret_words, &tells);
    } else if (call.diag) {
        status = solve(&call);
        status = status == STATUS_OK ? tell(&call, ret_words) : status;
    }
    if (call.diag && tells) {
        tell_messages(context, arena, call.diag);
    }
    arena_free(arena);
    return tells ? door(status) : HEARTH_OK;
}
