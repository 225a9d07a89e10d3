/* The words of a replay: each is checked as it is taken, and the first mistake is told with its
   place. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_REPLAY_TOKEN_H
#define OPTIMISE_REPLAY_TOKEN_H

#include "base/diag.h"
#include "base/text.h"
#include "optimise/programme.h"

struct replay_array {
    const double *value;
    int count;
};

struct replay_reader {
    const char *file, *text;
    size_t size; /* without the checksum's line */
    size_t at, line_start;
    int line;
    struct arena *arena;
    struct diag *diag;
    struct programme_builder *builder;
    struct replay_array *arrays;
    int arrays_count, arrays_room;
    long columns, rows, terms;
    bool ended, failed; /* failed: a mistake was told */
};

struct replay_token {
    const char *text, *line_start;
    size_t size;
    int line;
};

/* Where the reading stands, with nothing there. */
struct replay_token replay_here(const struct replay_reader *reader);
/* The next word of this line; in a list of the next lines too. Empty where there is none. */
struct replay_token replay_next(struct replay_reader *reader, bool list);
/* Tells the first mistake; always false. */
bool replay_fail(struct replay_reader *reader, const struct replay_token *token, const char *format,
                 ...) __attribute__((format(printf, 3, 4)));
/* What was found, for a message: short and printable. */
const char *replay_shown(struct replay_reader *reader, const struct replay_token *token);

/* Each takes what it is named after, or tells the mistake and returns false or NULL; NULL also when
   memory is out. */
bool replay_take_integer(struct replay_reader *reader, const char *what, bool list, int least,
                         int most, int *ret);
bool replay_take_number(struct replay_reader *reader, const char *what, double *ret);
/* One number for all, or @K: an array of count numbers. */
bool replay_take_numbers(struct replay_reader *reader, const char *what, int count,
                         struct numbers *ret);
/* The rest of the line behind one blank. */
bool replay_take_name(struct replay_reader *reader, const char **ret);
bool replay_take_end_of_line(struct replay_reader *reader);
const int *replay_take_integers(struct replay_reader *reader, const char *what, int count,
                                int least, int most);
const double *replay_take_values(struct replay_reader *reader, const char *what, int count);

#endif
