/* The YAML reader: places, caps, aliases, duplicates, and what is no text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "scenario/document.h"

static int open_arena(void **state) {
    *state = arena_new(0);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_free(*state);
    return 0;
}

static struct node *parsed(struct arena *arena, const char *text) {
    struct diag *diag = diag_new(arena);
    struct node *root = NULL;
    assert_int_equal(document_parse(arena, diag, "s.yaml", text, strlen(text), &root), STATUS_OK);
    assert_int_equal(diag_errors(diag), 0);
    return root;
}

static void refused(struct arena *arena, const char *text, size_t size, int line, int column,
                    const char *words) {
    struct diag *diag = diag_new(arena);
    struct node *root = NULL;
    assert_int_equal(document_parse(arena, diag, "s.yaml", text, size, &root), STATUS_BAD_SCENARIO);
    assert_null(root);
    assert_int_equal(diag_errors(diag), 1);
    const struct diag_message *message = diag_at(diag, 0);
    if (!strstr(message->text, words) || message->place.line != line ||
        message->place.column != column) {
        fail_msg("wanted %d:%d \"%s\", got %d:%d \"%s\"", line, column, words, message->place.line,
                 message->place.column, message->text);
    }
    assert_string_equal(message->place.file, "s.yaml");
    assert_non_null(message->remedy);
}

static void at(const struct node *node, int line, int column) {
    assert_int_equal(node->place.line, line);
    assert_int_equal(node->place.column, column);
}

static void every_kind_has_its_place(void **state) {
    struct node *root = parsed(*state, "a: 1\nb: [x, \"y\"]\nc:\n  d: ~\n  \xc3\xa4: {e: }\n");
    assert_int_equal(root->kind, NODE_MAP);
    assert_int_equal(root->count, 3);
    at(document_find(root, "a"), 1, 4);
    const struct node *b = document_find(root, "b"), *c = document_find(root, "c");
    assert_int_equal(b->kind, NODE_LIST);
    assert_int_equal(b->count, 2);
    at(b, 2, 4);
    at(b->children[1], 2, 8);
    assert_false(b->children[0]->quoted);
    assert_true(b->children[1]->quoted);
    assert_string_equal(b->children[1]->text, "y");
    assert_int_equal(c->kind, NODE_MAP);
    assert_int_equal(document_find(c, "d")->kind, NODE_NULL);
    assert_int_equal(c->key_places[1].line, 5);
    assert_int_equal(c->key_places[1].column, 3);
    at(c->children[1], 5, 6); /* columns count characters, not bytes */
    assert_int_equal(document_find(c->children[1], "e")->kind, NODE_NULL);
    assert_null(document_find(root, "z"));
    assert_null(document_find(b, "a"));
    assert_null(document_find(NULL, "a"));
}

static void a_scalar_stays_text(void **state) {
    struct node *root =
        parsed(*state, "[no, 0x10, 1e3, 2024-01-08, \"null\", null, '~', 'it''s', \"\\u00e4\"]");
    static const char *const text[] = {"no",   "0x10", "1e3",  "2024-01-08", "null",
                                       "null", "~",    "it's", "\xc3\xa4"};
    for (int k = 0; k < root->count; k++) {
        assert_string_equal(root->children[k]->text, text[k]);
        assert_int_equal(root->children[k]->kind, k == 5 ? NODE_NULL : NODE_SCALAR);
    }
}

static void an_alias_is_the_node_it_names(void **state) {
    struct node *root = parsed(*state, "a: &x {p: 1}\nb: *x\nc: [*x, *x]\nd: &x 2\ne: *x\n");
    assert_ptr_equal(document_find(root, "a"), document_find(root, "b"));
    assert_ptr_equal(document_find(root, "c")->children[1], document_find(root, "a"));
    assert_string_equal(document_find(root, "e")->text, "2"); /* the nearest one above */
}

