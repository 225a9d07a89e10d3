/* SPDX-License-Identifier: Apache-2.0 */
#include "solvers.h"

#include <string.h>

#include "optimise/ipm_kernels.h"
#include "optimise/ipm_loop.h"

/* The kernels of a width; NULL where the machine has none. */
static const struct ipm_kernels *kernels_of(int width_bits) {
    static const struct {
        int width_bits;
        const char *name;
    } widths[] = {{0, NULL}, {512, "avx512"}, {256, "avx2"}, {128, "baseline"}, {64, "plain"}};
    for (int w = 0; w < COUNT(widths); w++) {
        if (widths[w].width_bits == width_bits) {
            return ipm_kernels_named(widths[w].name);
        }
    }
    return NULL;
}

static bool ipm_offers(struct setting setting) { return kernels_of(setting.width_bits) != NULL; }

static enum status run_ipm(const struct programme *programme, struct setting setting,
                           struct arena *arena, struct outcome *ret) {
    struct ipm_manner manner = {.threads = setting.threads,
                                .kernels = kernels_of(setting.width_bits)};
    return ipm_solve_in(programme, NULL, &manner, arena, ret);
}

static enum status run_clp(const struct programme *programme, struct setting setting,
                           struct arena *arena, struct outcome *ret) {
    (void)setting;
    struct solve_options options = {0};
    return reference_clp_solve(programme, &options, arena, ret);
}

/* HiGHS on one thread without crossover; HiPO as tuned in the
   reference measurements. */
#define HIGHS(how) "threads = 1\nparallel = off\nrun_crossover = off\n" how

const struct solver solvers[] = {
    {.name = "ipm", .kind = SOLVER_LIBRARY, .solve = run_ipm, .offers = ipm_offers},
    {.name = "clp", .kind = SOLVER_LIBRARY, .solve = run_clp, .hours_most = 744},
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
