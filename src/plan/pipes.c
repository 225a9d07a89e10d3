/* Reading the pipes of a heat network for a plan: names are found again, widths follow from the loads. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/pipes.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "networks/reading.h"
#include "plan/internal.h"

static const double held_kpa = 600.0; /* where nobody says what is held, as sizing.c */

/* ---- names ---- */

static const struct instance *line_of(const struct scenario *scenario) {
    return &scenario->instances[scenario->network];
}

static int town_of(const struct scenario *scenario, const char *name) {
    for (int k = 0; k < scenario->towns_count; k++) {
        if (strcmp(scenario->towns[k].name, name) == 0) {
            return k;
        }
    }
    return -1;
}

/* Does an instance take heat from a bus, or give it to one? */
static bool is_on(const struct instance *instance, int bus, enum direction direction) {
    for (int p = 0; p < instance->kind->ports_count; p++) {
        const struct port *port = &instance->kind->ports[p];
        if (instance->port_bus[p] == bus && port->direction == direction &&
            instance->kind->shape != SHAPE_LINE) {
            return true;
        }
    }
    return false;
}

static void unknown_user(const struct scenario *scenario, const struct network_node *node,
                         struct diag *diag) {
    const char *names[64];
    const char *name = node->town ? node->town : node->name;
    int count = 0;
    for (int k = 0; k < scenario->towns_count && count < COUNT(names); k++) {
        names[count++] = scenario->towns[k].name;
    }
    const char *near = diag_nearest(name, names, count);
    diag_error(diag, node->place, "consumer \"%s\": there is no town entry \"%s\"", node->name,
               name);
    diag_remedy(diag,
                near ? "did you mean %s?"
                     : "name it as an entry of town, or give it "
                       "\"town\": the entry it belongs to%s",
                near ? near : "");
}

/* The instance behind a consumer's node; -1 for an entry that is not joined, for which it is a junction; -1 with a message. */
static int tap_of(const struct scenario *scenario, const struct network_node *node,
                  struct diag *diag) {
    const char *name = node->town ? node->town : node->name;
    int town = town_of(scenario, name), other = scenario_instance(scenario, name);
    if (town >= 0 && scenario->towns[town].substation >= 0) {
        return scenario->towns[town].substation;
    }
    if (town >= 0) {
        return -1; /* connect: no */
    }
    if (other >= 0 &&
        is_on(&scenario->instances[other], line_of(scenario)->port_bus[1], FLOWS_IN)) {
        return other;
    }
    unknown_user(scenario, node, diag);
    return -1;
}

static bool takes_from_hall(const struct scenario *scenario, int instance,
                            const struct hall *hall) {
    if (hall->recovery < 0) {
        return false;
    }
    const struct instance *hand_off = &scenario->instances[hall->recovery];
    int out = component_port(hand_off->kind, "heat_out");
    return instance == hall->recovery ||
           is_on(&scenario->instances[instance], hand_off->port_bus[out], FLOWS_IN);
}

/* Everything of the plant side that a producer's name stands for; how many. */
static int feed(struct pipes *pipes, const struct scenario *scenario, int node) {
    const char *name = pipes->network->nodes[node].name;
    int bus = line_of(scenario)->port_bus[0], count = 0;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        bool fits = strcmp(instance->name, name) == 0;
        for (int h = 0; h < scenario->halls_count && !fits; h++) {
            fits = strcmp(scenario->halls[h].name, name) == 0 &&
                   takes_from_hall(scenario, i, &scenario->halls[h]);
        }
        if (fits && is_on(instance, bus, FLOWS_OUT)) {
            pipes->feeds[i] = node;
            count++;
        }
    }
    return count;
}

/* ---- who stands where ---- */

