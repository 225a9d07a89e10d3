/* Each index is called once, whatever the number of threads, and sums do not depend on it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdatomic.h>
#include <time.h>

#include "base/parallel.h"
#include "base/series.h"

enum { ITEMS = 5000 };

struct work {
    atomic_int calls[ITEMS];
    double value[ITEMS];
};

static void work_on(void *data, int index) {
    struct work *work = data;
    atomic_fetch_add(&work->calls[index], 1);
    work->value[index] = sin((double)index) * 1e6;
}

static void each_index_is_called_once(void **state) {
    (void)state;
    static const int threads[] = {-1, 0, 1, 2, 3, 16, 1000};
    double expected = NAN;
    for (unsigned int k = 0; k < sizeof threads / sizeof threads[0]; k++) {
        static struct work work;
        for (int i = 0; i < ITEMS; i++) {
            atomic_store(&work.calls[i], 0);
        }
        assert_int_equal(parallel_for(threads[k], ITEMS, work_on, &work), STATUS_OK);
        for (int i = 0; i < ITEMS; i++) {
            assert_int_equal(atomic_load(&work.calls[i]), 1);
        }
        double sum = series_sum(work.value, ITEMS);
        assert_true(k == 0 || sum == expected); /* equal bits */
        expected = sum;
    }
}

static void small_counts_are_fine(void **state) {
    (void)state;
    static struct work work;
    assert_int_equal(parallel_for(8, 0, work_on, &work), STATUS_OK);
    assert_int_equal(atomic_load(&work.calls[0]), 0);
    assert_int_equal(parallel_for(8, 1, work_on, &work), STATUS_OK);
    assert_int_equal(atomic_load(&work.calls[0]), 1);
    assert_int_equal(parallel_for(8, -1, work_on, &work), STATUS_USAGE);
    assert_int_equal(parallel_for(8, 1, NULL, &work), STATUS_USAGE);
}

static void count_call(void *data, int index) {
    struct work *work = data;
    atomic_fetch_add(&work->calls[index], 1);
}

/* A team is called again and again, at once and after a pause in which its threads have fallen asleep. */
static void a_team_is_called_again_and_again(void **state) {
    (void)state;
    enum { CALLS = 400, COUNT = 7 };
    for (int threads = 1; threads <= 4; threads++) {
        static struct work work;
        struct arena *arena = arena_new(0);
        struct parallel_team *team = NULL;
        struct timespec pause = {0, 2000000};
        assert_int_equal(parallel_team_new(arena, threads, &team), STATUS_OK);
        assert_true((team == NULL) == (threads == 1));
        for (int i = 0; i < ITEMS; i++) {
            atomic_store(&work.calls[i], 0);
        }
        for (int call = 0; call < CALLS; call++) {
            if (call % 100 == 99) {
                (void)nanosleep(&pause, NULL);
            }
            assert_int_equal(parallel_team_for(team, COUNT, count_call, &work), STATUS_OK);
            for (int i = 0; i < COUNT; i++) { /* all are done when it returns */
                assert_int_equal(atomic_load(&work.calls[i]), call + 1);
            }
        }
        assert_int_equal(atomic_load(&work.calls[COUNT]), 0);
        assert_int_equal(parallel_team_for(team, 0, count_call, &work), STATUS_OK);
        assert_int_equal(parallel_team_for(team, -1, count_call, &work), STATUS_USAGE);
        assert_int_equal(parallel_team_for(team, 3, NULL, &work), STATUS_USAGE);
        parallel_team_end(team);
        arena_free(arena);
    }
}

static void there_is_a_core(void **state) {
    (void)state;
    assert_true(parallel_cores() >= 1 && parallel_cores() <= 256);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_index_is_called_once),
        cmocka_unit_test(small_counts_are_fine),
        cmocka_unit_test(a_team_is_called_again_and_again),
        cmocka_unit_test(there_is_a_core),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
