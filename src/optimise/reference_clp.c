/* Clp's dual simplex behind one file: no Clp type leaves it, and at log level 0 Clp prints nothing.

   A cold start goes through Clp's presolve, which Clp does not let us interrupt: progress is told
   before and after it. A warm start takes the basis as it is and is told in between. Whatever Clp
   calls optimal at its usual tolerance is polished at a tighter one from the last basis; where that
   fails the first answer stays. Rays: Clp's own Farkas ray is taken where it proves infeasibility
   here and now, else the prices of the programme that pays 1 for each unit a row is missed are one.
   The ray of an unbounded programme solves the programme whose finite sides are zero and whose
   infinite sides are one unit away.

   Clp's tolerances are absolute, so in bad units it calls optimal what misses a row by a hundredth of
   its terms, or gives up. What does not convince here is solved once more in units of our own
   (flat_scale.c); an optimum that does not convince then either is called stalled. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/reference_clp.h"

#include <Clp_C_Interface.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "optimise/flat_scale.h"

enum { CLP_OPTIMAL = 0, CLP_PRIMAL_INFEASIBLE = 1, CLP_STOPPED = 3 }; /* of Clp_status */
enum { CHUNK_ITERATIONS = 5000 };
enum { DUAL_SIMPLEX = 0, PRESOLVE_ON = 0, DEFAULT = -1 }; /* arguments of ClpSolve */
static const double polish_tolerance = 1e-9;
static const double ray_tolerance = 1e-7;
static const double proof_ratio = 2e-6, strong_ratio = 1e-4;  /* of a ray, see ray_strength() */
static const double doubt_ratio = 1e-7, refusal_ratio = 1e-6; /* of an optimum, see weigh() */

struct answer {
    int status;
    long iterations;
    double *x, *y;
    unsigned char *basis;
    double *ray; /* rows; NULL where Clp offers none */
};

struct run {
    const struct solve_options *options;
    struct arena *scratch;
    long iterations; /* of all solves so far */
    bool cancelled;
};

static bool told_to_stop(struct run *run, double objective) {
    const struct solve_options *options = run->options;
    if (options && options->progress &&
        options->progress(options->data, run->iterations, objective)) {
        run->cancelled = true;
    }
    return run->cancelled;
}

/* Iterations left, at most most. */
static int allowance(const struct run *run, int most) {
    long limit = run->options ? run->options->iterations_limit : 0;
    if (limit <= 0) {
        return most;
    }
    long left = limit - run->iterations;
    return left < 0 ? 0 : left < most ? (int)left : most;
}

static enum status load(const struct programme_flat *flat, struct arena *scratch,
                        Clp_Simplex *model) {
    CoinBigIndex *start = ARENA_TAKE(scratch, CoinBigIndex, flat->columns + 1);
    if (!start) {
        return STATUS_NO_MEMORY;
    }
    for (long j = 0; j <= flat->columns; j++) {
        start[j] = (CoinBigIndex)flat->start[j];
    }
    Clp_setLogLevel(model, 0);
    Clp_loadProblem(model, (int)flat->columns, (int)flat->rows, start, flat->row, flat->value,
                    flat->lower, flat->upper, flat->cost, flat->row_lower, flat->row_upper);
    return STATUS_OK;
}

static void solve_cold(struct run *run, Clp_Simplex *model) {
    Clp_Solve *solve = ClpSolve_new();
    ClpSolve_setSolveType(solve, DUAL_SIMPLEX, DEFAULT);
    ClpSolve_setPresolveType(solve, PRESOLVE_ON, DEFAULT);
    Clp_setMaximumIterations(model, allowance(run, INT_MAX));
    (void)Clp_initialSolveWithOptions(model, solve);
    ClpSolve_delete(solve);
    run->iterations += Clp_numberIterations(model);
}

