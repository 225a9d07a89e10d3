/* The reduced programme of typical weeks against the whole one in which like weeks are tied to each other by rows, against
   whole years of equal weeks, and over a season. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "optimise/ipm.h"
#include "optimise/typical.h"
#include "programmes.h"

#define INF HUGE_VAL
enum {
    WEEK_SEGMENTS = 2,
    SEGMENT_STEPS = 3,
    WEEK = 6,
    MONTHS = 3,
    ALONE = SEGMENT_STEPS,
    WEEKS_MAX = 12
};

/* A year to make: which week each is like, how its store is. */
struct year {
    int weeks, part_segments; /* of the last week; 0: it is whole */
    int like[WEEKS_MAX];
    bool visits, tied, season, even; /* even: no months, which would tell like weeks apart */
    double kept_ratio;
};

static int horizon_segments(const struct year *year) {
    int lacks = year->part_segments > 0 ? WEEK_SEGMENTS - year->part_segments : 0;
    return year->weeks * WEEK_SEGMENTS - lacks;
}

/* The same number in like steps. */
static double number(const struct year *year, int steps, int t, double low, double high) {
    int week = t / WEEK;
    struct random random;
    if (t >= steps - ALONE) {
        return high;
    }
    random_seed(&random, (uint64_t)(100 + year->like[week] * WEEK + t % WEEK));
    for (int k = 0; k < (int)high; k++) {
        (void)random_uniform(&random);
    }
    return low + (high - low) * random_uniform(&random);
}

struct made {
    struct arena *arena;
    struct programme_builder *b;
    const struct year *year;
    int steps;
    struct numbers zero, one, minus, infinity, none;
};

static struct numbers series(struct made *m, double low, double high) {
    double *value = ARENA_TAKE(m->arena, double, m->steps);
    for (int t = 0; t < m->steps; t++) {
        value[t] = number(m->year, m->steps, t, low, high);
    }
    return numbers_by_step(value);
}

static int add_block(struct made *m) {
    int horizon = horizon_segments(m->year), segments = horizon + 1;
    int *follows = ARENA_TAKE(m->arena, int, segments);
    for (int s = 0; s < segments; s++) {
        follows[s] = s == horizon ? s : s == 0 ? horizon - 1 : s - 1;
        if (!m->year->visits && s < horizon && s % WEEK_SEGMENTS == 0) {
            follows[s] = s + WEEK_SEGMENTS - 1;
        }
    }
    m->steps = segments * SEGMENT_STEPS;
    return programme_add_block(m->b, segments, SEGMENT_STEPS, 1.0, NULL, follows);
}

/* A step of a copy does what the typical step does, for the n-th copy of every typical week. */
static void add_ties(struct made *m, int columns) {
    for (int copy = 1; copy < m->year->weeks; copy++) {
        int *pair = ARENA_TAKE(m->arena, int, m->steps), met[WEEKS_MAX] = {0}, periods = 0;
        double *sign = ARENA_TAKE(m->arena, double, m->steps);
        for (int t = 0; t < m->steps; t++) {
            pair[t] = PROGRAMME_NO_PERIOD;
        }
        for (int w = 0; w < m->year->weeks; w++) {
            int typical = m->year->like[w];
            if (typical == w || ++met[typical] != copy) {
                continue;
            }
            for (int k = 0; k < WEEK && w * WEEK + k < m->steps - ALONE; k++, periods++) {
                pair[typical * WEEK + k] = pair[w * WEEK + k] = periods;
                sign[typical * WEEK + k] = -1.0;
                sign[w * WEEK + k] = 1.0;
            }
        }
        if (periods == 0) {
            continue;
        }
        int map = programme_add_map(m->b, 0, (struct programme_map){periods, pair});
        for (int c = 0; c < columns; c++) {
            int row = programme_add_sum(
                m->b, 0, (struct programme_row){"tie", m->zero, m->zero, map, false});
            programme_add_sum_entry(m->b, 0, row, IN_STEP, c, numbers_by_step(sign));
        }
    }
}

