/* The readers of feeders: the first byte chooses MATPOWER, GeoJSON or CSV (m, g, c), the rest is the file. What is
   accepted has a state whose balance closes, or says that it has none, with the nearest load that has one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "networks/feeder.h"

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void solve(struct arena *arena, const struct feeder *feeder) {
    static const struct feeder_ask ask = {1.0, -1, 0.0, 0.0};
    struct feeder_work *work = feeder_work_new(arena, feeder);
    struct feeder_state *state = feeder_state_new(arena, feeder);
    demand(work && state);
    feeder_solve(feeder, work, &ask, state);
    if (state->outcome == FEEDER_SOLVED) {
        demand(isfinite(state->loss_kw) && isfinite(state->lowest_pu));
        demand(state->lowest_pu <= state->highest_pu);
        (void)feeder_violation(feeder, state);
    } else if (state->outcome == FEEDER_DIVERGED) {
        double ratio = feeder_nearest_ratio(feeder, work, &ask, state);
        demand(!(ratio < 0.0) && !(ratio > 1.0));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1 || size > 20000) {
        return 0;
    }
    struct arena *arena = arena_new((size_t)1 << 30);
    struct diag *diag = diag_new(arena);
    struct feeder feeder;
    const char *name = data[0] == 'g' ? "f.geojson" : data[0] == 'c' ? "f.csv" : "f.m";
    const char *text = arena_text_n(arena, (const char *)data + 1, size - 1);
    if (feeder_parse(arena, diag, name, text, size - 1, &feeder) == STATUS_OK) {
        solve(arena, &feeder);
    } else {
        demand(diag_errors(diag) > 0);
        demand(diag_render(arena, diag_at(diag, 0)) != NULL);
    }
    arena_free(arena);
    return 0;
}
