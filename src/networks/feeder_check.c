/* What must hold of a feeder before it is solved, limits, and how its parts are called. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "networks/feeder_work.h"

enum { NAMES_SHOWN = 8 };

int feeder_bus_find(const struct feeder *feeder, const char *name) {
    for (int b = 0; b < feeder->buses_count; b++) {
        if (strcmp(feeder->bus[b].name, name) == 0) {
            return b;
        }
    }
    return -1;
}

const char *feeder_branch_name(struct arena *arena, const struct feeder *feeder, int branch) {
    const struct feeder_branch *at = &feeder->branch[branch];
    const char *name =
        at->name && at->name[0]
            ? at->name
            : arena_format(arena, "%s-%s", feeder->bus[at->from].name, feeder->bus[at->to].name);
    return name ? name : "";
}

static void find_source(struct diag *diag, struct feeder *feeder) {
    for (int b = 0; b < feeder->buses_count; b++) {
        if (feeder->bus[b].kind != FEEDER_SOURCE) {
            continue;
        }
        if (feeder->source >= 0) {
            diag_error(diag, feeder->bus[b].place, "bus %.60s is a second source",
                       feeder->bus[b].name);
            diag_remedy(diag, "bus %.60s is one already: make this one held, with made_kw",
                        feeder->bus[feeder->source].name);
        } else {
            feeder->source = b;
        }
    }
    if (feeder->source < 0 && feeder->buses_count) {
        feeder->source = 0;
        feeder->bus[0].kind = FEEDER_SOURCE;
        diag_note(diag, feeder->bus[0].place, "no bus is a source: the first, %.60s, is taken",
                  feeder->bus[0].name);
    }
}

static void check_bus(struct diag *diag, const struct feeder_bus *bus) {
    if (!(bus->set_pu >= 0.5 && bus->set_pu <= 1.5) && bus->kind != FEEDER_LOAD) {
        diag_error(diag, bus->place, "bus %.60s: its voltage is outside 0.5..1.5 pu", bus->name);
    }
    if (!isfinite(bus->load_kw) || !isfinite(bus->load_kvar) || !isfinite(bus->made_kw) ||
        !isfinite(bus->made_kvar) || !isfinite(bus->shunt_kw) || !isfinite(bus->shunt_kvar) ||
        !isfinite(bus->set_rad)) {
        diag_error(diag, bus->place, "bus %.60s: a power is not finite", bus->name);
    }
    if (!(bus->least_kvar <= bus->most_kvar)) {
        diag_error(diag, bus->place, "bus %.60s: least_kvar is above most_kvar", bus->name);
    }
}

static void check_branch(struct arena *arena, struct diag *diag, const struct feeder *feeder,
                         int k) {
    const struct feeder_branch *branch = &feeder->branch[k];
    const char *name = feeder_branch_name(arena, feeder, k);
    double from_kv = feeder->bus[branch->from].nominal_kv,
           to_kv = feeder->bus[branch->to].nominal_kv;
    if (branch->from == branch->to) {
        diag_error(diag, branch->place, "branch %.60s begins and ends at one bus", name);
    }
    if (!isfinite(branch->r_pu) || !isfinite(branch->x_pu) || !isfinite(branch->b_pu) ||
        !(branch->r_pu * branch->r_pu + branch->x_pu * branch->x_pu > 1e-16)) {
        diag_error(diag, branch->place, "branch %.60s has no impedance", name);
        diag_remedy(diag, "join its two buses into one, or give r and x of its cable");
    }
    if (!(branch->tap_ratio > 0.1 && branch->tap_ratio < 10.0) || !isfinite(branch->shift_rad)) {
        diag_error(diag, branch->place, "branch %.60s: its tap is outside 0.1..10", name);
    }
    if (!branch->transformer && from_kv > 0.0 && to_kv > 0.0 &&
        fabs(from_kv - to_kv) > 0.1 * from_kv) {
        diag_error(diag, branch->place, "line %.60s joins two voltages", name);
        diag_remedy(diag, "a transformer has sn_kva, vk_percent and vkr_percent");
    }
}

/* An open branch between what is connected and what is not; -1 when there is none. */
static int tie_to(const struct feeder *feeder, const struct feeder_work *work) {
    for (int k = 0; k < feeder->branches_count; k++) {
        const struct feeder_branch *branch = &feeder->branch[k];
        if (!branch->closed && work->reach[branch->from] != work->reach[branch->to]) {
            return k;
        }
    }
    return -1;
}

