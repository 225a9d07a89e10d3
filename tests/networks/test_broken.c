/* Networks that are none: every message names the feature and its place. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/text.h"
#include "networks/geojson.h"

#define P(name, x, y, more)                                                                        \
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"" name "\"" more                             \
    "},\"geometry\":{\"type\":\"Point\",\"coordinates\":[" x "," y "]}}"
#define L(name, way, more)                                                                         \
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"" name "\"" more                             \
    "},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[" way "]}}"
#define PLANT ",\"role\":\"producer\",\"pressure_kpa\":500"
#define USER ",\"role\":\"consumer\",\"heat_kw\":100"
#define DN ",\"nominal_mm\":50"
#define FILE_OF(features)                                                                          \
    "{\"type\":\"FeatureCollection\",\"hearth_network\":{\"coordinates\":\"metres\"},\n"           \
    "\"features\":[\n" features "]}"

static const struct {
    const char *file, *expected;
} cases[] = {
    {FILE_OF(
         P("p", "0", "0", PLANT) ",\n" P("far", "90", "90", USER) ",\n" L("1", "[0,0],[0,9]", DN)),
     "n.geojson:4:1: error: consumer \"far\" is not connected"},
    {FILE_OF(P("p", "0", "0", PLANT) "," P("a", "0", "9", USER) ",\n" L("none", "[0,0],[0,9]",
                                                                        DN ",\"length_m\":0")),
     "n.geojson:4:1: error: pipe \"none\" (p to a) has no length"},
    {FILE_OF(P("p", "0", "0", PLANT) "," P("a", "0", "9", USER) ",\n" L("bare", "[0,0],[0,9]", "")),
     "n.geojson:4:1: error: pipe \"bare\" (p to a) has no diameter"},
    {FILE_OF(P("p", "0", "0", PLANT) "," P("a", "0", "9", USER) ",\n" L("two", "[0,0],[0,9]",
                                                                        DN ",\"laid\":\"twin\"")),
     "n.geojson:4:1: error: pipe \"two\": a twin's casing_m is missing"},
    {FILE_OF(P("p", "0", "0", PLANT) "," P("a", "0", "9", USER) ",\n" L(
         "tight", "[0,0],[0,9]", DN ",\"laid\":\"twin\",\"casing_m\":0.14")),
     "n.geojson:4:1: error: pipe \"tight\": its casing_m does not hold two pipes"},
    {FILE_OF(P("p", "0", "0", PLANT) "," P(
         "q", "0.1", "0",
         ",\"role\":\"producer\",\"pressure_kpa\":400") "," P("a", "0", "9",
                                                              USER) "," L("1", "[0,0],[0,9]",
                                                                          DN) "," L("2",
                                                                                    "[0.1,0],[0,9]",
                                                                                    DN)),
     "producer \"p\" and producer \"q\" hold two pressures at one place"},
    {FILE_OF(P("p", "0", "0", PLANT) "," P("a", "9", "9", USER) "," P("b", "0", "9", USER) "," P(
         "c", "9", "0", USER) "," L("up", "[0,0],[9,9]", DN) ",\n" L("down", "[0,9],[9,0]", DN)),
     "n.geojson:4:1: error: lines \"up\" and \"down\" cross at (4.500000, 4.500000) without a "
     "node"},
    {FILE_OF(P("p", "0", "0", PLANT) "," P("p", "0", "9", USER) "," L("1", "[0,0],[0,9]", DN)),
     "feature 2 (node \"p\"): another node has this name"},
    {FILE_OF(P("p", "0", "0", PLANT) "," L("1", "[0,0],[0,9]", ",\"nominal_mm\":51")),
     "pipe \"1\": EN 253 has no size DN 51"},
    {FILE_OF(P("p", "0", "0", PLANT) "," L("1", "[0,0],[0,9]", ",\"nominal_mm\":5")),
     "feature 2 (line \"1\"): nominal_mm: 5 is outside 10..1200"},
    {FILE_OF(P("p", "0", "0", ",\"role\":\"king\"") "," L("1", "[0,0],[0,9]", DN)),
     "feature 1 (node \"p\"): role is no word of its list"},
    {FILE_OF(P("p", "0", "0", ",\"role\":\"producer\"") "," L("1", "[0,0],[0,9]", DN)),
     "producer \"p\" has neither heat_kw nor flow_kg_s"},
    {FILE_OF(P("p", "0", "0", PLANT) "," L("1", "[0,0],[0,9]", DN ",\"to\":\"x\"")),
     "line \"1\": there is no node \"x\""},
    {FILE_OF(P("p", "0", "0", PLANT) "," L("1", "[0,0],[0,0.1]", DN)),
     "line \"1\" begins and ends at node \"p\""},
    {"{\"features\":[\n{\"type\": \"Feature\",\n\"geometry\": }]}",
     "n.geojson:3:14: error: no JSON"},
    {"{\"features\":[]}", "there is no line in it"},
    {"[1]", "n.geojson:1:1: error: a JSON object is expected here"},
};

static const char *messages(struct arena *arena, const struct diag *diag) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    for (int k = 0; k < diag_count(diag); k++) {
        text_add(&out, diag_render(arena, diag_at(diag, k)));
    }
    return out.data ? out.data : "";
}

static void each_names_its_feature(void **state) {
    (void)state;
    for (int k = 0; k < COUNT(cases); k++) {
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        struct network *network = NULL;
        enum status status =
            geojson_parse(arena, diag, "n.geojson", cases[k].file, strlen(cases[k].file), &network);
        status = status == STATUS_OK ? network_complete(network, NEED_SIZES, diag) : status;
        if (status != STATUS_BAD_SCENARIO || !strstr(messages(arena, diag), cases[k].expected)) {
            fail_msg("case %d: not \"%s\" but\n%s", k, cases[k].expected, messages(arena, diag));
        }
        assert_non_null(diag_at(diag, 0)->remedy);
        arena_free(arena);
    }
}

/* A thousand nodes and one more in one place: degrees, say, that are taken for metres. Of a million features
   tests/slow/million.sh knows. */
