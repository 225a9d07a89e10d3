/* The feeder: published power flows to their last digit, two methods that share nothing but the
   branches, the three forms of input, and inputs that are refused. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "feeders.h"

#define assert_near(a, b, tolerance)                                                               \
    do {                                                                                           \
        double a_ = (a), b_ = (b);                                                                 \
        if (!(fabs(a_ - b_) <= (tolerance))) {                                                     \
            fail_msg("%s = %.12g, not %.12g within %g", #a, a_, b_, (double)(tolerance));          \
        }                                                                                          \
    } while (0)

/* Baran and Wu 1989, CASES 2.1: every digit that is published. */
static void case33bw_to_the_last_digit(void **state) {
    struct feeders f;
    (void)state;
    feeders_case33(&f);
    assert_true(feeder_work_radial(f.work));
    for (int method = FEEDER_SWEEP; method <= FEEDER_NEWTON; method++) {
        feeder_solve_by(&f.feeder, f.work, &feeders_plain, (enum feeder_method)method, f.state);
        assert_int_equal(f.state->outcome, FEEDER_SOLVED);
        assert_near(f.state->loss_kw, 202.677, 0.0005);
        assert_near(f.state->loss_kvar, 135.141, 0.0005);
        assert_near(f.state->lowest_pu, 0.91309, 0.000005);
        assert_string_equal(f.feeder.bus[f.state->lowest_bus].name, "18");
        assert_near(f.state->loss_kw, 202.67713, 0.000005);
        assert_near(f.state->lowest_pu, 0.9130905, 0.00000005);
        assert_near(f.state->mismatch_kw, 0.0, 1e-6);
        assert_near(f.state->source_kw, 3715.0 + f.state->loss_kw, 1e-6);
    }
    feeders_end(&f);
}

/* All ties closed it is meshed: the sweep does not apply, Newton's branches balance, and losses
   fall, as Baran and Wu's reconfiguration wants. */
static void case33bw_meshed(void **state) {
    struct feeders f;
    (void)state;
    feeders_case33(&f);
    for (int k = 0; k < f.feeder.branches_count; k++) {
        f.feeder.branch[k].closed = true;
    }
    feeders_prepare(&f);
    assert_false(feeder_work_radial(f.work));
    feeder_solve(&f.feeder, f.work, &feeders_plain, f.state);
    assert_int_equal(f.state->outcome, FEEDER_SOLVED);
    assert_int_equal(f.state->method, FEEDER_NEWTON);
    assert_near(f.state->mismatch_kw, 0.0, 1e-6);
    assert_true(f.state->loss_kw > 100.0 &&
                f.state->loss_kw < 139.6); /* below the best tree's 139.55 */
    feeders_end(&f);
}

/* Switches 7, 9, 14, 32, 37 open: the best tree that Baran and Wu's followers agree on, 139.55 kW. */
static void case33bw_reconfigured(void **state) {
    static const int open[] = {7, 9, 14, 32, 37};
    struct feeders f;
    (void)state;
    feeders_case33(&f);
    /* the numbers are those of the article: line n feeds bus n + 1, ties are 33..37 */
    static const char *const ends[38][2] = {[7] = {"7", "8"},
                                            [9] = {"9", "10"},
                                            [14] = {"14", "15"},
                                            [32] = {"32", "33"},
                                            [37] = {"25", "29"}};
    for (int k = 0; k < f.feeder.branches_count; k++) {
        struct feeder_branch *branch = &f.feeder.branch[k];
        branch->closed = true;
        for (int n = 0; n < 5; n++) {
            const char *a = f.feeder.bus[branch->from].name,
                       *b = f.feeder.bus[branch->to].name, *const *e = ends[open[n]];
            branch->closed = branch->closed && !(strcmp(a, e[0]) == 0 && strcmp(b, e[1]) == 0);
        }
    }
    feeders_prepare(&f);
    assert_true(feeder_work_radial(f.work));
    feeder_solve(&f.feeder, f.work, &feeders_plain, f.state);
    assert_near(f.state->loss_kw, 139.55, 0.005);
    feeders_end(&f);
}

