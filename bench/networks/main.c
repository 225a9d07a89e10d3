/* How long a steady state takes: flows, pressures and temperatures of supply and return of a town with
   a looped main and branches, 8,760 of them in a row at 1,000 pipes, and one by one at 10 to 10,000.
   bench_networks [--smoke | --only PIPES [HOURS]] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/random.h"
#include "networks/state.h"

static const double pi = 3.14159265358979323846;

static double now_s(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static long peak_kib(void) {
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : -1;
}

static int node(struct network *network, int role) {
    char name[32];
    (void)snprintf(name, sizeof name, "n%d", network->nodes_count);
    struct network_node *n = network_add_node(network, name);
    n->role = role;
    n->elevation_m = 3.0 * sin(0.7 * network->nodes_count);
    return network->nodes_count - 1;
}

static void pipe(struct network *network, int a, int b, double length_m, int nominal_mm) {
    char name[32];
    (void)snprintf(name, sizeof name, "p%d", network->links_count);
    struct network_link *link = network_add_link(network, name, a, b);
    link->length_m = length_m;
    link->nominal_mm = nominal_mm;
}

/* A square grid of mains holds a fifth of the pipes; at each crossing hang branches of four pipes, each
   with two users. Two producers: one holds the pressure, one brings a third of the heat. */
static struct network *town(struct arena *arena, int pipes, struct random *random) {
    struct network *network = network_new(arena, "town");
    int side = (int)fmax(2.0, round(sqrt(pipes / 10.0))), *crossing;
    crossing = ARENA_TAKE(arena, int, side *side);
    for (int k = 0; k < side * side; k++) {
        crossing[k] = node(network, k == 0 || k == side * side - 1 ? NODE_PRODUCER : NODE_JUNCTION);
    }
    for (int k = 0; k < side * side && network->links_count < pipes; k++) {
        if (k % side + 1 < side) {
            pipe(network, crossing[k], crossing[k + 1], 150.0, 200);
        }
        if (k / side + 1 < side && network->links_count < pipes) {
            pipe(network, crossing[k], crossing[k + side], 150.0, 200);
        }
    }
    for (int at = 0, users = 0; network->links_count < pipes; at = (at + 1) % (side * side)) {
        int stem = node(network, NODE_JUNCTION);
        pipe(network, crossing[at], stem, 60.0, 50);
        for (int k = 0; k < 3 && network->links_count < pipes; k++, users++) {
            int user = node(network, NODE_CONSUMER);
            network->nodes[user].heat_kw = 20.0 + 60.0 * random_uniform(random);
            pipe(network, stem, user, 20.0 + 20.0 * k, 25);
        }
    }
    network->nodes[0].pressure_kpa = 700.0;
    int main_mm = pipes < 50 ? 80 : pipes < 500 ? 125 : pipes < 5000 ? 200 : 400;
    for (int k = 0; k < network->links_count; k++) {
        struct network_link *link = &network->links[k];
        link->nominal_mm = link->length_m > 100.0 ? main_mm : link->nominal_mm;
    }
    double heat_kw = 0.0;
    for (int n = 0; n < network->nodes_count; n++) {
        heat_kw += network->nodes[n].role == NODE_CONSUMER ? network->nodes[n].heat_kw : 0.0;
    }
    network->nodes[side * side - 1].heat_kw = heat_kw / 3.0;
    return network;
}

struct timing {
    double first_s, each_s, passes, rounds;
    long grown_kib, arena_bytes;
    bool good;
};

/* The hours of a year: load by season and time of day, users a little apart; supply by the weather. */
static void set_hour(struct network_state *s, const struct network *network, int hour,
                     struct random *random) {
    double season = 0.55 + 0.45 * cos(2.0 * pi * (hour / 24.0 - 15.0) / 365.0);
    double day = 1.0 + 0.25 * sin(2.0 * pi * (hour % 24 - 7) / 24.0);
    for (int n = 0; n < network->nodes_count; n++) {
        const struct network_node *node = &network->nodes[n];
        double noise = node->role == NODE_CONSUMER ? 0.9 + 0.2 * random_uniform(random) : 1.0;
        if (node->role != NODE_JUNCTION) {
            s->heat_kw[n] = node->heat_kw * season * day * noise;
            s->supply_c[n] = node->role == NODE_PRODUCER ? 70.0 + 10.0 * season : s->supply_c[n];
        }
    }
}

static struct timing measure(int pipes, int hours) {
    struct timing t = {0.0, 0.0, 0.0, 0.0, 0, 0, false};
    struct random random;
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    struct network_state *state = NULL;
    random_seed(&random, 5);
    struct network *network = town(arena, pipes, &random);
    if (network_complete(network, NEED_SIZES, diag) != STATUS_OK ||
        network_state_new(arena, network, &state) != STATUS_OK) {
        for (int k = 0; k < diag_count(diag); k++) {
            printf("%s", diag_render(arena, diag_at(diag, k)));
        }
        arena_free(arena);
        return t;
    }
    state->tolerance_dk = 1e-2; /* what a plan's hours need */
    double start_s = now_s();
    t.good = network_state_solve(state) == STATUS_OK;
    t.first_s = now_s() - start_s;
    long before_kib = peak_kib();
    size_t bytes = arena_bytes(arena);
    start_s = now_s();
    for (int hour = 0; hour < hours && t.good; hour++) {
        set_hour(state, network, hour, &random);
        t.good = network_state_solve(state) == STATUS_OK &&
                 fabs(state->sums.balance_kw) < 1e-5 * fabs(state->sums.produced_kw) + 1e-6;
        if (!t.good) {
            printf("hour %d: rounds %d, balance %g of %g kW\n", hour, state->rounds_count,
                   state->sums.balance_kw, state->sums.produced_kw);
        }
        t.passes += state->out->passes_count;
        t.rounds += state->rounds_count;
    }
    t.each_s = (now_s() - start_s) / hours;
    t.rounds /= hours;
    t.passes /= hours;
    t.grown_kib = peak_kib() - before_kib;
    t.arena_bytes = (long)(arena_bytes(arena) - bytes);
    arena_free(arena);
    return t;
}

static bool tell(int pipes, int hours) {
    struct timing t = measure(pipes, hours);
    if (!t.good) {
        printf("%6d pipes: no steady state\n", pipes);
        return false;
    }
    printf("%6d pipes %6d states: first %8.2f ms, each %8.3f ms, rounds %4.1f, passes %4.1f, 8760 "
           "of them %8.2f s; "
           "memory grown %ld KiB, arena %ld bytes\n",
           pipes, hours, 1e3 * t.first_s, 1e3 * t.each_s, t.rounds, t.passes, 8760.0 * t.each_s,
           t.grown_kib, t.arena_bytes);
    return t.arena_bytes == 0;
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--smoke") == 0) {
        return tell(10, 20) && tell(100, 20) ? 0 : 1;
    }
    if (argc > 2 && strcmp(argv[1], "--only") == 0) {
        long pipes = strtol(argv[2], NULL, 10);
        long hours = argc > 3 ? strtol(argv[3], NULL, 10) : 8760;
        return pipes > 0 && pipes <= 100000 && hours > 0 && tell((int)pipes, (int)hours) ? 0 : 1;
    }
    bool good = tell(10, 8760) && tell(100, 8760) && tell(1000, 8760) && tell(10000, 100);
    return good ? 0 : 1;
}
