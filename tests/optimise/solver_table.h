/* The solvers under test, each one line. Clp is the reference: the first, and the one whose optima
   the others must have. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_OPTIMISE_SOLVER_TABLE_H
#define TESTS_OPTIMISE_SOLVER_TABLE_H

#include "optimise/ipm.h"
#include "optimise/outcome.h"

struct solver_under_test {
    const char *name;
    enum status (*solve)(const struct programme *programme, const struct solve_options *options,
                         struct arena *arena, struct outcome *ret);
    bool years; /* fast enough for whole years */
};

static const struct solver_under_test solver_table[] = {
    {"clp", reference_clp_solve, false},
    {"ipm", ipm_solve, true},
};

#endif
