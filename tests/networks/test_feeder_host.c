/* Room for load against what can be solved by hand, against the plain scan, and what the options
   build must carry what was asked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "feeders.h"

#include "networks/feeder_host.h"
#include "physics/headroom.h"

#define assert_near(a, b, tolerance)                                                               \
    do {                                                                                           \
        double a_ = (a), b_ = (b);                                                                 \
        if (!(fabs(a_ - b_) <= (tolerance))) {                                                     \
            fail_msg("%s = %.12g, not %.12g within %g", #a, a_, b_, (double)(tolerance));          \
        }                                                                                          \
    } while (0)

/* 10 kV, r = 1 ohm, no reactance: at unity power factor V (1 - V) = P r / U^2, so the lower limit of
   0.95 pu is met at P = 0.95 * 0.05 * 100 MW = 4,750 kW, of which 1,000 are there already. */
static const char *const line =
    "{\"features\": [{\"properties\": {\"bus\": \"a\", \"vn_kv\": 10, \"kind\": \"source\"}},\n"
    "{\"properties\": {\"bus\": \"b\", \"vn_kv\": 10, \"p_kw\": 1000}},\n"
    "{\"properties\": {\"from\": \"a\", \"to\": \"b\", \"r_ohm\": 1, \"x_ohm\": 0, \"length_m\": "
    "2000,"
    " \"rating_a\": %s}}]}";

static void the_line_by_hand(void **state) {
    char text[1024];
    struct feeders f;
    (void)state;
    (void)snprintf(text, sizeof text, line, "1000");
    assert_int_equal(feeders_text(&f, "l.geojson", text), STATUS_OK);
    struct feeder_room room = feeder_host(&f.feeder, f.work, 1, 1.0, 0.0, f.state);
    assert_near(room.extra_kw, 3750.0, 1.0);
    assert_int_equal(room.binding.limit, FEEDER_LOW);
    assert_int_equal(room.binding.at, 1);
    /* twice the load in place: 2,750 left; three fifths of nothing: all 4,750 */
    assert_near(feeder_host(&f.feeder, f.work, 1, 2.0, 0.0, f.state).extra_kw, 2750.0, 1.0);
    assert_near(feeder_host(&f.feeder, f.work, 1, 0.0, 0.0, f.state).extra_kw, 4750.0, 1.0);
    /* beyond the limit already */
    room = feeder_host(&f.feeder, f.work, 1, 5.0, 0.0, f.state);
    assert_true(room.extra_kw == 0.0 && room.binding.limit == FEEDER_LOW);
    feeders_end(&f);
    /* a rating of 100 A binds first: sqrt(3) 10 kV 100 A V = 1732.05 V kW in all */
    (void)snprintf(text, sizeof text, line, "100");
    assert_int_equal(feeders_text(&f, "l.geojson", text), STATUS_OK);
    room = feeder_host(&f.feeder, f.work, 1, 1.0, 0.0, f.state);
    assert_int_equal(room.binding.limit, FEEDER_LOADED);
    double v_pu = 1.0 - 1732.0508 / 1e5; /* V = 1 - I r */
    assert_near(room.extra_kw, 1732.0508 * v_pu - 1000.0, 1.0);
    feeders_end(&f);
}

/* Hours of 1 and of 2: what is curtailed is the mean of what the busy hours lack. */
static void flexible_by_hand(void **state) {
    char text[1024];
    double ratio[100], room_kw[100];
    struct feeders f;
    (void)state;
    (void)snprintf(text, sizeof text, line, "1000");
    assert_int_equal(feeders_text(&f, "l.geojson", text), STATUS_OK);
    for (int h = 0; h < 100; h++) {
        ratio[h] = h < 10 ? 2.0 : 1.0;
    }
    feeder_host_hours(&f.feeder, f.work, 1, ratio, 100, 0.0, f.state, room_kw);
    assert_near(room_kw[0], 2750.0, 1.0);
    assert_near(room_kw[99], 3750.0, 1.0);
    assert_near(headroom_of(room_kw, 100, 0.0).load_kw, 2750.0, 1.0);
    /* 10 % of the hours lack L - 2750: 0.1 (L - 2750) = 0.01 L at L = 3055.6 */
    struct headroom found = headroom_of(room_kw, 100, 0.01);
    assert_near(found.load_kw, 2750.0 / 0.9, 1.5);
    assert_int_equal(found.steps_count, 10);
    assert_int_equal(found.events_count, 1);
    feeders_end(&f);
}

