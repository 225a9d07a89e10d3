/* What interior points stumble over, one test each: the list of pitfalls that the structured solver was built
   around, and what a plan brings by itself. Each answer stands before the judge and agrees with Clp. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "optimise/ipm.h"
#include "optimise/ipm_loop.h"
#include "programmes.h"

static const double agreement = 1e-7, judged = 1e-8;
enum { HOURS = 96 };

/* A town of one bus: a demand by hour, and whatever a test adds. */
struct town {
    struct arena *arena;
    struct programme_builder *builder;
    int block, bus;
    double *demand;
};

static struct numbers all(struct town *town, double value) {
    return programme_constant(town->builder, value);
}

static double *series(struct town *town) {
    double *value = ARENA_TAKE(town->arena, double, HOURS);
    assert_non_null(value);
    return value;
}

static struct town found_town(int segments) {
    static const int follows[] = {3, 0, 1, 2}, itself[] = {0};
    struct town town = {.arena = arena_new(0)};
    town.builder = programme_builder_new(town.arena, "town");
    town.block = programme_add_block(town.builder, segments, HOURS / segments, 1.0, NULL,
                                     segments > 1 ? follows : itself);
    town.demand = series(&town);
    for (int t = 0; t < HOURS; t++) {
        town.demand[t] = 10.0 + 4.0 * sin(0.26 * t);
    }
    struct numbers side = numbers_by_step(town.demand);
    town.bus = programme_add_row(town.builder, town.block,
                                 (struct programme_row){"bus", side, side, 0, false});
    return town;
}

/* A flow from zero to most into the bus, times gain. */
static int add_flow(struct town *town, const char *name, struct numbers cost, double most,
                    double gain) {
    int flow = programme_add_column(
        town->builder, town->block,
        (struct programme_column){name, cost, all(town, 0.0), all(town, most), 0, 0.0});
    programme_add_entry(town->builder, town->block, town->bus, IN_STEP, flow, all(town, gain));
    return flow;
}

/* lower <= value x <= upper, x a column of the step. */
static int add_row(struct town *town, const char *name, double lower, double upper) {
    return programme_add_row(
        town->builder, town->block,
        (struct programme_row){name, all(town, lower), all(town, upper), 0, false});
}

static void put(struct town *town, int row, enum programme_where where, int index, double value) {
    programme_add_entry(town->builder, town->block, row, where, index, all(town, value));
}

/* flow <= available times a capacity. */
static int add_capacity(struct town *town, int flow, const double *available, double cost,
                        double most) {
    int capacity =
        programme_add_design(town->builder, (struct programme_design){"capacity", cost, 0.0, most});
    int row = add_row(town, "limit", -HUGE_VAL, 0.0);
    double *share = series(town);
    for (int t = 0; t < HOURS; t++) {
        share[t] = available ? -available[t] : -1.0;
    }
    put(town, row, IN_STEP, flow, 1.0);
    programme_add_entry(town->builder, town->block, row, IN_DESIGN, capacity,
                        numbers_by_step(share));
    return capacity;
}

/* level = kept * level before + unit * (in - out / 0.9), the level below a size to choose. */
static void add_store(struct town *town, double kept, double unit, double size_cost) {
    int in = add_flow(town, "in", all(town, 0.0), HUGE_VAL, -1.0);
    int out = add_flow(town, "out", all(town, 0.0), HUGE_VAL, 1.0);
    int level =
        programme_add_state(town->builder, town->block,
                            (struct programme_column){"level", all(town, 0.0), all(town, 0.0),
                                                      all(town, HUGE_VAL), 0, 0.0});
    int size = programme_add_design(town->builder,
                                    (struct programme_design){"size", size_cost, 0.0, HUGE_VAL});
    int balance = add_row(town, "balance", 0.0, 0.0), limit = add_row(town, "full", -HUGE_VAL, 0.0);
    put(town, balance, IN_END, level, 1.0);
    put(town, balance, IN_BEGIN, level, -kept);
    put(town, balance, IN_STEP, in, -unit);
    put(town, balance, IN_STEP, out, unit / 0.9);
    put(town, limit, IN_END, level, 1.0);
    put(town, limit, IN_DESIGN, size, -unit);
}

static double *sun(struct town *town) {
    double *available = series(town);
    for (int t = 0; t < HOURS; t++) {
        available[t] = fmax(0.0, sin(0.2618 * (t % 24 - 6)));
    }
    return available;
}

