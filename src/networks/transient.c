/* The steady state's rounds with plug flow in place of the steady law of cooling. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/transient.h"

#include <math.h>

struct conveyor {
    struct network_state *state;
    struct thermal *thermal;
    struct plug *plug;
    bool in_return;
    double dt_s;
};

struct transient_all { /* the handle with what its lines carry by */
    struct transient head;
    struct conveyor out, back;
};

/* In the return the flow counts from `to` to `from`; a plug's from `from`. */
static double carry_c(void *data, int link, double in_c, double flow_kg_s, double *ret_loss_kw) {
    struct conveyor *c = data;
    const struct network *network = c->state->network;
    const struct network_link *pipe = &network->links[link];
    if (pipe->kind != LINK_PIPE) {
        *ret_loss_kw = 0.0;
        return in_c;
    }
    return plug_step(&c->plug[link], pipe, &network->settings,
                     c->in_return ? -flow_kg_s : flow_kg_s, in_c, c->thermal->loss_kw_mk[link],
                     c->thermal->around_c[link], c->dt_s, ret_loss_kw);
}

static enum status fill(struct arena *arena, const struct network *network, int cells,
                        double start_c, struct plug **ret) {
    struct plug *plug = ARENA_TAKE(arena, struct plug, network->links_count);
    if (!plug) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < network->links_count; k++) {
        if (network->links[k].kind == LINK_PIPE) {
            TRY(plug_init(&plug[k], arena, &network->links[k], &network->settings, cells, true,
                          start_c));
        }
    }
    *ret = plug;
    return STATUS_OK;
}

enum status transient_new(struct arena *arena, const struct network *network, int cells,
                          double start_c, double back_c, struct transient **ret) {
    struct transient_all *all = ARENA_TAKE(arena, struct transient_all, 1);
    if (!all) {
        return STATUS_NO_MEMORY;
    }
    struct transient *t = &all->head;
    TRY(network_state_new(arena, network, &t->state));
    TRY(fill(arena, network, cells, start_c, &t->out));
    all->out = (struct conveyor){t->state, t->state->hot, t->out, false, 0.0};
    t->state->hot->carry_c = carry_c;
    t->state->hot->carry_data = &all->out;
    if (t->state->cold) {
        TRY(fill(arena, network, cells, back_c, &t->back));
        all->back = (struct conveyor){t->state, t->state->cold, t->back, true, 0.0};
        t->state->cold->carry_c = carry_c;
        t->state->cold->carry_data = &all->back;
    }
    *ret = t;
    return STATUS_OK;
}

static double stored_kj(const struct network *network, const struct plug *plug) {
    double sum_kj = 0.0;
    for (int k = 0; k < network->links_count; k++) {
        for (int c = 0; c < plug[k].cells; c++) {
            sum_kj +=
                plug[k].water_kj_k * plug[k].water_c[c] + plug[k].wall_kj_k * plug[k].wall_c[c];
        }
    }
    return sum_kj;
}

enum status transient_step(struct transient *transient, double dt_s) {
    struct network_state *s = transient->state;
    ((struct conveyor *)s->hot->carry_data)->dt_s = dt_s;
    if (s->cold) {
        ((struct conveyor *)s->cold->carry_data)->dt_s = dt_s;
    }
    TRY(network_state_step(s));
    transient->stored_kj = stored_kj(s->network, transient->out) +
                           (s->cold ? stored_kj(s->network, transient->back) : 0.0);
    return STATUS_OK;
}
