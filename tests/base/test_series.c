/* Compensated sums, extremes and quantiles. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/random.h"
#include "base/series.h"

static void sums_lose_nothing(void **state) {
    (void)state;
    const double cancels[] = {1.0, 1e100, 1.0,
                              -1e100}; /* Neumaier's example: 2, where Kahan's sum gives 0 */
    assert_true(series_sum(cancels, 4) == 2.0);
    double tenths[8760];
    for (int i = 0; i < 8760; i++) {
        tenths[i] = 0.1;
    }
    assert_true(series_sum(tenths, 8760) == 876.0);
    assert_true(series_sum(NULL, 0) == 0.0);
    const double huge[] = {INFINITY, 1.0, 2.0};
    assert_true(isinf(series_sum(huge, 3)));
}

static void products_are_summed(void **state) {
    (void)state;
    const double a[] = {1.0, 1e16, 1.0, -1e16}, b[] = {3.0, 1.0, 5.0, 1.0};
    assert_true(series_dot(a, b, 4) == 8.0);
}

static void extremes_are_found(void **state) {
    (void)state;
    const double value[] = {3.0, -7.5, 12.0, 0.0};
    assert_true(series_max(value, 4) == 12.0);
    assert_true(series_min(value, 4) == -7.5);
    assert_true(isinf(series_max(value, 0)) && series_max(value, 0) < 0);
    assert_true(isinf(series_min(value, 0)) && series_min(value, 0) > 0);
}

static void quantiles_interpolate(void **state) {
    (void)state;
    const double value[] = {4.0, 1.0, 3.0, 2.0, 5.0};
    double scratch[5];
    assert_true(series_quantile(value, 5, 0.0, scratch) == 1.0);
    assert_true(series_quantile(value, 5, 1.0, scratch) == 5.0);
    assert_true(series_quantile(value, 5, 0.5, scratch) == 3.0);
    assert_true(fabs(series_quantile(value, 5, 0.1, scratch) - 1.4) < 1e-15);
    assert_true(series_quantile(value, 5, -3.0, scratch) == 1.0);
    assert_true(series_quantile(value, 1, 0.7, scratch) == 4.0);
    assert_true(isnan(series_quantile(value, 0, 0.5, scratch)));
    assert_true(value[0] == 4.0);
}

static void sorting_sorts(void **state) {
    (void)state;
    struct random random;
    double value[1000], scratch[1000];
    for (uint64_t seed = 0; seed < 20; seed++) {
        random_seed(&random, seed);
        int count = 1 + (int)(random_bits(&random) % 1000);
        double sum = 0.0;
        for (int i = 0; i < count; i++) {
            value[i] = floor(random_uniform(&random) * 50.0); /* many equal values */
            sum += value[i];
        }
        (void)series_quantile(value, count, 0.5, scratch);
        for (int i = 1; i < count; i++) {
            assert_true(scratch[i - 1] <= scratch[i]);
        }
        assert_true(series_sum(scratch, count) == sum);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_lose_nothing),  cmocka_unit_test(products_are_summed),
        cmocka_unit_test(extremes_are_found), cmocka_unit_test(quantiles_interpolate),
        cmocka_unit_test(sorting_sorts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
