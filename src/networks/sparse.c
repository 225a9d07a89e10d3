/* Order: minimum degree on the explicit elimination graph (George and Liu 1989); networks of pipes are
   close to trees, so the graph stays small. Factor: up-looking L D L' along the elimination tree, as
   in Davis' LDL (doi 10.1145/1114268.1114277). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/sparse.h"

#include <string.h>

struct sparse {
    int n, slots;
    int *place;         /* of unknown i in the order of elimination */
    int *column, *row;  /* upper triangle by columns in that order: n + 1, slots */
    int *slot;          /* of each such entry */
    int *parent;        /* in the elimination tree, -1 at a root */
    int *start, *below; /* L by columns */
    int *row_start;     /* and by rows, each before its parent in the tree: n + 1, */
    int *left, *at;     /* column of an entry, and its place among the columns */
    double *lower, *pivot_ratio, *y, *x; /* pivot_ratio: 1 / pivot */
    int *mark;
};

/* ---- order of elimination ---- */
struct list {
    int *item;
    int count, capacity;
};

static bool append(struct arena *arena, struct list *list, int item) {
    if (list->count == list->capacity) {
        int larger = list->capacity ? 2 * list->capacity : 4;
        int *items = ARENA_TAKE(arena, int, larger);
        if (!items) {
            return false;
        }
        for (int k = 0; k < list->count; k++) {
            items[k] = list->item[k];
        }
        list->item = items;
        list->capacity = larger;
    }
    list->item[list->count++] = item;
    return true;
}

struct buckets { /* unknowns by degree, doubly linked */
    int *first, *next, *before;
    int lowest;
};

static void leave(struct buckets *b, int i, int degree) {
    if (b->before[i] >= 0) {
        b->next[b->before[i]] = b->next[i];
    } else {
        b->first[degree] = b->next[i];
    }
    if (b->next[i] >= 0) {
        b->before[b->next[i]] = b->before[i];
    }
}

static void join(struct buckets *b, int i, int degree) {
    b->before[i] = -1;
    b->next[i] = b->first[degree];
    if (b->first[degree] >= 0) {
        b->before[b->first[degree]] = i;
    }
    b->first[degree] = i;
    b->lowest = degree < b->lowest ? degree : b->lowest;
}

/* Takes i out of the list of u and makes every other neighbour of i one of u. */
static bool eliminate_from(struct arena *arena, struct list *adjacent, int i, int u, int *mark,
                           int stamp) {
    struct list *list = &adjacent[u];
    int kept = 0;
    for (int k = 0; k < list->count; k++) {
        if (list->item[k] != i) {
            mark[list->item[k]] = stamp;
            list->item[kept++] = list->item[k];
        }
    }
    list->count = kept;
    for (int k = 0; k < adjacent[i].count; k++) {
        int w = adjacent[i].item[k];
        if (w != u && mark[w] != stamp && !append(arena, list, w)) {
            return false;
        }
    }
    return true;
}

static bool order(struct arena *scratch, int n, struct list *adjacent, int *ret_place) {
    struct buckets b = {ARENA_TAKE(scratch, int, n + 1), ARENA_TAKE(scratch, int, n),
                        ARENA_TAKE(scratch, int, n), n};
    int *mark = ARENA_TAKE(scratch, int, n);
    if (!b.first || !b.next || !b.before || !mark) {
        return false;
    }
    for (int k = 0; k <= n; k++) {
        b.first[k] = -1;
    }
    for (int i = n - 1; i >= 0; i--) {
        join(&b, i, adjacent[i].count);
    }
    int stamp = 0;
    for (int k = 0; k < n; k++) {
        while (b.first[b.lowest] < 0) {
            b.lowest++;
        }
        int i = b.first[b.lowest];
        leave(&b, i, b.lowest);
        ret_place[i] = k;
        for (int e = 0; e < adjacent[i].count; e++) {
            int u = adjacent[i].item[e];
            leave(&b, u, adjacent[u].count);
            if (!eliminate_from(scratch, adjacent, i, u, mark, ++stamp)) {
                return false;
            }
            join(&b, u, adjacent[u].count);
        }
    }
    return true;
}