static void find_producer(struct pipes *pipes, const struct scenario *scenario, int n,
                          struct diag *diag) {
    struct network_node *node = &pipes->network->nodes[n];
    bool holds = !isnan(node->pressure_kpa);
    int fed = feed(pipes, scenario, n);
    if (holds && pipes->holder >= 0) {
        diag_error(
            diag, node->place,
            "producers \"%s\" and \"%s\" both hold the pressure: a plan says what each brings",
            pipes->network->nodes[pipes->holder].name, node->name);
        diag_remedy(diag, "leave pressure_kpa to one of them");
    }
    pipes->holder = holds && pipes->holder < 0 ? n : pipes->holder;
    if (fed == 0 && strcmp(node->name, "plant") != 0) {
        diag_error(diag, node->place,
                   "producer \"%s\" is no data centre and no plant that feeds the network",
                   node->name);
        diag_remedy(diag, "name it as a data centre with heat_recovery, as a plant, or plant (all "
                          "that is named nowhere else)");
    }
    node->heat_kw = holds ? (double)NAN : 0.0; /* every step says what it brings */
    node->flow_kg_s = NAN;
}

static void find_users(struct pipes *pipes, const struct scenario *scenario, struct diag *diag) {
    struct network *network = pipes->network;
    for (int n = 0; n < network->nodes_count; n++) {
        struct network_node *node = &network->nodes[n];
        if (node->role == NODE_PRODUCER) {
            find_producer(pipes, scenario, n, diag);
        } else if (node->role == NODE_CONSUMER) {
            pipes->tap[n] = tap_of(scenario, node, diag);
            node->role = pipes->tap[n] < 0 ? NODE_JUNCTION : node->role;
            pipes->own_return[n] =
                !isnan(node->return_c) || !isnan(node->drop_dk) || !isnan(node->secondary_return_c);
            node->flow_kg_s = NAN;
        } else if (node->role == NODE_TANK) {
            diag_error(diag, node->place, "tank \"%s\": a heat network has closed lines",
                       node->name);
            diag_remedy(diag, "leave it out; a store of heat stands under plant");
        }
    }
}

/* Who is named by no feature. */
static void find_missing(const struct pipes *pipes, const struct scenario *scenario,
                         struct diag *diag) {
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        bool found = false;
        for (int n = 0; n < pipes->network->nodes_count; n++) {
            found = found || pipes->tap[n] == i;
        }
        if (!found && is_on(instance, line_of(scenario)->port_bus[1], FLOWS_IN)) {
            diag_error(diag, scenario->pipes.place, "%s: no consumer of %s stands for %s",
                       line_of(scenario)->name, scenario->pipes.path,
                       instance->town >= 0 ? scenario->towns[instance->town].name : instance->name);
            diag_remedy(diag, "add a Point with \"role\": \"consumer\" and its name, or \"town\": "
                              "its name, and a pipe to it");
        }
    }
}

/* Shares by the heat_kw of the nodes of one user; where none of them has one, alike. */
static void share_out(struct pipes *pipes) {
    struct network *network = pipes->network;
    for (int n = 0; n < network->nodes_count; n++) {
        double given_kw = 0.0;
        int nodes = 0, with_heat = 0;
        for (int k = 0; k < network->nodes_count && pipes->tap[n] >= 0; k++) {
            bool same = pipes->tap[k] == pipes->tap[n];
            bool given = same && network->nodes[k].heat_kw > 0.0;
            nodes += same;
            with_heat += given;
            given_kw += given ? network->nodes[k].heat_kw : 0.0;
        }
        double mean_kw = with_heat > 0 ? given_kw / with_heat : 1.0;
        double own_kw = network->nodes[n].heat_kw > 0.0 ? network->nodes[n].heat_kw : mean_kw;
        pipes->share_frac[n] =
            nodes > 0 ? own_kw / (with_heat > 0 ? given_kw + (nodes - with_heat) * mean_kw : nodes)
                      : 0.0;
    }
    for (int n = 0; n < network->nodes_count; n++) {
        network->nodes[n].heat_kw =
            pipes->tap[n] >= 0 ? pipes->share_frac[n] : network->nodes[n].heat_kw;
    }
}

static void hold_somewhere(struct pipes *pipes, const char *path, struct diag *diag) {
    struct network *network = pipes->network;
    for (int n = 0; n < network->nodes_count && pipes->holder < 0; n++) {
        if (network->nodes[n].role == NODE_PRODUCER) {
            pipes->holder = n;
            network->nodes[n].pressure_kpa = held_kpa;
            network->nodes[n].heat_kw = NAN;
        }
    }
    if (pipes->holder < 0) {
        diag_error(diag, (struct place){path, 0, 0}, "there is no producer in it");
        diag_remedy(diag, "add a Point with \"role\": \"producer\", named as the data centre");
    }
}

