/* Yes/no decisions against every one of their combinations. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "dense_simplex.h"
#include "optimise/branch.h"
#include "programmes.h"

#define INF HUGE_VAL

static const struct branch_options usual = {.solver = &solver_clp, .tolerance_ratio = 1e-7};

static struct branch solve(const struct programme *programme, int count, const int *binaries,
                           const struct branch_options *options, struct arena *arena) {
    struct branch branch = {0};
    assert_int_equal(branch_solve(programme, count, binaries, options, arena, &branch), STATUS_OK);
    return branch;
}

/* The best objective over all combinations, each solved by itself by the slow second opinion;
   infinite when there is no plan.
   Only with bounds of the programme's own copy, which is given. */
static double best_of_all(struct programme *programme, int count, const int *binaries) {
    double best = INF;
    struct programme_design own[16];
    memcpy(own, programme->designs, (size_t)programme->designs_count * sizeof *own);
    for (int all = 0; all < 1 << count; all++) {
        struct arena *arena = arena_new(0);
        struct programme_flat flat;
        double objective = INF;
        bool within = true;
        for (int k = 0; k < count; k++) {
            double yes = all >> k & 1;
            within = within && yes >= own[binaries[k]].lower && yes <= own[binaries[k]].upper;
            programme->designs[binaries[k]].lower = programme->designs[binaries[k]].upper = yes;
        }
        assert_int_equal(programme_flatten(programme, arena, &flat), STATUS_OK);
        enum outcome_kind kind = dense_simplex(&flat, arena, &objective);
        assert_true(kind == OUTCOME_OPTIMAL || kind == OUTCOME_INFEASIBLE);
        if (within && kind == OUTCOME_OPTIMAL) {
            best = fmin(best, objective);
        }
        arena_free(arena);
        memcpy(programme->designs, own, (size_t)programme->designs_count * sizeof *own);
    }
    return best;
}

static bool agrees_with_all(struct programme *programme, int count, const int *binaries,
                            uint64_t seed) {
    struct arena *arena = arena_new(0);
    struct branch branch = solve(programme, count, binaries, &usual, arena);
    double best = best_of_all(programme, count, binaries);
    if (best == INF) {
        assert_int_equal(branch.outcome.kind, OUTCOME_INFEASIBLE);
    } else if (branch.outcome.kind != OUTCOME_OPTIMAL ||
               fabs(branch.outcome.objective_ratio - best) > 1e-8 * (1.0 + fabs(best)) ||
               branch.outcome.bound_ratio > best + 1e-8 * (1.0 + fabs(best)) ||
               branch.gap_ratio > 1e-8) {
        fail_msg("seed %d: %s %.12g >= %.12g, best of all %.12g", (int)seed,
                 outcome_name(branch.outcome.kind), branch.outcome.objective_ratio,
                 branch.outcome.bound_ratio, best);
    } else {
        for (int k = 0; k < count; k++) {
            double x = branch.outcome.x[binaries[k]];
            assert_true(x == 0.0 || x == 1.0);
        }
        struct outcome point = branch.outcome;
        struct certificate certificate;
        assert_int_equal(certificate_check(programme, &point, 1e-7, arena, &certificate),
                         STATUS_OK);
        assert_true(certificate.primal_residual_ratio <= 1e-7);
    }
    arena_free(arena);
    return best != INF;
}

static double whole(struct random *random, int from, int to) {
    return from + floor(random_uniform(random) * (to - from + 1));
}

/* Units with a price to build and one to run, which must carry a few demands; and rows that tie the
   choices. ties: few different whole numbers, so that many combinations cost the same. */
