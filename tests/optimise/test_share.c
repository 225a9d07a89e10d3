/* Blocks held by several processes, here by threads that have nothing in common but what they gather: the numbers of
   one process, bit by bit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "optimise/clean.h"
#include "optimise/ipm_loop.h"
#include "optimise/programme_part.h"
#include "programmes.h"
#include "shapes.h"

enum { HOLDERS_MOST = 3, TABLE_BYTES = 8 << 20 };
static const double tolerance = 1e-6;

/* Where holders meet. */
struct table {
    pthread_barrier_t barrier;
    char *bytes;
    enum status failed;
};

struct holder {
    struct table *table;
    const struct programme *whole;
    struct share share;
    struct arena *arena;
    struct programme part;
    bool gives_up;
    enum status status;
    struct outcome outcome, cleaned;
    struct certificate certificate;
};

static enum status gather(void *data, void *bytes, const long *first) {
    const struct holder *holder = data;
    struct table *table = holder->table;
    const struct share *share = &holder->share;
    assert_true(first[share->blocks_count] <= TABLE_BYTES);
    memcpy(table->bytes + first[share->first], (char *)bytes + first[share->first],
           (size_t)(first[share->end] - first[share->first]));
    (void)pthread_barrier_wait(&table->barrier);
    enum status failed = table->failed;
    memcpy(bytes, table->bytes, (size_t)first[share->blocks_count]);
    (void)pthread_barrier_wait(&table->barrier);
    return failed;
}

/* In place of a gather. */
static void give_up(struct holder *holder) {
    holder->table->failed = STATUS_NO_MEMORY;
    (void)pthread_barrier_wait(&holder->table->barrier);
    (void)pthread_barrier_wait(&holder->table->barrier);
}

static enum status work(struct holder *holder) {
    const struct ipm_manner manner = {.threads = 1};
    const struct solve_options options = {.iterations_limit = 60};
    struct clean_report report;
    size_t size = (size_t)programme_columns(&holder->part) * sizeof(double);
    TRY(ipm_attempt(&holder->part, &options, &manner, holder->arena, &holder->outcome));
    holder->cleaned = holder->outcome;
    holder->cleaned.x = arena_take(holder->arena, (long)size, 1);
    TRY(holder->cleaned.x ? STATUS_OK : STATUS_NO_MEMORY);
    memcpy(holder->cleaned.x, holder->outcome.x, size);
    TRY(clean_dispatch(&holder->part, tolerance, &holder->cleaned, &report));
    return certificate_check(&holder->part, &holder->cleaned, tolerance, holder->arena,
                             &holder->certificate);
}

static void *hold(void *data) {
    struct holder *holder = data;
    if (holder->gives_up) {
        give_up(holder);
        return NULL;
    }
    holder->status = work(holder);
    return NULL;
}

static void begin(struct holder *holder, struct table *table, const struct programme *whole,
                  int holders, int number) {
    int blocks = whole->blocks_count;
    *holder = (struct holder){.table = table, .whole = whole, .arena = arena_new(0)};
    assert_non_null(holder->arena);
    assert_int_equal(share_begin(holder->arena, blocks, number * blocks / holders,
                                 (number + 1) * blocks / holders, &holder->share),
                     STATUS_OK);
    holder->share.gather = gather;
    holder->share.data = holder;
    assert_int_equal(programme_part(whole, table ? &holder->share : NULL, holder->arena,
                                    &holder->part),
                     STATUS_OK);
}

static void run(struct holder *holders, int count) {
    pthread_t thread[HOLDERS_MOST];
    for (int i = 0; i < count; i++) {
        assert_int_equal(pthread_create(&thread[i], NULL, hold, &holders[i]), 0);
    }
    for (int i = 0; i < count; i++) {
        assert_int_equal(pthread_join(thread[i], NULL), 0);
    }
}

/* ---- the same bits ---- */

static void same(const void *a, const void *b, size_t size, const char *what, int block) {
    if (memcmp(a, b, size) != 0) {
        fail_msg("%s of block %d: other bits", what, block);
    }
}

static void same_span(const double *whole, struct programme_span of_whole, const double *part,
                      struct programme_span of_part, const char *what, int block) {
    assert_int_equal(of_whole.until - of_whole.from, of_part.until - of_part.from);
    same(whole + of_whole.from, part + of_part.from,
         (size_t)(of_part.until - of_part.from) * sizeof *whole, what, block);
}

static void same_outcome(const struct holder *one, const struct holder *holder,
                         const struct outcome *whole, const struct outcome *part) {
    const struct programme *w = one->whole, *p = &holder->part;
    assert_int_equal(whole->kind, part->kind);
    assert_int_equal(whole->iterations_count, part->iterations_count);
    same(&whole->objective_ratio, &part->objective_ratio, sizeof(double), "objective", -1);
    same(&whole->bound_ratio, &part->bound_ratio, sizeof(double), "bound", -1);
    same(whole->x, part->x, (size_t)w->designs_count * sizeof(double), "designs", -1);
    same(whole->y, part->y, (size_t)w->border_rows_count * sizeof(double), "border rows", -1);
    for (int k = 0; k < w->blocks_count; k++) {
        if (share_has(&holder->share, k)) {
            same_span(whole->x, programme_columns_of(w, k), part->x, programme_columns_of(p, k),
                      "x", k);
            same_span(whole->y, programme_rows_of(w, k), part->y, programme_rows_of(p, k), "y", k);
        }
    }
}

