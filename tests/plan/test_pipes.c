/* Pipes on the map within a plan: who is found and who is not, the year hour by hour, what goes back, what is cut off. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "plan/break_even.h"
#include "plan/internal.h"
#include "small.h"

#define P(name, x, y, more)                                                                        \
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"" name "\"" more                             \
    "},\"geometry\":{\"type\":\"Point\",\"coordinates\":[" x "," y "]}}"
#define L(name, way, more)                                                                         \
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"" name "\"" more                             \
    "},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[" way "]}}"
#define USER ",\"role\":\"consumer\""
#define HALL P("hall", "0", "0", ",\"role\":\"producer\"")
#define FILE_OF(settings, features)                                                                \
    "{\"type\":\"FeatureCollection\",\"hearth_network\":{\"coordinates\":\"metres\"" settings      \
    "},\n\"features\":[\n" features "]}"
/* A ring of three corners; the campus at one, two nodes of the flats at and behind the others. */
#define RING(more)                                                                                 \
    FILE_OF("",                                                                                    \
            HALL ",\n" P("a", "100", "0", "") ",\n" P("campus", "200", "0", USER) ",\n" P(         \
                "one", "100", "150",                                                               \
                USER                                                                               \
                ",\"town\":\"flats\",\"heat_kw\":3") ",\n" P("two", "100", "250",                  \
                                                             USER                                  \
                                                             ",\"town\":\"flats\",\"heat_kw\":1")  \
                more)
#define LINES                                                                                      \
    ",\n" L("trunk", "[0,0],[100,0]", "") ",\n" L("ring 1", "[100,0],[200,0]", "") ",\n" L(        \
        "ring 2", "[200,0],[100,150]", "") ",\n" L("ring 3", "[100,150],[100,0]",                  \
                                                   "") ",\n" L("tail", "[100,150],[100,250]", "")
#define TOWN                                                                                       \
    "town:\n  - {name: campus, building: office, floor_m2: 20000, emitter: low_temperature, "      \
    "hot_water: local_electric, heated_by: gas_boiler}\n"                                          \
    "  - {name: flats, building: dwelling, floor_m2: 12000, emitter: low_temperature, "            \
    "hot_water: local_electric, heated_by: gas_boiler}\n"
#define NETWORK "heat_network: {supply_c: {at -4: 58, at 15: 50}, return_c: 38, length_m: 1}\n"
#define HALL_30                                                                                    \
    "data_centre:\n  - {name: hall, it_kw: 2000, load: flat, cooling: chilled_water_economiser,\n" \
    "     heat_recovery: {from: condenser_water, temperature_c: 30, max_kw: 1800}}\n"
#define HEAD                                                                                       \
    "hearth: 1\nname: small\nplace: {climate: seattle, ground_c: 11}\nhorizon: {from: "            \
    "2024-01-22, days: 2}\nmoney: {currency: USD, year: 2024}\nfuel: {gas_money_kwh: 0.15}\n"
#define SCENARIO HEAD SMALL_POWER HALL_30 TOWN NETWORK SMALL_PLANT

static void lay(struct small *small, const char *text) {
    small->scenario->pipes = (struct pipes_file){.path = "n.geojson",
                                                 .absolute = "n.geojson",
                                                 .text = text,
                                                 .size = strlen(text),
                                                 .place = {"small.yaml", 1, 1}};
}

static struct small planned(const char *text) {
    struct small small = small_read(SCENARIO);
    lay(&small, text);
    small_plan(&small);
    return small;
}

static const struct case_plan *together(const struct small *small) {
    return &small->plan->cases[CASE_TOGETHER];
}

static int node_of(const struct small *small, const char *name) {
    const struct network *network = small->plan->pipes->network;
    for (int n = 0; n < network->nodes_count; n++) {
        if (strcmp(network->nodes[n].name, name) == 0) {
            return n;
        }
    }
    fail_msg("no node %s", name);
    return -1;
}

static double sum_of(const double *value, int count) {
    double sum = 0.0;
    for (int t = 0; value && t < count; t++) {
        sum += value[t];
    }
    return sum;
}

