/* What bench_solver was asked to do. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_SOLVER_COMMAND_H
#define BENCH_SOLVER_COMMAND_H

#include "instance.h"

enum { LIST_MOST = 16, REPEATS_MOST = 64 };

struct command {
    const char *instances[LIST_MOST], *solvers[LIST_MOST];
    int hours[LIST_MOST], threads[LIST_MOST], widths[LIST_MOST];
    int instances_count, solvers_count, hours_count, threads_count, widths_count, repeats;
    struct instance_options changes; /* what is not of the instance's name */
    const char *slp, *base, *prototype, *svg, *write;
    bool all_hours, smoke, markdown;
};

/* Ends the program with the usage and exit code 64 where the arguments are not understood. */
struct command command_read(int count, char **arguments);

/* The same for a mistake found later. */
_Noreturn void command_refuse(const char *what);

#endif
