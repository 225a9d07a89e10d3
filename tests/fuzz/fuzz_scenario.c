/* The scenario's reader on any bytes: it answers with a scenario or with messages, and a scenario it
   accepts is written out and reads back to the same text. No file is opened: names that end in .csv
   hold a day of numbers, .epw a made year, nothing else is there (file_read is wrapped by the
   linker). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "scenario/made_weather.h"
#include "scenario/scenario.h"

enum { YEARS_KEPT = 6 };

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static enum status serve(struct arena *arena, const char *data, size_t size, char **ret_text,
                         size_t *ret_size) {
    *ret_text = arena_text_n(arena, data, size); /* a copy, so that reading past its end is seen */
    *ret_size = size;
    return *ret_text ? STATUS_OK : STATUS_NO_MEMORY;
}

/* What the linker puts in the place of file_read. */
enum status __wrap_file_read(struct arena *arena, struct diag *diag, struct place place,
                             const char *path, size_t limit_bytes, char **ret_text,
                             size_t *ret_size);
enum status __wrap_file_read(struct arena *arena, struct diag *diag, struct place place,
                             const char *path, size_t limit_bytes, char **ret_text,
                             size_t *ret_size) {
    static const char day[] = "a,b\n0,1\n1,2\n2,3\n3,4\n4,5\n5,6\n6,7\n7,8\n8,9\n9,1\n10,2\n11,3\n"
                              "12,4\n13,5\n14,6\n15,7\n16,8\n17,9\n18,1\n19,2\n20,3\n21,4\n22,5\n"
                              "23,6\n";
    (void)limit_bytes;
    if (text_ends_with(path, ".csv")) {
        return serve(arena, day, sizeof day - 1, ret_text, ret_size);
    }
    if (text_ends_with(path, ".epw")) {
        static struct text_buffer year;
        if (!year.data) {
            text_buffer_init(&year, arena_new(0));
            made_weather(&year, false);
        }
        return serve(arena, year.data, year.size, ret_text, ret_size);
    }
    diag_error(diag, place, "cannot read '%s'", path);
    diag_remedy(diag, "no file is here");
    return STATUS_NO_FILE;
}

/* A year of weather takes longer than all the rest and is the same each time: kept. */
static struct climate kept[YEARS_KEPT];
static int kept_year[YEARS_KEPT], kept_count;
static const char *kept_name[YEARS_KEPT];
static struct arena *kept_arena;

static const struct climate *kept_find(const char *name, int year, double warming_dk) {
    for (int k = 0; k < kept_count && warming_dk == 0.0; k++) {
        if (kept_year[k] == year && strcmp(kept_name[k], name) == 0) {
            return &kept[k];
        }
    }
    return NULL;
}

/* Where the next year is made: in memory that stays, when it will be kept. */
static struct arena *keep_in(struct arena *arena, double warming_dk) {
    kept_arena = kept_arena ? kept_arena : arena_new(0);
    return warming_dk == 0.0 && kept_count < YEARS_KEPT ? kept_arena : arena;
}

static void keep(struct arena *in, const char *name, int year, const struct climate *climate) {
    if (in == kept_arena) {
        kept[kept_count] = *climate;
        kept_year[kept_count] = year;
        kept_name[kept_count++] = arena_text(kept_arena, name);
    }
}

/* What the linker puts in the place of the two readers of weather. */
enum status __real_climate_builtin(struct arena *arena, struct diag *diag, struct place place,
                                   const char *name, int year, double warming_dk,
                                   struct climate *ret);
enum status __wrap_climate_builtin(struct arena *arena, struct diag *diag, struct place place,
                                   const char *name, int year, double warming_dk,
                                   struct climate *ret);
enum status __wrap_climate_builtin(struct arena *arena, struct diag *diag, struct place place,
                                   const char *name, int year, double warming_dk,
                                   struct climate *ret) {
    const struct climate *found = kept_find(name, year, warming_dk);
    if (found) {
        *ret = *found;
        return STATUS_OK;
    }
    struct arena *in = keep_in(arena, warming_dk);
    TRY(__real_climate_builtin(in, diag, place, name, year, warming_dk, ret));
    keep(in, name, year, ret);
    return STATUS_OK;
}

enum status __real_climate_epw(struct arena *arena, struct diag *diag, const char *file,
                               const char *text, size_t size, int year, double warming_dk,
                               struct climate *ret);
enum status __wrap_climate_epw(struct arena *arena, struct diag *diag, const char *file,
                               const char *text, size_t size, int year, double warming_dk,
                               struct climate *ret);
enum status __wrap_climate_epw(struct arena *arena, struct diag *diag, const char *file,
                               const char *text, size_t size, int year, double warming_dk,
                               struct climate *ret) {
    const struct climate *found = kept_find("an epw", year, warming_dk);
    if (found && size > 1000) { /* the made year, not a day of numbers */
        *ret = *found;
        return STATUS_OK;
    }
    struct arena *in = keep_in(arena, warming_dk);
    TRY(__real_climate_epw(in, diag, file, text, size, year, warming_dk, ret));
    keep(in, "an epw", year, ret);
    return STATUS_OK;
}

static void check_messages(const struct diag *diag, struct arena *arena) {
    demand(diag_errors(diag) > 0);
    for (int k = 0; k < diag_count(diag); k++) {
        const struct diag_message *message = diag_at(diag, k);
        demand(message->text[0] != '\0');
        demand(message->remedy && message->remedy[0] != '\0');
        demand(message->place.file && message->place.line >= 0 && message->place.column >= 0);
        demand(diag_render(arena, message) != NULL);
    }
}

/* The scenario written out reads back to the same text. */
static void check_written(const struct scenario *scenario, struct arena *arena) {
    const char *text = NULL, *again = NULL;
    size_t size = 0, again_size = 0;
    struct scenario *back = NULL;
    struct hours *hours = NULL;
    demand(scenario_hours(scenario, arena, &hours) == STATUS_OK);
    demand(scenario_write(scenario, arena, &text, &size) == STATUS_OK);
    demand(scenario_parse(arena, diag_new(arena), "plan.yaml", text, size, &back) == STATUS_OK);
    demand(scenario_write(back, arena, &again, &again_size) == STATUS_OK);
    demand(size == again_size && memcmp(text, again, size) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new((size_t)1 << 30);
    struct diag *diag = diag_new(arena);
    struct scenario *scenario = NULL;
    char *text = malloc(size ? size : 1); /* no byte behind its end */
    demand(text != NULL);
    memcpy(text, data, size);
    enum status status = scenario_parse(arena, diag, "s.yaml", text, size, &scenario);
    if (status == STATUS_OK) {
        check_written(scenario, arena);
    } else {
        demand(status == STATUS_BAD_SCENARIO || status == STATUS_NO_FILE);
        check_messages(diag, arena);
    }
    free(text);
    arena_free(arena);
    return 0;
}
