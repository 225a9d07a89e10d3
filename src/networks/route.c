/* Steiner tree on the graph. First tree: the nearest user not yet joined is joined by its shortest way
   to what stands (Takahashi and Matsuyama 1980, at most twice the optimum). Then key-path exchange
   (Uchoa and Werneck 2012): each stretch between two branchings is taken out and the two parts are
   joined again by the cheapest way, as long as that saves; ends that serve nobody fall away. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/route.h"

#include <math.h>

enum { EXCHANGE_ROUNDS = 50 };

struct search {
    const struct network *network;
    const double *weight_money;
    int *start, *near;
    double *distance_money;
    int *by; /* link by which a node is reached; -1 */
    int *heap, *spot;
    int heap_count;
    int *side; /* 1: in the tree; 2: in the part that is to be joined; 0: in neither */
    bool *chosen, *wanted;
    int *degree;
};

static bool usable(const struct network_link *link) {
    return link->choice != CHOICE_FORBIDDEN && link->state != LINK_CLOSED;
}
static int other_end(const struct search *s, int k, int node) {
    const struct network_link *link = &s->network->links[k];
    return link->from == node ? link->to : link->from;
}

/* ---- a heap of nodes by distance; ties by number, so that the same map gives the same tree ---- */
static bool nearer(const struct search *s, int a, int b) {
    double da = s->distance_money[a], db = s->distance_money[b];
    return da < db || (da <= db && a < b);
}
static void put(struct search *s, int at, int node) {
    s->heap[at] = node;
    s->spot[node] = at;
}
static void rise(struct search *s, int at) {
    int node = s->heap[at];
    for (; at > 0 && nearer(s, node, s->heap[(at - 1) / 2]); at = (at - 1) / 2) {
        put(s, at, s->heap[(at - 1) / 2]);
    }
    put(s, at, node);
}
static void sink(struct search *s, int at) {
    int node = s->heap[at];
    for (;;) {
        int child = 2 * at + 1;
        if (child + 1 < s->heap_count && nearer(s, s->heap[child + 1], s->heap[child])) {
            child++;
        }
        if (child >= s->heap_count || !nearer(s, s->heap[child], node)) {
            break;
        }
        put(s, at, s->heap[child]);
        at = child;
    }
    put(s, at, node);
}
static void reach(struct search *s, int node, double distance_money, int by) {
    if (s->spot[node] == -1) {
        s->distance_money[node] = distance_money;
        s->by[node] = by;
        s->heap[s->heap_count] = node;
        rise(s, s->heap_count++);
    } else if (s->spot[node] >= 0 && distance_money < s->distance_money[node]) {
        s->distance_money[node] = distance_money;
        s->by[node] = by;
        rise(s, s->spot[node]);
    }
}
static int pop(struct search *s) {
    int node = s->heap[0];
    s->spot[node] = -2; /* done */
    if (--s->heap_count > 0) {
        s->heap[0] = s->heap[s->heap_count];
        sink(s, 0);
    }
    return node;
}

/* Shortest way from side 1 to the first node of side 2; -1 when there is none. */
static int search(struct search *s) {
    s->heap_count = 0;
    for (int n = 0; n < s->network->nodes_count; n++) {
        s->spot[n] = -1;
    }
    for (int n = 0; n < s->network->nodes_count; n++) {
        if (s->side[n] == 1) {
            reach(s, n, 0.0, -1);
        }
    }
    while (s->heap_count > 0) {
        int node = pop(s);
        if (s->side[node] == 2) {
            return node;
        }
        for (int e = s->start[node]; e < s->start[node + 1]; e++) {
            int k = s->near[e];
            if (usable(&s->network->links[k])) {
                double weight = s->chosen[k] ? 0.0 : s->weight_money[k];
                reach(s, other_end(s, k, node), s->distance_money[node] + weight, k);
            }
        }
    }
    return -1;
}

/* Everything that chosen links join to a node gets its side. */
static void flood(struct search *s, int from, int side) {
    int head = 0, tail = 0;
    s->side[from] = side;
    s->heap[tail++] = from;
    while (head < tail) {
        int node = s->heap[head++];
        for (int e = s->start[node]; e < s->start[node + 1]; e++) {
            int far = other_end(s, s->near[e], node);
            if (s->chosen[s->near[e]] && s->side[far] != side) {
                s->side[far] = side;
                s->heap[tail++] = far;
            }
        }
    }
}

