/* Feeders for the tests, read from text, and their solver in one call. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_NETWORKS_FEEDERS_H
#define TESTS_NETWORKS_FEEDERS_H

#include <math.h>

#include "networks/feeder.h"
#include "shared_data.h"

struct feeders {
    struct arena *arena;
    struct diag *diag;
    struct feeder feeder;
    struct feeder_work *work;
    struct feeder_state *state;
};

static inline void feeders_prepare(struct feeders *f) {
    f->work = feeder_work_new(f->arena, &f->feeder);
    f->state = feeder_state_new(f->arena, &f->feeder);
    assert_non_null(f->work);
    assert_non_null(f->state);
}

static inline void feeders_begin(struct feeders *f) {
    f->arena = arena_new(0);
    f->diag = diag_new(f->arena);
    assert_non_null(f->diag);
}

static inline enum status feeders_text(struct feeders *f, const char *name, const char *text) {
    feeders_begin(f);
    enum status status = feeder_parse(f->arena, f->diag, name, text, strlen(text), &f->feeder);
    if (status == STATUS_OK) {
        feeders_prepare(f);
    }
    return status;
}

static inline void feeders_case33(struct feeders *f) {
    char bus[512], line[512];
    shared_data_need(bus, sizeof bus, "el_feeders/case33bw_bus.csv");
    shared_data_need(line, sizeof line, "el_feeders/case33bw_line.csv");
    const char *const paths[] = {line, bus};
    feeders_begin(f);
    assert_int_equal(feeder_read(f->arena, f->diag, paths, 2, &f->feeder), STATUS_OK);
    feeders_prepare(f);
}

static inline void feeders_end(struct feeders *f) { arena_free(f->arena); }

static const struct feeder_ask feeders_plain = {1.0, -1, 0.0, 0.0};

#endif