static struct numbers two_prices(struct town *town) {
    double *price = series(town);
    for (int t = 0; t < HOURS; t++) {
        price[t] = t % 24 < 7 ? 1.0 : 4.0;
    }
    return numbers_by_step(price);
}

/* Numbers on the way are numbers. */
static void watch(void *data, const struct ipm_progress *now) {
    (void)data;
    assert_true(isfinite(now->primal) && isfinite(now->dual) && isfinite(now->mu));
}

/* Judged, the same as Clp, free of NaN at every iteration; how many of them it took. */
static long assert_solved(struct town *town) {
    struct programme *programme = programme_finish(town->builder);
    struct outcome outcome = {0}, reference = {0};
    struct certificate certificate = {0};
    struct ipm_manner manner = {.threads = 1, .trace = watch};
    assert_non_null(programme);
    assert_int_equal(ipm_solve_in(programme, NULL, &manner, town->arena, &outcome), STATUS_OK);
    assert_int_equal(outcome.kind, OUTCOME_OPTIMAL);
    assert_int_equal(certificate_check(programme, &outcome, judged, town->arena, &certificate),
                     STATUS_OK);
    if (!certificate.passed) {
        fail_msg("primal %g dual %g gap %g at %s", certificate.primal_residual_ratio,
                 certificate.dual_residual_ratio, certificate.gap_ratio, certificate.worst);
    }
    assert_int_equal(reference_clp_solve(programme, NULL, town->arena, &reference), STATUS_OK);
    double apart = fabs(outcome.objective_ratio - reference.objective_ratio);
    if (!(apart <= agreement * (1.0 + fabs(reference.objective_ratio)))) {
        fail_msg("%.12g is not Clp's %.12g", outcome.objective_ratio, reference.objective_ratio);
    }
    arena_free(town->arena);
    return outcome.iterations_count;
}

/* PV at night is between zero and zero: there is no interior to walk through. */
static void no_interior_at_zero_bounds(void **state) {
    (void)state;
    struct town town = found_town(1);
    (void)add_flow(&town, "import", two_prices(&town), HUGE_VAL, 1.0);
    int pv = add_flow(&town, "pv", all(&town, 0.0), HUGE_VAL, 1.0);
    (void)add_flow(&town, "waste", all(&town, 0.0), HUGE_VAL, -1.0);
    (void)add_capacity(&town, pv, sun(&town), 20.0, HUGE_VAL);
    (void)assert_solved(&town);
}

/* A plant that may not be built at all costs hardly an iteration more than one that is not there. */
static void zero_capacity_costs_no_iterations(void **state) {
    (void)state;
    long iterations[2];
    for (int built = 0; built < 2; built++) {
        struct town town = found_town(1);
        (void)add_flow(&town, "import", two_prices(&town), HUGE_VAL, 1.0);
        add_store(&town, 0.99, 1.0, 0.5);
        if (built) {
            int pv = add_flow(&town, "pv", all(&town, 0.0), HUGE_VAL, 1.0);
            (void)add_capacity(&town, pv, sun(&town), 20.0, 0.0);
        }
        iterations[built] = assert_solved(&town);
    }
    assert_true(iterations[1] <= iterations[0] + 8);
}

/* Every hour's cap is tight: each single-variable row, eliminated after its flow, would cancel all digits of
   the bus or of the capacity. */
static void caps_tight_in_every_hour(void **state) {
    (void)state;
    struct town town = found_town(1);
    for (int t = 0; t < HOURS; t++) {
        town.demand[t] = 10.0;
    }
    int boiler = add_flow(&town, "boiler", all(&town, 1.0), HUGE_VAL, 1.0);
    (void)add_capacity(&town, boiler, NULL, 1e4, HUGE_VAL);
    (void)assert_solved(&town);
}

/* A store counted in a unit ten thousand times smaller than the bus: its pivots are tiny behind the bus's. */
static void tiny_pivots_behind_big_ones(void **state) {
    (void)state;
    static const double units[] = {1e-4, 1e4};
    for (int u = 0; u < COUNT(units); u++) {
        struct town town = found_town(1);
        (void)add_flow(&town, "import", two_prices(&town), HUGE_VAL, 1.0);
        add_store(&town, 1.0, units[u], 0.5);
        (void)assert_solved(&town);
    }
}

