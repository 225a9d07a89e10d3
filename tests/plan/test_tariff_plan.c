/* Tariffs in plans: the bill as rows of the programme against the bill calculator, charge by charge by hand and over
   every visible rate; falling prices between their bounds; written out and read again. `long`: each rate over a year. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>

#include "plan/small.h"
#include "scenario/tariff.h"

#define HEAD                                                                                       \
    "hearth: 1\nname: tariff\nplace: {climate: seattle, ground_c: 11}\n"                           \
    "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25}\n"
#define DAYS(from, days) "horizon: {from: " from ", days: " #days "}\n"
#define HALL_OF(load)                                                                              \
    "data_centre:\n  - {name: hall, it_kw: 1000, load: " load ",\n"                                \
    "     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1, capex_money_kw: 0}}\n"
#define HALL HALL_OF("flat")
#define BATTERY                                                                                    \
    "plant: {battery: {capacity_kwh: 1000, power_kw: 100, round_trip_eff: 0.81, standing_frac_h: " \
    "0, vom_money_kwh: 0, capex_money_kwh: 0, owner: operator}}\n"
#define POWER(tariff) "electricity: {data_centre: {" tariff "}}\n"

/* What the hall and its cooling draw in every hour. */
static double load_of(const struct small *small) {
    return small_port(small, CASE_TOGETHER, "hall", "power_in")[0] +
           small_port(small, CASE_TOGETHER, "hall_cooling", "power_in")[0];
}

static struct small planned(const char *text) {
    struct small small = small_read(text);
    small_plan(&small);
    return small;
}

static const struct flow *grid_of(const struct small *small) {
    return small_flow(small, CASE_TOGETHER, "grid_data_centre");
}

/* The programme's cost, the flows' money and the calculator on the signed load are one number. */
static void assert_one_bill(const struct small *small) {
    const struct case_plan *plan = &small->plan->cases[CASE_TOGETHER];
    const struct flow *grid = grid_of(small);
    const struct tariff *tariff = small->scenario->meters[0].tariff;
    int steps = small->plan->hours->horizon_count;
    double *signed_kw = ARENA_TAKE(small->arena, double, steps), supply_money = 0.0;
    struct tariff_bill bill;
    const struct instance *instance = &small->scenario->instances[small->scenario->meters[0].grid];
    const struct param *price = component_param(instance->kind, "energy_money_kwh");
    const struct input *supply =
        (const struct input *)(const void *)((const char *)instance->self + price->offset);
    for (int t = 0; t < steps; t++) {
        assert_true(fmin(grid->rate_kw[0][t], grid->rate_kw[1][t]) <= 1e-3);
        signed_kw[t] = grid->rate_kw[0][t] - grid->rate_kw[1][t];
        supply_money += input_at(supply, t) * grid->rate_kw[0][t];
    }
    tariff_bill(tariff, &small->scenario->calendar, signed_kw, &bill);
    assert_true(plan->audit.passed && plan->audit.objective_residual_ratio <= 1e-9);
    assert_near(grid->bill->total_money, bill.total_money + supply_money, 1e-9);
    assert_near(grid->running_money + grid->fixed_money + grid->demand_money,
                grid->bill->total_money, 1e-9);
    assert_true(grid->relaxed_money <= grid->bill->total_money + 1e-6);
    assert_true(plan->audit.prices_judged && plan->audit.prices_hold);
}

static void assert_to_the_cent(const struct small *small) {
    assert_one_bill(small);
    assert_true(fabs(grid_of(small)->bill->total_money - grid_of(small)->relaxed_money) < 0.005);
}

/* ---- by hand ---- */

/* Two days of January and two of February: a tier's end is its share of the month. */
static void rising_tiers(void **state) {
    (void)state;
    struct small small = planned(HEAD DAYS("2024-01-30", 4) POWER(
        "tariff: {energy: [{money_kwh: [0.1, 0.3], up_to_kwh: 500000}]}") HALL);
    double kwh = 48.0 * load_of(&small);
    double money = 0.1 * 1000000.0 * (1.0 / 31.0 + 1.0 / 29.0) +
                   0.3 * (2.0 * kwh - 1000000.0 * (1.0 / 31.0 + 1.0 / 29.0));
    assert_near(grid_of(&small)->bill->total_money, money, 1e-9);
    assert_near(small.plan->cases[CASE_TOGETHER].objective_money, money, 1e-9);
    assert_to_the_cent(&small);
    small_free(&small);
}

