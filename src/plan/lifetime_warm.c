/* Where a window's first round begins: at the optima of its stages alone. Columns and rows of a window stand so: designs of the
   stages, what is built (by asset, then stage), servers (by hall, then stage), then all else stage by stage; rows alike. Rows
   that no stage alone has, of servers that are left from the one before, begin at nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "plan/lifetime_window.h"

struct joints {
    int columns, rows;
};

static struct joints joints_of(const struct window *one) {
    struct joints joints = {0, 0};
    for (int a = 0; a < one->result->assets_count; a++) {
        joints.columns += window_joins(one, &one->result->assets[a], one->first);
    }
    joints.rows = joints.columns;
    for (int f = 0; f < one->result->servers_count; f++) {
        struct window_part part = window_servers_part(one, f, one->first);
        joints.columns += part.columns;
        joints.rows += part.rows;
    }
    return joints;
}

/* Numbers of columns or rows; head: of them before the steps, joints included. */
struct part {
    const double *value;
    long count;
    int head, joints;
};

static void gather(const struct window *window, const struct window *stage,
                   const struct part part[STAGES_MAX], bool rows, double *ret) {
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
    for (int f = 0; f < result->servers_count; f++) {
        for (int k = window->first; k <= window->last; k++) {
            struct window_part mine = window_servers_part(window, f, k),
                               alone = window_servers_part(&stage[k], f, k);
            int count = rows ? alone.rows : alone.columns;
            for (int n = 0; n < count; n++) {
                ret[at++] = part[k].value[next[k]++];
            }
            for (int n = count; rows && n < mine.rows; n++) {
                ret[at++] = 0.0;
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
    for (int k = window->first; k <= window->last; k++) {
        const struct window *one = &stage[k];
        if (!one->outcome.x || !window->work[k]) {
            return STATUS_OK; /* nothing is needed in a stage: cold */
        }
        struct joints joints = joints_of(one);
        columns[k] = (struct part){one->outcome.x, one->columns, one->designs, joints.columns};
        rows[k] = (struct part){one->outcome.y, one->rows, one->border_rows, joints.rows};
        columns_count += one->columns;
        rows_count += one->rows;
        for (int f = 0; f < one->result->servers_count; f++) {
            rows_count +=
                window_servers_part(window, f, k).rows - window_servers_part(one, f, k).rows;
        }
        outcome.iterations_count = one->outcome.iterations_count > outcome.iterations_count
                                       ? one->outcome.iterations_count
                                       : outcome.iterations_count;
    }
    outcome.x = ARENA_TAKE(window->arena, double, columns_count);
    outcome.y = ARENA_TAKE(window->arena, double, rows_count);
    if (!outcome.x || !outcome.y) {
        return STATUS_NO_MEMORY;
    }
    gather(window, stage, columns, false, outcome.x);
    gather(window, stage, rows, true, outcome.y);
    window->outcome = outcome;
    window->columns = columns_count;
    window->rows = rows_count;
    return STATUS_OK;
}