static bool has_sizes(const struct network *network) {
    for (int k = 0; k < network->links_count; k++) {
        const struct network_link *link = &network->links[k];
        if (link->kind == LINK_PIPE && isnan(link->inner_m) && isnan(link->nominal_mm)) {
            return false;
        }
    }
    return true;
}

int pipes_trunk(const struct pipes *pipes, const struct scenario *scenario) {
    const struct network *network = pipes->network;
    int producer = pipes->holder, trunk = -1, links = 0;
    for (int n = 0; n < network->nodes_count; n++) {
        for (int h = 0; h < scenario->halls_count; h++) {
            producer = network->nodes[n].role == NODE_PRODUCER &&
                               strcmp(network->nodes[n].name, scenario->halls[h].name) == 0
                           ? n
                           : producer;
        }
    }
    for (int k = 0; k < network->links_count; k++) {
        if (network->links[k].from == producer || network->links[k].to == producer) {
            trunk = network->links[k].kind == LINK_PIPE ? k : -1;
            links++;
        }
    }
    return links == 1 ? trunk : -1;
}

/* What if the data centre lay elsewhere? */
static void move_trunk(struct pipes *pipes, const struct scenario *scenario) {
    int trunk = pipes_trunk(pipes, scenario);
    if (scenario->pipes.trunk_m > 0.0 && trunk >= 0) {
        pipes->network->links[trunk].length_m = scenario->pipes.trunk_m;
    }
}

static void tell_length(const struct pipes *pipes, const struct scenario *scenario) {
    const struct instance *line = line_of(scenario);
    const struct param *param = component_param(line->kind, "length_m");
    double length_m = 0.0;
    for (int k = 0; k < pipes->network->links_count; k++) {
        const struct network_link *link = &pipes->network->links[k];
        bool is_laid = link->kind == LINK_PIPE && link->choice != CHOICE_FORBIDDEN;
        length_m += is_laid ? link->length_m : 0.0;
    }
    *(double *)(void *)((char *)line->self + param->offset) = length_m;
}

static enum status take_pipes(const struct scenario *scenario, struct arena *arena,
                              struct network *network, struct pipes **ret) {
    struct pipes *pipes = ARENA_TAKE(arena, struct pipes, 1);
    TRY(pipes ? STATUS_OK : STATUS_NO_MEMORY);
    pipes->network = network;
    pipes->holder = -1;
    pipes->tap = ARENA_TAKE(arena, int, network->nodes_count);
    pipes->share_frac = ARENA_TAKE(arena, double, network->nodes_count);
    pipes->own_return = ARENA_TAKE(arena, bool, network->nodes_count);
    pipes->feeds = ARENA_TAKE(arena, int, scenario->instances_count);
    TRY(arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK);
    for (int n = 0; n < network->nodes_count; n++) {
        pipes->tap[n] = -1;
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        pipes->feeds[i] = -1;
    }
    *ret = pipes;
    return STATUS_OK;
}

enum status pipes_read(const struct scenario *scenario, struct arena *arena, struct diag *diag,
                       struct pipes **ret) {
    const struct pipes_file *file = &scenario->pipes;
    struct epanet epanet;
    struct network *network = NULL;
    *ret = NULL;
    if (!file->text || scenario->network < 0) {
        return STATUS_OK;
    }
    TRY(network_parse(arena, diag, file->path, file->text, file->size, &epanet, &network));
    TRY(take_pipes(scenario, arena, network, ret));
    struct pipes *pipes = *ret;
    if (network->settings.lines != LINES_PAIR) {
        diag_error(diag, (struct place){file->path, 0, 0},
                   "its lines are single: water comes back "
                   "from no user");
        diag_remedy(diag, "a heat network has \"lines\": \"pair\"");
        return STATUS_BAD_SCENARIO;
    }
    network->settings.ground_c = scenario->ground_mean_c;
    find_users(pipes, scenario, diag);
    find_missing(pipes, scenario, diag);
    hold_somewhere(pipes, file->path, diag);
    TRY(pipes_choose(pipes, file, arena, diag));
    share_out(pipes);
    TRY(network_complete(network, has_sizes(network) ? NEED_SIZES : NEED_NO_SIZES, diag));
    move_trunk(pipes, scenario);
    tell_length(pipes, scenario);
    return STATUS_OK;
}

