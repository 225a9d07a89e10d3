/* One design for many futures: with one it is the plan, and by hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/holders.h"
#include "plan/robust_design.h"
#include "plan/small.h"

struct solved {
    struct small small;
    struct robust_design *design;
};

static struct solved solve(const char *text, bool compare) {
    struct solved solved = {small_read(text), NULL};
    struct small *small = &solved.small;
    enum status status = robust_design_solve(small->scenario, compare, NULL, NULL, small->arena,
                                             small->diag, &solved.design);
    if (status != STATUS_OK) {
        small_tell(small);
    }
    assert_int_equal(status, STATUS_OK);
    return solved;
}

/* ---- futures that several hold ---- */

struct holder {
    struct small small;
    struct seat seat;
    bool compare;
    struct robust_design *design;
    enum status status;
};

static void *hold(void *data) {
    struct holder *holder = data;
    struct small *small = &holder->small;
    holder->status = robust_design_solve(small->scenario, holder->compare, &holder->seat.share,
                                         NULL, small->arena, small->diag, &holder->design);
    if (holder->status != STATUS_OK && holder->seat.table->failed == STATUS_OK) {
        seat_give_up(&holder->seat);
    }
    return NULL;
}

static void same_design(const struct robust_design *a, const struct robust_design *b) {
    const double ours[] = {a->objective_money,     a->bound_money,      a->expected_money_year,
                           a->tail_money_year,     a->worst_money_year, a->regret_money_year,
                           a->as_given_served_frac};
    const double theirs[] = {b->objective_money,     b->bound_money,      b->expected_money_year,
                             b->tail_money_year,     b->worst_money_year, b->regret_money_year,
                             b->as_given_served_frac};
    assert_memory_equal(ours, theirs, sizeof ours);
    assert_memory_equal(a->future, b->future, (size_t)a->futures->count * sizeof *a->future);
    assert_int_equal(a->capacities_count, b->capacities_count);
    for (int c = 0; c < a->capacities_count; c++) {
        assert_memory_equal(&a->capacities[c].capacity, &b->capacities[c].capacity, sizeof(double));
    }
    assert_int_equal(a->columns_count, b->columns_count);
    assert_int_equal(a->rows_count, b->rows_count);
    assert_int_equal(a->iterations_count, b->iterations_count);
}

/* Bit by bit what one has found who holds all of them. */
static void same_by_holders(const char *text, const struct solved *one, int count) {
    struct holder holders[HOLDERS_MOST];
    struct table table;
    pthread_t thread[HOLDERS_MOST];
    assert_int_equal(table_begin(&table, one->small.arena, count), STATUS_OK);
    for (int i = 0; i < count; i++) {
        holders[i] = (struct holder){.small = small_read(text), .compare = one->design->compared};
        assert_int_equal(seat_begin(&holders[i].seat, &table, one->small.arena,
                                    one->design->futures->count, count, i),
                         STATUS_OK);
    }
    for (int i = 0; i < count; i++) {
        assert_int_equal(pthread_create(&thread[i], NULL, hold, &holders[i]), 0);
    }
    for (int i = 0; i < count; i++) {
        assert_int_equal(pthread_join(thread[i], NULL), 0);
    }
    for (int i = 0; i < count; i++) {
        assert_int_equal(holders[i].status, STATUS_OK);
        same_design(one->design, holders[i].design);
        small_free(&holders[i].small);
    }
    (void)pthread_barrier_destroy(&table.barrier);
}

/* The programme of one future is that of the plan: the same objective and capacities to 1e-9. */
static void one_future_is_the_plan(void **state) {
    (void)state;
    static const char *const texts[] = {
        SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
        "futures: [{name: as_given}]\n",
        SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
        "  tank: {capacity_kwh: choose}\n  pv: {capacity_kw: {choose: {max: 500}}, meter: campus}\n"
        "futures: [{name: as_given, set: {fuel.gas_money_kwh: 0.04}}]\n"};
    for (int k = 0; k < COUNT(texts); k++) {
        struct solved solved = solve(texts[k], true);
        const struct robust_design *design = solved.design;
        const struct case_plan *given = &design->plan->cases[CASE_TOGETHER];
        assert_near(design->objective_money, given->objective_money, 1e-9);
        double year_money = given->objective_money / design->scenario->year_frac;
        assert_near(design->expected_money_year, year_money, 1e-9);
        assert_near(design->future[0].own_money_year, year_money, 1e-9);
        assert_near(design->future[0].as_given_money_year, year_money, 1e-8);
        assert_true(design->capacities_count >= 2);
        for (int c = 0; c < design->capacities_count; c++) {
            const struct robust_capacity *it = &design->capacities[c];
            assert_near(it->capacity, it->as_given_capacity, 1e-7);
        }
        small_free(&solved.small);
    }
}

