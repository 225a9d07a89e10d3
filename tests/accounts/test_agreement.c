/* Power bought by contract, certificates and a connection that may be curtailed, with values worked out by hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "accounts/agreement.h"
#include "accounts/inventory.h"
#include "plan/small.h"

#define HEAD                                                                                       \
    "hearth: 1\nname: contracts\nplace: {climate: dallas, ground_c: 19}\n"                         \
    "horizon: {from: 2024-08-05, days: 2}\nmoney: {currency: USD, year: 2024}\n"
#define HALL                                                                                       \
    "data_centre:\n  - {name: hall, it_kw: 1000, occupancy_frac: 1, load: flat, cooling: dx}\n"

struct made {
    struct small small;
    struct accounts *accounts;
};

static struct made account(const char *text) {
    struct made made = {small_solve(text), NULL};
    assert_int_equal(accounts_make(made.small.plan, made.small.arena, &made.accounts), STATUS_OK);
    assert_true(made.small.plan->cases[CASE_TOGETHER].audit.prices_judged);
    assert_true(made.small.plan->cases[CASE_TOGETHER].audit.prices_hold);
    return made;
}

static double paid(const struct made *made, const char *kind, enum party payer, enum party payee) {
    const struct ledger *ledger = &made->accounts->ledger[CASE_TOGETHER];
    double money = 0.0;
    for (int k = 0; k < ledger->transfers_count; k++) {
        const struct transfer *t = &ledger->transfers[k];
        money += strcmp(t->kind, kind) == 0 && t->payer == payer && t->payee == payee
                     ? t->money_year
                     : 0.0;
    }
    return money;
}

static const struct flow *flow_of(const struct made *made, const char *name) {
    return &made->small.plan->cases[CASE_TOGETHER].flow[small_instance(&made->small, name)];
}

/* 300 kW of a band and 5,000 kW of another, credited with the 0.08 a kWh that the meter pays, surplus at 0.02: together
   they are used as far as the meter imports, the rest is sold. The large one's certificates are not kept. A third settles
   for the difference. A quarter of the import has bought certificates. */
static void agreements(void **state) {
    (void)state;
    struct made made = account(
        HEAD
        "electricity:\n  data_centre: {energy_money_kwh: 0.08, certificate_frac: 0.25, "
        "certificate_money_kwh: 0.004}\n"
        "  carbon: {average_kgco2_kwh: 0.2, marginal_kgco2_kwh: 0.5, carbon_free_frac: 0.4}\n" HALL
        "plant:\n"
        "  band: {kind: ppa, capacity_kw: 300, price_money_kwh: 0.05, market_money_kwh: 0.02}\n"
        "  large: {kind: ppa, capacity_kw: 5000, price_money_kwh: 0.06, market_money_kwh: 0.03,"
        " delivery_money_kwh: 0.01, certificates: false}\n"
        "  hedge: {kind: ppa, capacity_kw: 100, output_frac: 0.5, price_money_kwh: 0.07, "
        "market_money_kwh: 0.04, settlement: for_difference, certificates: false}\n"
        "inventory: {market_kgco2_kwh: 0.5}\n");
    const struct flow *grid = flow_of(&made, "grid_data_centre"), *band = flow_of(&made, "band"),
                      *large = flow_of(&made, "large");
    for (int t = 0; t < made.small.plan->hours->horizon_count; t++) {
        assert_near(band->rate_kw[0][t], 300.0, 1e-6); /* it gains more by being used */
        assert_near(band->rate_kw[0][t] + large->rate_kw[0][t], grid->rate_kw[0][t], 1e-6);
        assert_near(large->rate_kw[0][t] + large->rate_kw[1][t], 5000.0, 1e-6);
    }
    double year_h = 8784.0,
           import_kwh = small_sum(&made.small, grid->rate_kw[0]) / made.small.scenario->year_frac;
    double price_money_kwh = 0.08 + 0.25 * 0.004, used_kwh = import_kwh - 300.0 * year_h;
    assert_near(paid(&made, "certificates", PARTY_OPERATOR, PARTY_SUPPLIERS),
                0.25 * 0.004 * import_kwh, 1e-9);
    assert_near(paid(&made, "electricity_energy", PARTY_OPERATOR, PARTY_ELECTRIC_UTILITY),
                0.08 * import_kwh, 1e-9);
    assert_near(paid(&made, "ppa_power", PARTY_OPERATOR, PARTY_SUPPLIERS),
                (0.05 * 300.0 + 0.06 * 5000.0 + 0.07 * 50.0) * year_h, 1e-9);
    assert_near(paid(&made, "ppa_credit", PARTY_ELECTRIC_UTILITY, PARTY_OPERATOR),
                price_money_kwh * 300.0 * year_h + (price_money_kwh - 0.01) * used_kwh, 1e-8);
    assert_near(paid(&made, "ppa_sold", PARTY_ELECTRIC_UTILITY, PARTY_OPERATOR),
                0.03 * (5000.0 * year_h - used_kwh), 1e-8);
    assert_near(paid(&made, "ppa_sold", PARTY_SUPPLIERS, PARTY_OPERATOR), 0.04 * 50.0 * year_h,
                1e-9);
    /* by the hour: the band, and 40 % of the rest of the grid; by the year: a quarter and the band have certificates */
    double band_frac = 300.0 * year_h / import_kwh;
    assert_near(made.accounts->metrics[CASE_TOGETHER].carbon_free_frac,
                band_frac + 0.4 * (1.0 - band_frac), 1e-6);
    assert_near(made.accounts->metrics[CASE_TOGETHER].carbon_free_annual_frac, band_frac, 1e-9);
    const struct scopes *scopes = &made.accounts->inventory->scopes[CASE_TOGETHER][PARTY_OPERATOR];
    assert_near(scopes->scope2_location_kg, 0.2 * import_kwh, 1e-9);
    assert_near(scopes->scope2_market_kg, 0.5 * (0.75 - band_frac) * import_kwh, 1e-9);
    small_free(&made.small);
}

