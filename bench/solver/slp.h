/* The reference prototype's file of a staged programme: a text head of columns, rows and terms, then
   the series as doubles. Enough of it to hand the prototype our instances and to read its own. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_SOLVER_SLP_H
#define BENCH_SOLVER_SLP_H

#include "base/text.h"
#include "optimise/programme.h"

/* NULL, or why the programme does not fit: one block of one cyclic segment, lower bounds of zero,
   step rows that are equalities or have an upper side alone, one map of periods, sum rows of one
   period over all steps with one side, no border rows. */
const char *slp_write(const struct programme *programme, struct arena *arena,
                      struct text_buffer *out);

/* NULL, and the programme, or what is wrong with the file. */
const char *slp_read(const char *data, size_t size, struct arena *arena, struct programme **ret);

#endif
