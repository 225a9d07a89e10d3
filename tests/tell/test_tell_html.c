/* Escaping, coordinates, step paths, the PNG writer. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tell/html.h"
#include "tell/png.h"

struct bench {
    struct arena *arena;
    struct text_buffer out;
};

static int set_up(void **state) {
    static struct bench bench;
    bench.arena = arena_new(0);
    text_buffer_init(&bench.out, bench.arena);
    *state = &bench;
    return bench.arena ? 0 : -1;
}

static int tear_down(void **state) {
    arena_free(((struct bench *)*state)->arena);
    return 0;
}

static const char *escaped(struct bench *bench, const char *text) {
    text_buffer_init(&bench->out, bench->arena);
    text_add(&bench->out, "");
    html_text(&bench->out, text);
    return bench->out.data ? bench->out.data : "";
}

static void markup_is_escaped(void **state) {
    assert_string_equal(escaped(*state, "<b a=\"1\">&amp;"), "&lt;b a=&quot;1&quot;&gt;&amp;amp;");
    assert_string_equal(escaped(*state, "]]>"), "]]&gt;");
    assert_string_equal(escaped(*state, "Ünï 中 🏠"), "Ünï 中 🏠");
    assert_string_equal(escaped(*state, ""), "");
    assert_string_equal(escaped(*state, NULL), "");
}

/* What XML forbids, C1 controls, signs that turn the direction of text, and broken UTF-8. */
static void forbidden_signs_become_a_mark(void **state) {
    assert_string_equal(escaped(*state, "a\x01z\x1f\x7f"), "a\uFFFDz\uFFFD\uFFFD");
    assert_string_equal(escaped(*state, "tab\tline\n"), "tab\tline\n");
    assert_string_equal(escaped(*state, "a\u202Eb\u202Ac\u2066d\u2069e"),
                        "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
    assert_string_equal(escaped(*state, "\u202F\u2013\u2026"), "\u202F\u2013\u2026");
    assert_string_equal(escaped(*state, "\xC2\x85|\xEF\xBF\xBE|\xEF\xBF\xBF"),
                        "\uFFFD|\uFFFD|\uFFFD");
    assert_string_equal(escaped(*state, "cut \xE4\xB8"), "cut \uFFFD\uFFFD");
    assert_string_equal(escaped(*state, "\xFF\xC0\xAF"), "\uFFFD\uFFFD\uFFFD");
}

static void coordinates_are_short(void **state) {
    struct bench *bench = *state;
    const double values[] = {0.0, 100.0, 12.5, 33.333, -0.001, 1200.0};
    for (int k = 0; k < COUNT(values); k++) {
        html_number(&bench->out, values[k]);
        text_add(&bench->out, " ");
    }
    assert_string_equal(bench->out.data, "0 100 12.5 33.33 0 1200 ");
}

static void steps_stay_inside_the_plot(void **state) {
    struct bench *bench = *state;
    const double top[3] = {1.0, 3.0, 9.0}, base[3] = {0.0, 1.0, 1.0};
    html_steps(&bench->out, NULL, top, 3, 0.0, 4.0, "x");
    assert_non_null(strstr(bench->out.data, "d=\"M0,75H1V25H2V0H3\""));
    text_buffer_init(&bench->out, bench->arena);
    html_steps(&bench->out, base, top, 3, 0.0, 4.0, "x");
    assert_non_null(strstr(bench->out.data, "d=\"M0,75H1V25H2V0H3V75H2V75H1V100H0Z\""));
    text_buffer_init(&bench->out, bench->arena);
    html_steps(&bench->out, NULL, top, 1, 2.0, 2.0, "x"); /* an axis without extent */
    assert_non_null(strstr(bench->out.data, "M0,100H1"));
}

/* A one-pixel picture, byte for byte as zlib and libpng would store it: signature, IHDR 1 x 1, PLTE
   red, a stored block of filter 0 and index 0, IEND; check sums from zlib.crc32 and adler32. */
static void one_pixel(void **state) {
    struct bench *bench = *state;
    const unsigned char pixel[1] = {0}, palette[1][3] = {{255, 0, 0}};
    png_data(&bench->out, pixel, 1, 1, palette, 1);
    assert_string_equal(
        bench->out.data,
        "data:image/png;base64,"
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAMAAAAoyzS7AAAAA1BMVEX/AAAZ4gk3AAAADUlEQVR4"
        "AQECAP3/AAAAAgABfgUN0gAAAABJRU5ErkJggg==");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(markup_is_escaped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forbidden_signs_become_a_mark, set_up, tear_down),
        cmocka_unit_test_setup_teardown(coordinates_are_short, set_up, tear_down),
        cmocka_unit_test_setup_teardown(steps_stay_inside_the_plot, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_pixel, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
