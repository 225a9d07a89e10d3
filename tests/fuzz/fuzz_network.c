/* The readers of networks: the first byte chooses GeoJSON, EPANET or pandapipes (g, e, p), the rest is the
   file. What is accepted is solved or sized without a crash, and its balance closes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "networks/epanet.h"
#include "networks/geojson.h"
#include "networks/pandapipes.h"
#include "networks/sizing.h"
#include "networks/state.h"

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void solve(struct arena *arena, struct diag *diag, struct network *network) {
    struct network_state *state = NULL;
    if (network_complete(network, NEED_SIZES, diag) != STATUS_OK ||
        network_state_new(arena, network, &state) != STATUS_OK) {
        return;
    }
    if (network_state_solve(state) == STATUS_OK) {
        network_state_judge(state, diag);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1 || size > 20000) {
        return 0;
    }
    struct arena *arena = arena_new((size_t)1 << 30);
    struct diag *diag = diag_new(arena);
    const char *text = arena_text_n(arena, (const char *)data + 1, size - 1);
    struct network *network = NULL, *again = NULL;
    struct epanet epanet;
    struct sizing sizing;
    enum status status =
        data[0] == 'e'   ? epanet_parse(arena, diag, "n.inp", text, size - 1, &epanet)
        : data[0] == 'p' ? pandapipes_parse(arena, diag, "n.json", text, size - 1, &network)
                         : geojson_parse(arena, diag, "n.geojson", text, size - 1, &network);
    if (status == STATUS_OK) {
        solve(arena, diag, data[0] == 'e' ? epanet.network : network);
    } else {
        demand(diag_errors(diag) > 0);
        demand(diag_render(arena, diag_at(diag, 0)) != NULL);
    }
    struct diag *second = diag_new(arena);
    if (data[0] == 'g' &&
        geojson_parse(arena, second, "n.geojson", text, size - 1, &again) == STATUS_OK &&
        sizing_find(arena, again, true, second, &sizing) == STATUS_OK) {
        solve(arena, second, sizing.network);
    }
    arena_free(arena);
    return 0;
}
