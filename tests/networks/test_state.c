/* States: the worked examples H2 to H6 of the heat notes to their digits, what closes, and what a
   network does without flow, with its flow reversed, cut into islands, cold, steep. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "build.h"
#include "physics/pipe.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NET(settings, features)                                                                    \
    "{\"type\": \"FeatureCollection\", " settings ", \"features\": [" features "]}"
#define NODE(name, x, y, more)                                                                     \
    "{\"type\": \"Feature\", \"properties\": {\"name\": \"" name "\"" more                         \
    "}, \"geometry\": {\"type\": \"Point\", \"coordinates\": [" x ", " y "]}}"
#define PIPE(name, from, to, length, more)                                                         \
    "{\"type\": \"Feature\", \"properties\": {\"name\": \"" name "\", \"from\": \"" from           \
    "\", \"to\": \"" to "\", \"length_m\": " length more                                           \
    "}, \"geometry\": {\"type\": \"LineString\", \"coordinates\": [[0, 0], [0, 0]]}}"
#define PLANT ", \"role\": \"producer\", \"pressure_kpa\": 500"
#define HEAT(kw) ", \"role\": \"consumer\", \"heat_kw\": " kw
#define STEEL(dn, loss) ", \"nominal_mm\": " dn ", \"laid\": \"single\", \"loss_kw_mk\": " loss

static const char tree[] = NET(
    NOTES_SETTINGS,
    NODE("0", "0", "0", PLANT) "," NODE("1", "0", "0.001", "") "," NODE("2", "0", "0.002", HEAT("400")) "," NODE("3", "0", "0.003", "") "," NODE("4", "0", "0.004", HEAT("500")) "," NODE(
        "5", "0", "0.005",
        HEAT(
            "800")) "," PIPE("P1", "0", "1", "400",
                             STEEL(
                                 "125",
                                 "0.2459e-3")) "," PIPE("P2", "1", "2", "150",
                                                        STEEL(
                                                            "65",
                                                            "0.198e-3")) "," PIPE("P3", "1", "3",
                                                                                  "300",
                                                                                  STEEL(
                                                                                      "100",
                                                                                      "0.2148e-"
                                                                                      "3")) "," PIPE("P4",
                                                                                                     "3",
                                                                                                     "4",
                                                                                                     "100",
                                                                                                     STEEL(
                                                                                                         "65",
                                                                                                         "0.198e-3")) "," PIPE("P5",
                                                                                                                               "3",
                                                                                                                               "5",
                                                                                                                               "250",
                                                                                                                               STEEL(
                                                                                                                                   "80",
                                                                                                                                   "0.2076e-3")));

static void h5_tree(void **state) {
    /* m, v, dp, T_s in, out, loss_s, T_r in, out, loss_r */
    static const double wanted[5][9] = {
        {13.6664, 1.0081, 29.5309, 70, 69.8969, 5.8965, 39.9131, 39.8617, 2.9397},
        {3.2112, .8560, 17.9515, 69.8969, 69.7647, 1.7770, 40, 39.9338, .8900},
        {10.4552, 1.1804, 39.1991, 69.8969, 69.8088, 3.8569, 39.9509, 39.9068, 1.9286},
        {4.0175, 1.0709, 18.4836, 69.8088, 69.7384, 1.1835, 40, 39.9647, .5937},
        {6.4377, 1.2249, 48.6006, 69.8088, 69.6937, 3.1011, 40, 39.9423, 1.5555}};
    struct built b;
    (void)state;
    build_text(&b, tree);
    build_solve(&b);
    const struct network_state *s = b.state;
    for (int k = 0; k < 5; k++) {
        const double *w = wanted[k];
        const struct network_link *link = &b.network->links[k];
        assert_close(s->out->flow_kg_s[k], w[0], 5e-5);
        assert_close(-s->back->flow_kg_s[k], -w[0], 5e-5);
        assert_close(network_state_speed_m_s(s, false, k), w[1], 5e-5);
        assert_close(s->out->pressure_kpa[link->from] - s->out->pressure_kpa[link->to], w[2], 6e-4);
        assert_close(s->hot->in_c[k], w[3], 6e-5);
        assert_close(s->hot->out_c[k], w[4], 6e-5);
        assert_close(s->hot->loss_kw[k], w[5], 6e-5);
        assert_close(s->cold->in_c[k], w[6], 6e-5);
        assert_close(s->cold->out_c[k], w[7], 6e-5);
        assert_close(s->cold->loss_kw[k], w[8], 6e-5);
    }
    assert_close(s->sums.produced_kw, 1723.722, 6e-4);
    assert_close(s->sums.loss_supply_kw + s->sums.loss_return_kw, 23.722, 6e-4);
    assert_int_equal(s->sums.worst, 5);
    assert_int_equal(s->sums.pump, 0);
    assert_close(s->sums.dp_worst_kpa, 65.0, 1e-9); /* the return is lifted to it */
    assert_close(s->sums.dp_needed_kpa, 65.0, 1e-9);
    assert_close(s->sums.head_kpa, 2.0 * 117.3305 + 65.0 + 50.0, 2e-3);
    assert_close(s->sums.head_needed_kpa, s->sums.head_kpa, 1e-9);
    assert_close(s->sums.pump_kw, 284.66 / .7 * 13.6664 / 983.2 + (65.0) / .7 * 13.6664 / 983.2,
                 6e-3);
    assert_close(s->sums.balance_kw, 0.0, 1e-6);
    build_free(&b);
}