static const char *const ieee14 =
    "function mpc = case14\n"
    "% IEEE 14 bus test case, University of Washington archive (public data)\n"
    "mpc.version = '2';\n"
    "mpc.baseMVA = 100;\n"
    "mpc.bus = [\n"
    "1 3 0 0 0 0 1 1.06 0 0 1 1.06 0.94;\n"
    "2 2 21.7 12.7 0 0 1 1.045 -4.98 0 1 1.06 0.94;\n"
    "3 2 94.2 19 0 0 1 1.01 -12.72 0 1 1.06 0.94;\n"
    "4 1 47.8 -3.9 0 0 1 1.019 -10.33 0 1 1.06 0.94;\n"
    "5 1 7.6 1.6 0 0 1 1.02 -8.78 0 1 1.06 0.94;\n"
    "6 2 11.2 7.5 0 0 1 1.07 -14.22 0 1 1.06 0.94;\n"
    "7 1 0 0 0 0 1 1.062 -13.37 0 1 1.06 0.94;\n"
    "8 2 0 0 0 0 1 1.09 -13.36 0 1 1.06 0.94;\n"
    "9 1 29.5 16.6 0 19 1 1.056 -14.94 0 1 1.06 0.94;\n"
    "10 1 9 5.8 0 0 1 1.051 -15.1 0 1 1.06 0.94;\n"
    "11 1 3.5 1.8 0 0 1 1.057 -14.79 0 1 1.06 0.94;\n"
    "12 1 6.1 1.6 0 0 1 1.055 -15.07 0 1 1.06 0.94;\n"
    "13 1 13.5 5.8 0 0 1 1.05 -15.16 0 1 1.06 0.94;\n"
    "14 1 14.9 5 0 0 1 1.036 -16.04 0 1 1.06 0.94;\n"
    "];\n"
    "mpc.gen = [\n"
    "1 232.4 -16.9 10 0 1.06 100 1;\n"
    "2 40 42.4 50 -40 1.045 100 1;\n"
    "3 0 23.4 40 0 1.01 100 1;\n"
    "6 0 12.2 24 -6 1.07 100 1;\n"
    "8 0 17.4 24 -6 1.09 100 1;\n"
    "];\n"
    "mpc.branch = [\n"
    "1 2 0.01938 0.05917 0.0528 0 0 0 0 0 1;\n"
    "1 5 0.05403 0.22304 0.0492 0 0 0 0 0 1;\n"
    "2 3 0.04699 0.19797 0.0438 0 0 0 0 0 1;\n"
    "2 4 0.05811 0.17632 0.034 0 0 0 0 0 1;\n"
    "2 5 0.05695 0.17388 0.0346 0 0 0 0 0 1;\n"
    "3 4 0.06701 0.17103 0.0128 0 0 0 0 0 1;\n"
    "4 5 0.01335 0.04211 0 0 0 0 0 0 1;\n"
    "4 7 0 0.20912 0 0 0 0 0.978 0 1;\n"
    "4 9 0 0.55618 0 0 0 0 0.969 0 1;\n"
    "5 6 0 0.25202 0 0 0 0 0.932 0 1;\n"
    "6 11 0.09498 0.1989 0 0 0 0 0 0 1;\n"
    "6 12 0.12291 0.25581 0 0 0 0 0 0 1;\n"
    "6 13 0.06615 0.13027 0 0 0 0 0 0 1;\n"
    "7 8 0 0.17615 0 0 0 0 0 0 1;\n"
    "7 9 0 0.11001 0 0 0 0 0 0 1;\n"
    "9 10 0.03181 0.0845 0 0 0 0 0 0 1;\n"
    "9 14 0.12711 0.27038 0 0 0 0 0 0 1;\n"
    "10 11 0.08205 0.19207 0 0 0 0 0 0 1;\n"
    "12 13 0.22092 0.19988 0 0 0 0 0 0 1;\n"
    "13 14 0.17093 0.34802 0 0 0 0 0 0 1;\n"
    "];\n"
    "mpc.gencost = [ 2 0 0 3 0.04 20 0 ];\n"
    "mpc.bus_name = { 'Bus 1; HV'; 'it''s 2' };\n";