/* The reference's contract: 80 MW taken of 100, 85 % paid at least: 70,000 a month. */
static void minimum_demand(void **state) {
    (void)state;
    struct small small = small_read(HEAD DAYS("2024-01-09", 1) POWER(
        "energy_money_kwh: 0.055, tariff: {month_demand: [{money_kw_month: 14}]}, "
        "large_load: {contract_kw: 100000, min_share_d_frac: 0.85}") HALL);
    small_plan(&small);
    double it_kw = 80e6 / load_of(&small); /* draws 80 MW: power chain and cooling by the kW */
    small.scenario->instances[small_instance(&small, "hall")].capacity.fixed = it_kw;
    small_set(&small, "hall", "it_kw", it_kw);
    small_plan(&small);
    const struct flow *grid = grid_of(&small);
    assert_near(grid->bill->peak_kw, 80000.0, 1e-9);
    assert_near(grid->bill->month[0].shortfall_money, 70000.0 / 31.0, 1e-9);
    assert_near(plan_least_money(grid), 70000.0 / 31.0, 1e-9);
    assert_near(grid->bill->total_money, 0.055 * 80000.0 * 24.0 + 14.0 * 85000.0 / 31.0, 1e-9);
    assert_to_the_cent(&small);
    small_free(&small);
}

/* Below the least of a month a kWh more costs nothing. */
static void minimum_bills(void **state) {
    (void)state;
    struct small small = planned(HEAD DAYS("2024-01-09", 1) POWER(
        "tariff: {fixed_money_month: 31, least_money_month: 310000, "
        "energy: [{money_kwh: 0.1}], month_demand: [{money_kw_month: 9}]}") HALL);
    int bus = small.scenario->meters[0].bus;
    assert_near(grid_of(&small)->bill->total_money, 10000.0, 1e-9);
    assert_near(small.plan->cases[CASE_TOGETHER].price_money_kwh[bus][5], 0.0, 1e-6);
    assert_to_the_cent(&small);
    small_free(&small);
    small = planned(HEAD DAYS("2024-01-09", 1) POWER(
        "tariff: {least_money_year: 3660000, energy: [{money_kwh: 0.1}]}") HALL);
    assert_near(grid_of(&small)->bill->total_money, 10000.0, 1e-9);
    assert_near(grid_of(&small)->bill->least_money, 10000.0 - 2.4 * load_of(&small), 1e-9);
    assert_to_the_cent(&small);
    small_free(&small);
}

/* The battery gives its 100 kW in the hour that is billed, and shaves nothing else. */
static void a_coincident_hour(void **state) {
    (void)state;
    struct small small = planned(HEAD DAYS("2024-01-09", 1) POWER(
        "tariff: {energy: [{money_kwh: 0.1}], "
        "coincident: [{money_kw: 12, hours_of_year: [211]}]}") HALL BATTERY);
    const struct flow *grid = grid_of(&small);
    assert_near(grid->rate_kw[0][18], load_of(&small) - 100.0, 1e-6);
    assert_near(grid->bill->month[0].coincident_money, 12.0 * (load_of(&small) - 100.0), 1e-6);
    assert_to_the_cent(&small);
    small_free(&small);
}

/* Periods by months, days and hours; the peak of one of them is shaved by what the battery holds. */
static void peaks_of_periods(void **state) {
    (void)state;
    struct small small = planned(HEAD DAYS("2024-01-09", 1) POWER(
        "tariff: {energy: [{money_kwh: 0.05}], demand: [{money_kw_month: 0}, "
        "{money_kw_month: 31, days: weekday, hours: [17, 21]}]}") HALL BATTERY);
    const struct flow *grid = grid_of(&small);
    assert_near(grid->bill->month[0].period_kw[1], load_of(&small) - 100.0, 1e-6);
    assert_near(grid->bill->month[0].demand_money, load_of(&small) - 100.0, 1e-6);
    assert_to_the_cent(&small);
    small_free(&small);
}

/* January's peak, where the cooling of a hot hour is not, weighs on February by 95 %. */
static void a_ratchet(void **state) {
    (void)state;
    static double it_frac[96];
    struct small small = small_read(HEAD DAYS("2024-01-30", 4) POWER(
        "tariff: {energy: [{money_kwh: 0.05}], month_demand: [{money_kw_month: 10}], "
        "lookback: {share_frac: 0.95, months_before: 1}}") HALL);
    for (int t = 0; t < 96; t++) {
        it_frac[t] = t == 30 ? 1000.0 : 500.0;
    }
    small_set_series(&small, "hall", "measured_kw", it_frac);
    small_plan(&small);
    const struct flow *grid = grid_of(&small);
    double high_kw = grid->rate_kw[0][30];
    assert_true(high_kw > 1.5 * grid->rate_kw[0][60]);
    assert_near(grid->bill->month[1].flat_money, 10.0 * 0.95 * high_kw * 2.0 / 29.0, 1e-9);
    assert_to_the_cent(&small);
    small_free(&small);
}