/* Two stores alike, without losses, over four segments: the border's matrix of their levels is singular. */
static void stores_that_stand_for_each_other(void **state) {
    (void)state;
    for (int segments = 1; segments <= 4; segments += 3) {
        struct town town = found_town(segments);
        (void)add_flow(&town, "import", two_prices(&town), HUGE_VAL, 1.0);
        add_store(&town, 1.0, 1.0, 0.5);
        add_store(&town, 1.0, 1.0, 0.5);
        (void)assert_solved(&town);
    }
}

/* All prices zero: everything feasible is optimal, and products vanish at once. */
static void nothing_costs_anything(void **state) {
    (void)state;
    struct town town = found_town(1);
    (void)add_flow(&town, "import", all(&town, 0.0), HUGE_VAL, 1.0);
    (void)add_flow(&town, "export", all(&town, 0.0), HUGE_VAL, -1.0);
    add_store(&town, 1.0, 1.0, 0.0);
    (void)assert_solved(&town);
}

/* A net column without bounds that carries the price, and one that nothing but its row holds. */
static void free_columns(void **state) {
    (void)state;
    struct town town = found_town(1);
    int in = add_flow(&town, "import", all(&town, 0.0), 30.0, 1.0);
    int out = add_flow(&town, "export", all(&town, 0.0), 5.0, -1.0);
    for (int priced = 0; priced < 2; priced++) {
        int net = programme_add_column(
            town.builder, town.block,
            (struct programme_column){"net", priced ? two_prices(&town) : all(&town, 0.0),
                                      all(&town, -HUGE_VAL), all(&town, HUGE_VAL), 0, 0.0});
        int row = add_row(&town, "net", 0.0, 0.0);
        put(&town, row, IN_STEP, net, priced ? 1.0 : 1e5);
        put(&town, row, IN_STEP, in, -1.0);
        put(&town, row, IN_STEP, out, 1.0);
    }
    add_store(&town, 0.99, 1.0, 0.5);
    (void)assert_solved(&town);
}

/* Rows without entries, without sides, and with entries that are zero in some hours or in all. */
static void empty_rows(void **state) {
    (void)state;
    struct town town = found_town(1);
    int import = add_flow(&town, "import", two_prices(&town), HUGE_VAL, 1.0);
    (void)add_row(&town, "empty", -1.0, 1.0);
    (void)add_row(&town, "equal", 0.0, 0.0);
    put(&town, add_row(&town, "open", -HUGE_VAL, HUGE_VAL), IN_STEP, import, 1.0);
    put(&town, add_row(&town, "zero", -HUGE_VAL, 3.0), IN_STEP, import, 0.0);
    double *some = sun(&town);
    programme_add_entry(town.builder, town.block, add_row(&town, "by day", -HUGE_VAL, 20.0),
                        IN_STEP, import, numbers_by_step(some));
    (void)assert_solved(&town);
}

/* Hours that no equality holds: only caps and a requirement over the whole time. */
static void hours_without_an_equality(void **state) {
    (void)state;
    struct town town = found_town(1);
    struct programme_builder *b = programme_builder_new(town.arena, "offers");
    int block = programme_add_block(b, 1, HOURS, 1.0, NULL, (const int[]){0});
    int *period = ARENA_TAKE(town.arena, int, HOURS);
    assert_non_null(period);
    int map = programme_add_map(b, block, (struct programme_map){1, period});
    struct numbers zero = programme_constant(b, 0.0), one = programme_constant(b, 1.0);
    struct numbers price = two_prices(&town);
    int offer = programme_add_column(
        b, block,
        (struct programme_column){"offer", price, zero, programme_constant(b, 7.0), 0, 0.0});
    int year =
        programme_add_sum(b, block,
                          (struct programme_row){"year", programme_constant(b, 250.0),
                                                 programme_constant(b, HUGE_VAL), map, false});
    programme_add_sum_entry(b, block, year, IN_STEP, offer, one);
    town.builder = b;
    (void)assert_solved(&town);
}

/* Convex costs in pieces: the same flow in three bounded columns, each dearer than the one before. */
static void convex_costs_in_pieces(void **state) {
    (void)state;
    struct town town = found_town(1);
    for (int piece = 0; piece < 3; piece++) {
        (void)add_flow(&town, "piece", all(&town, 1.0 + piece), 5.0, 1.0);
    }
    add_store(&town, 0.98, 1.0, 0.01);
    (void)assert_solved(&town);
}

/* A column that costs next to nothing and could be larger than everything else by a factor of 1e6: what keeps
   the matrix regular must not hold it. */
