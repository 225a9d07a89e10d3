/* Pieces are aligned, zeroed and apart; limits hold; every block that the system refuses is
   survived. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

static void pieces_are_aligned_zeroed_and_apart(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    assert_non_null(arena);
    char *last = NULL;
    for (long size = 0; size < 3000; size += 7) {
        char *piece = arena_take(arena, size, 1);
        assert_non_null(piece);
        assert_true(piece != last);
        assert_int_equal((uintptr_t)piece % 64, 0);
        for (long i = 0; i < size; i++) {
            assert_int_equal(piece[i], 0);
        }
        memset(piece, 0x5a, (size_t)size);
        last = piece;
    }
    assert_false(arena_failed(arena));
    arena_free(arena);
}

static void large_pieces_stand_beside_small_ones(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    double *small = ARENA_TAKE(arena, double, 3);
    double *large = ARENA_TAKE(arena, double, 1000000);
    arena_fail_after(1); /* the room left beside them is not given up */
    double *next = ARENA_TAKE(arena, double, 3);
    arena_fail_after(0);
    assert_true(small && large && next);
    small[2] = 1.0;
    for (int i = 0; i < 1000000; i += 511) { /* large pages or not: cleared */
        assert_true(large[i] == 0.0);
    }
    large[999999] = 2.0;
    next[0] = 3.0;
    assert_true(arena_bytes(arena) >= 8000000 && arena_bytes(arena) < 8001000);
    arena_free(arena);
}

/* Of every size around those at which blocks change their kind. */
static void pieces_of_all_sizes_are_zeroed_and_apart(void **state) {
    (void)state;
    enum { SIZES = 12, ROUNDS = 3 };
    static const long kib[SIZES] = {8, 15, 17, 100, 255, 257, 900, 2047, 2049, 2200, 4090, 7000};
    unsigned char *piece[ROUNDS][SIZES];
    struct arena *arena = arena_new(0);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < SIZES; i++) {
            long size = kib[i] * 1024;
            unsigned char *at = piece[round][i] = arena_take(arena, size, 1);
            assert_non_null(at);
            for (long k = 0; k < size; k += 61) {
                assert_int_equal(at[k], 0);
            }
            assert_int_equal(at[size - 1], 0);
            memset(at, 1 + round * SIZES + i, (size_t)size);
        }
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < SIZES; i++) {
            const unsigned char *at = piece[round][i];
            assert_int_equal(at[0], 1 + round * SIZES + i);
            assert_int_equal(memcmp(at, at + 1, (size_t)kib[i] * 1024 - 1), 0);
        }
    }
    arena_free(arena);
}

static void nonsense_sizes_are_refused(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    assert_null(arena_take(arena, -1, 8));
    assert_true(arena_failed(arena));
    assert_null(arena_take(arena, LONG_MAX, 8));
    assert_null(arena_take(arena, LONG_MAX, LONG_MAX));
    assert_null(arena_take(arena, 3, (size_t)-1));
    assert_non_null(arena_take(arena, 0, 8));
    assert_non_null(arena_take(arena, 5, 0));
    assert_true(arena_failed(arena)); /* once refused, always said */
    arena_free(arena);
    arena_free(NULL);
}

static void the_limit_holds(void **state) {
    (void)state;
    struct arena *arena = arena_new(1000);
    assert_non_null(arena_take(arena, 900, 1));
    assert_false(arena_failed(arena));
    assert_null(arena_take(arena, 100, 1));
    assert_true(arena_failed(arena));
    assert_true(arena_bytes(arena) <= 1000);
    arena_free(arena);
}

static void texts_are_copied_and_formatted(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    assert_string_equal(arena_text(arena, ""), "");
    assert_string_equal(arena_text(arena, "warm water"), "warm water");
    assert_string_equal(arena_text_n(arena, "warm water", 4), "warm");
    assert_string_equal(arena_format(arena, "%s:%d", "town.yaml", 12), "town.yaml:12");
    assert_non_null(arena_text_n(arena, NULL, 0));
    arena_free(arena);
}

static void texts_respect_the_limit(void **state) {
    (void)state;
    struct arena *arena = arena_new(128);
    assert_null(arena_text_n(arena, "", 1000000));
    assert_null(arena_format(arena, "%200d", 1));
    assert_true(arena_failed(arena));
    arena_free(arena);
}

