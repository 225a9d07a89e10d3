/* What the feeder's verbs print: a state, the room for load, one branch out. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_FEEDER_H
#define TELL_FEEDER_H

#include "base/diag.h"
#include "base/text.h"

enum tell_format { TELL_TEXT, TELL_JSON, TELL_CSV };

struct tell_feeder_ask {
    const char *what; /* "solve", "host", "n1" */
    const char *const *files;
    int files_count;
    const char *bus;                  /* NULL: each (host), none (solve, n1) */
    double load_ratio, extra_kw;      /* times the loads; added at bus */
    double lowest_pu, highest_pu;     /* allowed at every bus; NaN: as the feeder says */
    double power_factor;              /* of what is added; lagging */
    const char *series_file, *column; /* NULL, or hourly factors of the loads */
    enum tell_format format;
};

/* NO_MEMORY, NO_FILE, BAD_SCENARIO; INFEASIBLE when the load has no state, with its text all the
   same. */
enum status tell_feeder(struct arena *arena, struct diag *diag, const struct tell_feeder_ask *ask,
                        const char **ret_text) MUST_CHECK;

#endif
