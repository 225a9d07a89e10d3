/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/solver.h"

const struct solver solver_clp = {"clp", reference_clp_solve};
