/* Numbers as people read them. Expected texts are written by hand from the rules of the look. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "tell/number.h"

static int set_up(void **state) {
    *state = arena_new(0);
    return *state ? 0 : -1;
}

static int tear_down(void **state) {
    arena_free(*state);
    return 0;
}

static void three_digits(void **state) {
    struct arena *arena = *state;
    const struct {
        double value;
        const char *text;
    } cases[] = {{7.0951, "7.10"},
                 {0.0, "0"},
                 {84.449, "84.4"},
                 {999.4, "999"},
                 {9.996, "10.0"},
                 {0.9996, "1.00"},
                 {99.96, "100"},
                 {999.6, "1\u202f000"},
                 {1104.0, "1\u202f100"},
                 {-8249.0, "\u22128\u202f250"},
                 {69618.0, "69\u202f600"},
                 {1234567.0, "1\u202f230\u202f000"},
                 {0.0012345, "0.00123"},
                 {-0.5, "\u22120.500"},
                 {3e-9, "0"},
                 {(double)NAN, "?"},
                 {HUGE_VAL, "?"}};
    for (int k = 0; k < COUNT(cases); k++) {
        assert_string_equal(number_digits(arena, cases[k].value, 3), cases[k].text);
    }
}

static void fixed_decimals_and_signs(void **state) {
    struct arena *arena = *state;
    assert_string_equal(number_fixed(arena, 8760.0, 0), "8\u202f760");
    assert_string_equal(number_fixed(arena, -0.0004, 2), "0.00"); /* no minus before a zero */
    assert_string_equal(number_fixed(arena, 1.27, 2), "1.27");
    assert_string_equal(number_signed(arena, 0.29, 2), "+0.29");
    assert_string_equal(number_signed(arena, -213.4, 3), "\u2212213");
    assert_string_equal(number_signed(arena, 0.0, 3), "0");
}

static void money(void **state) {
    struct arena *arena = *state;
    assert_string_equal(number_money(arena, "USD", 53012.0, false), "$53.0\u202fk");
    assert_string_equal(number_money(arena, "USD", 53012.0, true), "+$53.0\u202fk");
    assert_string_equal(number_money(arena, "EUR", -1340000.0, true), "\u2212€1.34\u202fM");
    assert_string_equal(number_money(arena, "GBP", 942.4, false), "£942");
    assert_string_equal(number_money(arena, "DKK", 12.0, false), "kr\u202f12.0");
    assert_string_equal(number_money(arena, "CHF", 999600.0, false), "CHF\u202f1.00\u202fM");
    assert_string_equal(number_money(arena, "USD", 0.0, true), "$0");
    assert_string_equal(number_money(arena, "USD", -3e-11, true), "$0");
    assert_string_equal(number_money(arena, "USD", (double)NAN, true), "?");
}

static void powers_for_audits(void **state) {
    struct arena *arena = *state;
    assert_string_equal(number_power(arena, 3.4e-10), "3e-10");
    assert_string_equal(number_power(arena, 9.6e-17), "1e-16"); /* not 10e-17 */
    assert_string_equal(number_power(arena, 0.0), "0");
}

static void words_around_numbers(void **state) {
    struct arena *arena = *state;
    assert_string_equal(number_words(arena, "85 % of the town's heat at 20 °C"),
                        "85\u202f% of the town’s heat at 20\u202f°C");
    assert_string_equal(number_words(arena, "1.34 M in 31 days, 400 m long, 2 meters"),
                        "1.34\u202fM in 31 days, 400\u202fm long, 2 meters");
    assert_string_equal(number_words(arena, "213 t less; 4.3 MWh a year; 5 kWh_x"),
                        "213\u202ft less; 4.3\u202fMWh a year; 5 kWh_x");
    assert_string_equal(number_words(arena, "'quoted' and 3'"), "'quoted' and 3'");
    assert_string_equal(number_words(arena, ""), "");
    assert_string_equal(number_words(arena, NULL), "");
}

static void short_texts_keep_whole_letters(void **state) {
    struct arena *arena = *state;
    assert_string_equal(number_short(arena, "campus", 6), "campus");
    assert_string_equal(number_short(arena, "campus", 5), "campu…");
    assert_string_equal(number_short(arena, "Ünïcödé", 3), "Ünï…");
    assert_string_equal(number_short(arena, "中文字", 2), "中文…");
}

static void ascii_for_plain_terminals(void **state) {
    struct arena *arena = *state;
    assert_string_equal(number_ascii(arena, "\u2212€1.34\u202fM at 20\u202f°C, 5\u202fm³, ≥ 3"),
                        "-EUR 1.34 M at 20 deg C, 5 m3, >= 3");
    assert_string_equal(number_ascii(arena, "Größe 中 → x"), "Gr??e ? -> x");
}

static void changes_below_the_last_digits_are_none(void **state) {
    (void)state;
    assert_true(number_change(1e6 + 1e-4, 1e6) == 0.0);
    assert_true(number_change(1e6 + 1.0, 1e6) == 1.0);
    assert_true(number_change(0.0, 0.0) == 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(three_digits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(fixed_decimals_and_signs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(money, set_up, tear_down),
        cmocka_unit_test_setup_teardown(powers_for_audits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_around_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(short_texts_keep_whole_letters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ascii_for_plain_terminals, set_up, tear_down),
        cmocka_unit_test(changes_below_the_last_digits_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
