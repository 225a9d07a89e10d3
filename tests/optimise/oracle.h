/* Outside solvers, run as processes: GLPK's glpsol and HiGHS in WebAssembly under node
   (tests/oracle). A test that needs one skips with a message when it is absent; with
   HEARTH_REQUIRE_SHARED=1 (as CI sets it) absence is a failure. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_OPTIMISE_ORACLE_H
#define TESTS_OPTIMISE_ORACLE_H

#include <stdbool.h>

#include "optimise/outcome.h"

enum oracle { ORACLE_GLPSOL_MPS, ORACLE_GLPSOL_LP, ORACLE_HIGHS_LP };

/* Inside a cmocka test: skips or fails it where the oracle is absent. */
void oracle_need(enum oracle oracle);

/* Exports, solves outside, returns what the oracle says; the objective where it is optimal. */
enum outcome_kind oracle_solve(enum oracle oracle, const struct programme *programme,
                               struct arena *arena, double *ret_objective);

#endif