/* Bought at 0.05 by night, sold at 0.04 by day is no trade; net metering counts within its period. */
static void what_is_fed_in(void **state) {
    static const char *const rules[] = {"export: net", "export: sell, export_money_kwh: 0.04",
                                        "export: none"};
    double money[3];
    (void)state;
    for (int k = 0; k < 3; k++) {
        char text[2000];
        (void)snprintf(text, sizeof text,
                       HEAD DAYS("2024-06-11", 2) POWER(
                           "tariff: {%s, energy: [{money_kwh: 0.05}, {money_kwh: 0.2, hours: "
                           "[18, 24]}]}") HALL "plant: {pv: {capacity_kw: 20000, owner: operator, "
                                               "meter: data_centre}}\n",
                       rules[k]);
        struct small small = planned(text);
        const struct flow *grid = grid_of(&small);
        money[k] = grid->bill->total_money;
        assert_true((grid->bill->export_kwh > 1000.0) == (k < 2));
        assert_to_the_cent(&small);
        small_free(&small);
    }
    assert_true(money[0] < money[2] && money[1] < money[2]);
}

/* ---- not convex ---- */

/* A load that nothing can move is billed exactly even where tiers fall, and so is one that a battery moves, where no
   kink lies within its reach. */
static void falling_tiers(void **state) {
    (void)state;
    struct small small = planned(HEAD DAYS("2024-01-09", 1) POWER(
        "tariff: {energy: [{money_kwh: [0.2, 0.1], up_to_kwh: 600000}]}") HALL);
    double load_kw = load_of(&small), kwh = 24.0 * load_kw, end_kwh = 600000.0 / 31.0;
    assert_near(grid_of(&small)->bill->total_money, 0.2 * end_kwh + 0.1 * (kwh - end_kwh), 1e-9);
    assert_to_the_cent(&small);
    small_free(&small);
    small = planned(HEAD DAYS("2024-01-09", 1) POWER(
        "tariff: {energy: [{money_kwh: [0.2, 0.1], up_to_kwh: 450000}, "
        "{money_kwh: [0.3, 0.15], up_to_kwh: 600000, hours: [7, 20]}]}") HALL BATTERY);
    assert_to_the_cent(&small);
    const struct flow *grid = grid_of(&small);
    /* what the load costs without the battery is a plan too: the bound lies below it */
    double flat_kw[24];
    struct tariff_bill unmoved;
    for (int t = 0; t < 24; t++) {
        flat_kw[t] = load_of(&small);
    }
    tariff_bill(small.scenario->meters[0].tariff, &small.scenario->calendar, flat_kw, &unmoved);
    assert_true(grid->relaxed_money < unmoved.total_money + 1e-6);
    small_free(&small);
}

static const struct tariff_search *search_of(const struct small *small) {
    return &small->plan->cases[CASE_TOGETHER].tariffs;
}

static void assert_proven(const struct small *small) {
    const struct case_plan *plan = &small->plan->cases[CASE_TOGETHER];
    double cost_money = plan->objective_money + plan->gap_money;
    assert_true(plan->tariffs.nodes_count > 0);
    assert_true(plan->tariffs.bound_money <= cost_money);
    assert_true(plan->tariffs.bound_money >= cost_money - 1e-4 * fabs(cost_money));
    assert_to_the_cent(small);
}

/* By night the price falls from 0.20 to 0.05 at what the night draws and 200 kWh more; by day it is 0.12. The hull's price
   of the night, by what the battery can move, is (1,400 * 0.20 + 1,000 * 0.05) / 2,400 = 0.1375: too dear to charge by
   night for the day (0.12 * 0.81), too cheap to charge by day for the night (0.12 / 0.81 = 0.148); it moves nothing. The
   best is to charge by day: 720 kWh less at 0.20, 889 kWh more at 0.12. Charging by night gains 12 where that gains 37.
   (Of the battery 0.8 is used.) */
