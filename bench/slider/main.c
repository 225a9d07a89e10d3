/* bench_slider SCENARIO [WEEKS [first]]: from a moved slider to the first answer (typical weeks) and to the exact year, as the
   server makes them: the scenario's text with one value changed, planned like the full plan of the scenario as it is, and
   its summary as text. Median and 95th percentile of the clock and of the processor, the error of the first answer
   against the exact one, and how many times faster it is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hearth/hearth.h"

static const struct move {
    const char *path;
    const char *value[4];
} moves[] = {{"fuel.gas_money_kwh", {"0.03", "0.045", "0.05", "0.07"}},
             {"heat_network.length_m", {"200", "600", "1000", "2000"}},
             {"data_centre.0.it_kw", {"5000", "7000", "8000", "9000"}},
             {"town.0.floor_m2", {"300000", "350000", "400000", "450000"}}};
enum {
    MOVES = sizeof moves / sizeof moves[0],
    VALUES = 4,
    DEPTHS = 2,
    CLOCKS = 2,
    TEXT_MAX = 1 << 20
};

struct answers {
    double spent_ms[DEPTHS][CLOCKS][MOVES * VALUES], cost_money[DEPTHS];
    int count;
    double error_frac[MOVES * VALUES], ratio[MOVES * VALUES];
};

static double now_ms(int clock) {
    struct timespec t;
    (void)clock_gettime(clock == 0 ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(double *values, int count, double at_frac) {
    qsort(values, (size_t)count, sizeof *values, by_size);
    return values[(int)floor(at_frac * (count - 1) + 0.5)];
}

static bool answer(struct hearth_context *context, const struct hearth_scenario *as_it_is,
                   const char *const *changes, const struct hearth_plan *parent,
                   const char *const *options, double *ret_cost_money) {
    struct hearth_scenario *scenario = NULL;
    struct hearth_plan *plan = NULL;
    enum hearth_status status = hearth_scenario_parse_like(context, as_it_is, changes, &scenario);
    status =
        status == HEARTH_OK ? hearth_plan_solve_like(scenario, parent, options, &plan) : status;
    bool good = status == HEARTH_OK && hearth_plan_summary(plan) &&
                hearth_plan_figure(plan, "together", "objective_money", ret_cost_money);
    hearth_plan_free(plan);
    hearth_scenario_free(scenario);
    return good;
}

static void measure(struct answers *all, struct hearth_context *context,
                    const struct hearth_scenario *as_it_is, const char *weeks, int depths,
                    const struct hearth_plan *parent) {
    const char *const typical[] = {"typical_weeks", weeks, NULL}, *const exact[] = {"threads", "0",
                                                                                    NULL};
    for (int m = 0; m < MOVES; m++) {
        for (int v = 0; v < VALUES; v++) {
            const char *const changes[] = {moves[m].path, moves[m].value[v], NULL};
            bool good = true;
            for (int depth = 0; depth < depths && good; depth++) {
                double begun_ms[CLOCKS] = {now_ms(0), now_ms(1)};
                good = answer(context, as_it_is, changes, parent, depth == 0 ? typical : exact,
                              &all->cost_money[depth]);
                for (int clock = 0; clock < CLOCKS; clock++) {
                    all->spent_ms[depth][clock][all->count] = now_ms(clock) - begun_ms[clock];
                }
            }
            if (!good) {
                (void)printf("%s=%s has no plan like the parent's\n", moves[m].path,
                             moves[m].value[v]);
                continue;
            }
            all->error_frac[all->count] = fabs(all->cost_money[0] / all->cost_money[1] - 1.0);
            all->ratio[all->count] =
                all->spent_ms[1][1][all->count] / all->spent_ms[0][1][all->count];
            all->count++;
        }
    }
}

static void tell(struct answers *all, int depths) {
    static const char *const names[DEPTHS][CLOCKS] = {
        {"first answer, clock", "first answer, processor"},
        {"exact year, clock", "exact year, processor"}};
    (void)printf("| | least ms | median ms | 95th percentile ms |\n|---|---|---|---|\n");
    for (int depth = 0; depth < depths; depth++) {
        for (int clock = 0; clock < CLOCKS; clock++) {
            double *spent_ms = all->spent_ms[depth][clock];
            double median_ms = quantile(spent_ms, all->count, 0.5);
            (void)printf("| %s | %.0f | %.0f | %.0f |\n", names[depth][clock], spent_ms[0],
                         median_ms, quantile(spent_ms, all->count, 0.95));
        }
    }
    if (depths < DEPTHS) {
        return;
    }
    double median_frac = quantile(all->error_frac, all->count, 0.5);
    (void)printf("cost of the first answer against the exact year: median %.2f %%, worst %.2f %%\n",
                 100.0 * median_frac, 100.0 * quantile(all->error_frac, all->count, 1.0));
    (void)printf("exact year over first answer, processor: %.1f (median of %d)\n",
                 quantile(all->ratio, all->count, 0.5), all->count);
}

int main(int argc, char **argv) {
    static char text[TEXT_MAX];
    static struct answers all;
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    size_t size = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (!file || fclose(file) != 0 || size == 0) {
        (void)fprintf(stderr, "usage: bench_slider SCENARIO [WEEKS [first]]\n");
        return 64;
    }
    int depths = argc > 3 ? 1 : DEPTHS;
    struct hearth_context *context = hearth_context_new();
    struct hearth_scenario *scenario = NULL;
    struct hearth_plan *parent = NULL;
    enum hearth_status status = hearth_scenario_parse(context, argv[1], text, size, &scenario);
    status = status == HEARTH_OK ? hearth_plan_solve(scenario, NULL, &parent) : status;
    if (status == HEARTH_OK) {
        measure(&all, context, scenario, argc > 2 ? argv[2] : "yes", depths, parent);
    }
    if (all.count > 0) {
        tell(&all, depths);
    }
    hearth_plan_free(parent);
    hearth_scenario_free(scenario);
    hearth_context_free(context);
    return all.count > 0 ? 0
                         : hearth_status_exit_code(status == HEARTH_OK ? HEARTH_STALLED : status);
}