static void same_certificate(const struct certificate *a, const struct certificate *b) {
    assert_int_equal(a->passed, b->passed);
    same(&a->primal_residual_ratio, &b->primal_residual_ratio, sizeof(double), "primal", -1);
    same(&a->dual_residual_ratio, &b->dual_residual_ratio, sizeof(double), "dual", -1);
    same(&a->gap_ratio, &b->gap_ratio, sizeof(double), "gap", -1);
    same(&a->bound_ratio, &b->bound_ratio, sizeof(double), "certified bound", -1);
}

/* Returns what it came to. */
static enum outcome_kind check(const struct programme *whole) {
    struct holder one, holders[HOLDERS_MOST];
    struct table table = {.failed = STATUS_OK};
    struct arena *arena = arena_new(0);
    assert_non_null(arena);
    table.bytes = ARENA_TAKE(arena, char, TABLE_BYTES);
    assert_non_null(table.bytes);
    begin(&one, NULL, whole, 1, 0);
    one.status = work(&one);
    assert_int_equal(one.status, STATUS_OK);
    for (int count = 2; count <= HOLDERS_MOST; count++) {
        assert_int_equal(pthread_barrier_init(&table.barrier, NULL, (unsigned)count), 0);
        for (int i = 0; i < count; i++) {
            begin(&holders[i], &table, whole, count, i);
        }
        run(holders, count);
        for (int i = 0; i < count; i++) {
            assert_int_equal(holders[i].status, STATUS_OK);
            same_outcome(&one, &holders[i], &one.outcome, &holders[i].outcome);
            same_outcome(&one, &holders[i], &one.cleaned, &holders[i].cleaned);
            same_certificate(&one.certificate, &holders[i].certificate);
            arena_free(holders[i].arena);
        }
        (void)pthread_barrier_destroy(&table.barrier);
    }
    arena_free(one.arena);
    arena_free(arena);
    return one.outcome.kind;
}

static void scenarios(void **state) {
    static const uint64_t seeds[] = {3, 5, 7, 11, 13};
    (void)state;
    struct arena *arena = arena_new(0);
    assert_non_null(arena);
    struct programme *whole = programmes_scenarios(arena, 5, 2, 24, seeds);
    assert_non_null(whole);
    assert_int_equal(check(whole), OUTCOME_OPTIMAL);
    struct programme *pair = programmes_two_blocks(arena); /* cyclic, fixed, sums, ratchets */
    assert_non_null(pair);
    (void)check(pair);
    arena_free(arena);
}

/* Stores, peaks, free columns, prices to mend, dust to clean, in two blocks: of three holders one has the border alone. */
static void in_all_shapes(void **state) {
    static const uint64_t seeds[] = {11, 16, 22, 29, 38, 40, 41, 45, 53, 54, 69, 71};
    (void)state;
    int optimal = 0;
    for (int i = 0; i < COUNT(seeds); i++) {
        struct arena *arena = arena_new(0);
        assert_non_null(arena);
        struct shaped shaped = shapes_make(arena, seeds[i], 24, SHAPES_SOLVABLE);
        assert_non_null(shaped.programme);
        assert_int_equal(shaped.programme->blocks_count, 2);
        optimal += check(shaped.programme) == OUTCOME_OPTIMAL;
        arena_free(arena);
    }
    assert_true(optimal >= 10);
}

/* One that fails is known to the others at their next gather; nobody waits for ever. */
static void one_gives_up(void **state) {
    static const uint64_t seeds[] = {3, 5};
    (void)state;
    struct holder holders[2];
    struct table table = {.failed = STATUS_OK};
    struct arena *arena = arena_new(0);
    assert_non_null(arena);
    table.bytes = ARENA_TAKE(arena, char, TABLE_BYTES);
    struct programme *whole = programmes_scenarios(arena, 2, 1, 24, seeds);
    assert_non_null(table.bytes);
    assert_non_null(whole);
    assert_int_equal(pthread_barrier_init(&table.barrier, NULL, 2), 0);
    for (int i = 0; i < 2; i++) {
        begin(&holders[i], &table, whole, 2, i);
        holders[i].gives_up = i == 1;
    }
    run(holders, 2);
    assert_int_equal(holders[0].status, STATUS_NO_MEMORY);
    (void)pthread_barrier_destroy(&table.barrier);
    arena_free(holders[0].arena);
    arena_free(holders[1].arena);
    arena_free(arena);
}

/* Only what another holds may be without steps. */
static void what_is_elsewhere(void **state) {
    static const uint64_t seeds[] = {3, 5};
    (void)state;
    struct arena *arena = arena_new(0);
    struct share share;
    struct programme part;
    assert_non_null(arena);
    struct programme *whole = programmes_scenarios(arena, 2, 1, 24, seeds);
    assert_non_null(whole);
    assert_int_equal(share_begin(arena, 2, 0, 1, &share), STATUS_OK);
    assert_int_equal(programme_part(whole, &share, arena, &part), STATUS_OK);
    assert_null(programme_mistake(&part, arena));
    part.share = NULL;
    assert_non_null(programme_mistake(&part, arena));
    part = *whole;
    part.share = &share;
    assert_non_null(programme_mistake(&part, arena));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenarios),
        cmocka_unit_test(in_all_shapes),
        cmocka_unit_test(one_gives_up),
        cmocka_unit_test(what_is_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
