/* Lines that cross without a node. Segments are put into square cells about as large as a segment;
   only those of one cell are compared. Coordinates are used as they are: where two straight lines
   cross does not depend on the units of x and y. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "networks/network.h"

enum { CELLS_PER_SEGMENT_MAX = 64, TOLD_MAX = 50 };

struct segment {
    int link;
    double x0, y0, x1, y1;
};
struct cells {
    struct segment *segments;
    int count;
    double size, x0, y0; /* of a cell; of the corner */
    int *first, *next, *owner;
    int slots, entries, capacity;
};

static int slot_of(const struct cells *cells, int64_t column, int64_t row) {
    uint64_t h = (uint64_t)column * 0x9E3779B97F4A7C15u ^ (uint64_t)row * 0xC2B2AE3D27D4EB4Fu;
    return (int)((h ^ (h >> 31)) & (uint64_t)(cells->slots - 1));
}

static double side_sign(const struct segment *s, double x, double y) {
    return (s->x1 - s->x0) * (y - s->y0) - (s->y1 - s->y0) * (x - s->x0);
}

/* Proper crossing: each has its ends clearly on either side of the other. */
static bool crosses(const struct segment *a, const struct segment *b, double *ret_x,
                    double *ret_y) {
    double b0 = side_sign(a, b->x0, b->y0), b1 = side_sign(a, b->x1, b->y1);
    double a0 = side_sign(b, a->x0, a->y0), a1 = side_sign(b, a->x1, a->y1);
    double length = hypot(a->x1 - a->x0, a->y1 - a->y0) * hypot(b->x1 - b->x0, b->y1 - b->y0);
    double least = 1e-6 * length; /* ends on the other line are joints or near ones */
    if (!(b0 * b1 < 0.0 && a0 * a1 < 0.0 && fabs(b0) > least && fabs(b1) > least &&
          fabs(a0) > least && fabs(a1) > least)) {
        return false;
    }
    double share = b0 / (b0 - b1);
    *ret_x = b->x0 + share * (b->x1 - b->x0);
    *ret_y = b->y0 + share * (b->y1 - b->y0);
    return true;
}

static bool gather(const struct network *network, struct cells *cells) {
    int count = 0;
    for (int k = 0; k < network->links_count; k++) {
        count += network->links[k].points_count > 1 ? network->links[k].points_count - 1 : 0;
    }
    cells->segments = ARENA_TAKE(network->arena, struct segment, count);
    double length = 0.0;
    for (int k = 0; cells->segments && k < network->links_count; k++) {
        const struct network_link *link = &network->links[k];
        for (int p = 1; p < link->points_count; p++) {
            struct segment s = {k, link->x[p - 1], link->y[p - 1], link->x[p], link->y[p]};
            cells->segments[cells->count++] = s;
            length += hypot(s.x1 - s.x0, s.y1 - s.y0);
        }
    }
    cells->size = cells->count > 0 ? fmax(length / cells->count, 1e-12) : 1.0;
    return cells->segments != NULL;
}

/* The cells that a segment's box touches; a very long one is put into its coarse steps. */
static void enter(struct cells *cells, int index) {
    const struct segment *s = &cells->segments[index];
    int steps = (int)fmin(CELLS_PER_SEGMENT_MAX,
                          1.0 + 2.0 * hypot(s->x1 - s->x0, s->y1 - s->y0) / cells->size);
    int64_t last_column = INT64_MIN, last_row = INT64_MIN;
    for (int k = 0; k <= steps && cells->entries < cells->capacity; k++) {
        double share = (double)k / steps;
        int64_t column = (int64_t)floor((s->x0 + share * (s->x1 - s->x0)) / cells->size);
        int64_t row = (int64_t)floor((s->y0 + share * (s->y1 - s->y0)) / cells->size);
        if (column == last_column && row == last_row) {
            continue;
        }
        int slot = slot_of(cells, column, row), e = cells->entries++;
        cells->owner[e] = index;
        cells->next[e] = cells->first[slot];
        cells->first[slot] = e;
        last_column = column;
        last_row = row;
    }
}

static void compare(const struct network *network, const struct cells *cells, int index,
                    int64_t column, int64_t row, struct diag *diag, int *told) {
    const struct segment *s = &cells->segments[index];
    int compared = 0;
    for (int e = cells->first[slot_of(cells, column, row)]; e >= 0 && compared < 4096;
         e = cells->next[e], compared++) {
        const struct segment *other = &cells->segments[cells->owner[e]];
        const struct network_link *a = &network->links[other->link], *b = &network->links[s->link];
        double x = 0.0, y = 0.0;
        if (cells->owner[e] >= index || other->link == s->link || a->bridge_m != b->bridge_m ||
            !crosses(other, s, &x, &y) || *told >= TOLD_MAX) {
            continue;
        }
        diag_error(diag, b->place, "lines \"%s\" and \"%s\" cross at %s without a node", a->name,
                   b->name,
                   arena_format(network->arena, "(%ld.%06ld, %ld.%06ld)", (long)x,
                                labs((long)((x - trunc(x)) * 1e6)), (long)y,
                                labs((long)((y - trunc(y)) * 1e6))));
        diag_remedy(diag, "split both at a node, or give one bridge_m when it passes over");
        (*told)++;
        return;
    }
}

void network_crossings(const struct network *network, struct diag *diag) {
    struct cells cells = {.slots = 64};
    int told = 0;
    if (!gather(network, &cells)) {
        return;
    }
    cells.capacity = 8 * cells.count + 1024;
    while (cells.slots < cells.capacity) {
        cells.slots *= 2;
    }
    cells.first = ARENA_TAKE(network->arena, int, cells.slots);
    cells.next = ARENA_TAKE(network->arena, int, cells.capacity);
    cells.owner = ARENA_TAKE(network->arena, int, cells.capacity);
    if (!cells.first || !cells.next || !cells.owner) {
        return;
    }
    for (int k = 0; k < cells.slots; k++) {
        cells.first[k] = -1;
    }
    for (int k = 0; k < cells.count; k++) {
        enter(&cells, k);
    }
    for (int k = 0; k < cells.count && told < TOLD_MAX; k++) {
        const struct segment *s = &cells.segments[k];
        int steps = (int)fmin(CELLS_PER_SEGMENT_MAX,
                              1.0 + 2.0 * hypot(s->x1 - s->x0, s->y1 - s->y0) / cells.size);
        int64_t last = INT64_MIN;
        for (int p = 0; p <= steps; p++) {
            double share = (double)p / steps;
            int64_t column = (int64_t)floor((s->x0 + share * (s->x1 - s->x0)) / cells.size);
            int64_t row = (int64_t)floor((s->y0 + share * (s->y1 - s->y0)) / cells.size);
            for (int n = 0; n < 9; n++) {
                int before = told;
                if (column * 31 + row == last && n == 4) {
                    continue;
                }
                compare(network, &cells, k, column + n % 3 - 1, row + n / 3 - 1, diag, &told);
                if (told > before) {
                    p = steps;
                    break;
                }
            }
            last = column * 31 + row;
        }
    }
}
