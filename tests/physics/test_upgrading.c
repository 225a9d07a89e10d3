/* Sorption chillers, organic Rankine cycles, collectors: directions and limits. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "physics/carnot.h"
#include "physics/collector.h"
#include "physics/orc.h"
#include "physics/sorption.h"

static double absorption_cop(double driving_c, double recooling_c, double cold_c) {
    double cold_kw = 0.0, heat_kw = 1.0;
    return sorption_absorption_kw(driving_c, recooling_c, cold_c, &cold_kw, &heat_kw)
               ? cold_kw / heat_kw
               : 0.0;
}

/* A machine between three temperatures: its COP stays below the ideal one wherever it runs. */
static void absorption_keeps_the_second_law(void **state) {
    (void)state;
    for (double driving_c = 60.0; driving_c <= 110.0; driving_c += 5.0) {
        for (double recooling_c = 22.0; recooling_c <= 45.0; recooling_c += 3.0) {
            for (double cold_c = 6.0; cold_c <= 18.0; cold_c += 3.0) {
                double ideal = carnot_engine_eff(driving_c, recooling_c) *
                               carnot_cooling_ratio(recooling_c, cold_c);
                assert_true(absorption_cop(driving_c, recooling_c, cold_c) < ideal);
            }
        }
    }
}

static void sorption_wants_hot_drive_and_cool_re_cooling(void **state) {
    double cold_kw = 0.0, more_kw = 0.0, heat_kw = 0.0;
    (void)state;
    assert_true(sorption_absorption_kw(80.0, 30.0, 12.0, &cold_kw, &heat_kw));
    assert_true(sorption_absorption_kw(85.0, 30.0, 12.0, &more_kw, &heat_kw) && more_kw > cold_kw);
    assert_true(sorption_absorption_kw(80.0, 27.0, 12.0, &more_kw, &heat_kw) && more_kw > cold_kw);
    assert_true(sorption_absorption_kw(80.0, 30.0, 15.0, &more_kw, &heat_kw) && more_kw > cold_kw);
    double share = 0.0, cop = 0.0;
    assert_false(sorption_adsorption(60.0, 41.0, &share, &cop));
    assert_true(sorption_adsorption(70.0, 30.0, &share, &cop) && share > 0.5 && share < 1.0);
}

/* What the page says plainly: 2 to 5 % from the heat of data centres, and never a gain behind a heat
   pump, whatever both machines' temperatures, with real machines. */
static void a_heat_pump_and_an_engine_never_gain(void **state) {
    (void)state;
    for (double source_c = 20.0; source_c <= 60.0; source_c += 5.0) {
        for (double hot_c = source_c + 10.0; hot_c <= 120.0; hot_c += 5.0) {
            for (double coolant_c = -5.0; coolant_c <= source_c - 15.0; coolant_c += 5.0) {
                double cop = fmin(10.0, 0.55 * carnot_heating_ratio(hot_c, source_c));
                assert_true(cop * orc_gross_eff(hot_c, coolant_c, 0.27) < 1.0);
            }
        }
    }
    for (double hot_c = 43.0; hot_c <= 85.0; hot_c += 1.0) {
        double gross = orc_gross_eff(hot_c, 20.0, 0.27);
        assert_true(gross > 0.018 && gross < 0.05);
    }
}

static void collectors_lose_with_their_temperature(void **state) {
    double before_kw_m2 = 1.0;
    (void)state;
    for (double fluid_c = 20.0; fluid_c <= 140.0; fluid_c += 10.0) {
        double now_kw_m2 = collector_heat_kw_m2(0.7, fluid_c, 10.0, 0.8, 0.0022, 0.0000135);
        assert_true(now_kw_m2 < before_kw_m2 && now_kw_m2 >= 0.0);
        before_kw_m2 = now_kw_m2;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absorption_keeps_the_second_law),
        cmocka_unit_test(sorption_wants_hot_drive_and_cool_re_cooling),
        cmocka_unit_test(a_heat_pump_and_an_engine_never_gain),
        cmocka_unit_test(collectors_lose_with_their_temperature),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
