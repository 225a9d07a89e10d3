/* What the type must hold without a change of meaning: typical weeks with visits, capacities
   carried between stages, ratchets (docs/decisions/0003-programme-structure.md). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "programmes.h"

#define INF HUGE_VAL

static struct outcome solved(const struct programme *programme, struct arena *arena) {
    struct outcome outcome = {0};
    struct certificate certificate = {0};
    assert_non_null(programme);
    assert_int_equal(reference_clp_solve(programme, NULL, arena, &outcome), STATUS_OK);
    assert_int_equal(certificate_check(programme, &outcome, 1e-8, arena, &certificate), STATUS_OK);
    assert_int_equal(outcome.kind, OUTCOME_OPTIMAL);
    assert_true(certificate.passed);
    return outcome;
}

static void near(double found, double expected) {
    if (!(fabs(found - expected) <= 1e-9 * (1.0 + fabs(expected)))) {
        fail_msg("found %.17g, expected %.17g", found, expected);
    }
}

/* Typical weeks: two typical segments visited in the order A B B A, with a store whose level is
   carried along the visits. The level at a visit's begin is a design column, what a segment adds
   and its extremes are period columns of the map step -> segment, tied together by border rows.
   Without losses this is the whole horizon exactly, when equal visits must do the same there. */
enum { VISITS = 4, TYPICAL = 2, HOURS = 6 };
static const int visited[VISITS] = {0, 1, 1, 0};
static const double typical_need[TYPICAL * HOURS] = {4, 6, 9, 3, 2, 1, 1, 0, 2, 1, 3, 0};
static const double typical_price[TYPICAL * HOURS] = {5, 6, 9, 8, 7, 5, 1, 1, 2, 1, 1, 2};

static struct programme *whole_horizon(struct arena *arena, bool equal_visits) {
    static const int cyclic[] = {0};
    struct programme_builder *b = programme_builder_new(arena, "whole");
    double *need = ARENA_TAKE(arena, double, VISITS *HOURS),
           *price = ARENA_TAKE(arena, double, VISITS *HOURS);
    for (int t = 0; t < VISITS * HOURS; t++) {
        need[t] = typical_need[visited[t / HOURS] * HOURS + t % HOURS];
        price[t] = typical_price[visited[t / HOURS] * HOURS + t % HOURS];
    }
    struct numbers zero = programme_constant(b, 0.0), one = programme_constant(b, 1.0),
                   none = programme_constant(b, -INF);
    (void)programme_add_design(b, (struct programme_design){"size", 0.5, 0.0, INF});
    int k = programme_add_block(b, 1, VISITS * HOURS, 1.0, NULL, cyclic);
    (void)programme_add_column(b, k,
                               (struct programme_column){"buy", numbers_by_step(price), zero,
                                                         programme_constant(b, 8.0), 0, 0.0});
    (void)programme_add_state(
        b, k, (struct programme_column){"level", zero, zero, programme_constant(b, INF), 0, 0.0});
    (void)programme_add_row(
        b, k,
        (struct programme_row){"bus", numbers_by_step(need), numbers_by_step(need), 0, false});
    (void)programme_add_row(b, k, (struct programme_row){"full", none, zero, 0, false});
    programme_add_entry(b, k, 0, IN_STEP, 0, one);
    programme_add_entry(b, k, 0, IN_BEGIN, 0, one);
    programme_add_entry(b, k, 0, IN_END, 0, programme_constant(b, -1.0));
    programme_add_entry(b, k, 1, IN_END, 0, one);
    programme_add_entry(b, k, 1, IN_DESIGN, 0, programme_constant(b, -1.0));
    if (equal_visits) { /* each segment is visited twice: the second visit's purchases less the
                           first one's are zero */
        int *hour = ARENA_TAKE(arena, int, VISITS *HOURS);
        double *sign = ARENA_TAKE(arena, double, VISITS *HOURS);
        for (int t = 0; t < VISITS * HOURS; t++) {
            hour[t] = visited[t / HOURS] * HOURS + t % HOURS;
            sign[t] = t < VISITS * HOURS / 2 ? -1.0 : 1.0;
        }
        int map = programme_add_map(b, k, (struct programme_map){TYPICAL * HOURS, hour});
        int same = programme_add_sum(b, k, (struct programme_row){"same", zero, zero, map, false});
        programme_add_sum_entry(b, k, same, IN_STEP, 0, numbers_by_step(sign));
    }
    return programme_finish(b);
}

