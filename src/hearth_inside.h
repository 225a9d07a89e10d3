/* What the files of the door share: the handles behind hearth.h. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HEARTH_INSIDE_H
#define HEARTH_INSIDE_H

#include "accounts/accounts.h"
#include "base/diag.h"
#include "hearth/hearth.h"

struct hearth_context {
    struct arena *arena; /* texts of explain, calc, new: as long as the context */
    void (*on_message)(void *data, const struct hearth_message *message);
    void *message_data;
    bool (*on_progress)(void *data, const char *words);
    void *progress_data;
    bool (*is_stopped)(void *data); /* by any thread */
    void *stop_data;
};

struct hearth_scenario {
    struct hearth_context *context;
    struct arena *arena;
    struct scenario *scenario;
};

struct hearth_plan {
    struct hearth_context *context;
    struct arena *arena;
    struct plan *plan;
    struct accounts *accounts; /* NULL: no plan was found */
};

static inline enum hearth_status door(enum status status) { return (enum hearth_status)status; }
/* Where a plan tells of its progress and asks whether to stop: the user's callbacks. */
static inline bool context_progress(void *data, const char *words) {
    struct hearth_context *context = data;
    return context->on_progress && context->on_progress(context->progress_data, words);
}
static inline bool context_is_stopped(void *data) {
    const struct hearth_context *context = data;
    return context->is_stopped && context->is_stopped(context->stop_data);
}
/* Hands the collected messages to the user's callback. */
void tell_messages(struct hearth_context *context, struct arena *arena, const struct diag *diag);

#endif
