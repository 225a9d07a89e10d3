/* SPDX-License-Identifier: Apache-2.0 */
#include "solvers.h"

#include <string.h>

#include "optimise/ipm.h"

/* HiGHS on one thread without crossover; HiPO as tuned in the
   reference measurements. */
#define HIGHS(how) "threads = 1\nparallel = off\nrun_crossover = off\n" how

const struct solver solvers[] = {
    {.name = "ipm", .kind = SOLVER_LIBRARY, .solve = ipm_solve},
    {.name = "clp", .kind = SOLVER_LIBRARY, .solve = reference_clp_solve, .hours_most = 744},
    {.name = "prototype", .kind = SOLVER_PROTOTYPE},
    {.name = "highs-simplex",
     .kind = SOLVER_HIGHS,
     .options = HIGHS("solver = simplex\n"),
     .hours_most = 744},
    {.name = "highs-ipx",
     .kind = SOLVER_HIGHS,
     .options = HIGHS("solver = ipx\n"),
     .hours_most = 744},
    {.name = "highs-hipo",
     .kind = SOLVER_HIGHS,
     .options = HIGHS("solver = hipo\nhipo_system = augmented\nhipo_ordering = amd\n")},
};
const int solvers_count = COUNT(solvers);

const struct solver *solvers_find(const char *name) {
    for (int s = 0; s < solvers_count; s++) {
        if (strcmp(solvers[s].name, name) == 0) {
            return &solvers[s];
        }
    }
    return NULL;
}