/* The year against its slow version: every hour by itself, to the last digit. */
static void a_year_hour_by_hour(void **state) {
    (void)state;
    struct small small = planned(RING(LINES));
    const struct case_plan *c = together(&small);
    const struct pipes_year *year = c->pipes;
    assert_non_null(year);
    assert_true(c->settled && c->audit.passed);
    assert_true(year->unsettled_count == 0 && year->unmet_kwh < 1e-6);
    assert_true(fabs(c->gap_money) < 0.005 * fabs(c->objective_money));
    int count = small.plan->hours->horizon_count, drawn_count = 0;
    double loss_kwh = 0.0, pump_kwh = 0.0, taken_kwh = 0.0, highest_kw = 0.0;
    struct flow *line = small_flow(&small, CASE_TOGETHER, "heat_network");
    for (int t = 0; t < count; t++) {
        struct arena *scratch = arena_new(0);
        struct network_state *s = NULL;
        assert_int_equal(plan_pipes_state(small.plan, CASE_TOGETHER, t, scratch, &s), STATUS_OK);
        assert_near(line->simulated_kw[1][t], s->sums.consumed_kw, 1e-6);
        assert_near(line->simulated_kw[0][t], s->sums.produced_kw, 1e-4);
        highest_kw = fmax(highest_kw, s->sums.consumed_kw);
        drawn_count += s->sums.consumed_kw > 0.0;
        loss_kwh += s->sums.loss_supply_kw + s->sums.loss_return_kw;
        pump_kwh += s->sums.pump_kw;
        taken_kwh += s->sums.consumed_kw;
        arena_free(scratch);
    }
    assert_int_equal(drawn_count, count);
    assert_near(year->loss_kwh, loss_kwh, 1e-3);
    assert_near(year->pump_kwh, pump_kwh, 1e-3);
    assert_near(year->consumed_kwh, taken_kwh, 1e-6);
    assert_near(sum_of(year->link_loss_kwh, small.plan->pipes->network->links_count), loss_kwh,
                1e-3);
    /* what went back is what the last programme counted with: within the gap */
    assert_non_null(line->pipes.loss_kw);
    assert_near(sum_of(line->pipes.loss_kw, count), loss_kwh, 0.01);
    for (int t = 0; t < count; t++) {
        assert_near(line->port_kw[0][t] - line->port_kw[1][t], line->pipes.loss_kw[t], 1e-6);
    }
    /* shares, cooling along the way, and the plant's temperature above all */
    int one = node_of(&small, "one"), two = node_of(&small, "two");
    assert_near(year->node_heat_kwh[one], 3.0 * year->node_heat_kwh[two], 1e-6);
    assert_true(year->node_least_c[two] < year->node_mean_c[two]);
    assert_true(year->node_mean_c[two] < year->node_mean_c[one]);
    const double *supply_c = c->temperature_c[0] + (size_t)scenario_bus(small.scenario, "network") *
                                                       (size_t)small.plan->hours->count;
    const double *arrives_c =
        small_flow(&small, CASE_TOGETHER, "flats_substation")->pipes.arrives_c;
    assert_non_null(arrives_c);
    for (int t = 0; t < count; t++) {
        assert_true(arrives_c[t] < supply_c[t] && arrives_c[t] > supply_c[t] - 3.0);
    }
    /* the design hour: everybody's highest, at once; milder hours of a smaller spread may need more head */
    struct network_state *design = NULL;
    double most_kw = 0.0;
    assert_int_equal(plan_pipes_design(small.plan, CASE_TOGETHER, small.arena, &design), STATUS_OK);
    for (int n = 0; n < small.plan->pipes->network->nodes_count; n++) {
        int tap = small.plan->pipes->tap[n];
        most_kw += tap >= 0 ? fmin(small.plan->pipes->network->nodes[n].heat_kw,
                                   small.plan->pipes->share_frac[n] * c->flow[tap].capacity)
                            : 0.0;
    }
    assert_near(design->sums.consumed_kw, most_kw, 1e-6);
    assert_true(most_kw > highest_kw && design->sums.head_needed_kpa > 65.0 + 50.0);
    assert_int_equal(design->sums.worst, two);
    assert_int_equal(design->sums.pump, node_of(&small, "hall"));
    /* the money of the trench is that of its sizes */
    const struct network *network = small.plan->pipes->network;
    double trench_m = 0.0;
    for (int k = 0; k < network->links_count; k++) {
        assert_true(network->links[k].nominal_mm >= 20.0);
        trench_m += network->links[k].length_m;
    }
    assert_near(small.plan->screening.trench_m, trench_m, 1e-12);
    assert_near(trench_m, 100.0 + 100.0 + hypot(100.0, 150.0) + 150.0 + 100.0, 1e-12);
    small_free(&small);
}

