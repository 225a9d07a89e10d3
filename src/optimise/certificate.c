/* The judge. It walks the structure by itself, in long double with compensated sums, and believes
   no solver.

   With d = c - A'y and f the part of each row that fixed begin levels fill:
     optimal     rows and bounds hold at x; and for every y, after prices of absent row sides are
   set to zero, bound = constant + sum_i y_i (y_i > 0 ? lower_i : upper_i) - y_i f_i
                                    + sum_j d_j (d_j > 0 ? lower_j : upper_j)
                 is a lower bound of the objective (weak duality), so that a small gap proves the
   optimum. infeasible  the same bound with c = 0 and y = ray is above zero: no x can exist.
     unbounded   x is feasible, no row or bound stops the ray, and the cost falls along it.
   The bound is rigorous but for one thing: where d_j points to an infinite bound and |d_j| is tiny,
   at most the tolerance times 1 + the largest term of the column, d_j is taken at x_j (at zero for
   a ray) instead of making the bound -infinity. What is taken so is the dual residual, which is
   reported. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "optimise/judge.h"
#include "optimise/outcome.h"

/* The larger residual stays, with its place. NaN counts as largest. */
static void note(struct judge *judge, double *residual, long row, long column, double ratio) {
    if (ratio <= *residual) {
        return;
    }
    *residual = isnan(ratio) ? HUGE_VAL : ratio;
    if (*residual >= fmax(judge->so_far.primal, judge->so_far.dual)) {
        judge->so_far.worst_row = row;
        judge->so_far.worst_column = column;
    }
}

static double outside(long double value, double lower, double upper) {
    long double below = lower - value, above = value - upper;
    return (double)(below > above ? below : above);
}

static void primal_column(struct judge *judge, long column, double cost, double lower,
                          double upper) {
    double x = judge->x[column], miss = outside(x, lower, upper);
    tally_add(&judge->so_far.objective, (long double)cost * x);
    if (!(miss <= 0.0)) {
        note(judge, &judge->so_far.primal, -1, column, miss / (1.0 + fabs(x)));
    }
}

static void primal_row(struct judge *judge, long row, double lower, double upper) {
    double miss = outside(tally_value(&judge->rows[row]), lower, upper);
    if (!(miss <= 0.0)) {
        note(judge, &judge->so_far.primal, row, -1, miss / (1.0 + judge->rows[row].largest));
    }
}

/* x at its rows and bounds, and the objective without its constant. */
static const struct verdict primal_verdict = {primal_column, primal_row};

/* A price on a side that does not exist is wrong by its own size, and zero from here on. */
static void repair_row(struct judge *judge, long row, double lower, double upper) {
    double y = judge->y[row];
    if (y != 0.0 && !isfinite(y > 0.0 ? lower : upper)) {
        note(judge, &judge->so_far.dual, row, -1, fabs(y) / (1.0 + fabs(y)));
        judge->y[row] = 0.0;
    }
}

static const struct verdict repair_verdict = {NULL, repair_row};

/* Adds d * x at the x between the bounds that makes it least. */
static void bound_column(struct judge *judge, long column, double cost, double lower,
                         double upper) {
    struct tally d = judge->columns[column];
    tally_add(&d, -(long double)cost);
    long double reduced = -tally_value(&d);
    if (reduced == 0.0L) {
        return;
    }
    double side = reduced > 0.0L ? lower : upper;
    if (isfinite(side)) {
        tally_add(&judge->so_far.bound, reduced * side);
        return;
    }
    double ratio = (double)fabsl(reduced) / (judge->unit + d.largest);
    note(judge, &judge->so_far.dual, -1, column, ratio);
    if (ratio <= judge->tolerance) {
        tally_add(&judge->so_far.bound, judge->x ? reduced * judge->x[column] : 0.0L);
    } else {
        judge->so_far.bound_open = true;
    }
}

static void bound_ray_column(struct judge *judge, long column, double cost, double lower,
                             double upper) {
    (void)cost;
    bound_column(judge, column, 0.0, lower, upper);
}

static void bound_row(struct judge *judge, long row, double lower, double upper) {
    double y = judge->y[row];
    if (y != 0.0) {
        tally_add(&judge->so_far.bound, (long double)y * (y > 0.0 ? lower : upper));
        tally_add(&judge->so_far.bound, -(long double)y * judge->fixed[row]);
    }
}

static const struct verdict bound_verdict = {bound_column, bound_row};
static const struct verdict ray_bound_verdict = {bound_ray_column, bound_row};

/* A primal ray may leave no finite side. Scales are those of the ray: it has no size of its own. */
static void ray_column(struct judge *judge, long column, double cost, double lower, double upper) {
    double step = judge->x[column];
    bool leaves = (step < 0.0 && isfinite(lower)) || (step > 0.0 && isfinite(upper));
    tally_add(&judge->so_far.objective, (long double)cost * step);
    if (cost * step < judge->so_far.steepest) {
        judge->so_far.steepest = cost * step;
        judge->so_far.steepest_column = column;
    }
    if (leaves) {
        note(judge, &judge->so_far.dual, -1, column, fabs(step));
    }
}

