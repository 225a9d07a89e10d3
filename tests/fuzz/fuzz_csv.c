/* The series reader: the first line is the series as a scenario writes it, `{file: a.csv, column: a,
   unit: money_kwh, ...}`, the rest is the file. What is accepted lies in its range, one number per
   step, and is written again so that it reads the same. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "scenario/reading.h"

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static const char *file_bytes;
static size_t file_size;

/* What the linker puts in the place of file_read: every name is the rest of the input. */
enum status __wrap_file_read(struct arena *arena, struct diag *diag, struct place place,
                             const char *path, size_t limit_bytes, char **ret_text,
                             size_t *ret_size);
enum status __wrap_file_read(struct arena *arena, struct diag *diag, struct place place,
                             const char *path, size_t limit_bytes, char **ret_text,
                             size_t *ret_size) {
    (void)diag;
    (void)place;
    (void)path;
    (void)limit_bytes;
    *ret_text = arena_text_n(arena, file_bytes, file_size);
    *ret_size = file_size;
    return *ret_text ? STATUS_OK : STATUS_NO_MEMORY;
}

static const double *read_series(struct arena *arena, struct diag *diag, const char *line,
                                 size_t size, double step_h, struct reading *r) {
    static const double low = -10.0, high = 10.0;
    struct node *root = NULL;
    const double *value = NULL;
    struct scenario *s = ARENA_TAKE(arena, struct scenario, 1);
    s->climate.utc_offset_h = -8.0;
    demand(calendar_init(&s->calendar, 2024, 1, 28, 3, step_h) == STATUS_OK);
    struct reading reading = {.arena = arena, .diag = diag, .file = "s.yaml", .s = s};
    reading.notes = ARENA_TAKE(arena, const char *, NOTES_MAX);
    demand(reading_scenario_file(&reading, "", 0));
    *r = reading;
    if (document_parse(arena, diag, "s.yaml", line, size, &root) != STATUS_OK ||
        root->kind != NODE_MAP || !reading_series(r, root, "price_money_kwh", low, high, &value)) {
        return NULL;
    }
    for (int t = 0; t < calendar_steps(&s->calendar); t++) {
        demand(value[t] >= low && value[t] <= high);
    }
    r->root = root;
    return value;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new((size_t)1 << 30);
    struct diag *diag = diag_new(arena);
    const char *text = (const char *)data;
    const char *newline = size ? memchr(text, '\n', size) : NULL;
    size_t line = newline ? (size_t)(newline - text) + 1 : size;
    struct reading r, again_r;
    double step_h = size % 3 == 0 ? 1.0 : size % 3 == 1 ? 0.5 : 0.25;
    file_bytes = text + line;
    file_size = size - line;
    const double *value = read_series(arena, diag, text, line, step_h, &r);
    if (value) {
        const char *written = reading_series_text(&r, r.root);
        demand(written != NULL);
        const double *again =
            read_series(arena, diag_new(arena), written, strlen(written), step_h, &again_r);
        demand(again != NULL);
        for (int t = 0; t < calendar_steps(&r.s->calendar); t++) {
            demand(again[t] == value[t]);
        }
    } else if (diag_errors(diag) > 0) {
        demand(diag_render(arena, diag_at(diag, 0)) != NULL);
        demand(diag_at(diag, 0)->remedy != NULL);
    }
    arena_free(arena);
    return 0;
}
