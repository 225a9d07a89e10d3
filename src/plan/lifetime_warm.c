/* Where a window's first round begins: at the optima of its stages alone. Columns and rows of a window stand so: designs of the
   stages, what is built (by asset, then stage), then all else stage by stage; rows alike. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "plan/lifetime_window.h"

static int joints_of(const struct window *one) {
    int count = 0;
    for (int a = 0; a < one->result->assets_count; a++) {
        count += window_joins(one, &one->result->assets[a], one->first);
    }
    return count;
}

/* Numbers of columns or rows; head: of them before the steps, joints included. */
struct part {
    const double *value;
    long count;
    int head, joints;
};

static void gather(const struct window *window, const struct window *stage,
                   const struct part part[STAGES_MAX], double *ret) {
    const struct lifetime_case *result = stage[window->first].result;
    int next[STAGES_MAX] = {0};
    long at = 0;
    for (int k = window->first; k <= window->last; k++) {
        size_t own = (size_t)(part[k].head - part[k].joints);
        memcpy(ret + at, part[k].value, own * sizeof *ret);
        at += (long)own;
        next[k] = (int)own;
    }
    for (int a = 0; a < result->assets_count; a++) {
        for (int k = window->first; k <= window->last; k++) {
            if (window_joins(&stage[k], &result->assets[a], k)) {
                ret[at++] = part[k].value[next[k]++];
            }
        }
    }
    for (int k = window->first; k <= window->last; k++) {
        size_t rest = (size_t)(part[k].count - part[k].head);
        memcpy(ret + at, part[k].value + part[k].head, rest * sizeof *ret);
        at += (long)rest;
    }
}

enum status window_warm_from_stages(struct window *window, const struct window *stage) {
    struct part columns[STAGES_MAX], rows[STAGES_MAX];
    struct outcome outcome = {.kind = OUTCOME_OPTIMAL};
    long columns_count = 0, rows_count = 0;
    if (window->life->fleets_count > 0) {
        return STATUS_OK; /* a stage alone has none of the vintages that it leaves to others */
    }
    for (int k = window->first; k <= window->last; k++) {
        const struct window *one = &stage[k];
        if (!one->outcome.x || !window->work[k]) {
            return STATUS_OK; /* nothing is needed in a stage: cold */
        }
        int joints = joints_of(one);
        columns[k] = (struct part){one->outcome.x, one->columns, one->designs, joints};
        rows[k] = (struct part){one->outcome.y, one->rows, one->border_rows, joints};
        columns_count += one->columns;
        rows_count += one->rows;
        outcome.iterations_count = one->outcome.iterations_count > outcome.iterations_count
                                       ? one->outcome.iterations_count
                                       : outcome.iterations_count;
    }
    outcome.x = ARENA_TAKE(window->arena, double, columns_count);
    outcome.y = ARENA_TAKE(window->arena, double, rows_count);
    if (!outcome.x || !outcome.y) {
        return STATUS_NO_MEMORY;
    }
    gather(window, stage, columns, outcome.x);
    gather(window, stage, rows, outcome.y);
    window->outcome = outcome;
    window->columns = columns_count;
    window->rows = rows_count;
    return STATUS_OK;
}
