/* SQLite in WAL mode, synchronous: a change that was answered is on the disk. SQL makes the JSON itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "apps/serve/records.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/serve/serve.h"

enum { OURS = 0x48725276, FORM = 1, WAIT_MS = 2000 }; /* "HrRv" */

static const char tables[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE saved (id INTEGER PRIMARY KEY AUTOINCREMENT, made TEXT NOT NULL, base TEXT NOT "
    "NULL, name TEXT NOT NULL, changes TEXT NOT NULL, hash TEXT NOT NULL, figures TEXT NOT NULL) "
    "STRICT;"
    "CREATE TABLE comments (id INTEGER PRIMARY KEY AUTOINCREMENT, made TEXT NOT NULL, who TEXT NOT "
    "NULL, about TEXT NOT NULL, text TEXT NOT NULL, answered TEXT, answer TEXT, path TEXT, value "
    "TEXT) STRICT;"
    "CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, base TEXT NOT "
    "NULL, what TEXT NOT NULL, changes TEXT NOT NULL, hash TEXT NOT NULL UNIQUE) STRICT;"
    "PRAGMA application_id = 1215451766;" /* OURS */
    "PRAGMA user_version = 1;"            /* FORM */
    "COMMIT;";
_Static_assert(OURS == 1215451766 && FORM == 1, "the numbers in the text");

#define NOW "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"

const char *const records_names[RECORDS_KINDS] = {"saved", "comments", "history"};

static const char *const lists[RECORDS_KINDS] = {
    [RECORDS_SAVED] =
        "SELECT json_object('saved', json_group_array(json_object('id', id, 'name', name, 'made', "
        "made, 'base', base, 'set', json(changes), 'hash', hash, 'figures', json(figures)))) "
        "FROM (SELECT * FROM saved ORDER BY id)",
    [RECORDS_COMMENTS] =
        "SELECT json_object('comments', json_group_array(json_object('id', id, 'made', made, "
        "'who', who, 'about', about, 'text', text, 'answer', json(iif(answer IS NULL, 'null', "
        "json_object('made', answered, 'text', answer, 'change', json(iif(path IS NULL, 'null', "
        "json_object('path', path, 'text', value))))))))) FROM (SELECT * FROM comments ORDER BY "
        "id)",
    [RECORDS_HISTORY] =
        "SELECT json_object('history', json_group_array(json_object('id', id, 'at', at, 'base', "
        "base, 'what', what, 'set', json(changes), 'hash', hash))) FROM (SELECT * FROM history "
        "ORDER BY id DESC)",
};

struct records {
    sqlite3 *file;
    pthread_mutex_t mutex;
};

/* The name of a scenario's file without folder and ending: only for people's eyes. */
static void name_of(const char *scenario, char ret[33]) {
    const char *slash = strrchr(scenario, '/');
    const char *name = slash ? slash + 1 : scenario;
    size_t size = strcspn(name, ".");
    for (size_t k = 0; k < 32 && k < size; k++) {
        bool plain = (name[k] >= 'a' && name[k] <= 'z') || (name[k] >= 'A' && name[k] <= 'Z') ||
                     (name[k] >= '0' && name[k] <= '9');
        ret[k] = plain ? name[k] : '_';
    }
    ret[size < 32 ? size : 32] = '\0';
}

/* The scenario's whole path: its folder as the system names it, whichever way it was said. */
static bool whole_path(const char *scenario, char *ret, size_t size) {
    const char *slash = strrchr(scenario, '/');
    char folder[PATH_MAX];
    int length = slash ? snprintf(folder, sizeof folder, "%.*s/", (int)(slash - scenario), scenario)
                       : snprintf(folder, sizeof folder, "./");
    int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = here >= 0 && length > 0 && (size_t)length < sizeof folder && chdir(folder) == 0 &&
                getcwd(folder, sizeof folder) != NULL;
    good = here >= 0 && fchdir(here) == 0 && good;
    if (here >= 0) {
        (void)close(here);
    }
    length = good ? snprintf(ret, size, "%s/%s", folder, slash ? slash + 1 : scenario) : -1;
    return length > 0 && (size_t)length < size;
}

bool records_path(const char *scenario, char *ret, size_t size) {
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    bool is_said = data && data[0] == '/';
    char whole[2 * PATH_MAX], name[33] = "starter", hash[65] = "starter";
    if (!is_said && !(home && home[0] == '/')) {
        return false;
    }
    if (scenario && !whole_path(scenario, whole, sizeof whole)) {
        return false;
    }
    if (scenario) {
        name_of(scenario, name);
        hearth_sha256(whole, strlen(whole), hash);
    }
    int length =
        snprintf(ret, size, "%s%s/hearth/serve/%s%s%.12s.sqlite", is_said ? data : home,
                 is_said ? "" : "/.local/share", scenario ? name : "", scenario ? "-" : "", hash);
    return length > 0 && (size_t)length < size && folder_parents(ret);
}

/* One statement with its arguments: i a long, s a text (NULL: none). The first value of its first row, copied, goes to
   ret_text where that is given. */
static int run(struct records *records, char **ret_text, const char *sql, const char *kinds, ...) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(records->file, sql, -1, &statement, NULL);
    va_list values;
    va_start(values, kinds);
    for (int k = 0; code == SQLITE_OK && kinds[k] != '\0'; k++) {
        if (kinds[k] == 'i') {
            code = sqlite3_bind_int64(statement, k + 1, va_arg(values, long));
        } else {
            code = sqlite3_bind_text(statement, k + 1, va_arg(values, const char *), -1,
                                     SQLITE_STATIC);
        }
    }
    va_end(values);
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
    }
    if (code == SQLITE_ROW && ret_text) {
        const unsigned char *text = sqlite3_column_text(statement, 0);
        *ret_text = text ? strdup((const char *)text) : NULL;
        code = *ret_text ? SQLITE_DONE : SQLITE_NOMEM;
    }
    (void)sqlite3_finalize(statement);
    return code;
}

