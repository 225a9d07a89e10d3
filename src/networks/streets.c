/* Lines meet where vertices coincide (as in maps of streets), which is decided on coordinates
   rounded to 1e-9 of their unit. Service lines run straight to the nearest point of a line. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/streets.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "networks/ends.h"
#include "networks/names.h"

static const char *key_of(struct arena *arena, double x, double y) {
    return arena_format(arena, "%lld %lld", llround(x * 1e9), llround(y * 1e9));
}

/* How many lines touch each vertex; an end counts as a meeting. */
static bool count_vertices(const struct network *old, struct arena *scratch, struct names *seen,
                           int *meetings) {
    int ids = 0;
    names_init(seen, scratch);
    for (int n = 0; n < old->nodes_count; n++) {
        const char *key = key_of(scratch, old->nodes[n].x, old->nodes[n].y);
        if (key && old->nodes[n].located && names_add(seen, key, ids)) {
            meetings[ids++] = 2;
        }
    }
    for (int k = 0; k < old->links_count; k++) {
        for (int p = 0; p < old->links[k].points_count; p++) {
            bool is_end = p == 0 || p == old->links[k].points_count - 1;
            const char *key = key_of(scratch, old->links[k].x[p], old->links[k].y[p]);
            int id = key ? names_find(seen, key) : -1;
            if (id < 0 && key && names_add(seen, key, ids)) {
                id = ids++;
            }
            if (id < 0) {
                return false;
            }
            meetings[id] += is_end ? 2 : 1;
        }
    }
    return true;
}

/* One piece of a line, from point a to point b. */
static enum status piece(struct network *to, const struct network_link *link, int a, int b,
                         int part, bool whole) {
    const char *name = whole ? link->name : arena_format(to->arena, "%s/%d", link->name, part);
    struct network_link *copy = name ? network_add_link(to, name, -1, -1) : NULL;
    if (!copy) {
        return STATUS_NO_MEMORY;
    }
    *copy = *link;
    copy->name = name;
    copy->x = link->x + a;
    copy->y = link->y + a;
    copy->points_count = b - a + 1;
    copy->from = whole ? link->from : -1;
    copy->to = whole ? link->to : -1;
    if (!whole) {
        copy->length_m = NAN; /* each piece is as long as its way */
    }
    return STATUS_OK;
}

static enum status split(const struct network *old, struct network *to, const struct names *seen,
                         const int *meetings, struct arena *scratch) {
    for (int k = 0; k < old->links_count; k++) {
        const struct network_link *link = &old->links[k];
        int begin = 0, part = 1;
        for (int p = 1; p < link->points_count - 1; p++) {
            const char *key = key_of(scratch, link->x[p], link->y[p]);
            if (key && meetings[names_find(seen, key)] > 1) {
                TRY(piece(to, link, begin, p, part++, false));
                begin = p;
            }
        }
        TRY(piece(to, link, begin, link->points_count > 0 ? link->points_count - 1 : 0, part,
                  begin == 0));
        if (link->points_count == 0) {
            to->links[to->links_count - 1].points_count = 0;
        }
    }
    return STATUS_OK;
}

struct foot { /* of the straight way from a building to a line */
    int link, segment;
    double share, distance_m, x, y;
};

static struct foot nearest(const struct network *network, const struct network_node *node) {
    struct foot best = {-1, 0, 0.0, HUGE_VAL, 0.0, 0.0};
    double squeeze = network->settings.coordinates == UNITS_DEGREES
                         ? cos(node->y * 3.14159265358979323846 / 180.0)
                         : 1.0;
    for (int k = 0; k < network->links_count; k++) {
        const struct network_link *link = &network->links[k];
        for (int p = 1; p < link->points_count && link->choice != CHOICE_FORBIDDEN; p++) {
            double x0 = link->x[p - 1], y0 = link->y[p - 1];
            double dx = (link->x[p] - x0) * squeeze, dy = link->y[p] - y0;
            double square = dx * dx + dy * dy;
            double along = (node->x - x0) * squeeze * dx + (node->y - y0) * dy;
            double share = square > 0.0 ? fmin(1.0, fmax(0.0, along / square)) : 0.0;
            double x = x0 + share * (link->x[p] - x0), y = y0 + share * (link->y[p] - y0);
            double distance_m = network_distance_m(network, node->x, node->y, x, y);
            if (distance_m < best.distance_m) {
                best = (struct foot){k, p, share, distance_m, x, y};
            }
        }
    }
    return best;
}