/* Dual (or primal) simplex from the model's basis, in chunks. */
static void solve_on(struct run *run, Clp_Simplex *model, bool primal) {
    for (;;) {
        int most = allowance(run, CHUNK_ITERATIONS);
        Clp_setMaximumIterations(model, most);
        (void)(primal ? Clp_primal(model, 0) : Clp_dual(model, 0));
        run->iterations += Clp_numberIterations(model);
        bool stopped = Clp_status(model) == CLP_STOPPED;
        if (!stopped || allowance(run, CHUNK_ITERATIONS) == 0 ||
            told_to_stop(run, Clp_objectiveValue(model))) {
            return;
        }
    }
}

static void take_answer(const struct programme_flat *flat, Clp_Simplex *model,
                        struct answer *answer) {
    answer->status = Clp_status(model);
    if (flat->columns) {
        memcpy(answer->x, Clp_primalColumnSolution(model), (size_t)flat->columns * sizeof(double));
    }
    if (flat->rows) {
        memcpy(answer->y, Clp_dualRowSolution(model), (size_t)flat->rows * sizeof(double));
    }
    if (Clp_statusExists(model)) {
        memcpy(answer->basis, Clp_statusArray(model), (size_t)(flat->columns + flat->rows));
    }
}

static void polish(struct run *run, const struct programme_flat *flat, Clp_Simplex *model,
                   struct answer *answer) {
    Clp_setPrimalTolerance(model, polish_tolerance);
    Clp_setDualTolerance(model, polish_tolerance);
    solve_on(run, model, false);
    if (Clp_status(model) != CLP_OPTIMAL) {
        solve_on(run, model, true);
    }
    if (Clp_status(model) == CLP_OPTIMAL) {
        take_answer(flat, model, answer);
    }
}

static enum status take_ray(const struct programme_flat *flat, struct arena *scratch,
                            Clp_Simplex *model, struct answer *answer) {
    double *ray = Clp_infeasibilityRay(model);
    if (!ray) {
        return STATUS_OK;
    }
    answer->ray = ARENA_TAKE(scratch, double, flat->rows);
    if (answer->ray && flat->rows) {
        memcpy(answer->ray, ray, (size_t)flat->rows * sizeof *ray);
    }
    Clp_freeRay(model, ray);
    return answer->ray ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status drive(struct run *run, const struct programme_flat *flat,
                         const unsigned char *warm, Clp_Simplex *model, struct answer *answer) {
    TRY(load(flat, run->scratch, model));
    if (told_to_stop(run, 0.0)) {
        answer->status = CLP_STOPPED;
        return STATUS_OK;
    }
    if (warm) {
        Clp_copyinStatus(model, warm);
        solve_on(run, model, false);
    } else {
        solve_cold(run, model);
        (void)told_to_stop(run, Clp_objectiveValue(model));
    }
    bool again =
        Clp_status(model) != CLP_OPTIMAL && Clp_status(model) != CLP_STOPPED && !run->cancelled;
    if (again) { /* without presolve, for the ray or for a second opinion */
        solve_on(run, model, Clp_status(model) != CLP_PRIMAL_INFEASIBLE);
    }
    take_answer(flat, model, answer);
    if (answer->status == CLP_OPTIMAL && !run->cancelled) {
        polish(run, flat, model, answer);
    }
    return answer->status == CLP_PRIMAL_INFEASIBLE ? take_ray(flat, run->scratch, model, answer)
                                                   : STATUS_OK;
}

static enum status simplex(struct run *run, const struct programme_flat *flat,
                           const unsigned char *warm, struct answer *ret) {
    struct answer answer = {
        .x = ARENA_TAKE(run->scratch, double, flat->columns),
        .y = ARENA_TAKE(run->scratch, double, flat->rows),
        .basis = ARENA_TAKE(run->scratch, unsigned char, flat->columns + flat->rows)};
    if (arena_failed(run->scratch)) {
        return STATUS_NO_MEMORY;
    }
    long before = run->iterations;
    Clp_Simplex *model = Clp_newModel();
    enum status status = model ? drive(run, flat, warm, model, &answer) : STATUS_NO_MEMORY;
    if (model) {
        Clp_deleteModel(model);
    }
    answer.iterations = run->iterations - before;
    *ret = answer;
    return status;
}

/* The lower bound of the objective that y proves, without the constant; see certificate.c for the
   exact judge. */
static double dual_bound(const struct programme_flat *flat, const double *cost, const double *x,
                         const double *y, double unit, double *ret_largest) {
    struct sum bound = {0, 0};
    double largest_side = 0.0;
    for (long i = 0; i < flat->rows; i++) {
        double side = y[i] > 0.0 ? flat->row_lower[i] : flat->row_upper[i];
        if (y[i] != 0.0 && isfinite(side)) {
            sum_add(&bound, y[i] * side);
            largest_side = fmax(largest_side, fabs(y[i] * side));
        }
    }
    for (long j = 0; j < flat->columns; j++) {
        double reduced = cost ? cost[j] : 0.0, largest = fabs(reduced);
        for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
            double price = y[flat->row[k]];
            bool stands = isfinite(price > 0.0 ? flat->row_lower[flat->row[k]]
                                               : flat->row_upper[flat->row[k]]);
            reduced -= stands ? flat->value[k] * price : 0.0;
            largest = fmax(largest, stands ? fabs(flat->value[k] * price) : 0.0);
        }
        double side = reduced > 0.0 ? flat->lower[j] : flat->upper[j];
        if (reduced != 0.0 && isfinite(side)) {
            sum_add(&bound, reduced * side);
            largest_side = fmax(largest_side, fabs(reduced * side));
        } else if (fabs(reduced) > ray_tolerance * (unit + largest)) {
            return -HUGE_VAL;
        } else {
            sum_add(&bound, x ? reduced * x[j] : 0.0);
        }
    }
    *ret_largest = largest_side;
    return sum_value(&bound);
}