static struct programme *facilities(struct arena *arena, uint64_t seed, bool ties, int *ret_count) {
    enum { MOST = 16 };
    struct random random;
    random_seed(&random, seed);
    int units = 1 + (int)whole(&random, 1, ties ? 5 : 7), forced = (int)whole(&random, 0, 2);
    struct programme_builder *b = programme_builder_new(arena, "facilities");
    double most[MOST];
    for (int k = 0; k < units; k++) {
        double cost = ties ? whole(&random, 1, 2) : 10.0 * random_uniform(&random) - 1.0;
        most[k] = ties ? 2.0 : 1.0 + 4.0 * random_uniform(&random);
        bool held = !ties && random_uniform(&random) < 0.1;
        (void)programme_add_design(b, (struct programme_design){"build", cost, held, 1.0});
    }
    static const int follows[] = {0};
    int steps = 3, block = programme_add_block(b, 1, steps, 1.0, NULL, follows);
    double *demand = ARENA_TAKE(arena, double, steps);
    for (int t = 0; t < steps; t++) {
        demand[t] = ties ? whole(&random, 1, 4) : 8.0 * random_uniform(&random);
    }
    int balance = programme_add_row(b, block,
                                    (struct programme_row){"demand", numbers_by_step(demand),
                                                           numbers_by_step(demand), 0, false});
    for (int k = 0; k < units; k++) {
        double cost = ties ? 1.0 : random_uniform(&random);
        int rate =
            programme_add_column(b, block,
                                 (struct programme_column){"rate", programme_constant(b, cost),
                                                           programme_constant(b, 0.0),
                                                           programme_constant(b, INF), 0, 0.0});
        int limit = programme_add_row(b, block,
                                      (struct programme_row){"limit", programme_constant(b, -INF),
                                                             programme_constant(b, 0.0), 0, false});
        programme_add_entry(b, block, balance, IN_STEP, rate, programme_constant(b, 1.0));
        programme_add_entry(b, block, limit, IN_STEP, rate, programme_constant(b, 1.0));
        programme_add_entry(b, block, limit, IN_DESIGN, k, programme_constant(b, -most[k]));
    }
    for (int r = 0; r < forced; r++) { /* exactly n of some of them */
        double n = whole(&random, 0, 2);
        int row = programme_add_border_row(b, (struct programme_border_row){"tie", n, n, false});
        for (int k = 0; k < units; k++) {
            if (random_uniform(&random) < 0.5) {
                programme_add_border_entry(
                    b, (struct programme_border_entry){row, IN_DESIGN, k, 0, 0, 1.0});
            }
        }
    }
    *ret_count = units;
    return programme_finish(b);
}

static const int first_ten[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

/* The first of the seeds whose facilities have a plan. */
static struct programme *solvable(struct arena *arena, bool ties, int *ret_count) {
    for (uint64_t seed = 1;; seed++) {
        struct programme *programme = facilities(arena, seed, ties, ret_count);
        struct branch branch = solve(programme, *ret_count, first_ten, &usual, arena);
        if (branch.outcome.kind == OUTCOME_OPTIMAL) {
            return programme;
        }
        assert_true(seed < 50);
    }
}

static void random_choices_agree_with_all_of_them(void **state) {
    (void)state;
    int plans = 0;
    for (uint64_t seed = 1; seed <= 120; seed++) {
        struct arena *arena = arena_new(0);
        int count = 0;
        struct programme *programme = facilities(arena, seed, seed % 3 == 0, &count);
        plans += agrees_with_all(programme, count, first_ten, seed);
        arena_free(arena);
    }
    assert_true(plans > 40 && plans < 110); /* both kinds are among them */
}

/* max sum of values, weights within a bag: 10 binaries without continuous columns. */
static void bags_are_packed_best(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct arena *arena = arena_new(0);
        struct random random;
        double cost[10], weight[20], lower[10] = {0}, upper[10], bag[2] = {0},
                                     none[2] = {-INF, -INF};
        random_seed(&random, seed);
        for (int k = 0; k < 10; k++) {
            cost[k] = -whole(&random, 5, 20);
            upper[k] = 1.0;
            for (int r = 0; r < 2; r++) {
                weight[10 * r + k] = whole(&random, 3, 15);
                bag[r] += 0.5 * weight[10 * r + k];
            }
        }
        struct plain plain = {10, 2, cost, lower, upper, weight, none, bag};
        assert_true(agrees_with_all(programmes_plain(arena, &plain), 10, first_ten, seed));
        arena_free(arena);
    }
}

/* By hand: 5 needed; a (build 3, at most 4), b (build 4, at most 5), c (build 9, at most 9), d held at
   yes by its row, worth nothing. Best: b alone, 4 + 1 (d). Relaxed: 3/4 a kWh of a is cheapest. */
static void a_choice_by_hand(void **state) {
    (void)state;
    static const double cost[] = {3, 4, 9, 1, 0, 0, 0}, lower[7] = {0},
                        upper[] = {1, 1, 1, 1, INF, INF, INF};
    static const double matrix[] = {0,  0, 0,  0, 1, 1, 1, /* sum of rates */
                                    -4, 0, 0,  0, 1, 0, 0, 0, -5, 0, 0, 0, 1, 0,
                                    0,  0, -9, 0, 0, 0, 1, 0, 0,  0, 1, 0, 0, 0};
    static const double row_lower[] = {5, -INF, -INF, -INF, 1}, row_upper[] = {5, 0, 0, 0, 1};
    struct arena *arena = arena_new(0);
    struct plain plain = {7, 5, cost, lower, upper, matrix, row_lower, row_upper};
    struct programme *programme = programmes_plain(arena, &plain);
    struct branch branch = solve(programme, 4, first_ten, &usual, arena);
    static const double chosen[] = {0, 1, 0, 1};
    assert_int_equal(branch.outcome.kind, OUTCOME_OPTIMAL);
    assert_true(fabs(branch.outcome.objective_ratio - 5.0) < 1e-9);
    assert_true(fabs(branch.outcome.bound_ratio - 5.0) < 1e-8);
    assert_memory_equal(branch.outcome.x, chosen, sizeof chosen);
    assert_true(programme->designs[0].upper == 1.0); /* the programme is as before */
    arena_free(arena);
}

