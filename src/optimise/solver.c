/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/solver.h"

#include "optimise/ipm.h"

const struct solver solver_clp = {"clp", reference_clp_solve};
const struct solver solver_ipm = {"ipm", ipm_solve};
