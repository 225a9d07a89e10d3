/* SQLite in WAL mode: what was added stays, whatever becomes of the process. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "studies/store_kinds.h"

#include <assert.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

enum { OURS = 0x48727468 }; /* "Hrth" */

struct file_store {
    struct store store;
    sqlite3 *file;
    sqlite3_stmt *find, *figures, *add, *add_figure;
    const char *path;
    struct arena *arena; /* for messages */
};

static enum status refuse(struct file_store *store, struct diag *diag, const char *words) {
    struct place place = {store->path, 0, 0};
    diag_error(diag, place, "%s: %s", words, sqlite3_errmsg(store->file));
    diag_remedy(diag, "check room and rights of its folder; what was kept so far stays, and the "
                      "same command goes on");
    return STATUS_CANNOT_WRITE;
}

static int number_of(struct file_store *store, const char *question) {
    sqlite3_stmt *statement = NULL;
    int number = -1;
    if (sqlite3_prepare_v2(store->file, question, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        number = sqlite3_column_int(statement, 0);
    }
    (void)sqlite3_finalize(statement);
    return number;
}

static enum status make_tables(struct file_store *store, struct diag *diag) {
    static const char tables[] = "BEGIN IMMEDIATE;"                    /* all of it, or nothing */
                                 "PRAGMA application_id = 1215460456;" /* OURS */
                                 "PRAGMA user_version = 1;"            /* STORE_FORM */
                                 "CREATE TABLE IF NOT EXISTS run (id TEXT PRIMARY KEY, status "
                                 "INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
                                 "CREATE TABLE IF NOT EXISTS figure (id TEXT NOT NULL REFERENCES "
                                 "run (id), name TEXT NOT NULL, value "
                                 "REAL, "
                                 "PRIMARY KEY (id, name)) STRICT, WITHOUT ROWID;"
                                 "COMMIT;";
    static_assert(OURS == 1215460456 && STORE_FORM == 1, "the numbers in the text");
    return sqlite3_exec(store->file, tables, NULL, NULL, NULL) == SQLITE_OK
               ? STATUS_OK
               : refuse(store, diag, "cannot make the tables of results");
}

static bool prepare(struct file_store *store, const char *text, sqlite3_stmt **ret) {
    return sqlite3_prepare_v2(store->file, text, -1, ret, NULL) == SQLITE_OK;
}

static bool find(struct store *base, const char *id, int count, const char *const *names,
                 enum status *ret_status, double *ret_value) {
    struct file_store *store = (struct file_store *)base;
    (void)sqlite3_bind_text(store->find, 1, id, -1, SQLITE_STATIC);
    bool found = sqlite3_step(store->find) == SQLITE_ROW;
    *ret_status = found ? (enum status)sqlite3_column_int(store->find, 0) : STATUS_OK;
    (void)sqlite3_reset(store->find);
    for (int k = 0; found && k < count; k++) {
        (void)sqlite3_bind_text(store->figures, 1, id, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(store->figures, 2, names[k], -1, SQLITE_STATIC);
        found = sqlite3_step(store->figures) == SQLITE_ROW;
        bool none = found && sqlite3_column_type(store->figures, 0) == SQLITE_NULL;
        ret_value[k] = found && !none ? sqlite3_column_double(store->figures, 0) : (double)NAN;
        (void)sqlite3_reset(store->figures);
    }
    return found;
}

static enum status add(struct store *base, struct diag *diag, const char *id, enum status status,
                       int count, const char *const *names, const double *value) {
    struct file_store *store = (struct file_store *)base;
    int moved = 0;
    (void)sqlite3_file_control(store->file, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved) { /* what is added now nobody would find again */
        struct place place = {store->path, 0, 0};
        diag_error(diag, place, "the file of results was removed or replaced meanwhile");
        diag_remedy(diag, "put it back where it was, and the same command goes on; without it all "
                          "is planned again");
        return STATUS_CANNOT_WRITE;
    }
    bool good = sqlite3_exec(store->file, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
    (void)sqlite3_bind_text(store->add, 1, id, -1, SQLITE_STATIC);
    (void)sqlite3_bind_int(store->add, 2, (int)status);
    good = good && sqlite3_step(store->add) == SQLITE_DONE;
    (void)sqlite3_reset(store->add);
    for (int k = 0; good && k < count; k++) {
        (void)sqlite3_bind_text(store->add_figure, 1, id, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(store->add_figure, 2, names[k], -1, SQLITE_STATIC);
        if (isfinite(value[k])) {
            (void)sqlite3_bind_double(store->add_figure, 3, value[k]);
        } else {
            (void)sqlite3_bind_null(store->add_figure, 3);
        }
        good = sqlite3_step(store->add_figure) == SQLITE_DONE;
        (void)sqlite3_reset(store->add_figure);
    }
    good = good && sqlite3_exec(store->file, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
    if (!good) {
        enum status refused = refuse(store, diag, "cannot keep a result");
        (void)sqlite3_exec(store->file, "ROLLBACK", NULL, NULL, NULL);
        return refused;
    }
    return STATUS_OK;
}

static enum status import(struct store *base, struct diag *diag, const char *path) {
    struct file_store *store = (struct file_store *)base;
    static const char take[] = "INSERT OR IGNORE INTO figure SELECT * FROM part.figure WHERE id "
                               "NOT IN (SELECT id FROM run);"
                               "INSERT OR IGNORE INTO run SELECT * FROM part.run;";
    sqlite3_stmt *attach = NULL;
    bool good = prepare(store, "ATTACH ?1 AS part", &attach) &&
                sqlite3_bind_text(attach, 1, path, -1, SQLITE_STATIC) == SQLITE_OK &&
                sqlite3_step(attach) == SQLITE_DONE;
    (void)sqlite3_finalize(attach);
    if (!good) {
        return refuse(store, diag, arena_format(store->arena, "cannot open %s", path));
    }
    bool ours = number_of(store, "PRAGMA part.application_id") == OURS &&
                number_of(store, "PRAGMA part.user_version") == STORE_FORM;
    good = ours && sqlite3_exec(store->file, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
           sqlite3_exec(store->file, take, NULL, NULL, NULL) == SQLITE_OK &&
           sqlite3_exec(store->file, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
    enum status status = good ? STATUS_OK
                              : refuse(store, diag,
                                       arena_format(store->arena,
                                                    ours ? "cannot take over %s"
                                                         : "%s holds no results of this version",
                                                    path));
    (void)sqlite3_exec(store->file, "ROLLBACK", NULL, NULL, NULL); /* of what failed */
    (void)sqlite3_exec(store->file, "DETACH part", NULL, NULL, NULL);
    return status;
}

static void close_file(struct store *base) {
    struct file_store *store = (struct file_store *)base;
    (void)sqlite3_finalize(store->find);
    (void)sqlite3_finalize(store->figures);
    (void)sqlite3_finalize(store->add);
    (void)sqlite3_finalize(store->add_figure);
    (void)sqlite3_close(store->file);
}

static const struct store_kind kind = {import, find, add, close_file};

enum status store_sqlite(struct arena *arena, struct diag *diag, const char *path, bool alone,
                         struct store **ret) {
    /* without shared memory beside the file, which a network's file system has not */
    const char *lock = alone ? "PRAGMA locking_mode = EXCLUSIVE;" : "";
    struct file_store *store = ARENA_TAKE(arena, struct file_store, 1);
    if (!store) {
        return STATUS_NO_MEMORY;
    }
    store->path = path;
    store->arena = arena;
    store->store.kind = &kind;
    *ret = &store->store;
    if (sqlite3_open(path, &store->file) != SQLITE_OK ||
        sqlite3_exec(store->file, lock, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(store->file, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;", NULL,
                     NULL, NULL) != SQLITE_OK) {
        return refuse(store, diag, "cannot open the file of results");
    }
    (void)sqlite3_busy_timeout(store->file, 10000);
    int tables = number_of(store, "SELECT count(*) FROM sqlite_master");
    bool ours = number_of(store, "PRAGMA application_id") == OURS &&
                number_of(store, "PRAGMA user_version") == STORE_FORM;
    if (tables != 0 && !ours) {
        struct place place = {path, 0, 0};
        diag_error(diag, place, "this file holds something else, or results of another version");
        diag_remedy(diag, "choose another folder, or remove the file");
        return STATUS_CANNOT_WRITE;
    }
    if (tables == 0) {
        TRY(make_tables(store, diag));
    }
    if (!prepare(store, "SELECT status FROM run WHERE id = ?1", &store->find) ||
        !prepare(store, "SELECT value FROM figure WHERE id = ?1 AND name = ?2", &store->figures) ||
        !prepare(store, "INSERT OR REPLACE INTO run VALUES (?1, ?2)", &store->add) ||
        !prepare(store, "INSERT OR REPLACE INTO figure VALUES (?1, ?2, ?3)", &store->add_figure)) {
        return refuse(store, diag, "cannot read the file of results");
    }
    return STATUS_OK;
}
