/* Plug flow: fronts arrive when they must, heat is kept, the flow may stop and turn, and a year that
   stands still is the steady state. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "build.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "networks/transient.h"

static void front_and_heat(void **state) {
    struct arena *arena = arena_new(0);
    struct network *network = network_new(arena, "x");
    struct network_link *link;
    struct plug plug;
    double lost_kw = 0.0, lost_kj = 0.0, given_kj = 0.0, start_kj = 0.0, end_kj = 0.0;
    (void)state;
    (void)network_add_node(network, "a");
    (void)network_add_node(network, "b");
    link = network_add_link(network, "p", 0, 1);
    link->length_m = 100.0;
    link->inner_m = 0.1;
    link->outer_m = 0.1;
    network->settings.density_kg_m3 = 1000.0;
    network->settings.heat_kj_kgk = 4.0;
    network->settings.viscosity_kpas = 1e-6;
    assert_int_equal(plug_init(&plug, arena, link, &network->settings, 50, true, 20.0), STATUS_OK);
    double mass_kg = 1000.0 * 100.0 * 3.14159265358979 / 4.0 * 0.01, flow = 5.0;
    for (int c = 0; c < plug.cells; c++) {
        start_kj += plug.water_kj_k * plug.water_c[c];
    }
    for (int t = 0; t < 400;
         t++) { /* 1 s each; arrives after 157 s, no earlier than a cell before */
        double q = t < 300 ? flow : -flow;
        double in_c = 60.0;
        double out_c =
            plug_step(&plug, link, &network->settings, q, in_c, 1e-3, 10.0, 1.0, &lost_kw);
        lost_kj += lost_kw;
        given_kj += flow * 4.0 * in_c - flow * 4.0 * out_c;
        if (t < (int)(mass_kg / flow * 0.97)) {
            assert_true(out_c < 21.0);
        } else if (t > (int)(mass_kg / flow * 1.03) && t < 300) {
            assert_true(out_c > 55.0 && out_c < 60.0);
        }
    }
    for (int c = 0; c < plug.cells; c++) {
        end_kj += plug.water_kj_k * plug.water_c[c];
    }
    /* what is entering or leaving a cell is counted by whole cells */
    assert_close(end_kj - start_kj, given_kj - lost_kj, 3.0 * plug.water_kj_k * 40.0);
    double before = plug.water_c[25];
    for (int t = 0; t < 100; t++) { /* still water cools towards the ground */
        (void)plug_step(&plug, link, &network->settings, 0.0, NAN, 1e-3, 10.0, 3600.0, &lost_kw);
    }
    assert_true(plug.water_c[25] < before && plug.water_c[25] > 10.0);
    assert_close(plug.water_c[25],
                 10.0 + (before - 10.0) *
                            exp(-1e-3 / (10.0 * 3.14159265358979 / 4.0 * 4.0) * 360000.0),
                 1e-6);
    arena_free(arena);
}

static const char tree[] = "{\"type\":\"FeatureCollection\"," NOTES_SETTINGS ",\"features\":["
                           "{\"properties\":{\"name\":\"p\",\"role\":\"producer\",\"pressure_kpa\":"
                           "500},\"geometry\":{\"type\":\"Point\","
                           "\"coordinates\":[0,0]}},"
                           "{\"properties\":{\"name\":\"u\",\"role\":\"consumer\",\"heat_kw\":200},"
                           "\"geometry\":{\"type\":\"Point\","
                           "\"coordinates\":[0,0.01]}},"
                           "{\"properties\":{\"name\":\"1\",\"nominal_mm\":65},\"geometry\":{"
                           "\"type\":\"LineString\",\"coordinates\":"
                           "[[0,0],[0,0.01]]}}]}";

static void still_standing_is_steady(void **state) {
    struct built b;
    struct transient *transient = NULL;
    (void)state;
    build_text(&b, tree);
    build_solve(&b);
    assert_int_equal(transient_new(b.arena, b.network, 50, 70.0, 40.0, &transient), STATUS_OK);
    for (int hour = 0; hour < 60; hour++) {
        assert_int_equal(transient_step(transient, 3600.0), STATUS_OK);
    }
    const struct network_state *t = transient->state, *s = b.state;
    assert_close(t->hot->node_c[1], s->hot->node_c[1], 0.02);
    assert_close(t->cold->node_c[0], s->cold->node_c[0], 0.02);
    assert_close(t->sums.produced_kw, s->sums.produced_kw, 0.2);
    assert_close(t->sums.loss_supply_kw, s->sums.loss_supply_kw, 0.02 * s->sums.loss_supply_kw);
    build_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(front_and_heat),
        cmocka_unit_test(still_standing_is_steady),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