static void a_crowd_in_one_place(void **state) {
    const int count = 1001;
    (void)state;
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    struct network *network = NULL;
    struct text_buffer text;
    text_buffer_init(&text, arena);
    text_add(&text, "{\"hearth_network\":{\"coordinates\":\"metres\"},\"features\":[");
    for (int k = 1; k <= count; k++) {
        text_add_format(&text,
                        "\n{\"properties\":{\"name\":\"n%d\"},\"geometry\":{\"type\":\"Point\","
                        "\"coordinates\":[9.1%04d,51.2]}}%s",
                        k, k, k < count ? "," : "]}");
    }
    assert_int_equal(geojson_parse(arena, diag, "n.geojson", text.data, text.size, &network),
                     STATUS_BAD_SCENARIO);
    assert_non_null(strstr(messages(arena, diag),
                           "n.geojson:1002:1: error: node \"n1001\": more than 1000 nodes lie"));
    arena_free(arena);
}

/* Random lines, long ones among short ones: what crosses against all pairs compared. A grid of cells must find each
   crossing, and each once. */
static bool cross_slowly(const double *a, const double *b) {
    double d = (a[2] - a[0]) * (b[3] - b[1]) - (a[3] - a[1]) * (b[2] - b[0]);
    if (d == 0.0) {
        return false; /* side by side */
    }
    double s = ((b[0] - a[0]) * (b[3] - b[1]) - (b[1] - a[1]) * (b[2] - b[0])) / d;
    double t = ((b[0] - a[0]) * (a[3] - a[1]) - (b[1] - a[1]) * (a[2] - a[0])) / d;
    return s > 0.0 && s < 1.0 && t > 0.0 && t < 1.0;
}

static void every_crossing_once(void **state) {
    enum { LINES = 60, ROUNDS = 30 };
    struct random random;
    (void)state;
    random_seed(&random, 5);
    for (int round = 0, found = 0; round < ROUNDS; round++) {
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        struct network *network = network_new(arena, "n.geojson");
        double at[LINES][4];
        int slow = 0;
        for (int k = 0; k < LINES; k++) {
            double most_m = k % 20 == 0 ? 1000.0 : 30.0, *x = ARENA_TAKE(arena, double, 4);
            at[k][0] = floor(1000.0 * random_uniform(&random)) / (round % 2 ? 1.0 : 10.0);
            at[k][1] = floor(1000.0 * random_uniform(&random)) / (round % 2 ? 1.0 : 10.0);
            at[k][2] = at[k][0] + most_m * (random_uniform(&random) - 0.5);
            at[k][3] = at[k][1] + (k % 5 == 0 ? 0.0 : most_m * (random_uniform(&random) - 0.5));
            struct network_link *link =
                network_add_link(network, arena_format(arena, "l%d", k), -1, -1);
            x[0] = at[k][0];
            x[1] = at[k][2];
            x[2] = at[k][1];
            x[3] = at[k][3];
            link->x = x;
            link->y = x + 2;
            link->points_count = 2;
            for (int other = 0; other < k; other++) {
                slow += cross_slowly(at[k], at[other]);
            }
        }
        network_crossings(network, diag);
        assert_int_equal(diag_errors(diag), slow < 50 ? slow : 50);
        found += slow;
        assert_true(round < ROUNDS - 1 || found > ROUNDS);
        arena_free(arena);
    }
}

/* Memory that runs out at any block is said, and nothing leaks. */
static void out_of_memory(void **state) {
    const char *text =
        FILE_OF(P("p", "0", "0", PLANT) "," P("a", "0", "9", USER) "," L("1", "[0,0],[0,9]", DN));
    (void)state;
    for (long block = 1; block < 12; block++) {
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        struct network *network = NULL;
        arena_fail_after(block);
        enum status status = geojson_parse(arena, diag, "n.geojson", text, strlen(text), &network);
        status = status == STATUS_OK ? network_complete(network, NEED_SIZES, diag) : status;
        arena_fail_after(0);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_names_its_feature),
        cmocka_unit_test(a_crowd_in_one_place),
        cmocka_unit_test(every_crossing_once),
        cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
