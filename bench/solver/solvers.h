/* Who runs in the bench. A solver of the library is one line of the table in solvers.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_SOLVER_SOLVERS_H
#define BENCH_SOLVER_SOLVERS_H

#include "optimise/outcome.h"

enum solver_kind {
    SOLVER_LIBRARY,   /* a function of the library, run in a process of its own */
    SOLVER_PROTOTYPE, /* the reference prototype's program, where it was built */
    SOLVER_HIGHS      /* the program highs, where it is on the path */
};

/* A run's setting. width_bits 0: the widest the machine has; 64: no vectors at all. */
struct setting {
    int threads, width_bits;
};

struct solver {
    const char *name;
    enum solver_kind kind;
    enum status (*solve)(const struct programme *programme, struct setting setting,
                         struct arena *arena, struct outcome *ret);
    /* Whether it can run so on this machine; NULL: it has one thread and one width. */
    bool (*offers)(struct setting setting);
    const char *options; /* of HiGHS: lines of an options file */
    int hours_most;      /* longer programmes are left out unless asked for; 0: none are */
};

extern const struct solver solvers[];
extern const int solvers_count;

/* NULL for a name that is not in the table. */
const struct solver *solvers_find(const char *name);

#endif
