/* The door's networks: read, solved or sized, told. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "hearth_door.h"
#include "networks/reading.h"
#include "networks/sizing.h"
#include "networks/state.h"
#include "tell/network.h"

struct hearth_network {
    struct hearth_context *context;
    struct arena *arena;
    struct network *network;
    struct network_state *state;
    struct sizing sizing;
    bool sized;
};

static enum hearth_status door(enum status status) { return (enum hearth_status)status; }

enum hearth_status hearth_network_read(struct hearth_context *context, const char *path,
                                       int snapshot, struct hearth_network **ret) {
    *ret = NULL;
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    struct hearth_network *handle = diag ? ARENA_TAKE(arena, struct hearth_network, 1) : NULL;
    if (!handle) {
        arena_free(arena);
        return HEARTH_NO_MEMORY;
    }
    handle->context = context;
    handle->arena = arena;
    enum status status = network_read(arena, diag, path, snapshot, &handle->network);
    door_tell(context, arena, diag);
    if (status != STATUS_OK) {
        arena_free(arena);
        return door(status);
    }
    *ret = handle;
    return HEARTH_OK;
}

void hearth_network_free(struct hearth_network *network) {
    if (network) {
        arena_free(network->arena);
    }
}

/* Solves and judges what stands in handle->network, completed. */
static enum status solve(struct hearth_network *handle, struct diag *diag) {
    TRY(network_state_new(handle->arena, handle->network, &handle->state));
    enum status status = network_state_solve(handle->state);
    if (status == STATUS_STALLED) {
        int worst = handle->state->out->worst;
        diag_error(diag, (struct place){handle->network->file, 0, 0},
                   "flows and temperatures do not settle%s%s", worst >= 0 ? ", worst at " : "",
                   worst >= 0 ? handle->network->links[worst].name : "");
        diag_remedy(diag, "look at very short or very wide pipes and at pumps near there");
    }
    TRY(status);
    network_state_judge(handle->state, diag);
    return diag_errors(diag) > 0 ? STATUS_BAD_SCENARIO : STATUS_OK;
}

enum hearth_status hearth_network_solve(struct hearth_network *network) {
    struct diag *diag = diag_new(network->arena);
    if (!diag) {
        return HEARTH_NO_MEMORY;
    }
    enum status status = network_complete(network->network, NEED_SIZES, diag);
    status = status == STATUS_OK ? solve(network, diag) : status;
    door_tell(network->context, network->arena, diag);
    return door(status);
}

enum hearth_status hearth_network_size(struct hearth_network *network, bool with_route) {
    struct diag *diag = diag_new(network->arena);
    if (!diag) {
        return HEARTH_NO_MEMORY;
    }
    enum status status =
        sizing_find(network->arena, network->network, with_route, diag, &network->sizing);
    if (status == STATUS_OK) {
        network->network = network->sizing.network;
        network->sized = true;
        status = solve(network, diag);
    }
    door_tell(network->context, network->arena, diag);
    return door(status);
}

const char *hearth_network_text(struct hearth_network *network, const char *form) {
    static const struct {
        const char *name;
        void (*tell)(const struct network_told *told, struct text_buffer *out);
    } forms[] = {{"words", network_words},
                 {"json", network_json},
                 {"geojson", network_geojson},
                 {"svg", network_map}};
    struct network_told told = {network->network, network->state,
                                network->sized ? &network->sizing : NULL};
    struct text_buffer out;
    text_buffer_init(&out, network->arena);
    for (int k = 0; network->state && k < COUNT(forms); k++) {
        if (strcmp(form, forms[k].name) == 0) {
            forms[k].tell(&told, &out);
        }
    }
    return text_buffer_failed(&out) ? NULL : out.data;
}

const char *hearth_network_keys(struct hearth_context *context, bool json) {
    struct text_buffer out;
    text_buffer_init(&out, context->arena);
    network_keys(json, &out);
    return text_buffer_failed(&out) ? NULL : out.data;
}