static void visit_rows(struct programme_builder *b, int k, int size, int added, int highest,
                       int lowest) {
    int level[VISITS];
    for (int v = 0; v < VISITS; v++) {
        level[v] =
            programme_add_design(b, (struct programme_design){"begin of a visit", 0.0, 0.0, INF});
    }
    for (int v = 0; v < VISITS; v++) {
        int s = visited[v], after = (v + 1) % VISITS;
        int next =
            programme_add_border_row(b, (struct programme_border_row){"next", 0.0, 0.0, false});
        programme_add_border_entry(
            b, (struct programme_border_entry){next, IN_DESIGN, level[after], 0, 0, 1.0});
        programme_add_border_entry(
            b, (struct programme_border_entry){next, IN_DESIGN, level[v], 0, 0, -1.0});
        programme_add_border_entry(
            b, (struct programme_border_entry){next, IN_PERIOD, added, k, s, -1.0});
        int full =
            programme_add_border_row(b, (struct programme_border_row){"full", -INF, 0.0, false});
        programme_add_border_entry(
            b, (struct programme_border_entry){full, IN_DESIGN, level[v], 0, 0, 1.0});
        programme_add_border_entry(
            b, (struct programme_border_entry){full, IN_PERIOD, highest, k, s, 1.0});
        programme_add_border_entry(
            b, (struct programme_border_entry){full, IN_DESIGN, size, 0, 0, -1.0});
        int empty =
            programme_add_border_row(b, (struct programme_border_row){"empty", 0.0, INF, false});
        programme_add_border_entry(
            b, (struct programme_border_entry){empty, IN_DESIGN, level[v], 0, 0, 1.0});
        programme_add_border_entry(
            b, (struct programme_border_entry){empty, IN_PERIOD, lowest, k, s, 1.0});
    }
}

static struct programme *typical_weeks(struct arena *arena) {
    static const int fixed[TYPICAL] = {PROGRAMME_FIXED, PROGRAMME_FIXED};
    static const double weights[TYPICAL] = {2.0, 2.0};
    int *segment = ARENA_TAKE(arena, int, TYPICAL *HOURS),
        *last = ARENA_TAKE(arena, int, TYPICAL *HOURS);
    double *cost = ARENA_TAKE(arena, double, TYPICAL *HOURS);
    for (int t = 0; t < TYPICAL * HOURS; t++) {
        segment[t] = t / HOURS;
        last[t] = t % HOURS == HOURS - 1 ? t / HOURS : PROGRAMME_NO_PERIOD;
        cost[t] = weights[t / HOURS] * typical_price[t];
    }
    struct programme_builder *b = programme_builder_new(arena, "typical");
    struct numbers zero = programme_constant(b, 0.0), one = programme_constant(b, 1.0),
                   inf = programme_constant(b, INF);
    struct numbers none = programme_constant(b, -INF), minus = programme_constant(b, -1.0);
    int size = programme_add_design(b, (struct programme_design){"size", 0.5, 0.0, INF});
    int k = programme_add_block(b, TYPICAL, HOURS, 1.0, weights, fixed);
    int map = programme_add_map(b, k, (struct programme_map){TYPICAL, segment});
    int ends = programme_add_map(b, k, (struct programme_map){TYPICAL, last});
    (void)programme_add_column(b, k,
                               (struct programme_column){"buy", numbers_by_step(cost), zero,
                                                         programme_constant(b, 8.0), 0, 0.0});
    (void)programme_add_state(b, k, (struct programme_column){"change", zero, none, inf, 0, 0.0});
    int added =
        programme_add_period(b, k, (struct programme_column){"added", zero, none, inf, ends, 0.0});
    int highest =
        programme_add_period(b, k, (struct programme_column){"highest", zero, none, inf, map, 0.0});
    int lowest =
        programme_add_period(b, k, (struct programme_column){"lowest", zero, none, inf, map, 0.0});
    struct numbers need = numbers_by_step(typical_need);
    int bus = programme_add_row(b, k, (struct programme_row){"bus", need, need, 0, false});
    int above = programme_add_row(b, k, (struct programme_row){"above", zero, inf, 0, false});
    int under = programme_add_row(b, k, (struct programme_row){"under", none, zero, 0, false});
    /* at a segment's last step: change = added; elsewhere 0 = 0 */
    double *at_end = ARENA_TAKE(arena, double, TYPICAL *HOURS);
    for (int t = 0; t < TYPICAL * HOURS; t++) {
        at_end[t] = t % HOURS == HOURS - 1 ? 1.0 : 0.0;
    }
    int tie = programme_add_row(b, k, (struct programme_row){"tie", zero, zero, 0, false});
    programme_add_entry(b, k, bus, IN_STEP, 0, one);
    programme_add_entry(b, k, bus, IN_BEGIN, 0, one);
    programme_add_entry(b, k, bus, IN_END, 0, minus);
    programme_add_entry(b, k, above, IN_PERIOD, highest, one);
    programme_add_entry(b, k, above, IN_END, 0, minus);
    programme_add_entry(b, k, under, IN_PERIOD, lowest, one);
    programme_add_entry(b, k, under, IN_END, 0, minus);
    programme_add_entry(b, k, tie, IN_END, 0, numbers_by_step(at_end));
    programme_add_entry(b, k, tie, IN_PERIOD, added, minus);
    visit_rows(b, k, size, added, highest, lowest);
    return programme_finish(b);
}

