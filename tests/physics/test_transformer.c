/* The transformer's year: the difference equations against their own limit, step lengths, and the
   flat load against the cycle. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "physics/transformer.h"

enum { YEAR = 35040, DAY = 96 };
static double load_ratio[YEAR], ambient_c[YEAR], oil_c[YEAR], hot_c[YEAR];

static void flat(double load, double temperature_c) {
    for (int k = 0; k < YEAR; k++) {
        load_ratio[k] = load;
        ambient_c[k] = temperature_c;
    }
}

/* A constant load stays where it began, and ages by its rate: 1.61 of normal paper at rated load. */
static void a_flat_year_is_steady(void **state) {
    struct transformer_thermal t = transformer_thermal_of(TRANSFORMER_ONAF, 6.0);
    (void)state;
    flat(1.0, 20.0);
    struct transformer_run run =
        transformer_year(&t, load_ratio, ambient_c, YEAR, 15.0, false, oil_c, hot_c);
    assert_close(hot_c[YEAR - 1], transformer_hot_spot_c(&t, 1.0, 20.0), 1e-9);
    assert_close(run.aged_h / 8760.0, transformer_ageing_ratio(102.1, false), 1e-6);
    assert_close(run.life_frac, run.aged_h / 180000.0, 1e-15);
    assert_int_equal(run.beyond_count, 0);
}

/* A step's length does not matter while the load stands: 15 steps of one minute are one of 15. And
   the slow obvious way, Euler's with a second, comes to the same. */
static void a_step_is_exact(void **state) {
    struct transformer_thermal t = transformer_thermal_of(TRANSFORMER_ONAN, 6.0);
    (void)state;
    flat(0.3, 10.0);
    load_ratio[0] = 0.3;
    for (int k = 1; k < 61; k++) {
        load_ratio[k] = 1.4;
    }
    (void)transformer_year(&t, load_ratio, ambient_c, 61, 1.0, false, oil_c, hot_c);
    double fine_oil_c = oil_c[60], fine_hot_c = hot_c[60];
    (void)transformer_year(&t, load_ratio, ambient_c, 5, 15.0, false, oil_c, hot_c);
    assert_close(oil_c[4], fine_oil_c, 1e-9);
    assert_close(hot_c[4], fine_hot_c, 1e-9);
    double oil = transformer_oil_c(&t, 0.3, 10.0), end_c = transformer_oil_c(&t, 1.4, 10.0),
           was_dk = transformer_hot_spot_c(&t, 0.3, 10.0) - oil,
           end_dk = transformer_hot_spot_c(&t, 1.4, 10.0) - end_c, fast_dk = 2.0 * was_dk,
           slow_dk = was_dk;
    for (int s = 0; s < 3600; s++) {
        oil += (end_c - oil) / (0.5 * 210.0 * 60.0);
        fast_dk += (2.0 * end_dk - fast_dk) / (2.0 * 10.0 * 60.0);
        slow_dk += (end_dk - slow_dk) / (210.0 / 2.0 * 60.0);
    }
    assert_close(fine_oil_c, oil, 0.01);
    assert_close(fine_hot_c, oil + fast_dk - slow_dk, 0.02);
    assert_true(fine_hot_c - fine_oil_c > end_dk); /* the overshoot */
}

/* The statement of row 51: a flat load takes away the cool night. The same peak, eight hours a day,
   ages far less, and a cyclic rating that is safe for it is not for a flat load. */
static void a_flat_load_ages_faster(void **state) {
    struct transformer_thermal t = transformer_thermal_of(TRANSFORMER_DISTRIBUTION, 6.0);
    double shape_ratio[DAY], ones[DAY];
    (void)state;
    for (int k = 0; k < DAY; k++) {
        shape_ratio[k] = k >= 32 && k < 64 ? 1.0 : 0.4;
        ones[k] = 1.0;
    }
    double cyclic = transformer_rating_ratio(&t, shape_ratio, DAY, 20.0, 120.0, 105.0, 1.5),
           continuous = transformer_rating_ratio(&t, ones, DAY, 20.0, 120.0, 105.0, 1.5);
    assert_close(transformer_hot_spot_c(&t, continuous, 20.0), 120.0, 1e-6);
    assert_true(cyclic > continuous + 0.02);
    flat(cyclic, 20.0);
    struct transformer_run all_day =
        transformer_year(&t, load_ratio, ambient_c, YEAR, 15.0, false, NULL, NULL);
    for (int k = 0; k < YEAR; k++) {
        load_ratio[k] = cyclic * shape_ratio[k % DAY];
    }
    struct transformer_run cycle =
        transformer_year(&t, load_ratio, ambient_c, YEAR, 15.0, false, NULL, NULL);
    assert_true(cycle.beyond_count == 0 && all_day.beyond_count > 30000);
    assert_true(all_day.aged_h > 3.0 * cycle.aged_h);
    assert_close(transformer_rating_ratio(&t, ones, DAY, -40.0, 140.0, 140.0, 1.2), 1.2, 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flat_year_is_steady),
        cmocka_unit_test(a_step_is_exact),
        cmocka_unit_test(a_flat_load_ages_faster),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
