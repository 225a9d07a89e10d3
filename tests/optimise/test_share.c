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

#include "holders.h"
#include "optimise/clean.h"
#include "optimise/ipm_loop.h"
#include "optimise/programme_part.h"
#include "programmes.h"
#include "shapes.h"

static const double tolerance = 1e-6;

struct holder {
    const struct programme *whole;
    struct seat seat;
    struct arena *arena;
    struct programme part;
    bool gives_up;
    enum status status;
    struct outcome outcome, cleaned;
    struct certificate certificate;
};

static enum status work(struct holder *holder) {
    const struct ipm_manner manner = {.threads = 1};
    const struct solve_options options = {.iterations_limit = 200};
    struct clean_report report;
    size_t size = (size_t)programme_columns(&holder->part) * sizeof(double);
    TRY(ipm_solve_in(&holder->part, &options, &manner, holder->arena, &holder->outcome));
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
        seat_give_up(&holder->seat);
        return NULL;
    }
    holder->status = work(holder);
    return NULL;
}

/* table NULL: the one that has all. */
static void begin(struct holder *holder, struct table *table, const struct programme *whole,
                  int holders, int number) {
    *holder = (struct holder){.whole = whole, .arena = arena_new(0)};
    assert_non_null(holder->arena);
    assert_int_equal(
        seat_begin(&holder->seat, table, holder->arena, whole->blocks_count, holders, number),
        STATUS_OK);
    assert_int_equal(
        programme_part(whole, table ? &holder->seat.share : NULL, holder->arena, &holder->part),
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
        if (share_has(&holder->seat.share, k)) {
            same_span(whole->x, programme_columns_of(w, k), part->x, programme_columns_of(p, k),
                      "x", k);
            same_span(whole->y, programme_rows_of(w, k), part->y, programme_rows_of(p, k), "y", k);
        }
        if (share_has(&holder->seat.share, k) && whole->kind == OUTCOME_INFEASIBLE) {
            same_span(whole->ray, programme_rows_of(w, k), part->ray, programme_rows_of(p, k),
                      "ray", k);
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
    begin(&one, NULL, whole, 1, 0);
    one.status = work(&one);
    assert_int_equal(one.status, STATUS_OK);
    for (int count = 2; count <= HOLDERS_MOST; count++) {
        struct table table;
        struct arena *arena = arena_new(0);
        assert_non_null(arena);
        assert_int_equal(table_begin(&table, arena, count), STATUS_OK);
        for (int i = 0; i < count; i++) {
            begin(&holders[i], &table, whole, count, i);
        }
        run(holders, count);
        for (int i = 0; i < count; i++) {
            assert_int_equal(holders[i].status, STATUS_OK);
            same_outcome(&one, &holders[i], &one.outcome, &holders[i].outcome);
            same_outcome(&one, &holders[i], &one.cleaned, &holders[i].cleaned);
            if (one.outcome.kind == OUTCOME_OPTIMAL) {
                same_certificate(&one.certificate, &holders[i].certificate);
            }
            arena_free(holders[i].arena);
        }
        (void)pthread_barrier_destroy(&table.barrier);
        arena_free(arena);
    }
    enum outcome_kind kind = one.outcome.kind;
    arena_free(one.arena);
    return kind;
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

/* Stores, peaks, free columns, prices to mend, dust to clean, rays to find, in two blocks: of three holders one has the
   border alone. */
static void in_all_shapes(void **state) {
    static const struct {
        enum shapes_kind kind;
        enum outcome_kind outcome;
        uint64_t seeds[8];
    } cases[] = {
        {SHAPES_SOLVABLE, OUTCOME_OPTIMAL, {11, 16, 22, 29, 38, 40, 41, 45}},
        {SHAPES_INFEASIBLE, OUTCOME_INFEASIBLE, {11, 16, 22}},
        {SHAPES_UNBOUNDED, OUTCOME_UNBOUNDED, {11, 16, 298}},
    };
    (void)state;
    for (int c = 0; c < COUNT(cases); c++) {
        for (int i = 0; i < COUNT(cases[c].seeds) && cases[c].seeds[i]; i++) {
            struct arena *arena = arena_new(0);
            assert_non_null(arena);
            struct shaped shaped = shapes_make(arena, cases[c].seeds[i], 24, cases[c].kind);
            assert_non_null(shaped.programme);
            assert_int_equal(shaped.programme->blocks_count, 2);
            assert_int_equal(check(shaped.programme), cases[c].outcome);
            arena_free(arena);
        }
    }
}

/* One that fails is known to the others at their next gather; nobody waits for ever. */
static void one_gives_up(void **state) {
    static const uint64_t seeds[] = {3, 5};
    (void)state;
    struct holder holders[2];
    struct table table;
    struct arena *arena = arena_new(0);
    assert_non_null(arena);
    struct programme *whole = programmes_scenarios(arena, 2, 1, 24, seeds);
    assert_non_null(whole);
    assert_int_equal(table_begin(&table, arena, 2), STATUS_OK);
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
    assert_int_equal(share_begin(arena, (const int[]){0, 1, 2}, 2, 0, &share), STATUS_OK);
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