/* Splits a line at the foot, unless the foot is one of its ends; the node there. */
static enum status node_at(struct network *network, const struct foot *foot, int *ret_node) {
    struct network_link *link = &network->links[foot->link];
    bool at_begin = foot->segment == 1 && foot->share <= 1e-9;
    bool at_end = foot->segment == link->points_count - 1 && foot->share >= 1.0 - 1e-9;
    if (at_begin || at_end) {
        *ret_node = at_begin ? link->from : link->to;
        return STATUS_OK;
    }
    const char *name = arena_format(network->arena, "node %d", network->nodes_count + 1);
    struct network_node *node = name ? network_add_node(network, name) : NULL;
    int before = foot->segment, count = link->points_count;
    double *x0 = ARENA_TAKE(network->arena, double, before + 1);
    double *y0 = ARENA_TAKE(network->arena, double, before + 1);
    double *x1 = ARENA_TAKE(network->arena, double, count - before + 1);
    double *y1 = ARENA_TAKE(network->arena, double, count - before + 1);
    if (!node || !x0 || !y0 || !x1 || !y1) {
        return STATUS_NO_MEMORY;
    }
    node->located = node->implied = true;
    node->place = link->place;
    node->x = foot->x;
    node->y = foot->y;
    *ret_node = network->nodes_count - 1;
    for (int p = 0; p < before; p++) {
        x0[p] = link->x[p];
        y0[p] = link->y[p];
    }
    for (int p = before; p < count; p++) {
        x1[p - before + 1] = link->x[p];
        y1[p - before + 1] = link->y[p];
    }
    x0[before] = x1[0] = foot->x;
    y0[before] = y1[0] = foot->y;
    const char *second = arena_format(network->arena, "%s+%d", link->name, network->links_count);
    struct network_link *rest =
        second ? network_add_link(network, second, *ret_node, link->to) : NULL;
    if (!rest) {
        return STATUS_NO_MEMORY;
    }
    link = &network->links[foot->link];
    const char *kept = rest->name;
    *rest = *link;
    rest->name = kept;
    rest->from = *ret_node;
    rest->x = x1;
    rest->y = y1;
    rest->points_count = count - before + 1;
    link->to = *ret_node;
    link->x = x0;
    link->y = y0;
    link->points_count = before + 1;
    link->length_m = rest->length_m = NAN;
    return STATUS_OK;
}

static enum status serve(struct network *network, int n, struct diag *diag) {
    struct foot foot = nearest(network, &network->nodes[n]);
    int at = -1;
    if (foot.link < 0) {
        diag_error(diag, network->nodes[n].place, "\"%s\" finds no street that a pipe may use",
                   network->nodes[n].name);
        diag_remedy(diag, "add streets as LineString features");
        return STATUS_OK;
    }
    TRY(node_at(network, &foot, &at));
    const struct network_node *node = &network->nodes[n];
    const char *name = arena_format(network->arena, "service %s", node->name);
    double *x = ARENA_TAKE(network->arena, double, 2), *y = ARENA_TAKE(network->arena, double, 2);
    struct network_link *link = name ? network_add_link(network, name, at, n) : NULL;
    if (!link || !x || !y) {
        return STATUS_NO_MEMORY;
    }
    link->place = node->place;
    x[0] = network->nodes[at].x;
    y[0] = network->nodes[at].y;
    x[1] = node->x;
    y[1] = node->y;
    link->x = x;
    link->y = y;
    link->points_count = 2;
    link->bridge_m = 1000.0; /* service lines may cross a street on their way */
    link->length_m = fmax(0.1, foot.distance_m);
    return STATUS_OK;
}

enum status streets_join(const struct network *network, struct diag *diag, struct network **ret) {
    struct network *to = network_new(network->arena, network->file);
    struct arena *scratch = arena_new(0);
    struct names seen;
    int most = network->nodes_count, *meetings = NULL;
    for (int k = 0; k < network->links_count; k++) {
        most += network->links[k].points_count;
    }
    meetings = scratch ? ARENA_TAKE(scratch, int, most) : NULL;
    bool good = to && meetings && count_vertices(network, scratch, &seen, meetings);
    enum status status = good ? STATUS_OK : STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        to->settings = network->settings;
        to->beside = network->beside;
        to->beside_count = network->beside_count;
        to->nodes = network->nodes;
        to->nodes_count = network->nodes_count;
        to->nodes_capacity = network->nodes_count; /* grows into an array of its own */
        status = split(network, to, &seen, meetings, scratch);
    }
    arena_free(scratch);
    TRY(status);
    TRY(ends_join(to, diag));
    int *degree = ARENA_TAKE(to->arena, int, to->nodes_count);
    if (!degree) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < to->links_count; k++) {
        degree[to->links[k].from]++;
        degree[to->links[k].to]++;
    }
    int count = to->nodes_count;
    for (int n = 0; n < count; n++) {
        if (degree[n] == 0 && to->nodes[n].located && to->nodes[n].role != NODE_JUNCTION) {
            TRY(serve(to, n, diag));
        }
    }
    *ret = to;
    return arena_failed(to->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
