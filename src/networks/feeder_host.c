/* Room for load: by power flows, bus by bus, hour by hour (iterative hosting capacity; no
   shortcuts). Added load only lowers voltages and raises currents, so the largest is found by
   bisection. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/feeder_host.h"

#include <math.h>
#include <string.h>

#include "networks/feeder_work.h"

enum { BISECTIONS = 24, DOUBLED_MAX = 60 };
#define FIRST_STEP_KW 16.0
#define MOST_KW 1e7
#define UNDERGROUND_MONEY_KWM (4510.0 / 1000.0 / 1000.0)
#define GENERIC_MONEY_KW 189.0

const char *const feeder_option_words[FEEDER_OPTIONS] = {
    "strengthen what binds", "own line from the source", "curtail above the room"};

static struct feeder_binding try_load(const struct feeder *feeder, struct feeder_work *work,
                                      const struct feeder_ask *ask, struct feeder_state *state) {
    feeder_solve(feeder, work, ask, state);
    return feeder_violation(feeder, state);
}

struct feeder_room feeder_host(const struct feeder *feeder, struct feeder_work *work, int bus,
                               double load_ratio, double kvar_ratio, struct feeder_state *state) {
    struct feeder_ask ask = {load_ratio, bus, 0.0, 0.0};
    struct feeder_room room = {0.0, try_load(feeder, work, &ask, state), 0.0, 0.0};
    double low_kw = 0.0, high_kw = FIRST_STEP_KW;
    bool bounded = false;
    while (room.binding.limit == FEEDER_NO_LIMIT && !bounded && high_kw < MOST_KW) {
        ask.extra_kw = high_kw;
        ask.extra_kvar = high_kw * kvar_ratio;
        bounded = try_load(feeder, work, &ask, state).limit != FEEDER_NO_LIMIT;
        low_kw = bounded ? low_kw : high_kw;
        high_kw *= bounded ? 1.0 : 2.0;
    }
    for (int k = 0; k < BISECTIONS && bounded && high_kw - low_kw > fmax(0.5, 5e-5 * low_kw); k++) {
        ask.extra_kw = 0.5 * (low_kw + high_kw);
        ask.extra_kvar = ask.extra_kw * kvar_ratio;
        if (try_load(feeder, work, &ask, state).limit == FEEDER_NO_LIMIT) {
            low_kw = ask.extra_kw;
        } else {
            high_kw = ask.extra_kw;
        }
    }
    if (bounded) {
        ask.extra_kw = high_kw;
        ask.extra_kvar = high_kw * kvar_ratio;
        room.binding = try_load(feeder, work, &ask, state);
    }
    room.extra_kw = ask.extra_kw = low_kw;
    ask.extra_kvar = low_kw * kvar_ratio;
    feeder_solve(feeder, work, &ask, state);
    room.lowest_pu = state->lowest_pu;
    room.loading_ratio = state->loading_ratio;
    return room;
}

void feeder_host_hours(const struct feeder *feeder, struct feeder_work *work, int bus,
                       const double *load_ratio, int count, double kvar_ratio,
                       struct feeder_state *state, double *ret_room_kw) {
    for (int h = 0; h < count; h++) {
        bool same = h > 0 && load_ratio[h] == load_ratio[h - 1];
        ret_room_kw[h] =
            same ? ret_room_kw[h - 1]
                 : feeder_host(feeder, work, bus, load_ratio[h], kvar_ratio, state).extra_kw;
    }
}

/* ---- one branch out ---------------------------------------------------------------------------- */
static double unserved_kw(const struct feeder *feeder, const struct feeder_work *work,
                          const struct feeder_ask *ask) {
    double sum_kw = 0.0;
    for (int b = 0; b < feeder->buses_count; b++) {
        if (!feeder_work_reaches(work, b)) {
            sum_kw += feeder->bus[b].load_kw * ask->load_ratio +
                      (b == ask->extra_bus ? ask->extra_kw : 0.0);
        }
    }
    return sum_kw;
}