/* Months whose ends lie within weeks; a peak, a tier of what is bought, and a limit of the whole horizon. */
static void add_periods(struct made *m) {
    int *month = ARENA_TAKE(m->arena, int, m->steps), *whole = ARENA_TAKE(m->arena, int, m->steps);
    for (int t = 0; t < m->steps; t++) {
        bool alone = t >= m->steps - ALONE;
        month[t] = alone ? PROGRAMME_NO_PERIOD : t * MONTHS / (m->steps - ALONE);
        whole[t] = alone ? PROGRAMME_NO_PERIOD : 0;
    }
    int months = programme_add_map(m->b, 0, (struct programme_map){MONTHS, month});
    int horizon = programme_add_map(m->b, 0, (struct programme_map){1, whole});
    static const double price[MONTHS] = {2.0, 7.0, 4.0}, tier[MONTHS] = {20.0, 30.0, 25.0};
    int peak = programme_add_period(m->b, 0,
                                    (struct programme_column){"peak", numbers_by_step(price),
                                                              m->zero, m->infinity, months, 0.0});
    int above = programme_add_period(
        m->b, 0, (struct programme_column){"above", m->one, m->zero, m->infinity, months, 0.0});
    double *least = ARENA_TAKE(m->arena, double, m->steps);
    for (int t = m->steps - ALONE; t < m->steps; t++) {
        least[t] = -INF;
    }
    int row = programme_add_row(
        m->b, 0, (struct programme_row){"peak", numbers_by_step(least), m->infinity, 0, false});
    programme_add_entry(m->b, 0, row, IN_PERIOD, peak, m->one);
    programme_add_entry(m->b, 0, row, IN_STEP, 0, m->minus);
    int sum = programme_add_sum(
        m->b, 0, (struct programme_row){"tier", m->none, numbers_by_step(tier), months, false});
    programme_add_sum_entry(m->b, 0, sum, IN_STEP, 0, m->one);
    programme_add_sum_entry(m->b, 0, sum, IN_PERIOD, above, m->minus);
    int most = programme_add_sum(m->b, 0,
                                 (struct programme_row){"most", m->none,
                                                        programme_constant(m->b, 0.25 * m->steps),
                                                        horizon, false});
    programme_add_sum_entry(m->b, 0, most, IN_STEP, 1, m->one);
}

static void add_store(struct made *m, double size_money) {
    int size = programme_add_design(m->b, (struct programme_design){"size", size_money, 0.0, INF});
    double *kept = ARENA_TAKE(m->arena, double, m->steps);
    for (int t = 0; t < m->steps; t++) {
        kept[t] = m->year->kept_ratio;
    }
    (void)programme_add_state(
        m->b, 0, (struct programme_column){"level", m->zero, m->zero, m->infinity, 0, 0.0});
    programme_add_entry(m->b, 0, 0, IN_BEGIN, 0, numbers_by_step(kept));
    programme_add_entry(m->b, 0, 0, IN_END, 0, m->minus);
    for (int k = 0; k < 2; k++) { /* level <= size, level >= a tenth of it */
        int row =
            programme_add_row(m->b, 0,
                              (struct programme_row){k ? "empty" : "full", k ? m->zero : m->none,
                                                     k ? m->infinity : m->zero, 0, false});
        programme_add_entry(m->b, 0, row, IN_END, 0, m->one);
        programme_add_entry(m->b, 0, row, IN_DESIGN, size,
                            programme_constant(m->b, k ? -0.1 : -1.0));
    }
}

