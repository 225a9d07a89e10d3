/* A grid of cells of snap_m; a node within snap_m lies in the same cell or one beside it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/ends.h"

#include <math.h>
#include <stdint.h>

#include "base/status.h"

enum { CROWD_MAX = 1000 }; /* nodes in one cell, each of which a line's end is held against */

struct grid {
    const struct network *network;
    double cell_m;
    int *first, *next, *crowd; /* by slot; by node; nodes by slot */
    int slots;
};

static void metres(const struct network *network, double x, double y, double *ret_x_m,
                   double *ret_y_m) {
    *ret_x_m = x;
    *ret_y_m = y;
    if (network->settings.coordinates == UNITS_DEGREES) {
        *ret_x_m = network_distance_m(network, 0.0, y, x, y) * (x < 0.0 ? -1.0 : 1.0);
        *ret_y_m = network_distance_m(network, 0.0, 0.0, 0.0, y) * (y < 0.0 ? -1.0 : 1.0);
    }
}

static int64_t cell_of(double at_m, double cell_m) { return (int64_t)floor(at_m / cell_m); }

static int slot_of(const struct grid *grid, int64_t column, int64_t row) {
    uint64_t h = (uint64_t)column * 0x9E3779B97F4A7C15u ^ (uint64_t)row * 0xC2B2AE3D27D4EB4Fu;
    return (int)((h ^ (h >> 31)) & (uint64_t)(grid->slots - 1));
}

/* How many lie in its cell then. */
static int enter(struct grid *grid, int node) {
    double x_m = 0.0, y_m = 0.0;
    const struct network_node *n = &grid->network->nodes[node];
    metres(grid->network, n->x, n->y, &x_m, &y_m);
    int slot = slot_of(grid, cell_of(x_m, grid->cell_m), cell_of(y_m, grid->cell_m));
    grid->next[node] = grid->first[slot];
    grid->first[slot] = node;
    return ++grid->crowd[slot];
}

static int nearest(const struct grid *grid, double x, double y) {
    double x_m = 0.0, y_m = 0.0, best_m = grid->network->settings.snap_m;
    int best = -1;
    metres(grid->network, x, y, &x_m, &y_m);
    int64_t column = cell_of(x_m, grid->cell_m), row = cell_of(y_m, grid->cell_m);
    for (int k = 0; k < 9; k++) {
        int slot = slot_of(grid, column + k % 3 - 1, row + k / 3 - 1);
        for (int n = grid->first[slot]; n >= 0; n = grid->next[n]) {
            const struct network_node *node = &grid->network->nodes[n];
            double distance_m = network_distance_m(grid->network, x, y, node->x, node->y);
            if (distance_m < best_m || (distance_m <= best_m && (best < 0 || n < best))) {
                best = n;
                best_m = distance_m;
            }
        }
    }
    return best;
}

static enum status end(struct network *network, struct grid *grid, struct network_link *link,
                       int point, int *end) {
    double x = link->x[point], y = link->y[point];
    *end = nearest(grid, x, y);
    if (*end >= 0) {
        return STATUS_OK;
    }
    const char *name = arena_format(network->arena, "node %d", network->nodes_count + 1);
    struct network_node *node = name ? network_add_node(network, name) : NULL;
    if (!node) {
        return STATUS_NO_MEMORY;
    }
    node->place = link->place;
    node->located = node->implied = true;
    node->x = x;
    node->y = y;
    *end = network->nodes_count - 1;
    (void)enter(grid, *end);
    return STATUS_OK;
}

enum status ends_join(struct network *network, struct diag *diag) {
    struct grid grid = {.network = network, .slots = 64};
    int most = network->nodes_count + 2 * network->links_count;
    while (grid.slots < 2 * most) {
        grid.slots *= 2;
    }
    grid.cell_m = fmax(1e-3, network->settings.snap_m);
    grid.first = ARENA_TAKE(network->arena, int, grid.slots);
    grid.next = ARENA_TAKE(network->arena, int, most);
    grid.crowd = ARENA_TAKE(network->arena, int, grid.slots);
    if (!grid.first || !grid.next || !grid.crowd) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < grid.slots; k++) {
        grid.first[k] = -1;
    }
    for (int n = 0; n < network->nodes_count; n++) {
        if (network->nodes[n].located && enter(&grid, n) > CROWD_MAX) {
            diag_error(diag, network->nodes[n].place,
                       "node \"%s\": more than %d nodes lie where it lies", network->nodes[n].name,
                       CROWD_MAX);
            diag_remedy(diag, "are these degrees, and \"coordinates\" say \"metres\"? Else lower "
                              "snap_m");
            return STATUS_BAD_SCENARIO;
        }
    }
    for (int k = 0; k < network->links_count; k++) {
        struct network_link *link = &network->links[k];
        if ((link->from < 0 || link->to < 0) && link->points_count < 2) {
            diag_error(diag, link->place,
                       "line \"%s\" says neither where it begins nor where it ends", link->name);
            diag_remedy(diag, "give it a LineString, or from and to");
            continue;
        }
        if (link->from < 0) {
            TRY(end(network, &grid, link, 0, &link->from));
        }
        if (link->to < 0) {
            TRY(end(network, &grid, link, link->points_count - 1, &link->to));
        }
    }
    return diag_errors(diag) > 0 ? STATUS_BAD_SCENARIO : STATUS_OK;
}
