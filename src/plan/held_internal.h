/* What held.c and held_figures.c share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_HELD_INTERNAL_H
#define PLAN_HELD_INTERNAL_H

#include "plan/held.h"
#include "plan/year_rows.h"

/* held_figures.c: a design column for a figure and the row that makes it so. *ret -1: nothing moves it. */
enum status held_add_figure(struct year_rows *rows, enum held_figure figure, int *ret) MUST_CHECK;
/* Largest import of all meters together within the horizon, by the columns of an optimum. */
double held_peak_kw(const struct held *held, const double *x);

/* held_use.c: what the columns of an optimum use of a capacity. */
enum status held_use_of(const struct held *held, int measure, const double *x, struct arena *arena,
                        struct held_use *ret) MUST_CHECK;
/* The programme with these capacities used in full; its block is copied first. */
enum status held_use_in_full(const struct held *held, const struct held_use *use,
                             struct arena *arena, struct programme *programme) MUST_CHECK;

#endif