/* Voltages, angles and generation printed in the archive's own solved case (three digits, two of
   angle); total losses 13.393 MW is what every program prints for it. */
static void ieee_14_bus(void **state) {
    static const double v_pu[] = {1.06, 1.045, 1.01,  1.018, 1.02,  1.07, 1.062,
                                  1.09, 1.056, 1.051, 1.057, 1.055, 1.05, 1.036},
                        v_deg[] = {0.0,    -4.98,  -12.72, -10.31, -8.77,  -14.22, -13.36,
                                   -13.36, -14.94, -15.1,  -14.79, -15.08, -15.16, -16.04};
    struct feeders f;
    (void)state;
    assert_int_equal(feeders_text(&f, "ieee14.m", ieee14), STATUS_OK);
    feeder_solve(&f.feeder, f.work, &feeders_plain, f.state);
    assert_int_equal(f.state->outcome, FEEDER_SOLVED);
    assert_near(f.state->loss_kw, 13393.0, 0.5);
    assert_near(f.state->source_kw, 232393.0, 0.5);
    assert_near(f.state->mismatch_kw, 0.0, 1e-4);
    for (int b = 0; b < 14; b++) {
        assert_near(f.state->v_pu[b], v_pu[b], 0.00061);
        assert_near(f.state->v_rad[b] * 57.29577951308232, v_deg[b], 0.0151);
    }
    feeders_end(&f);
}

/* Bus 3's generator may give 10 Mvar only: it stops holding 1.01 pu and gives exactly that. */
static void a_generator_at_its_limit(void **state) {
    struct feeders f;
    (void)state;
    assert_int_equal(feeders_text(&f, "ieee14.m", ieee14), STATUS_OK);
    f.feeder.bus[2].most_kvar = 10000.0;
    feeder_solve(&f.feeder, f.work, &feeders_plain, f.state);
    assert_int_equal(f.state->outcome, FEEDER_SOLVED);
    assert_near(f.state->made_kvar[2], 10000.0, 1e-3);
    assert_true(f.state->v_pu[2] < 1.01);
    feeders_end(&f);
}

/* Sweep and Newton on a tree with everything: a transformer whose tap is on either side, phase
   shift, charging, a shunt. */
static const char *const everything = "mpc.baseMVA = 10;\n"
                                      "mpc.bus = [1 3 0 0 0 0 1 1.02 0 110 1 1.1 0.9\n"
                                      "2 1 1 0.4 0 0 1 1 0 20 1 1.1 0.9\n"
                                      "3 1 2 0.9 0.1 0.8 1 1 0 20 1 1.1 0.9\n"
                                      "4 1 1.5 -0.2 0 0 1 1 0 0.4 1 1.1 0.9];\n"
                                      "mpc.gen = [1 0 0 9 -9 1.02 10 1];\n"
                                      "mpc.branch = [1 2 0.005 0.12 0 25 0 0 0.975 30 1 ...\n"
                                      "\n"
                                      "2 3 0.03 0.04 0.02 0 0 0 0 0 1\n"
                                      "4 3 0.02 0.06 0.01 0 0 0 1.05 -150 1];\n";
static void sweep_and_newton_agree(void **state) {
    struct feeders f;
    (void)state;
    assert_int_equal(feeders_text(&f, "t.m", everything), STATUS_OK);
    for (double share = -1.0; share <= 3.01; share += 0.5) {
        struct feeder_ask ask = {share, 2, 300.0 * share, -100.0};
        double v_pu[4], v_rad[4];
        feeder_solve_by(&f.feeder, f.work, &ask, FEEDER_SWEEP, f.state);
        assert_int_equal(f.state->outcome, FEEDER_SOLVED);
        assert_near(f.state->mismatch_kw, 0.0, 1e-6);
        memcpy(v_pu, f.state->v_pu, sizeof v_pu);
        memcpy(v_rad, f.state->v_rad, sizeof v_rad);
        feeder_solve_by(&f.feeder, f.work, &ask, FEEDER_NEWTON, f.state);
        assert_int_equal(f.state->outcome, FEEDER_SOLVED);
        for (int b = 0; b < 4; b++) {
            assert_near(f.state->v_pu[b], v_pu[b], 1e-9);
            assert_near(f.state->v_rad[b], v_rad[b], 1e-9);
        }
    }
    feeders_end(&f);
}

