/* A programme while it is written: what assemble.c and shapes.c share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_ASSEMBLY_H
#define PLAN_ASSEMBLY_H

#include "plan/internal.h"

/* One round's assembly: the builder and what the rows need in passing. */
struct assembly {
    struct case_work *work;
    struct programme_builder *builder;
    struct arena *arena;
    bool elastic;
    double **demand_kw; /* by bus: what the fixed loads take, by step */
    int month_map;
    struct numbers zero, infinity, minus_infinity;
};

/* Columns and rows of an instance, by its shape; nothing when it is not in the case. */
void assembly_add(struct assembly *assembly, int instance);

#endif