static void branches_pick_the_tier(void **state) {
    char text[2000];
    (void)state;
    struct small small = planned(HEAD DAYS("2024-01-09", 1) POWER("energy_money_kwh: 0.1") HALL);
    double load_kw = load_of(&small);
    small_free(&small);
    (void)snprintf(text, sizeof text,
                   HEAD DAYS("2024-01-09", 1) POWER(
                       "tariff: {energy: [{money_kwh: 0.12}, {money_kwh: [0.2, 0.05], up_to_kwh: "
                       "%.17g, hours: [0, 12]}]}") HALL BATTERY,
                   31.0 * (12.0 * load_kw + 200.0));
    small = planned(text);
    assert_near(grid_of(&small)->bill->month[0].energy_kwh[1], 12.0 * load_kw - 720.0, 1e-6);
    assert_near(grid_of(&small)->bill->total_money,
                0.2 * (12.0 * load_kw - 720.0) + 0.12 * (12.0 * load_kw + 800.0 / 0.9), 1e-7);
    assert_proven(&small);
    assert_int_equal(search_of(&small)->held_count, 1);
    const struct tariff_range *range = search_of(&small)->held;
    assert_true(range->kind == CHARGE_ENERGY && range->month == 0 && range->period == 1);
    assert_true(range->from_value == -HUGE_VAL);
    assert_near(range->to_value, 12.0 * load_kw + 200.0, 1e-9);
    small_free(&small);
}

/* A peak's kW cost 31 up to 40 below the load, 9.3 beyond: held below it the battery shaves 40 kW and more, all it can.
   Straight prices have nothing to search. */
static void branches_pick_the_peak(void **state) {
    char text[2000];
    (void)state;
    struct small small = planned(HEAD DAYS("2024-01-09", 1) POWER(
        "tariff: {energy: [{money_kwh: 0.05}], demand: [{money_kw_month: 0}, "
        "{money_kw_month: 31, hours: [17, 21]}]}") HALL BATTERY);
    double load_kw = load_of(&small);
    assert_true(search_of(&small)->nodes_count == 0 && search_of(&small)->held_count == 0);
    small_free(&small);
    /* 100 kW down: 40 at 9.3, 60 at 31 of a month, a 31st of it for the day; the losses of 400 kWh cost 4.7 */
    (void)snprintf(
        text, sizeof text,
        HEAD DAYS("2024-01-09", 1) POWER(
            "limit_kw: 2000, tariff: {energy: [{money_kwh: 0.05}], demand: [{money_kw_month: 0}, "
            "{money_kw_month: [31, 9.3], up_to_kw: %.17g, hours: [17, 21]}]}") HALL BATTERY,
        load_kw - 40.0);
    small = planned(text);
    const struct tariff_month *month = &grid_of(&small)->bill->month[0];
    assert_near(month->period_kw[1], load_kw - 100.0, 1e-6);
    assert_near(month->demand_money, load_kw - 100.0, 1e-6);
    assert_true(grid_of(&small)->relaxed_money <= grid_of(&small)->bill->total_money + 1e-6);
    small_free(&small);
}

/* The same programme by two solvers. */
static void two_solvers(void **state) {
    (void)state;
    struct small small = small_read(HEAD DAYS("2024-01-30", 4) POWER(
        "tariff: {fixed_money_day: 3, least_money_month: 90000, least_money_year: 900000, export: "
        "net, energy: "
        "[{money_kwh: [0.05, 0.08], up_to_kwh: 300000}, {money_kwh: 0.2, hours: [17, 21]}], "
        "demand: [{money_kw_month: 1}, {money_kw_month: [5, 9], up_to_kw: 1050, hours: [8, 20]}], "
        "month_demand: [{money_kw_month: [4, 2], up_to_kw: 700}], lookback: {share_frac: 0.9, "
        "months: [1]}, coincident: [{money_kw: 3, hours_of_year: [714, 715]}]}, "
        "large_load: {contract_kw: 1500, min_share_d_frac: 0.8}") HALL_OF("colocation") BATTERY);
    struct programme *programme = NULL;
    struct outcome by_clp, by_ipm;
    assert_int_equal(plan_programme(small.scenario, CASE_TOGETHER, small.arena, &programme),
                     STATUS_OK);
    assert_int_equal(solver_clp.solve(programme, NULL, small.arena, &by_clp), STATUS_OK);
    assert_int_equal(solver_ipm.solve(programme, NULL, small.arena, &by_ipm), STATUS_OK);
    assert_int_equal(by_clp.kind, OUTCOME_OPTIMAL);
    assert_int_equal(by_ipm.kind, OUTCOME_OPTIMAL);
    assert_near(by_ipm.objective_ratio, by_clp.objective_ratio, 1e-7);
    small_plan(&small);
    assert_one_bill(&small);
    small_free(&small);
}

/* ---- every visible rate ---- */

