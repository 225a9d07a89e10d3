/* Methods and measures of a hall's cooling: what they add up to, and against the plan itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/cooling.h"
#include "plan/small.h"

#define YEAR(cooling_)                                                                             \
    "hearth: 1\nname: cooling\nplace: {climate: phoenix, ground_c: 20}\n"                          \
    "horizon: {from: 2024-07-01, days: 7}\nmoney: {currency: USD, year: 2024}\n"                   \
    "electricity: {data_centre: {energy_money_kwh: 0.08}}\n"                                       \
    "data_centre:\n  - {name: hall, it_kw: 1000, load: colocation, cooling: " cooling_ "}\n"

static struct accounts *account(struct small *small) {
    struct accounts *accounts = NULL;
    assert_int_equal(accounts_make(small->plan, small->arena, &accounts), STATUS_OK);
    return accounts;
}

/* The method of the scenario draws by physics alone what the plan draws apart, where nothing is recovered. */
static void its_own_method_is_the_plans(void **state) {
    static const char *const written[] = {YEAR("chilled_water_economiser"), YEAR("dry_cooler")};
    (void)state;
    for (int k = 0; k < COUNT(written); k++) {
        struct small small = small_solve(written[k]);
        struct accounts *accounts = account(&small);
        const struct metrics *m = &accounts->metrics[CASE_APART];
        struct cooling_method methods[METHODS_MAX];
        int count = account_cooling_methods(accounts, 0, small.arena, methods), own = 0;
        assert_true(count >= 2);
        for (int n = 0; n < count; n++) {
            assert_true(methods[n].power_kwh_year > 0.0 && methods[n].water_m3_year >= 0.0);
            assert_near(methods[n].heat_kwh_year, m->heat_removed_kwh_year, 1e-9);
            if (methods[n].in_plan) {
                own++;
                assert_near(methods[n].power_kwh_year, m->cooling_kwh_year, 1e-9);
                assert_near(methods[n].water_m3_year, m->data_centre_water_m3_year, 1e-9);
            }
        }
        assert_int_equal(own, 1);
        small_free(&small);
    }
}

/* Each saving counts beside those before it, the next costs more, and a kWh that is cheaper than power pays. */
static void the_next_saving_costs_more(void **state) {
    struct small small = small_solve(YEAR("chilled_water_economiser"));
    struct accounts *accounts = account(&small);
    const struct metrics *m = &accounts->metrics[CASE_APART];
    struct cooling_measure measures[MEASURES_MAX];
    double before_kwh = 0.0, price = 0.0, cost = 0.0;
    (void)state;
    int count = account_cooling_measures(accounts, 0, small.arena, measures, &before_kwh, &price);
    assert_true(count >= 6);
    assert_near(before_kwh, m->data_centre_kwh_year, 1e-9);
    assert_near(price, 0.08, 1e-9);
    double left_kwh = before_kwh;
    for (int k = 0; k < count; k++) {
        assert_true(measures[k].saved_kwh_year > 0.0);
        assert_true(measures[k].cost_money_kwh >= cost * (1.0 - 1e-9));
        assert_true(measures[k].pays == (measures[k].cost_money_kwh < price));
        left_kwh -= measures[k].saved_kwh_year;
        assert_near(measures[k].left_kwh_year, left_kwh, 1e-9);
        cost = measures[k].cost_money_kwh;
    }
    assert_true(left_kwh > m->it_kwh_year); /* nothing saves what is computed */
    small_free(&small);
}

/* What only its overhead is known of has nothing to improve but the hall. */
static void a_declared_overhead_has_few_measures(void **state) {
    struct small small = small_solve(YEAR("{kind: declared_cooling, cooling_overhead_kw_kw: 0.2}"));
    struct accounts *accounts = account(&small);
    struct cooling_measure measures[MEASURES_MAX];
    struct cooling_method methods[METHODS_MAX];
    double before_kwh = 0.0, price = 0.0;
    (void)state;
    int count = account_cooling_measures(accounts, 0, small.arena, measures, &before_kwh, &price);
    for (int k = 0; k < count; k++) {
        assert_null(strstr(measures[k].title, "tower"));
        assert_null(strstr(measures[k].title, "fans"));
    }
    assert_true(count >= 2 && count <= 4);
    assert_true(account_cooling_methods(accounts, 0, small.arena, methods) >= 3);
    small_free(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_own_method_is_the_plans),
        cmocka_unit_test(the_next_saving_costs_more),
        cmocka_unit_test(a_declared_overhead_has_few_measures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
