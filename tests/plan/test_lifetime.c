/* Plans over the life whose optimum is worked out by hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/lifetime.h"

#include "base/text.h"
#include "plan/small.h"

static const double discount_frac = 0.05;

/* A hall of 1,100 kW, power at a price by stage, and up to 100 kW of photovoltaics for a day in June: linear in the plant. */
static const char *sun_text(char text[2048], const char *stages, const char *prices,
                            double capex_money_kw, double life_year, int most_kw) {
    (void)snprintf(
        text, 2048,
        "hearth: 1\nname: hand\nplace: {climate: seattle, ground_c: 11}\n"
        "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 20}\n"
        "horizon: {from: 2024-06-21, days: 1}\n"
        "electricity: {data_centre: {energy_money_kwh: 0.1}}\n"
        "data_centre:\n  - {name: hall, it_kw: 1000, load: flat,\n"
        "     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1, capex_money_kw: 0}}\n"
        "plant:\n  pv: {capacity_kw: {choose: {max: %d}}, capex_money_kw: %.17g, fom_frac_year: 0, "
        "life_year: %g, owner: operator}\n"
        "stages: {%s}\nstage_changes:\n"
        "  - {path: electricity.data_centre.energy_money_kwh, values: [%s]}\n",
        most_kw, capex_money_kw, life_year, stages, prices);
    return text;
}

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

static const struct lifetime_asset *asset_of(const struct solved *solved,
                                             const struct lifetime_case *result, const char *name) {
    for (int a = 0; a < result->assets_count; a++) {
        if (result->assets[a].instance == small_instance(&solved->small, name)) {
            return &result->assets[a];
        }
    }
    fail();
    return NULL;
}

static double annuity(double life_year) {
    double grown = pow(1.0 + discount_frac, life_year);
    return discount_frac * grown / (grown - 1.0);
}

/* Present value of one a year from the begin of one year of the plan to that of another, year by year. */
static double years(int from, int until) {
    double sum = 0.0;
    for (int y = from; y < until; y++) {
        sum += pow(1.0 + discount_frac, -(y + 1));
    }
    return sum;
}

/* What a kW of the plant gives in a year of days like this one. */
static double sun_kwh_kw_year(const struct solved *solved) {
    int i = small_instance(&solved->small, "pv");
    const struct plan *plan = solved->life->plan[0];
    const struct coefficients *c = plan->cases[CASE_TOGETHER].flow[i].coefficients;
    int out = component_port(plan->scenario->instances[i].kind, "power_out");
    double sum = 0.0;
    for (int t = 0; t < 24; t++) {
        sum += c->availability_frac[t] * c->mode[0].port[out][t];
    }
    return 366.0 * sum;
}

static double bought_money(const struct solved *solved, double price_money_kwh) {
    const struct plan *plan = solved->life->plan[0];
    double sum_kwh = 0.0;
    static const char *const takers[] = {"hall", "hall_cooling"};
    for (int k = 0; k < COUNT(takers); k++) {
        int i = small_instance(&solved->small, takers[k]);
        int p = component_port(plan->scenario->instances[i].kind, "power_in");
        for (int t = 0; t < 24; t++) {
            sum_kwh += plan->cases[CASE_TOGETHER].flow[i].port_kw[p][t];
        }
    }
    return 366.0 * sum_kwh * price_money_kwh;
}

/* Dear power for ten years, cheap power for ten more. A kW of the sun saves more than its annuity in the first, less in the
   second; over both together it does not pay. Who sees ten years builds, and pays on for what is hardly worth its light. */
