/* Sensitivity against functions whose indices are known: Ishigami's, a sum with given weights, and Morris' effects of a
   plane and a product. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/random.h"
#include "shared_data.h"
#include "studies/sample.h"
#include "studies/sensitivity.h"

static const double pi_rad = 3.14159265358979323846;

static double ishigami(const double *share) {
    double x[3];
    for (int k = 0; k < 3; k++) {
        x[k] = pi_rad * (2.0 * share[k] - 1.0);
    }
    return sin(x[0]) + 7.0 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4.0) * sin(x[0]);
}

static double weighted(const double *share) { return 1.0e6 + 3.0 * share[0] + 4.0 * share[1]; }

/* Saltelli's design on the Sobol sequence, as study_read.c lays it. */
static double *design(struct arena *arena, double (*of)(const double *), long count, int axes) {
    double *value = ARENA_TAKE(arena, double, count *(axes + 2));
    double a[8], b[8], mixed[8];
    assert_non_null(value);
    for (long n = 0; n < count; n++) {
        for (int d = 0; d < axes; d++) {
            a[d] = mixed[d] = sobol_point_frac(n + 1, d);
            b[d] = sobol_point_frac(n + 1, axes + d);
        }
        value[n * (axes + 2)] = of(a);
        value[n * (axes + 2) + 1] = of(b);
        for (int i = 0; i < axes; i++) {
            mixed[i] = b[i];
            value[n * (axes + 2) + 2 + i] = of(mixed);
            mixed[i] = a[i];
        }
    }
    return value;
}

/* Analytic: V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2, V1 = (1 + b pi^4/5)^2/2, V2 = a^2/8, V13 = 8 b^2 pi^8/225. */
static void ishigami_indices(void **state) {
    double p4 = pow(pi_rad, 4.0), p8 = p4 * p4;
    double v1 = 0.5 * pow(1.0 + 0.1 * p4 / 5.0, 2.0), v2 = 49.0 / 8.0;
    double v13 = 0.01 * p8 * (1.0 / 18.0 - 1.0 / 50.0), v = v1 + v2 + v13;
    const double first[3] = {v1 / v, v2 / v, 0.0}, total[3] = {(v1 + v13) / v, v2 / v, v13 / v};
    struct order_index index[3];
    double *value = design(*state, ishigami, 4096, 3);
    assert_int_equal(order_indices(value, 4096, 3, 1, *state, index), STATUS_OK);
    for (int k = 0; k < 3; k++) {
        assert_true(fabs(index[k].first_ratio - first[k]) < 0.01);
        assert_true(fabs(index[k].total_ratio - total[k]) < 0.01);
        assert_true(index[k].first_low_ratio - 0.005 <= first[k] &&
                    first[k] <= index[k].first_high_ratio + 0.005);
        assert_true(index[k].total_low_ratio - 0.005 <= total[k] &&
                    total[k] <= index[k].total_high_ratio + 0.005);
    }
}

/* A sum has no interactions, and a million in front of it costs no digits: 9/25 and 16/25. A block with a plan that failed
   is left out whole. */
static void a_sum(void **state) {
    struct order_index index[2];
    double *value = design(*state, weighted, 1024, 2);
    assert_int_equal(order_indices(value, 1024, 2, 1, *state, index), STATUS_OK);
    assert_true(fabs(index[0].first_ratio - 0.36) < 0.005 &&
                fabs(index[1].first_ratio - 0.64) < 0.005);
    assert_true(fabs(index[0].total_ratio - 0.36) < 0.005 &&
                fabs(index[1].total_ratio - 0.64) < 0.005);
    for (long n = 0; n < 1024; n += 10) {
        value[n * 4 + n % 4] = (double)NAN;
    }
    assert_int_equal(order_indices(value, 1024, 2, 1, *state, index), STATUS_OK);
    assert_true(fabs(index[0].total_ratio - 0.36) < 0.02);
}

static void statistics(void **state) {
    const double value[] = {3.0, (double)NAN, 1.0, 2.0, 4.0, 5.0};
    struct statistics s;
    assert_int_equal(statistics_of(value, 6, *state, &s), STATUS_OK);
    assert_int_equal(s.count, 5);
    assert_true(s.mean_value == 3.0 && s.least_value == 1.0 && s.most_value == 5.0);
    assert_true(fabs(s.deviation_value - sqrt(2.5)) < 1e-15);
    assert_true(fabs(s.mean_error_value - sqrt(0.5)) < 1e-15);
    assert_true(s.p50_value == 3.0 && fabs(s.p10_value - 1.4) < 1e-15 &&
                fabs(s.p90_value - 4.6) < 1e-15);
    assert_int_equal(statistics_of(value + 1, 1, *state, &s), STATUS_OK);
    assert_true(s.count == 0 && isnan(s.mean_value) && isnan(s.p50_value));
}

/* y = 5 a - 2 b: each effect is the slope, without deviation. y = a b: the mean is that of the other axis. */
static void effects(void **state) {
    static const double plane[] = {0.0, 5.0 * 2 / 3,       5.0 * 2 / 3 - 2.0 * 2 / 3,
                                   5.0, 5.0 - 2.0 * 2 / 3, 5.0 / 3 - 2.0 * 2 / 3};
    static const struct move moves[] = {{0, 2.0 / 3}, {1, 2.0 / 3}, {1, 2.0 / 3}, {0, -2.0 / 3}};
    struct elementary effect[2];
    (void)state;
    elementary_effects(plane, 2, 2, moves, effect);
    assert_true(fabs(effect[0].mean_value - 5.0) < 1e-14 && effect[0].deviation_value < 1e-14);
    assert_true(fabs(effect[1].mean_value + 2.0) < 1e-14);
    assert_true(fabs(effect[1].mean_of_size_value - 2.0) < 1e-14);
    assert_int_equal(effect[0].count, 2);
    double broken[6];
    for (int k = 0; k < 6; k++) {
        broken[k] = k == 1 ? (double)NAN : plane[k];
    }
    elementary_effects(broken, 2, 2, moves, effect);
    assert_int_equal(effect[0].count, 1); /* both effects of the plan that failed are gone */
    assert_int_equal(effect[1].count, 1);
}

static int open_arena(void **state) {
    *state = arena_new(0);
    return *state ? 0 : -1;
}
static int close_arena(void **state) {
    arena_free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ishigami_indices, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_sum, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(statistics, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(effects, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
