/* What the files of the door share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HEARTH_DOOR_H
#define HEARTH_DOOR_H

#include "base/diag.h"
#include "hearth/hearth.h"

struct hearth_context {
    struct arena *arena; /* texts of explain, calc, new: as long as the context */
    void (*on_message)(void *data, const struct hearth_message *message);
    void *message_data;
    bool (*on_progress)(void *data, const char *words);
    void *progress_data;
};

/* Hands the collected messages to the user's callback. */
void door_tell(struct hearth_context *context, struct arena *arena, const struct diag *diag);

#endif