static void power_that_gets_cheap(void **state) {
    (void)state;
    char text[2048];
    struct solved probe =
        solve(sun_text(text, "years: [2026, 2036], until_year: 2046", "0.3, 0.03", 1e4, 25.0, 100));
    double year_kwh = sun_kwh_kw_year(&probe);
    small_free(&probe.small);
    double yearly_money = 0.8 * 0.3 * year_kwh, capex_money_kw = yearly_money / annuity(25.0);
    struct solved solved = solve(sun_text(text, "years: [2026, 2036], until_year: 2046",
                                          "0.3, 0.03", capex_money_kw, 25.0, 100));
    double first = years(0, 10), second = years(10, 20);
    assert_near(solved.life->weight_year[0], first, 1e-12);
    assert_near(solved.life->weight_year[1], second, 1e-12);
    const struct lifetime_case *foresight = &solved.life->cases[CASE_TOGETHER],
                               *myopic = &solved.life->myopic;
    double plain_money = first * bought_money(&solved, 0.3) + second * bought_money(&solved, 0.03);
    assert_near(foresight->present_money, plain_money, 1e-9);
    assert_true(asset_of(&solved, foresight, "pv")->built_capacity[0] < 1e-6);
    const struct lifetime_asset *pv = asset_of(&solved, myopic, "pv");
    assert_near(pv->built_capacity[0], 100.0, 1e-9);
    assert_true(pv->built_capacity[1] < 1e-6);
    assert_near(pv->kept_capacity[1], 100.0, 1e-9);
    assert_near(pv->capital_money[0], 100.0 * yearly_money * (first + second), 1e-9);
    double saved_money = 100.0 * year_kwh * (0.3 * first + 0.03 * second);
    assert_near(myopic->present_money - foresight->present_money,
                100.0 * yearly_money * (first + second) - saved_money, 1e-7);
    assert_true(foresight->residual_ratio < 1e-9 && foresight->bound_money > 0.0);
    small_free(&solved.small);
}

/* Cheap power first: nothing is built before it is dear, and then no more than may be. A life of ten years ends between 2030
   and 2037: what was built is built again. */
static void built_when_it_pays_and_again(void **state) {
    (void)state;
    char text[2048];
    struct solved late = solve(
        sun_text(text, "years: [2026, 2036], until_year: 2046", "0.01, 0.5", 1000.0, 25.0, 100));
    const struct lifetime_asset *pv = asset_of(&late, &late.life->cases[CASE_TOGETHER], "pv");
    double year_kwh = sun_kwh_kw_year(&late);
    assert_true(0.01 * year_kwh < 1000.0 * annuity(25.0) && pv->built_capacity[0] < 1e-6);
    assert_near(pv->built_capacity[1], 100.0, 1e-9);
    assert_near(pv->capital_money[1], 100.0 * 1000.0 * annuity(25.0) * years(10, 20), 1e-9);
    assert_near(late.life->myopic.present_money, late.life->cases[CASE_TOGETHER].present_money,
                1e-9);
    small_free(&late.small);

    struct solved again = solve(sun_text(text, "years: [2026, 2030, 2037], until_year: 2040",
                                         "0.5, 0.5, 0.5", 1000.0, 10.0, 100));
    pv = asset_of(&again, &again.life->cases[CASE_TOGETHER], "pv");
    assert_near(pv->built_capacity[0], 100.0, 1e-9);
    assert_true(pv->built_capacity[1] < 1e-6);
    assert_near(pv->standing_capacity[1], 100.0, 1e-9);
    assert_near(pv->built_capacity[2], 100.0, 1e-9);
    assert_near(pv->standing_capacity[2], 100.0, 1e-9);
    assert_near(pv->capital_money[0], 1e5 * annuity(10.0) * years(0, 11), 1e-9);
    small_free(&again.small);
}

/* One stage over the plan's life is the plan of a year, times the years. */
static void one_stage_is_the_plan(void **state) {
    (void)state;
    const char *text = SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
        "stages: {years: [2026], until_year: 2051}\n";
    struct solved solved = solve(text);
    small_plan(&solved.small);
    for (int k = 0; k < CASES; k++) {
        double objective_money = solved.small.plan->cases[k].objective_money;
        double year_frac = solved.small.scenario->year_frac;
        assert_near(solved.life->cases[k].present_money,
                    objective_money / year_frac / annuity(25.0), 1e-4);
    }
    small_free(&solved.small);
}

/* Gas at next to nothing for ten years, then dear: the trench is laid when it pays, and that is cheaper than from the
   start; dear at once, it is laid at once, and never where gas stays cheap. The bound by prices rules none of these out. */
static void laid_when_it_pays(void **state) {
    (void)state;
    static const struct {
        const char *gas;
        double built[2];
    } cases[] = {
        {"0.001, 0.2", {0.0, 1.0}}, {"0.2, 0.2", {1.0, 0.0}}, {"0.001, 0.001", {0.0, 0.0}}};
    for (int k = 0; k < COUNT(cases); k++) {
        char text[4096];
        (void)snprintf(text, sizeof text,
                       "%sstages: {years: [2026, 2036], until_year: 2046}\nstage_changes:\n"
                       "  - {path: fuel.gas_money_kwh, values: [%s]}\n",
                       SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT,
                       cases[k].gas);
        struct solved solved = solve(text);
        const struct lifetime_case *best = &solved.life->cases[CASE_TOGETHER];
        int network = solved.small.scenario->network, found = 0;
        for (int a = 0; a < best->assets_count; a++) {
            const struct lifetime_asset *asset = &best->assets[a];
            if (asset->instance == network && asset->part == PART_STEP) {
                found++;
                assert_near(asset->built_capacity[0], cases[k].built[0], 0.0);
                assert_near(asset->built_capacity[1], cases[k].built[1], 0.0);
            }
        }
        assert_int_equal(found, 1);
        small_free(&solved.small);
    }
}

