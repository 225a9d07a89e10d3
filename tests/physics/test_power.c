/* The power chain: what no single point shows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/power.h"

#include "close.h"

/* data-centre notes W3: the fit's efficiencies; 10 MW of IT, PDU .99, transformer .985, at the bus: N at 80 %
   10.755 MW (7.55 %), 2N at 40 % 10.987 MW (9.87 %). */
static void the_worked_chain(void **state) {
    static const double load_frac[] = {0.2, 0.4, 0.8}, eff[] = {0.9000, 0.9334, 0.9535};
    (void)state;
    for (int k = 0; k < COUNT(load_frac); k++) {
        assert_close(power_ups_eff(POWER_UPS_DC_PRO_225, load_frac[k]), eff[k], 0.00005);
    }
    double behind_mw = 10.0 / 0.99;
    double n_mw = behind_mw / power_ups_eff(POWER_UPS_DC_PRO_225, 0.8);
    double twice_mw =
        behind_mw / power_ups_eff(POWER_UPS_DC_PRO_225, power_module_load_frac(0.8, POWER_2N, 4.0));
    assert_close(n_mw, 10.593, 0.0006);
    assert_close(n_mw / 0.985, 10.755, 0.0006);
    assert_close(twice_mw, 10.822, 0.0006);
    assert_close(twice_mw / 0.985, 10.987, 0.0006);
}

/* Each bin of DC Pro's 225 kVA table: the fit within .011 from a load of .15 on, the bin itself below. */
static void dc_pro_bin_by_bin(void **state) {
    static const double bins[] = {0.807, 0.869, 0.902, 0.921, 0.932,
                                  0.942, 0.958, 0.958, 0.955, 0.953};
    (void)state;
    assert_close(power_ups_eff(POWER_UPS_DC_PRO_225, 0.05), bins[0], 1e-12);
    for (int k = 1; k < COUNT(bins); k++) {
        assert_close(power_ups_eff(POWER_UPS_DC_PRO_225, 0.05 + 0.1 * k), bins[k], 0.011);
    }
}

static void every_ups_loses_more_at_more_load(void **state) {
    (void)state;
    for (int ups = 0; ups < POWER_UPS_NONE; ups++) {
        double before = 0.0;
        for (int k = 0; k <= 200; k++) {
            double loss = power_ups_loss_frac((enum power_ups)ups, k / 200.0);
            assert_true(loss > before && loss < 0.09); /* and never gives power */
            before = loss;
        }
    }
}

static void redundancy_is_paid_in_losses(void **state) {
    (void)state;
    for (double load = 0.05; load <= 1.0; load += 0.05) {
        double n = power_module_load_frac(load, POWER_N, 4.0),
               more = power_module_load_frac(load, POWER_N_PLUS_1, 4.0),
               twice = power_module_load_frac(load, POWER_2N, 4.0);
        assert_true(n > more && more > twice);
        assert_true(power_ups_eff(POWER_UPS_DC_PRO_1000, twice) <
                    power_ups_eff(POWER_UPS_DC_PRO_1000, more));
        assert_close(n * power_installed_ratio(POWER_N, 4.0),
                     twice * power_installed_ratio(POWER_2N, 4.0), 1e-12);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_chain),
        cmocka_unit_test(dc_pro_bin_by_bin),
        cmocka_unit_test(every_ups_loses_more_at_more_load),
        cmocka_unit_test(redundancy_is_paid_in_losses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
