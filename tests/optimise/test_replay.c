/* The replay: the same bits back, and a clear answer to everything else. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/random.h"
#include "optimise/export.h"
#include "optimise/replay_number.h"
#include "programmes.h"

static void numbers_have_one_spelling(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } known[] = {
        {0.0, "0x0p+0"},
        {-0.0, "-0x0p+0"},
        {1.0, "0x1p+0"},
        {-1.5, "-0x1.8p+0"},
        {12.0, "0x1.8p+3"},
        {0.1, "0x1.999999999999ap-4"},
        {HUGE_VAL, "inf"},
        {-HUGE_VAL, "-inf"},
        {DBL_MAX, "0x1.fffffffffffffp+1023"},
        {DBL_MIN, "0x1p-1022"},
        {DBL_MIN / 2.0, "0x0.8p-1022"},
        {4.9406564584124654e-324, "0x0.0000000000001p-1022"},
    };
    char text[REPLAY_NUMBER_SIZE];
    double back = 0.0;
    for (int i = 0; i < COUNT(known); i++) {
        assert_int_equal(replay_number_text(text, known[i].value), strlen(known[i].text));
        assert_string_equal(text, known[i].text);
        assert_true(replay_number_value(text, strlen(text), &back));
        assert_memory_equal(&back, &known[i].value, sizeof back);
        assert_true(isinf(back) || strtod(text, NULL) == back);
    }
}

static void random_numbers_come_back(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 5);
    for (int i = 0; i < 200000; i++) {
        char text[REPLAY_NUMBER_SIZE];
        double value, back = 0.0;
        uint64_t bits = random_bits(&random);
        memcpy(&value, &bits, sizeof value);
        int size = replay_number_text(text, value);
        assert_true(size > 0 && size < REPLAY_NUMBER_SIZE);
        if (isnan(value)) {
            assert_false(replay_number_value(text, (size_t)size, &back));
            continue;
        }
        assert_true(replay_number_value(text, (size_t)size, &back));
        assert_memory_equal(&back, &value, sizeof back);
    }
}

static void other_spellings_are_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "",
        "-",
        "0",
        "1",
        "1.5",
        "0x1",
        "0x1p",
        "0x1p+",
        "0x1p0",
        "0x1p+00",
        "0x1p-0",
        "0x2p+0",
        "0x1.p+0",
        "0x1.80p+0",
        "0x1.Ap+0",
        "0X1p+0",
        "+0x1p+0",
        "0x1p+1024",
        "0x1p-1023",
        "0x0p-1022",
        "0x0.8p+0",
        "0x1.00000000000001p+0",
        "0x1.g p+0",
        "nan",
        "INF",
        "infinity",
        "inf ",
        "--inf",
        "0x1p+99999999",
        "0x1p+0x",
        "-0x0p+1",
    };
    double back = 0.0;
    for (int i = 0; i < COUNT(wrong); i++) {
        if (replay_number_value(wrong[i], strlen(wrong[i]), &back)) {
            fail_msg("'%s' was read as %g", wrong[i], back);
        }
    }
}

static struct text_buffer written(const struct programme *programme, struct arena *arena) {
    struct text_buffer text;
    text_buffer_init(&text, arena);
    assert_int_equal(export_replay(programme, arena, &text), STATUS_OK);
    return text;
}

static struct programme *read_back(const char *text, size_t size, struct arena *arena) {
    struct diag *diag = diag_new(arena);
    struct programme *programme = NULL;
    enum status status = replay_read("x.replay", text, size, arena, diag, &programme);
    if (status != STATUS_OK) {
        fail_msg("%s",
                 diag_count(diag) ? diag_render(arena, diag_at(diag, 0)) : status_text(status));
    }
    return programme;
}

static void comes_back_bit_for_bit(struct programme *programme, struct arena *arena) {
    struct text_buffer first = written(programme, arena);
    struct programme *again = read_back(first.data, first.size, arena);
    struct text_buffer second = written(again, arena);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    struct programme_flat a, b;
    assert_int_equal(programme_flatten(programme, arena, &a), STATUS_OK);
    assert_int_equal(programme_flatten(again, arena, &b), STATUS_OK);
    assert_int_equal(a.nonzeros, b.nonzeros);
    assert_memory_equal(a.value, b.value, (size_t)a.nonzeros * sizeof *a.value);
    assert_memory_equal(a.row, b.row, (size_t)a.nonzeros * sizeof *a.row);
    assert_memory_equal(a.cost, b.cost, (size_t)a.columns * sizeof *a.cost);
    struct outcome here = {0}, there = {0};
    assert_int_equal(reference_clp_solve(programme, NULL, arena, &here), STATUS_OK);
    assert_int_equal(reference_clp_solve(again, NULL, arena, &there), STATUS_OK);
    assert_int_equal(here.kind, there.kind);
    assert_memory_equal(&here.objective_ratio, &there.objective_ratio, sizeof(double));
    assert_memory_equal(here.x, there.x, (size_t)a.columns * sizeof(double));
}

static void programmes_come_back(void **state) {
    (void)state;
    for (int seed = 1; seed <= 40; seed++) {
        struct arena *arena = arena_new(0);
        enum programmes_kind kind = seed % 5 == 0 ? RANDOM_INFEASIBLE : RANDOM_SOLVABLE;
        comes_back_bit_for_bit(
            programmes_random(arena, (uint64_t)seed, 1 + seed % 8, kind).programme, arena);
        arena_free(arena);
    }
    struct arena *arena = arena_new(0);
    comes_back_bit_for_bit(programmes_two_blocks(arena), arena);
    comes_back_bit_for_bit(programmes_plant(arena, 7, 24, 1), arena);
    struct programme *named = programmes_two_blocks(arena);
    named->name = "odd \\ \n \x7f name \xc3\xa9 ";
    named->designs[0].name = "";
    comes_back_bit_for_bit(named, arena);
    arena_free(arena);
}

static void arrays_are_written_once(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct text_buffer text = written(programmes_plant(arena, 2, 24, 1), arena);
    int arrays = 0;
    for (const char *at = text.data; (at = strstr(at, "array ")) != NULL; at++) {
        arrays++;
    }
    assert_int_equal(arrays, 3); /* price, demand (twice as a bound), sun */
    arena_free(arena);
}