/* How much to sign for: at 0.05 a kWh made, 0.08 for what is used and 0.02 for what is sold, a band is right when in half
   of the steps it is too large. */
static void how_much_to_sign_for(void **state) {
    (void)state;
    struct made made = account(
        HEAD
        "electricity:\n  data_centre: {energy_money_kwh: 0.08}\n" HALL
        "plant:\n  band: {kind: ppa, capacity_kw: {choose: {max: 5000}}, price_money_kwh: 0.05, "
        "market_money_kwh: 0.02}\n");
    const double *import_kw = flow_of(&made, "grid_data_centre")->rate_kw[0];
    double signed_kw = flow_of(&made, "band")->capacity;
    int above = 0, below = 0, steps = made.small.plan->hours->horizon_count;
    for (int t = 0; t < steps; t++) {
        above += import_kw[t] > signed_kw * (1.0 + 1e-6);
        below += import_kw[t] < signed_kw * (1.0 - 1e-6);
    }
    assert_true(signed_kw > 1000.0 && signed_kw < 5000.0);
    assert_true(above <= steps / 2 && below <= steps / 2);
    small_free(&made.small);
}

/* The utility calls two of the 48 hours, those of the greatest heat, in which half of the 4,000 kW may go: the battery serves
   what is above 2,000. It pays for 2,000 kW the year and the hour. */
static void a_connection_that_is_called(void **state) {
    (void)state;
    struct made made = account(
        HEAD
        "electricity:\n  data_centre: {energy_money_kwh: 0.08, limit_kw: 4000, firm_frac: 0.5, "
        "curtail_h_year: 366, curtail_money_kw_year: 20, curtail_money_kwh: 0.1}\n" HALL
        "plant:\n  battery: {capacity_kwh: 4000, power_kw: 1000, owner: operator}\n");
    const struct hours *hours = made.small.plan->hours;
    const struct flow *grid = flow_of(&made, "grid_data_centre");
    double hottest_c = -HUGE_VAL;
    int called = 0;
    for (int t = 0; t < hours->horizon_count; t++) {
        bool here = grid->coefficients->mode[0].use[t] == 2.0;
        called += here;
        assert_true(grid->rate_kw[0][t] <= (here ? 2000.0 : 4000.0) * (1.0 + 1e-6));
        hottest_c = here ? hottest_c : fmax(hottest_c, hours->outdoor_c[t]);
    }
    assert_int_equal(called, 2);
    for (int t = 0; t < hours->horizon_count; t++) {
        assert_true(grid->coefficients->mode[0].use[t] == 1.0 || hours->outdoor_c[t] >= hottest_c);
    }
    assert_near(grid->called_h, 2.0, 1e-12);
    assert_near(paid(&made, "curtailment_paid", PARTY_ELECTRIC_UTILITY, PARTY_OPERATOR),
                2000.0 * (20.0 + 0.1 * 366.0), 1e-9);
    assert_true(account_firm_money_kw_year(made.accounts, CASE_TOGETHER,
                                           made.small.scenario->meters[0].grid) >= 0.0);
    small_free(&made.small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agreements),
        cmocka_unit_test(how_much_to_sign_for),
        cmocka_unit_test(a_connection_that_is_called),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