static void h5_tree_at_part_load(void **state) {
    struct built b;
    (void)state;
    build_text(&b, tree);
    build_solve(&b);
    for (int n = 0; n < b.network->nodes_count; n++) {
        b.state->heat_kw[n] *= 0.3;
    }
    assert_int_equal(network_state_solve(b.state), STATUS_OK);
    assert_close(b.state->sums.produced_kw, 533.598, 6e-4);
    assert_close(b.state->sums.loss_supply_kw + b.state->sums.loss_return_kw, 23.598, 6e-4);
    assert_close(b.state->hot->node_c[5], 69.007, 6e-4);
    assert_close(b.state->cold->node_c[0], 39.551, 6e-4);
    build_free(&b);
}

static const char loop[] = NET(
    NOTES_SETTINGS,
    NODE("0", "0", "0", PLANT) "," NODE("1", "0", "0.001", HEAT("300")) "," NODE("2", "0", "0.002", HEAT("600")) "," NODE(
        "3", "0", "0.003",
        HEAT(
            "500")) "," PIPE("L1", "0", "1", "300",
                             STEEL(
                                 "125",
                                 "0.2459e-3")) "," PIPE("L2", "1", "2", "200",
                                                        STEEL(
                                                            "80",
                                                            "0.2076e-3")) "," PIPE("L3", "2", "3",
                                                                                   "250",
                                                                                   STEEL(
                                                                                       "65",
                                                                                       "0.198e-"
                                                                                       "3")) "," PIPE("L4",
                                                                                                      "0",
                                                                                                      "3",
                                                                                                      "350",
                                                                                                      STEEL(
                                                                                                          "100",
                                                                                                          "0.2148e-3")));

static void h6_loop(void **state) {
    static const double flow[] = {5.999231, 3.595641, -1.256208, 5.265996};
    static const double drop[] = {0.0, 4.54347, 17.11633, 12.13371};
    struct built b;
    (void)state;
    build_text(&b, loop);
    build_solve(&b);
    const struct network_state *s = b.state;
    for (int k = 0; k < 4; k++) {
        assert_close(s->out->flow_kg_s[k], flow[k], 6e-7);
        assert_close(500.0 - s->out->pressure_kpa[k], drop[k], 6e-5);
    }
    assert_close(s->hot->node_c[1], 69.8240, 6e-5);
    assert_close(s->hot->node_c[3], 69.7957, 6e-5);
    assert_close(s->hot->node_c[2], 69.5494, 6e-5);
    assert_close(s->hot->out_c[1], 69.6591, 6e-5);
    assert_close(s->hot->out_c[2], 69.2353, 6e-5);
    assert_close(s->cold->node_c[0], 39.8478, 6e-5);
    assert_close(s->cold->node_c[1], 39.9505, 6e-5);
    assert_close(s->cold->node_c[3], 39.9329, 6e-5);
    assert_close(s->sums.loss_supply_kw + s->sums.loss_return_kw, 21.524, 6e-4);
    assert_close(s->sums.produced_kw, 1421.524, 6e-4);
    build_free(&b);
}