/* Replaces the first `from` by `to` and sets the checksum right again. */
static struct text_buffer edited(const struct text_buffer *text, const char *from, const char *to,
                                 struct arena *arena) {
    struct text_buffer out;
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    text_buffer_init(&out, arena);
    const char *at = strstr(text->data, from), *sum = strstr(text->data, "sha256 ");
    assert_non_null(at);
    assert_non_null(sum);
    text_add_n(&out, text->data, (size_t)(at - text->data));
    text_add(&out, to);
    text_add_n(&out, at + strlen(from), (size_t)(sum - at) - strlen(from));
    hash_init(&hash);
    hash_add(&hash, out.data, out.size);
    hash_hex(&hash, hex);
    text_add_format(&out, "sha256 %s\n", hex);
    return out;
}

static const struct {
    const char *from, *to, *place, *says;
} broken[] = {
    {"hearth_replay 1", "hearth_replay 2", "x.replay:1:15:", "version"},
    {"hearth_replay", "MPS", "x.replay:1:1:", "expected 'hearth_replay'"},
    {"programme two", "program two", "x.replay:2:1:", "expected 'programme'"},
    {"constant 0x1.9p+6", "constant 100", "x.replay:3:10:", "found '100'"},
    {"constant 0x1.9p+6", "constant nan", "x.replay:3:10:", "found 'nan'"},
    {"constant 0x1.9p+6", "constant inf", "x.replay:", "constant is not finite"},
    {"constant 0x1.9p+6", "constant 0x1.9p+6 7", "x.replay:3:19:", "too much"},
    {"design 0x1.cp+2", "desing 0x1.cp+2", "x.replay:4:1:", "begins no line"},
    {"design 0x1.cp+2", "design", "x.replay:", "expected a number"},
    {"block 3 2", "block 0 2", "x.replay:7:7:", "segments"},
    {"block 3 2", "block 3 900000000", "x.replay:7:9:", "steps of a segment"},
    {"block 3 2", "block 16777216 1", "x.replay:8:", "shorter"},
    {"follows 1 0 2", "follows 1 0 3", "x.replay:8:13:", "follows"},
    {"follows 1 0 2", "follows 1 0", "x.replay:9:1:", "follows"},
    {"follows 1 0 2", "folows 1 0 2", "x.replay:8:1:", "expected 'follows'"},
    {"weights 0x1p+0", "weights none", "x.replay:9:14:", "too much"},
    {"map 2 0 0 1", "map 2 0 0 2", "x.replay:10:11:", "period"},
    {"map 2 0 0 1", "map 0 0 0 1", "x.replay:10:5:", "periods"},
    {"array 0 2", "array 1 2", "x.replay:", "array"},
    {"array 0 2", "array 0 2000000000", "x.replay:", "shorter"},
    {"array 0 2", "array 0 3", "x.replay:", "expected a number"},
    {"period 0 @0", "period 1 @0", "x.replay:", "map"},
    {"period 0 @0", "period 0 @1", "x.replay:", "no array '@1' yet"},
    {"period 0 @0", "period 0 @x", "x.replay:", "no array '@x' yet"},
    {"column 0x1p+0", "column @0", "x.replay:", "no array"},
    {"row @1 @1 0 balance", "row @0 @1 0 balance", "x.replay:", "has 2 values, expected 6"},
    {"row @1 @1 0 balance", "row @1 @1 2 balance", "x.replay:", "elastic"},
    {"row @1 @1 0 balance", "row @1 @1 0", "x.replay:", "expected a name"},
    {"row @1 @1 0 balance", "row @1 @1 0 bal\x01", "x.replay:", "control byte"},
    {"row @1 @1 0 balance", "row @1 @1 0 bal\\x0", "x.replay:", "without xNN"},
    {"row @1 @1 0 balance", "row @1 @1 0 bal\\x00", "x.replay:", "without xNN"},
    {"entry 0 step 0", "entry 3 step 0", "x.replay:", "row"},
    {"entry 0 step 0", "entry 0 stop 0", "x.replay:", "expected step"},
    {"entry 0 step 0", "entry 0 step 2", "x.replay:", "column"},
    {"sum_entry 0 step 0", "sum_entry 0 begin 0", "x.replay:", "takes no states"},
    {"border_entry 0 design 0", "border_entry 1 design 0", "x.replay:", "row"},
    {"border_entry 0 design 0", "border_entry 0 design 2", "x.replay:", "no design column 2"},
    {"border_entry 0 period 0 0 1", "border_entry 0 period 0 2 1", "x.replay:", "block"},
    {"border_entry 0 period 0 0 1", "border_entry 0 period 0 0 2", "x.replay:", "no period 2"},
    {"end\n", "", "x.replay:", "ends before its line 'end'"},
    {"end\n", "end\nmore\n", "x.replay:", "stands behind the end"},
};

