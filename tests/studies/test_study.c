/* A study's file, its rows, and changes of a scenario by path. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/text.h"
#include "folder.h"
#include "scenario/scenario.h"

#define OPTIONS                                                                                    \
    HEAD "axes:\n  - {path: fuel.gas_money_kwh, values: [0.02, 0.08]}\n"                           \
         "  - {path: heat_network.length_m, values: [200, 500, 900]}\n"                            \
         "  - name: place\n    options:\n"                                                         \
         "      - {name: near, set: {data_centre.hall.it_kw: 800}, facts: {fibre_km: 3}}\n"        \
         "      - {name: far, facts: {fibre_km: 1, view: 2}}\n"

#define TWO                                                                                        \
    HEAD "method: latin_hypercube\naxes:\n  - {path: fuel.gas_money_kwh, uniform: [0.02, 0.08]}\n" \
         "  - {path: heat_network.length_m, uniform: [200, 900]}\n"
#define THREE TWO "  - {path: data_centre.hall.it_kw, uniform: [500, 900]}\n"

/* Every combination, the last axis fastest; numbers between from and to by even steps. */
static void a_grid(void **state) {
    struct folder *folder = *state;
    const struct study *study = good_study(
        folder, HEAD "axes:\n  - {path: heat_network.length_m, values: [200, 500, 1000]}\n"
                     "  - {path: fuel.gas_money_kwh, from: 0.02, to: 0.08, steps: 4}\n");
    static const char *const second[4] = {"0.02", "0.04", "0.06", "0.08"};
    struct scenario_change changes[2];
    int count = 0;
    assert_int_equal(study->rows, 12);
    for (long row = 0; row < 12; row++) {
        assert_int_equal(study_changes(study, row, folder->arena, changes, &count), STATUS_OK);
        assert_int_equal(count, 2);
        assert_string_equal(changes[0].text, row < 4 ? "200" : row < 8 ? "500" : "1000");
        double value = strtod(changes[1].text, NULL);
        assert_true(fabs(value - strtod(second[row % 4], NULL)) < 1e-15);
    }
}

/* An option is a name for several changes; options are crossed with futures, which all of them meet alike. */
static void options(void **state) {
    struct folder *folder = *state;
    const struct study *study = good_study(folder, OPTIONS "decide: [heat_network.length_m]\n");
    struct scenario_change changes[3];
    int count = 0;
    assert_int_equal(study->rows, 12);
    assert_int_equal(study->options, 6);
    assert_int_equal(study->futures, 2);
    assert_int_equal(study_changes(study, 0, folder->arena, changes, &count), STATUS_OK);
    assert_int_equal(count, 3);
    assert_string_equal(changes[2].path, "data_centre.hall.it_kw");
    assert_string_equal(changes[2].text, "800");
    assert_int_equal(study_changes(study, 1, folder->arena, changes, &count), STATUS_OK);
    assert_int_equal(count, 2); /* far changes nothing */
    for (long row = 0; row < 12; row++) {
        long option = study_option(study, row), future = study_future(study, row);
        assert_int_equal(row, future * 6 + option); /* gas is the slowest axis */
        assert_string_equal(study_cell(study, row, 2, folder->arena), option % 2 ? "far" : "near");
        assert_int_equal(study_decided_value(study, option, 1), option / 2);
    }
    study = good_study(folder,
                       HEAD "method: latin_hypercube\nsamples: 5\ndecide: [heat_network.length_m]\n"
                            "axes: [{path: heat_network.length_m, values: [200, 500, 900]}, "
                            "{path: fuel.gas_money_kwh, uniform: [0.02, 0.08]}]\n");
    assert_int_equal(study->rows, 15);
    for (long row = 0; row < 15; row++) {
        static const char *const length[] = {"200", "500", "900"};
        assert_int_equal(study_option(study, row), row / 5);
        assert_string_equal(study_cell(study, row, 0, folder->arena), length[row / 5]);
        assert_string_equal(study_cell(study, row, 1, folder->arena),
                            study_cell(study, row % 5, 1, folder->arena));
    }
}

/* What goes together is what the rows hold: both prices high in the same futures, as far as their ranks say. */
static void together(void **state) {
    struct folder *folder = *state;
    const struct study *study = good_study(
        folder, THREE "samples: 200\ncorrelations:\n  - {between: [heat_network.length_m, "
                      "fuel.gas_money_kwh], rank: -0.6}\n");
    double ratio = 0.0;
    assert_int_equal(rank_correlation_ratio(200, 3, study->point_frac, 0, 1, &ratio), STATUS_OK);
    assert_true(fabs(ratio + 0.6) < 0.05);
    assert_int_equal(rank_correlation_ratio(200, 3, study->point_frac, 0, 2, &ratio), STATUS_OK);
    assert_true(fabs(ratio) < 0.05);
}

