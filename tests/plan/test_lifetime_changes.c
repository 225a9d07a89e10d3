/* What changes over the years, one by one: the optimum, its money and its carbon by hand where a stage's numbers move. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/lifetime.h"

#include "components/data_hall.h"
#include "plan/small.h"

static const double discount_frac = 0.05, days_year = 366.0;
enum { DAY_H = 24 };

struct solved {
    struct small small;
    struct lifetime *life;
};

static struct solved solve(const char *text) {
    struct solved solved = {small_read(text), NULL};
    struct small *small = &solved.small;
    enum status status =
        lifetime_solve(small->scenario, NULL, small->arena, small->diag, &solved.life);
    if (status != STATUS_OK) {
        small_tell(small);
    }
    assert_int_equal(status, STATUS_OK);
    return solved;
}

static const struct lifetime_asset *asset_in(const struct solved *solved,
                                             const struct lifetime_case *result, const char *name,
                                             enum lifetime_part part) {
    for (int a = 0; a < result->assets_count; a++) {
        const struct lifetime_asset *asset = &result->assets[a];
        if (asset->instance == small_instance(&solved->small, name) && asset->part == part) {
            return asset;
        }
    }
    print_message("no asset %s\n", name);
    fail();
    return NULL;
}

static const struct lifetime_asset *asset_of(const struct solved *solved, const char *name,
                                             enum lifetime_part part) {
    return asset_in(solved, &solved->life->cases[CASE_TOGETHER], name, part);
}

static double annuity(double life_year) {
    double grown = pow(1.0 + discount_frac, life_year);
    return discount_frac * grown / (grown - 1.0);
}

static double years(int from, int until) {
    double sum = 0.0;
    for (int y = from; y < until; y++) {
        sum += pow(1.0 + discount_frac, -(y + 1));
    }
    return sum;
}

static const double *port_kw(const struct solved *solved, int k, const char *name,
                             const char *port) {
    int i = small_instance(&solved->small, name);
    const struct plan *plan = solved->life->plan[k];
    int p = component_port(plan->scenario->instances[i].kind, port);
    assert_true(p >= 0);
    return plan->cases[CASE_TOGETHER].flow[i].port_kw[p];
}

static double day_kwh(const struct solved *solved, int k, const char *name, const char *port) {
    double sum_kwh = 0.0;
    for (int t = 0; t < DAY_H; t++) {
        sum_kwh += port_kw(solved, k, name, port)[t];
    }
    return sum_kwh;
}

/* The most that a load takes in an hour of the horizon. */
static double most_kw(const struct solved *solved, int k, const char *name, const char *port) {
    double most = 0.0;
    for (int t = 0; t < DAY_H; t++) {
        most = fmax(most, port_kw(solved, k, name, port)[t]);
    }
    return most;
}

/* A hall alone, whose power is bought at one price. */
static struct solved solve_hall(const char *place_money, const char *electricity, const char *plant,
                                const char *changes) {
    char text[4096];
    (void)snprintf(
        text, sizeof text,
        "hearth: 1\nname: hand\nplace: {climate: seattle, ground_c: 11}\n"
        "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 20%s}\n"
        "horizon: {from: 2024-06-21, days: 1}\n"
        "electricity:\n  data_centre: {energy_money_kwh: 0.03}\n%s"
        "data_centre:\n  - {name: hall, it_kw: 1000, load: flat, rack_kw: 10,\n"
        "     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.2, capex_money_kw: 0}}\n"
        "%sstages: {years: [2026, 2036], until_year: 2046}\nstage_changes:\n%s",
        place_money, electricity, plant, changes);
    return solve(text);
}

/* Carbon of a year is what is bought by the factor of the stage: falling by a share, and of what is built for new
   demand, 60 to 40 of gas and renewables. */
static void carbon_falls_with_the_grid(void **state) {
    (void)state;
    const struct {
        const char *law;
        double factor_kgco2_kwh[2];
    } cases[] = {{"law: compound, rate_frac: -0.0459", {0.4, 0.4 * pow(0.9541, 10.0)}},
                 {"law: new_supply", {0.4606, 0.4606}},
                 {"values: [0.4, 0.1]", {0.4, 0.1}}};
    for (int n = 0; n < COUNT(cases); n++) {
        char changes[200];
        (void)snprintf(changes, sizeof changes,
                       "  - {path: electricity.carbon.average_kgco2_kwh, %s}\n", cases[n].law);
        struct solved solved = solve_hall(
            "", "  carbon: {average_kgco2_kwh: 0.4, marginal_kgco2_kwh: 0.4}\n", "", changes);
        const struct lifetime_case *best = &solved.life->cases[CASE_TOGETHER];
        for (int k = 0; k < 2; k++) {
            double bought_kwh = days_year * (day_kwh(&solved, k, "hall", "power_in") +
                                             day_kwh(&solved, k, "hall_cooling", "power_in"));
            assert_near(best->carbon_kg[k], bought_kwh * cases[n].factor_kgco2_kwh[k], 1e-7);
        }
        small_free(&solved.small);
    }
}

