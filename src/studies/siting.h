/* The criteria that places are chosen by, by name (siting.def): what is better, and in what range a fact lies. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_SITING_H
#define STUDIES_SITING_H

#include <stdbool.h>

struct siting {
    const char *key, *meaning;
    bool lower; /* is better */
    double least_value, most_value;
};
int siting_count(void);
const struct siting *siting_at(int index);
const struct siting *siting_find(const char *key); /* NULL: a fact of the study's own */

#endif