/* Saltelli's blocks share what they must; Morris' steps are 2/3 on one axis; the tornado's middle is the median. */
static void designs(void **state) {
    struct folder *folder = *state;
    static const char axes[] = "axes:\n  - {path: heat_network.length_m, uniform: [100, 200]}\n"
                               "  - {path: fuel.gas_money_kwh, uniform: [0.02, 0.08]}\n"
                               "  - {path: data_centre.hall.it_kw, uniform: [1000, 1001]}\n";
    const struct study *study =
        good_study(folder, arena_format(folder->arena, HEAD "method: sobol\nsamples: 8\n%s", axes));
    assert_int_equal(study->rows, 8 * 5);
    for (long n = 0; n < 8; n++) {
        const double *block = &study->point_frac[n * 15];
        for (int i = 0; i < 3; i++) {
            for (int d = 0; d < 3; d++) {
                assert_true(block[(2 + i) * 3 + d] == (i == d ? block[3 + d] : block[d]));
                assert_true(block[d] > 0.0 && block[d] < 1.0);
            }
        }
    }
    study = good_study(folder,
                       arena_format(folder->arena, HEAD "method: morris\nsamples: 6\n%s", axes));
    assert_int_equal(study->rows, 6 * 4);
    for (long t = 0; t < 6; t++) {
        for (int k = 0; k < 3; k++) {
            const double *at = &study->point_frac[(t * 4 + k) * 3];
            const struct move *move = &study->moves[t * 3 + k];
            for (int d = 0; d < 3; d++) {
                double by = at[3 + d] - at[d];
                assert_true(fabs(by - (d == move->axis ? move->by_frac : 0.0)) < 1e-15);
                assert_true(at[3 + d] > -1e-12 && at[3 + d] < 1.0 + 1e-12);
            }
            assert_true(fabs(fabs(move->by_frac) - 2.0 / 3.0) < 1e-15);
        }
    }
    study = good_study(folder, arena_format(folder->arena, HEAD "method: one_at_a_time\n%s", axes));
    assert_int_equal(study->rows, 7);
    assert_true(study->point_frac[0] == 0.5 && study->point_frac[3] == 0.1 &&
                study->point_frac[4] == 0.5 && study->point_frac[6] == 0.9);
}