/* A hall of 1,000 kW whose servers are paid in five years and may be kept for ten; two stages of five years. */
static const char *servers_text(char text[2048], const char *refresh, double price_money_kw,
                                const char *more) {
    (void)snprintf(
        text, 2048,
        "hearth: 1\nname: hand\nplace: {climate: seattle, ground_c: 11}\n"
        "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 20}\n"
        "horizon: {from: 2024-06-21, days: 1}\n"
        "electricity: {data_centre: {energy_money_kwh: 0.2}}\n"
        "data_centre:\n  - {name: hall, it_kw: 1000, load: flat, refresh: %s,\n"
        "     servers_capex_money_kw: %.17g, servers_keep_year: 10, servers_fom_frac_year: 0.02,\n"
        "     servers_late_frac_year: 0.05, growth_frac_year: 0.2, %s\n"
        "     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1, capex_money_kw: 0}}\n"
        "stages: {years: [2026, 2031], until_year: 2036}\n",
        refresh, price_money_kw, more);
    return text;
}

/* What a kW of IT and its cooling draw in a year of days like this one, by a plan of known IT. */
static double power_money_kw(const struct solved *solved) {
    const struct lifetime_servers *servers = &solved->life->cases[CASE_TOGETHER].servers[0];
    return bought_money(solved, 0.2) / (servers->stands_kw[1][0] + servers->stands_kw[0][0]);
}

/* Servers of 2031 do 1.2^5 = 2.49 times the work of those of 2026, so that 402 kW of them do. They pay where the power
   they save is worth more than they cost above the dearer upkeep of the old: below a price that is known. */
static void servers_are_kept_or_refreshed(void **state) {
    (void)state;
    char text[2048];
    double gain = pow(1.2, 5.0), first = years(0, 5), second = years(5, 10), power_money = 0.0;
    for (int k = 0; k < 3; k++) {
        double even_money =
            power_money * (1.0 - 1.0 / gain) / ((0.02 + annuity(5.0)) / gain - 0.05);
        double price_money = k == 0 ? 1000.0 : k == 1 ? 0.99 * even_money : 1.01 * even_money;
        struct solved solved = solve(servers_text(text, "work", price_money, ""));
        const struct lifetime_case *best = &solved.life->cases[CASE_TOGETHER];
        const struct lifetime_servers *servers = &best->servers[0];
        assert_int_equal(best->servers_count, 1);
        assert_int_equal(solved.life->cases[CASE_TODAY].servers_count, 0);
        assert_near(servers->stands_kw[1][0], 1000.0, 1e-9);
        bool anew = k < 2;
        assert_near(servers->stands_kw[2][1], anew ? 1000.0 / gain : 0.0, 1e-6);
        assert_near(servers->stands_kw[1][1], anew ? 0.0 : 1000.0, 1e-6);
        assert_near(servers->served_kw[1], 1000.0, 1e-9);
        /* the same work, and the carbon of its power by its kW alone: decoupled, or not */
        assert_true(best->carbon_kg[0] > 0.0);
        assert_near(best->carbon_kg[1] / best->carbon_kg[0], anew ? 1.0 / gain : 1.0, 1e-6);
        int hall = small_instance(&solved.small, "hall");
        const struct flow *flow = &solved.life->plan[1]->cases[CASE_TOGETHER].flow[hall];
        assert_near(flow->capacity, anew ? 1000.0 / gain : 1000.0, 1e-6);
        power_money = power_money_kw(&solved);
        double one_money = 1000.0 * (power_money + (0.02 + annuity(5.0)) * price_money);
        double kept_money = 1000.0 * (power_money + 0.05 * price_money);
        double found_money = first * one_money + second * (anew ? one_money / gain : kept_money);
        assert_near(best->present_money, found_money, 1e-7);
        assert_near(solved.life->myopic.present_money, found_money, 1e-7);
        assert_near(servers->made_kg[0], 1000.0 * 3660.0 / 0.5, 1e-9);
        assert_near(servers->made_kg[1], anew ? 1000.0 / gain * 3660.0 / 0.5 : 0.0, 1e-3);
        assert_true(best->residual_ratio < 1e-9);
        /* paid in the middle of a stage, they need more from then on */
        struct stages other = *solved.life->stages;
        other.year[1] = 2029;
        other.until_year = 2034;
        assert_near(lifetime_servers_kept_money(&other, servers->fleet, discount_frac, 1, 1),
                    price_money * (0.02 * years(3, 5) + 0.05 * years(5, 8)), 1e-12);
        small_free(&solved.small);
    }
}