/* A long way of thin insulation: in cold hours what arrives there is too cold, though what leaves the plant is not; its
   users' own boilers heat then, and it is said. */
static void out_of_reach(void **state) {
    (void)state;
    struct small small = small_read(HEAD SMALL_POWER HALL_30 TOWN
                                    "heat_network: {supply_c: 42, return_c: 31, length_m: "
                                    "1}\n" SMALL_PLANT);
    lay(&small,
        FILE_OF("",
                HALL ",\n" P("campus", "100", "0", USER) ",\n" P("flats", "900", "0", USER) ",\n" L(
                    "near", "[0,0],[100,0]", "") ",\n" L("far", "[100,0],[900,0]",
                                                         ",\"insulation_kw_mk\":0.0002,\"cost_"
                                                         "money_m\":50")));
    small_plan(&small);
    const struct pipes_year *year = together(&small)->pipes;
    assert_non_null(year);
    int flats = node_of(&small, "flats"), count = small.plan->hours->horizon_count;
    const double *arrives_c =
        small_flow(&small, CASE_TOGETHER, "flats_substation")->pipes.arrives_c;
    const double *needed_c =
        together(&small)->temperature_c[0] +
        (size_t)scenario_bus(small.scenario, "flats") * (size_t)small.plan->hours->count;
    const double *drawn_kw = small_port(&small, CASE_TOGETHER, "flats_substation", "heat_in");
    int beyond_count = 0, thought_count = 0;
    assert_non_null(arrives_c);
    for (int t = 0; t < count; t++) {
        bool beyond = arrives_c[t] < needed_c[t] + 3.0 - 1e-9;
        beyond_count += beyond;
        thought_count += 42.0 - 1.0 < needed_c[t] + 3.0;
        assert_true(!beyond || drawn_kw[t] == 0.0);
    }
    assert_true(beyond_count > thought_count && beyond_count < count);
    assert_near(year->node_beyond_h[flats], beyond_count, 1e-12);
    assert_true(sum_of(small_port(&small, CASE_TOGETHER, "flats_heater", "heat_out"), count) > 0.0);
    const char *found = NULL;
    for (int k = 0; k < diag_count(small.diag); k++) {
        const struct diag_message *message = diag_at(small.diag, k);
        found = strstr(message->text, "what arrives is too cold") ? message->text : found;
    }
    assert_non_null(found);
    assert_non_null(strstr(found, "consumer \"flats\""));
    small_free(&small);
}

#define LONGER                                                                                     \
    ",\n" L("trunk", "[0,0],[100,0]", ",\"length_m\":1100") ",\n" L(                               \
        "ring 1", "[100,0],[200,0]",                                                               \
        "") ",\n" L("ring 2", "[200,0],[100,150]",                                                 \
                    "") ",\n" L("ring 3", "[100,150],[100,0]",                                     \
                                "") ",\n" L("tail", "[100,150],[100,250]", "")

/* The data centre elsewhere is the file with a longer pipe to it; where two pipes meet there, nobody says which. */
static void the_data_centre_elsewhere(void **state) {
    (void)state;
    struct small near = planned(RING(LINES)), far = planned(RING(LONGER));
    struct lever_at at = {LEVER_DISTANCE, -1, lever_now_value(near.plan, LEVER_DISTANCE)};
    assert_true(lever_moves(near.plan, LEVER_DISTANCE, -1));
    assert_near(at.value, 100.0, 1e-12);
    at.value += 1000.0;
    struct moved moved;
    assert_int_equal(plan_moved(near.plan, at, NULL, &moved), STATUS_OK);
    double year_frac = far.scenario->year_frac;
    const struct case_plan *now = together(&near), *then = together(&far);
    assert_near(moved.together_money_year, (then->objective_money + then->gap_money) / year_frac,
                1e-9);
    assert_true(moved.together_money_year > (now->objective_money + now->gap_money) / year_frac);
    struct pipes *pipes = NULL;
    lay(&far, RING(LINES ",\n" L("second", "[0,0],[100,150]", "")));
    assert_int_equal(pipes_read(far.scenario, far.arena, far.diag, &pipes), STATUS_OK);
    assert_int_equal(pipes_trunk(pipes, far.scenario), -1);
    small_free(&near);
    small_free(&far);
}

