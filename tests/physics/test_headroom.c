/* Headroom against what can be counted by hand, and against the plain scan over a made year. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "physics/headroom.h"

/* Rooms of 10, 10, 2, 10, 4, 4, 10, 10: at L the steps 2, 4, 5 lack L - 2, L - 4, L - 4. */
static void counted_by_hand(void **state) {
    static const double room_kw[] = {10.0, 10.0, 2.0, 10.0, 4.0, 4.0, 10.0, 10.0};
    (void)state;
    struct headroom found = headroom_of(room_kw, 8, 0.0);
    assert_close(found.load_kw, 2.0, 0.0);
    assert_int_equal(found.steps_count, 0);
    /* 3 L - 10 = 0.1 * 8 L at L = 10 / 2.2 */
    found = headroom_of(room_kw, 8, 0.1);
    assert_close(found.load_kw, 10.0 / 2.2, 1e-9);
    assert_close(found.curtail_frac, 0.1, 1e-9);
    assert_int_equal(found.steps_count, 3);
    assert_int_equal(found.events_count, 2);
    assert_int_equal(found.longest_count, 2);
    assert_close(found.half_frac, 2.0 / 3.0, 1e-12); /* 2 of 4.55 is less than half */
}

/* Beyond its limits already: such a step takes nothing of the load, and not more than the load. */
static void no_room_at_all(void **state) {
    static const double room_kw[] = {-5.0, 4.0, 4.0, 4.0}, none_kw[] = {-1.0, -2.0};
    (void)state;
    assert_close(headroom_of(room_kw, 4, 0.0).load_kw, 0.0, 0.0);
    assert_close(headroom_of(room_kw, 4, 0.25).load_kw, 4.0, 1e-9);
    assert_close(headroom_of(room_kw, 4, 0.20).load_kw, 0.0, 1e-9);
    assert_close(headroom_of(none_kw, 2, 0.5).load_kw, 0.0, 0.0);
    assert_int_equal(headroom_of(none_kw, 2, 0.5).steps_count, 0);
}

/* The largest L of a scan in steps of ten kW that keeps within the share. */
static void the_scan_agrees(void **state) {
    static double room_kw[8760];
    (void)state;
    for (int h = 0; h < 8760; h++) {
        room_kw[h] = 1000.0 - 700.0 * sin(h * 0.000717259963) * sin(h * 0.2617993877991494) -
                     (double)(h * 7919 % 211);
    }
    for (double share = 0.0025; share < 0.06; share *= 2.0) {
        double scan_kw = 0.0;
        for (double load_kw = 10.0; load_kw < 3000.0; load_kw += 10.0) {
            double lacks_kw = 0.0;
            for (int h = 0; h < 8760; h++) {
                lacks_kw += fmin(load_kw, fmax(0.0, load_kw - room_kw[h]));
            }
            if (lacks_kw > share * load_kw * 8760.0) {
                break;
            }
            scan_kw = load_kw;
        }
        double found_kw = headroom_of(room_kw, 8760, share).load_kw;
        assert_true(found_kw >= scan_kw - 1e-6 && found_kw < scan_kw + 10.0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counted_by_hand),
        cmocka_unit_test(no_room_at_all),
        cmocka_unit_test(the_scan_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
