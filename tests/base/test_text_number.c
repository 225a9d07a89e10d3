/* Numbers against the C library in the C locale: reading, printing, round trips, rejects. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/text.h"

/* The tests run in the C locale except where one sets another, so strtod and printf judge. */
static double by_library(const char *text) { return strtod(text, NULL); }

static uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void expect_same(const char *text) {
    double value = 12345.0, expected = by_library(text);
    bool read = text_number(text, strlen(text), &value);
    if (isinf(expected)) {
        if (read) {
            fail_msg("'%.60s' is beyond the doubles but was read", text);
        }
        return;
    }
    if (!read || bits_of(value) != bits_of(expected)) {
        fail_msg("'%.60s' read as %a, expected %a", text, value, expected);
    }
}

static void awkward_numbers_read_right(void **state) {
    (void)state;
    static const char *const texts[] = {
        "0",
        "-0",
        "+0.0",
        "00012",
        "1",
        "0.1",
        "0.30000000000000004",
        "123456789012345678901234567890",
        "1e22",
        "1e23",
        "9007199254740993",
        "9007199254740992.5",
        "9007199254740993.000000000000000000000000001",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e309",
        "-1e400",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.5e-324",
        "1e-400",
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "2.2250738585072012e-308",
        "0e999999999999999999",
        "1e-999999999999999999",
        "0.000000000000000000000000000000000000000000000000000001",
        "1000000000000000000000000000000000000000000",
        "8.98846567431158e307",
        "3.5844466002796428e298",
        "9.5e-1",
        "1E5",
        "1e+5",
        "17976931348623157e292",
        "6929495644600919.5",
        "3.7455744005952583e15",
        "5e-324",
        "179769313486231580793e289",
    };
    for (int i = 0; i < COUNT(texts); i++) {
        expect_same(texts[i]);
    }
    char long_text[1200];
    (void)snprintf(long_text, sizeof long_text, "%.1074f",
                   DBL_TRUE_MIN); /* 751 digits, exactly the smallest */
    expect_same(long_text);
    (void)snprintf(long_text, sizeof long_text, "0.%01000d1e1000", 0);
    expect_same(long_text);
}

/* A midpoint of two doubles written out, then a touch above and below: the longest ties there
   are. */
static void ties_are_broken_by_the_last_digit(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 5);
    for (int i = 0; i < 300; i++) {
        uint64_t bits = random_bits(&random) & 0x801fffffffffffffU; /* tiny: many digits */
        double low;
        memcpy(&low, &bits, sizeof low);
        long double middle = ((long double)low + (long double)nextafter(low, 1.0)) / 2.0L;
        char text[2400];
        int size = snprintf(text, sizeof text, "%.1100Lf", middle);
        expect_same(text);
        text[size] = '1';
        text[size + 1] = '\0';
        expect_same(text);
        while (size > 0 && text[size - 1] == '0') {
            size--;
        }
        text[size - 1]--;
        text[size] = '9';
        text[size + 1] = '\0';
        expect_same(text);
    }
}

static void random_texts_read_right(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 2024);
    for (int i = 0; i < 200000; i++) {
        char text[80];
        int size = 0;
        uint64_t draw = random_bits(&random);
        if (draw & 1) {
            text[size++] = '-';
        }
        int before = 1 + (int)((draw >> 1) % 20), after = (int)((draw >> 8) % 20);
        for (int k = 0; k < before; k++) {
            text[size++] = (char)('0' + random_bits(&random) % 10);
        }
        if (after) {
            text[size++] = '.';
        }
        for (int k = 0; k < after; k++) {
            text[size++] = (char)('0' + random_bits(&random) % 10);
        }
        text[size] = '\0';
        int spread = draw & (1U << 20) ? 320 : 25;
        if (draw & (1U << 21)) {
            (void)snprintf(text + size, sizeof text - (size_t)size, "e%d",
                           (int)(random_bits(&random) % (uint64_t)(2 * spread)) - spread);
        }
        expect_same(text);
    }
}