/* What a plan's hours do, each from the one before and to a hundredth of a kelvin, against each hour by itself to its
   last digits: loads that change by a half, a flow that turns, a supply that follows the weather. */
static void hours_from_each_other_and_alone(void **state) {
    struct built warm, alone;
    int turned_count = 0;
    double before_kg_s = 0.0;
    (void)state;
    build_text(&warm, loop);
    build_text(&alone, loop);
    struct network_settings *water[] = {&warm.network->settings, &alone.network->settings};
    for (int k = 0; k < 2; k++) { /* by its temperature */
        water[k]->density_kg_m3 = water[k]->viscosity_kpas = water[k]->heat_kj_kgk = NAN;
    }
    build_solve(&warm);
    build_solve(&alone);
    warm.state->tolerance_dk = 1e-2;
    for (int hour = 0; hour < 48; hour++) {
        for (int n = 0; n < 4; n++) {
            double share = 0.3 + 0.25 * (1.0 + sin(0.7 * hour + 2.0 * n));
            struct network_state *both[] = {warm.state, alone.state};
            for (int k = 0; k < 2; k++) {
                both[k]->heat_kw[n] = n == 0 ? (double)NAN : share * 250.0 * n;
                both[k]->supply_c[n] = n == 0 ? 70.0 + 8.0 * cos(0.3 * hour) : (double)NAN;
            }
        }
        assert_int_equal(network_state_solve(warm.state), STATUS_OK);
        assert_int_equal(network_state_solve(alone.state), STATUS_OK);
        const struct network_state *w = warm.state, *a = alone.state;
        assert_true(w->rounds_count <= a->rounds_count);
        for (int n = 0; n < 4; n++) {
            assert_close(w->hot->node_c[n], a->hot->node_c[n], 1e-2);
            assert_close(w->cold->node_c[n], a->cold->node_c[n], 1e-2);
            assert_close(w->out->pressure_kpa[n], a->out->pressure_kpa[n], 2e-2);
            assert_close(w->out->flow_kg_s[n], a->out->flow_kg_s[n], 2e-3);
        }
        assert_close(w->sums.produced_kw / a->sums.produced_kw, 1.0, 1e-4);
        assert_close(w->sums.balance_kw / w->sums.produced_kw, 0.0, 1e-5);
        turned_count += a->out->flow_kg_s[2] * before_kg_s < 0.0;
        before_kg_s = a->out->flow_kg_s[2];
    }
    assert_true(turned_count > 1);
    build_free(&warm);
    build_free(&alone);
}

static void h6_loop_with_given_flows(void **state) {
    static const double flow[] = {5.936947, 3.547461, -1.231512, 5.213989};
    static const double drop[] = {0.0, 4.45417, 16.70487, 11.90496};
    struct built b;
    (void)state;
    build_text(&b, loop);
    assert_int_equal(network_state_new(b.arena, b.network, &b.state), STATUS_OK);
    b.state->fixed_kg_s[1] = 300.0 / (4.185 * 30.0);
    b.state->fixed_kg_s[2] = 600.0 / (4.185 * 30.0);
    b.state->fixed_kg_s[3] = 500.0 / (4.185 * 30.0);
    assert_int_equal(network_state_solve(b.state), STATUS_OK);
    for (int k = 0; k < 4; k++) {
        assert_close(b.state->out->flow_kg_s[k], flow[k], 6e-7);
        assert_close(500.0 - b.state->out->pressure_kpa[k], drop[k], 6e-6);
    }
    build_free(&b);
}

/* Without demand nothing flows; with the load elsewhere the flow turns; a closed pipe leaves an
   island whose consumer is said. */