/* The reference's line: 12.47 kV, 3 km of 0.2 + j0.35 ohm/km, 8 MW at 0.98. As GeoJSON. */
static void the_references_line(void **state) {
    struct feeders f;
    (void)state;
    const char *text =
        "{\"type\": \"FeatureCollection\", \"features\": [\n"
        " {\"type\": \"Feature\", \"geometry\": {\"type\": \"LineString\", \"coordinates\": [[9, "
        "55], [9.1, 55]]},\n"
        "  \"properties\": {\"from\": \"a\", \"to\": \"b\", \"r_ohm_km\": 0.2, \"x_ohm_km\": 0.35, "
        "\"length_m\": 3000, \"rating_a\": 400}},\n"
        " {\"type\": \"Feature\", \"geometry\": {\"type\": \"Point\", \"coordinates\": [9, 55]},\n"
        "  \"properties\": {\"bus\": \"a\", \"vn_kv\": 12.47, \"kind\": \"source\"}},\n"
        " {\"type\": \"Feature\", \"geometry\": {\"type\": \"Point\", \"coordinates\": [9.1, "
        "55]},\n"
        "  \"properties\": {\"bus\": \"b\", \"vn_kv\": 12.47, \"p_kw\": 8000, \"q_kvar\": "
        "1624.4692}}]}\n";
    assert_int_equal(feeders_text(&f, "line.geojson", text), STATUS_OK);
    feeder_solve(&f.feeder, f.work, &feeders_plain, f.state);
    assert_near(f.state->v_pu[1], 0.9549, 0.00005);
    assert_near(f.state->loss_kw, 281.97, 0.005);
    assert_near(f.state->load_ratio[0] * 400.0, 395.8, 0.05);
    feeders_end(&f);
}

/* Beyond the nose of the line there is no state; the nearest load is the largest that has one. By
   hand: a line of r = 0, x = 0.1 pu from 1 pu to a load without reactive power can carry
   1 / (2 x) = 5 pu, at a voltage of 0.7071 pu. */
static void beyond_the_nose(void **state) {
    struct feeders f;
    (void)state;
    const char *text =
        "mpc.baseMVA = 1;\n"
        "mpc.bus = [1 3 0 0 0 0 1 1 0 10 1 1.1 0.9; 2 1 8 0 0 0 1 1 0 10 1 1.1 0.9];\n"
        "mpc.branch = [1 2 0 0.1 0 0 0 0 0 0 1];\n";
    assert_int_equal(feeders_text(&f, "nose.m", text), STATUS_OK);
    feeder_solve(&f.feeder, f.work, &feeders_plain, f.state);
    assert_int_equal(f.state->outcome, FEEDER_DIVERGED);
    assert_int_equal(feeder_violation(&f.feeder, f.state).limit, FEEDER_COLLAPSE);
    double share = feeder_nearest_ratio(&f.feeder, f.work, &feeders_plain, f.state);
    assert_near(share, 5.0 / 8.0, 2e-4);
    assert_int_equal(f.state->outcome, FEEDER_SOLVED);
    assert_near(f.state->v_pu[1], 0.7071, 0.02);
    feeders_end(&f);
}

/* ---- what is refused --------------------------------------------------------------------------- */
static void refused(const char *name, const char *text, int line, int column, const char *words) {
    struct feeders f;
    enum status status = feeders_text(&f, name, text);
    if (status != STATUS_BAD_SCENARIO || diag_count(f.diag) == 0) {
        fail_msg("not refused (%s): %s", status_name(status), words);
    }
    for (int k = 0; k < diag_count(f.diag); k++) {
        const struct diag_message *message = diag_at(f.diag, k);
        if (strstr(message->text, words) && message->place.line == line &&
            (column == 0 || message->place.column == column)) {
            feeders_end(&f);
            return;
        }
    }
    fail_msg("no \"%s\" at %d:%d but: %s", words, line, column,
             diag_render(f.arena, diag_at(f.diag, 0)));
}