static void far_away_and_almost_free(void **state) {
    (void)state;
    struct town town = found_town(1);
    int in = add_flow(&town, "import", two_prices(&town), HUGE_VAL, 1.0);
    (void)in;
    int hoard =
        programme_add_column(town.builder, town.block,
                             (struct programme_column){"hoard", all(&town, -1e-7), all(&town, 0.0),
                                                       all(&town, 1e7), 0, 0.0});
    put(&town, add_row(&town, "hoard", -HUGE_VAL, 1e7), IN_STEP, hoard, 1.0);
    add_store(&town, 0.99, 1.0, 0.5);
    (void)assert_solved(&town);
}

/* Rows and columns in units from 1e-3 to 1e6 of each other's. */
static void units_badly_chosen(void **state) {
    (void)state;
    struct town town = found_town(1);
    int litres = add_flow(&town, "litres", all(&town, 1e-6), HUGE_VAL, 1e-6);
    put(&town, add_row(&town, "tap", -HUGE_VAL, 1e6), IN_STEP, litres, 0.1);
    int gigawatts = add_flow(&town, "gigawatts", all(&town, 4e3), HUGE_VAL, 1e3);
    (void)add_capacity(&town, gigawatts, NULL, 1e5, HUGE_VAL);
    add_store(&town, 0.99, 1e3, 0.5);
    (void)assert_solved(&town);
}

/* A year: regularisation, carried over 8,760 stages, leaves the gap closed; and one, two and three threads
   add up the same sums. */
static void a_year_in_any_number_of_threads(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct programme *programme = programmes_plant(arena, 365, 24, 4);
    struct outcome first = {0}, outcome = {0};
    struct certificate certificate = {0};
    for (int threads = 1; threads <= 3; threads += 2) {
        struct ipm_manner manner = {.threads = threads, .trace = watch};
        assert_int_equal(ipm_solve_in(programme, NULL, &manner, arena, &outcome), STATUS_OK);
        first = threads == 1 ? outcome : first;
    }
    assert_int_equal(certificate_check(programme, &outcome, judged, arena, &certificate),
                     STATUS_OK);
    assert_true(certificate.passed);
    assert_memory_equal(&first.objective_ratio, &outcome.objective_ratio, sizeof(double));
    assert_memory_equal(first.y, outcome.y, (size_t)programme_rows(programme) * sizeof *first.y);
    arena_free(arena);
}

/* Stopped on the way: the bound is below the optimum, and both are said. */
static void a_limit_says_how_far_it_got(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    struct programme *programme = programmes_plant(arena, 10, 24, 4);
    struct outcome whole = {0};
    assert_int_equal(ipm_solve(programme, NULL, arena, &whole), STATUS_OK);
    for (long most = 1; most < whole.iterations_count; most++) {
        struct solve_options options = {.iterations_limit = most};
        struct outcome outcome = {0};
        struct certificate certificate = {0};
        assert_int_equal(ipm_solve(programme, &options, arena, &outcome), STATUS_OK);
        if (outcome.kind == OUTCOME_OPTIMAL) { /* polished no further */
            continue;
        }
        assert_int_equal(outcome.kind, OUTCOME_LIMIT);
        assert_int_equal(outcome.iterations_count, most);
        assert_int_equal(certificate_check(programme, &outcome, judged, arena, &certificate),
                         STATUS_OK);
        double slack = agreement * (1.0 + fabs(whole.objective_ratio));
        assert_true(outcome.bound_ratio <= whole.objective_ratio + slack);
        assert_true(certificate.bound_ratio <= whole.objective_ratio + slack);
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_interior_at_zero_bounds),
        cmocka_unit_test(zero_capacity_costs_no_iterations),
        cmocka_unit_test(caps_tight_in_every_hour),
        cmocka_unit_test(tiny_pivots_behind_big_ones),
        cmocka_unit_test(stores_that_stand_for_each_other),
        cmocka_unit_test(nothing_costs_anything),
        cmocka_unit_test(free_columns),
        cmocka_unit_test(empty_rows),
        cmocka_unit_test(hours_without_an_equality),
        cmocka_unit_test(convex_costs_in_pieces),
        cmocka_unit_test(far_away_and_almost_free),
        cmocka_unit_test(units_badly_chosen),
        cmocka_unit_test(a_year_in_any_number_of_threads),
        cmocka_unit_test(a_limit_says_how_far_it_got),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
