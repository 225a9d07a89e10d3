/* Names of built-in places, however they are written: capitals, blanks, points and hyphens, Latin
   letters with their signs, and names in the place's own language. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scenario/climate.h"
#include "scenario/climates.h"

enum { NAME_MAX = 64 };

static const char *const aliases[][2] = {
    {"ashburn", "n_virginia"},
    {"bruxelles", "brussels"},
    {"brussel", "brussels"},
    {"chicago_ohare", "chicago"},
    {"dallas_fort_worth", "dallas"},
    {"frankfurt_am_main", "frankfurt"},
    {"helsingfors", "helsinki"},
    {"kobenhavn", "copenhagen"},
    {"koebenhavn", "copenhagen"},
    {"leesburg", "n_virginia"},
    {"mannheim", "frankfurt"},
    {"milano", "milan"},
    {"muenchen", "munich"},
    {"munchen", "munich"},
    {"northern_virginia", "n_virginia"},
    {"uccle", "brussels"},
    {"ukkel", "brussels"},
    {"warszawa", "warsaw"},
    {"zuerich", "zurich"},
};

/* Small letters of ASCII; U+00C0..U+00FF as the letter below the sign; runs of all else but digits
   as one "_", none at the ends. False when it is too long. */
static bool fold(const char *name, char ret[NAME_MAX]) {
    static const char below[] = "aaaaaaaceeeeiiiidnooooo_ouuuuy_s";
    size_t size = 0;
    for (const unsigned char *c = (const unsigned char *)name; *c; c++) {
        char letter = '_';
        if (*c >= 'A' && *c <= 'Z') {
            letter = (char)(*c - 'A' + 'a');
        } else if ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9')) {
            letter = (char)*c;
        } else if (*c == 0xC3 && c[1] >= 0x80 && c[1] < 0xC0) {
            letter = c[1] == 0xBF ? 'y' : below[(c[1] - 0x80) % 32];
            c++;
        }
        if (letter == '_' && (size == 0 || ret[size - 1] == '_')) {
            continue;
        }
        if (size + 1 >= NAME_MAX) {
            return false;
        }
        ret[size++] = letter;
    }
    size -= size > 0 && ret[size - 1] == '_';
    ret[size] = '\0';
    return true;
}

int climate_count(void) { return climates_count(); }
const char *climate_name_at(int index) { return climates_at(index)->name; }

int climate_find(const char *name) {
    char folded[NAME_MAX];
    if (!fold(name, folded)) {
        return -1;
    }
    const char *plain = folded;
    for (int k = 0; k < COUNT(aliases); k++) {
        if (strcmp(aliases[k][0], folded) == 0) {
            plain = aliases[k][1];
        }
    }
    for (int k = 0; k < climates_count(); k++) {
        if (strcmp(climates_at(k)->name, plain) == 0) {
            return k;
        }
    }
    return -1;
}

static enum status unknown(struct arena *arena, struct diag *diag, struct place place,
                           const char *name) {
    const char **names = ARENA_TAKE(arena, const char *, climates_count());
    if (!names) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < climates_count(); k++) {
        names[k] = climates_at(k)->name;
    }
    const char *near = diag_nearest(name, names, climates_count());
    diag_error(diag, place, "climate: \"%.60s\" is not built in", name);
    if (near) {
        diag_remedy(
            diag,
            "did you mean %s? `hearth explain climates` lists all; weather: FILE.epw reads a file",
            near);
    } else {
        diag_remedy(diag, "`hearth explain climates` lists all; weather: FILE.epw reads a file");
    }
    return STATUS_BAD_SCENARIO;
}

enum status climate_builtin(struct arena *arena, struct diag *diag, struct place place,
                            const char *name, int year, double warming_dk, struct climate *ret) {
    int index = climate_find(name);
    return index >= 0 ? climate_from_normals(arena, climates_at(index), year, warming_dk, ret)
                      : unknown(arena, diag, place, name);
}
