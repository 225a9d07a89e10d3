/* Messages: collected, limited, rendered with a caret; the nearest word. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/diag.h"

static const char scenario[] =
    "hearth: 1\nplant:\n  heat_pump:\n    second_law_frac: 0.95\n\tk\xc3\xa4lte: 3\r\n";

static const char *rendered(struct arena *arena, const struct diag *diag, int index) {
    return diag_render(arena, diag_at(diag, index));
}

static int open_group(void **state) {
    *state = arena_new(0);
    return *state ? 0 : -1;
}

static int close_group(void **state) {
    arena_free(*state);
    return 0;
}

static void a_message_shows_line_caret_and_remedy(void **state) {
    struct diag *diag = diag_new(*state);
    diag_file(diag, "town.yaml", scenario, sizeof scenario - 1);
    diag_error(diag, (struct place){"town.yaml", 4, 22}, "second_law_frac: %s is outside 0.2..0.65",
               "0.95");
    diag_remedy(diag, "give a share between %s and %s", "0.2", "0.65");
    assert_string_equal(rendered(*state, diag, 0),
                        "town.yaml:4:22: error: second_law_frac: 0.95 is outside 0.2..0.65\n"
                        "      second_law_frac: 0.95\n"
                        "                       ^\n"
                        "  give a share between 0.2 and 0.65\n");
    assert_int_equal(diag_errors(diag), 1);
    assert_int_equal(diag_count(diag), 1);
}

static void columns_count_characters(void **state) {
    struct diag *diag = diag_new(*state);
    diag_file(diag, "town.yaml", scenario, sizeof scenario - 1);
    diag_warning(diag, (struct place){"town.yaml", 5, 9}, "x");
    assert_string_equal(rendered(*state, diag, 0), "town.yaml:5:9: warning: x\n"
                                                   "   k\xc3\xa4lte: 3\n"
                                                   "          ^\n");
    assert_int_equal(diag_errors(diag), 0);
}

static void places_may_be_unknown(void **state) {
    struct diag *diag = diag_new(*state);
    diag_file(diag, "town.yaml", scenario, sizeof scenario - 1);
    diag_error(diag, (struct place){0}, "a");
    diag_error(diag, (struct place){"town.yaml", 0, 0}, "b");
    diag_error(diag, (struct place){"other.yaml", 3, 1}, "c");
    diag_error(diag, (struct place){"town.yaml", 99, 1}, "d");
    diag_note(diag, (struct place){"town.yaml", 1, 0}, "e");
    diag_error(diag, (struct place){"town.yaml", 1, 500}, "f");
    diag_error(diag, (struct place){"town.yaml", 6, 1}, "g");
    diag_error(diag, (struct place){NULL, 1, 1}, "h");
    assert_string_equal(rendered(*state, diag, 0), "error: a\n");
    assert_string_equal(rendered(*state, diag, 1), "town.yaml: error: b\n");
    assert_string_equal(rendered(*state, diag, 2), "other.yaml:3:1: error: c\n");
    assert_string_equal(rendered(*state, diag, 3), "town.yaml:99:1: error: d\n");
    assert_string_equal(rendered(*state, diag, 4), "town.yaml:1: note: e\n  hearth: 1\n");
    assert_string_equal(rendered(*state, diag, 6), "town.yaml:6:1: error: g\n");
    assert_string_equal(rendered(*state, diag, 7), "input:1:1: error: h\n");
    assert_null(diag_at(diag, -1));
    assert_null(diag_at(diag, 8));
}

static void nothing_in_a_file_steers_the_terminal(void **state) {
    static const char hostile[] = "a\x1b[31m\xff\xc2\x9b: \x7f\n";
    struct diag *diag = diag_new(*state);
    diag_file(diag, "x", hostile, sizeof hostile - 1);
    diag_error(diag, (struct place){"x", 1, 8}, "found '%s'", "\x1b[2J\nnext");
    assert_string_equal(rendered(*state, diag, 0), "x:1:8: error: found '?[2J next'\n"
                                                   "  a?[31m??: ?\n"
                                                   "         ^\n");
}

static void long_lines_are_cut_around_the_column(void **state) {
    char line[3000];
    memset(line, 'a', sizeof line);
    line[1999] = 'X';
    line[sizeof line - 1] = '\n';
    struct diag *diag = diag_new(*state);
    diag_file(diag, "x", line, sizeof line);
    diag_error(diag, (struct place){"x", 1, 2000}, "m");
    const char *text = rendered(*state, diag, 0);
    const char *second = strchr(text, '\n') + 1;
    const char *third = strchr(second, '\n') + 1;
    assert_true(third - second < 130);
    assert_int_equal(second[strchr(third, '^') - third], 'X');
}

static void huge_lines_are_not_shown(void **state) {
    static char line[100000];
    memset(line, 'a', sizeof line);
    struct diag *diag = diag_new(*state);
    diag_file(diag, "x", line, sizeof line);
    diag_error(diag, (struct place){"x", 1, 50000}, "m");
    assert_string_equal(rendered(*state, diag, 0), "x:1:50000: error: m\n");
}

static void messages_beyond_the_limit_are_counted(void **state) {
    struct diag *diag = diag_new(*state);
    for (int i = 0; i < DIAG_LIMIT + 50; i++) {
        diag_error(diag, (struct place){"f", i + 1, 1}, "number %d", i);
        diag_remedy(diag, "remedy %d", i);
    }
    assert_int_equal(diag_count(diag), DIAG_LIMIT);
    assert_int_equal(diag_errors(diag), DIAG_LIMIT + 50);
    assert_string_equal(diag_at(diag, DIAG_LIMIT - 1)->remedy, "remedy 199");
}

static void messages_go_over_to_another_list(void **state) {
    struct diag *from = diag_new(*state), *diag = diag_new(*state);
    diag_file(diag, "f", "one\ntwo\n", 8);
    diag_note(diag, (struct place){"f", 1, 1}, "first");
    for (int i = 0; i < DIAG_LIMIT + 5; i++) {
        diag_error(from, (struct place){"f", 2, 1}, "number %d", i);
    }
    diag_append(diag, from);
    assert_int_equal(diag_errors(diag), DIAG_LIMIT + 5);
    assert_int_equal(diag_count(diag), DIAG_LIMIT);
    assert_string_equal(diag_at(diag, 1)->text, "number 0");
    assert_string_equal(diag_at(diag, 1)->source, "two"); /* by the files of its new list */
    struct diag *warned = diag_new(*state);
    diag_warning(warned, (struct place){NULL, 0, 0}, "careful");
    diag_remedy(warned, "do this");
    struct diag *last = diag_new(*state);
    diag_append(last, warned);
    assert_int_equal(diag_at(last, 0)->level, DIAG_WARNING);
    assert_string_equal(diag_at(last, 0)->remedy, "do this");
    assert_int_equal(diag_errors(last), 0);
}

