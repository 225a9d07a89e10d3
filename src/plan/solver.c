/* The solver of a plan: the structured interior point, or what the options name. Where another than Clp stalls, Clp's
   simplex is asked: for a month at most, since beyond that it takes minutes, or for any length where the options say
   so. A simplex that starts warm is asked again without last round's basis when that led it astray. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/solver.h"

#include "plan/internal.h"

static const int fallback_steps_max = 744 + 48; /* a month and its design days */
static const int threads_steps_min = 2000;      /* below, starting threads costs what they save */

const struct solver *plan_solver(const struct plan_options *options) {
    return options && options->solver ? options->solver : &solver_ipm;
}

static int all_steps(const struct programme *programme) {
    int steps = 0;
    for (int b = 0; b < programme->blocks_count; b++) {
        steps += programme_steps(&programme->blocks[b]);
    }
    return steps;
}

bool plan_steps_may_fall_back(int steps, const struct plan_options *options) {
    bool may_stall = options && options->may_stall;
    return (steps <= fallback_steps_max && !may_stall) || (options && options->fallback);
}

bool plan_may_fall_back(const struct programme *programme, const struct plan_options *options) {
    /* blocks elsewhere are the interior point's alone */
    return !programme->share && plan_steps_may_fall_back(all_steps(programme), options);
}

enum status plan_optimum(const struct plan_options *options, const struct programme *programme,
                         const struct solve_options *solve, struct arena *arena,
                         struct outcome *ret, bool *ret_fell_back) {
    const struct solver *solver = plan_solver(options);
    struct solve_options wide = *solve, cold;
    wide.threads = options && all_steps(programme) >= threads_steps_min ? (int)options->threads : 0;
    cold = wide;
    cold.warm = NULL;
    *ret_fell_back = false;
    TRY(solver->solve(programme, &wide, arena, ret));
    if (solve->warm && ret->kind != OUTCOME_OPTIMAL && ret->kind != OUTCOME_LIMIT) {
        TRY(solver->solve(programme, &cold, arena, ret));
    }
    if (ret->kind != OUTCOME_STALLED || solver == &solver_clp ||
        !plan_may_fall_back(programme, options)) {
        return STATUS_OK;
    }
    TRY(solver_clp.solve(programme, &cold, arena, ret));
    ret->solver = arena_format(arena, "%s, where %s stalled", ret->solver, solver->name);
    *ret_fell_back = true;
    return ret->solver ? STATUS_OK : STATUS_NO_MEMORY;
}