/* ---- widths ---- */

/* What an instance takes at most from the network's far side, whatever it is built for. */
static double peak_kw(const struct case_work *work, int tap, int *ret_step) {
    const struct scenario *scenario = work->scenario;
    const struct instance *instance = &scenario->instances[tap];
    int load = instance->town >= 0 ? scenario->towns[instance->town].instance : tap;
    const struct coefficients *c = work->result->flow[load].coefficients;
    int port = component_port(scenario->instances[load].kind, "heat_in");
    double peak = 0.0;
    for (int t = 0; c && port >= 0 && t < work->hours->count; t++) {
        double heat_kw = scenario->instances[load].capacity.fixed * c->mode[0].port[port][t];
        if (heat_kw > peak) {
            peak = heat_kw;
            *ret_step = t;
        }
    }
    return peak;
}

/* Settings and loads of the highest hour. */
static void set_design(struct pipes *pipes, const struct case_work *work) {
    struct network *network = pipes->network;
    double highest_kw = -1.0;
    size_t at = (size_t)line_of(work->scenario)->port_bus[0] * (size_t)work->hours->count;
    for (int n = 0; n < network->nodes_count; n++) {
        int step = 0;
        double heat_kw = pipes->tap[n] >= 0 ? peak_kw(work, pipes->tap[n], &step) : 0.0;
        if (pipes->tap[n] >= 0) {
            network->nodes[n].heat_kw = heat_kw * pipes->share_frac[n];
        }
        if (heat_kw > highest_kw) {
            highest_kw = heat_kw;
            network->settings.supply_c = work->result->temperature_c[0][at + (size_t)step];
            network->settings.return_c = work->result->temperature_c[1][at + (size_t)step];
        }
    }
    for (int n = 0; n < network->nodes_count; n++) {
        struct network_node *node = &network->nodes[n];
        if (node->role == NODE_PRODUCER) {
            node->supply_c = network->settings.supply_c;
        }
        if (pipes->tap[n] >= 0 && !pipes->own_return[n]) {
            node->return_c = network->settings.return_c;
        }
    }
}

/* The nodes of the sized network are numbered anew: names say who is who. */
static enum status follow(struct pipes *pipes, const struct scenario *scenario,
                          struct network *network) {
    struct pipes *to = NULL;
    TRY(take_pipes(scenario, network->arena, network, &to));
    for (int n = 0; n < network->nodes_count; n++) {
        for (int k = 0; k < pipes->network->nodes_count; k++) {
            if (strcmp(network->nodes[n].name, pipes->network->nodes[k].name) != 0) {
                continue;
            }
            to->tap[n] = pipes->tap[k];
            network->nodes[n].dwellings_count = pipes->network->nodes[k].dwellings_count;
            to->share_frac[n] = pipes->share_frac[k];
            to->own_return[n] = pipes->own_return[k];
            to->holder = k == pipes->holder ? n : to->holder;
            for (int i = 0; i < scenario->instances_count; i++) {
                to->feeds[i] = pipes->feeds[i] == k ? n : to->feeds[i];
            }
        }
    }
    *pipes = *to;
    return STATUS_OK;
}

enum status pipes_size(struct pipes *pipes, const struct case_work *work, struct diag *diag) {
    set_design(pipes, work);
    if (has_sizes(pipes->network) && !pipes_forbid(pipes->network)) {
        return STATUS_OK;
    }
    struct arena *arena = pipes->network->arena;
    struct sizing *sizing = ARENA_TAKE(arena, struct sizing, 1);
    double *given_count = ARENA_TAKE(arena, double, pipes->network->nodes_count);
    TRY(sizing && given_count ? STATUS_OK : STATUS_NO_MEMORY);
    for (int n = 0; n < pipes->network->nodes_count; n++) { /* the series know who draws at once */
        given_count[n] = pipes->network->nodes[n].dwellings_count;
        pipes->network->nodes[n].dwellings_count = 0.0;
    }
    TRY(sizing_find(arena, pipes->network, false, diag, sizing));
    for (int n = 0; n < pipes->network->nodes_count; n++) {
        pipes->network->nodes[n].dwellings_count = given_count[n];
    }
    TRY(follow(pipes, work->scenario, sizing->network));
    pipes->sized = sizing;
    return STATUS_OK;
}