static struct programme *make(struct arena *arena, const struct year *year) {
    struct made m = {.arena = arena, .b = programme_builder_new(arena, "year"), .year = year};
    (void)add_block(&m);
    m.zero = programme_constant(m.b, 0.0);
    m.one = programme_constant(m.b, 1.0);
    m.minus = programme_constant(m.b, -1.0);
    m.infinity = programme_constant(m.b, INF);
    m.none = programme_constant(m.b, -INF);
    struct numbers need = series(&m, 1.0, 6.0), price = series(&m, 1.0, 9.0);
    if (year->season) { /* dear weeks that need much after cheap ones that need little */
        double *need_kw = ARENA_TAKE(arena, double, m.steps),
               *money = ARENA_TAKE(arena, double, m.steps);
        for (int t = 0; t < m.steps - ALONE; t++) {
            need_kw[t] = year->like[t / WEEK] == 0 ? 1.0 : 5.0;
            money[t] = year->like[t / WEEK] == 0 ? 1.0 : 10.0;
        }
        need = numbers_by_step(need_kw);
        price = numbers_by_step(money);
    }
    (void)programme_add_column(
        m.b, 0,
        (struct programme_column){"buy", price, m.zero, programme_constant(m.b, 8.0), 0, 0.0});
    (void)programme_add_column(m.b, 0,
                               (struct programme_column){"make", programme_constant(m.b, 6.5),
                                                         m.zero, programme_constant(m.b, 3.0), 0,
                                                         0.0});
    (void)programme_add_row(m.b, 0, (struct programme_row){"bus", need, need, 0, false});
    programme_add_entry(m.b, 0, 0, IN_STEP, 0, m.one);
    programme_add_entry(m.b, 0, 0, IN_STEP, 1, m.one);
    add_store(&m, year->season ? 0.01 : 0.4);
    if (!year->season && !year->even) {
        add_periods(&m);
    }
    if (year->tied) {
        add_ties(&m, 2);
    }
    struct programme *programme = programme_finish(m.b);
    assert_non_null(programme);
    assert_null(programme_mistake(programme, arena));
    return programme;
}

static struct outcome solved(const struct programme *programme, struct arena *arena) {
    struct outcome outcome = {0};
    struct certificate certificate = {0};
    assert_int_equal(ipm_solve(programme, NULL, arena, &outcome), STATUS_OK);
    assert_int_equal(outcome.kind, OUTCOME_OPTIMAL);
    assert_int_equal(certificate_check(programme, &outcome, 1e-6, arena, &certificate), STATUS_OK);
    assert_true(certificate.passed);
    return outcome;
}

static struct outcome reduced(const struct programme *whole, const struct year *year,
                              struct arena *arena, struct typical_programme **ret) {
    static const bool visits[] = {true};
    struct typical typical = {horizon_segments(year),       WEEK_SEGMENTS, year->weeks, year->like,
                              year->visits ? visits : NULL, false};
    assert_int_equal(typical_reduce(whole, &typical, arena, ret), STATUS_OK);
    assert_null(programme_mistake(typical_reduced(*ret), arena));
    return solved(typical_reduced(*ret), arena);
}

static void near(double found, double expected, double tolerance_ratio) {
    if (!(fabs(found - expected) <= tolerance_ratio * (1.0 + fabs(expected)))) {
        fail_msg("found %.12g, expected %.12g", found, expected);
    }
}

/* The worst row of the whole programme, by the judge, who knows nothing of typical weeks. */
static double primal_residual(const struct programme *whole, const struct outcome *outcome,
                              struct arena *arena) {
    struct certificate certificate = {0};
    assert_int_equal(certificate_check(whole, outcome, 1e-6, arena, &certificate), STATUS_OK);
    return certificate.primal_residual_ratio;
}

static void compare(struct year year) {
    struct arena *arena = arena_new(0);
    struct typical_programme *typical = NULL;
    struct outcome whole_outcome = {0};
    year.tied = true;
    struct outcome expected = solved(make(arena, &year), arena);
    year.tied = false;
    const struct programme *whole = make(arena, &year);
    struct outcome found = reduced(whole, &year, arena, &typical);
    assert_true(programme_rows(typical_reduced(typical)) < programme_rows(whole) || year.weeks < 6);
    if (year.part_segments == 0) {
        near(found.objective_ratio, expected.objective_ratio, 1e-6);
    } else { /* the shorter week keeps the limits of a whole one */
        assert_true(found.objective_ratio >= expected.objective_ratio * (1.0 - 1e-6));
        near(found.objective_ratio, expected.objective_ratio, 0.01);
    }
    assert_int_equal(typical_expand(typical, &found, arena, &whole_outcome), STATUS_OK);
    assert_true(primal_residual(whole, &whole_outcome, arena) < 1e-6);
    double cost = 0.0;
    struct programme_flat flat;
    assert_int_equal(programme_flatten(whole, arena, &flat), STATUS_OK);
    for (long c = 0; c < flat.columns; c++) {
        cost += flat.cost[c] * whole_outcome.x[c];
    }
    near(cost, found.objective_ratio, 1e-9);
    arena_free(arena);
}

