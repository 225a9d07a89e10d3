/* Memory by lifetime. An arena hands out zeroed, 64-byte aligned pieces and frees them all at once.
   arena.c is the only file that calls malloc. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena;

/* Returns NULL when memory is out. limit_bytes 0 means the built-in limit (2 GiB). */
struct arena *arena_new(size_t limit_bytes);
void arena_free(struct arena *arena); /* accepts NULL */

/* A zeroed piece of count * size bytes, 64-byte aligned; NULL when memory or the limit is out, or
   count < 0. Never NULL for count == 0. Once a piece was refused, arena_failed() stays true until
   the arena is freed. */
void *arena_take(struct arena *arena, long count, size_t size);
char *arena_text(struct arena *arena, const char *text); /* a copy */
char *arena_text_n(struct arena *arena, const char *text,
                   size_t size); /* a copy of size bytes, ended by NUL */
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_format_list(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* All pieces of from live as long as arena from now on; from is gone. */
void arena_join(struct arena *arena, struct arena *from);
int arena_failed(const struct arena *arena);
size_t arena_bytes(const struct arena *arena); /* handed out so far */

#define ARENA_TAKE(arena, type, count) ((type *)arena_take((arena), (count), sizeof(type)))

/* For tests: the n-th block asked from the system from now on fails (0 = none). */
void arena_fail_after(long blocks);

/* A workspace laid out by one function that runs twice: measured with base NULL, then placed in
   used bytes of an arena (base is 64-byte aligned). */
struct carve {
    char *base;
    size_t used;
};
void *carve_take(struct carve *carve, long count,
                 size_t size); /* 64-byte aligned; NULL while measuring */
#define CARVE(carve, type, count) ((type *)carve_take((carve), (count), sizeof(type)))

#endif