enum status plan_pipes(const struct scenario *scenario, struct hours *hours, struct arena *arena,
                       struct diag *diag, struct pipes **ret) {
    struct case_work *work = NULL;
    TRY(pipes_read(scenario, arena, diag, ret));
    if (!*ret) {
        return STATUS_OK;
    }
    struct arena *scratch = arena_new(0);
    struct case_plan *result = scratch ? ARENA_TAKE(scratch, struct case_plan, 1) : NULL;
    enum status status =
        result ? case_begin(scenario, NULL, hours, CASE_TOGETHER, scratch, result, &work)
               : STATUS_NO_MEMORY;
    status = status == STATUS_OK ? pipes_size(*ret, work, diag) : status;
    arena_free(scratch);
    return status;
}

/* ---- what is needed of them ---- */

static bool is_live(const struct case_work *work, int node, int also) {
    const struct pipes *pipes = work->laid.pipes;
    int tap = pipes->tap[node];
    return tap >= 0 ? work->build[tap] == BUILD_YES || tap == also
                    : pipes->network->nodes[node].role == NODE_PRODUCER;
}

/* Dead ends are taken off again and again. */
void pipes_strip(const struct case_work *work, int also, bool *ret_used) {
    const struct network *network = work->laid.pipes->network;
    int *degree = work->laid.degree;
    for (int n = 0; n < network->nodes_count; n++) {
        degree[n] = 0;
    }
    for (int k = 0; k < network->links_count; k++) {
        ret_used[k] = true;
        degree[network->links[k].from]++;
        degree[network->links[k].to]++;
    }
    for (bool again = true; again;) {
        again = false;
        for (int k = 0; k < network->links_count; k++) {
            int from = network->links[k].from, to = network->links[k].to;
            bool dead = (degree[from] == 1 && !is_live(work, from, also)) ||
                        (degree[to] == 1 && !is_live(work, to, also));
            if (ret_used[k] && dead && network->links[k].choice != CHOICE_REQUIRED) {
                ret_used[k] = false;
                degree[from]--;
                degree[to]--;
                again = true;
            }
        }
    }
}

double pipes_link_money(const struct network *network, const struct network_link *link) {
    double nominal_mm = isnan(link->nominal_mm) ? 1000.0 * link->inner_m : link->nominal_mm;
    return link->length_m * (isnan(link->cost_money_m)
                                 ? sizing_trench_money_m(&network->settings, nominal_mm)
                                 : link->cost_money_m);
}

enum status pipes_lay(struct case_work *work) {
    struct pipes_laid *laid = &work->laid;
    if (!laid->pipes) {
        return STATUS_OK;
    }
    const struct network *network = laid->pipes->network;
    if (!laid->used) {
        laid->used = ARENA_TAKE(work->arena, bool, network->links_count);
        laid->degree = ARENA_TAKE(work->arena, int, network->nodes_count);
        TRY(laid->used && laid->degree ? STATUS_OK : STATUS_NO_MEMORY);
    }
    pipes_strip(work, -1, laid->used);
    laid->length_m = laid->cost_money = laid->loss_kw_k = 0.0;
    for (int k = 0; k < network->links_count; k++) {
        const struct network_link *link = &network->links[k];
        if (link->kind == LINK_PIPE && laid->used[k]) {
            laid->length_m += link->length_m;
            laid->cost_money += pipes_link_money(network, link);
            laid->loss_kw_k += link->length_m * link->loss_kw_mk;
        }
    }
    return STATUS_OK;
}

double pipes_nominal_loss_kw(const struct pipes_laid *laid, double supply_c, double return_c,
                             double ground_c) {
    return fmax(0.0, laid->loss_kw_k * (supply_c + return_c - 2.0 * ground_c));
}
