/* Lines that cross without a node. Every straight piece is entered into all the square cells that it passes; a cell is
   about as large as a piece, so that there are some four entries for each, however long a single piece may be, and only
   pieces of one cell are compared. A crossing belongs to the cell it lies in and is told once. Coordinates are used as they
   are: where two straight lines cross does not depend on the units of x and y. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "networks/network.h"

enum { TOLD_MAX = 50, COMPARED_PER_SEGMENT = 1000, COMPARED_ANYHOW = 10000000 };
static const double slack_ratio = 1e-6;       /* of a cell: a border belongs to both its cells */
static const double cells_across_ratio = 1e9; /* at most: columns and rows are ints */

struct segment {
    int link;
    double x0, y0, x1, y1;
};
struct entry {
    int owner, next, column, row;
};
struct cells {
    const struct network *network;
    struct segment *segments;
    int count;
    double size, x0, y0; /* of a cell; of the corner */
    int *first;          /* by slot */
    struct entry *entries;
    int slots, entries_count;
    int64_t compared_count, compared_max;
    int told;
};

/* The cells that a segment passes, one after the other: column by column, from its lowest row there to its highest. */
struct walk {
    double x0, y0, x1, y1; /* in cells from the corner, x0 <= x1 */
    int column, row, last_column, last_row;
};

static void rows_of(struct walk *w) {
    double run = w->x1 - w->x0, low = w->y0, high = w->y1;
    if (run > 0.0) {
        double from = fmin(1.0, fmax(0.0, (w->column - slack_ratio - w->x0) / run));
        double to = fmin(1.0, fmax(0.0, (w->column + 1 + slack_ratio - w->x0) / run));
        low = w->y0 + from * (w->y1 - w->y0);
        high = w->y0 + to * (w->y1 - w->y0);
    }
    w->row = (int)floor(fmin(low, high) - slack_ratio);
    w->last_row = (int)floor(fmax(low, high) + slack_ratio);
}

static struct walk walk_along(const struct cells *cells, const struct segment *s) {
    bool turned = s->x1 < s->x0;
    double x0 = (s->x0 - cells->x0) / cells->size, y0 = (s->y0 - cells->y0) / cells->size;
    double x1 = (s->x1 - cells->x0) / cells->size, y1 = (s->y1 - cells->y0) / cells->size;
    struct walk w = {
        turned ? x1 : x0, turned ? y1 : y0, turned ? x0 : x1, turned ? y0 : y1, 0, 0, 0, 0};
    w.column = (int)floor(w.x0 - slack_ratio);
    w.last_column = (int)floor(w.x1 + slack_ratio);
    rows_of(&w);
    return w;
}

/* False: it was the last. */
static bool walk_on(struct walk *w) {
    if (w->row < w->last_row) {
        w->row++;
        return true;
    }
    if (w->column == w->last_column) {
        return false;
    }
    w->column++;
    rows_of(w);
    return true;
}

