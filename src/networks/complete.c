/* What follows from what is given, and what cannot be a network. Distances on the globe: haversine on
   the sphere of mean radius 6371.0088 km (IUGG), within .5 %. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/status.h"
#include "networks/network.h"
#include "physics/pipe.h"

static const double pi = 3.14159265358979323846;

double network_distance_m(const struct network *network, double x0, double y0, double x1,
                          double y1) {
    if (network->settings.coordinates == UNITS_METRES) {
        return hypot(x1 - x0, y1 - y0);
    }
    const double radius_m = 6371008.8, rad = pi / 180.0;
    double north = sin(0.5 * (y1 - y0) * rad), east = sin(0.5 * (x1 - x0) * rad);
    double h = north * north + cos(y0 * rad) * cos(y1 * rad) * east * east;
    return 2.0 * radius_m * asin(fmin(1.0, sqrt(h)));
}

bool network_link_size(struct network_link *link, int nominal_mm) {
    for (int k = 0; k < pipe_sizes(); k++) {
        const struct pipe_size *size = pipe_size_at(k);
        if (size->nominal_mm == nominal_mm) {
            link->nominal_mm = nominal_mm;
            link->inner_m = size->inner_m;
            link->outer_m = size->outer_m;
            link->casing_m = size->casing_m[link->series];
            return true;
        }
    }
    return false;
}

static double twin_gap_m(const struct network_link *link) {
    return isnan(link->spacing_m) ? 0.025 : link->spacing_m;
}

void network_link_losses(struct network_link *link) {
    if (!isnan(link->heat_kw_m2k) && !isnan(link->inner_m)) {
        link->loss_kw_mk = link->across_kw_mk = link->heat_kw_m2k * pi * link->inner_m;
        return;
    }
    if (isnan(link->outer_m) || !(link->casing_m > link->outer_m)) {
        link->loss_kw_mk = link->across_kw_mk = 0.0;
        return;
    }
    double outer_m = link->outer_m, casing_m = link->casing_m, cover_m = link->cover_m;
    if (link->laid == LAID_SINGLE) {
        link->loss_kw_mk = link->across_kw_mk = pipe_loss_single_kw_mk(
            outer_m, casing_m, cover_m, link->insulation_kw_mk, link->soil_kw_mk);
    } else if (link->laid == LAID_TWIN) {
        pipe_loss_twin_kw_mk(outer_m, twin_gap_m(link), casing_m, cover_m, link->insulation_kw_mk,
                             link->soil_kw_mk, &link->loss_kw_mk, &link->across_kw_mk);
    } else {
        double axes_m = isnan(link->spacing_m) ? casing_m + 0.15 : fmax(casing_m, link->spacing_m);
        link->loss_kw_mk = pipe_loss_pair_kw_mk(outer_m, casing_m, cover_m, axes_m,
                                                link->insulation_kw_mk, link->soil_kw_mk);
        link->across_kw_mk = pipe_loss_pair_across_kw_mk(outer_m, casing_m, cover_m, axes_m,
                                                         link->insulation_kw_mk, link->soil_kw_mk);
    }
}

static double way_m(const struct network *network, const struct network_link *link) {
    double length_m = 0.0;
    for (int k = 1; k < link->points_count; k++) {
        length_m +=
            network_distance_m(network, link->x[k - 1], link->y[k - 1], link->x[k], link->y[k]);
    }
    const struct network_node *a = &network->nodes[link->from], *b = &network->nodes[link->to];
    if (link->points_count == 0 && a->located && b->located) {
        length_m = network_distance_m(network, a->x, a->y, b->x, b->y);
    }
    return length_m;
}

static const char *end_names(struct network *network, const struct network_link *link) {
    const char *words = arena_format(network->arena, "%s to %s", network->nodes[link->from].name,
                                     network->nodes[link->to].name);
    return words ? words : "";
}

static void size_of_pipe(struct network *network, struct network_link *link, enum network_need need,
                         struct diag *diag) {
    bool has_inner = !isnan(link->inner_m);
    if (!isnan(link->nominal_mm)) {
        double inner_m = link->inner_m, outer_m = link->outer_m, casing_m = link->casing_m;
        if (!network_link_size(link, (int)link->nominal_mm)) {
            diag_error(diag, link->place, "pipe \"%s\": EN 253 has no size DN %d", link->name,
                       (int)link->nominal_mm);
            diag_remedy(diag,
                        "DN 20 25 32 40 50 65 80 100 125 150 200 250 300 350 400 450 500 600, "
                        "or inner_m, outer_m and casing_m");
        }
        link->inner_m = isnan(inner_m) ? link->inner_m : inner_m;
        link->outer_m = isnan(outer_m) ? link->outer_m : outer_m;
        link->casing_m = isnan(casing_m) ? link->casing_m : casing_m;
    } else if (has_inner ? !(link->inner_m > 0.0) : need == NEED_SIZES) {
        diag_error(diag, link->place, "pipe \"%s\" (%s) has no diameter", link->name,
                   end_names(network, link));
        diag_remedy(diag, "give nominal_mm or inner_m, or let `hearth network size` choose");
    } else if (has_inner && !isnan(link->outer_m) && link->outer_m <= link->inner_m) {
        diag_error(diag, link->place, "pipe \"%s\": outer_m is not larger than inner_m",
                   link->name);
        diag_remedy(diag, "outer_m is that of the pipe inside the insulation");
    }
}

/* The casing of two pipes is in no table of EN 253's single ones: it is given, and holds both pipes and the gap. */
static void check_twin(struct network_link *link, bool has_casing, enum network_need need,
                       struct diag *diag) {
    double least_m = 2.0 * link->outer_m + twin_gap_m(link);
    if (link->laid != LAID_TWIN || !isnan(link->loss_kw_mk) || !isnan(link->heat_kw_m2k)) {
        return;
    }
    if (need != NEED_SIZES) {
        diag_error(diag, link->place, "pipe \"%s\": sizes of twin pipes are in no table here",
                   link->name);
        diag_remedy(diag, "size it as a pair; then give the twin's casing_m by its catalogue");
    } else if (!has_casing) {
        diag_error(diag, link->place, "pipe \"%s\": a twin's casing_m is missing", link->name);
        diag_remedy(diag, "give casing_m by its catalogue, or loss_kw_mk; EN 253's casings hold "
                          "one pipe");
    } else if (link->casing_m <= least_m) {
        diag_error(diag, link->place,
                   "pipe \"%s\": its casing_m does not hold two pipes and the gap", link->name);
        diag_remedy(diag, "casing_m is that of both pipes together; spacing_m is the gap between "
                          "them");
    }
}