static void ray_row(struct judge *judge, long row, double lower, double upper) {
    long double step = tally_value(&judge->rows[row]) - judge->fixed[row];
    bool leaves = (step < 0.0L && isfinite(lower)) || (step > 0.0L && isfinite(upper));
    if (leaves) {
        note(judge, &judge->so_far.dual, row, -1, (double)fabsl(step) / judge->rows[row].largest);
    }
}

static const struct verdict ray_verdict = {ray_column, ray_row};

static bool all_finite(const double *value, long count) {
    for (long i = 0; i < count; i++) {
        if (!isfinite(value[i])) {
            return false;
        }
    }
    return true;
}

/* A judge with a clean slate and copies of the prices. */
static enum status judge_begin(const struct programme *programme, double tolerance, const double *x,
                               const double *y, struct arena *scratch, struct judge *ret) {
    long columns = programme_columns(programme), rows = programme_rows(programme);
    struct judge judge = {.programme = programme,
                          .tolerance = tolerance,
                          .unit = 1.0,
                          .x = x,
                          .y = y ? ARENA_TAKE(scratch, double, rows) : NULL,
                          .rows = ARENA_TAKE(scratch, struct tally, rows),
                          .columns = ARENA_TAKE(scratch, struct tally, columns),
                          .fixed = ARENA_TAKE(scratch, long double, rows),
                          .so_far = {.worst_row = -1, .worst_column = -1, .steepest_column = -1}};
    if (arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    if (y && rows) {
        memcpy(judge.y, y, (size_t)rows * sizeof *y);
    }
    *ret = judge;
    return STATUS_OK;
}

/* The ray over its largest member; NULL where memory is out, zeros where it has no size. */
static double *unit_ray(const double *ray, long count, struct arena *scratch) {
    double *unit = ARENA_TAKE(scratch, double, count);
    double largest = 0.0;
    for (long i = 0; i < count; i++) {
        largest = fmax(largest, fabs(ray[i]));
    }
    for (long i = 0; unit && largest > 0.0 && i < count; i++) {
        unit[i] = ray[i] / largest;
    }
    return unit;
}

static double relative(long double difference, long double value) {
    return (double)(fabsl(difference) / (1.0L + fabsl(value)));
}

/* Residuals of x, of y and the gap, whatever is there of them. */
static enum status judge_point(const struct programme *programme, const struct outcome *outcome,
                               double tolerance, struct arena *scratch, struct judge *judge,
                               struct certificate *certificate) {
    const double *x = outcome->x, *y = outcome->y;
    bool unusable = (x && !all_finite(x, programme_columns(programme))) ||
                    (y && !all_finite(y, programme_rows(programme)));
    TRY(share_any(programme->share, &unusable));
    if (unusable) {
        certificate->primal_residual_ratio = certificate->dual_residual_ratio = HUGE_VAL;
        certificate->gap_ratio = HUGE_VAL;
        return STATUS_OK;
    }
    TRY(judge_begin(programme, tolerance, x, y, scratch, judge));
    if (y) {
        TRY(judge_each(judge, &repair_verdict));
    }
    TRY(judge_products(judge));
    if (x) {
        TRY(judge_each(judge, &primal_verdict));
    }
    if (y) {
        TRY(judge_each(judge, &bound_verdict));
    }
    long double constant = programme->objective_constant;
    long double objective = constant + tally_value(&judge->so_far.objective),
                bound = constant + tally_value(&judge->so_far.bound);
    certificate->primal_residual_ratio = x ? judge->so_far.primal : HUGE_VAL;
    certificate->dual_residual_ratio = y ? judge->so_far.dual : HUGE_VAL;
    certificate->bound_ratio = y && !judge->so_far.bound_open ? (double)bound : -HUGE_VAL;
    certificate->gap_ratio = HUGE_VAL;
    if (x && y && !judge->so_far.bound_open) {
        certificate->gap_ratio = relative(objective - bound, objective);
        /* the solver's own figure must be the true one */
        double told = relative(objective - outcome->objective_ratio, objective);
        certificate->gap_ratio = told <= certificate->gap_ratio ? certificate->gap_ratio : told;
    }
    return STATUS_OK;
}

static bool all_within(const struct certificate *certificate, double tolerance) {
    return certificate->primal_residual_ratio <= tolerance &&
           certificate->dual_residual_ratio <= tolerance && certificate->gap_ratio <= tolerance;
}

static enum status judge_infeasible(const struct programme *programme,
                                    const struct outcome *outcome, double tolerance,
                                    struct arena *scratch, struct judge *judge,
                                    struct certificate *certificate) {
    long rows = programme_rows(programme);
    if (!outcome->ray || !all_finite(outcome->ray, rows)) {
        return STATUS_OK;
    }
    const double *ray = unit_ray(outcome->ray, rows, scratch);
    TRY(ray ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(judge_begin(programme, tolerance, NULL, ray, scratch, judge));
    judge->unit = 0.0;
    /* sets what it finds to zero: the proof needs no trust in it */
    TRY(judge_each(judge, &repair_verdict));
    judge->so_far.dual = 0.0;
    TRY(judge_products(judge));
    TRY(judge_each(judge, &ray_bound_verdict));
    certificate->dual_residual_ratio = judge->so_far.dual;
    bool proves =
        tally_value(&judge->so_far.bound) > (long double)tolerance * judge->so_far.bound.largest;
    certificate->passed = proves && !judge->so_far.bound_open;
    certificate->bound_ratio = certificate->passed ? HUGE_VAL : -HUGE_VAL;
    for (long row = 0; certificate->passed && row < rows;
         row++) { /* name the row that weighs most */
        bool more = row == 0 || fabs(judge->y[row]) > fabs(judge->y[judge->so_far.worst_row]);
        judge->so_far.worst_row = more ? row : judge->so_far.worst_row;
    }
    return STATUS_OK;
}

static enum status judge_unbounded(const struct programme *programme, const struct outcome *outcome,
                                   double tolerance, struct arena *scratch, struct judge *judge,
                                   struct certificate *certificate) {
    long columns = programme_columns(programme);
    struct judge point = {0};
    struct outcome feasible = {.x = outcome->x};
    TRY(judge_point(programme, &feasible, tolerance, scratch, &point, certificate));
    if (!outcome->ray || !all_finite(outcome->ray, columns)) {
        return STATUS_OK;
    }
    const double *ray = unit_ray(outcome->ray, columns, scratch);
    TRY(ray ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(judge_begin(programme, tolerance, ray, NULL, scratch, judge));
    TRY(judge_products(judge));
    TRY(judge_each(judge, &ray_verdict));
    certificate->dual_residual_ratio = judge->so_far.dual;
    bool falls = tally_value(&judge->so_far.objective) <
                 -(long double)tolerance * judge->so_far.objective.largest;
    if (judge->so_far.dual <= tolerance) { /* nothing is wrong: name what the cost falls along */
        judge->so_far.worst_row = -1;
        judge->so_far.worst_column = judge->so_far.steepest_column;
    }
    certificate->passed =
        certificate->primal_residual_ratio <= tolerance && judge->so_far.dual <= tolerance && falls;
    return STATUS_OK;
}

static enum status judge_outcome(const struct programme *programme, const struct outcome *outcome,
                                 double tolerance, struct arena *scratch, struct judge *judge,
                                 struct certificate *certificate) {
    bool ray = outcome->kind == OUTCOME_INFEASIBLE || outcome->kind == OUTCOME_UNBOUNDED;
    if (ray && programme->share) {
        return STATUS_OK; /* not passed: a ray is judged where all of it is known */
    }
    switch (outcome->kind) {
    case OUTCOME_OPTIMAL:
        TRY(judge_point(programme, outcome, tolerance, scratch, judge, certificate));
        certificate->passed = all_within(certificate, tolerance);
        break;
    case OUTCOME_INFEASIBLE:
        return judge_infeasible(programme, outcome, tolerance, scratch, judge, certificate);
    case OUTCOME_UNBOUNDED:
        return judge_unbounded(programme, outcome, tolerance, scratch, judge, certificate);
    case OUTCOME_STALLED:
    case OUTCOME_LIMIT:
        return judge_point(programme, outcome, tolerance, scratch, judge, certificate);
    }
    return STATUS_OK;
}

static enum status certify(const struct programme *programme, const struct outcome *outcome,
                           double tolerance, struct arena *arena, struct arena *scratch,
                           struct certificate *ret) {
    struct judge judge = {.so_far = {.worst_row = -1, .worst_column = -1}};
    struct certificate certificate = {.bound_ratio = -HUGE_VAL};
    if (programme_mistake(programme, scratch)) {
        return arena_failed(scratch) ? STATUS_NO_MEMORY : STATUS_INTERNAL;
    }
    TRY(judge_outcome(programme, outcome, tolerance, scratch, &judge, &certificate));
    bool known = !programme->share; /* or it is numbered as its holder numbers */
    const char *worst = known && judge.so_far.worst_row >= 0
                            ? programme_row_name(programme, arena, judge.so_far.worst_row)
                        : known && judge.so_far.worst_column >= 0
                            ? programme_column_name(programme, arena, judge.so_far.worst_column)
                            : arena_text(arena, "");
    certificate.worst = worst;
    TRY(worst ? STATUS_OK : STATUS_NO_MEMORY);
    *ret = certificate;
    return STATUS_OK;
}

enum status certificate_check(const struct programme *programme, const struct outcome *outcome,
                              double tolerance_ratio, struct arena *arena,
                              struct certificate *ret) {
    struct arena *scratch = arena_new(0);
    enum status status = scratch ? certify(programme, outcome, tolerance_ratio, arena, scratch, ret)
                                 : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}
