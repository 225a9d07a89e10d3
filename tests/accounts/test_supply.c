/* The temperature of the coolant as a decision: each row is the plan of that temperature, and the best is kept. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/supply.h"
#include "plan/small.h"

#define TOWN(supply_)                                                                              \
    "hearth: 1\nname: warm\nplace: {climate: odense, ground_c: 9}\n"                               \
    "horizon: {from: 2024-01-08, days: 1}\nmoney: {currency: EUR, year: 2024}\n"                   \
    "fuel: {gas_money_kwh: 0.06}\nelectricity:\n  data_centre: {energy_money_kwh: 0.08}\n"         \
    "  heat_plant: {energy_money_kwh: 0.09, party: heat_utility}\n"                                \
    "data_centre:\n  - {name: hall, it_kw: 2000, load: cloud, cooling: direct_to_chip,\n"          \
    "     meter: data_centre, supply_c: " supply_ ",\n"                                            \
    "     heat_recovery: {from: coolant_return, max_kw: 2000}}\n"                                  \
    "town:\n  - {name: homes, building: dwelling, floor_m2: 40000, emitter: low_temperature,\n"    \
    "     hot_water: network, heated_by: gas_boiler, meter: heat_plant}\n"                         \
    "heat_network: {supply_c: {at -8: 66, at 15: 60}, return_c: 38, length_m: 300,\n"              \
    "     meter: heat_plant, capacity_kw: 2500}\n"                                                 \
    "plant:\n  heat_pump: {capacity_kw: choose, meter: heat_plant}\nheat_contract: {model: "       \
    "free}\n"

static double simulated_money_year(const struct small *small, enum plan_case kind) {
    const struct case_plan *plan = &small->plan->cases[kind];
    return (plan->objective_money + plan->gap_money) / small->scenario->year_frac;
}

static void each_row_is_a_plan_of_its_own(void **state) {
    (void)state;
    static const char *const alone[] = {TOWN("20"), TOWN("30"), TOWN("45")};
    struct small small = small_solve(TOWN("{choose: [20, 30, 45]}"));
    const struct supply_choice *choice = small.plan->supply;
    assert_non_null(choice);
    assert_int_equal(choice->rows_count, 3);
    for (int k = 0; k < COUNT(alone); k++) {
        struct small fixed = small_solve(alone[k]);
        struct supply_row own = choice->row[k];
        assert_null(fixed.plan->supply);
        supply_figures(fixed.plan, &own);
        assert_null(choice->row[k].reason);
        for (int f = 0; f < supply_figures_count(); f++) {
            double tried = *supply_value(&choice->row[k], f), found = *supply_value(&own, f);
            assert_near(tried, found, strstr(supply_figure_key(f), "price") ? 1e-2 : 1e-5);
        }
        assert_near(choice->row[k].cost_money_year, simulated_money_year(&fixed, CASE_TOGETHER),
                    1e-6);
        assert_near(choice->row[k].apart_cost_money_year, simulated_money_year(&fixed, CASE_APART),
                    1e-6);
        assert_true(choice->row[choice->best].cost_money_year <= choice->row[k].cost_money_year);
        small_free(&fixed);
    }
    /* warmer coolant: a better heat pump, servers that draw more */
    assert_true(choice->row[2].heat_pump_cop > choice->row[0].heat_pump_cop);
    assert_true(choice->row[2].data_centre_kwh_year - choice->row[2].cooling_kwh_year >
                choice->row[0].data_centre_kwh_year - choice->row[0].cooling_kwh_year);
    small_free(&small);
}