/* The sun saves power at 0.03 and, by the shadow price, carbon: 0.27 a kWh for ten years and nothing once the grid is clean.
   It pays in the first stage and not over both, so that foresight does not build what each stage alone would. */
static void a_grid_that_gets_clean(void **state) {
    (void)state;
    static const char carbon[] = "  carbon: {average_kgco2_kwh: 0.4, marginal_kgco2_kwh: 1.0}\n",
                      changes[] = "  - {path: electricity.carbon.marginal_kgco2_kwh, values: "
                                  "[1.0, 0.0]}\n";
    double capex_money_kw = 1e4, day_kwh_kw = 0.0;
    for (int n = 0; n < 2; n++) {
        char plant[200];
        (void)snprintf(plant, sizeof plant,
                       "plant:\n  pv: {capacity_kw: {choose: {max: 100}}, capex_money_kw: %.17g, "
                       "fom_frac_year: 0, life_year: 25, owner: operator}\n",
                       capex_money_kw);
        struct solved solved =
            solve_hall(", carbon_price: {shadow_money_kg: 0.27}", carbon, plant, changes);
        const struct coefficients *c = solved.life->plan[0]
                                           ->cases[CASE_TOGETHER]
                                           .flow[small_instance(&solved.small, "pv")]
                                           .coefficients;
        int out = component_port(component_find("pv"), "power_out");
        day_kwh_kw = 0.0;
        for (int t = 0; t < DAY_H; t++) {
            day_kwh_kw += c->availability_frac[t] * c->mode[0].port[out][t];
        }
        if (n == 1) {
            const struct lifetime_case *best = &solved.life->cases[CASE_TOGETHER],
                                       *myopic = &solved.life->myopic;
            double bought_kwh = days_year * (day_kwh(&solved, 0, "hall", "power_in") +
                                             day_kwh(&solved, 0, "hall_cooling", "power_in"));
            double first = years(0, 10), second = years(10, 20);
            assert_near(best->present_money, bought_kwh * (0.3 * first + 0.03 * second), 1e-9);
            assert_true(asset_of(&solved, "pv", PART_CAPACITY)->built_capacity[0] < 1e-6);
            assert_near(asset_in(&solved, myopic, "pv", PART_CAPACITY)->built_capacity[0], 100.0,
                        1e-6);
            double lost_money = 100.0 * (capex_money_kw * annuity(25.0) * (first + second) -
                                         days_year * day_kwh_kw * (0.3 * first + 0.03 * second));
            assert_near(myopic->present_money - best->present_money, lost_money, 1e-6);
        }
        capex_money_kw = 0.8 * 0.3 * days_year * day_kwh_kw / annuity(25.0);
        small_free(&solved.small);
    }
}

/* What is above a PUE's floor shrinks by a tenth a year; IT grows by twice five per cent a year, as AI may have it, and
   in denser racks. What is bought, and paid, follows by hand; so does the heat there is to use. */
static void pue_it_and_heat_over_time(void **state) {
    (void)state;
    struct solved solved = solve_hall(
        "", "", "",
        "  - {path: data_centre.hall.cooling.cooling_overhead_kw_kw, law: floor, cap_ratio: 0.5, "
        "rate_frac: 0.1}\n"
        "  - {path: data_centre.hall.it_kw, law: compound, rate_frac: 0.05, "
        "rate_multiplier_ratio: 2}\n"
        "  - {path: data_centre.hall.rack_kw, values: [10, 40]}\n");
    static const double grown_ratio[2] = {1.0, 2.5937424601},
                        overhead_kw_kw[2] = {0.2, 0.1 + 0.1 * 0.3486784401};
    static const int from[3] = {0, 10, 20};
    double it_kwh = day_kwh(&solved, 0, "hall", "power_in"), paid_money = 0.0;
    for (int k = 0; k < 2; k++) {
        int i = small_instance(&solved.small, "hall");
        struct hall_facts facts;
        data_hall_facts(solved.life->plan[k]->scenario->instances[i].self, &facts);
        assert_near(facts.racks_count, k == 0 ? 100.0 : 65.0, 0.0); /* 2,594 kW by 40 */
        double bought_kwh = it_kwh * grown_ratio[k],
               cooling_kwh = day_kwh(&solved, k, "hall_cooling", "power_in"),
               heat_kwh = day_kwh(&solved, k, "hall_cooling", "heat_in");
        assert_near(day_kwh(&solved, k, "hall", "power_in"), bought_kwh, 1e-9);
        assert_near(heat_kwh, day_kwh(&solved, 0, "hall_cooling", "heat_in") * grown_ratio[k],
                    1e-9);
        assert_near(cooling_kwh, heat_kwh * overhead_kw_kw[k], 1e-9);
        paid_money += years(from[k], from[k + 1]) * days_year * 0.03 * (bought_kwh + cooling_kwh);
    }
    assert_near(solved.life->cases[CASE_TOGETHER].present_money, paid_money, 1e-9);
    small_free(&solved.small);
}

