/* The border's system: solutions hold in the matrix as it was made, and the factor is that of the slow and obvious
   elimination, bit by bit, whether or not columns are taken off together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "optimise/ipm_sparse.h"

/* Cuts of some levels each, every one beside the next, and a few nodes beside all of them; and strays. */
struct shape {
    int cuts, levels, wide, strays;
};

static int nodes_of(const struct shape *shape) { return shape->cuts * shape->levels + shape->wide; }

static void join_all(const struct shape *shape, struct random *random, struct ipm_sparse *sparse) {
    int n = nodes_of(shape), levels = shape->cuts * shape->levels;
    for (int a = 0; a < n; a++) {
        for (int b = 0; b <= a; b++) {
            bool near = a >= levels || a / shape->levels - b / shape->levels <= 1;
            if (near) {
                ipm_sparse_join(sparse, a, b);
            }
        }
    }
    for (int i = 0; i < shape->strays; i++) {
        ipm_sparse_join(sparse, (int)(n * random_uniform(random)),
                        (int)(n * random_uniform(random)));
    }
    for (int a = 0; a < n; a++) {
        sparse->upward[a] = a % 3 != 0;
        sparse->turn[a] = a >= levels;
    }
}

/* Numbers wherever the factor has room; diagonals that outweigh them, of both signs. */
static void fill(struct ipm_sparse *sparse, struct random *random, double *dense) {
    int n = sparse->nodes;
    ipm_sparse_clear(sparse);
    memset(dense, 0, (size_t)n * (size_t)n * sizeof *dense);
    for (int j = 0; j < n; j++) {
        for (int i = sparse->below_first[j]; i < sparse->below_first[j + 1]; i++) {
            int a = sparse->node[j], b = sparse->node[sparse->below[i]];
            double value = random_uniform(random) < 0.7 ? 2.0 * random_uniform(random) - 1.0 : 0.0;
            *ipm_sparse_at(sparse, a, b) = value;
            assert_ptr_equal(ipm_sparse_at(sparse, b, a), &sparse->matrix[i]);
            dense[a * n + b] = dense[b * n + a] = value;
        }
    }
    for (int a = 0; a < n; a++) {
        double size = 1.0 + n * random_uniform(random);
        dense[a * n + a] = sparse->upward[a] ? size : -size;
        *ipm_sparse_at(sparse, a, a) = dense[a * n + a];
    }
}

/* L D L' in the same order, of a dense matrix: each number less its products, one column after the other. */
static void factor_dense(const struct ipm_sparse *sparse, const double *dense, double *l,
                         double *pivot) {
    int n = sparse->nodes;
    for (int j = 0; j < n; j++) {
        for (int i = j; i < n; i++) {
            double value = dense[sparse->node[i] * n + sparse->node[j]];
            for (int k = 0; k < j; k++) {
                double factor = l[j * n + k] * pivot[k];
                value -= l[i * n + k] * factor;
            }
            l[i * n + j] = i == j ? 1.0 : value / pivot[j];
            if (i == j) {
                pivot[j] = value;
            }
        }
    }
}

static void check(const struct shape *shape, uint64_t seed) {
    struct random random;
    random_seed(&random, seed);
    struct arena *arena = arena_new(0);
    struct ipm_sparse sparse;
    int n = nodes_of(shape), together = 0;
    assert_int_equal(ipm_sparse_begin(arena, n, &sparse), STATUS_OK);
    join_all(shape, &random, &sparse);
    assert_int_equal(ipm_sparse_order(arena, &sparse), STATUS_OK);
    double *dense = ARENA_TAKE(arena, double, (long)n *n),
           *l = ARENA_TAKE(arena, double, (long)n *n);
    double *pivot = ARENA_TAKE(arena, double, n), *x = ARENA_TAKE(arena, double, n),
           *b = ARENA_TAKE(arena, double, n);
    assert_false(arena_failed(arena));
    fill(&sparse, &random, dense);
    ipm_sparse_factor(&sparse, 1e-14, 1e-8, 1e-8);
    factor_dense(&sparse, dense, l, pivot);
    for (int j = 0; j < n; j++) {
        assert_true(sparse.pivot[j] == pivot[j]);
        together += sparse.kin[j] != j;
        for (int i = sparse.below_first[j]; i < sparse.below_first[j + 1]; i++) {
            assert_true(sparse.value[i] == l[sparse.below[i] * n + j]);
        }
    }
    assert_true(shape->levels < 2 || shape->strays > 0 || together >= n / 2);
    for (int i = 0; i < n; i++) {
        x[i] = b[i] = 2.0 * random_uniform(&random) - 1.0;
    }
    ipm_sparse_solve(&sparse, x);
    for (int i = 0; i < n; i++) {
        double left = b[i], size = fabs(b[i]);
        for (int k = 0; k < n; k++) {
            left -= dense[i * n + k] * x[k];
            size += fabs(dense[i * n + k] * x[k]);
        }
        assert_true(fabs(left) <= 1e-11 * size);
    }
    arena_free(arena);
}

static void factors_are_those_of_the_dense_matrix(void **state) {
    (void)state;
    static const struct shape shapes[] = {{1, 1, 0, 0},  {1, 3, 1, 0},  {9, 1, 4, 0},
                                          {12, 4, 5, 0}, {7, 5, 16, 0}, {5, 12, 7, 0},
                                          {12, 4, 5, 9}, {20, 3, 0, 30}};
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        for (uint64_t seed = 1; seed <= 5; seed++) {
            check(&shapes[s], seed);
        }
    }
}

/* A pivot of the other sign, or none, is raised to what rounding and kind allow. */
static void small_pivots_are_raised(void **state) {
    (void)state;
    for (int upward = 0; upward < 2; upward++) {
        struct arena *arena = arena_new(0);
        struct ipm_sparse sparse;
        double x[2] = {1.0, 1.0};
        assert_int_equal(ipm_sparse_begin(arena, 2, &sparse), STATUS_OK);
        ipm_sparse_join(&sparse, 0, 1);
        sparse.upward[0] = sparse.upward[1] = upward;
        assert_int_equal(ipm_sparse_order(arena, &sparse), STATUS_OK);
        ipm_sparse_clear(&sparse);
        double sign = upward ? 1.0 : -1.0;
        *ipm_sparse_at(&sparse, 0, 0) = *ipm_sparse_at(&sparse, 1, 1) = sign;
        *ipm_sparse_at(&sparse, 0, 1) = 1.0; /* singular: the second pivot is zero */
        ipm_sparse_factor(&sparse, 1e-14, 1e-3, 1e-5);
        assert_true(sparse.pivot[0] == sign);
        assert_true(fabs(sparse.pivot[1] - sign * (1e-14 + (upward ? 1e-3 : 1e-5))) <= 1e-18);
        ipm_sparse_solve(&sparse, x);
        assert_true(isfinite(x[0]) && isfinite(x[1]));
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factors_are_those_of_the_dense_matrix),
        cmocka_unit_test(small_pivots_are_raised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
