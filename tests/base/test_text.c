/* Growing texts, UTF-8, small questions about texts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"

static void a_buffer_grows(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct text_buffer buffer;
    text_buffer_init(&buffer, arena);
    assert_int_equal(buffer.size, 0);
    text_add(&buffer, "");
    assert_string_equal(buffer.data, "");
    for (int i = 0; i < 1000; i++) {
        text_add(&buffer, "0123456789");
    }
    assert_int_equal(buffer.size, 10000);
    assert_int_equal(strlen(buffer.data), 10000);
    text_add_n(&buffer, "a\0b", 3);
    assert_int_equal(buffer.size, 10003);
    assert_int_equal(buffer.data[10001], 0);
    assert_false(text_buffer_failed(&buffer));
    arena_free(arena);
}

static void numbers_ignore_the_locale(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct text_buffer buffer;
    text_buffer_init(&buffer, arena);
    (void)setlocale(LC_ALL, "de_DE.UTF-8"); /* where there is none, the C locale stays */
    text_add_number(&buffer, 0.1);
    text_add(&buffer, ",");
    text_add_fixed(&buffer, 1234567.125, 2);
    text_add(&buffer, ",");
    text_add_fixed(&buffer, -1e300, 15);
    (void)setlocale(LC_ALL, "C");
    assert_memory_equal(buffer.data, "0.1,1234567.12,-1", 17);
    assert_true(text_ends_with(buffer.data, ".000000000000000"));
    text_add_format(&buffer, "%s %d", "\n", 7);
    assert_true(text_ends_with(buffer.data, "0\n 7"));
    arena_free(arena);
}

static void a_failed_buffer_stays_valid(void **state) {
    (void)state;
    struct arena *arena = arena_new(2000);
    struct text_buffer buffer;
    text_buffer_init(&buffer, arena);
    text_add(&buffer, "kept");
    for (int i = 0; i < 10; i++) {
        text_add_format(&buffer, "%600d", i);
    }
    assert_true(text_buffer_failed(&buffer));
    assert_memory_equal(buffer.data, "kept", 4);
    assert_int_equal(strlen(buffer.data), buffer.size);
    size_t size = buffer.size;
    text_add(&buffer, "x");
    assert_int_equal(buffer.size, size);
    arena_free(arena);
}

static void utf8_is_checked_strictly(void **state) {
    (void)state;
    static const char *const good[] = {"",
                                       "abc",
                                       "k\xc3\xa4lte",
                                       "\xe2\x82\xac",
                                       "\xf0\x9f\x94\xa5",
                                       "\xed\x9f\xbf",
                                       "\xee\x80\x80",
                                       "\xf4\x8f\xbf\xbf",
                                       "\xc2\x80",
                                       "\xe0\xa0\x80"};
    static const char *const bad[] = {"\xff",
                                      "\x80",
                                      "\xc3",
                                      "\xc3(",
                                      "\xc0\xaf",
                                      "\xc1\xbf",
                                      "\xe0\x9f\xbf",
                                      "\xed\xa0\x80",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf5\x80\x80\x80",
                                      "\xe2\x82",
                                      "ok\xf0\x9f\x94"};
    for (int i = 0; i < COUNT(good); i++) {
        assert_true(text_is_utf8(good[i], strlen(good[i])));
    }
    for (int i = 0; i < COUNT(bad); i++) {
        assert_false(text_is_utf8(bad[i], strlen(bad[i])));
    }
    assert_true(text_is_utf8("a\0b", 3));
    assert_int_equal(text_utf8_length("\xf0\x9f\x94\xa5", 4), 4);
    assert_int_equal(text_utf8_length("", 0), 0);
}

static void texts_compare(void **state) {
    (void)state;
    assert_true(text_equal("a", "a"));
    assert_false(text_equal("a", "b"));
    assert_true(text_equal(NULL, NULL));
    assert_false(text_equal(NULL, ""));
    assert_true(text_ends_with("weather.epw", ".epw"));
    assert_true(text_ends_with("x", ""));
    assert_false(text_ends_with("w", ".epw"));
    assert_false(text_ends_with(NULL, ".epw"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_buffer_grows),
        cmocka_unit_test(numbers_ignore_the_locale),
        cmocka_unit_test(a_failed_buffer_stays_valid),
        cmocka_unit_test(utf8_is_checked_strictly),
        cmocka_unit_test(texts_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