static void complete_link(struct network *network, struct network_link *link,
                          enum network_need need, struct diag *diag) {
    if (isnan(link->length_m)) {
        link->length_m = way_m(network, link);
    }
    if (link->from == link->to) {
        diag_error(diag, link->place, "line \"%s\" begins and ends at node \"%s\"", link->name,
                   network->nodes[link->from].name);
        diag_remedy(diag, "a line joins two nodes; ends nearer than snap_m are one node");
    }
    if (isnan(link->return_zeta_ratio)) {
        link->return_zeta_ratio = link->zeta_ratio;
    }
    if (isnan(link->ground_c)) {
        link->ground_c = network->settings.ground_c;
    }
    if (link->kind == LINK_PIPE) {
        if (!(link->length_m > 0.0) && link->from != link->to) {
            diag_error(diag, link->place, "pipe \"%s\" (%s) has no length", link->name,
                       end_names(network, link));
            diag_remedy(diag, "give length_m, or draw its way; join the two nodes if they are one");
        }
        bool has_casing = !isnan(link->casing_m);
        size_of_pipe(network, link, need, diag);
        check_twin(link, has_casing, need, diag);
    }
    if (link->kind == LINK_PUMP && isnan(link->lift_kpa)) {
        diag_error(diag, link->place, "pump \"%s\" has no lift_kpa", link->name);
        diag_remedy(diag, "the pressure it adds without flow");
    }
    if (isnan(link->loss_kw_mk)) {
        network_link_losses(link);
    } else if (isnan(link->across_kw_mk)) {
        link->across_kw_mk = link->loss_kw_mk;
    }
    if (network->settings.friction == FRICTION_HAZEN && link->kind == LINK_PIPE &&
        !(link->hazen_ratio > 0.0)) {
        diag_error(diag, link->place, "pipe \"%s\" has no hazen_ratio", link->name);
        diag_remedy(diag, "about 130 for new steel, 150 for plastic; or friction: colebrook");
    }
}

