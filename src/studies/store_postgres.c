/* PostgreSQL, which many machines may add to at once; the schema "hearth" of the database is ours. A plan with its figures is
   one statement, so that it is there whole or not at all. A connection that is lost is begun again for half a minute. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "studies/store_kinds.h"

#include <libpq-fe.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include "base/text.h"

enum { TRIES = 30, ARGUMENTS_MOST = 4 };

struct database {
    struct store store;
    PGconn *connection;
    struct arena *arena; /* for messages */
    bool told, gone; /* that the connection was lost and begun again; that it does not come back */
};

static const char make[] =
    "BEGIN;"
    "SELECT pg_advisory_xact_lock(1215460456);" /* two machines begin at once */
    "CREATE SCHEMA IF NOT EXISTS hearth;"
    "CREATE TABLE IF NOT EXISTS hearth.form (form INTEGER PRIMARY KEY);"
    "INSERT INTO hearth.form SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM hearth.form);"
    "CREATE TABLE IF NOT EXISTS hearth.run (id TEXT PRIMARY KEY, status INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS hearth.figure (id TEXT NOT NULL REFERENCES hearth.run (id), "
    "name TEXT NOT NULL, value DOUBLE PRECISION, PRIMARY KEY (id, name));"
    "COMMIT;";
static const char add_plan[] =
    "WITH kept AS (INSERT INTO hearth.run VALUES ($1, $2::integer) ON CONFLICT (id) DO UPDATE SET "
    "status = EXCLUDED.status RETURNING id) INSERT INTO hearth.figure SELECT kept.id, n.name, "
    "n.value FROM kept, unnest($3::text[], $4::float8[]) AS n (name, value) ON CONFLICT (id, name) "
    "DO UPDATE SET value = EXCLUDED.value";
static const char find_plan[] =
    "SELECT run.status, figure.name, figure.value FROM hearth.run CROSS JOIN unnest($2::text[]) "
    "WITH ORDINALITY AS n (name, k) LEFT JOIN hearth.figure ON figure.id = run.id AND figure.name "
    "= "
    "n.name WHERE run.id = $1 ORDER BY n.k";

/* The first line of what the server or the library said. */
static const char *said(const struct database *base) {
    const char *text = PQerrorMessage(base->connection);
    size_t size = strcspn(text, "\n");
    return size > 0 ? arena_format(base->arena, "%.*s", (int)size, text) : "no word from it";
}

static enum status refuse(struct database *base, struct diag *diag, const char *words) {
    struct place place = {0};
    diag_error(diag, place, "%s the database: %s", words, said(base));
    diag_remedy(diag, "see that it runs, has room and lets you in; what was kept so far stays, and "
                      "the same command goes on");
    return STATUS_CANNOT_WRITE;
}

static bool begin_again(struct database *base) {
    const struct timespec second = {1, 0};
    for (int k = 0; k < TRIES; k++) {
        PQreset(base->connection);
        if (PQstatus(base->connection) == CONNECTION_OK) {
            return true;
        }
        (void)nanosleep(&second, NULL);
    }
    return false;
}

/* Asks once more where the connection was lost meanwhile; adding twice is adding once. NULL: no answer. */
static PGresult *ask(struct database *base, struct diag *diag, const char *text, int count,
                     const char *const *arguments) {
    PGresult *answer = NULL;
    for (int k = 0; k < 2 && !base->gone; k++) {
        answer = PQexecParams(base->connection, text, count, NULL, arguments, NULL, NULL, 0);
        ExecStatusType status = PQresultStatus(answer);
        if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
            return answer;
        }
        bool lost = PQstatus(base->connection) != CONNECTION_OK;
        if (k > 0 || !lost) {
            break;
        }
        PQclear(answer);
        answer = NULL;
        base->gone = !begin_again(base);
        if (diag && !base->told && !base->gone) {
            struct place place = {0};
            diag_warning(diag, place, "the connection to the database was lost, and begun again");
            base->told = true;
        }
    }
    PQclear(answer);
    return NULL;
}

/* ---- arrays as PostgreSQL writes them ---- */

static const char *names_array(struct arena *arena, int count, const char *const *names) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, "{");
    for (int k = 0; k < count; k++) {
        text_add(&out, k > 0 ? ",\"" : "\"");
        for (const char *c = names[k]; *c; c++) {
            text_add(&out, *c == '"' || *c == '\\' ? "\\" : "");
            text_add_n(&out, c, 1);
        }
        text_add(&out, "\"");
    }
    text_add(&out, "}");
    return out.failed ? NULL : out.data;
}

