/* Exchangers: limits, symmetry, the first law, and the substation as the inverse of the exchanger. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "base/random.h"
#include "physics/exchanger.h"

static void effectiveness_has_its_limits(void **state) {
    (void)state;
    for (double flow_ratio = 0.0; flow_ratio <= 1.0; flow_ratio += 0.05) {
        double before_frac = -1.0;
        assert_close(exchanger_effectiveness_frac(0.0, flow_ratio), 0.0, 0.0);
        for (double ntu_ratio = 0.0; ntu_ratio < 20.0; ntu_ratio += 0.25) {
            double share_frac = exchanger_effectiveness_frac(ntu_ratio, flow_ratio);
            assert_true(share_frac > before_frac && share_frac < 1.0 + 1e-12);
            before_frac = share_frac;
        }
    }
    /* no jump where the formula changes to its limit */
    assert_close(exchanger_effectiveness_frac(3.0, 1.0 - 2e-7),
                 exchanger_effectiveness_frac(3.0, 1.0), 1e-6);
    assert_close(exchanger_effectiveness_frac(1e4, 0.9), 1.0, 1e-12);
}

static void the_mean_difference_is_symmetric(void **state) {
    (void)state;
    assert_close(exchanger_mean_dk(0.0, 5.0), 0.0, 0.0);
    assert_close(exchanger_mean_dk(5.0, -1.0), 0.0, 0.0);
    assert_close(exchanger_mean_dk(5.0, 5.0000049), 5.00000245, 1e-9); /* the limit joins */
    for (double end_dk = 0.5; end_dk < 60.0; end_dk *= 1.3) {
        double mean_dk = exchanger_mean_dk(end_dk, 10.0);
        assert_close(exchanger_mean_dk(10.0, end_dk), mean_dk, 1e-9);
        assert_true(mean_dk >= fmin(end_dk, 10.0) && mean_dk <= 0.5 * (end_dk + 10.0) + 1e-9);
    }
}

/* Heat is the same on both sides and by area and mean difference; the second law holds. */
static void an_exchanger_keeps_both_laws(void **state) {
    struct random random;
    (void)state;
    random_seed(&random, 7);
    for (int n = 0; n < 5000; n++) {
        double hot_kw_k = 0.1 + 50.0 * random_uniform(&random),
               cold_kw_k = 0.1 + 50.0 * random_uniform(&random);
        double area_kw_k = 200.0 * random_uniform(&random), cold_c = 10.0;
        double hot_c = cold_c + 0.1 + 80.0 * random_uniform(&random);
        double heat_kw = 0.0, hot_out_c = 0.0, cold_out_c = 0.0;
        assert_true(exchanger_counterflow(hot_c, hot_kw_k, cold_c, cold_kw_k, area_kw_k, &heat_kw,
                                          &hot_out_c, &cold_out_c));
        assert_close(hot_kw_k * (hot_c - hot_out_c), heat_kw, 1e-9 * (1.0 + heat_kw));
        assert_close(cold_kw_k * (cold_out_c - cold_c), heat_kw, 1e-9 * (1.0 + heat_kw));
        assert_true(hot_out_c >= cold_c - 1e-9 && cold_out_c <= hot_c + 1e-9);
        double ends_dk = exchanger_mean_dk(hot_c - cold_out_c, hot_out_c - cold_c);
        if (fmin(hot_c - cold_out_c, hot_out_c - cold_c) > 1e-3) {
            assert_close(area_kw_k * ends_dk, heat_kw, 1e-5 * (1.0 + heat_kw));
        }
    }
    double heat_kw = -1.0;
    assert_false(exchanger_counterflow(50.0, 1.0, 50.0, 1.0, 1.0, &heat_kw, &heat_kw, &heat_kw));
    assert_false(exchanger_counterflow(50.0, 0.0, 40.0, 1.0, 1.0, &heat_kw, &heat_kw, &heat_kw));
    assert_close(heat_kw, -1.0, 0.0);
}

static void a_substation_is_the_exchanger_turned_round(void **state) {
    struct random random;
    int solved = 0;
    (void)state;
    random_seed(&random, 9);
    for (int n = 0; n < 2000; n++) {
        double hot_kw_k = 1.0 + 40.0 * random_uniform(&random);
        double cold_kw_k = 1.0 + 40.0 * random_uniform(&random);
        double area_kw_k = 5.0 + 60.0 * random_uniform(&random);
        double heat_kw = 0.0, hot_out_c = 0.0, cold_out_c = 0.0, flow_kw_k = 0.0, out_c = 0.0;
        assert_true(exchanger_counterflow(75.0, hot_kw_k, 35.0, cold_kw_k, area_kw_k, &heat_kw,
                                          &hot_out_c, &cold_out_c));
        if (fmin(75.0 - cold_out_c, hot_out_c - 35.0) < 0.01) {
            continue; /* flow and outlet are no longer told apart */
        }
        solved++;
        assert_true(
            exchanger_hot_flow(heat_kw, 75.0, 35.0, cold_out_c, area_kw_k, &flow_kw_k, &out_c));
        assert_close(flow_kw_k / hot_kw_k, 1.0, 1e-5);
        assert_close(out_c, hot_out_c, 1e-5);
    }
    assert_true(solved > 1000);
}

static void no_flow_is_large_enough(void **state) {
    double flow_kw_k = -1.0, out_c = -1.0;
    (void)state;
    assert_false(exchanger_hot_flow(100.0, 60.0, 30.0, 60.0, 10.0, &flow_kw_k, &out_c));
    assert_false(exchanger_hot_flow(100.0, 60.0, 30.0, 30.0, 10.0, &flow_kw_k, &out_c));
    assert_false(exchanger_hot_flow(0.0, 60.0, 30.0, 50.0, 10.0, &flow_kw_k, &out_c));
    assert_false(exchanger_hot_flow(250.0, 60.0, 30.0, 50.0, 10.0, &flow_kw_k, &out_c));
    assert_close(flow_kw_k, -1.0, 0.0);
    assert_close(exchanger_area_ratio(0.0, 1.0, 0.5), 0.0, 0.0);
    assert_close(exchanger_area_ratio(1.0, -1.0, 0.5), 0.0, 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effectiveness_has_its_limits),
        cmocka_unit_test(the_mean_difference_is_symmetric),
        cmocka_unit_test(an_exchanger_keeps_both_laws),
        cmocka_unit_test(a_substation_is_the_exchanger_turned_round),
        cmocka_unit_test(no_flow_is_large_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