static void still_reversed_and_cut(void **state) {
    struct built b;
    (void)state;
    build_text(&b, loop);
    build_solve(&b);
    struct network_state *s = b.state;
    for (int n = 1; n < 4; n++) {
        s->heat_kw[n] = 0.0;
    }
    assert_int_equal(network_state_solve(s), STATUS_OK);
    for (int k = 0; k < 4; k++) {
        assert_close(s->out->flow_kg_s[k], 0.0, 1e-9);
        assert_close(s->out->pressure_kpa[k], 500.0, 1e-6);
    }
    assert_close(s->sums.produced_kw, 0.0, 1e-9);
    s->heat_kw[1] = 900.0;
    assert_int_equal(network_state_solve(s), STATUS_OK);
    assert_true(s->out->flow_kg_s[1] < -0.1 && s->out->flow_kg_s[2] < -0.1);
    assert_close(s->given_kw[1], 900.0, 1e-5);
    s->heat_kw[2] = 600.0;
    s->out->state[1] = s->back->state[1] = LINK_CLOSED;
    s->out->state[2] = s->back->state[2] = LINK_CLOSED;
    hydraulic_changed(s->out);
    assert_int_equal(network_state_solve(s), STATUS_OK);
    assert_true(s->islanded[2] && !s->islanded[1] && isnan(s->out->pressure_kpa[2]));
    assert_close(s->unmet_kw[2], 600.0, 1e-9);
    network_state_judge(s, b.diag);
    assert_non_null(strstr(build_messages(&b), "\"2\" is on an island"));
    s->out->state[1] = s->back->state[1] = LINK_OPEN;
    hydraulic_changed(s->out);
    assert_int_equal(network_state_solve(s), STATUS_OK);
    assert_close(s->unmet_kw[2], 0.0, 1e-9);
    assert_close(s->sums.balance_kw, 0.0, 1e-5);
    build_free(&b);
}

/* Chilled water by the same code: consumers give heat, the producer takes it, the ground warms the
   supply; and real water closes its balance by enthalpy. */
static void chilled_water(void **state) {
    struct built b;
    (void)state;
    build_text(
        &b,
        NET("\"hearth_network\": {\"preset\": \"chilled\", \"ground_c\": 15}",
            NODE("plant", "0", "0", PLANT) "," NODE("a", "0", "0.001", HEAT("-200")) "," NODE(
                "b", "0", "0.002",
                HEAT("-100")) "," PIPE("1", "plant", "a", "200",
                                       ", \"nominal_mm\": 100") "," PIPE("2", "a", "b", "100",
                                                                         ", \"nominal_mm\": 80, "
                                                                         "\"laid\": \"twin\", "
                                                                         "\"casing_m\": 0.28")));
    build_solve(&b);
    const struct network_state *s = b.state;
    assert_true(s->out->flow_kg_s[0] > 11.0 && s->out->flow_kg_s[0] < 13.0);
    assert_true(s->hot->node_c[2] > 6.0 && s->hot->node_c[2] < 6.2);
    assert_close(s->given_kw[1], -200.0, 1e-4);
    assert_true(s->sums.produced_kw < -300.0 && s->sums.loss_supply_kw < 0.0);
    assert_close(s->sums.balance_kw, 0.0, 1e-4);
    network_state_judge(s, b.diag);
    assert_int_equal(diag_count(b.diag), 0);
    build_free(&b);
}

/* A twin loses what the law says of the casing that is given, and of no other. */
static void a_twin_has_the_casing_that_is_given(void **state) {
    struct built b;
    double symmetric_kw_mk = 0.0, across_kw_mk = 0.0;
    (void)state;
    build_text(&b,
               NET(NOTES_SETTINGS,
                   NODE("plant", "0", "0", PLANT) "," NODE("a", "0", "0.001", HEAT("200")) "," PIPE(
                       "1", "plant", "a", "200",
                       ", \"nominal_mm\": 100, \"laid\": \"twin\", \"casing_m\": 0.315")));
    build_solve(&b);
    const struct network_link *link = &b.network->links[0];
    pipe_loss_twin_kw_mk(link->outer_m, 0.025, 0.315, link->cover_m, link->insulation_kw_mk,
                         link->soil_kw_mk, &symmetric_kw_mk, &across_kw_mk);
    assert_true(link->casing_m == 0.315);
    assert_close(link->loss_kw_mk, symmetric_kw_mk, 1e-15);
    assert_close(link->across_kw_mk, across_kw_mk, 1e-15);
    build_free(&b);
}