static void mistakes_have_places(void **state) {
    (void)state;
    for (int i = 0; i < COUNT(broken); i++) {
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        struct programme *programme = NULL;
        struct text_buffer whole = written(programmes_two_blocks(arena), arena);
        struct text_buffer text = edited(&whole, broken[i].from, broken[i].to, arena);
        assert_int_equal(replay_read("x.replay", text.data, text.size, arena, diag, &programme),
                         STATUS_BAD_SCENARIO);
        assert_null(programme);
        assert_int_equal(diag_errors(diag), 1);
        const char *message = diag_render(arena, diag_at(diag, 0));
        if (strncmp(message, broken[i].place, strlen(broken[i].place)) != 0 ||
            !strstr(message, broken[i].says)) {
            fail_msg("case %d: %s", i, message);
        }
        arena_free(arena);
    }
}

static void changed_files_are_noticed(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct text_buffer text = written(programmes_plant(arena, 1, 24, 1), arena);
    struct random random;
    random_seed(&random, 3);
    for (int i = 0; i < 300; i++) {
        struct diag *diag = diag_new(arena);
        struct programme *programme = NULL;
        size_t at = (size_t)(random_uniform(&random) * (double)text.size);
        char kept = text.data[at];
        text.data[at] = (char)(kept ^ (1 << i % 8));
        assert_int_equal(replay_read("x", text.data, text.size, arena, diag, &programme),
                         STATUS_BAD_SCENARIO);
        assert_int_equal(diag_errors(diag), 1);
        text.data[at] = kept;
        size_t size = (size_t)(random_uniform(&random) * (double)text.size);
        assert_int_equal(replay_read("x", text.data, size, arena, diag, &programme),
                         STATUS_BAD_SCENARIO);
    }
    arena_free(arena);
}

/* A short file that asks for a long day is refused at once. */
static void small_files_stay_small(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct text_buffer body, text;
    text_buffer_init(&body, arena);
    text_add(&body,
             "hearth_replay 1\nprogramme x\nblock 1 16777216 0x1p+0\nfollows 0\nweights none\n");
    for (int i = 0; i < 10; i++) {
        text_add(&body, "column 0x0p+0 0x0p+0 inf flow\n");
    }
    text_add(&body, "end\nsha256 \n");
    text = edited(&body, "end\n", "end\n", arena);
    struct diag *diag = diag_new(arena);
    struct programme *programme = NULL;
    assert_int_equal(replay_read("x", text.data, text.size, arena, diag, &programme),
                     STATUS_BAD_SCENARIO);
    assert_non_null(strstr(diag_at(diag, 0)->text, "more than 40000000 columns"));
    arena_free(arena);
}

static void memory_runs_out(void **state) {
    (void)state;
    struct arena *source = arena_new(0);
    struct text_buffer text = written(programmes_plant(source, 10, 24, 1), source);
    bool done = false;
    for (long n = 1; !done && n < 500; n++) {
        arena_fail_after(n);
        struct arena *arena = arena_new(0);
        struct diag *diag = arena ? diag_new(arena) : NULL;
        struct programme *programme = NULL;
        enum status status = STATUS_NO_MEMORY;
        if (diag) {
            status = replay_read("x", text.data, text.size, arena, diag, &programme);
        }
        arena_fail_after(0);
        done = status == STATUS_OK;
        assert_true(done || (status == STATUS_NO_MEMORY && !programme));
        assert_true(!diag || diag_errors(diag) == 0);
        arena_free(arena);
    }
    assert_true(done);
    arena_free(source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_one_spelling),
        cmocka_unit_test(random_numbers_come_back),
        cmocka_unit_test(other_spellings_are_refused),
        cmocka_unit_test(programmes_come_back),
        cmocka_unit_test(arrays_are_written_once),
        cmocka_unit_test(mistakes_have_places),
        cmocka_unit_test(changed_files_are_noticed),
        cmocka_unit_test(small_files_stay_small),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
