/* What the feeder's verbs print: a state, the room for load, one branch out; what a series of loads leaves room for. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_FEEDER_H
#define TELL_FEEDER_H

#include "base/diag.h"
#include "tell/rows.h"

struct tell_feeder_ask {
    const char *what; /* "solve", "host", "n1", "headroom" */
    const char *const *files;
    int files_count;
    const char *bus;                  /* NULL: each (host), none (solve, n1) */
    double load_ratio, extra_kw;      /* times the loads; added at bus */
    double lowest_pu, highest_pu;     /* allowed at every bus; NaN: as the feeder says */
    double power_factor;              /* of what is added; lagging */
    const char *series_file, *column; /* NULL, or hourly factors of the loads; of headroom: loads */
    double cap_kw;                    /* of headroom: what the loads and more may come to; NaN: the
                                         highest of them */
    enum tell_format format;
};

/* NO_MEMORY, NO_FILE, BAD_SCENARIO; INFEASIBLE when the load has no state, with its text all the
   same. */
enum status tell_feeder(struct arena *arena, struct diag *diag, const struct tell_feeder_ask *ask,
                        const char **ret_text) MUST_CHECK;

#endif
