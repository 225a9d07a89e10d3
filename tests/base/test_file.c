/* Reading with limits, writing whole, folders that appear at once; every write fails once. */
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
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

struct bench {
    struct arena *arena;
    struct diag *diag;
    char folder[64];
};

static int set_up(void **state) {
    static struct bench bench;
    bench.arena = arena_new(0);
    bench.diag = diag_new(bench.arena);
    (void)snprintf(bench.folder, sizeof bench.folder, "/tmp/hearth-test-XXXXXX");
    *state = &bench;
    return mkdtemp(bench.folder) && bench.diag ? 0 : -1;
}

static void remove_tree(const char *path) {
    DIR *folder = opendir(path);
    for (struct dirent *entry = folder ? readdir(folder) : NULL; entry; entry = readdir(folder)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        char inner[512];
        (void)snprintf(inner, sizeof inner, "%s/%.255s", path, entry->d_name);
        if (unlink(inner) != 0) {
            remove_tree(inner);
        }
    }
    if (folder) {
        (void)closedir(folder);
    }
    (void)rmdir(path);
}

static int tear_down(void **state) {
    struct bench *bench = *state;
    remove_tree(bench->folder);
    arena_free(bench->arena);
    return 0;
}

static const char *in(struct bench *bench, const char *name) {
    return arena_format(bench->arena, "%s/%s", bench->folder, name);
}

static int entries(const char *path) {
    int count = 0;
    DIR *folder = opendir(path);
    for (struct dirent *entry = folder ? readdir(folder) : NULL; entry; entry = readdir(folder)) {
        count += entry->d_name[0] != '.';
    }
    if (folder) {
        (void)closedir(folder);
    }
    return count;
}

static const char *content(struct bench *bench, const char *path) {
    char *text = NULL;
    size_t size = 0;
    if (file_read(bench->arena, bench->diag, (struct place){0}, path, 1 << 20, &text, &size) !=
        STATUS_OK) {
        return NULL;
    }
    return text;
}

static const char *last_message(struct bench *bench) {
    return diag_at(bench->diag, diag_count(bench->diag) - 1)->text;
}

static void what_is_written_is_read(void **state) {
    struct bench *bench = *state;
    const char *path = in(bench, "a.txt");
    assert_int_equal(file_write(bench->diag, path, "warm\0water", 10), STATUS_OK);
    char *text = NULL;
    size_t size = 0;
    assert_int_equal(
        file_read(bench->arena, bench->diag, (struct place){0}, path, 10, &text, &size), STATUS_OK);
    assert_int_equal(size, 10);
    assert_memory_equal(text, "warm\0water", 11);
    assert_int_equal(file_write(bench->diag, path, "", 0), STATUS_OK);
    assert_string_equal(content(bench, path), "");
    assert_int_equal(entries(bench->folder), 1);
}

static void limits_hold_for_files_and_streams(void **state) {
    struct bench *bench = *state;
    char *text = NULL;
    size_t size = 7;
    static char large[200000];
    memset(large, 'x', sizeof large);
    const char *path = in(bench, "large");
    assert_int_equal(file_write(bench->diag, path, large, sizeof large), STATUS_OK);
    struct place place = {"town.yaml", 3, 5};
    assert_int_equal(
        file_read(bench->arena, bench->diag, place, path, sizeof large - 1, &text, &size),
        STATUS_BAD_SCENARIO);
    assert_int_equal(diag_at(bench->diag, 0)->place.line, 3);
    assert_non_null(strstr(last_message(bench), "199999 bytes"));
    assert_int_equal(file_read(bench->arena, bench->diag, place, "/dev/zero", 1000, &text, &size),
                     STATUS_BAD_SCENARIO);
    assert_null(text);
    assert_int_equal(size, 7);
    assert_int_equal(file_read(bench->arena, bench->diag, place, path, sizeof large, &text, &size),
                     STATUS_OK);
    assert_int_equal(size, sizeof large);
}

static void missing_and_unfit_files_are_named(void **state) {
    struct bench *bench = *state;
    assert_null(content(bench, in(bench, "nothing")));
    assert_non_null(strstr(last_message(bench), "No such file"));
    assert_non_null(diag_at(bench->diag, 0)->remedy);
    assert_null(content(bench, bench->folder));
    assert_non_null(strstr(last_message(bench), "directory"));
    assert_int_equal(diag_errors(bench->diag), 2);
}

