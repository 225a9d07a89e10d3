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
    const int *month_of_step; /* its periods */
    struct numbers zero, infinity, minus_infinity;
};

/* "name.part", in the assembly's arena. */
const char *assembly_name(struct assembly *assembly, int instance, const char *part);
/* An entry of value * factor (by step), or of a constant on a step column, in the row of the bus at a port, when there
   is one. */
void assembly_on_bus(struct assembly *assembly, int instance, int port, enum programme_where where,
                     int index, const double *value, double factor_ratio);
void assembly_on_bus_constant(struct assembly *assembly, int instance, int port, int column,
                              double value);
/* What a kW of a mode costs in each step, and the most it may be: availability * capacity, 0 where it may not run. */
struct numbers assembly_mode_cost(struct assembly *assembly, int instance, int mode);
struct numbers assembly_mode_upper(struct assembly *assembly, const struct coefficients *c,
                                   int mode, double capacity);
/* The design column of a capacity that is chosen, or fixed and the elastic re-solve may exceed it; -1: a plain number.
   More than useful_size is not built. */
int assembly_design(struct assembly *assembly, int instance, const struct capacity *capacity,
                    double unit_money, const char *part, double useful_size);
/* The same of the first capacity and, where it is built at once, the yes or no that pays its step and stands for a
   line's loss: capacity <= most * built. */
int assembly_capacity(struct assembly *assembly, int instance, double useful_size);
bool assembly_all_equal(const double *value, int count, double number);

/* shape_store.c */
void assembly_add_store(struct assembly *assembly, int instance);
/* shape_shiftable.c */
void assembly_add_shiftable(struct assembly *assembly, int instance);
/* shapes.c: columns and rows of an instance, by its shape; nothing when it is not in the case. */
void assembly_add(struct assembly *assembly, int instance);

/* contract.c: what contracts' power is used of each meter's import, once all columns stand. */
void contract_rows(struct assembly *assembly);

/* connect.c: columns and rows of branches whose yes or no is free. */
enum status connect_add_branches(struct assembly *assembly) MUST_CHECK;

#endif
