/* The machine under the bench: its name, and how fast it moves memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_SOLVER_MACHINE_H
#define BENCH_SOLVER_MACHINE_H

#include <stddef.h>

/* "AMD EPYC, 2 cores, gcc 12.2.0" */
void machine_name(char *name, size_t size);

/* Bytes per second of a[i] = b[i] + 3 c[i] over arrays far beyond the caches, one thread, best of
   seven; the line that is read before it is written counts. 0 when memory is out. */
double machine_triad_bytes_s(void);

#endif
