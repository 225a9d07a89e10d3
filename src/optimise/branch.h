/* Yes/no decisions: a small branch and bound over exact optima, for at most a few dozen design
   columns that are 0 or 1. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_BRANCH_H
#define OPTIMISE_BRANCH_H

#include "optimise/solver.h"

enum { BRANCH_BINARIES_MAX = 62, BRANCH_NODES = 1000 };

struct branch_options {
    const struct solver *solver;
    struct solve_options solve; /* of every solve; warm warms the root */
    long nodes_limit;           /* 0: BRANCH_NODES */
    double gap_ratio;           /* a node this close to the best plan, over 1 + |objective|, is not
                                   searched; 0: 1e-9 */
    double tolerance_ratio;     /* of every certificate */
};

struct branch {
    /* optimal     x with exact 0 and 1 in the binaries, its prices y with the binaries held, and
                   a bound that no other choice goes below: gap_ratio apart at most, or as far as
                   the certificate of the best plan itself.
       limit       nodes, iterations or the caller's stop: the best plan so far (x NULL: none yet,
                   objective infinite) and the bound proven so far.
       stalled     the same, where a solve failed that could not be done without.
       infeasible  ray where the relaxed programme has one; NULL where only all branches prove it.
       unbounded   x and ray with the binaries at 0 and 1.
       A certificate of x and y against the programme passes but for the gap between the relaxed
       programme and the one with yes and no. */
    struct outcome outcome;
    double gap_ratio; /* proven: (objective - bound) / (1 + |objective|); infinite without a plan */
    long nodes_count; /* of the tree */
    long solves_count; /* of these and of the roundings */
};

/* binaries: design columns of the programme, each with bounds in {0, 1}, at most
   BRANCH_BINARIES_MAX of them and none twice (else STATUS_INTERNAL). The programme is not changed.

   Best bound first, of equals the one made first: the order depends on nothing but the programme
   and the solver. Each node's bound comes from its certificate, never from the solver's word. */
enum status branch_solve(const struct programme *programme, int binaries_count, const int *binaries,
                         const struct branch_options *options, struct arena *arena,
                         struct branch *ret) MUST_CHECK;

#endif
