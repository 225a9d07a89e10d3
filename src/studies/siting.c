/* The table of siting.def. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "studies/siting.h"

#include <stddef.h>
#include <string.h>

#include "base/status.h"

enum { HIGHER, LOWER };
static const struct siting table[] = {
#define SITING(key, better, least, most, meaning) {#key, meaning, (better) == LOWER, least, most},
#include "studies/siting.def"
#undef SITING
};

int siting_count(void) { return COUNT(table); }
const struct siting *siting_at(int index) { return &table[index]; }

const struct siting *siting_find(const char *key) {
    for (int k = 0; k < COUNT(table); k++) {
        if (strcmp(table[k].key, key) == 0) {
            return &table[k];
        }
    }
    return NULL;
}
