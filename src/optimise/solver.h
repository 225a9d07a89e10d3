/* Any solver behind one door, so that what is built on solving programmes names none. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_SOLVER_H
#define OPTIMISE_SOLVER_H

#include "optimise/outcome.h"

struct solver {
    const char *name;
    enum status (*solve)(const struct programme *programme, const struct solve_options *options,
                         struct arena *arena, struct outcome *ret);
};

extern const struct solver solver_clp, solver_ipm;

#endif
