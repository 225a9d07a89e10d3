/* The bill calculator on tariffs small enough to bill by hand: tiers, lookback, minimum, net metering,
   contract, quarter-hours. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scenario/tariff.h"

#define assert_near(a, b)                                                                          \
    do {                                                                                           \
        double a_ = (a), b_ = (b);                                                                 \
        if (!(fabs(a_ - b_) <= 1e-6)) {                                                            \
            fail_msg("%s = %.12g, not %.12g", #a, a_, b_);                                         \
        }                                                                                          \
    } while (0)

enum { QUARTERS = 35040 };
static double load_kw[QUARTERS];
static struct tariff_bill bill;

static void one_price(struct tariff_period *period, double price) {
    *period = (struct tariff_period){1, {{price, (double)INFINITY, (double)NAN}}};
}

static void flat_bill(const struct tariff *tariff, double kw, double step_h) {
    struct calendar calendar;
    assert_int_equal(calendar_whole_year(&calendar, 2017, step_h), STATUS_OK);
    for (int s = 0; s < calendar_steps(&calendar); s++) {
        load_kw[s] = kw;
    }
    tariff_bill(tariff, &calendar, load_kw, &bill);
}

/* 744 hours of 10 kW in January: 5,000 kWh at 0.10 and 2,440 at 0.20; quarter-hours bill the same. */
static void tiers_count_by_month(void **state) {
    struct tariff tariff = tariff_empty();
    struct tariff_period period = {
        2, {{0.10, 5000.0, (double)NAN}, {0.20, (double)INFINITY, (double)NAN}}};
    (void)state;
    tariff.energy.period = &period;
    tariff.energy.periods_count = 1;
    tariff.fixed_money_day = 2.0;
    flat_bill(&tariff, 10.0, 1.0);
    assert_near(bill.month[0].energy_money, 500.0 + 2440.0 * 0.2);
    assert_near(bill.month[0].fixed_money, 62.0);
    assert_near(bill.month[1].energy_money, 500.0 + 1720.0 * 0.2);
    double hourly = bill.total_money;
    flat_bill(&tariff, 10.0, 0.25);
    assert_near(bill.total_money, hourly);
    assert_near(bill.import_kwh, 87600.0);
}

/* One hour of 100 kW in July, 10 kW else; half of the summer's peak is billed in every month. */
static void a_ratchet_remembers(void **state) {
    struct tariff tariff = tariff_empty();
    struct tariff_period flat;
    struct calendar calendar;
    (void)state;
    one_price(&flat, 3.0);
    tariff.flat = &flat;
    tariff.flat_periods_count = 1;
    tariff.lookback_frac = 0.5;
    tariff.lookback_month[6] = true;
    assert_int_equal(calendar_whole_year(&calendar, 2017, 1.0), STATUS_OK);
    for (int s = 0; s < 8760; s++) {
        load_kw[s] = s == 5000 ? 100.0 : 10.0; /* 28 July */
    }
    tariff_bill(&tariff, &calendar, load_kw, &bill);
    assert_near(bill.month[6].flat_money, 300.0);
    assert_near(bill.month[0].flat_money, 150.0);
    /* the three months before, round the year's end: July weighs on August to October only */
    tariff.lookback_month[6] = false;
    tariff.lookback_range = 3;
    tariff_bill(&tariff, &calendar, load_kw, &bill);
    assert_near(bill.month[7].flat_money, 150.0);
    assert_near(bill.month[9].flat_money, 150.0);
    assert_near(bill.month[10].flat_money, 30.0);
    assert_near(bill.month[5].flat_money, 30.0);
}

static void minimum_bills(void **state) {
    struct tariff tariff = tariff_empty();
    (void)state;
    tariff.fixed_money_month = 10.0;
    tariff.least_money_month = 25.0;
    tariff.least_money_year = 400.0;
    flat_bill(&tariff, 1.0, 1.0);
    assert_near(bill.month[3].least_money, 15.0);
    assert_near(bill.least_money, 100.0);
    assert_near(bill.total_money, 400.0);
}

/* By day 10 kW are taken, by night 4 fed in. */
static void what_is_fed_in(void **state) {
    struct tariff tariff = tariff_empty();
    struct tariff_period energy;
    struct calendar calendar;
    (void)state;
    one_price(&energy, 0.1);
    tariff.energy.period = &energy;
    tariff.energy.periods_count = 1;
    assert_int_equal(calendar_whole_year(&calendar, 2017, 1.0), STATUS_OK);
    for (int s = 0; s < 8760; s++) {
        load_kw[s] = s % 24 >= 12 ? 10.0 : -4.0;
    }
    tariff_bill(&tariff, &calendar, load_kw, &bill); /* earns nothing */
    assert_near(bill.total_money, 43800.0 * 0.1);
    tariff.export_rule = TARIFF_NET;
    tariff_bill(&tariff, &calendar, load_kw, &bill);
    assert_near(bill.total_money, (43800.0 - 17520.0) * 0.1);
    tariff.export_rule = TARIFF_SELL;
    tariff.export_money_kwh = 0.03;
    tariff_bill(&tariff, &calendar, load_kw, &bill);
    assert_near(bill.total_money, 4380.0 - 17520.0 * 0.03);
    assert_near(bill.export_kwh, 17520.0);
}

/* The reference's contract: 100 MW, 80 taken, 14 per kW: 70,000 a month for 5 MW not taken. Then a
   contract like GS-5: 85 % of T and D, 60 % of G, four years of ramp, 14 of term, leaving in year 9. */
static void a_large_loads_contract(void **state) {
    struct tariff tariff = tariff_empty();
    struct tariff_period flat;
    (void)state;
    one_price(&flat, 14.0);
    tariff.flat = &flat;
    tariff.flat_periods_count = 1;
    tariff.large = (struct tariff_large_load){
        .threshold_kw = 25e3, .contract_kw = 100e3, .part_d_frac = 1.0, .min_share_d_frac = 0.85};
    flat_bill(&tariff, 80e3, 1.0);
    assert_near(bill.month[4].shortfall_money, 70000.0);
    assert_near(bill.total_money, 12.0 * 14.0 * 85e3);
    tariff.large.threshold_kw = 200e3; /* not a large load */
    flat_bill(&tariff, 80e3, 1.0);
    assert_near(bill.month[4].shortfall_money, 0.0);
    struct tariff_large_load gs5 = {25e3, 100e3, 0.2, 0.3,  0.5, 0.85, 0.85, 0.6,
                                    14.0, 4.0,   3.0, 50.0, 0.2, 0.0,  0.0};
    assert_near(tariff_contract_kw(&gs5, 1.0), 25e3);
    assert_near(tariff_contract_kw(&gs5, 9.0), 100e3);
    assert_near(tariff_collateral_money(&gs5), 5e6);
    double least = 10.0 * 100e3 * 0.8 * (0.2 * 0.85 + 0.3 * 0.85 + 0.5 * 0.6);
    assert_near(tariff_least_demand_money_month(&gs5, 9.0, 10.0), least);
    assert_near(tariff_exit_money(&gs5, 9.0, 10.0), 36.0 * least);
    assert_near(tariff_exit_money(&gs5, 13.0, 10.0), 12.0 * least);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiers_count_by_month),   cmocka_unit_test(a_ratchet_remembers),
        cmocka_unit_test(minimum_bills),          cmocka_unit_test(what_is_fed_in),
        cmocka_unit_test(a_large_loads_contract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