/* The state of a feeder whose switches stand; loads that are cut off are left out of it. */
static enum status one_state(struct feeder *feeder, const struct feeder_ask *ask,
                             struct feeder_contingency *ret) {
    struct arena *arena = arena_new(0);
    struct feeder_work *work = arena ? feeder_work_new(arena, feeder) : NULL;
    struct feeder_state *state = work ? feeder_state_new(arena, feeder) : NULL;
    struct feeder_bus *kept =
        state ? ARENA_TAKE(arena, struct feeder_bus, feeder->buses_count) : NULL;
    if (!kept) {
        arena_free(arena);
        return STATUS_NO_MEMORY;
    }
    struct feeder served = *feeder;
    struct feeder_ask rest = *ask;
    served.bus = kept;
    memcpy(kept, feeder->bus, sizeof *kept * (size_t)feeder->buses_count);
    ret->unserved_kw = unserved_kw(feeder, work, ask);
    for (int b = 0; b < feeder->buses_count; b++) {
        if (!feeder_work_reaches(work, b)) {
            kept[b].load_kw = kept[b].load_kvar = kept[b].made_kw = kept[b].made_kvar = 0.0;
            rest.extra_bus = rest.extra_bus == b ? -1 : rest.extra_bus;
        }
    }
    ret->binding = try_load(&served, work, &rest, state);
    ret->lowest_pu = state->outcome == FEEDER_SOLVED ? state->lowest_pu : 0.0;
    ret->loading_ratio = state->outcome == FEEDER_SOLVED ? state->loading_ratio : 0.0;
    arena_free(arena);
    return STATUS_OK;
}

/* Served load first, then no violation, then voltage. */
static bool better(const struct feeder_contingency *a, const struct feeder_contingency *b) {
    if (fabs(a->unserved_kw - b->unserved_kw) > 1e-6) {
        return a->unserved_kw < b->unserved_kw;
    }
    bool a_good = a->binding.limit == FEEDER_NO_LIMIT, b_good = b->binding.limit == FEEDER_NO_LIMIT;
    return a_good != b_good ? a_good : a->lowest_pu > b->lowest_pu;
}

enum status feeder_n1(const struct feeder *feeder, const struct feeder_ask *ask,
                      struct feeder_contingency *ret, int *ret_count) {
    struct arena *arena = arena_new(0);
    struct feeder_branch *branch =
        arena ? ARENA_TAKE(arena, struct feeder_branch, feeder->branches_count) : NULL;
    enum status status = branch ? STATUS_OK : STATUS_NO_MEMORY;
    int count = 0;
    struct feeder changed = *feeder;
    changed.branch = branch;
    if (branch) {
        memcpy(branch, feeder->branch, sizeof *branch * (size_t)feeder->branches_count);
    }
    for (int k = 0; k < feeder->branches_count && status == STATUS_OK; k++) {
        if (!feeder->branch[k].closed) {
            continue;
        }
        struct feeder_contingency best = {.branch = k, .tie = -1}, other;
        branch[k].closed = false;
        status = one_state(&changed, ask, &best);
        for (int tie = 0; tie < feeder->branches_count && status == STATUS_OK; tie++) {
            if (feeder->branch[tie].closed || best.unserved_kw == 0.0) {
                continue; /* switching is for loads that are cut off */
            }
            other = (struct feeder_contingency){.branch = k, .tie = tie};
            branch[tie].closed = true;
            status = one_state(&changed, ask, &other);
            branch[tie].closed = false;
            if (best.unserved_kw > 0.0 && other.unserved_kw < best.unserved_kw) {
                best = other;
            }
        }
        for (int tie = 0; tie < feeder->branches_count && status == STATUS_OK && best.tie >= 0;
             tie++) { /* among those that restore as much, the best state */
            if (feeder->branch[tie].closed || tie == best.tie) {
                continue;
            }
            other = (struct feeder_contingency){.branch = k, .tie = tie};
            branch[tie].closed = true;
            status = one_state(&changed, ask, &other);
            branch[tie].closed = false;
            best = better(&other, &best) ? other : best;
        }
        branch[k].closed = true;
        ret[count++] = best;
    }
    arena_free(arena);
    *ret_count = count;
    return status;
}

/* ---- what would have to be built ------------------------------------------------------------------ */
/* The twig with the largest drop on the way from the source to a bus. */
static int largest_drop(const struct feeder *feeder, const struct feeder_work *work,
                        const struct feeder_state *state, int bus) {
    int best = -1, at = bus;
    double most_pu = 0.0;
    for (int guard = 0; at != feeder->source && guard < feeder->buses_count; guard++) {
        int up = -1;
        for (int k = 0; k < work->reached - 1; k++) {
            up = work->twig[k].bus == at ? work->twig[k].parent : up;
        }
        for (int k = 0; k < feeder->branches_count && up >= 0; k++) {
            const struct feeder_branch *branch = &feeder->branch[k];
            bool joins = branch->closed && ((branch->from == at && branch->to == up) ||
                                            (branch->from == up && branch->to == at));
            double drop_pu = state->v_pu[up] - state->v_pu[at];
            if (joins && drop_pu > most_pu) {
                most_pu = drop_pu;
                best = k;
            }
        }
        at = up < 0 ? feeder->source : up;
    }
    return best;
}