static void mistakes(void **state) {
    struct folder *folder = *state;
    static const char *const cases[][2] = {
        {"scenario: town.yaml\naxes: [{path: step_h, values: [1]}]\n", "study is missing"},
        {"study: 1\naxes: [{path: step_h, values: [1]}]\n", "scenario is missing"},
        {HEAD "axes: []\n", "axes: from one to"},
        {HEAD "axes: [{path: step_h, values: []}]\n", "the list is empty"},
        {HEAD "axes: [{path: step_h}]\n", "step_h: no values"},
        {HEAD "axes: [{values: [1]}]\n", "path is missing"},
        {HEAD "axes: [{path: step_h, values: [1], uniform: [0, 1]}]\n", "more than one way"},
        {HEAD "axes: [{path: step_h, uniform: [0, 1]}]\n", "a grid needs values"},
        {HEAD "method: random\naxes: [{path: step_h, uniform: [1, 0]}]\n", "make no spread"},
        {HEAD "method: random\naxes: [{path: step_h, triangular: [0, 1]}]\n", "3 numbers belong"},
        {HEAD "method: sobol\nsamples: 100\naxes: [{path: step_h, uniform: [0, 1]}]\n",
         "is no power of two"},
        {HEAD "method: best\naxes: [{path: step_h, values: [1]}]\n", "\"best\" is none of"},
        {HEAD "axes: [{path: step_h, values: [1]}, {path: step_h, values: [1]}]\n",
         "named by two axes"},
        {HEAD "axes: [{path: heat_network.lenght_m, values: [1]}]\n", "unknown key \"lenght_m\""},
        {HEAD "axes: [{path: heat_network.pipe.lenght_m, values: [1]}]\n", "unknown key \"pipe\""},
        {HEAD "axes: [{path: heat_net.length_m, values: [1]}]\n", "has no \"heat_net\" there"},
        {HEAD "axes: [{path: data_centre.shop.it_kw, values: [1]}]\n", "has no \"shop\" there"},
        {HEAD "axes: [{path: heat_network, values: [1]}]\n", "a map stands there"},
        {HEAD "axes: [{path: heat_network.length_m.m, values: [1]}]\n", "has no \"m\" there"},
        {HEAD "axes: [{path: heat_network.length_m, values: [-5]}]\n", "is outside"},
        {HEAD "axes: [{path: heat_network..length_m, values: [1]}]\n", "has no \"\" there"},
        {HEAD "axes: [{path: heat_network.length_m, from: 200, to: 900, steps: 201}]\n"
              "decide: [heat_network.length_m]\nregret: npv_money\n",
         "more than 200 options"},
        {OPTIONS "decide: [heat_network.lenght_m]\n", "no axis is called heat_network.lenght_m"},
        {OPTIONS "method: sobol\nsamples: 4\n", "not what to choose"},
        {HEAD "criteria: [{figure: npv_money, better: higher}]\n"
              "axes: [{path: heat_network.length_m, values: [200]}]\n",
         "nobody decides anything"},
        {HEAD "axes: [{options: []}]\n", "a list of 1 to 200 options"},
        {HEAD "axes: [{options: [{set: {a: 1}}]}]\n", "a map with a name"},
        {HEAD "axes: [{options: [{name: a}, {name: a}]}]\n", "two options are named a"},
        {HEAD "axes: [{options: [{name: a, set: {heat_network.lenght_m: 5}}]}]\n",
         "unknown key \"lenght_m\""},
        {OPTIONS "criteria: [{fact: fibre_km, better: lower}, {fact: view, better: higher}]\n",
         "near: its fact view is missing"},
        {OPTIONS "criteria: [{fact: tax, better: lower}]\n", "no option has such a fact"},
        {OPTIONS "criteria: [{fact: view}]\n", "lower or higher is better is missing"},
        {HEAD "axes: [{options: [{name: a, facts: {hazard_score: 7}}]}]\n", "7 is outside 0..5"},
        {HEAD "axes: [{options: [{name: a, facts: {openness_score: 1}}]}]\n"
              "criteria: [{fact: openness_score, scale: [5, 0]}]\n",
         "better higher"},
        {OPTIONS "criteria: [{better: lower}]\n", "one figure or one fact"},
        {OPTIONS "criteria: [{fact: fibre_km, better: lower, scale: [1, 9]}]\n",
         "the first is the worst"},
        {OPTIONS "criteria: [{fact: fibre_km, better: lower, weight: 0}]\n", "all weights are 0"},
        {OPTIONS "criteria: [{fact: fibre_km, better: lower}, {fact: fibre_km, better: lower}]\n",
         "two criteria are named fibre_km"},
        {OPTIONS "criteria: [{fact: fibre_km, better: lower}]\nweights: {us: {fiber_km: 1}}\n",
         "unknown key \"fiber_km\""},
        {OPTIONS
         "criteria: [{fact: fibre_km, better: lower}, {figure: npv_money, better: higher}]\n"
         "comparisons: [[1, 2], [2, 1]]\n",
         "the inverse of its mirror"},
        {HEAD "axes:\n  - {path: a, from: 0, to: 1, steps: 10000}\n  - {path: b, from: 0, to: 1, "
              "steps: 10000}\n",
         "more than a million"},
        {HEAD "method: random\naxes: [{path: fuel.gas_money_kwh, normal: [0.04, 0.04]}]\n",
         "is outside"},
        {HEAD
         "method: latin_hypercube\naxes: [{path: heat_network.length_m, uniform: [-5, 500]}]\n",
         "is outside"},
        {TWO "correlations: [{between: [fuel.gas_money_kwh, heat_network.length_m], rank: 1.2}]\n",
         "is outside"},
        {TWO "correlations: [{between: [fuel.gas_money_kwh, heat_network.lenght_m], rank: 1}]\n",
         "heat_network.lenght_m is no spread"},
        {TWO "correlations: [{between: [fuel.gas_money_kwh], rank: 0.5}]\n", "of two spreads"},
        {TWO "samples: 2\ncorrelations: [{between: [fuel.gas_money_kwh, heat_network.length_m], "
             "rank: 0.5}]\n",
         "2 samples cannot tell 2 axes apart"},
        {THREE
         "correlations:\n  - {between: [fuel.gas_money_kwh, heat_network.length_m], rank: 0.9}\n"
         "  - {between: [fuel.gas_money_kwh, data_centre.hall.it_kw], rank: 0.9}\n"
         "  - {between: [heat_network.length_m, data_centre.hall.it_kw], rank: -0.9}\n",
         "not positive definite"},
        {HEAD "method: morris\naxes: [{path: fuel.gas_money_kwh, uniform: [0.02, 0.03]}, {path: "
              "heat_network.length_m, uniform: [200, 900]}]\ncorrelations: []\n",
         "morris moves its axes"},
        {"study: 2\nscenario: town.yaml\naxes: [{path: step_h, values: [1]}]\n", "of form 1"},
    };
    for (int k = 0; k < COUNT(cases); k++) {
        struct diag *diag = diag_new(folder->arena);
        struct study *study = NULL;
        bool told = false;
        assert_int_equal(read_study(folder, cases[k][0], diag, &study), STATUS_BAD_SCENARIO);
        for (int n = 0; n < diag_count(diag); n++) {
            told = told || strstr(diag_at(diag, n)->text, cases[k][1]);
            assert_non_null(diag_at(diag, n)->remedy);
        }
        if (!told) {
            for (int n = 0; n < diag_count(diag); n++) {
                print_message("%s", diag_render(folder->arena, diag_at(diag, n)));
            }
            fail_msg("case %d wanted: %s", k, cases[k][1]);
        }
    }
}

