/* A folder with a small town, and a study's file in it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_STUDIES_FOLDER_H
#define TESTS_STUDIES_FOLDER_H

#include <unistd.h>

#include "base/file.h"
#include "shared_data.h"
#include "studies/study.h"

static const char town[] =
    "hearth: 1\nname: town\nplace: {climate: seattle, ground_c: 11}\n"
    "horizon: {from: 2024-01-08, days: 1}\nmoney: {currency: USD, year: 2024}\n"
    "fuel: {gas_money_kwh: 0.04}\nelectricity:\n  data_centre: {energy_money_kwh: 0.08}\n"
    "  campus: {energy_money_kwh: 0.10}\n"
    "data_centre:\n  - {name: hall, it_kw: 1000, load: flat,\n"
    "     heat_recovery: {from: condenser_water, temperature_c: 20, max_kw: 900}}\n"
    "town:\n  - {name: homes, floor_m2: 20000, emitter: low_temperature, hot_water: "
    "local_electric, "
    "heated_by: gas_boiler}\n"
    "heat_network: {supply_c: {at -4: 55, at 15: 45}, return_c: 38, length_m: 200}\n"
    "plant:\n  heat_pump: {capacity_kw: choose, meter: campus}\n";

struct folder {
    struct arena *arena;
    char path[200];
};

static inline int open_folder(void **state) {
    static struct folder folder;
    struct diag *diag = NULL;
    folder.arena = arena_new(0);
    diag = diag_new(folder.arena);
    (void)snprintf(folder.path, sizeof folder.path, "study-test-%ld", (long)getpid());
    *state = &folder;
    return file_make_folder(diag, folder.path) == STATUS_OK &&
                   file_write(diag, arena_format(folder.arena, "%s/town.yaml", folder.path), town,
                              sizeof town - 1) == STATUS_OK
               ? 0
               : -1;
}

static inline int close_folder(void **state) {
    static const char *const names[] = {"town.yaml", "study.yaml", "study.db", "study.db-wal",
                                        "study.db-shm"};
    struct folder *folder = *state;
    for (int k = 0; k < COUNT(names); k++) {
        (void)unlink(arena_format(folder->arena, "%s/%s", folder->path, names[k]));
    }
    (void)rmdir(folder->path);
    arena_free(folder->arena);
    return 0;
}

static inline enum status read_study(struct folder *folder, const char *text, struct diag *diag,
                                     struct study **ret) {
    const char *path = arena_format(folder->arena, "%s/study.yaml", folder->path);
    assert_int_equal(file_write(diag, path, text, strlen(text)), STATUS_OK);
    return study_read(folder->arena, diag, path, ret);
}

static inline struct study *good_study(struct folder *folder, const char *text) {
    struct diag *diag = diag_new(folder->arena);
    struct study *study = NULL;
    enum status status = read_study(folder, text, diag, &study);
    for (int k = 0; k < diag_count(diag); k++) {
        print_message("%s", diag_render(folder->arena, diag_at(diag, k)));
    }
    assert_int_equal(status, STATUS_OK);
    return study;
}

#define HEAD "study: 1\nscenario: town.yaml\n"

#endif
