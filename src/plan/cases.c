/* Which instances stand in which case. The scenario marks what a person means; here falls what
   would be left hanging: a machine whose bus nobody feeds, or nobody draws from, is not in the
   case. Loads always stay: what cannot be supplied is an infeasible case, never a forgotten one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/internal.h"

const char *plan_depth_name(enum plan_depth depth) {
    static const char *const names[] = {"full", "exact", "typical"};
    return names[depth];
}

static bool both_ways(const struct component *kind, int port) {
    return kind->shape == SHAPE_STORE ||
           (kind->shape == SHAPE_LINE && kind->mode_names[1] && port < 2);
}

static bool gives(const struct component *kind, int port) {
    return both_ways(kind, port) || kind->ports[port].direction == FLOWS_OUT;
}

static bool takes(const struct component *kind, int port) {
    return both_ways(kind, port) || kind->ports[port].direction == FLOWS_IN;
}

/* Does another included instance give to (or take from) the bus? A store alone is neither. */
static bool has_partner(const struct case_work *work, int instance, int port, bool giver) {
    const struct scenario *scenario = work->scenario;
    int bus = scenario->instances[instance].port_bus[port];
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *other = &scenario->instances[i];
        if (i == instance || !work->result->flow[i].included || other->kind->shape == SHAPE_STORE) {
            continue;
        }
        for (int p = 0; p < other->kind->ports_count; p++) {
            if (other->port_bus[p] == bus &&
                (giver ? gives(other->kind, p) : takes(other->kind, p))) {
                return true;
            }
        }
    }
    return false;
}

static bool hangs(const struct case_work *work, int i) {
    const struct instance *instance = &work->scenario->instances[i];
    const struct component *kind = instance->kind;
    if (kind->shape == SHAPE_LOAD || kind->shape == SHAPE_SHIFTABLE) {
        return false;
    }
    for (int p = 0; p < kind->ports_count; p++) {
        if (instance->port_bus[p] < 0) {
            if (!kind->ports[p].optional) {
                return true;
            }
            continue;
        }
        if (kind->shape == SHAPE_STORE) {
            if (!has_partner(work, i, p, true) || !has_partner(work, i, p, false)) {
                return true;
            }
        } else if (both_ways(kind, p)) {
            if (!has_partner(work, i, p, true) && !has_partner(work, i, p, false)) {
                return true;
            }
        } else if (!kind->ports[p].optional && !has_partner(work, i, p, takes(kind, p))) {
            return true;
        }
    }
    return false;
}

static void drop_hanging(struct case_work *work) {
    struct flow *flow = work->result->flow;
    for (bool changed = true; changed;) {
        changed = false;
        for (int i = 0; i < work->scenario->instances_count; i++) {
            if (flow[i].included && hangs(work, i)) {
                flow[i].included = false;
                changed = true;
            }
        }
    }
}

enum status case_stand_without(struct case_work *work, const bool *left_out, bool *ret_stands) {
    int n = work->scenario->instances_count;
    struct flow *flow = work->result->flow;
    bool *before = ARENA_TAKE(work->arena, bool, n);
    if (!before) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < n; i++) {
        before[i] = flow[i].included;
        flow[i].included = before[i] && !left_out[i];
    }
    drop_hanging(work);
    for (int i = 0; i < n; i++) {
        ret_stands[i] = flow[i].included;
        flow[i].included = before[i];
    }
    return STATUS_OK;
}

enum status case_recovers_without(struct case_work *work, const bool *left_out, bool *ret) {
    const struct scenario *scenario = work->scenario;
    bool *stands = ARENA_TAKE(work->arena, bool, scenario->instances_count);
    TRY(stands ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(case_stand_without(work, left_out, stands));
    *ret = false;
    for (int h = 0; h < scenario->halls_count; h++) {
        int recovery = scenario->halls[h].recovery;
        *ret = *ret || (recovery >= 0 && stands[recovery]);
    }
    return STATUS_OK;
}

enum status case_select(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    struct flow *flow = work->result->flow;
    for (int i = 0; i < scenario->instances_count; i++) {
        flow[i].included = scenario->instances[i].in_case[work->kind];
    }
    drop_hanging(work);
    work->bus_alive = ARENA_TAKE(work->arena, bool, scenario->buses_count);
    if (!work->bus_alive) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        for (int p = 0; flow[i].included && p < instance->kind->ports_count; p++) {
            if (instance->port_bus[p] >= 0) {
                work->bus_alive[instance->port_bus[p]] = true;
            }
        }
    }
    return STATUS_OK;
}