static int each_rate(char names[64][300], char *folder, size_t size) {
    char one[512];
    int count = 0;
    shared_data_need(one, sizeof one, "tariffs/urdb/VEPCO_GS-3.json");
    shared_data_path(folder, size, "tariffs/urdb");
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (const struct dirent *entry = readdir(dir); entry && count < 64; entry = readdir(dir)) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot && strcmp(dot, ".json") == 0) {
            (void)snprintf(names[count++], 300, "%s", entry->d_name);
        }
    }
    (void)closedir(dir);
    assert_true(count > 0);
    return count;
}

/* both: the loads of every rate; else the one or the other in turn. */
static void plan_rates(const char *horizon, bool both) {
    static const char *const halls[] = {HALL, HALL_OF("colocation")};
    static char names[64][300];
    char folder[512];
    int count = each_rate(names, folder, sizeof folder);
    for (int k = 0; k < count; k++) {
        for (int h = 0; h < COUNT(halls); h++) {
            if (!both && h != k % COUNT(halls)) {
                continue;
            }
            struct arena *arena = arena_new(0);
            const char *text =
                arena_format(arena, HEAD "%s" POWER("urdb: %s/%s, limit_kw: 1300") "%s" BATTERY,
                             horizon, folder, names[k], halls[h]);
            struct small small = planned(text);
            assert_to_the_cent(&small);
            small_free(&small);
            arena_free(arena);
        }
    }
}

static void each_rate_for_days(void **state) {
    (void)state;
    plan_rates(DAYS("2024-05-31", 2), false);
}

static void each_rate_for_a_year(void **state) {
    (void)state;
    plan_rates("", true);
}

/* ---- plan.yaml ---- */

/* What is written reads again as the same bill of an uneven load, whatever the file it came from. */
static void written_and_read(void **state) {
    static char names[64][300];
    char folder[512];
    int count = each_rate(names, folder, sizeof folder);
    (void)state;
    for (int k = -1; k < count; k++) {
        struct arena *arena = arena_new(0);
        const char *text = arena_format(
            arena, HEAD POWER("%s%s%s") HALL, k < 0 ? "" : "urdb: ",
            k < 0 ? "tariff: {name: own, adder_money_kwh: [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 8, 7], "
                    "export: net, "
                    "energy: [{money_kwh: [0.1, 0.2], up_to_kwh: 9e4}, {money_kwh: 0.3, when: "
                    "[{months: "
                    "[12, 1], hours: [22, 6]}, {days: weekend, months: 7}]}], month_demand: "
                    "[{money_kw_month: 3}, {money_kw_month: [4, 5], up_to_kw: 7, months: [6, 8]}], "
                    "coincident: [{money_kw: 2, hours_of_year: [7, 9]}]}"
                  : arena_format(arena, "%s/", folder),
            k < 0 ? ", large_load: {contract_kw: 90, min_share_d_frac: 0.5, ramp_year: 2, year: 1}"
                  : names[k]);
        struct small one = small_read(text);
        const char *written = NULL;
        size_t size = 0;
        assert_int_equal(scenario_write(one.scenario, one.arena, &written, &size), STATUS_OK);
        struct small two = small_read(written);
        int steps = calendar_steps(&one.scenario->calendar);
        double *kw = ARENA_TAKE(one.arena, double, steps);
        for (int t = 0; t < steps; t++) {
            kw[t] = (double)(t * 7919 % 1013) - 60.0;
        }
        struct tariff_bill first, second;
        tariff_bill(one.scenario->meters[0].tariff, &one.scenario->calendar, kw, &first);
        tariff_bill(two.scenario->meters[0].tariff, &two.scenario->calendar, kw, &second);
        assert_true(first.total_money == second.total_money && first.total_money > 0.0);
        small_free(&two);
        small_free(&one);
        arena_free(arena);
    }
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rising_tiers),
        cmocka_unit_test(minimum_demand),
        cmocka_unit_test(minimum_bills),
        cmocka_unit_test(a_coincident_hour),
        cmocka_unit_test(peaks_of_periods),
        cmocka_unit_test(a_ratchet),
        cmocka_unit_test(what_is_fed_in),
        cmocka_unit_test(falling_tiers),
        cmocka_unit_test(branches_pick_the_tier),
        cmocka_unit_test(branches_pick_the_peak),
        cmocka_unit_test(two_solvers),
        cmocka_unit_test(each_rate_for_days),
        cmocka_unit_test(written_and_read),
    };
    const struct CMUnitTest longer[] = {cmocka_unit_test(each_rate_for_a_year)};
    return argc > 1 && strcmp(argv[1], "long") == 0 ? cmocka_run_group_tests(longer, NULL, NULL)
                                                    : cmocka_run_group_tests(tests, NULL, NULL);
}