static const struct {
    const char *file, *expected;
} broken[] = {
    {FILE_OF("", HALL ",\n" P("campsu", "9", "0", USER) ",\n" P("flats", "0", "9", USER) "," L(
                     "1", "[0,0],[9,0]", "") "," L("2", "[0,0],[0,9]", "")),
     "n.geojson:4:1: error: consumer \"campsu\": there is no town entry \"campsu\""},
    {FILE_OF("", HALL ",\n" P("campus", "9", "0", USER) "," L("1", "[0,0],[9,0]", "")),
     "small.yaml:1:1: error: heat_network: no consumer of n.geojson stands for flats"},
    {RING(",\n" P("works", "0", "50", ",\"role\":\"producer\"") LINES
          "," L("5", "[0,50],[0,0]", "")),
     "n.geojson:8:1: error: producer \"works\" is no data centre and no plant"},
    {RING(",\n" P("heat_pump", "0", "50", ",\"role\":\"producer\",\"pressure_kpa\":500") ",\n" P(
         "plant", "50", "50", ",\"role\":\"producer\",\"pressure_kpa\":400") LINES
          "," L("5", "[0,50],[0,0]", "") "," L("6", "[50,50],[0,50]", "")),
     "n.geojson:9:1: error: producers \"heat_pump\" and \"plant\" both hold the pressure"},
    {FILE_OF(",\"lines\":\"single\"", HALL "," L("1", "[0,0],[9,0]", "")),
     "n.geojson: error: its lines are single"},
    {FILE_OF("", P("campus", "9", "0", USER) "," P("flats", "0", "9",
                                                   USER) "," L("1", "[0,9],[9,0]", "")),
     "n.geojson: error: there is no producer in it"},
    {RING(",\n" P("vat", "0", "50", ",\"role\":\"tank\"") LINES "," L("5", "[0,50],[0,0]", "")),
     "n.geojson:8:1: error: tank \"vat\": a heat network has closed lines"},
    {FILE_OF("", HALL ",\n" P("campus", "9", "0", USER) "," P("flats", "0", "9",
                                                              USER) "," L("1", "[0,0],[9,0]", "")),
     "consumer \"flats\" is not connected: no line ends there"},
};

static void who_is_not_found_is_named(void **state) {
    (void)state;
    struct small small = small_read(SCENARIO);
    for (int k = 0; k < COUNT(broken); k++) {
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        struct pipes *pipes = NULL;
        struct text_buffer out;
        text_buffer_init(&out, arena);
        lay(&small, broken[k].file);
        assert_int_equal(pipes_read(small.scenario, arena, diag, &pipes), STATUS_BAD_SCENARIO);
        for (int m = 0; m < diag_count(diag); m++) {
            text_add(&out, diag_render(arena, diag_at(diag, m)));
        }
        if (!out.data || !strstr(out.data, broken[k].expected)) {
            fail_msg("case %d: not \"%s\" but\n%s", k, broken[k].expected,
                     out.data ? out.data : "");
        }
        arena_free(arena);
    }
    small_free(&small);
}

static const struct {
    struct pipe_choice said;
    const char *expected;
} wrong_choices[] = {
    {{"tail", "forbidden", {"small.yaml", 9, 1}},
     "small.yaml:1:1: error: no pipe that is not forbidden leads to two"},
    {{"tale", "forbidden", {"small.yaml", 9, 1}},
     "small.yaml:9:1: error: pipe_choice: no pipe is named tale"},
    {{"tail", "never", {"small.yaml", 9, 1}},
     "small.yaml:9:1: error: pipe_choice: never is no choice"},
};

