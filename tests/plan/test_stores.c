/* Stores over time: what was warm before serves when it is cold. With "long" a whole year, from summer to winter. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/small.h"

#include "accounts/accounts.h"

#include <string.h>

#define STORES_HEAD                                                                                \
    "hearth: 1\nname: stores\nplace: {climate: odense, ground_c: 9}\n"                             \
    "money: {currency: EUR, year: 2024, discount_frac: 0.04, life_year: 25}\n"                     \
    "fuel: {gas_money_kwh: 0.08}\n"                                                                \
    "electricity: {data_centre: {energy_money_kwh: 0.08}, works: {energy_money_kwh: 0.1}}\n"       \
    "data_centre:\n  - {name: hall, it_kw: 100, load: flat, coolant_c: 50, meter: data_centre,\n"  \
    "     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.05},\n"                      \
    "     heat_recovery: {from: coolant_return, temperature_c: 46, max_kw: 90}}\n"
#define WORKS                                                                                      \
    "town:\n  - {name: works, kind: measured_heat, heat_kw: 80, supply_c: 42, return_c: 30,\n"     \
    "     heated_by: gas_boiler, meter: works}\n"
#define TWO_DAYS "horizon: {from: 2024-01-09, days: 2}\n"
#define DIRECT "plant:\n  direct: {kind: heat_exchanger, capacity_kw: 90}\n"

enum { DAYS_H = 48, DAY_H = 24, YEAR_H = 8784 };

static void need_second_day(struct small *small, double *need_kw, double second_kw) {
    for (int t = 0; t < DAYS_H; t++) {
        need_kw[t] = t < DAY_H ? 0.0 : second_kw;
    }
    small_set_series(small, "works", "heat_kw", need_kw);
    small_plan(small);
}

static bool says(struct small *small, const char *words) {
    struct accounts *accounts = NULL;
    assert_int_equal(accounts_make(small->plan, small->arena, &accounts), STATUS_OK);
    for (int k = 0; k < accounts->reasons_count; k++) {
        if (strstr(accounts->reasons[k].claim, words)) {
            return true;
        }
    }
    return false;
}

/* The hall's heat of a day without need is there on the day after; without a store gas has to give it. */
static void a_store_bridges_two_days(void **state) {
    static const char *const plants[] = {
        DIRECT, DIRECT "  pit: {capacity_kwh: 20000, full_h: 20, design_dt_dk: 12}\n"};
    double need_kw[DAYS_H], gas_kwh[2];
    (void)state;
    for (int k = 0; k < COUNT(plants); k++) {
        char text[2000];
        (void)snprintf(text, sizeof text, "%s%s%s%s", STORES_HEAD, TWO_DAYS, WORKS, plants[k]);
        struct small small = small_read(text);
        need_second_day(&small, need_kw, 120.0);
        gas_kwh[k] =
            small_sum(&small, small_port(&small, CASE_TOGETHER, "works_heater", "heat_out"));
        if (k == 1) {
            const struct flow *pit = small_flow(&small, CASE_TOGETHER, "pit");
            double most_kwh = 0.0;
            for (int t = 0; t < DAYS_H; t++) {
                most_kwh = fmax(most_kwh, pit->level_kwh[t]);
            }
            assert_true(most_kwh > 500.0);
            assert_false(says(&small, "from one season to the next"));
            assert_true(small.plan->cases[CASE_TOGETHER].audit.passed);
        }
        arena_free(small.arena);
    }
    assert_true(gas_kwh[0] > DAY_H * 30.0 - 1e-6); /* 120 less 90 at most */
    assert_true(gas_kwh[1] < 0.2 * gas_kwh[0]);
}

/* A level at the begin is what the capacity holds then; nothing has to come back, but what end_frac asks for. */
static void a_store_starts_and_ends_as_told(void **state) {
    static const double end_frac[] = {0.0, 0.3};
    static const char *const capacity[] = {"20000", "{choose: {max: 20000}}"};
    double need_kw[DAYS_H];
    (void)state;
    for (int k = 0; k < 2; k++) {
        char text[2000];
        (void)snprintf(text, sizeof text,
                       "%s%s%s%s  pit: {capacity_kwh: %s, full_h: 20, design_dt_dk: 12, "
                       "capex_money_kwh: 0.01, start_frac: 0.5, end_frac: %g}\n",
                       STORES_HEAD, TWO_DAYS, WORKS, DIRECT, capacity[k], end_frac[k]);
        struct small small = small_read(text);
        need_second_day(&small, need_kw, 800.0); /* more than there is: it is emptied */
        const struct flow *pit = small_flow(&small, CASE_TOGETHER, "pit");
        const struct coefficients *c = pit->coefficients;
        double first_kwh = c->kept_frac[0] * 0.5 * pit->capacity + pit->rate_kw[0][0] -
                           pit->rate_kw[1][0] - c->standing_kw_kwh[0] * pit->capacity;
        assert_near(pit->level_kwh[0], first_kwh, 1e-5 * pit->capacity);
        assert_near(pit->level_kwh[DAYS_H - 1], end_frac[k] * pit->capacity, 1e-4 * pit->capacity);
        assert_true(small.plan->cases[CASE_TOGETHER].audit.passed);
        arena_free(small.arena);
    }
}