static void standard_input_is_a_dash(void **state) {
    struct bench *bench = *state;
    static char large[150000];
    memset(large, 'y', sizeof large);
    const char *path = in(bench, "input");
    assert_int_equal(file_write(bench->diag, path, large, sizeof large), STATUS_OK);
    FILE *pipe = popen(arena_format(bench->arena, "cat %s", path), "r");
    assert_non_null(pipe);
    int kept = dup(0);
    assert_true(dup2(fileno(pipe), 0) == 0);
    char *text = NULL;
    size_t size = 0;
    assert_int_equal(
        file_read(bench->arena, bench->diag, (struct place){0}, "-", 1 << 20, &text, &size),
        STATUS_OK);
    assert_int_equal(size, sizeof large);
    assert_true(dup2(kept, 0) == 0);
    (void)close(kept);
    (void)pclose(pipe);
}

static void paths_are_relative_to_the_scenario(void **state) {
    struct bench *bench = *state;
    assert_string_equal(file_beside(bench->arena, "examples/town.yaml", "p.csv"), "examples/p.csv");
    assert_string_equal(file_beside(bench->arena, "town.yaml", "p.csv"), "p.csv");
    assert_string_equal(file_beside(bench->arena, "/town.yaml", "p.csv"), "/p.csv");
    assert_string_equal(file_beside(bench->arena, "a/town.yaml", "/p.csv"), "/p.csv");
    assert_string_equal(file_beside(bench->arena, NULL, "p.csv"), "p.csv");
}

static void an_absolute_path_holds_from_anywhere(void **state) {
    struct bench *bench = *state;
    char before[4096], here[4096];
    assert_string_equal(file_absolute(bench->arena, "/a/p.csv"), "/a/p.csv");
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(bench->folder), 0);
    assert_non_null(getcwd(here, sizeof here));
    const char *plain = file_absolute(bench->arena, "p.csv");
    const char *dotted = file_absolute(bench->arena, "././a/p.csv");
    assert_int_equal(chdir("/"), 0);
    const char *root = file_absolute(bench->arena, "p.csv");
    assert_int_equal(chdir(before), 0);
    assert_string_equal(plain, arena_format(bench->arena, "%s/p.csv", here));
    assert_string_equal(dotted, arena_format(bench->arena, "%s/a/p.csv", here));
    assert_string_equal(root, "/p.csv");
}

static enum status write_result(struct bench *bench, const char *path, const char *summary) {
    struct file_folder folder;
    enum status status = file_folder_begin(&folder, bench->diag, path);
    if (status == STATUS_OK) {
        status = file_folder_add(&folder, bench->diag, "hourly.csv", "step\n", 5);
    }
    if (status == STATUS_OK) {
        status = file_folder_add(&folder, bench->diag, "summary.json", summary, strlen(summary));
    }
    if (status == STATUS_OK) {
        status = file_folder_commit(&folder, bench->diag);
    }
    if (status != STATUS_OK) {
        file_folder_abandon(&folder);
    }
    return status;
}

static void a_folder_appears_at_once(void **state) {
    struct bench *bench = *state;
    const char *path = in(bench, "out/seattle/");
    struct file_folder folder;
    assert_int_equal(file_folder_begin(&folder, bench->diag, path), STATUS_OK);
    assert_int_equal(file_folder_add(&folder, bench->diag, "summary.json", "{}", 2), STATUS_OK);
    assert_int_equal(access(path, F_OK), -1); /* not there yet */
    assert_int_equal(file_folder_commit(&folder, bench->diag), STATUS_OK);
    assert_string_equal(content(bench, in(bench, "out/seattle/summary.json")), "{}");
    assert_int_equal(entries(in(bench, "out")), 1);
    file_folder_abandon(&folder); /* after the commit it does nothing */
    assert_int_equal(entries(path), 1);
    assert_int_equal(write_result(bench, path, "{\"new\": 1}"), STATUS_OK);
    assert_string_equal(content(bench, in(bench, "out/seattle/summary.json")), "{\"new\": 1}");
    assert_int_equal(entries(in(bench, "out")), 1);
}

