/* The folder of a result appears at once or not at all: every step of writing fails once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "accounts/accounts.h"
#include "base/file.h"
#include "plan/small.h"
#include "tell/tell.h"

enum { FILES = 8, STEPS_MOST = 500, SHIFTS = 24 };

static const char text[] = SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT;

struct bench {
    struct small small;
    struct accounts *accounts;
    char folder[64];
};

static int set_up(void **state) {
    static struct bench bench;
    bench.small = small_solve(text);
    (void)snprintf(bench.folder, sizeof bench.folder, "/tmp/hearth-tell-XXXXXX");
    *state = &bench;
    bool good = accounts_make(bench.small.plan, bench.small.arena, &bench.accounts) == STATUS_OK;
    return good && mkdtemp(bench.folder) ? 0 : -1;
}

/* Names in a folder, sorted, each followed by a blank; "" when there is no such folder. */
static const char *names(struct arena *arena, const char *path) {
    struct dirent **entry = NULL;
    int count = scandir(path, &entry, NULL, alphasort);
    const char *ret = "";
    for (int k = 0; k < count; k++) {
        if (entry[k]->d_name[0] != '.') {
            ret = arena_format(arena, "%s%s ", ret, entry[k]->d_name);
        }
        free(entry[k]);
    }
    free(entry);
    return ret;
}

static void remove_files(const char *path) {
    DIR *folder = opendir(path);
    for (struct dirent *entry = folder ? readdir(folder) : NULL; entry; entry = readdir(folder)) {
        char inner[512];
        (void)snprintf(inner, sizeof inner, "%s/%.255s", path, entry->d_name);
        if (entry->d_name[0] != '.' && unlink(inner) != 0) {
            remove_files(inner);
        }
    }
    if (folder) {
        (void)closedir(folder);
    }
    (void)rmdir(path);
}

static int tear_down(void **state) {
    struct bench *bench = *state;
    file_fail_after(0);
    arena_fail_after(0);
    remove_files(bench->folder);
    small_free(&bench->small);
    return 0;
}

static const char *content(struct bench *bench, const char *path) {
    char *data = NULL;
    size_t size = 0;
    enum status status = file_read(bench->small.arena, bench->small.diag, (struct place){0}, path,
                                   1 << 24, &data, &size);
    assert_int_equal(status, STATUS_OK);
    return data;
}

static enum status write_folder(struct bench *bench, const char *path, long fails_at) {
    file_fail_after(fails_at);
    enum status status = tell_folder(bench->accounts, bench->small.diag, path, bench->small.arena);
    file_fail_after(0);
    return status;
}

static const char all[] = "accounts.json hourly.csv hourly_apart.csv hourly_today.csv "
                          "indicators.json plan.yaml report.html "
                          "summary.json transfers.csv transfers_year.csv ";

/* Where nothing stood, a failure leaves nothing: no folder, no half, no sibling. */
static void a_failure_leaves_nothing(void **state) {
    struct bench *bench = *state;
    struct arena *arena = bench->small.arena;
    const char *path = arena_format(arena, "%s/deep/out", bench->folder);
    const char *above = arena_format(arena, "%s/deep", bench->folder);
    long step = 1;
    for (; step < STEPS_MOST; step++) {
        enum status status = write_folder(bench, path, step);
        if (status == STATUS_OK) {
            break;
        }
        assert_int_equal(status, STATUS_CANNOT_WRITE);
        assert_string_equal(names(arena, above), "");
    }
    assert_true(step > 4 * FILES); /* open, write, sync, close of each file at least */
    assert_true(step < STEPS_MOST);
    assert_string_equal(names(arena, above), "out ");
    assert_string_equal(names(arena, path), all);
}

