/* Routing against all trees of small maps (Dreyfus and Wagner), what is required and forbidden, and
   sizing from streets and buildings to a network that is solved. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "build.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "networks/geojson.h"
#include "networks/sizing.h"

enum { SIDE = 5, NODES = SIDE * SIDE, USERS = 5, SETS = 1 << USERS };

/* The cheapest tree by dynamic programming over sets of users: the slow, exact way. */
static double exact(const struct network *network, const double *weight, const int *user,
                    int root) {
    static double cost[SETS][NODES];
    for (int set = 0; set < SETS; set++) {
        for (int n = 0; n < NODES; n++) {
            cost[set][n] = HUGE_VAL;
        }
    }
    for (int u = 0; u < USERS; u++) {
        cost[1 << u][user[u]] = 0.0;
    }
    for (int set = 1; set < SETS; set++) {
        for (int n = 0; n < NODES; n++) {
            for (int part = (set - 1) & set; part > 0; part = (part - 1) & set) {
                cost[set][n] = fmin(cost[set][n], cost[part][n] + cost[set & ~part][n]);
            }
        }
        for (int pass = 0; pass < NODES; pass++) {
            for (int k = 0; k < network->links_count; k++) {
                int a = network->links[k].from, b = network->links[k].to;
                cost[set][a] = fmin(cost[set][a], cost[set][b] + weight[k]);
                cost[set][b] = fmin(cost[set][b], cost[set][a] + weight[k]);
            }
        }
    }
    return cost[SETS - 1][root];
}

static struct network *grid(struct arena *arena, struct random *random, int *user, double *weight) {
    struct network *network = network_new(arena, "grid");
    char name[32];
    for (int n = 0; n < NODES; n++) {
        (void)snprintf(name, sizeof name, "n%d", n);
        (void)network_add_node(network, name);
    }
    for (int n = 0; n < NODES; n++) {
        for (int d = 0; d < 2; d++) {
            int to = d ? n + SIDE : n + 1;
            if (d ? to < NODES : n % SIDE + 1 < SIDE) {
                (void)snprintf(name, sizeof name, "l%d", network->links_count);
                weight[network->links_count] = 1.0 + 9.0 * random_uniform(random);
                network_add_link(network, name, n, to)->length_m = weight[network->links_count];
            }
        }
    }
    network->nodes[0].role = NODE_PRODUCER;
    for (int u = 0; u < USERS;) {
        int n = 1 + (int)(random_uniform(random) * (NODES - 1));
        if (network->nodes[n].role == NODE_JUNCTION) {
            network->nodes[n].role = NODE_CONSUMER;
            user[u++] = n;
        }
    }
    return network;
}

static void near_the_cheapest_tree(void **state) {
    struct random random;
    int best = 0, maps = 40;
    double excess = 0.0;
    (void)state;
    random_seed(&random, 11);
    for (int map = 0; map < maps; map++) {
        struct arena *arena = arena_new(0);
        double weight[2 * NODES];
        int user[USERS];
        struct network *network = grid(arena, &random, user, weight);
        struct route route;
        assert_int_equal(route_find(arena, network, weight, diag_new(arena), &route), STATUS_OK);
        double cheapest = exact(network, weight, user, 0);
        assert_true(route.weight_money >= cheapest - 1e-9);
        assert_true(route.weight_money <= route.first_money + 1e-9);
        assert_true(route.weight_money <= 1.25 * cheapest);
        best += route.weight_money <= cheapest * (1.0 + 1e-9);
        excess += route.weight_money / cheapest - 1.0;
        arena_free(arena);
    }
    print_message("cheapest tree found on %d of %d maps, mean excess %.2f %%\n", best, maps,
                  100.0 * excess / maps);
    assert_true(best >= maps / 2);
    assert_true(excess / maps < 0.03);
}

static void required_and_forbidden(void **state) {
    struct random random;
    double weight[2 * NODES];
    int user[USERS];
    struct arena *arena = arena_new(0);
    (void)state;
    random_seed(&random, 3);
    struct network *network = grid(arena, &random, user, weight);
    struct route free_route, route;
    assert_int_equal(route_find(arena, network, weight, diag_new(arena), &free_route), STATUS_OK);
    int chosen = 0, left = 0;
    while (!free_route.chosen[chosen]) {
        chosen++;
    }
    while (free_route.chosen[left]) {
        left++;
    }
    network->links[chosen].choice = CHOICE_FORBIDDEN;
    network->links[left].choice = CHOICE_REQUIRED;
    assert_int_equal(route_find(arena, network, weight, diag_new(arena), &route), STATUS_OK);
    assert_true(!route.chosen[chosen] && route.chosen[left]);
    for (int k = 0; k < network->links_count; k++) { /* an island: the user is named */
        network->links[k].choice = CHOICE_FORBIDDEN;
    }
    struct diag *diag = diag_new(arena);
    assert_int_equal(route_find(arena, network, weight, diag, &route), STATUS_BAD_SCENARIO);
    assert_non_null(strstr(diag_at(diag, 0)->text, "no way leads to \"n"));
    arena_free(arena);
}