static void an_empty_folder_is_taken(void **state) {
    struct bench *bench = *state;
    assert_int_equal(mkdir(in(bench, "empty"), 0777), 0);
    assert_int_equal(write_result(bench, in(bench, "empty"), "{}"), STATUS_OK);
    assert_int_equal(entries(in(bench, "empty")), 2);
}

static void foreign_things_are_left_alone(void **state) {
    struct bench *bench = *state;
    assert_int_equal(mkdir(in(bench, "photos"), 0777), 0);
    assert_int_equal(file_write(bench->diag, in(bench, "photos/cat.jpg"), "cat", 3), STATUS_OK);
    assert_int_equal(write_result(bench, in(bench, "photos"), "{}"), STATUS_CANNOT_WRITE);
    assert_non_null(strstr(last_message(bench), "not a result"));
    assert_int_equal(file_write(bench->diag, in(bench, "photos/summary.json"), "{}", 2), STATUS_OK);
    assert_int_equal(mkdir(in(bench, "photos/more"), 0777), 0);
    assert_int_equal(write_result(bench, in(bench, "photos"), "{}"), STATUS_CANNOT_WRITE);
    assert_string_equal(content(bench, in(bench, "photos/cat.jpg")), "cat");
    assert_int_equal(file_write(bench->diag, in(bench, "plain"), "text", 4), STATUS_OK);
    assert_int_equal(write_result(bench, in(bench, "plain"), "{}"), STATUS_CANNOT_WRITE);
    assert_int_equal(symlink("photos", in(bench, "link")), 0);
    assert_int_equal(write_result(bench, in(bench, "link"), "{}"), STATUS_CANNOT_WRITE);
    assert_int_equal(write_result(bench, "", "{}"), STATUS_CANNOT_WRITE);
    assert_int_equal(write_result(bench, in(bench, "plain/below"), "{}"), STATUS_CANNOT_WRITE);
}

/* While a run was busy somebody put his own things where the result should go. */
static void a_late_stranger_is_left_alone(void **state) {
    struct bench *bench = *state;
    struct file_folder folder;
    assert_int_equal(file_folder_begin(&folder, bench->diag, in(bench, "late")), STATUS_OK);
    assert_int_equal(file_folder_add(&folder, bench->diag, "summary.json", "{}", 2), STATUS_OK);
    assert_int_equal(mkdir(in(bench, "late"), 0777), 0);
    assert_int_equal(file_write(bench->diag, in(bench, "late/mine"), "x", 1), STATUS_OK);
    assert_int_equal(file_folder_commit(&folder, bench->diag), STATUS_CANNOT_WRITE);
    file_folder_abandon(&folder);
    assert_int_equal(entries(bench->folder), 1);
    assert_int_equal(entries(in(bench, "late")), 1);
}

static void names_within_a_folder_are_plain(void **state) {
    struct bench *bench = *state;
    struct file_folder folder;
    assert_int_equal(file_folder_begin(&folder, bench->diag, in(bench, "r")), STATUS_OK);
    static const char *const names[] = {"../x", "/x", "", "..", ".hidden", "a/b"};
    for (int i = 0; i < COUNT(names); i++) {
        assert_int_equal(file_folder_add(&folder, bench->diag, names[i], "x", 1),
                         STATUS_CANNOT_WRITE);
    }
    assert_int_equal(file_folder_add(&folder, bench->diag, "once", "x", 1), STATUS_OK);
    assert_int_equal(file_folder_add(&folder, bench->diag, "once", "x", 1), STATUS_CANNOT_WRITE);
    file_folder_abandon(&folder);
    assert_int_equal(entries(bench->folder), 0);
}

static void too_long_a_path_is_refused(void **state) {
    struct bench *bench = *state;
    char path[6000];
    memset(path, 'p', sizeof path);
    path[sizeof path - 1] = '\0';
    struct file_folder folder;
    assert_int_equal(file_folder_begin(&folder, bench->diag, path), STATUS_CANNOT_WRITE);
    assert_int_equal(file_write(bench->diag, path, "x", 1), STATUS_CANNOT_WRITE);
}