static const char *values_array(struct arena *arena, int count, const double *value) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, "{");
    for (int k = 0; k < count; k++) {
        text_add(&out, k > 0 ? "," : "");
        if (isfinite(value[k])) {
            text_add_number(&out, value[k]);
        } else {
            text_add(&out, "NULL");
        }
    }
    text_add(&out, "}");
    return out.failed ? NULL : out.data;
}

/* ---- the contract ---- */

static enum status import(struct store *store, struct diag *diag, const char *path) {
    (void)store;
    (void)diag;
    (void)path;
    return STATUS_OK;
}

static bool find(struct store *store, const char *id, int count, const char *const *names,
                 enum status *ret_status, double *ret_value) {
    struct database *base = (struct database *)store;
    struct arena *arena = arena_new(0);
    const char *arguments[ARGUMENTS_MOST] = {id, arena ? names_array(arena, count, names) : NULL};
    PGresult *answer = arguments[1] ? ask(base, NULL, find_plan, 2, arguments) : NULL;
    bool found = answer && count > 0 && PQntuples(answer) == count;
    long status = 0;
    for (int k = 0; found && k < count; k++) {
        const char *text = PQgetvalue(answer, k, 2);
        found = !PQgetisnull(answer, k, 1); /* its name */
        ret_value[k] = (double)NAN;
        if (found && !PQgetisnull(answer, k, 2)) {
            found = text_number(text, strlen(text), &ret_value[k]);
        }
    }
    if (found) {
        const char *text = PQgetvalue(answer, 0, 0);
        found = text_integer(text, strlen(text), &status);
    }
    *ret_status = (enum status)status;
    PQclear(answer);
    arena_free(arena);
    return found;
}

static enum status add(struct store *store, struct diag *diag, const char *id, enum status status,
                       int count, const char *const *names, const double *value) {
    struct database *base = (struct database *)store;
    struct arena *arena = arena_new(0);
    enum status result = STATUS_NO_MEMORY;
    const char *arguments[ARGUMENTS_MOST] = {id};
    if (arena) {
        arguments[1] = arena_format(arena, "%d", (int)status);
        arguments[2] = names_array(arena, count, names);
        arguments[3] = values_array(arena, count, value);
    }
    if (arena && !arena_failed(arena)) {
        PGresult *answer = ask(base, diag, add_plan, ARGUMENTS_MOST, arguments);
        result = answer ? STATUS_OK : refuse(base, diag, "cannot keep a result in");
        PQclear(answer);
    }
    arena_free(arena);
    return result;
}

static void end(struct store *store) { PQfinish(((struct database *)store)->connection); }

static void say_nothing(void *data, const char *message) {
    (void)data;
    (void)message;
}

enum status store_postgres(struct arena *arena, struct diag *diag, const char *address,
                           struct store **ret) {
    static const struct store_kind kind = {import, find, add, end};
    struct database *base = ARENA_TAKE(arena, struct database, 1);
    *ret = NULL;
    if (!base) {
        return STATUS_NO_MEMORY;
    }
    base->store.kind = &kind;
    base->arena = arena;
    base->connection = PQconnectdb(address);
    if (!base->connection) {
        return STATUS_NO_MEMORY;
    }
    *ret = &base->store;
    if (PQstatus(base->connection) != CONNECTION_OK) {
        return refuse(base, diag, "cannot reach");
    }
    (void)PQsetNoticeProcessor(base->connection, say_nothing, NULL);
    PGresult *made = PQexec(base->connection, make);
    bool good = PQresultStatus(made) == PGRES_COMMAND_OK;
    PQclear(made);
    if (!good) {
        return refuse(base, diag, "cannot make the tables of results in");
    }
    PGresult *form = PQexec(base->connection, "SELECT max(form) FROM hearth.form");
    bool ours = PQntuples(form) == 1 && strcmp(PQgetvalue(form, 0, 0), "1") == 0;
    PQclear(form);
    if (!ours) {
        struct place place = {0};
        diag_error(diag, place, "the schema hearth of the database is of another version");
        diag_remedy(diag, "name another database in --store");
        return STATUS_CANNOT_WRITE;
    }
    return STATUS_OK;
}