static void mistakes_name_their_place(void **state) {
    static const struct {
        const char *text;
        int line, column;
        const char *words;
    } cases[] = {
        {"", 1, 1, "empty"},
        {"# only\n", 1, 1, "empty"},
        {"~\n", 1, 1, "empty"},
        {"a: 1\nb: 2\na: 3\n", 3, 1, "a is given twice"},
        {"a: {b: 1, b: 2}\n", 1, 11, "b is given twice"},
        {"a: *b\n", 1, 4, "unknown anchor b"},
        {"a: &a [*a]\n", 1, 8, "contain itself"},
        {"a: &a {b: {c: *a}}\n", 1, 15, "contain itself"},
        {"a: 1\n---\nb: 2\n", 2, 1, "second document"},
        {"a: 1\n...\n{}\n", 3, 1, ""},
        {"? [a]\n: 1\n", 1, 3, "key must be a plain word"},
        {"a: 1\n\"\": 2\n", 2, 1, "key must be a plain word"},
        {"a: [1\nb: 2\n", 2, 2, "no valid YAML"},
        {"a:\n\tb: 1\n", 2, 1, "a tab"},
        {"a: \"open\n", 2, 1, "no valid YAML"},
        {"a: 1\nb: \x01\n", 2, 4, "no plain text"},
        {"a: \xff\n", 1, 4, "no plain text"},
        {"a: \xc3\xa4\xc3\n", 1, 6, "no plain text"},
        {"%\xff\n", 1, 2, "no plain text"}, /* hangs other readers */
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        refused(*state, cases[k].text, strlen(cases[k].text), cases[k].line, cases[k].column,
                cases[k].words);
    }
    refused(*state, "a: \"b\0c\"\n", 9, 1, 6, "no plain text");
    refused(*state, "a: \"b\\0c\"\n", 10, 1, 4, "zero byte");
    refused(*state, "\"a\\0b\": 1\n", 10, 1, 1, "key must be a plain word");
}

static void a_byte_order_mark_is_skipped(void **state) {
    struct node *root = parsed(*state, "\xef\xbb\xbf"
                                       "a: 1\n");
    at(document_find(root, "a"), 1, 4);
    refused(*state,
            "\xff\xfe"
            "a\0:\0",
            6, 1, 1, "no plain text"); /* UTF-16 */
}

/* count copies of piece between head and tail. */
static const char *repeated(struct arena *arena, const char *head, const char *piece, int count,
                            const char *tail) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, head);
    for (int k = 0; k < count; k++) {
        text_add(&out, piece);
    }
    text_add(&out, tail);
    return out.data;
}

static void caps_hold(void **state) {
    struct arena *arena = *state;
    const char *deep = repeated(arena, "", "[", 63, "x");
    deep = repeated(arena, deep, "]", 63, "\n");
    (void)parsed(arena, deep);
    deep = repeated(arena, "a: ", "[", 100000, "");
    refused(arena, deep, strlen(deep), 1, 67, "nested deeper than 64 levels");
    const char *large = repeated(arena, "a: 1\n", "# 45678\n", DOCUMENT_BYTES_MAX / 8, "");
    refused(arena, large, strlen(large), 1, 1, "more than 1 MiB");
    refused(arena, large, DOCUMENT_BYTES_MAX + 1, 1, 1, "more than 1 MiB");
    struct diag *diag = diag_new(arena);
    struct node *root = NULL;
    assert_int_equal(document_parse(arena, diag, "s.yaml", large, DOCUMENT_BYTES_MAX, &root),
                     STATUS_OK);
    const char *many = repeated(arena, "[", "1,", 199998, "1]");
    (void)parsed(arena, many);
    many = repeated(arena, "[", "1,", 200000, "1]");
    refused(arena, many, strlen(many), 1, 400000, "more than 200,000 values");
}

static void aliases_are_counted_as_often_as_they_are_reached(void **state) {
    struct arena *arena = *state;
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int k = 1; k < 4; k++) {
        text_add_format(&out, "a%d: &a%d [", k, k);
        for (int n = 0; n < 10; n++) {
            text_add_format(&out, "%s*a%d", n ? ", " : "", k - 1);
        }
        text_add(&out, "]\n");
    }
    (void)parsed(arena, out.data); /* 10 + 100 + 1,000 + 10,000 and their lists */
    text_add(&out, "b: [*a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3]\n");
    refused(arena, out.data, out.size, 1, 1, "more than 100,000 values");
    text_buffer_init(&out, arena);
    text_add(&out, "a0: &a0 [x]\n");
    for (int k = 1; k < 80; k++) { /* flat to read, deep to walk */
        text_add_format(&out, "a%d: &a%d [*a%d]\n", k, k, k - 1);
    }
    refused(arena, out.data, out.size, 1, 1, "64 levels");
    text_buffer_init(&out, arena);
    for (int k = 0; k < 257; k++) {
        text_add_format(&out, "a%d: &a%d 1\n", k, k);
    }
    refused(arena, out.data, out.size, 257, 7, "more than 256 anchors");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_kind_has_its_place, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_scalar_stays_text, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(an_alias_is_the_node_it_names, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(mistakes_name_their_place, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_byte_order_mark_is_skipped, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(caps_hold, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(aliases_are_counted_as_often_as_they_are_reached,
                                        open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