/* However many combinations there are, they are counted and told: nothing is laid out for them. */
static void too_many_combinations(void **state) {
    struct folder *folder = *state;
    static const struct {
        int axes, steps;
        const char *method, *told;
    } cases[] = {{9, 10, "", "1000000000 plans, more than a million"},
                 {3, 1000, "", "1000000000 plans, more than a million"},
                 {12, 10000, "", "e+47 plans, more than a million"},
                 {9, 10, "decide: [p0, p1, p2, p3, p4, p5, p6, p7, p8]\nregret: npv_money\n",
                  "1000000000 plans, more than a million"}};
    for (int k = 0; k < COUNT(cases); k++) {
        struct text_buffer text;
        text_buffer_init(&text, folder->arena);
        text_add_format(&text, HEAD "%saxes:\n", cases[k].method);
        for (int a = 0; a < cases[k].axes; a++) {
            text_add_format(&text, "  - {path: p%d, from: 0, to: 1, steps: %d}\n", a,
                            cases[k].steps);
        }
        struct diag *diag = diag_new(folder->arena);
        struct study *study = NULL;
        bool told = false;
        size_t before = arena_bytes(folder->arena);
        assert_int_equal(read_study(folder, text.data, diag, &study), STATUS_BAD_SCENARIO);
        size_t values = (size_t)cases[k].axes * (size_t)cases[k].steps;
        assert_true(arena_bytes(folder->arena) - before < (1 << 20) + 256 * values);
        for (int n = 0; n < diag_count(diag); n++) {
            told = told || strstr(diag_at(diag, n)->text, cases[k].told);
        }
        assert_true(told);
    }
}

/* A changed scenario is the scenario that would have been written. */
static void changes_are_what_would_be_written(void **state) {
    struct folder *folder = *state;
    static const struct scenario_change changes[] = {
        {"heat_network.length_m", "750", {"study.yaml", 1, 1}, false},
        {"data_centre.hall.it_kw", "1500", {"study.yaml", 1, 1}, false},
        {"data_centre.0.heat_recovery.max_kw", "800", {"study.yaml", 1, 1}, false},
        {"plant.heat_pump.capacity_kw", "300", {"study.yaml", 1, 1}, false},
        {"money.discount_frac", "0.07", {"study.yaml", 1, 1}, false}, /* not there: added */
        {"data_centre.0.flexible.share_frac", "0.25", {"study.yaml", 1, 1}, false},
        {"data_centre.0.flexible.window_h", "8", {"study.yaml", 1, 1}, false}};
    struct diag *diag = diag_new(folder->arena);
    struct scenario *one = NULL;
    const char *text = NULL;
    size_t size = 0;
    assert_int_equal(scenario_parse_changed(folder->arena, diag, "town.yaml", town, sizeof town - 1,
                                            changes, COUNT(changes), &one),
                     STATUS_OK);
    assert_int_equal(scenario_write(one, folder->arena, &text, &size), STATUS_OK);
    assert_true(one->discount_frac == 0.07);
    assert_non_null(strstr(text, "750"));
    assert_non_null(strstr(text, "1500"));
    assert_true(one->instances[scenario_instance(one, "heat_pump")].capacity.fixed == 300.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grid),
        cmocka_unit_test(options),
        cmocka_unit_test(together),
        cmocka_unit_test(designs),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(changes_are_what_would_be_written),
        cmocka_unit_test(too_many_combinations),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
