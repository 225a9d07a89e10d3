/* A study from any bytes over one small scenario: it is read, or told with a remedy for every message; what is read can
   say each of its rows, and points lie within the unit cube. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "studies/study.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char scenario_text[] =
    "hearth: 1\nplace: {climate: seattle}\nhorizon: {from: 2024-01-08, days: 1}\n"
    "electricity: {data_centre: {energy_money_kwh: 0.08}}\n"
    "data_centre:\n  - {name: hall, it_kw: 1000, load: flat}\n";
static const uint8_t *fuzzed;
static size_t fuzzed_size;

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

/* What the linker puts in the place of file_read: the study itself, and one scenario under any name. */
enum status __wrap_file_read(struct arena *arena, struct diag *diag, struct place place,
                             const char *path, size_t limit_bytes, char **ret_text,
                             size_t *ret_size);
enum status __wrap_file_read(struct arena *arena, struct diag *diag, struct place place,
                             const char *path, size_t limit_bytes, char **ret_text,
                             size_t *ret_size) {
    bool is_study = strcmp(path, "study.yaml") == 0;
    (void)diag;
    (void)place;
    (void)limit_bytes;
    *ret_size = is_study ? fuzzed_size : sizeof scenario_text - 1;
    *ret_text = arena_text_n(arena, is_study ? (const char *)fuzzed : scenario_text, *ret_size);
    return *ret_text ? STATUS_OK : STATUS_NO_MEMORY;
}

static void walk(const struct study *study, struct arena *arena) {
    struct scenario_change *changes =
        ARENA_TAKE(arena, struct scenario_change, study->changes_most);
    demand(changes && study->rows > 0 && study->axes_count > 0 && study->axes_count <= 20);
    for (long row = 0; row < study->rows && row < 50; row++) {
        int count = 0;
        demand(study_changes(study, row, arena, changes, &count) == STATUS_OK);
        demand(count <= study->changes_most);
        for (int k = 0; k < count; k++) {
            demand(changes[k].text && changes[k].path);
        }
        long option = study_option(study, row), future = study_future(study, row);
        demand(option >= 0 && option < study->options && future >= 0 && future < study->futures);
        for (int a = 0; a < study->axes_count; a++) {
            long point = future * study->axes_count + a;
            double share = study->point_frac ? study->point_frac[point] : 0.0;
            demand(share >= -1e-12 && share <= 1.0 + 1e-12);
            demand(study_cell(study, row, a, arena) != NULL);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    struct study *study = NULL;
    fuzzed = data;
    fuzzed_size = size;
    enum status status = study_read(arena, diag, "study.yaml", &study);
    demand(status == STATUS_OK || diag_errors(diag) > 0);
    for (int k = 0; k < diag_count(diag); k++) {
        demand(diag_at(diag, k)->level != DIAG_ERROR || diag_at(diag, k)->remedy != NULL);
    }
    if (status == STATUS_OK) {
        walk(study, arena);
    }
    arena_free(arena);
    return 0;
}
