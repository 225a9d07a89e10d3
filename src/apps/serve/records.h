/* What people leave behind: saved plans, comments with their answers, and the last positions, in one SQLite file. What was
   confirmed stays there whatever becomes of the program or the power. Any thread may call. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APPS_SERVE_RECORDS_H
#define APPS_SERVE_RECORDS_H

#include <stdbool.h>
#include <stddef.h>

enum { RECORDS_SAVED_MAX = 2000, RECORDS_COMMENTS_MAX = 20000, RECORDS_HISTORY_MAX = 200 };

enum records_kind { RECORDS_SAVED, RECORDS_COMMENTS, RECORDS_HISTORY, RECORDS_KINDS };
extern const char *const records_names[RECORDS_KINDS]; /* "saved", ... */

/* How a change ended. */
enum records_result {
    RECORDS_DONE,
    RECORDS_NONE,  /* there is no such entry, or it has its answer */
    RECORDS_FULL,  /* of entries */
    RECORDS_FAILED /* the file cannot be written */
};

struct records;
/* Where the records of a scenario (NULL: the starter) lie if nothing else is said: under the user's data folder, one file
   for each path of a scenario. Makes the folder. False: there is none. */
bool records_path(const char *scenario, char *ret, size_t size);
/* Opens the file, or makes it. NULL: refused, and why stands in words. */
struct records *records_open(const char *path, char *ret_words, size_t size);
void records_close(struct records *records); /* accepts NULL */

/* {"saved": [...]}, ["comments"], ["history"] as JSON, to be freed. NULL: the file cannot be read. */
char *records_list(struct records *records, enum records_kind kind);
/* set and figures are JSON. */
enum records_result records_save(struct records *records, const char *base, const char *name,
                                 const char *set, const char *hash, const char *figures,
                                 long *ret_id);
enum records_result records_comment(struct records *records, const char *who, const char *about,
                                    const char *text, long *ret_id);
enum records_result records_answer(struct records *records, long id, const char *text,
                                   const char *path, const char *value); /* change: or NULL */
enum records_result records_remove(struct records *records, enum records_kind kind, long id);
/* A position comes to the front of the history; its oldest go. It is not confirmed to anybody: no wait for the disk. */
void records_visit(struct records *records, const char *base, const char *what, const char *set,
                   const char *hash);

#endif