static void tell_island(struct arena *arena, struct diag *diag, const struct feeder *feeder,
                        const struct feeder_work *work) {
    struct text_buffer names;
    double load_kw = 0.0;
    int shown = 0, loaded = -1;
    text_buffer_init(&names, arena);
    for (int b = 0; b < feeder->buses_count; b++) {
        const struct feeder_bus *bus = &feeder->bus[b];
        if (work->reach[b]) {
            continue;
        }
        load_kw += bus->load_kw;
        bool takes = bus->load_kw != 0.0 || bus->load_kvar != 0.0 || bus->made_kw != 0.0;
        loaded = loaded < 0 && takes ? b : loaded;
        if (shown++ < NAMES_SHOWN) {
            text_add_format(&names, shown > 1 ? ", %.40s" : "%.40s", bus->name);
        }
    }
    if (loaded < 0) {
        return; /* spare buses without load are no mistake */
    }
    text_add(&names, shown > NAMES_SHOWN ? ", ..." : "");
    struct text_buffer words;
    text_buffer_init(&words, arena);
    text_add_fixed(&words, load_kw, 1);
    int tie = tie_to(feeder, work);
    diag_error(diag, feeder->bus[loaded].place,
               "an island: no closed branch leads from source %.60s to %s (%d bus%s, %s kW)",
               feeder->bus[feeder->source].name, names.data ? names.data : "", shown,
               shown == 1 ? "" : "es", words.data ? words.data : "?");
    if (tie >= 0) {
        diag_remedy(diag, "close the open branch %.60s in line %d, or remove the loads",
                    feeder_branch_name(arena, feeder, tie), feeder->branch[tie].place.line);
    } else {
        diag_remedy(diag, "add the missing branch, or remove the loads");
    }
}

enum status feeder_check(struct arena *arena, struct diag *diag, struct feeder *feeder) {
    int before = diag_errors(diag);
    if (feeder->buses_count == 0 || feeder->branches_count == 0) {
        if (before == 0) {
            diag_error(diag, (struct place){feeder->file, 0, 0}, "a feeder has buses and branches");
            diag_remedy(diag, "give the table of buses and the table of branches");
        }
        return STATUS_BAD_SCENARIO;
    }
    find_source(diag, feeder);
    for (int b = 0; b < feeder->buses_count; b++) {
        check_bus(diag, &feeder->bus[b]);
    }
    for (int k = 0; k < feeder->branches_count; k++) {
        check_branch(arena, diag, feeder, k);
    }
    if (diag_errors(diag) > before) {
        return STATUS_BAD_SCENARIO;
    }
    struct feeder_work *work = feeder_work_new(arena, feeder);
    if (!work) {
        return STATUS_NO_MEMORY;
    }
    if (work->reached < feeder->buses_count) {
        tell_island(arena, diag, feeder, work);
    }
    return diag_errors(diag) > before ? STATUS_BAD_SCENARIO : STATUS_OK;
}

/* ---- limits ----------------------------------------------------------------------------------- */
struct feeder_binding feeder_violation(const struct feeder *feeder,
                                       const struct feeder_state *state) {
    struct feeder_binding worst = {FEEDER_NO_LIMIT, -1};
    double most = 1e-9;
    if (state->outcome != FEEDER_SOLVED) {
        return (struct feeder_binding){FEEDER_COLLAPSE, -1};
    }
    for (int b = 0; b < feeder->buses_count; b++) {
        const struct feeder_bus *bus = &feeder->bus[b];
        if (b == feeder->source || isnan(state->v_pu[b])) {
            continue;
        }
        double low = (bus->lowest_pu - state->v_pu[b]) / 0.05,
               high = (state->v_pu[b] - bus->highest_pu) / 0.05;
        if (low > most || high > most) {
            worst = (struct feeder_binding){low > high ? FEEDER_LOW : FEEDER_HIGH, b};
            most = fmax(low, high);
        }
    }
    if (state->loading_ratio - 1.0 > most) {
        worst = (struct feeder_binding){FEEDER_LOADED, state->loaded_branch};
    }
    return worst;
}

const char *feeder_limit_words(struct arena *arena, const struct feeder *feeder,
                               struct feeder_binding binding) {
    const char *words = "no limit";
    switch (binding.limit) {
    case FEEDER_LOW:
        words = arena_format(arena, "lowest voltage at bus %s", feeder->bus[binding.at].name);
        break;
    case FEEDER_HIGH:
        words = arena_format(arena, "highest voltage at bus %s", feeder->bus[binding.at].name);
        break;
    case FEEDER_LOADED:
        words = arena_format(arena, "current of %s %s",
                             feeder->branch[binding.at].transformer ? "transformer" : "line",
                             feeder_branch_name(arena, feeder, binding.at));
        break;
    case FEEDER_COLLAPSE:
        words = "voltage collapse";
        break;
    case FEEDER_NO_LIMIT:
        break;
    }
    return words ? words : "";
}