static void tied_weeks_are_what_is_reduced(void **state) {
    (void)state;
    compare((struct year){8, 0, {0, 1, 1, 0, 4, 1, 4, 0}, false, false, false, false, 0.9});
    compare((struct year){8, 0, {0, 1, 1, 0, 4, 1, 4, 0}, true, false, false, false, 1.0});
    compare((struct year){8, 0, {0, 1, 1, 0, 4, 1, 4, 0}, true, false, false, false, 0.97});
    compare((struct year){8, 0, {0, 0, 0, 3, 3, 3, 3, 0}, true, false, false, false, 0.99});
    compare((struct year){7, 1, {0, 1, 1, 0, 1, 0, 1}, true, false, false, false, 0.98});
}

/* Where all weeks are equal nothing is lost. */
static void equal_weeks_are_the_year(void **state) {
    (void)state;
    for (int visits = 0; visits < 2; visits++) {
        struct arena *arena = arena_new(0);
        struct typical_programme *typical = NULL;
        struct year year = {6, 0, {0}, true, false, false, true, 0.95};
        const struct programme *whole = make(arena, &year);
        double expected = solved(whole, arena).objective_ratio;
        year.visits = visits == 1;
        near(reduced(whole, &year, arena, &typical).objective_ratio, expected, 1e-6);
        arena_free(arena);
    }
}

/* By hand: eight cheap weeks need 1 kW at 1 a kWh, four dear ones 5 kW at 10. All that the dear ones need, 120 kWh, is
   bought before; of the store a tenth stays in it, so it holds 120 / 0.9 and its first tenth was never bought, since the
   year closes: 48 + 120 and 0.01 a kWh. Closed week by week it bridges nothing: 48 + 10 * 72 + 6.5 * 48 (at most 3 kW of own),
   which is 6.5 * 3 + 10 * 2 in each of 24 dear hours. */
static void a_season_is_bridged(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct typical_programme *typical = NULL;
    struct year year = {12, 0, {0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8}, true, false, true, false, 1.0};
    const struct programme *whole = make(arena, &year);
    double expected = 48.0 + 120.0 + 0.01 * 120.0 / 0.9;
    near(solved(whole, arena).objective_ratio, expected, 1e-6);
    near(reduced(whole, &year, arena, &typical).objective_ratio, expected, 1e-6);
    year.visits = false;
    near(reduced(whole, &year, arena, &typical).objective_ratio, 48.0 + 24.0 * (19.5 + 20.0), 1e-6);
    arena_free(arena);
}

static void what_cannot_be_visited_is_refused(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct typical_programme *typical = NULL;
    static const bool visits[] = {true};
    struct year year = {4, 0, {0, 1, 0, 1}, true, false, true, false, 1.0};
    struct programme *whole = make(arena, &year);
    struct typical shape = {
        horizon_segments(&year), WEEK_SEGMENTS, year.weeks, year.like, visits, false};
    static const double zero = 0.0;
    whole->blocks[0].rows[1].lower = (struct numbers){&zero, 0}; /* a level held from both sides */
    assert_int_equal(typical_reduce(whole, &shape, arena, &typical), STATUS_INTERNAL);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tied_weeks_are_what_is_reduced),
        cmocka_unit_test(equal_weeks_are_the_year),
        cmocka_unit_test(a_season_is_bridged),
        cmocka_unit_test(what_cannot_be_visited_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