/* A hall, a day in June, up to 100 kW of photovoltaics that cost a year what 0.24 a kWh would bring; power at 0.30 or at 0.03. */
static const char *sun_text(char text[2048], double capex_money_kw, const char *objective,
                            double dear_frac) {
    (void)snprintf(
        text, 2048,
        "hearth: 1\nname: hand\nplace: {climate: seattle, ground_c: 11}\n"
        "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 20}\n"
        "horizon: {from: 2024-06-21, days: 1}\n"
        "electricity: {data_centre: {energy_money_kwh: 0.1}}\n"
        "data_centre:\n  - {name: hall, it_kw: 1000, load: flat,\n"
        "     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1, capex_money_kw: 0}}\n"
        "plant:\n  pv: {capacity_kw: {choose: {max: 100}}, capex_money_kw: %.17g, "
        "fom_frac_year: 0, life_year: 25, owner: operator}\n"
        "futures:\n"
        "  - {name: dear, probability_frac: %.17g, set: "
        "{electricity.data_centre.energy_money_kwh: 0.3}}\n"
        "  - {name: cheap, probability_frac: %.17g, set: "
        "{electricity.data_centre.energy_money_kwh: 0.03}}\n"
        "robust: {objective: %s, tail_frac: 0.5, limit_money_year: 1000000}\n",
        capex_money_kw, dear_frac, 1.0 - dear_frac, objective);
    return text;
}

static double sun_kwh_kw_year(const struct solved *solved) {
    int i = small_instance(&solved->small, "pv");
    const struct plan *plan = solved->design->plan;
    const struct coefficients *c = plan->cases[CASE_TOGETHER].flow[i].coefficients;
    int out = component_port(plan->scenario->instances[i].kind, "power_out");
    double sum = 0.0;
    for (int t = 0; t < 24; t++) {
        sum += c->availability_frac[t] * c->mode[0].port[out][t];
    }
    return 366.0 * sum;
}

static double sun_kw(const struct solved *solved) {
    const struct robust_design *design = solved->design;
    for (int c = 0; c < design->capacities_count; c++) {
        if (design->capacities[c].instance == small_instance(&solved->small, "pv")) {
            return design->capacities[c].capacity;
        }
    }
    fail();
    return 0.0;
}

/* In expectation 0.30 and 0.03 are worth 0.165 a kWh, too little, or, the one nine times as likely, 0.273, enough. The
   dearest half alone builds all. Regret is (100 - c) 0.06 or c 0.21 a kWh, both the same at 22.2 kW. */
static void by_hand(void **state) {
    (void)state;
    static const struct {
        const char *objective;
        double dear_frac, built_kw;
    } cases[] = {{"expected_cost", 0.5, 0.0},
                 {"expected_cost", 0.9, 100.0},
                 {"tail_cost", 0.5, 100.0},
                 {"regret", 0.5, 100.0 * 0.06 / 0.27}};
    const double grown_ratio = pow(1.05, 25.0);
    const double annuity_frac = 0.05 * grown_ratio / (grown_ratio - 1.0);
    char text[2048];
    struct solved probe = solve(sun_text(text, 1e4, "expected_cost", 0.5), false);
    double year_kwh = sun_kwh_kw_year(&probe);
    double bare_money[2] = {probe.design->future[0].money_year, probe.design->future[1].money_year};
    assert_near(sun_kw(&probe), 0.0, 1e-6);
    small_free(&probe.small);
    double capex_money_kw = 0.24 * year_kwh / annuity_frac;
    for (int k = 0; k < COUNT(cases); k++) {
        struct solved solved =
            solve(sun_text(text, capex_money_kw, cases[k].objective, cases[k].dear_frac), true);
        const struct robust_design *design = solved.design;
        double c = cases[k].built_kw;
        assert_near(sun_kw(&solved), c, 1e-4);
        double money[2] = {bare_money[0] - c * 0.06 * year_kwh,
                           bare_money[1] + c * 0.21 * year_kwh};
        for (int f = 0; f < 2; f++) {
            assert_near(design->future[f].money_year, money[f], 1e-6);
        }
        assert_near(design->future[0].own_money_year, bare_money[0] - 6.0 * year_kwh, 1e-7);
        assert_near(design->future[1].own_money_year, bare_money[1], 1e-7);
        assert_near(design->expected_money_year,
                    cases[k].dear_frac * money[0] + (1.0 - cases[k].dear_frac) * money[1], 1e-6);
        assert_near(design->regret_money_year, fmax((100.0 - c) * 0.06, c * 0.21) * year_kwh, 1e-4);
        assert_near(design->worst_money_year, money[0], 1e-6);
        assert_near(design->tail_money_year, money[0], 1e-6);
        assert_near(design->satisfied_frac, 1.0 - cases[k].dear_frac, 1e-9);
        same_by_holders(text, &solved, 2);
        small_free(&solved.small);
    }
}