static const char streets[] =
    "{\"hearth_network\":{\"coordinates\":\"metres\",\"supply_c\":70,\"return_c\":40},\"features\":"
    "["
    "{\"properties\":{\"name\":\"plant\",\"role\":\"producer\"},\"geometry\":{\"type\":\"Point\","
    "\"coordinates\":[0,-5]}},"
    "{\"properties\":{\"name\":\"school\",\"role\":\"consumer\",\"heat_kw\":400},\"geometry\":{"
    "\"type\":"
    "\"Point\",\"coordinates\":[150,10]}},"
    "{\"properties\":{\"name\":\"flats\",\"role\":\"consumer\",\"heat_kw\":300,\"dwellings_count\":"
    "30},"
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[90,-10]}},"
    "{\"properties\":{\"name\":\"main "
    "street\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":"
    "[[0,0],[100,0],[200,0]]}},"
    "{\"properties\":{\"name\":\"lane\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[["
    "100,0],"
    "[100,80]]}}]}";

static void streets_to_pipes(void **state) {
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    struct network *network = NULL;
    struct sizing sizing;
    struct network_state *found = NULL;
    (void)state;
    assert_int_equal(geojson_parse(arena, diag, "s", streets, sizeof streets - 1, &network),
                     STATUS_OK);
    assert_int_equal(sizing_find(arena, network, true, diag, &sizing), STATUS_OK);
    assert_close(sizing.length_m, 150.0 + 5.0 + 10.0 + 10.0, 1e-6);
    double money = 0.0;
    for (int k = 0; k < sizing.network->links_count; k++) {
        const struct network_link *link = &sizing.network->links[k];
        money += link->length_m * (499.5 + 6.279 * link->nominal_mm);
        assert_null(strstr(link->name, "lane"));
    }
    assert_close(sizing.cost_money, money, 1e-6);
    assert_int_equal(network_state_new(arena, sizing.network, &found), STATUS_OK);
    assert_int_equal(network_state_solve(found), STATUS_OK);
    assert_close(found->sums.unmet_kw, 0.0, 1e-3);
    for (int k = 0; k < sizing.network->links_count; k++) {
        const struct network_link *link = &sizing.network->links[k];
        double drop =
            fabs(found->out->pressure_kpa[link->from] - found->out->pressure_kpa[link->to]);
        /* branches .2 kPa/m at .632 of what 31 users draw when all draw at once */
        assert_close(drop, 0.0, 0.2 / (0.632 * 0.632) * link->length_m);
    }
    arena_free(arena);
}

/* The head at design against the path to the school by hand; without dwellings, and with flows that are given, it is what
   the state says. */
static void head_at_design(void **state) {
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    struct network *network = NULL;
    struct sizing sizing;
    struct network_state *found = NULL;
    double head_kpa = 0.0, path_kpa = 0.0, slope = 0.0;
    int worst = -1;
    (void)state;
    assert_int_equal(geojson_parse(arena, diag, "s", streets, sizeof streets - 1, &network),
                     STATUS_OK);
    assert_int_equal(sizing_find(arena, network, true, diag, &sizing), STATUS_OK);
    assert_int_equal(network_state_new(arena, sizing.network, &found), STATUS_OK);
    assert_int_equal(network_state_solve(found), STATUS_OK);
    assert_int_equal(sizing_head_kpa(&sizing, found, arena, &head_kpa, &worst), STATUS_OK);
    assert_string_equal(sizing.network->nodes[worst].name, "school");
    for (int k = 0; k < sizing.network->links_count; k++) {
        double flow_kg_s = fabs(sizing.flow_kg_s[k]);
        struct link_law out = found->out->law[k], back = found->back->law[k];
        if (strcmp(sizing.network->links[k].name, "service flats") != 0) {
            path_kpa +=
                link_law_kpa(&out, flow_kg_s, &slope) + link_law_kpa(&back, flow_kg_s, &slope);
        }
    }
    assert_close(head_kpa, path_kpa + 65.0 + 50.0, 1e-9);
    assert_true(head_kpa < found->sums.head_needed_kpa - 10.0);
    for (int n = 0; n < network->nodes_count; n++) {
        network->nodes[n].dwellings_count = 0.0;
        if (network->nodes[n].role == NODE_CONSUMER) {
            network->nodes[n].flow_kg_s = network->nodes[n].heat_kw / 125.0;
            network->nodes[n].heat_kw = NAN;
        }
    }
    assert_int_equal(sizing_find(arena, network, true, diag, &sizing), STATUS_OK);
    assert_int_equal(network_state_new(arena, sizing.network, &found), STATUS_OK);
    assert_int_equal(network_state_solve(found), STATUS_OK);
    assert_int_equal(sizing_head_kpa(&sizing, found, arena, &head_kpa, &worst), STATUS_OK);
    assert_close(head_kpa, found->sums.head_needed_kpa, 1e-6);
    assert_int_equal(worst, found->sums.worst);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_the_cheapest_tree),
        cmocka_unit_test(required_and_forbidden),
        cmocka_unit_test(streets_to_pipes),
        cmocka_unit_test(head_at_design),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
