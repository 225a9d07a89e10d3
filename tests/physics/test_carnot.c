/* The ideal machines against each other. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "physics/carnot.h"

static void heating_is_cooling_and_work(void **state) {
    (void)state;
    for (double sink_c = 20.0; sink_c <= 120.0; sink_c += 7.0) {
        for (double source_c = -20.0; source_c < sink_c; source_c += 7.0) {
            double heating = carnot_heating_ratio(sink_c, source_c);
            assert_close(heating - carnot_cooling_ratio(sink_c, source_c), 1.0, 1e-9);
            assert_close(heating * carnot_engine_eff(sink_c, source_c), 1.0, 1e-12);
        }
    }
}

static void there_is_no_end_without_lift(void **state) {
    (void)state;
    assert_true(isinf(carnot_heating_ratio(30.0, 30.0)));
    assert_true(isinf(carnot_cooling_ratio(30.0, 31.0)));
    assert_true(isinf(carnot_lorenz_ratio(30.0, 25.0, 40.0, 35.0)));
    assert_close(carnot_engine_eff(30.0, 30.0), 0.0, 0.0);
}

/* The mean lies between, whichever way round, and near the arithmetic one. */
static void the_mean_is_symmetric(void **state) {
    (void)state;
    for (double glide_dk = 0.0; glide_dk <= 60.0; glide_dk += 2.5) {
        double mean_k = carnot_mean_k(40.0 + glide_dk, 40.0);
        assert_close(carnot_mean_k(40.0, 40.0 + glide_dk), mean_k, 1e-9);
        assert_true(mean_k >= 313.15 && mean_k <= 313.15 + glide_dk);
        assert_close(mean_k, 313.15 + 0.5 * glide_dk, 1.0);
    }
    assert_close(carnot_mean_k(40.0, 40.0 + 1e-7), 313.15, 1e-6);
}

/* Gliding temperatures never need more work than the outer ones. */
static void lorenz_is_at_least_carnot(void **state) {
    (void)state;
    for (double glide_dk = 0.0; glide_dk <= 30.0; glide_dk += 3.0) {
        double lorenz = carnot_lorenz_ratio(80.0, 80.0 - glide_dk, 20.0, 20.0 - 0.3 * glide_dk);
        assert_true(lorenz >= carnot_heating_ratio(80.0, 20.0 - 0.3 * glide_dk) - 1e-9);
    }
    assert_close(carnot_lorenz_ratio(80.0, 80.0, 20.0, 20.0), carnot_heating_ratio(80.0, 20.0),
                 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heating_is_cooling_and_work),
        cmocka_unit_test(there_is_no_end_without_lift),
        cmocka_unit_test(the_mean_is_symmetric),
        cmocka_unit_test(lorenz_is_at_least_carnot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
