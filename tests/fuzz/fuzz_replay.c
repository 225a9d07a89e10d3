/* The replay's reader: whatever it accepts is sound, flattens, and is written back as it was read.
   The checksum is set right before reading, so that mutations get past it; the text as it came is
   read as well. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "optimise/export.h"

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

/* Everything up to a last line that begins with sha256, or all of it, and the right checksum. */
static struct text_buffer sealed(const char *text, size_t size, struct arena *arena) {
    struct text_buffer out;
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    size_t line = size;
    while (line > 0 && (line == size || text[line - 1] != '\n')) {
        line--;
    }
    bool has_sum = size - line >= 7 && memcmp(text + line, "sha256 ", 7) == 0;
    text_buffer_init(&out, arena);
    text_add_n(&out, text, has_sum ? line : size);
    hash_init(&hash);
    hash_add(&hash, out.data, out.size);
    hash_hex(&hash, hex);
    text_add_format(&out, "sha256 %s\n", hex);
    return out;
}

/* The second writing of what was read equals the third: one spelling for everything. */
static void check_programme(const struct programme *programme, struct arena *arena) {
    struct text_buffer first, second;
    struct programme *again = NULL;
    struct programme_flat flat;
    enum { SMALL = 200000 };
    demand(programme_mistake(programme, arena) == NULL);
    text_buffer_init(&first, arena);
    text_buffer_init(&second, arena);
    demand(export_replay(programme, arena, &first) == STATUS_OK);
    demand(replay_read("again", first.data, first.size, arena, diag_new(arena), &again) ==
           STATUS_OK);
    demand(export_replay(again, arena, &second) == STATUS_OK);
    demand(first.size == second.size && memcmp(first.data, second.data, first.size) == 0);
    if (programme_columns(programme) < SMALL && programme_rows(programme) < SMALL &&
        programme_nonzeros(programme) < SMALL) {
        demand(programme_flatten(programme, arena, &flat) == STATUS_OK);
        demand(flat.nonzeros <= programme_nonzeros(programme));
    }
}

static void read_one(const char *text, size_t size) {
    struct arena *arena = arena_new((size_t)1 << 30);
    struct diag *diag = diag_new(arena);
    struct programme *programme = NULL;
    enum status status = replay_read("fuzz", text, size, arena, diag, &programme);
    if (status == STATUS_OK) {
        check_programme(programme, arena);
    } else if (status == STATUS_BAD_SCENARIO) {
        demand(diag_errors(diag) > 0 && diag_at(diag, 0)->text[0] != '\0');
        demand(diag_render(arena, diag_at(diag, 0)) != NULL);
    }
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new(0);
    char *text = arena_text_n(arena, (const char *)data,
                              size); /* a copy, so that reading past its end is seen */
    struct text_buffer whole = sealed(text, size, arena);
    read_one(text, size);
    read_one(whole.data, whole.size);
    arena_free(arena);
    return 0;
}