/* With the same power new servers do more work: they pay where that is worth it. Servers that stand at the begin are paid;
   those of 2019 may stand until 2029, and so go before the first stage ends. */
static void more_work_of_the_same_power(void **state) {
    (void)state;
    char text[2048], more[128];
    double gain = pow(1.2, 5.0), even_money = (0.02 + annuity(5.0) - 0.05) * 1000.0 / (gain - 1.0);
    for (int k = 0; k < 2; k++) {
        (void)snprintf(more, sizeof more,
                       "servers_work_money_kw_year: %.17g, servers_from_year: %s,",
                       (k ? 1.01 : 0.99) * even_money, "2026");
        struct solved solved = solve(servers_text(text, "power", 1000.0, more));
        const struct lifetime_servers *servers = &solved.life->cases[CASE_TOGETHER].servers[0];
        assert_near(servers->stands_kw[0][0], 1000.0, 1e-6);
        assert_near(servers->stands_kw[2][1], k ? 1000.0 : 0.0, 1e-6);
        assert_near(servers->served_kw[1], k ? 1000.0 * gain : 1000.0, 1e-6);
        assert_near(servers->capital_money[1], k ? 1e6 * annuity(5.0) * years(5, 10) : 0.0, 1e-6);
        small_free(&solved.small);
    }
    struct solved solved = solve(servers_text(text, "work", 1000.0, "servers_from_year: 2019,"));
    const struct lifetime_servers *servers = &solved.life->cases[CASE_TOGETHER].servers[0];
    assert_near(servers->stands_kw[0][0], 0.0, 0.0);
    assert_near(servers->stands_kw[1][0], 1000.0 / pow(1.2, 7.0), 1e-6);
    small_free(&solved.small);
}

/* Walls and windows when gas gets dear: a m2 saves heat worth less than its annuity at first, and more later. */
static void renovated_when_it_pays(void **state) {
    (void)state;
    static const char text[] =
        "hearth: 1\nname: hand\nplace: {climate: seattle, ground_c: 11}\n"
        "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 20}\n"
        "horizon: {from: 2024-01-22, days: 1}\nfuel: {gas_money_kwh: 0.04}\n"
        "electricity: {town: {energy_money_kwh: 0.1}}\n"
        "town:\n  - {name: flats, building: office, floor_m2: 20000, emitter: radiator,\n"
        "     hot_water: local_electric, heated_by: gas_boiler, meter: town,\n"
        "     retrofit: {saved_frac: 0.4, renovated_m2: choose, capex_money_m2: 60}}\n"
        "stages: {years: [2026, 2036], until_year: 2046}\nstage_changes:\n"
        "  - {path: fuel.gas_money_kwh, values: [0.02, 0.3]}\n";
    struct solved solved = solve(text);
    const struct lifetime_case *best = &solved.life->cases[CASE_TOGETHER];
    const struct lifetime_asset *retrofit = asset_of(&solved, best, "flats_retrofit");
    int i = retrofit->instance;
    const struct coefficients *c = solved.life->plan[1]->cases[CASE_TOGETHER].flow[i].coefficients;
    double saved_kwh_m2 = 0.0, capital_money_m2 = 60.0 * annuity(40.0);
    for (int t = 0; t < 24; t++) {
        saved_kwh_m2 += 366.0 * c->availability_frac[t];
    }
    assert_true(0.02 / 0.8 * saved_kwh_m2 < capital_money_m2);
    assert_true(0.3 * saved_kwh_m2 > capital_money_m2);
    assert_near(retrofit->built_capacity[0], 0.0, 1.0);
    assert_near(retrofit->built_capacity[1], 20000.0, 1e-6);
    small_free(&solved.small);
}

