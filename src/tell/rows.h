/* Figures and tables of the verbs that print them three ways: as text in columns, as JSON, as CSV (tables alone). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_ROWS_H
#define TELL_ROWS_H

#include <stdbool.h>

#include "base/text.h"

enum tell_format { TELL_TEXT, TELL_JSON, TELL_CSV };

struct rows {
    enum tell_format format;
    struct text_buffer out;
};
struct column {
    const char *key, *title; /* "loss_kw", "loss kW" */
    int width, decimals;     /* width < 0: text, to the left */
};
struct cell {
    const char *text; /* NULL: the number */
    double value;
};

/* name: the table's key in JSON. */
void rows_begin(struct rows *rows, const struct column *columns, int count, const char *name);
void rows_add(struct rows *rows, const struct column *columns, int count, const struct cell *cells,
              bool first);
void rows_end(struct rows *rows);
/* A figure above the tables: in JSON a key, in text a line, in CSV nothing. */
void rows_figure(struct rows *rows, const char *key, const char *words, double value, int decimals);
void rows_word(struct rows *rows, const char *key, const char *words, const char *value);
/* A heading in text alone. */
void rows_heading(struct rows *rows, const char *words);

#endif