static void unreadable_streams_are_named(void **state) {
    struct bench *bench = *state;
    int kept = dup(0);
    assert_int_equal(close(0), 0);
    assert_null(content(bench, "-"));
    assert_true(dup2(kept, 0) == 0);
    (void)close(kept);
    if (access("/proc/self/mem", R_OK) == 0) { /* its first bytes cannot be read */
        assert_null(content(bench, "/proc/self/mem"));
        assert_int_equal(diag_errors(bench->diag), 2);
    }
}

static void taken_names_are_tried_in_turn(void **state) {
    struct bench *bench = *state;
    const char *path = in(bench, "deep/result"), *file = in(bench, "deep/file");
    assert_int_equal(write_result(bench, path, "{}"), STATUS_OK);
    for (int i = 0; i < 1000; i++) {
        FILE *taken = fopen(arena_format(bench->arena, "%s.new-%d", file, i), "w");
        assert_non_null(taken);
        (void)fclose(taken);
        assert_int_equal(mkdir(arena_format(bench->arena, "%s.old-%d", path, i), 0777), 0);
        enum status status = i < 999 ? STATUS_OK : STATUS_CANNOT_WRITE;
        if (i % 333 == 0) {
            assert_int_equal(file_write(bench->diag, file, "x", 1), status);
            assert_int_equal(write_result(bench, path, "{}"), status);
        }
    }
}

/* Each write fails once; afterwards the old result stands whole or the new one does, and nothing
   lies around. */
static void every_write_may_fail(void **state) {
    struct bench *bench = *state;
    const char *path = in(bench, "deep/result"), *file = in(bench, "file");
    for (int kind = 0; kind < 3; kind++) { /* a new folder, one that replaces, a single file */
        bool done = false;
        for (int n = 1; !done; n++) {
            assert_true(n < 100);
            assert_int_equal(file_write(bench->diag, file, "old", 3), STATUS_OK);
            if (kind == 0) {
                remove_tree(in(bench, "deep"));
            }
            file_fail_after(n);
            enum status status = kind == 2 ? file_write(bench->diag, file, "new", 3)
                                           : write_result(bench, path, "{}");
            file_fail_after(0);
            done = status == STATUS_OK;
            assert_true(done || status == STATUS_CANNOT_WRITE);
            assert_string_equal(content(bench, file), kind == 2 && done ? "new" : "old");
            bool whole = access(in(bench, "deep/result/summary.json"), F_OK) == 0;
            assert_true(kind == 0 ? whole == done : whole);
            assert_true(entries(in(bench, "deep")) <= 1);
            assert_true(entries(bench->folder) <= 2);
            bench->diag = diag_new(bench->arena);
        }
    }
}

/* Memory fails at every block of a read. */
static void reading_survives_lack_of_memory(void **state) {
    struct bench *bench = *state;
    const char *path = in(bench, "input");
    static char large[100000];
    memset(large, 'z', sizeof large);
    assert_int_equal(file_write(bench->diag, path, large, sizeof large), STATUS_OK);
    for (int n = 1; n < 6; n++) {
        struct arena *arena = arena_new(0);
        char *text = NULL;
        size_t size = 0;
        arena_fail_after(n);
        enum status status =
            file_read(arena, bench->diag, (struct place){0}, path, 1 << 20, &text, &size);
        arena_fail_after(0);
        assert_true(status == (n == 1 ? STATUS_NO_MEMORY : STATUS_OK));
        arena_free(arena);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_read),
        TEST(limits_hold_for_files_and_streams),
        TEST(missing_and_unfit_files_are_named),
        TEST(standard_input_is_a_dash),
        TEST(paths_are_relative_to_the_scenario),
        TEST(an_absolute_path_holds_from_anywhere),
        TEST(a_folder_appears_at_once),
        TEST(an_empty_folder_is_taken),
        TEST(foreign_things_are_left_alone),
        TEST(a_late_stranger_is_left_alone),
        TEST(names_within_a_folder_are_plain),
        TEST(too_long_a_path_is_refused),
        TEST(every_write_may_fail),
        TEST(unreadable_streams_are_named),
        TEST(taken_names_are_tried_in_turn),
        TEST(reading_survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
