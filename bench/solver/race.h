/* One run of one solver on one programme, in a process of its own, so that its peak memory is its
   own. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_SOLVER_RACE_H
#define BENCH_SOLVER_RACE_H

#include "instance.h"
#include "solvers.h"

/* Where the programme comes from: an slp file, or an instance. */
struct source {
    const char *slp_path; /* or NULL */
    struct instance_options options;
};

struct run {
    bool ran; /* false: the process failed, or its answer was not understood */
    enum outcome_kind kind;
    bool judged, passed; /* by the certificate: the library's solvers only */
    double objective, seconds, seconds_of_cores;
    double primal_ratio, dual_ratio, gap_ratio;
    double peak_bytes, before_bytes; /* of the process; before: when the solver was called */
    long iterations;
};

/* Counts of the programme, -1 where it could not be made. */
struct shape {
    long columns, rows, nonzeros;
    int hours;
    char mistake[256];
};

/* NULL, with the reason in mistake (256 bytes), when the source cannot be read. */
struct programme *race_programme(struct arena *arena, const struct source *source, char *mistake);

struct shape race_shape(const struct source *source);

/* Writes the programme for the outside programs, by the ending of the path: .slp, .mps, .lp or
   .replay. False, with a message on standard error, when it could not. */
bool race_write(const struct source *source, const char *path);

/* program: of the outside solvers; path: the file written for them. */
struct run race_run(const struct solver *solver, const struct source *source,
                    struct setting setting, const char *program, const char *path);

#endif