/* What is drawn is the place's own days, and the same number the same year. */
static void years_are_drawn(void **state) {
    (void)state;
    const char *text = SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
        "robust: {weather_years: 2}\n";
    struct solved solved = solve(text, false);
    const struct robust_design *design = solved.design;
    same_by_holders(text, &solved, 3); /* one of them has none */
    assert_int_equal(design->futures->count, 2);
    assert_string_equal(design->futures->future[1].name, "weather 2");
    assert_true(design->future[0].money_year != design->future[1].money_year);
    for (int c = 0; c < design->capacities_count; c++) {
        assert_true(design->capacities[c].capacity >= 0.0);
    }
    const struct climate *own = &solved.small.scenario->climate;
    for (int f = 0; f < 2; f++) {
        struct scenario *drawn[2];
        for (int k = 0; k < 2; k++) {
            assert_int_equal(futures_scenario(solved.small.scenario, f, solved.small.arena,
                                              solved.small.diag, &drawn[k]),
                             STATUS_OK);
        }
        const double *a = drawn[0]->climate.year.outdoor_c, *b = drawn[1]->climate.year.outdoor_c;
        assert_memory_equal(a, b, (size_t)own->year.count * sizeof *a);
        assert_true(memcmp(a, own->year.outdoor_c, (size_t)own->year.count * sizeof *a) != 0);
        assert_int_equal(drawn[0]->climate.coldest_day, own->coldest_day);
        assert_int_equal(drawn[0]->climate.hottest_day, own->hottest_day);
        for (int d = 0; d < own->year.count / 24; d++) {
            bool found = false;
            for (int s = -10; s <= 10 && !found; s++) {
                int from = (d + s + own->year.count / 24) % (own->year.count / 24);
                found = memcmp(&a[24 * d], &own->year.outdoor_c[24 * from], 24 * sizeof *a) == 0;
            }
            assert_true(found);
        }
    }
    small_free(&solved.small);
}

static void broken_futures_are_told(void **state) {
    (void)state;
    static const struct {
        const char *futures, *word;
    } cases[] = {
        {"futures: []\n", "futures"},
        {"futures: [{set: {fuel.gas_money_kwh: 1}}]\n", "name"},
        {"futures: [{name: a, probability_frac: 0.5}, {name: b}]\n", "probability_frac"},
        {"futures: [{name: a, probability_frac: 0.5}]\n", "together"},
        {"futures: [{name: a, set: [1]}]\n", "set"},
        {"futures: [{name: a}, {name: b}]\nrobust: {weather_years: 40}\n", "80"},
        {"robust: {objective: least}\n", "least"},
    };
    for (int k = 0; k < COUNT(cases); k++) {
        char text[4096];
        struct scenario *scenario = NULL;
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        (void)snprintf(text, sizeof text, "%s%s",
                       SMALL_HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT,
                       cases[k].futures);
        assert_int_equal(scenario_parse(arena, diag, "broken.yaml", text, strlen(text), &scenario),
                         STATUS_BAD_SCENARIO);
        bool told = false;
        for (int n = 0; n < diag_count(diag); n++) {
            told = told || strstr(diag_render(arena, diag_at(diag, n)), cases[k].word) != NULL;
        }
        if (!told) {
            print_message("not told: %s\n", cases[k].futures);
        }
        assert_true(told);
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_future_is_the_plan),
        cmocka_unit_test(by_hand),
        cmocka_unit_test(years_are_drawn),
        cmocka_unit_test(broken_futures_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
