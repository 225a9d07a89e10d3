/* Frontiers and near-optimal alternatives: by hand, and beside the same questions written into the scenario. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/alternatives.h"
#include "plan/frontier.h"
#include "plan/sun.h"

static struct frontier *frontier_of(struct small *small, enum held_figure figure, int points) {
    struct frontier *frontier = NULL;
    enum status status =
        frontier_solve(small->scenario, figure, points, NULL, small->arena, small->diag, &frontier);
    if (status != STATUS_OK) {
        small_tell(small);
    }
    assert_int_equal(status, STATUS_OK);
    return frontier;
}

/* 100 kW at 20 a year each, then 50 kW at 60: two straight pieces, whose slopes are 20 and 60 over the carbon of a kW. The
   third point is where they meet, and the knee: 2/3 of the carbon for 2/5 of the money. */
static void frontier_by_hand(void **state) {
    (void)state;
    struct sun sun = sun_of(20.0, 60.0);
    char text[2048], limit[100];
    struct small small = small_read(sun_text(text, &sun, sun_choose, ""));
    const struct frontier *f = frontier_of(&small, FIGURE_CARBON, 5);
    assert_int_equal(f->points_count, 5);
    assert_false(f->flat);
    double year_frac = small.scenario->year_frac;
    double bare_kg = 0.4 * sun.hall_kwh, bare_money = f->cheapest_money / year_frac;
    assert_near(f->cheapest_money, f->plan->cases[CASE_TOGETHER].objective_money, 1e-9);
    assert_near(f->least_value / year_frac, bare_kg - 150.0 * sun.kg_kw, 1e-7);
    int corners = 0;
    for (int k = 0; k < 5; k++) {
        double less_kw = (bare_kg - frontier_value(f, k) / year_frac) / sun.kg_kw;
        double money = 20.0 * fmin(less_kw, 100.0) + 60.0 * fmax(less_kw - 100.0, 0.0);
        double price_money = f->points[k].limit_price_money * sun.kg_kw;
        assert_true(f->points[k].proven && f->points[k].audit.passed);
        assert_true(fabs(frontier_money(f, k) / year_frac - bare_money - money) < 0.2);
        bool at_corner = fabs(less_kw - 100.0) < 0.01;
        corners += at_corner;
        double least_money = less_kw < 0.01 ? 0.0 : at_corner || less_kw < 100.0 ? 20.0 : 60.0;
        double most_money = less_kw > 149.99               ? HUGE_VAL
                            : at_corner || less_kw > 100.0 ? 60.0
                                                           : 20.0;
        assert_true(price_money > least_money - 1e-3 && price_money < most_money + 1e-3);
        assert_near(f->points[k].simulated_money, f->points[k].objective_money, 1e-7);
        assert_true(k == 0 || (frontier_value(f, k) < frontier_value(f, k - 1) &&
                               frontier_money(f, k) > frontier_money(f, k - 1)));
    }
    assert_int_equal(corners, 1);
    double at_knee_kw = (bare_kg - frontier_value(f, f->knee) / year_frac) / sun.kg_kw;
    assert_true(fabs(at_knee_kw - 100.0) < 0.01);
    assert_true(fabs(f->knee_ratio - (2.0 / 3.0 - 0.4)) < 1e-3);
    assert_true(f->chord_money / year_frac < 1.0);

    /* the slow way: the same limit in the scenario */
    int k = f->knee - 1;
    (void)snprintf(limit, sizeof limit, "require: {carbon_max_kgco2_year: %.17g}\n",
                   frontier_value(f, k) / year_frac);
    struct small slow = small_solve(sun_text(text, &sun, sun_choose, limit));
    assert_near(slow.plan->cases[CASE_TOGETHER].objective_money, frontier_money(f, k), 1e-8);
    small_free(&slow);
    small_free(&small);
}

/* 60 kW must be, of the near at 20 a year or the far at 22. With 40 a year more, 20 kW of the near may be the far, or 2 kW
   more of the near are built. */
