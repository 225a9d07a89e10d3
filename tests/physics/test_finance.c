/* Money over years: rates of return and paybacks that no single case shows, identities between the laws. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/finance.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/status.h"

static const double years[] = {0.0, 1.0, 2.0, 3.0, 4.0};

static bool near(double a, double b, double tolerance) { return fabs(a - b) <= tolerance; }

static void rates_of_return(void **state) {
    (void)state;
    double irr_frac = 0.0;
    const double loan[] = {-1000.0, 0.0, 0.0, 0.0, 1464.1}; /* 1.1^4 */
    assert_int_equal(finance_irr_frac(years, loan, 5, 0.0, &irr_frac), FINANCE_IRR_ONE);
    assert_true(near(irr_frac, 0.1, 1e-12));
    const double lost[] = {-1000.0, 100.0, 100.0, 100.0, 100.0};
    assert_int_equal(finance_irr_frac(years, lost, 5, 0.0, &irr_frac), FINANCE_IRR_ONE);
    assert_true(irr_frac < 0.0 && near(finance_npv_money(years, lost, 5, irr_frac), 0.0, 1e-6));
    const double gift[] = {0.0, 1.0, 1.0, 1.0, 1.0};
    assert_int_equal(finance_irr_frac(years, gift, 5, 0.0, &irr_frac), FINANCE_IRR_NONE);
    const double mine[] = {-100.0, 230.0, -132.0, 0.0, 0.0}; /* 10 % and 20 % */
    assert_int_equal(finance_irr_frac(years, mine, 5, 0.0, &irr_frac), FINANCE_IRR_MULTIPLE);
    const double crumbs[] = {-100.0, 60.0, 60.0, -1e-9, 1e-9};
    assert_int_equal(finance_irr_frac(years, crumbs, 5, 1e-6, &irr_frac), FINANCE_IRR_ONE);
    const double wild[] = {-1.0, 100.0, 0.0, 0.0, 0.0}; /* 9,900 %: beyond belief */
    assert_int_equal(finance_irr_frac(years, wild, 5, 0.0, &irr_frac), FINANCE_IRR_NONE);
}

static void paybacks(void **state) {
    (void)state;
    const double even[] = {-100.0, 40.0, 40.0, 40.0, 40.0};
    assert_true(near(finance_payback_year(years, even, 5, 0.0), 2.5, 1e-12));
    assert_true(finance_payback_year(years, even, 5, 0.1) > 2.5);
    const double never[] = {-100.0, 10.0, 10.0, 10.0, 10.0};
    assert_true(isnan(finance_payback_year(years, never, 5, 0.0)));
    const double replaced[] = {-100.0, 150.0, -100.0, 75.0, 75.0}; /* positive for good in year 4 */
    assert_true(near(finance_payback_year(years, replaced, 5, 0.0), 2.0 + 50.0 / 75.0, 1e-12));
    const double always[] = {0.0, 1.0, 1.0, 1.0, 1.0};
    assert_true(finance_payback_year(years, always, 5, 0.0) == 0.0);
    assert_true(isnan(finance_payback_year(years, always, 1, 0.0)));
}

/* An annuity over its years is worth what it pays back, by the slow sum too. */
static void identities(void **state) {
    (void)state;
    static const double rates[] = {-0.02, 0.0, 0.03, 0.0624, 0.2};
    for (int k = 0; k < COUNT(rates); k++) {
        double slow = 0.0, grown = 0.0;
        for (int year = 1; year <= 17; year++) {
            slow += pow(1.0 + rates[k], -year);
            grown += pow(1.02 / (1.0 + rates[k]), year);
        }
        assert_true(near(finance_present_ratio(rates[k], 17.0), slow, 1e-10));
        assert_true(near(finance_growing_ratio(0.02, rates[k], 17.0), grown, 1e-9));
        assert_true(near(finance_growing_ratio(0.0, rates[k], 17.0), slow, 1e-9));
    }
    assert_true(finance_present_ratio(0.05, 0.0) == 0.0);
    assert_true(near(finance_after_tax_ratio(0.0, 0.0, 0.0, 0.05), 1.0, 1e-15));
}

/* The reference's delivered cost: heat pump, then its pipe, then what arrives; 37.0 EUR/MWh. */
static void delivered_heat(void **state) {
    (void)state;
    double pump_money_kwh =
        finance_levelised_money_kwh(762.5, 0.0035, 0.002685 + 0.07 / 4.0, 6000.0, 0.05, 25.0);
    double pipe_money_kwh =
        3000.0 * 1500.0 * finance_annuity_frac_year(0.05, 40.0) * 1.01 / (10000.0 * 6000.0);
    assert_true(near(1000.0 * pump_money_kwh, 29.65, 0.005));
    assert_true(near(1000.0 * pipe_money_kwh, 4.41, 0.005));
    assert_true(near(1000.0 * (pump_money_kwh + pipe_money_kwh) / 0.92, 37.0, 0.05));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(rates_of_return),
                                       cmocka_unit_test(paybacks), cmocka_unit_test(identities),
                                       cmocka_unit_test(delivered_heat)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
