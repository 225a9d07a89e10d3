/* The door's networks: read, solved or sized, told. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "hearth_inside.h"
#include "networks/epanet.h"
#include "networks/reading.h"
#include "networks/series.h"
#include "networks/sizing.h"
#include "networks/state.h"
#include "networks/transient.h"
#include "tell/network.h"

struct hearth_network {
    struct hearth_context *context;
    struct arena *arena;
    struct network *network;
    struct network_state *state;
    struct sizing sizing;
    double design_head_kpa; /* where it is sized */
    int design_worst;
    struct epanet epanet; /* network NULL: it came from elsewhere */
    bool sized;
};

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
    enum status status =
        network_read(arena, diag, path, snapshot, &handle->epanet, &handle->network);
    tell_messages(context, arena, diag);
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
    tell_messages(network->context, network->arena, diag);
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
    if (status == STATUS_OK) {
        status = sizing_head_kpa(&network->sizing, network->state, network->arena,
                                 &network->design_head_kpa, &network->design_worst);
    }
    tell_messages(network->context, network->arena, diag);
    return door(status);
}

/* ---- runs ---- */
static void add_cell(struct text_buffer *out, double value) {
    text_add(out, ",");
    if (value == value) {
        text_add_number(out, value);
    }
}

struct run_told {
    const struct network *network;
    struct text_buffer *out;
};

static void epanet_moment(void *data, const struct epanet_moment *moment) {
    struct run_told *told = data;
    for (int n = 0; n < told->network->nodes_count; n++) {
        text_add_format(told->out, "%ld,node,%s", moment->at_s, told->network->nodes[n].name);
        add_cell(told->out, moment->demand_kg_s[n]);
        add_cell(told->out, moment->pressure_kpa[n]);
        add_cell(told->out, moment->level_m[n]);
        text_add(told->out, ",\n");
    }
    for (int k = 0; k < told->network->links_count; k++) {
        text_add_format(told->out, "%ld,line,%s", moment->at_s, told->network->links[k].name);
        add_cell(told->out, moment->flow_kg_s[k]);
        text_add_format(told->out, ",,,%s\n", moment->open[k] ? "open" : "closed");
    }
}

static void set_inputs(struct network_state *state, const struct network_series *series, int step) {
    for (int c = 0; c < series->columns; c++) {
        double *inputs[] = {state->heat_kw, state->fixed_kg_s, state->supply_c, state->return_c,
                            state->pressure_kpa};
        inputs[series->key[c]][series->node[c]] =
            series->value[(size_t)step * (size_t)series->columns + (size_t)c];
    }
}

static enum status run_series(struct hearth_network *handle, struct diag *diag, const char *path,
                              double start_c, double back_c, struct text_buffer *out) {
    struct network_series series;
    struct transient *transient = NULL;
    char *text = NULL;
    size_t size = 0;
    TRY(file_read(handle->arena, diag, (struct place){NULL, 0, 0}, path, 512u * 1024u * 1024u,
                  &text, &size));
    TRY(network_series_parse(handle->arena, diag, path, text, size, handle->network, &series));
    TRY(transient_new(handle->arena, handle->network, TRANSIENT_CELLS, start_c, back_c,
                      &transient));
    handle->state = transient->state;
    text_add(out, "time_s,node,supply_c,return_c,flow_kg_s,heat_kw\n");
    for (int step = 1; step < series.steps; step++) {
        set_inputs(transient->state, &series, step);
        TRY(transient_step(transient, series.time_s[step] - series.time_s[step - 1]));
        for (int n = 0; n < handle->network->nodes_count; n++) {
            const struct network_state *s = transient->state;
            text_add_number(out, series.time_s[step]);
            text_add_format(out, ",%s", handle->network->nodes[n].name);
            add_cell(out, s->hot->node_c[n]);
            add_cell(out, s->cold ? s->cold->node_c[n] : (double)NAN);
            add_cell(out, s->taken_kg_s[n]);
            add_cell(out, s->given_kw[n]);
            text_add(out, "\n");
        }
    }
    return text_buffer_failed(out) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum hearth_status hearth_network_run(struct hearth_network *network, const char *series,
                                      double start_c, const char **ret_csv) {
    struct diag *diag = diag_new(network->arena);
    struct text_buffer out;
    text_buffer_init(&out, network->arena);
    if (!diag) {
        return HEARTH_NO_MEMORY;
    }
    enum status status = network_complete(network->network, NEED_SIZES, diag);
    const struct network_settings *s = &network->network->settings;
    bool given = start_c == start_c;
    if (status == STATUS_OK && series) {
        status = run_series(network, diag, series, given ? start_c : s->supply_c,
                            given ? start_c : s->return_c, &out);
    } else if (status == STATUS_OK && network->epanet.network) {
        struct run_told told = {network->network, &out};
        text_add(&out, "time_s,kind,name,flow_kg_s,pressure_kpa,level_m,state\n");
        status = epanet_run(network->arena, &network->epanet, epanet_moment, &told);
    } else if (status == STATUS_OK) {
        diag_error(diag, (struct place){network->network->file, 0, 0}, "a run needs a series");
        diag_remedy(diag, "a table with the columns time_s and NODE.key");
        status = STATUS_USAGE;
    }
    *ret_csv = out.data;
    tell_messages(network->context, network->arena, diag);
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
    struct network_told told = {.network = network->network,
                                .state = network->state,
                                .sizing = network->sized ? &network->sizing : NULL,
                                .design_head_kpa = network->design_head_kpa,
                                .design_worst = network->design_worst};
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
