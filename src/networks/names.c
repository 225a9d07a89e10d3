/* Open addressing with FNV-1a; at most half full. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/names.h"

#include <stdint.h>
#include <string.h>

static uint64_t hash(const char *text) {
    uint64_t h = 14695981039346656037u;
    for (const char *c = text; *c; c++) {
        h = (h ^ (unsigned char)*c) * 1099511628211u;
    }
    return h ^ (h >> 29);
}

void names_init(struct names *names, struct arena *arena) {
    *names = (struct names){.arena = arena};
}

static int slot_of(const struct names *names, const char *text) {
    int slot = (int)(hash(text) & (uint64_t)(names->slots - 1));
    while (names->text[slot] && strcmp(names->text[slot], text) != 0) {
        slot = (slot + 1) & (names->slots - 1);
    }
    return slot;
}

int names_find(const struct names *names, const char *text) {
    if (names->slots == 0) {
        return -1;
    }
    int slot = slot_of(names, text);
    return names->text[slot] ? names->value[slot] : -1;
}

static bool larger(struct names *names) {
    struct names next = {.arena = names->arena, .slots = names->slots ? 4 * names->slots : 64};
    next.text = ARENA_TAKE(names->arena, const char *, next.slots);
    next.value = ARENA_TAKE(names->arena, int, next.slots);
    if (!next.text || !next.value) {
        return false;
    }
    for (int k = 0; k < names->slots; k++) {
        if (names->text[k]) {
            int slot = slot_of(&next, names->text[k]);
            next.text[slot] = names->text[k];
            next.value[slot] = names->value[k];
            next.count++;
        }
    }
    *names = next;
    return true;
}

bool names_add(struct names *names, const char *text, int value) {
    if (2 * (names->count + 1) > names->slots && !larger(names)) {
        return false;
    }
    int slot = slot_of(names, text);
    if (names->text[slot]) {
        return false;
    }
    names->text[slot] = text;
    names->value[slot] = value;
    names->count++;
    return true;
}
