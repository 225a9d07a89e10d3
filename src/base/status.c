/* The list of status.def as tables: text, name and exit code of each status. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/status.h"

struct entry {
    const char *name, *text;
    int exit_code;
};

static const struct entry entries[STATUS_COUNT] = {
#define STATUS(name, exit_code, text) [STATUS_##name] = {#name, text, exit_code},
#include "base/status.def"
#undef STATUS
};

/* A status from outside the list reads as an internal error. */
static const struct entry *entry_of(enum status status) {
    unsigned int index = (unsigned int)status;
    return &entries[index < STATUS_COUNT ? index : STATUS_INTERNAL];
}

const char *status_text(enum status status) { return entry_of(status)->text; }

const char *status_name(enum status status) { return entry_of(status)->name; }

int status_exit_code(enum status status) { return entry_of(status)->exit_code; }
