/* The laws over arrays against the laws one by one: the whole range, the sliver where ice meets water, and real
   weather. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "base/random.h"
#include "physics/air.h"
#include "physics/air_year.h"

enum { MANY = 20000 };

static double t_c[MANY], w_kg_kg[MANY], p_kpa[MANY], rh_frac[MANY], got[MANY];

/* cold, around 0 degC, ordinary, hot, and beyond the table at both ends */
static void draw(void) {
    struct random random;
    random_seed(&random, 7);
    for (int k = 0; k < MANY; k++) {
        double dice = random_uniform(&random), u = random_uniform(&random);
        t_c[k] = dice < 0.1   ? -0.6 + 1.2 * u
                 : dice < 0.2 ? -95.0 + 180.0 * u
                 : dice < 0.3 ? -0.02 + 0.04 * u
                              : -45.0 + 95.0 * u;
        p_kpa[k] = 55.0 + 50.0 * random_uniform(&random);
        rh_frac[k] = dice > 0.95 ? 1.0 : random_uniform(&random);
        w_kg_kg[k] = air_saturation_kpa(t_c[k]) < 0.9 * p_kpa[k]
                         ? air_humidity_kg_kg(t_c[k], rh_frac[k], p_kpa[k])
                         : 0.02;
    }
}

static void saturation_and_humidity_are_the_law_s(void **state) {
    (void)state;
    draw();
    air_year_saturation_kpa(MANY, t_c, got);
    for (int k = 0; k < MANY; k++) {
        double law_kpa = air_saturation_kpa(t_c[k]);
        assert_close(got[k] / law_kpa, 1.0, 5e-8);
    }
    air_year_humidity_kg_kg(MANY, t_c, rh_frac, p_kpa, got);
    for (int k = 0; k < MANY; k++) {
        if (air_saturation_kpa(t_c[k]) < 0.9 * p_kpa[k]) {
            double law_kg_kg = air_humidity_kg_kg(t_c[k], rh_frac[k], p_kpa[k]);
            assert_close(got[k], law_kg_kg, 1e-7 * fabs(law_kg_kg) + 1e-15);
        }
    }
    air_year_relative_humidity_frac(MANY, t_c, w_kg_kg, p_kpa, got);
    for (int k = 0; k < MANY; k++) {
        double law_frac = air_relative_humidity_frac(t_c[k], w_kg_kg[k], p_kpa[k]);
        assert_close(got[k], law_frac, 1e-7 * fabs(law_frac));
    }
    air_year_enthalpy_kj_kg(MANY, t_c, w_kg_kg, got);
    for (int k = 0; k < MANY; k++) {
        assert_close(got[k], air_enthalpy_kj_kg(t_c[k], w_kg_kg[k]), 1e-12);
    }
}

static void dew_point_is_the_law_s(void **state) {
    (void)state;
    draw();
    air_year_dew_point_c(MANY, w_kg_kg, p_kpa, got);
    for (int k = 0; k < MANY; k++) {
        assert_close(got[k], air_dew_point_c(w_kg_kg[k], p_kpa[k]), 1e-6);
    }
}

static void wet_bulb_is_the_law_s(void **state) {
    (void)state;
    draw();
    air_year_wet_bulb_c(MANY, t_c, w_kg_kg, p_kpa, got);
    int apart = 0;
    for (int k = 0; k < MANY; k++) {
        /* at the very edge between the iced and the wet wick either may be taken: both solve it */
        double law_c = air_wet_bulb_c(t_c[k], w_kg_kg[k], p_kpa[k]);
        if (fabs(got[k] - law_c) > 1e-6) {
            apart++;
            assert_true(fabs(got[k]) < 0.6 && fabs(law_c) < 0.6);
        }
        assert_true(got[k] <= t_c[k] + 1e-9);
    }
    assert_true(apart <= 2);
}

/* The result may overwrite an argument. */
static void results_may_be_arguments(void **state) {
    (void)state;
    draw();
    double kept[8];
    for (int k = 0; k < 8; k++) {
        kept[k] = air_wet_bulb_c(t_c[k], w_kg_kg[k], p_kpa[k]);
    }
    air_year_wet_bulb_c(8, t_c, w_kg_kg, p_kpa, w_kg_kg);
    for (int k = 0; k < 8; k++) {
        assert_close(w_kg_kg[k], kept[k], 1e-6);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saturation_and_humidity_are_the_law_s),
        cmocka_unit_test(dew_point_is_the_law_s),
        cmocka_unit_test(wet_bulb_is_the_law_s),
        cmocka_unit_test(results_may_be_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