/* Turns the ray so that it proves infeasibility; returns how much its sides promise too much, over
   the largest of them: zero where neither it nor its opposite proves more than rounding could. */
static double ray_strength(const struct programme_flat *flat, double *ray) {
    for (int turn = 0; turn < 2; turn++) {
        double largest = 0.0, bound = dual_bound(flat, NULL, NULL, ray, 0.0, &largest);
        if (isfinite(bound) && bound > proof_ratio * largest) {
            return bound / largest;
        }
        for (long i = 0; i < flat->rows; i++) {
            ray[i] = -ray[i];
        }
    }
    return 0.0;
}

/* flat without its costs and with a column for each finite side of a row that pays for what is
   missed. */
static enum status with_misses(const struct programme_flat *flat, struct arena *scratch,
                               struct programme_flat *ret) {
    struct programme_flat missed = *flat;
    long most = flat->columns + 2 * flat->rows, nonzeros = flat->nonzeros + 2 * flat->rows;
    double *cost = ARENA_TAKE(scratch, double, most), *lower = ARENA_TAKE(scratch, double, most);
    double *upper = ARENA_TAKE(scratch, double, most),
           *value = ARENA_TAKE(scratch, double, nonzeros);
    long *start = ARENA_TAKE(scratch, long, most + 1);
    int *row = ARENA_TAKE(scratch, int, nonzeros);
    if (arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    if (flat->columns) {
        memcpy(lower, flat->lower, (size_t)flat->columns * sizeof *lower);
        memcpy(upper, flat->upper, (size_t)flat->columns * sizeof *upper);
    }
    memcpy(start, flat->start, (size_t)(flat->columns + 1) * sizeof *start);
    if (flat->nonzeros) {
        memcpy(row, flat->row, (size_t)flat->nonzeros * sizeof *row);
        memcpy(value, flat->value, (size_t)flat->nonzeros * sizeof *value);
    }
    for (long i = 0; i < flat->rows; i++) {
        for (int above = 0; above < 2; above++) {
            if (!isfinite(above ? flat->row_upper[i] : flat->row_lower[i])) {
                continue;
            }
            row[missed.nonzeros] = (int)i;
            value[missed.nonzeros++] = above ? -1.0 : 1.0;
            cost[missed.columns] = 1.0;
            upper[missed.columns++] = HUGE_VAL;
            start[missed.columns] = missed.nonzeros;
        }
    }
    missed.cost = cost;
    missed.lower = lower;
    missed.upper = upper;
    missed.start = start;
    missed.row = row;
    missed.value = value;
    *ret = missed;
    return STATUS_OK;
}

/* Finds a ray that proves there is no x; *ret_ray stays NULL where none is found. Clp's own is taken
   where it is strong, else the stronger of the two. */
static enum status find_farkas(struct run *run, const struct programme_flat *flat,
                               const struct answer *answer, double **ret_ray) {
    double strength = answer->ray ? ray_strength(flat, answer->ray) : 0.0;
    *ret_ray = strength > 0.0 ? answer->ray : NULL;
    if (strength >= strong_ratio) {
        return STATUS_OK;
    }
    struct programme_flat missed;
    struct answer nearest;
    TRY(with_misses(flat, run->scratch, &missed));
    TRY(simplex(run, &missed, NULL, &nearest));
    if (nearest.status == CLP_OPTIMAL && ray_strength(flat, nearest.y) > strength) {
        *ret_ray = nearest.y;
    }
    return STATUS_OK;
}

/* The programme of the directions in which nothing stops flat: finite sides at zero, infinite ones
   a unit away. */
static enum status directions(const struct programme_flat *flat, struct arena *scratch,
                              struct programme_flat *ret) {
    struct programme_flat way = *flat;
    way.lower = ARENA_TAKE(scratch, double, flat->columns);
    way.upper = ARENA_TAKE(scratch, double, flat->columns);
    way.row_lower = ARENA_TAKE(scratch, double, flat->rows);
    way.row_upper = ARENA_TAKE(scratch, double, flat->rows);
    if (arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    for (long j = 0; j < flat->columns; j++) {
        way.lower[j] = isfinite(flat->lower[j]) ? 0.0 : -1.0;
        way.upper[j] = isfinite(flat->upper[j]) ? 0.0 : 1.0;
    }
    for (long i = 0; i < flat->rows; i++) {
        way.row_lower[i] = isfinite(flat->row_lower[i]) ? 0.0 : -HUGE_VAL;
        way.row_upper[i] = isfinite(flat->row_upper[i]) ? 0.0 : HUGE_VAL;
    }
    *ret = way;
    return STATUS_OK;
}

static double cost_of(const struct programme_flat *flat, const double *x) {
    struct sum cost = {0, 0};
    for (long j = 0; j < flat->columns; j++) {
        sum_add(&cost, flat->cost[j] * x[j]);
    }
    return sum_value(&cost);
}

/* Clp found no price that holds: either the cost falls without end, or there is no x either. */
static enum status settle_unbounded(struct run *run, const struct programme_flat *flat,
                                    struct answer *answer, struct outcome *outcome,
                                    double **ret_ray) {
    struct programme_flat free_of_cost = *flat, way;
    struct answer point, ray;
    free_of_cost.cost = ARENA_TAKE(run->scratch, double, flat->columns);
    TRY(free_of_cost.cost ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(simplex(run, &free_of_cost, NULL, &point));
    if (point.status == CLP_PRIMAL_INFEASIBLE) {
        TRY(find_farkas(run, flat, &point, ret_ray));
        outcome->kind = *ret_ray ? OUTCOME_INFEASIBLE : OUTCOME_STALLED;
        return STATUS_OK;
    }
    TRY(directions(flat, run->scratch, &way));
    TRY(simplex(run, &way, NULL, &ray));
    if (point.status == CLP_OPTIMAL && ray.status == CLP_OPTIMAL && cost_of(flat, ray.x) < 0.0) {
        answer->x = point.x;
        *ret_ray = ray.x;
        outcome->kind = OUTCOME_UNBOUNDED;
    }
    return STATUS_OK;
}

static enum status settle(struct run *run, const struct programme_flat *flat, struct answer *answer,
                          struct outcome *outcome, double **ret_ray) {
    outcome->kind = OUTCOME_STALLED;
    if (run->cancelled || answer->status == CLP_STOPPED) {
        outcome->kind = OUTCOME_LIMIT;
        return STATUS_OK;
    }
    if (answer->status == CLP_OPTIMAL) {
        outcome->kind = OUTCOME_OPTIMAL;
        return STATUS_OK;
    }
    if (answer->status == CLP_PRIMAL_INFEASIBLE) {
        TRY(find_farkas(run, flat, answer, ret_ray));
        if (*ret_ray) {
            outcome->kind = OUTCOME_INFEASIBLE;
            return STATUS_OK;
        }
    }
    /* Clp also calls infeasible what is unbounded, and stops with an error on some empty matrices */
    return settle_unbounded(run, flat, answer, outcome, ret_ray);
}

static double *kept(struct arena *arena, const double *value, long count) {
    double *copy = ARENA_TAKE(arena, double, count);
    if (copy && count) {
        memcpy(copy, value, (size_t)count * sizeof *copy);
    }
    return copy;
}

static enum status write_outcome(const struct programme_flat *flat, const struct answer *answer,
                                 const double *ray, struct arena *arena, struct outcome *outcome) {
    outcome->objective_ratio = flat->objective_constant + cost_of(flat, answer->x);
    outcome->bound_ratio = -HUGE_VAL;
    if (outcome->kind == OUTCOME_OPTIMAL) {
        double largest, bound = dual_bound(flat, flat->cost, answer->x, answer->y, 1.0, &largest);
        outcome->bound_ratio = flat->objective_constant + bound;
    }
    outcome->x = kept(arena, answer->x, flat->columns);
    outcome->y = kept(arena, answer->y, flat->rows);
    outcome->basis = ARENA_TAKE(arena, unsigned char, flat->columns + flat->rows);
    if (outcome->basis && flat->columns + flat->rows > 0) {
        memcpy(outcome->basis, answer->basis, (size_t)(flat->columns + flat->rows));
    }
    if (ray) {
        outcome->ray =
            kept(arena, ray, outcome->kind == OUTCOME_UNBOUNDED ? flat->columns : flat->rows);
    }
    outcome->solver = arena_format(arena, "clp %s", Clp_Version());
    return outcome->solver && outcome->x && outcome->y && outcome->basis && (outcome->ray || !ray)
               ? STATUS_OK
               : STATUS_NO_MEMORY;
}

/* The worst miss of a row or bound, over 1 + the largest term. */
static enum status primal_miss(const struct programme_flat *flat, const double *x,
                               struct arena *scratch, double *ret) {
    double *row = ARENA_TAKE(scratch, double, flat->rows), worst = 0.0;
    double *largest = ARENA_TAKE(scratch, double, flat->rows);
    if (!row || !largest) {
        return STATUS_NO_MEMORY;
    }
    for (long j = 0; j < flat->columns; j++) {
        double miss = fmax(flat->lower[j] - x[j], x[j] - flat->upper[j]);
        worst = fmax(worst, miss / (1.0 + fabs(x[j])));
        for (long k = flat->start[j]; k < flat->start[j + 1]; k++) {
            double term = flat->value[k] * x[j];
            row[flat->row[k]] += term;
            largest[flat->row[k]] = fmax(largest[flat->row[k]], fabs(term));
        }
    }
    for (long i = 0; i < flat->rows; i++) {
        double miss = fmax(flat->row_lower[i] - row[i], row[i] - flat->row_upper[i]);
        worst = fmax(worst, miss / (1.0 + largest[i]));
    }
    *ret = worst;
    return STATUS_OK;
}

/* What Clp says about one form of the programme, and how far an optimum is from being one: the worst
   miss or the gap, as ratios. Infeasible and unbounded have been proven by their rays. */
struct attempt {
    struct answer answer;
    struct outcome outcome;
    double *ray;
    double doubt_ratio;
};

static enum status weigh(const struct programme_flat *flat, struct arena *scratch,
                         struct attempt *attempt) {
    const struct answer *answer = &attempt->answer;
    attempt->doubt_ratio = attempt->outcome.kind == OUTCOME_STALLED ? HUGE_VAL : 0.0;
    if (attempt->outcome.kind == OUTCOME_UNBOUNDED) {
        return primal_miss(flat, answer->x, scratch, &attempt->doubt_ratio);
    }
    if (attempt->outcome.kind == OUTCOME_OPTIMAL) {
        double largest, bound = dual_bound(flat, flat->cost, answer->x, answer->y, 1.0, &largest);
        double cost = cost_of(flat, answer->x);
        double gap = fabs(cost - bound) / (1.0 + fabs(cost + flat->objective_constant));
        TRY(primal_miss(flat, answer->x, scratch, &attempt->doubt_ratio));
        attempt->doubt_ratio = fmax(attempt->doubt_ratio, gap);
    }
    return STATUS_OK;
}

static enum status attempt_as_is(struct run *run, const struct programme_flat *flat,
                                 const unsigned char *warm, struct attempt *attempt) {
    TRY(simplex(run, flat, warm, &attempt->answer));
    TRY(settle(run, flat, &attempt->answer, &attempt->outcome, &attempt->ray));
    return weigh(flat, run->scratch, attempt);
}

/* In units of our own, and back. */
static enum status attempt_scaled(struct run *run, const struct programme_flat *flat,
                                  struct attempt *attempt) {
    struct programme_flat scaled;
    struct flat_scale scale;
    TRY(flat_scale_make(flat, run->scratch, &scaled, &scale));
    TRY(simplex(run, &scaled, NULL, &attempt->answer));
    TRY(settle(run, &scaled, &attempt->answer, &attempt->outcome, &attempt->ray));
    flat_scale_columns(flat, &scale, attempt->answer.x);
    flat_scale_prices(flat, &scale, attempt->answer.y);
    if (attempt->outcome.kind == OUTCOME_UNBOUNDED) {
        flat_scale_columns(flat, &scale, attempt->ray);
    } else {
        flat_scale_row_ray(flat, &scale, attempt->ray);
    }
    return weigh(flat, run->scratch, attempt);
}

static enum status solve(const struct programme_flat *flat, const struct solve_options *options,
                         struct arena *scratch, struct arena *arena, struct outcome *ret) {
    struct run run = {options, scratch, 0, false};
    struct attempt attempt = {.ray = NULL}, again = {.ray = NULL};
    const unsigned char *warm = options && options->warm ? options->warm->basis : NULL;
    TRY(attempt_as_is(&run, flat, warm, &attempt));
    if (attempt.doubt_ratio > doubt_ratio) {
        TRY(attempt_scaled(&run, flat, &again));
        attempt = again.doubt_ratio < attempt.doubt_ratio && again.outcome.kind != OUTCOME_LIMIT
                      ? again
                      : attempt;
    }
    if (attempt.outcome.kind == OUTCOME_OPTIMAL && attempt.doubt_ratio > refusal_ratio) {
        attempt.outcome.kind = OUTCOME_STALLED;
    }
    attempt.outcome.iterations_count = run.iterations;
    TRY(write_outcome(flat, &attempt.answer, attempt.ray, arena, &attempt.outcome));
    *ret = attempt.outcome;
    return STATUS_OK;
}

enum status reference_clp_solve_flat(const struct programme_flat *flat,
                                     const struct solve_options *options, struct arena *arena,
                                     struct outcome *ret) {
    struct arena *scratch = arena_new(0);
    enum status status = scratch ? solve(flat, options, scratch, arena, ret) : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}

enum status reference_clp_solve(const struct programme *programme,
                                const struct solve_options *options, struct arena *arena,
                                struct outcome *ret) {
    struct arena *scratch = arena_new(0);
    struct programme_flat flat;
    enum status status = scratch ? programme_flatten(programme, scratch, &flat) : STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        status = solve(&flat, options, scratch, arena, ret);
    }
    arena_free(scratch);
    return status;
}