/* Where a result stood, a failure leaves it as it was. */
static void a_failure_keeps_the_old_result(void **state) {
    struct bench *bench = *state;
    struct arena *arena = bench->small.arena;
    const char *path = arena_format(arena, "%s/out", bench->folder);
    const char *mark = arena_format(arena, "%s/report.html", path);
    assert_int_equal(write_folder(bench, path, 0), STATUS_OK);
    const char *fresh = content(bench, mark);
    assert_int_equal(file_write(bench->small.diag, mark, "old", 3), STATUS_OK);
    long step = 1;
    for (; step < STEPS_MOST; step++) {
        enum status status = write_folder(bench, path, step);
        if (status == STATUS_OK) {
            break;
        }
        assert_int_equal(status, STATUS_CANNOT_WRITE);
        assert_string_equal(names(arena, path), all);
        assert_string_equal(content(bench, mark), "old");
        assert_string_equal(names(arena, bench->folder), "out ");
    }
    assert_true(step < STEPS_MOST);
    assert_string_equal(content(bench, mark), fresh);
    assert_string_equal(names(arena, bench->folder), "out ");
}

/* The same plan writes the same bytes. */
static void the_same_plan_the_same_bytes(void **state) {
    struct bench *bench = *state;
    struct text_buffer one, two;
    text_buffer_init(&one, bench->small.arena);
    text_buffer_init(&two, bench->small.arena);
    assert_int_equal(tell_report(bench->accounts, bench->small.arena, &one), STATUS_OK);
    assert_int_equal(tell_report(bench->accounts, bench->small.arena, &two), STATUS_OK);
    assert_int_equal(one.size, two.size);
    assert_memory_equal(one.data, two.data, one.size);
}

/* An arena whose blocks end elsewhere for every shift, so that a refusal meets every kind of call. */
static struct arena *shifted(int shift) {
    struct arena *arena = arena_new(0);
    assert_non_null(arena);
    assert_non_null(arena_take(arena, 977L * shift + 1, 1));
    return arena;
}

/* When memory is out at any block, the call says so and touches nothing it should not. */
static void memory_may_fail_at_every_block(void **state) {
    struct bench *bench = *state;
    enum status (*const tell[])(const struct accounts *, struct arena *, struct text_buffer *) = {
        tell_report, tell_summary, tell_hourly, tell_transfers};
    long refused = 0;
    struct text_buffer whole[COUNT(tell)];
    for (int k = 0; k < COUNT(tell); k++) {
        text_buffer_init(&whole[k], bench->small.arena);
        assert_int_equal(tell[k](bench->accounts, bench->small.arena, &whole[k]), STATUS_OK);
    }
    for (int n = 0; n < SHIFTS * COUNT(tell); n++) {
        int k = n % COUNT(tell);
        enum status status = STATUS_NO_MEMORY;
        long block = 1;
        for (; status != STATUS_OK && block < STEPS_MOST; block++) {
            struct arena *arena = shifted(n / COUNT(tell));
            struct text_buffer out;
            text_buffer_init(&out, arena);
            arena_fail_after(block);
            status = tell[k](bench->accounts, arena, &out);
            arena_fail_after(0);
            assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
            if (status == STATUS_OK) { /* then nothing is left out */
                assert_int_equal(out.size, whole[k].size);
                assert_memory_equal(out.data, whole[k].data, out.size);
            }
            arena_free(arena);
        }
        assert_int_equal(status, STATUS_OK);
        refused += block - 2;
    }
    assert_true(refused > 5 * SHIFTS);
}

/* The same for the terminal, in both alphabets. */
static void memory_may_fail_in_the_terminal(void **state) {
    struct bench *bench = *state;
    for (int n = 0; n < 2 * SHIFTS; n++) {
        enum status status = STATUS_NO_MEMORY;
        for (long block = 1; status != STATUS_OK && block < STEPS_MOST; block++) {
            struct arena *arena = shifted(n / 2);
            struct text_buffer out;
            text_buffer_init(&out, arena);
            arena_fail_after(block);
            status = tell_terminal(bench->accounts, true, n % 2 == 1, arena, &out);
            arena_fail_after(0);
            arena_free(arena);
        }
        assert_int_equal(status, STATUS_OK);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_failure_leaves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failure_keeps_the_old_result, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_plan_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(memory_may_fail_at_every_block, set_up, tear_down),
        cmocka_unit_test_setup_teardown(memory_may_fail_in_the_terminal, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
