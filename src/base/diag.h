/* Mistakes of the user, collected: file:line:column, what was found, what is allowed, what to
   do. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>

#include "base/arena.h"

/* Lines and columns count from 1; 0 means unknown. Columns count characters. file may be NULL. */
struct place {
    const char *file;
    int line, column;
};

enum diag_level { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE };

struct diag_message {
    enum diag_level level;
    struct place place;
    const char *text;   /* one line, no newline at its end: what was found and what is allowed */
    const char *remedy; /* what to do, or NULL */
    const char *source; /* the line of the file, or NULL */
};

struct diag; /* holds at most DIAG_LIMIT messages; further ones are counted only */
enum { DIAG_LIMIT = 200 };

struct diag *diag_new(struct arena *arena); /* NULL when memory is out */

/* Registers a file's text so that messages can show the line. The text must outlive the diag. */
void diag_file(struct diag *diag, const char *file, const char *text, size_t size);

void diag_error(struct diag *diag, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_warning(struct diag *diag, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_note(struct diag *diag, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds what to do to the last message. */
void diag_remedy(struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The messages of from, with their remedies and its errors beyond the limit, behind those of diag. */
void diag_append(struct diag *diag, const struct diag *from);

/* Messages of one file in the order of its lines, those without a line last; files in the order of
   their first message. */
void diag_sort(struct diag *diag);

int diag_errors(const struct diag *diag); /* all, also those beyond the limit */
int diag_count(const struct diag *diag);  /* messages held */
const struct diag_message *diag_at(const struct diag *diag, int index);

/* "file:4:22: error: text\n  source line\n       ^\n  remedy\n" as one text in the arena. */
const char *diag_render(struct arena *arena, const struct diag_message *message);

/* The nearest of count known words to word (Damerau-Levenshtein <= 1/3 of its length, at least 1),
   or NULL. */
const char *diag_nearest(const char *word, const char *const *known, int count);

#endif
