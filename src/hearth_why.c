/* The door to what explains a plan. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"
#include "hearth_inside.h"
#include "tell/explain_result.h"
#include "tell/why.h"

enum hearth_status hearth_plan_why(struct hearth_plan *plan, bool json, bool utf8,
                                   const char **ret_text) {
    struct plan_options options = {.progress = context_progress,
                                   .data = plan->context,
                                   .is_stopped = context_is_stopped,
                                   .stop_data = plan->context};
    struct text_buffer out;
    struct why *why = NULL;
    *ret_text = NULL;
    if (!plan->accounts || plan->plan->depth != PLAN_FULL) {
        return HEARTH_USAGE; /* no plan, no why: its messages say what clashes; nor of one that is approximate */
    }
    enum status status = account_why(plan->accounts, &options, plan->arena, &why);
    text_buffer_init(&out, plan->arena);
    if (status == STATUS_OK) {
        status =
            json ? why_json(plan->accounts, why, &out) : why_words(plan->accounts, why, utf8, &out);
    }
    *ret_text = status == STATUS_OK ? out.data : NULL;
    return door(status);
}

enum hearth_status hearth_explain_result(struct hearth_context *context, const char *folder,
                                         const char *figure, bool json, bool utf8,
                                         const char **ret_text) {
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    struct text_buffer out;
    enum status status = STATUS_NO_MEMORY;
    *ret_text = NULL;
    if (diag) {
        text_buffer_init(&out, context->arena);
        status = tell_explain_result(arena, diag, folder, figure, json, utf8, &out);
        tell_messages(context, arena, diag);
        *ret_text = status == STATUS_OK ? out.data : NULL;
    }
    arena_free(arena);
    return door(status);
}
