/* Whom to join to the network: chosen against every combination held by hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "plan/internal.h"
#include "small.h"

#define P(name, x, y, more)                                                                        \
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"" name "\"" more                             \
    "},\"geometry\":{\"type\":\"Point\",\"coordinates\":[" x "," y "]}}"
#define L(name, way)                                                                               \
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"" name                                       \
    "\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[" way "]}}"
#define USER ",\"role\":\"consumer\""

enum { USERS = 3 };
static const char *const names[USERS] = {"near", "mid", "far"};
static const char *const point_of[USERS] = {
    P("near", "100", "100", USER), P("mid", "400", "50", USER), P("far", "1900", "0", USER)};
static const char *const line_of[USERS] = {L("to near", "[100,0],[100,100]"),
                                           L("to mid", "[400,0],[400,50]"),
                                           L("to far", "[400,0],[1900,0]")};

/* The scenario with a word for each connection, and the file with the users who are not left out. */
static struct small made(const char *const word[USERS], char *file, size_t size) {
    static char text[6000];
    int used = snprintf(text, sizeof text,
                        "hearth: 1\nname: small\nplace: {climate: seattle, ground_c: 11}\nhorizon: "
                        "{from: 2024-01-22, days: 2}\nmoney: {currency: USD, year: 2024}\nfuel: "
                        "{gas_money_kwh: 0.14}\n" SMALL_POWER
                        "data_centre:\n  - {name: hall, it_kw: 3000, load: flat, cooling: "
                        "chilled_water_economiser,\n     heat_recovery: {from: condenser_water, "
                        "temperature_c: 30, max_kw: 2700}}\ntown:\n");
    static const int floor_m2[USERS] = {20000, 9000, 2500};
    for (int k = 0; k < USERS; k++) {
        used += snprintf(text + used, sizeof text - (size_t)used,
                         "  - {name: %s, building: office, floor_m2: %d, emitter: low_temperature, "
                         "hot_water: local_electric, heated_by: gas_boiler, connect: %s}\n",
                         names[k], floor_m2[k], word[k]);
    }
    (void)snprintf(text + used, sizeof text - (size_t)used,
                   "heat_network: {supply_c: {at -4: 58, at 15: 50}, return_c: 38, length_m: "
                   "1}\n" SMALL_PLANT);
    struct small small = small_read(text);
    used = snprintf(
        file, size,
        "{\"hearth_network\":{\"coordinates\":\"metres\"},\"features\":[\n" P(
            "hall", "0", "0",
            ",\"role\":\"producer\"") "," P("a", "100", "0",
                                            "") "," P("b", "400", "0",
                                                      "") "," L("trunk",
                                                                "[0,0],[100,0]") "," L("main",
                                                                                       "[100,0],["
                                                                                       "400,0]"));
    for (int k = 0; k < USERS; k++) {
        if (strcmp(word[k], "no") != 0) {
            used += snprintf(file + used, size - (size_t)used, ",%s,%s", point_of[k], line_of[k]);
        }
    }
    (void)snprintf(file + used, size - (size_t)used, "]}");
    small.scenario->pipes = (struct pipes_file){.path = "n.geojson",
                                                .absolute = "n.geojson",
                                                .text = file,
                                                .size = strlen(file),
                                                .place = {"small.yaml", 1, 1}};
    return small;
}

/* Cost of the plan that is simulated. */
static double simulated_money(const struct small *small) {
    const struct case_plan *together = &small->plan->cases[CASE_TOGETHER];
    return together->objective_money + together->gap_money;
}

static void the_best_of_all(void **state) {
    static const char *const choose[USERS] = {"choose", "choose", "choose"};
    char file[4000];
    (void)state;
    struct small chosen = made(choose, file, sizeof file);
    small_plan(&chosen);
    const struct case_plan *plan = &chosen.plan->cases[CASE_TOGETHER];
    assert_true(plan->solved && plan->settled);
    double best_money = HUGE_VAL;
    int best = -1;
    for (int set = 0; set < 1 << USERS; set++) {
        const char *word[USERS];
        char other[4000];
        for (int k = 0; k < USERS; k++) {
            word[k] = set >> k & 1 ? "yes" : "no";
        }
        if (set == 0) {
            continue; /* no network: what apart costs */
        }
        struct small held = made(word, other, sizeof other);
        small_plan(&held);
        double money = simulated_money(&held);
        best = money < best_money ? set : best;
        best_money = fmin(best_money, money);
        small_free(&held);
    }
    assert_int_equal(best, 3); /* near and mid: the way to far costs more than it saves */
    assert_true(simulated_money(&chosen) <= best_money * (1.0 + 1e-3));
    for (int k = 0; k < USERS; k++) {
        char name[40];
        (void)snprintf(name, sizeof name, "%s_substation", names[k]);
        assert_true((small_flow(&chosen, CASE_TOGETHER, name)->capacity > 1.0) == (best >> k & 1));
    }
    const struct network *network = chosen.plan->pipes->network;
    for (int k = 0; k < network->links_count; k++) {
        assert_true(plan->pipes->link_used[k] != (strcmp(network->links[k].name, "to far") == 0));
    }
    /* proven at these sizes, and told by the entries' names */
    assert_true(plan->choice_bound_money <= plan->objective_money * (1.0 + 1e-4));
    assert_true(plan->choice_bound_money >= plan->objective_money * (1.0 - 1e-2));
    bool told = false;
    for (int k = 0; k < diag_count(chosen.diag); k++) {
        told =
            told || strstr(diag_at(chosen.diag, k)->text, "with heat_network, near, mid is kept");
    }
    assert_true(told);
    small_free(&chosen);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_best_of_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