/* Two quarters that a network may join. Gas is so dear that what is joined is served in its peak. */
static struct solved solve_quarters(const char *changes) {
    char text[4096];
    (void)snprintf(
        text, sizeof text,
        "hearth: 1\nname: hand\nplace: {climate: seattle, ground_c: 11}\n"
        "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 20}\n"
        "horizon: {from: 2024-01-22, days: 1}\nfuel: {gas_money_kwh: 3}\n"
        "electricity:\n  data_centre: {energy_money_kwh: 0.03}\n"
        "  heat: {energy_money_kwh: 0.03, party: heat_utility}\n"
        "data_centre:\n  - {name: hall, it_kw: 3000, load: flat, coolant_c: 30,\n"
        "     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1, capex_money_kw: 0},\n"
        "     heat_recovery: {from: coolant_return, temperature_c: 27, max_kw: 2500}}\n"
        "town:\n"
        "  - {name: old, building: office, floor_m2: 20000, emitter: low_temperature,\n"
        "     hot_water: local_electric, heated_by: gas_boiler, connect: choose,\n"
        "     connection_money: 500000}\n"
        "  - {name: new, building: office, floor_m2: 20000, emitter: low_temperature,\n"
        "     hot_water: local_electric, heated_by: gas_boiler, connect: choose,\n"
        "     connection_money: 500000}\n"
        "heat_network: {supply_c: 55, return_c: 38, length_m: 200}\n"
        "plant:\n  heat_pump: {capacity_kw: choose, meter: heat}\n"
        "stages: {years: [2026, 2036], until_year: 2046}\nstage_changes:\n%s",
        changes);
    return solve(text);
}

static void assert_laid(const struct solved *solved, const char *name, double first,
                        double second) {
    const struct lifetime_asset *step = asset_of(solved, name, PART_STEP);
    assert_near(step->built_capacity[0], first, 0.0);
    assert_near(step->built_capacity[1], second, 0.0);
}

/* A quarter that is a field until 2036 is joined then, though the network is there: 50 m2 save less than the annuity of its
   connection. What is laid and built in each phase is the peak that it serves. */
static void phases_of_a_network(void **state) {
    (void)state;
    struct solved solved = solve_quarters("  - {path: town.new.floor_m2, values: [50, 20000]}\n");
    double heat_kwh = day_kwh(&solved, 0, "new", "heat_in");
    assert_true(days_year * heat_kwh * 3.0 / 0.8 < 500000.0 * annuity(25.0));
    assert_laid(&solved, "heat_network", 1.0, 0.0);
    assert_laid(&solved, "old_substation", 1.0, 0.0);
    assert_laid(&solved, "new_substation", 0.0, 1.0);
    const struct lifetime_asset *old = asset_of(&solved, "old_substation", PART_CAPACITY),
                                *fresh = asset_of(&solved, "new_substation", PART_CAPACITY);
    double peak_kw = most_kw(&solved, 0, "old", "heat_in");
    assert_near(old->built_capacity[0], peak_kw, 1e-6);
    assert_near(old->built_capacity[1], 0.0, 1e-3);
    assert_near(fresh->built_capacity[0], 0.0, 1e-3);
    assert_near(fresh->built_capacity[1], most_kw(&solved, 1, "new", "heat_in"), 1e-6);
    small_free(&solved.small);

    /* nobody is joined before there is anything to be joined to */
    solved = solve_quarters("  - {path: fuel.gas_money_kwh, values: [0.001, 3]}\n");
    assert_laid(&solved, "heat_network", 0.0, 1.0);
    assert_laid(&solved, "old_substation", 0.0, 1.0);
    assert_laid(&solved, "new_substation", 0.0, 1.0);
    small_free(&solved.small);
}

/* Twice the floor on the same trench: nothing is laid again, and what is added serves what was added. */
static void a_quarter_gets_denser(void **state) {
    (void)state;
    struct solved solved =
        solve_quarters("  - {path: town.old.floor_m2, values: [20000, 40000]}\n");
    const struct lifetime_asset *old = asset_of(&solved, "old_substation", PART_CAPACITY);
    double peak_kw = most_kw(&solved, 0, "old", "heat_in");
    assert_laid(&solved, "heat_network", 1.0, 0.0);
    assert_laid(&solved, "old_substation", 1.0, 0.0);
    assert_near(most_kw(&solved, 1, "old", "heat_in"), 2.0 * peak_kw, 1e-9);
    assert_near(old->built_capacity[0], peak_kw, 1e-6);
    assert_near(old->built_capacity[1], peak_kw, 1e-6);
    assert_near(old->capital_money[1],
                peak_kw * old->invest_money[1] * annuity(25.0) * years(10, 20), 1e-6);
    const struct lifetime_asset *pump = asset_of(&solved, "heat_pump", PART_CAPACITY);
    double both_kw = peak_kw + most_kw(&solved, 0, "new", "heat_in");
    assert_near(pump->built_capacity[1] / pump->built_capacity[0], peak_kw / both_kw, 0.02);
    small_free(&solved.small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(carbon_falls_with_the_grid), cmocka_unit_test(a_grid_that_gets_clean),
        cmocka_unit_test(pue_it_and_heat_over_time),  cmocka_unit_test(phases_of_a_network),
        cmocka_unit_test(a_quarter_gets_denser),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