static void choices_that_cannot_be(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double cost[] = {1, 1, 1}, lower[3] = {0}, upper[] = {1, 1, 1};
    static const double matrix[] = {2, 2, 2}, four[] = {4}, three[] = {3}, seven[] = {7};
    struct plain even = {3, 1, cost, lower, upper, matrix, four, four};
    struct plain odd = {3, 1, cost, lower, upper, matrix, three, three};
    struct plain much = {3, 1, cost, lower, upper, matrix, seven, seven};
    struct branch branch = solve(programmes_plain(arena, &even), 3, first_ten, &usual, arena);
    assert_int_equal(branch.outcome.kind, OUTCOME_OPTIMAL);
    assert_true(branch.outcome.objective_ratio == 2.0);
    /* between 0 and 1 there is a plan, with whole numbers there is none: no ray shows it */
    branch = solve(programmes_plain(arena, &odd), 3, first_ten, &usual, arena);
    assert_int_equal(branch.outcome.kind, OUTCOME_INFEASIBLE);
    assert_null(branch.outcome.ray);
    assert_null(branch.outcome.x);
    assert_true(branch.nodes_count > 1);
    /* here the root's ray shows it */
    struct programme *root = programmes_plain(arena, &much);
    branch = solve(root, 3, first_ten, &usual, arena);
    assert_int_equal(branch.outcome.kind, OUTCOME_INFEASIBLE);
    assert_int_equal(branch.nodes_count, 1);
    struct certificate certificate;
    assert_int_equal(certificate_check(root, &branch.outcome, 1e-7, arena, &certificate),
                     STATUS_OK);
    assert_true(certificate.passed);
    arena_free(arena);
}

/* x2 falls without end once x0 is yes: x2 - M x0 has no limit but where x0 and x1 are no. */
static void costs_without_end(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double cost[] = {1, 1, -1}, lower[3] = {0}, upper[] = {1, 1, INF};
    static const double matrix[] = {1, 1, 0}, half[] = {0.5}, one[] = {1};
    struct plain never = {3, 1, cost, lower, upper, matrix, half, half};
    struct plain once = {3, 1, cost, lower, upper, matrix, one, one};
    struct programme *programme = programmes_plain(arena, &once);
    struct branch branch = solve(programme, 2, first_ten, &usual, arena);
    struct certificate certificate;
    assert_int_equal(branch.outcome.kind, OUTCOME_UNBOUNDED);
    assert_int_equal(certificate_check(programme, &branch.outcome, 1e-7, arena, &certificate),
                     STATUS_OK);
    assert_true(certificate.passed);
    assert_true(branch.outcome.x[0] + branch.outcome.x[1] == 1.0);
    /* the relaxed cost falls without end, but no choice has a plan */
    branch = solve(programmes_plain(arena, &never), 2, first_ten, &usual, arena);
    assert_int_equal(branch.outcome.kind, OUTCOME_INFEASIBLE);
    arena_free(arena);
}

static bool stop_at_once(void *data, long iterations_count, double objective_ratio) {
    (void)iterations_count;
    (void)objective_ratio;
    return --*(int *)data < 0;
}

static void limits_say_bound_and_plan(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct arena *arena = arena_new(0);
        int count = 0, calls = (int)seed;
        struct programme *programme = facilities(arena, seed, false, &count);
        struct branch whole_tree = solve(programme, count, first_ten, &usual, arena);
        struct branch_options few = usual, stopped = usual;
        few.nodes_limit = 1;
        stopped.solve.progress = stop_at_once;
        stopped.solve.data = &calls;
        struct branch one = solve(programme, count, first_ten, &few, arena);
        struct branch part = solve(programme, count, first_ten, &stopped, arena);
        assert_true(one.nodes_count == 1);
        assert_true(one.outcome.kind == OUTCOME_LIMIT ||
                    one.outcome.kind == whole_tree.outcome.kind);
        assert_true(part.outcome.kind == OUTCOME_LIMIT ||
                    part.outcome.kind == whole_tree.outcome.kind);
        if (whole_tree.outcome.kind == OUTCOME_OPTIMAL) {
            double best = whole_tree.outcome.objective_ratio, near = 1e-8 * (1.0 + fabs(best));
            assert_true(one.outcome.bound_ratio <= best + near);
            assert_true(part.outcome.bound_ratio <= best + near);
            assert_true(one.outcome.objective_ratio >= best - near);
            assert_true((one.outcome.x != NULL) == isfinite(one.outcome.objective_ratio));
        }
        arena_free(arena);
    }
}

