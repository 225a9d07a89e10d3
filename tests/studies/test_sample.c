/* Points and spreads: the Sobol sequence bit by bit, balance in every dimension, strata, quantiles by their definition. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "shared_data.h"
#include "studies/sample.h"

/* The first points of Joe and Kuo's own program (sobol.cc with new-joe-kuo-6) in three dimensions. */
static void first_points(void **state) {
    static const double point[8][3] = {{0, 0, 0},
                                       {0.5, 0.5, 0.5},
                                       {0.75, 0.25, 0.25},
                                       {0.25, 0.75, 0.75},
                                       {0.375, 0.375, 0.625},
                                       {0.875, 0.875, 0.125},
                                       {0.625, 0.125, 0.875},
                                       {0.125, 0.625, 0.375}};
    (void)state;
    for (int n = 0; n < 8; n++) {
        for (int d = 0; d < 3; d++) {
            assert_true(sobol_point_frac(n, d) == point[n][d]);
        }
    }
}

/* Property A of a (t, s) sequence in one dimension: of 2^m points from 0 on, each of 2^m equal cells holds one; and the
   mean of a product over two neighbouring dimensions comes near 1/4. A wrong direction number breaks either. */
static void every_dimension_is_balanced(void **state) {
    (void)state;
    for (int d = 0; d < SOBOL_DIMENSIONS; d++) {
        unsigned char seen[1024] = {0};
        double product = 0.0;
        for (long n = 0; n < 1024; n++) {
            double at = sobol_point_frac(n, d);
            assert_true(at >= 0.0 && at < 1.0);
            seen[(int)(at * 1024.0)]++;
            product += at * sobol_point_frac(n, (d + 1) % SOBOL_DIMENSIONS) / 1024.0;
        }
        for (int cell = 0; cell < 1024; cell++) {
            assert_int_equal(seen[cell], 1);
        }
        assert_true(fabs(product - 0.25) < 0.004);
    }
}

static void latin_squares(void **state) {
    enum { COUNT_OF = 50, AXES = 3 };
    double share[COUNT_OF * AXES];
    struct random random;
    (void)state;
    random_seed(&random, 7);
    latin_hypercube(&random, COUNT_OF, AXES, share);
    for (int a = 0; a < AXES; a++) {
        int seen[COUNT_OF] = {0};
        for (int n = 0; n < COUNT_OF; n++) {
            seen[(int)(share[n * AXES + a] * COUNT_OF)]++;
        }
        for (int n = 0; n < COUNT_OF; n++) {
            assert_int_equal(seen[n], 1);
        }
    }
    double again[COUNT_OF * AXES]; /* the same seed, the same points */
    random_seed(&random, 7);
    latin_hypercube(&random, COUNT_OF, AXES, again);
    assert_memory_equal(share, again, sizeof share);
}

/* Known correlations: ranks as wanted, values and strata as before; normal spreads whose ranks correlate by r correlate by
   2 sin(pi r / 6) themselves (Kruskal 1958); what cannot be is refused and moves nothing. */
static void correlated(void **state) {
    enum { COUNT_OF = 2000, AXES = 3 };
    static const double wanted[AXES * AXES] = {1.0, 0.8, -0.5, 0.8, 1.0, -0.2, -0.5, -0.2, 1.0};
    static const double impossible[AXES * AXES] = {1.0, 0.9, 0.9, 0.9, 1.0, -0.9, 0.9, -0.9, 1.0};
    static const double standard[] = {0.0, 1.0};
    static double share[COUNT_OF * AXES], before[COUNT_OF * AXES];
    struct random random;
    bool possible = true;
    (void)state;
    random_seed(&random, 11);
    latin_hypercube(&random, COUNT_OF, AXES, share);
    memcpy(before, share, sizeof share);
    assert_int_equal(rank_correlate(COUNT_OF, AXES, impossible, share, &possible), STATUS_OK);
    assert_false(possible);
    assert_int_equal(rank_correlate(AXES, AXES, wanted, share, &possible), STATUS_OK);
    assert_false(possible);
    assert_memory_equal(share, before, sizeof share);
    assert_int_equal(rank_correlate(COUNT_OF, AXES, wanted, share, &possible), STATUS_OK);
    assert_true(possible);
    for (int a = 0; a < AXES; a++) {
        double sum = 0.0, sum_before = 0.0, product = 0.0, square = 0.0;
        static int seen[COUNT_OF];
        memset(seen, 0, sizeof seen);
        for (int n = 0; n < COUNT_OF; n++) {
            seen[(int)(share[n * AXES + a] * COUNT_OF)]++;
            sum += share[n * AXES + a];
            sum_before += before[n * AXES + a];
        }
        for (int n = 0; n < COUNT_OF; n++) {
            assert_int_equal(seen[n], 1);
        }
        assert_true(fabs(sum - sum_before) < 1e-9);
        int next = (a + 1) % AXES;
        double ratio = 0.0, rank_ratio = wanted[a * AXES + next];
        assert_int_equal(rank_correlation_ratio(COUNT_OF, AXES, share, a, next, &ratio), STATUS_OK);
        assert_true(fabs(ratio - rank_ratio) < 0.005);
        for (int n = 0; n < COUNT_OF; n++) {
            double one = spread_value(SPREAD_NORMAL, standard, share[n * AXES + a]);
            product += one * spread_value(SPREAD_NORMAL, standard, share[n * AXES + next]);
            square += one * one;
        }
        assert_true(fabs(product / square - 2.0 * sin(0.5235987755982988 * rank_ratio)) < 0.005);
    }
}

/* Quantiles that tables print, and for each spread the share below what it gives. */
static void quantiles(void **state) {
    static const double normal[][2] = {{0.5, 0.0},
                                       {0.975, 1.959963984540054},
                                       {0.9, 1.2815515655446004},
                                       {0.001, -3.090232306167814},
                                       {1e-9, -5.997807015007687}};
    const double standard[2] = {0.0, 1.0}, lognormal[2] = {3.0, 0.5}, uniform[2] = {-1.0, 3.0};
    const double triangular[3] = {1.0, 2.0, 5.0};
    (void)state;
    for (int k = 0; k < COUNT(normal); k++) {
        double at = spread_value(SPREAD_NORMAL, standard, normal[k][0]);
        assert_true(fabs(at - normal[k][1]) < 1e-12 * fmax(1.0, fabs(at)) + 1e-14);
    }
    for (int k = 0; k <= 20; k++) {
        double share = k / 20.0, at = spread_value(SPREAD_TRIANGULAR, triangular, share);
        double below =
            at < 2.0 ? (at - 1.0) * (at - 1.0) / 4.0 : 1.0 - (5.0 - at) * (5.0 - at) / 12.0;
        assert_true(fabs(below - share) < 1e-12);
        assert_true(fabs(spread_value(SPREAD_UNIFORM, uniform, share) - (-1.0 + 4.0 * share)) <
                    1e-15);
        double log_at = spread_value(SPREAD_LOGNORMAL, lognormal, share);
        assert_true(isfinite(log_at) && log_at > 0.0);
    }
    assert_true(fabs(spread_value(SPREAD_LOGNORMAL, lognormal, 0.5) - 3.0) < 1e-14);
    assert_true(isfinite(spread_value(SPREAD_NORMAL, standard, 0.0)));
    assert_true(isfinite(spread_value(SPREAD_NORMAL, standard, 1.0)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_points),  cmocka_unit_test(every_dimension_is_balanced),
        cmocka_unit_test(latin_squares), cmocka_unit_test(correlated),
        cmocka_unit_test(quantiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