/* The laws as a stage has them, two years on, beside the cases of physics/growth.cases. */
static void laws_of_growth(void **state) {
    (void)state;
    static const struct {
        const char *law;
        double value;
    } cases[] = {
        {"law: compound, rate_frac: 0.05, rate_multiplier_ratio: 2", 1000.0 * 1.21},
        {"law: linear, rate_frac: 0.125", 1250.0},
        {"law: floor, rate_frac: 0.5, cap_ratio: 0.5", 625.0},
        {"law: bass, innovation_frac: 0.5, imitation_frac: 0, cap_ratio: 4",
         1000.0 * (1.0 + 3.0 * 0.6321205588285577)},
        {"law: pipeline, requested_kw: [1000, 1000, 1000, 1000]", 1987.5},
        {"law: pipeline, requested_kw: [0, 0, 0, 100], odds_frac: [0, 0, 0, 0.5], ramp_year: 0",
         1050.0},
        {"law: new_supply", 0.4606},
        {"law: new_supply, fossil_kgco2_kwh: 0.49", 0.3088}};
    for (int k = 0; k < COUNT(cases); k++) {
        char text[4096];
        double value = 0.0;
        (void)snprintf(text, sizeof text,
                       "%sstages: {years: [2026, 2028]}\nstage_changes: [{path: "
                       "data_centre.hall.it_kw, %s}]\n",
                       SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT,
                       cases[k].law);
        struct small small = small_read(text);
        const char *grown = small.scenario->stages->changes[0].text[1];
        assert_true(text_number(grown, strlen(grown), &value));
        assert_near(value, cases[k].value, 1e-9);
        small_free(&small);
    }
}

static void broken_stages_are_told(void **state) {
    (void)state;
    static const struct {
        const char *stages, *word;
    } cases[] = {
        {"stages: {years: []}\n", "years"},
        {"stages: {years: [2030, 2026]}\n", "2026"},
        {"stages: {years: [2026], until_year: 2026}\n", "until_year"},
        {"stage_changes: []\n", "no stages"},
        {"stages: {years: [2026]}\nstage_changes: [{law: linear, rate_frac: 1}]\n", "path"},
        {"stages: {years: [2026]}\nstage_changes: [{path: money.yeast, law: linear, rate_frac: "
         "1}]\n",
         "money.yeast"},
        {"stages: {years: [2026]}\nstage_changes: [{path: money.currency, law: linear, rate_frac: "
         "1}]\n",
         "USD"},
        {"stages: {years: [2026]}\nstage_changes: [{path: money.year, law: logistic, rate_frac: "
         "1}]\n",
         "cap_ratio"},
        {"stages: {years: [2026]}\nstage_changes: [{path: money.year, law: bass, cap_ratio: 2, "
         "imitation_frac: 0.3}]\n",
         "innovation_frac"},
        {"stages: {years: [2026]}\nstage_changes: [{path: money.year, law: pipeline}]\n",
         "requested_kw"},
        {"stages: {years: [2026]}\nstage_changes: [{path: money.year, law: pipeline, requested_kw: "
         "[1, 2]}]\n",
         "inquiry, study, contract, construction"},
        {"stages: {years: [2026]}\nstage_changes: [{path: money.year, values: [1, 2]}]\n",
         "each of the 1"},
        {"stages: {years: [2026]}\nstage_changes: [{path: money.year, to: 3}]\n", "from_year"},
    };
    for (int k = 0; k < COUNT(cases); k++) {
        char text[4096];
        struct scenario *scenario = NULL;
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        (void)snprintf(text, sizeof text, "%s%s",
                       SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT,
                       cases[k].stages);
        assert_int_equal(scenario_parse(arena, diag, "broken.yaml", text, strlen(text), &scenario),
                         STATUS_BAD_SCENARIO);
        bool told = false;
        for (int n = 0; n < diag_count(diag); n++) {
            told = told || strstr(diag_render(arena, diag_at(diag, n)), cases[k].word) != NULL;
        }
        if (!told) {
            print_message("not told: %s\n", cases[k].stages);
        }
        assert_true(told);
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(power_that_gets_cheap),
        cmocka_unit_test(built_when_it_pays_and_again),
        cmocka_unit_test(one_stage_is_the_plan),
        cmocka_unit_test(laid_when_it_pays),
        cmocka_unit_test(servers_are_kept_or_refreshed),
        cmocka_unit_test(more_work_of_the_same_power),
        cmocka_unit_test(laws_of_growth),
        cmocka_unit_test(renovated_when_it_pays),
        cmocka_unit_test(broken_stages_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