#define BUSES                                                                                      \
    "mpc.baseMVA = 1;\nmpc.bus = [1 3 0 0 0 0 1 1 0 10 1 1.1 0.9\n2 1 8 0 0 0 1 1 0 10 1 1.1 "     \
    "0.9];\n"

static void mistakes_have_their_place(void **state) {
    (void)state;
    refused("a.m", "mpc.baseMVA = 1O0;\n", 1, 15, "is no number");
    refused("a.m", "mpc.bus = [1 2 3];\n", 1, 12, "a row of 3 numbers where 13 are needed");
    refused("a.m", "mpc.baseMVA = 1;\nmpc.bus = [1 3 0\n", 2, 0, "a row of 3");
    refused("a.m", BUSES "mpc.branch = [1 2 0 0.1 0 0 0 0 0 0 1\n", 4, 14, "never closed");
    refused("a.m", BUSES "mpc.branch = [1 7 0 0.1 0 0 0 0 0 0 1];\n", 4, 15, "there is no bus 7");
    refused("a.m", BUSES "mpc.branch = [1 2 0 0 0 0 0 0 0 0 1];\n", 4, 15, "no impedance");
    refused("a.m",
            BUSES "mpc.branch = [1 2 0 0.1 0 0 0 0 0 0 1];\nmpc.bus(:, 3) = mpc.bus(:, 3) * 2;\n",
            5, 1, "code that changes a table");
    refused("a.m", BUSES "mpc.branch = [1 2 0 0.1 0 0 0 0 0 0 0];\n", 3, 0, "an island");
    refused("a.m", "x = 1;", 1, 1, "baseMVA");
    refused("a.csv", "bus,p_kw\na,1\na,2\n", 0, 0, "buses and branches");
    refused("a.geojson", "{\"a\": 1}", 1, 1, "FeatureCollection");
    refused("a.geojson",
            "{\"features\": [\n{\"properties\": {\"bus\": \"a\", \"vn_kv\": 10}},\n"
            "{\"properties\": {\"bus\": \"a\", \"p_kw\": \"many\"}}]}",
            3, 0, "a number belongs here");
}

/* MATPOWER's own case33bw carries ohms and kW, and code that converts them behind the tables. */
static void the_two_known_conversions(void **state) {
    struct feeders f;
    (void)state;
    const char *text =
        "mpc.baseMVA = 10;\n"
        "mpc.bus = [ %% in kW\n1 3 0 0 0 0 1 1 0 12.47 1 1 1;\n"
        "2 1 8000 1624.4692 0 0 1 1 0 12.47 1 1.1 0.9;\n];\n"
        "mpc.branch = [ 1 2 0.6 1.05 0 0 0 0 0 0 1 -360 360;\n];\n"
        "[PQ, PV, REF, ...\n  NONE] = idx_bus;\n"
        "Vbase = mpc.bus(1, BASE_KV) * 1e3;   %% in Volts\n"
        "Sbase = mpc.baseMVA * 1e6;\n"
        "mpc.branch(:, [BR_R BR_X]) = mpc.branch(:, [BR_R BR_X]) / (Vbase^2 / Sbase);\n"
        "mpc.bus(:, [PD, QD]) = mpc.bus(:, [PD, QD]) / 1e3;\n";
    assert_int_equal(feeders_text(&f, "line.m", text), STATUS_OK);
    feeder_solve(&f.feeder, f.work, &feeders_plain, f.state);
    assert_near(f.state->loss_kw, 281.97, 0.005);
    feeders_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case33bw_to_the_last_digit), cmocka_unit_test(case33bw_meshed),
        cmocka_unit_test(case33bw_reconfigured),      cmocka_unit_test(ieee_14_bus),
        cmocka_unit_test(a_generator_at_its_limit),   cmocka_unit_test(sweep_and_newton_agree),
        cmocka_unit_test(the_references_line),        cmocka_unit_test(beyond_the_nose),
        cmocka_unit_test(mistakes_have_their_place),  cmocka_unit_test(the_two_known_conversions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
