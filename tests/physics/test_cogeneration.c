/* Machines of power and heat: directions and limits that no point shows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "close.h"
#include "physics/cogeneration.h"

static void part_load_costs_efficiency(void **state) {
    (void)state;
    double before_eff = 0.0, before_fuel = 0.0;
    for (double load = 0.05; load <= 1.0; load += 0.05) {
        double eff = cogeneration_part_eff(load, 0.42, 0.38);
        assert_true(eff > before_eff && load / eff > before_fuel);
        before_eff = eff;
        before_fuel = load / eff;
    }
}

/* More units are never worse, and endlessly many lose nothing. */
static void a_bank_is_at_least_as_good_as_one(void **state) {
    (void)state;
    for (double load = 0.07; load <= 1.0; load += 0.11) {
        double one = cogeneration_part_eff(load, 0.42, 0.38), many = 0.0;
        for (int units = 1; units <= 64; units *= 2) {
            many = cogeneration_bank_eff(load, units, 0.42, 0.38);
            assert_true(many >= one - 1e-12 && many <= 0.42 + 1e-12);
        }
        assert_true(many > 0.41);
    }
    assert_close(cogeneration_bank_eff(1.0, 7, 0.42, 0.38), 0.42, 1e-12);
}

static void hotter_heat_costs_more_power(void **state) {
    (void)state;
    double before = -1.0;
    for (double heat_c = 35.0; heat_c <= 200.0; heat_c += 5.0) {
        double lost = cogeneration_extraction_kw_kw(heat_c, 35.0, 0.85);
        assert_true(lost > before && lost < 1.0);
        before = lost;
    }
    assert_close(cogeneration_extraction_kw_kw(20.0, 35.0, 0.85), 0.0, 1e-15);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(part_load_costs_efficiency),
                                       cmocka_unit_test(a_bank_is_at_least_as_good_as_one),
                                       cmocka_unit_test(hotter_heat_costs_more_power)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
