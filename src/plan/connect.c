/* Who is joined to the heat network, where that is to be decided (town: connect: choose).

   A connection is a yes or no of its substation: with all that joining costs, or not at all; choose.c tries them with
   the other choices. Where the network is pipes on the map, a branch is all pipes that the same connections need and
   nobody else. Held at yes or no, the pipes are those that are needed (pipes_lay). Where yes and no are free, each branch
   is a column z of its own, with its trench and its loss, and z >= y for every connection y that needs it: then the bound
   of the branch and bound holds for every choice. Loops are in nobody's branch: they stay. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/assembly.h"

static const struct town_entry *entry_of(const struct scenario *scenario, int i) {
    int town = scenario->instances[i].town;
    return town >= 0 && scenario->towns[town].substation == i ? &scenario->towns[town] : NULL;
}

bool connect_is_choice(const struct scenario *scenario, int i) {
    const struct town_entry *entry = entry_of(scenario, i);
    return entry && entry->connect == CONNECT_CHOOSE;
}

double connect_money(const struct scenario *scenario, int i) {
    const struct town_entry *entry = entry_of(scenario, i);
    return entry ? entry->connection_money : 0.0;
}

const char *connect_name(const struct scenario *scenario, int i) {
    const struct town_entry *entry = entry_of(scenario, i);
    return entry ? entry->name : scenario->instances[i].name;
}

bool connect_is_free(const struct case_work *work) {
    for (int i = 0; work->laid.pipes && i < work->scenario->instances_count; i++) {
        if (work->build[i] == BUILD_FREE && connect_is_choice(work->scenario, i)) {
            return true;
        }
    }
    return false;
}

/* ---- branches ---- */

struct branches {
    int taps;                  /* connections that are free */
    int *tap;                  /* their instances */
    unsigned long long *needs; /* by link: who needs it, a bit each; 0: it is in no branch */
};

static enum status find_branches(const struct case_work *work, struct arena *arena,
                                 struct branches *ret) {
    int links = work->laid.pipes->network->links_count;
    bool *used = ARENA_TAKE(arena, bool, links);
    ret->taps = 0;
    ret->tap = ARENA_TAKE(arena, int, work->scenario->instances_count);
    ret->needs = ARENA_TAKE(arena, unsigned long long, links);
    TRY(used && ret->tap && ret->needs ? STATUS_OK : STATUS_NO_MEMORY);
    for (int i = 0; i < work->scenario->instances_count; i++) {
        if (work->build[i] == BUILD_FREE && connect_is_choice(work->scenario, i)) {
            ret->tap[ret->taps++] = i;
        }
    }
    for (int c = 0; c < ret->taps; c++) {
        pipes_strip(work, ret->tap[c], used);
        for (int k = 0; k < links; k++) {
            ret->needs[k] |= used[k] && !work->laid.used[k] ? 1ULL << c : 0ULL;
        }
    }
    return STATUS_OK;
}

/* One branch's column; its loss leaves the far side of the network. */
static enum status add_branch(struct assembly *a, const struct branches *branches, int first) {
    const struct case_work *work = a->work;
    const struct network *network = work->laid.pipes->network;
    int line = work->scenario->network;
    struct pipes_laid branch = {.pipes = work->laid.pipes};
    double *loss_kw = ARENA_TAKE(a->arena, double, work->hours->count);
    TRY(loss_kw ? STATUS_OK : STATUS_NO_MEMORY);
    for (int k = first; k < network->links_count; k++) {
        if (branches->needs[k] == branches->needs[first] && network->links[k].kind == LINK_PIPE) {
            branch.length_m += network->links[k].length_m;
            branch.cost_money += pipes_link_money(network, &network->links[k]);
            branch.loss_kw_k += network->links[k].length_m * network->links[k].loss_kw_mk;
        }
    }
    size_t at = (size_t)work->scenario->instances[line].port_bus[0] * (size_t)work->hours->count;
    for (int t = 0; t < work->design_days_from; t++) {
        loss_kw[t] = work->feedback[line].standing_ratio *
                     pipes_nominal_loss_kw(&branch, work->result->temperature_c[0][at + (size_t)t],
                                           work->result->temperature_c[1][at + (size_t)t],
                                           work->hours->ground_c[t]);
    }
    struct programme_design design = {
        assembly_name(a, line, "branch"),
        case_trench_money_year(work, &branch) * work->scenario->year_frac, 0.0, 1.0};
    int z = programme_add_design(a->builder, design);
    assembly_on_bus(a, line, 1, IN_DESIGN, z, loss_kw, -1.0);
    for (int c = 0; c < branches->taps; c++) {
        if (!(branches->needs[first] >> c & 1ULL)) {
            continue;
        }
        struct programme_border_row row = {assembly_name(a, branches->tap[c], "branch"), 0.0,
                                           HUGE_VAL, false};
        int r = programme_add_border_row(a->builder, row);
        struct programme_border_entry laid = {r, IN_DESIGN, z, 0, 0, 1.0};
        struct programme_border_entry joined = {r, IN_DESIGN, work->layout[branches->tap[c]].built,
                                                0, 0,         -1.0};
        programme_add_border_entry(a->builder, laid);
        programme_add_border_entry(a->builder, joined);
    }
    return STATUS_OK;
}

enum status connect_add_branches(struct assembly *a) {
    struct branches branches;
    if (!connect_is_free(a->work) || !a->work->result->flow[a->work->scenario->network].included) {
        return STATUS_OK;
    }
    TRY(find_branches(a->work, a->arena, &branches));
    for (int k = 0; k < a->work->laid.pipes->network->links_count; k++) {
        bool known = branches.needs[k] == 0;
        for (int before = 0; before < k && !known; before++) {
            known = branches.needs[before] == branches.needs[k];
        }
        if (!known) {
            TRY(add_branch(a, &branches, k));
        }
    }
    return STATUS_OK;
}