/* ---- pattern ---- */
/* The upper triangle by columns; repeated pairs share a slot. */
static bool pattern(struct arena *arena, struct sparse *s, int count, const int *a, const int *b,
                    int *ret_slot) {
    int n = s->n, *fill = ARENA_TAKE(arena, int, n + 1), *last = ARENA_TAKE(arena, int, n);
    int *next = ARENA_TAKE(arena, int, count), *head = ARENA_TAKE(arena, int, n);
    s->column = ARENA_TAKE(arena, int, n + 1);
    s->row = ARENA_TAKE(arena, int, count);
    s->slot = ARENA_TAKE(arena, int, count);
    if (!fill || !last || !next || !head || !s->column || !s->row || !s->slot) {
        return false;
    }
    for (int j = 0; j < n; j++) {
        head[j] = -1;
        last[j] = -1;
    }
    for (int k = count - 1; k >= 0; k--) {
        int pa = s->place[a[k]], pb = s->place[b[k]], j = pa > pb ? pa : pb;
        next[k] = head[j];
        head[j] = k;
    }
    int entries = 0;
    for (int j = 0; j < n; j++) {
        s->column[j] = entries;
        for (int k = head[j]; k >= 0; k = next[k]) {
            int pa = s->place[a[k]], pb = s->place[b[k]], i = pa < pb ? pa : pb;
            if (last[i] < s->column[j] || last[i] >= entries || s->row[last[i]] != i) {
                last[i] = entries;
                s->row[entries] = i;
                s->slot[entries] = entries;
                entries++;
            }
            ret_slot[k] = last[i];
        }
    }
    s->column[n] = entries;
    s->slots = entries;
    return true;
}

/* Elimination tree and the length of each column of L. */
static bool tree(struct arena *arena, struct sparse *s) {
    int n = s->n, *length = ARENA_TAKE(arena, int, n + 1);
    if (!length) {
        return false;
    }
    for (int j = 0; j < n; j++) {
        s->parent[j] = -1;
        s->mark[j] = j;
        for (int e = s->column[j]; e < s->column[j + 1]; e++) {
            for (int i = s->row[e]; s->mark[i] != j; i = s->parent[i]) {
                if (s->parent[i] < 0) {
                    s->parent[i] = j;
                }
                length[i]++;
                s->mark[i] = j;
            }
        }
    }
    for (int j = 0; j < n; j++) {
        s->start[j + 1] = s->start[j] + length[j];
    }
    return true;
}

/* The columns of row j of L, in an order in which each comes before its parent; path: n of scratch. */
static int list_row(struct sparse *s, int j, int *path, int *ret_left) {
    int top = s->n, count = 0;
    s->mark[j] = j;
    for (int e = s->column[j]; e < s->column[j + 1]; e++) {
        int length = 0;
        for (int i = s->row[e]; s->mark[i] != j; i = s->parent[i]) {
            path[length++] = i;
            s->mark[i] = j;
        }
        while (length > 0) {
            path[--top] = path[--length];
        }
    }
    for (int k = top; k < s->n; k++) {
        ret_left[count++] = path[k];
    }
    return count;
}

/* Where every entry of L stands, by columns and by rows. */
static bool list_rows(struct arena *arena, struct sparse *s) {
    int n = s->n, fill = s->start[n];
    int *used = ARENA_TAKE(arena, int, n), *path = ARENA_TAKE(arena, int, n);
    s->row_start = ARENA_TAKE(arena, int, n + 1);
    s->left = ARENA_TAKE(arena, int, fill);
    s->at = ARENA_TAKE(arena, int, fill);
    if (arena_failed(arena)) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        used[i] = s->start[i];
        s->mark[i] = -1;
    }
    for (int j = 0; j < n; j++) {
        int from = s->row_start[j], count = list_row(s, j, path, &s->left[from]);
        for (int r = from; r < from + count; r++) {
            s->at[r] = used[s->left[r]]++;
            s->below[s->at[r]] = j;
        }
        s->row_start[j + 1] = from + count;
    }
    return true;
}

