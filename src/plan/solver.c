/* The solvers of a plan. A simplex that starts warm is asked again without last round's basis when that led it astray.
   Where the interior point stalls, Clp is asked for a month at most; beyond that it would take minutes. Either way the
   outcome says who answered. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/solver.h"
#include "optimise/ipm.h"
#include "optimise/programme.h"
#include "plan/internal.h"

static const int fallback_steps_max = 744 + 48; /* a month and its design days */

static enum status solve_clp(const struct programme *programme, const struct solve_options *options,
                             struct arena *arena, struct outcome *ret) {
    TRY(reference_clp_solve(programme, options, arena, ret));
    struct solve_options cold = *options;
    cold.warm = NULL;
    bool again = options->warm && ret->kind != OUTCOME_OPTIMAL && ret->kind != OUTCOME_LIMIT;
    return again ? reference_clp_solve(programme, &cold, arena, ret) : STATUS_OK;
}

static enum status solve_ipm(const struct programme *programme, const struct solve_options *options,
                             struct arena *arena, struct outcome *ret) {
    TRY(ipm_solve(programme, options, arena, ret));
    int steps = 0;
    for (int b = 0; b < programme->blocks_count; b++) {
        steps += programme_steps(&programme->blocks[b]);
    }
    return ret->kind == OUTCOME_STALLED && steps <= fallback_steps_max
               ? reference_clp_solve(programme, options, arena, ret)
               : STATUS_OK;
}

const struct solver *plan_solver(const struct plan_options *options) {
    static const struct solver clp = {"clp", solve_clp}, ipm = {"ipm", solve_ipm};
    return options && options->solver == PLAN_SOLVER_IPM ? &ipm : &clp;
}
