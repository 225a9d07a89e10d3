/* The weather reader: on the bytes as they are, and on a whole year whose rows repeat the ones that
   follow the header, each with the stamp that belongs there, so that a small input gets past the
   order of the hours. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "scenario/climate.h"

enum { HEADER_LINES = 8, STAMP_FIELDS = 4 };

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void check_year(const struct climate *climate, int year) {
    const struct climate_year *hours = &climate->year;
    demand(hours->count == (calendar_is_leap(year) ? 8784 : 8760));
    for (int h = 0; h < hours->count; h++) {
        demand(hours->outdoor_c[h] > -100.0 && hours->outdoor_c[h] < 100.0);
        demand(hours->dew_point_c[h] <= hours->outdoor_c[h] + 1e-9);
        demand(hours->wet_bulb_c[h] <= hours->outdoor_c[h] + 1e-6);
        demand(hours->humidity_kg_kg[h] >= 0.0 && hours->humidity_kg_kg[h] < 1.0);
        demand(hours->global_kw_m2[h] >= 0.0 && hours->wind_m_s[h] >= 0.0);
    }
    demand(climate->coldest_day >= 0 && climate->coldest_day < hours->count / 24);
    demand(climate->hottest_day >= 0 && climate->hottest_day < hours->count / 24);
}

static void read_one(const char *text, size_t size, int year) {
    struct arena *arena = arena_new((size_t)1 << 30);
    struct diag *diag = diag_new(arena);
    struct climate climate;
    char *copy = malloc(size ? size : 1); /* no byte behind its end */
    demand(copy != NULL);
    memcpy(copy, text, size);
    enum status status = climate_epw(arena, diag, "w.epw", copy, size, year, 0.0, &climate);
    if (status == STATUS_OK) {
        check_year(&climate, year);
    } else {
        demand(status == STATUS_BAD_SCENARIO && diag_errors(diag) > 0);
        demand(diag_render(arena, diag_at(diag, 0)) != NULL);
    }
    free(copy);
    arena_free(arena);
}

static size_t line_end(const char *text, size_t size, size_t at) {
    const char *newline = at < size ? memchr(text + at, '\n', size - at) : NULL;
    return newline ? (size_t)(newline - text) + 1 : size;
}

/* The rest of a row behind its year, month, day and hour. */
static size_t behind_stamp(const char *text, size_t from, size_t to) {
    int commas = 0;
    while (from < to && commas < STAMP_FIELDS) {
        commas += text[from++] == ',';
    }
    return from;
}

static void read_year(struct arena *arena, const char *text, size_t size, int year) {
    struct text_buffer out;
    struct calendar calendar;
    size_t rows = 0, at = 0;
    text_buffer_init(&out, arena);
    for (int k = 0; k < HEADER_LINES; k++) {
        rows = line_end(text, size, rows);
    }
    text_add_n(&out, text, rows);
    demand(calendar_whole_year(&calendar, year, 1.0) == STATUS_OK);
    at = rows;
    for (int h = 0; h < calendar_steps(&calendar) && rows < size; h++) {
        struct calendar_moment moment = calendar_at(&calendar, h);
        at = at < size ? at : rows;
        size_t end = line_end(text, size, at), rest = behind_stamp(text, at, end);
        text_add_format(&out, "2001,%d,%d,%d,", moment.month + 1, moment.day,
                        (int)moment.hour_h + 1);
        text_add_n(&out, text + rest, end - rest);
        text_add(&out, "\n");
        at = end;
    }
    read_one(out.data ? out.data : "", out.size, year);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    enum { ROW_MOST = 4000 };
    struct arena *arena = arena_new((size_t)1 << 30);
    const char *text = (const char *)data;
    int year = size % 2 ? 2023 : 2024;
    read_one(text, size, year);
    if (size < ROW_MOST) {
        read_year(arena, text, size, year);
    }
    arena_free(arena);
    return 0;
}