static enum status lay_out(struct arena *arena, struct sparse *s) {
    int n = s->n;
    s->parent = ARENA_TAKE(arena, int, n);
    s->start = ARENA_TAKE(arena, int, n + 1);
    s->mark = ARENA_TAKE(arena, int, n);
    s->pivot_ratio = ARENA_TAKE(arena, double, n);
    s->y = ARENA_TAKE(arena, double, n);
    s->x = ARENA_TAKE(arena, double, n);
    if (arena_failed(arena) || !tree(arena, s)) {
        return STATUS_NO_MEMORY;
    }
    s->below = ARENA_TAKE(arena, int, s->start[n]);
    s->lower = ARENA_TAKE(arena, double, s->start[n]);
    return !arena_failed(arena) && list_rows(arena, s) ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status sparse_new(struct arena *arena, int n, int count, const int *a, const int *b,
                       int *ret_slot, struct sparse **ret) {
    struct sparse *s = ARENA_TAKE(arena, struct sparse, 1);
    struct arena *scratch = arena_new(0);
    struct list *adjacent = scratch ? ARENA_TAKE(scratch, struct list, n) : NULL;
    bool good = s && adjacent;
    if (good) {
        s->n = n;
        s->place = ARENA_TAKE(arena, int, n);
        good = s->place != NULL;
    }
    int *seen = good ? ARENA_TAKE(scratch, int, n) : NULL;
    good = good && seen;
    for (int k = 0; good && k < count; k++) {
        good = append(scratch, &adjacent[a[k]], b[k]) && append(scratch, &adjacent[b[k]], a[k]);
    }
    for (int i = 0; good && i < n; i++) { /* repeated neighbours once */
        int kept = 0;
        for (int k = 0; k < adjacent[i].count; k++) {
            int u = adjacent[i].item[k];
            if (seen[u] != i + 1) {
                seen[u] = i + 1;
                adjacent[i].item[kept++] = u;
            }
        }
        adjacent[i].count = kept;
    }
    good =
        good && order(scratch, n, adjacent, s->place) && pattern(arena, s, count, a, b, ret_slot);
    arena_free(scratch);
    if (!good) {
        return STATUS_NO_MEMORY;
    }
    TRY(lay_out(arena, s));
    *ret = s;
    return STATUS_OK;
}

int sparse_slots(const struct sparse *sparse) { return sparse->slots; }
long sparse_fill(const struct sparse *sparse) { return sparse->start[sparse->n]; }

bool sparse_factor(struct sparse *sparse, const double *diagonal_value, const double *off_value) {
    struct sparse *s = sparse;
    int n = s->n;
    for (int i = 0; i < n; i++) {
        s->x[s->place[i]] = diagonal_value[i];
    }
    for (int j = 0; j < n; j++) {
        double pivot_value = s->x[j];
        for (int e = s->column[j]; e < s->column[j + 1]; e++) {
            s->y[s->row[e]] = off_value[s->slot[e]];
        }
        for (int r = s->row_start[j]; r < s->row_start[j + 1]; r++) {
            int i = s->left[r], at = s->at[r];
            double y = s->y[i], l = y * s->pivot_ratio[i];
            s->y[i] = 0.0;
            for (int e = s->start[i]; e < at; e++) {
                s->y[s->below[e]] -= s->lower[e] * y;
            }
            pivot_value -= l * y;
            s->lower[at] = l;
        }
        if (!(pivot_value > 0.0)) {
            (void)memset(s->y, 0, (size_t)n * sizeof *s->y);
            return false;
        }
        s->pivot_ratio[j] = 1.0 / pivot_value;
    }
    return true;
}

void sparse_solve(const struct sparse *sparse, double *x) {
    const struct sparse *s = sparse;
    double *z = s->x;
    for (int i = 0; i < s->n; i++) {
        z[s->place[i]] = x[i];
    }
    for (int j = 0; j < s->n; j++) {
        double from = z[j];
        for (int e = s->start[j]; e < s->start[j + 1]; e++) {
            z[s->below[e]] -= s->lower[e] * from;
        }
    }
    for (int j = s->n - 1; j >= 0; j--) {
        double sum = z[j] * s->pivot_ratio[j];
        for (int e = s->start[j]; e < s->start[j + 1]; e++) {
            sum -= s->lower[e] * z[s->below[e]];
        }
        z[j] = sum;
    }
    for (int i = 0; i < s->n; i++) {
        x[i] = z[s->place[i]];
    }
}