static void choose_way(struct search *s, int node) {
    for (int k = s->by[node]; k >= 0; k = s->by[node]) {
        s->chosen[k] = true;
        node = other_end(s, k, node);
    }
}

static void neighbours(struct search *s) {
    const struct network *network = s->network;
    for (int k = 0; k < network->links_count; k++) {
        s->start[network->links[k].from + 1]++;
        s->start[network->links[k].to + 1]++;
    }
    for (int n = 0; n < network->nodes_count; n++) {
        s->start[n + 1] += s->start[n];
        s->degree[n] = s->start[n];
    }
    for (int k = 0; k < network->links_count; k++) {
        s->near[s->degree[network->links[k].from]++] = k;
        s->near[s->degree[network->links[k].to]++] = k;
    }
}

static bool set_up(struct search *s, struct arena *arena) {
    int n = s->network->nodes_count, m = s->network->links_count;
    s->start = ARENA_TAKE(arena, int, n + 1);
    s->near = ARENA_TAKE(arena, int, 2 * m);
    s->distance_money = ARENA_TAKE(arena, double, n);
    s->by = ARENA_TAKE(arena, int, n);
    s->heap = ARENA_TAKE(arena, int, n + 1);
    s->spot = ARENA_TAKE(arena, int, n);
    s->side = ARENA_TAKE(arena, int, n);
    s->degree = ARENA_TAKE(arena, int, n + 1);
    s->wanted = ARENA_TAKE(arena, bool, n);
    s->chosen = ARENA_TAKE(arena, bool, m);
    if (arena_failed(arena)) {
        return false;
    }
    neighbours(s);
    for (int k = 0; k < n; k++) {
        s->wanted[k] = s->network->nodes[k].role == NODE_PRODUCER ||
                       s->network->nodes[k].role == NODE_CONSUMER;
    }
    for (int k = 0; k < m; k++) {
        const struct network_link *link = &s->network->links[k];
        if (link->choice == CHOICE_REQUIRED) {
            s->chosen[k] = true;
            s->wanted[link->from] = s->wanted[link->to] = true;
        }
    }
    return true;
}

static int root_of(const struct network *network) {
    for (int n = 0; n < network->nodes_count; n++) {
        if (network->nodes[n].role == NODE_PRODUCER) {
            return n;
        }
    }
    return -1;
}

static void first_tree(struct search *s, int root, struct diag *diag) {
    for (;;) {
        int missing = 0;
        for (int n = 0; n < s->network->nodes_count; n++) {
            s->side[n] = s->wanted[n] ? 2 : 0;
        }
        flood(s, root, 1);
        for (int n = 0; n < s->network->nodes_count; n++) {
            missing += s->side[n] == 2;
        }
        if (missing == 0) {
            return;
        }
        int found = search(s);
        if (found >= 0) {
            choose_way(s, found);
            continue;
        }
        for (int n = 0; n < s->network->nodes_count; n++) {
            if (s->side[n] == 2) {
                diag_error(diag, s->network->nodes[n].place, "no way leads to \"%s\"",
                           s->network->nodes[n].name);
                diag_remedy(diag,
                            "look for streets that end a little apart (snap_m), or are forbidden");
            }
        }
        return;
    }
}

static void count_degrees(struct search *s) {
    for (int n = 0; n < s->network->nodes_count; n++) {
        s->degree[n] = 0;
    }
    for (int k = 0; k < s->network->links_count; k++) {
        if (s->chosen[k]) {
            s->degree[s->network->links[k].from]++;
            s->degree[s->network->links[k].to]++;
        }
    }
}

/* Ends that serve nobody fall away. */
static void prune(struct search *s) {
    count_degrees(s);
    for (bool more = true; more;) {
        more = false;
        for (int k = 0; k < s->network->links_count; k++) {
            const struct network_link *link = &s->network->links[k];
            bool loose = (s->degree[link->from] == 1 && !s->wanted[link->from]) ||
                         (s->degree[link->to] == 1 && !s->wanted[link->to]);
            if (s->chosen[k] && loose && link->choice != CHOICE_REQUIRED) {
                s->chosen[k] = false;
                s->degree[link->from]--;
                s->degree[link->to]--;
                more = true;
            }
        }
    }
}

