/* The table of units.def, and the unit that a name ends in. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/units.h"

#include <string.h>

static const struct unit units[] = {
#define UNIT(suffix, symbol, meaning) {#suffix, symbol, meaning},
#include "base/units.def"
#undef UNIT
};

int units_count(void) { return (int)(sizeof units / sizeof units[0]); }

const struct unit *units_at(int index) {
    return index >= 0 && index < units_count() ? &units[index] : NULL;
}

const struct unit *units_by_suffix(const char *suffix) {
    for (int i = 0; suffix && i < units_count(); i++) {
        if (strcmp(units[i].suffix, suffix) == 0) {
            return &units[i];
        }
    }
    return NULL;
}

/* From the left, the first tail that is a suffix is the longest one. */
const struct unit *units_of_name(const char *name) {
    for (const char *tail = name; tail;) {
        const struct unit *unit = units_by_suffix(tail);
        if (unit) {
            return unit;
        }
        tail = strchr(tail, '_');
        tail = tail ? tail + 1 : NULL;
    }
    return NULL;
}
