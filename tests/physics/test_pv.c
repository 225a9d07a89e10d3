/* Photovoltaics: the inverter's curve, directions, ends. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "physics/pv.h"

static void the_inverter_loses_and_clips(void **state) {
    double before_frac = 0.0;
    (void)state;
    for (double dc_frac = 0.0; dc_frac <= 1.5; dc_frac += 0.005) {
        double ac_frac = pv_inverter_frac(dc_frac, 0.96, 1.2);
        assert_true(ac_frac >= before_frac && ac_frac <= 1.0 / 1.2 + 1e-12);
        assert_true(ac_frac <= dc_frac * 0.97);
        before_frac = ac_frac;
    }
    assert_close(before_frac, 1.0 / 1.2, 1e-12);
    assert_close(pv_inverter_frac(-0.1, 0.96, 1.2), 0.0, 0.0);
    assert_close(pv_inverter_frac(1e-4, 0.96, 1.2), 0.0, 0.0); /* less than it needs itself */
}

static void hot_cells_give_less(void **state) {
    (void)state;
    for (double outdoor_c = -20.0; outdoor_c < 40.0; outdoor_c += 5.0) {
        double cool = pv_dc_frac(0.8, pv_cell_c(outdoor_c, 0.8, 45.0), -0.0037);
        double warm = pv_dc_frac(0.8, pv_cell_c(outdoor_c + 5.0, 0.8, 45.0), -0.0037);
        assert_close(cool - warm, 0.8 * 5.0 * 0.0037, 1e-12);
        assert_true(pv_cell_wind_c(outdoor_c, 0.8, 5.0) < pv_cell_wind_c(outdoor_c, 0.8, 1.0));
    }
    assert_close(pv_dc_frac(1.0, 400.0, -0.0037), 0.0, 0.0); /* not below nothing */
}

/* NOCT stands for 1 m/s: Faiman's free rack there is 45 to 46 degC. */
static void both_cell_temperatures_agree_at_one_metre_per_second(void **state) {
    (void)state;
    assert_close(pv_cell_wind_c(20.0, 0.8, 1.0), pv_cell_c(20.0, 0.8, 45.0), 0.3);
}

static void the_whole_is_its_parts(void **state) {
    (void)state;
    for (double plane_kw_m2 = 0.0; plane_kw_m2 <= 1.2; plane_kw_m2 += 0.1) {
        double dc_frac = pv_dc_frac(plane_kw_m2, 40.0, -0.004) * (1.0 - 0.14);
        assert_close(pv_output_frac(plane_kw_m2, 40.0, 0.14, -0.004, 0.96, 1.1),
                     pv_inverter_frac(dc_frac, 0.96, 1.1), 0.0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_inverter_loses_and_clips),
        cmocka_unit_test(hot_cells_give_less),
        cmocka_unit_test(both_cell_temperatures_agree_at_one_metre_per_second),
        cmocka_unit_test(the_whole_is_its_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
