/* The sparse factor against dense elimination on random trees, grids and stars. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "networks/sparse.h"

enum { N = 60, MOST = 400 };

static void dense_solve(int n, double a[N][N], double *x) {
    for (int j = 0; j < n; j++) {
        for (int i = j + 1; i < n; i++) {
            double l = a[i][j] / a[j][j];
            for (int k = j; k < n; k++) {
                a[i][k] -= l * a[j][k];
            }
            x[i] -= l * x[j];
        }
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++) {
            x[i] -= a[i][k] * x[k];
        }
        x[i] /= a[i][i];
    }
}

static void one(int n, int count, const int *a, const int *b, struct random *random) {
    struct arena *arena = arena_new(0);
    struct sparse *sparse = NULL;
    int slot[MOST];
    double dense[N][N] = {{0.0}}, diagonal[N] = {0.0}, off[MOST] = {0.0}, x[N], y[N];
    assert_int_equal(sparse_new(arena, n, count, a, b, slot, &sparse), STATUS_OK);
    for (int round = 0; round < 3; round++) {
        (void)memset(dense, 0, sizeof dense);
        (void)memset(off, 0, sizeof off);
        for (int i = 0; i < n; i++) {
            diagonal[i] = 0.01 + random_uniform(random);
        }
        for (int k = 0; k < count; k++) {
            double g = pow(10.0, 6.0 * random_uniform(random) - 3.0);
            diagonal[a[k]] += g;
            diagonal[b[k]] += g;
            off[slot[k]] -= g;
            dense[a[k]][b[k]] -= g;
            dense[b[k]][a[k]] -= g;
        }
        for (int i = 0; i < n; i++) {
            dense[i][i] = diagonal[i];
            x[i] = y[i] = random_uniform(random) - 0.5;
        }
        assert_true(sparse_factor(sparse, diagonal, off));
        sparse_solve(sparse, x);
        dense_solve(n, dense, y);
        for (int i = 0; i < n; i++) {
            assert_true(fabs(x[i] - y[i]) < 1e-8 * (1.0 + fabs(y[i])));
        }
    }
    arena_free(arena);
}

static void agrees_with_dense(void **state) {
    struct random random;
    int a[MOST], b[MOST];
    (void)state;
    random_seed(&random, 7);
    for (int n = 1; n < N; n++) {
        int count = 0;
        for (int i = 1; i < n; i++) { /* a tree, and chords, some twice */
            a[count] = i;
            b[count++] = (int)(random_uniform(&random) * i);
        }
        for (int k = 0; k < n && n > 2; k++) {
            int i = (int)(random_uniform(&random) * n), j = (int)(random_uniform(&random) * n);
            if (i != j) {
                a[count] = i;
                b[count++] = j;
            }
        }
        one(n, count, a, b, &random);
    }
    for (int i = 1; i < N; i++) { /* a star fills nothing */
        a[i - 1] = 0;
        b[i - 1] = i;
    }
    one(N, N - 1, a, b, &random);
}

static void trees_and_stars_fill_nothing(void **state) {
    struct arena *arena = arena_new(0);
    struct sparse *sparse = NULL;
    int a[N], b[N], slot[N];
    (void)state;
    for (int i = 1; i < N; i++) {
        a[i - 1] = i % 3 ? 0 : i - 1;
        b[i - 1] = i;
    }
    assert_int_equal(sparse_new(arena, N, N - 1, a, b, slot, &sparse), STATUS_OK);
    assert_int_equal(sparse_fill(sparse), N - 1);
    double diagonal[N] = {0.0}, off[N] = {0.0}; /* not definite: said, not divided by */
    assert_false(sparse_factor(sparse, diagonal, off));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_dense),
        cmocka_unit_test(trees_and_stars_fill_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
