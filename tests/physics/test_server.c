/* Servers: what no single point shows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/server.h"

#include "close.h"

static void power_and_utilisation_are_inverse(void **state) {
    (void)state;
    for (double idle = 0.0; idle < 0.6; idle += 0.1) {
        double before = -1.0;
        for (int k = 0; k <= 100; k++) {
            double power = server_power_frac(k / 100.0, idle);
            assert_true(power > before && power >= idle - 1e-12 && power <= 1.0 + 1e-12);
            assert_close(server_utilisation_frac(power, idle), k / 100.0, 1e-9);
            before = power;
        }
    }
}

/* The straight line from idle to full power is within .06 of the curve but for the step from idle. */
static void near_the_straight_line(void **state) {
    (void)state;
    for (int k = 10; k <= 100; k++) {
        assert_close(server_power_frac(k / 100.0, 0.285), 0.285 + 0.715 * k / 100.0, 0.075);
    }
}

static void warm_air_never_saves(void **state) {
    double before = 0.0;
    (void)state;
    for (double inlet = 10.0; inlet <= 45.0; inlet += 0.25) {
        double ratio = server_warm_air_ratio(inlet, 0.0042);
        assert_true(ratio >= before && ratio >= 1.0 && ratio < 1.4);
        before = ratio;
    }
    /* 1U server beyond 30 degC, over its own 27 degC [quoted]: +5 % at 33, +12 % at 37 */
    assert_close(server_warm_air_ratio(37.0, 0.0042) / server_warm_air_ratio(30.0, 0.0042),
                 1.12 / 1.02, 1e-9);
    assert_close(server_warm_air_ratio(33.0, 0.0042) / server_warm_air_ratio(30.0, 0.0042),
                 1.05 / 1.02, 1e-9);
}

static void a_hall_fills_and_is_renewed(void **state) {
    double full = 0.0, work = 0.0;
    (void)state;
    for (int year = 0; year <= 20; year++) {
        assert_true(server_ramp_frac(year, 0.2, 6.0) >= full);
        assert_true(server_refresh_ratio(year, 4.0, 0.15) >= work);
        full = server_ramp_frac(year, 0.2, 6.0);
        work = server_refresh_ratio(year, 4.0, 0.15);
    }
    assert_close(full, 1.0, 1e-12);
    assert_close(server_ramp_frac(0.0, 0.2, 0.0), 1.0, 1e-12); /* no ramp */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(power_and_utilisation_are_inverse),
        cmocka_unit_test(near_the_straight_line),
        cmocka_unit_test(warm_air_never_saves),
        cmocka_unit_test(a_hall_fills_and_is_renewed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