/* The bisection against a plain scan of case33bw in steps of 10 kW, with a limit of 0.9 pu. */
static void the_scan_agrees(void **state) {
    struct feeders f;
    (void)state;
    feeders_case33(&f);
    for (int b = 0; b < f.feeder.buses_count; b++) {
        f.feeder.bus[b].lowest_pu = 0.9;
    }
    for (int b = 1; b < f.feeder.buses_count; b += 8) {
        struct feeder_ask ask = {1.0, b, 0.0, 0.0};
        double room_kw = feeder_host(&f.feeder, f.work, b, 1.0, 0.2, f.state).extra_kw,
               scan_kw = 0.0;
        for (; scan_kw < 1e5; scan_kw += 10.0) {
            ask.extra_kw = scan_kw;
            ask.extra_kvar = 0.2 * scan_kw;
            feeder_solve(&f.feeder, f.work, &ask, f.state);
            if (feeder_violation(&f.feeder, f.state).limit != FEEDER_NO_LIMIT) {
                break;
            }
        }
        assert_true(room_kw <= scan_kw && room_kw > scan_kw - 11.0 - 1e-4 * room_kw);
    }
    feeders_end(&f);
}

/* One branch out of case33bw: without the first nothing is fed, without any other all is, by the
   five ties; and the answer is the best of all single closings. */
static void one_branch_out(void **state) {
    struct feeders f;
    struct feeder_contingency found[64];
    int count = 0;
    (void)state;
    feeders_case33(&f);
    assert_int_equal(feeder_n1(&f.feeder, &feeders_plain, found, &count), STATUS_OK);
    assert_int_equal(count, 32);
    for (int k = 0; k < count; k++) {
        const struct feeder_branch *branch = &f.feeder.branch[found[k].branch];
        bool first = branch->from == f.feeder.source;
        assert_true(first == (found[k].unserved_kw > 0.0));
        assert_true(first == (found[k].tie < 0));
        assert_true(first || found[k].lowest_pu < 0.94); /* the best tree has 0.93782 */
    }
    feeders_end(&f);
}

/* What is strengthened carries what was asked; deep charging takes all of it from the applicant. */
static void options_carry_the_load(void **state) {
    struct feeders f;
    struct feeder_option option[FEEDER_OPTIONS];
    bool doubled[64];
    char text[1024];
    (void)state;
    (void)snprintf(text, sizeof text, line, "1000");
    assert_int_equal(feeders_text(&f, "l.geojson", text), STATUS_OK);
    assert_int_equal(feeder_options(f.arena, &f.feeder, 1, 1.0, 8000.0, 0.0, option, doubled),
                     STATUS_OK);
    /* 9,000 kW need r <= 0.5278 ohm: one second circuit */
    assert_true(option[FEEDER_STRENGTHEN].possible && doubled[0]);
    assert_int_equal(option[FEEDER_STRENGTHEN].branches_count, 1);
    /* 2 km, 8 MW, 4,510 per MW and km */
    assert_near(option[FEEDER_STRENGTHEN].cost_money, 72160.0, 1e-6);
    assert_near(option[FEEDER_STRENGTHEN].deep_money, 72160.0, 1e-6);
    assert_near(option[FEEDER_STRENGTHEN].shallow_money, 0.0, 0.0);
    assert_near(option[FEEDER_OWN_LINE].shallow_money, 72160.0, 1e-6);
    feeders_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_by_hand),       cmocka_unit_test(flexible_by_hand),
        cmocka_unit_test(the_scan_agrees),        cmocka_unit_test(one_branch_out),
        cmocka_unit_test(options_carry_the_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