static void visits_fit_the_type(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct outcome typical = solved(typical_weeks(arena), arena);
    struct outcome equal = solved(whole_horizon(arena, true), arena),
                   free_choice = solved(whole_horizon(arena, false), arena);
    near(typical.objective_ratio, equal.objective_ratio);
    near(typical.x[0], equal.x[0]);
    assert_true(typical.x[0] > 1.0); /* the store is used */
    assert_true(free_choice.objective_ratio <= equal.objective_ratio + 1e-9);
    arena_free(arena);
}

/* Two stages of a lifetime, each a block: what stands in stage 1 is what stood in stage 0 less what
   retires plus what is built. Demand 10 then 16; building costs 3 then 2 per unit, stage 0's plant
   keeps three quarters: build 10, then 8.5; running costs 1 per unit. */
static void stages_carry_capacity(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const int cyclic[] = {0};
    static const double demand[] = {10.0, 16.0}, build_cost[] = {3.0, 2.0};
    struct programme_builder *b = programme_builder_new(arena, "stages");
    struct numbers zero = programme_constant(b, 0.0), one = programme_constant(b, 1.0),
                   inf = programme_constant(b, INF);
    for (int stage = 0; stage < 2; stage++) {
        int built = programme_add_design(
            b, (struct programme_design){"built", build_cost[stage], 0.0, INF});
        int stands = programme_add_design(b, (struct programme_design){"stands", 0.0, 0.0, INF});
        int carried =
            programme_add_border_row(b, (struct programme_border_row){"carried", 0.0, 0.0, false});
        programme_add_border_entry(
            b, (struct programme_border_entry){carried, IN_DESIGN, stands, 0, 0, 1.0});
        programme_add_border_entry(
            b, (struct programme_border_entry){carried, IN_DESIGN, built, 0, 0, -1.0});
        if (stage > 0) {
            programme_add_border_entry(
                b, (struct programme_border_entry){carried, IN_DESIGN, stands - 2, 0, 0, -0.75});
        }
        int k = programme_add_block(b, 1, 1, 1.0, NULL, cyclic);
        (void)programme_add_column(b, k, (struct programme_column){"run", one, zero, inf, 0, 0.0});
        struct numbers need = programme_constant(b, demand[stage]);
        (void)programme_add_row(b, k, (struct programme_row){"bus", need, need, 0, false});
        (void)programme_add_row(
            b, k, (struct programme_row){"limit", programme_constant(b, -INF), zero, 0, false});
        programme_add_entry(b, k, 0, IN_STEP, 0, one);
        programme_add_entry(b, k, 1, IN_STEP, 0, one);
        programme_add_entry(b, k, 1, IN_DESIGN, stands, programme_constant(b, -1.0));
    }
    struct outcome outcome = solved(programme_finish(b), arena);
    near(outcome.objective_ratio, 3.0 * 10.0 + 2.0 * 8.5 + 26.0);
    near(outcome.x[3], 16.0);
    arena_free(arena);
}

/* A ratchet: each month is billed its own peak or 80 % of the highest, whichever is more. */
static void ratchets_are_border_rows(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const int cyclic[] = {0}, month[] = {0, 0, 1, 1};
    static const double need[] = {5.0, 10.0, 2.0, 3.0};
    struct programme_builder *b = programme_builder_new(arena, "ratchet");
    struct numbers zero = programme_constant(b, 0.0), one = programme_constant(b, 1.0),
                   inf = programme_constant(b, INF);
    int k = programme_add_block(b, 1, 4, 1.0, NULL, cyclic);
    int map = programme_add_map(b, k, (struct programme_map){2, month});
    (void)programme_add_column(
        b, k, (struct programme_column){"import", zero, numbers_by_step(need), inf, 0, 0.0});
    int billed =
        programme_add_period(b, k, (struct programme_column){"billed", one, zero, inf, map, 0.0});
    int top = programme_add_row(b, k, (struct programme_row){"top", zero, inf, 0, false});
    programme_add_entry(b, k, top, IN_PERIOD, billed, one);
    programme_add_entry(b, k, top, IN_STEP, 0, programme_constant(b, -1.0));
    for (int p = 0; p < 2; p++) {
        int ratchet =
            programme_add_border_row(b, (struct programme_border_row){"ratchet", 0.0, INF, false});
        programme_add_border_entry(
            b, (struct programme_border_entry){ratchet, IN_PERIOD, billed, k, p, 1.0});
        programme_add_border_entry(
            b, (struct programme_border_entry){ratchet, IN_PERIOD, billed, k, 1 - p, -0.8});
    }
    near(solved(programme_finish(b), arena).objective_ratio, 10.0 + 8.0);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(visits_fit_the_type),
        cmocka_unit_test(stages_carry_capacity),
        cmocka_unit_test(ratchets_are_border_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
