/* Seconds against hours, places, threads and vector width, as one SVG. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_SOLVER_PLOT_H
#define BENCH_SOLVER_PLOT_H

#include <stdbool.h>

#include "base/text.h"

enum plot_axis { PLOT_HOURS, PLOT_PLACES, PLOT_THREADS, PLOT_WIDTH, PLOT_AXES };

struct plot_point {
    const char *solver, *size;
    double at[PLOT_AXES]; /* 0: not a value of this axis */
    double seconds;
};

/* One panel for each axis along which something has two points or more; false when there is none. */
bool plot_draw(const struct plot_point *points, int count, const char *machine,
               struct text_buffer *out);

#endif
