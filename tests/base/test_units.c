/* The unit that a name ends in, and the table itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/units.h"

static void expect_suffix(const char *name, const char *suffix) {
    const struct unit *unit = units_of_name(name);
    if (!suffix) {
        assert_null(unit);
        return;
    }
    assert_non_null(unit);
    assert_string_equal(unit->suffix, suffix);
}

static void the_longest_suffix_wins(void **state) {
    (void)state;
    expect_suffix("heat_kw", "kw");
    expect_suffix("flux_kw_m2", "kw_m2");
    expect_suffix("energy_money_kwh", "money_kwh");
    expect_suffix("kw_m2", "kw_m2");
    expect_suffix("kw", "kw");
    expect_suffix("supply_c", "c");
    expect_suffix("lift_min_dk", "dk");
    expect_suffix("demand_money_kw_month", "money_kw_month");
    expect_suffix("heatkw", NULL);
    expect_suffix("name", NULL);
    expect_suffix("", NULL);
    expect_suffix("heat_kw_", NULL);
    expect_suffix(NULL, NULL);
}

static void the_table_is_sound(void **state) {
    (void)state;
    assert_true(units_count() > 50);
    for (int i = 0; i < units_count(); i++) {
        const struct unit *unit = units_at(i);
        assert_true(units_by_suffix(unit->suffix) == unit); /* no suffix stands twice */
        assert_true(strlen(unit->symbol) > 0 && strlen(unit->meaning) > 0);
    }
    assert_null(units_at(-1));
    assert_null(units_at(units_count()));
    assert_null(units_by_suffix("furlong"));
    assert_null(units_by_suffix(NULL));
}

static void helpers_convert(void **state) {
    (void)state;
    assert_true(units_k_from_c(0.0) == 273.15);
    assert_true(units_c_from_k(273.15) == 0.0);
    assert_true(units_energy_kwh(100.0, 0.25, 2.0) == 50.0);
    assert_true(units_energy_kwh(100.0, 1.0, 0.0) == 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_suffix_wins),
        cmocka_unit_test(the_table_is_sound),
        cmocka_unit_test(helpers_convert),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