/* Two producers, one of them by its heat, on a hill: the second's flow is what its heat makes; what
   goes up loses pressure and finds it again below. */
static void two_producers_on_a_hill(void **state) {
    struct built b;
    (void)state;
    build_text(
        &b,
        NET(NOTES_SETTINGS,
            NODE("main", "0", "0", PLANT) "," NODE("second", "0", "0.003", ", \"role\": \"producer\", \"heat_kw\": 400, \"supply_c\": 75") "," NODE(
                "hill", "0", "0.001",
                ", \"elevation_m\": 30") "," NODE("a", "0", "0.002",
                                                  HEAT(
                                                      "1000")) "," PIPE("1", "main", "hill", "400",
                                                                        STEEL(
                                                                            "100",
                                                                            "0.2e-3")) "," PIPE("2",
                                                                                                "hi"
                                                                                                "l"
                                                                                                "l",
                                                                                                "a",
                                                                                                "40"
                                                                                                "0",
                                                                                                STEEL(
                                                                                                    "100",
                                                                                                    "0.2e-3")) "," PIPE("3",
                                                                                                                        "second",
                                                                                                                        "a",
                                                                                                                        "300",
                                                                                                                        STEEL(
                                                                                                                            "100",
                                                                                                                            "0.2e-3"))));
    build_solve(&b);
    const struct network_state *s = b.state;
    assert_close(s->given_kw[1], 400.0, 1e-4);
    assert_close(s->given_kw[3], 1000.0, 1e-4);
    assert_close(s->sums.produced_kw, 1000.0 + s->sums.loss_supply_kw + s->sums.loss_return_kw,
                 1e-4);
    double up_kpa = 500.0 - s->out->pressure_kpa[2],
           down_kpa = s->out->pressure_kpa[2] - s->out->pressure_kpa[3];
    assert_close(up_kpa - down_kpa, 2.0 * 983.2 * 9.80665 * 30.0 / 1000.0, 1e-6);
    assert_true(s->hot->node_c[3] > 70.0);
    build_free(&b);
}

static void told_by_name(void **state) {
    struct built b;
    (void)state;
    build_text(
        &b,
        NET("\"hearth_network\": {\"preset\": \"3g\"}",
            NODE("p", "0", "0", ", \"role\": \"producer\", \"pressure_kpa\": 500, \"supply_c\": 150") "," NODE("q", "0", "0.003", ", \"role\": \"producer\", \"pressure_kpa\": 400") "," NODE(
                "c", "0", "0.002",
                HEAT("500")) "," PIPE("hot one", "p", "c", "100",
                                      STEEL("100", "0.2e-3")) "," PIPE("2", "q", "c", "100",
                                                                       STEEL("100", "0.2e-3"))));
    build_solve(&b);
    network_state_judge(b.state, b.diag);
    const char *words = build_messages(&b);
    assert_non_null(strstr(words, "pipe \"hot one\": 150.0 degC in the supply is no water"));
    assert_non_null(strstr(words, "producer \"q\" is pushed back"));
    build_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(h5_tree),
        cmocka_unit_test(h5_tree_at_part_load),
        cmocka_unit_test(h6_loop),
        cmocka_unit_test(hours_from_each_other_and_alone),
        cmocka_unit_test(h6_loop_with_given_flows),
        cmocka_unit_test(still_reversed_and_cut),
        cmocka_unit_test(chilled_water),
        cmocka_unit_test(a_twin_has_the_casing_that_is_given),
        cmocka_unit_test(two_producers_on_a_hill),
        cmocka_unit_test(told_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
