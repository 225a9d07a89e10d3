/* Heating surfaces: the heat curve there and back, its ends, and that both means agree. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "physics/emitter.h"

static void the_heat_curve_is_turned_round(void **state) {
    (void)state;
    for (double load_frac = 0.02; load_frac <= 1.4; load_frac += 0.02) {
        double supply_c = 0.0, return_c = 0.0;
        emitter_temperatures_log(load_frac, 70.0, 55.0, 20.0, 1.3, &supply_c, &return_c);
        assert_close(emitter_load_frac(supply_c, return_c, 70.0, 55.0, 20.0, 1.3), load_frac, 1e-9);
        assert_close(supply_c - return_c, 15.0 * load_frac, 1e-9);
    }
}

static void more_load_needs_hotter_water(void **state) {
    double before_c = 0.0;
    (void)state;
    for (double load_frac = 0.0; load_frac <= 1.5; load_frac += 0.05) {
        double supply_c = 0.0, return_c = 0.0, log_c = 0.0, log_return_c = 0.0;
        emitter_temperatures(load_frac, 70.0, 55.0, 20.0, 1.3, &supply_c, &return_c);
        emitter_temperatures_log(load_frac, 70.0, 55.0, 20.0, 1.3, &log_c, &log_return_c);
        assert_true(supply_c > before_c && supply_c >= return_c && return_c >= 20.0);
        assert_close(log_c, supply_c, 0.2); /* the arithmetic mean is a little cautious */
        assert_close(log_return_c, return_c, 0.2);
        before_c = supply_c;
    }
}

static void the_load_is_held(void **state) {
    double supply_c = 0.0, return_c = 0.0, held_c = 0.0;
    (void)state;
    emitter_temperatures(-1.0, 70.0, 55.0, 20.0, 1.3, &supply_c, &return_c);
    assert_close(supply_c, 20.0, 1e-12);
    emitter_temperatures(3.0, 70.0, 55.0, 20.0, 1.3, &supply_c, &return_c);
    emitter_temperatures(1.5, 70.0, 55.0, 20.0, 1.3, &held_c, &return_c);
    assert_close(supply_c, held_c, 0.0);
    /* 42.5 * 1.5^(1/1.3) above the room, and half of 22.5 K */
    assert_close(held_c, 20.0 + 42.5 * pow(1.5, 1.0 / 1.3) + 11.25, 1e-9);
    emitter_temperatures_log(0.0, 70.0, 55.0, 20.0, 1.3, &supply_c, &return_c);
    assert_close(supply_c, 20.0, 1e-9);
    assert_close(return_c, 20.0, 1e-9);
    /* a surface without spread */
    emitter_temperatures_log(0.5, 50.0, 50.0, 20.0, 1.0, &supply_c, &return_c);
    assert_close(supply_c, 35.0, 1e-9);
    assert_close(return_c, 35.0, 1e-9);
    assert_close(emitter_load_frac(60.0, 50.0, 20.0, 20.0, 20.0, 1.3), 0.0, 0.0);
}

/* heat notes section 8: a retrofit that takes 40 % of the load lets the same radiators run 17 K colder. */
static void a_retrofit_lowers_the_supply(void **state) {
    static const double outdoor_c[] = {-12.0, -6.0, 0.0, 6.0, 12.0},
                        after_c[] = {53.2, 48.1, 42.8, 37.2, 31.0};
    (void)state;
    for (int k = 0; k < COUNT(outdoor_c); k++) {
        double supply_c = 0.0, return_c = 0.0;
        double load_frac = 0.6 * emitter_weather_frac(outdoor_c[k], -12.0, 20.0);
        emitter_temperatures(load_frac, 70.0, 55.0, 20.0, 1.3, &supply_c, &return_c);
        assert_close(supply_c, after_c[k], 0.05);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_heat_curve_is_turned_round),
        cmocka_unit_test(more_load_needs_hotter_water),
        cmocka_unit_test(the_load_is_held),
        cmocka_unit_test(a_retrofit_lowers_the_supply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
