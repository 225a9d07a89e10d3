/* Names found again: a table of texts and the numbers they stand for. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_NAMES_H
#define NETWORKS_NAMES_H

#include <stdbool.h>

#include "base/arena.h"

struct names {
    struct arena *arena;
    const char **text;
    int *value;
    int slots, count; /* slots a power of two */
};
void names_init(struct names *names, struct arena *arena);
/* The value of a text; -1 when it is not there. */
int names_find(const struct names *names, const char *text);
/* Adds a text, which must live as long as names; false when it is there or memory is out. */
bool names_add(struct names *names, const char *text, int value);

#endif
