/* Processes that die, and what a study keeps. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <signal.h>

#include "base/workers.h"
#include "folder.h"
#include "studies/store.h"

/* ---- processes ---- */

struct tally {
    long done, died, sum;
    const char *path; /* of a file that the first of a pair of processes makes */
};

static void square(void *data, long index, void *result) {
    (void)data;
    *(long *)result = index * index;
}

static bool add_up(void *data, long index, const void *result) {
    struct tally *tally = data;
    tally->done += result != NULL;
    tally->died += result == NULL;
    tally->sum += result ? *(const long *)result : 0;
    if (result) {
        assert_int_equal(*(const long *)result, index * index);
    }
    return true;
}

/* Piece 7 kills its process each time; piece 3 only the first time. */
static void fragile(void *data, long index, void *result) {
    const struct tally *tally = data;
    if (index == 7 || (index == 3 && access(tally->path, F_OK) != 0)) {
        FILE *made = index == 3 ? fopen(tally->path, "w") : NULL;
        if (made) {
            (void)fclose(made);
        }
        (void)raise(SIGKILL);
    }
    *(long *)result = index * index;
}

static bool stop_at_ten(void *data, long index, const void *result) {
    (void)add_up(data, index, result);
    return ((struct tally *)data)->done < 10;
}

static struct workers crew(int processes, long count, void (*work)(void *, long, void *),
                           bool (*done)(void *, long, const void *), struct tally *tally) {
    return (struct workers){.processes = processes,
                            .count = count,
                            .result_size = sizeof(long),
                            .work = work,
                            .done = done,
                            .data = tally};
}

/* Somebody else has ten pieces, and leaves the last two over when nothing else is left. */
struct elsewhere {
    long next, times;
};

static long hand_out(void *data) {
    struct elsewhere *other = data;
    long most = other->times > 3 ? 10 : 8;
    return other->next < most ? other->next++ : -1;
}

static bool has_more(void *data) {
    struct elsewhere *other = data;
    other->times++;
    return other->next < 10;
}

static void processes(void **state) {
    struct folder *folder = *state;
    for (int count = 1; count <= 3; count++) {
        struct tally tally = {0, 0, 0, NULL};
        struct workers all = crew(count, 100, square, add_up, &tally);
        assert_int_equal(workers_run(&all), STATUS_OK);
        assert_true(tally.done == 100 && tally.died == 0 && tally.sum == 328350);
        struct tally frail = {0, 0, 0, arena_format(folder->arena, "%s/town.db", folder->path)};
        struct workers some = crew(count, 20, fragile, add_up, &frail);
        assert_int_equal(workers_run(&some), STATUS_OK);
        assert_true(frail.done == 19 && frail.died == 1 && frail.sum == 2470 - 49);
        (void)unlink(frail.path);
        struct tally few = {0, 0, 0, NULL};
        struct workers stopped = crew(count, 100000, square, stop_at_ten, &few);
        assert_int_equal(workers_run(&stopped), STATUS_OK);
        assert_true(few.done >= 10 && few.done < 10 + count);
        struct workers none = crew(count, 0, square, add_up, &few);
        assert_int_equal(workers_run(&none), STATUS_OK);
        static const long numbers[] = {5, 7, 11};
        struct tally odd = {0, 0, 0, NULL};
        struct workers by_number = crew(count, 3, square, add_up, &odd);
        by_number.pieces = numbers;
        assert_int_equal(workers_run(&by_number), STATUS_OK);
        assert_true(odd.done == 3 && odd.sum == 25 + 49 + 121);
        struct elsewhere other = {0, 0};
        struct tally given = {0, 0, 0, NULL};
        struct workers fed = crew(count, 10, square, add_up, &given);
        fed.next = hand_out;
        fed.meanwhile = has_more;
        fed.source = &other;
        assert_int_equal(workers_run(&fed), STATUS_OK);
        assert_true(given.done == 10 && given.sum == 285);
    }
}

/* ---- what is kept ---- */

static bool stop_after_four(void *data, long done, long all, long failed) {
    (void)data;
    (void)all;
    (void)failed;
    return done >= 4;
}

/* A study that is stopped, run again and run elsewhere in one go: the same figures; equal rows are planned once; a study
   that grows plans only what is new. */
static void what_is_kept(void **state) {
    struct folder *folder = *state;
    static const char text[] =
        HEAD "axes:\n  - {path: heat_network.length_m, values: [200, 500, 200, 1000]}\n"
             "  - {path: fuel.gas_money_kwh, values: [0.03, 0.06]}\n";
    static const char longer[] =
        HEAD "axes:\n  - {path: heat_network.length_m, values: [200, 500, 200, 1000, 2000]}\n"
             "  - {path: fuel.gas_money_kwh, values: [0.03, 0.06]}\n";
    const char *store = arena_format(folder->arena, "%s/study.db", folder->path);
    struct diag *diag = diag_new(folder->arena);
    struct study_options stopped = {.processes = 1, .progress = stop_after_four},
                         whole = {.processes = 2};
    struct study_results some, rest, more;
    const struct study *study = good_study(folder, text);
    (void)unlink(store);
    assert_int_equal(study_run(study, &stopped, folder->path, "1", folder->arena, diag, &some),
                     STATUS_CANCELLED);
    assert_int_equal(some.planned, 4);
    assert_int_equal(study_run(study, &whole, folder->path, "1", folder->arena, diag, &rest),
                     STATUS_OK);
    assert_int_equal(rest.kept, 4);
    assert_int_equal(rest.planned, 2); /* 8 rows, 6 different ones */
    int cost = study_name(&rest, "together.cost_money_year");
    assert_true(cost >= 0);
    for (int row = 0; row < 8; row++) {
        assert_int_equal(rest.status[row], STATUS_OK);
        assert_true(isfinite(rest.value[row * rest.names_count + cost]));
    }
    size_t row_bytes = sizeof(double) * (size_t)rest.names_count;
    assert_memory_equal(rest.value, rest.value + 4 * rest.names_count, row_bytes);
    (void)unlink(store);
    (void)unlink(arena_format(folder->arena, "%s-wal", store));
    assert_int_equal(study_run(study, &whole, folder->path, "1", folder->arena, diag, &some),
                     STATUS_OK);
    assert_memory_equal(some.value, rest.value, 8 * row_bytes);
    assert_int_equal(study_run(good_study(folder, longer), &whole, folder->path, "1", folder->arena,
                               diag, &more),
                     STATUS_OK);
    assert_true(more.planned == 2 && more.kept == 6);
    assert_int_equal(study_run(study, &whole, folder->path, "2", folder->arena, diag, &more),
                     STATUS_OK);
    assert_int_equal(more.kept, 0); /* another version may mean other figures */
}

