/* A small pool on POSIX threads: fixed segments, so that results never depend on the number of
   threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_PARALLEL_H
#define BASE_PARALLEL_H

#include "base/arena.h"
#include "base/status.h"

/* Calls work(data, i) for i in [0, count) on up to threads threads (<= 0: one per core). Each index
   is called once; order is free; work must write only what belongs to its index. Returns when all
   are done. */
enum status parallel_for(int threads, int count, void (*work)(void *data, int index),
                         void *data) MUST_CHECK;
int parallel_cores(void);

/* The same for many short calls: a team of threads that stays. *ret is NULL for one thread, which is a team of the caller
   alone. One call at a time; it lives in the arena and must be ended before that is freed. */
struct parallel_team;
enum status parallel_team_new(struct arena *arena, int threads,
                              struct parallel_team **ret) MUST_CHECK;
void parallel_team_end(struct parallel_team *team);
enum status parallel_team_for(struct parallel_team *team, int count,
                              void (*work)(void *data, int index), void *data) MUST_CHECK;

#endif
