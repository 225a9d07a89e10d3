/* The structured interior point: solves a programme in time linear in its steps.
   How it works stands in docs/decisions/0004-structured-interior-point.md. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_H
#define OPTIMISE_IPM_H

#include "optimise/outcome.h"

/* Same contract as reference_clp_solve; there is no basis. Not OK only when memory is out or the
   programme has a mistake. */
enum status ipm_solve(const struct programme *programme, const struct solve_options *options,
                      struct arena *arena, struct outcome *ret) MUST_CHECK;

#endif