static void complete_node(struct network *network, struct network_node *node, struct diag *diag) {
    const struct network_settings *s = &network->settings;
    if (isnan(node->approach_dk)) {
        node->approach_dk = s->approach_dk;
    }
    if (node->role == NODE_PRODUCER || node->role == NODE_CONSUMER) {
        if (!isnan(node->secondary_return_c) && isnan(node->return_c) && isnan(node->drop_dk)) {
            node->return_c = node->secondary_return_c +
                             (s->supply_c > s->return_c ? 1.0 : -1.0) * node->approach_dk;
        }
        if (node->role == NODE_PRODUCER || (!isnan(node->heat_kw) && node->heat_kw < 0.0)) {
            node->supply_c = isnan(node->supply_c) ? s->supply_c : node->supply_c;
        }
        node->return_c =
            isnan(node->return_c) && isnan(node->drop_dk) ? s->return_c : node->return_c;
        if (isnan(node->heat_kw) && isnan(node->flow_kg_s) &&
            (node->role == NODE_CONSUMER || isnan(node->pressure_kpa))) {
            diag_error(diag, node->place, "%s \"%s\" has neither heat_kw nor flow_kg_s",
                       node->role == NODE_CONSUMER ? "consumer" : "producer", node->name);
            diag_remedy(diag, node->role == NODE_CONSUMER
                                  ? "the heat it takes at the moment that is simulated"
                                  : "or pressure_kpa, when it holds the pressure");
        }
    }
    if (node->role == NODE_TANK && isnan(node->level_m)) {
        diag_error(diag, node->place, "tank \"%s\" has no level_m", node->name);
        diag_remedy(diag, "the height of its water above elevation_m");
    }
}

/* Nodes that no line reaches; consumers and producers above all. */
static void look_for_lonely(const struct network *network, const int *degree, struct diag *diag) {
    static const char *const roles[] = {"node", "producer", "consumer", "tank"};
    for (int n = 0; n < network->nodes_count; n++) {
        const struct network_node *node = &network->nodes[n];
        if (degree[n] == 0) {
            diag_error(diag, node->place, "%s \"%s\" is not connected: no line ends there",
                       roles[node->role], node->name);
            diag_remedy(diag, "draw a pipe to it, or move the end of one within snap_m");
        }
    }
}

/* Two producers at one place can hold one pressure only. */
static void look_for_twins(const struct network *network, struct diag *diag) {
    const struct network_node *held[64];
    int count = 0;
    for (int n = 0; n < network->nodes_count && count < COUNT(held); n++) {
        if (network->nodes[n].role == NODE_PRODUCER && !isnan(network->nodes[n].pressure_kpa)) {
            held[count++] = &network->nodes[n];
        }
    }
    for (int a = 0; a < count; a++) {
        for (int b = 0; b < a; b++) {
            bool same_place = held[a]->located && held[b]->located &&
                              network_distance_m(network, held[a]->x, held[a]->y, held[b]->x,
                                                 held[b]->y) <= network->settings.snap_m;
            if (same_place && held[a]->pressure_kpa != held[b]->pressure_kpa) {
                diag_error(diag, held[a]->place,
                           "producer \"%s\" and producer \"%s\" hold two pressures at one place",
                           held[b]->name, held[a]->name);
                diag_remedy(diag, "let one hold the pressure and give the other heat_kw");
            }
        }
    }
}

static void complete_settings(struct network_settings *s) {
    const struct network_preset *preset = network_preset_at(s->preset);
    s->supply_c = isnan(s->supply_c) ? preset->supply_c : s->supply_c;
    s->return_c = isnan(s->return_c) ? preset->return_c : s->return_c;
}

enum status network_complete(struct network *network, enum network_need need, struct diag *diag) {
    int *degree = ARENA_TAKE(network->arena, int, network->nodes_count);
    bool held = false;
    if (!degree) {
        return STATUS_NO_MEMORY;
    }
    complete_settings(&network->settings);
    if (network->links_count == 0) {
        diag_error(diag, (struct place){network->file, 0, 0}, "there is no line in it");
        diag_remedy(diag, "a network has LineString features with \"kind\": \"pipe\"");
        return STATUS_BAD_SCENARIO;
    }
    for (int k = 0; k < network->links_count; k++) {
        complete_link(network, &network->links[k], need, diag);
        degree[network->links[k].from]++;
        degree[network->links[k].to]++;
    }
    for (int n = 0; n < network->nodes_count; n++) {
        struct network_node *node = &network->nodes[n];
        complete_node(network, node, diag);
        held = held || node->role == NODE_TANK ||
               (node->role == NODE_PRODUCER && !isnan(node->pressure_kpa));
    }
    look_for_lonely(network, degree, diag);
    look_for_twins(network, diag);
    if (!held && need == NEED_SIZES) {
        diag_error(diag, (struct place){network->file, 0, 0}, "nothing holds the pressure");
        diag_remedy(diag, "give one producer pressure_kpa, for example 600");
    }
    network_crossings(network, diag);
    if (arena_failed(network->arena)) {
        return STATUS_NO_MEMORY;
    }
    return diag_errors(diag) > 0 ? STATUS_BAD_SCENARIO : STATUS_OK;
}