static void what_is_no_number_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",    " ",    "+",     "-",    ".",        "e",        "e5",    ".5",    "5.",    "-.5",
        "1e",  "1e+",  "1e-",   "1.e5", "1.5e",     "1 ",       " 1",    "1\n",   "0x10",  "0x1p3",
        "inf", "-inf", "nan",   "NaN",  "infinity", "1,5",      "1,000", "1_000", "1.2.3", "1e5.0",
        "--1", "+-1",  "1e--5", "1f",   "1d5",      "\xd9\xa1", "1e5e5", "1'000", "1e309", "-1e309",
    };
    for (int i = 0; i < COUNT(texts); i++) {
        double value = 7.0;
        if (text_number(texts[i], strlen(texts[i]), &value)) {
            fail_msg("'%s' was read as %g", texts[i], value);
        }
        assert_true(value == 7.0);
    }
    double value = 7.0;
    assert_false(text_number("1\0", 2, &value));
    assert_true(text_number("12345", 2, &value)); /* only size bytes are looked at */
    assert_true(value == 12.0);
}

static void integers_read_strictly(void **state) {
    (void)state;
    long value = 7;
    assert_true(text_integer("-42", 3, &value) && value == -42);
    assert_true(text_integer("+0042", 5, &value) && value == 42);
    assert_true(text_integer("9223372036854775807", 19, &value) && value == INT64_MAX);
    assert_true(text_integer("-9223372036854775808", 20, &value) && value == INT64_MIN);
    value = 7;
    static const char *const texts[] = {"",
                                        "-",
                                        "+",
                                        "1.0",
                                        "1e3",
                                        " 1",
                                        "1 ",
                                        "0x1",
                                        "9223372036854775808",
                                        "-9223372036854775809",
                                        "99999999999999999999999",
                                        "--1",
                                        "1-"};
    for (int i = 0; i < COUNT(texts); i++) {
        assert_false(text_integer(texts[i], strlen(texts[i]), &value));
    }
    assert_int_equal(value, 7);
}

static void expect_text(double value, const char *expected) {
    char text[TEXT_NUMBER_SIZE];
    int size = text_from_number(text, value);
    assert_string_equal(text, expected);
    assert_int_equal(size, strlen(expected));
}

static void numbers_print_short(void **state) {
    (void)state;
    expect_text(0.1, "0.1");
    expect_text(-0.0, "0");
    expect_text(0.0, "0");
    expect_text(1.0, "1");
    expect_text(-1.5, "-1.5");
    expect_text(100000.0, "100000");
    expect_text(8760.0, "8760");
    expect_text(0.1 + 0.2, "0.30000000000000004");
    expect_text(1e300, "1e+300");
    expect_text(1e-300, "1e-300");
    expect_text(1.5e-7, "1.5e-07");
    expect_text(0.0001, "0.0001");
    expect_text(0.00001, "1e-05");
    expect_text(1e16, "10000000000000000");
    expect_text(1e17, "1e+17");
    expect_text(123456.789, "123456.789");
    expect_text(5e-324, "5e-324");
    expect_text(DBL_MAX, "1.7976931348623157e+308");
    expect_text(DBL_MIN, "2.2250738585072014e-308");
    expect_text(9007199254740993.0, "9007199254740992");
    expect_text(1.0 / 3.0, "0.3333333333333333");
    expect_text(2.0 / 3.0, "0.6666666666666666");
    expect_text(INFINITY, "inf");
    expect_text(-INFINITY, "-inf");
    expect_text(NAN, "nan");
}

static int digits_in(const char *text) {
    char digits[64];
    int count = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text >= '0' && *text <= '9' && (count || *text != '0')) {
            digits[count++] = *text;
        }
    }
    while (count > 0 && digits[count - 1] == '0') {
        count--;
    }
    return count;
}

/* The fewest digits with which printf's rounding reads back. */
static int digits_needed(double value) {
    for (int digits = 1; digits < 17; digits++) {
        char text[64];
        (void)snprintf(text, sizeof text, "%.*e", digits - 1, value);
        if (by_library(text) == value) {
            return digits_in(text);
        }
    }
    return 17;
}