static void ranges_by_hand(void **state) {
    (void)state;
    struct sun sun = sun_of(20.0, 22.0);
    double must_kw = 60.0, more_money = 40.0;
    char text[2048], require[100], built[40];
    (void)snprintf(require, sizeof require, "require: {self_supply_frac: %.17g}\n",
                   must_kw * sun.year_kwh_kw / sun.hall_kwh);
    struct small small = small_read(sun_text(text, &sun, sun_choose, require));
    struct alternatives *a = NULL;
    double year_frac = small.scenario->year_frac;
    double cheapest_money = 0.1 * sun.hall_kwh + must_kw * 20.0;
    assert_int_equal(alternatives_solve(small.scenario, more_money / cheapest_money, 3, NULL,
                                        small.arena, small.diag, &a),
                     STATUS_OK);
    assert_near(a->cheapest_money / year_frac, cheapest_money, 1e-7);
    assert_near(a->cheapest_money, a->plan->cases[CASE_TOGETHER].objective_money, 1e-9);
    assert_int_equal(a->unanswered_count, 0);
    double kg_year = 0.4 * (sun.hall_kwh - must_kw * sun.year_kwh_kw);
    const struct {
        const char *key;
        double least, most;
        enum range_kind kind;
    } expected[] = {
        {"capacity.near", 40.0, 62.0, RANGE_MUST},
        {"capacity.far", 0.0, 20.0, RANGE_MAY_COME},
        {"carbon_kgco2_year", kg_year - 2.0 * sun.kg_kw, kg_year, RANGE_MUST},
        {"local_generation_kwh_year", 60.0 * sun.year_kwh_kw, 62.0 * sun.year_kwh_kw, RANGE_MUST},
        {"investment_money", 60.0 * sun.capex_money_kw[0], 62.0 * sun.capex_money_kw[0],
         RANGE_MUST},
        {"grid_peak_kw", 1070.0, (double)NAN, RANGE_MUST}};
    for (int k = 0; k < COUNT(expected); k++) {
        int m = measure_of(a->held, expected[k].key, small.arena);
        const struct range *range = &a->ranges[m];
        double scale = held_scale_ratio(a->held, m);
        assert_true(fabs(range->least_value * scale - expected[k].least) <=
                    1e-3 * fmax(expected[k].least, 1.0));
        assert_true(isnan(expected[k].most) ? isnan(range->most_value)
                                            : fabs(range->most_value * scale - expected[k].most) <=
                                                  1e-3 * fmax(expected[k].most, 1.0));
        assert_int_equal(range->kind, expected[k].kind);
    }

    int near = measure_of(a->held, "capacity.near", small.arena);
    int far = measure_of(a->held, "capacity.far", small.arena);
    assert_true(a->count >= 1);
    for (int k = 0; k < a->count; k++) {
        const struct held_answer *it = &a->alternative[k].answer;
        assert_true(it->proven && it->audit.passed);
        assert_true(it->objective_money <= a->budget_money * (1.0 + 1e-9));
        assert_true(a->alternative[k].distance_ratio > 0.3);
        assert_near(it->objective_money / year_frac,
                    0.1 * sun.hall_kwh + 20.0 * it->value[near] + 22.0 * it->value[far], 1e-8);
    }
    assert_true(a->alternative[0].answer.value[far] > 19.0);

    /* the slow way: with the least of the near built, a plan costs all of the budget; with less, more */
    (void)snprintf(built, sizeof built, "%.17g", a->ranges[near].least_value);
    struct small slow = small_solve(sun_text(text, &sun, built, require));
    assert_near(slow.plan->cases[CASE_TOGETHER].objective_money, a->budget_money, 1e-7);
    small_free(&slow);
    small_free(&small);
}

/* Nothing to trade: at night the hall draws the same whatever the sun does, and no water is drawn. */
static void flat_frontiers(void **state) {
    (void)state;
    struct sun sun = {.capex_money_kw = {5000.0, 5000.0}};
    char text[2048];
    struct small small = small_read(sun_text(text, &sun, sun_choose, ""));
    static const enum held_figure figures[] = {FIGURE_PEAK, FIGURE_WATER};
    for (int k = 0; k < COUNT(figures); k++) {
        const struct frontier *f = frontier_of(&small, figures[k], 5);
        assert_true(f->flat || f->measure < 0);
        assert_true(f->points_count <= 1);
    }
    small_free(&small);
}

/* Heat and power of a day: falling, convex, slopes between those of the chords; every plan audited, and in every range. */
static void a_town(void **state) {
    (void)state;
    static const char text[] =
        "hearth: 1\nname: small\nplace: {climate: seattle, ground_c: 11}\n"
        "horizon: {from: 2024-01-22, days: 1}\n"
        "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25}\n"
        "fuel: {gas_money_kwh: 0.04}\n" SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK SMALL_PLANT
        "  tank: {capacity_kwh: choose}\n"
        "require: {energy_reuse_factor: 0.05}\n";
    struct small small = small_read(text);
    const struct frontier *f = frontier_of(&small, FIGURE_CARBON, 4);
    assert_int_equal(f->points_count, 4);
    for (int k = 0; k < 3; k++) {
        double less = frontier_value(f, k) - frontier_value(f, k + 1);
        double slope_money = (frontier_money(f, k + 1) - frontier_money(f, k)) / less;
        assert_true(less > 0.0);
        assert_true(f->points[k].limit_price_money <= slope_money * 1.001);
        assert_true(f->points[k + 1].limit_price_money >= slope_money * 0.999);
        assert_true(f->points[k].audit.passed && f->points[k + 1].audit.passed);
    }
    struct alternatives *a = NULL;
    assert_int_equal(alternatives_solve(small.scenario, 0.05, 2, NULL, small.arena, small.diag, &a),
                     STATUS_OK);
    assert_true(a->count == 2);
    for (int k = 0; k < a->count; k++) {
        const struct held_answer *it = &a->alternative[k].answer;
        assert_true(it->proven && it->audit.passed && it->objective_money <= a->budget_money);
        /* small plant costs more per kW than its slope at the size of the cheapest says, large less: no more in all */
        assert_true(it->simulated_money < it->objective_money * 1.001);
        assert_true(it->simulated_money > it->objective_money * 0.95);
        for (int m = 1; m < a->held->measures_count; m++) {
            const struct range *range = &a->ranges[m];
            double room = 0.02 * fabs(range->most_value) + 1e-5;
            assert_true(isnan(range->most_value) || (it->value[m] >= range->least_value - room &&
                                                     it->value[m] <= range->most_value + room));
            assert_true(isnan(range->most_value) || range->most_value <= range->bound_value + room);
        }
    }
    small_free(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(frontier_by_hand),
                                       cmocka_unit_test(ranges_by_hand),
                                       cmocka_unit_test(flat_frontiers), cmocka_unit_test(a_town)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
