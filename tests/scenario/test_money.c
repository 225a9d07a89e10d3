/* Money of other years and currencies, and the names of parties. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "reader.h"
#include "scenario/money.h"

static double factor(const char *from, int from_year, const char *to, int to_year) {
    double ratio = (double)NAN;
    assert_true(money_factor(from, from_year, to, to_year, &ratio));
    return ratio;
}

static void money_of_the_same_year_and_currency_stays(void **state) {
    static const char *const names[] = {"DKK", "EUR", "GBP", "SEK", "USD"};
    (void)state;
    for (int k = 0; k < COUNT(names); k++) {
        assert_true(money_currency_known(names[k]));
        assert_non_null(strstr(money_currencies(), names[k]));
        for (int year = 2015; year <= 2025; year++) {
            assert_true(fabs(factor(names[k], year, names[k], year) - 1.0) < 1e-15);
        }
    }
}

/* There and back through any year and currency of the same year is the identity. */
static void exchange_has_no_round_trip_gain(void **state) {
    (void)state;
    for (int year = 2015; year <= 2025; year++) {
        double there = factor("EUR", year, "USD", year), back = factor("USD", year, "EUR", year);
        assert_true(fabs(there * back - 1.0) < 1e-12);
        double on = factor("USD", 2015, "USD", year), off = factor("USD", year, "USD", 2015);
        assert_true(fabs(on * off - 1.0) < 1e-12);
    }
    /* ECB reference rates, yearly means: 2015 1.1095, 2022 1.0530, 2023 1.0813 USD per EUR */
    assert_true(fabs(factor("EUR", 2015, "USD", 2015) - 1.1095) < 5e-5);
    assert_true(fabs(factor("EUR", 2022, "USD", 2022) - 1.0530) < 5e-5);
    assert_true(fabs(factor("EUR", 2023, "USD", 2023) - 1.0813) < 5e-5);
    assert_true(factor("EUR", 2020, "EUR", 2023) > 1.1); /* the prices of 2022 */
}

static void what_the_table_lacks_is_refused(void **state) {
    double ratio = 7.0;
    (void)state;
    assert_false(money_factor("EUR", 2014, "EUR", 2020, &ratio));
    assert_false(money_factor("EUR", 2020, "EUR", 2026, &ratio));
    assert_false(money_factor("ABC", 2020, "EUR", 2020, &ratio));
    assert_false(money_factor("EUR", 2020, "eur", 2020, &ratio));
    assert_true(ratio == 7.0);
    assert_false(money_currency_known("ABC"));
    assert_true(strlen(money_source()) > 20);
}

static void parties_have_names_and_titles(void **state) {
    (void)state;
    for (int k = 0; k < PARTY_COUNT; k++) {
        assert_int_equal(party_find(party_name((enum party)k)), k);
        assert_true(strlen(party_title((enum party)k)) > 3);
    }
    assert_int_equal(party_find("nobody"), -1);
    assert_string_equal(case_name(CASE_APART), "apart");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_of_the_same_year_and_currency_stays),
        cmocka_unit_test(exchange_has_no_round_trip_gain),
        cmocka_unit_test(what_the_table_lacks_is_refused),
        cmocka_unit_test(parties_have_names_and_titles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