static void expect_round_trip(double value) {
    char text[TEXT_NUMBER_SIZE];
    double back = 0.0;
    int size = text_from_number(text, value);
    assert_int_equal(size, strlen(text));
    assert_true(size < TEXT_NUMBER_SIZE);
    if (!text_number(text, (size_t)size, &back) || back != value || by_library(text) != value) {
        fail_msg("%a printed as %s reads back as %a", value, text, back);
    }
    if (digits_in(text) > digits_needed(value)) {
        fail_msg("%a printed as %s, though %d digits do", value, text, digits_needed(value));
    }
}

static void random_numbers_round_trip(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 7);
    for (int i = 0; i < 30000; i++) {
        uint64_t bits = random_bits(&random);
        double anywhere;
        memcpy(&anywhere, &bits, sizeof anywhere);
        if (isfinite(anywhere)) {
            expect_round_trip(anywhere);
        }
        double near = (random_uniform(&random) - 0.5) * pow(10.0, (double)(bits % 48) - 10.0);
        expect_round_trip(near);
        expect_round_trip(round(near * 1000.0) / 1000.0);
        expect_round_trip(ldexp(1.0, (int)(bits % 2000) - 1020));
    }
    for (int power = -310; power <= 308; power++) {
        char text[16];
        (void)snprintf(text, sizeof text, "1e%d", power);
        double value = by_library(text);
        expect_round_trip(value);
        expect_round_trip(nextafter(value, 0.0));
        expect_round_trip(nextafter(value, 1e308));
    }
}

static void expect_fixed(double value, int decimals, const char *expected) {
    char text[400];
    assert_int_equal(text_from_number_fixed(text, sizeof text, value, decimals), strlen(expected));
    assert_string_equal(text, expected);
}

static void fixed_decimals_round_half_to_even(void **state) {
    (void)state;
    expect_fixed(0.5, 0, "0");
    expect_fixed(1.5, 0, "2");
    expect_fixed(2.5, 0, "2");
    expect_fixed(0.125, 2, "0.12");
    expect_fixed(0.375, 2, "0.38");
    expect_fixed(1.005, 2, "1.00"); /* the double lies below */
    expect_fixed(-0.001, 2, "0.00");
    expect_fixed(-0.006, 2, "-0.01");
    expect_fixed(-0.0, 1, "0.0");
    expect_fixed(1234567.891, 1, "1234567.9");
    expect_fixed(3.0, -4, "3");
    expect_fixed(0.1, 99, "0.100000000000000");
    expect_fixed(NAN, 2, "nan");
    expect_fixed(-INFINITY, 2, "-inf");
    char small[4] = "xxx";
    assert_int_equal(text_from_number_fixed(small, sizeof small, 1234.5, 2), 0);
    assert_string_equal(small, "");
    assert_int_equal(text_from_number_fixed(small, sizeof small, INFINITY, 2), 3);
    assert_int_equal(text_from_number_fixed(small, 0, 1.0, 2), 0);
}

static void a_decimal_comma_changes_nothing(void **state) {
    (void)state;
    if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "fr_FR.UTF-8")) {
        print_message("SKIP: no locale with a decimal comma (Debian package locales)\n");
        skip();
    }
    char printed[16];
    (void)snprintf(printed, sizeof printed, "%.1f", 0.5);
    assert_string_equal(printed, "0,5"); /* the locale is in force */
    expect_text(0.5, "0.5");
    expect_text(1.25e300, "1.25e+300");
    expect_text(5e-324, "5e-324");
    expect_fixed(1234567.125, 2, "1234567.12");
    double value = 0.0;
    assert_true(text_number("1234.5", 6, &value) && value == 1234.5);
    assert_true(text_number("1.25e300", 8, &value) && value == 1.25e300);
    assert_false(text_number("0,5", 3, &value));
    (void)setlocale(LC_ALL, "C");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(awkward_numbers_read_right),
        cmocka_unit_test(ties_are_broken_by_the_last_digit),
        cmocka_unit_test(random_texts_read_right),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(integers_read_strictly),
        cmocka_unit_test(numbers_print_short),
        cmocka_unit_test(random_numbers_round_trip),
        cmocka_unit_test(fixed_decimals_round_half_to_even),
        cmocka_unit_test(a_decimal_comma_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
