/* What robust_design.c and robust_programme.c share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_ROBUST_INTERNAL_H
#define PLAN_ROBUST_INTERNAL_H

#include "optimise/share.h"
#include "plan/internal.h"
#include "plan/robust_design.h"

/* What everyone knows of a future's part of the programme. */
struct robust_part {
    double constant_money; /* beside its columns */
    int (*design)[2];      /* by instance: columns of its two capacities, -1: none */
};

struct robust_work {
    struct robust_design *design;
    const struct share *share; /* NULL: all futures are here */
    const struct plan_options *options;
    struct diag *diag;
    struct arena *arena;
    struct case_work *work[FUTURES_MAX]; /* NULL: elsewhere */
    struct robust_part part[FUTURES_MAX];
};

/* The programme of all futures, and where its columns are. */
struct robust_programme {
    struct programme *programme;
    double weight_ratio[FUTURES_MAX];                        /* of a future's costs in it */
    int design_from[FUTURES_MAX], design_until[FUTURES_MAX]; /* a future's own */
};

/* robust_programme.c */
enum status robust_assemble(struct robust_work *robust, struct arena *scratch,
                            struct robust_programme *ret) MUST_CHECK;
/* A future alone; its chosen capacities free, or (fixed) those of the plan of the year as given. */
enum status robust_assemble_alone(const struct robust_work *robust, int future, bool fixed,
                                  struct arena *scratch, struct programme **ret) MUST_CHECK;
/* All that a future costs in an optimum, of the horizon. */
double robust_future_money(const struct robust_work *robust, const struct robust_programme *of,
                           const struct outcome *outcome, int future);

#endif
