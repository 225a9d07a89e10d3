/* Greenhouses, pavements, pools outdoors, processes: directions and limits. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "physics/air.h"
#include "physics/greenhouse.h"
#include "physics/pool.h"
#include "physics/process.h"
#include "physics/sky.h"
#include "physics/snow.h"

static double house(double cover_kw_m2k, double saved_frac, double inside_c, double sun_kw_m2) {
    return greenhouse_heat_kw_m2(1.2, cover_kw_m2k, saved_frac, 0.5, 5.0, inside_c, 0.0, sun_kw_m2,
                                 0.5);
}

static void a_greenhouse_saves_by_screen_glass_and_sun(void **state) {
    (void)state;
    double bare_kw_m2 = house(0.0064, 0.0, 18.0, 0.0);
    assert_true(house(0.0064, 0.4, 18.0, 0.0) < 0.7 * bare_kw_m2);
    assert_true(house(0.0035, 0.0, 18.0, 0.0) < 0.7 * bare_kw_m2);
    assert_true(house(0.0064, 0.0, 18.0, 0.1) < bare_kw_m2);
    assert_close(house(0.0064, 0.0, 9.0, 0.0), 0.5 * bare_kw_m2, 1e-12);
    assert_close(house(0.0064, 0.0, 18.0, 1.0), 0.0, 0.0);
}

static void snow_asks_for_more_in_wind_and_frost(void **state) {
    (void)state;
    double before_kw_m2 = 0.0;
    for (double wind_m_s = 0.0; wind_m_s <= 20.0; wind_m_s += 2.0) {
        double now_kw_m2 = snow_surface_kw_m2(0.5, -5.0, 0.0025, 101.325, wind_m_s, -5.0, 6.1);
        assert_true(now_kw_m2 >= before_kw_m2);
        before_kw_m2 = now_kw_m2;
    }
    assert_true(snow_melt_kw_m2(2.0, -10.0, 0.5) > snow_melt_kw_m2(2.0, 0.0, 0.5));
    assert_close(snow_melt_kw_m2(4.0, -3.0, 0.5), 2.0 * snow_melt_kw_m2(2.0, -3.0, 0.5), 1e-12);
    assert_close(snow_surface_kw_m2(0.5, 15.0, 0.01, 101.325, 5.0, 15.0, 6.1), 0.0, 0.0);
}

/* A clear sky is 10 to 25 K below the air, most where it is cold. */
static void a_clear_sky_is_colder_than_the_air(void **state) {
    double before_dk = 100.0;
    (void)state;
    for (double air_c = -20.0; air_c <= 40.0; air_c += 5.0) {
        double below_dk = air_c - sky_clear_c(air_c);
        assert_true(below_dk > 5.0 && below_dk < before_dk);
        before_dk = below_dk;
    }
}

/* Outdoors in the hall's air, without sky and sun, is the hall's pool. */
static void an_outdoor_pool_is_an_indoor_pool_under_a_sky(void **state) {
    (void)state;
    double w_kg_kg = air_humidity_kg_kg(24.0, 0.6, 101.325);
    struct pool_weather weather = {24.0, w_kg_kg, 101.325, 0.5, 0.0};
    double sky_kw_m2 = sky_radiation_kw_m2(28.0, sky_clear_c(24.0), 0.95);
    double hall_kw_m2 = pool_evaporation_kg_s(1.0, 1.0, 28.0, 24.0, 0.6, 0.5) * 2435.0 +
                        pool_convection_kw(1.0, 28.0, 24.0, 0.5, 101.325);
    assert_close(pool_outdoor_kw_m2(&weather, 28.0, 1.0), hall_kw_m2 + sky_kw_m2, 0.002);
    weather.wind_m_s = 3.0;
    assert_true(pool_outdoor_kw_m2(&weather, 28.0, 1.0) > hall_kw_m2 + sky_kw_m2);
}

static void dried_goods_keep_their_dry_matter(void **state) {
    (void)state;
    for (double moist = 0.1; moist < 0.95; moist += 0.1) {
        for (double dry = 0.0; dry < moist; dry += 0.05) {
            double left_kg = 1.0 - process_dried_kg_kg(moist, dry);
            assert_close(left_kg * (1.0 - dry), 1.0 - moist, 1e-12);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_greenhouse_saves_by_screen_glass_and_sun),
        cmocka_unit_test(snow_asks_for_more_in_wind_and_frost),
        cmocka_unit_test(a_clear_sky_is_colder_than_the_air),
        cmocka_unit_test(an_outdoor_pool_is_an_indoor_pool_under_a_sky),
        cmocka_unit_test(dried_goods_keep_their_dry_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
