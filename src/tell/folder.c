/* Every file of a result, as bytes, for the folder and for the judge. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/hash.h"
#include "tell/csv.h"
#include "tell/indicators.h"
#include "tell/life.h"
#include "tell/pipes.h"
#include "tell/tell.h"

const char *tell_hourly_name(enum plan_case kind) {
    static const char *const names[CASES] = {"hourly_today.csv", "hourly_apart.csv", "hourly.csv"};
    return names[kind];
}

enum status tell_hourly(const struct accounts *accounts, struct arena *arena,
                        struct text_buffer *out) {
    return csv_hourly(accounts->plan, CASE_TOGETHER, arena, out);
}

enum status tell_transfers(const struct accounts *accounts, struct arena *arena,
                           struct text_buffer *out) {
    (void)arena;
    return life_csv(accounts, out);
}

struct files {
    enum status (*take)(void *data, const char *name, const char *text, size_t size);
    void *data;
    struct text_buffer hashes; /* the lines of "files" in summary.json */
};

static enum status give(struct files *files, const char *name, const char *text, size_t size) {
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    hash_init(&hash);
    hash_add(&hash, text, size);
    hash_hex(&hash, hex);
    text_add_format(&files->hashes, "%s    \"%s\": \"%s\"", files->hashes.size ? ",\n" : "", name,
                    hex);
    return files->take(files->data, name, text, size);
}

/* "files" stands behind "days", where its name belongs in the order of keys. */
static enum status give_summary(struct files *files, const struct accounts *accounts,
                                struct arena *arena) {
    struct text_buffer plain, whole;
    text_buffer_init(&plain, arena);
    text_buffer_init(&whole, arena);
    TRY(tell_summary(accounts, arena, &plain));
    const char *behind = strstr(plain.data, "  \"finding\":");
    if (!behind || files->hashes.failed) {
        return STATUS_NO_MEMORY;
    }
    text_add_n(&whole, plain.data, (size_t)(behind - plain.data));
    text_add(&whole, "  \"files\": {\n");
    text_add(&whole, files->hashes.data);
    text_add(&whole, "\n  },\n");
    text_add(&whole, behind);
    return whole.failed ? STATUS_NO_MEMORY
                        : files->take(files->data, "summary.json", whole.data, whole.size);
}

enum status tell_files(const struct accounts *accounts, struct arena *arena,
                       enum status (*take)(void *data, const char *name, const char *text,
                                           size_t size),
                       void *data) {
    static const enum plan_case sorted[CASES] = {CASE_TOGETHER, CASE_APART, CASE_TODAY};
    struct files files = {take, data, {0}};
    struct text_buffer out;
    const char *yaml = NULL;
    size_t size = 0;
    text_buffer_init(&files.hashes, arena);
    text_buffer_init(&out, arena);
    TRY(accounts_json(accounts, &out));
    TRY(give(&files, "accounts.json", out.data, out.size));
    for (int k = 0; k < CASES; k++) {
        if (!accounts->plan->cases[sorted[k]].columns_count) {
            continue; /* an empty case has no hours to tell */
        }
        text_buffer_init(&out, arena);
        TRY(csv_hourly(accounts->plan, sorted[k], arena, &out));
        TRY(give(&files, tell_hourly_name(sorted[k]), out.data, out.size));
    }
    text_buffer_init(&out, arena);
    TRY(indicators_json(accounts, arena, &out));
    TRY(give(&files, "indicators.json", out.data, out.size));
    if (pipes_are_told(accounts)) {
        text_buffer_init(&out, arena);
        TRY(pipes_geojson(accounts, arena, &out));
        TRY(give(&files, "network.geojson", out.data, out.size));
        text_buffer_init(&out, arena);
        TRY(pipes_map(accounts, arena, &out));
        TRY(give(&files, "network.svg", out.data, out.size));
    }
    TRY(scenario_write(accounts->scenario, arena, &yaml, &size));
    TRY(give(&files, "plan.yaml", yaml, size));
    text_buffer_init(&out, arena);
    TRY(tell_report(accounts, arena, &out));
    TRY(give(&files, "report.html", out.data, out.size));
    text_buffer_init(&out, arena);
    TRY(life_csv(accounts, &out));
    TRY(give(&files, "transfers.csv", out.data, out.size));
    text_buffer_init(&out, arena);
    TRY(csv_transfers(accounts, &out));
    TRY(give(&files, "transfers_year.csv", out.data, out.size));
    return give_summary(&files, accounts, arena);
}

struct into_folder {
    struct file_folder folder;
    struct diag *diag;
    bool (*is_stopped)(void *data);
    void *data;
};

static enum status add_file(void *data, const char *name, const char *text, size_t size) {
    struct into_folder *into = data;
    if (into->is_stopped && into->is_stopped(into->data)) {
        return STATUS_CANCELLED;
    }
    return file_folder_add(&into->folder, into->diag, name, text, size);
}

enum status tell_folder_until(const struct accounts *accounts, struct diag *diag, const char *path,
                              bool (*is_stopped)(void *data), void *data, struct arena *arena) {
    struct into_folder into = {.diag = diag, .is_stopped = is_stopped, .data = data};
    TRY(file_folder_begin(&into.folder, diag, path));
    enum status status = tell_files(accounts, arena, add_file, &into);
    if (status == STATUS_OK) {
        status = file_folder_commit(&into.folder, diag);
    }
    if (status != STATUS_OK) {
        file_folder_abandon(&into.folder);
    }
    return status;
}

enum status tell_folder(const struct accounts *accounts, struct diag *diag, const char *path,
                        struct arena *arena) {
    return tell_folder_until(accounts, diag, path, NULL, NULL, arena);
}