static double way_m(const struct feeder *feeder, const struct feeder_work *work, int bus) {
    double length_m = 0.0;
    for (int k = work->reached - 2; k >= 0; k--) {
        if (work->twig[k].bus != bus) {
            continue;
        }
        for (int n = 0; n < feeder->branches_count; n++) {
            const struct feeder_branch *branch = &feeder->branch[n];
            int up = work->twig[k].parent;
            if (branch->closed && ((branch->from == bus && branch->to == up) ||
                                   (branch->from == up && branch->to == bus))) {
                length_m += branch->transformer ? 0.0 : branch->length_m;
                break;
            }
        }
        bus = work->twig[k].parent;
    }
    return length_m;
}

/* Second circuits, one at a time, where the state binds, until none does. Work and state are made
   anew since impedances change. */
static enum status strengthen(struct feeder *changed, const struct feeder_ask *ask,
                              bool *branch_doubled, struct feeder_option *option) {
    for (int n = 0; n < DOUBLED_MAX; n++) {
        struct arena *arena = arena_new(0);
        struct feeder_work *work = arena ? feeder_work_new(arena, changed) : NULL;
        struct feeder_state *state = work ? feeder_state_new(arena, changed) : NULL;
        if (!state) {
            arena_free(arena);
            return STATUS_NO_MEMORY;
        }
        struct feeder_binding binding = try_load(changed, work, ask, state);
        if (binding.limit == FEEDER_COLLAPSE) { /* weakest place of the nearest state */
            (void)feeder_nearest_ratio(changed, work, ask, state);
            binding = (struct feeder_binding){FEEDER_LOW, state->lowest_bus};
        }
        int at = binding.limit == FEEDER_LOADED ? binding.at
                 : binding.limit == FEEDER_LOW  ? largest_drop(changed, work, state, binding.at)
                                                : -1;
        arena_free(arena);
        if (binding.limit == FEEDER_NO_LIMIT) {
            option->possible = true;
            return STATUS_OK;
        }
        if (at < 0) {
            return STATUS_OK;
        }
        struct feeder_branch *branch = &changed->branch[at];
        branch->r_pu *= 0.5;
        branch->x_pu *= 0.5;
        branch->b_pu *= 2.0;
        branch->rating_kva *= 2.0;
        option->branches_count += !branch_doubled[at];
        branch_doubled[at] = true;
    }
    return STATUS_OK;
}

enum status feeder_options(struct arena *arena, const struct feeder *feeder, int bus,
                           double load_ratio, double extra_kw, double kvar_ratio,
                           struct feeder_option ret[FEEDER_OPTIONS], bool *branch_doubled) {
    struct feeder changed = *feeder;
    struct feeder_ask ask = {load_ratio, bus, extra_kw, extra_kw * kvar_ratio};
    struct feeder_work *work = feeder_work_new(arena, feeder);
    changed.branch = ARENA_TAKE(arena, struct feeder_branch, feeder->branches_count);
    if (!work || !changed.branch) {
        return STATUS_NO_MEMORY;
    }
    memcpy(changed.branch, feeder->branch, sizeof *feeder->branch * (size_t)feeder->branches_count);
    memset(branch_doubled, 0, sizeof *branch_doubled * (size_t)feeder->branches_count);
    memset(ret, 0, sizeof *ret * FEEDER_OPTIONS);
    for (int k = 0; k < FEEDER_OPTIONS; k++) {
        ret[k].kind = (enum feeder_option_kind)k;
    }
    struct feeder_option *strong = &ret[FEEDER_STRENGTHEN], *own = &ret[FEEDER_OWN_LINE];
    TRY(strengthen(&changed, &ask, branch_doubled, strong));
    for (int k = 0; k < feeder->branches_count; k++) {
        strong->length_m += branch_doubled[k] ? feeder->branch[k].length_m : 0.0;
    }
    strong->cost_money = isnan(strong->length_m)
                             ? GENERIC_MONEY_KW * extra_kw
                             : strong->length_m * extra_kw * UNDERGROUND_MONEY_KWM;
    strong->deep_money = strong->cost_money;
    own->possible = true;
    own->length_m = way_m(feeder, work, bus);
    own->cost_money = own->length_m * extra_kw * UNDERGROUND_MONEY_KWM;
    own->deep_money = own->shallow_money = own->cost_money;
    ret[FEEDER_CURTAIL].possible = true;
    return STATUS_OK;
}