/* Goes from link k beyond node as long as it is the only way on; links of the path are appended. */
static int follow(const struct search *s, int k, int node, int *path, int count) {
    for (;;) {
        if (s->wanted[node] || s->degree[node] != 2) {
            return count;
        }
        int next = -1;
        for (int e = s->start[node]; e < s->start[node + 1]; e++) {
            next = s->chosen[s->near[e]] && s->near[e] != k ? s->near[e] : next;
        }
        if (next < 0 || s->network->links[next].choice == CHOICE_REQUIRED) {
            return count;
        }
        path[count++] = next;
        node = other_end(s, next, node);
        k = next;
    }
}

/* Takes out the stretch to which link k belongs and joins the parts by the cheapest way. */
static bool exchange(struct search *s, int k, int *path) {
    const struct network_link *link = &s->network->links[k];
    path[0] = k;
    int count = follow(s, k, link->from, path, 1);
    count = follow(s, k, link->to, path, count);
    double saved = 0.0;
    int ends[2] = {link->from, link->to};
    for (int p = 0; p < count; p++) {
        s->chosen[path[p]] = false;
        saved += s->weight_money[path[p]];
        s->degree[s->network->links[path[p]].from]--;
        s->degree[s->network->links[path[p]].to]--;
    }
    for (int p = 0; p < count; p++) { /* the two ends that still stand in the tree */
        const struct network_link *part = &s->network->links[path[p]];
        int two[2] = {part->from, part->to};
        for (int e = 0; e < 2; e++) {
            if (s->degree[two[e]] > 0 || s->wanted[two[e]]) {
                ends[1] = ends[0] == two[e] ? ends[1] : two[e];
                if (s->degree[ends[0]] == 0 && !s->wanted[ends[0]]) {
                    ends[0] = two[e];
                }
            }
        }
    }
    for (int n = 0; n < s->network->nodes_count; n++) {
        s->side[n] = 0;
    }
    flood(s, ends[0], 1);
    bool apart = s->side[ends[1]] == 0;
    if (apart) {
        flood(s, ends[1], 2);
    }
    int found = apart ? search(s) : -1;
    bool better = found >= 0 && s->distance_money[found] < saved * (1.0 - 1e-9);
    if (better) {
        choose_way(s, found);
    } else {
        for (int p = 0; p < count; p++) {
            s->chosen[path[p]] = true;
        }
    }
    count_degrees(s);
    return better;
}

static double total(const struct search *s) {
    double sum = 0.0;
    for (int k = 0; k < s->network->links_count; k++) {
        sum += s->chosen[k] ? s->weight_money[k] : 0.0;
    }
    return sum;
}

enum status route_find(struct arena *arena, const struct network *network,
                       const double *weight_money, struct diag *diag, struct route *ret) {
    struct search s = {.network = network, .weight_money = weight_money};
    int root = root_of(network), *path = ARENA_TAKE(arena, int, network->links_count + 2);
    if (!path || !set_up(&s, arena)) {
        return STATUS_NO_MEMORY;
    }
    if (root < 0) {
        diag_error(diag, (struct place){network->file, 0, 0}, "there is no producer to start from");
        diag_remedy(diag, "add a Point feature with \"role\": \"producer\"");
        return STATUS_BAD_SCENARIO;
    }
    first_tree(&s, root, diag);
    if (diag_errors(diag) > 0) {
        return STATUS_BAD_SCENARIO;
    }
    prune(&s);
    *ret = (struct route){.chosen = s.chosen, .first_money = total(&s)};
    bool more = true;
    for (int round = 0; more && round < EXCHANGE_ROUNDS; round++) {
        more = false;
        for (int k = 0; k < network->links_count; k++) {
            if (s.chosen[k] && network->links[k].choice != CHOICE_REQUIRED &&
                exchange(&s, k, path)) {
                ret->exchanges_count++;
                more = true;
            }
        }
        prune(&s);
    }
    ret->weight_money = total(&s);
    for (int k = 0; k < network->links_count; k++) {
        ret->length_m += s.chosen[k] ? network->links[k].length_m : 0.0;
    }
    return STATUS_OK;
}