static long number_of(struct records *records, const char *sql) {
    char *text = NULL;
    long number = run(records, &text, sql, "") == SQLITE_DONE && text ? strtol(text, NULL, 10) : -1;
    free(text);
    return number;
}

/* NULL: the file is ours, whole, and of this form. Else what is the matter. */
static const char *look_through(struct records *records) {
    char *found = NULL;
    int code = run(records, &found, "PRAGMA quick_check(1)", "");
    bool whole = code == SQLITE_DONE && found && strcmp(found, "ok") == 0;
    free(found);
    if (code == SQLITE_NOTADB) {
        return "this is no file of records";
    }
    if (!whole) {
        return code == SQLITE_BUSY                             ? "another program holds it"
               : code == SQLITE_DONE || code == SQLITE_CORRUPT ? "the file is damaged"
                                                               : "it cannot be read";
    }
    long ours = number_of(records, "PRAGMA application_id");
    long form = number_of(records, "PRAGMA user_version");
    if (number_of(records, "SELECT count(*) FROM sqlite_master") == 0 && ours == 0) {
        if (sqlite3_exec(records->file, tables, NULL, NULL, NULL) == SQLITE_OK) {
            return NULL;
        }
        (void)sqlite3_exec(records->file, "ROLLBACK", NULL, NULL, NULL);
        return number_of(records, "PRAGMA application_id") == OURS ? NULL /* another was faster */
                                                                   : "it cannot be written";
    }
    return ours != OURS  ? "this file holds something else"
           : form > FORM ? "a newer version of Hearth has made it"
           : form < FORM ? "it holds no records of a known form"
                         : NULL;
}