/* Some work that takes blocks of several kinds; returns false when memory ran out. */
static bool work(void) {
    struct arena *arena = arena_new(0);
    if (!arena) {
        return false;
    }
    for (int i = 0; i < 40; i++) {
        char *piece = arena_take(arena, 5000, 1);
        double *large = ARENA_TAKE(arena, double, 20000);
        char *text = arena_format(arena, "%d", i);
        if (!piece || !large || !text) {
            assert_true(arena_failed(arena));
            arena_free(arena);
            return false;
        }
        piece[4999] = 1;
        large[19999] = 1.0;
    }
    assert_false(arena_failed(arena));
    arena_free(arena);
    return true;
}

static void every_refused_block_is_survived(void **state) {
    (void)state;
    int n = 1;
    for (;; n++) {
        arena_fail_after(n);
        if (work()) {
            break;
        }
        assert_true(n < 1000);
    }
    arena_fail_after(0);
    assert_true(n > 4);
    assert_true(work());
}

struct carved {
    double *x, *y;
    int *pivot;
};

static void lay_out(struct carve *carve, long n, long m, struct carved *ret) {
    ret->x = CARVE(carve, double, n);
    ret->y = CARVE(carve, double, m);
    ret->pivot = CARVE(carve, int, n + m);
}

static void a_workspace_is_measured_and_placed_alike(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct carve measure = {0};
    struct carved work;
    lay_out(&measure, 11, 0, &work);
    assert_null(work.x);
    struct carve place = {.base = arena_take(arena, (long)measure.used, 1)};
    lay_out(&place, 11, 0, &work);
    assert_int_equal(place.used, measure.used);
    assert_int_equal((uintptr_t)work.x % 64, 0);
    assert_int_equal((uintptr_t)work.y % 64, 0);
    assert_int_equal((uintptr_t)work.pivot % 64, 0);
    assert_true((char *)work.x + 11 * sizeof(double) <= (char *)work.y);
    work.x[10] = 1.0;
    work.pivot[10] = 1;
    arena_free(arena);
}

/* Pieces of an arena that was joined live on, and the limits of both together hold. */
static void an_arena_takes_over_another(void **state) {
    (void)state;
    for (int filled = 0; filled < 4; filled++) {
        struct arena *arena = arena_new(4096), *other = arena_new(1 << 20);
        double *own = filled & 1 ? ARENA_TAKE(arena, double, 8) : NULL;
        double *theirs = filled & 2 ? ARENA_TAKE(other, double, 10000) : NULL;
        const char *small = filled & 2 ? arena_text(other, "small") : NULL;
        if (theirs) {
            theirs[9999] = 7.0;
        }
        size_t bytes = arena_bytes(arena) + arena_bytes(other);
        arena_join(arena, other);
        assert_int_equal(arena_bytes(arena), bytes);
        assert_non_null(arena_text(arena, "after"));
        assert_true(!theirs || theirs[9999] == 7.0);
        assert_true(!small || strcmp(small, "small") == 0);
        assert_true(!own || own[7] == 0.0);
        assert_false(arena_failed(arena));
        assert_null(arena_take(arena, 1, 4096)); /* its own limit is what is left */
        arena_free(arena);
    }
    struct arena *arena = arena_new(0), *failed = arena_new(64);
    assert_null(arena_take(failed, 1, 4096));
    arena_join(arena, failed);
    assert_true(arena_failed(arena));
    arena_free(arena);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#endif

/* One byte behind a piece must stop the program under AddressSanitizer. */
static void red_zones_lie_between_pieces(void **state) {
    (void)state;
#ifdef WITH_ASAN
    for (int kind = 0; kind < 2; kind++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            (void)freopen("/dev/null", "w", stderr);
            struct arena *arena = arena_new(0);
            struct carve carve = {.base = arena_take(arena, 4096, 1)};
            volatile char *piece = kind ? carve_take(&carve, 64, 1) : arena_take(arena, 61, 1);
            piece[kind ? 64 : 61] = 1;
            _exit(0);
        }
        int how = 0;
        assert_int_equal(waitpid(child, &how, 0), child);
        assert_false(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    }
#else
    skip();
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_aligned_zeroed_and_apart),
        cmocka_unit_test(large_pieces_stand_beside_small_ones),
        cmocka_unit_test(pieces_of_all_sizes_are_zeroed_and_apart),
        cmocka_unit_test(nonsense_sizes_are_refused),
        cmocka_unit_test(the_limit_holds),
        cmocka_unit_test(texts_are_copied_and_formatted),
        cmocka_unit_test(texts_respect_the_limit),
        cmocka_unit_test(every_refused_block_is_survived),
        cmocka_unit_test(a_workspace_is_measured_and_placed_alike),
        cmocka_unit_test(an_arena_takes_over_another),
        cmocka_unit_test(red_zones_lie_between_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
