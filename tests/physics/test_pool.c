/* Pools: directions, ends, and two other laws of evaporation. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "physics/air.h"
#include "physics/pool.h"
#include "physics/water.h"

static double drive_kpa(double water_c, double air_c, double rh_frac) {
    return air_saturation_kpa(water_c) - rh_frac * air_saturation_kpa(air_c);
}

/* The same law in its own units: (95 + .425 v) (p_w - p_a)/Y lb/(h ft2), v in ft/min, p in inHg, Y
   in Btu/lb. ASHRAE's metric form rounds both figures: within 1 %. */
static void the_law_in_its_own_units(void **state) {
    (void)state;
    for (double speed_m_s = 0.0; speed_m_s <= 0.6; speed_m_s += 0.1) {
        double feet_a_minute = speed_m_s / 0.00508, inches = drive_kpa(28.0, 29.0, 0.55) / 3.38639;
        double btu_lb = water_latent_kj_kg(28.0) / 2.326;
        double lb_h_ft2 = (95.0 + 0.425 * feet_a_minute) * inches / btu_lb;
        double kg_s = lb_h_ft2 * 0.45359237 / 3600.0 / 0.09290304;
        double law_kg_s = pool_evaporation_kg_s(1.0, 1.0, 28.0, 29.0, 0.55, speed_m_s);
        assert_close(law_kg_s / kg_s, 1.0, 0.01);
    }
}

/* VDI 2089: 7 m/h over unused water, 40 m/h in a public pool in use, of the difference in vapour
   density; this law lies between. */
static void between_vdis_quiet_and_busy_water(void **state) {
    (void)state;
    for (double water_c = 26.0; water_c <= 34.0; water_c += 1.0) {
        double density_kg_m3 = drive_kpa(water_c, water_c + 1.0, 0.6) / (0.4615 * 302.65);
        double law_kg_s = pool_evaporation_kg_s(1.0, 1.0, water_c, water_c + 1.0, 0.6, 0.1);
        assert_true(law_kg_s > 7.0 / 3600.0 * density_kg_m3);
        assert_true(law_kg_s < 40.0 / 3600.0 * density_kg_m3);
    }
}

static void drier_faster_warmer_busier_evaporates_more(void **state) {
    double base_kg_s = pool_evaporation_kg_s(100.0, 0.8, 28.0, 29.0, 0.6, 0.1);
    (void)state;
    assert_true(pool_evaporation_kg_s(100.0, 0.8, 28.0, 29.0, 0.5, 0.1) > base_kg_s);
    assert_true(pool_evaporation_kg_s(100.0, 0.8, 28.0, 29.0, 0.6, 0.2) > base_kg_s);
    assert_true(pool_evaporation_kg_s(100.0, 0.8, 29.0, 29.0, 0.6, 0.1) > base_kg_s);
    assert_true(pool_evaporation_kg_s(100.0, 1.0, 28.0, 29.0, 0.6, 0.1) > base_kg_s);
    assert_close(pool_evaporation_kg_s(200.0, 0.8, 28.0, 29.0, 0.6, 0.1), 2.0 * base_kg_s, 1e-12);
    assert_close(pool_evaporation_kg_s(100.0, 0.8, 20.0, 30.0, 1.0, 0.1), 0.0, 0.0); /* fog */
}

/* Bowen's ratio of the two heats of still, quiet water. */
static void convection_keeps_bowens_ratio(void **state) {
    (void)state;
    for (double air_c = 22.0; air_c <= 35.0; air_c += 1.0) {
        double evaporation_kw =
            pool_evaporation_kg_s(1.0, 1.0, 28.0, air_c, 0.5, 0.1) * water_latent_kj_kg(28.0);
        double ratio = 0.0613 * (28.0 - air_c) / drive_kpa(28.0, air_c, 0.5);
        assert_close(pool_convection_kw(1.0, 28.0, air_c, 0.1, 101.325), ratio * evaporation_kw,
                     1e-9);
    }
    assert_close(pool_convection_kw(1.0, 28.0, 28.0, 0.1, 101.325), 0.0, 0.0);
    /* still air: 5.5 W/(m2 K) */
    assert_close(pool_convection_kw(1.0, 29.0, 28.0, 0.0, 101.325), 0.0055, 0.0001);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_law_in_its_own_units),
        cmocka_unit_test(between_vdis_quiet_and_busy_water),
        cmocka_unit_test(drier_faster_warmer_busier_evaporates_more),
        cmocka_unit_test(convection_keeps_bowens_ratio),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