static const char *open_file(struct records *records, const char *path) {
    int made = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600); /* for its user's eyes */
    if (made < 0) {
        return strerror(errno);
    }
    (void)close(made);
    if (sqlite3_open_v2(path, &records->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX,
                        NULL) != SQLITE_OK) {
        return "it cannot be opened";
    }
    (void)sqlite3_busy_timeout(records->file, WAIT_MS);
    (void)sqlite3_db_config(records->file, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(records->file, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    const char *wrong = look_through(records);
    if (!wrong && sqlite3_exec(records->file,
                               "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA "
                               "secure_delete = ON;",
                               NULL, NULL, NULL) != SQLITE_OK) {
        wrong = "it cannot be written";
    }
    return wrong;
}

struct records *records_open(const char *path, char *ret_words, size_t size) {
    struct records *records = calloc(1, sizeof *records);
    if (!records || pthread_mutex_init(&records->mutex, NULL) != 0) {
        (void)snprintf(ret_words, size, "no memory");
        free(records);
        return NULL;
    }
    const char *wrong = open_file(records, path);
    if (wrong) {
        (void)snprintf(ret_words, size, "%s: %s", path, wrong);
        records_close(records);
        return NULL;
    }
    return records;
}

void records_close(struct records *records) {
    if (records) {
        (void)sqlite3_close(records->file);
        (void)pthread_mutex_destroy(&records->mutex);
        free(records);
    }
}

char *records_list(struct records *records, enum records_kind kind) {
    char *text = NULL;
    (void)pthread_mutex_lock(&records->mutex);
    (void)run(records, &text, lists[kind], "");
    (void)pthread_mutex_unlock(&records->mutex);
    return text;
}

/* What a change of one row did; mutex held. */
static enum records_result result_of(struct records *records, int code, enum records_result none,
                                     long *ret_id) {
    if (code != SQLITE_DONE) {
        return RECORDS_FAILED;
    }
    if (sqlite3_changes(records->file) == 0) {
        return none;
    }
    if (ret_id) {
        *ret_id = (long)sqlite3_last_insert_rowid(records->file);
    }
    return RECORDS_DONE;
}

enum records_result records_save(struct records *records, const char *base, const char *name,
                                 const char *set, const char *hash, const char *figures,
                                 long *ret_id) {
    static const char sql[] =
        "INSERT INTO saved (made, base, name, changes, hash, figures) SELECT " NOW
        ", ?2, ?3, ?4, ?5, ?6 WHERE (SELECT count(*) FROM saved) < ?1";
    (void)pthread_mutex_lock(&records->mutex);
    int code =
        run(records, NULL, sql, "isssss", (long)RECORDS_SAVED_MAX, base, name, set, hash, figures);
    enum records_result result = result_of(records, code, RECORDS_FULL, ret_id);
    (void)pthread_mutex_unlock(&records->mutex);
    return result;
}

enum records_result records_comment(struct records *records, const char *who, const char *about,
                                    const char *text, long *ret_id) {
    static const char sql[] = "INSERT INTO comments (made, who, about, text) SELECT " NOW
                              ", ?2, ?3, ?4 WHERE (SELECT count(*) FROM comments) < ?1";
    (void)pthread_mutex_lock(&records->mutex);
    int code = run(records, NULL, sql, "isss", (long)RECORDS_COMMENTS_MAX, who, about, text);
    enum records_result result = result_of(records, code, RECORDS_FULL, ret_id);
    (void)pthread_mutex_unlock(&records->mutex);
    return result;
}

enum records_result records_answer(struct records *records, long id, const char *text,
                                   const char *path, const char *value) {
    static const char sql[] =
        "UPDATE comments SET answered = " NOW ", answer = ?2, path = ?3, value "
        "= ?4 WHERE id = ?1 AND answer IS NULL";
    (void)pthread_mutex_lock(&records->mutex);
    int code = run(records, NULL, sql, "isss", id, text, path, value);
    enum records_result result = result_of(records, code, RECORDS_NONE, NULL);
    (void)pthread_mutex_unlock(&records->mutex);
    return result;
}

enum records_result records_remove(struct records *records, enum records_kind kind, long id) {
    static const char *const removals[RECORDS_KINDS] = {
        [RECORDS_SAVED] = "DELETE FROM saved WHERE id = ?1",
        [RECORDS_COMMENTS] = "DELETE FROM comments WHERE id = ?1",
        [RECORDS_HISTORY] = "DELETE FROM history WHERE id = ?1"};
    (void)pthread_mutex_lock(&records->mutex);
    int code = run(records, NULL, removals[kind], "i", id);
    enum records_result result = result_of(records, code, RECORDS_NONE, NULL);
    (void)pthread_mutex_unlock(&records->mutex);
    return result;
}

void records_visit(struct records *records, const char *base, const char *what, const char *set,
                   const char *hash) {
    static const char sql[] =
        "INSERT OR REPLACE INTO history (at, base, what, changes, hash) VALUES "
        "(" NOW ", ?1, ?2, ?3, ?4)";
    static const char old[] =
        "DELETE FROM history WHERE id NOT IN (SELECT id FROM history ORDER BY "
        "id DESC LIMIT ?1)";
    (void)pthread_mutex_lock(&records->mutex);
    (void)sqlite3_exec(records->file, "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE", NULL, NULL,
                       NULL);
    (void)run(records, NULL, sql, "ssss", base, what, set, hash);
    (void)run(records, NULL, old, "i", (long)RECORDS_HISTORY_MAX);
    (void)sqlite3_exec(records->file, "COMMIT", NULL, NULL, NULL);
    (void)sqlite3_exec(records->file, "ROLLBACK", NULL, NULL, NULL); /* of what failed */
    (void)sqlite3_exec(records->file, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
    (void)pthread_mutex_unlock(&records->mutex);
}
