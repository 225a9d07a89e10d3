/* Work in processes of their own, so that a fault of one piece costs that piece alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_WORKERS_H
#define BASE_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct workers {
    int processes;      /* at once; <= 0: one per core */
    long count;         /* of pieces */
    const long *pieces; /* their numbers, or NULL: 0 .. count - 1 */
    size_t result_size;
    /* In a process of its own, many pieces one after the other; result is zero at first. */
    void (*work)(void *data, long piece, void *result);
    /* In the caller's process, in the order in which pieces end. result is NULL where the process died twice over this
       piece. Returns false to stop: no further piece is begun. */
    bool (*done)(void *data, long piece, const void *result);
    void *data;
    /* Where others have a hand in it (base/ranks.h): which piece is next, negative: none at present. NULL: the pieces in
       their order. */
    long (*next)(void *source);
    /* Called some hundred times a second; false: nobody else has anything left. NULL: there is nobody else. */
    bool (*meanwhile)(void *source);
    void *source;
};

/* Each piece is done once, but for those that a stop leaves out. A process that dies, by whatever hand, is replaced
   and its piece tried once more. INTERNAL when the system gives no process. */
enum status workers_run(const struct workers *workers) MUST_CHECK;

#endif