static int slot_of(const struct cells *cells, int column, int row) {
    uint64_t h = (uint64_t)(int64_t)column * 0x9E3779B97F4A7C15u ^
                 (uint64_t)(int64_t)row * 0xC2B2AE3D27D4EB4Fu;
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

static bool gather(struct cells *cells) {
    const struct network *network = cells->network;
    double length = 0.0, x_max = -HUGE_VAL, y_max = -HUGE_VAL;
    int count = 0;
    for (int k = 0; k < network->links_count; k++) {
        count += network->links[k].points_count > 1 ? network->links[k].points_count - 1 : 0;
    }
    cells->segments = ARENA_TAKE(network->arena, struct segment, count);
    cells->x0 = cells->y0 = HUGE_VAL;
    for (int k = 0; cells->segments && k < network->links_count; k++) {
        const struct network_link *link = &network->links[k];
        for (int p = 1; p < link->points_count; p++) {
            struct segment s = {k, link->x[p - 1], link->y[p - 1], link->x[p], link->y[p]};
            cells->segments[cells->count++] = s;
            length += hypot(s.x1 - s.x0, s.y1 - s.y0);
            cells->x0 = fmin(cells->x0, fmin(s.x0, s.x1));
            cells->y0 = fmin(cells->y0, fmin(s.y0, s.y1));
            x_max = fmax(x_max, fmax(s.x0, s.x1));
            y_max = fmax(y_max, fmax(s.y0, s.y1));
        }
    }
    if (cells->count == 0) {
        return false;
    }
    cells->size =
        fmax(length / cells->count,
             fmax(1e-12, fmax(x_max - cells->x0, y_max - cells->y0) / cells_across_ratio));
    return true;
}

static void enter(struct cells *cells, int index) {
    struct walk w = walk_along(cells, &cells->segments[index]);
    do {
        int *first = &cells->first[slot_of(cells, w.column, w.row)];
        cells->entries[cells->entries_count] = (struct entry){index, *first, w.column, w.row};
        *first = cells->entries_count++;
    } while (walk_on(&w));
}

/* All segments in their cells; false: memory is out. */
static bool fill(struct cells *cells) {
    int count = 0;
    for (int k = 0; k < cells->count; k++) {
        struct walk w = walk_along(cells, &cells->segments[k]);
        do {
            count++;
        } while (walk_on(&w));
    }
    cells->slots = 64;
    while (cells->slots < count) {
        cells->slots *= 2;
    }
    cells->first = ARENA_TAKE(cells->network->arena, int, cells->slots);
    cells->entries = ARENA_TAKE(cells->network->arena, struct entry, count);
    if (!cells->first || !cells->entries) {
        return false;
    }
    for (int k = 0; k < cells->slots; k++) {
        cells->first[k] = -1;
    }
    for (int k = 0; k < cells->count; k++) {
        enter(cells, k);
    }
    return true;
}

static void tell(struct cells *cells, const struct network_link *a, const struct network_link *b,
                 double x, double y, struct diag *diag) {
    diag_error(diag, b->place, "lines \"%s\" and \"%s\" cross at %s without a node", a->name,
               b->name,
               arena_format(cells->network->arena, "(%ld.%06ld, %ld.%06ld)", (long)x,
                            labs((long)((x - trunc(x)) * 1e6)), (long)y,
                            labs((long)((y - trunc(y)) * 1e6))));
    diag_remedy(diag, "split both at a node, or give one bridge_m when it passes over");
    cells->told++;
}

/* A segment against those before it that pass the same cell. */
static void compare(struct cells *cells, int index, int column, int row, struct diag *diag) {
    const struct segment *s = &cells->segments[index];
    const struct network_link *b = &cells->network->links[s->link];
    for (int e = cells->first[slot_of(cells, column, row)]; e >= 0 && cells->told < TOLD_MAX;
         e = cells->entries[e].next) {
        const struct entry *entry = &cells->entries[e];
        const struct segment *other = &cells->segments[entry->owner];
        const struct network_link *a = &cells->network->links[other->link];
        double x = 0.0, y = 0.0;
        cells->compared_count++;
        if (entry->owner < index && entry->column == column && entry->row == row &&
            other->link != s->link && a->bridge_m == b->bridge_m && crosses(other, s, &x, &y) &&
            (int)floor((x - cells->x0) / cells->size) == column &&
            (int)floor((y - cells->y0) / cells->size) == row) {
            tell(cells, a, b, x, y, diag);
        }
    }
}

void network_crossings(const struct network *network, struct diag *diag) {
    struct cells cells = {.network = network};
    if (!gather(&cells) || !fill(&cells)) {
        return;
    }
    cells.compared_max = (int64_t)COMPARED_PER_SEGMENT * cells.count + COMPARED_ANYHOW;
    for (int k = 0; k < cells.count && cells.told < TOLD_MAX; k++) {
        struct walk w = walk_along(&cells, &cells.segments[k]);
        do {
            compare(&cells, k, w.column, w.row, diag);
        } while (walk_on(&w));
        if (cells.compared_count > cells.compared_max) {
            const struct network_link *link = &network->links[cells.segments[k].link];
            diag_warning(diag, link->place,
                         "the search for lines that cross ends at line \"%s\": too many lie there",
                         link->name);
            diag_remedy(diag, "draw long lines with points between, or join very short ones");
            return;
        }
    }
}