/* The plan is the best row: the accounts count the same, and the words say why. */
static void the_plan_is_the_best_row(void **state) {
    (void)state;
    struct small small = small_solve(TOWN("{choose: [20, 30, 45]}"));
    struct accounts *accounts = NULL;
    assert_int_equal(accounts_make(small.plan, small.arena, &accounts), STATUS_OK);
    const struct supply_choice *choice = small.plan->supply;
    const struct supply_row *best = &choice->row[choice->best];
    const struct metrics *m = &accounts->metrics[CASE_TOGETHER];
    const struct instance *hall =
        &accounts->scenario->instances[accounts->scenario->halls[0].instance];
    assert_near(component_number(hall->kind, hall->self, "coolant_c", 0.0),
                best->supply_c[0] + 10.0, 1e-12);
    assert_near(best->data_centre_kwh_year, m->data_centre_kwh_year, 1e-9);
    assert_near(best->cooling_kwh_year, m->cooling_kwh_year, 1e-9);
    assert_near(best->import_kwh_year, m->import_kwh_year, 1e-9);
    assert_near(best->fuel_kwh_year, m->fuel_kwh_year, 1e-9);
    assert_near(best->water_m3_year, m->water_m3_year, 1e-9);
    assert_near(best->reused_kwh_year, m->reused_kwh_year, 1e-9);
    assert_near(best->heat_pump_cop, m->heat_pump_cop, 1e-9);
    assert_near(best->cost_money_year,
                m->cost_money_year +
                    small.plan->cases[CASE_TOGETHER].gap_money / accounts->scenario->year_frac,
                1e-9);
    struct supply_words words;
    account_supply(accounts, 0, small.arena, &words);
    assert_non_null(strstr(words.claim, "Of 3 temperatures tried, coolant at 30 °C costs least"));
    assert_non_null(strstr(words.because, "20 °C would cost "));
    assert_non_null(strstr(words.because, "heat pump "));
    assert_non_null(strstr(words.because, "45 °C would cost "));
    /* what its record says is held against it */
    struct supply_choice recorded = *choice;
    assert_int_equal(supply_restore(small.plan, &recorded, small.diag), STATUS_OK);
    recorded.row[choice->best].heat_pump_kwh_year *= 1.0001;
    assert_int_equal(supply_restore(small.plan, &recorded, small.diag), STATUS_CHECK_FAILED);
    small_free(&small);
}

/* A dry cooler in Phoenix: what it cannot give has no plan and says why; the others have. */
static void what_cannot_be_says_why(void **state) {
    (void)state;
    struct small small =
        small_solve("hearth: 1\nname: hot\nplace: {climate: phoenix, ground_c: 20}\n"
                    "horizon: {from: 2024-07-01, days: 1}\nmoney: {currency: USD, year: 2024}\n"
                    "electricity: {data_centre: {energy_money_kwh: 0.08}}\n"
                    "data_centre:\n  - {name: hall, it_kw: 1000, cooling: {kind: dry_cooler, trim: "
                    "none}, supply_c: {choose: "
                    "[17, 56, 58]}}\n  - {name: other, it_kw: 500, cooling: {kind: dry_cooler, "
                    "trim: none}, supply_c: {choose: "
                    "[57, 59]}}\n");
    const struct supply_choice *choice = small.plan->supply;
    assert_int_equal(choice->rows_count, 6);
    assert_non_null(strstr(choice->row[0].reason, "cannot supply 17.0 degC"));
    assert_true(isnan(choice->row[0].cost_money_year));
    struct accounts *accounts = NULL;
    struct supply_words words;
    assert_int_equal(accounts_make(small.plan, small.arena, &accounts), STATUS_OK);
    account_supply(accounts, 0, small.arena, &words);
    assert_non_null(strstr(words.claim, "Of 3 temperatures tried 2 could be planned; of these "));
    int row[6];
    assert_int_equal(account_supply_curve(choice, 0, row), 3);
    assert_int_equal(account_supply_curve(choice, 1, row), 2);
    assert_true(choice->row[choice->best].supply_c[0] == 58.0); /* fans rest */
    assert_true(choice->row[choice->best].supply_c[1] == 59.0);
    small_free(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_is_a_plan_of_its_own),
        cmocka_unit_test(the_plan_is_the_best_row),
        cmocka_unit_test(what_cannot_be_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
