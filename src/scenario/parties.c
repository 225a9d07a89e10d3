/* Names of parties and cases. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scenario/scenario.h"

static const char *const names[PARTY_COUNT] = {
#define X(id, name, title) name,
    PARTIES(X)
#undef X
};
static const char *const titles[PARTY_COUNT] = {
#define X(id, name, title) title,
    PARTIES(X)
#undef X
};

const char *party_name(enum party party) { return names[party]; }
const char *party_title(enum party party) { return titles[party]; }

int party_find(const char *name) {
    for (int k = 0; k < PARTY_COUNT; k++) {
        if (strcmp(names[k], name) == 0) {
            return k;
        }
    }
    return -1;
}

const char *case_name(enum plan_case plan_case) {
    static const char *const cases[CASES] = {"today", "apart", "together"};
    return cases[plan_case];
}