static void the_nearest_word_is_found(void **state) {
    (void)state;
    static const char *const known[] = {"heat_pump", "gas_boiler",      "tank",      "pv",
                                        NULL,        "second_law_frac", "heat_pumps"};
    assert_string_equal(diag_nearest("heat_pmup", known, COUNT(known)), "heat_pump");
    assert_string_equal(diag_nearest("heat_pump", known, COUNT(known)), "heat_pump");
    assert_string_equal(diag_nearest("heatpumps", known, COUNT(known)), "heat_pumps");
    assert_string_equal(diag_nearest("second_law", known, COUNT(known)) ? "found" : "none", "none");
    assert_string_equal(diag_nearest("secnd_law_fraq", known, COUNT(known)), "second_law_frac");
    assert_string_equal(diag_nearest("tnak", known, COUNT(known)), "tank");
    assert_string_equal(diag_nearest("p", known, COUNT(known)), "pv");
    assert_null(diag_nearest("wind", known, COUNT(known)));
    assert_null(diag_nearest("", known, COUNT(known)));
    assert_null(diag_nearest(NULL, known, COUNT(known)));
    assert_null(diag_nearest("tank", known, 0));
    char endless[500];
    memset(endless, 'a', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    assert_null(diag_nearest(endless, known, COUNT(known)));
}

static void messages_are_sorted_by_file_and_line(void **state) {
    static const struct {
        const char *file;
        int line, column;
        const char *text;
    } told[] = {{"b.csv", 9, 1, "d"},  {"b.csv", 0, 0, "e"},  {"a.yaml", 7, 2, "g"},
                {"b.csv", 2, 5, "c"},  {"a.yaml", 7, 1, "f"}, {"b.csv", 2, 1, "a"},
                {"a.yaml", 8, 1, "h"}, {"b.csv", 2, 1, "b"},  {NULL, 0, 0, "i"}};
    struct diag *diag = diag_new(*state);
    diag_sort(diag);
    for (int k = 0; k < COUNT(told); k++) {
        diag_error(diag, (struct place){told[k].file, told[k].line, told[k].column}, "%s",
                   told[k].text);
        diag_remedy(diag, "remedy of %s", told[k].text);
    }
    diag_sort(diag);
    static const char *const order = "abcdefghi";
    for (int k = 0; k < COUNT(told); k++) {
        assert_int_equal(diag_at(diag, k)->text[0], order[k]);
        assert_int_equal(diag_at(diag, k)->remedy[10], order[k]);
    }
}

static void memory_may_fail_at_every_block(void **state) {
    (void)state;
    for (int n = 1; n < 12; n++) {
        struct arena *arena = arena_new(0);
        arena_fail_after(n);
        struct diag *diag = diag_new(arena);
        for (int i = 0; diag && i < 60; i++) {
            diag_error(diag, (struct place){"f", 1, 1}, "%500d", i);
            diag_remedy(diag, "%500d", i);
            const char *text = diag_render(arena, diag_at(diag, i));
            assert_true(text || arena_failed(arena));
        }
        assert_true(!diag || diag_errors(diag) == 60);
        arena_fail_after(0);
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_shows_line_caret_and_remedy),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(places_may_be_unknown),
        cmocka_unit_test(nothing_in_a_file_steers_the_terminal),
        cmocka_unit_test(long_lines_are_cut_around_the_column),
        cmocka_unit_test(huge_lines_are_not_shown),
        cmocka_unit_test(messages_beyond_the_limit_are_counted),
        cmocka_unit_test(messages_go_over_to_another_list),
        cmocka_unit_test(the_nearest_word_is_found),
        cmocka_unit_test(messages_are_sorted_by_file_and_line),
        cmocka_unit_test(memory_may_fail_at_every_block),
    };
    return cmocka_run_group_tests(tests, open_group, close_group);
}
