/* What a solver says about a programme, and the judge that believes none of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_OUTCOME_H
#define OPTIMISE_OUTCOME_H

#include "optimise/programme.h"

enum outcome_kind {
    OUTCOME_OPTIMAL,
    OUTCOME_INFEASIBLE,
    OUTCOME_UNBOUNDED,
    OUTCOME_STALLED,
    OUTCOME_LIMIT
};

struct outcome {
    enum outcome_kind kind;
    double objective_ratio; /* with the constant */
    double bound_ratio;     /* rigorous lower bound from the duals, or -infinity */
    long iterations_count;
    double *x; /* columns, in the programme's global order */
    /* Rows: the change of the objective per unit by which the row's active side is raised. In a
       minimisation y > 0 holds a lower side (demand >= costs) and y < 0 an upper one; reduced costs
       are c - A'y. */
    double *y;
    /* Infeasible: rows, signed like y (Farkas: its sides promise more than any x within its bounds
       can give); unbounded: columns; else NULL. */
    double *ray;
    unsigned char *basis; /* columns + rows of the solver, to start the next one; may be NULL */
    const char *solver;   /* "clp 1.17.6" */
};

struct solve_options {
    long iterations_limit; /* 0: none */
    const struct outcome *
        warm; /* start from this outcome of the same shape of programme (Clp its basis, the interior
                  point its x and y); or NULL */
    /* Called now and then; returns true to stop (outcome LIMIT). May be NULL. Clp cannot be
       interrupted in a cold start, which is presolved: it calls before and after. */
    bool (*progress)(void *data, long iterations_count, double objective_ratio);
    void *data;
    bool
        no_reason; /* where there is no optimum, the interior point does not look for a ray: stalled */
    int threads; /* of the interior point, whose bits do not depend on it; 0: one */
};

const char *outcome_name(enum outcome_kind kind); /* "optimal" */

/* Clp's dual simplex: the reference. Not OK only when memory or the solver itself fails. */
enum status reference_clp_solve(const struct programme *programme,
                                const struct solve_options *options, struct arena *arena,
                                struct outcome *ret) MUST_CHECK;

/* An independent judgement in long double, straight from the programme's structure; shares no code
   with a solver. Optimal: primal and dual residuals (relative to the scale of their row or column)
   and gap <= tolerance. Infeasible: the ray proves it. Unbounded: the ray proves it. */
struct certificate {
    bool passed;
    double primal_residual_ratio; /* worst violation of a row or bound, over 1 + largest term of
                                     that row */
    double dual_residual_ratio;   /* worst wrong-signed reduced cost, over 1 + largest term of that
                                     column */
    double gap_ratio;             /* |primal - dual| / (1 + |primal|) */
    double bound_ratio;           /* rigorous lower bound of the objective, +-infinity allowed: see
                                     certificate.c */
    /* Name of the worst row or column, in the arena; "" where none is wrong, or blocks are elsewhere. Of a ray that proves:
       the row that weighs most (infeasible), the column along which the cost falls most
       (unbounded). */
    const char *worst;
};
enum status certificate_check(const struct programme *programme, const struct outcome *outcome,
                              double tolerance_ratio, struct arena *arena,
                              struct certificate *ret) MUST_CHECK;

#endif