/* Parts plan every different row once between them; whoever gathers plans only what a lost part left over, and the
   figures are those of a study in one go. */
static void parts(void **state) {
    struct folder *folder = *state;
    static const char text[] =
        HEAD "axes:\n  - {path: heat_network.length_m, values: [200, 500, 200, 1000, -5]}\n";
    struct diag *diag = diag_new(folder->arena);
    struct study_results results[3], whole, again;
    struct study_options all = {.processes = 1};
    const struct study *study = good_study(folder, text);
    long mine = 0, planned = 0;
    for (int k = 0; k < 3; k++) {
        struct study_options part = {.processes = 1, .part = k + 1, .parts = 3};
        assert_int_equal(
            study_run(study, &part, folder->path, "parts", folder->arena, diag, &results[k]),
            STATUS_OK);
        mine += results[k].mine - 1; /* the row that is none is told by each */
        planned += results[k].planned;
        assert_int_equal(results[k].status[4], STATUS_BAD_SCENARIO);
    }
    assert_int_equal(mine, 4);
    assert_int_equal(planned, 3);
    const char *lost = arena_format(folder->arena, "%s/parts/2-of-3.db", folder->path);
    assert_int_equal(unlink(lost), 0);
    assert_int_equal(study_run(study, &all, folder->path, "parts", folder->arena, diag, &whole),
                     STATUS_OK);
    assert_true(whole.planned == results[1].planned && whole.planned + whole.kept == 3);
    assert_int_equal(whole.mine, 5);
    for (int k = 1; k <= 3; k++) {
        (void)unlink(arena_format(folder->arena, "%s/parts/%d-of-3.db", folder->path, k));
    }
    assert_int_equal(rmdir(arena_format(folder->arena, "%s/parts", folder->path)), 0);
    (void)unlink(arena_format(folder->arena, "%s/study.db", folder->path));
    assert_int_equal(study_run(study, &all, folder->path, "parts", folder->arena, diag, &again),
                     STATUS_OK);
    assert_int_equal(again.kept, 0);
    assert_memory_equal(again.value, whole.value, 4 * sizeof(double) * (size_t)again.names_count);
}

/* A row that no scenario can hold costs that row alone. */
static void a_row_without_a_plan(void **state) {
    struct folder *folder = *state;
    struct diag *diag = diag_new(folder->arena);
    struct study_options whole = {.processes = 2};
    struct study_results results;
    const struct study *study =
        good_study(folder, HEAD "axes: [{path: heat_network.length_m, values: [200, -5]}]\n");
    assert_int_equal(study_run(study, &whole, folder->path, "1", folder->arena, diag, &results),
                     STATUS_OK);
    assert_int_equal(results.status[0], STATUS_OK);
    assert_int_equal(results.status[1], STATUS_BAD_SCENARIO);
    assert_true(isnan(results.value[results.names_count]));
}

static void foreign_files(void **state) {
    struct folder *folder = *state;
    const char *path = arena_format(folder->arena, "%s/study.db", folder->path);
    static const char words[] = "this is no file of results, it is a text of some length";
    struct diag *diag = diag_new(folder->arena);
    struct store *store = NULL;
    (void)unlink(path);
    assert_int_equal(file_write(diag, path, words, sizeof words), STATUS_OK);
    assert_int_equal(store_open(folder->arena, diag, path, false, &store), STATUS_CANNOT_WRITE);
    store_close(store);
    assert_int_equal(diag_errors(diag), 1);
    (void)unlink(path);
    const char *foreign = arena_format(folder->arena, "%s/foreign.db", folder->path);
    assert_int_equal(file_write(diag, foreign, words, sizeof words), STATUS_OK);
    assert_int_equal(store_open(folder->arena, diag, path, false, &store), STATUS_OK);
    assert_int_equal(store_import(store, diag, foreign), STATUS_CANNOT_WRITE);
    store_close(store);
    (void)unlink(foreign);
    assert_int_equal(store_open(folder->arena, diag, "no/such/folder/study.db", false, &store),
                     STATUS_CANNOT_WRITE);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(processes),     cmocka_unit_test(what_is_kept),
        cmocka_unit_test(parts),         cmocka_unit_test(a_row_without_a_plan),
        cmocka_unit_test(foreign_files),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