/* Ground that is charged through an exchanger and emptied through a heat pump, on a circuit of its own. */
static void ground_is_charged_and_lifted(void **state) {
    static const char text[] = STORES_HEAD TWO_DAYS WORKS
        "plant:\n"
        "  ground: {kind: borehole_store, capacity_kwh: 200000, power_kw_m: 0.1, spacing_m: 2,\n"
        "     ground_kwh_m3: 15, bore_money_m: 10}\n"
        "  charge: {kind: heat_exchanger, capacity_kw: 90, ports: {heat_out: ground}}\n"
        "  lift: {kind: heat_pump, capacity_kw: 150, ports: {heat_in: ground}, meter: works}\n";
    double need_kw[DAYS_H];
    struct small small = small_read(text);
    (void)state;
    need_second_day(&small, need_kw, 120.0);
    const struct flow *ground = small_flow(&small, CASE_TOGETHER, "ground");
    double charged_kwh = small_sum(&small, ground->rate_kw[0]);
    double given_kwh = small_sum(&small, ground->rate_kw[1]);
    assert_true(charged_kwh > 1000.0 && given_kwh > 400.0 && given_kwh < charged_kwh);
    const char *const made[] = {"lift", "works_heater"}; /* what is lifted needs no gas */
    const double expected_kwh[] = {DAY_H * 120.0, 0.0};
    for (int k = 0; k < COUNT(made); k++) {
        const double *heat_kw = small_port(&small, CASE_TOGETHER, made[k], "heat_out");
        assert_near(small_sum(&small, heat_kw), expected_kwh[k], 1e-3);
    }
    assert_false(ground->included && small_flow(&small, CASE_APART, "ground")->included);
    assert_true(small.plan->cases[CASE_TOGETHER].audit.passed);
    arena_free(small.arena);
}

/* A year: need in winter alone, heat all year. The store is fullest in autumn, emptiest in spring, and gives in winter
   most of what it took in summer. */
static void a_year_from_summer_to_winter(void **state) {
    static const char text[] = STORES_HEAD WORKS DIRECT
        "  pit: {capacity_kwh: {choose: {min: 200000, max: 400000}}, design_dt_dk: 12,\n"
        "     capex_money_kwh: 0.1, loss_kw_m2k: 0.00005, full_h: 1000}\n";
    static double need_kw[YEAR_H];
    struct small small = small_read(text);
    (void)state;
    for (int t = 0; t < YEAR_H; t++) {
        int day = t / DAY_H;
        need_kw[t] = day < 105 || day >= 275 ? 170.0 : 0.0;
    }
    small_set_series(&small, "works", "heat_kw", need_kw);
    small_plan(&small);
    const struct flow *pit = small_flow(&small, CASE_TOGETHER, "pit");
    double summer_kwh = 0.0, winter_kwh = 0.0;
    int fullest = 0, emptiest = 0;
    for (int t = 0; t < YEAR_H; t++) {
        bool summer = need_kw[t] < 1.0;
        summer_kwh += summer ? pit->rate_kw[0][t] : 0.0;
        winter_kwh += summer ? 0.0 : pit->rate_kw[1][t];
        fullest = pit->level_kwh[t] > pit->level_kwh[fullest] ? t : fullest;
        emptiest = pit->level_kwh[t] < pit->level_kwh[emptiest] ? t : emptiest;
    }
    assert_in_range(fullest / DAY_H, 265, 285);
    assert_true(emptiest / DAY_H > 10 && emptiest / DAY_H < 130);
    assert_true(summer_kwh > 200e3);
    assert_true(winter_kwh > 0.6 * summer_kwh && winter_kwh < summer_kwh);
    assert_true(says(&small, "Pit store carries heat from one season to the next."));
    assert_true(small.plan->cases[CASE_TOGETHER].audit.passed);
    arena_free(small.arena);
}

int main(int argc, char **argv) {
    const struct CMUnitTest quick[] = {
        cmocka_unit_test(a_store_bridges_two_days),
        cmocka_unit_test(a_store_starts_and_ends_as_told),
        cmocka_unit_test(ground_is_charged_and_lifted),
    };
    const struct CMUnitTest all[] = {cmocka_unit_test(a_year_from_summer_to_winter)};
    bool whole = argc > 1 && strcmp(argv[1], "long") == 0;
    return whole ? cmocka_run_group_tests(all, NULL, NULL)
                 : cmocka_run_group_tests(quick, NULL, NULL);
}