/* The same again bit for bit, also from a warm root. */
static void the_search_repeats_itself(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    int count = 0;
    struct programme *programme = solvable(arena, true, &count);
    struct branch first = solve(programme, count, first_ten, &usual, arena);
    struct branch again = solve(programme, count, first_ten, &usual, arena);
    assert_int_equal(first.outcome.kind, OUTCOME_OPTIMAL);
    assert_int_equal(first.nodes_count, again.nodes_count);
    assert_int_equal(first.solves_count, again.solves_count);
    assert_memory_equal(first.outcome.x, again.outcome.x,
                        (size_t)programme_columns(programme) * sizeof(double));
    struct branch_options warm = usual;
    warm.solve.warm = &first.outcome;
    struct branch warmed = solve(programme, count, first_ten, &warm, arena);
    assert_true(fabs(warmed.outcome.objective_ratio - first.outcome.objective_ratio) <= 1e-9);
    arena_free(arena);
}

static void what_is_no_binary_is_refused(void **state) {
    (void)state;
    struct arena *arena = arena_new(0);
    static const double cost[] = {1, 1}, lower[2] = {0}, upper[] = {1, 2};
    static const int second[] = {1}, twice[] = {0, 0}, third[] = {2};
    struct plain plain = {2, 0, cost, lower, upper, NULL, NULL, NULL};
    struct programme *programme = programmes_plain(arena, &plain);
    struct branch branch;
    assert_int_equal(branch_solve(programme, 1, second, &usual, arena, &branch), STATUS_INTERNAL);
    assert_int_equal(branch_solve(programme, 2, twice, &usual, arena, &branch), STATUS_INTERNAL);
    assert_int_equal(branch_solve(programme, 1, third, &usual, arena, &branch), STATUS_INTERNAL);
    branch = solve(programme, 0, NULL, &usual, arena); /* nothing to choose: the programme itself */
    assert_int_equal(branch.outcome.kind, OUTCOME_OPTIMAL);
    assert_int_equal(branch.solves_count, 1);
    arena_free(arena);
}

/* A solver that answers wrongly, for its word is not taken. */
static enum status says_optimal(const struct programme *programme,
                                const struct solve_options *options, struct arena *arena,
                                struct outcome *ret) {
    TRY(reference_clp_solve(programme, options, arena, ret));
    if (ret->kind == OUTCOME_OPTIMAL) {
        ret->x[programme_columns(programme) - 1] += 1.0;
    }
    ret->kind = ret->kind == OUTCOME_INFEASIBLE ? OUTCOME_OPTIMAL : ret->kind;
    return STATUS_OK;
}

static void a_wrong_answer_is_not_believed(void **state) {
    (void)state;
    static const struct solver liar = {"liar", says_optimal};
    struct branch_options options = usual;
    options.solver = &liar;
    struct arena *arena = arena_new(0);
    int count = 0;
    struct programme *programme = solvable(arena, false, &count);
    struct branch branch = solve(programme, count, first_ten, &options, arena);
    struct branch honest = solve(programme, count, first_ten, &usual, arena);
    assert_int_equal(honest.outcome.kind, OUTCOME_OPTIMAL);
    assert_int_equal(branch.outcome.kind, OUTCOME_STALLED);
    assert_null(branch.outcome.x);
    assert_true(branch.outcome.bound_ratio <=
                honest.outcome.objective_ratio + 1e-8 * fabs(honest.outcome.objective_ratio));
    arena_free(arena);
}

static void memory_that_runs_out_is_told(void **state) {
    (void)state;
    for (long blocks = 1; blocks < 400; blocks++) {
        struct arena *arena = arena_new(0);
        int count = 0;
        struct programme *programme = solvable(arena, false, &count);
        struct branch branch = {0};
        arena_fail_after(blocks);
        enum status status = branch_solve(programme, count, first_ten, &usual, arena, &branch);
        arena_fail_after(0);
        arena_free(arena);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        if (status == STATUS_OK) {
            return;
        }
        assert_null(branch.outcome.x);
    }
    fail_msg("still out of memory");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_choice_by_hand),
        cmocka_unit_test(random_choices_agree_with_all_of_them),
        cmocka_unit_test(bags_are_packed_best),
        cmocka_unit_test(choices_that_cannot_be),
        cmocka_unit_test(costs_without_end),
        cmocka_unit_test(limits_say_bound_and_plan),
        cmocka_unit_test(the_search_repeats_itself),
        cmocka_unit_test(what_is_no_binary_is_refused),
        cmocka_unit_test(a_wrong_answer_is_not_believed),
        cmocka_unit_test(memory_that_runs_out_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
