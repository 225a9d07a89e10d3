/* A slow, obvious second opinion for tiny programmes: two-phase dense tableau with Bland's rule in
   long double. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_OPTIMISE_DENSE_SIMPLEX_H
#define TESTS_OPTIMISE_DENSE_SIMPLEX_H

#include "optimise/outcome.h"

/* OPTIMAL (with the objective), INFEASIBLE, UNBOUNDED, or LIMIT when it would take too long. */
enum outcome_kind dense_simplex(const struct programme_flat *flat, struct arena *arena,
                                double *ret_objective);

#endif