/* What is said of single pipes: without the ring's third the others carry all, and it is kept as what was considered. */
static void a_pipe_is_forbidden(void **state) {
    (void)state;
    struct small small = small_read(SCENARIO);
    struct hours *hours = NULL;
    struct pipes *pipes = NULL, *whole = NULL;
    const char *written = NULL;
    size_t size = 0;
    lay(&small, RING(LINES));
    assert_int_equal(scenario_hours(small.scenario, small.arena, &hours), STATUS_OK);
    assert_int_equal(plan_pipes(small.scenario, hours, small.arena, small.diag, &whole), STATUS_OK);
    const struct pipe_choice ring_3 = {"ring_3", "forbidden", {"small.yaml", 9, 1}};
    small.scenario->pipes.choices = &ring_3;
    small.scenario->pipes.choices_count = 1;
    assert_int_equal(plan_pipes(small.scenario, hours, small.arena, small.diag, &pipes), STATUS_OK);
    assert_int_equal(pipes->network->links_count, whole->network->links_count - 1);
    assert_non_null(pipes->sized);
    assert_int_equal(pipes->sized->streets->links_count, whole->network->links_count);
    assert_false(pipes->sized->route.chosen[3]);
    assert_true(pipes->network->links[1].inner_m > whole->network->links[1].inner_m);
    assert_int_equal(scenario_write(small.scenario, small.arena, &written, &size), STATUS_OK);
    assert_non_null(strstr(written, "pipe_choice: {\"ring_3\": forbidden}\n"));
    for (int k = 0; k < COUNT(wrong_choices); k++) {
        struct diag *diag = diag_new(small.arena);
        small.scenario->pipes.choices = &wrong_choices[k].said;
        assert_int_equal(pipes_read(small.scenario, small.arena, diag, &pipes),
                         STATUS_BAD_SCENARIO);
        assert_non_null(
            strstr(diag_render(small.arena, diag_at(diag, 0)), wrong_choices[k].expected));
    }
    small_free(&small);
}

/* Two producers: the boiler's node brings what the boiler gives, the hall's the rest. */
static void each_brings_its_own(void **state) {
    (void)state;
    struct small small = small_read(
        HEAD SMALL_POWER HALL_30 TOWN NETWORK
        "plant:\n  heat_pump: {capacity_kw: 300, meter: campus}\n  works: {kind: gas_boiler, "
        "capacity_kw: choose}\n");
    lay(&small, RING(",\n" P("works", "300", "0", ",\"role\":\"producer\"") LINES
                     ",\n" L("link", "[300,0],[200,0]", "")));
    small_plan(&small);
    const struct case_plan *c = together(&small);
    assert_non_null(c->pipes);
    int step = c->pipes->highest_step, works = node_of(&small, "works"),
        hall = node_of(&small, "hall");
    struct network_state *s = NULL;
    assert_int_equal(plan_pipes_state(small.plan, CASE_TOGETHER, step, small.arena, &s), STATUS_OK);
    double boiler_kw = small_port(&small, CASE_TOGETHER, "works", "heat_out")[step];
    assert_true(boiler_kw > 100.0);
    assert_near(s->given_kw[works], boiler_kw, 1e-5);
    assert_near(s->given_kw[hall], 300.0, 0.02);
    small_free(&small);
}

/* Memory that runs out at any block is said. */
static void out_of_memory(void **state) {
    (void)state;
    struct small small = small_read(SCENARIO);
    lay(&small, RING(LINES));
    for (long block = 1; block < 40; block++) {
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        struct hours *hours = NULL;
        struct pipes *pipes = NULL;
        assert_int_equal(scenario_hours(small.scenario, small.arena, &hours), STATUS_OK);
        arena_fail_after(block);
        enum status status = plan_pipes(small.scenario, hours, arena, diag, &pipes);
        arena_fail_after(0);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        arena_free(arena);
    }
    small_free(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_hour_by_hour), cmocka_unit_test(the_data_centre_elsewhere),
        cmocka_unit_test(out_of_reach),        cmocka_unit_test(who_is_not_found_is_named),
        cmocka_unit_test(a_pipe_is_forbidden), cmocka_unit_test(each_brings_its_own),
        cmocka_unit_test(out_of_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
